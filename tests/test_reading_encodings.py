"""Texts in the encodings that offices use: found from the bytes, recorded, and said where doubtful."""

from __future__ import annotations

import sys

import pytest

import gongkai
from gongkai import ReadError, examples
from gongkai.reading.containers.encodings import decoded, wide_encoding

SIMPLIFIED = examples.text("chenghu-2024")
TRADITIONAL = """澄湖區2024年政務公開工作要點
一、深化重點領域信息公開
1.及時公開老舊小區改造進展，按季度發佈專項資金使用情況。（區財政局牽頭，區住房城鄉建設委、各街道負責落實）
2.編制並公開《行政許可事項清單》，年底前完成。（區政務服務和數據管理局、區市場監管局按職責分工負責）
二、加強政策解讀和回應關切
3.對涉及羣眾切身利益的重大決策，廣泛聽取意見，說明採納情況。（各部門負責落實，完成時限：2024年10月）
"""
ENCODINGS = {
    "utf-8": SIMPLIFIED,
    "utf-8-sig": SIMPLIFIED,
    "utf-16": SIMPLIFIED,
    "utf-16-le": SIMPLIFIED,
    "utf-16-be": SIMPLIFIED,
    "utf-32": SIMPLIFIED,
    "gb18030": SIMPLIFIED,
    "big5": TRADITIONAL,
    "cp950": TRADITIONAL.replace("眾", "衆").replace("衆", "眾裏碁"),
    "big5hkscs": TRADITIONAL.replace("羣", "邨"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_is_found_and_recorded(encoding: str) -> None:
    text = ENCODINGS[encoding].encode(encoding, "ignore").decode(encoding)
    source = gongkai.read(text.encode(encoding)).source
    assert source is not None
    assert (source.text, source.encoding) == (text, encoding)
    assert not decoded(text.encode(encoding), "bytes").findings


@pytest.mark.parametrize("encoding", ("gb18030", "big5", "utf-16-le", "utf-16-be"))
@pytest.mark.parametrize("size", (16, 50, 200))
def test_short_texts_are_told_apart(encoding: str, size: int) -> None:
    """Every window of a plan, however short: Big5 never passes as GB18030, nor the reverse."""
    whole = ENCODINGS.get(encoding, SIMPLIFIED)
    whole = whole.encode(encoding, "ignore").decode(encoding)
    windows = [whole[at : at + size] for at in range(0, len(whole) - size, 7)]
    windows = [window for window in windows if sum(character > "\x7f" for character in window) >= 8]
    assert windows
    for window in windows:
        assert decoded(window.encode(encoding), "bytes").text == window


def test_gbk_may_hold_traditional_text() -> None:
    text = decoded(TRADITIONAL.encode("gb18030"), "bytes")
    assert (text.text, text.encoding) == (TRADITIONAL, "gb18030")


def test_the_declared_encoding_is_checked() -> None:
    page = '<html><head><meta charset="{}"></head><body>' + SIMPLIFIED + "</body></html>"
    right, wrong = (page.format(name).encode("gb18030") for name in ("gb2312", "big5"))
    assert decoded(right, "bytes").findings == ()
    found = decoded(wrong, "bytes")
    assert (found.encoding, [item.code for item in found.findings]) == ("gb18030", ["R642"])


def test_a_declared_encoding_decides_what_nothing_else_does() -> None:
    text = "Économie, café"
    found = decoded(text.encode("cp1252"), "bytes", declared="cp1252")
    assert (found.text, found.encoding) == (text, "cp1252")
    assert "R641" in {item.code for item in found.findings}


@pytest.mark.parametrize("declared", ("no-such-encoding", "base64", ""))
def test_what_is_no_encoding_is_passed_over(declared: str) -> None:
    assert decoded(SIMPLIFIED.encode("gb18030"), "bytes", declared=declared).encoding == "gb18030"


@pytest.mark.parametrize("encoding", ("utf-8", "gb18030", "big5", "utf-16-le"))
def test_a_text_that_was_cut_off_is_read_as_far_as_it_goes(encoding: str) -> None:
    whole = ENCODINGS.get(encoding, SIMPLIFIED).encode(encoding, "ignore")
    cut = whole[: len(whole) // 2]
    while True:  # into the middle of a character
        try:
            cut.decode(encoding)
        except UnicodeDecodeError:
            break
        cut = cut[:-1]
    found = decoded(cut, "bytes")
    assert found.text.endswith("\ufffd")
    assert whole.decode(encoding).startswith(found.text.rstrip("\ufffd"))
    (item,) = found.findings
    assert (item.code, item.span) == ("R640", gongkai.Span(len(found.text) - 1, len(found.text)))


def alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


@pytest.mark.parametrize("encoding", ("utf-8", "gb18030", "big5"))
def test_a_lost_byte_costs_a_few_characters(encoding: str) -> None:
    """Also where it shifts all the characters behind it, up to the end of the line."""
    whole = ENCODINGS.get(encoding, SIMPLIFIED).encode(encoding, "ignore")
    at = whole.index(("務" if encoding == "big5" else "务").encode(encoding), len(whole) // 2)
    found = decoded(whole[:at] + whole[at + 1 :], "bytes")
    text = whole.decode(encoding)
    before, after = alike(text, found.text), alike(text[::-1], found.text[::-1])
    assert before + after >= len(text) - 4
    (item,) = found.findings
    assert item.code == "R640"
    assert f"line {text.count(chr(10), 0, before) + 1};" in item.en


def test_a_replacement_character_of_the_source_is_no_damage() -> None:
    assert decoded("公开\ufffd目录".encode(), "bytes").findings == ()


def test_what_is_in_no_encoding_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)  # it finds some encoding for anything
    data = bytes(128 + at * at * 31 % 127 for at in range(2000))
    with pytest.raises(ReadError, match="in no encoding that is known") as caught:
        decoded(data, "bytes")
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize("data", (b"", b"text", "公开".encode(), b"\x01\x02\x03\x04" * 9, b"a\xff\xfe"))
def test_what_is_not_utf_16_does_not_pass_as_it(data: bytes) -> None:
    assert wide_encoding(data) is None


def test_carriage_returns_alone_are_line_ends() -> None:
    plan = gongkai.read(SIMPLIFIED.replace("\n", "\r").encode("gb18030", "ignore"))
    assert plan == gongkai.read(SIMPLIFIED.encode("gb18030", "ignore"))
