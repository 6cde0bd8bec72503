"""The names in clauses: each reads back as it is printed, whatever joins them, and says what it means."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.directory import Directory, is_body
from gongkai.model import Department
from gongkai.reading.clauses import parse_clause
from gongkai.reading.names import is_note, names_in

#: Verbs with the modes before them: what they say.
VERBS = {
    "负责落实": ("responsible", False),
    "负责": ("responsible", False),
    "落实": ("responsible", False),
    "分别负责落实": ("responsible", True),
    "按职责分工负责": ("responsible", True),
    "牵头": ("lead", False),
    "牵头落实": ("lead", False),
    "分别牵头落实": ("lead", True),
    "按职责分工分别牵头落实": ("lead", True),
    "配合落实": ("cooperate", False),
    "配合": ("cooperate", False),
    "提供支持": ("support", False),
    "指导": ("guide", False),
}


@cache
def known_names() -> list[str]:
    """All names of the directory that stand for one body; 等相关部门 is the end of a list."""
    directory = Directory.default()
    names = {name for organ in directory.organs for name in organ.names}
    names |= {group.name for group in directory.collectives}
    return sorted(
        name for name in names if is_body(name) and not set(name) & set("、，,{") and name[0] != "等"
    )


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, list[tuple[str, tuple[str, ...], bool]]]:
    """A clause of one to three groups of names of the directory, and what it says."""
    text = ""
    said: list[tuple[str, tuple[str, ...], bool]] = []
    for _ in range(draw(st.integers(1, 3))):
        names = draw(st.lists(st.sampled_from(known_names()), min_size=1, max_size=5, unique=True))
        verb, (role, severally) = draw(st.sampled_from(list(VERBS.items())))
        last = draw(st.sampled_from("、,，和及与")) if len(names) > 1 else ""
        joined = "、".join(names[:-1]) + last + names[-1]
        text += (draw(st.sampled_from("，,；")) if text else "") + joined + verb
        said.append((role, tuple(names), severally))
    return text, said


@example(
    (
        "区教委及中央网络安全和信息化委员会办公室落实",
        [("responsible", ("区教委", "中央网络安全和信息化委员会办公室"), False)],
    )
)
@example(("市社会办、省委组织部与区科委配合", [("cooperate", ("市社会办", "省委组织部", "区科委"), False)]))
@given(rows())
def test_names_and_roles_read_back(row: tuple[str, list[tuple[str, tuple[str, ...], bool]]]) -> None:
    text, said = row
    clause = parse_clause(text)

    assert clause is not None
    assert [(str(item.role), item.names, item.severally) for item in clause.assignments] == said
    assert clause.plain


def departments(text: str) -> list[Department]:
    clause = parse_clause(text)
    assert clause is not None
    return [body for item in clause.assignments for body in item.departments]


def test_a_level_said_once_tells_who_is_meant() -> None:
    first, second, third = departments("省财政厅、发展改革委牵头，国资委配合")

    assert (second.name, second.id) == ("发展改革委", "dev-reform-commission")  # not that of the nation
    assert third.id == "sasac"
    assert first.id is None  # its name alone tells


@pytest.mark.parametrize("text", ("区教委、财政局负责", "市场监管总局、教委负责", "各部门、办公室负责"))
def test_no_id_where_the_name_alone_tells_it(text: str) -> None:
    assert [body.id for body in departments(text)] == [None, None]


def test_a_group_takes_the_head_of_the_one_before() -> None:
    assert [str(body.kind) for body in departments("省政府各部门、各直属机构负责")] == [
        "collective",
        "collective",
    ]


@pytest.mark.parametrize(
    ("text", "full"),
    (
        ("公安、消防部门", ["公安部门", "消防部门"]),
        ("区教委、公安、消防部门", ["区教委", "公安部门", "消防部门"]),
        ("各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"]),
        ("市、县（市、区）人民政府", ["县（市、区）人民政府"]),
        ("省编办（省审改办）", ["省编办（省审改办）"]),
    ),
)
def test_what_a_name_means_in_its_list(text: str, full: list[str]) -> None:
    assert [name.full for name in names_in(text)[0]] == full


@pytest.mark.parametrize(
    "text", ("含各街道", "如区财政局", "原区环保局", "原质监局", "以下统称各部门", "含财政部门")
)
def test_what_only_speaks_of_a_body(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize(
    "name", ("如东县财政局", "含山县各部门", "自然资源局", "经信局", "和平区教委", "即墨区财政局")
)
def test_names_that_begin_like_a_note(name: str) -> None:
    assert not is_note(name)
