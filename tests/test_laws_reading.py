"""Laws of reading and printing: a plan that is printed and read is the same plan."""

from __future__ import annotations

from hypothesis import given

import gongkai
from gongkai import Plan
from gongkai.testing import assert_plans_equal, losses, lossless, strategies


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
