"""Who the departments of a plan are: ids and kinds that reading fills, and what it notes where it cannot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Department, Directory, Plan

DIRECTORY = Directory.default()


def plan_of(clauses: str, *, title: str = "澄湖区2024年政务公开工作要点", above: str = "") -> Plan:
    """A plan with one task for each line, which is its clause."""
    lines = [f"{at}.公开目录。（{clause}）" for at, clause in enumerate(clauses.splitlines(), 1)]
    return gongkai.parse("\n".join([*([above] if above else []), title, "一、深化公开", *lines]))


def bodies(plan: Plan) -> list[Department]:
    return [body for task in plan.all_tasks for body in task.departments]


def ids(plan: Plan) -> list[str | None]:
    return [body.id for body in bodies(plan)]


class TestIds:
    def test_names_have_ids_and_kinds(self) -> None:
        plan = plan_of("区财政局牵头，区委宣传部、各街道配合\n市规划自然资源委澄湖分局负责")

        assert ids(plan) == [
            "finance-bureau",
            "party-publicity",
            "c-all-streets",
            "planning-natural-resources-branch",
        ]
        assert [str(body.kind) for body in bodies(plan)] == ["organ", "party", "collective", "branch"]
        assert plan.findings == ()

    def test_names_are_split_with_the_help_of_the_directory(self) -> None:
        plan = plan_of("区政府外办及各部门负责\n工业和信息化部、文化和旅游部负责")

        assert ids(plan) == ["foreign-affairs-office", "c-all-depts", "n-miit", "n-mct"]

    def test_the_title_tells_the_division(self) -> None:
        assert ids(plan_of("区科信局负责", title="北京市海淀区2022年政务公开工作要点")) == [
            "science-economy-informatization-bureau"
        ]
        assert ids(plan_of("区科信局负责", title="东城区2022年政务公开工作要点")) == [
            "science-informatization-bureau"
        ]

    def test_the_issuer_tells_the_division_where_the_title_does_not(self) -> None:
        above = "发文机构：国务院办公厅"
        plan = plan_of("发展改革委、药监局负责", title="2020年政务公开工作要点", above=above)

        assert ids(plan) == ["n-ndrc", "n-nmpa"]
        assert plan.division == DIRECTORY.division("全国")

    def test_a_quotation_in_the_title_is_no_division(self) -> None:
        above = "发文机构：国务院办公厅"
        plan = plan_of("发展改革委负责", title="“美丽城市”2020年工作要点", above=above)

        assert str(plan.division) == "全国"
        assert ids(plan) == ["n-ndrc"]

    def test_the_day_of_issue_tells_who_was_meant(self) -> None:
        def meant(day: str) -> str | None:
            above = f"成文日期：{day}"
            return ids(plan_of("区城管委负责", title="东城区政务公开工作要点", above=above))[0]

        assert meant("2016年6月1日") == "comprehensive-city-management-commission"
        assert meant("2021年6月1日") == "city-management-commission"

    def test_the_year_stands_for_the_day(self) -> None:
        assert ids(plan_of("区城管委负责", title="东城区2016年政务公开工作要点")) == [
            "comprehensive-city-management-commission"
        ]

    @pytest.mark.parametrize(
        ("title", "above"),
        (
            ("北京市文化和旅游局2023年政务公开工作要点", ""),
            ("2023年政务公开工作要点", "发文机构：北京市文化和旅游局"),
        ),
    )
    def test_a_departments_plan_speaks_of_its_own_units(self, title: str, above: str) -> None:
        plan = plan_of("办公室牵头，艺术处、各处室配合", title=title, above=above)

        assert ids(plan) == ["internal-office-general", "internal-office-arts", "c-all-divisions"]

    @pytest.mark.parametrize("issuer", ("东城区人民政府办公室", "东城区政务服务和数据管理局"))
    def test_who_issues_for_a_division_does_not(self, issuer: str) -> None:
        plan = plan_of("办公室负责", title="2024年政务公开工作要点", above=f"发文机构：{issuer}")

        assert ids(plan) == [None]
        assert [finding.code for finding in plan.findings] == ["R332"]

    def test_what_a_list_says_once_is_kept(self) -> None:
        plan = plan_of("省财政厅、发展改革委负责", title="2024年政务公开工作要点")

        assert ids(plan) == ["finance-bureau", "dev-reform-commission"]

    def test_tables_have_ids_too(self) -> None:
        plan = gongkai.parse(
            "澄湖区2024年政务公开工作要点任务分解表\n"
            "| 序号 | 工作任务 | 牵头单位 | 责任单位 |\n| --- | --- | --- | --- |\n"
            "| 1 | 公开目录 | 区财政局 | 各街道 |\n| 2 | 公开计划 | 区教委 | 区编办 |\n"
        )

        assert ids(plan) == [
            "finance-bureau",
            "c-all-streets",
            "education-commission",
            "institutional-staffing-office",
        ]

    def test_ids_stand_outside_equality(self) -> None:
        plan = plan_of("区财政局负责")

        assert bodies(plan) == [Department("区财政局")]

    def test_mentions_of_one_name_share_one_object(self) -> None:
        first, second = bodies(plan_of("区财政局负责\n区财政局牵头"))

        assert first is second

    @given(
        name=st.sampled_from([name for organ in DIRECTORY.organs for name in organ.names if "、" not in name])
    )
    def test_ids_are_those_that_the_directory_gives(self, name: str) -> None:
        plan = plan_of(f"责任单位：{name}")
        found = [body for body in bodies(plan) if body.name == name]
        day = date(2024, 12, 31)

        assert [body.id for body in found] in (
            [],  # the grammar of clauses reads it in another way
            [DIRECTORY.resolve(name, division=plan.division, on=day).id],
        )


class TestFindings:
    @pytest.mark.parametrize(
        ("name", "code", "words"),
        (
            ("区财证局", "R330", "是否为：区财政局"),
            ("财务处", "R331", "名录中没有这一机构：财务处"),
            ("澄湖区财证局", "R330", "是否为：区财政局"),
            ("行政审批处", "R331", "名录中没有这一机构：行政审批处"),
            ("区人民医院", "R331", "名录中没有这一机构：区人民医院"),
            ("区湖长事务局", "R331", "名录中没有这一机构：区湖长事务局"),
            ("办公室", "R332", "不能确定“办公室”是哪一个：办公室"),
            ("区科信局", "R332", "不能确定“区科信局”是哪一个：区科信局、区科信局"),
            ("区某某某", "R301", "不能确认是否为部门名称：区某某某"),
        ),
    )
    def test_what_is_not_sure_is_noted_once(self, name: str, code: str, words: str) -> None:
        plan = plan_of(f"{name}、区教委负责\n{name}牵头，区财政局配合")
        (finding,) = plan.findings

        assert (finding.code, finding.key) == (code, "1")
        assert words in finding.zh
        assert finding.span is not None
        assert name in finding.span.of(plan.source.text or "") if plan.source else False
        assert ids(plan)[0] is None

    @pytest.mark.parametrize("name", ("区甲局", "某某局", "XX区乙办", "财政部门", "各有关驿站", "区财政局"))
    def test_placeholders_and_collectives_are_not(self, name: str) -> None:
        assert plan_of(f"{name}负责").findings == ()

    def test_a_division_that_is_to_do_something_is_its_government(self) -> None:
        plan = plan_of("市财政局、东城区负责", title="北京市2024年政务公开工作要点")

        assert ids(plan) == ["finance-bureau", "district-government"]
        assert plan.findings == ()


class TestDirectory:
    def test_the_version_is_kept_with_the_plan(self) -> None:
        plan = plan_of("区财政局负责")

        assert plan.directory == DIRECTORY.version
        assert gongkai.loads(gongkai.dumps(plan)).directory == DIRECTORY.version
        assert Plan("要点").directory is None

    def test_a_directory_of_ones_own_settles_its_names(self, tmp_path: Path) -> None:
        file = tmp_path / "own.csv"
        file.write_text("id,name,kind\nlake-office,区湖长事务局,organ\n", encoding="utf-8")
        text = "澄湖区2024年政务公开工作要点\n1.公开目录。（区湖长事务局、区财政局负责）"
        own = DIRECTORY.extended(file)
        file.write_text(text, encoding="utf-8")

        for plan in (gongkai.parse(text, directory=own), gongkai.read(file, directory=own)):
            assert ids(plan) == ["lake-office", "finance-bureau"]
            assert plan.directory == own.version
            assert plan.findings == ()
        assert ids(gongkai.parse(text)) == [None, "finance-bureau"]

    def test_it_tells_what_was_renamed(self, tmp_path: Path) -> None:
        organs, steps = tmp_path / "organs.csv", tmp_path / "steps.csv"
        organs.write_text(
            "id,name,kind,functions\nlakes-1,区湖长事务局,organ,water-affairs\n"
            "lakes-2,区湖泊管护局,organ,water-affairs\n",
            encoding="utf-8",
        )
        steps.write_text(
            "predecessor,successor,kind,on,functions\nlakes-1,lakes-2,renamed,2022,water-affairs\n",
            encoding="utf-8",
        )
        own = DIRECTORY.extended(organs, steps)
        old, new = (
            gongkai.parse(
                f"澄湖区{year}年政务公开工作要点\n1.公开河湖保护信息。（{name}负责）", directory=own
            )
            for year, name in ((2021, "区湖长事务局"), (2023, "区湖泊管护局"))
        )

        assert "renamed" in {change.kind for change in gongkai.diff(old, new, directory=own)}
        assert "reassigned" in {change.kind for change in gongkai.diff(old, new)}
        assert len(gongkai.align(old, new, directory=own)) == 1
