"""What is known beforehand: answers given to ``align``, found again in its two plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, cast, final

from attrs import frozen

from gongkai.comparing.alignment.deciding import Keys
from gongkai.comparing.alignment.links import Link, Strength
from gongkai.comparing.alignment.wording import folded, similarity
from gongkai.comparing.judges.feedback import Answer
from gongkai.comparing.judges.noticing import catalogue
from gongkai.errors import InvalidValue
from gongkai.model import Finding, Plan, Task

__all__ = ["Knowledge", "Known", "knowledge"]

#: A person's answer: an :class:`Answer`, a link that was accepted or rejected, or the two keys and ``same``,
#: ``partial`` or ``none``.
Known: TypeAlias = Answer | Link | tuple[str, str, str]

#: The task with an answer's key is the one that was meant where their texts share so much: it was reworded.
_ALIKE: Final = 0.5


@final
@frozen
class Knowledge:
    """What is known of two plans.

    Attributes:
        links: the answers by the keys of their tasks, as links between tasks of these plans; those that were
            rejected have the strength ``none``.
        answers: all answers that were given, with the keys and texts of these plans where they were found.
        unsure: the pairs on which somebody said not to know.
        findings: what was odd.
    """

    links: Mapping[Keys, Link]
    answers: tuple[Answer, ...]
    unsure: frozenset[Keys]
    findings: tuple[Finding, ...]


class _Tasks:
    """The tasks of a plan, by key and by text."""

    def __init__(self, plan: Plan, side: str) -> None:
        self.name = side
        self._by_key = {task.key: task for task in plan.all_tasks}
        self._by_text: defaultdict[str, list[Task]] = defaultdict(list)
        for task in plan.all_tasks:
            self._by_text[folded(task.text)].append(task)

    def exactly(self, key: str) -> Task:
        """Return the task of that key."""
        task = self._by_key.get(key)
        if task is None:
            raise InvalidValue("align", "known", key, f"the key of a task of the {self.name} plan")
        return task

    def meant(self, key: str, text: str) -> Task | None:
        """Return the task that an answer means: that of its key, unless only another one has its text."""
        there = self._by_key.get(key)
        wanted = folded(text)
        if not wanted or (there is not None and folded(there.text) == wanted):
            return there
        copies = self._by_text.get(wanted, ())
        if len(copies) == 1:
            return copies[0]
        alike = there is not None and similarity(folded(there.text), wanted) >= _ALIKE
        return there if alike else None


def knowledge(old: Plan, new: Plan, known: Iterable[Known]) -> Knowledge:
    """Find what answers are about.

    Tasks are found by key and, where a plan was renumbered since, by text. An answer that is about nothing in
    these plans is kept, and told. The last answer on a pair counts, but that somebody does not know undoes no
    answer.

    Raises:
        InvalidValue: something is no answer; two keys that are given without texts are not those of tasks.
    """
    given = tuple(known)
    learner = _Learner(old, new) if given else None
    if learner is None:
        return Knowledge({}, (), frozenset(), ())
    for item in given:
        learner.learn(item)
    unsure = frozenset(learner.unsure - learner.links.keys())
    return Knowledge(learner.links, tuple(learner.answers), unsure, tuple(learner.findings))


class _Learner:
    """Takes in one answer after the other."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self._old, self._new = _Tasks(old, "old"), _Tasks(new, "new")
        self.links: dict[Keys, Link] = {}
        self.answers: list[Answer] = []
        self.unsure: set[Keys] = set()
        self.findings: list[Finding] = []

    def learn(self, item: object) -> None:
        answer = self._answer(item)
        old = self._old.meant(answer.old_key, answer.old_text)
        new = self._new.meant(answer.new_key, answer.new_text)
        if old is None or new is None:
            sides = [side.name for side, task in ((self._old, old), (self._new, new)) if task is None]
            self._note("answer-lost", answer, side=" / ".join(sides))
            self.answers.append(answer)
            return
        placed = answer.of_tasks(old, new)
        if placed.keys != answer.keys:
            self._note("answer-moved", answer, old_now=placed.old_key, new_now=placed.new_key)
        self.answers.append(placed)
        if placed.strength is None:
            self.unsure.add(placed.keys)
        else:
            self._obey(Link(old, new, placed.strength), placed)

    def _answer(self, item: object) -> Answer:
        if isinstance(item, Answer):
            return item
        if isinstance(item, Link):
            return Answer.of_link(item)
        old, new, strength = _three(item)
        return Answer.of_link(Link(self._old.exactly(old), self._new.exactly(new), strength))

    def _obey(self, link: Link, answer: Answer) -> None:
        before = self.links.get(answer.keys)
        if before is not None and before.strength is not link.strength:
            self._note("answers-contradict", answer, said=f"{before.strength} / {link.strength}")
        self.links[answer.keys] = link.reject() if link.strength is Strength.NONE else link.accept()

    def _note(self, name: str, answer: Answer, **facts: object) -> None:
        found = catalogue()[name].finding(None, None, old=answer.old_key, new=answer.new_key, **facts)
        self.findings.append(found)


def _three(item: object) -> tuple[str, str, str]:
    """Return two keys and a strength, which the link that is made of them checks."""
    parts = _parts(item)
    if len(parts) != 3 or not all(isinstance(part, str) for part in parts[:2]):
        expected = "answers, links, or (key of the old task, key of the new one, strength)"
        raise InvalidValue("align", "known", item, expected)
    return cast("tuple[str, str, str]", parts)


def _parts(value: object) -> tuple[object, ...]:
    return cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
