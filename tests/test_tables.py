"""Tables: one vocabulary for all of them, and what the rows of plans hold."""

from __future__ import annotations

import csv
import io
import sys
import types
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import (
    Assignment,
    Deadline,
    Directory,
    InvalidValue,
    MissingExtra,
    Plan,
    Section,
    Task,
    examples,
    tables,
)
from gongkai.comparing import CoverageTableRow, HistoryRow
from gongkai.merging import CellRow
from gongkai.tables.vocabulary import facts_of, set_names, table_names, value_words, values_of, vocabulary
from gongkai.testing import strategies
from gongkai.views._finding_rows import FindingRecord
from gongkai.views._links import LinkRecord
from gongkai.views._records import ChangeRecord, DeadlineRecord, TaskRecord

TYPES = {"string": str, "int": int, "float": float, "bool": bool, "date": date, "strings": list[str]}


@cache
def things() -> dict[str, Any]:
    """A thing of each class that tables are made from, of the shipped examples."""
    plans = [examples.load(name) for name in ("chenghu-2022", "chenghu-2023", "chenghu-2024")]
    city, base = examples.load("lanjiang-2024"), examples.load("chenghu-2025-base")
    ours, theirs = examples.load("chenghu-2025-ours"), examples.load("chenghu-2025-theirs")
    plans.append(Plan("任务分解表", [Task("公开目录。", label="1.", extras=[("备注", "长期")])]))
    return {
        "Plan": plans,
        "Alignment": gongkai.align(plans[1], plans[2]),
        "Diff": gongkai.diff(plans[1], plans[2]),
        "Coverage": gongkai.coverage(city, plans[2]),
        "History": gongkai.trace(plans[:3]),
        "Consolidation": gongkai.consolidate([plans[2], examples.load("songping-2024")]),
        "Merge": gongkai.merge(base, ours, theirs),
        "Directory": Directory.default(),
    }


def made(name: str) -> tables.Table[object]:
    return tables.make(things()[facts_of(name).of], name)


def row_type(name: str) -> Any:
    """The class of the rows that the function of a table promises."""
    return get_args(get_type_hints(getattr(tables, name))["return"])[0]


def plain(kind: Any) -> tuple[Any, bool]:
    """A type without None, and whether None was in it."""
    if get_origin(kind) is types.UnionType:
        (other,) = [each for each in get_args(kind) if each is not type(None)]
        return other, True
    return kind, False


class TestVocabulary:
    def test_every_table_has_a_function_of_its_name(self) -> None:
        assert set(table_names()) <= set(tables.__all__)
        assert len(table_names()) == len(set(table_names()))

    @pytest.mark.parametrize("name", table_names())
    def test_the_class_of_the_rows_is_the_vocabulary(self, name: str) -> None:
        hints = get_type_hints(row_type(name))

        assert {column.name: (TYPES[column.type], column.nullable) for column in tables.columns(name)} == {
            field: plain(kind) for field, kind in hints.items()
        }

    @pytest.mark.parametrize("name", table_names())
    def test_a_row_is_what_the_vocabulary_says(self, name: str) -> None:
        rows = made(name).to_rows()

        assert rows
        for row in rows:
            assert isinstance(row, dict)
            assert set(row) == {column.name for column in tables.columns(name)}
            for column in tables.columns(name):
                value = row[column.name]
                if value is None:
                    assert column.nullable, column.name
                elif column.type == "strings":
                    assert all(type(each) is str for each in value)
                else:
                    assert type(value) is TYPES[column.type], column.name

    @pytest.mark.parametrize("name", table_names())
    def test_columns_of_fixed_values_hold_no_others(self, name: str) -> None:
        fixed = [column for column in tables.columns(name) if column.values]

        for row in made(name):
            for column in fixed:
                value = row[column.name]  # type: ignore[index]
                found = [] if value is None else value if isinstance(value, list) else [value]
                assert set(found) <= set(values_of(column.values)), column.name

    def test_every_column_stands_in_a_table(self) -> None:
        used = {column.name for name in table_names() for column in tables.columns(name)}

        assert used == set(vocabulary())

    @pytest.mark.parametrize("name", vocabulary())
    def test_a_column_is_told_in_both_languages(self, name: str) -> None:
        row = vocabulary()[name]

        assert set(row) - {"values"} == {"type", "zh", "en", "is_zh", "is_en"}
        assert row["type"] in TYPES
        assert row["zh"] == row["zh"].strip() != ""
        assert row["en"][0].isupper()
        assert not row["is_en"].endswith(".")

    @pytest.mark.parametrize("name", table_names())
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_no_two_columns_of_a_table_have_one_head(self, name: str, language: str) -> None:
        heads = [getattr(column, language) for column in tables.columns(name)]

        assert len(set(heads)) == len(heads)

    @pytest.mark.parametrize("name", set_names())
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_every_value_is_named(self, name: str, language: str) -> None:
        assert set(value_words(name, language)) == set(values_of(name))

    @pytest.mark.parametrize(
        ("record", "nested"),
        (
            (TaskRecord, {"extras"}),
            (DeadlineRecord, set()),
            (ChangeRecord, set()),
            (LinkRecord, set()),
            (CoverageTableRow, set()),
            (HistoryRow, set()),
            (CellRow, set()),
            # JSON of findings has the words of editors for a place: file, start, end, line, column
            (FindingRecord, {"file", "end"}),
        ),
    )
    def test_flat_records_have_the_words_of_the_vocabulary(self, record: type, nested: set[str]) -> None:
        assert set(record.__annotations__) - nested <= set(vocabulary())

    def test_an_unknown_table_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match=r"^tables\.table: expected one of plans, sections, tasks"):
            tables.columns("matters")
        with pytest.raises(
            InvalidValue, match=r"^tables\.make\.table: expected one of links, evidence, got 'tasks'"
        ):
            tables.make(things()["Alignment"], "tasks")
        with pytest.raises(InvalidValue, match=r"^tables\.make\.thing: expected a Plan, Alignment"):
            tables.make(3)


