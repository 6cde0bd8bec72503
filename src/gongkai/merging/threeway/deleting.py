"""What was dropped: gone, unless another copy edited it, moved it, or put something in.

A section is dropped with all in it that the copy dropped as well: that is one deletion. It is contested as a
whole; while it is, everything in it stays as in the base.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import attrs

from gongkai.comparing.diffing.changes import ChangeKind, Value
from gongkai.comparing.diffing.tree import Node, lone, name_of, spanless
from gongkai.merging.outcome.results import Action, ConflictKind, Suggestion
from gongkai.merging.threeway.work import Strand, Told, Work
from gongkai.merging.values.contests import Contest, Pick, Verdict
from gongkai.merging.values.mergers import merge_values
from gongkai.model import Block, Paragraph, Section, Task

__all__ = ["delete", "dropped"]

_FIELD = "delete"


def delete(work: Work) -> None:
    """Decide what is dropped and what is joined into another task."""
    touched = [_touched(work, copy) for copy in range(len(work.copies))]
    for strand in work.strands:
        if strand.joined:
            _join(work, strand, touched)
    for strand in work.strands:
        deleters = [copy for copy in range(len(work.copies)) if work.deletes(copy, strand)]
        roots = [copy for copy in deleters if not work.deletes(copy, cast(Strand, work.base_home(strand)))]
        if roots:
            _drop(work, strand, deleters, touched)
    for strand in work.strands:
        if strand.base is None:
            strand.alive = bool(strand.nodes)
        elif strand.alive:
            strand.alive = not any(work.deletes(copy, strand) for copy in range(len(work.copies)))


def _touched(work: Work, copy: int) -> set[Strand]:
    """Return the strands of the base that a copy edited, moved, or put something into."""
    found: set[Strand] = set()
    for strand in work.strands:
        if copy not in strand.nodes:
            continue
        home = work.home_in(copy, strand)
        if strand.base is None:
            found.add(work.beside[strand][0] if strand in work.beside else home)
        elif home is not work.base_home(strand):
            found.update((strand, home))
        elif work.changed(copy, strand) or copy in strand.pieces:
            found.add(strand)
    return found


def _unit(work: Work, strand: Strand, deleters: Sequence[int]) -> list[Strand]:
    """Return a dropped strand and all in it that was dropped with it."""
    found = [strand]
    for one in found:
        for node in cast(Node, one.base).below:
            inner = work.of[node]
            if any(work.deletes(copy, inner) for copy in deleters):
                found.append(inner)
    return found


def _drop(work: Work, strand: Strand, deleters: Sequence[int], touched: Sequence[set[Strand]]) -> None:
    unit = _unit(work, strand, deleters)
    editors = [
        copy
        for copy, mine in enumerate(touched)
        if any(one in mine and work.speaks(copy, one) for one in unit)
    ]
    if not editors:
        return
    if not all(copy in strand.nodes for copy in editors):
        strand = next(one for one in unit if any(one in touched[c] and work.speaks(c, one) for c in editors))
        deleters = [copy for copy in range(len(work.copies)) if work.deletes(copy, strand)]
    voices: list[tuple[Value, Sequence[int]]] = [(None, deleters)]
    views = {copy: _view(work, copy, strand) for copy in editors if copy in strand.nodes}
    voices += work.settings.voices(views)
    _decide(work, strand, unit, voices, deleters, editors, touched)


def _decide(
    work: Work,
    strand: Strand,
    unit: Sequence[Strand],
    voices: Sequence[tuple[Value, Sequence[int]]],
    deleters: Sequence[int],
    editors: Sequence[int],
    touched: Sequence[set[Strand]],
) -> None:
    id_, kind, base = work.id_of(strand, _FIELD), ConflictKind.DELETE_EDIT, strand.block
    verdict, rule, action = work.settings.contest(id_, kind, "", base, voices, _merger)
    change = ChangeKind.REMOVED
    if action is Action.OPEN:
        work.settings.open(id_, kind, strand, "", base, verdict)
    by = sorted({*deleters, *editors})
    work.tell(Told(action, change, strand, by=by, rule=rule, old=base, new=verdict.value, conflict=id_))
    if unit[0] is not strand:  # what it stands in is dropped with it, or stays
        old = lone(unit[0].block)
        work.tell(Told(action, change, unit[0], by=deleters, rule=rule, old=old, conflict=id_))
    work.decided.update((strand, unit[0]))
    chosen = {copy for copy in by if verdict.choice and work.settings.names[copy] == verdict.choice}
    dropping = set(deleters) & chosen if verdict.choice else set(deleters)
    if not verdict.choice and verdict.value is not None:
        dropping = set[int]()
    gone = action is not Action.OPEN and verdict.choice != "base" and bool(dropping)
    kept = bool(chosen) and not gone
    if not gone:
        _hush_deleters(work, unit, [copy for copy in deleters if copy not in chosen or kept])
    if not kept:
        _hush_editors(work, unit, editors, touched)
    if (
        isinstance(verdict.value, (Paragraph, Section, Task))
        and not verdict.choice
        and action is not Action.OPEN
    ):
        strand.replaced = verdict.value


def _merger(contest: Contest, pick: Pick) -> Verdict:
    verdict = merge_values(contest, pick)
    if verdict.settled:
        return verdict
    editor = next((voice.by[0] for voice in contest.voices if voice.value is not None), None)
    suggestion = None if editor is None else Suggestion(None, editor, "keep")
    return attrs.evolve(verdict, suggestion=suggestion)


def _view(work: Work, copy: int, strand: Strand) -> Value:
    """Return a block as a copy has it; a task that was split with all of its words."""
    block = cast(Block, strand.nodes[copy].block)
    if isinstance(block, Task) and copy in strand.pieces:
        texts = [cast(Task, piece.nodes[copy].block).text for piece in strand.pieces[copy]]
        block = attrs.evolve(block, text="".join(texts))
    return spanless(block)


def _hush_deleters(work: Work, unit: Iterable[Strand], deleters: Iterable[int]) -> None:
    work.silent.update((copy, strand) for strand in unit for copy in deleters if work.deletes(copy, strand))


def _hush_editors(
    work: Work, unit: Sequence[Strand], editors: Iterable[int], touched: Sequence[set[Strand]]
) -> None:
    """Take away what copies did to strands that are dropped, or may be."""
    members = set(unit)
    for copy in editors:
        for strand in unit:
            if copy not in strand.nodes:
                continue
            for piece in strand.pieces.pop(copy, ()):
                if piece is not strand:
                    _forget(work, copy, piece)
            _unjoin(work, copy, strand)
            _take_out(work, copy, strand, members)
        work.silent.update((copy, strand) for strand in unit if copy in strand.nodes)
        touched[copy].difference_update(unit)


def _take_out(work: Work, copy: int, strand: Strand, members: set[Strand]) -> None:
    """Take out what a copy added to a strand, and leave what it moved there where the base has it."""
    for node in strand.nodes[copy].below:
        inner = work.of[node]
        if inner.base is None:
            _take_out(work, copy, inner, members)
            _forget(work, copy, inner)
        elif inner not in members and work.base_home(inner) is not strand:
            work.fixed.add((copy, inner))


def _forget(work: Work, copy: int, strand: Strand) -> None:
    strand.nodes.pop(copy, None)
    strand.alive = bool(strand.nodes)


def _unjoin(work: Work, copy: int, main: Strand) -> None:
    """Let what a copy joined into a strand be a strand of its own again."""
    if not work.pairings[copy].joins:
        return
    for strand in work.strands:
        if strand.joined.get(copy) is main:
            del strand.joined[copy]
            strand.alive = True
            work.silent.add((copy, strand))


def _join(work: Work, strand: Strand, touched: Sequence[set[Strand]]) -> None:
    """Let a task become a part of another, unless another copy split or moved it, or put something in."""
    copies = sorted(strand.joined)
    homes = {strand.joined[copy] for copy in copies}
    editors = [
        copy
        for copy, node in strand.nodes.items()
        if work.changed(copy, strand, besides=("label", "text", "assignments", "deadlines"))
        or copy in strand.pieces
        or work.home_in(copy, strand) is not work.base_home(strand)
        or any(work.of[inner].base is None for inner in node.below)
    ]
    main = strand.joined[copies[0]]
    if len(homes) == 1 and not editors and main.alive and all(copy in main.nodes for copy in copies):
        strand.alive = False
        return
    id_, kind, base = work.id_of(strand, _FIELD), ConflictKind.DELETE_EDIT, strand.block
    voices: list[tuple[Value, Sequence[int]]] = [(None, copies)] if len(homes) == 1 else []
    if len(homes) > 1:
        voices += [(strand.joined[copy].block, [copy]) for copy in copies]
    voices += work.settings.voices({copy: _view(work, copy, strand) for copy in editors})
    verdict, rule, action = work.settings.contest(id_, kind, "", base, voices, _merger)
    if action is Action.OPEN:
        work.settings.open(id_, kind, strand, "", base, verdict)
    by = sorted({*copies, *editors})
    told = Told(
        action, ChangeKind.MERGED, strand, by=by, rule=rule, old=base, new=verdict.value, conflict=id_
    )
    work.tell(told)
    work.decided.add(strand)
    chosen = {copy for copy in by if verdict.choice and work.settings.names[copy] == verdict.choice}
    joining = chosen & set(copies)
    for copy in copies:
        if copy not in joining:
            work.unsaid.add((copy, strand.joined[copy], "text"))
            _unjoin(work, copy, strand.joined[copy])
    if joining or not chosen:
        _hush_editors(work, [strand], editors, touched)
    strand.alive = not joining
    if (
        isinstance(verdict.value, (Paragraph, Section, Task))
        and not verdict.choice
        and action is not Action.OPEN
    ):
        strand.replaced = verdict.value


def dropped(work: Work) -> Iterator[Told]:
    """Yield the decisions about what is gone."""
    for strand in work.strands:
        if strand.base is None or strand.alive or strand in work.decided:
            continue
        old = lone(strand.block)
        if strand.joined:
            told = Told(
                Action.APPLIED, ChangeKind.MERGED, strand, by=sorted(strand.joined), rule="joined", old=old
            )
            told.new = name_of(next(iter(strand.joined.values())).node)
            yield told
            continue
        by = [copy for copy in range(len(work.copies)) if work.deletes(copy, strand)]
        home = cast(Strand, work.base_home(strand))
        rule = "dropped" if home.alive else "dropped with its section"
        yield Told(Action.APPLIED, ChangeKind.REMOVED, strand, by=by, rule=rule, old=old)
