"""Texts in traditional characters: read by the look of their words, and given back as they are printed.

The grammar's words are written in simplified characters. A text in traditional ones is read with each
character of a small table replaced by its simplified form, one for one, so that all places stay; then every
text of the plan is taken from the source again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final, cast

import attrs

from gongkai.errors import MissingExtra
from gongkai.model import (
    Assignment,
    Block,
    Deadline,
    Department,
    Notice,
    Paragraph,
    Piece,
    Plan,
    Record,
    Section,
    Task,
)
from gongkai.reading.grammar import table
from gongkai.reading.lines import BLANK

__all__ = ["folded", "is_traditional", "restored", "simplified"]

#: Stands for all pieces but page noise.
_ANY: Final = ""


@cache
def _table() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in table("traditional")["pairs"].split()}


@cache
def _signs() -> str:
    signs: str = table("traditional")["signs"]
    return signs


def is_traditional(text: str) -> bool:
    """Tell whether a text has traditional characters that every plan has: 政務, 公開.

    >>> from gongkai.reading.traditional import is_traditional
    >>> is_traditional("政務公開工作要點"), is_traditional("政务公开工作要点")
    (True, False)
    """
    return any(sign in text for sign in _signs())


def folded(text: str) -> str:
    """Return a text with the characters of the grammar's words in their simplified form; all places stay.

    >>> from gongkai.reading.traditional import folded
    >>> folded("責任單位：區發展改革委")
    '责任单位：区发展改革委'
    """
    return text.translate(_table())


def simplified(text: str) -> str:
    """Return a text in simplified characters, one for one, so that all places stay.

    OpenCC's conversion of characters and set phrases (``t2s``), not that of a region's words: 資訊
    becomes 资讯, not 信息.

    Raises:
        MissingExtra: OpenCC is not installed.

    >>> from gongkai.reading.traditional import simplified
    >>> simplified("推進政務公開，發佈資訊")
    '推进政务公开，发布资讯'
    """
    whole = _converted(text)
    if whole is not None:
        return whole
    return "\n".join([_line(line) for line in text.split("\n")])


def _line(line: str) -> str:
    """Convert a line of which some phrase becomes longer or shorter character by character."""
    whole = _converted(line)
    return whole if whole is not None else "".join([_converted(sign) or sign for sign in line])


def _converted(text: str) -> str | None:
    """Return what OpenCC makes of a text, or None where that is longer or shorter, or no text at all."""
    try:
        converted = _converter()(text)
    except UnicodeEncodeError:  # half of a character, which some programs leave
        return None
    return converted if len(converted) == len(text) else None


@cache
def _converter() -> Callable[[str], str]:
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise MissingExtra("documents", "simplify=True") from error
    return cast("Callable[[str], str]", OpenCC("t2s").convert)


def restored(plan: Plan, text: str) -> Plan:
    """Return a plan that was read from the folded text, with the characters of the text itself."""
    source = plan.source
    assert source is not None  # noqa: S101 - it was read
    print_ = _Print(text, folded(text), source.pieces)
    record, notice, division = plan.record, plan.notice, plan.division
    return attrs.evolve(
        plan,
        title=print_.of(plan.title),
        record=_record(record, print_),
        notice=None if notice is None else _notice(notice, print_),
        division=None if division is None else attrs.evolve(division, name=print_.of(division.name)),
        preamble=[_paragraph(block, print_) for block in plan.preamble],
        content=[_block(block, print_) for block in plan.content],
        closing=[_paragraph(block, print_) for block in plan.closing],
        source=attrs.evolve(source, text=text),
    )


class _Print:
    """Finds what was read in the folded text, and returns it as printed."""

    def __init__(self, text: str, read: str, pieces: Iterable[Piece]) -> None:
        self._text = text
        self._streams: dict[str, list[int]] = {}  # where the characters of each kind of piece stand
        places = self._streams[_ANY] = []
        for piece in pieces:
            own = range(piece.start, piece.end)
            self._streams.setdefault(piece.kind, []).extend(own)
            if not piece.kind.startswith("noise:"):
                places.extend([at for at in own if read[at] not in BLANK])
        self._read = {kind: "".join([read[at] for at in own]) for kind, own in self._streams.items()}

    def block(self, value: str, start: int, *kinds: str) -> str:
        """Return the text of a block as printed: that of the pieces of a kind from a place on."""
        for kind in kinds if value else ():
            places = self._streams.get(kind, [])
            first = bisect_left(places, start)
            if self._read.get(kind, "").startswith(value, first):
                return "".join([self._text[at] for at in places[first : first + len(value)]])
        return self.of(value, start)

    def any(self, value: str | None, start: int = 0) -> str | None:
        """Return a value as printed, or None for None."""
        return None if value is None else self.of(value, start)

    def of(self, value: str, start: int = 0) -> str:
        """Return a value as printed, looked for from a place of the source on."""
        core = "".join([sign for sign in value if sign not in BLANK])
        if not core:
            return value
        places, read = self._streams[_ANY], self._read[_ANY]
        at = read.find(core, bisect_left(places, start))
        at = read.find(core) if at < 0 else at
        if at < 0:
            return value
        signs = iter(places[at : at + len(core)])
        return "".join([sign if sign in BLANK else self._text[next(signs)] for sign in value])

    def all(self, values: Iterable[str], start: int = 0) -> tuple[str, ...]:
        """Return values as printed."""
        return tuple([self.of(value, start) for value in values])


def _record(record: Record, print_: _Print) -> Record:
    number = record.document_number
    return attrs.evolve(
        record,
        index_number=print_.any(record.index_number),
        subject=print_.any(record.subject),
        issuer=print_.any(record.issuer),
        validity=print_.any(record.validity),
        co_issuers=print_.all(record.co_issuers),
        document_number=None if number is None else attrs.evolve(number, code=print_.of(number.code)),
        others=[(print_.of(key), print_.of(value)) for key, value in record.others],
    )


def _notice(notice: Notice, print_: _Print) -> Notice:
    return attrs.evolve(
        notice,
        title=print_.of(notice.title),
        signatory=print_.any(notice.signatory),
        sealed_by=print_.any(notice.sealed_by),
        disclosure=print_.any(notice.disclosure),
        addressees=print_.all(notice.addressees),
        body=print_.all(notice.body),
    )


def _block(block: Block, print_: _Print) -> Block:
    start = 0 if block.span is None else block.span.start
    label = print_.any(block.label, start)
    if isinstance(block, Paragraph):
        return _paragraph(block, print_)
    if isinstance(block, Section):
        heading = print_.block(block.heading, start, "heading")
        return attrs.evolve(
            block, heading=heading, label=label, content=[_block(each, print_) for each in block.content]
        )
    return attrs.evolve(
        block,
        text=print_.block(block.text, start, "text"),
        label=label,
        assignments=[_assignment(each, print_, start) for each in block.assignments],
        deadlines=[_deadline(each, print_, start) for each in block.deadlines],
        parts=[_part(part, print_) for part in block.parts],
        extras=[(print_.of(name), print_.of(value, start)) for name, value in block.extras],
    )


def _paragraph(block: Paragraph, print_: _Print) -> Paragraph:
    start = 0 if block.span is None else block.span.start
    text = print_.block(block.text, start, "paragraph", "closing")
    return attrs.evolve(block, text=text, label=print_.any(block.label, start))


def _part(part: Task, print_: _Print) -> Task:
    task = _block(part, print_)
    assert isinstance(task, Task)  # noqa: S101 - as it was
    return task


def _assignment(assignment: Assignment, print_: _Print, start: int) -> Assignment:
    bodies = [_department(body, print_, start) for body in assignment.departments]
    return attrs.evolve(assignment, departments=bodies)


def _department(body: Department, print_: _Print, start: int) -> Department:
    return attrs.evolve(body, name=print_.of(body.name, start))


def _deadline(deadline: Deadline, print_: _Print, start: int) -> Deadline:
    text, event = print_.of(deadline.text, start), print_.any(deadline.event, start)
    return attrs.evolve(deadline, text=text, event=event)
