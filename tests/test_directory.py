"""The directory: its data, who is meant by a name, what became of a body, what sort of body a name is."""

from __future__ import annotations

import csv
import pickle
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import DepartmentKind, Directory, Division, InvalidValue
from gongkai.directory import Organ, SuccessionKind, classify, is_body, tables
from gongkai.directory.kinds import kind_by_ending
from gongkai.directory.naming import last_place, normalise, placed_forms

DIRECTORY = Directory.default()
ORGANS = {organ.id: organ for organ in DIRECTORY.organs}
FUNCTIONS = {function.id: function for function in DIRECTORY.all_functions}
CODES = {division.code: division for division in DIRECTORY.divisions}
MENTIONS = Path(__file__).parent / "data" / "mentions.csv"
RELEASED = Path(__file__).parent / "data" / "directory_ids.csv"
ELSEWHERE = Path(__file__).parent / "data" / "names_elsewhere.csv"

#: Places that exist and places that do not: a division in front of a name is known by its grammar.
places = st.sampled_from(
    ["东城区", "北京市东城区", "XX区", "澄湖区", "某某县", "湖南省长沙市天心区", "和平区", "会同县"]
)
district_names = st.sampled_from(
    [
        organ
        for organ in DIRECTORY.organs
        if organ.name.startswith("区") and organ.kind is DepartmentKind.ORGAN
    ]
)
any_text = st.text(
    alphabet=st.sampled_from("区市县东城各有关部门委局办处和及、（）街道政府 A1"), max_size=30
) | st.text(max_size=30)


def day(text: str) -> date:
    """A day in the year or month that a document gives."""
    found = tables.parse_day(text)
    assert found is not None
    return found.replace(month=7) if len(text) == 4 else found


