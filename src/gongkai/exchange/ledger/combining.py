"""Several rows of one task, brought together: what somebody filled in counts, and who differs is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from gongkai.codec.keeping import cell_digest
from gongkai.exchange.ledger.ledger import Disagreement
from gongkai.exchange.ledger.rows import ReturnedRow
from gongkai.exchange.ledger.values import Ambiguous, day_in, percent_in, status_in
from gongkai.exchange.ledger.words import catalogue
from gongkai.model import Finding, Progress, ProgressStatus, Role, Task
from gongkai.reading.extract import KeptCell
from gongkai.reading.kept.rows import KeptRow

__all__ = ["Combined"]

_REPORTED: Final = ("status", "percent", "completed_on", "note", "who")
_OF_PLAN: Final = frozenset({"number", "task", "deadline", *[role.value for role in Role]})


class _Said(NamedTuple):
    """One value of one thing, as it was typed, what it means, and where it stands."""

    typed: str
    value: object
    place: str
    is_changed: bool
    cell: KeptCell


class Combined:
    """Takes the rows of a ledger one after the other.

    Args:
        year: the plan's year, for days that name none.
    """

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.seen: set[str | None] = set()
        self.findings: list[Finding] = []
        self._said: dict[str, dict[str, list[_Said]]] = {}
        self._rows: dict[str, KeptRow] = {}

    def take(self, item: ReturnedRow, task: Task) -> None:
        """Take in a row of a task."""
        key = task.key or ""
        self.seen.add(task.key)
        held = self._rows.get(key)
        if held is None or _width(item.row) > _width(held):  # a table of somebody's own may lack columns
            self._rows[key] = item.row._replace(id=f"task {key}")
        said = self._said.setdefault(key, {})
        for at, (column, cell) in enumerate(zip(item.row.columns, item.row.cells, strict=True)):
            if cell is None:
                continue
            changed = item.row.is_changed(at)
            text = cell.text.strip()
            if column.holds in _REPORTED:
                value = self._value(column.holds, cell, item, key)
                if value is not None or changed:
                    said.setdefault(column.holds, []).append(_Said(text, value, item.place, changed, cell))
            elif changed and column.holds in _OF_PLAN:
                said.setdefault(column.holds, []).append(
                    _Said(text, cell_digest(text), item.place, is_changed=True, cell=cell)
                )
            elif changed and column.holds == "due" and text:
                self._take_day(item, cell, said)

    def _take_day(self, item: ReturnedRow, cell: KeptCell, said: dict[str, list[_Said]]) -> None:
        """A new day in the column of days is a new deadline, unless its own words were changed too."""
        try:
            day = day_in(cell, self.year, from_1904=item.from_1904)
        except Ambiguous:
            day = None
        words = f"{day.year}年{day.month}月{day.day}日" if day else cell.text.strip()
        new = _Said(words, cell_digest(words), item.place, is_changed=True, cell=cell._replace(text=words))
        if "deadline" not in said:
            said["deadline"] = [new]

    def _value(self, name: str, cell: KeptCell, item: ReturnedRow, key: str) -> object:
        text = cell.text.strip()
        if not text:
            return None
        value: object = text
        problem = ""
        if name == "status":
            value, problem = status_in(text), "status-unread"
        elif name == "percent":
            value, problem = percent_in(cell), "percent-unread"
        elif name == "completed_on":
            problem = "day-unread"
            try:
                value = day_in(cell, self.year, from_1904=item.from_1904)
            except Ambiguous:
                value, problem = None, "day-ambiguous"
        if value is None:
            self.findings.append(catalogue()[problem].finding(None, key, text=text[:40], place=item.place))
        return value

    def _chosen(self, said: list[_Said]) -> list[_Said]:
        """What counts of one thing: what somebody changed, else what stood there; each value once."""
        held = [one for one in said if one.is_changed and one.value is not None]
        cleared = any(one.is_changed and one.value is None and not one.typed for one in said)
        if not held and not cleared:
            held = [one for one in said if one.value is not None]
        each: dict[object, _Said] = {}
        for one in held:
            each.setdefault(one.value, one)
        return list(each.values())

    def progress(self) -> Iterator[Progress]:
        """Yield what was reported of each task."""
        for key, said in self._said.items():
            chosen = {name: self._chosen(said[name]) for name in _REPORTED if name in said}
            values: dict[str, Any] = {name: found[0].value for name, found in chosen.items() if found}
            if not values:
                continue
            place = next(found[0].place for found in chosen.values() if found)
            item = Progress(key, place=place, **values)
            if _contradicts(item):
                self.findings.append(catalogue()["status-contradicted"].finding(None, key, place=place))
            yield item

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Return where rows of one task differ."""
        found: list[Disagreement] = []
        for key, said in self._said.items():
            for name, each in said.items():
                chosen = self._chosen(each)
                if len(chosen) > 1:
                    found.append(Disagreement(key, name, tuple([(one.typed, one.place) for one in chosen])))
        return tuple(found)

    def edits(self) -> list[KeptRow]:
        """Return a row for each task with the cells of the plan that were changed."""
        rows: list[KeptRow] = []
        for key, row in self._rows.items():
            said = self._said[key]
            cells = list(row.cells)
            digests = list(row.digests) + [""] * (len(cells) - len(row.digests))
            for at, column in enumerate(row.columns):
                held = said.get(column.holds, []) if column.holds in _OF_PLAN else []
                if held:
                    cells[at] = held[0].cell
                    digests[at] = ""
                elif (cell := cells[at]) is not None:
                    digests[at] = cell_digest(cell.text)
            rows.append(row._replace(cells=tuple(cells), digests=tuple(digests)))
        return rows


def _width(row: KeptRow) -> int:
    """How many columns of the plan a row has."""
    pairs = zip(row.columns, row.cells, strict=True)
    return sum([column.holds in _OF_PLAN and cell is not None for column, cell in pairs])


def _contradicts(item: Progress) -> bool:
    """Whether what was reported cannot all be so."""
    if item.status is ProgressStatus.DONE:
        return item.percent is not None and item.percent < 100
    return item.status is not None and (item.completed_on is not None or item.percent == 100)
