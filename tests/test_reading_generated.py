"""Documents made from the example plans are read back as those plans, field by field (tests/documents)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import gongkai
from gongkai import Plan, examples
from gongkai.reading.lines import scan
from gongkai.testing import losses
from tests.documents import web
from tests.documents.pdf import to_pdf
from tests.documents.sheet import workbook_of
from tests.documents.tables import LAYOUTS, Grid, Layout, Row, grid_of, read_rows, rows_of
from tests.documents.word import numbered, typed, with_table

#: What an example and the document made from it have in common.
FIELDS = ("title", "year", "kind", "record", "notice", "division", "preamble", "content", "closing")


@cache
def example(name: str) -> Plan:
    return examples.load(name)


def assert_same(read: Plan, expected: Plan) -> None:
    for field in FIELDS:
        assert getattr(read, field) == getattr(expected, field), field
    assert read == expected
    assert losses(read) == ()


@pytest.mark.parametrize("name", examples.names())
def test_typed_numbers(name: str) -> None:
    plan = example(name)
    read = gongkai.read(typed(examples.text(name), plan.title))
    assert_same(read, plan)
    assert [found.code for found in read.findings] == [found.code for found in plan.findings]


@pytest.mark.parametrize("name", examples.names())
def test_automatic_numbers(name: str) -> None:
    plan = example(name)
    read = gongkai.read(numbered(examples.text(name), plan.title))
    assert_same(read, plan)
    assert read.source is not None
    assert read.source.text is not None
    assert all(f"{task.label}{task.text[:4]}" not in read.source.text for task in plan.tasks if task.label)
    assert [task.key for task in read.all_tasks] == [task.key for task in plan.all_tasks]


@pytest.mark.parametrize("made_by", (typed, numbered), ids=("typed", "automatic"))
def test_printed_as_pdf(made_by: Callable[[str, str], bytes], tmp_path: Path) -> None:
    plan = example("chenghu-2024")
    read = gongkai.read(to_pdf(made_by(examples.text("chenghu-2024"), plan.title), tmp_path))
    assert_same(read, plan)


def test_running_heads_are_page_noise() -> None:
    plan = example("chenghu-2024")
    read = gongkai.read(typed(examples.text("chenghu-2024"), plan.title))
    assert read.source is not None
    assert read.source.text is not None
    kinds = {piece.kind: read.source.text[piece.start : piece.end] for piece in read.source.pieces}
    assert kinds["noise:page-head"] == "澄湖区政务公开领导小组办公室\n"
    assert kinds["noise:page-foot"] == "— 1 —\n"


def test_places_of_word() -> None:
    plan = example("chenghu-2024")
    read = gongkai.read(typed(examples.text("chenghu-2024"), plan.title))
    assert read.source is not None
    lines = [line.text for line in scan(examples.text("chenghu-2024"))]
    for task in read.tasks[:9]:
        assert task.span is not None
        (place,) = read.source.places_of(task.span.start)
        assert lines[int(place.name) - 1].startswith(f"{task.label}{task.text}")


def test_places_of_workbooks() -> None:
    rows, grid = made("chenghu-2024", LAYOUTS[1])
    read = gongkai.read(workbook_of(grid))
    assert read.source is not None
    for task, row in zip(read.all_tasks, rows, strict=True):
        assert task.span is not None
        sheet, cell = read.source.places_of(task.span.end - 1)
        assert sheet.name == "任务分解表"
        assert grid.rows[int(cell.name[1:]) - 1][LAYOUTS[1].columns.index("text")] == row.text


def head_of(name: str) -> list[str]:
    """The lines of an example above its text, the title included."""
    lines = [line.text for line in scan(examples.text(name))]
    return lines[: lines.index(example(name).title) + 1]


def made(name: str, layout: Layout) -> tuple[list[Row], Grid]:
    rows = rows_of(example(name))
    return rows, grid_of(rows, layout, example(name).title)


def assert_rows(read: Plan, rows: list[Row]) -> None:
    for found, expected in zip(read_rows(read), rows, strict=True):
        assert found == expected
    assert losses(read) == ()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("name", ("chenghu-2024", "lanjiang-2024"))
def test_tables_of_word(name: str, layout: Layout) -> None:
    rows, grid = made(name, layout._replace(title=False))
    plan = example(name)
    read = gongkai.read(with_table(head_of(name), grid, plan.title))
    assert (read.title, read.year, read.record, read.notice) == (
        plan.title,
        plan.year,
        plan.record,
        plan.notice,
    )
    assert_rows(read, rows)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("name", ("chenghu-2024", "lanjiang-2024"))
def test_tables_of_web_pages(name: str, layout: Layout) -> None:
    rows, grid = made(name, layout)
    plan = example(name)
    read = gongkai.read(web.with_table(head_of(name), grid))
    assert (read.title, read.notice, read.record.document_number) == (
        plan.title,
        plan.notice,
        plan.record.document_number,
    )
    assert_rows(read, rows)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("name", ("chenghu-2023", "songping-2024"))
def test_tables_of_workbooks(name: str, layout: Layout) -> None:
    rows, grid = made(name, layout._replace(title=True))
    plan = example(name)
    read = gongkai.read(workbook_of(grid))
    assert (read.title, read.year) == (plan.title, plan.year)
    assert_rows(read, rows)


def test_merged_bodies_are_inherited() -> None:
    shared = next(layout for layout in LAYOUTS if layout.share)
    rows, grid = made("chenghu-2024", shared)
    column = shared.columns.index("responsible")
    merged = [place for place in grid.merged if place[1] == place[3] == column]
    assert merged
    read = gongkai.read(with_table([example("chenghu-2024").title], grid))
    inherited = [task for task in read.all_tasks if any(given.inherited for given in task.assignments)]
    assert len(inherited) >= sum(last - first for first, _, last, _ in merged)
    assert_rows(read, rows)
