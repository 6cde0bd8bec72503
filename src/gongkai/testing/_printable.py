"""Strategies of plans that a careful reader would read back, equal, from their printed text.

They are drawn as sketches without numbers; ``_numbered`` then prints the numbers on them, as a typist would.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import attrs
from attrs import frozen
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from gongkai.model import Assignment, Block, Notice, Paragraph, Plan, Record, Role, Section, Task
from gongkai.testing import _words as words
from gongkai.testing._printable_parts import printable_deadlines, printable_notices, printable_records
from gongkai.testing._values import stock_sentences

__all__ = ["printable_plans", "sentences"]

_NUMERALS: Final = "一二三四五六七八九十"


@frozen
class _Section:
    """A section before it is numbered."""

    heading: str
    paragraphs: tuple[str, ...]
    tasks: tuple[Task, ...]


@frozen
class _Chapter:
    """A chapter before it is numbered: paragraphs, then tasks or sections of tasks.

    Where it is ``bracketed``, its tasks are numbered （一）, as its sections would be; where it is one of
    ``principles``, its paragraphs are numbered 1.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    sections: tuple[_Section, ...] = ()
    bracketed: bool = False
    principles: bool = False

    @property
    def all_tasks(self) -> tuple[Task, ...]:
        return (*self.tasks, *(task for section in self.sections for task in section.tasks))


@cache
def _made_up() -> SearchStrategy[str]:
    """Made-up words; the first character is never a digit, which would grow on to a number before it."""
    first = st.text(words.HANZI, min_size=1, max_size=6)
    return st.one_of(first, st.builds("{}{}".format, first, st.text(words.OTHERS + words.HANZI, max_size=5)))


@cache
def sentences() -> SearchStrategy[str]:
    """Sentences of the genre that end in 。 and hold no brackets, dates or line breaks."""
    matters = st.one_of(st.sampled_from(words.MATTERS), _made_up())
    several = st.lists(matters, min_size=1, max_size=3).map("、".join)
    made_up = st.builds(
        "{}{}{}。".format, st.sampled_from(words.VERBS), several, st.sampled_from(words.TAILS)
    )
    return st.one_of(stock_sentences(), made_up)


@cache
def _texts() -> SearchStrategy[str]:
    return st.lists(sentences(), min_size=1, max_size=3).map("".join)


@cache
def _headings() -> SearchStrategy[str]:
    made_up = st.builds("{}{}".format, st.sampled_from(words.VERBS), _made_up())
    return st.one_of(st.sampled_from(words.HEADINGS), made_up)


@cache
def _remarks() -> SearchStrategy[tuple[str, ...]]:
    """Paragraphs that ask nothing."""
    return st.lists(st.sampled_from(words.REMARKS), max_size=2).map(tuple)


@cache
def _bodies() -> SearchStrategy[str]:
    made_up = st.builds("区{}局".format, st.text(words.HANZI, min_size=2, max_size=4))
    return st.one_of(st.sampled_from(words.ORGANS), st.sampled_from(words.COLLECTIVES), made_up)


@st.composite
def _clauses(draw: DrawFn) -> tuple[Assignment, ...]:
    """Who answers for a task, as one responsibility clause can say it: each role once, no body twice."""
    roles = draw(st.sampled_from(_ROLES))
    bodies = draw(st.lists(_bodies(), min_size=len(roles), max_size=len(roles) + 2, unique=True))
    # The first role takes what is over: 甲、乙、丙牵头，丁配合.
    cut = len(bodies) - len(roles) + 1
    groups = [bodies[:cut], *([body] for body in bodies[cut:])]
    severally, open_ = draw(st.booleans()), draw(st.booleans())
    if open_ and draw(st.booleans()):
        groups[-1].append(draw(st.sampled_from(words.OPEN)))
    return tuple(
        Assignment(
            role,
            group,
            severally=severally and role in _SEVERAL and len(group) > 1,
            open=open_ and group is groups[-1],
        )
        for role, group in zip(roles, groups, strict=True)
    )


#: Roles that one clause names, in the order in which clauses name them.
_ROLES: Final = (
    (Role.RESPONSIBLE,),
    (Role.LEAD,),
    (Role.LEAD, Role.RESPONSIBLE),
    (Role.LEAD, Role.COOPERATE),
    (Role.RESPONSIBLE, Role.COOPERATE),
    (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATE),
    (Role.RESPONSIBLE, Role.SUPPORT),
    (Role.RESPONSIBLE, Role.GUIDE),
)

