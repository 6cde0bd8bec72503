"""From the cells of a table to what they say: passages of text, responsibility clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from gongkai.directory import is_body
from gongkai.model import Assignment, Finding, Role
from gongkai.model._house import trusted
from gongkai.reading.clauses import Clause, Slot, parse_clause
from gongkai.reading.extract import PrintedCell
from gongkai.reading.grammar import table
from gongkai.reading.lines import BLANK, Passage, label_of, scan, styles
from gongkai.reading.passages import join_broken
from gongkai.reading.tables.names import split_abutting

__all__ = ["heading", "inherited", "is_none", "is_same", "joined", "number", "paragraphs", "responsibility"]

_make_assignment = trusted(Assignment)

_SEPARATORS: Final = "、，,；;/／：:（("
#: What each role's slot is called, for a cell that stands below its column's head.
_SLOTS: Final = {
    Role.LEAD: "牵头单位：",
    Role.RESPONSIBLE: "责任单位：",
    Role.COOPERATE: "配合单位：",
    Role.SUPPORT: "责任单位：",
    Role.GUIDE: "指导单位：",
}
_NOBODY: Final = Clause((), (), "", sure=True, known=True)


def paragraphs(source: str, cell: PrintedCell, findings: list[Finding]) -> list[Passage]:
    """Return the paragraphs of a cell of text, with their labels; broken lines are joined."""
    found: list[Passage] = []
    for start, end in cell.paragraphs:
        for line in scan(source[start:end]):
            line.start += start
            found.append(_numbered(line, cell) if cell.labels else line)
    return found if len(found) < 2 else join_broken(found, findings)


def _numbered(line: Passage, cell: PrintedCell) -> Passage:
    """Give a line the automatic number that its container gives it; it stands in no character."""
    label = next((label for start, label in cell.labels if start == line.start), None)
    style, printed = (-1, None) if label is None or line.style >= 0 else label_of(label)
    return line if printed is None else Passage(line.start, line.text, style, printed, cuts=line.cuts)


def joined(source: str, cell: PrintedCell) -> Passage:
    """Return a cell as one passage without a label, nothing put between its paragraphs."""
    text = ""
    first = -1
    cuts: list[tuple[int, int]] = []
    for start, end in cell.paragraphs:
        raw = source[start:end]
        kept = raw.strip(BLANK)
        if not kept:
            continue
        begin = start + len(raw) - len(raw.lstrip(BLANK))
        if first < 0:
            first = begin
        else:
            cuts.append((len(text), begin))
        text += kept
    if first < 0:
        return Passage(cell.paragraphs[0][0] if cell.paragraphs else 0, "")
    return Passage(first, text, cuts=tuple(cuts))


def heading(source: str, cell: PrintedCell) -> Passage:
    """Return a cell that is a heading as one passage, with its label."""
    whole = joined(source, cell)
    first = scan(whole.text)[0]
    if first.style < 0 and cell.labels:
        return _numbered(whole, cell)
    return Passage(whole.start, whole.text, first.style, first.label, first.tag, first.body, whole.cuts)


def number(source: str, cell: PrintedCell) -> Passage:
    """Return a cell of the number column as a passage that is all label."""
    found = joined(source, cell)
    item = next(at for at, style in enumerate(styles()) if style.item)
    label = "".join(found.text.split()) or "".join([label for _, label in cell.labels])
    return Passage(found.start, found.text, item, label, len(found.text), len(found.text), found.cuts)


def is_none(text: str) -> bool:
    """Tell whether what stands in a cell says that there is nothing: 无, —."""
    return text in table("tables")["cell"]["none"]


def is_same(text: str) -> bool:
    """Tell whether what stands in a cell refers to the row above: 同上."""
    return text in table("tables")["cell"]["same"]


def responsibility(source: str, cell: PrintedCell, role: Role) -> Clause:
    """Return what a cell of bodies says: each paragraph a name or several, or a whole clause.

    Args:
        source: the text that the cell stands in.
        cell: the cell.
        role: what the cell's column gives to names without a verb.
    """
    parts = [source[start:end].strip(BLANK) for start, end in cell.paragraphs]
    return _clause(tuple([part for part in parts if part]), role)


@lru_cache(maxsize=8192)
def _clause(parts: tuple[str, ...], role: Role) -> Clause:
    text = _listed(parts)
    if is_none(text):
        return _NOBODY
    bare = text[:1] in "（(" and text[-1:] in "）)" and not any(mark in text[1:-1] for mark in "（()）")
    if bare:
        text = text[1:-1]
    said = _SLOTS[role] + split_abutting(text)
    found = parse_clause(said)
    if found is None or not found.assignments:
        return _NOBODY._replace(unread=text)
    if role is Role.SUPPORT:
        found = found._replace(assignments=_as_support(found.assignments))
    if not found.deadlines:
        return found
    whole = "".join(parts)
    places = _places(said[len(_SLOTS[role]) :], whole, int(bare))
    printed = [_printed(slot, len(_SLOTS[role]), places, whole) for slot in found.deadlines]
    return found._replace(deadlines=tuple(printed))


def _places(said: str, whole: str, at: int) -> list[int]:
    """Where each character of what was read stands in the cell; separators put between names are in none."""
    places: list[int] = []
    for character in said:
        places.append(at)
        at += whole[at : at + 1] == character
    return [*places, at]


def _printed(slot: Slot, ahead: int, places: Sequence[int], whole: str) -> Slot:
    """Return the value of a slot as the cell prints it."""
    first = max(slot.start - ahead, 0)
    begin, end = places[first], places[min(first + len(slot.text), len(places) - 1)]
    return Slot(begin, whole[begin:end])


def _as_support(assignments: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """No slot says 支持: what the column's names would be responsible for they support."""
    return tuple(
        [
            _make_assignment(Role.SUPPORT, item.departments, item.severally, item.open, item.inherited)
            if item.role is Role.RESPONSIBLE
            else item
            for item in assignments
        ]
    )


def _listed(parts: Sequence[str]) -> str:
    """Join the paragraphs of a cell of bodies: names, unless one is broken over two."""
    text = parts[0] if parts else ""
    for before, part in pairwise(parts):
        if text[-1] in _SEPARATORS or part[0] in "、，,；;）)" or _is_broken(before, part):
            text += part
        else:
            text += "、" + part
    return text


def _is_broken(before: str, part: str) -> bool:
    """Whether one name runs over two paragraphs: only together they are one."""
    left = before[max(before.rfind(mark) for mark in _SEPARATORS) + 1 :]
    ends = [at for mark in _SEPARATORS if (at := part.find(mark)) >= 0]
    right = part[: min(ends)] if ends else part
    return not (is_body(left) and is_body(right)) and not is_body(left) and is_body(left + right)


def inherited(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Return the assignments of a clause as those of another row that it serves too."""
    return tuple(
        [
            _make_assignment(item.role, item.departments, item.severally, item.open, True)
            for item in assignments
        ]
    )
