"""Files that gongkai wrote: what they carry beside their print, and when it is believed."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import attrs

import gongkai
from gongkai import Assignment, Plan, Task, examples
from gongkai.codec.carried import carried
from gongkai.exchange.word.plans import plan_docx
from gongkai.testing import assert_plans_equal, losses


def edited(data: bytes, old: str, new: str, name: str = "word/document.xml") -> bytes:
    """The same file with other text in one part, as an editor would save it."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as came, ZipFile(target, "w") as made:
        for member in came.infolist():
            content = came.read(member)
            made.writestr(
                member, content.replace(old.encode(), new.encode()) if member.filename == name else content
            )
    return target.getvalue()


def test_what_print_cannot_tell_is_taken_from_the_file() -> None:
    office = attrs.evolve(Assignment.lead("区司法局"), inherited=True)
    plan = Plan("澄湖区2024年政务公开工作要点", [Task("公开目录。", label="1.", assignments=[office])])
    read = gongkai.read(plan_docx(plan))

    assert_plans_equal(read, plan)
    assert "R650" in {finding.code for finding in read.findings}
    assert losses(read) == ()


def test_what_was_edited_is_read_as_it_stands() -> None:
    plan = examples.load("chenghu-2024")
    data = edited(plan_docx(plan), "公开区级科技计划", "公开市级科技计划")
    read = gongkai.read(data)

    changed = [change.kind for change in gongkai.diff(plan, read).changes]
    assert changed == ["reworded"]
    assert read.record == plan.record
    assert "R651" in {finding.code for finding in read.findings}


def test_what_a_file_carries_is_believed_only_where_it_prints_what_is_seen() -> None:
    plan = Plan("澄湖区2024年政务公开工作要点", [Task("公开目录。", label="1.")])
    other = Plan("澄湖区2024年政务公开工作要点", [Task("不再公开。", label="1.")])
    forged = edited(
        plan_docx(plan),
        carried(plan),
        carried(other),
        "customXml/item1.xml",
    )
    damaged = edited(plan_docx(plan), '"gongkai":1', '"gongkai":1,"colour":2', "customXml/item1.xml")

    assert gongkai.read(forged).tasks[0].text == "公开目录。"
    assert gongkai.read(damaged).tasks[0].text == "公开目录。"
    assert "R652" in {finding.code for finding in gongkai.read(damaged).findings}


def test_what_is_nested_too_deeply_is_said() -> None:
    """How deep is too deep, depends on Python: from 3.12 on, what C does is no longer counted."""
    content: gongkai.Section | Task = Task("公开目录。", label="1.")
    for _ in range(380):
        content = gongkai.Section("深", [content])
    plan = Plan("澄湖区2024年政务公开工作要点", [content])

    try:
        written = plan_docx(plan)
    except gongkai.InvalidValue as error:
        assert "nested less deeply" in str(error)  # noqa: PT017 - either this, or nothing is lost
    else:
        assert gongkai.read(written) == plan


def test_data_nested_too_deeply_are_left_aside() -> None:
    plan = Plan("澄湖区2024年政务公开工作要点", [Task("公开目录。", label="1.")])
    deep = '{"kind":"section","heading":"","content":[' * 400 + "]}" * 400
    data = '{"gongkai":1,"title":"","content":[' + deep + "]}"
    read = gongkai.read(edited(plan_docx(plan), carried(plan), data, "customXml/item1.xml"))

    assert read == plan
    assert "R652" in {finding.code for finding in read.findings}