#: Roles of which a clause says 分别.
_SEVERAL: Final = (Role.RESPONSIBLE, Role.COOPERATE)


@cache
def _assigned(year: int | None) -> SearchStrategy[Task]:
    """Tasks with a responsibility clause."""
    deadlines = st.one_of(st.just(()), printable_deadlines(year).map(lambda deadline: (deadline,)))
    return st.builds(Task, _texts(), assignments=_clauses(), deadlines=deadlines)


@cache
def _numbered(year: int | None) -> SearchStrategy[tuple[Task, ...]]:
    """Tasks that will be numbered: with a clause, without, with one part a clause, or with numbered parts."""
    run_in = st.lists(_assigned(year), min_size=2, max_size=3).map(lambda found: Task("", parts=found))
    bare = st.builds(Task, _texts())
    item = st.one_of(_assigned(year), bare).map(_marked)
    items = st.builds(
        _with_parts,
        st.one_of(_assigned(year), bare),
        st.lists(item, min_size=2, max_size=3),
    )
    task = st.one_of(_assigned(year), _assigned(year), bare, run_in, items).map(_marked)
    return st.lists(task, min_size=1, max_size=3).map(tuple)


def _with_parts(task: Task, parts: list[Task]) -> Task:
    return attrs.evolve(task, parts=parts)


def _marked(task: Task) -> Task:
    """Mark a task as one that gets a number; the printer puts it."""
    return attrs.evolve(task, label="")


@cache
def _tasks(year: int | None) -> SearchStrategy[tuple[Task, ...]]:
    """Tasks that stand together: all numbered, or none.

    A line without a number below a numbered task may continue it, so the two are not mixed.
    """
    plain = st.lists(_assigned(year), min_size=1, max_size=2).map(tuple)
    return st.one_of(_numbered(year), _numbered(year), plain)


@cache
def _chapters(year: int | None) -> SearchStrategy[_Chapter]:
    """Chapters with something below their heading.

    Paragraphs stand before the tasks: after them they could be read as the last task's second paragraph.
    Alone they stand below a heading of aims, or what they say would be a task.
    """
    sections = st.lists(
        st.builds(_Section, _headings(), _remarks(), _tasks(year)), min_size=1, max_size=2
    ).map(tuple)
    remarks = st.lists(st.sampled_from(words.REMARKS), min_size=1, max_size=2).map(tuple)
    # Without a clause （一）… is a heading.
    bracketed = st.lists(_assigned(year).map(_marked), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(_Chapter, _headings(), _remarks(), tasks=_tasks(year)),
        st.builds(_Chapter, _headings(), _remarks(), sections=sections),
        st.builds(_Chapter, st.sampled_from(words.AIMS), remarks, principles=st.booleans()),
        st.builds(_Chapter, _headings(), _remarks(), tasks=bracketed, bracketed=st.just(True)),
    )


@st.composite
def printable_plans(draw: DrawFn) -> Plan:
    """Plans that a careful reader would read back from their printed text: ``parse(text_of(plan)) == plan``.

    Left out is what print cannot tell apart: texts that hold a clause, a number or a date of their own, an
    unnumbered task below a numbered one, paragraphs after a chapter's tasks, columns of a table.
    """
    place, year = draw(st.sampled_from(words.PLACES)), draw(st.sampled_from((2024, 2023, 2019, None)))
    title = f"{place}{f'{year}年' if year else ''}{draw(st.sampled_from(words.GENRES))}"
    notice = draw(st.one_of(st.none(), printable_notices(title)))
    record = _filled(draw(st.one_of(st.just(Record()), printable_records())), notice)
    year = year or _year_of(record)
    printer = _Printer(*draw(_styles()))
    content: tuple[Section, ...] | tuple[Task, ...]
    if draw(st.integers(0, 7)) < 7:
        chapters = _told_apart(draw(st.lists(_chapters(year), min_size=1, max_size=3)))
        content = tuple([printer.chapter(chapter, place) for place, chapter in enumerate(chapters)])
    else:
        content = printer.tasks(draw(_numbered(year)))
    assume(year is not None or not any(_names_year(block) for block in content))
    return Plan(
        title,
        content,
        year=year,
        record=record,
        notice=notice,
        preamble=draw(_remarks()),
        closing=draw(_remarks()) if _ends_in_clause(content[-1]) else (),
    )


