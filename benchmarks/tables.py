"""Tables of tasks over a thousand plans, against plain Python that makes dicts of the same tasks.

Budgets, in one run: rows take at most as long as ``attrs.asdict`` of the tasks, whose nested dicts nobody can
join; an Arrow table at most 2 × the rows that it is made of. ``Table.from_pylist`` of pyarrow, which looks
for the types itself, is told beside it.
"""

from __future__ import annotations

import tracemalloc

import attrs
import pyarrow as pa
from _harness import table
from _sample import sample

from gongkai import Plan, tables

PLANS = 1000


def nested(plans: list[Plan]) -> list[dict[str, object]]:
    """Make a dict of each task, with all that is in it."""
    return [attrs.asdict(task) for plan in plans for task in plan.all_tasks]


def peak(function: object) -> int:
    """Return how many bytes Python held at most."""
    tracemalloc.start()
    assert callable(function)
    function()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def main() -> None:
    """Print the ratios, and whether the budgets hold."""
    plan = sample()
    plans = [attrs.evolve(plan, title=f"{plan.title}（{number}）") for number in range(PLANS)]
    made = tables.tasks(plans)
    print(f"{PLANS} plans, {len(made)} tasks")
    ratios = table(
        "tasks as a table",
        {
            "attrs.asdict": lambda: nested(plans),
            "rows": made.to_rows,
            "Arrow": lambda: pa.table(made),
            "rows, then from_pylist": lambda: pa.Table.from_pylist(made.to_rows()),
            "assignments, Arrow": lambda: pa.table(tables.assignments(plans)),
        },
        yardstick="attrs.asdict",
        rounds=3,
    )
    batch, whole = peak(lambda: sum(each.num_rows for each in made.to_reader())), peak(made.to_rows)
    print(f"\nPython's memory at most: batches {batch / 1e6:.1f} MB, all rows {whole / 1e6:.1f} MB")
    holds = ratios["rows"] <= 1 and ratios["Arrow"] <= 2 * ratios["rows"] and batch < whole / 2
    print(f"budgets: {'hold' if holds else 'EXCEEDED'}")


if __name__ == "__main__":
    main()
