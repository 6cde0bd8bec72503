"""Lines of ours in somebody else's file: put in, found again, and taken out byte for byte.

A block begins and ends with a comment line. The first one holds a digest of what stands between, so that
taking it out can tell our own lines from a hand's, and whether the file was there before, and ended in the
middle of a line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

__all__ = ["Block", "Taken", "find", "put", "take"]

_BEGIN: Final = "# gongkai begin"
_END: Final = "# gongkai end"
_TOLD: Final = "written by gongkai git install, taken out by gongkai git uninstall"

#: What the first line remembers of the file.
_NEW: Final = "new file"
_OPEN: Final = "open line"

_FOUND: Final = re.compile(
    rb"^# gongkai begin ([0-9a-f]{16})(?: \((new file|open line)\))?:[^\r\n]*\r?\n"
    rb"(.*?)^# gongkai end(?:\r?\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
_TRACE: Final = re.compile(rb"^# gongkai (?:begin|end)\b", re.MULTILINE)


class Block(NamedTuple):
    """A block that was found in a file.

    Attributes:
        start: where it begins.
        end: where it ends.
        lines: what stands in it.
        note: what it remembers of the file.
        own: whether nobody has changed it.
    """

    start: int
    end: int
    lines: tuple[str, ...]
    note: str
    own: bool


class Taken(NamedTuple):
    """A file without its block.

    Attributes:
        data: what is left; None where the file was not there before, and nothing else stands in it.
        left: the lines in the block that somebody else wrote; they stay.
    """

    data: bytes | None
    left: tuple[str, ...]


def find(data: bytes) -> Block | None:
    """Return the block of a file; None where there is none.

    Raises:
        ValueError: there is half of one, or more than one.
    """
    found = list(_FOUND.finditer(data))
    if len(found) * 2 != len(_TRACE.findall(data)) or len(found) > 1:
        raise ValueError("the lines that begin and end it do not fit")
    if not found:
        return None
    digest, note, body = found[0].groups()
    text = body.decode("utf-8", "surrogateescape")
    lines = tuple(text.splitlines())
    own = digest.decode() == _digest(lines)
    return Block(found[0].start(), found[0].end(), lines, (note or b"").decode(), own)


def put(data: bytes | None, lines: Sequence[str]) -> bytes:
    """Return a file with a block of lines at its end, or in the place of the one that it has.

    Raises:
        ValueError: there is half of a block, or more than one.

    >>> text = put(b"*.txt text", ["*.plan.txt merge=gongkai"])
    >>> take(text)
    Taken(data=b'*.txt text', left=())
    """
    known = None if data is None else find(data)
    before = b"" if data is None else data if known is None else data[: known.start]
    after = b"" if known is None or data is None else data[known.end :]
    end = b"\r\n" if b"\r\n" in before else b"\n"
    if known is not None and data is not None:
        end = _line_end(data, known)
    note = known.note if known is not None else _NEW if data is None else ""
    if known is None and before and not before.endswith(b"\n"):
        note = _OPEN
        before += end
    first = f"{_BEGIN} {_digest(lines)}{f' ({note})' if note else ''}: {_TOLD}"
    text = [line.encode("utf-8", "surrogateescape") for line in (first, *lines, _END)]
    return before + b"".join([line + end for line in text]) + after


def take(data: bytes, is_own: Callable[[str], bool] = lambda _: False) -> Taken:
    """Return a file without its block, as it was before; what somebody wrote into the block stays.

    Args:
        data: the file.
        is_own: tells the lines that are ours, in a block that somebody has changed.

    Raises:
        ValueError: there is half of a block, or more than one.
    """
    block = find(data)
    if block is None:
        return Taken(data, ())
    left = () if block.own else _others(block.lines, is_own)
    before, after = data[: block.start], data[block.end :]
    end = _line_end(data, block)
    if block.note == _OPEN and not after and not left:
        before = before.removesuffix(end)
    kept = b"".join([line.encode("utf-8", "surrogateescape") + end for line in left])
    rest = before + kept + after
    return Taken(None if block.note == _NEW and not rest else rest, left)


def _line_end(data: bytes, block: Block) -> bytes:
    """Return what ends the lines of a block."""
    return b"\r\n" if data[block.start :].partition(b"\n")[0].endswith(b"\r") else b"\n"


def _others(lines: Sequence[str], is_own: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the lines that are not ours; a heading stays where something of somebody's stands below it."""
    kept: list[str] = []
    heading: str | None = None
    for line in lines:
        if line.startswith("["):
            heading = line
            if not is_own(line):
                kept.append(line)
                heading = None
        elif not is_own(line) and line.strip():
            if heading is not None:
                kept.append(heading)
                heading = None
            kept.append(line)
    return tuple(kept)


def _digest(lines: Sequence[str]) -> str:
    text = "\n".join(lines).encode("utf-8", "surrogateescape")
    return hashlib.sha256(text).hexdigest()[:16]