class TestData:
    @pytest.mark.parametrize("entries", ("organs", "all_functions", "collectives"))
    def test_ids_are_unique(self, entries: str) -> None:
        counts = Counter(entry.id for entry in getattr(DIRECTORY, entries))

        assert counts
        assert max(counts.values()) == 1

    def test_ids_of_released_versions_stay(self) -> None:
        """Files that people saved have them; an entry that was a mistake keeps its id and says so."""
        with RELEASED.open(encoding="utf-8") as file:
            released = {(row["entry"], row["id"]) for row in csv.DictReader(file)}
        there = {("organs", each.id) for each in DIRECTORY.organs}
        there |= {("functions", each.id) for each in DIRECTORY.all_functions}
        there |= {("collectives", each.id) for each in DIRECTORY.collectives}

        assert len(released) > 400
        assert released <= there

    def test_divisions_have_codes_of_their_own_and_parents(self) -> None:
        assert len(CODES) == len(DIRECTORY.divisions)
        assert all(division.parent in CODES for division in DIRECTORY.divisions if division.parent)

    def test_functions_of_organs_and_parents_of_functions_are_listed(self) -> None:
        named = {function for organ in DIRECTORY.organs for function in organ.functions}
        named |= {function for step in DIRECTORY.successions for function in step.functions}
        named |= {function.parent for function in DIRECTORY.all_functions if function.parent}

        assert named <= set(FUNCTIONS)
        assert all(organ.functions for organ in DIRECTORY.organs)

    def test_successions_join_listed_organs(self) -> None:
        for step in DIRECTORY.successions:
            assert {step.predecessor, step.successor} <= set(ORGANS), step
            assert step.predecessor != step.successor

    def test_units_stand_within_listed_organs(self) -> None:
        assert {organ.within for organ in DIRECTORY.organs if organ.within} <= set(ORGANS)

    def test_dates_are_in_order(self) -> None:
        for organ in DIRECTORY.organs:
            for since, until in ((organ.since, organ.until), (organ.city_since, organ.city_until)):
                assert since is None or until is None or since < until, organ
        assert all(date(2000, 1, 1) < step.on < date(2030, 1, 1) for step in DIRECTORY.successions)

    def test_a_renamed_body_ends_when_the_other_begins(self) -> None:
        for step in DIRECTORY.successions:
            if step.kind is SuccessionKind.RENAMED and not step.areas:
                before, after = ORGANS[step.predecessor], ORGANS[step.successor]
                assert before.until is None or abs((before.until - step.on).days) < 370, step
                assert after.since is None or abs((after.since - step.on).days) < 370, step

    def test_sources_are_given_and_listed(self) -> None:
        rows = [*tables.rows("organs"), *tables.rows("successions"), *tables.rows("collectives")]
        rows += tables.rows("divisions")

        assert all(
            row["sources"] and set(row["sources"].split(";")) <= set(DIRECTORY.sources) for row in rows
        )
        assert {row["confidence"] for row in rows} == {"high", "medium", "low"}

    def test_areas_are_listed_divisions(self) -> None:
        names = {division.name for division in DIRECTORY.divisions} | {"衡南县", "平潭综合实验区"}

        assert {area.name for organ in DIRECTORY.organs for area in organ.areas} <= names
        assert {area for step in DIRECTORY.successions for area in step.areas} <= names

    def test_shared_names_are_those_that_the_file_lists(self) -> None:
        owners: defaultdict[str, list[str]] = defaultdict(list)
        for organ in DIRECTORY.organs:
            for name in organ.names:
                owners[name].append(organ.id)

        shared = {name: set(ids) for name, ids in owners.items() if len(ids) > 1}

        assert shared == {
            row["alias"]: set(row["organs"].split(";")) for row in tables.rows("ambiguous_aliases")
        }

    def test_names_are_written_in_their_normal_form(self) -> None:
        names = [name for organ in DIRECTORY.organs for name in organ.names]
        names += [collective.name for collective in DIRECTORY.collectives]

        assert [name for name in names if normalise(name) != name] == []

    def test_nouns_of_collectives_mean_listed_ones(self) -> None:
        ids = {row[column] for row in tables.rows("collective_nouns") for column in ("all", "some")} - {""}

        assert ids <= {collective.id for collective in DIRECTORY.collectives}

    def test_endings_are_kinds_and_say_where(self) -> None:
        rows = tables.rows("endings")

        assert {row["kind"] for row in rows} - {""} <= set(DepartmentKind)
        assert {row["where"] for row in rows} == {"begins", "ends", "is"}

    def test_no_ending_stands_in_the_shadow_of_one_above(self) -> None:
        seen: list[str] = []
        for row in tables.rows("endings"):
            if row["where"] == "ends":
                assert not any(row["text"].endswith(text) for text in seen), row
                seen.append(row["text"])

    def test_version_is_a_day(self) -> None:
        assert day(DIRECTORY.version.replace(".", "-")) > date(2026, 1, 1)


