"""Merges to draw: the shipped triple, one with every kind of conflict, a round of many copies, hostile text."""

from __future__ import annotations

from datetime import date
from functools import cache

import gongkai
from gongkai import (
    Assignment,
    Deadline,
    DocumentNumber,
    Merge,
    Notice,
    Paragraph,
    Plan,
    Record,
    Section,
    Task,
    examples,
)
from gongkai.merging import Comment
from tests.helpers_views import EVIL


@cache
def triple() -> Merge:
    """The shipped draft and its two copies: two conflicts."""
    return gongkai.merge(*[examples.load(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs")])


def clear() -> Merge:
    """The same, with all conflicts decided."""
    return triple().resolve({"14.deadlines": "theirs", "22.text": "base"})


def untouched() -> Merge:
    """Two copies that change nothing."""
    return gongkai.merge(triple().base, triple().base, triple().base)


def _task(text: str, label: str | None, *held: Assignment, month: int = 10) -> Task:
    return Task(text, label=label, assignments=held, deadlines=[Deadline.by_month(2025, month)])


def _draft(*fields: tuple[str, Section | Task | Paragraph]) -> Plan:
    changed = dict(fields)
    lead = Assignment.lead("区财政局")
    blocks: dict[str, Section | Task | Paragraph] = {
        "words": _task("公开财政预算和决算，每年说明一次专项资金的绩效。", "1.", lead),
        "who": _task("公布入湖河道的水质监测数据和排口整治进度。", "2.", Assignment.lead("区水务局")),
        "due": _task("逐日发布空气质量数据，公开扬尘治理成效。", "3.", Assignment.lead("区生态环境局")),
        "gone": _task("发布公交线网调整方案，说明增减班次的理由。", "4.", Assignment.lead("区交通委")),
        "column": Task("细化部门权责清单。", label="5.", extras=[("工作要求", "按季度")]),
        "note": Paragraph("本章任务由各牵头单位细化。"),
    }
    blocks |= changed
    notice = changed.get("notice")
    assert notice is None
    return Plan(
        "澄湖区2025年政务公开工作要点",
        [
            Section("推进重点领域公开", label="一、", content=blocks.values()),
            Section("加强解读回应", label="二、", content=[_task("每季度开展一次政务开放活动。", "6.")]),
            Section("夯实工作基础", label="三、", content=[_task("培训政务公开工作人员，编印案例。", "7.")]),
        ],
        year=2025,
        record=Record(issuer="区政府办公室", document_number=DocumentNumber("澄政办发", 2025, 3)),
        notice=Notice("关于印发工作要点的通知", body=["现印发给你们。"], issued_on=date(2025, 3, 1)),
    )


@cache
def every() -> Merge:
    """A merge with a conflict of almost every kind, a split task, and two that were joined."""
    base = _draft()
    ours = _draft(
        (
            "words",
            _task("公开财政预算和决算，每季度说明一次专项资金的绩效。", "1.", Assignment.lead("区财政局")),
        ),
        (
            "who",
            _task("公布入湖河道的水质监测数据和排口整治进度。", "2.", Assignment.cooperate("区水务局")),
        ),
        (
            "due",
            _task("逐日发布空气质量数据，公开扬尘治理成效。", "3.", Assignment.lead("区生态环境局"), month=6),
        ),
        ("gone", Paragraph("（本项删去）")),
        ("column", Task("细化部门权责清单。", label="5.", extras=[("工作要求", "按月")])),
    )
    theirs = _draft(
        (
            "words",
            _task("公开财政预算和决算，每月说明一次专项资金的绩效。", "1.", Assignment.lead("区财政局")),
        ),
        ("who", _task("公布入湖河道的水质监测数据和排口整治进度。", "2.")),
        (
            "due",
            _task("逐日发布空气质量数据，公开扬尘治理成效。", "3.", Assignment.lead("区生态环境局"), month=8),
        ),
        (
            "gone",
            _task("发布公交线网调整方案，逐条说明增减班次的理由。", "4.", Assignment.lead("区交通委")),
        ),
        ("column", Task("细化部门权责清单。", label="5.", extras=[("工作要求", "每周")])),
    )
    ours = ours.with_changes("6", text="每季度开展一次政务开放活动，公布预告。")
    import attrs

    ours = attrs.evolve(ours, title="澄湖区2025年政务公开要点", record=Record(issuer="区政府办"))
    theirs = attrs.evolve(
        theirs, title="澄湖区政务公开2025年工作要点", record=Record(issuer="区政务公开办公室")
    )
    return gongkai.merge(base, ours, theirs)


OFFICES = (
    *("区财政局", "区教委", "区民政局", "区司法局", "区商务局", "区生态环境局", "区卫生健康委", "区审计局"),
    *("区发展改革委", "区住房城乡建设委", "区文化和旅游局", "区政务服务和数据管理局", "区水务局", "区统计局"),
    *("区体育局", "区城管委", "区应急局", "区信访办", "区国资委", "区市场监管局", "区人力资源社会保障局"),
    *("区退役军人局", "区园林绿化局", "区农业农村局", "区科委", "区交通委", "澄阳街道", "湖滨街道"),
    *("澄湖园管委会", "区融媒体中心"),
)


@cache
def many() -> Merge:
    """A round of thirty copies and some comments from a sheet."""
    base = triple().base
    texts = {task.key: task.text for task in base.all_tasks}
    when = ("每半年", "每季度", "每月", "每年", "每年")
    copies: dict[str, Plan] = {}
    for place, office in enumerate(OFFICES):
        text = texts["22"].replace("每年", when[place % 5])
        plan = base.with_changes("22", text=text)
        if place % 3 == 0:
            plan = plan.with_changes("14", deadlines=[Deadline.by_month(2025, 11 + place % 2)])
        if place % 4 == 0:
            plan = plan.with_changes("9", text=texts["9"].replace("发布学位", "分学段发布学位"))
        if place in {1, 2}:
            edit = ("重要政策", "各项重要政策") if place == 1 else ("二次解读", "案例解读")
            plan = plan.with_changes("17", text=texts["17"].replace(*edit))
        if place == 5:
            plan = plan.without("21")
        copies[office] = plan
    comments = [
        Comment("区税务局", task="22", proposal="将“公布”改为“集中公布”", reason="便于查找"),
        Comment("区税务局", task="14", proposal="请明确清单的范围。"),
        Comment("区档案馆", task="99", proposal="请补充档案开放的内容。"),
        Comment("区妇联", task="4", proposal="无意见"),
        Comment("区残联", task="11", proposal="增加无障碍就诊信息", status="不采纳"),
    ]
    return gongkai.merge_all(base, copies, comments=comments)


def evil() -> Merge:
    """A merge in which every text of a document tries to become something else."""

    def plan(text: str, month: int) -> Plan:
        task = Task(
            text,
            label=EVIL,
            key=EVIL,
            assignments=[Assignment.lead(EVIL)],
            deadlines=[Deadline.by_month(2025, month)],
            extras=[(EVIL, text)],
        )
        return Plan(text, [Section(EVIL, [task]), Paragraph(text)], year=2025)

    base = plan(f"公开预决算和绩效目标。{EVIL}", 10)
    copies = {
        f"甲{EVIL}": plan(f"公开预决算和绩效{EVIL}。", 11),
        f"乙{EVIL}": plan(f"公开预决算{EVIL}。", 12),
    }
    comments = [Comment(EVIL, task=EVIL, proposal=EVIL, reason=EVIL)]
    return gongkai.merge_all(base, copies, comments=comments)
