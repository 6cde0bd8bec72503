"""What other packages add, by entry points; the packages here are made for the test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import gongkai
from gongkai import Directory, Plan
from gongkai.calendars import calendar_named
from gongkai.errors import InvalidValue, PluginError, ReadError
from gongkai.exchange.writing import suffixes
from gongkai.plugins import _installed, plugins

Install = Callable[..., None]

MODULE = """
from gongkai.reading import Extract, Noise

def ofd(data, origin):
    return Extract(data[4:].decode("utf-8")) if data.startswith(b"\\x00OFD") else None

def refuses(data, origin):
    from gongkai.errors import ReadError
    raise ReadError(origin, "is locked", "unlock it")

def breaks(data, origin):
    raise RuntimeError("out of paper")

def lies(data, origin):
    return Extract("要点", noise=(Noise(0, 99, "navigation"),))

def chats(data, origin):
    return "要点"

def upper(thing, language):
    return f"{language}:{thing.title}"

def nothing(thing, language):
    return None

number = 5
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return what puts a package with entry points on the path, as an installation would."""

    def put(group: str, entries: dict[str, str], package: str = "paper") -> None:
        folder = tmp_path / package
        info = folder / f"{package}-1.0.dist-info"
        info.mkdir(parents=True)
        (folder / f"{package}_added.py").write_text(MODULE, encoding="utf-8")
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", encoding="utf-8"
        )
        lines = [f"{name} = {package}_added:{value}" for name, value in entries.items()]
        (info / "entry_points.txt").write_text("\n".join([f"[gongkai.{group}]", *lines]), encoding="utf-8")
        monkeypatch.syspath_prepend(str(folder))
        _installed.cache_clear()

    yield put
    _installed.cache_clear()
    for name in [name for name in sys.modules if name.endswith("_added")]:
        del sys.modules[name]


class TestReaders:
    def test_a_reader_reads_what_the_house_refuses(self, install: Install) -> None:
        data = b"\x00OFD" + "澄湖区2024年政务公开工作要点".encode()
        with pytest.raises(ReadError):
            gongkai.read(data)

        install("readers", {"ofd": "ofd"})

        assert gongkai.read(data).title == "澄湖区2024年政务公开工作要点"

    def test_known_containers_ask_nobody(self, install: Install) -> None:
        install("readers", {"breaks": "breaks"})

        plan = gongkai.read("<html><body><h1>澄湖区2024年政务公开工作要点</h1></body></html>".encode())

        assert "R632" not in {finding.code for finding in plan.findings}

    @pytest.mark.parametrize(
        ("name", "reason"),
        (
            ("breaks", "out of paper"),
            ("lies", "noise is not in the text"),
            ("chats", "gave str"),
            ("number", "no func"),
        ),
    )
    def test_text_is_read_whatever_a_reader_does(self, install: Install, name: str, reason: str) -> None:
        install("readers", {"bad": name})

        plan = gongkai.read("澄湖区2024年政务公开工作要点\n1.公开目录。\n".encode())

        assert [task.text for task in plan.tasks] == ["公开目录。"]
        (noticed,) = [finding for finding in plan.findings if finding.code == "R632"]
        assert reason in noticed.en
        assert "paper 1.0" in noticed.en

    @pytest.mark.parametrize("name", ("breaks", "lies", "chats", "number", "absent"))
    def test_a_bad_reader_is_named_where_nobody_else_reads(self, install: Install, name: str) -> None:
        install("readers", {"bad": name})

        with pytest.raises(PluginError, match=r"reader bad of paper 1\.0"):
            gongkai.read(b"Rar!\x1a\x07\x01\x00")

    def test_a_reader_may_refuse(self, install: Install) -> None:
        install("readers", {"locked": "refuses"})

        with pytest.raises(ReadError, match="is locked; unlock it"):
            gongkai.read(b"Rar!\x1a\x07\x01\x00")

    def test_a_broken_plugin_fails_one_file_of_many(self, install: Install, tmp_path: Path) -> None:
        install("readers", {"bad": "breaks"})
        (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
        (tmp_path / "b.docx").write_bytes(b"")
        (tmp_path / "c.html").write_bytes("<html><body>澄湖区2024年政务公开工作要点</body></html>".encode())

        outcomes = list(gongkai.read_many(sorted(tmp_path.glob("*.*")), workers=1))

        assert [outcome.plan is not None for outcome in outcomes] == [False, False, True]


class TestWriters:
    def test_a_writer_writes_its_suffix(self, install: Install, tmp_path: Path) -> None:
        install("writers", {"Plan.up": "upper"})

        gongkai.write(Plan("要点"), tmp_path / "要点.UP", language="en")

        assert (tmp_path / "要点.UP").read_text(encoding="utf-8") == "en:要点"
        assert suffixes(Plan("要点"))[-1] == ".up"

    def test_the_house_goes_first(self, install: Install, tmp_path: Path) -> None:
        install("writers", {"Plan.json": "upper"})

        gongkai.write(Plan("要点"), tmp_path / "要点.json")

        assert gongkai.read(tmp_path / "要点.json") == Plan("要点")

    def test_what_is_no_content_is_not_written(self, install: Install, tmp_path: Path) -> None:
        install("writers", {"Plan.up": "nothing"})

        with pytest.raises(TypeError, match="NoneType"):
            gongkai.write(Plan("要点"), tmp_path / "要点.up")
        assert not (tmp_path / "要点.up").exists()

    def test_an_unknown_suffix_says_which_there_are(self, install: Install, tmp_path: Path) -> None:
        install("writers", {"Plan.up": "upper", "Diff.down": "upper"})

        with pytest.raises(InvalidValue, match=r"\.txt.*\.up, got"):
            gongkai.write(Plan("要点"), tmp_path / "要点.xyz")

    def test_two_packages_may_not_give_one_name(self, install: Install, tmp_path: Path) -> None:
        install("writers", {"Plan.up": "upper"})
        install("writers", {"Plan.up": "upper"}, package="scissors")

        with pytest.raises(PluginError, match=r"of paper 1\.0 is also given by scissors 1\.0"):
            gongkai.write(Plan("要点"), tmp_path / "要点.up")


class TestNames:
    def test_a_calendar_that_is_none(self, install: Install) -> None:
        install("calendars", {"five": "number"})

        with pytest.raises(PluginError, match=r"calendar five of paper 1\.0 is no calendar"):
            calendar_named("five")
        with pytest.raises(InvalidValue, match="one of china, five, got 'six'"):
            calendar_named("six")

    def test_a_directory_that_is_none(self, install: Install) -> None:
        install("directories", {"five": "number"})

        with pytest.raises(PluginError, match=r"directory five of paper 1\.0 is no directory"):
            Directory.named("five")
        with pytest.raises(InvalidValue, match="expected one of five"):
            Directory.named("six")

    def test_all_are_listed_with_their_packages(self, install: Install) -> None:
        install("embedders", {"five": "number"})

        (found,) = plugins("embedder")

        assert (found.kind.value, found.name, found.package) == ("embedder", "five", "paper 1.0")
        assert found in plugins()
