"""Answers in files: nothing is lost, nothing becomes a formula, and what is wrong is told with its place."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import gongkai
from gongkai import Answer, LoadError, Question, ReadError, Task, examples
from gongkai.comparing import Evidence
from gongkai.errors import InvalidValue, Problem
from tests.helpers_judging import Recorder

TEXTS = st.text(max_size=12) | st.from_regex(r"[\s'\"=+@,;-]{0,3}[一-三a,\"\n]{0,4}", fullmatch=True)
KEYS = TEXTS.filter(lambda text: bool(text.strip()))
ANSWERS = st.builds(
    Answer,
    KEYS,
    KEYS,
    st.sampled_from(("same", "partial", "none", None)),
    old_text=TEXTS,
    new_text=TEXTS,
    score=st.none() | st.floats(0, 1),
    evidence=TEXTS,
    annotator=TEXTS,
    answered_on=st.none() | st.dates(date(1000, 1, 1)),
    comment=TEXTS,
)
HEAD = "旧任务编号,新任务编号,旧任务内容,新任务内容,判断,匹配度,依据,标注人,标注日期,备注"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("answers")


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "答案.csv"
    file.write_bytes(text.encode(encoding))
    return file


def problems(file: Path) -> list[str]:
    with pytest.raises(LoadError) as caught:
        gongkai.read_answers(file)
    return [str(problem) for problem in caught.value.problems]


class TestLaws:
    @pytest.mark.parametrize("suffix", (".csv", ".json"))
    @given(answers=st.lists(ANSWERS, max_size=4))
    @example(answers=[Answer("=1+1", "'=1", "same", old_text="\r\n", new_text='"', comment="\ud800,＝")])
    @example(answers=[Answer("\ufeffa", "a\0", None, comment="\t-1")])
    def test_read_inverts_write(self, folder: Path, suffix: str, answers: list[Answer]) -> None:
        for language in ("zh", "en"):
            gongkai.write_answers(answers, folder / f"a{suffix}", language=language)

            assert gongkai.read_answers(folder / f"a{suffix}") == tuple(answers)

    @given(answer=ANSWERS)
    def test_no_cell_is_a_formula(self, folder: Path, answer: Answer) -> None:
        gongkai.write_answers([answer], folder / "a.csv")

        text = (folder / "a.csv").read_bytes().decode("utf-8-sig", "surrogatepass")
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not [
                cell for cell in row if cell.strip()[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}
            ]

    @given(
        text=st.text(max_size=60), head=st.sampled_from((HEAD, "old_key;new_key;strength", "旧任务编号", ""))
    )
    def test_any_table_is_read_or_its_problems_are_told(self, folder: Path, head: str, text: str) -> None:
        file = table(folder, f"{head}\n{text}", "utf-8")
        told: tuple[Problem, ...] = ()
        try:
            gongkai.read_answers(file)
        except LoadError as error:
            told = error.problems
        assert all(problem.path.startswith("答案.csv") for problem in told)


class TestTables:
    def test_excel_knows_the_encoding_by_its_mark(self, folder: Path) -> None:
        gongkai.write_answers([Answer("3", "5", "same")], folder / "a.csv")

        assert (folder / "a.csv").read_bytes().startswith("\ufeff旧任务编号,".encode())

    def test_questions_are_rows_to_be_filled_in(self, folder: Path) -> None:
        question = Question(
            Task("公开预算。", key="1"),
            Task("公开决算。", key="2"),
            0.456,
            evidence=[Evidence("wording", 0.3, "公开")],  # type: ignore[arg-type]
        )
        gongkai.write_answers([question], folder / "q.csv")
        text = (folder / "q.csv").read_text(encoding="utf-8-sig")

        assert text.splitlines()[1] == "1,2,公开预算。,公开决算。,,0.46,措辞0.30（公开）,,,"
        assert gongkai.read_answers(folder / "q.csv") == ()

        filled = table(folder, text.replace("公开决算。,,", "公开决算。,部分相同,"))
        (answer,) = gongkai.read_answers(filled)
        assert (answer.keys, answer.strength, answer.score) == (("1", "2"), "partial", 0.46)

    def test_questions_in_json_are_open(self, folder: Path) -> None:
        question = Question(Task("公开预算。", key="1"), Task("公开决算。", key="2"), 0.4)
        gongkai.write_answers([question, question.answer(None)], folder / "q.json")

        assert [answer.strength for answer in gongkai.read_answers(folder / "q.json")] == [None]

    @pytest.mark.parametrize("encoding", ("utf-8", "utf-8-sig", "gb18030", "utf-16"))
    @pytest.mark.parametrize("sign", (",", ";", "\t"))
    def test_as_spreadsheets_save_it(self, folder: Path, encoding: str, sign: str) -> None:
        lines = ("判断,旧任务编号,新任务编号,日期说明", "相同,3,5,甲", "不对应,4,6,乙")
        file = table(folder, "\r\n".join(lines).replace(",", sign), encoding)

        assert gongkai.read_answers(file) == (Answer("3", "5", "same"), Answer("4", "6", "none"))

    @pytest.mark.parametrize(
        ("word", "strength"),
        (
            ("相同", "same"),
            ("SAME ", "same"),
            ("s", "same"),
            ("部分", "partial"),
            ("Ｐ", "partial"),
            ("无", "none"),
            ("0", "none"),
            ("？", None),
            ("不确定", None),
        ),
    )
    def test_words_for_answers(self, folder: Path, word: str, strength: str | None) -> None:
        (answer,) = gongkai.read_answers(table(folder, f"Old key,new_key,判断\n1,2,{word}\n"))

        assert answer.strength == strength

    @pytest.mark.parametrize(
        "written", ("2026-11-05", "2026/11/5", "2026/11/5 0:00", "2026年11月5日", "2026-11-05T10:00:00+08:00")
    )
    def test_days_as_spreadsheets_write_them(self, folder: Path, written: str) -> None:
        (answer,) = gongkai.read_answers(table(folder, f"{HEAD}\n1,2,,,same,42%,,,{written},\n"))

        assert (answer.answered_on, answer.score) == (date(2026, 11, 5), 0.42)

    def test_texts_alone_tell_the_pair(self, folder: Path) -> None:
        (answer,) = gongkai.read_answers(
            table(folder, "旧任务内容,新任务内容,判断\n公开预算。,公开决算。,部分\n")
        )

        assert (answer.keys, answer.old_text) == (("", ""), "公开预算。")


class TestProblems:
    def test_all_that_is_wrong_is_told_with_row_and_column(self, folder: Path) -> None:
        rows = (
            "1,2,,,也许,,,,,",
            '1,2,甲,"两\n行",same,1.5,,,,',
            ",2,,,same,,,,昨天,",
            "1,2,,,same,,,,,,多",
            "",
            "1,2,,,,9,,,,",
            "1,2,,,same,,,,,",
        )
        file = table(folder, "\n".join((HEAD, *rows)))

        assert problems(file) == [
            "答案.csv, row 2, column 判断: expected 相同 (same), 部分相同 (partial), 不对应 (none), 不确定 (unknown), got '也许'",
            "答案.csv, row 3, column 匹配度: expected a number from 0 to 1, got '1.5'",
            "答案.csv, row 4, column 旧任务编号: expected the key of a task, or else its text",
            "答案.csv, row 4, column 标注日期: expected a day, as 2026-11-22, got '昨天'",
            "答案.csv, row 5: expected 10 cells, got 11; texts with commas stand in quotes",
            "答案.csv, row 7, column 匹配度: expected a number from 0 to 1, got '9'",
        ]

    @pytest.mark.parametrize(
        ("text", "told"),
        (
            ("", "expected a column 旧任务编号 (old_key) or 旧任务内容 (old_text)"),
            ("old_key,new_key\n1,2\n", "expected a column 判断 (strength)"),
            ("old_key,new_key,判断,Answer\n1,2,s,n\n", "row 1, column Answer: this column is there twice"),
            ('old_key,new_key,判断\n"1,2,s\n', "no table: "),
        ),
    )
    def test_what_is_no_table_of_answers(self, folder: Path, text: str, told: str) -> None:
        assert told in problems(table(folder, text))[0]

    @pytest.mark.parametrize(
        ("content", "told"),
        (
            ("{", "答案.json: no JSON"),
            ("[" * 100_000, "答案.json: "),
            ("[]", '$: expected {"gongkai": 1, "kind": "answers", "answers": [...]}'),
            (
                {"gongkai": 9, "kind": "answers", "answers": []},
                "$.gongkai: expected version 1 of this form, got 9",
            ),
            (
                [{"old_key": "1", "new_key": 2, "strength": "same"}],
                "$.answers[0].new_key: expected a str, got 2",
            ),
            ([{"old_key": "1", "strength": "same"}], "$.answers[0].new_key: this key is missing"),
            (
                [{"old_key": "1", "new_key": "2", "strength": "x"}],
                "$.answers[0].strength: expected one of same, partial, none, got 'x'",
            ),
            (
                [{"old_key": "1", "new_key": "2", "strength": "same", "by": "甲"}],
                "$.answers[0].by: unknown key",
            ),
            (
                [{"old_key": "1", "new_key": "2", "strength": "same", "answered_on": "昨天"}],
                "$.answers[0].answered_on: expected a day",
            ),
            (
                [{"old_key": "1", "new_key": "2", "strength": "same", "answered_on": 3}],
                "$.answers[0].answered_on: expected a date or None, got 3",
            ),
            (["x"], "$.answers[0]: expected an object, got str"),
        ),
    )
    def test_what_is_no_json_of_answers(self, folder: Path, content: Any, told: str) -> None:
        file = folder / "答案.json"
        whole = (
            {"gongkai": 1, "kind": "answers", "answers": content} if isinstance(content, list) else content
        )
        file.write_text(content if isinstance(content, str) else json.dumps(whole), encoding="utf-8")

        assert problems(file)[0].startswith(told)

    def test_files_that_are_not_there(self, folder: Path) -> None:
        with pytest.raises(ReadError, match="check the path"):
            gongkai.read_answers(folder / "none.csv")

    def test_the_suffix_or_the_form_tells_what_it_is(self, folder: Path) -> None:
        with pytest.raises(
            InvalidValue, match=r"read_answers\.path: expected a name that ends in \.csv or \.json"
        ):
            gongkai.read_answers(folder / "answers.txt")
        with pytest.raises(InvalidValue, match=r"write_answers\.form: expected csv or json"):
            gongkai.write_answers([], folder / "a.csv", form="xml")  # type: ignore[arg-type]
        with pytest.raises(InvalidValue, match=r"write_answers\.language: expected one of zh, en"):
            gongkai.write_answers([], folder / "a.csv", language="fr")  # type: ignore[arg-type]
        gongkai.write_answers([Answer("1", "2", "same")], folder / "answers.txt", form="csv")
        assert gongkai.read_answers(folder / "answers.txt", form="csv") == (Answer("1", "2", "same"),)


def test_answers_of_a_judge_go_through_a_file_and_are_obeyed(folder: Path) -> None:
    old, new = examples.load("chenghu-2023"), examples.load("chenghu-2024")
    asked = gongkai.align(old, new, judge=Recorder(lambda question: "partial"), questions=20)
    gongkai.write_answers(asked.answers, folder / "links.csv")

    again = gongkai.align(old, new, known=gongkai.read_answers(folder / "links.csv"))

    assert again == asked
    assert again.answers == asked.answers
    assert again.findings == ()
