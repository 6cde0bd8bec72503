"""The blocks of a Word document, in order: paragraphs, tables, content controls."""

from __future__ import annotations

from typing import Final

from gongkai.model import PlaceKind
from gongkai.reading.containers.drafting import Draft
from gongkai.reading.containers.markup import Node, Step, Steps, steps_of
from gongkai.reading.containers.numbering import Numbering, Styles
from gongkai.reading.containers.paragraphs import Fields, Paragraph, paragraph_of
from gongkai.reading.containers.wordtables import TableDraft
from gongkai.reading.contents import is_contents_title
from gongkai.reading.findings import finding
from gongkai.reading.lines import BLANK, label_of, make_span, scan

__all__ = ["OUTER", "Body"]

_PARTS: Final = frozenset(["document", "body", "hdr", "ftr"])
_TABLES: Final = frozenset(["tbl", "tr", "tc"])
_FRAMES: Final = frozenset(["sdt", "sdtContent", "customXml", "ins", "moveTo", "del", "moveFrom"])
_ALTERNATIVES: Final = frozenset(["AlternateContent", "Choice", "Fallback"])
#: What paragraphs stand in.
OUTER: Final = _PARTS | _TABLES | _FRAMES | _ALTERNATIVES
#: What a content control of a table of contents says of itself.
_CONTENTS: Final = "table of contents"


