"""Conflicts and decisions as sentences, in Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final, cast

from gongkai.comparing.diffing.changes import Change
from gongkai.comparing.diffing.kinds import ChangeKind, Language, Subject, Value
from gongkai.comparing.diffing.tree import FIELDS, SUBJECTS
from gongkai.merging.outcome.results import Action, Conflict, ConflictKind, Decision, Voice, check_language
from gongkai.model import Assignment, Deadline, Notice, Section, Task
from gongkai.model.words import terms

__all__ = ["explain_conflict", "explain_decision"]

#: How much of a value a sentence quotes.
_LONGEST: Final = 30

_Table = Mapping[str, Mapping[str, str]]


@cache
def _words(language: Language) -> _Table:
    text = files("gongkai.merging.outcome").joinpath("words.toml").read_text(encoding="utf-8")
    words = cast("dict[str, dict[str, dict[str, str]]]", tomllib.loads(text))[language]
    model = terms(language)
    notice = model["fields"]["notice"]
    fields = dict(model["fields"])
    fields |= {f"record.{name}": word for name, word in model["record"].items()}
    fields |= {f"notice.{name}": f"{notice}{word}" for name, word in model["notice"].items()}
    if language == "en":
        fields |= {f"notice.{name}": f"{word} of the notice" for name, word in model["notice"].items()}
    return {**words, "fields": fields, "roles": model["holders"]}


def explain_conflict(conflict: Conflict, language: Language) -> str:
    """Say who wants what; see :meth:`Conflict.explain`."""
    check_language("Conflict.explain", language)
    return _Teller(language).conflict(conflict)


def explain_decision(decision: Decision, language: Language) -> str:
    """Say what was done; see :meth:`Decision.explain`."""
    check_language("Decision.explain", language)
    return _Teller(language).decision(decision)


class _Teller:
    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.words = _words(language)
        self.phrases = self.words["phrases"]

    def conflict(self, conflict: Conflict) -> str:
        match conflict.kind:
            case ConflictKind.DELETE_EDIT:
                return self._deleted(conflict)
            case ConflictKind.MOVE_MOVE:
                told = [
                    self._place("within" if voice.value == conflict.base else "into", voice)
                    for voice in conflict.voices
                ]
                base = self._called(conflict.base) or self.phrases["top"]
                return self._sentence("move", conflict, voices=self.phrases["join"].join(told), base=base)
            case ConflictKind.ORDER:
                told = [self._place("behind" if voice.value else "first", voice) for voice in conflict.voices]
                was = "was-behind" if conflict.base else "was-first"
                base = self.phrases[was].format(value=self._called(conflict.base))
                return self._sentence("order", conflict, voices=self.phrases["join"].join(told), base=base)
            case _:
                return self._field(conflict)

    def _deleted(self, conflict: Conflict) -> str:
        gone = [name for voice in conflict.voices if voice.value is None for name in voice.by]
        kept = [name for voice in conflict.voices if voice.value is not None for name in voice.by]
        if not gone:
            told = [self._place("into", voice) for voice in conflict.voices]
            return self._sentence("joined-twice", conflict, voices=self.phrases["join"].join(told))
        values = [voice.value for voice in conflict.voices if voice.value is not None]
        fields = self.phrases["and"].join(self._changed(conflict.base, values))
        name = "delete-fields" if fields else "delete"
        return self._sentence(name, conflict, gone=self._names(gone), kept=self._names(kept), fields=fields)

    def _changed(self, base: Value, values: Iterable[Value]) -> list[str]:
        """Return what the fields are called in which blocks are other than the draft's."""
        blocks = [value for value in values if type(value) is type(base)]
        names = FIELDS[SUBJECTS[type(base)]] if type(base) in SUBJECTS else ()
        return [
            self.words["fields"].get(name, name)
            for name in names
            if name != "label" and any(getattr(block, name) != getattr(base, name) for block in blocks)
        ]

    def _field(self, conflict: Conflict) -> str:
        regions = conflict.regions
        what, base = "", self._value(conflict.base)
        voices: Iterable[Voice[str]] = [
            Voice(voice.by, self._value(voice.value)) for voice in conflict.voices
        ]
        if regions:
            first = regions[0]
            what = first.what
            roles = conflict.where.field == "assignments"
            base = self._part(first.base, roles=roles)
            voices = [Voice(voice.by, self._part(voice.value, roles=roles)) for voice in first.voices]
        nothing = self.phrases["nothing"]
        told = [
            self.phrases["dropped" if voice.value == nothing != base else "voice"].format(
                who=self._names(voice.by), value=voice.value
            )
            for voice in voices
        ]
        more = self.phrases["places"].format(count=len(regions)) if len(regions) > 1 else ""
        own = conflict.where.subject is Subject.PLAN
        name = ("own-part" if own else "part") if what else ("own" if own else "field")
        voiced = self.phrases["join"].join(told)
        return self._sentence(name, conflict, what=what, voices=voiced, base=base + more)

    def _sentence(self, name: str, conflict: Conflict, **facts: str) -> str:
        field = self.words["fields"].get(conflict.where.field, conflict.where.field)
        text = self.words["sentences"][name].format(it=conflict.where.name, field=field, **facts)
        return text[0].upper() + text[1:]

    def _names(self, names: Iterable[str]) -> str:
        called = [self.words["names"].get(name, name) for name in names]
        return self.phrases["and"].join(called) or self.phrases["nobody"]

    def _place(self, name: str, voice: Voice[Value]) -> str:
        value = self._called(voice.value) or self.phrases["top"]
        return self.phrases[name].format(who=self._names(voice.by), value=value)

    def _called(self, value: Value) -> str:
        text = value if isinstance(value, str) else self._plain(value)
        return self.phrases["quoted"].format(value=text) if text else ""

    def _part(self, text: str, *, roles: bool) -> str:
        if roles:
            text = "、".join([self.words["roles"].get(role, role) for role in text.split("、")])
        return self.phrases["quoted"].format(value=_cut(text)) if text else self.phrases["nothing"]

    def _value(self, value: Value) -> str:
        if value is None or value in {"", ()}:
            return self.phrases["nothing"]
        return self.phrases["quoted"].format(value=_cut(self._plain(value)))

    def _plain(self, value: object) -> str:
        if isinstance(value, tuple):
            return "、".join([self._plain(item) for item in cast("tuple[object, ...]", value)])
        if isinstance(value, Assignment):
            return self.words["roles"][value.role] + "、".join(value.names)
        if isinstance(value, date) and self.language == "zh":
            return f"{value.year}年{value.month}月{value.day}日"
        if isinstance(value, (Section, Notice)):
            return value.heading if isinstance(value, Section) else value.title
        return value.text if isinstance(value, (Task, Deadline)) else str(value)

    def decision(self, decision: Decision) -> str:
        where = decision.where
        place = () if where.subject is Subject.PLAN else (0,)
        old, new = decision.old, decision.new
        split = decision.change is ChangeKind.SPLIT
        change = Change(
            *(decision.change, where.subject),
            field=where.field,
            old=old,
            new=new,
            old_path=None if split or decision.change is ChangeKind.ADDED else place,
            new_path=None if decision.change in {ChangeKind.REMOVED, ChangeKind.MERGED} else place,
            old_name=old if split and isinstance(old, str) else where.name,
            new_name=new if decision.change is ChangeKind.MERGED and isinstance(new, str) else where.name,
        )
        kept = self._kept(decision)
        told = kept or change.explain(self.language).rstrip("。.")
        name = "open-rest" if decision.action is Action.OPEN and not kept else decision.action
        action = self.words["actions"][name].format(rule=decision.rule)
        name = "conflicted" if decision.conflict else "decision"
        facts = {"told": told, "who": self._names(decision.by), "action": action}
        return self.words["sentences"][name].format(**facts, conflict=decision.conflict)

    def _kept(self, decision: Decision) -> str:
        """Say that the draft's value stands; nothing where another does."""
        where = decision.where
        same = decision.old == decision.new
        if decision.action is Action.OPEN:
            stands = same or decision.new is None
        else:
            stands = same and decision.old is not None and decision.change is not ChangeKind.MOVED
        if not stands:
            return ""
        field = self.words["fields"].get(where.field, where.field)
        name = "kept-own" if where.subject is Subject.PLAN else "kept-field" if field else "kept"
        text = self.phrases[name].format(it=where.name, field=field)
        return text[0].upper() + text[1:]


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
