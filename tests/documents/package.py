"""Office packages made by hand: the few parts that a test is about."""

from __future__ import annotations

import zipfile
from io import BytesIO

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#: The namespaces of the strict variety, by those of the transitional one (ISO/IEC 29500-1, annex A).
_STRICT = {
    _RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    _WORD: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    _SHEET: "http://purl.oclc.org/ooxml/spreadsheetml/main",
}


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip archive of parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip archive."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """The archive with a text replaced in a part."""
    parts = unzipped(data)
    assert old.encode() in parts[name], f"{old} is not in {name}"
    parts[name] = parts[name].replace(old.encode(), new.encode())
    return zipped(parts)


def strict(data: bytes) -> bytes:
    """The archive in the strict variety."""
    parts = unzipped(data)
    for old, new in _STRICT.items():
        parts = {name: content.replace(old.encode(), new.encode()) for name, content in parts.items()}
    return zipped(parts)


def relations(targets: dict[str, str]) -> bytes:
    """A list of relations: the part by its kind; the kind may be followed by a number."""
    rows = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'.encode()


def word(body: str, **more: str) -> bytes:
    """A Word document: the markup of its body, and of further parts by their kind (``header2`` is one)."""
    root = f'xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}"'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": relations({kind: f"{kind}.xml" for kind in more}),
        "word/document.xml": f"<w:document {root}><w:body>{body}</w:body></w:document>".encode(),
    }
    names = {"header": "hdr", "footer": "ftr"}
    for kind, content in more.items():
        name = names.get(kind.rstrip("0123456789"), kind)
        parts[f"word/{kind}.xml"] = f"<w:{name} {root}>{content}</w:{name}>".encode()
    return zipped(parts)


def paragraph(text: str = "", properties: str = "") -> str:
    """The markup of a paragraph of plain text, with the markup of its properties."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """The markup of a stretch of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    """The markup of a table, of the markup of its rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """The markup of a row of cells: plain text, or markup."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(cell, cells))}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """The markup of a cell: plain text, or markup of blocks; a cell that is one already stays."""
    if content.startswith("<w:tc>"):
        return content
    blocks = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def workbook(*sheets: str, names: tuple[str, ...] = (), **more: str) -> bytes:
    """A workbook: the markup of its sheets, and of ``strings``, ``styles``, and attributes of sheets by name.

    ``names`` are the sheets' names, each perhaps with attributes behind it (``表1" state="hidden``).
    """
    root = f'xmlns="{_SHEET}" xmlns:r="{_RELATIONS}"'
    names = names or tuple(f"表{at}" for at in range(1, len(sheets) + 1))
    listing = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="worksheet{at}"/>' for at, name in enumerate(names, 1)
    )
    targets = {f"worksheet{at}": f"sheet{at}.xml" for at in range(1, len(sheets) + 1)}
    targets |= {kind: f"{kind}.xml" for kind in more if kind != "workbook"}
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
        "xl/_rels/workbook.xml.rels": relations(targets),
        "xl/workbook.xml": f"<workbook {root}>{more.get('workbook', '')}<sheets>{listing}</sheets></workbook>".encode(),
    }
    for at, sheet in enumerate(sheets, 1):
        parts[f"xl/sheet{at}.xml"] = f"<worksheet {root}>{sheet}</worksheet>".encode()
    for kind, root_name in (("sharedStrings", "sst"), ("styles", "styleSheet")):
        if kind in more:
            parts[f"xl/{kind}.xml"] = f"<{root_name} {root}>{more[kind]}</{root_name}>".encode()
    return zipped(parts)


def cells(*rows: tuple[str, ...], more: str = "") -> str:
    """The markup of a sheet: rows of cells, plain text or markup of a cell, and what stands behind them."""
    made = ""
    for at, texts in enumerate(rows, 1):
        inside = "".join(
            text if text.startswith("<c") else inline(f"{chr(64 + column)}{at}", text) if text else ""
            for column, text in enumerate(texts, 1)
        )
        made += f'<row r="{at}">{inside}</row>'
    return f"<sheetData>{made}</sheetData>{more}"


def inline(place: str, text: str) -> str:
    """The markup of a cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def merges(*ranges: str) -> str:
    """The markup of merged cells."""
    return "<mergeCells>" + "".join(f'<mergeCell ref="{range_}"/>' for range_ in ranges) + "</mergeCells>"
