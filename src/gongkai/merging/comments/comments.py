"""Comments on a draft: what somebody asks for, and what became of it."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import Final, final

import attrs
from attrs import frozen

from gongkai.errors import InvalidValue
from gongkai.model._display import Shown
from gongkai.model._house import is_a, pairs, to_pairs

__all__ = ["RESERVED", "Comment", "Remark", "RemarkKind"]


#: What names nobody: these words stand for other things where a conflict is resolved.
RESERVED: Final = frozenset(["", "base", "suggested"])


def _named(instance: object, attribute: attrs.Attribute[str], value: object) -> None:
    if type(value) is not str or value.strip() in RESERVED:
        raise InvalidValue("Comment", "who", value, "a name, and none of base, suggested")


@final
@frozen(repr=False)
class Comment(Shown):
    """One comment on a draft, as a row of a sheet has it.

    Attributes:
        who: who makes it (提出单位).
        task: which task it is about, as it says: a number (14, 第14条, 三（一）2), or a key.
        quote: the words of the draft that it is about (原文).
        proposal: what it asks for (修改意见): other words, or a request such as 将“每年”改为“每季度”.
        reason: why (理由).
        field: what is to be changed, where a column says it: 完成时限, 牵头单位 ….
        status: whether it is taken up (采纳情况), where somebody has said that.
        number: its own number in the sheet (序号).
        origin: where it stands: the file, and the sheet and row.
        others: other columns, as (head, text).

    >>> from gongkai.merging import Comment
    >>> Comment("区司法局", task="22", proposal="将“每年”改为“每半年”")
    <Comment 区司法局 22: 将“每年”改为“每半年”>
    """

    who: str = attrs.field(validator=_named)
    task: str = attrs.field(default="", kw_only=True, validator=is_a(str))
    quote: str = attrs.field(default="", kw_only=True, validator=is_a(str))
    proposal: str = attrs.field(default="", kw_only=True, validator=is_a(str))
    reason: str = attrs.field(default="", kw_only=True, validator=is_a(str))
    field: str = attrs.field(default="", kw_only=True, validator=is_a(str))
    status: str = attrs.field(default="", kw_only=True, validator=is_a(str))
    number: str = attrs.field(default="", kw_only=True, validator=is_a(str))
    origin: str = attrs.field(default="", kw_only=True, validator=is_a(str))
    others: tuple[tuple[str, str], ...] = attrs.field(
        default=(), kw_only=True, converter=to_pairs, validator=pairs
    )

    def __repr__(self) -> str:
        text = " ".join((self.proposal or self.reason).split())
        shown = text if len(text) <= 40 else text[:39] + "…"
        return f"<Comment {self.who}{' ' + self.task if self.task else ''}: {shown}>"


@unique
class RemarkKind(StrEnum):
    """How a comment was understood."""

    CHANGE = "change"
    """it asks for something exact: that is a change in a copy of whoever makes it"""
    NOTE = "note"
    """it says something of a task that no change follows from; a finding (M201) keeps it there"""
    UNPLACED = "unplaced"
    """it names no task that is found; a finding (M202) keeps it"""
    DECLINED = "declined"
    """the sheet says that it is not taken up"""
    AGREED = "agreed"
    """it has no objection"""


@final
@frozen(repr=False)
class Remark(Shown):
    """What became of a comment.

    Attributes:
        comment: the comment.
        kind: how it was understood; see :class:`RemarkKind`.
        key: the key of the task in the draft; None where it names none that is found.
        rest: what of it no change follows from, where some of it does.
    """

    comment: Comment = attrs.field(validator=is_a(Comment))
    kind: RemarkKind = attrs.field(converter=RemarkKind)
    key: str | None = None
    rest: str = ""

    def __repr__(self) -> str:
        return f"<Remark {self.kind} {self.key or '?'} by {self.comment.who}>"
