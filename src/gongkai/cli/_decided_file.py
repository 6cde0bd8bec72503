"""The decisions that a merge's page makes, as a file: ``--take 裁定.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, cast

from gongkai.cli._files import CannotRead, Wrong
from gongkai.views._words import Words

__all__ = ["spread"]

_JSON: Final = ".json"


def spread(taken: Iterable[str], say: Words) -> Iterator[str]:
    """Yield what was asked for, with the decisions of files in the place of the files' names.

    Raises:
        CannotRead: there is no such file, or it cannot be read.
        Wrong: a file holds no decisions.
    """
    for each in taken:
        if "=" in each or not each.lower().endswith(_JSON):
            yield each
        else:
            yield from [f"{id_}={decision}" for id_, decision in _decisions(each, say).items()]


def _decisions(name: str, say: Words) -> dict[str, str]:
    """Return the decisions of a file, by the ids of the conflicts."""
    try:
        data: object = json.loads(Path(name).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CannotRead(f"{name}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise Wrong(say["merging.take_file"].format(name=name)) from error
    found = cast("dict[str, object]", data) if isinstance(data, dict) else {"": None}
    if not all(isinstance(decision, str) for decision in found.values()):
        raise Wrong(say["merging.take_file"].format(name=name))
    return cast("dict[str, str]", found)
