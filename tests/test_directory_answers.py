"""The directory: why a name means what it means, who did what when, who a collective means, which division."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import Department, Directory, Division, InvalidValue, Organ
from gongkai.directory import Collective
from gongkai.model import DocumentNumber

DIRECTORY = Directory.default()

names = st.sampled_from(
    [name for organ in DIRECTORY.organs for name in (*organ.names, *organ.slips)]
    + [group.name for group in DIRECTORY.collectives]
) | st.text(alphabet="区市省县东城园财政教育委局办厅处各有关部门及和（）", max_size=12)
days = st.none() | st.dates(date(2010, 1, 1), date(2030, 1, 1))
divisions = st.sampled_from([None, "东城区", "北京市", "福建省", "全国", "澄湖区", "东四街道"])


class TestWhatANameNeeds:
    def test_units_of_a_department_mean_nothing_without_it(self) -> None:
        alone = DIRECTORY.resolve("办公室", division="东城区")

        assert alone.id is None
        assert alone.needs == "within"
        assert [organ.id for organ in alone.candidates] == ["internal-office-general"]
        assert DIRECTORY.resolve("办公室", within="北京市文化和旅游局").id == "internal-office-general"
        assert DIRECTORY.resolve("东四街道办事处办公室").id == "internal-office-general"

    def test_a_committee_of_a_park_means_that_of_the_division(self) -> None:
        assert DIRECTORY.resolve("园区管委会").id is None
        assert DIRECTORY.resolve("园区管委会").needs == "place"
        assert DIRECTORY.resolve("园区管委会", division="东城区").id == "zgc-park-committee"
        assert DIRECTORY.resolve("园区管委会", within="东城区人民政府").id == "zgc-park-committee"
        assert DIRECTORY.resolve("东城园管委会").id == "zgc-park-committee"

    def test_the_issuer_tells_the_division(self) -> None:
        found = DIRECTORY.resolve("区科信局", within="北京市海淀区人民政府办公室")

        assert found.id == "science-economy-informatization-bureau"

    def test_names_without_guojia_are_sure_in_documents_of_the_nation_only(self) -> None:
        assert DIRECTORY.resolve("发展改革委", division="全国").id == "n-ndrc"
        assert DIRECTORY.resolve("发展改革委", division="澄湖区").id == "dev-reform-commission"
        assert DIRECTORY.resolve("区发展改革委").id == "dev-reform-commission"
        unsaid = DIRECTORY.resolve("发展改革委")
        assert [organ.id for organ in unsaid.candidates] == ["dev-reform-commission", "n-ndrc"]
        assert unsaid.needs == "division"

    def test_a_prefix_said_once_holds_for_the_list(self) -> None:
        first = DIRECTORY.resolve("省工业和信息化厅")
        alone = DIRECTORY.resolve("发展改革委")
        second = DIRECTORY.resolve("发展改革委", prefix=first.prefix)

        assert first.prefix == "省"
        assert alone.id is None
        assert (second.name, second.id, second.level) == ("发展改革委", "dev-reform-commission", "province")
        assert DIRECTORY.resolve("各部门", prefix="省").id == "c-all-depts"

    @pytest.mark.parametrize(
        ("name", "prefix"),
        (
            ("福建省教育厅", "福建省"),
            ("区财政局", "区"),
            ("市财政局", "市"),
            ("市场监管局", None),
            ("教委", None),
        ),
    )
    def test_prefixes(self, name: str, prefix: str | None) -> None:
        assert DIRECTORY.resolve(name).prefix == prefix

    def test_slips_of_the_pen_are_told(self) -> None:
        found = DIRECTORY.resolve("区住房城市建设委", division="东城区")

        assert found.id == "housing-construction-commission"
        assert found.slip == "区住房城乡建设委"
        assert DIRECTORY.resolve("区住房城乡建设委").slip is None

    @pytest.mark.parametrize(
        ("name", "id_", "step"),
        (
            ("省农业农村厅", "agriculture-rural-bureau", "name"),
            ("省民政厅", "civil-affairs-bureau", "name"),
            ("省审计厅", "audit-bureau", "name"),
            ("县卫生健康和计划生育局", None, None),
            ("市发展改革局", "dev-reform-commission", "place"),
            ("区退役军人事务管理局", "veterans-bureau", "variant"),
            ("县交通运输管理局", None, None),
            ("区文化厅", "culture-commission", "rank"),
            ("区体育厅", "sports-bureau", "rank"),
            ("省统计厅", "statistics-bureau", "rank"),
            ("某某市住房和城乡建设局", "housing-construction-commission", "place"),
        ),
    )
    def test_other_ranks_and_spellings(self, name: str, id_: str | None, step: str | None) -> None:
        found = DIRECTORY.resolve(name)

        assert (found.id, found.step) == (id_, step)

    @pytest.mark.parametrize(
        ("name", "likely"),
        (
            ("区财证局", "区财政局"),
            ("澄湖区财证局", "区财政局"),
            ("区生态环竟局", "区生态环境局"),
            ("区发改改委", "区发改委"),
            ("区市监场管局", "区市场监管局"),
            ("区教伟", "区教委"),
            ("区住房城多建设委", "区住房城乡建设委"),
            ("省农业农村听", "区农业农村局"),
            ("市文化和旅由局", "市文化和旅游局"),
        ),
    )
    def test_did_you_mean(self, name: str, likely: str) -> None:
        found = DIRECTORY.resolve(name)

        assert found.id is None
        assert likely in found.suggestions
        assert not {slip for organ in DIRECTORY.organs for slip in organ.slips} & set(found.suggestions)

    @pytest.mark.parametrize("name", ("区甲局", "区乙办", "任务分工", "", "局"))
    def test_nothing_is_suggested_where_nothing_is_alike(self, name: str) -> None:
        assert DIRECTORY.resolve(name).suggestions == ()


class TestExplain:
    @given(name=names, division=divisions, on=days)
    def test_every_answer_has_a_reason(self, name: str, division: str | None, on: date | None) -> None:
        found = DIRECTORY.resolve(name, division=division, on=on)

        for language in ("zh", "en"):
            told = found.explain(language)
            assert told.startswith(name)
            assert found.id is None or found.id in told
            assert all(organ.id in told for organ in found.candidates)
            assert all(other in told for other in found.suggestions)
            reasons = found.reasons(language)
            assert len(reasons) == len(found.candidates)
            assert all(reasons)

    @given(name=names, division=divisions, on=days)
    def test_every_answer_can_be_traced(self, name: str, division: str | None, on: date | None) -> None:
        found = DIRECTORY.resolve(name, division=division, on=on)

        assert (found.version, found.division, found.on) == (DIRECTORY.version, division, on)

    @pytest.mark.parametrize(
        ("name", "setting", "part"),
        (
            ("区环保局", {"on": date(2024, 5, 1)}, "2024-05-01不在其存续期内（至2019年3月）"),
            ("区城管委", {"division": "西城区"}, "不是区城管委：见于东城区"),
            ("区城管委", {"on": date(2016, 1, 1)}, "不是区城市管理委：2017年9月起"),
            ("烟草局", {"division": "澄湖区"}, "不是国家烟草专卖局：层级不同"),
            ("艺术处", {"within": "区财政局"}, "从字面看是内设机构"),
            ("区财证局", {}, "是否为：区财政局、区财金局？"),
            ("办公室", {}, "请用 within 说明"),
            ("区住房城市建设委", {}, "这是“区住房城乡建设委”的误写"),
            ("东城园管委会", {}, "其中“东城”是地名"),
            ("各有关驿站", {}, "统称，名录中没有列出"),
            ("财政部门", {}, "统称，名录中没有列出"),
            ("通盘考虑", {}, "也看不出是机构名称"),
        ),
    )
    def test_says_why(self, name: str, setting: dict[str, str | date], part: str) -> None:
        assert part in DIRECTORY.resolve(name, **setting).explain()  # type: ignore[arg-type]

    def test_speaks_two_languages(self) -> None:
        with pytest.raises(InvalidValue, match=r"Resolution\.explain\.language: expected zh or en, got 'fr'"):
            DIRECTORY.resolve("区财政局").explain("fr")  # type: ignore[arg-type]


class TestRelationOfSides:
    def test_each_side_is_meant_in_its_own_place_and_time(self) -> None:
        old = DIRECTORY.resolve("区科信局", division="东城区", on=date(2022, 1, 1))
        new = DIRECTORY.resolve("区科信局", division="海淀区", on=date(2022, 1, 1))

        assert old.id != new.id
        assert DIRECTORY.relation(old, new).kind == "shares-functions"
        assert DIRECTORY.relation(old, old).kind == "same"

    def test_the_later_day_decides_which_steps_count(self) -> None:
        old = DIRECTORY.resolve("区政务服务局", division="东城区", on=date(2020, 1, 1))

        def to(on: date) -> str:
            new = DIRECTORY.resolve("区政务服务和数据管理局", division="东城区", on=on)
            return DIRECTORY.relation(old, new).kind

        assert to(date(2024, 6, 1)) == "renamed"
        assert to(date(2021, 6, 1)) == "shares-functions"

    def test_organs_and_mentions_are_taken_as_well(self) -> None:
        before, after = DIRECTORY.organ("environmental-protection-bureau"), Department("区生态环境局")

        assert DIRECTORY.relation(before, after).kind == "renamed"

    @pytest.mark.parametrize("name", ("区金融服务办", "区金融办", "区金融工作局"))
    def test_finance_went_to_the_party(self, name: str) -> None:
        relation = DIRECTORY.relation(name, "区委金融办")

        assert relation.kind == "succeeded"
        assert not relation.one_body
        assert relation.on is not None
        assert relation.on.year == 2024


class TestFunctions:
    def test_functions_move(self) -> None:
        def does(name: str, year: int) -> set[str]:
            return {each.id for each in DIRECTORY.functions(name, "东城区", date(year, 6, 1))}

        assert "open-government" in does("区政府办公室", 2018)
        assert "open-government" not in does("区政府办公室", 2020)
        assert "rule-of-law-government" not in does("区司法局", 2018)
        assert "rule-of-law-government" in does("区司法局", 2020)

    def test_without_a_day_all_are_told(self) -> None:
        office = DIRECTORY.organ("gov-office")

        assert [each.id for each in DIRECTORY.functions(office)] == list(office.functions)

    def test_a_name_that_is_not_settled_does_nothing(self) -> None:
        assert DIRECTORY.functions("区城管委") == ()
        assert DIRECTORY.functions("区甲局") == ()

    @pytest.mark.parametrize(
        ("function", "division", "year", "first"),
        (
            ("open-government", "石景山区", 2018, "gov-office"),
            ("open-government", "西城区", 2020, "gov-services-bureau"),
            ("open-government", "东城区", 2024, "gov-services-data-bureau"),
            ("informatization-digital", "石景山区", 2018, "economy-informatization-commission"),
            ("informatization-digital", "海淀区", 2018, "economy-informatization-office"),
            ("informatization-digital", "东城区", 2018, "informatization-office"),
            ("informatization-digital", "西城区", 2018, "science-informatization-commission"),
            ("ecology-environment", "澄湖区", 2017, "environmental-protection-bureau"),
            ("ecology-environment", "全国", 2020, "n-mee"),
            ("culture-tourism", "北京市", 2020, "culture-tourism-bureau"),
        ),
    )
    def test_carriers(self, function: str, division: str, year: int, first: str) -> None:
        assert DIRECTORY.carriers(function, division, date(year, 6, 1))[0].id == first

    def test_who_does_a_part_comes_after_who_does_the_whole(self) -> None:
        before = {organ.id for organ in DIRECTORY.carriers("market-regulation", "石景山区", date(2018, 1, 1))}
        after = DIRECTORY.carriers("market-regulation", "石景山区", date(2021, 1, 1))

        assert {"industry-commerce-branch", "quality-supervision-bureau", "food-drug-bureau"} <= before
        assert after[0].id == "market-regulation-bureau"
        assert DIRECTORY.function("market-registration") in DIRECTORY.functions(after[0])

    def test_unknown_functions_are_refused(self) -> None:
        with pytest.raises(KeyError, match="no function has the id 'cooking'"):
            DIRECTORY.carriers("cooking")

    @given(organ=st.sampled_from(DIRECTORY.organs), on=st.dates(date(2012, 1, 1), date(2028, 1, 1)))
    def test_functions_on_a_day_are_some_of_all(self, organ: Organ, on: date) -> None:
        now = DIRECTORY.functions(organ, on=on)

        assert set(now) <= set(DIRECTORY.functions(organ))


class TestExpand:
    ROSTER = (
        "区财政局",
        "公安分局",
        "区委宣传部",
        "东四街道",
        "景山街道办事处",
        "区政务服务中心",
        "区政府",
        "区委",
    )

    @pytest.mark.parametrize(
        ("collective", "members"),
        (
            ("各街道", ("东四街道", "景山街道办事处")),
            ("区政府各部门", ("区财政局", "公安分局")),
            ("各部门、各街道", ("区财政局", "公安分局", "东四街道", "景山街道办事处")),
            ("区委、区政府", ("区政府", "区委")),
            ("各单位", ROSTER),
        ),
    )
    def test_closed_sets_have_members(self, collective: str, members: tuple[str, ...]) -> None:
        assert DIRECTORY.expand(collective, self.ROSTER) == members

    def test_the_roster_may_be_mentions(self) -> None:
        roster = [Department("东四街道"), Department("区财政局")]

        assert DIRECTORY.expand(Department("各街道"), roster) == (roster[0],)

    @pytest.mark.parametrize("collective", ("各有关部门", "相关单位", "行业主管部门", "区财政局", "区甲局"))
    def test_open_sets_and_single_bodies_have_none(self, collective: str) -> None:
        assert DIRECTORY.expand(collective, self.ROSTER) is None

    @given(group=st.sampled_from(DIRECTORY.collectives))
    def test_members_are_of_the_roster_in_its_order(self, group: Collective) -> None:
        members = DIRECTORY.expand(group, self.ROSTER)

        assert (members is not None) == group.closed
        assert members is None or list(members) == [each for each in self.ROSTER if each in members]


class TestDivisions:
    def test_divisions_that_are_gone_are_there_on_their_days(self) -> None:
        then, now = date(2009, 1, 1), date(2020, 1, 1)
        gone = DIRECTORY.division("崇文区")

        assert gone is not None
        assert DIRECTORY.facts["110103"].successor == "110101"
        assert gone in DIRECTORY.divisions_in("北京市", on=then)
        assert gone not in DIRECTORY.divisions_in("北京市", on=now)
        assert len(DIRECTORY.divisions_in("北京市", on=then)) == 18
        assert len(DIRECTORY.divisions_in("北京市", on=now)) == 16

    def test_a_name_of_several_needs_more(self) -> None:
        assert DIRECTORY.division("朝阳区") is None
        assert DIRECTORY.division("北京市朝阳区") == DIRECTORY.division("110105")
        assert DIRECTORY.division("长春市朝阳区") is None
        assert DIRECTORY.division("朝阳区", number="朝政办发〔2016〕5号") == DIRECTORY.division("110105")
        assert DIRECTORY.division("朝阳区", number="某政办发〔2016〕5号") is None

    @pytest.mark.parametrize(
        ("issuer", "name"),
        (
            ("北京市东城区人民政府办公室", "东城区"),
            ("东城区政务服务和数据管理局", "东城区"),
            ("北京市人民政府办公厅", "北京市"),
            ("国务院办公厅", "全国"),
            ("中共中央办公厅 国务院办公厅", "全国"),
            ("福建省人民政府办公厅", "福建省"),
            ("福建省福州市人民政府", None),
            ("澄湖区人民政府办公室", None),
            ("区政府办公室", None),
            ("", None),
        ),
    )
    def test_issuers_tell_their_division(self, issuer: str, name: str | None) -> None:
        found = DIRECTORY.division_of(issuer)

        assert (found.name if found else None) == name

    def test_a_number_alone_tells_nothing(self) -> None:
        number = DocumentNumber("平政办发", 2020, 3)

        assert DIRECTORY.division_of("区人民政府办公室", number=number) is None
        assert DIRECTORY.division_of("平江县人民政府办公室", number=number) is None

    def test_every_code_finds_its_division(self) -> None:
        for division in DIRECTORY.divisions:
            assert division.code is not None
            assert DIRECTORY.division(division.code) is division

    @pytest.mark.parametrize("division", ("海淀", "海淀区", "北京市海淀区"))
    def test_divisions_may_be_given_in_short(self, division: str) -> None:
        assert DIRECTORY.resolve("区科信局", division=division).id == "science-economy-informatization-bureau"
        assert DIRECTORY.resolve("发展改革委", division="福建").id == "dev-reform-commission"

    def test_a_division_as_an_object_is_taken_at_its_word(self) -> None:
        assert DIRECTORY.resolve("发改委", division=Division("某地", level="nation")).id == "n-ndrc"


def test_a_directory_is_a_value() -> None:
    fewer = attrs.evolve(DIRECTORY, organs=DIRECTORY.organs[:1])

    assert fewer.resolve("区财政局").id is None
    assert DIRECTORY.resolve("区财政局").id == "finance-bureau"
