"""What an alignment costs beside ``difflib``'s ratio over all pairs of tasks, the usual first thing to try.

Budgets, for two shipped plans of about forty tasks: with the defaults at least 12 times as fast in plain
Python, 30 times where numpy is present. Plans that were compared before keep the profiles of their texts; the
first time is shown as well.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from importlib.util import find_spec

from _harness import table

from gongkai import Plan, align, examples
from gongkai.comparing import likeness_arrays
from gongkai.comparing.profiles import profile_of


def texts(plan: Plan) -> list[str]:
    """Return the texts of a plan's tasks."""
    return [task.text for task in plan.all_tasks if task.text.strip()]


def absent(*sides: object) -> None:
    """Stand in for arrays where numpy is absent."""
    del sides


def main() -> None:
    """Measure."""
    old, new = examples.load("lanjiang-2024"), examples.load("chenghu-2023")
    sides = texts(old), texts(new)

    def ratios() -> None:
        for mine in sides[0]:
            for theirs in sides[1]:
                SequenceMatcher(None, mine, theirs).ratio()

    def plain() -> None:
        kept = likeness_arrays.arrays
        likeness_arrays.arrays = absent
        try:
            align(old, new)
        finally:
            likeness_arrays.arrays = kept

    def first() -> None:
        profile_of.cache_clear()
        plain()

    cases: dict[str, Callable[[], object]] = {
        "difflib, all pairs": ratios,
        "align, plain Python": plain,
        "align, plain Python, texts never seen": first,
    }
    if find_spec("numpy") is not None:
        cases["align, numpy"] = lambda: align(old, new)
    title = f"{len(sides[0])} by {len(sides[1])} tasks"
    ratios_found = table(title, cases, yardstick="difflib, all pairs", rounds=7)
    for name, ratio in ratios_found.items():
        print(f"  {name}: {1 / ratio:.1f} times as fast as difflib")


if __name__ == "__main__":
    main()
