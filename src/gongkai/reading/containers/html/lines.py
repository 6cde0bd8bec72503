"""From the elements of a page to its lines: what a browser shows, block by block."""

from __future__ import annotations

import re
from typing import Any, Final

from gongkai.reading.containers.html.marks import Mark, mark_of
from gongkai.reading.containers.html.tables import Rows
from gongkai.reading.containers.numerals import chinese
from gongkai.reading.grammar import table
from gongkai.reading.lines import BLANK

__all__ = ["Element", "Page", "lines_of"]

_ELEMENTS: Final = table("page")["elements"]
#: Elements that a browser sets in lines of their own.
_BLOCKS: Final = frozenset(_ELEMENTS["blocks"])
#: Elements that hold no text of the page; also comments and the document type, as the parser names them.
_SILENT: Final = frozenset((*_ELEMENTS["silent"], "-comment", "-doctype"))
_VERBATIM: Final = frozenset(("pre", "listing", "xmp", "plaintext"))
#: Elements that a document may stand in.
_HOLDERS: Final = frozenset(("div", "td", "section", "main", "form", "center", "body"))
#: Elements whose attributes say nothing that is of use.
_PLAIN: Final = frozenset(("br", "b", "strong", "em", "tbody", "img", "hr", "u"))

_BLANKS: Final = " \t\n\r\f"
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
#: A line end between two wide characters shows as nothing (CSS Text 3, 4.1.3).
_WIDE: Final = (
    "\u2e80-\u2fff\u3001-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
_WRAP: Final = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\n\r\f]*(?=[{_WIDE}])")


class Element:
    """An element of which more than its lines is of interest.

    Attributes:
        tag: its name.
        mark: what its names say it holds.
        first: the first of its lines.
        last: the line after its last one.
    """

    __slots__ = ("first", "last", "mark", "tag")

    def __init__(self, tag: str, mark: Mark, first: int) -> None:
        self.tag = tag
        self.mark = mark
        self.first = first
        self.last = first


