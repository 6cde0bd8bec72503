"""Tasks that were split or joined: whose words several others have, or took over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from gongkai.comparing.alignment.wording import sentences
from gongkai.comparing.diffing.tree import Node
from gongkai.merging.matching.likeness import Texts
from gongkai.merging.matching.traits import (
    LEAST,
    beside,
    bodies,
    goes_on,
    is_task,
    label_of,
    said_once,
    sentences_of,
    text_of,
)
from gongkai.model import Task

if TYPE_CHECKING:
    from gongkai.merging.matching.pairing import Pairing

__all__ = ["find_cut", "find_taken"]

#: How much of a text must come from another one for it to be split off, or joined.
_TAKEN: Final = 0.6

#: How many characters in a row of a piece are looked for in its task, where not all of it is there.
_ROWS: Final = (16, 8, 4)

#: What a sentence ends with.
_ENDS: Final = "。；！？\n"

#: The most pieces that an uncut text is put together from.
_PIECES: Final = 6


def find_cut(pairing: Pairing) -> None:
    """Find texts that are those of several neighbours, one after the other."""
    for splits in (True, False):
        here, there = (pairing.base, pairing.copy) if splits else (pairing.copy, pairing.base)
        whole = {text_of(node): node for node in reversed(pairing.unpaired(here)) if is_task(node)}
        if not whole:
            continue
        for run in _neighbours([node for node in pairing.unpaired(there) if is_task(node)]):
            for place in range(len(run)):
                for pieces in _beginning(run, place):
                    holder = whole.get("".join([text_of(piece) for piece in pieces]))
                    if holder is not None and not any(map(pairing.is_paired, (holder, *pieces))):
                        _take(pairing, splits, holder, pieces)


def _beginning(run: Sequence[Node], place: int) -> Iterator[list[Node]]:
    for count in range(2, min(_PIECES, len(run) - place) + 1):
        yield list(run[place : place + count])


def _neighbours(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    """Yield the runs of nodes that stand one after the other in one place."""
    run: list[Node] = []
    for node in nodes:
        if run and beside(run[-1], 1) is not node:
            yield run
            run = []
        run.append(node)
    if run:
        yield run


def find_taken(pairing: Pairing) -> None:
    """Find tasks that took over words of an edited one, and tasks whose words another took over."""
    edited = [
        (base, copy)
        for base, copy in pairing.of_base.items()
        if is_task(base) and is_task(copy) and text_of(base) != text_of(copy)
    ]
    if not edited:
        return
    for splits in (True, False):
        side = 0 if splits else 1
        found, others = (pairing.splits, pairing.joins) if splits else (pairing.joins, pairing.splits)
        left = [node for node in pairing.unpaired(pairing.copy if splits else pairing.base) if is_task(node)]
        if not left:
            continue
        index = Texts([pairing.words_of(pair[side]) for pair in edited])
        once = said_once(pairing.base if splits else pairing.copy)
        known = {pair[side]: pair for pair in edited}
        for node in left:
            pair = _source(pairing, node, side, edited, index) or _by_sentence(node, known, once, side)
            if pair is None and splits:
                pair = _cut_off(pairing, node)
            if pair is not None and pair[1 - side] not in others:
                whole, main = pair[side], pair[1 - side]
                _take(pairing, splits, whole, [*found.get(whole, [main]), node])


_Pair = tuple[Node, Node]


def _source(pairing: Pairing, node: Node, side: int, edited: Sequence[_Pair], index: Texts) -> _Pair | None:
    """Return the edited pair whose loss is in a text."""
    words = pairing.words_of(node)
    if words.size < LEAST:
        return None
    best: tuple[float, _Pair | None] = (0.0, None)
    for pair in [edited[place] for place in index.near(words)]:
        score = words.taken(pairing.words_of(pair[side]), pairing.words_of(pair[1 - side]))
        if score > best[0]:
            best = score, pair
    return best[1] if best[0] >= _TAKEN else None


def _by_sentence(node: Node, known: dict[Node, _Pair], once: dict[str, Node], side: int) -> _Pair | None:
    """Return the edited pair of which one has a sentence of a text, and the other does not."""
    for said in sentences_of(node):
        pair = known.get(once[said]) if said in once else None
        if pair is not None and said not in sentences_of(pair[1 - side]):
            return pair
    return None


def _cut_off(pairing: Pairing, node: Node) -> _Pair | None:
    """Return the edited pair that a new task was cut off from, whatever it says now.

    It stands where the task lost whole sentences, at its end or its beginning, and has the very same
    departments and deadlines; some of what is left there may be rewritten too, where the two have as many
    sentences as the task had, and one of those left stands in its old place. Or it stands beside a task that
    lost sentences, and has its deadlines and those departments that it lost as well.
    """
    for step in (-1, 1):
        copy = beside(node, step)
        base = None if copy is None else pairing.of_copy.get(copy)
        if copy is None or base is None:
            continue
        whole, rest, piece = base.block, copy.block, node.block
        if not isinstance(whole, Task) or not isinstance(rest, Task) or not isinstance(piece, Task):
            continue
        if not piece.assignments or piece.deadlines != whole.deadlines:
            continue
        if piece.assignments == whole.assignments:
            found = _ahead(whole.text, rest.text) if step < 0 else _behind(whole.text, rest.text)
            found = found or _rewritten(whole.text, rest.text, piece.text, step)
        else:
            lost = bodies(base) - bodies(copy)
            found = lost == bodies(node) and len(sentences(rest.text)) < len(sentences(whole.text))
        if found:
            return base, copy
    return None


def _ahead(whole: str, rest: str) -> bool:
    """Tell whether a text is the first sentences of another."""
    return bool(rest) and rest != whole and whole.startswith(rest) and rest[-1] in _ENDS


def _behind(whole: str, rest: str) -> bool:
    """Tell whether a text is the last sentences of another."""
    gone = whole[: len(whole) - len(rest)]
    return bool(rest) and bool(gone) and whole.endswith(rest) and gone[-1] in _ENDS


def _rewritten(whole: str, rest: str, piece: str, step: int) -> bool:
    """Tell whether a text is cut in two and rewritten in part: a sentence of the rest is in its old place."""
    before, after = sentences(whole), sentences(rest)
    if not after or len(before) != len(after) + len(sentences(piece)):
        return False
    kept = before[: len(after)] if step < 0 else before[-len(after) :]
    return any(old == new for old, new in zip(kept, after, strict=True))


def _take(pairing: Pairing, splits: bool, whole: Node, pieces: Sequence[Node]) -> None:
    """Note the pieces of a task in the order of its words; the most like it goes on as the task."""
    found = pairing.splits if splits else pairing.joins
    order = _places(pairing, whole, pieces)
    for piece in (whole, *pieces):
        pairing.part(piece)
    ordered = sorted(pieces, key=lambda piece: (order[piece], piece.index))
    main = max(ordered, key=lambda piece: (_same(pairing, whole, piece), -ordered.index(piece)))
    found[whole] = ordered
    pairing.pair(*((whole, main) if splits else (main, whole)))
    pairing.reserve([piece for piece in pieces if piece is not main])


def _same(pairing: Pairing, whole: Node, piece: Node) -> int:
    """How much else than words says that a piece goes on as the task."""
    one, other = whole.block, piece.block
    if not isinstance(one, Task) or not isinstance(other, Task):
        return 0
    alike = (one.assignments == other.assignments) + (one.deadlines == other.deadlines)
    homes = (pairing.of_base.get(whole.above), pairing.of_copy.get(whole.above))
    there = piece.above in homes
    first = there and beside(whole, -1) is None and beside(piece, -1) is None
    if first or goes_on(pairing.of_base, pairing.of_copy, whole, piece):
        return alike + 3
    return alike + 2 * (whole.key == piece.key and label_of(whole) == label_of(piece))


def _places(pairing: Pairing, whole: Node, pieces: Sequence[Node]) -> dict[Node, int]:
    """Return where the words of pieces stand in a text; what is not, behind what it follows."""
    text = pairing.words_of(whole).text
    found: dict[Node, int] = {}
    last = -1
    for piece in sorted(pieces, key=lambda piece: piece.index):
        place = _first(text, pairing.words_of(piece).text)
        found[piece] = last = last if place is None else place
    return found


def _first(whole: str, piece: str) -> int | None:
    """Return where a piece's words begin in a text: all of them, else as many in a row as are found there."""
    for size in (len(piece), *_ROWS):
        for at in range(len(piece) - size + 1):
            found = whole.find(piece[at : at + size])
            if found >= 0:
                return found
    return None
