"""Plans to draw, and a reader of HTML that minds its tags."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

from gongkai import (
    Assignment,
    Deadline,
    DocumentNumber,
    Finding,
    Notice,
    Paragraph,
    Plan,
    Record,
    Section,
    Source,
    Span,
    Task,
)

EVIL = '<script>alert(\'1\')</script>" onload="x" & <b>|`*_[x](y)\x1b[31m\u202e\x00'

TEXT = "澄湖区2024年政务公开工作要点\n一、深化公开\n1.公开老旧小区改造计划和加装电梯点位。（区住房城乡建设委牵头）\n"


def small() -> Plan:
    """A plan that has some of everything."""
    return Plan(
        "澄湖区2024年政务公开工作要点",
        [
            Section(
                "深化重点领域信息公开",
                label="一、",
                content=[
                    Paragraph("坚持问题导向。"),
                    Section(
                        "服务民生保障",
                        label="（一）",
                        content=[
                            Task(
                                "公开老旧小区改造计划和加装电梯点位，按工程节点更新进度。",
                                label="1.",
                                assignments=[
                                    Assignment.lead("区住房城乡建设委"),
                                    Assignment("responsible", ["各街道"], open=True),
                                ],
                                deadlines=[Deadline.by_month(2024, 10)],
                            ),
                            Task(
                                "公开财政预决算。",
                                label="2.",
                                assignments=[
                                    Assignment.lead("区财政局"),
                                    Assignment.cooperate("区审计局", severally=True),
                                ],
                                extras=[("工作要求", "按季度")],
                                parts=[
                                    Task("细化项目支出。", assignments=[Assignment.responsible("各部门")])
                                ],
                            ),
                        ],
                    ),
                ],
            ),
        ],
        record=Record(
            issuer="区政务公开办",
            document_number=DocumentNumber("澄政务公开办发", 2024, 2),
            issued_on=date(2024, 5, 22),
        ),
        notice=Notice("关于印发要点的通知", body=["现印发给你们。"], signatory="区政务公开办"),
        preamble=["为做好全年工作，制定本要点。"],
        closing=["各单位抓好落实。"],
        findings=[
            Finding("R203", "warning", "括号不成对", "a bracket without its partner", span=Span(20, 21))
        ],
        source=Source(TEXT),
    )


class Reader(HTMLParser):
    """Collects elements, attributes and text; notes tags that do not fit together."""

    VOID = frozenset({"col", "meta", "br", "input"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.broken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.broken += reader.open
    return reader
