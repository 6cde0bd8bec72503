"""The end of a document: closing, attachments, signature, imprint, foot (tests/data/reading_tail.toml)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Plan
from gongkai.testing import losses
from tests.helpers_reading import cases, line

CASES = cases("reading_tail")
PLAN = "澄湖区2024年政务公开工作要点\n一、深化公开\n1.公开甲目录。{}\n2.公开乙目录。{}\n"


def noise(plan: Plan) -> list[str]:
    assert plan.source is not None
    return sorted({piece.kind[6:] for piece in plan.source.pieces if piece.kind.startswith("noise:")})


def facts(plan: Plan) -> dict[str, Any]:
    record = plan.record
    return {
        "closing": [block.text for block in plan.closing],
        "issuer": record.issuer or "",
        "co_issuers": list(record.co_issuers),
        "issued_on": record.issued_on or "",
        "subject": record.subject or "",
        "others": [list(pair) for pair in record.others],
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


def test_noise(case: dict[str, Any]) -> None:
    assert noise(gongkai.parse(case["text"])) == case.get("noise", [])


def test_findings(case: dict[str, Any]) -> None:
    assert sorted({item.code for item in gongkai.parse(case["text"]).findings}) == case.get("findings", [])


def test_nothing_lost(case: dict[str, Any]) -> None:
    assert losses(gongkai.parse(case["text"])) == ()


def test_a_note_on_disclosure_goes_to_the_covering_notice() -> None:
    plan = gongkai.parse(
        "澄湖区人民政府办公室关于印发《澄湖区2024年政务公开工作要点》的通知\n各街道：\n现印发给你们。\n"
        "澄湖区人民政府办公室\n2024年5月9日\n" + PLAN.format("", "") + "（此件公开发布）\n"
    )
    assert plan.notice is not None
    assert plan.notice.disclosure == "此件公开发布"
    assert plan.record.others == ()


def test_what_the_head_says_counts_first() -> None:
    plan = gongkai.parse(
        "1. [发文机构] 区甲局\n2. [成文日期] 2024-05-01\n" + PLAN.format("", "") + "区乙局\n2024年5月9日\n"
    )
    assert (plan.record.issuer, str(plan.record.issued_on)) == ("区甲局", "2024-05-01")
    assert plan.record.co_issuers == ()


TAILS = st.lists(
    st.sampled_from(
        [
            *[
                "澄湖区人民政府办公室",
                "澄湖区司法局（盖章）",
                "2024年5月9日",
                "2024 年 5 月 9",
                "办公室  2024年5月9日",
            ],
            *[
                "（此件公开发布）",
                "抄送：区委办，",
                "区法院。",
                "主题词：政务公开",
                "区政府办 2024年5月9日印发",
            ],
            *[
                "附件：",
                "附件：1.任务分工表",
                "2.联系人名单",
                "附件2：名单",
                "附件1",
                "任务分工表",
                "1.要点.pdf",
            ],
            *["附件下载", "上一篇：甲", "【打印】", "主办：区政府", "评分", "Page 6", "分享到：", "相关链接"],
            *["各部门要落实本要点。", "抓好落实", "", "　", "3.公开丙目录。（区丙局负责）"],
        ]
    ),
    max_size=12,
).map("\n".join)


@given(TAILS, st.sampled_from(["", "（区甲局负责）"]))
def test_nothing_of_any_end_is_lost(tail: str, clause: str) -> None:
    text = PLAN.format(clause, clause) + tail
    plan = gongkai.parse(text)
    assert losses(plan) == ()
    assert [task.text[:6] for task in plan.tasks][:2] == ["公开甲目录。", "公开乙目录。"]
    assert "R106" not in {item.code for item in plan.findings}
    assert gongkai.loads(gongkai.dumps(plan, source=False)) == plan


@given(
    st.lists(
        st.sampled_from(["上一篇：甲", "【打印】", "主办：区政府", "评分", "分享到：", "某某标题"]),
        max_size=6,
    )
)
def test_a_foot_adds_nothing(foot: list[str]) -> None:
    """Whatever stands below the first line of the foot, the plan is the same."""
    text = PLAN.format("（区甲局负责）", "") + "各部门要落实本要点。\n"
    assert gongkai.parse(text + "\n".join(["返回列表", *foot])) == gongkai.parse(text)
