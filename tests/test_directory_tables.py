"""Tables of the directory: what is wrong in one, and a directory with tables of one's own."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import Directory
from gongkai.cli import main
from gongkai.directory import TableProblem, check_table, tables
from gongkai.directory.checking import problems_of, table_of
from gongkai.directory.schemas import SCHEMAS
from gongkai.errors import LoadError, ReadError

DIRECTORY = Directory.default()


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    return tmp_path / "own.csv"


def found(file: Path, text: str, encoding: str = "utf-8") -> tuple[TableProblem, ...]:
    file.write_text(text, encoding=encoding)
    return check_table(file)


class TestCheck:
    @pytest.mark.parametrize("name", tuple(SCHEMAS))
    def test_the_shipped_tables_are_in_order(self, name: str) -> None:
        rows = tables.rows(name)
        lines = [",".join(rows[0])]
        lines += [
            ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row.values()) for row in rows
        ]
        table = table_of("\n".join(lines))

        assert table.name == name
        assert len(table.rows) == len(rows)
        assert [problem for problem in problems_of([table], DIRECTORY)[0] if problem.grave] == []

    @pytest.mark.parametrize(
        ("text", "code", "line", "column"),
        (
            ("id,name,kind\na,区甲局,organ\na,区乙局,organ\n", "twice", 3, "id"),
            ("id,name,kind\na,,organ\n", "empty", 2, "name"),
            ("id,name,kind\na,区甲局,bureau\n", "word", 2, "kind"),
            ("id,name,kind,levels\na,区甲局,organ,district;town\n", "word", 2, "levels"),
            ("id,name,kind,functions\na,区甲局,organ,cooking\n", "reference", 2, "functions"),
            ("id,name,kind,within\na,甲处,office,b\n", "reference", 2, "within"),
            ("id,name,kind,since\na,区甲局,organ,2019-13\n", "date", 2, "since"),
            ("id,name,kind,since\na,区甲局,organ,二〇一九\n", "date", 2, "since"),
            ("id,name,kind,since,until\na,区甲局,organ,2019,2018-12\n", "dates", 2, "until"),
            ("id,name,kind,aliases\na,区甲局,organ,甲局;;甲\n", "empty-value", 2, "aliases"),
            ("id,name,kind,aliases\na,区甲局,organ,甲局（本部）\n", "name", 2, "aliases"),
            ("id,name,kind,patterns\na,区甲局,organ,市甲局分局\n", "pattern", 2, "patterns"),
            ("id,name,kind,colour\na,区甲局,organ,red\n", "column", 1, "colour"),
            ("id,name,kind,kind\na,区甲局,organ,organ\n", "columns", 1, ""),
            ("id,name,kind\na,区甲局\n", "cells", 2, ""),
            ("name,kind\n区甲局,organ\n", "no-table", 1, ""),
            ("", "no-table", 1, ""),
            (
                "predecessor,successor,kind,on\nfinance-bureau,nobody,merged,2019\n",
                "reference",
                2,
                "successor",
            ),
            ("predecessor,successor,kind,on\nsasac,sasac,merged,2019\n", "itself", 2, "successor"),
            ("predecessor,successor,kind,on\nsasac,cppcc,merged,19x\n", "date", 2, "on"),
            ("id,name,members\nc-x,各甲,cooks\n", "word", 2, "members"),
            ("code,name,level,parent\n999999,甲区,district,888888\n", "reference", 2, "parent"),
            ("id,name,domain,parent\nf,甲,economy,g\n", "reference", 2, "parent"),
        ),
    )
    def test_problems(self, csv_file: Path, text: str, code: str, line: int, column: str) -> None:
        problem, *_ = found(csv_file, text)

        assert (problem.code, problem.line, problem.column, problem.grave) == (code, line, column, True)
        assert problem.zh
        assert problem.en
        assert problem.message("en") == problem.en
        assert "{" not in problem.en.replace("市公安局{区}分局", "")

    def test_what_is_in_order_has_none(self, csv_file: Path) -> None:
        text = "id,name,kind,functions,since\nlake-office,区湖长办,organ,water-affairs,2019-03\n"

        assert found(csv_file, text) == ()
        assert found(csv_file, text, "utf-8-sig") == ()
        assert found(csv_file, text, "gb18030") == ()

    def test_rows_may_refer_to_rows_of_the_same_table(self, csv_file: Path) -> None:
        text = "id,name,kind,within\nlake-office,区湖长办,organ,\nshore-section,湖岸科,office,lake-office\n"

        assert found(csv_file, text) == ()

    def test_shared_names_are_no_fault(self, csv_file: Path) -> None:
        own, other = found(csv_file, "id,name,kind\na,区财政局,organ\nb,区甲局,organ\nc,区甲局,organ\n")

        assert (own.code, own.grave) == ("shared", False)
        assert (other.code, other.grave) == ("ambiguous", False)

    def test_what_is_no_table_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(b"\x00\xff\x00\xff")

        with pytest.raises(ReadError, match="this is no text; save the table as CSV in UTF-8"):
            check_table(tmp_path / "a.csv")
        with pytest.raises(ReadError, match="check the path"):
            check_table(tmp_path / "b.csv")

    @given(text=st.text(max_size=200) | st.text(alphabet='id,name,kind"\n;区2019-{}', max_size=200))
    def test_any_text_can_be_checked(self, text: str) -> None:
        for problem in problems_of([table_of("id,name,kind\n" + text)], DIRECTORY)[0]:
            assert problem.line > 0
            assert problem.zh
            assert problem.en


class TestExtended:
    def test_own_rows_are_found(self, csv_file: Path) -> None:
        csv_file.write_text("id,name,kind\nlake-office,区湖长办,organ\n", encoding="utf-8")
        larger = DIRECTORY.extended(csv_file)

        assert larger.resolve("澄湖区湖长办").id == "lake-office"
        assert DIRECTORY.resolve("澄湖区湖长办").id is None
        assert larger.resolve("区财政局").id == "finance-bureau"

    def test_the_version_tells_the_table(self, csv_file: Path) -> None:
        csv_file.write_text("id,name,kind\nlake-office,区湖长办,organ\n", encoding="utf-8")
        first = DIRECTORY.extended(csv_file)
        csv_file.write_text("id,name,kind\nlake-office,区湖长制办,organ\n", encoding="utf-8")
        second = DIRECTORY.extended(csv_file)

        assert first.version.startswith(f"{DIRECTORY.version}+own.")
        assert first.version != second.version
        assert first.resolve("区湖长办").version == first.version

    def test_a_row_replaces_what_its_columns_give(self, csv_file: Path) -> None:
        csv_file.write_text("id,name,kind,notes\nfinance-bureau,区财税局,organ,ours\n", encoding="utf-8")
        organ = DIRECTORY.extended(csv_file).organ("finance-bureau")

        assert (organ.name, organ.notes) == ("区财税局", "ours")
        assert organ.functions == DIRECTORY.organ("finance-bureau").functions
        assert organ.aliases == DIRECTORY.organ("finance-bureau").aliases

    def test_a_name_goes_to_the_later_row(self, csv_file: Path) -> None:
        csv_file.write_text("id,name,kind\ncounting,区统计局,organ\n", encoding="utf-8")
        once = DIRECTORY.extended(csv_file)
        csv_file.write_text("id,name,kind\nreckoning,区统计局,organ\n", encoding="utf-8")
        twice = once.extended(csv_file)

        assert once.resolve("区统计局").id == "counting"
        assert twice.resolve("区统计局").id == "reckoning"

    def test_a_row_for_some_divisions_leaves_the_name_to_others(self, csv_file: Path) -> None:
        csv_file.write_text(
            "id,name,kind,levels,areas\ncounting,区统计局,organ,district,澄湖区\n", encoding="utf-8"
        )
        larger = DIRECTORY.extended(csv_file)

        assert larger.resolve("区统计局", division="澄湖区").id == "counting"
        assert len(larger.resolve("区统计局").candidates) == 2

    def test_tables_of_all_sorts(self, tmp_path: Path) -> None:
        texts = {
            "organs": "id,name,kind,functions\nlakes-1,区湖泊办,organ,lakes\nlakes-2,区湖泊局,organ,lakes\n",
            "functions": "id,name,domain\nlakes,湖泊,city\n",
            "successions": "predecessor,successor,kind,on,functions\nlakes-1,lakes-2,renamed,2021,lakes\n",
            "collectives": "id,name,members,closed\nc-shores,各湖岸,units,yes\n",
            "divisions": "code,name,level,parent,government_codes\n999901,澄湖区,district,110000,澄政发\n",
            "sources": "id,text\nown,our own list\n",
        }
        for name, text in texts.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        larger = DIRECTORY.extended(*(tmp_path / f"{name}.csv" for name in texts))

        assert larger.relation("区湖泊办", "区湖泊局").kind == "renamed"
        assert [organ.id for organ in larger.carriers("lakes", on=date(2022, 1, 1))] == ["lakes-2"]
        assert larger.resolve("各湖岸").id == "c-shores"
        lake = larger.division("澄湖区", number="澄政发〔2024〕1号")
        assert lake is not None
        assert lake.code == "999901"
        assert larger.facts["999901"].codes == ("澄政发",)
        assert lake in larger.divisions_in("北京市")
        assert larger.sources["own"] == "our own list"

    def test_it_can_be_pickled(self, csv_file: Path) -> None:
        csv_file.write_text("id,name,kind\nlake-office,区湖长办,organ\n", encoding="utf-8")
        larger = DIRECTORY.extended(csv_file)
        copied = pickle.loads(pickle.dumps(larger))  # noqa: S301 - our own

        assert copied.resolve("区湖长办") == larger.resolve("区湖长办")

    def test_a_table_with_problems_is_refused_with_all_of_them(self, csv_file: Path) -> None:
        csv_file.write_text("id,name,kind\na,,bureau\n", encoding="utf-8")

        with pytest.raises(LoadError) as caught:
            DIRECTORY.extended(csv_file)

        assert [problem.path for problem in caught.value.problems] == [
            "own.csv, line 2, name",
            "own.csv, line 2, kind",
        ]
        assert caught.value.problems[1].message.startswith("bureau is none of organ, office,")


class TestCommand:
    def test_a_table_in_order_ends_with_0(self, csv_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        csv_file.write_text("id,name,kind\na,区统计局,organ\n", encoding="utf-8")

        assert main(["directory", "check", str(csv_file)]) == 0
        out, err = capsys.readouterr()
        assert out == f"{csv_file} 第2行（name）：提示：“区统计局”也是statistics-bureau的名称；以后来的为准\n"
        assert err == f"{csv_file}：没有问题\n"

    def test_problems_end_with_1(self, csv_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        csv_file.write_text("id,name,kind\na,,organ\n", encoding="utf-8")

        assert main(["--language", "en", "directory", "check", str(csv_file)]) == 1
        out, err = capsys.readouterr()
        assert out == f"{csv_file}, line 2, name: may not be empty\n"
        assert err == f"{csv_file}: 1 problem\n"

    def test_json(self, csv_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        csv_file.write_text("id,name,kind\na,,organ\n", encoding="utf-8")

        assert main(["directory", "check", str(csv_file), "-f", "json"]) == 1
        (record,) = json.loads(capsys.readouterr().out)
        assert (record["code"], record["line"], record["column"]) == ("empty", 2, "name")

    def test_a_file_that_cannot_be_read_ends_with_3(
        self, csv_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["directory", "check", str(csv_file)]) == 3
        assert "请检查路径" in capsys.readouterr().err

    def test_help_is_in_the_language_that_is_asked_for(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--language", "en", "directory", "--help"]) == 0
        assert "Commands" in capsys.readouterr().out
        assert main(["directory", "check", "--help"]) == 0
        assert "选项" in capsys.readouterr().out
