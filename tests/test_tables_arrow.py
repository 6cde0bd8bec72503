"""Tables through Arrow: schemas, streams, data frames, files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Deadline, Plan, Task, examples, tables
from gongkai.tables import arrow
from gongkai.tables.vocabulary import table_names
from gongkai.testing import strategies
from tests.test_tables import made, things

TYPES = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "strings": pa.list_(pa.field("item", pa.string(), nullable=False)),
}


@pytest.mark.parametrize("name", table_names())
def test_the_schema_is_the_vocabulary(name: str) -> None:
    table = made(name)

    schema = pa.table(table).schema

    assert [(field.name, field.type, field.nullable) for field in schema] == [
        (column.name, TYPES[column.type], column.nullable) for column in table.columns
    ]
    assert [field.metadata[b"zh"].decode() for field in schema] == [column.zh for column in table.columns]
    assert [field.metadata[b"is_en"].decode() for field in schema] == [
        column.is_en for column in table.columns
    ]
    assert schema.metadata[b"gongkai.table"].decode() == name
    assert pa.schema(table).equals(schema)


@pytest.mark.parametrize("name", table_names())
def test_arrow_gives_the_rows_back(name: str) -> None:
    table = made(name)

    assert pa.table(table).to_pylist() == table.to_rows()
    pa.table(table).validate(full=True)


@given(st.lists(strategies.plans(), max_size=2))
def test_arrow_gives_the_rows_of_any_plan_back(plans: list[Plan]) -> None:
    for name in ("plans", "sections", "tasks", "assignments", "deadlines", "extras", "findings"):
        table = getattr(tables, name)(plans)
        found = pa.table(table)
        assert found.to_pylist() == table.to_rows()
        assert len(found.schema) == len(table.columns)


@given(strategies.plan_pairs())
def test_arrow_gives_the_rows_of_any_comparison_back(pair: tuple[Plan, Plan]) -> None:
    diff, alignment = gongkai.diff(*pair), gongkai.align(*pair)
    made_of: list[tables.Table[Any]] = [tables.diff(diff), tables.changes(diff)]
    made_of += [tables.links(alignment), tables.evidence(alignment)]

    for table in made_of:
        assert pa.table(table).to_pylist() == table.to_rows()


@pytest.mark.parametrize("kind", ("Alignment", "Diff", "Coverage", "History", "Consolidation", "Merge"))
def test_a_thing_is_the_table_that_says_most_of_it(kind: str) -> None:
    thing = things()[kind]

    assert pa.table(thing).equals(pa.table(tables.make(thing)))


def test_a_plan_is_its_tasks_to_a_data_frame() -> None:
    plan = examples.load("chenghu-2024")

    assert pl.DataFrame(plan).equals(pl.DataFrame(tables.tasks(plan)))


def test_an_empty_table_has_its_columns() -> None:
    empty = tables.tasks([])

    assert pa.table(empty).schema.equals(pa.schema(empty))
    assert pl.DataFrame(empty).schema["due"] == pl.Date
    assert pl.DataFrame(tables.deadlines(Plan("要点"))).shape == (0, 23)


def test_half_a_character_goes_through() -> None:
    task = Task("公开\ud800。", deadlines=[Deadline.ongoing("长期\udfff")])

    (row,) = pa.table(tables.tasks(Plan("要点", [task]))).to_pylist()

    assert (row["text"], row["deadlines"]) == ("公开�。", ["长期�"])


def test_batches_take_plans_as_they_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "BATCH", 10)
    taken: list[int] = []

    def plans() -> Iterator[Plan]:
        for number in range(5):
            taken.append(number)
            yield Plan("要点", [Task(f"公开第{count}项。") for count in range(10)])

    reader = tables.tasks(plans()).to_reader()
    batches: Iterator[Any] = iter(reader)

    assert taken == []
    assert (next(batches).num_rows, taken) == (10, [0])
    assert (next(batches).num_rows, taken) == (10, [0, 1])
    assert sum(batch.num_rows for batch in batches) == 30


class TestDataFrames:
    plans = tuple(examples.load(name) for name in ("chenghu-2023", "chenghu-2024", "songping-2024"))

    def test_polars(self) -> None:
        tasks = pl.DataFrame(tables.tasks(self.plans))
        held = pl.DataFrame(tables.assignments(self.plans))

        assert tasks.height == sum(len(plan.all_tasks) for plan in self.plans)
        assert tasks.schema["due"] == pl.Date
        assert tasks.schema["lead"] == pl.List(pl.String)
        joined = held.join(
            tasks, left_on=["plan_number", "task_key"], right_on=["plan_number", "key"], how="inner"
        )
        assert joined.height == held.height

    def test_duckdb(self) -> None:
        tasks = tables.tasks(self.plans)
        found = duckdb.sql("select year, division, count(*) from tasks group by all order by all")

        assert found is not None
        rows = found.fetchall()

        assert sum(row[2] for row in rows) == len(tasks)
        assert {row[0] for row in rows} == {2023, 2024}

    def test_pandas(self) -> None:
        pandas = pytest.importorskip(
            "pandas", minversion="3", reason="pandas brings numpy, which tests go without"
        )

        frame = pandas.DataFrame.from_arrow(tables.tasks(self.plans))

        assert len(frame) == sum(len(plan.all_tasks) for plan in self.plans)
        assert frame["plan_number"].dtype == "int64"
        assert list(frame["lead"][0]) == self.plans[0].to_rows()[0]["lead"]


class TestFiles:
    @pytest.mark.parametrize("kind", ("Alignment", "Diff", "Coverage", "History", "Consolidation", "Merge"))
    def test_each_class_has_csv_and_parquet(self, kind: str, tmp_path: Path) -> None:
        thing = things()[kind]

        gongkai.write(thing, tmp_path / "found.parquet")
        gongkai.write(thing, tmp_path / "found.csv")

        found = pq.read_table(tmp_path / "found.parquet")
        assert found.to_pylist() == tables.make(thing).to_rows()
        assert (tmp_path / "found.csv").read_text(encoding="utf-8").startswith("\ufeff")

    def test_a_plan_is_its_tasks(self, tmp_path: Path) -> None:
        plan = examples.load("chenghu-2024")

        gongkai.write(plan, tmp_path / "plan.parquet")
        gongkai.write(plan, tmp_path / "plan.csv", language="en")

        found = pq.read_table(tmp_path / "plan.parquet")
        assert found.to_pylist() == plan.to_rows()
        assert found.schema.field("due").metadata[b"zh"].decode() == "最后期限"
        assert (tmp_path / "plan.csv").read_text(encoding="utf-8").startswith("\ufeffPlan number,Title,")

    def test_a_table_of_many_plans_is_one_file(self, tmp_path: Path) -> None:
        names = ("chenghu-2022", "chenghu-2023")

        gongkai.write(tables.deadlines(examples.load(name) for name in names), tmp_path / "found.parquet")

        found = pq.read_table(tmp_path / "found.parquet")
        assert set(found["year"].to_pylist()) == {2022, 2023}
