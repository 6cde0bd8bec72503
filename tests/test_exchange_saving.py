"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from gongkai.exchange.saving import save

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes of POSIX")


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def test_text_is_utf_8_with_line_feeds(tmp_path: Path) -> None:
    save(tmp_path / "a.md", "公开\n目录\n")

    assert (tmp_path / "a.md").read_bytes() == "公开\n目录\n".encode()


def test_what_is_there_is_replaced_or_left(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    save(file, "一", replace=False)
    with pytest.raises(FileExistsError, match=r"a\.md"):
        save(file, "二", replace=False)
    assert file.read_text(encoding="utf-8") == "一"

    save(file, b"\x00\xff")

    assert file.read_bytes() == b"\x00\xff"
    assert names(tmp_path) == ["a.md"]


def test_nothing_is_changed_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_text("一", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(file, "二" * 1000)

    assert file.read_text(encoding="utf-8") == "一"
    assert names(tmp_path) == ["a.md"]


def test_somebody_who_was_quicker_keeps_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    sync = os.fsync

    def slow(descriptor: int) -> None:
        file.write_text("一", encoding="utf-8")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(FileExistsError):
        save(file, "二", replace=False)

    assert file.read_text(encoding="utf-8") == "一"
    assert names(tmp_path) == ["a.md"]


def test_without_second_names_it_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_names: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", never)
    save(tmp_path / "a.md", "一", replace=False)
    with pytest.raises(FileExistsError):
        save(tmp_path / "a.md", "二", replace=False)

    assert names(tmp_path) == ["a.md"]
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "一"


@posix
def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.md", tmp_path / "b.md"
    file.write_text("一", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    save(link, "二")

    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "二"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@posix
def test_a_device_stays_one(tmp_path: Path) -> None:
    save("/dev/null", "公开", replace=False)

    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"directory|denied"):
        save(tmp_path, "公开")
