"""The comments of a sheet, each shown once: beside the task that it is about, else at the end."""

from __future__ import annotations

from typing import final

from attrs import frozen

from gongkai.merging import Merge, Remark
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["RemarkLine", "Remarks"]


@final
@frozen
class RemarkLine:
    """One comment.

    Attributes:
        remark: the comment, and what became of it.
        who: who makes it.
        answer: what became of it, in words.
        text: what it asks for, and why.
        rest: what of it is left to decide on; empty where that is nothing or all.
        place: the task that it is about, as it says.
    """

    remark: Remark
    who: str
    answer: str
    text: str
    rest: str
    place: str


class Remarks:
    """The comments of one merge, handed out once."""

    def __init__(self, merge: Merge, say: Words) -> None:
        self._held: dict[str | None, list[RemarkLine]] = {}
        for remark in merge.remarks:
            self._held.setdefault(remark.key, []).append(_line(remark, say))

    def of(self, key: str | None) -> tuple[RemarkLine, ...]:
        """The comments on a task of the draft that were not handed out before."""
        return () if key is None else tuple(self._held.pop(key, ()))

    def left(self) -> tuple[RemarkLine, ...]:
        """All that were not handed out."""
        return tuple([line for lines in self._held.values() for line in lines])


def _line(remark: Remark, say: Words) -> RemarkLine:
    comment = remark.comment
    asked = clean(comment.proposal)
    reason = clean(comment.reason)
    if asked and reason:
        asked += say["merge.reason"].format(reason=reason)
    rest = clean(remark.rest)
    return RemarkLine(
        remark,
        clean(comment.who),
        say[f"answers.{remark.kind}"],
        asked or reason,
        say["merge.rest"].format(rest=rest) if rest and rest != asked else "",
        clean(remark.key or comment.task or comment.quote),
    )
