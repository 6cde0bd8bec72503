"""The pages of the documentation: their tables say what the code says, and their links lead somewhere."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

import gongkai.reading
from gongkai.checking import catalogue as checks
from gongkai.comparing import KINDS, Status
from gongkai.reading import catalogue
from gongkai.reading.grammar import table
from gongkai.views._words import words

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(file.name for file in DOCS.glob("*.md"))
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\((?!https?:)([^)#\s]*)(?:#[^)]*)?\)")


def read(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_tables", DOCS / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES)
def test_tables_are_those_of_the_code(tables: ModuleType, page: str) -> None:
    assert tables.renewed(read(page)) == read(page), "run: python docs/tables.py"


def test_every_finding_is_in_the_catalogue() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (\w+) \|", read("findings.md"), flags=re.MULTILINE)

    assert listed == sorted((entry.code, entry.severity.value) for entry in catalogue().values())


def test_every_field_of_the_files_is_explained() -> None:
    rows = re.findall(
        r"^\| `([\w-]+)` \| (.*) \| (?:yes)? \| (.*) \|$", read("json-fields.md"), flags=re.MULTILINE
    )

    assert len(rows) > 120
    assert [name for name, value, meaning in rows if not value.strip() or not meaning.strip()] == []


def test_everything_that_is_checked_is_listed() -> None:
    listed = re.findall(r"^\| `(C\d+)` \| (\w+) \|", read("checking.md"), flags=re.MULTILINE)
    explained = re.findall(r"^`(C\d+)`", read("checking.md"), flags=re.MULTILINE)

    assert listed == sorted((entry.code, entry.severity.value) for entry in checks().values())
    assert explained == [code for code, _ in listed]


def test_every_kind_of_change_is_listed() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| \S+ \| [^|]+ \| (\w+) \| (\w+) \|", read("comparing.md"), flags=re.MULTILINE
    )

    assert [(kind, severity) for kind, severity, _ in rows] == [
        (kind.value, facts.severity.value) for kind, facts in KINDS.items()
    ]
    assert {kind for kind, _, shown in rows if shown == "hidden"} == {
        kind.value for kind, facts in KINDS.items() if facts.severity.value == "info"
    }


def test_every_status_of_a_row_is_listed() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (\S+) \| [^|]+ \|$", read("comparing.md"), flags=re.MULTILINE)
    say = words("zh")

    assert listed == [(status.value, say[f"statuses.{status}"]) for status in Status]


@pytest.mark.parametrize("page", PAGES)
def test_links_have_words_and_lead_somewhere(page: str) -> None:
    links = LINK.findall(read(page))

    assert [target for words, target in links if not words] == []  # GitHub shows nothing for them
    assert [target for _, target in links if target and not (DOCS / target).exists()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page != "index.md"])
def test_every_page_is_in_the_index(page: str) -> None:
    assert re.search(rf"^{page.removesuffix('.md')}$", read("index.md"), flags=re.MULTILINE)
    assert f"]({page})" in read("index.md")


def test_every_table_of_the_grammar_is_listed() -> None:
    grammar = Path(inspect.getfile(gongkai.reading)).parent / "grammar"
    listed = re.findall(r"^\| `(\w+\.toml)` \|", read("reading.md"), flags=re.MULTILINE)

    assert sorted(listed) == sorted(file.name for file in grammar.glob("*.toml"))


def test_every_public_name_says_what_it_is(tables: ModuleType) -> None:
    """What is neither class nor function has no docstring of its own."""
    rooms = re.findall(r"<!-- table: (gongkai[\w.]*) -->", read("reference.md"))
    values = {
        name: getattr(importlib.import_module(room), name) for room in rooms for name in room_names(room)
    }

    missing = [name for name, value in values.items() if not told(value)]
    assert sorted(set(missing) - set(tables.PLAIN)) == []


def told(value: object) -> bool:
    return inspect.isclass(value) or inspect.isroutine(value) or inspect.ismodule(value)


def room_names(room: str) -> list[str]:
    return list(importlib.import_module(room).__all__)


def test_every_name_of_noise_is_listed() -> None:
    names = {row["name"] for row in table("noise")["noise"]}

    assert {name for name in names if f"`noise:{name}`" not in read("reading.md")} == set()


@pytest.mark.parametrize("command", ("show", "tasks", "diff", "align", "consolidate", "check", "examples"))
def test_every_option_of_the_command_is_listed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    from gongkai.cli import main

    assert main([command, "--help"]) == 0
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", capsys.readouterr().out))
    rows = re.findall(r"^\| (`--.*?) \| (.*?) \|", read("command.md"), flags=re.MULTILINE)
    listed = {option for names, of in rows for option in re.findall(r"--[a-z-]+", names)}

    assert options <= listed, options - listed
