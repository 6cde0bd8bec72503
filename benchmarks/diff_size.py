"""What a diff costs as plans grow, and on plans that repeat themselves or have nothing in common.

Budgets: a plan of 1,000 tasks with 100 edits in less than 0.2 s, one of 10,000 tasks with 1,000 edits in less
than 5 s; in one run, a task of a plan ten times as large takes at most three times as long, in every case.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable

import gongkai
from gongkai import Assignment, Plan, Section, Task

BODIES = ("区财政局", "区教委", "区卫生健康委", "区司法局", "区民政局", "区生态环境局")
CHANCE = random.Random(7)


def words(count: int) -> str:
    return "".join(chr(CHANCE.randrange(0x4E00, 0x4E00 + 1500)) for _ in range(count))


def text() -> str:
    return f"{words(30)}，{words(29)}。"


def plan(texts: list[str]) -> Plan:
    """A plan of these tasks, 50 a section."""
    sections = []
    for start in range(0, len(texts), 50):
        tasks = [
            Task(each, label=f"{start + place}.", assignments=[Assignment.lead(BODIES[ord(each[0]) % 6])])
            for place, each in enumerate(texts[start : start + 50], 1)
        ]
        sections.append(Section(f"第{start // 50 + 1}部分", tasks, label=f"（{start // 50 + 1}）"))
    return Plan("要点", sections, year=2024)


def edited(texts: list[str], count: int) -> list[str]:
    """Half reworded, the others added, removed and moved."""
    texts = list(texts)
    for _ in range(count):
        turn, place = CHANCE.random(), CHANCE.randrange(len(texts))
        if turn < 0.5:
            cut = CHANCE.randrange(50)
            texts[place] = texts[place][:cut] + words(3) + texts[place][cut + 3 :]
        elif turn < 0.7:
            texts.insert(place, text())
        elif turn < 0.85:
            del texts[place]
        else:
            texts.insert(CHANCE.randrange(len(texts)), texts.pop(place))
    return texts


def with_edits(size: int) -> tuple[Plan, Plan]:
    texts = [text() for _ in range(size)]
    return plan(texts), plan(edited(texts, size // 10))


def all_alike(size: int) -> tuple[Plan, Plan]:
    return plan(["公开财政预决算和绩效评价结果。"] * size), plan(
        ["公开财政预决算和绩效评价结果。"] * (size * 9 // 10)
    )


def another_number(size: int) -> tuple[Plan, Plan]:
    return tuple(
        plan([f"公开财政预决算和绩效评价结果{number}件。" for number in range(start, start + size)])
        for start in (0, size // 2)
    )  # type: ignore[return-value]


def another_text(size: int) -> tuple[Plan, Plan]:
    return plan(["公开财政预决算和绩效评价结果。"] * size), plan(["公布河道水质监测数据和整治进度。"] * size)


def nothing_in_common(size: int) -> tuple[Plan, Plan]:
    return plan([text() for _ in range(size)]), plan([text() for _ in range(size)])


def took(pair: tuple[Plan, Plan]) -> float:
    gc.collect()
    started = time.process_time()
    diff = gongkai.diff(*pair)
    spent = time.process_time() - started
    assert diff.apply(pair[0]) == pair[1]
    return spent


CASES: dict[str, Callable[[int], tuple[Plan, Plan]]] = {
    "one task in ten edited": with_edits,
    "one text, all tasks": all_alike,
    "one text, other numbers": another_number,
    "one text for another": another_text,
    "nothing in common": nothing_in_common,
}


def main() -> None:
    took(with_edits(50))  # tables and caches
    print(f"\n{'':<26}{'1,000 tasks':>14}{'10,000 tasks':>14}{'a task':>12}")
    for name, make in CASES.items():
        small = min(took(make(1000)) for _ in range(3))
        large = took(make(10_000))
        print(f"  {name:<24}{small * 1000:11.0f} ms{large * 1000:11.0f} ms{large / small / 10:10.2f} ×")
        if make is with_edits:
            assert small < 0.2, small
            assert large < 5, large
        assert large / small / 10 <= 3, name


if __name__ == "__main__":
    main()
