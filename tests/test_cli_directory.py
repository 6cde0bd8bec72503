"""``gongkai directory find``: who is meant by a name."""

from __future__ import annotations

import json

import pytest

from gongkai import cli


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["directory", "find", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_name_is_told_with_what_it_does_and_what_came_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "区环保局")

    assert code == 0
    assert out.startswith("区环保局：区环保局（environmental-protection-bureau）。")
    assert "后继：区生态环境局 (ecology-environment-bureau) 更名 · 2019-03" in out


def test_a_name_that_is_not_settled_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "区财政局", "区财证局", "--language", "en")

    assert code == 1
    assert "Did you mean 区财政局" in out


def test_json_has_one_object_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "区财政局", "各街道", "--format", "json")

    assert code == 0
    assert [(each["name"], each["id"]) for each in json.loads(out)] == [
        ("区财政局", "finance-bureau"),
        ("各街道", "c-all-streets"),
    ]


def test_a_day_has_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "区财政局", "--on", "2018年")

    assert code == 2
    assert "--on" in err