class Page:
    """The lines of a page and what its elements say about them.

    Attributes:
        lines: the lines.
        linked: how many characters of each line are links.
        elements: elements that may hold the document or the page's own things, in order.
        tables: the tables that hold no other table.
        labels: automatic numbers, by line.
        hidden: how many characters are not shown.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.linked: list[int] = []
        self.elements: list[Element] = []
        self.tables: list[Rows] = []
        self.labels: dict[int, str] = {}
        self.hidden = 0


def lines_of(root: Any, *, hidden: bool = False) -> Page:
    """Return the lines below an element.

    Args:
        root: a node of the parsed page.
        hidden: whether to show what the page hides.
    """
    walk = _Walk(show_hidden=hidden)
    above: list[tuple[Any, int]] = []
    node = root
    while node is not None:
        tag = node.tag
        if tag == "-text":
            walk.text(node.text_content or "")
        elif tag is not None and tag not in _SILENT:
            what = walk.open(tag, node)
            child = node.first_child
            if child is not None:
                above.append((node, what))
                node = child
                continue
            walk.close(tag, what)
        while node is not None:
            following = node.next if above else None
            if following is not None:
                node = following
                break
            if not above:
                node = None
                break
            node, what = above.pop()
            walk.close(node.tag, what)
    walk.flush()
    return walk.page


# What has to be undone at an element's end.
_BLOCK, _KEPT, _LINK, _PRE, _HIDDEN, _LIST, _TABLE, _CELL = (1 << bit for bit in range(8))


class _Walk:
    """Takes the elements and texts of a page in order."""

    def __init__(self, *, show_hidden: bool) -> None:
        self.page = Page()
        self.parts: list[str] = []  # of the line that is not finished
        self.links_in_line = 0
        self.space = False  # whether white space is due before the next text
        self.links = 0
        self.verbatim = 0
        self.hiding = 0
        self.show_hidden = show_hidden
        self.kept: list[Element] = []
        self.lists: list[_Numbers | None] = []
        self.label: str | None = None
        self.tables: list[Rows] = []

    def open(self, tag: str, node: Any) -> int:
        """Take the beginning of an element; return what its end has to undo."""
        what = 0
        named: dict[str, str | None] = {} if tag in _PLAIN else node.attributes
        style = (named.get("style") or "") if named else ""
        if self.hiding or (named and not self.show_hidden and _is_hidden(tag, named, style)):
            self.hiding += 1
            return _HIDDEN
        if tag in _BLOCKS or ("display" in style and _is_block(style)):
            self.flush()
            what = _BLOCK
        elif tag == "a":
            self.links += 1
            what = _LINK
        if "class" in named or "id" in named or "role" in named:
            mark = mark_of(tag, named.get("id"), named.get("class"), named.get("role"))
        else:
            mark = mark_of(tag)
        if mark is not Mark.NONE or tag in _HOLDERS:
            self._keep(tag, mark)
            what |= _KEPT
        if tag in _VERBATIM or ("white-space" in style and _is_verbatim(style)):
            self.verbatim += 1
            what |= _PRE
        if tag in {"ol", "ul", "menu", "dir"}:
            self.lists.append(_Numbers(named, style) if tag == "ol" else None)
            what |= _LIST
        elif tag == "li":
            numbers = self.lists[-1] if self.lists else None
            self.label = numbers.next(named.get("value"), style) if numbers else None
        elif tag in {"table", "tr", "td", "th"}:
            what |= self._open_table(tag, named)
        return what

    def close(self, tag: str, what: int) -> None:
        """Take the end of an element."""
        if what & _HIDDEN:
            self.hiding -= 1
            return
        if what & _BLOCK:
            self.flush()
            if tag == "li":
                self.label = None
        if what & _KEPT:
            element = self.kept.pop()
            began = bool(self.parts) and element.first <= len(self.page.lines)
            element.last = max(element.first, len(self.page.lines) + began)
        if what & _LINK:
            self.links -= 1
        if what & _PRE:
            self.verbatim -= 1
        if what & _LIST:
            self.lists.pop()
        if what & _CELL:
            self.tables[-1].end_cell(len(self.page.lines))
        if what & _TABLE:
            table = self.tables.pop()
            table.last = len(self.page.lines)
            if not table.nests:
                self.page.tables.append(table)

    def text(self, text: str) -> None:
        """Take a stretch of text."""
        if self.hiding:
            self.page.hidden += len(text.strip())
            return
        if self.verbatim:
            self._verbatim(text)
            return
        bare = text.strip(_BLANKS)
        if not bare:
            self.space = self.space or bool(text)
            return
        if "\n" in bare:
            bare = _WRAP.sub("", bare)
        if " " in bare or "\n" in bare or "\t" in bare or "\r" in bare or "\f" in bare:
            bare = _SPACE.sub(" ", bare)
        if self.parts and (self.space or text[0] in _BLANKS):
            self.parts.append(" ")
        self.parts.append(bare)
        if self.links:
            self.links_in_line += len(bare)
        self.space = text[-1] in _BLANKS

    def _verbatim(self, text: str) -> None:
        for at, line in enumerate(text.replace("\r", "").split("\n")):
            if at:
                self.flush()
            if line:
                self.parts.append(line)
                self.links_in_line += len(line) if self.links else 0

    def flush(self) -> None:
        """End the line; one of white space alone is none."""
        self.space = False
        if not self.parts:
            return
        line = self.parts[0] if len(self.parts) == 1 else "".join(self.parts)
        self.parts.clear()
        links, self.links_in_line = self.links_in_line, 0
        if not line.strip(BLANK) or line.isspace():
            return
        if self.label is not None:
            self.page.labels[len(self.page.lines)] = self.label
            self.label = None
        self.page.lines.append(line)
        self.page.linked.append(links)

    def _keep(self, tag: str, mark: Mark) -> None:
        element = Element(tag, mark, len(self.page.lines) + bool(self.parts))
        self.kept.append(element)
        self.page.elements.append(element)

    def _open_table(self, tag: str, named: dict[str, str | None]) -> int:
        if tag == "table":
            if self.tables:
                self.tables[-1].nests = True
            self.tables.append(Rows(len(self.page.lines)))
            return _TABLE
        if not self.tables:
            return 0
        if tag == "tr":
            self.tables[-1].begin_row()
            return 0
        self.tables[-1].begin_cell(
            len(self.page.lines), named.get("rowspan"), named.get("colspan"), heading=tag == "th"
        )
        return _CELL


_DISPLAY: Final = re.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_INVISIBLE: Final = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_KEEPS: Final = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)


def _is_hidden(tag: str, named: dict[str, str | None], style: str) -> bool:
    if "hidden" in named or (tag == "dialog" and "open" not in named):
        return True
    return ("none" in style or "hidden" in style) and _INVISIBLE.search(style) is not None


def _is_block(style: str) -> bool:
    found = _DISPLAY.search(style)
    return found is not None and found[1].lower() in {"block", "flex", "grid", "table", "list-item"}


def _is_verbatim(style: str) -> bool:
    return _KEEPS.search(style) is not None


class _Numbers:
    """The automatic numbers of a list."""

    __slots__ = ("kind", "number", "step")

    def __init__(self, named: dict[str, str | None], style: str) -> None:
        self.kind = _kind(named.get("type") or "", style)
        self.number = _whole(named.get("start"), 1)
        self.step = -1 if "reversed" in named else 1
        if self.step < 0 and "start" not in named:
            self.kind = "none"  # how many there are is not known yet

    def next(self, value: str | None, style: str) -> str | None:
        """Return the label of the next item, whose value and style are given, or None."""
        number = _whole(value, self.number)
        self.number = number + self.step
        kind = _kind("", style) if "list-style" in style else self.kind
        if kind == "decimal":
            return f"{number}."
        if kind == "chinese" and 0 < number < 100:
            return f"{chinese(number)}、"
        return None


_MARKER: Final = re.compile(r"list-style(?:-type)?\s*:\s*([a-z -]+)", re.IGNORECASE)


def _kind(kind: str, style: str) -> str:
    """Return what sort of numbers a list has: decimal, chinese or none that begins an item of a plan."""
    found = _MARKER.search(style)
    if found:
        words = found[1].lower().split()
        if "cjk-ideographic" in words or any(
            word.startswith(("simp-chinese", "trad-chinese")) for word in words
        ):
            return "chinese"
        return "decimal" if "decimal" in words else "none"
    return "decimal" if kind in {"", "1"} else "none"


def _whole(value: str | None, default: int) -> int:
    try:
        return int(value or "")
    except ValueError:
        return default
