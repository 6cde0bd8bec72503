"""One sentence for each change, in Chinese and English, plain or marked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Final, cast, get_args

from gongkai.comparing.alignment.wording import folded
from gongkai.comparing.diffing.changes import Change
from gongkai.comparing.diffing.kinds import ChangeKind, Style, Subject
from gongkai.comparing.diffing.marking import Marks, PlainMarks
from gongkai.comparing.diffing.reassigning import DepartmentChange, DepartmentChangeKind
from gongkai.comparing.diffing.redlining import Run, redline
from gongkai.comparing.diffing.rescheduling import DeadlineChange, DeadlineChangeKind
from gongkai.errors import InvalidValue
from gongkai.model import Assignment, Deadline, Department, Notice, Paragraph, Task
from gongkai.model.words import terms

__all__ = ["explain"]


@cache
def _words() -> dict[str, dict[str, Mapping[str, str]]]:
    """The tables of words: by language, then by what they are for."""
    text = resources.files("gongkai.comparing.diffing").joinpath("words.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, Mapping[str, str]]] = tomllib.loads(text)
    for language, table in tables.items():
        model = terms(language)
        notice = table["phrases"]["notice field"]
        fields = dict(model["fields"])
        fields |= {f"record.{name}": word for name, word in model["record"].items()}
        fields |= {f"notice.{name}": notice.format(field=word) for name, word in model["notice"].items()}
        table |= {"subjects": model["subjects"], "roles": model["holders"], "fields": fields}
    return tables


#: How many edits of a text a sentence quotes, how long each may be, and from which share on it is a new text.
_QUOTED: Final = 2
_LONGEST: Final = 30
_REWRITTEN: Final = 0.7

#: How many characters stand around a marked edit.
_AROUND: Final = 12


def explain(change: Change, style: Style = "zh") -> str:
    """Say what changed in one sentence; see :meth:`Change.explain`."""
    if style not in get_args(Style):
        raise InvalidValue("Change.explain", "style", style, "zh, en or markdown")
    return _Teller(change, style).sentence()


class _Teller:
    """Tells one change in one style."""

    def __init__(self, change: Change, style: Style) -> None:
        self.change = change
        self.chinese = style != "en"
        self.marks = Marks() if style == "markdown" else PlainMarks()
        self.marked = style == "markdown"
        self.words = _words()["zh" if self.chinese else "en"]
        self.phrases = self.words["phrases"]

    def sentence(self) -> str:
        name, words = self._told()
        change, text = self.change, self.marks.text
        filled = {
            "subject": self.words["subjects"][change.subject],
            "field": self._field(),
            "it": text(change.new_name or change.old_name),
            "was": text(change.old_name or change.new_name),
            "of": self._owner(),
            **words,
        }
        sentence = self.words["sentences"][name].format(**filled)
        return sentence[0].upper() + sentence[1:]

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
            case ChangeKind.ADDED | ChangeKind.REMOVED if _holds_others(change.old or change.new):
                return ("grouped" if change.old is None else "ungrouped"), {}
            case ChangeKind.RENUMBERED:
                told = (
                    "numbered" if change.old is None else "unnumbered" if change.new is None else "renumbered"
                )
                return told, self._both()
            case ChangeKind.AMENDED | ChangeKind.REISSUED:
                return self._amended()
            case ChangeKind.CARRIED | ChangeKind.SHARED:
                return self._went_along()
            case _:
                return change.kind.value, {}

    def _field(self) -> str:
        return self.words["fields"].get(self.change.field, self.marks.text(self.change.field))

    def _owner(self) -> str:
        if self.change.subject is Subject.PLAN:
            return ""
        return self.phrases["of"].format(it=self.marks.text(self.change.new_name))

    def _both(self) -> dict[str, str]:
        return {"old": self._shown(self.change.old, old=True), "new": self._shown(self.change.new)}

    def _shown(self, value: object, *, old: bool = False) -> str:
        if value is None or value in {"", ()}:
            return self.phrases["none"]
        text = _cut(self._plain(value))
        return self.marks.gone(text) if old else self.marks.new(text)

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

    # Places

    def _moved(self) -> tuple[str, dict[str, str]]:
        change = self.change
        old, new = str(change.old or ""), str(change.new or "")
        within = change.old_path is not None and change.new_path is not None and old == new
        if within:
            return "reordered", {"old": self._place(old), "new": self._place(new)}
        return "moved", {"old": self._place(self.marks.gone(old)), "new": self._place(self.marks.new(new))}

    def _place(self, name: str) -> str:
        return self.phrases["place"].format(name=name) if name else self.phrases["top"]

    # Texts

    def _edits(self, old: str, new: str) -> str:
        """Tell the edits of a text, only the first where they are quoted; nothing where it is another."""
        runs = [run for run in redline(old, new) if run[0] == "same" or run[1].strip()]
        kept = sum(len(text) for tag, text in runs if tag == "same")
        if not kept or 1 - kept / max(len(old), len(new)) > _REWRITTEN:
            return ""
        if self.marked:
            return self._in_context(runs)
        edits = [edit for edit in _pairs(runs) if folded(edit[0]) != folded(edit[1])] or list(_pairs(runs))
        told = [self._edit(*edit) for edit in edits[:_QUOTED]]
        more = self.phrases["more"].format(count=len(edits)) if len(edits) > _QUOTED else ""
        return self.phrases["join"].join(told) + more

    def _edit(self, old: str, new: str) -> str:
        name = "replaced" if old and new else "added" if new else "removed"
        return self.phrases[name].format(old=self.marks.gone(_cut(old)), new=self.marks.new(_cut(new)))

    def _in_context(self, runs: Sequence[Run]) -> str:
        """Return the text with its edits marked, and with the few words that stand around each."""
        told: list[str] = []
        runs = _alike(runs)
        for place, (tag, run) in enumerate(runs):
            text = " ".join(run.split())
            if tag == "removed":
                told.append(self.marks.gone(text))
            elif tag == "added":
                told.append(self.marks.new(text))
            else:
                told.append(self.marks.text(_around(text, first=not place, last=place == len(runs) - 1)))
        return self.phrases["quoted"].format(text="".join(told))

    # Departments

    def _departments(self) -> str:
        told = [
            phrase
            for _, group in groupby(self.change.departments, key=lambda each: (each.role, each.kind))
            for phrase in self._of_one_kind(list(group))
        ]
        return self.phrases["join"].join(told)

    def _like(self) -> bool:
        return any(how == "counterpart" for _, _, how in self.change.bodies or ())

    def _of_one_kind(self, group: Sequence[DepartmentChange]) -> Iterator[str]:
        """Tell what became of the departments of one role in the same way."""
        kind = group[0].kind
        if kind in {DepartmentChangeKind.ADDED, DepartmentChangeKind.DROPPED}:
            yield self._of_departments(
                kind,
                group[0],
                self._names([each.old for each in group]),
                self._names([each.new for each in group]),
            )
            return
        for each in group:
            if kind is not DepartmentChangeKind.SAME:
                yield self._of_departments(kind, each, self._names([each.old]), self._names([each.new]))

    def _of_departments(
        self, kind: DepartmentChangeKind, change: DepartmentChange, old: str, new: str
    ) -> str:
        roles = self.words["roles"]
        was = roles[change.old_role or change.role]
        phrase = self.phrases[f"department {kind}"]
        return phrase.format(
            old=self.marks.gone(old),
            new=self.marks.new(new),
            it=self.marks.text(old if old == new else f"{old} → {new}"),
            role=roles[change.role],
            was=self.marks.gone(was),
            now=self.marks.new(roles[change.role]),
        )

    def _names(self, bodies: Sequence[Department | None]) -> str:
        return self.phrases["names"].join([body.name for body in bodies if body is not None])

    # Times

    def _rescheduled(self) -> tuple[str, dict[str, str]]:
        changes = [each for each in self.change.deadlines if each.kind is not DeadlineChangeKind.CARRIED]
        if not changes:  # one that somebody else made, of what goes on with the plan's year
            return "rescheduled", {**self._both(), "detail": ""}
        before = tuple([each.old for each in changes if each.old is not None])
        after = tuple([each.new for each in changes if each.new is not None])
        sides = {"old": self._shown(before, old=True), "new": self._shown(after)}
        if not before:
            return "scheduled", sides
        if not after:
            return ("less scheduled" if self.change.new else "unscheduled"), sides
        return "rescheduled", {**sides, "detail": self._direction(changes)}

    def _direction(self, changes: Sequence[DeadlineChange]) -> str:
        """Say whether it is later or earlier, where that is said of all."""
        kinds = {each.kind for each in changes}
        if len(kinds) > 1 or not kinds <= {DeadlineChangeKind.LATER, DeadlineChangeKind.EARLIER}:
            return ""
        years = self.change.years
        name = "in its year " if years is not None and years[0] != years[1] else ""
        return self.phrases[name + changes[0].kind.value]

    # Other fields

    def _amended(self) -> tuple[str, dict[str, str]]:
        old, new = self.change.old, self.change.new
        if old is None or old == ():
            return "gained", self._both()
        if new is None or new == ():
            return "lost", self._both()
        before, after = self._plain(old), self._plain(new)
        detail = self._edits(before, after) if max(len(before), len(after)) > _LONGEST else ""
        return ("changed", {"detail": detail}) if detail else ("amended", self._both())

    def _went_along(self) -> tuple[str, dict[str, str]]:
        before, after = self._plain(self.change.old), self._plain(self.change.new)
        return self.change.kind.value, {"detail": self._edits(before, after) or self._edit(before, after)}


def _holds_others(block: object) -> bool:
    """Tell whether a task says nothing itself: its parts, which have changes of their own, say it all."""
    if not isinstance(block, Task):
        return False
    return not (block.text.strip() or block.assignments or block.deadlines or block.extras)


def _alike(runs: Sequence[Run]) -> list[Run]:
    """Take what stands there in another width only as unchanged, where other words changed as well."""
    found: list[Run] = []
    for tag, text in runs:
        if tag == "added" and found and found[-1][0] == "removed" and folded(found[-1][1]) == folded(text):
            found.pop()
            tag = "same"  # noqa: PLW2901
        if tag == "same" and found and found[-1][0] == "same":
            text = found.pop()[1] + text  # noqa: PLW2901
        found.append((tag, text))
    return found if any(tag != "same" for tag, _ in found) else list(runs)


def _around(text: str, *, first: bool, last: bool) -> str:
    """Cut what stands between two edits, before the first or after the last, to the words beside them."""
    if first:
        return text if len(text) <= _AROUND else "…" + text[-_AROUND:]
    if last:
        return text if len(text) <= _AROUND else text[:_AROUND] + "…"
    return text if len(text) <= 2 * _AROUND else f"{text[:_AROUND]}…{text[-_AROUND:]}"


def _pairs(runs: Iterable[Run]) -> Iterable[tuple[str, str]]:
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
