"""One valid object of each class of the model."""

from __future__ import annotations

from typing import Any

from gongkai.model import (
    Assignment,
    Citation,
    Deadline,
    Department,
    Division,
    DocumentNumber,
    Finding,
    Notice,
    Paragraph,
    Piece,
    Pieces,
    Place,
    Plan,
    Progress,
    Record,
    Section,
    Source,
    Span,
    Task,
)

#: One valid object of each class, with as little as it takes.
SMALLEST: dict[type, dict[str, Any]] = {
    Assignment: {"role": "lead", "departments": ()},
    Citation: {"title": "条例"},
    Deadline: {"text": "长期", "kind": "ongoing"},
    Department: {"name": "区财政局"},
    Division: {"name": "澄湖区"},
    DocumentNumber: {"code": "京政办发", "year": 2016, "sequence": 26},
    Finding: {"code": "R201", "severity": "info", "zh": "问题", "en": "a problem"},
    Notice: {"title": "通知"},
    Paragraph: {"text": "总体要求。"},
    Piece: {"kind": "text", "start": 0, "end": 1},
    Pieces: {"names": (), "codes": "", "lengths": b""},
    Place: {"start": 0, "kind": "page", "name": "1"},
    Plan: {"title": "要点"},
    Progress: {"key": "1"},
    Record: {},
    Section: {"heading": "总体要求"},
    Source: {},
    Span: {"start": 0, "end": 1},
    Task: {"text": "公开目录。"},
}
