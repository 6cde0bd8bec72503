"""The heads of documents: titles, numbers, metadata and covering notices (tests/data/reading_heads.toml)."""

from __future__ import annotations

from typing import Any

import pytest

import gongkai
from gongkai import Plan
from gongkai.testing import losses
from tests.helpers_reading import cases

CASES = cases("reading_heads")


def facts(plan: Plan) -> dict[str, Any]:
    record, notice = plan.record, plan.notice
    found = {
        "title": plan.title,
        "issuer": record.issuer,
        "issued_on": record.issued_on,
        "published_on": record.published_on,
        "validity": record.validity,
        "document_number": str(record.document_number or ""),
        "others": [list(pair) for pair in record.others],
        "addressees": list(notice.addressees) if notice else [],
        "signatory": notice.signatory if notice else None,
        "sealed_by": notice.sealed_by if notice else None,
        "notice": list(notice.body) if notice else [],
        "preamble": [block.text for block in plan.preamble],
        "findings": sorted({item.code for item in plan.findings}),
        "tasks": len(plan.tasks),
    }
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_head(case: dict[str, Any]) -> None:
    plan = gongkai.parse(case["text"])
    wanted = {"tasks": 1} | {name: value for name, value in case.items() if name not in {"name", "text"}}
    assert facts(plan) == {name: value for name, value in wanted.items() if value != 0}
    assert plan.year in {2024, 2019}
    assert losses(plan) == ()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_was_read_is_printed_and_read_again(case: dict[str, Any]) -> None:
    plan = gongkai.parse(case["text"])
    again = gongkai.parse(gongkai.text_of(plan))
    assert [task.text for task in again.all_tasks] == [task.text for task in plan.all_tasks]
    assert (again.title, again.year) == (plan.title, plan.year)
