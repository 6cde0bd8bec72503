"""What the sheet about the document says: title, record, notice, and what stands around the tasks.

The names of the rows are in ``exchange/workbooks``; here are the ids that stand in the hidden column, as
``info value record.issuer``. Lists have a row for each of their members, ``info value preamble.2``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

import attrs

from gongkai.model import DocumentNumber, Notice, Paragraph, Plan, PlanKind, Record
from gongkai.reading.kept.editing import heading_of
from gongkai.reading.kept.rows import KeptRow
from gongkai.reading.signatures import date_in

__all__ = ["about", "is_about"]

_MARK: Final = "info value "
_LISTS: Final = ("record.others", "notice.body", "preamble", "closing")
_VALUE: Final = 1
Item = TypeVar("Item")
Owner = TypeVar("Owner", Record, Notice)


class Unread(NamedTuple):
    """A value that its field does not take: what it is about, and what stands there."""

    name: str
    text: str


def is_about(row: KeptRow) -> bool:
    """Tell whether a row is about the document."""
    return row.id.startswith(_MARK) or (bool(row.columns) and row.columns[0].holds == "item")


def about(plan: Plan, rows: Sequence[KeptRow]) -> tuple[Plan, list[Unread]]:
    """Return a plan with what its rows about the document say now, and the values that cannot be taken.

    A field whose row is gone is kept; a member of a list whose row is gone is left out, unless all rows about
    the document are gone.
    """
    changed: dict[str, str] = {}
    left: dict[str, list[tuple[int, KeptRow]]] = {name: [] for name in _LISTS}
    more: list[tuple[str, str]] = []
    has_lists = False
    for row in rows:
        name = row.id.removeprefix(_MARK)
        if not row.id:
            more += [(row.text(0), row.text(_VALUE))] if row.text(_VALUE) else []
            has_lists = True
            continue
        head, _, number = name.rpartition(".")
        if head in left and number.isdecimal():
            left[head].append((int(number), row))
        elif row.is_changed(_value_of(row)):
            changed[name] = row.text(_value_of(row))
        has_lists = has_lists or row.columns[0].holds == "item"
    unread: list[Unread] = []
    for name, text in changed.items():
        try:
            plan = _set(plan, name, text)
        except ValueError:  # InvalidValue is one
            unread.append(Unread(name, text))
    return (_with_lists(plan, left, more) if has_lists else plan), unread


def _value_of(row: KeptRow) -> int:
    """The title above a table stands in the first cell, all else in the column of values."""
    return _VALUE if row.columns[0].holds == "item" else 0


def _set(plan: Plan, name: str, text: str) -> Plan:
    owner, _, field = name.partition(".")
    if owner == "title":
        return attrs.evolve(plan, title=text)
    if owner == "year":
        return attrs.evolve(plan, year=int(text.rstrip("年")) if text else None)
    if owner == "kind":
        return attrs.evolve(plan, kind=PlanKind(text))
    if owner == "record":
        return attrs.evolve(plan, record=_with(plan.record, field, text))
    if owner == "notice" and plan.notice is not None:
        return attrs.evolve(plan, notice=_with(plan.notice, field, text))
    raise ValueError(name)


def _with(thing: Owner, field: str, text: str) -> Owner:
    value: Any = _value(field, text)
    return attrs.evolve(thing, **{field: value})


def _value(field: str, text: str) -> object:
    """Return what a field takes for a text.

    Raises:
        ValueError: it takes none such.
    """
    if field in {"co_issuers", "addressees"}:
        return tuple([name.strip() for name in text.split("\n") if name.strip()])
    if field == "title":
        return text
    if not text:
        return None
    make = _READERS.get(field)
    if make is None:
        return text
    value = make(text)
    if value is None:
        raise ValueError(text)
    return value


def _day(text: str) -> date | None:
    return date_in(text)


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "effective_on": _day,
    "issued_on": _day,
    "repealed_on": _day,
    "published_on": _day,
    "document_number": DocumentNumber.parse,
}


def _with_lists(
    plan: Plan, left: Mapping[str, list[tuple[int, KeptRow]]], more: list[tuple[str, str]]
) -> Plan:
    others = list(_others(plan.record.others, left["record.others"]))
    record = attrs.evolve(plan.record, others=(*others, *more))
    notice = plan.notice
    if notice is not None:
        body = [_member(notice.body, at, row, str) for at, row in left["notice.body"]]
        notice = attrs.evolve(notice, body=tuple(body))
    preamble = [_member(plan.preamble, at, row, _paragraph) for at, row in left["preamble"]]
    closing = [_member(plan.closing, at, row, _paragraph) for at, row in left["closing"]]
    return attrs.evolve(plan, record=record, notice=notice, preamble=tuple(preamble), closing=tuple(closing))


def _others(
    pairs: Sequence[tuple[str, str]], rows: Sequence[tuple[int, KeptRow]]
) -> Iterator[tuple[str, str]]:
    for at, row in rows:
        held = pairs[at] if at < len(pairs) and not row.changes else (row.text(0), row.text(_VALUE))
        yield held


def _paragraph(text: str) -> Paragraph:
    label, words = heading_of(text)
    return Paragraph(words, label=label)


def _member(held: Sequence[Item], at: int, row: KeptRow, make: Callable[[str], Item]) -> Item:
    """Return a member of a list: as it was, unless its value was changed."""
    if at < len(held) and not row.is_changed(_VALUE):
        return held[at]
    return make(row.text(_VALUE))
