"""Printed numbers: what copies counted anew is counted on in the merged plan.

A number says where something stands, so numbers never contradict each other. Where the numbers that copies
wrote go together they stand as they are, gaps and slips included; where they do not, a sequence is counted
through. Where no copy gave anything of the draft another number, all of it keeps its own, and only what was
added is counted on. Only how a number is written (1. or （1）) is a field like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, cast

from gongkai.comparing.diffing.changes import ChangeKind, Subject, Value
from gongkai.comparing.diffing.tree import Node, Tree
from gongkai.merging.matching.labels import Number, number_of, parse_label, written
from gongkai.merging.matching.traits import label_of
from gongkai.merging.outcome.results import Action, ConflictKind
from gongkai.merging.threeway.work import Strand, Told, Work
from gongkai.model import Task

__all__ = ["number"]

#: What counts by itself: sections, tasks and the parts of tasks, each in its way of writing numbers.
_Series = tuple[str, str, str, str]

#: A number, and where no other may be the same: in what it stands in; None for all of the plan.
_Taken = tuple[Strand | None, int]

_BASE: Final = -1


class _Step(NamedTuple):
    """A number and the one before it in its series."""

    before: Strand | None
    last: int
    value: int
    heads: bool  # the first of its series in what it stands in


def number(work: Work) -> None:
    """Decide the label of everything that is in the merged plan."""
    numbered = _Numbering(work)
    numbered.write()


class _Numbering:
    def __init__(self, work: Work) -> None:
        self.work = work
        self.order = [strand for strand in work.alive() if strand.replaced is None]
        self.labels: dict[Strand, str | None] = {}
        self.torn: set[Strand] = set()  # two copies count them differently
        self.decided: dict[Hashable, str | None] = {}  # ways of writing numbers
        for strand in self.order:
            self._merge(strand)
        self._restyle()
        self.steps: dict[int, dict[Strand, _Step]] = {}
        self.firsts: dict[int, dict[tuple[Strand, _Series], _Step]] = {}
        for side in range(_BASE, len(work.copies)):
            self.steps[side], self.firsts[side] = _steps(work, side)
        self.anew = {side: _anew(self.steps, side) for side in range(len(work.copies))}
        self.runs_in_base = _running(self.firsts[_BASE])
        self.runs = {side: self._running(side) for side in self.firsts}
        self.recounted = self._recounted()
        self.through = self._running_through()

    def _running(self, side: int) -> dict[_Series, bool | None]:
        """Tell how series run on a side; a copy that wrote no number anew has no say about the base's."""
        found = _running(self.firsts[side])
        known = {} if side == _BASE else self.runs_in_base
        return {
            series: runs for series, runs in found.items() if series not in known or series in self.anew[side]
        }

    def _recounted(self) -> dict[_Series, bool]:
        """Return the series that a copy made run through where they began anew, or the other way round."""
        before = self.runs[_BASE]
        found: dict[_Series, bool] = {}
        for side, runs in self.runs.items():
            for series, through in runs.items():
                if side != _BASE and through is not None and before.get(series) is (not through):
                    found.setdefault(series, through)
        return found

    def _running_through(self) -> set[_Series]:
        """Return the series that run on from section to section, and begin anew in none."""
        known = {series for runs in self.runs.values() for series in runs}
        alike = {series for series in known if all(runs.get(series, True) for runs in self.runs.values())}
        return {series for series in known if self.recounted.get(series, series in alike)}

    def _merge(self, strand: Strand) -> None:
        """Take the number that somebody changed, and the way of writing it that somebody changed."""
        work = self.work
        values = work.values(strand, "label")
        base = strand.block.label if strand.base is not None else next(iter(values.values()), None)
        changed = {copy: value for copy, value in values.items() if value != base}
        voices = work.settings.voices(changed)
        if not voices:
            self.labels[strand] = cast("str | None", base)
        elif len(voices) == 1:
            self.labels[strand] = cast("str | None", voices[0][0])
        else:
            self._contested(strand, cast("str | None", base), cast("dict[int, str | None]", changed))

    def _contested(self, strand: Strand, base: str | None, changed: dict[int, str | None]) -> None:
        """Take the new way of writing the number; the number itself is counted."""
        ways: dict[int, Value] = {copy: _way(label) for copy, label in changed.items()}
        others = self.work.settings.voices({copy: way for copy, way in ways.items() if way != _way(base)})
        if len(others) > 1:
            self.labels[strand] = self._two_ways(strand, base, changed, others)
        else:
            self.labels[strand] = changed[others[0][1][0] if others else min(changed)]
        self.torn.add(strand)

    def _two_ways(
        self,
        strand: Strand,
        base: str | None,
        changed: dict[int, str | None],
        ways: Sequence[tuple[Value, Sequence[int]]],
    ) -> str | None:
        """Let the way of writing numbers be decided: once for all that are written alike."""
        group = (_way(base), tuple([(way, tuple(copies)) for way, copies in ways]), strand.base is None)
        if group not in self.decided:
            self.decided[group] = self._decide(strand, base, changed)
        decided = self.decided[group]
        if decided is None:
            return base
        found, number_ = parse_label(decided), parse_label(base)
        return decided if found is None or number_ is None else written(found.style, number_.value)

    def _decide(self, strand: Strand, base: str | None, changed: dict[int, str | None]) -> str | None:
        work = self.work
        id_ = work.id_of(strand, "label")
        voices = work.settings.voices(cast("dict[int, Value]", changed))
        kind = ConflictKind.LABEL if strand.base is not None else ConflictKind.ADD_ADD
        verdict, rule, action = work.settings.contest(id_, kind, "label", base, voices)
        if action is Action.OPEN:
            work.settings.open(id_, kind, strand, "label", base, verdict)
        told = Told(action, ChangeKind.RENUMBERED, strand, "label", by=sorted(changed), rule=rule, old=base)
        told.new, told.conflict = verdict.value, id_
        work.tell(told)
        return None if action is Action.OPEN else cast("str | None", verdict.value)

    def _restyle(self) -> None:
        """Write the number of what was added as all others are written now."""
        ways: dict[Value, Counter[Value]] = {}
        for strand in self.order:
            before, after = parse_label(strand.block.label), parse_label(self.labels[strand])
            if strand.base is not None and before is not None and after is not None:
                ways.setdefault(before.style, Counter())[after.style] += 1
        own = self._own_ways()
        for strand in self.order:
            found = parse_label(self.labels[strand])
            known = ways.get(found.style) if found is not None and strand.base is None else None
            if found is None or known is None or found.style in known:
                continue
            if not any((copy, found.style) in own for copy in strand.nodes):
                style = cast("tuple[str, str, str]", known.most_common(1)[0][0])
                self.labels[strand] = written(style, found.value)

    def _own_ways(self) -> set[tuple[int, Value]]:
        """Return the ways of writing numbers that a copy itself changed: what it adds is as it wants it."""
        found: set[tuple[int, Value]] = set()
        for strand in self.order:
            before = parse_label(strand.block.label) if strand.base is not None else None
            if before is not None:
                values = cast("dict[int, str | None]", self.work.values(strand, "label"))
                changed = [copy for copy, label in values.items() if _way(label) != before.style]
                found.update((copy, before.style) for copy in changed)
        return found

    def write(self) -> None:
        """Check whether the numbers go together, count through those that do not, and tell of all."""
        told = {one.strand for one in self.work.settings.decisions if one.field == "label"}
        counted = self._uncounted()
        if counted:
            self._count(counted)
        for strand in self.order:
            label = self.labels[strand]
            before = strand.block.label
            if label != before:
                strand.fields["label"] = label
            if strand.base is not None and label != before and strand not in told:
                values = self.work.values(strand, "label")
                by = [copy for copy, value in values.items() if value != before]
                wrote = bool(by) and all(values[copy] == label for copy in by)
                action = Action.APPLIED if wrote else Action.DERIVED
                rule = "numbered" if wrote else "counted on"
                one = Told(
                    action, ChangeKind.RENUMBERED, strand, "label", by=by, rule=rule, old=before, new=label
                )
                self.work.tell(one)

    def _uncounted(self) -> set[_Series]:
        """Return the series in which some number neither goes on nor is as somebody wrote it."""
        found: set[_Series] = set()
        moved = {
            series
            for strand, series, _ in self._merged()
            if strand.base is None or number_of(self.labels[strand]) != number_of(strand.block.label)
        }
        kept = self._kept()
        for strand, series, step in self._merged():
            if (series not in moved and strand not in self.torn) or (series in kept and strand.base):
                continue  # nobody counted
            regular = step.value == (1 if step.before is None else step.last + 1)
            if step.heads and step.value == 1 and series not in self.through:
                regular = True
            elif step.heads and self.recounted.get(series) is False:
                regular = False
            if strand in self.torn or not (regular or self._written_so(strand, series, step)):
                if series in kept:
                    self._count_on(strand, series, step, kept[series])
                else:
                    found.add(series)
            if series in kept:
                kept[series].add((self._apart(strand, series), cast(int, number_of(self.labels[strand]))))
        return found

    def _kept(self) -> dict[_Series, set[_Taken]]:
        """Return the draft's numbers in the series in which no copy counted anew."""
        anew = set[_Series]().union(*self.anew.values())
        found: dict[_Series, set[_Taken]] = {}
        for strand, series, step in self._merged():
            if strand in self.torn:
                anew.add(series)
            elif strand.base is not None:
                found.setdefault(series, set()).add((self._apart(strand, series), step.value))
        return {series: taken for series, taken in found.items() if series not in anew}

    def _apart(self, strand: Strand, series: _Series) -> Strand | None:
        """Return what a number must be the only one in: all of the plan, or what it stands in."""
        return None if series in self.through else strand.home

    def _count_on(self, strand: Strand, series: _Series, step: _Step, taken: set[_Taken]) -> None:
        """Number what was added, among others that stay: next to the last, else as it is, else behind all."""
        home = self._apart(strand, series)
        after = 1 if step.heads and home is not None else step.last + 1
        value = next((each for each in (after, step.value) if (home, each) not in taken), None)
        if value is None:
            value = max(number_ for place, number_ in taken if place is home) + 1
        found = cast(Number, parse_label(self.labels[strand]))
        self.labels[strand] = written(found.style, value)

    def _written_so(self, strand: Strand, series: _Series, step: _Step) -> bool:
        for side, steps in self.steps.items():
            if (
                self.recounted.get(series) is not None
                and self.runs[side].get(series) is not self.recounted[series]
            ):
                continue  # it is counted otherwise now
            if steps.get(strand) == step:
                return True
        return False

    def _merged(self) -> Iterator[tuple[Strand, _Series, _Step]]:
        """Yield the numbers of the merged plan with those before them."""
        last: dict[_Series, tuple[Strand, int]] = {}
        heads: set[tuple[Strand, _Series]] = set()
        for strand in self.order:
            found = parse_label(self.labels[strand])
            if found is None:
                continue
            home = cast(Strand, strand.home)
            series = _series_in_plan(strand, found)
            before, value = last.get(series, (None, 0))
            first = (home, series) not in heads
            heads.add((home, series))
            yield strand, series, _Step(before, value, found.value, first)
            last[series] = strand, cast(Number, parse_label(self.labels[strand])).value

    def _count(self, counted: set[_Series]) -> None:
        """Count series through; a gap that the base has between two neighbours stays."""
        for strand, series, step in self._merged():
            if series not in counted:
                continue
            value = self._next(strand, series, step)
            found = cast(Number, parse_label(self.labels[strand]))
            self.labels[strand] = written(found.style, value)

    def _next(self, strand: Strand, series: _Series, step: _Step) -> int:
        if step.heads:
            start = self._start(cast(Strand, strand.home), series)
            if start is not None:
                return start
            if step.before is None:
                return 1
        before = cast(Strand, step.before)
        usual, *leaps = [
            self._leap(side, before, strand, heads=step.heads) for side in range(_BASE, len(self.work.copies))
        ]
        if step.heads:  # it runs on
            usual, *leaps = [leap if leap is None or leap > 0 else None for leap in (usual, *leaps)]
        changed = [leap for leap in leaps if leap not in {None, usual}]
        leap = usual if usual is None or not changed else changed[0]
        return step.last + (1 if leap is None else leap)

    def _leap(self, side: int, before: Strand, strand: Strand, *, heads: bool) -> int | None:
        """Return how far a number is from the one before it, on a side where the two are neighbours."""
        step = self.steps[side].get(strand)
        if (
            step is None
            or step.before is not before
            or step.heads is not heads
            or (side != _BASE and not self.work.speaks(side, strand))
        ):
            return None
        return step.value - step.last

    def _start(self, home: Strand, series: _Series) -> int | None:
        """Return the number that a series begins with in its section; None where it runs on."""
        recounted = self.recounted.get(series)
        if recounted is not None:
            sides = [side for side, runs in self.runs.items() if runs.get(series) is recounted]
            found = [step for side in sides if (step := self.firsts[side].get((home, series))) is not None]
            return None if recounted else found[0].value if found else 1
        starts: dict[int, int | None] = {}
        for side, firsts in self.firsts.items():
            step = firsts.get((home, series))
            if step is not None:
                runs_on = series in self.through or (step.before is not None and step.value > step.last)
                starts[side] = None if runs_on else step.value
        if not starts:
            return None
        usual = starts.get(_BASE, next(iter(starts.values())))
        return next((start for side, start in starts.items() if side != _BASE and start != usual), usual)


