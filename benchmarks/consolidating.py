"""What a table of several plans costs beside aligning each two of them, which it needs, and its page.

Budgets: the table at most 1.5 × the alignments, whatever the number of plans; its page at most 0.5 ×.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from _harness import table

import gongkai
from gongkai import Plan, examples, views


def plans_of(number: int) -> list[Plan]:
    """So many plans: the examples, then the examples with fewer and fewer tasks."""
    loaded = [examples.load(name) for name in examples.names()]
    found = list(loaded)
    while len(found) < number:
        plan = found[len(found) - len(loaded)]
        for key in [task.key for task in plan.tasks][:: 6 + len(found)]:
            plan = plan.without(str(key))
        found.append(plan)
    return found[:number]


def cost_of(number: int) -> None:
    """Print what so many plans cost."""
    plans = plans_of(number)
    names = [str(place) for place in range(number)]
    made = gongkai.consolidate(plans, names=names)
    cases: dict[str, Callable[[], object]] = {
        "align": lambda: [gongkai.align(*pair) for pair in combinations(plans, 2)],
        "consolidate": lambda: gongkai.consolidate(plans, names=names),
        "with alignments": lambda: gongkai.consolidate(plans, names=names, alignments=made.alignments),
        "page": lambda: views.page(made),
    }
    tasks = sum(len(plan.all_tasks) for plan in plans)
    table(f"{number} plans, {tasks} tasks", cases, yardstick="align", rounds=2)


def main() -> None:
    """Few plans, and more."""
    for number in (3, 6, 12):
        cost_of(number)


if __name__ == "__main__":
    main()
