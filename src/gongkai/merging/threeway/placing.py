"""Where everything stands: what it stands in, and in which order.

A block that one copy moves goes there, whatever others edit in it. Two copies that move it to two places
contradict each other; then it stays where the base has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, cast

from gongkai.comparing.diffing.changes import ChangeKind, Value
from gongkai.comparing.diffing.tree import Node, lone, name_of
from gongkai.merging.outcome.results import Action, ConflictKind
from gongkai.merging.threeway.work import Strand, Told, Work
from gongkai.merging.values.sequences import arrange

__all__ = ["place"]

_FIELD = "place"

#: Past how many others a block has to be moved in its section, to be sure that it moved, and not they.
_FAR: Final = 2


def place(work: Work) -> None:
    """Give every strand its home, and every home its order; what is contested is put back, then all anew."""
    told: dict[Strand, Told] = {}
    while True:
        contested = _homes(work)
        if not contested:
            contested = _circles(work)
        if not contested:
            contested = _orders(work)
        if not contested:
            break
        for strand, views, kind in contested:
            told[strand] = _decide(work, strand, views, kind)
    for strand in work.alive():
        if strand in told:
            work.tell(told[strand])
        else:
            _tell(work, strand)


#: Where copies want something: as a sentence says it, and what makes two places one.
_Views = dict[int, tuple[Value, object]]
_Contested = tuple[Strand, _Views, ConflictKind]


def _movers(work: Work, strand: Strand) -> dict[int, Strand]:
    """Return the copies that have a say about a strand's place, and what it stands in there."""
    return {
        copy: work.home_in(copy, strand)
        for copy in strand.nodes
        if (copy, strand) not in work.silent and (copy, strand) not in work.fixed
    }


def _homes(work: Work) -> list[_Contested]:
    contested: list[_Contested] = []
    for strand in work.strands:
        if not strand.alive:
            continue
        homes = _movers(work, strand)
        base = work.base_home(strand)
        moved = {copy: home for copy, home in homes.items() if home is not base}
        if len(set(moved.values())) > 1 and strand.base is not None:
            views: _Views = {copy: (_name(home), id(home)) for copy, home in moved.items()}
            contested.append((strand, views, ConflictKind.MOVE_MOVE))
        strand.home = next(iter(moved.values()), base)
        if _follows(work, strand):
            strand.home = None
    if not contested:
        _revive(work)
    return contested


def _revive(work: Work) -> None:
    """Keep what was dropped, but has to hold something that stays."""
    for strand in work.strands:
        home = strand.home
        while strand.alive and home is not None and not home.alive:
            home.alive = True
            work.decided.add(home)
            by = [copy for copy in range(len(work.copies)) if work.deletes(copy, home)]
            work.silent.update((copy, home) for copy in by)
            told = Told(
                Action.OVERRULED, ChangeKind.REMOVED, home, by=by, rule="holds what stays", old=home.block
            )
            work.tell(told)
            home.home = work.base_home(home)
            home = home.home


def _circles(work: Work) -> list[_Contested]:
    """Find sections that copies moved into each other."""
    done: set[Strand] = {work.root}
    for strand in work.strands:
        trail: list[Strand] = []
        at: Strand | None = strand
        while at is not None and at.alive and at not in done and at not in trail:
            trail.append(at)
            at = at.home
        if at is not None and at in trail:
            circle = trail[trail.index(at) :]
            return [
                (one, {copy: (_name(home), copy) for copy, home in moved.items()}, ConflictKind.MOVE_MOVE)
                for one in circle
                if (moved := {c: h for c, h in _movers(work, one).items() if h is not work.base_home(one)})
            ]
        done.update(trail)
    return []


def _orders(work: Work) -> list[_Contested]:
    """Put what stands in one place in order."""
    members: defaultdict[Strand, list[Strand]] = defaultdict(list)
    beside: list[Strand] = []
    for strand in work.strands:
        if strand.alive and _follows(work, strand):
            beside.append(strand)
        elif strand.alive:
            members[cast(Strand, strand.home)].append(strand)
    contested: list[_Contested] = []
    work.reordered = {}
    for home in (work.root, *work.strands):
        home.below = []
        if home.alive and home in members:
            contested += _order(work, home, members[home])
    if not contested:
        for strand in beside:
            _put_beside(work, strand)
    return contested


def _follows(work: Work, strand: Strand) -> bool:
    return strand in work.beside and work.beside[strand][0].alive


def _put_beside(work: Work, strand: Strand) -> None:
    """Put what was split off next to the task that it came from, behind what was split off before it."""
    main, ahead = work.beside[strand]
    strand.home = main.home
    below = cast(Strand, main.home).below
    at = below.index(main)
    if not ahead:
        at += 1
        while at < len(below) and work.beside.get(below[at]) == (main, False):
            at += 1
    below.insert(at, strand)


