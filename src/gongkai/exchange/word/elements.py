"""Paragraphs and tables of WordprocessingML, as trees (ISO/IEC 29500-1, 17).

Text goes into trees of lxml, never into strings of markup, and into ``w:t`` alone: nothing that a document
says becomes an element, a field or a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from gongkai.codec.printing import printable
from gongkai.errors import MissingExtra
from gongkai.exchange.word.layout import layout, points, twips

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Box", "Run", "Runs", "node", "page", "page_field", "paragraph", "style", "table"]

#: An element of lxml, which has no types of its own.
Element: TypeAlias = Any

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
#: A row of more lines may be parted by the end of a page.
_LONG: Final = 12


class Run(NamedTuple):
    """A stretch of text of one look.

    Attributes:
        text: its characters.
        font: a font of its own.
        mark: ``deleted`` (struck out), ``inserted`` (underlined), or nothing.
    """

    text: str
    font: str = ""
    mark: str = ""


Runs: TypeAlias = Iterable[Run | str]


@cache
def _makers() -> tuple[Callable[..., Element], Callable[[str], str]]:
    try:
        from docx.oxml.ns import qn

        parser: Any = import_module("docx.oxml.parser")
    except ImportError as error:
        raise MissingExtra("documents", "writing Word documents") from error
    return parser.OxmlElement, qn


def node(tag: str, *children: Element, **attributes: str | float) -> Element:
    """Return an element of the main namespace with attributes of it, and with children; None is left out."""
    make, name = _makers()
    made = make(f"w:{tag}")
    for key, value in attributes.items():
        made.set(name(f"w:{key}"), str(value))
    made.extend([child for child in children if child is not None])
    return made


#: The colour and the line of what was taken out and put in; see ``Run``.
_MARKS: Final[dict[str, tuple[tuple[str, dict[str, str]], ...]]] = {
    "deleted": (("strike", {}), ("color", {"val": "C00000"})),
    "inserted": (("color", {"val": "00609C"}), ("u", {"val": "single"})),
}


def _fonts(font: str) -> Element:
    """Fonts by name; the hint makes quotation marks and dashes those of the East Asian font."""
    return node("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia")


def _look(run: Run) -> Element:
    fonts = _fonts(run.font) if run.font else node("rFonts", hint="eastAsia")
    marks = [node(tag, **attributes) for tag, attributes in _MARKS.get(run.mark, ())]
    return node("rPr", fonts, *marks)


def _text(tag: str, text: str) -> Element:
    made = node(tag)
    made.text = text
    made.set(f"{_XML}space", "preserve")
    return made


def _run(run: Run) -> Element:
    """A run; lines in it break, and a tab is a tab."""
    made = node("r", _look(run))
    for number, line in enumerate(printable(run.text).split("\n")):
        if number:
            made.append(node("br"))
        for place, text in enumerate(line.split("\t")):
            if place:
                made.append(node("tab"))
            if text:
                made.append(_text("t", text))
    return made


def paragraph(
    style_id: str,
    runs: Runs,
    *,
    indent: dict[str, float] | None = None,
    breaks: bool = False,
    keep: bool = False,
    size: float = 0,
) -> Element:
    """Return a paragraph.

    Args:
        style_id: its style.
        runs: its text.
        indent: ``left`` or ``right``, in characters of 3号.
        breaks: whether it begins a page.
        keep: whether its last line stands on one page with what follows.
        size: a size of its own, in points.
    """
    facts = [node("pStyle", val=style_id)]
    if keep:
        facts.append(node("keepNext"))
    if breaks:
        facts.append(node("pageBreakBefore"))
    if indent:
        facts.append(_indent(indent, layout()["styles"]["body"]["size"]))
    made = [_run(run if isinstance(run, Run) else Run(run)) for run in runs]
    if size:
        for each in made:
            each[0].append(node("sz", val=round(size * 2)))
    return node("p", node("pPr", *facts), *made)


def _indent(indent: dict[str, float], size: float) -> Element:
    facts: dict[str, int] = {}
    for side, count in indent.items():
        names = {"first": ("firstLineChars", "firstLine")}.get(side, (f"{side}Chars", side))
        facts[names[0]] = round(count * 100)
        facts[names[1]] = points(count * size)
    return node("ind", **facts)


def page_field() -> list[Element]:
    """Return the runs of a page number between dashes (7.5): — 1 —."""
    field = node("fldSimple", node("r", node("t")), instr="PAGE")
    field[0][0].text = "1"
    return [_run(Run("— ")), field, _run(Run(" —"))]


def style(style_id: str, facts: dict[str, Any], *, default: bool = False) -> Element:
    """Return a paragraph style of the table of measures."""
    # The order of the standard's schema, which Word holds files to (ISO/IEC 29500-1, 17.3.1.26).
    about: list[Element] = [
        node("keepNext") if facts.get("keep") else None,
        node("widowControl", val=0),
        _rule(facts["rule"]) if "rule" in facts else None,
        None if facts.get("line", True) is True else node("snapToGrid", val=0),
        _spacing(facts),
        _style_indent(facts),
        node("jc", val=facts["align"]),
        node("outlineLvl", val=facts["outline"]) if "outline" in facts else None,
    ]
    look = [
        _fonts(facts["font"]),
        node("color", val=facts["colour"]) if "colour" in facts else None,
        node("spacing", val=points(facts["spacing"])) if "spacing" in facts else None,
        node("sz", val=facts["size"] * 2),
        node("szCs", val=facts["size"] * 2),
        node("lang", val="en-US", eastAsia="zh-CN") if default else None,
    ]
    made = node("style", type="paragraph", styleId=style_id, **({"default": 1} if default else {}))
    made.append(node("name", val="Normal" if default else facts["name"]))
    if not default:
        made.append(node("basedOn", val="body"))
    made.extend([node("qFormat"), node("pPr", *about), node("rPr", *look)])
    return made


def _rule(colour: str) -> Element:
    """A line below a paragraph, as wide as the type area (7.2.7)."""
    return node("pBdr", node("bottom", val="single", sz=12, space=11, color=colour))


def _style_indent(facts: dict[str, Any]) -> Element:
    sides = {side: facts.get(side, 0) for side in ("left", "right", "first")}
    return _indent(sides, facts["size"])


def _spacing(facts: dict[str, Any]) -> Element:
    line = layout()["page"]["line"]
    above = twips(facts["above_mm"]) if "above_mm" in facts else points(facts.get("above", 0) * line)
    found: dict[str, int | str] = {"before": above, "after": points(facts.get("below", 0) * line)}
    exact = facts.get("line", line)
    if exact:
        found |= {"line": points(exact), "lineRule": "exact"}
    return node("spacing", **found)


class Box(NamedTuple):
    """A cell.

    Attributes:
        paragraphs: what stands in it.
        columns: how many columns it spans.
        goes_on: None, or whether it is the cell above (True) or goes on below (False).
        shade: the colour behind it.
    """

    paragraphs: Sequence[Element]
    columns: int = 1
    goes_on: bool | None = None
    shade: str = ""


def table(widths: Sequence[int], rows: Sequence[Sequence[Box]], heads: int = 1) -> Element:
    """Return a table with lines around its cells.

    Args:
        widths: of its columns, in twentieths of a point.
        rows: its cells, row by row.
        heads: so many rows stand on each page again.
    """
    lines = [
        node(side, val="single", sz=4, space=0, color="000000")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = [node(side, w=70, type="dxa") for side in ("left", "right")]
    facts = node(
        "tblPr",
        node("tblW", w=sum(widths), type="dxa"),
        node("jc", val="center"),
        node("tblBorders", *lines),
        node("tblLayout", type="fixed"),
        node("tblCellMar", *margins),
    )
    made = node("tbl", facts, node("tblGrid", *[node("gridCol", w=width) for width in widths]))
    for number, row in enumerate(rows):
        made.append(_row(widths, row, head=number < heads))
    return made


def _row(widths: Sequence[int], row: Sequence[Box], *, head: bool) -> Element:
    whole = head or not _is_long(widths, row)
    about = [node("cantSplit") if whole else None, node("tblHeader") if head else None]
    made = node("tr", node("trPr", *about))
    at = 0
    for box in row:
        width = sum(widths[at : at + box.columns])
        merge = None
        if box.goes_on is not None:
            merge = node("vMerge") if box.goes_on else node("vMerge", val="restart")
        facts = node(
            "tcPr",
            node("tcW", w=width, type="dxa"),
            node("gridSpan", val=box.columns) if box.columns > 1 else None,
            merge,
            node("shd", val="clear", color="auto", fill=box.shade) if box.shade else None,
            node("vAlign", val="center"),
        )
        made.append(node("tc", facts, *(box.paragraphs or [paragraph("cell", [])])))
        at += box.columns
    return made


def _is_long(widths: Sequence[int], row: Sequence[Box]) -> bool:
    """Tell whether a row may have to go on on the next page, by the lines that its cells have."""
    size = points(layout()["styles"]["cell"]["size"])
    at = 0
    for box in row:
        room = max(1, sum(widths[at : at + box.columns]) // size - 1)
        at += box.columns
        texts = ["".join(each.itertext()) for each in box.paragraphs]
        if sum(1 + len(text) // room for text in texts) > _LONG:
            return True
    return False


def page(which: str, relations: dict[str, str], *, grid: bool = True, next_page: bool = False) -> Element:
    """Return the properties of a section: paper, margins, grid and page numbers.

    Args:
        which: ``page`` or ``wide``.
        relations: the ids of the footers, by ``default`` and ``even``.
        grid: whether lines and characters stand on the grid of 22 by 28.
        next_page: whether the section begins a page.
    """
    facts = layout()[which]
    _, name = _makers()
    made = node("sectPr")
    for kind, relation in relations.items():
        footer = node("footerReference", type=kind)
        footer.set(name("r:id"), relation)
        made.append(footer)
    if next_page:
        made.append(node("type", val="nextPage"))
    size = {"w": twips(facts["width"]), "h": twips(facts["height"])}
    made.append(node("pgSz", **size, **({"orient": "landscape"} if which == "wide" else {})))
    sides = {side: twips(facts[side]) for side in ("top", "right", "bottom", "left", "header", "footer")}
    made.append(node("pgMar", **sides, gutter=0))
    if grid:
        upright = layout()["page"]
        width = upright["width"] - upright["left"] - upright["right"]
        pitch = width / 25.4 * 72 / upright["characters"] - layout()["styles"]["body"]["size"]
        spaces = {"linePitch": points(upright["line"]), "charSpace": round(pitch * 4096)}
        # Type ``lines``: LibreOffice gives a character wider than the pitch two places of a grid of
        # characters. What brings 28 into a line is the styles' spacing.
        made.append(node("docGrid", type="lines", **spaces))
    return made
