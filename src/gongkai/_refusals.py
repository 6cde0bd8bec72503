"""Why files are not read, in Chinese and English: ``refusals.toml`` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from errno import EACCES, EISDIR, ENAMETOOLONG, ENOENT, ENOTDIR, EPERM
from functools import cache
from importlib.resources import files
from typing import Final, TypeAlias, cast

from gongkai.errors import ReadError

__all__ = ["Sides", "not_opened", "refused", "refused_as"]

#: What a row says: its ``reason`` and ``hint``, each by language.
Sides: TypeAlias = Mapping[str, Mapping[str, str]]

#: Why the system opens no file, by its number of the error; the English is the system's own.
_SYSTEM: Final = {
    ENOENT: "没有这个文件",
    EISDIR: "这是文件夹",
    ENOTDIR: "路径中有一段不是文件夹",
    EACCES: "没有读取的权限",
    EPERM: "没有读取的权限",
    ENAMETOOLONG: "文件名太长",
}


@cache
def _table() -> dict[str, Sides]:
    text = files("gongkai").joinpath("refusals.toml").read_text(encoding="utf-8")
    return cast("dict[str, Sides]", tomllib.loads(text))


def refused(origin: str, row: str, *, zh: Mapping[str, object] | None = None, **facts: object) -> ReadError:
    """Return the error of a row of the table, with its facts filled in.

    Args:
        origin: the file or address.
        row: the name of the row.
        zh: facts that are other words in Chinese.
        facts: the facts that the row names in braces.

    >>> from gongkai._refusals import refused
    >>> error = refused("plan.docx", "part-missing", part="word/document.xml")
    >>> error.reason, error.reason_zh
    ('its part word/document.xml is missing', '缺少部件 word/document.xml')
    """
    return refused_as(origin, _table()[row], zh=zh, **facts)


def refused_as(
    origin: str, sides: Sides, *, zh: Mapping[str, object] | None = None, **facts: object
) -> ReadError:
    """Return the error of a row in hand; see :func:`refused`."""
    chinese = {**facts, **(zh or {})}
    reason, hint = sides["reason"], sides["hint"]
    return ReadError(
        origin,
        reason["en"].format(**facts),
        hint["en"].format(**facts),
        reason_zh=reason["zh"].format(**chinese),
        hint_zh=hint["zh"].format(**chinese),
    )


def not_opened(origin: str, error: OSError | ValueError, row: str = "unopened") -> ReadError:
    """Return the error for a file that the system does not open."""
    number = error.errno if isinstance(error, OSError) else None
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return refused(origin, row, zh={"reason": _SYSTEM.get(number or 0, reason)}, reason=reason)
