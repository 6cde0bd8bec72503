"""Coverages, histories and tables of matters as Word documents on their side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.comparing import Coverage, History
from gongkai.exchange.sheets import Rows, coverage_rows, history_rows
from gongkai.exchange.word.comparison import say, titled
from gongkai.exchange.word.elements import Box, paragraph, table
from gongkai.exchange.word.layout import layout, shared_out
from gongkai.exchange.word.package import Facts, Sheet, document
from gongkai.merging import Consolidation
from gongkai.views import Language
from gongkai.views._matter_rows import MatterCell, MatterHead, matter_lines
from gongkai.views._words import words

__all__ = ["coverage_docx", "history_docx", "matters_docx"]


def coverage_docx(cover: Coverage, language: Language = "zh") -> bytes:
    """Return a coverage as a Word document: a row a task of the reference, then what the plan has beyond it.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    told = say("coverage", language)
    between = told["between"].format(old=titled(cover.reference, language), new=titled(cover.plan, language))
    heads, rows = _picked("coverage", coverage_rows(cover, language=language), language)
    return _document(told["title"], between, heads, rows, list(layout()["coverage"].values()))


def history_docx(history: History, language: Language = "zh") -> bytes:
    """Return a history as a Word document: a row for each thread in each plan that has it.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    heads, rows = _picked("history", history_rows(history, language=language), language)
    title = say("history", language)["title"]
    return _document(title, "", heads, rows, list(layout()["history"].values()))


def matters_docx(matters: Consolidation, language: Language = "zh") -> bytes:
    """Return a table of matters as a Word document: a row a matter, a column a plan.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    words_of = words(language)
    heads = [words_of["columns.label"], words_of["matters.matter"], *matters.columns]
    shares = [layout()["matters"]["number"], layout()["matters"]["matter"]]
    shares += [layout()["matters"]["plan"]] * len(matters.columns)
    rows: list[list[str]] = []
    for line in matter_lines(matters, words_of):
        if isinstance(line, MatterHead):
            rows.append([line.text])
        else:
            rows.append([str(line.number), line.name, *[_matter_cell(cell) for cell in line.cells]])
    return _document(say("matters", language)["title"], "", heads, rows, shares)


def _matter_cell(cell: MatterCell) -> str:
    return "\n".join([part for part in (f"{cell.sign} {cell.places}".strip(), *cell.who, cell.due) if part])


def _picked(name: str, rows: Rows, language: Language) -> tuple[list[str], list[list[str]]]:
    """Return the columns that a page has room for: those of the table of measures."""
    places = [rows.names.index(column) for column in layout()[name]]
    return [rows.heads[place] for place in places], [[row[place] for place in places] for row in rows.cells]


def _document(
    title: str, between: str, heads: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float]
) -> bytes:
    """Return a table as a document; a row of one cell is a band."""
    colours = layout()["colours"]
    boxes = [[Box([paragraph("head", [head])], shade=colours["head"]) for head in heads]]
    for row in rows:
        if len(row) == 1:
            boxes.append([Box([paragraph("band", row)], len(heads), shade=colours["band"])])
        else:
            boxes.append([Box([paragraph("cell", [line]) for line in cell.split("\n")]) for cell in row])
    content = [paragraph("title", [title])]
    if between:
        content.append(paragraph("centred", [between]))
    content.append(table(shared_out("wide", shares), boxes))
    return document([Sheet(tuple(content), "wide")], Facts(title))
