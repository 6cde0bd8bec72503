"""Why a file is not read is told in Chinese and in English, from tables."""

from __future__ import annotations

import ast
import pickle
import re
import string
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

import gongkai
from gongkai import InvalidValue, ReadError, StrictError
from gongkai._refusals import Sides, refused, refused_as
from gongkai.cli import main
from gongkai.reading.grammar import table

_SOURCE = Path(gongkai.__file__).parent
_ROWS: dict[str, Sides] = tomllib.loads(
    files("gongkai").joinpath("refusals.toml").read_text(encoding="utf-8")
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _blanks(sides: Sides) -> set[str]:
    texts = [text for row in sides.values() for text in row.values()]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", (*_ROWS, *table("containers")))
def test_every_row_says_both_sides_in_both_languages(name: str) -> None:
    row = _ROWS[name] if name in _ROWS else table("containers")[name]
    sides = {key: row[key] for key in ("reason", "hint")}
    error = refused_as("甲.docx", sides, zh=None, **dict.fromkeys(_blanks(sides), "7"))
    assert error.reason
    assert error.hint
    assert "{" not in error.told("zh") + error.told("en")
    assert _CHINESE.search(error.reason_zh) or name == "reader-failed"
    assert _CHINESE.search(error.hint_zh)
    assert str(error) == error.told("en") == f"甲.docx: {error.reason}; {error.hint}"
    assert error.told("zh") == f"甲.docx：{error.reason_zh}；{error.hint_zh}"


def test_no_code_writes_why_a_file_is_not_read() -> None:
    raising = {
        path.relative_to(_SOURCE).as_posix()
        for path in _SOURCE.rglob("*.py")
        if re.search(
            r"(?<!class )\bReadError\(", re.sub(r"^ *>>>.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        )
    }
    assert raising == {"_refusals.py"}


def _named(code: str) -> Iterator[str]:
    """The rows that calls of the two functions name, behind the file."""
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"refused", "not_opened"}:
            for given in call.args[1:]:
                parts = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
                yield from (str(part.value) for part in parts if isinstance(part, ast.Constant))


def test_the_rows_that_are_named_are_those_of_the_table() -> None:
    named = {name for path in _SOURCE.rglob("*.py") for name in _named(path.read_text("utf-8"))}
    assert named | {"unopened"} == set(_ROWS)


def test_what_was_pickled_is_told_the_same() -> None:
    with pytest.raises(ReadError) as caught:
        gongkai.read(b"Rar!\x1a\x07\x01\x00")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (again.told("zh"), again.told("en")) == (caught.value.told("zh"), caught.value.told("en"))
    assert caught.value.told("zh") == "bytes：这是 rar 压缩包；请解压后读取其中的文档"


def test_strict_reading_is_refused_in_chinese() -> None:
    with pytest.raises(StrictError) as caught:
        gongkai.parse("澄湖区2024年政务公开工作要点", strict=True)
    assert "（R103）" in caught.value.told("zh")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert again.told("zh") == caught.value.told("zh")


def test_an_error_without_chinese_is_told_in_english() -> None:
    assert ReadError("a", "no table", "make one").told("zh") == "a：no table；make one"


def test_other_languages_are_refused() -> None:
    with pytest.raises(InvalidValue, match="zh or en"):
        refused("a", "no-text").told("fr")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    (
        (b"", "文件是空的；请重新获取或重新保存文档", "the file is empty; fetch or save the document again"),
        (b"PK\x03\x04cut", "已损坏", "is damaged|a damaged zip"),
    ),
)
def test_the_command_tells_it_in_its_language(
    content: bytes, zh: str, en: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(content)
    assert main(["show", str(file)]) == 3
    chinese = capsys.readouterr().err
    assert re.search(f"不能读取：.*plan.docx：.*{zh}", chinese)
    assert main(["show", str(file), "--language", "en"]) == 3
    assert re.search(f"plan.docx: .*({en})", capsys.readouterr().err)
