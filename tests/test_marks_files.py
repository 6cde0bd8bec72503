"""Marks in files, and coverages and histories as tables and plain values."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import LoadError, Mark, Plan, ReadError, Task, views
from gongkai.comparing import CoverageTableRow, HistoryRow
from gongkai.errors import InvalidValue
from gongkai.exchange.sheets import coverage_csv, heads, history_csv
from gongkai.testing import strategies
from tests.test_views_coverage import cover
from tests.test_views_history import made

WORDS = st.text(min_size=1).filter(lambda text: bool(text.strip()))


def marks() -> st.SearchStrategy[Mark]:
    return st.builds(
        Mark,
        WORDS,
        WORDS,
        text=st.text(),
        annotator=st.text(),
        marked_on=st.none() | st.dates(),
    )


class TestLaws:
    @given(st.lists(marks()), st.sampled_from(["csv", "json"]))
    def test_read_inverts_write(self, found: list[Mark], form: str) -> None:
        with TemporaryDirectory() as folder:
            file = Path(folder, f"marks.{form}")
            gongkai.write_marks(found, file)
            read = gongkai.read_marks(file)

        assert read == tuple(found)

    @given(st.binary(), st.sampled_from(["csv", "json"]))
    def test_any_bytes_are_marks_or_problems(self, data: bytes, form: str) -> None:
        with TemporaryDirectory() as folder:
            file = Path(folder, f"marks.{form}")
            file.write_bytes(data)
            with suppress(LoadError):
                gongkai.read_marks(file)

    @given(strategies.plan_pairs())
    def test_marks_of_a_coverage_are_obeyed_when_they_come_back(self, pair: tuple[Plan, Plan]) -> None:
        first = gongkai.coverage(*pair)
        given = [row.not_applicable("无此事项") for row in first.rows[::2]]
        marked = gongkai.coverage(*pair, marks=given)
        with TemporaryDirectory() as folder:
            file = Path(folder, "marks.csv")
            gongkai.write_marks(marked, file)
            again = gongkai.coverage(*pair, marks=gongkai.read_marks(file))

        assert [row.status for row in again] == [row.status for row in marked]


class TestFiles:
    def test_rows_without_a_mark_wait_for_a_reason(self, tmp_path: Path) -> None:
        file = tmp_path / "待填.csv"
        gongkai.write_marks(cover().with_status("absent"), file)
        lines = file.read_text(encoding="utf-8-sig").splitlines()

        assert lines == ["任务编号,任务内容,不适用理由,标注人,标注日期", "4,逐日发布空气质量数据。,,,"]
        assert gongkai.read_marks(file) == ()

    def test_a_coverage_s_table_in_which_reasons_were_written_is_a_file_of_marks(
        self, tmp_path: Path
    ) -> None:
        rows = list(csv.reader(io.StringIO(coverage_csv(cover()))))
        place = rows[0].index("不适用理由")
        rows[4][place] = "没有监测站"
        file = tmp_path / "承接.csv"
        with file.open("w", encoding="gb18030", newline="") as target:
            csv.writer(target, delimiter=";").writerows(rows)

        read = gongkai.read_marks(file)
        assert [(mark.key, mark.reason, mark.text) for mark in read] == [
            ("3", "没有耕地", "公布耕地地力保护补贴的对象和标准。"),
            ("4", "没有监测站", "逐日发布空气质量数据。"),
        ]

    def test_no_cell_becomes_a_formula(self, tmp_path: Path) -> None:
        file = tmp_path / "marks.csv"
        gongkai.write_marks([Mark("1", "=1+1", text="@SUM(A1)", annotator="-王")], file)
        text = file.read_bytes().decode("utf-8-sig")
        (row,) = list(csv.reader(io.StringIO(text, newline="")))[1:]

        assert not [cell for cell in row if cell[:1] in {"=", "@", "-", "+"}]

    def test_days_are_read_as_spreadsheets_write_them(self, tmp_path: Path) -> None:
        file = tmp_path / "marks.csv"
        file.write_text("KEY\tReason\t标注日期\n3\t没有\t2024/5/1\n", encoding="utf-16")

        assert gongkai.read_marks(file) == (Mark("3", "没有", marked_on=date(2024, 5, 1)),)

    def test_all_that_is_wrong_is_told_at_once(self, tmp_path: Path) -> None:
        file = tmp_path / "marks.json"
        broken = [
            {"key": 3, "reason": "a"},
            {"key": "4", "reason": "a", "who": "b"},
            "c",
            {"key": "5", "reason": " "},
        ]
        file.write_text(json.dumps({"gongkai": 2, "kind": "marks", "marks": broken}), encoding="utf-8")

        with pytest.raises(LoadError) as error:
            gongkai.read_marks(file)
        assert [problem.path for problem in error.value.problems] == [
            "$.gongkai",
            "$.marks[0].key",
            "$.marks[1].who",
            "$.marks[2]",
            "$.marks[3].reason",
        ]

    @pytest.mark.parametrize(
        ("text", "told"),
        (
            ("a,b\n1,2\n", "expected a column"),
            ('"a', "no table"),
            ("", "expected a column"),
            ("key,reason\n,没有\n", "row 2, column key"),
        ),
        ids=("heads", "quotes", "empty", "no key"),
    )
    def test_a_table_that_is_none_is_refused(self, tmp_path: Path, text: str, told: str) -> None:
        file = tmp_path / "marks.csv"
        file.write_text(text, encoding="utf-8")

        with pytest.raises(LoadError, match=told):
            gongkai.read_marks(file)

    def test_what_is_no_file_of_marks_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError):
            gongkai.read_marks(tmp_path / "none.csv")
        with pytest.raises(InvalidValue, match=r"\.csv or \.json"):
            gongkai.write_marks([], tmp_path / "marks.xlsx")
        with pytest.raises(InvalidValue, match="csv or json"):
            gongkai.read_marks(tmp_path / "marks", form="xlsx")  # type: ignore[arg-type]
        with pytest.raises(InvalidValue, match="language"):
            gongkai.write_marks([], tmp_path / "marks.csv", language="fr")  # type: ignore[arg-type]


class TestTables:
    def test_every_column_of_the_rows_has_a_head(self) -> None:
        assert set(CoverageTableRow.__annotations__) == {*heads("coverage"), "label"}
        assert set(HistoryRow.__annotations__) == {*heads("history"), "label"}
        for table in ("marks", "coverage", "history"):
            for language in ("zh", "en"):
                named = [row[language] for row in heads(table).values()]
                assert len(set(named)) == len(named)

    @given(strategies.plan_pairs())
    def test_rows_have_the_same_columns_always(self, pair: tuple[Plan, Plan]) -> None:
        found = gongkai.coverage(*pair)

        assert [list(row) for row in found.table()] == [list(CoverageTableRow.__annotations__)] * len(found)
        for row in gongkai.trace(pair, names=["甲", "乙"]).table():
            assert list(row) == list(HistoryRow.__annotations__)

    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_tables_have_a_row_for_each(self, language: views.Language) -> None:
        found, history = cover(), made()
        carried = list(csv.DictReader(io.StringIO(coverage_csv(found, language=language))))
        lines = list(csv.DictReader(io.StringIO(history_csv(history, language=language))))

        assert len(carried) == len(found) + len(found.extra)
        assert len(lines) == len(history.table())
        status = heads("coverage")["status"][language]
        assert [row[status] for row in carried][::4] == (
            ["已承接", "另有"] if language == "zh" else ["carried", "extra"]
        )

    def test_another_language_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="language"):
            history_csv(made(), language="fr")  # type: ignore[arg-type]


class TestRecords:
    @given(strategies.plan_pairs())
    def test_they_are_plain_values(self, pair: tuple[Plan, Plan]) -> None:
        found = views.coverage_record(gongkai.coverage(*pair))
        history = views.history_record(gongkai.trace(pair, names=["甲", "乙"]))

        assert json.loads(json.dumps(found)) == found
        assert json.loads(json.dumps(history)) == history

    def test_they_have_all_that_is_shown(self) -> None:
        found = views.coverage_record(cover(), language="en")

        assert next(iter(found)) == "coverage"
        assert found["summary"]["carried"] == 1
        assert found["rows"][0]["handovers"][0]["relation"] == "counterpart"
        assert found["rows"][2]["mark"] == {
            "key": "3",
            "reason": "没有耕地",
            "text": "",
            "annotator": "王",
            "marked_on": None,
        }
        assert found["rows"][3]["explanation"].endswith("is not carried.")
        assert [task["key"] for task in found["extra"]] == ["3"]
        assert [mark["key"] for mark in found["unplaced"]] == ["9"]
        history = views.history_record(made())
        assert [column["name"] for column in history["columns"]] == ["2022", "2023", "2024"]
        assert len(history["ties"]) == 5
        assert next(iter(history)) == "history"

    def test_only_their_own_things_are_taken(self) -> None:
        with pytest.raises(InvalidValue, match="a Coverage"):
            views.coverage_record(made())  # type: ignore[arg-type]
        with pytest.raises(InvalidValue, match="a History"):
            views.history_record(Task("公开。"))  # type: ignore[arg-type]
        with pytest.raises(InvalidValue, match="language"):
            views.history_record(made(), language="fr")