class TestResolve:
    def test_names_of_real_plans_mean_what_people_say(self) -> None:
        with MENTIONS.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        wrong: list[tuple[str, str | None]] = []
        for row in rows:
            within = row["within"] or None
            found = DIRECTORY.resolve(row["name"], division=row["division"], within=within, on=day(row["on"]))
            if found.id != row["id"] or found.in_time is False:
                wrong.append((row["name"], found.id))

        assert len(rows) == 165
        assert wrong == []

    def test_names_of_other_places_mean_what_people_say(self) -> None:
        """Documents of the State Council and of Fujian; docs/directory.md tells the shares."""
        with ELSEWHERE.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        wrong: list[tuple[str, str | None]] = []
        for row in rows:
            prefix = row["prefix"] or None
            found = DIRECTORY.resolve(row["name"], division=row["division"], on=day(row["on"]), prefix=prefix)
            if (found.id or "") != row["id"] or found.in_time is False:
                wrong.append((row["name"], found.id))

        assert len(rows) == 224
        assert wrong == []
        assert sum(not row["id"] for row in rows) == 1

    def test_every_name_of_an_organ_finds_it(self) -> None:
        for organ in DIRECTORY.organs:
            for name in organ.names:
                found = DIRECTORY.resolve(name, within=organ.within)
                assert organ in (found.organ, *found.candidates), name

    def test_every_collective_finds_itself(self) -> None:
        assert [
            group for group in DIRECTORY.collectives if DIRECTORY.resolve(group.name).collective != group
        ] == []

    @given(place=places, organ=district_names)
    def test_a_division_in_front_only_narrows(self, place: str, organ: Organ) -> None:
        """区科信局 means one organ in 东城区 and another in 海淀区: where the place tells, it decides."""
        bare = DIRECTORY.resolve(organ.name)
        placed = DIRECTORY.resolve(place + organ.name.removeprefix("区"))
        meant = {placed.organ, *placed.candidates} - {None}

        assert meant
        assert meant <= {bare.organ, *bare.candidates}
        assert organ in meant or any(
            place.endswith(area.name) for other in meant if other for area in other.areas
        )
        assert placed.place == place

    @given(name=any_text)
    def test_any_text_has_an_answer(self, name: str) -> None:
        found = DIRECTORY.resolve(name)

        assert found.name == name
        assert (found.organ is None) or not found.candidates
        assert bool(found) == (found.id is not None)

    @given(name=any_text)
    def test_white_space_and_the_width_of_brackets_change_nothing(self, name: str) -> None:
        plain = normalise(name)

        assert normalise(plain) == plain
        assert DIRECTORY.resolve(plain).id == DIRECTORY.resolve(name).id

    @pytest.mark.parametrize(
        ("name", "id_"),
        (
            ("北京市东城区财政局", "finance-bureau"),
            ("东城财政局", "finance-bureau"),
            ("财政局", "finance-bureau"),
            ("江苏省教育厅", "education-commission"),
            ("广西壮族自治区财政厅", "finance-bureau"),
            ("南京市公安局玄武分局", "public-security-branch"),
            ("澄湖园管委会", "zgc-park-committee"),
            ("学院路街道办事处", "street-office"),
            ("杨村镇人民政府", "township-gov"),
            ("中共澄湖区委网络安全和信息化委员会办公室", "party-cyberspace"),
            ("政协东城区委员会", "cppcc"),
            ("国家税务总局北京市东城区税务局", "tax-bureau"),
            ("区住房和城乡建设委", "housing-construction-commission"),
            ("区人力资源和社保局", "hrss-bureau"),
            ("区发展改革委员会", "dev-reform-commission"),
            ("区政府办公室（区外办）", "gov-office"),
            ("各镇（街道）", "c-streets-townships"),
            ("区委区政府", "c-party-and-gov"),
            ("其他部门", "c-related-depts3"),
            ("区属各有关单位", "c-related-units2"),
        ),
    )
    def test_forms(self, name: str, id_: str) -> None:
        assert DIRECTORY.resolve(name).id == id_

    def test_a_name_of_two_bodies_is_told_by_district_and_day(self) -> None:
        def city_management(**setting: str | date) -> str | None:
            division, on = setting.get("division"), setting.get("on")
            assert not isinstance(division, date)
            assert not isinstance(on, str)
            return DIRECTORY.resolve("区城管委", division=division, on=on).id

        assert city_management() is None
        assert city_management(division="海淀区") is None
        assert city_management(division="西城区") == "city-management-commission"
        assert (
            city_management(division="东城区", on=date(2016, 6, 1))
            == "comprehensive-city-management-commission"
        )
        assert city_management(division="东城区", on=date(2021, 6, 1)) == "city-management-commission"
        assert city_management(on=date(2016, 6, 1)) == "comprehensive-city-management-commission"

    def test_in_the_year_of_the_reform_both_may_be_meant(self) -> None:
        found = DIRECTORY.resolve("区城管委", division="东城区", on=date(2019, 1, 1))

        assert not found
        assert len(found.candidates) == 2
        assert found.kind is DepartmentKind.ORGAN

    def test_the_division_tells_a_local_body_from_a_national_one(self) -> None:
        assert DIRECTORY.resolve("发改委", division=Division("澄湖区")).id == "dev-reform-commission"
        assert DIRECTORY.resolve("发改委", division="全国").id == "n-ndrc"
        assert len(DIRECTORY.resolve("发改委").candidates) == 2

    def test_a_national_name_behind_a_division_is_no_national_body(self) -> None:
        assert DIRECTORY.resolve("国管局").id == "n-ggj"
        assert DIRECTORY.resolve("澄湖区国管局").id is None
        assert DIRECTORY.resolve("澄湖区国管局").kind is DepartmentKind.ORGAN
        assert DIRECTORY.resolve("国家发改委", division="东城区").id == "n-ndrc"

    def test_units_of_another_department_are_not_taken(self) -> None:
        assert DIRECTORY.resolve("艺术处", within="culture-tourism-bureau").id == "internal-office-arts"
        assert DIRECTORY.resolve("艺术处", within="区财政局").id is None
        assert DIRECTORY.resolve("艺术处", within="区财政局").kind is DepartmentKind.OFFICE

    def test_names_out_of_their_time_are_found_and_marked(self) -> None:
        assert DIRECTORY.resolve("区环保局", on=date(2024, 5, 1)).in_time is False
        assert DIRECTORY.resolve("区环保局", on=date(2019, 12, 1)).in_time is True
        assert DIRECTORY.resolve("区环保局").in_time is None
        assert DIRECTORY.resolve("区财政局", on=date(2024, 5, 1)).in_time is True

    def test_unknown_names_have_suggestions_and_a_kind(self) -> None:
        found = DIRECTORY.resolve("区大数据局局")

        assert not found
        assert found.candidates == ()
        assert "区大数据局" in found.suggestions
        assert found.kind is DepartmentKind.ORGAN
        assert DIRECTORY.resolve("区档案事务局").id is None

    @pytest.mark.parametrize(
        "name", ("东四街道和北新桥街道", "区财政局和东四街道", "区发展改革委区财政局", "通过区财政局")
    )
    def test_two_names_or_a_sentence_are_no_body(self, name: str) -> None:
        assert DIRECTORY.resolve(name).id is None

    def test_places_and_levels_are_told(self) -> None:
        assert DIRECTORY.resolve("北京市东城区财政局").place == "北京市东城区"
        assert DIRECTORY.resolve("东城区东四街道").inner == "东四"
        assert DIRECTORY.resolve("市财政局").level == "city"
        assert DIRECTORY.resolve("市场监管局").level is None
        assert DIRECTORY.resolve("市公安局").kind is DepartmentKind.ORGAN
        assert DIRECTORY.resolve("公安分局").kind is DepartmentKind.BRANCH

    def test_only_a_str_is_a_name(self) -> None:
        with pytest.raises(InvalidValue, match=r"Directory\.resolve\.name: expected a str, got 3"):
            DIRECTORY.resolve(3)  # type: ignore[arg-type]

    def test_a_directory_can_be_extended_and_pickled(self) -> None:
        archives = Organ("archive-affairs", "区档案事务局", kind="organ")
        larger = attrs.evolve(DIRECTORY, organs=(*DIRECTORY.organs, archives))

        assert larger.resolve("澄湖区档案事务局").organ == archives
        copied = pickle.loads(pickle.dumps(larger))  # noqa: S301 - our own
        assert copied.resolve("区档案事务局").organ == archives
        assert DIRECTORY.resolve("澄湖区档案事务局").organ is None

    def test_answers_do_not_depend_on_those_before(self) -> None:
        fresh = attrs.evolve(DIRECTORY)

        assert fresh.resolve("区财政局", division="东城区") == DIRECTORY.resolve(
            "区财政局", division="东城区"
        )
        assert fresh.resolve("区财政局") is fresh.resolve("区财政局")


