"""What people answer about pairs of tasks, as values that can be kept and passed back in."""

from __future__ import annotations

from datetime import date
from typing import final

import attrs
from attrs import field, frozen

from gongkai.comparing.alignment.links import Link, Strength, score_of, strength_of
from gongkai.model import Task
from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a

__all__ = ["Answer"]


def _strength(value: Strength | str | None) -> Strength | None:
    return None if value is None else strength_of(value, "Answer")


def _score(instance: object, attribute: object, value: float | None) -> None:
    if value is not None:
        score_of(value, "Answer")


@final
@frozen(weakref_slot=False, repr=False)
class Answer(Shown):
    """What one annotator says of a pair of tasks.

    The texts and not only the keys are kept, so that the tasks are found again when a plan was renumbered.

    Attributes:
        old_key: the key of the task of the old plan.
        new_key: the key of the task of the new plan.
        strength: ``same``, ``partial`` or ``none``; None where the annotator does not know.
        old_text: the text of the old task; empty where it is not known.
        new_text: the text of the new task.
        score: how likely the link was held to be before the answer, from 0 to 1; None where that is unknown.
        evidence: what spoke for the link, in words.
        annotator: who says so.
        answered_on: when.
        comment: what the annotator wishes to add.

    Raises:
        InvalidValue: a field holds what it cannot hold.

    >>> from gongkai import Answer
    >>> Answer("3", "5", "same", annotator="甲")
    <Answer 3 → 5 same by 甲>
    >>> Answer("3", "5", None)
    <Answer 3 → 5 ?>
    """

    old_key: str = field(validator=is_a(str))
    new_key: str = field(validator=is_a(str))
    strength: Strength | None = field(converter=_strength)
    old_text: str = field(default="", kw_only=True, validator=is_a(str))
    new_text: str = field(default="", kw_only=True, validator=is_a(str))
    score: float | None = field(default=None, kw_only=True, validator=_score)
    evidence: str = field(default="", kw_only=True, validator=is_a(str))
    annotator: str = field(default="", kw_only=True, validator=is_a(str))
    answered_on: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    comment: str = field(default="", kw_only=True, validator=is_a(str))

    @classmethod
    def of_link(cls, link: Link, *, annotator: str = "", comment: str = "") -> Answer:
        """Return a link as an answer: that it holds, or, where its strength is ``none``, that it does not."""
        return cls(
            link.old.key or "",
            link.new.key or "",
            link.strength,
            old_text=link.old.text,
            new_text=link.new.text,
            annotator=annotator,
            comment=comment,
        )

    @property
    def keys(self) -> tuple[str, str]:
        """The keys of the old and of the new task."""
        return self.old_key, self.new_key

    def invert(self) -> Answer:
        """Return the answer seen from the other plan."""
        return attrs.evolve(
            self,
            old_key=self.new_key,
            new_key=self.old_key,
            old_text=self.new_text,
            new_text=self.old_text,
        )

    def of_tasks(self, old: Task, new: Task) -> Answer:
        """Return the answer with the keys and texts of these tasks."""
        return attrs.evolve(
            self, old_key=old.key or "", new_key=new.key or "", old_text=old.text, new_text=new.text
        )

    def __repr__(self) -> str:
        by = f" by {shorten(self.annotator)}" if self.annotator else ""
        said = "?" if self.strength is None else str(self.strength)
        return f"<Answer {self.old_key} → {self.new_key} {said}{by}>"
