"""Two versions of a plan: what of the truth is found, beside what other tools find, and in which time.

The versions are made of the shipped examples, with half the tasks reworded and others moved, added, removed,
split, merged, reassigned and rescheduled, so that the truth is known (tests/helpers_edits.py).

Budgets, in one run: recall and precision of at least 0.99 each; each single edit is exactly one change; a
diff takes at most half the time of sqlglot's on trees of the same plans.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for the helpers of the tests

from _differs import RIVALS, Item, installed
from _harness import table

import gongkai
from gongkai import Plan, Section, examples
from gongkai.codec import clause_of
from tests.helpers_edits import Edited, edited, leaves, single_edits

PLANS = ("chenghu-2022", "chenghu-2023", "chenghu-2024", "lanjiang-2024", "songping-2024")
SEEDS = range(5)


def items(plan: Plan) -> list[Item]:
    found = []
    for task in leaves(plan):
        trail = plan.path(str(task.key))
        heading = next((block.heading for block in reversed(trail) if isinstance(block, Section)), "")
        found.append(Item(heading, task.text, clause_of(task)))
    return found


def ours(version: Edited) -> set[tuple[str, str]]:
    return {(str(link.old.key), str(link.new.key)) for link in gongkai.diff(version.old, version.new).links}


def theirs(name: str) -> Callable[[Edited], set[tuple[str, str]]]:
    def pairs(version: Edited) -> set[tuple[str, str]]:
        old, new = ([str(task.key) for task in leaves(plan)] for plan in (version.old, version.new))
        found = RIVALS[name](items(version.old), items(version.new))
        return {(old[mine], new[other]) for mine, other in found}

    return pairs


def matching() -> None:
    versions = [edited(examples.load(name), seed) for name in PLANS for seed in SEEDS]
    done = sum([version.done for version in versions], Counter())
    print(
        f"\n{len(versions)} edited versions: " + ", ".join(f"{count} {sort}" for sort, count in done.items())
    )
    tools = {"gongkai": ours, **{name: theirs(name) for name in installed()}}
    scores = {}
    for name, tool in tools.items():
        true = found = right = 0
        started = time.process_time()
        for version in versions:
            told = tool(version)
            true, found, right = (
                true + len(version.pairs),
                found + len(told),
                right + len(told & version.pairs),
            )
        took = (time.process_time() - started) / len(versions)
        recall, precision = right / true, right / max(found, 1)
        scores[name] = recall, precision
        both = 2 * recall * precision / (recall + precision) if right else 0.0
        told = f"recall {recall:.3f}  precision {precision:.3f}  F1 {both:.3f}"
        print(f"  {name:<9} {told}  {took * 1000:7.1f} ms a plan")
    assert min(scores["gongkai"]) >= 0.99, scores["gongkai"]
    assert all(scores[name] <= scores["gongkai"] for name in scores)


def single() -> None:
    count = 0
    for name in PLANS:
        for sort, key, version in single_edits(examples.load(name)):
            changes = gongkai.diff(version.old, version.new).at_least("warning")
            assert [change.kind.value for change in changes] == [sort.value], (name, key, sort)
            count += 1
    print(f"\n{count} single edits, each exactly one change")


def speed() -> None:
    if "sqlglot" not in set(installed()):
        print("\nsqlglot is not installed: no yardstick")
        return
    from _differs import sqlglot_trees
    from sqlglot.diff import diff

    version = edited(examples.load("chenghu-2024"), 0)
    old, new = (items(plan) for plan in (version.old, version.new))
    ratios = table(
        f"a diff of {len(old)} and {len(new)} tasks",
        {
            "sqlglot": lambda: diff(sqlglot_trees(old)[0], sqlglot_trees(new)[0]),
            "gongkai": lambda: gongkai.diff(version.old, version.new),
        },
        yardstick="sqlglot",
        rounds=10,
    )
    assert ratios["gongkai"] <= 0.5, ratios


def main() -> None:
    matching()
    single()
    speed()


if __name__ == "__main__":
    main()