def _filled(record: Record, notice: Notice | None) -> Record:
    """A record takes from the notice who issued it and when, where its own block does not say."""
    if notice is None:
        return record
    return attrs.evolve(
        record, issuer=record.issuer or notice.signatory, issued_on=record.issued_on or notice.issued_on
    )


def _told_apart(chapters: Sequence[_Chapter]) -> Sequence[_Chapter]:
    """In a plan without clauses a line without a number is a task: leave paragraphs to headings of aims."""
    tasks = [task for chapter in chapters for task in chapter.all_tasks]
    if any(each.assignments for task in tasks for each in task.walk()):
        return chapters
    return [
        attrs.evolve(
            chapter,
            paragraphs=(),
            sections=tuple(attrs.evolve(section, paragraphs=()) for section in chapter.sections),
        )
        if chapter.all_tasks
        else chapter
        for chapter in chapters
    ]


def _ends_in_clause(block: Section | Task) -> bool:
    """A line after a task without a clause would continue it; after a paragraph it would be the chapter's."""
    last = [each for each in block.walk() if isinstance(each, Task)][-1:]
    return bool(last and last[0].assignments)


def _names_year(block: Section | Task) -> bool:
    """Whether a deadline names its year: the plan's is read from it, where nothing else tells."""
    tasks = [each for each in block.walk() if isinstance(each, Task)]
    return any("20" in deadline.text for task in tasks for deadline in task.deadlines)


def _year_of(record: Record) -> int | None:
    """The year of a plan whose title names none: the document number's, else the day of issue's."""
    if record.document_number is not None:
        return record.document_number.year
    return record.issued_on.year if record.issued_on else None


def _styles() -> SearchStrategy[tuple[bool, str, bool, int]]:
    """Wide brackets or not; what follows a number; whether sections count from 1; the step of numbers."""
    return st.tuples(
        st.booleans(), st.sampled_from((".", "．", "、")), st.booleans(), st.sampled_from((1, 1, 2))
    )


class _Printer:
    """Prints numbers: 一、, （一） and 1., the last counted through the plan or from 1 in each section."""

    def __init__(self, wide: bool, dot: str, restart: bool, step: int) -> None:
        self.step = step  # real plans skip numbers
        self.brackets = "（{}）" if wide else "({})"
        self.dot = dot
        self.restart = restart
        self.number = 0

    def chapter(self, sketch: _Chapter, place: int) -> Section:
        below = [self.section(section, place) for place, section in enumerate(sketch.sections)]
        labels = self.brackets if sketch.bracketed else None
        paragraphs = [
            Paragraph(text, label=f"{number}{self.dot}" if sketch.principles else None)
            for number, text in enumerate(sketch.paragraphs, 1)
        ]
        content: list[Block] = [*paragraphs, *self.tasks(sketch.tasks, labels), *below]
        return Section(sketch.heading, content, label=f"{_NUMERALS[place]}、")

    def section(self, sketch: _Section, place: int) -> Section:
        content: list[Block] = [*map(Paragraph, sketch.paragraphs), *self.tasks(sketch.tasks)]
        return Section(sketch.heading, content, label=self.brackets.format(_NUMERALS[place]))

    def tasks(self, sketches: Sequence[Task], brackets: str | None = None) -> tuple[Task, ...]:
        self.number = 0 if self.restart else self.number
        return tuple([self.task(sketch, place, brackets) for place, sketch in enumerate(sketches)])

    def task(self, sketch: Task, place: int, brackets: str | None) -> Task:
        if sketch.label is None:
            return sketch
        if brackets is not None:
            return attrs.evolve(sketch, label=brackets.format(_NUMERALS[place]))
        self.number += self.step
        parts = [
            part if part.label is None else attrs.evolve(part, label=self.brackets.format(number))
            for number, part in enumerate(sketch.parts, 1)
        ]
        return attrs.evolve(sketch, label=f"{self.number}{self.dot}", parts=parts)
