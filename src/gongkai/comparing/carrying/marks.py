"""A person's marks on tasks of a reference plan that do not apply to the plan that is compared with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias, final

import attrs
from attrs import field, frozen

from gongkai.comparing.alignment.finest import finest_tasks
from gongkai.comparing.alignment.wording import folded, similarity
from gongkai.errors import InvalidValue
from gongkai.model import Plan, Section, Task
from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, refuse

__all__ = ["GivenMark", "Mark", "place_marks"]

#: From this likeness on a text is that of the mark, reworded since.
_ALIKE: Final = 0.6

#: How many marks are looked for by likeness; more are no person's work.
_MOST: Final = 2_000


def _said(instance: object, attribute: attrs.Attribute[str], value: object) -> None:
    if type(value) is not str or not value.strip():
        refuse(instance, attribute, value, "a str that says something")


@final
@frozen(weakref_slot=False, repr=False)
class Mark(Shown):
    """What one person says of a task of the reference plan: that it does not apply here, and why.

    The text and not only the key is kept, so that the task is found again when the plan was renumbered.

    Attributes:
        key: the key of a task of the reference; or of a section, or of a task that only holds others: then it
            is said of all below.
        reason: why it does not apply.
        text: the text of the task; empty where it is not known.
        annotator: who says so.
        marked_on: when.

    Raises:
        InvalidValue: a field holds what it cannot hold.

    >>> from gongkai import Mark
    >>> Mark("12", "本区没有耕地", annotator="王")
    <Mark 12 本区没有耕地 by 王>
    """

    key: str = field(validator=_said)
    reason: str = field(validator=_said)
    text: str = field(default="", kw_only=True, validator=is_a(str))
    annotator: str = field(default="", kw_only=True, validator=is_a(str))
    marked_on: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))

    def __repr__(self) -> str:
        by = f" by {shorten(self.annotator)}" if self.annotator else ""
        return f"<Mark {self.key} {shorten(self.reason)}{by}>"


GivenMark: TypeAlias = Mark | tuple[str, str]
"""A mark, or the key of a task and the reason."""


def place_marks(reference: Plan, marks: Iterable[GivenMark]) -> tuple[dict[str, Mark], tuple[Mark, ...]]:
    """Find the tasks that marks are about: the mark of each marked task by its key, and what was not found.

    A mark with a text is that of the task with this text: under its key if it is there, else wherever it is,
    else the one whose text is most like it. One without a text is that of its key. Of several marks of a task
    the last one counts.

    Raises:
        InvalidValue: it is no mark, or a mark without a text has a key that the plan has not.
    """
    finder = _Finder(reference)
    found: dict[str, Mark] = {}
    lost: list[Mark] = []
    for given in marks:
        mark = _mark(given)
        keys = finder.keys(mark)
        if not keys:
            lost.append(mark)
        found.update(dict.fromkeys(keys, mark))
    return found, tuple(lost)


def _mark(given: GivenMark) -> Mark:
    if isinstance(given, Mark):
        return given
    if type(given) is tuple and len(given) == 2:
        return Mark(*given)
    raise InvalidValue("coverage", "marks", given, "a Mark, or the key of a task and a reason")


class _Finder:
    """Finds what marks are about in one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tasks = [task for task, _ in finest_tasks(plan)]
        self._texts: defaultdict[str, list[str]] = defaultdict(list)
        for task in self._tasks:
            self._texts[folded(task.text)].append(task.key or "")
        self._looked = 0

    def keys(self, mark: Mark) -> list[str]:
        """Return the keys of the finest tasks that the mark is about; none where its text is not there."""
        text = folded(mark.text)
        if not text:
            if mark.key not in self._plan:
                raise InvalidValue(
                    "coverage", "marks", mark.key, "the key of a task or section of the reference"
                )
            return self._below(self._plan[mark.key])
        if mark.key not in self._plan:
            return self._elsewhere(text, mark.key)
        held = self._plan[mark.key]
        if isinstance(held, Task) and folded(held.text) == text:
            return self._below(held)
        if isinstance(held, Section) and folded(held.heading) == text:
            return self._below(held)
        return self._elsewhere(text, mark.key)

    def _elsewhere(self, text: str, key: str) -> list[str]:
        alike = self._texts.get(text)
        if alike:
            return alike if len(alike) == 1 else []  # which copy is meant, nobody can say
        return self._reworded(text, key)

    def _below(self, held: Section | Task) -> list[str]:
        if isinstance(held, Task) and held.text.strip():
            return [held.key or ""]
        tasks = [block for block in held.walk() if isinstance(block, Task)]
        return [task.key or "" for task in tasks if task.text.strip()]

    def _reworded(self, text: str, key: str) -> list[str]:
        self._looked += 1
        if self._looked > _MOST:
            return []
        scored = [
            (similarity(text, folded(task.text)), task.key == key, -place, task.key or "")
            for place, task in enumerate(self._tasks)
        ]
        score, _, _, found = max(scored, default=(0.0, False, 0, ""))
        return [found] if score >= _ALIKE else []
