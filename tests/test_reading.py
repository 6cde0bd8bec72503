"""The reader on small documents, one phenomenon each (tests/data/reading.toml), and on what is no document."""

from __future__ import annotations

import io
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import InvalidValue, LoadError, Plan, ReadError
from gongkai.reading import catalogue
from gongkai.testing import losses
from tests.helpers_reading import line

CASES = tomllib.loads(Path(__file__).parent.joinpath("data", "reading.toml").read_text(encoding="utf-8"))[
    "case"
]


def facts(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "year": plan.year,
        "kind": str(plan.kind),
        "preamble": [block.text for block in plan.preamble],
        "closing": [block.text for block in plan.closing],
        "document_number": str(plan.record.document_number or ""),
        "issued_on": plan.record.issued_on,
        "issuer": plan.record.issuer,
    }


@pytest.fixture(params=CASES, ids=[case["name"] for case in CASES])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_tasks(case: dict[str, Any]) -> None:
    assert [line(task) for task in gongkai.parse(case["text"]).all_tasks] == case["tasks"]


def test_facts(case: dict[str, Any]) -> None:
    found = facts(gongkai.parse(case["text"]))
    wanted = {name: value for name, value in case.items() if name in found}
    assert {name: found[name] for name in wanted} == wanted


def test_findings(case: dict[str, Any]) -> None:
    assert sorted({item.code for item in gongkai.parse(case["text"]).findings}) == case.get("findings", [])


def test_nothing_lost(case: dict[str, Any]) -> None:
    assert losses(gongkai.parse(case["text"])) == ()


def test_every_finding_has_a_case() -> None:
    """Each code of the catalogue is shown by a case, here or in another file of tests."""
    shown = {code for case in CASES for code in case.get("findings", [])}
    here = Path(__file__).parent
    for path in [*here.rglob("test_reading*.py"), here / "test_plugins.py"]:
        shown |= set(re.findall(r"\bR\d{3}\b", path.read_text(encoding="utf-8")))
    for path in here.rglob("reading*.toml"):
        shown |= set(re.findall(r"\bR\d{3}\b", path.read_text(encoding="utf-8")))
    assert {entry.code for entry in catalogue().values()} == shown


def codes(text: str) -> set[str]:
    return {item.code for item in gongkai.parse(text).findings}


def test_text_without_a_plan() -> None:
    assert codes("") >= {"R101", "R105"}
    assert "R103" in codes("澄湖区2024年政务公开工作要点\n为做好工作，制定本要点。")


def test_unread_text_is_said() -> None:
    assert "R106" in codes("此处有一句话。\n澄湖区2024年政务公开工作要点\n一、公开\n1.公开甲目录。")


def test_an_empty_heading_is_said() -> None:
    assert "R206" in codes("澄湖区2024年政务公开工作要点\n一、公开\n二、解读\n1.解读政策。")


def test_a_deadline_without_a_year_is_said() -> None:
    assert "R304" in codes("政务公开工作要点\n一、公开\n1.公开甲目录。（区甲局负责落实，完成时限：10月底前）")


@pytest.mark.parametrize(
    ("head", "year"),
    (
        ("澄湖区优化营商环境任务分工方案\n（2020年）", 2020),
        ("澄湖区优化营商环境任务分工方案", 2022),
    ),
)
def test_the_year_stands_below_the_title_or_in_the_deadlines(head: str, year: int) -> None:
    plan = gongkai.parse(
        f"{head}\n一、公开\n1.2022年9月底前公开目录。（区财政局负责）\n2.2023年3月底前更新。（区财政局负责）\n"
        "3.年底前推广，2022年6月底前试行。（区教委负责）"
    )
    assert plan.year == year
    assert plan.tasks[2].deadlines[0].due == date(year, 12, 31)
    assert "R104" in {item.code for item in plan.findings}


