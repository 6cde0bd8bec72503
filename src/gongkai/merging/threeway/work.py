"""A merge under way: every block through the base and the copies, and what was found about it so far."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import cast

from gongkai.comparing.alignment.wording import folded
from gongkai.comparing.diffing.changes import ChangeKind, Subject, Value
from gongkai.comparing.diffing.tree import FIELDS, Node, Tree
from gongkai.comparing.relations import Tell
from gongkai.merging.matching.pairing import Pairing
from gongkai.merging.outcome.results import Action, Choice, ConflictKind, Region, Suggestion, Voice
from gongkai.merging.values.contests import Contest, Merger, Strategy, Verdict, follow_wholly
from gongkai.merging.values.mergers import merge_values
from gongkai.merging.values.strategies import strategy_for
from gongkai.model import Block, Section, Task

__all__ = ["Found", "Settings", "Strand", "Told", "Work"]


class Strand:
    """One block: what it is in the base, and what became of it in each copy.

    Attributes:
        base: its node in the base; None where it was added.
        nodes: its node in each copy that has it, by the copy's number.
        joined: the strand that took it over, in each copy that joined it into another.
        pieces: the strands that a copy split it into, in the order of its words, itself among them.
        alive: whether it is in the merged plan.
        home: what it stands in, in the merged plan.
        below: what stands in it, in the merged plan, in order.
        fields: the values that differ from those of ``node``.
        replaced: the block that is put in its place as it is.
        key: its key in the merged plan.
    """

    __slots__ = (
        *("alive", "base", "below", "fields", "home", "joined", "key", "nodes", "pieces"),
        "replaced",
    )

    def __init__(self, base: Node | None) -> None:
        self.base = base
        self.nodes: dict[int, Node] = {}
        self.joined: dict[int, Strand] = {}
        self.pieces: dict[int, list[Strand]] = {}
        self.alive = True
        self.home: Strand | None = None
        self.below: list[Strand] = []
        self.fields: dict[str, Value] = {}
        self.replaced: Block | None = None
        self.key: str | None = None

    @property
    def node(self) -> Node:
        """Its node in the base, else in the first copy that has it."""
        return self.base if self.base is not None else self.nodes[min(self.nodes)]

    @property
    def block(self) -> Block:
        """Its block in the base, else in the first copy that has it."""
        return cast(Block, self.node.block)

    @property
    def subject(self) -> Subject:
        """What it is: a section, a task or a paragraph."""
        return self.node.subject


class Told:
    """A decision before keys are known."""

    __slots__ = ("action", "by", "change", "conflict", "field", "new", "old", "rule", "strand")

    def __init__(
        self,
        action: Action,
        change: ChangeKind,
        strand: Strand | None,
        field: str = "",
        *,
        by: Iterable[int] = (),
        rule: str = "",
        old: Value = None,
        new: Value = None,
        conflict: str = "",
    ) -> None:
        self.action = action
        self.change = change
        self.strand = strand
        self.field = field
        self.by = tuple(by)
        self.rule = rule
        self.old = old
        self.new = new
        self.conflict = conflict


class Found:
    """A conflict before keys are known."""

    __slots__ = ("base", "field", "id", "kind", "regions", "strand", "suggestion", "voices")

    def __init__(
        self,
        id_: str,
        kind: ConflictKind,
        strand: Strand | None,
        field: str,
        base: Value,
        voices: tuple[Voice[Value], ...],
        regions: tuple[Region, ...] = (),
        suggestion: Suggestion | None = None,
    ) -> None:
        self.id = id_
        self.kind = kind
        self.strand = strand
        self.field = field
        self.base = base
        self.voices = voices
        self.regions = regions
        self.suggestion = suggestion


class Settings:
    """What a merge is told, and what it has to tell in the end; shared by all parts of a plan."""

    def __init__(
        self,
        names: Sequence[str],
        strategies: Mapping[str, tuple[str, Strategy]],
        choices: Mapping[str, Choice],
        tells: Sequence[Tell],
    ) -> None:
        self.names = tuple(names)
        self.strategies = strategies
        self.choices = choices
        self.tells = tuple(tells)
        self.conflicts: list[Found] = []
        self.decisions: list[Told] = []
        self.known: dict[str, tuple[ConflictKind, tuple[Voice[Value], ...]]] = {}

    def by(self, copies: Iterable[int]) -> tuple[str, ...]:
        """Return the names of copies, each once."""
        return tuple(dict.fromkeys([self.names[copy] for copy in copies]))

    def voices(self, values: Mapping[int, Value]) -> list[tuple[Value, list[int]]]:
        """Gather who wants the same, in the order of the copies."""
        found: list[tuple[Value, list[int]]] = []
        for copy, value in values.items():
            known = next((each for each in found if each[0] == value), None)
            if known is None:
                found.append((value, [copy]))
            else:
                known[1].append(copy)
        return found

    def contest(
        self,
        id_: str,
        kind: ConflictKind,
        field: str,
        base: Value,
        voices: Sequence[tuple[Value, Sequence[int]]],
        merger: Merger = merge_values,
    ) -> tuple[Verdict, str, Action]:
        """Let a contest be decided: by the caller's choice, else by the strategy.

        Returns the verdict, the name of the rule that it follows, and what sort of decision it is.
        """
        spoken = tuple([Voice(self.by(copies), value) for value, copies in voices])
        contest = Contest(kind, field, base, spoken, merger)
        self.known[id_] = (kind, spoken)
        name, strategy = strategy_for(self.strategies, kind, field)
        if id_ in self.choices:
            chosen = self.choices[id_]
            told = chosen if isinstance(chosen, str) else ""
            guess = contest.merge().suggestion if told == "suggested" else None
            if guess is not None:
                verdict = contest.choose(guess.by) if guess.by else Verdict(guess.value)
                return verdict, told, Action.RESOLVED
            if told == "base" or told in contest.names:
                verdict = contest.merge(follow_wholly(told))
                if verdict.settled:
                    return Verdict(verdict.value, choice=told), told, Action.RESOLVED
                return verdict, told, Action.OPEN
            return Verdict(chosen), "value", Action.RESOLVED
        verdict = strategy(contest)
        if not verdict.settled:
            return verdict, name, Action.OPEN
        plain = contest.merge() if name != "merge" else verdict
        return verdict, name, Action.COMBINED if plain.settled else Action.SETTLED

    def open(
        self,
        id_: str,
        kind: ConflictKind,
        strand: Strand | None,
        field: str,
        base: Value,
        verdict: Verdict,
    ) -> None:
        """Note a conflict that is left."""
        voices = self.known[id_][1]
        found = Found(id_, kind, strand, field, base, voices, verdict.regions, verdict.suggestion)
        self.conflicts.append(found)


class Work:
    """The merge of one tree of blocks: a plan's content, or its preamble, closing or notice.

    Attributes:
        part: which of these it is; empty for the content.
        root: the strand of the top.
        strands: all other strands, those of the base first, in its order.
        silent: copies that have no say about a strand: it counts as unchanged there.
        fixed: copies that have no say about a strand's place.
        unsaid: copies that have no say about one field of a strand.
        decided: the strands of which it was told whether they stay.
        beside: what was split off and stands right beside the task it came from: that task, and whether it
            stands ahead of it. It goes where the task goes.
        reordered: what copies moved within its section.
    """

    def __init__(self, part: str, base: Tree, copies: Sequence[Tree], settings: Settings) -> None:
        self.part = part
        self.settings = settings
        self.base = base
        self.copies = tuple(copies)
        self.pairings = [Pairing(base, copy) for copy in copies]
        self.silent: set[tuple[int, Strand]] = set()
        self.fixed: set[tuple[int, Strand]] = set()
        self.unsaid: set[tuple[int, Strand, str]] = set()
        self.decided: set[Strand] = set()
        self.beside: dict[Strand, tuple[Strand, bool]] = {}
        self.reordered: dict[Strand, list[int]] = {}
        self.root = Strand(base.root)
        self.of: dict[Node, Strand] = {base.root: self.root}
        self.strands: list[Strand] = []
        self._spin()
        self._regroup()
        self._numbers = self._paragraph_numbers()
        self._new_ids: dict[Strand, str] = {}
        self._new_count: Counter[str] = Counter()

    def _spin(self) -> None:
        for node in self.base.nodes:
            strand = self.of[node] = Strand(node)
            self.strands.append(strand)
            for copy, pairing in enumerate(self.pairings):
                other = pairing.of_base.get(node)
                if other is not None:
                    strand.nodes[copy] = other
                    self.of[other] = strand
        added: dict[Hashable, Strand] = {}
        for copy, pairing in enumerate(self.pairings):
            self.root.nodes[copy] = pairing.copy.root
            self.of[pairing.copy.root] = self.root
            seen: Counter[Hashable] = Counter()
            for node in pairing.copy.nodes:
                if node in self.of:
                    continue
                trait = (id(self.of[node.above]), _said(node))
                known = added.get((trait, seen[trait]))
                strand = Strand(None) if known is None else known
                if known is None:
                    added[trait, seen[trait]] = strand
                    self.strands.append(strand)
                seen[trait] += 1
                strand.nodes[copy] = node
                self.of[node] = strand

    def _regroup(self) -> None:
        for copy, pairing in enumerate(self.pairings):
            for node, pieces in pairing.splits.items():
                strand = self.of[node]
                strand.pieces[copy] = [self.of[piece] for piece in pieces]
                self._set_beside(copy, strand)
            for node, pieces in pairing.joins.items():
                main = self.of[node]
                for piece in pieces:
                    if self.of[piece] is not main:
                        self.of[piece].joined[copy] = main

    def _set_beside(self, copy: int, strand: Strand) -> None:
        """Note the pieces that stand next to the task that they were split off from."""
        main = strand.nodes[copy]
        pieces = strand.pieces[copy]
        for piece in pieces:
            node = piece.nodes[copy]
            first, last = sorted((main.path[-1], node.path[-1]))
            if piece is strand or piece.base is not None or node.parent is not main.parent:
                continue
            if all(self.of[between] in pieces for between in main.above.below[first + 1 : last]):
                self.beside.setdefault(piece, (strand, node.path[-1] < main.path[-1]))

    def _paragraph_numbers(self) -> dict[Strand, int]:
        paragraphs = [
            strand for strand in self.strands if strand.base and strand.subject is Subject.PARAGRAPH
        ]
        return {strand: number for number, strand in enumerate(paragraphs, 1)}

    # Asking

    def speaks(self, copy: int, strand: Strand) -> bool:
        """Tell whether a copy has the strand, and a say about it."""
        return copy in strand.nodes and (copy, strand) not in self.silent

    def deletes(self, copy: int, strand: Strand) -> bool:
        """Tell whether a copy dropped a strand of the base."""
        return (
            strand.base is not None
            and copy not in strand.nodes
            and copy not in strand.joined
            and (copy, strand) not in self.silent
        )

    def home_in(self, copy: int, strand: Strand) -> Strand:
        """Return what a strand stands in, in a copy that has it."""
        return self.of[strand.nodes[copy].above]

    def base_home(self, strand: Strand) -> Strand | None:
        """Return what a strand stands in, in the base."""
        return None if strand.base is None else self.of[strand.base.above]

    def values(self, strand: Strand, field: str) -> dict[int, Value]:
        """Return the values of a field in the copies that have a say, the base's where it is unchanged."""
        return {
            copy: getattr(node.block, field)
            for copy, node in strand.nodes.items()
            if (copy, strand) not in self.silent and (copy, strand, field) not in self.unsaid
        }

    def changed(self, copy: int, strand: Strand, *, besides: Iterable[str] = ("label",)) -> bool:
        """Tell whether a copy changed a field of a strand of the base, its number aside."""
        before, after = strand.block, strand.nodes[copy].block
        return before is not after and any(
            getattr(before, name) != getattr(after, name)
            for name in FIELDS[strand.subject]
            if name not in besides
        )

    def id_of(self, strand: Strand | None, field: str) -> str:
        """Return the id of a conflict about a field of a strand."""
        if strand is None or strand is self.root:
            return ".".join(filter(None, (self.part, field)))
        if strand.base is None:
            name = self._new_ids.get(strand)
            if name is None:
                text = repr(_said(strand.node))
                digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
                self._new_count[digest] += 1
                count = self._new_count[digest]
                name = self._new_ids[strand] = f"new-{digest}" + (f"~{count}" if count > 1 else "")
        elif strand in self._numbers:
            name = f"¶{self._numbers[strand]}"
        else:
            name = str(strand.base.key)
        return ".".join(filter(None, (self.part, name, field)))

    def tell(self, told: Told) -> None:
        """Note a decision."""
        self.settings.decisions.append(told)

    def alive(self) -> Iterator[Strand]:
        """Yield what is in the merged plan, in its order."""
        waiting = list(reversed(self.root.below))
        while waiting:
            strand = waiting.pop()
            yield strand
            waiting.extend(reversed(strand.below))


def _said(node: Node) -> Hashable:
    """What makes two added blocks one: their words, or all that they are where they have none."""
    block = cast(Block, node.block)
    text = folded(block.heading if isinstance(block, Section) else block.text)
    if text:
        return (block.kind, text)
    return (block.kind, block) if isinstance(block, (Section, Task)) else (block.kind, block.label)
