"""Texts: edits of several copies in one text, sentence by sentence and word by word.

Edits that do not touch are all made. Two that overlap contradict each other, and so do two that meet inside a
word: 每年 turned into 每半年 and into 每季度 cannot be had at once, though one puts in and one replaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from gongkai.comparing.diffing.redlining import redline

__all__ = ["Edit", "Stretch", "Woven", "edits", "weave"]

#: A clause of which a copy kept less than this is one edit: crumbs of two rewritings make no sentence.
_KEPT: Final = 0.4


@cache
def _clauses() -> re.Pattern[str]:
    return re.compile(r"[^，。；：！？\n]*[，。；：！？\n]|[^，。；：！？\n]+")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile("[。；！？\n]")


class Edit(NamedTuple):
    """What stands from one offset of the base to another is replaced."""

    start: int
    end: int
    new: str


class Stretch(NamedTuple):
    """A stretch of the merged text.

    Attributes:
        start: where it begins in the base.
        end: where it ends there.
        text: what stands there now; the base's words where nothing is decided.
        by: the copies that changed it; empty for what nobody touched.
        voices: where copies contradict each other, what each would have; empty elsewhere.
        edits: the edits of each copy in it, in order.
    """

    start: int
    end: int
    text: str
    by: tuple[int, ...] = ()
    voices: tuple[tuple[str, tuple[int, ...]], ...] = ()
    edits: tuple[tuple[int, Edit], ...] = ()


class Woven:
    """A merged text, and where each stretch of it comes from."""

    def __init__(
        self, base: str, stretches: Sequence[Stretch], versions: Mapping[int, Sequence[Edit]]
    ) -> None:
        self.base = base
        self.stretches = tuple(stretches)
        self._versions = versions

    @property
    def text(self) -> str:
        """The merged text."""
        return "".join([stretch.text for stretch in self.stretches])

    @property
    def contested(self) -> tuple[Stretch, ...]:
        """The stretches that copies contradict each other about."""
        return tuple([stretch for stretch in self.stretches if stretch.voices])

    def settled(self, chosen: Mapping[int, str]) -> Woven:
        """Return the text with decisions: what is to stand in contested stretches, by their place."""
        made: list[Stretch] = []
        count = 0
        for stretch in self.stretches:
            if not stretch.voices:
                made.append(stretch)
                continue
            text = chosen.get(count)
            made.append(stretch if text is None else stretch._replace(text=text, voices=()))
            count += 1
        return Woven(self.base, made, self._versions)

    def place(self, copy: int, offset: int, text: str = "") -> int:
        """Return where an offset of a copy's text has come to lie in the merged text.

        With that text, what is the end of a sentence there becomes the end of one here.
        """
        found = self._lies(copy, offset)
        ends, theirs = _ends_of(self.text), _ends_of(text)
        if offset not in theirs or not ends or self._stands(found, offset, text, theirs):
            return found
        if len(theirs) == len(ends):
            return ends[theirs.index(offset)]
        return found if found in {0, *ends} else min(ends, key=lambda end: abs(end - found))

    def _stands(self, found: int, offset: int, text: str, ends: Sequence[int]) -> bool:
        """Tell whether the sentence before a place, or the one behind it, stands there as in a text."""
        at = ends.index(offset)
        before = text[ends[at - 1] if at else 0 : offset]
        behind = text[offset : ends[at + 1] if at + 1 < len(ends) else len(text)]
        return self.text[:found].endswith(before) or (bool(behind) and self.text[found:].startswith(behind))

    def _lies(self, copy: int, offset: int) -> int:
        base, inside = self._origin(copy, offset)
        at = 0
        for stretch in self.stretches:
            if inside is not None and stretch.start <= inside.start and inside.end <= stretch.end:
                mine = [edit for other, edit in stretch.edits if other == copy]
                if inside in mine:
                    ahead = sum(len(edit.new) for edit in mine[: mine.index(inside)])
                    return at + min(len(stretch.text), ahead + base)
            if inside is None and stretch.start <= base < stretch.end:
                return at + (self._within(stretch, base) if stretch.by else base - stretch.start)
            if inside is None and stretch.start == stretch.end == base and _begins(stretch, copy):
                return at
            at += len(stretch.text)
        return at

    def _within(self, stretch: Stretch, base: int) -> int:
        """Return where a cut goes in words that others put there: behind as many sentences, if there are."""
        if base == stretch.start:
            return 0
        count = len(_ends().findall(self.base, stretch.start, base))
        ends = [found.end() for found in _ends().finditer(stretch.text)]
        return ends[min(count, len(ends)) - 1] if count and ends else len(stretch.text) if count else 0

    def _origin(self, copy: int, offset: int) -> tuple[int, Edit | None]:
        """Return the offset in the base, or how far inside of one of the copy's edits it lies."""
        shift = 0
        for edit in self._versions.get(copy, ()):
            start = edit.start + shift
            if offset < start:
                break
            if offset == start or offset < start + len(edit.new):
                return offset - start, edit
            shift += len(edit.new) - (edit.end - edit.start)
        return offset - shift, None


def _ends_of(text: str) -> list[int]:
    """Return where the sentences of a text end."""
    return [found.end() for found in _ends().finditer(text)]


def _begins(stretch: Stretch, copy: int) -> bool:
    """Tell whether others put in the beginning of a sentence."""
    return copy not in stretch.by and not _ends().match(stretch.text[-1:])


