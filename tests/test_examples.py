"""The shipped plans, by name."""

from __future__ import annotations

import pytest

from gongkai import ReadError, examples


def test_names_are_sorted_and_have_a_file() -> None:
    assert list(examples.names()) == sorted(examples.names())
    assert {"chenghu-2023", "chenghu-2024"} <= set(examples.names())
    assert all(
        examples.path(name).read_text(encoding="utf-8") == examples.text(name) for name in examples.names()
    )


@pytest.mark.parametrize("name", examples.names())
def test_each_is_read_with_its_name_as_origin(name: str) -> None:
    plan = examples.load(name)

    assert plan.tasks
    assert plan.year is not None
    assert plan.source is not None
    assert plan.source.origin == f"example:{name}"


@pytest.mark.parametrize("name", ("nowhere-1999", "../__init__", "chenghu-2024.txt", ""))
@pytest.mark.parametrize("ask", (examples.load, examples.text, examples.path))
def test_other_names_are_refused(name: str, ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ReadError, match="there are chenghu-2022"):
        ask(name)
