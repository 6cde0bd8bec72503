"""Who is whom in two plans: pairs that are not worth asking about are two bodies."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from gongkai import Department, Directory, Division, Plan, Task
from gongkai.comparing.handover import kin_of
from gongkai.comparing.relations import bodies_of
from gongkai.model import Record

#: Names that the directory lists, in several ways of writing, and names that it does not.
NAMES = (
    *[organ.name for organ in Directory.default().organs[::9]],
    *("区质监局", "区工商局", "区市场监管局", "市场监管局", "区卫生计生委", "区卫健委", "区卫生健康委"),
    *("区文化委", "区文化和旅游局", "区旅游委", "澄湖区市场监管局", "县市场监督管理局", "区档案事务局"),
    *(
        "澄湖区档案事务局",
        "区某某办",
        "市某某办",
        "高新区管委会",
        "开发区管委会",
        "省编办（省审改办）",
        "省审改办",
    ),
    *("澄湖高新区", "澄湖高新区管委会", "澄湖高新区管理委员会", "澄湖区", "澄湖区人民政府", "区政府"),
    *(
        "各部门",
        "各有关单位",
        "各街道",
        "各镇街",
        "各街道办事处",
        "区城管委",
        "区教委",
        "区教育局",
        "甲",
        "无名之处",
    ),
)
PLACES = {
    "one division": (Division("澄湖区"), Division("澄湖区")),
    "two divisions": (Division("澄湖区"), Division("松屏区")),
    "none": (None, None),
}


def plan(division: Division | None, year: int) -> Plan:
    return Plan(
        "要点", [Task("公开。")], year=year, division=division, record=Record(issued_on=date(year, 3, 1))
    )


@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize("years", ((2017, 2020), (2023, 2024)))
def test_what_is_not_asked_about_is_two_bodies(places: str, years: tuple[int, int]) -> None:
    old, new = (plan(place, year) for place, year in zip(PLACES[places], years, strict=True))
    bodies = [Department(name) for name in dict.fromkeys(NAMES)]
    bodies += [Department("甲局", id="x"), Department("乙局", id="x")]
    for make in (bodies_of, kin_of):
        tell = make(old, new)

        asked = list(tell.likely(bodies, bodies))  # type: ignore[attr-defined]
        related = [pair for pair in product(bodies, bodies) if tell(*pair) is not None]

        assert set(related) <= set(asked)
        assert len(asked) < len(bodies) ** 2 / 4
        assert [pair for pair in asked if tell(*pair) is not None] == related
