"""Merges of copies with known edits: false conflicts, missed ones, and wrong results that nobody was told of.

2,000 merges whose edits do not overlap and 2,000 whose edits do, by gongkai, by nbdime's generic merge of the
plans' JSON, and by git's line merge of their text, in one run; then the time for plans of 1,000 tasks, of two
copies and of forty.

Budgets: no false conflict, no missed one, nothing otherwise than expected; 1,000 tasks in under a second.

`python benchmarks/merging.py SEED` makes other merges; without one the seed is 0.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import gongkai
from gongkai import Plan
from tests import helpers_merging as drafts

MERGES = 2_000
#: Each rival sees so many of them: a process a merge takes its time.
SHARE = 400


class Outcome(NamedTuple):
    """Whether there is a conflict, what came out (None where it is no plan), and kinds of conflicts."""

    conflict: bool
    text: str | None
    kinds: frozenset[str] | None = None


Merger = Callable[[Plan, Plan, Plan], Outcome]


def by_gongkai(base: Plan, ours: Plan, theirs: Plan) -> Outcome:
    merge = gongkai.merge(base, ours, theirs)
    kinds = frozenset(conflict.kind.value for conflict in merge.conflicts)
    return Outcome(bool(merge.conflicts), gongkai.text_of(merge.plan), kinds)


def by_nbdime(base: Plan, ours: Plan, theirs: Plan) -> Outcome:
    from nbdime.merging.decisions import apply_decisions
    from nbdime.merging.generic import decide_merge

    sides = [_without_keys(json.loads(gongkai.dumps(plan, source=False))) for plan in (base, ours, theirs)]
    decisions = decide_merge(*sides)
    try:
        merged = gongkai.loads(json.dumps(apply_decisions(sides[0], decisions)))
    except Exception:  # noqa: BLE001 - whatever it makes of it
        return Outcome(any(each.conflict for each in decisions), None)
    return Outcome(any(each.conflict for each in decisions), gongkai.text_of(merged))


def _without_keys(data: object) -> object:
    """Leave out the keys, which hold the printed numbers once more."""
    if isinstance(data, dict):
        return {name: _without_keys(value) for name, value in data.items() if name != "key"}
    return [_without_keys(value) for value in data] if isinstance(data, list) else data


def by_lines(base: Plan, ours: Plan, theirs: Plan) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for file, plan in zip(files, (ours, base, theirs), strict=True):
            file.write_text(gongkai.text_of(plan), encoding="utf-8")
        command = ["git", "merge-file", "-p", *map(str, files)]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own files
        return Outcome(done.returncode != 0, done.stdout.decode("utf-8"))


def cases(first: int) -> list[tuple[str, drafts.Case]]:
    """Copies whose edits do not overlap: half of them one edit a side, of each sort alike; the rest mixed."""
    each = MERGES // 2 // len(drafts.SORTS)
    seeds = range(first, first + each)
    found = [(sort, drafts.pair_of(seed, sort)) for sort in drafts.SORTS for seed in seeds]
    seeds = range(first, first + MERGES - len(found))
    return found + [("mixed, up to three a side", drafts.apart(seed)) for seed in seeds]


def measure(name: str, merge: Merger, step: int, first: int) -> None:
    """Print how one of them fares."""
    false: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    silent = 0
    for sort, case in cases(first)[::step]:
        seen[sort] += 1
        outcome = merge(case.base, case.ours, case.theirs)
        false[sort] += outcome.conflict
        silent += not outcome.conflict and outcome.text != gongkai.text_of(case.expected)
    total = sum(seen.values())
    print(f"\n{name}: {total} merges whose edits do not overlap")
    for sort, count in seen.items():
        print(f"  {sort:<34}  false conflicts {false[sort]:>4} of {count:>4}  {false[sort] / count:>6.1%}")
    print(f"  {'all':<34}  false conflicts {sum(false.values()):>4} of {total:>4}")
    print(
        f"  {'otherwise than expected, without a word':<43} {silent:>4} of {total:>4}  {silent / total:>6.2%}"
    )
    missed: Counter[str] = Counter()
    seeds = range(first, first + MERGES, step)
    for clash in map(drafts.clash, seeds):
        outcome = merge(clash.base, clash.ours, clash.theirs)
        told = outcome.conflict if outcome.kinds is None else clash.kind in outcome.kinds
        missed[clash.name] += not told
    missed = +missed
    count = len(seeds)
    print(
        f"{name}: {count} merges whose edits overlap, {sum(missed.values())} not reported", dict(missed) or ""
    )


def large(tasks: int, share: float, copies: int) -> list[Plan]:
    """A plan of many tasks, and copies in which a share of them is edited."""
    maker = drafts.Maker(tasks)
    draft = maker.draft(tasks)
    plans = [draft.plan()]
    for _ in range(copies):
        edited = copy.deepcopy(draft)
        ids = draft.ids()
        maker.random.shuffle(ids)
        for id_ in ids[: int(tasks * share)]:
            make = maker.random.choice(drafts.FIELD_STEPS)
            make(maker, draft, id_).step(edited)
        for id_ in ids[-20:]:
            drafts.add(maker, draft, id_).step(edited)
        plans.append(edited.plan())
    return plans


def speed() -> None:
    print()
    for tasks, share in ((30, 0.2), (1_000, 0.1), (1_000, 1.0), (4_000, 0.1)):
        plans = large(tasks, share, 2)
        best = min(timed(lambda plans=plans: gongkai.merge(*plans)) for _ in range(3))
        print(f"{tasks:>5} tasks, {share:.0%} of them edited on each side: {best * 1000:.0f} ms")
    for share in (0.01, 0.1):
        base, *copies = large(1_000, share, 40)
        named = {f"copy {at}": plan for at, plan in enumerate(copies)}
        best = min(timed(lambda base=base, named=named: gongkai.merge_all(base, named)) for _ in range(2))
        print(f" 1000 tasks, 40 copies with {share:.0%} of them edited in each: {best * 1000:.0f} ms")


def timed(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def main() -> None:
    """Print all of it."""
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    measure("gongkai", by_gongkai, 1, first)
    rivals: list[tuple[str, Merger]] = [("git merge-file on the text", by_lines)]
    try:
        import nbdime

        rivals.insert(0, (f"nbdime {nbdime.__version__} on the JSON", by_nbdime))
    except ImportError:
        print("\nnbdime is not installed: pip install nbdime")
    for name, merge in rivals:
        measure(name, merge, MERGES // SHARE, first)
    speed()


if __name__ == "__main__":
    main()
