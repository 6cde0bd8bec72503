"""From a passage to its segments: each stretch of text with the responsibility clause that ends it."""

from __future__ import annotations

from typing import Final

from gongkai.reading.clauses import Clause, bracket_groups, parse_clause, slot_lines, time_alone
from gongkai.reading.grammar import table
from gongkai.reading.lines import BLANK, Passage
from gongkai.reading.loose import Loose, is_alias, last_sentence

__all__ = ["Segment", "has_square", "split"]

_STOPS: Final = frozenset("。；;！!？?.，,")
#: What closes a bracket: what opens it, and the brackets of the other width.
_PARTNERS: Final = {"）": ("（", "(", ")"), ")": ("(", "（", "）")}


class Segment:
    """A stretch of a passage and its clause, as offsets into the passage's text.

    Attributes:
        begin: where the text begins.
        end: where it ends.
        clause: what the clause says; None for text that no clause follows.
        inside: where the clause's content begins (behind the bracket).
        opened: where the clause begins, bracket included; -1 without a clause, as the next.
        closed: where it ends, bracket included.
        passage: the passage.
        stop: the place of a full stop behind the clause that belongs to the text; -1 where there is none.
        more: further clauses that belong to the text, as segments without text.
        bare: whether it is known that no bracket stands in its text.
    """

    __slots__ = ("bare", "begin", "clause", "closed", "end", "inside", "more", "opened", "passage", "stop")

    def __init__(  # one record a clause: plain and fast
        self,
        passage: Passage,
        begin: int,
        end: int,
        clause: Clause | None = None,
        opened: int = -1,
        inside: int = -1,
        closed: int = -1,
        stop: int = -1,
    ) -> None:
        self.passage = passage
        self.begin = begin
        self.end = end
        self.clause = clause
        self.opened = opened
        self.inside = inside
        self.closed = closed
        self.stop = stop
        self.more: tuple[Segment, ...] = ()
        self.bare = False

    @property
    def carries(self) -> bool:
        """Whether a clause answers for its text."""
        return self.clause is not None or bool(self.more)

    @property
    def is_names(self) -> bool:
        """Whether its clause is names and no more, without brackets."""
        return self.clause is not None and not self.clause.sure and self.opened == self.inside

    @property
    def is_sentence(self) -> bool:
        """Whether its clause is a sentence behind others, without brackets and without slots."""
        if self.begin == self.end or self.opened != self.inside or self.clause is None:
            return False
        if not self.clause.sure or self.clause.is_open:
            return False
        text = self.passage.text
        return all(slot_lines(brief=brief).match(text, self.opened) is None for brief in (False, True))

    @property
    def may_sign(self) -> bool:
        """Whether the names of its clause are one, as in a signature."""
        names = [name for item in self.clause.assignments for name in item.names] if self.clause else []
        return len(names) == 1 and self.passage.text[-1] not in _STOPS

    @property
    def is_clause_alone(self) -> bool:
        """Whether it is a clause without text of its own."""
        return self.begin == self.end and self.clause is not None


def split(passage: Passage, square: bool = True) -> list[Segment]:
    """Return the segments of a passage behind its label; all but the last one have a clause.

    Args:
        passage: the passage.
        square: whether brackets that are not round may stand in it.
    """
    text = passage.text
    begin = passage.body
    square = square and has_square(text)
    if text[-1] in _PARTNERS and not (square or passage.cuts) and (whole := _with_last_bracket(passage)):
        return [whole]
    length = len(text)
    found: list[Segment] = []
    if text.find("（", begin) >= 0 or text.find("(", begin) >= 0 or square:
        begin = _bracketed(passage, found)
    if begin < length:
        if "：" in text or ":" in text or square:
            begin = _slots(passage, begin, found)
        begin = _skip_blanks(text, begin)
    if begin < length and (loose := last_sentence(text, begin)) is not None:
        begin = _loosely(passage, begin, loose, found)
    if begin < length or not found:
        found.append(Segment(passage, begin, length))
    return found


def _with_last_bracket(passage: Passage) -> Segment | None:
    """Return the segment of an unbroken line whose only bracket is a clause at its end, as in most tasks.

    None where it is no such line; it gives what the general way gives, in fewer steps.
    """
    text, begin = passage.text, passage.body
    opening, left, right = _PARTNERS[text[-1]]
    opened = text.rfind(opening, begin)
    if opened <= begin:
        return None
    before, inside = text[begin:opened], text[opened + 1 : -1]
    if opening in before or text[-1] in before or text[-1] in inside:
        return None
    if (left in text or right in text) and (left in text[begin:] or right in text[begin:]):
        return None
    if before[0] in BLANK or before[-1] in BLANK:
        return None
    if ("：" in before or ":" in before) and _slot_start(text, begin) < opened:
        return None
    clause = parse_clause(inside)
    if clause is None or not clause.sure:
        return None
    segment = Segment.__new__(Segment)  # the attributes are set here: a third less than calling the class
    segment.passage = passage
    segment.begin = begin
    segment.end = segment.opened = opened
    segment.clause = clause
    segment.inside = opened + 1
    segment.closed = len(text)
    segment.stop = -1
    segment.more = ()
    segment.bare = True
    return segment


