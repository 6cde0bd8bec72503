"""The end of a document: closing paragraphs, attachments, signature, date, imprint, the page's foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

import attrs

from gongkai.directory import classify, is_body
from gongkai.model import DepartmentKind, Notice, Record
from gongkai.reading.grammar import table
from gongkai.reading.lines import Passage, part_of
from gongkai.reading.listings import Listing, attachment, end_of_items, inner_titles
from gongkai.reading.noise import name_of, noise_kind
from gongkai.reading.outline import Node
from gongkai.reading.pieces import Marks
from gongkai.reading.signatures import date_in
from gongkai.reading.titles import is_title

__all__ = ["Tail", "read_tail", "take_closing"]

#: No line of a page's foot that the table does not know is longer than this; nor is a signature.
_FOOT_LENGTH: Final = 40
#: Nor is any line of it longer than this: some pages put a whole document in one line with their navigation.
_NOISE_LENGTH: Final = 200
_SIGNATURE_LENGTH: Final = 60
#: A name of a body has at least three characters (办公室).
_SHORTEST_NAME: Final = 3
#: What a row of names leaves unfinished at the end of its line.
_GOES_ON: Final = "，、,；;：:"


class Tail:
    """What the end of a document says.

    Attributes:
        body: the lines above that are the plan's text.
        closing: the lines of the printed list of attachments.
        day: the date below the plan, or None.
        printed: the date of the imprint, as printed; empty where there is none.
        signed: the names in the signature, in printed order.
        notes: other lines of the record, as (key, value).
    """

    __slots__ = ("body", "closing", "day", "notes", "printed", "signed")

    def __init__(self) -> None:
        self.body: list[Passage] = []
        self.closing: list[Passage] = []
        self.day: date | None = None
        self.printed = ""
        self.signed: list[str] = []
        self.notes: list[tuple[str, str]] = []

    @property
    def title(self) -> str:
        """The title of a document that names itself only as its attachment (附件：…)."""
        for passage in (*self.body, *self.closing):
            named = passage.style < 0 and passage.text.startswith(("附件:", "附件："))
            if named and is_title(passage.text):
                return passage.text[3:].strip()
        return ""

    def complete(self, record: Record) -> Record:
        """Return the record with what the end of the document adds; what the head says counts first."""
        if self.day is None and not (self.printed or self.signed or self.notes or record.others):
            return record
        known = {key for key, _ in record.others}
        others = [(key, value) for key, value in self.notes if key not in known]
        day = self.day
        if self.printed:
            printed = _day(self.printed)
            if day is None and record.issued_on is None:
                day = printed
            elif "印发日期" not in known and printed != (record.issued_on or day):
                others.append(("印发日期", self.printed))
        subject = record.subject
        if subject is None and (found := dict(others).get("主题词")):
            subject = found
            others.remove(("主题词", found))
        return attrs.evolve(
            record,
            subject=subject,
            issued_on=record.issued_on or day,
            issuer=record.issuer or (self.signed[0] if self.signed else None),
            co_issuers=record.co_issuers or (() if record.issuer else tuple(self.signed[1:])),
            others=(*record.others, *others),
        )

    def disclose(self, notice: Notice | None) -> Notice | None:
        """Return the covering notice with the note on disclosure below the plan, where it has none itself."""
        note = dict(self.notes).get("公开方式")
        if notice is None or notice.disclosure is not None or note is None:
            return notice
        self.notes.remove(("公开方式", note))
        return attrs.evolve(notice, disclosure=note)


def read_tail(lines: Sequence[Passage], listings: Sequence[Listing], marks: Marks) -> Tail:
    """Read the lines from the beginning of the body on.

    Args:
        lines: the lines without the lists of attachments and links at the end.
        listings: these lists.
        marks: where the pieces are noted.
    """
    tail = Tail()
    printed = [listing.lines[0].start for listing in listings if listing.noise is None]
    for listing in listings:
        for line in listing.lines:
            if listing.noise is None:
                tail.closing.append(line)
            else:
                marks.add_line(noise_kind(listing.noise), line)
    begin = 0
    for start, stop in inner_titles(lines):  # what stands above ends there; an attachment is a section
        if any(lines[start].start < at < lines[stop - 1].start for at in printed):
            continue  # a list of attachments parts what would be its title
        last = end_of_items(lines, start, begin)
        tail.body += lines[begin:last]
        rest = _read_stretch(lines[last:start], tail, marks, final=False)
        _part_at_list(rest, printed, lines[last - 1].start if last else -1, tail)
        head = lines[start:stop]
        if stop < len(lines):
            tail.body.append(attachment(head))
        else:
            tail.closing += head
        begin = stop
    last = end_of_items(lines, len(lines), begin)
    tail.body += lines[begin:last]
    rest = _read_stretch(lines[last:], tail, marks, final=True)
    _part_at_list(rest, printed, lines[last - 1].start if last else -1, tail)
    return tail


def _part_at_list(lines: Sequence[Passage], printed: Sequence[int], item: int, tail: Tail) -> None:
    """Let lines below the last item be text, or closing where the list of attachments stands above them.

    Args:
        lines: the lines.
        printed: where printed lists of attachments begin.
        item: where the last line of the item begins; -1 where there is none.
        tail: where the lines go.
    """
    listed = min([start for start in printed if start > item], default=None) if item >= 0 else None
    for line in lines:
        (tail.body if listed is None or line.start < listed else tail.closing).append(line)


def _read_stretch(lines: Sequence[Passage], tail: Tail, marks: Marks, *, final: bool) -> list[Passage]:
    """Read unlabelled lines below the last item; return those that are text."""
    kinds: list[str | None] = [None] * len(lines)
    if final:
        _find_foot(lines, kinds)
    for at, line in enumerate(lines):
        if kinds[at] is None and (name := _noise_in(line, "line")):
            kinds[at] = noise_kind(name)
    _find_notes(lines, kinds, tail)
    _find_signature(lines, kinds, tail)
    if final:
        _fill_foot(lines, kinds)
    text: list[Passage] = []
    for line, kind in zip(lines, kinds, strict=True):
        if kind is None:
            text.append(line)
        else:
            marks.add_line(kind, line)
    return text


def _noise_in(line: Passage, place: str) -> str | None:
    return name_of(line.text, place) if len(line.text) <= _NOISE_LENGTH else None


def _find_foot(lines: Sequence[Passage], kinds: list[str | None]) -> None:
    """Name the foot of the page: from the first line that can only be one to the end."""
    first = next((at for at, line in enumerate(lines) if _noise_in(line, "tail")), len(lines))
    for at in range(first, len(lines)):
        kinds[at] = noise_kind(name_of(lines[at].text, "line", "tail", "page") or "page-foot")


def _fill_foot(lines: Sequence[Passage], kinds: list[str | None]) -> None:
    """Lines between lines of noise, or below the last one, are noise too where none of them is a sentence."""
    run: list[int] = []
    below = False
    for at, kind in enumerate([*kinds, "noise:"]):
        if kind is None:
            run.append(at)
            continue
        if below and all(len(lines[i].text) <= _FOOT_LENGTH and "。" not in lines[i].text for i in run):
            for i in run:
                kinds[i] = noise_kind("page-foot")
        run = []
        below = below or kind.startswith("noise:")


@cache
def _notes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("tail")
    disclosure = table("titles")["notice"]["disclosure"]
    return tuple(
        (row["key"], re.compile(row["pattern"].replace("{disclosure}", disclosure))) for row in rows["record"]
    )


@cache
def _imprint() -> re.Pattern[str]:
    rows = table("tail")
    return re.compile(rows["imprint"]["pattern"].replace("{day}", rows["day"]))


@cache
def _dated() -> re.Pattern[str]:
    """A line that ends with a day: what stands before it, and the day."""
    return re.compile(rf"[（(]?(.*?)\s*({table('tail')['day']})[)）]?")


@cache
def _month() -> re.Pattern[str]:
    return re.compile(table("tail")["month"])


@cache
def _seal() -> re.Pattern[str]:
    return re.compile(table("tail")["seal"])


def _find_notes(lines: Sequence[Passage], kinds: list[str | None], tail: Tail) -> None:
    """Find the lines that belong to the record: note on disclosure, subject words, copies, imprint."""
    notes: list[tuple[str, list[str]]] = []
    unfinished = False  # whether the line above is a row of names that goes on
    for at, line in enumerate(lines):
        taken = kinds[at] is None
        if not taken:
            pass
        elif (found := _note_in(line.text)) is not None:
            notes.append((found[0], [found[1]]))
        elif (imprint := _imprint().fullmatch(line.text)) is not None:
            tail.printed = tail.printed or "".join(imprint[2].split())
            if imprint[1]:
                notes.append(("印发机关", ["".join(imprint[1].split())]))
        elif unfinished:
            notes[-1][1].append(line.text)
        else:
            taken = False
        unfinished = taken and line.text[-1] in _GOES_ON
        if taken:
            kinds[at] = "record"
    tail.notes += [(key, "".join(values)) for key, values in notes]


def _note_in(text: str) -> tuple[str, str] | None:
    for key, pattern in _notes():
        found = pattern.fullmatch(text)
        if found is not None:
            return key, found[1].strip()
    return None


def _day(text: str) -> date | None:
    """Return the day that a text is; 日 may be missing."""
    squeezed = "".join(text.split())
    return date_in(squeezed) or (date_in(squeezed + "日") if "月" in squeezed else None)


def _find_signature(lines: Sequence[Passage], kinds: list[str | None], tail: Tail) -> None:
    """Find date and signature: a line that is a day, and the names of bodies above it."""
    names: list[str] = []
    at = _find_day(lines, kinds)
    if at >= 0:
        found = _dated().fullmatch(lines[at].text)
        assert found is not None  # noqa: S101 - it has a day
        tail.day = tail.day or _day(found[2])
        names = _names_in(found[1])
        kinds[at] = "record"
    elif (at := _find_month(lines, kinds)) >= 0:
        tail.notes.append(("成文日期", "".join(lines[at].text.split())))
        kinds[at] = "record"
    elif "record" in kinds:  # a signature without a date, above the notes
        at = kinds.index("record")
    while at > 0:
        sealed = kinds[at - 1] == "record" and (_note_in(lines[at - 1].text) or ("",))[0] == "代章"
        above = _names_in(lines[at - 1].text) if kinds[at - 1] is None else []
        if not (sealed or above):
            break
        at -= 1
        names = above + names
        kinds[at] = "record"
    if names and not tail.signed:
        tail.signed = names


def _find_month(lines: Sequence[Passage], kinds: list[str | None]) -> int:
    """Return the place of a month without a day below the name of a body, or -1."""
    for at in range(1, len(lines)):
        free = kinds[at] is None and kinds[at - 1] is None
        if free and _month().fullmatch(lines[at].text) and _names_in(lines[at - 1].text):
            return at
    return -1


def _find_day(lines: Sequence[Passage], kinds: list[str | None]) -> int:
    """Return the first day that is signed, else the last one above all noise, or -1."""
    days = [at for at, line in enumerate(lines) if kinds[at] is None and _has_day(line.text)]
    for at in days:
        own = _dated().fullmatch(lines[at].text)
        if (own and own[1]) or (at and kinds[at - 1] is None and _names_in(lines[at - 1].text)):
            return at
    noise = next((at for at, kind in enumerate(kinds) if kind and kind.startswith("noise:")), len(lines))
    return max((at for at in days if at < noise), default=-1)


def _has_day(text: str) -> bool:
    """Whether a line is a day, alone or behind the names of those who sign."""
    if len(text) > _SIGNATURE_LENGTH or (found := _dated().fullmatch(text)) is None:
        return False
    return _day(found[2]) is not None and (not found[1] or bool(_names_in(found[1])))


def _names_in(text: str) -> list[str]:
    """Return the names of the bodies that a line of a signature consists of; none where it is none."""
    bare = _seal().sub("", text).strip()
    if not bare or len(bare) > _SIGNATURE_LENGTH:
        return []
    parts = re.split(r"[\s、，,]+", bare)
    if all(_is_name(part) for part in parts):
        return parts
    squeezed = "".join(bare.split())
    return [squeezed] if _is_name(squeezed) else []


def _is_name(name: str) -> bool:
    if len(name) < _SHORTEST_NAME or not is_body(name):
        return False
    return classify(name) is not DepartmentKind.COLLECTIVE


def take_closing(top: list[Node]) -> list[Passage]:
    """Take the unlabelled paragraphs without a clause that follow the last task: they close the plan.

    Where the last task has no clause to end it, only sentences are taken, and only if all other items of its
    style are one paragraph each.
    """
    holder: Node | None = None
    nodes = top
    while labelled := [node for node in nodes if node.labelled]:
        holder = labelled[-1]
        nodes = holder.children
    if holder is None:
        return []
    clauses = any(node.clauses for node in holder.walk())
    if not clauses and not _is_one_paragraph(holder, top):
        return []
    closing: list[Passage] = []
    while holder.children and not holder.children[-1].labelled and not holder.children[-1].clauses:
        if not clauses and holder.children[-1].passage.text[-1] != "。":
            break
        closing.append(_left(holder.children.pop()))
    return closing[::-1]


def _left(node: Node) -> Passage:
    """What an unlabelled paragraph still holds: a clause that begins it may be that of the text before."""
    begin = node.segments[0].begin
    return (
        node.passage if begin <= node.passage.body else part_of(node.passage, begin, len(node.passage.text))
    )


def _is_one_paragraph(last: Node, top: list[Node]) -> bool:
    """Whether the last item ends with its own line, as all others of its style do."""
    style = last.passage.style
    nodes = (node for first in top for node in first.walk())
    items = [node for node in nodes if node.passage.style == style and node is not last]
    return bool(items) and last.passage.text[-1] == "。" and not any(node.children for node in items)