def _running(firsts: Mapping[tuple[Strand, _Series], _Step]) -> dict[_Series, bool | None]:
    """Tell which series run on from section to section, and which begin anew; None where they do both."""
    found: dict[_Series, bool | None] = {}
    for (_, series), step in firsts.items():
        if step.before is not None:
            runs_on = step.value > step.last
            found[series] = runs_on if found.get(series, runs_on) is runs_on else None
    return found


def _anew(steps: Mapping[int, Mapping[Strand, _Step]], side: int) -> set[_Series]:
    """Return the series in which a copy gave something of the draft another number."""
    found: set[_Series] = set()
    for strand, step in steps[side].items():
        before = steps[_BASE].get(strand)
        if strand.base is not None and (before is None or before.value != step.value):
            node = strand.nodes[side]
            found.add(_series(node, cast(Number, parse_label(label_of(node)))))
    return found


def _way(label: str | None) -> Value:
    """Return how a number is written; a label that is no number is a way of its own."""
    found = parse_label(label)
    return label if found is None else found.style


def _series(node: Node, found: Number) -> _Series:
    part = isinstance(node.block, Task) and node.parent is not None and isinstance(node.parent.block, Task)
    return (f"part {node.depth}" if part else node.subject.value, *found.series)


def _series_in_plan(strand: Strand, found: Number) -> _Series:
    """Return the series of a number where it stands in the merged plan."""
    depth, home = 1, strand.home
    part = strand.subject is Subject.TASK and home is not None and home.subject is Subject.TASK
    while part and home is not None and home.node.block is not None:
        depth += 1
        home = home.home
    return (f"part {depth}" if part else strand.subject.value, *found.series)


def _steps(work: Work, side: int) -> tuple[dict[Strand, _Step], dict[tuple[Strand, _Series], _Step]]:
    """Return the numbers of the base or of a copy, each with the one before it; and where series begin."""
    tree: Tree = work.base if side == _BASE else work.copies[side]
    last: dict[_Series, tuple[Strand, int]] = {}
    found: dict[Strand, _Step] = {}
    firsts: dict[tuple[Strand, _Series], _Step] = {}
    for node, number_ in _numbered(tree.nodes):
        strand, home = work.of[node], work.of[node.above]
        series = _series(node, number_)
        before, value = last.get(series, (None, 0))
        heads = (home, series) not in firsts
        step = found[strand] = _Step(before, value, number_.value, heads)
        if heads:
            firsts[home, series] = step
        last[series] = strand, number_.value
    return found, firsts


def _numbered(nodes: Iterable[Node]) -> Iterator[tuple[Node, Number]]:
    for node in nodes:
        found = parse_label(label_of(node))
        if found is not None:
            yield node, found