class TestRelation:
    @pytest.mark.parametrize(
        ("old", "new", "kind", "on"),
        (
            ("区政务服务局", "区政务服务和数据管理局", "renamed", date(2024, 3, 1)),
            ("区环保局", "区生态环境局", "renamed", date(2019, 3, 1)),
            ("区卫生计生委", "区卫生健康委", "renamed", date(2019, 3, 1)),
            ("区商务委", "澄湖区商务局", "renamed", date(2019, 3, 1)),
            ("区政务服务办", "区政务服务和数据管理局", "renamed", date(2024, 3, 1)),
            ("区科信委", "区经济和信息化局", "renamed", date(2024, 3, 1)),
            ("市规划国土委XX分局", "市规划自然资源委西城分局", "renamed", date(2018, 11, 1)),
            ("环境保护部", "生态环境部", "renamed", date(2018, 3, 1)),
            ("区卫生局", "区卫生健康委", "succeeded", date(2019, 3, 1)),
            ("区质监局", "区市场监管局", "succeeded", date(2019, 3, 1)),
            ("区政府办公室", "区政务服务和数据管理局", "succeeded", date(2024, 3, 1)),
            ("区民政局", "区委社会工委区民政局", "same", date(2019, 3, 1)),
            ("区发改委", "区发展改革委", "same", None),
            ("财政局", "东城区财政局", "same", None),
            ("东城区财政局", "西城区财政局", "same", None),
            ("北京市财政局", "市财政局", "same", None),
            ("区档案事务局", "澄湖区档案事务局", "same", None),
            ("各街道", "各街道办事处", "same", None),
            ("东四街道", "东城区人民政府东四街道办事处", "same", None),
            ("东四街道", "北新桥街道", "shares-functions", None),
            ("市财政局", "区财政局", "shares-functions", None),
            ("市环保局", "区生态环境局", "shares-functions", None),
            ("区文化委", "区文物局", "shares-functions", None),
            ("各部门", "各有关部门", "shares-functions", None),
            ("区财政局", "区教委", "unrelated", None),
            ("各部门", "各街道", "unrelated", None),
            ("区财政局", "区档案事务局", "unknown", None),
            ("高新区管委会", "开发区管委会", "shares-functions", None),
            ("澄湖湿地保护委员会", "区湿地保护委员会", "unknown", None),
            ("finance-bureau", "区财政局", "same", None),
        ),
    )
    def test_kinds(self, old: str, new: str, kind: str, on: date | None) -> None:
        relation = DIRECTORY.relation(old, new)

        assert relation.kind == kind
        assert relation.on == on
        assert relation.one_body == (kind in {"same", "renamed"})

    def test_a_chain_names_its_steps_in_order_of_time(self) -> None:
        relation = DIRECTORY.relation("区政务服务办", "区政务服务和数据管理局")

        assert [step.successor for step in relation.successions] == [
            "gov-services-bureau",
            "gov-services-data-bureau",
        ]
        assert [step.on.year for step in relation.successions] == [2019, 2024]

    def test_a_chain_hands_on_a_function_all_the_way(self) -> None:
        """The joint office of 社会工委 and 民政局 handed on social work, which 民政局 never had."""
        assert DIRECTORY.relation("区社会办", "区委社会工作部").kind == "succeeded"
        assert DIRECTORY.relation("区民政局", "区委社会工作部").kind == "shares-functions"

    def test_names_of_several_meanings_give_the_loosest_relation(self) -> None:
        assert DIRECTORY.relation("区城管委", "区城市管理委").kind == "renamed"
        assert DIRECTORY.relation("区城管委", "区城市管理委", division="西城区").kind == "same"

    def test_steps_of_other_divisions_do_not_count(self) -> None:
        pair = ("区科信局", "区经济和信息化局")

        assert DIRECTORY.relation(*pair, division="北京市东城区").kind == "renamed"
        assert DIRECTORY.relation(*pair, division="西城区").kind == "shares-functions"

    def test_steps_after_the_day_do_not_count(self) -> None:
        pair = ("区政务服务局", "区政务服务和数据管理局")

        assert DIRECTORY.relation(*pair, on=date(2020, 1, 1)).kind == "shares-functions"
        assert DIRECTORY.relation(*pair, on=date(2023, 6, 1)).kind == "renamed"

    @given(old=st.sampled_from(DIRECTORY.organs), new=st.sampled_from(DIRECTORY.organs))
    def test_relations_hold_both_ways(self, old: Organ, new: Organ) -> None:
        forth, back = DIRECTORY.relation(old.id, new.id), DIRECTORY.relation(new.id, old.id)

        assert forth.kind == back.kind
        assert forth.successions == back.successions
        assert not forth.successions or forth.forward != back.forward

    @given(name=any_text)
    def test_every_text_is_one_body_with_itself(self, name: str) -> None:
        assert DIRECTORY.relation(name, name).kind == "same"


