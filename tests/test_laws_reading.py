"""Laws of reading and printing: a plan that is printed and read is the same plan."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Plan
from gongkai.reading.grammar import table
from gongkai.reading.tables.columns import begins_head, ends_head, holds
from gongkai.testing import assert_plans_equal, losses, lossless, strategies
from tests.helpers_laws import broken_laws
from tests.helpers_tables import read_tables


@given(strategies.printable_plans())
def test_a_printed_plan_reads_back_equal(plan: Plan) -> None:
    assert_plans_equal(gongkai.parse(gongkai.text_of(plan)), plan)


@given(strategies.printable_plans())
def test_printing_what_was_read_changes_nothing(plan: Plan) -> None:
    text = gongkai.text_of(plan)

    assert gongkai.text_of(gongkai.parse(text)) == text


@given(strategies.printable_plans())
def test_reading_loses_nothing(plan: Plan) -> None:
    read = gongkai.parse(gongkai.text_of(plan))

    assert lossless(read), losses(read)


@given(strategies.printable_plans())
def test_keys_are_read_as_they_are_built(plan: Plan) -> None:
    read = gongkai.parse(gongkai.text_of(plan))

    assert [task.key for task in read.all_tasks] == [task.key for task in plan.all_tasks]


#: What tables in text are made of, and what stands around them.
WORDS = (
    *(
        "工作任务",
        "工 作 要 求",
        "牵头单位",
        "配合/责任单位",
        "责任科室",
        "完成时限",
        "备注",
        "序号",
        "重点领域",
    ),
    *("区财政局", "区司法局、各部门", "各街道", "办公室", "省发改委", "某某综合实验区", "同上", "/"),
    *("6月底前", "全年", "1.", "2.", "3.", "一、", "二、", "（一）", "1", "2", "①", "（", "）", "“", "》"),
    *(
        "公开目录",
        "公布预算，",
        "及时更新。",
        "注：",
        "附件",
        "来源：某网",
        "|",
        "｜",
        "\t",
        "\n",
        "\n|\n",
        " ",
        "---",
    ),
    *("工作任务|责任单位|时限\n", "工作任务工作要求牵头单位配合单位", "工作任务\n责任单位\n时限\n"),
)


#: What copies leave between characters, and the numbers of pages.
NOISE = (
    *(
        "??",
        "？？",
        "\ufffd\ufffd",
        "&nbsp;",
        "&#160",
        "&amp;",
        "<p>",
        "</p>",
        "/p>",
        "<br/>",
        "(kāi)",
        "（zhèng）",
    ),
    *("— 3 —", "—3", "第3页", "5", "，,", "。。", "\u200b", "\ufeff", "\x00", "分享到", "打印"),
)


@given(st.lists(st.sampled_from((*WORDS, *NOISE)), max_size=40).map("".join))
def test_nothing_is_lost_of_what_looks_like_a_table(text: str) -> None:
    plan = gongkai.parse(text)
    keys = [task.key for task in plan.all_tasks]

    assert not broken_laws(text)
    assert len(set(keys)) == len(keys)
    assert gongkai.loads(gongkai.dumps(plan)) == plan


#: What plans in text are made of.
PARTS = (
    *(
        "一、",
        "（一）",
        "1.",
        "2.",
        "（1）",
        "①",
        "一是",
        "\n",
        "\n",
        "\n",
        "\n",
        "，",
        "。",
        "；",
        "（",
        "）",
        "《",
        "》",
    ),
    *(
        "公开目录。",
        "推进公开",
        "总体要求",
        "具体措施：",
        "2024年6月底前",
        "每季度",
        "附件",
        "附件：\n",
        "附件1\n",
        "目录\n",
    ),
    *(
        "（区司法局负责）",
        "（区财政局牵头，各街道配合）。",
        "（区司法局）",
        "责任单位：区财政局",
        "完成时限：2024年底",
    ),
    *(
        "（责任单位：区司法局；完成时限：2024年10月）",
        "【责任单位】区财政局",
        "各部门按职责分工负责。",
        "区财政局",
    ),
    *(
        "澄湖区2024年政务公开工作要点\n",
        "关于印发《工作要点》的通知\n",
        "澄湖区人民政府办公室\n",
        "2024年3月1日\n",
    ),
)


@given(st.lists(st.sampled_from((*PARTS, *NOISE)), max_size=40).map("".join))
def test_every_character_has_one_owner(text: str) -> None:
    assert not broken_laws(text)


#: What stands in cells; ``^`` and ``<`` are cells that reach here from above and from the left.
CELLS = (
    *(
        "",
        "^",
        "<",
        "公开目录。",
        "1.公开预算。⏎2.公开决算。",
        "一、强化公开",
        "（一）规范公开",
        "区财政局",
        "同上",
    ),
    *(
        "区财政局⏎区司法局",
        "各部门、各街道",
        "6月底前",
        "1",
        "一",
        "/",
        "加强公开，⏎及时更新",
        "注：说明",
        "（",
    ),
)
HEADS = ("序号", "重点领域", "工作任务", "工作要求", "牵头单位", "责任单位", "配合单位", "完成时限", "备注")


@given(st.data())
def test_nothing_is_lost_of_any_table(data: st.DataObject) -> None:
    heads = data.draw(st.lists(st.sampled_from(HEADS), min_size=2, max_size=6, unique=True))
    row = st.lists(st.sampled_from(CELLS), min_size=len(heads), max_size=len(heads))
    drawn = data.draw(st.lists(row, max_size=8))
    rows = [[cell if at or cell != "<" else "" for at, cell in enumerate(cells)] for cells in drawn]
    plan = read_tables("澄湖区2024年政务公开工作要点", "一、公开", [heads, *rows], "二、保障")

    assert lossless(plan), losses(plan)
    assert gongkai.loads(gongkai.dumps(plan)) == plan


_COLUMNS = table("tables")["column"]
HEAD_PARTS = (
    *(word for row in _COLUMNS for word in (*row.get("words", ()), *row.get("stems", ()))),
    *table("tables")["bodies"]["words"],
    *table("tables")["head"]["persons"],
    *("及", "和", "与"),
)


@given(st.lists(st.sampled_from(HEAD_PARTS), min_size=1, max_size=3).map("".join))
def test_no_head_of_a_column_is_passed_over_by_the_looks_at_its_parts(head: str) -> None:
    heads = [head[:end] for end in range(1, len(head) + 1) if holds(head[:end])]

    assert all(begins_head(one[:end]) for one in heads for end in range(1, len(one) + 1))
    assert all(ends_head(one[start:]) for one in heads for start in range(len(one)))
