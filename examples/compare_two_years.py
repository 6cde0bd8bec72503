"""Compare a district's plans of two years, and show what became of each task.

Run it with ``python examples/compare_two_years.py``, or with two files of your own behind it. The command
``gongkai diff OLD NEW`` shows the same.
"""

from __future__ import annotations

import sys

import gongkai
from gongkai import Plan, examples, views


def main(places: list[str]) -> None:
    old, new = [load(place) for place in places or ("example:chenghu-2023", "example:chenghu-2024")]
    diff = gongkai.diff(old, new)
    print(views.terminal(diff))


def load(place: str) -> Plan:
    name = place.removeprefix("example:")
    return examples.load(name) if name != place else gongkai.read(place)


if __name__ == "__main__":
    main(sys.argv[1:])
