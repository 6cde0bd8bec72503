"""From what was decided to blocks, and from all of it to a plan with keys, findings and conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

import attrs

from gongkai.comparing.diffing.changes import Subject
from gongkai.comparing.diffing.tree import Tree, name_of, spanless
from gongkai.merging.comments.comments import Remark, RemarkKind
from gongkai.merging.outcome.results import Conflict, Decision, Where
from gongkai.merging.threeway.catalogue import catalogue
from gongkai.merging.threeway.deleting import delete, dropped
from gongkai.merging.threeway.numbering import number
from gongkai.merging.threeway.placing import place
from gongkai.merging.threeway.work import Found, Settings, Strand, Told, Work
from gongkai.merging.values.fields import fill
from gongkai.model import Block, Deadline, Finding, Paragraph, Plan, Section
from gongkai.model.edits import children
from gongkai.model.keys import Entry, name_all

__all__ = ["blocks_of", "carried", "conflict_of", "decision_of", "findings_of", "noted"]


def blocks_of(work: Work) -> tuple[Block, ...]:
    """Decide everything about one tree of blocks, and return the merged ones."""
    delete(work)
    place(work)
    for told in dropped(work):
        work.tell(told)
    fill(work)
    number(work)
    if not work.part:
        _set_keys(work)
    return tuple([_built(work, strand) for strand in work.root.below])


def _built(work: Work, strand: Strand) -> Block:
    if strand.replaced is not None:
        return strand.replaced
    block = strand.block
    own = strand.base is not None
    inside = tuple([_built(work, inner) for inner in strand.below])
    changes: dict[str, object] = {}
    before = children(block)
    if len(inside) != len(before) or any(a is not b for a, b in zip(inside, before, strict=True)):
        changes["content" if isinstance(block, Section) else "parts"] = inside
    if not own:
        block = spanless(block)
    elif strand.fields.get("deadlines"):
        strand.fields["deadlines"] = _unplaced(cast("tuple[Deadline, ...]", strand.fields["deadlines"]))
    changes |= {name: value for name, value in strand.fields.items() if getattr(block, name) != value}
    if not isinstance(block, Paragraph) and strand.key is not None and strand.key != block.key:
        changes["key"] = strand.key
    if not changes:
        return block
    return attrs.evolve(block, **changes)  # type: ignore[arg-type]


def _unplaced(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Return deadlines without places: they mean the source of another copy."""
    return tuple([one if one.span is None else attrs.evolve(one, span=None) for one in deadlines])


# Keys


def _set_keys(work: Work) -> None:
    """Give keys: from the printed numbers anew, or, where a plan has keys of its own, those."""
    natural = all(_natural(tree) for tree in (work.base, *work.copies))
    entries: list[Entry] = []
    places: dict[Strand, int] = {work.root: -1}
    named: list[Strand] = []
    for strand in work.alive():
        home = places[cast(Strand, strand.home)]
        if strand.subject is Subject.PARAGRAPH or strand.replaced is not None:
            places[strand] = home
            continue
        label = cast("str | None", strand.fields.get("label", strand.block.label))
        sort = strand.subject.value
        if sort == "task" and home >= 0 and entries[home][2] != "section":
            sort = "part"
        places[strand] = len(entries)
        entries.append((label, home, sort, None if natural else strand.node.key))
        named.append(strand)
    for strand, key in zip(named, name_all(entries), strict=True):
        strand.key = key


def _natural(tree: Tree) -> bool:
    """Tell whether a plan's keys are those that its printed numbers give."""
    entries: list[Entry] = []
    places = {tree.root: -1}
    keys: list[str | None] = []
    for node in tree.nodes:
        if node.subject is Subject.PARAGRAPH:
            continue
        home = places[node.above]
        sort = node.subject.value
        if sort == "task" and home >= 0 and entries[home][2] != "section":
            sort = "part"
        places[node] = len(entries)
        entries.append((None if node.block is None else node.block.label, home, sort, None))
        keys.append(node.key)
    return name_all(entries) == keys


# What is told


def _where(settings: Settings, strand: Strand | None, field: str) -> Where:
    if strand is None:
        return Where(Subject.PLAN, field)
    trail: list[str] = []
    home = strand.home if strand.home is not None else None
    if home is None and strand.base is not None:
        trail = [name_of(node) for node in strand.base.ancestors()]
    while home is not None and home.node.block is not None:
        trail.append(name_of(home.node))
        home = home.home
    base_key = None if strand.base is None else strand.base.key
    key = strand.key if strand.alive else None
    return Where(strand.subject, field, key, base_key, name_of(strand.node), tuple(reversed(trail)))


def conflict_of(settings: Settings, found: Found) -> Conflict:
    """Return a conflict with its place in the merged plan."""
    where = _where(settings, found.strand, found.field)
    return Conflict(found.id, found.kind, where, found.base, found.voices, found.regions, found.suggestion)


def decision_of(settings: Settings, told: Told) -> Decision:
    """Return a decision with its place in the merged plan."""
    return Decision(
        *(told.action, told.change, _where(settings, told.strand, told.field), settings.by(told.by)),
        *(told.rule, told.old, told.new, told.conflict),
    )


#: What the finding of a conflict is called in the catalogue.
_FINDING: Final = "conflict"


def findings_of(conflicts: Iterable[Conflict]) -> list[Finding]:
    """Return a finding for each conflict."""
    entry = catalogue()[_FINDING]
    made: list[Finding] = []
    for conflict in conflicts:
        told = {language: conflict.explain(language) for language in ("zh", "en")}
        found = entry.finding(None, conflict.where.key, id=conflict.id, **told)
        made.append(found)
    return made


def noted(remarks: Iterable[Remark], keys: Mapping[str, str | None]) -> list[Finding]:
    """Return a finding for each comment that no change follows from, or only some of it."""
    made: list[Finding] = []
    for remark in remarks:
        comment = remark.comment
        text = remark.rest or "；".join(filter(None, (comment.proposal.strip(), comment.reason.strip())))
        if remark.kind is RemarkKind.NOTE or (remark.kind is RemarkKind.CHANGE and remark.rest):
            key = None if remark.key is None else keys.get(remark.key)
            made.append(catalogue()["note"].finding(None, key, who=comment.who, text=text))
        elif remark.kind is RemarkKind.UNPLACED:
            where = comment.task or comment.quote
            made.append(catalogue()["unplaced"].finding(None, None, who=comment.who, text=text, where=where))
    return made


def carried(
    base: Plan,
    copies: Sequence[Plan],
    keys: Mapping[str, str | None],
    others: Sequence[Mapping[str, str | None]],
) -> list[Finding]:
    """Return the findings of the base, and what copies add, with the merged plan's keys."""
    found: list[Finding] = []
    said: set[tuple[str, str, str | None]] = set()
    for at, (plan, known) in enumerate(zip((base, *copies), (keys, *others), strict=True)):
        for one in plan.findings:
            if one.key is not None and known.get(one.key) is None:
                continue  # what it was about is gone
            key = None if one.key is None else known[one.key]
            if at and (key is None or (one.code, one.zh, key) in said):
                continue  # about the copy as a document, or known
            said.add((one.code, one.zh, key))
            found.append(attrs.evolve(one, key=key, span=one.span if not at else None))
    return found
