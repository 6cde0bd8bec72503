"""What the directory costs: names a second beside a plain look-up in a dict, and the time of the first one.

Budgets: a name that was looked up before in the same setting at most 10 × a look-up in a dict, and 200,000 a
second; the first one, with reading the tables, at most 30 ms. Names are those that the directory lists, and a
few that it does not.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta

from _harness import best, table

from gongkai import Directory

UNKNOWN = ("区甲局", "区财证局", "区湖长事务局")
FIRST = """
import time
from gongkai.directory import Directory
started = time.process_time()
Directory.default().resolve("区财政局", division="东城区")
print(time.process_time() - started)
"""


def names() -> list[str]:
    """One name of each organ and collective, and some that are unknown."""
    directory = Directory.default()
    return [*(each.name for each in (*directory.organs, *directory.collectives)), *UNKNOWN]


def speed_of(listed: list[str]) -> None:
    """Print what a name costs: as a key of a dict, known in its setting, and in a setting never seen."""
    directory = Directory.default()
    known = dict.fromkeys(listed)
    day = date(2024, 5, 15)
    days = iter([date(2000, 1, 1) + timedelta(days=count) for count in range(9_000)])

    def look_up() -> None:
        for name in listed:
            known.get(name)

    def resolve() -> None:
        for name in listed:
            directory.resolve(name, division="东城区", on=day)

    def resolve_anew() -> None:
        setting = next(days)
        for name in listed:
            directory.resolve(name, division="东城区", on=setting)

    cases: dict[str, Callable[[], object]] = {
        "dict": look_up,
        "resolve, seen before": resolve,
        "resolve, a new setting": resolve_anew,
    }
    table(f"{len(listed)} names", cases, yardstick="dict", rounds=10)
    for name in ("resolve, seen before", "resolve, a new setting"):
        took = best(cases[name], rounds=3, seconds=0.05)
        print(f"  {name}: {len(listed) / took:,.0f} names a second (budget: 200,000 seen before)")


def first_of_all() -> None:
    """Print the time of the first look-up in a new process."""
    took = [
        float(subprocess.run([sys.executable, "-c", FIRST], capture_output=True, check=True).stdout)  # noqa: S603
        for _ in range(5)
    ]
    print(f"\nfirst look-up, tables read: {min(took) * 1e3:.1f} ms (budget: 30 ms)")


def main() -> None:
    speed_of(names())
    first_of_all()


if __name__ == "__main__":
    main()
