"""What coverage and the threads of tasks cost beside the alignments that they rest on.

Budgets, in one run: a coverage takes at most three times as long as its alignment; the threads through 30
plans of some 44 tasks at most three times as long as the 29 alignments of one plan with the next.
"""

from __future__ import annotations

from itertools import pairwise

from _harness import table

import gongkai
from gongkai import examples

CITY, DISTRICT = examples.load("lanjiang-2024"), examples.load("songping-2024")
YEARS = [examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024)]


def many(number: int) -> None:
    """Print what a history of so many plans costs."""
    plans = [YEARS[place % len(YEARS)] for place in range(number)]
    names = [str(place) for place in range(number)]
    pairs = list(pairwise(plans))
    table(
        f"{number} plans of 43 or 44 tasks",
        {
            "alignments of neighbours": lambda: [gongkai.align(*pair) for pair in pairs],
            "trace, no gaps": lambda: gongkai.trace(plans, names=names, gaps=0),
            "trace": lambda: gongkai.trace(plans, names=names),
        },
        yardstick="alignments of neighbours",
        rounds=3,
    )


def main() -> None:
    """Print all tables."""
    alignment = gongkai.align(CITY, DISTRICT)
    table(
        "39 tasks of a city, 31 of a district",
        {
            "align": lambda: gongkai.align(CITY, DISTRICT),
            "coverage of an alignment": lambda: gongkai.coverage(CITY, DISTRICT, links=alignment),
            "coverage": lambda: gongkai.coverage(CITY, DISTRICT),
        },
        yardstick="align",
    )
    for number in (3, 30):
        many(number)


if __name__ == "__main__":
    main()