def test_a_record_value_that_is_none_is_kept() -> None:
    plan = gongkai.parse("1. [成文日期] 去年春天\n澄湖区2024年政务公开工作要点\n一、公开\n1.公开甲目录。")
    assert plan.record.others == (("成文日期", "去年春天"),)
    assert "R401" in {item.code for item in plan.findings}


def test_findings_stand_where_they_say() -> None:
    text = "澄湖区2024年政务公开工作要点\n一、公开\n1.公开甲目录。（区某某某负责，区甲局负责）"
    (found,) = gongkai.parse(text).findings
    assert found.span is not None
    assert found.span.of(text) == "（区某某某负责，区甲局负责）"
    assert found.key == "1"


GRAMMAR = st.lists(
    st.sampled_from(
        [
            *"一二三（）()、，。；：:《》“”\n\r\t 　1２3.．①",
            *[
                "一、",
                "（一）",
                "(二)",
                "1.",
                "2．",
                "（1）",
                "第一章",
                "总体要求",
                "基本原则",
                "\n\n",
                "— 3 —",
                "\ufeff",
            ],
            *[
                "区甲局",
                "各部门",
                "有关单位",
                "区文化和旅游局",
                "等",
                "等有关部门",
                "和",
                "及",
                "会同",
                "分别",
                "按职责分工",
            ],
            *[
                "牵头",
                "负责落实",
                "负责",
                "配合",
                "提供支持",
                "指导",
                "责任单位：",
                "完成时限：",
                "2024年10月",
                "年底前",
                "按季度",
            ],
            *[
                "工作要点",
                "关于印发《",
                "》的通知",
                "[索引号]",
                "发文字号：",
                "澄政办发〔2024〕1号",
                "（此件公开发布）",
            ],
            *[
                *[
                    "目录",
                    "具体措施：",
                    "一是",
                    "二是",
                    "下一步，",
                    "附件1",
                    "&nbsp;",
                    "(kāi)",
                    "公開",
                    "??",
                    "（失效）",
                ],
                "分享到：",
                "当前位置：",
                "2024年5月15日",
                "公开甲目录",
                "做好",
                "年度报告",
                "\ud800",
                "\x00",
                "😀",
            ],
        ]
    ),
    max_size=60,
).map("".join)


@given(GRAMMAR)
def test_never_refuses_text(text: str) -> None:
    plan = gongkai.parse(text)
    assert plan.source is not None
    assert plan.source.text == text


@given(GRAMMAR)
def test_nothing_of_any_text_is_lost(text: str) -> None:
    plan = gongkai.parse(text)
    assert losses(plan) == ()
    assert plan.source is not None
    assert "".join(text[piece.start : piece.end] for piece in plan.source.pieces) == text


@given(GRAMMAR)
def test_reading_is_deterministic(text: str) -> None:
    one, other = gongkai.parse(text), gongkai.parse(text)
    assert one == other
    assert one.findings == other.findings


@given(GRAMMAR)
def test_trusted_building_is_the_public_constructors(text: str) -> None:
    """Every block that the reader builds is one that the public constructor builds from the same values."""
    plan = gongkai.parse(text)
    assert gongkai.loads(gongkai.dumps(plan, source=False)) == plan