class Body:
    """Takes in the blocks of a part and writes their lines.

    Attributes:
        draft: where the lines go.
        notes: the foot- and endnotes that came up, as (``footnote`` or ``endnote``, id).
        pictures: how many pictures came up.
        printed: whether anything was printed.
    """

    __slots__ = (
        "_choices",
        "_controls",
        "_fields",
        "_heads_contents",
        "_muted",
        "_numbering",
        "_paragraphs",
        "_pending",
        "_styles",
        "_tables",
        "_tables_seen",
        "_unread",
        "draft",
        "notes",
        "pictures",
        "printed",
    )

    def __init__(self, draft: Draft, styles: Styles, numbering: Numbering) -> None:
        self.draft = draft
        self.notes: list[tuple[str, str]] = []
        self.pictures = 0
        self.printed = False
        self._styles = styles
        self._numbering = numbering
        self._fields = Fields()
        self._heads_contents = -1  # where the last paragraph began, if it says 目录
        self._muted = 0  # how deep the stream is in what is not printed
        self._choices: list[int] = []  # how many choices each open alternative had
        self._controls: list[int] = []  # where each open table of contents began; -1 for other controls
        self._tables: list[TableDraft] = []
        self._tables_seen = 0
        self._paragraphs = 0
        self._pending: tuple[str, str | None] | None = None  # a paragraph that goes on with the next
        self._unread: set[str] = set()

    def read(self, steps: Steps) -> None:
        """Take in blocks."""
        for step, node in steps:
            if step is Step.OPEN:
                if self._muted or self._is_silent(node):
                    self._muted += 1
                else:
                    self._open(node)
            elif step is Step.CLOSE:
                if self._muted:
                    self._muted -= 1
                else:
                    self._close(node)
            elif not self._muted:
                self._whole(node)

    def _is_silent(self, node: Node) -> bool:
        """Tell whether nothing in it is printed: deleted blocks, and the second of two alternatives."""
        if node.name in {"Choice", "Fallback"} and self._choices:
            self._choices[-1] += 1
            return self._choices[-1] > 1
        return node.name in {"del", "moveFrom"}

    def _open(self, node: Node) -> None:
        name = node.name
        if name == "tbl":
            if self._tables:
                self._tables[-1].holds_tables = True
            self._tables_seen += 1
            self._tables.append(TableDraft(self.draft, self._tables_seen))
        elif name == "tr" and self._tables:
            self._tables[-1].open_row()
        elif name == "tc" and self._tables:
            self._tables[-1].open_cell()
        elif name == "sdt":
            self._controls.append(-1)
        elif name == "AlternateContent":
            self._choices.append(0)

    def _close(self, node: Node) -> None:
        name = node.name
        if name == "tc" and self._tables:
            self._flush()
            self._tables[-1].close_cell()
        elif name == "tbl":
            self._flush()
            self._close_table()
        elif name == "sdt":
            start = self._controls.pop()
            if start >= 0:
                self.draft.apart("contents", start)
        elif name == "AlternateContent":
            self._choices.pop()
        elif name in {"body", "hdr", "ftr"}:
            self._flush()

    def _close_table(self) -> None:
        table = self._tables.pop()
        table.close()
        if self._tables:
            self._tables[-1].placed = False
        elif table.placed:
            self.draft.place(PlaceKind.TABLE, "")

    def _whole(self, node: Node) -> None:
        name = node.name
        if name == "p":
            self._paragraph(node)
        elif name == "trPr" and self._tables:
            if node.first("del"):
                self.draft.note("deleted-left-out")
                self._tables[-1].drop_row()
                self._muted += 1  # up to the row's end
            else:
                self._tables[-1].take_row(node)
        elif name == "tcPr" and self._tables:
            self._tables[-1].take_cell(node)
        elif name == "sdtPr" and self._controls:
            gallery = node.value("docPartObj", "docPartGallery") or ""
            if gallery.lower() == _CONTENTS:
                self._controls[-1] = self.draft.end
        elif name == "altChunk":
            self.draft.note("object-unread")

    def _paragraph(self, node: Node) -> None:
        properties = node.first("pPr")
        style = properties.value("pStyle") if properties else None
        end_deleted = properties is not None and properties.first("rPr", "del") is not None
        came = paragraph_of(node, self._fields)
        text, span = came.text, None
        if not self._tables:
            self._paragraphs += 1
        if self._pending is not None:
            before, label = self._pending
            text, self._pending = before + text, None
        elif end_deleted and not text.strip():
            self._note(came, None)
            return
        else:
            label = self._numbering.label(style, properties.first("numPr") if properties else None)
        if end_deleted:
            self._pending = text, label
        else:
            span = self._write(text, label, style)
        self._note(came, span)
        self.notes += came.notes
        for box in came.boxes:
            self.read(steps_of(box.children, OUTER))

    def _write(self, text: str, label: str | None, style: str | None) -> tuple[int, int] | None:
        """Write a paragraph, and return where its first line stands."""
        start = self.draft.end
        if self._tables:
            found = self._tables[-1].add(text, label)
        elif not text.strip().strip(BLANK):
            self.draft.lines(text)
            return None
        else:
            self.draft.place(PlaceKind.PARAGRAPH, str(self._paragraphs))
            found = self.draft.lines(text, label)[0]
        self.printed = self.printed or found is not None
        if max(self._controls, default=-1) >= 0:  # in a table of contents, which is noise as a whole
            return found
        before, self._heads_contents = self._heads_contents, start if is_contents_title(text.strip()) else -1
        if self._styles.names.get(style or "", "").startswith("toc "):
            self.draft.apart("contents", start if before < 0 else before)
        elif label is not None and found is not None:
            if label_of(label)[0] < 0:
                self._unknown(label, found)
            elif found[0] < found[1] and scan(text)[0].style >= 0:
                self.draft.note("label-doubled", 1, found)
        return found

    def _unknown(self, label: str, at: tuple[int, int]) -> None:
        """Say that a label is none that the grammar knows: once for labels that differ in their number."""
        shape = "".join([sign for sign in label if not sign.isalnum()])
        if shape not in self._unread:
            self._unread.add(shape)
            span = make_span(*at, ()) if at[0] < at[1] else None
            self.draft.findings.append(finding("label-unread", span, label=label))

    def _flush(self) -> None:
        """Write a paragraph that went on with the next where there is no next."""
        if self._pending is not None:
            text, label = self._pending
            self._pending = None
            self._write(text, label, None)

    def _note(self, came: Paragraph, span: tuple[int, int] | None) -> None:
        self.pictures += came.pictures
        for name, count in (
            ("inserted-read", came.inserted),
            ("deleted-left-out", came.deleted),
            ("hidden-left-out", came.hidden),
            ("comments-left-out", came.comments),
            ("object-unread", came.objects),
        ):
            if count:
                self.draft.note(name, count, span)
