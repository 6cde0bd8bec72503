"""Edits that an office makes in the text of a plan, line by line, at random."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_TASK = re.compile(r"^\s*\d+[.．、]")
_BODIES = ("区审计局", "区统计局", "区信访办", "区档案馆", "区气象局", "区残联")
_WORDS = ("按程序", "分批", "逐项", "依托区级平台", "会同有关单位", "在法定时限内", "以图表形式")
_NEW = (
    "公布{word}水库移民后期扶持资金的使用情况和投诉渠道。（{body}负责落实，完成时限：{month}月）",
    "编制{word}办事窗口服务评价报告，评价结果向社会公布。（{body}牵头，各部门负责落实，完成时限：{month}月）",
)

Edit = Callable[[list[str], random.Random], None]


def _tasks(lines: Sequence[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if _TASK.match(line)]


def reword(lines: list[str], rng: random.Random) -> None:
    at = rng.choice(_tasks(lines))
    commas = [found.end() for found in re.finditer("[，,]", lines[at].partition("（")[0])]
    if commas:
        place = rng.choice(commas)
        lines[at] = lines[at][:place] + rng.choice(_WORDS) + lines[at][place:]


def reschedule(lines: list[str], rng: random.Random) -> None:
    at = rng.choice(_tasks(lines))
    lines[at] = re.sub(r"\d{1,2}月(?=[）)])", f"{rng.randint(1, 12)}月", lines[at])


def reassign(lines: list[str], rng: random.Random) -> None:
    at = rng.choice(_tasks(lines))
    body = rng.choice(_BODIES)
    lines[at] = re.sub(r"(?=负责落实)", f"、{body}", lines[at], count=1)


def remove(lines: list[str], rng: random.Random) -> None:
    at = rng.choice(_tasks(lines))
    del lines[at : at + 1 + (at + 1 < len(lines) and not lines[at + 1].strip())]


def insert(lines: list[str], rng: random.Random) -> None:
    """Put a task in; the numbers below it go on, as a text program counts them."""
    at = rng.choice(_tasks(lines))
    task = rng.choice(_NEW).format(
        word=rng.choice(_WORDS), body=rng.choice(_BODIES), month=rng.randint(1, 12)
    )
    indent, number, sign = re.match(r"^(\s*)(\d+)([.．、])", lines[at]).groups()  # type: ignore[union-attr]
    blank = [""] if at + 1 < len(lines) and not lines[at + 1].strip() else []
    for place in _tasks(lines):
        if place > at:
            lines[place] = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), lines[place], count=1)
    lines[at + 1 + len(blank) : at + 1 + len(blank)] = [f"{indent}{int(number) + 1}{sign}{task}", *blank]


def move(lines: list[str], rng: random.Random) -> None:
    """Move a task behind another, with its number."""
    tasks = _tasks(lines)
    source = rng.choice(tasks)
    size = 1 + (source + 1 < len(lines) and not lines[source + 1].strip())
    taken = lines[source : source + size]
    del lines[source : source + size]
    at = rng.choice(_tasks(lines))
    lines[at + size : at + size] = taken


def head(lines: list[str], rng: random.Random) -> None:
    headings = [
        at
        for at, line in enumerate(lines)
        if re.match(r"^\s*([一二三四五六七八九十]+、|（[一二三四]）)\S{2,20}$", line)
    ]
    if headings:
        at = rng.choice(headings)
        lines[at] += rng.choice(("工作", "任务", "和服务"))


def blank(lines: list[str], rng: random.Random) -> None:
    """What no plan shows: an empty line more."""
    lines.insert(rng.choice(_tasks(lines)), "")


EDITS: tuple[Edit, ...] = (reword, reschedule, reassign, remove, insert, move, head, blank)


def edited(text: str, rng: random.Random, count: int) -> str:
    lines = text.split("\n")
    for _ in range(count):
        rng.choice(EDITS)(lines, rng)
    return "\n".join(lines)
