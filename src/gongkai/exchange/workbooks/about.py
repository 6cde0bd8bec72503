"""The sheet about a document: its record, its notice, and what stands before and behind its chapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from gongkai.codec.keeping import DIGEST_HEAD, KEY_HEAD, row_digest
from gongkai.exchange.workbooks.cells import heads
from gongkai.exchange.workbooks.paper import BODY, CENTRED, HEAD, TITLE, Look, print_setup, put, put_row
from gongkai.model import Plan
from gongkai.views import Language

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["write_about"]

_WIDTHS: Final = (22.0, 118.0)
_HEADS: Final = ("项目", "内容")
_HIDDEN: Final = Look("宋体", 9, ruled=False)


class _Fact(NamedTuple):
    id: str
    item: str
    value: str


def write_about(book: Workbook, plan: Plan, language: Language) -> None:
    """Add the sheet."""
    name = heads()["sheets"]["about"][language]
    sheet = book.create_sheet(name)
    for letter, width in zip("AB", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for letter in "CD":
        sheet.column_dimensions[letter].hidden = True
    put(sheet, 1, 1, name, TITLE._replace(size=18))
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 32
    put_row(sheet, 2, _HEADS, [HEAD, HEAD], _WIDTHS)
    put(sheet, 2, 3, KEY_HEAD, _HIDDEN)
    put(sheet, 2, 4, DIGEST_HEAD, _HIDDEN)
    row = 2
    for row, fact in enumerate(_facts(plan, language), 3):
        put_row(sheet, row, [fact.item, fact.value], [CENTRED, BODY], _WIDTHS)
        put(sheet, row, 3, f"info value {fact.id}", _HIDDEN)
        put(sheet, row, 4, row_digest([fact.item, fact.value]), _HIDDEN)
    sheet.freeze_panes = "A3"
    print_setup(sheet, head_row=2, last_column="B", last_row=row)


def _facts(plan: Plan, language: Language) -> Iterator[_Fact]:
    say = heads()["about"]
    yield _Fact("year", say["year"][language], str(plan.year or ""))
    for field, names in say["record"].items():
        value: object = getattr(plan.record, field)
        text = "\n".join(plan.record.co_issuers) if field == "co_issuers" else _text(value)
        yield _Fact(f"record.{field}", names[language], text)
    for at, (key, text) in enumerate(plan.record.others):
        yield _Fact(f"record.others.{at}", key, text)
    yield from _notice(plan, language)
    for name, blocks in (("preamble", plan.preamble), ("closing", plan.closing)):
        for at, paragraph in enumerate(blocks):
            yield _Fact(f"{name}.{at}", say[name][language], (paragraph.label or "") + paragraph.text)


def _notice(plan: Plan, language: Language) -> Iterator[_Fact]:
    notice = plan.notice
    if notice is None:
        return
    for field, names in heads()["about"]["notice"].items():
        if field == "body":
            for at, text in enumerate(notice.body):
                yield _Fact(f"notice.body.{at}", names[language], text)
        elif field == "addressees":
            yield _Fact("notice.addressees", names[language], "\n".join(notice.addressees))
        else:
            yield _Fact(f"notice.{field}", names[language], _text(getattr(notice, field)))


def _text(value: object) -> str:
    return "" if value is None else str(value)