class TestRows:
    @given(strategies.plans())
    def test_every_task_assignment_deadline_and_column_is_a_row(self, plan: Plan) -> None:
        every = plan.all_tasks

        assert [row["key"] for row in tables.tasks(plan)] == [task.key for task in every]
        assert [(row["task_key"], row["department"], row["role"]) for row in tables.assignments(plan)] == [
            (task.key, body.name, item.role.value)
            for task in every
            for item in task.assignments
            for body in item.departments
        ]
        assert [(row["task_key"], row["text"]) for row in tables.deadlines(plan)] == [
            (task.key, deadline.text) for task in every for deadline in task.deadlines
        ]
        assert [(row["task_key"], row["name"], row["text"]) for row in tables.extras(plan)] == [
            (task.key, *cell) for task in every for cell in task.extras
        ]
        assert [row["key"] for row in tables.sections(plan)] == [
            block.key for block in plan.walk() if isinstance(block, Section)
        ]
        assert len(tables.findings(plan)) == len(plan.findings)

    @given(st.lists(strategies.plans(), max_size=3))
    def test_rows_join_by_the_plan_and_the_key(self, plans: list[Plan]) -> None:
        tasks = {(row["plan_number"], row["key"]) for row in tables.tasks(plans)}
        chapters = {(row["plan_number"], row["key"]) for row in tables.sections(plans)}

        assert len(tasks) == sum(len(plan.all_tasks) for plan in plans)
        for rows in (tables.assignments(plans), tables.deadlines(plans), tables.extras(plans)):
            assert {(row["plan_number"], row["task_key"]) for row in rows} <= tasks
        for row in tables.tasks(plans):
            assert row["part_of"] is None or (row["plan_number"], row["part_of"]) in tasks
            assert row["section_key"] is None or (row["plan_number"], row["section_key"]) in chapters
        assert [row["plan_number"] for row in tables.plans(plans)] == [*range(1, len(plans) + 1)]

    @given(strategies.plans())
    def test_a_plan_gives_its_tasks_as_rows(self, plan: Plan) -> None:
        assert plan.to_rows() == tables.tasks(plan).to_rows() == tables.tasks([plan]).to_rows()

    def test_a_task_has_its_own_departments_and_deadlines_only(self) -> None:
        part = Task(
            "按月更新。", deadlines=[Deadline.by_month(2024, 9)], assignments=[Assignment.lead("区司法局")]
        )
        held = [Assignment.lead("区财政局", "区审计局"), Assignment.cooperate("各街道", severally=True)]
        task = Task("公开目录。", label="1.", parts=[part], assignments=held)
        plan = Plan("澄湖区2024年要点", [Section("深化公开", [task], label="一、")])

        whole, piece = plan.to_rows()

        assert (whole["key"], whole["part_of"], whole["section_key"]) == ("1", None, "一")
        assert (piece["key"], piece["part_of"], piece["path"]) == ("1.1", "1", ["一、深化公开"])
        assert (whole["lead"], whole["cooperate"], whole["departments"], whole["severally"]) == (
            ["区财政局", "区审计局"],
            ["各街道"],
            ["区财政局", "区审计局", "各街道"],
            True,
        )
        assert (whole["deadlines"], whole["due"]) == ([], None)
        assert (piece["deadlines"], piece["due"], piece["lead"]) == (
            ["2024年9月"],
            date(2024, 9, 30),
            ["区司法局"],
        )

    def test_the_functions_of_a_department_are_those_of_the_plans_year(self) -> None:
        plan = examples.load("chenghu-2024")
        known = {row["id"] for row in tables.functions()}
        bodies = {row["id"] for row in tables.organs()}

        rows = [row for row in tables.assignments(plan) if row["department_id"] in bodies]

        assert rows
        assert {each for row in rows for each in row["functions"]} <= known
        finance = next(row for row in rows if row["department"] == "区财政局")
        assert finance["functions"]

    def test_what_the_checker_finds_is_asked_for(self) -> None:
        plan = examples.load("chenghu-2024")

        rows = tables.findings(plan, checked=True).to_rows()

        assert [row["code"] for row in rows] == [
            finding.code for finding in (*plan.findings, *gongkai.check(plan))
        ]

    def test_links_evidence_and_changes_are_those_of_the_comparison(self) -> None:
        alignment, diff = things()["Alignment"], things()["Diff"]

        links, evidence = tables.links(alignment).to_rows(), tables.evidence(alignment).to_rows()
        rows, changes = tables.diff(diff, language="en").to_rows(), tables.changes(diff).to_rows()

        assert [(row["old_key"], row["new_key"]) for row in links] == [
            (link.old.key, link.new.key) for link in alignment
        ]
        assert sum(row["evidence_count"] for row in links) == len(evidence) > 0
        assert [row["number"] for row in rows] == [*range(1, len(diff.rows) + 1)]
        assert [row["kind"] for row in changes] == [change.kind.value for change in diff.changes]
        assert {row["number"] for row in changes} <= {row["number"] for row in rows}
        assert [row["explanations"] for row in rows] == [
            [change.explain("en") for change in row.changes] for row in diff.rows
        ]

    def test_many_plans_beside_each_other_have_the_columns_of_their_plans(self) -> None:
        history, table = things()["History"], things()["Consolidation"]

        assert {(row["column"], row["year"]) for row in tables.history(history)} == {
            ("2022", 2022),
            ("2023", 2023),
            ("2024", 2024),
        }
        assert len(tables.history(history)) == len(history.table())
        assert len(tables.ties(history)) == len(history.ties)
        rows = tables.consolidation(table).to_rows()
        assert len(rows) == len(table.rows) * len(table.plans)
        assert {(row["column"], row["title"]) for row in rows} == {
            (column, plan.title) for column, plan in zip(table.columns, table.plans, strict=True)
        }

    def test_decisions_and_conflicts_are_those_of_the_merge(self) -> None:
        merge = things()["Merge"]

        assert len(tables.decisions(merge)) == len(merge.decisions) > 0
        rows = tables.conflicts(merge).to_rows()
        assert [row["id"] for row in rows] == [conflict.id for conflict in merge.conflicts]
        assert all(len(row["by"]) == len(row["values"]) for row in rows)

    def test_the_language_is_one_of_two(self) -> None:
        for make, name in (
            (tables.diff, "Diff"),
            (tables.changes, "Diff"),
            (tables.coverage, "Coverage"),
            (tables.decisions, "Merge"),
            (tables.conflicts, "Merge"),
        ):
            with pytest.raises(InvalidValue, match=r"language: expected zh or en, got 'fr'"):
                make(things()[name], language="fr")  # type: ignore[arg-type]

    @pytest.mark.parametrize("given", ("要点", b"", 3, None))
    def test_what_is_no_plan_is_refused(self, given: Any) -> None:
        with pytest.raises(InvalidValue, match=r"^tables\.tasks\.plan: expected a Plan, or several"):
            tables.tasks(given)

    def test_what_is_no_plan_among_plans_is_refused_with_its_place(self) -> None:
        with pytest.raises(InvalidValue, match=r"^tables\.tasks\.\[1\]: expected a Plan, got '要点'"):
            tables.tasks([Plan("要点"), "要点"]).to_rows()  # type: ignore[list-item]


