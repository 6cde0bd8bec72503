"""Strategies of the small classes: places, bodies, deadlines, the record and the notice."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import product

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from gongkai.model import (
    Assignment,
    Bound,
    Citation,
    Deadline,
    DeadlineKind,
    Department,
    DepartmentKind,
    Division,
    DocumentNumber,
    Finding,
    Level,
    Notice,
    Pieces,
    Place,
    PlaceKind,
    Record,
    Role,
    Severity,
    Source,
    Span,
    Stated,
    Unit,
)
from gongkai.testing import _words as words

_DAYS = st.dates(date(1990, 1, 1), date(2039, 12, 31))
_YEARS = st.integers(2008, 2035)
_KEYS = st.sampled_from(("1", "12", "37.2", "一.(一).3", "二", "一.#1"))


@cache
def texts() -> SearchStrategy[str]:
    """Any text: mostly sentences of the genre, now and then whatever Unicode has."""
    usual = stock_sentences()
    return st.one_of(usual, usual, st.text(max_size=12))


@cache
def stock_sentences() -> SearchStrategy[str]:
    """Sentences made of the pools alone: one choice each, so that examples shrink to readable text."""
    made = product(words.VERBS, words.MATTERS, words.TAILS)
    return st.sampled_from([f"{verb}{matter}{tail}。" for verb, matter, tail in made])


@cache
def titles() -> SearchStrategy[str]:
    """Titles of plans, most with a year."""
    made = product(words.GENRES, range(2024, 2007, -1), words.PLACES)
    usual = st.sampled_from([f"{place}{year}年{genre}" for genre, year, place in made])
    return st.one_of(usual, usual, texts())


def labels() -> SearchStrategy[str | None]:
    """Printed numbers, or none."""
    return st.sampled_from((None, *words.LABELS))


def keys() -> SearchStrategy[str | None]:
    """Keys that a task may have come with, or none."""
    return st.none() | _KEYS


def columns() -> SearchStrategy[list[tuple[str, str]]]:
    """Other columns of a table, or other keys of a record."""
    return st.lists(st.tuples(st.sampled_from(words.COLUMNS), texts()), max_size=2)


@st.composite
def spans(draw: DrawFn, length: int = 400) -> Span:
    """Spans in a text of that many characters: whole stretches, empty ones, and some in several pieces."""
    offsets = st.integers(0, length)
    most = min(6, (length + 1) // 2 * 2)
    if most >= 4 and draw(st.booleans()):
        cuts = sorted(draw(st.lists(offsets, min_size=4, max_size=most, unique=True)))
        cuts = cuts[: len(cuts) // 2 * 2]
        return Span(cuts[0], cuts[-1], tuple(cuts))
    start, end = sorted((draw(offsets), draw(offsets)))
    return Span(start, end)


@st.composite
def pieces(draw: DrawFn, length: int | None = None) -> Pieces:
    """All pieces of a text of that many characters; of a short one of any length where none is given."""
    size = draw(st.integers(0, 60)) if length is None else length
    if not size:
        return Pieces.of(())
    ends = sorted({*draw(st.lists(st.integers(1, size), max_size=4)), size})
    return Pieces.of((draw(st.sampled_from(words.PIECES)), end) for end in ends)


@cache
def places() -> SearchStrategy[Place]:
    """Places of every kind."""
    return st.builds(
        Place, st.integers(0, 400), st.sampled_from(PlaceKind), st.sampled_from(("1", "2", "B7", "任务"))
    )


@st.composite
def sources(draw: DrawFn) -> Source:
    """Sources whose pieces partition the text; some were saved without their text."""
    text = draw(texts())
    source = Source(
        text,
        draw(pieces(len(text))),
        origin=draw(st.sampled_from((None, "chenghu-2024.txt", "要点.html"))),
        media_type=draw(st.sampled_from((None, "text/plain", "text/html"))),
        encoding=draw(st.sampled_from((None, "utf-8", "gb18030"))),
        retrieved_on=draw(st.none() | _DAYS),
        places=sorted(draw(st.lists(places(), max_size=3)), key=lambda place: place.start),
    )
    return source.without_text() if draw(st.integers(0, 5)) == 5 else source


@cache
def findings() -> SearchStrategy[Finding]:
    """Findings of every severity, with and without a place."""
    return st.builds(
        Finding,
        st.sampled_from(("R201", "R203", "C101")),
        st.sampled_from(Severity),
        texts(),
        st.sampled_from(("a bracket without its partner", "a number is skipped", "unknown department")),
        span=st.none() | spans(),
        key=keys(),
        hint=st.sampled_from(("", "look at the printed document")),
    )


@cache
def departments() -> SearchStrategy[Department]:
    """Mentions of departments; some know what they mean."""
    made_up = st.builds("{}{}{}".format, st.sampled_from("区市县省"), _stems(), st.sampled_from("局委办处"))
    return st.builds(
        Department,
        st.one_of(
            st.sampled_from(words.ORGANS + words.COLLECTIVES), made_up, st.text(min_size=1, max_size=5)
        ),
        kind=st.none() | st.sampled_from(DepartmentKind),
        id=st.sampled_from((None, *words.IDS)),
    )


def _stems() -> SearchStrategy[str]:
    return st.text(words.HANZI, min_size=2, max_size=5)


@cache
def assignments() -> SearchStrategy[Assignment]:
    """Assignments of every role; now and then without departments, as 按职责分工负责落实 is read."""
    return st.builds(
        Assignment,
        st.sampled_from(Role),
        st.lists(departments(), max_size=3),
        severally=st.booleans(),
        open=st.booleans(),
        inherited=st.booleans(),
    )


@cache
def deadlines(kind: DeadlineKind | str | None = None, year: int | None = None) -> SearchStrategy[Deadline]:
    """Deadlines of one kind, or of every kind; of one year, or of any."""
    if kind is None:
        return st.sampled_from(DeadlineKind).flatmap(lambda each: deadlines(each, year))
    kind = DeadlineKind(kind)
    years = _YEARS if year is None else st.just(year)
    return _provided(_of_kind(kind, years))


@st.composite
def _provided(draw: DrawFn, plain: SearchStrategy[Deadline]) -> Deadline:
    """The same deadlines, some with a first day, and with what stands outside equality."""
    deadline = draw(plain)
    start = None
    if deadline.kind is not DeadlineKind.WITHIN and draw(st.integers(0, 3)) == 3:
        last = deadline.due or date(2024, 12, 31)
        start = last - timedelta(days=draw(st.integers(0, 300)))
    return Deadline(
        deadline.text,
        deadline.kind,
        deadline.due,
        start=start,
        rule=deadline.rule,
        amount=deadline.amount,
        unit=deadline.unit,
        bound=deadline.bound,
        event=deadline.event,
        stated=draw(st.sampled_from((None, *Stated))),
        span=draw(st.none() | spans()),
    )


def _on_day(year: int, day: int) -> Deadline:
    return Deadline.by_date(date(year, 1, 1) + timedelta(days=day))


def _lasting(amount: int, unit: Unit, bound: Bound, event: str | None) -> Deadline:
    return Deadline.lasting(amount, unit, f"{amount} {unit}", bound=bound, event=event)


def _of_kind(kind: DeadlineKind, years: SearchStrategy[int]) -> SearchStrategy[Deadline]:
    match kind:
        case DeadlineKind.DATE:
            return st.builds(_on_day, years, st.integers(0, 364))
        case DeadlineKind.MONTH:
            return st.builds(Deadline.by_month, years, st.integers(1, 12))
        case DeadlineKind.QUARTER:
            return st.builds(Deadline.by_quarter, years, st.integers(1, 4))
        case DeadlineKind.HALF:
            return st.builds(Deadline.by_half, years, st.integers(1, 2))
        case DeadlineKind.YEAR:
            return st.builds(Deadline.by_year, years)
        case DeadlineKind.RECURRING:
            return st.sampled_from(
                (
                    Deadline.every("FREQ=MONTHLY", "每月"),
                    Deadline.every("FREQ=MONTHLY;INTERVAL=3", "每季度"),
                    Deadline.every("FREQ=WEEKLY", "每周"),
                    Deadline.every("FREQ=YEARLY", "每年"),
                )
            )
        case DeadlineKind.WITHIN:
            return st.builds(
                _lasting,
                st.integers(0, 400),
                st.sampled_from(Unit),
                st.sampled_from(Bound),
                st.sampled_from((None, "征集结束后", "印发之日起")),
            )
        case DeadlineKind.ONGOING:
            return st.sampled_from(("持续推进", "长期", "全年")).map(Deadline.ongoing)


@cache
def citations() -> SearchStrategy[Citation]:
    """Citations that a text which names them gives back."""
    titles = st.sampled_from(("政府信息公开条例", "关于印发〈工作要点〉的通知", "澜江市2024年工作要点"))
    return st.builds(Citation, titles, st.none() | document_numbers())


@cache
def document_numbers() -> SearchStrategy[DocumentNumber]:
    """Document numbers that their own text reads back."""
    return st.builds(DocumentNumber, st.sampled_from(words.CODES), _YEARS, st.integers(0, 99_999))


@cache
def records() -> SearchStrategy[Record]:
    """Records with any of their fields, or none."""
    days = st.none() | _DAYS
    names = st.sampled_from(("区政务公开领导小组办公室", "澄湖区人民政府办公室", "区财政局"))
    return st.builds(
        Record,
        index_number=st.sampled_from((None, "CH00Z/ZK-2024-000017", "000014349/2018-00215")),
        subject=st.sampled_from((None, "政务公开", "综合政务、政务公开")),
        issuer=st.none() | names,
        co_issuers=st.lists(names, max_size=2),
        effective_on=days,
        issued_on=days,
        document_number=st.none() | document_numbers(),
        repealed_on=days,
        published_on=days,
        validity=st.sampled_from((None, "有效", "失效")),
        others=columns(),
    )


@cache
def notices() -> SearchStrategy[Notice]:
    """Covering notices, with and without an end."""
    offices = st.sampled_from((None, "澄湖区政务公开领导小组办公室", "澄湖区政务服务和数据管理局"))
    return st.builds(
        Notice,
        titles().map("关于印发《{}》的通知".format),
        addressees=st.lists(
            st.sampled_from(("各街道办事处", "区政府各委、办、局", "各区属机构")), max_size=3
        ),
        body=st.lists(texts(), max_size=2),
        signatory=offices,
        sealed_by=offices,
        issued_on=st.none() | _DAYS,
        disclosure=st.sampled_from((None, "此件公开发布", "此件依申请公开")),
    )


@cache
def divisions() -> SearchStrategy[Division]:
    """Divisions of every level, with and without a code."""
    days = st.none() | _DAYS
    return st.builds(
        Division,
        st.sampled_from(words.PLACES),
        code=st.none() | st.integers(110_000, 659_999).map(str),
        level=st.sampled_from((None, *Level)),
        parent=st.none() | st.sampled_from(("110000", "320100")),
        since=days,
        until=days,
    )
