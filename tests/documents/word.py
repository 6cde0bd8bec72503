"""Word documents made from the example plans, as offices write them: with python-docx, styles, running heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import count

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from gongkai.reading.lines import Passage, chinese_number, label_number, scan, styles
from tests.documents.tables import Grid

#: The levels of lists, by the names of the numbering styles, with the formats that Word prints them in.
LEVELS = {
    "chapter": "chineseCounting",
    "section": "chineseCountingThousand",
    "item": "decimal",
    "subitem": "decimal",
    "circled": "decimalEnclosedCircle",
}
#: A run ends after so many characters: Word breaks text anywhere, where somebody typed.
RUN = 23


def saved(document: Document) -> bytes:
    """The bytes of a document."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def blank(head: str = "澄湖区政务公开领导小组办公室") -> Document:
    """A document with a running head and page numbers, in the type of official documents (GB/T 9704-2012)."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "FangSong"
    normal.font.size = Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    section = document.sections[0]
    section.header.paragraphs[0].text = head
    section.footer.paragraphs[0].text = "— "
    for mark in ("begin", "PAGE", "separate", "1", "end"):
        run = section.footer.paragraphs[0].add_run()
        if mark == "PAGE":
            run._r.append(parse_xml(f"<w:instrText {nsdecls('w')}>PAGE</w:instrText>"))
        elif mark == "1":
            run.text = mark
        else:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{mark}"/>'))
    section.footer.paragraphs[0].add_run(" —")
    return document


def add(where: Document | _Cell, text: str, *, centred: bool = False) -> Paragraph:
    """Add a paragraph in several runs, with what Word puts between them."""
    paragraph = where.add_paragraph()
    for start in range(0, len(text), RUN):
        paragraph.add_run(text[start : start + RUN])
        paragraph._p.append(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.paragraph_format.first_line_indent = Pt(32)
    return paragraph


def typed(text: str, title: str = "") -> bytes:
    """A document whose paragraphs are the lines of a text, labels and all."""
    document = blank()
    for line in scan(text):
        add(document, line.text, centred=line.text == title)
    return saved(document)


def numbered(text: str, title: str = "") -> bytes:
    """The same with automatic numbers in place of the labels, from the first chapter on."""
    document = blank()
    lists = Lists(document)
    body = False
    for line in scan(text):
        name = styles()[line.style].name if line.style >= 0 else ""
        body = body or name == "chapter"
        if body and name in LEVELS:
            lists.apply(add(document, line.text[line.body :]), line, name)
        else:
            add(document, line.text, centred=line.text == title)
    return saved(document)


class Lists:
    """One list of all levels, and where its numbers skip, run on or look different a list that says so."""

    def __init__(self, document: Document) -> None:
        self.root = document.part.numbering_part.element
        for child in list(self.root):
            self.root.remove(child)
        self.forms: dict[int, str] = {}
        self.next = dict.fromkeys(range(len(LEVELS)), 1)
        self.numbers = count(1)
        self.abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="0"/>')
        self.root.append(self.abstract)
        self.current = self.new("")

    def new(self, overrides: str) -> int:
        """Begin a list that counts on with the others."""
        number = next(self.numbers)
        inside = f'<w:abstractNumId w:val="0"/>{overrides}'
        self.root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{inside}</w:num>'))
        return number

    def apply(self, paragraph: Paragraph, line: Passage, name: str) -> None:
        """Give a paragraph the automatic number that prints the label of a line."""
        label = line.label or ""
        depth = list(LEVELS).index(name)
        number = label_number(label) or 0
        form = _form(label, number, depth)
        level = (
            f'<w:lvl {nsdecls("w")} w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{LEVELS[name]}"/>'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{form}"/></w:lvl>'
        )
        start = f'<w:startOverride w:val="{number}"/>'
        used = self.current
        if depth not in self.forms:
            self.forms[depth] = form
            self.abstract.append(parse_xml(level))
        if form != self.forms[depth]:
            used = self.new(f'<w:lvlOverride w:ilvl="{depth}">{start}{level}</w:lvlOverride>')
        elif number != self.next[depth]:
            used = self.current = self.new(f'<w:lvlOverride w:ilvl="{depth}">{start}</w:lvlOverride>')
        self.next[depth] = number + 1
        self.next.update(dict.fromkeys(range(depth + 1, len(LEVELS)), 1))
        marks = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{used}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(marks))


def _form(label: str, number: int, depth: int) -> str:
    """The label with the place of its number: （%2）."""
    printed = next(
        (sign for sign in _numerals(label) if (chinese_number(sign) or label_number(sign)) == number), label
    )
    return label.replace(printed, f"%{depth + 1}")


def _numerals(label: str) -> Iterator[str]:
    yield label.strip("（）()、，,.．﹒")


def with_table(paragraphs: Iterable[str], grid: Grid, title: str = "") -> bytes:
    """A document of paragraphs and a table below them; the heads of its columns are repeated on each page."""
    document = blank()
    for line in paragraphs:
        add(document, line, centred=line == title)
    table = document.add_table(grid.height, grid.width, style="Table Grid")
    rows = table._cells  # table.cell() makes all of them anew each time
    for at, texts in enumerate(grid.rows):
        for column, text in enumerate(texts):
            _fill(rows[at * grid.width + column], text)
    for at in range(grid.heads):
        table.rows[at]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for top, left, bottom, right in grid.merged:
        rows[top * grid.width + left].merge(rows[bottom * grid.width + right])
    return saved(document)


def _fill(cell: _Cell, text: str) -> None:
    """Fill a cell, a line a paragraph."""
    for at, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if not at else cell.add_paragraph()
        paragraph.add_run(line).font.size = Pt(10)
