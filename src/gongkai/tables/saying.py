"""Values of the model as text, for columns that hold whatever a field holds."""

from __future__ import annotations

from datetime import date
from typing import cast

from gongkai.comparing.diffing.changes import Language
from gongkai.errors import InvalidValue
from gongkai.model import Assignment, Deadline, Notice, Paragraph, Section, Task
from gongkai.model.words import terms

__all__ = ["checked_language", "said"]


def checked_language(owner: str, language: str) -> None:
    """Refuse another language than the two.

    Raises:
        InvalidValue: it is neither ``zh`` nor ``en``.
    """
    if language not in {"zh", "en"}:
        raise InvalidValue(owner, "language", language, "zh or en")


def said(value: object, language: Language) -> str | None:
    """Return a field's value as text; None for None.

    >>> said((Assignment.lead("区财政局"), Assignment.cooperate("区审计局", "区司法局")), "zh")
    '牵头单位：区财政局；配合单位：区审计局、区司法局'
    >>> said((("备注", "长期"),), "zh"), said(2024, "en")
    ('备注：长期', '2024')
    """
    return None if value is None else _text(value, language)


def _text(value: object, language: Language) -> str:
    match value:
        case Assignment():
            return f"{terms(language)['holders'][value.role]}：{'、'.join(value.names)}"
        case Deadline() | Paragraph() | Task():
            return value.text
        case Section():
            return value.heading
        case Notice():
            return value.title
        case date():
            return value.isoformat()
        case tuple():
            return _joined(cast("tuple[object, ...]", value), language)
        case _:
            return str(value)


def _joined(items: tuple[object, ...], language: Language) -> str:
    pairs = [cast("tuple[object, ...]", item) for item in items if isinstance(item, tuple)]
    if items and len(pairs) == len(items):  # other columns, other entries of a record: names and texts
        return "；".join(["：".join([_text(each, language) for each in pair]) for pair in pairs])
    return "；".join([_text(item, language) for item in items])
