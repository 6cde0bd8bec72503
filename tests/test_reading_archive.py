"""Archives are opened with bounds, whatever they hold."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import ReadError
from gongkai.reading.containers import archive as bounds
from gongkai.reading.containers.archive import Archive


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def reason(data: bytes, name: str) -> str:
    with pytest.raises(ReadError) as caught:
        Archive(data, "plan.docx").read(name)
    assert caught.value.origin == "plan.docx"
    assert caught.value.hint
    return caught.value.reason


def test_parts_are_found_whatever_their_case_and_strokes() -> None:
    archive = Archive(zipped({"word\\Document.xml": b"a"}), "plan.docx")
    assert archive.read("/word/document.xml") == b"a"
    assert "WORD/document.xml" in archive
    assert "word/styles.xml" not in archive


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    bomb = zipped({"word/document.xml": bytes(2 * bounds.SMALLEST)})
    assert len(bomb) < bounds.SMALLEST / bounds.RATIO
    assert "zip bomb" in reason(bomb, "word/document.xml")


def test_many_parts_share_one_bound() -> None:
    half = bytes(bounds.SMALLEST // 2)
    archive = Archive(zipped({"a": half, "b": half, "c": b"c"}), "plan.docx")
    assert len(archive.read("a")) + len(archive.read("b")) == bounds.SMALLEST
    with pytest.raises(ReadError, match="zip bomb"):
        archive.read("c")


def test_what_is_large_itself_may_hold_much() -> None:
    large = zipped({"picture": bytes(bounds.SMALLEST), "text": b"text"}, zipfile.ZIP_STORED)
    archive = Archive(large, "plan.docx")
    assert len(archive.read("picture")) == bounds.SMALLEST
    assert archive.read("text") == b"text"


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MEMBERS", 3)
    assert Archive(zipped(dict.fromkeys("abc", b"")), "plan.docx").names == ("a", "b", "c")
    assert "more than 3 parts" in reason(zipped(dict.fromkeys("abcd", b"")), "a")
    with pytest.raises(ReadError, match="more than 3 parts"):
        gongkai.read(zipped(dict.fromkeys(["a", "b", "c", "word/document.xml"], b"")))


def test_a_part_that_lies_about_its_size_is_damaged() -> None:
    honest = zipped({"a": bytes(1000)})
    size = (1000).to_bytes(4, "little")
    assert honest.count(size) == 2
    assert "damaged" in reason(honest.replace(size, (10).to_bytes(4, "little")), "a")


def test_what_is_missing_encrypted_or_no_archive_is_said() -> None:
    assert "missing" in reason(zipped({"a": b""}), "b")
    assert "damaged" in reason(b"PK\x03\x04 and nothing more", "a")
    locked = bytearray(zipped({"a": b"a"}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in reason(bytes(locked), "a")


@given(st.data())
def test_damage_is_an_error_that_says_so(data: st.DataObject) -> None:
    """Bytes changed anywhere give the part as it was, or a ReadError; nothing else."""
    whole = bytearray(zipped({"a": b"text" * 50, "b/c": b"more"}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found: list[bytes] = []
    with suppress(ReadError):
        archive = Archive(bytes(whole), "plan.docx")
        found = [archive.read(name) for name in archive.names]
    assert set(found) <= {b"text" * 50, b"more", b""}