def _order(work: Work, home: Strand, members: list[Strand]) -> list[_Contested]:
    spine = [work.of[node] for node in home.base.below] if home.base is not None else []
    copies: dict[int, list[Strand]] = {}
    for copy, node in sorted(home.nodes.items()):
        copies[copy] = [
            strand
            for strand in map(work.of.__getitem__, node.below)
            if (copy, strand) not in work.silent and (copy, strand) not in work.fixed
        ]
    if len(copies) == 0 or (all(items == spine for items in copies.values()) and members == spine):
        home.below = members
        return []
    found = arrange(spine, copies, members)
    placed = set(found.order)
    work.reordered.update({strand: sorted(gaps) for strand, gaps in found.moved.items()})
    home.below = [*found.order, *[strand for strand in members if strand not in placed]]
    contested = _left(work, home, spine, found.moved)
    for strand, gaps in found.clashes.items():
        if strand.base is None:
            continue  # added alike by several; it stands where the first of them has it
        views: _Views = {copy: (_between(work, copy, strand), gap) for copy, gap in gaps.items()}
        contested.append((strand, views, ConflictKind.ORDER))
    return contested


def _left(
    work: Work, home: Strand, spine: Sequence[Strand], moved: Mapping[Strand, Mapping[int, tuple[int, int]]]
) -> list[_Contested]:
    """Find what one copy moved elsewhere and another moved inside of its section, past two others or more."""
    contested: list[_Contested] = []
    places = {strand: at for at, strand in enumerate(spine)}
    for strand, gaps in moved.items():
        if not strand.alive or strand.home is home or _follows(work, strand):
            continue
        at = places[strand]
        staying = {copy: gap for copy, gap in gaps.items() if gap[0] - at >= _FAR or at - gap[1] > _FAR}
        if staying:
            views: _Views = {
                copy: (_name(other), id(other))
                for copy, other in _movers(work, strand).items()
                if other is not home or copy in staying
            }
            contested.append((strand, views, ConflictKind.MOVE_MOVE))
    return contested


def _between(work: Work, copy: int, strand: Strand) -> str:
    """Say where a block stands in a copy: behind what."""
    node = strand.nodes[copy]
    at = node.path[-1]
    return name_of(node.above.below[at - 1]) if at else ""


def _decide(
    work: Work, strand: Strand, views: Mapping[int, tuple[Value, object]], kind: ConflictKind
) -> Told:
    id_ = work.id_of(strand, _FIELD)
    base = cast(Node, strand.base)
    if kind is ConflictKind.ORDER:
        old: Value = name_of(base.above.below[base.path[-1] - 1]) if base.path[-1] else ""
    else:
        old = name_of(base.above)
    voices = _apart(views)
    verdict, rule, action = work.settings.contest(id_, kind, "", old, voices)
    chosen = {copy for copy in views if verdict.choice and work.settings.names[copy] == verdict.choice}
    work.fixed.update((copy, strand) for copy in views if copy not in chosen)
    if action is Action.OPEN:
        work.settings.open(id_, kind, strand, "", old, verdict)
    return Told(
        action,
        ChangeKind.MOVED,
        strand,
        by=sorted(views),
        rule=rule,
        old=old,
        new=verdict.value,
        conflict=id_,
    )


def _apart(views: Mapping[int, tuple[Value, object]]) -> list[tuple[Value, list[int]]]:
    """Gather the copies that agree about a place."""
    groups: dict[object, tuple[Value, list[int]]] = {}
    for copy, (value, place_) in views.items():
        groups.setdefault(place_, (value, []))[1].append(copy)
    return list(groups.values())


def _name(home: Strand) -> str:
    return name_of(home.node)


def _tell(work: Work, strand: Strand) -> None:
    """Tell of a block that came or moved."""
    if strand.base is None:
        main = next((found for copy in strand.nodes if (found := _split_from(work, copy, strand))), None)
        change, rule = (ChangeKind.ADDED, "added") if main is None else (ChangeKind.SPLIT, "split off")
        old = None if main is None else name_of(main)
        told = Told(Action.APPLIED, change, strand, by=sorted(strand.nodes), rule=rule, old=old)
        told.new = lone(strand.block)
        work.tell(told)
        return
    base = cast(Strand, work.base_home(strand))
    movers = [copy for copy, home in _movers(work, strand).items() if home is not base]
    rule = "moved" if movers else "reordered"
    movers = movers or work.reordered.get(strand, [])
    if movers:
        old, new = _name(base), _name(cast(Strand, strand.home))
        work.tell(Told(Action.APPLIED, ChangeKind.MOVED, strand, by=movers, rule=rule, old=old, new=new))


def _split_from(work: Work, copy: int, strand: Strand) -> Node | None:
    """Return the task of the draft that something was split off from."""
    splits = work.pairings[copy].splits
    return next((node for node, pieces in splits.items() if strand.nodes[copy] in pieces), None)
