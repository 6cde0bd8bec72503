"""Drafts in the style of the genre that known steps can be done to, and how they are printed as plans."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai import Assignment, Deadline, Notice, Paragraph, Plan, Record, Role, Section, Task

WORDS = (
    *("公开", "发布", "公布", "更新", "完善", "规范", "推进", "优化", "细化", "归集", "展示", "梳理"),
    *(
        "老旧小区",
        "湖滨商圈",
        "公交线网",
        "养老服务",
        "托育机构",
        "招生政策",
        "预算绩效",
        "政府采购",
        "环境监测",
    ),
    *(
        "水质结果",
        "空气质量",
        "岗位信息",
        "就业补贴",
        "规划编制",
        "项目进展",
        "权责清单",
        "咨询口径",
        "政策解读",
    ),
    *(
        "申请条件",
        "办理流程",
        "收费标准",
        "服务时间",
        "投诉渠道",
        "评估结果",
        "整改情况",
        "实施方案",
        "补贴标准",
    ),
    *(
        "社区议题",
        "开放活动",
        "街道事项",
        "窗口答复",
        "网站栏目",
        "新媒体账号",
        "公报目录",
        "培训安排",
        "考核办法",
    ),
)
LINKS = ("和", "以及", "并", "同时", "及时", "逐项", "集中", "分批", "按程序")
BODIES = (
    *(
        "区财政局",
        "区教委",
        "区民政局",
        "区司法局",
        "区商务局",
        "区生态环境局",
        "区卫生健康委",
        "区发展改革委",
    ),
    *("区住房城乡建设委", "区文化和旅游局", "区政府办公室", "区政务服务和数据管理局", "各街道", "各部门"),
)
HEADINGS = (
    "服务经济发展",
    "服务城市更新",
    "保障改善民生",
    "政府自身建设",
    "政策全流程服务",
    "平台管理",
    "公众参与",
)
NUMERALS = "一二三四五六七八九十"


@dataclass
class Item:
    """A task: its text as sentences of words."""

    id: int
    text: list[list[str]]
    bodies: list[tuple[str, str]]
    months: list[int]


@dataclass
class Room:
    """A section with tasks, in one of two chapters."""

    id: int
    heading: str
    chapter: int
    items: list[Item] = field(default_factory=list)


@dataclass
class Draft:
    """A plan that steps can be done to."""

    rooms: list[Room]
    numbering: str = "through"
    style: str = "{}."
    title: str = "澄湖区2025年政务公开工作要点"
    record: dict[str, object] = field(default_factory=dict)
    notice: dict[str, object] = field(default_factory=dict)
    body: list[list[list[str]]] = field(default_factory=list)
    preamble: list[list[list[str]]] = field(default_factory=list)

    def room(self, id_: int) -> Room:
        return next(room for room in self.rooms if room.id == id_)

    def room_of(self, id_: int) -> Room:
        return next(room for room in self.rooms if any(item.id == id_ for item in room.items))

    def item(self, id_: int) -> Item:
        return next(item for room in self.rooms for item in room.items if item.id == id_)

    def ids(self) -> list[int]:
        return [item.id for room in self.rooms for item in room.items]

    def after(self, id_: int) -> int | None:
        """The task that follows in its section."""
        items = self.room_of(id_).items
        at = next(place for place, item in enumerate(items) if item.id == id_) + 1
        return items[at].id if at < len(items) else None

    def plan(self) -> Plan:
        """The plan as it is printed."""
        count = 0
        chapters: tuple[list[Section], list[Section]] = ([], [])
        for at, room in enumerate(sorted(self.rooms, key=lambda room: room.chapter)):
            if self.numbering == "anew":
                count = 0
            tasks: list[Task] = []
            for item in room.items:
                count += 1
                tasks.append(task_of(item, None if self.numbering == "none" else self.style.format(count)))
            chapters[room.chapter].append(Section(room.heading, tasks, label=f"（{NUMERALS[at]}）"))
        notice = Notice(**self.notice, body=[said(text) for text in self.body])  # type: ignore[arg-type]
        return Plan(
            self.title,
            [Section("重点任务", chapters[0], label="一、"), Section("保障措施", chapters[1], label="二、")],
            year=2025,
            record=Record(**self.record),  # type: ignore[arg-type]
            notice=notice,
            preamble=[Paragraph(said(text)) for text in self.preamble],
        )


def said(text: Iterable[Sequence[str]]) -> str:
    return "".join("".join(words) + "。" for words in text)


def _rank(pair: tuple[str, list[str]]) -> int:
    return list(Role).index(Role(pair[0]))


def task_of(item: Item, label: str | None) -> Task:
    roles: dict[str, list[str]] = {}
    for name, role in item.bodies:
        roles.setdefault(role, []).append(name)
    assignments = [Assignment(role, names) for role, names in sorted(roles.items(), key=_rank)]
    deadlines = [Deadline.by_month(2025, month) for month in item.months]
    return Task(said(item.text), label=label, assignments=assignments, deadlines=deadlines)


class Maker:
    """Makes drafts, and steps that edit them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - drafts need no cryptography
        self.next = 0

    def sentence(self, words: int = 0) -> list[str]:
        chosen = self.random.sample(WORDS, words or self.random.randint(4, 7))
        found: list[str] = []
        for at, word in enumerate(chosen):
            found += [self.random.choice(LINKS)] if at and self.random.random() < 0.4 else []
            found.append(word)
        return found

    def item(self) -> Item:
        self.next += 1
        text = [self.sentence() for _ in range(self.random.randint(2, 4))]
        bodies = [(name, "responsible") for name in self.random.sample(BODIES, self.random.randint(1, 3))]
        if len(bodies) > 1 and self.random.random() < 0.5:
            bodies[0] = (bodies[0][0], "lead")
        return Item(self.next, text, bodies, [self.random.choice((6, 9, 10, 12))])

    def room(self, id_: int, heading: str, chapter: int) -> Room:
        return Room(id_, heading, chapter, [self.item(), self.item()])

    def draft(self, tasks: int = 0) -> Draft:
        numbering = self.random.choice(("through", "through", "anew", "none"))
        headings = self.random.sample(HEADINGS, 5)
        rooms = [Room(at, heading, int(at > 1)) for at, heading in enumerate(headings)]
        record: dict[str, object] = {
            "issuer": "澄湖区人民政府办公室",
            "subject": "政务公开",
            "validity": "有效",
            "issued_on": date(2025, 4, 8),
            "published_on": date(2025, 4, 10),
        }
        notice: dict[str, object] = {
            "title": "关于印发《澄湖区2025年政务公开工作要点》的通知",
            "addressees": ["各街道办事处", "区政府各部门"],
            "signatory": "澄湖区人民政府办公室",
        }
        draft = Draft(rooms, numbering, record=record, notice=notice)
        draft.body = [[self.sentence(), self.sentence()] for _ in range(2)]
        draft.preamble = [[self.sentence(), self.sentence()] for _ in range(2)]
        for _ in range(tasks or self.random.randint(12, 30)):
            self.random.choice(rooms).items.append(self.item())
        for room in rooms:
            while len(room.items) < 2:
                room.items.append(self.item())
        return draft

    def other(self, words: Iterable[str]) -> str:
        kept = set(words)
        return self.random.choice([word for word in WORDS if word not in kept])
