"""The sides of a conflict or a change: what the draft has, and what each copy has beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import final

from attrs import evolve, frozen

from gongkai.comparing.diffing.kinds import ChangeKind, Subject, Value
from gongkai.comparing.relations import Tell, bodies_of, one_body
from gongkai.merging import Action, Conflict, ConflictKind, Decision, Merge, Suggestion, Voice, align_copy
from gongkai.model import Task
from gongkai.views._diff_text import Paragraph
from gongkai.views._merge_values import contested, value_paragraphs
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["Column", "Teller", "contesting", "says_nothing", "who_word"]


@final
@frozen
class Column:
    """One side.

    Attributes:
        by: what the copies are called whose side it is; for the draft, the word for it.
        paragraphs: what it has, with marks for what the draft has otherwise.
        choice: what ``resolve`` takes for it.
        why: of a suggestion, why.
    """

    by: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    choice: str
    why: str = ""


def says_nothing(value: object) -> bool:
    """Whether a value is empty."""
    return value is None or value in ("", ())


def who_word(name: str, say: Words) -> str:
    """What a copy is called."""
    return say.table.get(f"copies.{name}", clean(name))


def contesting(conflict: Conflict) -> tuple[Voice[Value], ...]:
    """The views of those who have a say in what is contested: others may have changed the rest of a text."""
    heard = {name for region in conflict.regions for voice in region.voices for name in voice.by}
    return tuple([voice for voice in conflict.voices if not heard or heard.intersection(voice.by)])


class Teller:
    """Tells the sides of one merge; without a merge, those of a conflict by itself."""

    def __init__(self, merge: Merge | None, say: Words) -> None:
        self._merge = merge
        self._say = say
        self._tasks: dict[str, dict[str, list[Task]]] = {}
        self.same: Tell = bodies_of(merge.base, merge.plan, merge.directory) if merge else one_body

    # A conflict

    def columns(
        self, conflict: Conflict, told: Sequence[Decision]
    ) -> tuple[Column, tuple[Column, ...], Column | None]:
        """The draft's side, each view, and what is suggested."""
        joined = any(decision.change is ChangeKind.MERGED for decision in told)
        base = Column(
            (self._say["merge.base"],),
            self._worded(conflict, conflict.base, conflict.base, joined=False),
            "base",
        )
        voices = tuple(
            [
                Column(
                    tuple([who_word(name, self._say) for name in voice.by]),
                    self._worded(conflict, conflict.base, voice.value, joined=joined),
                    voice.by[0] if voice.by else "base",
                )
                for voice in contesting(conflict)
            ]
        )
        return base, voices, self._suggested(conflict, voices)

    def _worded(self, conflict: Conflict, old: object, new: object, *, joined: bool) -> tuple[Paragraph, ...]:
        say = self._say
        if conflict.kind is ConflictKind.DELETE_EDIT and new is None:
            return ((("removed", say["merge.joined" if joined else "merge.gone"]),),)
        if conflict.kind in {ConflictKind.MOVE_MOVE, ConflictKind.ORDER}:
            return ((("same", self._placed(conflict.kind, clean(str(new or "")), first=old is new)),),)
        found = value_paragraphs(old, new, conflict.where.field, say, self.same)
        if says_nothing(new):
            return (*found, (("soft", say["merge.nothing"]),))
        return found

    def _placed(self, kind: ConflictKind, value: str, *, first: bool) -> str:
        say = self._say
        quoted = say["merge.quoted"].format(value=value) if value else say["diff.top"]
        if kind is ConflictKind.MOVE_MOVE:
            return say["merge.in" if first else "merge.into"].format(value=quoted)
        return say["merge.behind"].format(value=quoted) if value else say["merge.first"]

    def _suggested(self, conflict: Conflict, voices: Sequence[Column]) -> Column | None:
        suggestion = conflict.suggestion
        if suggestion is None:
            return None
        say = self._say
        why = _rule_words(suggestion, say)
        if not suggestion.by:
            paragraphs = self._worded(conflict, conflict.base, suggestion.value, joined=False)
            return Column((), paragraphs, "suggested", why)
        views = contesting(conflict)
        view = next((one for one in views if suggestion.by in one.by), None)
        at = views.index(view) if view is not None else -1
        follow = say["merge.follow"].format(who=who_word(suggestion.by, say))
        paragraphs = voices[at].paragraphs if view is not None else ()
        return Column((follow,), paragraphs, "suggested", why)

    def now(
        self, conflict: Conflict, told: Sequence[Decision], base: Column
    ) -> tuple[tuple[Paragraph, ...], Column]:
        """What the merged plan has, where that is not the draft's value, and the draft's side.

        The contested words are marked in one of them.
        """
        value = told[0].new if told else conflict.base
        words = conflict.kind in {ConflictKind.TEXT, ConflictKind.HEADING}
        if not words or value == conflict.base or not isinstance(value, str):
            text = conflict.base if isinstance(conflict.base, str) else ""
            return (), evolve(base, paragraphs=contested(base.paragraphs, conflict.regions, text))
        found = value_paragraphs(conflict.base, value, conflict.where.field, self._say, self.same)
        return contested(found, conflict.regions, value), base

    def beside(self, conflict: Conflict) -> str:
        """Whose changes of the same text touch nothing that is contested; nothing where that is nobody."""
        heard = {name for voice in contesting(conflict) for name in voice.by}
        others = [who_word(name, self._say) for name in conflict.by if name not in heard]
        return self._say["merge.beside"].format(who="、".join(others)) if others else ""

    def regions(self, conflict: Conflict) -> Iterator[str]:
        """The contested words, each with what copies have there."""
        say = self._say
        roles = conflict.where.field == "assignments"
        for region in conflict.regions:
            voices = [self._voice(voice, roles=roles) for voice in region.voices]
            base = self._part(region.base, roles=roles)
            told = say["merge.region"].format(base=base, voices="，".join(voices))
            yield f"{clean(region.what)}{say.colon}{told}" if region.what else told

    def _voice(self, voice: Voice[str], *, roles: bool) -> str:
        who = "、".join([who_word(name, self._say) for name in voice.by])
        return self._say["merge.voice"].format(who=who, value=self._part(voice.value, roles=roles))

    def _part(self, text: str, *, roles: bool) -> str:
        say = self._say
        if roles:
            text = "、".join([say.table.get(f"holders.{role}", role) for role in text.split("、")])
        return say["merge.quoted"].format(value=clean(text)) if text else say["merge.nothing"]

    # A change that several made

    def sides(self, decision: Decision) -> Iterator[Column]:
        """What each copy has where several changed one field of a task, each in its way."""
        where, merge = decision.where, self._merge
        several = decision.action in {Action.COMBINED, Action.SETTLED, Action.RESOLVED} and where.field
        if (
            merge is None
            or not several
            or where.subject is not Subject.TASK
            or where.base_key is None
            or len(decision.by) < 2
        ):
            return
        views: list[tuple[object, list[str]]] = []
        for name in decision.by:
            value = self._value(merge, name, where.base_key, where.field)
            known = next((view for view in views if view[0] == value), None)
            if known is None:
                views.append((value, [name]))
            else:
                known[1].append(name)
        for value, names in views:
            paragraphs = value_paragraphs(decision.old, value, where.field, self._say, self.same)
            yield Column(tuple([who_word(name, self._say) for name in names]), paragraphs, names[0])

    def _value(self, merge: Merge, name: str, key: str, field: str) -> object:
        """What a copy has in a field of a task of the draft; of one that it split, all its words."""
        if name not in self._tasks:
            held = self._tasks[name] = {}
            for link in align_copy(merge.base, dict(merge.copies)[name]):
                held.setdefault(link.old.key or "", []).append(link.new)
        found = self._tasks[name].get(key, [])
        if field == "text" and len(found) > 1:
            return "".join([task.text for task in found])
        return getattr(found[0], field) if found else None


def _rule_words(suggestion: Suggestion, say: Words) -> str:
    return say.table.get(f"reasons.{suggestion.rule}", clean(suggestion.rule))