def edits(base: str, new: str) -> tuple[Edit, ...]:
    """Return what turns one text into another; a number or a Latin word is never cut.

    >>> from gongkai.merging.values.wording import edits
    >>> edits("每年至少公开50件", "每年至少公开500件以上")
    (Edit(start=6, end=8, new='500'), Edit(start=9, end=9, new='以上'))
    """
    found: list[Edit] = []
    at = 0
    for tag, text in redline(base, new):
        if tag == "same":
            at += len(text)
        elif tag == "removed":
            found.append(Edit(at, at + len(text), ""))
            at += len(text)
        elif found and found[-1].end == at and not found[-1].new:
            found[-1] = found[-1]._replace(new=text)
        else:
            found.append(Edit(at, at, text))
    return tuple(_coarse(base, found))


def _coarse(base: str, found: Sequence[Edit]) -> Iterator[Edit]:
    """Join the edits of a clause that is mostly rewritten."""
    joined: set[int] = set()  # the edits that are one with the one before
    first = 0
    for clause in _clauses().finditer(base) if len(found) > 1 else ():
        while (
            first < len(found) and found[first].end <= clause.start() and found[first].start < clause.start()
        ):
            first += 1
        last = first
        kept = total = clause.end() - clause.start()
        while last < len(found) and found[last].start < clause.end():
            edit = found[last]
            gone = min(edit.end, clause.end()) - max(edit.start, clause.start())
            kept -= gone
            total += max(0, len(edit.new) - gone)
            last += 1
        if last - first > 1 and kept < _KEPT * total:
            joined.update(range(first + 1, last))
    run: list[Edit] = []
    for at, edit in enumerate(found):
        if run and at not in joined:
            yield _joined(base, run)
            run = []
        run.append(edit)
    if run:
        yield _joined(base, run)


def _joined(base: str, found: Sequence[Edit]) -> Edit:
    start, end = found[0].start, found[-1].end
    return Edit(start, end, _applied(base, start, end, found))


def _applied(base: str, start: int, end: int, found: Iterable[Edit]) -> str:
    """Return what a stretch of the base becomes by edits in it."""
    parts: list[str] = []
    for edit in found:
        parts += (base[start : edit.start], edit.new)
        start = edit.end
    return "".join((*parts, base[start:end]))


def weave(base: str, versions: Mapping[int, str]) -> Woven:
    """Merge the texts that copies made of one.

    >>> from gongkai.merging.values.wording import weave
    >>> weave("公开目录，及时更新。", {0: "公布目录，及时更新。", 1: "公开目录，按月更新。"}).text
    '公布目录，按月更新。'
    >>> weave("每年公开一次。", {0: "每半年公开一次。", 1: "每季度公开一次。"}).contested[0].voices
    (('半年', (0,)), ('季度', (1,)))
    """
    each = {copy: edits(base, text) for copy, text in versions.items() if text != base}
    grouped: dict[Edit, list[int]] = {}
    for copy, found in each.items():
        for edit in found:
            grouped.setdefault(edit, []).append(copy)
    stretches: list[Stretch] = []
    at = 0
    for cluster in _clusters(base, sorted(grouped.items())):
        start, end = cluster[0][0].start, max(edit.end for edit, _ in cluster)
        if at < start:
            stretches.append(Stretch(at, start, base[at:start]))
        stretches.append(_stretch(base, start, end, cluster))
        at = end
    if at < len(base):
        stretches.append(Stretch(at, len(base), base[at:]))
    return Woven(base, stretches, each)


_Grouped = tuple[Edit, list[int]]


def _clusters(base: str, found: Sequence[_Grouped]) -> Iterator[list[_Grouped]]:
    cluster: list[_Grouped] = []
    end = 0
    for edit, copies in found:
        if cluster and (edit.start < end or (edit.start == end and _glued(base, cluster, edit, copies))):
            cluster.append((edit, copies))
        else:
            if cluster:
                yield cluster
            cluster = [(edit, copies)]
        end = max(end, edit.end)
    if cluster:
        yield cluster


def _glued(base: str, cluster: Sequence[_Grouped], edit: Edit, copies: Sequence[int]) -> bool:
    """Tell whether an edit meets one of other copies inside a word."""
    return any(
        other.end == edit.start and set(others) != set(copies) and not _seam(base, other, edit)
        for other, others in cluster
    )


def _seam(base: str, first: Edit, second: Edit) -> bool:
    """Tell whether two edits that meet are parted by punctuation."""
    at = second.start
    if first.start == first.end and second.start == second.end:
        return False  # both put something in at one point, and nobody knows in which order
    before = first.new[-1:] if first.start == first.end else base[at - 1 : at]
    after = second.new[:1] if second.start == second.end else base[at : at + 1]
    return not (before.isalnum() and after.isalnum())


def _stretch(base: str, start: int, end: int, cluster: Sequence[_Grouped]) -> Stretch:
    """Make a stretch of edits that belong together: agreed, or contested."""
    found = tuple([(copy, edit) for edit, copies in cluster for copy in copies])
    by = tuple(sorted({copy for copy, _ in found}))
    voices: dict[str, list[int]] = {}
    for copy in by:
        text = _applied(base, start, end, [edit for other, edit in found if other == copy])
        voices.setdefault(text, []).append(copy)
    if len(voices) == 1:
        return Stretch(start, end, next(iter(voices)), by, (), found)
    told = tuple([(text, tuple(copies)) for text, copies in voices.items()])
    return Stretch(start, end, base[start:end], by, told, found)
