"""What a merge shows, one line after the other, whatever it is drawn with: conflicts, then what was decided.

A conflict is a line with the draft's value and each view beside it. All that was decided about one block is
one line as well, so that a task stands in one place with everything that became of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, final

from attrs import frozen

from gongkai.comparing.diffing.kinds import KINDS, ChangeKind, Subject, Value
from gongkai.comparing.relations import Tell
from gongkai.merging import Action, Conflict, Decision, Merge, Where
from gongkai.model import Severity, Task
from gongkai.views._diff_text import Paragraph
from gongkai.views._merge_places import Places
from gongkai.views._merge_remarks import RemarkLine, Remarks
from gongkai.views._merge_values import field_words, value_paragraphs
from gongkai.views._merge_voices import Column, Teller, says_nothing, who_word
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "BlockLine",
    "ConflictLine",
    "Facet",
    "MergeLines",
    "Trail",
    "conflict_alone",
    "counts",
    "kind_counts",
    "merge_lines",
    "origin",
    "reason_words",
]

Trail: TypeAlias = tuple[str, ...]
"""The headings that a block stands below, the outermost first."""


@final
@frozen
class ConflictLine:
    """One conflict.

    Attributes:
        conflict: the conflict.
        number: which of them it is, from 1; 0 where it stands by itself.
        kind: what it is about, in words.
        name: what the block is called; of the document's own fields, the field.
        labels: its number in the draft, and in the merged plan where that is another.
        trail: the headings that it stands below.
        told: who wants what, as a sentence.
        base: what the draft has.
        voices: what copies would have, each view once; those alone who have a say in what is contested.
        suggestion: what might be done, where there is a good guess.
        value: what the merged plan has.
        now: the same with its marks; empty where that is the draft's value.
        contested: the contested words, where there are several.
        beside: whose changes of the same text are made, since they touch nothing that is contested.
        kinds: the kinds of the changes.
        remarks: comments on the same task.
    """

    conflict: Conflict
    number: int
    kind: str
    name: str
    labels: tuple[str, ...]
    trail: Trail
    told: str
    base: Column
    voices: tuple[Column, ...]
    suggestion: Column | None
    value: Value
    now: tuple[Paragraph, ...]
    contested: tuple[str, ...]
    beside: str
    kinds: tuple[ChangeKind, ...]
    remarks: tuple[RemarkLine, ...]

    @property
    def where(self) -> Where:
        """Its place."""
        return self.conflict.where


@final
@frozen
class Facet:
    """One decision about a block.

    Attributes:
        decision: the decision.
        kind: what sort of change it is, in words.
        origin: where it comes from; see :func:`origin`.
        origin_word: the same in words.
        paragraphs: what was and is, with marks.
        voices: what each copy has, where several changed one thing.
        by: the names of the copies.
        why: the rule, in words.
        quiet: whether it matters little, as a number that counts on.
    """

    decision: Decision
    kind: str
    origin: str
    origin_word: str
    paragraphs: tuple[Paragraph, ...]
    voices: tuple[Column, ...]
    by: tuple[str, ...]
    why: str
    quiet: bool


@final
@frozen
class BlockLine:
    """All that was decided about one block.

    Attributes:
        where: its place.
        labels: its number in the draft, and in the merged plan where that is another.
        name: what it is called; empty where its text is shown.
        facets: the decisions, those that matter first.
        remarks: comments on it.
    """

    where: Where
    labels: tuple[str, ...]
    name: str
    facets: tuple[Facet, ...]
    remarks: tuple[RemarkLine, ...]

    @property
    def quiet(self) -> bool:
        """Whether nothing of it matters much."""
        return all(facet.quiet for facet in self.facets) and not self.remarks

    @property
    def origins(self) -> tuple[str, ...]:
        """Where its decisions come from, those that matter first."""
        told = [facet.origin for facet in self.facets if self.quiet or not facet.quiet]
        return tuple(dict.fromkeys(told))


@final
@frozen
class MergeLines:
    """All lines of a merge.

    Attributes:
        conflicts: the open conflicts.
        groups: the lines of blocks by the headings that they stand below, in the order of the merged plan.
        remarks: comments that stand beside none of these.
    """

    conflicts: tuple[ConflictLine, ...]
    groups: tuple[tuple[Trail, tuple[BlockLine, ...]], ...]
    remarks: tuple[RemarkLine, ...]

    @property
    def blocks(self) -> tuple[BlockLine, ...]:
        """The lines of all blocks."""
        return tuple([line for _, lines in self.groups for line in lines])


def conflict_alone(conflict: Conflict, say: Words) -> ConflictLine:
    """Return the line of a conflict by itself: nothing is known of the merged plan, nor of comments."""
    teller = Teller(None, say)
    base, voices, suggestion = teller.columns(conflict, ())
    _, base = teller.now(conflict, (), base)
    where = conflict.where
    return ConflictLine(
        *(conflict, 0, conflict.label(say.language)),
        clean(where.name) or field_words(where.field, say),
        (),
        tuple(map(clean, where.section)),
        clean(conflict.explain(say.language)),
        base,
        voices,
        suggestion,
        None,
        (),
        tuple(teller.regions(conflict)) if len(conflict.regions) > 1 else (),
        teller.beside(conflict),
        (),
        (),
    )


def merge_lines(merge: Merge, say: Words) -> MergeLines:
    """Return all lines of a merge."""
    found = _Lines(merge, say)
    conflicts = tuple(found.conflicts())
    groups = tuple(found.groups())
    return MergeLines(conflicts, groups, found.remarks.left())


#: The origins of decisions in the order they are told in; those of single copies come behind the first.
_ORIGINS: Final = ("open", "agreed", "combined", "settled", "resolved", "overruled", "derived")


def origin(decision: Decision, names: Sequence[str]) -> str:
    """Where what was decided comes from.

    Of two copies a change that only one of them made has the copy's number (``from-0``), of more ``alone``;
    else ``agreed``, or what was done.
    """
    if decision.action is not Action.APPLIED:
        return decision.action.value
    if len(decision.by) == 1:
        return f"from-{names.index(decision.by[0])}" if len(names) <= 2 else "alone"
    return "agreed" if decision.by else "derived"


def counts(merge: Merge, say: Words) -> list[tuple[str, str, int]]:
    """The decisions by their origin: the origin, its word, how many; conflicts first, even where none is."""
    found = Counter(origin(decision, merge.names) for decision in merge.decisions)
    found["open"] = len(merge.conflicts)
    singles = [(f"from-{place}", name) for place, name in enumerate(merge.names)]
    words = {name: say[f"origins.{name}"] for name in (*_ORIGINS, "alone")}
    words |= {token: say["origins.of"].format(who=who_word(name, say)) for token, name in singles}
    order = [_ORIGINS[0], *[token for token, _ in singles], "alone", *_ORIGINS[1:]]
    return [(name, words[name], found[name]) for name in order if found[name] or name == "open"]


def kind_counts(merge: Merge, say: Words) -> list[tuple[str, str, int]]:
    """The decisions by the kind of change: the kind, its word, how many."""
    found = Counter(decision.change for decision in merge.decisions)
    return [(kind.value, _kind_word(kind, say), found[kind]) for kind in KINDS if found[kind]]


def _kind_word(kind: ChangeKind, say: Words) -> str:
    return KINDS[kind].en if say.language == "en" else KINDS[kind].zh


#: The names of rules that are no words of the table.
_RULES: Final[Mapping[str, str]] = {
    "dropped with its section": "dropped_with",
    "counted on": "counted",
    "follows the text": "follows",
    "holds what stays": "holds",
}


def reason_words(decision: Decision, say: Words) -> str:
    """Why something was decided so."""
    rule = decision.rule
    if decision.action is Action.COMBINED and rule != "joined":
        rule = "merge"
    elif decision.action in {Action.SETTLED, Action.RESOLVED} and rule in {"base", *decision.by}:
        return (
            say["merge.as_draft"] if rule == "base" else say["merge.follow"].format(who=who_word(rule, say))
        )
    if rule in _SAID:
        return ""
    name = f"reasons.{_RULES.get(rule, rule)}"
    if name in say.table:
        return say[name]
    return say["merge.rule"].format(rule=clean(rule)) if rule else ""


#: The names of rules that say no more than the kind of change.
_SAID: Final = frozenset({"added", "split off", "moved", "reordered"})


class _Lines:
    """The lines of one merge under way."""

    def __init__(self, merge: Merge, say: Words) -> None:
        self.merge = merge
        self.say = say
        self.teller = Teller(merge, say)
        self.places = Places(merge, say)
        self.remarks = Remarks(merge, say)
        self.same: Tell = self.teller.same

    # Conflicts

    def conflicts(self) -> Iterator[ConflictLine]:
        open_: dict[str, list[Decision]] = {}
        for decision in self.merge.decisions:
            if decision.action is Action.OPEN:
                open_.setdefault(decision.conflict, []).append(decision)
        for number, conflict in enumerate(self.merge.conflicts, 1):
            yield self._conflict(conflict, number, open_.get(conflict.id, []))

    def _conflict(self, conflict: Conflict, number: int, told: Sequence[Decision]) -> ConflictLine:
        say, where = self.say, conflict.where
        base, voices, suggestion = self.teller.columns(conflict, told)
        now, base = self.teller.now(conflict, told, base)
        return ConflictLine(
            *(conflict, number, conflict.label(say.language)),
            self.places.name(where) or field_words(where.field, say),
            self.places.labels(where),
            self.places.trail(where),
            clean(conflict.explain(say.language)),
            base,
            voices,
            suggestion,
            told[0].new if told else conflict.base,
            now,
            tuple(self.teller.regions(conflict)) if len(conflict.regions) > 1 else (),
            self.teller.beside(conflict),
            tuple(dict.fromkeys([decision.change for decision in told])),
            self.remarks.of(where.base_key),
        )

    # Decisions

    def groups(self) -> Iterator[tuple[Trail, tuple[BlockLine, ...]]]:
        held: dict[object, list[Decision]] = {}
        for decision in self.merge.decisions:
            if decision.action is not Action.OPEN:
                held.setdefault(_block(decision.where), []).append(decision)
        lines = sorted(
            [self._block_line(decisions) for decisions in held.values()],
            key=lambda line: self.places.order(line.where),
        )
        grouped: dict[Trail, list[BlockLine]] = {}
        for line in lines:
            grouped.setdefault(self.places.trail(line.where), []).append(line)
        yield from [(trail, tuple(lines)) for trail, lines in grouped.items()]

    def _block_line(self, decisions: Sequence[Decision]) -> BlockLine:
        where = decisions[0].where
        facets = sorted(map(self._facet, decisions), key=lambda facet: facet.quiet)
        whole = any(_shows_all(facet.decision) for facet in facets if not facet.quiet)
        return BlockLine(
            where,
            self.places.labels(where),
            "" if whole or where.subject is Subject.PLAN else self.places.name(where),
            tuple(facets),
            self.remarks.of(where.base_key),
        )

    def _facet(self, decision: Decision) -> Facet:
        say, field = self.say, decision.where.field
        kind = _kind_word(decision.change, say)
        if field not in _TOLD_BY_KIND:
            kind = f"{kind} · {field_words(field, say)}"
        found = origin(decision, self.merge.names)
        one = found.startswith("from-")
        word = say["origins.of"].format(who=who_word(decision.by[0], say)) if one else say[f"origins.{found}"]
        return Facet(
            *(decision, kind, found, word, self._paragraphs(decision)),
            tuple(self.teller.sides(decision)),
            tuple([who_word(name, say) for name in decision.by]),
            reason_words(decision, say),
            _is_quiet(decision),
        )

    def _paragraphs(self, decision: Decision) -> tuple[Paragraph, ...]:
        say, where = self.say, decision.where
        if decision.change is ChangeKind.MOVED:
            return self._move(decision)
        notes = [self.places.kin(where, decision.change)]
        if decision.old == decision.new and not says_nothing(decision.old):
            notes.append(say["merge.as_base"])
        told: list[Paragraph] = [(("soft", f"（{note}）"),) for note in notes if note]
        found = (*value_paragraphs(decision.old, decision.new, where.field, say, self.same), *told)
        return found or ((("soft", say["merge.nothing"]),),)

    def _move(self, decision: Decision) -> tuple[Paragraph, ...]:
        say = self.say
        old, new = (clean(str(value or "")) or say["diff.top"] for value in (decision.old, decision.new))
        if old == new:
            return ((("soft", say["diff.reordered"]),),)
        return ((("removed", old), ("soft", " → "), ("added", new)),)


def _is_quiet(decision: Decision) -> bool:
    """Whether a decision matters little: the number counts on, a deadline goes on with the year."""
    slight = KINDS[decision.change].severity is Severity.INFO and decision.change is not ChangeKind.REISSUED
    return slight and decision.action is not Action.OVERRULED


#: Fields of which the kind of change says all.
_TOLD_BY_KIND: Final = frozenset({"", "text", "heading", "label", "assignments", "deadlines"})


def _block(where: Where) -> object:
    """What makes the places of two decisions one block."""
    if where.subject is Subject.PLAN:
        return where.field
    return (where.subject, where.base_key, where.key, where.name, where.section)


def _shows_all(decision: Decision) -> bool:
    """Whether the text of the block stands in what is told of it."""
    return decision.where.field in {"text", "heading"} or isinstance(decision.old or decision.new, Task)
