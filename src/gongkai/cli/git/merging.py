"""The merge driver: three files of one plan become one, or the file is left to git.

Git has written the draft and the two sides into files of its own, and takes what stands in the second one
when the driver ends. Nothing is written there before all of it is known; whatever goes wrong before leaves
the file to git's own merge by lines, with one line on standard error.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from gongkai import codec
from gongkai.cli.git.dress import Dressed, alike, dressed, is_json, is_merge_file
from gongkai.cli.git.settings import CONFLICT
from gongkai.errors import GongkaiError
from gongkai.merging import Merge, merge, merge_texts
from gongkai.model import Plan

__all__ = ["Left", "Made", "drive", "merged"]

_INDENT: Final = re.compile(r"^\{\r?\n( +)")


class Left(Exception):
    """The file is left to git; the reason is the name of its words."""


class Made(NamedTuple):
    """What becomes of the file."""

    data: bytes
    merge: Merge | None


def drive(arguments: Sequence[str]) -> tuple[int, Made]:
    """Merge the files that git names: draft, ours, theirs, size of markers, path, names of the sides.

    Raises:
        Left: they are left to git.
        OSError: a file cannot be read or written.
    """
    base, ours, theirs = (Path(name) for name in arguments[:3])
    size = int(arguments[3]) if arguments[3:4] and arguments[3].isdecimal() else 7
    names = {"base": "base", "ours": _name(arguments, 5, "ours"), "theirs": _name(arguments, 6, "theirs")}
    made = merged(
        base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), names, size, (base, ours, theirs)
    )
    _replace(ours, made.data)
    return (CONFLICT if made.merge is not None and made.merge.conflicts else 0), made


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: what git does next starts from it."""
    spare = path.with_name(f"{path.name}.gongkai")
    try:
        spare.write_bytes(data)
        spare.replace(path)
    finally:
        spare.unlink(missing_ok=True)


def _name(arguments: Sequence[str], place: int, default: str) -> str:
    """Return what git calls a side; a git before 2.44 does not, and leaves its sign."""
    given = arguments[place] if len(arguments) > place else ""
    plain = " ".join(given.split())
    return default if not plain or plain.startswith("%") else plain


def merged(
    base: bytes, ours: bytes, theirs: bytes, names: Mapping[str, str], size: int, files: Sequence[Path] = ()
) -> Made:
    """Merge three files.

    Raises:
        Left: they are left to git.
    """
    if theirs in {ours, base}:
        return Made(ours, None)
    if ours == base:
        return Made(theirs, None)
    if any(is_merge_file(data) for data in (base, ours, theirs)):
        raise Left("merge_file")
    if not base:
        raise Left("both_added")
    json = [is_json(data) for data in (base, ours, theirs)]
    if all(json):
        return _of_json(base, ours, theirs)
    if any(json):
        raise Left("no_plan")
    return _of_text(base, ours, theirs, names, size, files)


class _Form(NamedTuple):
    """How a plan is written as JSON."""

    indent: int | None
    source: bool
    last: str

    def write(self, plan: Plan) -> str:
        return codec.dumps(plan, indent=self.indent, source=self.source) + self.last


def _of_json(*files: bytes) -> Made:
    texts = _texts(files)
    try:
        plans = [codec.loads(one.text) for one in texts]
    except GongkaiError as error:
        raise Left("no_json") from error
    found = merge(*plans)
    if found.conflicts:
        return Made((found.to_json(indent=2) + "\n").encode("utf-8"), found)
    base, ours, theirs = (_form_of(one.text, plan) for one, plan in zip(texts, plans, strict=True))
    form = theirs if ours == base else ours
    text = form.write(found.plan)
    end = texts[1].end
    data = texts[1].bytes_of(text.replace("\n", end) if end == "\r\n" else text)
    if data is None:
        raise Left("encodings")
    return Made(data, found)


def _form_of(text: str, plan: Plan) -> _Form:
    """Tell how a plan was written: the depth of its lines, its source, its last line's end."""
    plain = text.replace("\r\n", "\n")
    last = "\n" if plain.endswith("\n") else ""
    inner = _INDENT.match(text)
    indent = len(inner[1]) if inner is not None else None
    source = plan.source is None or plan.source.text is not None
    return _Form(indent, source, last)


def _texts(files: Sequence[bytes]) -> tuple[Dressed, Dressed, Dressed]:
    found = [dressed(data) for data in files]
    known = [one for one in found if one is not None]
    same = alike(*known) if len(known) == 3 else None
    if same is None:
        raise Left("encodings")
    return same


def _of_text(
    base: bytes, ours: bytes, theirs: bytes, names: Mapping[str, str], size: int, files: Sequence[Path]
) -> Made:
    texts = _texts((base, ours, theirs))
    found = merge_texts(*[one.text for one in texts])
    if found is None:
        raise Left("no_plan")
    text = found.text(tries=_by_lines(files), names=names, size=size)
    data = None if text is None else texts[1].bytes_of(text)
    if data is None:
        raise Left("lines")
    return Made(data, found.merge)


def _by_lines(files: Sequence[Path]) -> list[str]:
    """Return the merge by lines that git makes of three files, where nothing is contested in it."""
    if len(files) != 3:
        return []
    base, ours, theirs = (str(file) for file in files)
    words = ["git", "merge-file", "-p", "-q", ours, base, theirs]
    try:
        done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - files that git named
    except OSError:
        return []
    found = dressed(done.stdout) if done.returncode == 0 else None
    return [] if found is None else [found.text]
