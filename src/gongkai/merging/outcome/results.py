"""What a merge says: conflicts, and decisions."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import Final, Generic, TypeAlias, TypeVar, final

from attrs import field, frozen

from gongkai.comparing.diffing.changes import ChangeKind, Language, Subject, Value
from gongkai.errors import InvalidValue
from gongkai.model._display import Shown

__all__ = [
    "CONFLICT_KINDS",
    "Action",
    "Choice",
    "Conflict",
    "ConflictFacts",
    "ConflictKind",
    "Decision",
    "Region",
    "Suggestion",
    "Voice",
    "Where",
]


@unique
class ConflictKind(StrEnum):
    """What a conflict is about. The set is closed; :data:`CONFLICT_KINDS` tells the facts of each."""

    TEXT = "text"
    HEADING = "heading"
    DEPARTMENTS = "departments"
    DEADLINE = "deadline"
    COLUMN = "column"
    LABEL = "label"
    DELETE_EDIT = "delete-edit"
    MOVE_MOVE = "move-move"
    ORDER = "order"
    ADD_ADD = "add-add"
    PLAN = "plan"
    RECORD = "record"
    NOTICE = "notice"


@final
@frozen
class ConflictFacts:
    """What is known of a kind of conflict.

    Attributes:
        zh: its name in Chinese.
        en: its name in English.
        when: when it comes about, in English.
    """

    zh: str
    en: str
    when: str


#: Every kind of conflict, with its names and when it comes about.
CONFLICT_KINDS: Final[dict[ConflictKind, ConflictFacts]] = {
    ConflictKind.TEXT: ConflictFacts(
        "文字", "text", "copies reword the same words of a task or paragraph, or words that touch"
    ),
    ConflictKind.HEADING: ConflictFacts("章节标题", "heading", "copies reword the same words of a heading"),
    ConflictKind.DEPARTMENTS: ConflictFacts(
        "责任单位",
        "departments",
        "a department is given two roles, or dropped here and given another role there",
    ),
    ConflictKind.DEADLINE: ConflictFacts("完成时限", "deadline", "a deadline is set to different times"),
    ConflictKind.COLUMN: ConflictFacts(
        "其他栏目", "column", "the same cell of another column of a task table gets different words"
    ),
    ConflictKind.LABEL: ConflictFacts(
        "编号", "number", "a number is written in two new ways; that it counts on is no conflict"
    ),
    ConflictKind.DELETE_EDIT: ConflictFacts(
        "删改不一", "deleted and edited", "one deletes what another edits, moves, or adds something to"
    ),
    ConflictKind.MOVE_MOVE: ConflictFacts("移动", "moves", "the same block is moved to two places"),
    ConflictKind.ORDER: ConflictFacts(
        "次序", "order", "the same block is moved to two places of its section"
    ),
    ConflictKind.ADD_ADD: ConflictFacts(
        "重复新增", "added twice", "the same task is added with different fields"
    ),
    ConflictKind.PLAN: ConflictFacts("文件标题", "title, year or kind", "the plan's own fields differ"),
    ConflictKind.RECORD: ConflictFacts("文件信息", "record", "an entry of the record differs"),
    ConflictKind.NOTICE: ConflictFacts("印发通知", "notice", "a field of the covering notice differs"),
}

#: What a conflict can be resolved with: a copy's name, ``base``, ``suggested``, or the value itself.
Choice: TypeAlias = Value

V = TypeVar("V")


@final
@frozen
class Voice(Shown, Generic[V]):
    """What one or several copies would have.

    Attributes:
        by: the copies, as ``ours``, ``theirs``, or the names given to ``merge_all``.
        value: what they would have; None where they would have nothing.
    """

    by: tuple[str, ...]
    value: V


@final
@frozen
class Region(Shown):
    """The smallest thing that is contested: words of a text, one department, one deadline, one cell.

    Attributes:
        what: what it is about: a department's name, a column's; empty for words of a text.
        base: what the base has there, as text.
        voices: what the copies have there, as text.
        start: for words of a text, where they begin in the plan's text; None elsewhere.
    """

    what: str
    base: str
    voices: tuple[Voice[str], ...]
    start: int | None = None


@final
@frozen
class Suggestion(Shown):
    """How a conflict might be resolved.

    Attributes:
        value: the value that would stand in the plan; None where ``by`` tells whose view it is.
        by: the copy whose view it is; empty where it is none's alone.
        rule: why, as the name of a strategy.
    """

    value: Value = None
    by: str = ""
    rule: str = ""


@final
@frozen
class Where(Shown):
    """The place of a decision or conflict.

    Attributes:
        subject: what it is about: ``plan``, ``section``, ``task`` or ``paragraph``.
        field: the field, as ``text`` or ``record.issuer``; empty for the block itself and its place.
        key: the key of the section or task in the merged plan; None where it has none, or is not there.
        base_key: its key in the base; None where it was added.
        name: how a sentence calls it: number and first words.
        section: the headings above it, outermost first.
    """

    subject: Subject
    field: str = ""
    key: str | None = None
    base_key: str | None = None
    name: str = ""
    section: tuple[str, ...] = ()


@final
@frozen(repr=False)
class Conflict(Shown):
    """Something that copies contradict each other about: their views cannot all be had.

    The merged plan has the base's value there.

    Attributes:
        id: a name for it: the base's key and the field, as ``14.deadlines``; the same however often the same
            copies are merged, and in whatever order.
        kind: what it is about; see :class:`ConflictKind`.
        where: its place.
        base: the base's value; None where the base has none.
        voices: what the copies would have, each value once with all who want it.
        regions: what exactly is contested, where that is less than the whole field.
        suggestion: how it might be resolved, where there is a good guess.
    """

    id: str
    kind: ConflictKind = field(converter=ConflictKind)
    where: Where
    base: Value
    voices: tuple[Voice[Value], ...]
    regions: tuple[Region, ...] = ()
    suggestion: Suggestion | None = None

    @property
    def ours(self) -> Value:
        """What the copy ``ours`` would have; None where it would have nothing, or has no say."""
        return self.of("ours")

    @property
    def theirs(self) -> Value:
        """What the copy ``theirs`` would have; None where it would have nothing, or has no say."""
        return self.of("theirs")

    def of(self, name: str) -> Value:
        """Return what a copy would have; None where it would have nothing, or has no say."""
        return next((voice.value for voice in self.voices if name in voice.by), None)

    @property
    def by(self) -> tuple[str, ...]:
        """Everybody who has a say in it."""
        return tuple([name for voice in self.voices for name in voice.by])

    def label(self, language: Language = "zh") -> str:
        """Return the name of its kind in Chinese (``zh``) or English (``en``)."""
        facts = CONFLICT_KINDS[self.kind]
        return facts.en if language == "en" else facts.zh

    def explain(self, language: Language = "zh") -> str:
        """Say in one sentence who wants what, in Chinese (``zh``) or English (``en``).

        Raises:
            InvalidValue: another language was asked for.
        """
        from gongkai.merging.outcome.explaining import explain_conflict

        return explain_conflict(self, language)

    def __repr__(self) -> str:
        return f"<Conflict {self.id} {self.kind}: {' | '.join('、'.join(voice.by) for voice in self.voices)}>"


@unique
class Action(StrEnum):
    """What was done about a change."""

    APPLIED = "applied"
    """one copy, or several alike, made it, and nobody contradicts"""
    COMBINED = "combined"
    """copies changed different parts of one field, and all of it was made"""
    DERIVED = "derived"
    """a number that follows from the order of the merged plan"""
    SETTLED = "settled"
    """copies contradict each other, and a strategy decided"""
    RESOLVED = "resolved"
    """copies contradict each other, and whoever called ``resolve`` decided"""
    OVERRULED = "overruled"
    """not made, since another decision leaves no room for it"""
    OPEN = "open"
    """copies contradict each other, and nobody has decided: there is a conflict"""


@final
@frozen(repr=False)
class Decision(Shown):
    """What became of one change that copies made.

    Attributes:
        action: what was done about it; see :class:`Action`.
        change: what sort of change it is: ``reworded``, ``moved``, ``added`` and so on.
        where: its place.
        by: the copies that made it; empty for a number that nobody wrote.
        rule: why: the name of the rule or strategy that decided.
        old: the base's value; None where the base has none. For a task that was split off, the name of the
            one it came from.
        new: the value in the merged plan. For a task that was joined to another, the name of that one.
        conflict: the id of the conflict, where there is or was one; empty elsewhere.
    """

    action: Action = field(converter=Action)
    change: ChangeKind = field(converter=ChangeKind)
    where: Where
    by: tuple[str, ...] = ()
    rule: str = ""
    old: Value = None
    new: Value = None
    conflict: str = ""

    def explain(self, language: Language = "zh") -> str:
        """Say in one sentence what was done, in Chinese (``zh``) or English (``en``).

        Raises:
            InvalidValue: another language was asked for.
        """
        from gongkai.merging.outcome.explaining import explain_decision

        return explain_decision(self, language)

    def __repr__(self) -> str:
        place = self.where.base_key or self.where.key or self.where.subject.value
        what = ".".join(filter(None, (place, self.where.field)))
        return f"<Decision {self.action} {self.change} {what} by {'、'.join(self.by) or 'nobody'}>"


def check_language(owner: str, language: str) -> None:
    """Refuse another language than the two.

    Raises:
        InvalidValue: it is neither ``zh`` nor ``en``.
    """
    if language not in {"zh", "en"}:
        raise InvalidValue(owner, "language", language, "zh or en")
