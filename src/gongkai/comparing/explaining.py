"""One sentence for each change, in Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Final, Literal, cast

from gongkai.comparing.changes import Change, ChangeKind, Language, Subject
from gongkai.comparing.redlining import redline
from gongkai.comparing.relations import Reassignment, compare_assignments, one_body, told_bodies
from gongkai.comparing.wording import folded
from gongkai.errors import InvalidValue
from gongkai.model import Assignment, Deadline, Notice, Paragraph

__all__ = ["explain"]


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    """The tables of words: by language, then by what they are for."""
    text = resources.files("gongkai.comparing").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


#: How many edits of a text a sentence quotes, how long each may be, and from which share on it is a new text.
_QUOTED: Final = 2
_LONGEST: Final = 30
_REWRITTEN: Final = 0.7


def explain(change: Change, language: Language = "zh") -> str:
    """Say what changed in one sentence; see :meth:`Change.explain`."""
    if language not in _words():
        raise InvalidValue("Change.explain", "language", language, "zh or en")
    return _Teller(change, language).sentence()


class _Teller:
    """Tells one change in one language."""

    def __init__(self, change: Change, language: Language) -> None:
        self.change = change
        self.chinese = language == "zh"
        self.words = _words()[language]
        self.phrases = self.words["phrases"]

    def sentence(self) -> str:
        name, words = self._told()
        change = self.change
        filled = {
            "subject": self.words["subjects"][change.subject],
            "field": self._field(),
            "it": change.new_name or change.old_name,
            "was": change.old_name or change.new_name,
            "of": self._owner(),
            **words,
        }
        text = self.words["sentences"][name].format(**filled)
        return text[0].upper() + text[1:]

    def _told(self) -> tuple[str, dict[str, str]]:
        """Return the name of the sentence and the words that fill it."""
        change = self.change
        match change.kind:
            case ChangeKind.MOVED:
                return self._moved()
            case ChangeKind.REWORDED:
                detail = self._edits(str(change.old), str(change.new))
                return ("reworded", {"detail": detail}) if detail else ("rewritten", {})
            case ChangeKind.REASSIGNED | ChangeKind.RENAMED:
                return change.kind.value, {"detail": self._departments()}
            case ChangeKind.RESTATED if self._like():
                return "like", {"detail": self._departments()}
            case ChangeKind.RESCHEDULED:
                return self._rescheduled()
            case ChangeKind.RENUMBERED:
                told = (
                    "numbered" if change.old is None else "unnumbered" if change.new is None else "renumbered"
                )
                return told, self._both()
            case ChangeKind.AMENDED | ChangeKind.REISSUED:
                return self._amended()
            case ChangeKind.CARRIED:
                return self._carried()
            case _:
                return change.kind.value, {}

    def _field(self) -> str:
        return self.words["fields"].get(self.change.field, self.change.field)

    def _owner(self) -> str:
        if self.change.subject is Subject.PLAN:
            return ""
        return self.phrases["of"].format(it=self.change.new_name)

    def _both(self) -> dict[str, str]:
        return {"old": self._shown(self.change.old), "new": self._shown(self.change.new)}

    def _shown(self, value: object) -> str:
        if value is None or value in {"", ()}:
            return self.phrases["none"]
        return _cut(self._plain(value))

    def _plain(self, value: object) -> str:
        if isinstance(value, tuple):
            items = cast("tuple[object, ...]", value)
            return self.phrases["names"].join([self._plain(item) for item in items])
        if isinstance(value, (Deadline, Paragraph)):
            return value.text
        if isinstance(value, Assignment):
            return self.words["roles"][value.role] + self.phrases["names"].join(value.names)
        if isinstance(value, date) and self.chinese:
            return f"{value.year}年{value.month}月{value.day}日"
        return value.title if isinstance(value, Notice) else str(value)

    def _moved(self) -> tuple[str, dict[str, str]]:
        change = self.change
        old, new = (self._place(str(value)) for value in (change.old, change.new))
        within = change.old_path is not None and change.new_path is not None and old == new
        return ("reordered" if within else "moved"), {"old": old, "new": new}

    def _place(self, name: str) -> str:
        return self.phrases["place"].format(name=name) if name else self.phrases["top"]

    def _edits(self, old: str, new: str) -> str:
        """Quote the first edits of a text; nothing where it is mostly another text."""
        runs = [run for run in redline(old, new) if run[0] == "same" or run[1].strip()]
        kept = sum(len(text) for tag, text in runs if tag == "same")
        if not kept or 1 - kept / max(len(old), len(new)) > _REWRITTEN:
            return ""
        edits = [edit for edit in _pairs(runs) if folded(edit[0]) != folded(edit[1])] or list(_pairs(runs))
        told = [self._edit(*edit) for edit in edits[:_QUOTED]]
        more = self.phrases["more"].format(count=len(edits)) if len(edits) > _QUOTED else ""
        return self.phrases["join"].join(told) + more

    def _edit(self, old: str, new: str) -> str:
        name = "replaced" if old and new else "added" if new else "removed"
        return self.phrases[name].format(old=_cut(old), new=_cut(new))

    def _departments(self) -> str:
        change = self.change
        old, new = (cast("tuple[Assignment, ...]", value) for value in (change.old, change.new))
        same = one_body if change.bodies is None else told_bodies(change.bodies)
        told = [phrase for entry in compare_assignments(old, new, same) for phrase in self._role(entry)]
        return self.phrases["join"].join(told)

    def _like(self) -> bool:
        return any(how == "counterpart" for _, _, how in self.change.bodies or ())

    def _role(self, entry: Reassignment) -> Iterable[str]:
        role = self.words["roles"][entry.role]
        for name, how in (("is now", "renamed"), ("is like", "counterpart")):
            for old, new, found in entry.related:
                if found == how:
                    yield self.phrases[name].format(old=old.name, new=new.name)
        dropped, added = (self._names([body.name for body in side]) for side in (entry.dropped, entry.added))
        if dropped and added and len(entry.dropped) == len(entry.added) == 1:
            yield self.phrases["turns"].format(role=role, old=dropped, new=added)
        else:
            if added:
                yield self.phrases["joins"].format(role=role, new=added)
            if dropped:
                yield self.phrases["leaves"].format(role=role, old=dropped)
        for flag, now in entry.flags:
            yield self.phrases[flag if now else f"not {flag}"].format(role=role)

    def _names(self, names: Sequence[str]) -> str:
        return self.phrases["names"].join(names)

    def _rescheduled(self) -> tuple[str, dict[str, str]]:
        old, new = (cast("tuple[Deadline, ...]", value) for value in (self.change.old, self.change.new))
        if not old or not new:
            return ("scheduled" if new else "unscheduled"), self._both()
        left, right = [item for item in old if item not in new], [item for item in new if item not in old]
        if left and right:
            old, new = tuple(left), tuple(right)
        before, after = (side[0].due if len(side) == 1 else None for side in (old, new))
        detail = ""
        # In two plans of different years, which is the later one is a matter of opinion.
        if before is not None and after is not None and before != after and before.year == after.year:
            detail = self.phrases["later" if after > before else "earlier"]
        return "rescheduled", {"old": self._shown(old), "new": self._shown(new), "detail": detail}

    def _amended(self) -> tuple[str, dict[str, str]]:
        old, new = self.change.old, self.change.new
        if old is None or old == ():
            return "gained", self._both()
        if new is None or new == ():
            return "lost", self._both()
        before, after = self._plain(old), self._plain(new)
        detail = self._edits(before, after) if max(len(before), len(after)) > _LONGEST else ""
        return ("changed", {"detail": detail}) if detail else ("amended", self._both())

    def _carried(self) -> tuple[str, dict[str, str]]:
        before, after = self._plain(self.change.old), self._plain(self.change.new)
        return "carried", {"detail": self._edits(before, after) or self._edit(before, after)}


def _pairs(runs: Iterable[tuple[Literal["same", "removed", "added"], str]]) -> Iterable[tuple[str, str]]:
    """Yield what was removed and what was added, place by place."""
    old = new = ""
    for tag, text in runs:
        if tag == "removed":
            old = text
        elif tag == "added":
            new = text
        elif old or new:
            yield old, new
            old = new = ""
    if old or new:
        yield old, new


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
