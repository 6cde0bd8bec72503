"""Which lines of a page are the document's, and what the others are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, takewhile
from typing import Final

from gongkai.model import DocumentNumber
from gongkai.reading.containers.html.lines import Element, Page
from gongkai.reading.containers.html.marks import Mark
from gongkai.reading.lines import Passage
from gongkai.reading.noise import name_of
from gongkai.reading.record import is_record
from gongkai.reading.signatures import date_in, is_issuer
from gongkai.reading.titles import is_title

__all__ = ["copy_in", "document_in", "name_lines"]

#: What sentences and lists of names have, and menus do not.
_PROSE: Final = frozenset("。；，、！？")
#: How much of a page's sentences an element holds that is the page's own, at most.
_OWN: Final = 0.25
#: How much of them the elements hold that are named as documents are, at least, for their names to count.
_NAMED: Final = 0.6
#: How much of the document its element holds, at least.
_WHOLE: Final = 0.97
#: Elements that a document stands in; it is more than one of its paragraphs.
_HOLDERS: Final = frozenset(
    ("div", "td", "section", "article", "main", "form", "center", "body", "ucapcontent")
)
#: A copy of the document has so many lines and is a third of the whole; one of its lines is so long.
_COPIED_LINES: Final = 6
_COPIED_LENGTH: Final = 30
#: A line that is only a part of the title is not shorter, unless the page calls it a heading.
_TITLE_LENGTH: Final = 10
_SQUEEZE: Final = str.maketrans("", "", " \t\u00a0\u3000")

Stretch = tuple[int, int]


class _Prose:
    """How many characters of sentences stand between two lines."""

    def __init__(self, weights: Iterable[int]) -> None:
        self.sums = list(accumulate(weights, initial=0))

    def of(self, first: int, last: int) -> int:
        return self.sums[last] - self.sums[first]

    @property
    def whole(self) -> int:
        return self.sums[-1]


def document_in(page: Page, grids: list[Stretch]) -> tuple[Stretch, list[Element]]:
    """Return the lines of the element that holds the document, and the elements that are the page's own.

    The element is the innermost that holds nearly all sentences of those whose names tell that they hold a
    document; where no names tell, nearly all sentences of the page.

    Args:
        page: the lines and elements.
        grids: the lines of the tables with data, in order; no cell of theirs is the document.
    """
    weights = [
        len(line) - linked if not _PROSE.isdisjoint(line) else 0
        for line, linked in zip(page.lines, page.linked, strict=True)
    ]
    prose = _Prose(weights)
    own = _outermost(element for element in page.elements if _is_own(element, page, prose))
    for element in own:
        weights[element.first : element.last] = [0] * (element.last - element.first)
    prose = _Prose(weights)
    named = _outermost(element for element in page.elements if element.mark is Mark.REGION)
    inside = [0] * len(weights)
    for element in named:
        inside[element.first : element.last] = weights[element.first : element.last]
    held = _Prose(inside)
    sought = held if held.whole >= _NAMED * prose.whole else prose
    found = (0, len(page.lines))
    if sought.whole:
        for element in page.elements:
            holds = element.mark is Mark.REGION or element.tag in _HOLDERS
            if not holds or sought.of(element.first, element.last) < _WHOLE * sought.whole:
                continue
            at = bisect_right(grids, (element.first, len(page.lines))) - 1
            if at < 0 or element.last > grids[at][1]:
                found = (element.first, element.last)
    return _widened(page, found, own), own


def _is_own(element: Element, page: Page, prose: _Prose) -> bool:
    """Whether an element is the page's own, as its names tell: it holds little of the page's sentences."""
    if not element.mark.is_noise or prose.of(element.first, element.last) > _OWN * prose.whole:
        return False
    if element.mark in {Mark.RELATED, Mark.FOOTER}:
        return True
    # An element that was never closed may hold the beginning of the document.
    return not any(
        "。" in page.lines[at] and not page.linked[at] for at in range(element.first, element.last)
    )


def _widened(page: Page, region: Stretch, own: list[Element]) -> Stretch:
    """Return the lines of the document with sentences that stand right above or below its element."""
    first, last = region
    stops = {at for element in own for at in range(element.first, element.last)}
    above = range(first - 1, -1, -1)
    run = list(takewhile(lambda at: at not in stops and not page.linked[at], above))
    if any("。" in page.lines[at] for at in run):
        first = run[-1]
    for at in range(last, len(page.lines)):
        if at in stops or page.linked[at]:
            break
        if "。" in page.lines[at]:
            last = at + 1
    return first, last


def _outermost(elements: Iterable[Element]) -> list[Element]:
    """Return those that stand in none of the others, in order."""
    found: list[Element] = []
    for element in elements:
        if element.first < element.last and (not found or element.first >= found[-1].last):
            found.append(element)
    return found


def copy_in(page: Page, region: Stretch) -> Stretch | None:
    """Return the lines of the document that say the same once more, as pages for telephones do, or None.

    The copy begins with the lines above its first long one that are the same as well.
    """
    lines = page.lines
    least = max(_COPIED_LINES, (region[1] - region[0]) // 3)
    first_at: dict[str, int] = {}
    room = 4 * (region[1] - region[0])  # what many lines repeat is no copy of a document
    for at in range(*region):
        line = lines[at]
        if len(line) < _COPIED_LENGTH:
            continue
        first = first_at.setdefault(line, at)
        if first == at:
            continue
        begin, end = at, at + 1
        while end < region[1] and lines[end] == lines[first + end - at]:
            end += 1
        while (
            begin - 1 > first
            and begin - at + first > region[0]
            and lines[begin - 1] == lines[first + begin - 1 - at]
        ):
            begin -= 1
        if end - begin >= least and first + end - at <= begin:
            return begin, end
        room -= end - begin
        if room < 0:
            break
    return None


def name_lines(page: Page, region: Stretch, own: list[Element], title: str | None) -> list[str | None]:
    """Return what each line is that is not the document's: the name of its noise; None for the others.

    Lines of the record, the title and what signs the document may stand outside its element.

    Args:
        page: the lines.
        region: the lines of the document.
        own: the elements that are the page's own.
        title: the title that the page gives beside its text.
    """
    first, last = region
    count = len(page.lines)
    names: list[str | None] = ["page-head"] * first + [None] * (last - first) + ["page-foot"] * (count - last)
    fixed = [False] * count
    for element in own:
        inner = first <= element.first and element.last <= last
        if inner and element.mark is Mark.PAGE_HEAD:
            continue
        if not inner and element.first < last and first < element.last:
            continue
        for at in range(element.first, element.last):
            names[at] = element.mark.value
            fixed[at] = element.mark is not Mark.PAGE_HEAD
    headings = {
        at
        for element in page.elements
        if element.mark is Mark.HEADING
        for at in range(element.first, min(element.last, first))
    }
    wanted = title.translate(_SQUEEZE) if title else None
    for at in range(first):
        text = page.lines[at].strip()
        if not fixed[at] and (_is_of_head(text) or _names_document(text, wanted, heading=at in headings)):
            names[at] = None
    for at in range(last, count):
        if fixed[at] or not _signs(page.lines[at].strip()):
            break
        names[at] = None
    return names


def _is_of_head(text: str) -> bool:
    """Whether a line above the document belongs to its record."""
    if name_of(text, "line"):
        return False
    return is_record(Passage(0, text)) or DocumentNumber.parse(text.strip("（）()")) is not None


def _names_document(text: str, wanted: str | None, *, heading: bool) -> bool:
    """Whether a line above the document is its title, or a part of it."""
    bare = text.translate(_SQUEEZE)
    if wanted:
        shortest = 4 if heading else _TITLE_LENGTH
        return bare == wanted or (len(bare) >= shortest and (bare in wanted or (heading and wanted in bare)))
    return heading and is_title(text)


def _signs(text: str) -> bool:
    """Whether a line right below the document's element signs it."""
    return date_in(text) is not None or is_issuer(text)
