"""One merge, from a base and its copies to a plan, conflicts and decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

import attrs

from gongkai.comparing.diffing.tree import Tree
from gongkai.comparing.relations import bodies_of
from gongkai.directory import Directory
from gongkai.merging.comments.comments import Remark
from gongkai.merging.outcome.results import Choice, Conflict, Decision
from gongkai.merging.threeway.assembling import (
    blocks_of,
    carried,
    conflict_of,
    decision_of,
    findings_of,
    noted,
)
from gongkai.merging.threeway.work import Settings, Strand, Work
from gongkai.merging.values.contests import Strategy
from gongkai.merging.values.documents import merge_fields, merge_notice, merge_record
from gongkai.model import Paragraph, Plan

__all__ = ["Merged", "run"]


class Merged(NamedTuple):
    """What a merge comes to."""

    plan: Plan
    conflicts: tuple[Conflict, ...]
    decisions: tuple[Decision, ...]


def run(
    base: Plan,
    copies: Sequence[tuple[str, Plan]],
    strategies: Mapping[str, tuple[str, Strategy]],
    choices: Mapping[str, Choice],
    directory: Directory | None,
    remarks: Sequence[Remark] = (),
) -> Merged:
    """Merge copies of a base."""
    plans = [plan for _, plan in copies]
    tells = [bodies_of(base, plan, directory) for plan in plans]
    settings = Settings([name for name, _ in copies], strategies, choices, tells)
    fields = merge_fields(settings, base, plans)
    fields["record"] = merge_record(settings, base, plans)
    fields["notice"] = merge_notice(settings, base, plans)
    for part in ("preamble", "closing"):
        sides = [getattr(plan, part) for plan in (base, *plans)]
        if all(side == sides[0] for side in sides):
            continue
        trees = [Tree(Plan("", side)) for side in sides]
        fields[part] = cast("tuple[Paragraph, ...]", blocks_of(Work(part, trees[0], trees[1:], settings)))
    work = Work("", Tree(base), [Tree(plan) for plan in plans], settings)
    fields["content"] = blocks_of(work)
    fields["division"] = _known([base.division, *[plan.division for plan in plans]])
    fields["directory"] = _known([base.directory, *[plan.directory for plan in plans]])
    conflicts = tuple([conflict_of(settings, found) for found in settings.conflicts])
    decisions = tuple([decision_of(settings, told) for told in settings.decisions])
    fields["findings"] = (
        *_findings(base, plans, work),
        *findings_of(conflicts),
        *noted(remarks, _keys(work, [(strand, strand.base) for strand in work.strands]) if remarks else {}),
    )
    return Merged(attrs.evolve(base, **fields), conflicts, decisions)  # type: ignore[arg-type]


def _known(values: Sequence[object]) -> object:
    """Return the first that is known."""
    return next((value for value in values if value is not None), None)


def _findings(base: Plan, plans: Sequence[Plan], work: Work) -> Sequence[object]:
    if not base.findings and not any(plan.findings for plan in plans):
        return ()
    keys = _keys(work, [(strand, strand.base) for strand in work.strands])
    others = [
        _keys(work, [(strand, strand.nodes.get(copy)) for strand in work.strands])
        for copy in range(len(plans))
    ]
    return carried(base, plans, keys, others)


def _keys(work: Work, pairs: Sequence[tuple[Strand, object]]) -> dict[str, str | None]:
    """Return the merged plan's keys by those of one side."""
    found: dict[str, str | None] = {}
    for strand, node in pairs:
        key = getattr(node, "key", None)
        if key is not None and strand.alive:
            found[key] = strand.key
    return found