@pytest.mark.parametrize(
    ("data", "reason"),
    (
        (b"\x00\x01\x02\x00" * 99, "binary data"),
        (b"PK\x03\x04 and more", "zip container"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1 and more", "old Office file"),
    ),
)
def test_bytes_that_are_no_text_are_one_clear_error(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        gongkai.read(data)
    assert str(caught.value).startswith("bytes: ")
    assert caught.value.hint


def test_read_takes_paths_bytes_and_files(tmp_path: Path) -> None:
    text = "\ufeff澄湖区2024年政务公开工作要点\r\n一、公开\r\n1.公开甲目录。\r\n"
    path = tmp_path / "要点.txt"
    path.write_bytes(text.encode())
    with path.open("rb") as binary, path.open(encoding="utf-8") as words:
        plans = [gongkai.read(path), gongkai.read(str(path)), gongkai.read(binary), gongkai.read(words)]
    plans += [gongkai.read(text.encode()), gongkai.read(io.StringIO(text)), gongkai.parse(text)]
    assert all(plan == plans[0] for plan in plans)
    source = plans[0].source
    assert source is not None
    assert (source.origin, source.encoding, source.media_type) == (str(path), "utf-8-sig", "text/plain")


@pytest.mark.parametrize("name", ("no such file.txt", "", "\0"))
def test_a_file_that_cannot_be_opened_is_one_clear_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        gongkai.read(tmp_path / name)


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        gongkai.read(tmp_path)


def test_a_file_that_gongkai_wrote_is_loaded(tmp_path: Path) -> None:
    plan = gongkai.parse("澄湖区2024年政务公开工作要点\n一、公开\n1.公开甲目录。")
    path = tmp_path / "plan.json"
    path.write_text(gongkai.dumps(plan, indent=2), encoding="utf-8")
    assert gongkai.read(path) == gongkai.read(io.StringIO(gongkai.dumps(plan))) == plan
    with pytest.raises(LoadError, match="unknown key"):
        gongkai.read(b'{"gongkai": 1, "kind": "plan", "title": "", "year": null, "more": 1}')


def test_a_text_file_in_the_wrong_encoding_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("澄湖区政务公开工作要点".encode("gb18030"))
    with path.open(encoding="utf-8") as words, pytest.raises(ReadError, match="opened as utf-8"):
        gongkai.read(words)
    with path.open("rb") as binary:
        assert gongkai.read(binary).title == "澄湖区政务公开工作要点"


def test_a_path_that_is_a_text_says_so() -> None:
    with pytest.raises(ReadError, match=r"gongkai.parse takes text"):
        gongkai.read("澄湖区2024年政务公开工作要点\n1.公开甲目录。")


@pytest.mark.parametrize("given", (None, 3, b"text", ["text"]))
def test_parse_takes_text_only(given: Any) -> None:
    with pytest.raises(InvalidValue, match=r"parse.text: expected a str"):
        gongkai.parse(given)


@pytest.mark.parametrize("given", (None, 3, ["text"]))
def test_read_says_what_it_takes(given: Any) -> None:
    with pytest.raises(InvalidValue, match="a path, bytes or an open file"):
        gongkai.read(given)


HOSTILE = {
    "nothing": "",
    "blanks": " \n\u3000\t\n",
    "a lone bracket": "（",
    "nested brackets": "(" * 10_000 + ")" * 10_000,
    "brackets that never close": "(甲" * 10_000,
    "one huge line": "公开信息，" * 100_000,
    "labels alone": "1.\n" * 5_000,
    "all levels": "一、\n（一）\n1.\n（1）\n①\n" * 1_000,
    "clauses in a row": "公开。(区甲局负责)" * 5_000,
    "one clause of many names": "(" + "区甲局、" * 20_000 + "负责落实)",
    "conjunctions": "(" + "和各" * 5_000 + "负责)",
    "joints": "(" + "区甲局会同" * 5_000 + "负责)",
    "slots": "责任单位：" * 5_000,
    "dates": "1.10月底前，" * 10_000,
    "titles": "政务公开工作要点\n" * 5_000,
    "metadata": "1. [索引号] 甲\n" * 5_000,
    "broken lines": "公开信息，推进\n" * 5_000,
    "the foot of a page": "分享到\n" * 5_000,
    "attachments": "1.公开。\n" + "附件1\n标题清单\n" * 3_000,
    "one line": "一、公开（一）公开1.公开。（区甲局负责）" * 2_000,
    "enumerations": "2023年度报告\n一、下一步\n" + "一是公开；二是解读；" * 3_000,
    "pinyin": "公(kāi)開??" * 5_000,
    "surrogates": "一、\ud800公开",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_a_plan_with_findings(name: str) -> None:
    plan = gongkai.parse(HOSTILE[name])
    assert plan.findings
    assert losses(plan) == ()
