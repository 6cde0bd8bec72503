"""Edited versions of a plan, as an office makes them, with the truth: which task became which.

The new plan has keys of its own, so that nothing can be read off them.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum, unique

import attrs

from gongkai import Assignment, Block, Deadline, DeadlineKind, Plan, Role, Section, Task

__all__ = ["EditSort", "Edited", "edited", "single_edits"]


@unique
class EditSort(StrEnum):
    """What an office does to a task; the kind of change that it is."""

    REWORDED = "reworded"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"
    REASSIGNED = "reassigned"
    RESCHEDULED = "rescheduled"


@attrs.frozen
class Edited:
    """A new version of a plan.

    Attributes:
        old: the plan.
        new: its new version.
        pairs: the keys of the old and of the new task, for all that are one, or of which one holds the other.
        done: how many tasks each sort of edit was done to.
    """

    old: Plan
    new: Plan
    pairs: frozenset[tuple[str, str]]
    done: Counter[EditSort]


#: Words that stand for each other in plans of two years.
SYNONYMS = (
    ("做好", "抓好"),
    ("推进", "深化"),
    ("加强", "强化"),
    ("及时", "第一时间"),
    ("完善", "健全"),
    ("公布", "发布"),
    ("公开", "公示"),
    ("规范", "细化"),
    ("按月", "按季度"),
    ("每年", "每半年"),
    ("集中", "分类"),
    ("同步", "一并"),
)
CLAUSES = (
    "，并在区政府网站开设专栏",
    "，方便企业群众查询",
    "，确保内容准确、更新及时",
    "，接受社会监督",
    "，形成工作台账",
)
SENTENCES = (
    "年底前对落实情况开展一次回头看。",
    "有条件的街道先行先试，总结可推广的做法。",
    "相关信息同步推送至政务新媒体。",
)
NEW_TASKS = (
    "开通无障碍出租车预约信息查询，公布车辆分布和等候时长。",
    "公开老年人助浴点、日间照料站的选址安排和运营补助标准。",
    "建立行政规范性文件动态清理机制，清理结果于每季度首月公布。",
    "公布湖区禁渔期执法安排和举报奖励办法，典型案件以案释法。",
    "公开校外培训机构白名单和预收费资金监管账户情况。",
    "发布节假日文旅场所最大承载量和错峰游览提示。",
    "公开农贸市场食用农产品快速检测结果，对不合格批次说明处置去向。",
    "公布区级非物质文化遗产代表性项目名录和传承人认定程序。",
)
BODIES = ("区档案馆", "区残联", "区红十字会", "区地震局", "区气象局", "区烟草专卖局")


class Version:
    """A plan on its way to a new version: tasks in their places, each with the old tasks that it holds."""

    def __init__(self, plan: Plan, chance: random.Random) -> None:
        self.old = plan
        self.plan = plan
        self.chance = chance
        self.holds: dict[str, set[str]] = {key_of(task): {key_of(task)} for task in leaves(plan)}
        self.done: Counter[EditSort] = Counter()
        self.fresh = 0

    def name(self) -> str:
        self.fresh += 1
        return f"fresh-{self.fresh}"

    def edited(self) -> Edited:
        keys = {key: f"n{place}" for place, key in enumerate(self.holds)}
        content = tuple(renamed(block, keys) for block in self.plan.content)
        pairs = frozenset((old, keys[new]) for new, held in self.holds.items() for old in held)
        return Edited(self.old, attrs.evolve(self.plan, content=content), pairs, self.done)

    def change(self, key: str, **fields: object) -> None:
        self.plan = self.plan.with_changes(key, **fields)

    # Edits: each says whether it could be done.

    def reworded(self, key: str) -> bool:
        text = self.plan_task(key).text
        for _ in range(self.chance.randint(1, 3)):
            text = reworded(text, self.chance)
        if text == self.plan_task(key).text:
            return False
        self.change(key, text=text)
        return True

    def moved(self, key: str) -> bool:
        """To another section, or far away in its own."""
        task = self.plan_task(key)
        trail = self.plan.path(key)
        home = trail[-2] if len(trail) > 1 else None
        if isinstance(home, Task):
            return False
        rest = self.plan.without(key)
        rooms = [block for block in rest.walk() if isinstance(block, Section) and has_tasks(block)]
        others = [room for room in rooms if home is None or room.key != home.key]
        if not others:
            return False
        room = self.chance.choice(others)
        self.plan = rest.inserted(task, into=room.key, at=self.chance.randint(0, len(room.content)))
        return True

    def added(self, key: str) -> bool:
        """A new task behind the one with that key."""
        trail = self.plan.path(key)
        if len(trail) > 1 and isinstance(trail[-2], Task):
            return False
        used = {task.text for task in self.plan.all_tasks}
        unused = [text for text in NEW_TASKS if text not in used]
        if not unused:
            return False
        new = Task(
            self.chance.choice(unused), key=self.name(), assignments=[Assignment.responsible("区政府办公室")]
        )
        self.behind(key, new)
        self.holds[key_of(new)] = set()
        return True

    def removed(self, key: str) -> bool:
        if self.plan_task(key).parts:
            return False
        self.plan = self.plan.without(key)
        del self.holds[key]
        return True

    def split(self, key: str) -> bool:
        task = self.plan_task(key)
        trail = self.plan.path(key)
        cuts = [
            found.end()
            for found in re.finditer("[。；，]", task.text)
            if 16 <= found.end() <= len(task.text) - 16
        ]
        if not cuts or task.parts or (len(trail) > 1 and isinstance(trail[-2], Task)):
            return False
        cut = min(cuts, key=lambda place: abs(place - len(task.text) / 2))
        first, second = task.text[:cut], task.text[cut:]
        if first[-1] != "。":
            first = first[:-1] + "。"
        self.change(key, text=first)
        new = attrs.evolve(task, text=second, label=None, key=self.name(), span=None, deadlines=())
        self.behind(key, new)
        self.holds[key_of(new)] = set(self.holds[key])
        return True

    def merged(self, key: str) -> bool:
        """With the task behind it, which goes."""
        trail = self.plan.path(key)
        around = trail[-2].content if len(trail) > 1 and isinstance(trail[-2], Section) else ()
        keys = [block.key for block in around if isinstance(block, Task) and block.key in self.holds]
        place = keys.index(key) if key in keys else -1
        if not 0 <= place < len(keys) - 1 or self.plan_task(key).parts:
            return False
        other = self.plan_task(str(keys[place + 1]))
        if other.parts or len(self.holds[key_of(other)]) != 1:
            return False
        self.change(key, text=self.plan_task(key).text + other.text)
        self.holds[key] |= self.holds.pop(key_of(other))
        self.plan = self.plan.without(key_of(other))
        return True

    def reassigned(self, key: str) -> bool:
        task = self.plan_task(key)
        body = self.chance.choice(
            [name for name in BODIES if name not in {each.name for each in task.departments}]
        )
        held = list(task.assignments)
        turn = self.chance.randrange(3)
        if turn == 0 or not held:
            held.append(Assignment.cooperate(body))
        elif turn == 1:
            held[0] = attrs.evolve(held[0], departments=[*held[0].names[:-1], body])
        else:
            other = Role.COOPERATE if held[-1].role is not Role.COOPERATE else Role.RESPONSIBLE
            held[-1] = attrs.evolve(held[-1], role=other)
        self.change(key, assignments=held)
        return True

    def rescheduled(self, key: str) -> bool:
        task = self.plan_task(key)
        year = self.plan.year or 2024
        months = {each.due.month for each in task.deadlines if each.due is not None}
        month = self.chance.choice([month for month in (3, 6, 9, 11) if month not in months])
        kept = [each for each in task.deadlines if each.kind is not DeadlineKind.MONTH]
        self.change(key, deadlines=[*kept, Deadline.by_month(year, month)])
        return True

    # Helpers

    def plan_task(self, key: str) -> Task:
        task = self.plan[key]
        assert isinstance(task, Task)
        return task

    def behind(self, key: str, new: Task) -> None:
        trail = self.plan.path(key)
        home = trail[-2] if len(trail) > 1 else None
        around = home.content if isinstance(home, Section) else self.plan.content
        at = 1 + next(
            place for place, block in enumerate(around) if isinstance(block, Task) and block.key == key
        )
        self.plan = self.plan.inserted(new, into=home.key if isinstance(home, Section) else None, at=at)


def key_of(task: Task) -> str:
    assert task.key is not None
    return task.key


def leaves(plan: Plan) -> list[Task]:
    return [task for task in plan.all_tasks if task.text.strip()]


def has_tasks(section: Section) -> bool:
    return any(isinstance(block, Task) for block in section.content)


def renamed(block: Block, keys: dict[str, str]) -> Block:
    """The block with other keys, inside as well."""
    if isinstance(block, Section):
        return attrs.evolve(block, content=tuple(renamed(each, keys) for each in block.content))
    if isinstance(block, Task):
        parts = tuple(part for each in block.parts if isinstance(part := renamed(each, keys), Task))
        return attrs.evolve(block, key=keys.get(block.key or "", block.key), parts=parts)
    return block


def reworded(text: str, chance: random.Random) -> str:
    """One thing that a clerk does to a sentence."""
    turn = chance.randrange(6)
    clauses = [found.start() for found in re.finditer("[，。；]", text)]
    if turn <= 1:
        known = [(old, new) for old, new in SYNONYMS if old in text]
        if known:
            return text.replace(*chance.choice(known), 1)
    if turn == 2 and clauses:
        place = chance.choice(clauses)
        return text[:place] + chance.choice(CLAUSES) + text[place:]
    if turn == 3 and len(clauses) > 2:
        start, end = clauses[-3:-1] if text[clauses[-1]] == "。" else clauses[-2:]
        return text[:start] + text[end:]
    if turn == 4:
        return re.sub(r"\d+|[二三四五六七八九]?十[一二三四五六七八九]?", "二十六", text, count=1)
    return text + chance.choice(SENTENCES)


def renumbered(plan: Plan) -> Plan:
    """The plan with its numbered tasks in order, as an office prints it."""
    numbers = iter(range(1, 10_000))

    def again(block: Block) -> Block:
        if isinstance(block, Section):
            return attrs.evolve(block, content=tuple(again(each) for each in block.content))
        if isinstance(block, Task) and (block.label is None or re.fullmatch(r"\d+[.．]", block.label)):
            return attrs.evolve(block, label=f"{next(numbers)}.")
        return block

    labels = [task.label for task in plan.tasks if task.label]
    if not labels or not all(re.fullmatch(r"\d+[.．]", label) for label in labels):
        return plan
    return attrs.evolve(plan, content=tuple(again(block) for block in plan.content))


#: How many tasks in a hundred each sort of edit is done to, in this order; half of all are reworded.
SHARES = {
    EditSort.REMOVED: 6,
    EditSort.SPLIT: 5,
    EditSort.MERGED: 5,
    EditSort.REWORDED: 50,
    EditSort.MOVED: 10,
    EditSort.REASSIGNED: 10,
    EditSort.RESCHEDULED: 10,
    EditSort.ADDED: 6,
}


def edited(plan: Plan, seed: int) -> Edited:
    """A new version of a plan: half its tasks reworded, others moved, added, removed, split, merged and so on."""
    version = Version(plan, random.Random(seed))  # noqa: S311 - random plans need no cryptography
    count = len(version.holds)
    for sort, share in SHARES.items():
        keys = list(version.holds)
        version.chance.shuffle(keys)
        wanted = max(1, round(count * share / 100))
        for key in keys:
            if version.done[sort] >= wanted:
                break
            if key in version.holds and getattr(version, sort.value)(key):
                version.done[sort] += 1
    version.plan = renumbered(version.plan)
    return version.edited()


def single_edits(plan: Plan, seed: int = 0) -> Iterator[tuple[EditSort, str, Edited]]:
    """Every sort of edit done to every task of a plan that it can be done to, each alone."""
    for task in leaves(plan):
        for sort in EditSort:
            version = Version(plan, random.Random(f"{seed} {sort} {task.key}"))  # noqa: S311
            if edit(version, sort)(key_of(task)) and version.plan != plan:
                version.done[sort] += 1
                yield sort, key_of(task), version.edited()


def edit(version: Version, sort: EditSort) -> Callable[[str], bool]:
    done: Callable[[str], bool] = getattr(version, sort.value)
    return done
