"""The text of one paragraph of Word: what is printed of it, and what hangs on it."""

from __future__ import annotations

from typing import Final, NamedTuple

from gongkai.reading.containers.markup import Node

__all__ = ["Fields", "Paragraph", "paragraph_of"]

_PROPERTIES: Final = frozenset(
    ["pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "ctrlPr"]
)
_UNPRINTED: Final = frozenset(["instrText", "delText", "delInstrText", "softHyphen", "annotationRef", "rt"])
#: Elements in which nothing is printed; ``rt`` is the reading above a character.
_SILENT: Final = _PROPERTIES | _UNPRINTED | frozenset(["fldData", "binData"])
_DELETED: Final = frozenset(["del", "moveFrom"])
_INSERTED: Final = frozenset(["ins", "moveTo"])
#: What is printed for elements without text.
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: Signs of the fonts Symbol and Wingdings that are used in forms, by their code.
_SYMBOLS: Final = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0xA3: "□",
    0xA8: "□",
    0xB7: "·",
    0xD6: "√",
    0xE0: "→",
    0xFC: "√",
    0xFE: "☑",
}


class Paragraph(NamedTuple):
    """What one paragraph says.

    Attributes:
        text: its text; ``\\n`` where a line ends inside it.
        boxes: the text boxes that are anchored in it (``txbxContent``).
        notes: its foot- and endnotes, as (``footnote`` or ``endnote``, id).
        inserted: how many stretches were inserted under revision.
        deleted: how many were deleted.
        hidden: how many stretches of hidden text there are.
        comments: how many comments are anchored in it.
        pictures: how many pictures there are.
        objects: how many embedded objects there are.
    """

    text: str
    boxes: tuple[Node, ...]
    notes: tuple[tuple[str, str], ...]
    inserted: int
    deleted: int
    hidden: int
    comments: int
    pictures: int
    objects: int


_EMPTY: Final = Paragraph("", (), (), 0, 0, 0, 0, 0, 0)


class Fields:
    """The fields that are open; one, as a table of contents, may run over many paragraphs.

    Attributes:
        open: whether each shows its result already (True) or still gives its instruction (False).
    """

    __slots__ = ("open",)

    def __init__(self) -> None:
        self.open: list[bool] = []

    def mark(self, kind: str | None) -> None:
        """Note a mark of a field: begin, separate or end."""
        if kind == "begin":
            self.open.append(False)
        elif self.open:
            if kind == "separate":
                self.open[-1] = True
            else:
                self.open.pop()

    def end_paragraph(self) -> None:
        """Drop instructions: none runs over a paragraph, so one that is left open was never closed."""
        self.open = [shown for shown in self.open if shown]

    @property
    def shown(self) -> bool:
        """Whether text that stands here is printed."""
        return all(self.open)


class _Taker:
    """Goes through a paragraph, in order."""

    __slots__ = ("boxes", "counts", "fields", "notes", "parts")

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.parts: list[str] = []
        self.boxes: list[Node] = []
        self.notes: list[tuple[str, str]] = []
        self.counts = dict.fromkeys(["inserted", "deleted", "hidden", "comments", "pictures", "objects"], 0)

    def take(self, nodes: list[Node]) -> None:
        """Take in the elements and all in them."""
        for node in nodes:
            name = node.name
            if name == "r":
                self._run(node)
            elif name == "t":
                if self.fields.shown:
                    self.parts.append(node.text.replace("\r", "").replace("\n", " "))
            elif name in _SIGNS:
                if self.fields.shown:
                    self.parts.append(_SIGNS[name])
            elif name not in _SILENT:
                self._other(node)

    def _run(self, node: Node) -> None:
        """A stretch of text of one look."""
        if node.is_on("rPr", "vanish"):
            self.counts["hidden"] += any(child.name == "t" and child.text for child in node.children)
            self.fields_in(node)
        else:
            self.take(node.children)

    def fields_in(self, node: Node) -> None:
        """Keep count of the fields in a run that is not printed."""
        for child in node.all("fldChar"):
            self.fields.mark(child.attributes.get("fldCharType"))

    def _other(self, node: Node) -> None:
        name = node.name
        if name in _DELETED:
            self.counts["deleted"] += bool(node.children)
            return
        if name in _INSERTED:
            self.counts["inserted"] += bool(node.children)
        elif name == "fldChar":
            self.fields.mark(node.attributes.get("fldCharType"))
        elif name == "sym":
            self.parts.append(_symbol(node.attributes.get("char", "")))
        elif name in {"footnoteReference", "endnoteReference"}:
            self.notes.append((name.removesuffix("Reference"), node.attributes.get("id", "")))
        elif name == "commentReference":
            self.counts["comments"] += 1
        elif name == "txbxContent":
            self.boxes.append(node)
            return
        elif name in {"blip", "imagedata"}:
            self.counts["pictures"] += 1
        elif name in {"OLEObject", "relIds"}:  # the latter is a drawing of boxes and arrows
            self.counts["objects"] += 1
        elif name == "AlternateContent":
            self.take((node.first("Choice") or node.first("Fallback") or node).children)
            return
        elif name == "sdt" and node.is_on("sdtPr", "showingPlcHdr"):
            return  # what a form prints for lack of content
        self.take(node.children)


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:  # the codes of a font, moved to the private area
        return _SYMBOLS.get(number - 0xF000, "□")
    return chr(number) if 32 <= number < 0xD800 or 0xE000 <= number < 0x110000 else ""


def paragraph_of(node: Node, fields: Fields) -> Paragraph:
    """Return what a paragraph says.

    Args:
        node: the element ``p``.
        fields: the fields that paragraphs before it left open.
    """
    if all(child.name == "pPr" for child in node.children):
        return _EMPTY
    taker = _Taker(fields)
    taker.take(node.children)
    fields.end_paragraph()
    return Paragraph("".join(taker.parts), tuple(taker.boxes), tuple(taker.notes), **taker.counts)
