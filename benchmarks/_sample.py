"""A plan of the size and shape of a Beijing district's: 35 tasks, clauses, deadlines, spans, source."""

from __future__ import annotations

from datetime import date

from gongkai import (
    Assignment,
    Deadline,
    Department,
    DocumentNumber,
    Notice,
    Paragraph,
    Plan,
    Record,
    Section,
    Source,
    Span,
    Task,
)
from gongkai.model import Pieces

NAMES = (
    *("区政务服务局", "区发展改革委", "区财政局", "区住房城乡建设委", "区教委"),
    *("区卫生健康委", "区生态环境局", "区民政局", "区司法局", "区审计局"),
)
BODIES = [Department(name, kind="organ", id=f"organ-{number}") for number, name in enumerate(NAMES)]
SENTENCE = (
    "及时公开老旧小区综合整治、危旧楼房改建和加装电梯的计划、进展与结果，回应居民关心的问题，接受社会监督；"
)


class Text:
    """The source text, and the pieces of it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.marks: list[tuple[str, int]] = []
        self.size = 0

    def add(self, kind: str, text: str) -> Span:
        start = self.size
        self.parts.append(text)
        self.size += len(text)
        self.marks.append((kind, self.size))
        return Span(start, self.size)


def task(number: int, text: Text) -> Task:
    label = text.add("label", f"{number}.")
    own = SENTENCE * 3
    body = text.add("text", own)
    clause = text.add("clause", "（区政务服务局牵头，区财政局等部门配合，2024年10月底前完成）")
    text.add("blank", "\n")
    deadlines = []
    if number % 2:
        deadlines = [
            Deadline(
                "2024年10月底前",
                "month",
                date(2024, 10, 31),
                stated="clause",
                span=Span(clause.start + 17, clause.end - 3),
            )
        ]
    lead = Assignment("lead", [BODIES[number % 10]])
    others = Assignment(
        "cooperate", [BODIES[(number + step) % 10] for step in (1, 3, 4)], open=number % 3 == 0
    )
    span = Span(
        label.start,
        clause.end,
        (label.start, body.end - 9, body.end - 8, clause.end) if number % 7 == 0 else (),
    )
    return Task(own, label=f"{number}.", assignments=[lead, others], deadlines=deadlines, span=span)


def sample() -> Plan:
    """Return the plan; its year, keys and findings are as a reader would give them."""
    text = Text()
    title = "澄湖区2024年政务公开工作要点"
    text.add("title", title)
    text.add("blank", "\n")
    chapters = []
    number = 0
    for chapter in "一二三四五":
        start = text.add("label", f"{chapter}、")
        text.add("heading", "深化重点领域信息公开")
        text.add("blank", "\n")
        inner = []
        for section in "一二":
            first = text.add("label", f"（{section}）")
            text.add("heading", "加强城市更新信息公开")
            text.add("blank", "\n")
            tasks = []
            for _ in range(4 if section == "一" else 3):
                number += 1
                tasks.append(task(number, text))
            inner.append(
                Section(
                    "加强城市更新信息公开", tasks, label=f"（{section}）", span=Span(first.start, text.size)
                )
            )
        chapters.append(
            Section("深化重点领域信息公开", inner, label=f"{chapter}、", span=Span(start.start, text.size))
        )
    preamble = "为贯彻落实国务院办公厅和市政府关于政务公开工作的部署，结合本区实际，制定本要点。"
    return Plan(
        title,
        chapters,
        record=Record(
            issuer="澄湖区人民政府办公室",
            index_number="CH-2024-0001",
            issued_on=date(2024, 4, 18),
            published_on=date(2024, 4, 22),
            document_number=DocumentNumber("澄政办发", 2024, 6),
            validity="有效",
        ),
        notice=Notice(
            f"关于印发《{title}》的通知",
            addressees=["各街道办事处", "区政府各部门"],
            body=["现印发给你们，请认真贯彻落实。"],
        ),
        preamble=[Paragraph(preamble, span=text.add("paragraph", preamble))],
        source=Source(
            "".join(text.parts), Pieces.of(text.marks), origin="chenghu-2024.html", media_type="text/html"
        ),
    )