class TestStreams:
    def test_a_table_of_a_list_is_gone_through_again_and_again(self) -> None:
        table = tables.tasks(things()["Plan"])

        assert table.to_rows() == table.to_rows() == list(table)
        assert len(table) == len(table.to_rows())

    def test_a_table_of_an_iterator_is_gone_through_once(self) -> None:
        table = tables.tasks(iter(things()["Plan"]))

        with pytest.raises(TypeError, match="has no length; give a list"):
            len(table)
        assert table._repr_html_() is None
        assert table._repr_markdown_() is None
        assert len(table.to_rows()) > 0
        with pytest.raises(InvalidValue, match="expected a list, got 'an iterator that was gone through'"):
            table.to_rows()

    def test_plans_are_taken_as_rows_are(self) -> None:
        taken = []

        def plans() -> Iterator[Plan]:
            for plan in things()["Plan"]:
                taken.append(plan.year)
                yield plan

        rows = iter(tables.tasks(plans()))

        assert taken == []
        assert next(rows)["year"] == 2022
        assert taken == [2022]


class TestCsv:
    @pytest.mark.parametrize("name", table_names())
    def test_rows_and_heads_are_those_of_the_table(self, name: str) -> None:
        table = made(name)

        for language, head in (("zh", "zh"), ("en", "en"), ("data", "name")):
            lines = list(csv.reader(io.StringIO(table.to_csv(language=language), newline="")))  # type: ignore[arg-type]
            assert lines[0] == [getattr(column, head) for column in table.columns]
            assert len(lines) == len(table) + 1
            assert {len(line) for line in lines} == {len(table.columns)}

    @given(strategies.plans())
    def test_no_cell_becomes_a_formula(self, plan: Plan) -> None:
        for table in (tables.tasks(plan), tables.extras(plan), tables.assignments(plan)):
            for language in ("zh", "data"):
                text = table.to_csv(language=language)
                for line in csv.reader(io.StringIO(text, newline="")):
                    assert not any(
                        cell.lstrip()[:1] in tuple("=+-@＝＋－＠%|") for cell in line if cell.strip()
                    )

    def test_data_stands_as_in_data(self) -> None:
        task = Task("公开。", label="1.", assignments=[Assignment.lead("甲局", "乙局")])
        plan = Plan("=要点", [task], year=2024)

        (row,) = csv.DictReader(io.StringIO(tables.tasks(plan).to_csv(language="data"), newline=""))

        assert (row["title"], row["lead"], row["open"], row["due"]) == ("'=要点", "甲局\n乙局", "false", "")

    def test_half_a_character_is_written_as_a_sign_for_it(self) -> None:
        text = tables.tasks(Plan("要点\ud800", [Task("公开\udfff。")])).to_csv()

        assert "要点�" in text
        assert text.encode("utf-8")

    def test_the_language_is_zh_en_or_data(self) -> None:
        with pytest.raises(InvalidValue, match="expected one of zh, en, data, got 'fr'"):
            tables.tasks(Plan("要点")).to_csv(language="fr")  # type: ignore[arg-type]


class TestDisplay:
    def test_a_notebook_shows_the_first_rows_and_columns_that_hold_something(self) -> None:
        plan = Plan("要点", [Task("<b>公开</b>|目录。", label=f"{number}.") for number in range(1, 30)])

        table = tables.tasks(plan)
        page, text = table._repr_html_(), table._repr_markdown_()

        assert page is not None
        assert text is not None
        assert "&lt;b&gt;" in page
        assert "<b>" not in page
        assert "co_issuers" not in page
        assert "cooperate" not in page
        assert len(text.splitlines()) == 2 + 20 + 2
        assert repr(table) == "<Table tasks · 30 columns>"


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    table = tables.tasks(Plan("要点", [Task("公开。")]))

    with pytest.raises(MissingExtra, match=r"pip install 'gongkai\[tables\]'"):
        table.__arrow_c_stream__()
    assert len(table.to_rows()) == 1
    assert table.to_csv()