class TestKinds:
    @pytest.mark.parametrize(
        ("kind", "names"),
        (
            ("organ", "区财政局 农业农村部 海关总署 林草局 区人民法院 澄湖区档案事务局 区公路局"),
            ("office", "宣传处 法制科 办公室 综合业务处"),
            (
                "collective",
                "各部门 有关单位 各镇（街道） 其他成员单位 行业主管部门 各委办局 相关处室 区属国有企业",
            ),
            ("party", "区委宣传部 澄湖区委编办 中共东城区委办公室 区直机关党委 市纪委监委"),
            ("branch", "市规划自然资源委西城分局 交通支队 黄寺派出所"),
            ("committee", "东城园管委会 王府井地区管理委员会 高新区管委会"),
            ("government", "东四街道办事处 杨村镇人民政府 区政府 澄湖县人民政府 鲁谷社区"),
            ("institution", "区政务服务中心 区图书馆 北京大学"),
            ("enterprise", "区城投公司 首开集团"),
            ("group", "区政务公开领导小组办公室 区安委办 防汛抗旱指挥部"),
            ("mass", "区总工会 区妇联 团区委 区律师协会"),
        ),
    )
    def test_names(self, kind: str, names: str) -> None:
        assert {name: classify(name) for name in names.split()} == dict.fromkeys(names.split(), kind)

    @pytest.mark.parametrize(
        "text",
        ("", "局", "处", "中心", "总体部署", "政府网站", "各项工作", "以下简称区政务局", "区财政局、区教委"),
    )
    def test_other_texts_are_none(self, text: str) -> None:
        assert classify(text) is None
        assert not is_body(text)

    @pytest.mark.parametrize(
        "name",
        (
            "文化和旅游部",
            "发展和改革委",
            "人力资源和社会保障局",
            "区委社会工委区民政局",
            "会同县财政局",
            "和平区教育局",
            "各级党组织",
        ),
    )
    def test_one_body_is_not_split(self, name: str) -> None:
        assert is_body(name)

    @pytest.mark.parametrize(
        "name",
        ("农业农村部和林草局", "区财政局会同区审计局", "区委和区政府", "各部门和各街道", "区甲局及区乙局"),
    )
    def test_two_bodies_are_not_one(self, name: str) -> None:
        assert not is_body(name)

    @pytest.mark.parametrize("text", ("海关总署、文化", "文化", "旅游", "发展", "人力资源", "规划"))
    def test_halves_of_a_name_are_no_bodies(self, text: str) -> None:
        assert not is_body(text)

    def test_the_table_of_endings_agrees_with_the_directory(self) -> None:
        """Where a name is not in the directory, the endings should say what the directory says of its like."""
        names = [(name, organ.kind) for organ in DIRECTORY.organs for name in organ.names]
        agreed = sum(kind_by_ending(name) is kind for name, kind in names)

        assert agreed / len(names) > 0.87

    @given(text=any_text)
    def test_any_text_has_a_kind_or_none(self, text: str) -> None:
        assert classify(text) in {None, *DepartmentKind}
        assert is_body(text) <= (classify(text) is not None)


class TestNaming:
    @given(place=places)
    def test_the_longest_place_is_found_last(self, place: str) -> None:
        *_, form = placed_forms(place + "财政局")

        assert form.place == place
        assert form.text == place[-1] + "财政局"
        assert place.endswith(last_place(place))
