"""What an alignment costs beside ``difflib``'s ratio over all pairs of tasks, the usual first thing to try.

Two plans of some 40 tasks, as long as real ones (a hundred characters a task), made of the shipped examples.
Budget: with the defaults at least 12 times as fast in plain Python, 30 times with numpy. Plans that were
compared before keep how like their tasks are, texts that were keep their clauses; both are measured without
that as well.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from importlib import import_module
from importlib.util import find_spec

from _harness import table

from gongkai import Plan, Task, align, examples
from gongkai.comparing.alignment import digests, likeness, likeness_arrays
from gongkai.comparing.alignment.profiles import profile_of
from gongkai.comparing.alignment.wording import folded


def texts(plan: Plan) -> list[str]:
    """Return the texts of a plan's tasks."""
    return [task.text for task in plan.all_tasks if task.text.strip()]


def sized(names: tuple[str, str], count: int) -> Plan:
    """Return a plan of so many tasks, each the text of two tasks of the examples."""
    found = [text for name in names for text in texts(examples.load(name))]
    long = [one + other for one, other in zip(found[::2], found[1::2], strict=False)][:count]
    return Plan("要点", [Task(text, label=f"{number}.") for number, text in enumerate(long, 1)])


def absent(*sides: object) -> None:
    """Stand in for arrays where numpy is absent."""
    del sides


def main() -> None:
    """Measure."""
    old = sized(("chenghu-2022", "chenghu-2023"), 45)
    new = sized(("lanjiang-2024", "chenghu-2024"), 42)
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

    def forget(*kept: Callable[..., object]) -> None:
        for each in kept:
            each.cache_clear()  # type: ignore[attr-defined]

    pairs, plans = likeness._kept_likenesses, digests._digest  # noqa: SLF001 - a benchmark looks behind the face
    cases: dict[str, Callable[[], object]] = {
        "difflib, all pairs": ratios,
        "align": plain,
        "align, two plans not compared before": lambda: (forget(pairs), plain()),
        "align, texts never seen": lambda: (forget(pairs, plans, profile_of, folded), plain()),
    }
    if find_spec("numpy") is not None:
        import_module("numpy")
        cases["align with numpy, two plans not compared before"] = lambda: (forget(pairs), align(old, new))
        cases["align with numpy, texts never seen"] = lambda: (
            forget(pairs, plans, profile_of, folded),
            align(old, new),
        )
    title = f"{len(sides[0])} by {len(sides[1])} tasks"
    ratios_found = table(title, cases, yardstick="difflib, all pairs", rounds=7)
    for name, ratio in ratios_found.items():
        print(f"  {name}: {1 / ratio:.1f} times as fast as difflib")


if __name__ == "__main__":
    main()