def _skip_blanks(text: str, begin: int) -> int:
    while begin < len(text) and text[begin] in BLANK:
        begin += 1
    return begin


def _drop_blanks(text: str, begin: int, end: int) -> int:
    while begin < end and text[end - 1] in BLANK:
        end -= 1
    return end


def has_square(text: str) -> bool:
    """Whether brackets of another sort stand in a text; clauses rarely use them."""
    return "【" in text or "[" in text or "〔" in text or "［" in text


def _groups(text: str, begin: int) -> list[tuple[int, int]]:
    """Where bracketed groups stand; looking for one character is faster than the pattern's own search."""
    if has_square(text):
        return [group.span() for group in bracket_groups().finditer(text, begin)]
    match = bracket_groups().match
    found: list[tuple[int, int]] = []
    wide, narrow = text.find("（", begin), text.find("(", begin)
    while wide >= 0 or narrow >= 0:
        at = wide if narrow < 0 or 0 <= wide < narrow else narrow
        group = match(text, at)
        after = at + 1
        if group is not None:
            after = group.end()
            found.append((at, after))
        if 0 <= wide < after:
            wide = text.find("（", after)
        if 0 <= narrow < after:
            narrow = text.find("(", after)
    return found


def _bracketed(passage: Passage, found: list[Segment]) -> int:
    """Add a segment for each bracketed clause; return where the text after the last one begins."""
    text = passage.text
    begin = passage.body
    length = len(text)
    slot = _slot_start(text, begin)
    for opened, closed in _groups(text, begin):
        if opened < slot < closed:
            slot = _slot_start(text, closed)
        if slot < opened:  # brackets behind 责任单位： are those of its names
            break
        clause = parse_clause(text[opened + 1 : closed - 1])
        if clause is None and found and opened == begin:
            clause = time_alone(text[opened + 1 : closed - 1])
        if clause is None:
            continue
        mark = _skip_blanks(text, closed) if text[closed : closed + 1] in BLANK else closed
        stopped = mark < length and text[mark] in _STOPS
        ended = stopped or closed == length
        if not (ended and clause.sure) and not _ends_sentence(passage, opened, closed, clause, ended=ended):
            continue
        if text[begin] in BLANK:
            begin = _skip_blanks(text, begin)
        end = opened if text[opened - 1] not in BLANK else _drop_blanks(text, begin, opened)
        after = mark + 1 if stopped else closed
        stop = mark if stopped and begin < end and text[end - 1] not in _STOPS else -1
        found.append(Segment(passage, begin, end, clause, opened, opened + 1, after, stop))
        begin = after
    return begin


def _slot_start(text: str, begin: int) -> int:
    """Where the first slot without brackets stands; behind the end where none does."""
    if "：" not in text and ":" not in text:
        return len(text)
    found = slot_lines(brief=False).search(text, begin)
    return len(text) if found is None else found.start()


def _ends_sentence(passage: Passage, opened: int, closed: int, clause: Clause, *, ended: bool) -> bool:
    """Whether a bracket ends what it speaks of, as a clause does: it is no word of a longer sentence."""
    text = passage.text
    begins = opened == passage.body
    if not begins and text[opened - 1] in _STOPS:
        return True
    if clause.sure or not ended:
        return clause.sure and text[closed] not in table("clauses")["bare"]["not_before"]
    return begins or len(clause.assignments[0].names) > 1 or not is_alias(text, opened)


def _loosely(passage: Passage, begin: int, loose: Loose, found: list[Segment]) -> int:
    """Add a segment for a clause without brackets at the end; a label alone has none."""
    text = passage.text
    end = _drop_blanks(text, begin, loose.opened)
    if begin == end and passage.style >= 0 and not found:
        return begin
    found.append(Segment(passage, begin, end, loose.clause, loose.opened, loose.inside, len(text)))
    return len(text)


def _slots(passage: Passage, begin: int, found: list[Segment]) -> int:
    """Add a segment for a clause of slots without brackets (责任单位：…) that ends the passage."""
    text = passage.text
    start = slot_lines(brief=False).search(text, begin)
    brief = start is None
    start = start or slot_lines(brief=True).search(text, begin)
    if start is None:
        return begin
    at = _skip_blanks(text, start.start())
    clause = parse_clause(text[at:])
    if clause is None or (brief and (clause.unread or not clause.known)):
        return begin
    begin = _skip_blanks(text, begin)
    end = _drop_blanks(text, begin, start.start())
    found.append(Segment(passage, begin, end, clause, at, at, len(text)))
    return len(text)
