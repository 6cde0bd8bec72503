"""The flow of tasks from plan to plan: blocks of tasks or of whole chapters, and bands between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, final

from attrs import frozen

from gongkai.comparing import Entry, Exit, History, Stage, Tie, TieKind
from gongkai.views._history_rows import label_of
from gongkai.views._rows import heading_words
from gongkai.views._text import clean

__all__ = ["Band", "BandSort", "Bar", "Streams", "streams_of"]

BandSort: TypeAlias = Literal["continued", "branched", "returned"]

#: Up to so many tasks in a plan each is a block of its own.
_FEW: Final = 48

#: Room between two blocks, in parts of a block of one task.
_GAP: Final = 0.25


@final
@frozen
class Bar:
    """A block: a task, or a chapter with its tasks.

    Attributes:
        id: its id, unique in the picture.
        column: the position of the plan.
        top: where it begins, counted in blocks of one task from the top.
        size: how many tasks it holds.
        name: what stands on it.
        told: what it holds, in full.
        came: how many of its tasks are new in the plan.
        went: how many of them no later plan has.
    """

    id: str
    column: int
    top: float
    size: float
    name: str
    told: str
    came: int
    went: int


@final
@frozen
class Band:
    """What links two blocks.

    Attributes:
        old: the id of the earlier block.
        new: the id of the later one.
        sort: whether tasks go on, split, merge or share words, or come back.
        tasks: how many links.
        starts: where it leaves the earlier block, from and to.
        ends: where it reaches the later one, from and to.
    """

    old: str
    new: str
    sort: BandSort
    tasks: int
    starts: tuple[float, float]
    ends: tuple[float, float]


@final
@frozen
class Streams:
    """The picture.

    Attributes:
        by: ``task`` or ``section``.
        columns: what the plans are called.
        bars: the blocks.
        bands: what links them.
        height: of the highest column, in blocks of one task.
    """

    by: Literal["task", "section"]
    columns: tuple[str, ...]
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    height: float


_SORTS: Final[dict[TieKind, BandSort]] = {
    TieKind.CONTINUED: "continued",
    TieKind.RETURNED: "returned",
    TieKind.SPLIT: "branched",
    TieKind.MERGED: "branched",
    TieKind.CROSSED: "branched",
}


#: Two blocks by their ids, and what links them.
_Pair: TypeAlias = tuple[str, str, BandSort]


class _Block(NamedTuple):
    """A block before it has a place."""

    id: str
    name: str
    told: str
    stages: list[Stage]


def streams_of(history: History, by: Literal["task", "section"] | None = None) -> Streams:
    """Lay the tasks of a history out, plan by plan.

    Args:
        history: the history.
        by: whether a block is a task or a chapter; by default a task, unless a plan has very many.
    """
    columns = [history.stages(column) for column in history.columns]
    wanted = by or ("task" if max(map(len, columns), default=0) <= _FEW else "section")
    cut = _chapters if wanted == "section" else _tasks
    blocks = [cut(stages, place) for place, stages in enumerate(columns)]
    bars = [bar for place, found in enumerate(blocks) for bar in _stacked(found, place)]
    home = {stage.id: block.id for found in blocks for block in found for stage in block.stages}
    heights = [bar.top + bar.size for bar in bars]
    return Streams(
        wanted,
        tuple([clean(column) for column in history.columns]),
        tuple(bars),
        _bands(history.ties, home, {bar.id: bar for bar in bars}),
        max(heights, default=1.0),
    )


def _tasks(stages: Sequence[Stage], place: int) -> list[_Block]:
    found: list[_Block] = []
    for number, stage in enumerate(stages):
        label, text = label_of(stage.task), clean(stage.task.text)
        found.append(_Block(f"{place}-{number}", f"{label} {text}".strip(), text, [stage]))
    return found


def _chapters(stages: Sequence[Stage], place: int) -> list[_Block]:
    """The chapters of a plan; what stands below none is one without a name."""
    found: dict[str, _Block] = {}
    for stage in stages:
        first = stage.sections[0] if stage.sections else None
        key = "" if first is None else first.key or heading_words(first)
        if key not in found:
            name = "" if first is None else heading_words(first)
            found[key] = _Block(f"{place}-{len(found)}", name, name, [])
        found[key].stages.append(stage)
    return list(found.values())


def _stacked(blocks: Sequence[_Block], place: int) -> list[Bar]:
    found: list[Bar] = []
    top = 0.0
    for block in blocks:
        came = sum(stage.entry is Entry.BORN for stage in block.stages) if place else 0
        went = sum(stage.exit is Exit.ENDED for stage in block.stages)
        size = len(block.stages)
        found.append(Bar(block.id, place, top, size, block.name, block.told, came, went))
        top += size + _GAP
    return found


def _bands(ties: Sequence[Tie], home: dict[str, str], bars: dict[str, Bar]) -> tuple[Band, ...]:
    """Put the links between two blocks together, and share the sides of the blocks among them."""
    linked: list[_Pair] = [(home[tie.old], home[tie.new], _SORTS[tie.kind]) for tie in ties]
    counts = Counter(linked)
    pairs = list(counts)
    starts = _shares(pairs, counts, bars, lambda pair: pair[0], lambda pair: pair[1])
    ends = _shares(pairs, counts, bars, lambda pair: pair[1], lambda pair: pair[0])
    found = [Band(*pair, counts[pair], starts[pair], ends[pair]) for pair in pairs]
    return tuple(sorted(found, key=lambda band: band.sort != "continued"))


def _shares(
    pairs: Sequence[_Pair],
    counts: Counter[_Pair],
    bars: dict[str, Bar],
    near: Callable[[_Pair], str],
    far: Callable[[_Pair], str],
) -> dict[_Pair, tuple[float, float]]:
    meeting: defaultdict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        meeting[near(pair)].append(pair)
    found: dict[_Pair, tuple[float, float]] = {}
    for place, met in meeting.items():
        met.sort(key=lambda pair: (bars[far(pair)].column, bars[far(pair)].top))
        total = sum(counts[pair] for pair in met)
        # A chapter of five tasks three of which go on has a side of five: bands are as wide as their tasks,
        # unless there are more links than tasks.
        unit = min(1.0, bars[place].size / total)
        top = bars[place].top
        for pair in met:
            found[pair] = (top, top + counts[pair] * unit)
            top = found[pair][1]
    return found
