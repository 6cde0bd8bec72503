"""From comments to copies: what is asked for exactly becomes a change, all else is kept beside the task."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, cast

import attrs

from gongkai.comparing.alignment.wording import folded
from gongkai.merging.comments.comments import Comment, Remark, RemarkKind
from gongkai.merging.matching.labels import number_of, parse_label, written
from gongkai.merging.matching.likeness import Words
from gongkai.model import Assignment, Paragraph, Plan, Role, Section, Stated, Task
from gongkai.model.keys import without_keys
from gongkai.reading import parse_deadline

__all__ = ["commented", "table"]

#: How alike a quotation and a proposal must be for the proposal to be other words for it.
_ALIKE: Final = 0.5
#: How alike a quotation and a text must be, where the text does not hold the quotation.
_QUOTED: Final = 0.6

_ROLES: Final = {"牵头": Role.LEAD, "责任": Role.RESPONSIBLE, "配合": Role.COOPERATE}


@cache
def table() -> dict[str, Any]:
    """The tables of ``comments.toml``."""
    text = files("gongkai.merging.comments").joinpath("comments.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class _Form(NamedTuple):
    does: str
    pattern: re.Pattern[str]


@cache
def _forms() -> tuple[_Form, ...]:
    words = _words()
    return tuple(_Form(row["does"], re.compile(row["pattern"].format(**words))) for row in table()["form"])


@cache
def _words() -> dict[str, str]:
    """The words of the patterns; one may stand in another."""
    words = cast("dict[str, str]", table()["words"])
    return {name: word.replace("{{", "{").replace("}}", "}") for name, word in words.items()}


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(table()["rest"]["pattern"].format())


@cache
def _declined() -> re.Pattern[str]:
    return re.compile(table()["status"]["declined"])


def commented(base: Plan, comments: Iterable[Comment]) -> tuple[list[tuple[str, Plan]], list[Remark]]:
    """Return a copy of the draft for each who commented, with what they ask for, and what became of each."""
    places = _Places(base)
    copies: dict[str, Plan] = {}
    remarks: list[Remark] = []
    for comment in comments:
        plan = copies.get(comment.who, base)
        remark, changed = _taken(base, plan, comment, places)
        remarks.append(remark)
        if changed != plan or comment.who in copies:
            copies[comment.who] = changed
    return [(who, _with_new_keys(plan)) for who, plan in copies.items()], remarks


def _with_new_keys(plan: Plan) -> Plan:
    """Return a plan with the keys that its numbers give, as if it had been read."""
    taken = frozenset([str(block.key) for block in plan.walk() if not isinstance(block, Paragraph)])
    return attrs.evolve(plan, content=[without_keys(block, taken) for block in plan.content])


def _taken(base: Plan, plan: Plan, comment: Comment, places: _Places) -> tuple[Remark, Plan]:
    """Return what becomes of a comment, and the copy with what it asks for."""
    if _declined().match(comment.status.strip()):
        return Remark(comment, RemarkKind.DECLINED, places.find(comment)), plan
    none = next(form for form in _forms() if form.does == "none")
    if none.pattern.fullmatch(comment.proposal) or not (comment.proposal.strip() or comment.reason.strip()):
        return Remark(comment, RemarkKind.AGREED, places.find(comment)), plan
    key = places.find(comment)
    if key is None:
        return Remark(comment, RemarkKind.UNPLACED), plan
    if key not in plan:
        return Remark(comment, RemarkKind.NOTE, key), plan
    editor = _Editor(plan, key, comment)
    editor.edit()
    if editor.plan == plan:
        return Remark(comment, RemarkKind.NOTE, key), plan
    return Remark(comment, RemarkKind.CHANGE, key, editor.rest), editor.plan


class _Places:
    """Finds the task that a comment is about."""

    def __init__(self, base: Plan) -> None:
        self.tasks = [task for task in base.all_tasks if task.text.strip()]
        self.keys = {str(task.key): str(task.key) for task in base.all_tasks}
        self.texts = {str(task.key): folded((task.label or "") + task.text) for task in self.tasks}
        self.words = {str(task.key): Words(task.text) for task in self.tasks}
        self.numbers: defaultdict[int, list[str]] = defaultdict(list)
        for task in base.tasks:
            number = number_of(task.label)
            if number is not None:
                self.numbers[number].append(str(task.key))

    def find(self, comment: Comment) -> str | None:
        """Return the key of the task; None where none is found, or several may be meant."""
        named = self._named(comment.task)
        quoted = self._quoted(comment.quote)
        both = [key for key in quoted if key in named]
        for found in (
            both,
            quoted,
            named,
            self._mentioned(comment.proposal),
            self._quoted(_quotation(comment)),
        ):
            if len(found) == 1:
                return found[0]
        return None

    def _named(self, task: str) -> list[str]:
        written_so = "".join(task.split())
        if written_so in self.keys:
            return [written_so]
        number = _number(written_so)
        return self.numbers.get(number, []) if number is not None else []

    def _mentioned(self, proposal: str) -> list[str]:
        found = re.findall(r"第\s*([0-9一二三四五六七八九十百]+)\s*(?:条|项|款|点)", proposal)
        numbers = {number_of(each) for each in found}
        number = next(iter(numbers)) if len(numbers) == 1 else None
        return self.numbers.get(number, []) if number is not None else []

    def _quoted(self, quote: str) -> list[str]:
        words = folded(quote)
        if not words:
            return []
        found = [key for key, text in self.texts.items() if words in text or text in words]
        if found:
            return found
        like = {key: one.like(Words(quote)) for key, one in self.words.items()}
        best = max(like.values(), default=0.0)
        return [key for key, score in like.items() if score == best] if best >= _QUOTED else []


def _number(text: str) -> int | None:
    """Return the number that a place is named by: 14, 14. , 第14条, 三（一）14."""
    numbers = re.findall(r"[0-9]+|[一二三四五六七八九十百]+", text)
    return number_of(numbers[-1]) if numbers else None


def _quotation(comment: Comment) -> str:
    """Return the words that a request quotes from the draft, where nothing else says where they stand."""
    for form in _forms():
        if form.does in {"replace", "after", "before", "cut"}:
            found = form.pattern.search(comment.proposal)
            if found is not None:
                return _group(found, "old")
    return ""


def _group(found: re.Match[str], name: str) -> str:
    """Return what a group of a pattern matched, in whichever of its places."""
    groups = found.groupdict()
    return str(groups.get(name) or groups.get(f"{name}2") or "").strip()


class _Editor:
    """Does to one task what a comment asks for."""

    def __init__(self, plan: Plan, key: str, comment: Comment) -> None:
        self.plan = plan
        self.key = key
        self.comment = comment
        self.rest = ""

    @property
    def task(self) -> Task:
        return cast(Task, self.plan[self.key])

    def edit(self) -> None:
        """Make all that is asked for exactly; ``rest`` is what is left."""
        comment = self.comment
        if self._by_field():
            return
        left = comment.proposal
        for form in _forms():
            if form.does == "none":
                continue
            kept = 0
            while (found := form.pattern.search(left, kept)) is not None:
                done = self.key in self.plan and self._do(form.does, found)
                kept = found.start() if done else found.end()
                if done:
                    left = left[: found.start()] + left[found.end() :]
                if found.start() == found.end():
                    break
        if left == comment.proposal:
            self._other_words(left)
            return
        self.rest = left.strip() if _filler().sub("", left) else ""

    def _by_field(self) -> bool:
        """Take the proposal for the value of the field that a column names."""
        names = cast("dict[str, list[str]]", table()["fields"])
        field = "".join(self.comment.field.split())
        does = next((name for name, words in names.items() if field and field in words), None)
        proposal = self.comment.proposal.strip().rstrip("。")
        if does is None or any(form.pattern.search(proposal) for form in _forms()[2:]):
            return False
        if does == "text":
            return self._reword(self.comment.quote or self.task.text, self.comment.proposal.strip())
        return self._set(does, proposal)

    def _other_words(self, proposal: str) -> None:
        """Take the proposal for other words of what is quoted."""
        quote, words = self.comment.quote.strip(), proposal.strip()
        if quote and Words(quote).like(Words(words)) >= _ALIKE:
            self._reword(_unlabelled(quote, self.task), _unlabelled(words, self.task))

    def _do(self, does: str, found: re.Match[str]) -> bool:
        old, new = _group(found, "old"), _group(found, "new")
        match does:
            case "drop":
                number = parse_label(self.task.label)
                if number is not None:
                    self.plan = _counted_on(self.plan, self.key, number.style, -1)
                self.plan = self.plan.without(self.key)
                return True
            case "new":
                self.plan = _with_new(self.plan, self.key, new)
                return True
            case "replace":
                return self._reword(old, new)
            case "after":
                return self._reword(old, old + new)
            case "before":
                return self._reword(old, new + old)
            case "cut":
                return self._reword(old, "")
            case "append":
                return self._append(new)
            case "rewrite":
                return self._reword(self.comment.quote.strip() or self.task.text, new)
            case "join" | "leave":
                return self._join(does, _group(found, "role"), new or old)
            case _:
                return self._set(does, new)

    def _reword(self, old: str, new: str) -> bool:
        """Put other words where the old ones stand; they have to stand there once."""
        text = self.task.text
        old, new = _unlabelled(old, self.task), _unlabelled(new, self.task)
        if text.count(old) != 1 or not old:
            return False
        changed = text.replace(old, new)
        if not changed.strip():
            return False
        self.plan = self.plan.with_changes(self.key, text=changed)
        return True

    def _append(self, new: str) -> bool:
        text = self.task.text
        ended = text.endswith(("。", "；", "！")) and not new.endswith(("。", "；", "！"))
        begun = new.startswith(("，", "、", "；"))
        joined = text[:-1] + new + text[-1] if ended and begun else text + new + ("。" if ended else "")
        self.plan = self.plan.with_changes(self.key, text=joined)
        return True

    def _set(self, does: str, value: str) -> bool:
        """Set the deadline, or who holds a role."""
        task = self.task
        if does == "deadlines":
            deadline = parse_deadline(value, year=self.plan.year)
            if deadline is None:
                return False
            said = [one for one in task.deadlines if one.stated is Stated.SENTENCE]
            apart = [one for one in task.deadlines if one.stated is not Stated.SENTENCE]
            new = attrs.evolve(deadline, stated=apart[0].stated if apart else Stated.CLAUSE, span=None)
            self.plan = self.plan.with_changes(self.key, deadlines=(new, *said))
            return True
        names = _names(value)
        if not names:
            return False
        role = Role(does)
        others = [one for one in task.assignments if one.role is not role]
        held = next((one for one in task.assignments if one.role is role), Assignment(role, ()))
        changed = attrs.evolve(held, departments=names)
        others = [kept for one in others if (kept := _without(one, names)) is not None]
        order = [changed, *others] if role is Role.LEAD else [*others, changed]
        self.plan = self.plan.with_changes(self.key, assignments=tuple(order))
        return True

    def _join(self, does: str, role: str, value: str) -> bool:
        """Let departments join or leave a role."""
        names, task = _names(value), self.task
        if not names:
            return False
        if does == "leave":
            known = {body.name for body in task.departments}
            if not set(names) <= known:
                return False
            kept = [
                left
                for one in task.assignments
                if (left := _without(one, names) if not role or one.role is _ROLES[role] else one) is not None
            ]
            self.plan = self.plan.with_changes(self.key, assignments=tuple(kept))
            return True
        wanted = _ROLES[role]
        made: list[Assignment] = []
        for one in task.assignments:
            if one.role is not wanted or not names:
                made.append(one)
                continue
            new = [name for name in names if name not in one.names]
            made.append(attrs.evolve(one, departments=(*one.departments, *new)))
            names = []
        if names:
            made.append(Assignment(wanted, names))
        self.plan = self.plan.with_changes(self.key, assignments=tuple(made))
        return True


def _without(assignment: Assignment, names: Sequence[str]) -> Assignment | None:
    """Return an assignment without some departments; None where nobody is left."""
    kept = [body for body in assignment.departments if body.name not in names]
    if not kept and assignment.departments:
        return None
    return (
        assignment if len(kept) == len(assignment.departments) else attrs.evolve(assignment, departments=kept)
    )


def _names(text: str) -> list[str]:
    return [name for name in re.split(r"[、,，\s]+", text.strip().removesuffix("等")) if name]


def _unlabelled(words: str, task: Task) -> str:
    """Return words without the task's number, and without a clause in brackets at the end."""
    words = words.strip()
    if task.label and words.startswith(task.label):
        words = words[len(task.label) :].strip()
    if words not in task.text:
        words = re.sub(r"[（(][^（()）]*(?:负责|牵头|责任单位|完成时限)[^（()）]*[）)]$", "", words)
    return words


def _with_new(plan: Plan, key: str, text: str) -> Plan:
    """Return a plan with one more task behind another, its number and those behind it counted on."""
    *above, task = plan.path(key)
    home = above[-1] if above else None
    if isinstance(home, Task):
        return _with_new(plan, str(home.key), text)
    around = home.content if isinstance(home, Section) else plan.content
    at = next(place for place, block in enumerate(around) if block is task) + 1
    label = task.label
    number = parse_label(label)
    new = Task(text, label=None if number is None else written(number.style, number.value + 1))
    if number is not None:
        plan = _counted_on(plan, key, number.style, 1)
    return plan.inserted(new, into=None if home is None else home.key, at=at)


def _counted_on(plan: Plan, key: str, style: tuple[str, str, str], step: int) -> Plan:
    """Return a plan in which the numbers that go on from a task's are so much higher."""
    last: int | None = None
    for task in plan.tasks:
        number = parse_label(task.label)
        if task.key == key and number is not None:
            last = number.value
        elif last is not None and number is not None and number.style == style:
            if number.value != last + 1:
                break
            last = number.value
            plan = plan.with_changes(str(task.key), label=written(style, last + step))
    return plan
