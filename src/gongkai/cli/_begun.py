"""A merge that was begun: its file, or a text in which git has marked what is contested."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from gongkai.cli._files import CannotRead
from gongkai.cli.git.dress import Dressed, dressed, is_json
from gongkai.errors import GongkaiError
from gongkai.merging import Merge, TextMerge, merge_texts
from gongkai.merging.texts.marking import split
from gongkai.views._words import Words

__all__ = ["Begun", "begun"]

_SIZES: Final = re.compile(r"^(<{4,}) (\S.*)$", re.MULTILINE)
_THEIRS: Final = re.compile(r"^>{4,} (\S.*)$", re.MULTILINE)


class Begun(NamedTuple):
    """A merge that is gone on with.

    Attributes:
        merge: the merge.
        path: the file that it was read from.
        texts: the texts, where the file is a text with markers.
        dress: how that text stands in its file.
        names: what its markers call the sides.
        size: how many signs they have.
    """

    merge: Merge
    path: Path
    texts: TextMerge | None = None
    dress: Dressed | None = None
    names: Mapping[str, str] = {}
    size: int = 7

    def written(self, merge: Merge, say: Words) -> bytes:
        """Return what the file becomes by decisions: while conflicts remain, still a merge.

        Raises:
            CannotRead: a text cannot be written so.
        """
        if self.texts is None or self.dress is None:
            return (merge.to_json(indent=2) + "\n").encode("utf-8")
        text = self.texts.resolved(merge).text(names=self.names, size=self.size)
        data = None if text is None else self.dress.bytes_of(text)
        if data is None:
            raise CannotRead(str(self.path), say["merging.unwritten"].format(name=self.path))
        return data

    def is_text(self, path: Path) -> bool:
        """Tell whether a plan that is written there goes into the text that was merged."""
        return self.texts is not None and path.suffix.lower() == self.path.suffix.lower()


def begun(path: Path, say: Words) -> Begun:
    """Read a merge that was begun.

    Raises:
        CannotRead: it cannot be read, or is none.
    """
    try:
        data = path.read_bytes()
        text = None if is_json(data) else dressed(data)
        if text is not None and _SIZES.search(text.text):
            return _of_text(path, text, say)
        return Begun(Merge.from_json(data), path)
    except GongkaiError as error:
        raise CannotRead(f"{path}: {error}") from error
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror or error}") from error


def _of_text(path: Path, text: Dressed, say: Words) -> Begun:
    first = _SIZES.search(text.text)
    size = len(first[1]) if first is not None else 7
    sides = split(text.text, size)
    base = None if sides is None else sides.base if sides.base is not None else _base_of(path, text)
    if sides is None or base is None:
        reason = "merging.markers" if sides is None else "merging.no_base"
        raise CannotRead(str(path), say[reason].format(name=path))
    texts = merge_texts(base, sides.ours, sides.theirs)
    if texts is None:
        raise CannotRead(str(path), say["merging.no_plan"].format(name=path))
    theirs = _THEIRS.search(text.text)
    names = {
        "base": "base",
        "ours": first[2].rstrip() if first is not None else "ours",
        "theirs": theirs[1].rstrip() if theirs is not None else "theirs",
    }
    return Begun(texts.merge, path, texts, text, names, size)


def _base_of(path: Path, text: Dressed) -> str | None:
    """Return the draft of a file that git is merging, where its markers do not tell it."""
    program = shutil.which("git")
    if program is None:
        return None
    words = [program, "-C", str(path.absolute().parent), "show", f":1:./{path.name}"]
    done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - a file that was named
    found = dressed(done.stdout) if done.returncode == 0 else None
    if found is None:
        return None
    return (found.with_end(text.end) if found.end and text.end else found).text
