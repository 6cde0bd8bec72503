"""Plans in a real git: diffs and merges by tasks, conflicts, and what install writes, undone to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

import gongkai
from gongkai import Merge, Plan, examples
from gongkai.merging.texts.marking import has_markers
from tests.helpers_git import Repository, needs_git

pytestmark = needs_git

BASE = """澄湖区2025年政务公开工作要点

　　一、重点领域公开

　　1.每年公开目录。（区司法局负责落实，完成时限：2025年10月）

　　2.做好解读。按月更新口径。（各部门负责落实）

　　二、平台建设

　　3.改进网站检索。（区政府办公室牵头，各部门配合）
"""
OURS = BASE.replace("每年公开目录", "每年公开权责清单")
THEIRS = BASE.replace("2025年10月", "2025年9月").replace("做好解读", "做好图解")
BOTH = OURS.replace("2025年10月", "2025年9月").replace("做好解读", "做好图解")
CONTRARY = BASE.replace("每年公开目录", "每季度公开目录").replace("改进网站", "优化网站")
HALF = BASE.replace("每年公开目录", "每半年公开目录")

FILE = "年度 要点/2025 政务公开.plan.txt"
JSON = "年度 要点/2025 政务公开.plan.json"
DRAFT, MINE, OTHER = (examples.load(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs"))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "库", tmp_path / "家")
    made.install()
    return made


def as_json(plan: Plan, **options: int) -> str:
    return gongkai.dumps(plan, **options) + "\n"  # type: ignore[arg-type]


class TestDiff:
    def test_a_text_is_compared_by_sentences(self, repository: Repository) -> None:
        repository.commit(FILE, BASE)
        repository.write(FILE, BASE.replace("按月更新口径", "按季度更新口径"))
        told = repository.git("diff")
        assert "-    按月更新口径。\n+    按季度更新口径。\n" in told
        assert "做好解读" not in [line[1:].strip() for line in told.splitlines() if line[:1] in "+-"]
        repository.git("commit", "-qam", "改")
        for command in (("log", "-p", "-1"), ("show",)):
            assert "-    按月更新口径。\n+    按季度更新口径。\n" in repository.git(*command)

    def test_json_is_compared_by_facts(self, repository: Repository) -> None:
        repository.commit(JSON, as_json(DRAFT))
        task = DRAFT.tasks[0]
        repository.write(JSON, as_json(DRAFT.with_changes(task.key or "", deadlines=[])))
        changed = [line for line in repository.git("diff").splitlines() if line[:1] in "+-"][2:]
        assert changed == [f"-    完成时限：{task.deadlines[0].text} month 2025-12-31 clause"]

    def test_the_head_of_a_stretch_names_the_task(self, repository: Repository) -> None:
        lines = BASE.replace("按月更新口径。", "按月更新口径。" * 5)
        repository.commit(FILE, lines)
        repository.write(FILE, lines.replace("按月更新口径。（", "按季度更新口径。（"))
        heads = [line for line in repository.git("diff").splitlines() if line.startswith("@@")]
        assert heads == ["@@ -12,7 +12,7 @@   做好解读。"]

    def test_a_new_number_is_no_rewriting(self, repository: Repository) -> None:
        repository.commit(FILE, BASE)
        repository.write(FILE, BASE.replace("3.改进", "4.改进"))
        changed = [line for line in repository.git("diff").splitlines() if line[:1] in "+-"][2:]
        assert changed == ["-　　3.", "+　　4."]

    def test_any_encoding_is_shown(self, repository: Repository) -> None:
        repository.commit(FILE, BASE.encode("gb18030"))
        repository.write(FILE, BASE.replace("目录", "清单").encode("gb18030"))
        assert "+  每年公开清单。" in repository.git("diff")

    @pytest.mark.parametrize("data", (b"", b"{", b'{"gongkai": 1}', b"\x00\x01\x02", b"\xff\xfe\xff", b"x\n"))
    def test_what_is_no_plan_is_shown_as_it_is(self, repository: Repository, data: bytes) -> None:
        repository.commit("坏.plan.json", b"{}\n")
        repository.write("坏.plan.json", data)
        repository.git("diff")
        repository.git("diff", "--no-textconv")

    def test_words(self, repository: Repository) -> None:
        repository.commit(FILE, BASE)
        repository.write(FILE, BASE.replace("按月更新", "按季度更新"))
        assert "按[-月-]{+季度+}更新口径。" in repository.git("diff", "--word-diff")

    def test_without_the_program_git_shows_the_file(self, repository: Repository) -> None:
        repository.gongkai("git", "install", "--command", "no-such-program")
        repository.commit(FILE, BASE)
        repository.write(FILE, BASE.replace("目录", "清单"))
        assert "+　　1.每年公开清单。（区司法局" in repository.git("diff")


class TestMerge:
    def test_one_line_two_fields(self, repository: Repository) -> None:
        repository.branches(FILE, BASE, OURS, THEIRS)
        repository.git("merge", "theirs")
        assert repository.read(FILE) == BOTH

    def test_git_alone_has_a_conflict_there(self, tmp_path: Path) -> None:
        alone = Repository(tmp_path / "库", tmp_path / "家")
        alone.branches(FILE, BASE, OURS, THEIRS)
        alone.git("merge", "theirs", fails=True)

    def test_rebase_cherry_pick_and_stash(self, repository: Repository) -> None:
        repository.branches(FILE, BASE, OURS, THEIRS)
        repository.git("checkout", "-q", "-b", "rebased")
        repository.git("rebase", "-q", "theirs")
        assert repository.read(FILE) == BOTH
        repository.git("checkout", "-q", "main")
        repository.git("cherry-pick", "theirs")
        assert repository.read(FILE) == BOTH
        repository.git("reset", "-q", "--hard", "HEAD~1")
        repository.write(FILE, OURS.replace("改进网站", "优化网站"))
        repository.git("stash")
        repository.git("merge", "-q", "theirs")
        repository.git("stash", "pop")
        assert repository.read(FILE) == BOTH.replace("改进网站", "优化网站")

    @pytest.mark.parametrize("indent", (None, 2, 3))
    def test_json(self, repository: Repository, indent: int | None) -> None:
        options = {} if indent is None else {"indent": indent}
        edited = DRAFT.with_changes("1", deadlines=[])
        repository.branches(JSON, *[as_json(plan, **options) for plan in (DRAFT, edited, OTHER)])
        repository.git("merge", "theirs")
        plan = gongkai.merge(DRAFT, edited, OTHER).plan
        assert gongkai.loads(repository.read(JSON)) == plan
        assert repository.read(JSON) == as_json(plan, **options)

    @pytest.mark.parametrize("encoding", ("utf-8-sig", "gb18030", "utf-16"))
    def test_encodings_stay(self, repository: Repository, encoding: str) -> None:
        repository.branches(FILE, *[text.encode(encoding) for text in (BASE, OURS, THEIRS)])
        repository.git("merge", "theirs")
        assert (repository.path / FILE).read_bytes() == BOTH.encode(encoding)

    def test_line_ends_that_one_side_changed(self, repository: Repository) -> None:
        repository.branches(FILE, BASE, OURS.replace("\n", "\r\n"), THEIRS)
        repository.git("merge", "theirs")
        assert repository.read(FILE) == BOTH.replace("\n", "\r\n")

    def test_a_renamed_file_and_a_worktree(self, repository: Repository, tmp_path: Path) -> None:
        repository.branches(FILE, BASE, OURS, THEIRS)
        repository.git("mv", FILE, "新 名.plan.txt")
        repository.git("commit", "-qm", "改名")
        repository.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "旁"))
        repository.path = tmp_path / "旁"
        repository.git("merge", "theirs")
        assert repository.read("新 名.plan.txt") == BOTH

    def test_two_common_ancestors(self, repository: Repository) -> None:
        """A criss-cross merge: git merges the ancestors first, and no markers get into that."""
        repository.branches(FILE, BASE, HALF, CONTRARY)
        for branch, other, text in (("main", "theirs", HALF), ("theirs", "main~1", CONTRARY)):
            repository.git("checkout", "-q", branch)
            repository.git("merge", "-q", "--no-edit", other if branch == "main" else "ancestor", fails=True)
            repository.write(FILE, text)
            repository.git("commit", "-qam", "合并")
            repository.git("branch", "ancestor", "main~1", fails=None)
        repository.git("checkout", "-q", "main")
        repository.git("merge", "theirs", fails=None)
        assert "||||||| base\n<<<<<<<" not in repository.read(FILE)

    def test_a_file_that_is_gone_on_one_side(self, repository: Repository) -> None:
        repository.branches(FILE, BASE, OURS, THEIRS)
        repository.git("rm", "-q", FILE)
        repository.git("commit", "-qm", "删")
        assert "deleted" in repository.git("merge", "theirs", fails=True)


class TestLeftToGit:
    @pytest.mark.parametrize(
        ("base", "ours", "theirs"),
        (
            ("甲\n\n\n\n乙\n", "甲1\n\n\n\n乙\n", "甲\n\n\n\n乙1\n"),
            (
                '{\n "a": 1,\n\n\n\n "b": 2}\n',
                '{\n "a": 3,\n\n\n\n "b": 2}\n',
                '{\n "a": 1,\n\n\n\n "b": 4}\n',
            ),
        ),
    )
    def test_what_is_no_plan_is_merged_by_lines(
        self, repository: Repository, base: str, ours: str, theirs: str
    ) -> None:
        repository.branches("表.plan.txt", base, ours, theirs)
        told = repository.git("merge", "theirs")
        assert "gongkai: 表.plan.txt: " in told
        assert len([line for line in told.splitlines() if line.startswith("gongkai: ")]) == 1
        assert repository.read("表.plan.txt") not in {base, ours, theirs}

    @pytest.mark.parametrize("data", (b"\x00\x01\x02", b"{\n", b"x\n", b'{"gongkai-merge": 1}', b""))
    def test_nothing_is_lost(self, repository: Repository, data: bytes) -> None:
        """A side that is broken leaves ours in place, or both sides with markers: a conflict all the same."""
        repository.branches(FILE, BASE, OURS, data)
        repository.git("merge", "theirs", fails=None)
        assert repository.git("show", f":3:{FILE}", fails=None) or repository.read(FILE) is not None
        assert "每年公开权责清单" in repository.read(FILE) or data == b""

    def test_without_the_program(self, repository: Repository) -> None:
        repository.gongkai("git", "install", "--command", "no-such-program")
        repository.branches(FILE, BASE, OURS, BASE.replace("改进网站", "优化网站"))
        told = repository.git("merge", "theirs")
        assert "no-such-program" in told
        assert repository.read(FILE) == OURS.replace("改进网站", "优化网站")

    def test_without_the_program_a_conflict_is_one(self, repository: Repository) -> None:
        repository.gongkai("git", "install", "--command", "no-such-program")
        repository.branches(FILE, BASE, HALF, CONTRARY)
        repository.git("merge", "theirs", fails=True)
        assert has_markers(repository.read(FILE))


class TestConflicts:
    def test_a_text_is_marked_and_resolved(self, repository: Repository) -> None:
        repository.branches(FILE, BASE, HALF, CONTRARY)
        told = repository.git("merge", "theirs", fails=True)
        assert "gongkai: " in told
        assert "半年" in told
        text = repository.read(FILE)
        assert has_markers(text)
        assert "优化网站检索" in text
        assert f"UU {FILE}" in repository.git("status", "--short").replace('"', "")
        assert repository.gongkai("merge", "--resolve", FILE, "-f", "json", fails=True)
        assert repository.read(FILE) == text
        repository.gongkai("merge", "--resolve", FILE, "--take", "theirs", "-o", FILE)
        assert repository.read(FILE) == CONTRARY
        repository.git("add", FILE)
        repository.git("commit", "-qm", "合并")
        assert repository.git("status", "--short") == ""

    def test_json_becomes_the_merge_file(self, repository: Repository) -> None:
        repository.branches(JSON, *[as_json(plan) for plan in (DRAFT, MINE, OTHER)])
        repository.git("merge", "theirs", fails=True)
        merge = Merge.from_json(repository.read(JSON))
        assert merge == gongkai.merge(DRAFT, MINE, OTHER)
        assert "14.deadlines" in repository.git("diff")
        repository.gongkai("merge", "--resolve", JSON, "--take", "14.deadlines=ours", "-o", JSON, fails=True)
        repository.gongkai("merge", "--resolve", JSON, "--take", "theirs", "-o", JSON)
        expected = merge.resolve({"14.deadlines": "ours", "22.text": "theirs"}).plan
        assert gongkai.loads(repository.read(JSON)) == expected
        repository.git("add", JSON)
        repository.git("commit", "-qm", "合并")

    def test_a_side_can_be_taken_by_git(self, repository: Repository) -> None:
        repository.branches(JSON, *[as_json(plan) for plan in (DRAFT, MINE, OTHER)])
        repository.git("merge", "theirs", fails=True)
        repository.git("checkout", "--ours", JSON)
        assert gongkai.loads(repository.read(JSON)) == MINE
        repository.git("checkout", "--theirs", JSON)
        assert gongkai.loads(repository.read(JSON)) == OTHER
        repository.git("checkout", "-m", JSON)
        assert Merge.from_json(repository.read(JSON)).conflicts
        repository.git("merge", "--abort")
        assert gongkai.loads(repository.read(JSON)) == MINE

    def test_a_rebase_stops_and_goes_on(self, repository: Repository) -> None:
        repository.branches(FILE, BASE, HALF, CONTRARY)
        repository.git("rebase", "theirs", fails=True)
        repository.gongkai("merge", "--resolve", FILE, "--take", "theirs", "-o", FILE)
        repository.git("add", FILE)
        repository.git("rebase", "--continue")
        assert repository.read(FILE) == HALF.replace("改进网站", "优化网站")

    def test_mergetool(self, repository: Repository) -> None:
        repository.branches(FILE, BASE, HALF, CONTRARY)
        repository.git("merge", "theirs", fails=True)
        repository.git("config", "mergetool.keepBackup", "false")
        tool = 'printf "1\\n" | git mergetool --no-prompt --tool=gongkai'
        repository.run("sh", "-c", tool)
        assert repository.read(FILE) == HALF.replace("改进网站", "优化网站")
        assert repository.git("diff", "--name-only", "--diff-filter=U") == ""

    def test_markers_without_the_draft_are_understood(self, repository: Repository) -> None:
        """The draft is asked of git, while it merges; elsewhere nobody knows it."""
        repository.branches(FILE, BASE, HALF, CONTRARY)
        repository.git("merge", "theirs", fails=True)
        text = repository.read(FILE)
        start, end = text.index("|||||||"), text.index("=======")
        repository.write(FILE, text[:start] + text[end:])
        repository.write("别处.txt", text[:start] + text[end:])
        assert "diff3" in repository.gongkai("merge", "--resolve", "别处.txt", "--take", "ours", fails=True)
        repository.gongkai("merge", "--resolve", FILE, "--take", "ours", "-o", FILE)
        assert repository.read(FILE) == HALF.replace("改进网站", "优化网站")


CONFIGS = (
    b"[core]\n\tbare = false\n",
    b"[core]\n\tbare = false",
    b"[core]\r\n\tbare = false\r\n",
    "[user]\n\tname = 甲 # 名\n\n\n".encode(),
)
ATTRIBUTES = (
    None,
    b"",
    b"*.txt text",
    b"*.txt text\n",
    b"*.txt text\r\n*.md text\r\n",
    b"\xef\xbb\xbf# \n",
)


class TestInstalling:
    @pytest.mark.parametrize(
        ("config", "attributes"),
        (*[(config, b"*.txt text") for config in CONFIGS[1:]], *[(CONFIGS[0], each) for each in ATTRIBUTES]),
    )
    def test_uninstall_undoes_install(self, tmp_path: Path, config: bytes, attributes: bytes | None) -> None:
        repository = Repository(tmp_path / "库", tmp_path / "家")
        settings = repository.path / ".git" / "config"
        settings.write_bytes(config)
        file = repository.path / ".git" / "info" / "attributes"
        if attributes is not None:
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(attributes)
        repository.install()
        assert "已经设好" in repository.install()
        assert "gongkai" in repository.git("config", "merge.gongkai.driver")
        assert repository.git("check-attr", "merge", "a.plan.txt").endswith(": gongkai\n")
        repository.gongkai("git", "uninstall")
        assert settings.read_bytes() == config
        assert (file.read_bytes() if file.exists() else None) == attributes
        assert "没有 gongkai 的设置" in repository.gongkai("git", "uninstall")

    def test_everywhere(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "库", tmp_path / "家")
        repository.install("--global", "--language", "en")
        repository.branches(FILE, BASE, HALF, CONTRARY)
        assert "the draft has" in repository.git("merge", "theirs", fails=True)
        repository.gongkai("git", "uninstall", "--global")
        left = [path for path in (tmp_path / "家").rglob("*") if path.is_file() and path.parent.name != "bin"]
        assert left == []

    def test_shared_with_patterns(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "库", tmp_path / "家")
        repository.write(".gitattributes", "*.md text")
        repository.install("--shared", "--pattern", "年度 要点/*.txt", "--pattern", "*.json")
        assert repository.git("check-attr", "diff", "年度 要点/甲.txt").endswith(": gongkai\n")
        repository.branches("年度 要点/甲.txt", BASE, OURS, THEIRS)
        repository.git("merge", "theirs")
        assert repository.read("年度 要点/甲.txt") == BOTH
        assert "--shared" in repository.gongkai("git", "uninstall")
        repository.install("--shared")
        repository.gongkai("git", "uninstall", "--shared")
        assert repository.read(".gitattributes") == "*.md text"
        assert "gongkai" not in (repository.path / ".git" / "config").read_text(encoding="utf-8")

    def test_a_bare_repository_and_a_submodule(self, tmp_path: Path) -> None:
        inner = Repository(tmp_path / "内", tmp_path / "家")
        inner.branches(FILE, BASE, OURS, THEIRS)
        outer = Repository(tmp_path / "外", tmp_path / "家")
        outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.path), "内")
        outer.path /= "内"
        outer.install()
        outer.git("merge", "origin/theirs")
        assert outer.read(FILE) == BOTH
        outer.gongkai("git", "uninstall")
        inner.git("clone", "-q", "--bare", str(inner.path), str(tmp_path / "裸"))
        inner.path = tmp_path / "裸"
        before = (inner.path / "config").read_bytes()
        inner.install()
        assert "+  按季度" not in inner.git("diff", "main", "theirs")
        inner.gongkai("git", "uninstall")
        assert (inner.path / "config").read_bytes() == before

    def test_other_lines_stay(self, repository: Repository) -> None:
        """What is added behind ours, or into ours, is somebody's."""
        repository.gongkai("git", "uninstall")
        repository.gongkai("git", "install", "--pattern", "要点/*.txt")  # called by its path
        repository.git("config", "user.name", "乙")
        repository.git("config", "diff.gongkai.cachetextconv", "true")
        attributes = repository.path / ".git" / "info" / "attributes"
        attributes.write_bytes(attributes.read_bytes().replace(b"# gongkai end", b"*.md text\n# gongkai end"))
        settings = repository.path / ".git" / "config"
        assert "改动" in repository.gongkai("git", "install", fails=True)
        told = repository.gongkai("git", "uninstall", fails=True)
        assert "cachetextconv" in told
        assert attributes.read_bytes() == b"*.md text\n"
        assert repository.git("config", "diff.gongkai.cachetextconv") == "true\n"
        assert repository.git("config", "user.name") == "乙\n"
        assert repository.git("config", "merge.gongkai.driver", fails=True) == ""
        assert "gongkai begin" not in settings.read_text(encoding="utf-8")

    def test_broken_marks_are_left_alone(self, repository: Repository) -> None:
        file = repository.path / ".git" / "info" / "attributes"
        file.write_bytes(file.read_bytes().replace(b"# gongkai end", b""))
        before = file.read_bytes()
        repository.gongkai("git", "uninstall", fails=True)
        repository.gongkai("git", "install", fails=True)
        assert file.read_bytes() == before

    def test_what_somebody_set_before_stays(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "库", tmp_path / "家")
        repository.git("config", "merge.gongkai.driver", "mine")
        before = (repository.path / ".git" / "config").read_bytes()
        assert "merge.gongkai.driver" in repository.gongkai("git", "install", fails=True)
        assert (repository.path / ".git" / "config").read_bytes() == before

    def test_by_path_where_the_name_calls_another(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "库", tmp_path / "家")
        told = repository.gongkai("git", "install")
        assert "-m gongkai" in told
        repository.branches(FILE, BASE, OURS, THEIRS)
        repository.git("merge", "theirs")
        assert repository.read(FILE) == BOTH

    @pytest.mark.parametrize(
        ("words", "code"),
        (
            (("install", "--global", "--shared"), 2),
            (("install", "--pattern", "!a"), 2),
            (("install", "--pattern", ""), 2),
            (("nothing",), 2),
        ),
    )
    def test_wrong_usage(self, repository: Repository, words: tuple[str, ...], code: int) -> None:
        repository.gongkai("git", *words, fails=True)
        assert repository.code == code

    def test_outside_of_a_repository(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "库", tmp_path / "家")
        repository.path = tmp_path
        assert "git" in repository.gongkai("git", "install", fails=True)
