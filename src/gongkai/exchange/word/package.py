"""A Word document from its parts to its bytes: the same thing gives the same bytes.

Nothing of the machine, the user or the hour goes into a file. There are no macros, no links and no templates
in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from importlib import import_module
from io import BytesIO
from typing import Any, Final, NamedTuple, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gongkai.codec.carried import NAMESPACE
from gongkai.codec.printing import printable
from gongkai.errors import MissingExtra
from gongkai.exchange.word.elements import node, page, page_field, paragraph, style
from gongkai.exchange.word.layout import layout

__all__ = ["Facts", "Sheet", "document"]

Element: TypeAlias = Any

#: The day of a document that names none: the first that a zip archive can hold.
_NO_DAY: Final = date(1980, 1, 1)
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
#: What a document property takes.
_LONGEST: Final = 255
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
#: The name of the data among those that a file carries; the same in each.
_ITEM: Final = "{6B0A2C55-9C1E-4C3B-8C57-5D0E6F1A9704}"
_DROPPED: Final = ("customXml", "thumbnail", "stylesWithEffects")


class Facts(NamedTuple):
    """What a file says of itself.

    Attributes:
        title: the document's title.
        author: who issued it.
        day: when.
        keywords: words to find it by.
    """

    title: str
    author: str = ""
    day: date | None = None
    keywords: str = ""


class Sheet(NamedTuple):
    """A run of pages.

    Attributes:
        content: its paragraphs and tables.
        which: ``page`` (upright) or ``wide``.
    """

    content: tuple[Element, ...]
    which: str = "page"


def document(sheets: Iterable[Sheet], facts: Facts, carried: str | None = None) -> bytes:
    """Return a Word document.

    Args:
        sheets: its pages; each sheet begins a new one.
        facts: what it says of itself.
        carried: data that it carries beside its text, as JSON in ASCII.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise MissingExtra("documents", "writing Word documents") from error
    made: Any = Document()
    _drop(made.part.package)
    _drop(made.part)
    _style(made)
    _describe(made.core_properties, facts)
    made.settings.odd_and_even_pages_header_footer = True
    if carried is not None:
        _carry(made.part, carried)
    footers = _footers(made)
    body = made.element.body
    body.clear()
    runs = list(sheets)
    for number, sheet in enumerate(runs):
        body.extend(sheet.content)
        ends = page(sheet.which, footers, next_page=number > 0)
        if number < len(runs) - 1:
            _end(body, ends)
        else:
            body.append(ends)
    target = BytesIO()
    made.save(target)
    return _steady(target.getvalue())


def _end(body: Element, ends: Element) -> None:
    """End a section in its last paragraph; a table needs one below it."""
    last = body[-1] if len(body) else None
    if last is None or not last.tag.endswith("}p"):
        last = paragraph("note", [])
        body.append(last)
    last.get_or_add_pPr().append(ends)


def _drop(part: Any) -> None:
    """Drop what the template of python-docx has and no document of ours."""
    for key, relation in list(part.rels.items()):
        if relation.reltype.rpartition("/")[2] in _DROPPED:
            del part.rels[key]


def _style(made: Any) -> None:
    """Put the styles of the table of measures in place of the template's."""
    styles = made.styles.element
    for child in list(styles):
        styles.remove(child)
    table = layout()["styles"]
    styles.append(style("body", table["body"], default=True))
    for name, facts in table.items():
        if name != "body":
            styles.append(style(name, facts))
    fonts = next(rel.target_part for rel in made.part.rels.values() if rel.reltype.endswith("/fontTable"))
    listed = [
        node("font", node("altName", val=other), name=font) for font, other in layout()["fonts"].items()
    ]
    fonts._blob = _serialized(node("fonts", *listed))  # noqa: SLF001 - python-docx knows no table of fonts


def _serialized(element: Element) -> bytes:
    opc: Any = import_module("docx.opc.oxml")
    return bytes(opc.serialize_part_xml(element))


def _describe(properties: Any, facts: Facts) -> None:
    day = facts.day or _NO_DAY
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for name in ("title", "author", "keywords"):
        setattr(properties, name, printable(getattr(facts, name)).replace("\n", " ")[:_LONGEST])
    for name in ("subject", "comments", "category", "last_modified_by"):
        setattr(properties, name, "")
    properties.created = properties.modified = moment
    properties.language = "zh-CN"
    properties.revision = 1


def _footers(made: Any) -> dict[str, str]:
    """Make the feet of odd and even pages (7.5), and return their relations."""
    section = made.sections[0]
    side = layout()["places"]["number_side"]
    for footer, look in (
        (section.footer, {"right": side}),
        (section.even_page_footer, {"left": side}),
    ):
        footer.is_linked_to_previous = False
        element = footer._element  # noqa: SLF001 - python-docx offers no other way to it
        for child in list(element):
            element.remove(child)
        foot = paragraph("footer", [], indent={"left": 0, "right": 0, **look})
        if "left" in look:
            foot.get_or_add_pPr().append(node("jc", val="left"))
        foot.extend(page_field())
        element.append(foot)
    found: dict[str, str] = {}
    for reference in section._sectPr.footerReference_lst:  # noqa: SLF001 - as above
        found[reference.type_.name.replace("PRIMARY", "default").replace("EVEN_PAGE", "even")] = reference.rId
    return found


def _carry(part: Any, carried: str) -> None:
    """Put data into a part of its own, with properties by which programs keep it (ISO/IEC 29500-1, 22.5)."""
    name = f'xmlns="{NAMESPACE}" format="{NAMESPACE}"'
    held = _part(part, "/customXml/item1.xml", "application/xml", f"<plan {name}>{carried}</plan>")
    part.relate_to(held, f"{_RELATIONS}/customXml")
    facts = (
        f'<ds:datastoreItem xmlns:ds="{_CUSTOM}" ds:itemID="{_ITEM}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    properties = _part(part, "/customXml/itemProps1.xml", _PROPERTIES, facts)
    held.relate_to(properties, f"{_RELATIONS}/customXmlProps")


def _part(part: Any, name: str, kind: str, content: str) -> Any:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    data = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'
    return Part(PackURI(name), kind, data.encode("ascii"), part.package)


def _steady(data: bytes) -> bytes:
    """Return an archive with the days and attributes of its parts left out."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as came, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for member in came.infolist():
            info = ZipInfo(member.filename, _ZIP_DAY)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            made.writestr(info, came.read(member))
    return target.getvalue()
