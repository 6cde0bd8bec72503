"""What `read` and `parse` can be asked for: simplified characters, and strictness."""

from __future__ import annotations

import pickle
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import ReadError, StrictError, parse, read
from gongkai.errors import MissingExtra
from gongkai.reading import traditional
from gongkai.reading.traditional import simplified

TEXT = """澄湖區2024年政務公開工作要點
一、深化重點領域資訊公開
1.及時公開老舊小區改造進展，年底前發佈結果。（區住房城鄉建設委負責落實，完成時限：2024年10月）
"""


class TestSimplify:
    def test_the_plan_is_simplified_and_its_source_is_not(self) -> None:
        pytest.importorskip("opencc", reason="needs the extra `documents`")
        plan = parse(TEXT, simplify=True)

        assert plan.title == "澄湖区2024年政务公开工作要点"
        [task] = plan.tasks
        assert task.text == "及时公开老旧小区改造进展，年底前发布结果。"
        assert [body.name for body in task.departments] == ["区住房城乡建设委"]
        assert plan.source is not None
        assert plan.source.text == TEXT

    def test_places_are_those_of_the_text_as_it_is(self) -> None:
        pytest.importorskip("opencc", reason="needs the extra `documents`")
        as_printed, simplified = parse(TEXT), parse(TEXT, simplify=True)

        assert as_printed.tasks[0].text == "及時公開老舊小區改造進展，年底前發佈結果。"
        assert [task.span for task in simplified.all_tasks] == [task.span for task in as_printed.all_tasks]
        assert simplified.tasks[0].deadlines[0].span == as_printed.tasks[0].deadlines[0].span
        assert simplified.tasks[0].span is not None
        assert simplified.tasks[0].span.of(TEXT).startswith("1.及時公開")

    def test_bytes_are_simplified_too(self) -> None:
        pytest.importorskip("opencc", reason="needs the extra `documents`")

        assert read(TEXT.encode(), simplify=True) == parse(TEXT, simplify=True)

    def test_simplified_text_stays_as_it_is(self) -> None:
        pytest.importorskip("opencc", reason="needs the extra `documents`")
        text = gongkai.examples.text("chenghu-2024")

        assert gongkai.dumps(parse(text, simplify=True)) == gongkai.dumps(parse(text))

    @pytest.mark.parametrize("encoding", ("big5hkscs", "gb18030", "utf-16"))
    def test_files_in_any_encoding_are_simplified(self, encoding: str) -> None:
        pytest.importorskip("opencc", reason="needs the extra `documents`")
        plan = read(TEXT.encode(encoding), simplify=True)

        assert plan == parse(TEXT, simplify=True)
        assert plan.source is not None
        assert plan.source.text == TEXT

    @pytest.mark.parametrize(
        ("text", "expected"),
        (
            ("資訊、網路、軟體", "资讯、网路、软体"),  # words stay those that were written
            ("乾淨、乾坤、幹部、干涉", "干净、乾坤、干部、干涉"),
            ("理髮、發展、頭髮", "理发、发展、头发"),
            ("裏面、裡面、鄰里", "里面、里面、邻里"),
            ("皇后、著作权、了解", "皇后、著作权、了解"),
            ("\ud800政務\n公開", "\ud800政务\n公开"),
            ("\x00務\r\n", "\x00务\r\n"),
            ("𠮷務😀", "𠮷务😀"),
            ("", ""),
        ),
    )
    def test_words_decide_and_lengths_stay(self, text: str, expected: str) -> None:
        pytest.importorskip("opencc", reason="needs the extra `documents`")

        assert simplified(text) == expected

    @given(st.text() | st.text("政務公開乾發佈裏后臺灣\n\ud800A"))
    def test_places_stay_whatever_the_text(self, text: str) -> None:
        pytest.importorskip("opencc", reason="needs the extra `documents`")

        assert len(simplified(text)) == len(text)
        assert simplified(text).count("\n") == text.count("\n")

    def test_a_phrase_of_another_length_is_converted_by_character(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def longer(text: str) -> str:
            return text.replace("網際網路", "互联网").replace("網", "网")

        monkeypatch.setattr(traditional, "_converter", lambda: longer)

        assert simplified("網際網路\n上網") == "网際网路\n上网"

    def test_without_the_library_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        traditional._converter.cache_clear()
        monkeypatch.setitem(sys.modules, "opencc", None)

        with pytest.raises(MissingExtra, match=r"gongkai\[documents\]"):
            parse(TEXT, simplify=True)


class TestStrict:
    def test_a_loaded_plan_is_looked_at_as_well(self) -> None:
        data = gongkai.dumps(parse("澄湖区2024年政务公开工作要点\n")).encode("utf-8-sig")

        assert [found.code for found in read(data).findings] == ["R103"]
        with pytest.raises(StrictError, match="R103"):
            read(data, strict=True)

    def test_an_error_is_raised_with_the_plan(self) -> None:
        with pytest.raises(StrictError, match="R103") as caught:
            parse("澄湖区2024年政务公开工作要点\n", strict=True)

        assert caught.value.plan == parse("澄湖区2024年政务公开工作要点\n")
        assert isinstance(caught.value, ReadError)

    def test_it_survives_pickling(self) -> None:
        with pytest.raises(StrictError) as caught:
            read("澄湖区2024年政务公开工作要点\n".encode(), strict=True)

        again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
        assert str(again) == str(caught.value)
        assert again.plan == caught.value.plan

    def test_warnings_are_not_raised(self) -> None:
        text = "澄湖区2024年政务公开工作要点\n1.公开目录。（区财政局负责）\n3.公开计划。（区财政局负责）\n"

        plan = parse(text, strict=True)

        assert [found.code for found in plan.findings] == ["R201"]
