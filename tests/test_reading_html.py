"""Web pages: the document in them is read, all else is named, and no page brings the reader down."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import date
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import gongkai
from gongkai import MissingExtra, Plan, ReadError, examples
from gongkai.model import PlaceKind
from gongkai.reading.containers.html import extract, extract_page
from gongkai.reading.extract import Extract
from gongkai.testing import losses
from tests.documents.web import LAYOUTS, dressed, page

PAGES = Path(__file__).parent / "data" / "pages"
NAMES = ("district", "layout", "blocks")

BODY = "<p>澄湖区2024年政务公开工作要点</p><p>一、公开</p><p>1.公开甲目录。（区甲局负责）</p>"


def read(name: str) -> Plan:
    return gongkai.read(PAGES / f"{name}.html")


def text_of(plan: Plan) -> str:
    assert plan.source is not None
    assert plan.source.text is not None
    return plan.source.text


def noise(plan: Plan) -> dict[str, str]:
    """The noise of a plan by name, without white space."""
    assert plan.source is not None
    found: dict[str, str] = {}
    for piece in plan.source.pieces:
        if piece.kind.startswith("noise:"):
            name = piece.kind.removeprefix("noise:")
            found[name] = found.get(name, "") + "".join(text_of(plan)[piece.start : piece.end].split())
    return found


def codes(html: str) -> set[str]:
    return {found.code for found in gongkai.read(html.encode()).findings}


def lines(html: str) -> list[str]:
    return extract_page(html, "page").text.split("\n")


# Documents


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", examples.names())
def test_a_page_reads_as_its_text(name: str, layout: str) -> None:
    text = examples.text(name)
    plan = gongkai.parse(text)
    assert gongkai.read(page(text, plan.title, layout)) == plan


@given(st.sampled_from(examples.names()), st.integers(0, 2**32))
def test_a_document_is_found_whatever_stands_around_it(name: str, seed: int) -> None:
    plan = examples.load(name)
    title = plan.notice.title if plan.notice else plan.title
    found = gongkai.read(dressed(examples.text(name), title, Random(seed)))  # noqa: S311 - the seed is the page
    assert (found.title, found.year, found.kind) == (plan.title, plan.year, plan.kind)
    assert (found.notice, found.preamble) == (plan.notice, plan.preamble)
    assert (found.content, found.closing) == (plan.content, plan.closing)
    assert losses(found) == ()


def test_a_page_opened_as_text_is_a_page() -> None:
    with (PAGES / "district.html").open(encoding="utf-8") as file:
        assert gongkai.read(file) == read("district")
    assert gongkai.read(io.StringIO("一、公开<b>目录</b>")) == gongkai.parse("一、公开<b>目录</b>")


@pytest.mark.parametrize("encoding", ("utf-8", "gb18030", "utf-16"))
def test_a_page_in_any_encoding_is_the_same(encoding: str) -> None:
    text = examples.text("songping-2024")
    plan = gongkai.read(page(text, "松坪省2024年政务公开工作要点", "breaks", encoding))
    assert plan.tasks == gongkai.parse(text).tasks
    assert plan.source is not None
    assert (plan.source.media_type, plan.source.encoding) == ("text/html", encoding)


def test_a_district_page() -> None:
    plan = read("district")
    assert plan.title == "云溪区2024年政务公开工作要点"
    assert [(task.key, task.assignments[0].names) for task in plan.tasks] == [
        ("1", ("区水务局",)),
        ("2", ("区教委",)),
        ("3", ("区政府办公室", "各部门")),
    ]
    assert plan.tasks[1].text == "公开学前教育学位供给情况，提前公布招生范围和报名办法。"
    assert plan.notice is not None
    assert plan.notice.addressees == ("各街道办事处", "区政府各部门")
    assert plan.notice.disclosure == "此件公开发布"
    assert len(plan.preamble) == 1
    assert not plan.closing
    record = plan.record
    assert (record.index_number, record.subject) == ("YX0101/2024-00031", "政务公开\\其他")
    assert (record.issuer, str(record.document_number)) == ("云溪区人民政府办公室", "云政办发〔2024〕12号")
    assert (record.issued_on, record.published_on) == (date(2024, 5, 9), date(2024, 5, 13))
    assert (record.validity, record.repealed_on) == ("有效", None)
    assert ("栏目", "政务公开") in record.others


def test_what_is_the_pages_own_is_named() -> None:
    found = noise(read("district"))
    assert "您所在的位置" in found["navigation"]
    assert "无障碍浏览" in found["page-head"]
    assert found["share"] == "分享到：微信微博"
    assert found["toolbar"] == "字体：【大中小】"
    assert found["attachments"].count("云溪区2024年政务公开工作要点") == 2
    assert "一图读懂" in found["related"]
    assert "ICP备" in found["footer"]
    assert "unread" not in found


def test_what_a_browser_does_not_show_is_no_text() -> None:
    text = text_of(read("district"))
    for hidden in ("隐藏的测试文字", "请开启脚本", "line-height", "全文", "头部", "请输入关键字"):
        assert hidden not in text


def test_a_page_laid_out_in_tables() -> None:
    plan = read("layout")
    assert plan.title == "松坪省人民政府办公厅关于进一步做好重点领域信息公开工作的实施意见"
    assert [task.assignments[0].names for task in plan.tasks] == [
        ("省财政厅",),
        ("省生态环境厅", "各市人民政府"),
    ]
    record = plan.record
    assert (record.index_number, record.issued_on) == ("SP0001/2023-00007", date(2023, 4, 6))
    assert record.published_on == date(2023, 4, 10)
    assert noise(plan)["share"] == "扫一扫在手机打开当前页"


def test_automatic_numbers_are_labels() -> None:
    plan = read("blocks")
    assert [(task.label, task.text) for task in plan.tasks] == [
        ("1.", "公开乡村振兴项目安排和资金分配结果。"),
        ("2.", "公开农村供水工程进展。"),
        ("3.", "做好政府网站内容更新。"),
    ]
    assert "3." not in text_of(plan)


def test_a_record_in_a_list_of_terms() -> None:
    record = read("blocks").record
    assert (record.index_number, record.issuer) == ("BL-2022-003", "北岭县人民政府办公室")
    assert (str(record.document_number), record.issued_on) == ("北政办〔2022〕15号", date(2022, 5, 30))


def test_a_record_below_the_document() -> None:
    table = (
        "<table><tr><td>索 引 号</td><td>CH-7</td></tr><tr><td>发布日期</td><td>2024-03-02</td></tr></table>"
    )
    plan = gongkai.read(f"<div class=TRS_Editor>{BODY}</div>{table}<p>返回</p>".encode())
    assert (plan.record.index_number, plan.record.published_on) == ("CH-7", date(2024, 3, 2))
    assert not plan.closing
    assert len(plan.tasks) == 1


def test_the_title_of_the_page_stands_in() -> None:
    head = '<meta name="articletitle" content="澄湖区2024年政务公开工作要点">'
    body = "<p>一、公开</p><p>1.公开甲目录。（区甲局负责）</p>"
    assert gongkai.read(f"<html><head>{head}</head>{body}".encode()).title == "澄湖区2024年政务公开工作要点"
    head = "<title>澄湖区2024年政务公开工作要点_通知公告_澄湖区</title>"
    assert gongkai.read(f"<html><head>{head}</head>{body}".encode()).title == "澄湖区2024年政务公开工作要点"
    assert gongkai.read(f"<html><head><title>首页</title></head>{body}".encode()).title == ""


def test_what_the_text_says_counts_before_the_meta_tags() -> None:
    head = '<meta name="PubDate" content="2024-06-01 10:00"><meta name="Author" content="张三">'
    plan = gongkai.read(f"<html><head>{head}</head><p>发布日期：2024-05-30</p>{BODY}".encode())
    assert plan.record.published_on == date(2024, 5, 30)
    assert plan.record.others == (("作者", "张三"),)


def test_an_element_that_is_never_closed_takes_no_text_of_the_document() -> None:
    html = f"<div class=share>分享到：<a>微信</a><div class=text>{BODY}"
    plan = gongkai.read(html.encode())
    assert noise(plan) == {"page-head": "分享到：微信"}
    assert len(plan.tasks) == 1


def test_sentences_beside_the_element_belong_to_the_document() -> None:
    notice = "<h1>关于印发《澄湖区2024年政务公开工作要点》的通知</h1><p>各街道：</p><p>现将要点印发给你们，请认真落实。</p>"
    items = "".join(f"<p>{at}.公开乙目录和指南，方便群众查阅。（区乙局负责）</p>" for at in range(2, 9))
    end = "<p>请于年底前报送情况。</p><p>澄湖区人民政府办公室</p><p>2024年5月9日</p>"
    html = f"<ul class=nav><li><a>首页</a></ul><div>{notice}<div class=TRS_Editor>{BODY}{items}</div>{end}<p>返回</p></div>"
    plan = gongkai.read(html.encode())
    assert noise(plan) == {"navigation": "首页", "page-foot": "返回"}
    assert plan.notice is not None
    assert plan.notice.addressees == ("各街道",)
    assert (plan.record.issuer, plan.record.issued_on) == ("澄湖区人民政府办公室", date(2024, 5, 9))


def test_a_document_that_is_printed_twice_is_read_once() -> None:
    text = examples.text("songping-2024")
    plan = examples.load("songping-2024")
    body = LAYOUTS["editor"](text, Random(0))  # noqa: S311 - any page
    html = f"<div class=nav><a>首页</a></div><div class=pc>{body}</div><div class=phone>{body}</div>"
    found = gongkai.read(html.encode())
    assert (found.content, found.closing) == (plan.content, plan.closing)
    assert "R605" in {item.code for item in found.findings}
    assert "copy" in noise(found)
    assert "R605" not in {item.code for item in gongkai.read(f"<div>{body}</div>".encode()).findings}


def test_rows_that_are_alike_are_no_copy() -> None:
    same = "<td>各街道办事处、区政府各委办局和各区属机构按照职责分工分别抓好落实工作，加强协调配合"
    cells = f"{same}<td>区甲局<td>区乙局<td>区丙局<td>10月底前<td>全年<td>无"
    rows = "".join(f"<tr><td>{at}<td>公开第{at}项目录。{cells}" for at in range(1, 30))
    assert "R605" not in codes(f"<div class=TRS_Editor><table>{rows}</table></div>")


def test_a_block_of_keys_in_a_numbered_list() -> None:
    items = (
        "<li>[主题分类]<span>政务公开</span><li>[实施日期]<span></span><li>[成文日期]<span>2024-05-08</span>"
    )
    head = '<meta name="firstpublishedtime" content="2024-05-10-16:56:00">'
    plan = gongkai.read(f"<head>{head}</head><ol>{items}</ol><div class=TRS_Editor>{BODY}</div>".encode())
    record = plan.record
    assert (record.subject, record.issued_on) == ("政务公开", date(2024, 5, 8))
    assert (record.effective_on, record.published_on) == (None, date(2024, 5, 10))
    assert record.others == ()


# Pages saved as one file


def saved(html: str, encoding: str = "utf-8", *, more: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    """A page as browsers save it with its pictures."""
    whole = MIMEMultipart("related", type="text/html")
    whole["From"] = "<Saved by a browser>"
    whole["Subject"] = Header("澄湖区2024年政务公开工作要点_澄湖区人民政府", "utf-8").encode()
    part = MIMEText(html, "html", encoding)
    part["Content-Location"] = "http://www.chenghu.example/1.html"
    whole.attach(part)
    for kind, content in more:
        other = MIMEBase(*kind.split("/"))
        other.set_payload(content)
        encode_base64(other)
        whole.attach(other)
    return whole.as_bytes()


@pytest.mark.parametrize("encoding", ("utf-8", "gb18030"))
def test_a_page_saved_as_one_file(encoding: str) -> None:
    picture = ("image/png", b"\x89PNG")
    plan = gongkai.read(saved(f"<html><div class=nav><a>首页</a></div>{BODY}", encoding, more=(picture,)))
    assert (plan.title, len(plan.tasks)) == ("澄湖区2024年政务公开工作要点", 1)
    assert plan.source is not None
    assert (plan.source.media_type, plan.source.encoding) == ("multipart/related", encoding)
    assert noise(plan) == {"navigation": "首页"}
    assert plan.findings == ()


def test_the_subject_is_the_title_of_a_page_without_one() -> None:
    plan = gongkai.read(saved("<p>一、公开</p><p>1.公开甲目录。（区甲局负责）</p>"))
    assert plan.title == "澄湖区2024年政务公开工作要点"


def test_other_parts_of_a_file_are_said() -> None:
    frame = ("text/html", "<p>框架</p>".encode())
    plan = gongkai.read(saved(BODY, more=(frame, ("application/msword", b"x"))))
    assert [(found.code, "2" in found.en) for found in plan.findings] == [("R604", True)]


def test_a_mail_of_text() -> None:
    mail = MIMEText("澄湖区2024年政务公开工作要点\n一、公开\n1.公开甲目录。（区甲局负责）", "plain", "gb2312")
    mail["From"] = "office@chenghu.example"
    plan = gongkai.read(mail.as_bytes())
    assert len(plan.tasks) == 1


@pytest.mark.parametrize(
    "data",
    (
        b"MIME-Version: 1.0\nContent-Type: image/png\n\nx",
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\n--b--",
        b"MIME-Version: 1.0\n"
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(3000)
        ),
    ),
    ids=("picture", "nothing", "empty parts", "nested"),
)
def test_files_of_parts_without_text_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="mail or saved page"):
        gongkai.read(data)


# Lines


@pytest.mark.parametrize(
    ("html", "expected"),
    (
        ("<p>一<b>、公</b><span>开</span></p>", ["一、公开"]),
        ("<p>公开\n  目录</p>", ["公开目录"]),
        ("<p>open\n  data</p>", ["open data"]),
        ("<p> 甲 <b> 乙 </b> 丙 </p>", ["甲 乙 丙"]),
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>&nbsp;　甲&nbsp;乙</p>", ["\u00a0\u3000甲\u00a0乙"]),
        ("<p>&nbsp;</p><p>甲</p><p>　</p>", ["甲"]),
        ("<pre>甲\n  乙</pre>", ["甲", "  乙"]),
        ("<p style='white-space: pre-wrap'>甲\n乙</p>", ["甲", "乙"]),
        ("<p>甲<span style='display:block'>乙</span>丙</p>", ["甲", "乙", "丙"]),
        ("<p>公开</p><p hidden>乙</p><p style='DISPLAY: none'>丙</p>", ["公开"]),
        ("<p>甲<script>1</script><!--乙--><textarea>丙</textarea></p>", ["甲"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", ["甲", "乙", "丙", "丁"]),
        ("<p>&lt;甲&gt; &amp; 乙</p>", ["<甲> & 乙"]),
        ("<p>甲<p>乙<div>丙", ["甲", "乙", "丙"]),
    ),
    ids=str,
)
def test_lines_are_those_of_a_browser(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    (
        ("<ol><li>甲<li>乙</ol>", ["1.", "2."]),
        ("<ol start=5><li>甲<li value=9>乙<li>丙</ol>", ["5.", "9.", "10."]),
        ("<ol><li><p>甲</p><p>乙</p></li><li>丙</ol>", ["1.", None, "2."]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", ["一、", "二、"]),
        ("<ol type=a><li>甲</ol><ol style='list-style: none'><li>乙</ol>", [None, None]),
        ("<ol><li>甲<ul><li>乙</ul><li>丙</ol>", ["1.", None, "2."]),
        ("<ol><li></li><li> 甲</ol>", ["2."]),
    ),
    ids=str,
)
def test_numbers_of_lists(html: str, expected: list[str | None]) -> None:
    came = extract_page(html, "page")
    starts = [0, *(at + 1 for at, character in enumerate(came.text) if character == "\n")]
    assert [came.labels.get(start) for start in starts] == expected


# Tables


def grid(came: Extract) -> list[list[tuple[int, int, int, int, str]]]:
    return [
        [
            (
                cell.row,
                cell.column,
                cell.rows,
                cell.columns,
                "|".join(came.text[a:b] for a, b in cell.paragraphs),
            )
            for cell in table.cells
        ]
        for table in came.tables
    ]


def test_cells_stand_in_the_grid() -> None:
    html = (
        "<table><tr><th>任务<th>要求<th colspan=2>单位</tr>"
        "<tr><td rowspan=2>甲<td><p>乙一</p><p>乙二</p><td>丙<td>&nbsp;</tr><tr><td>丁<td rowspan=9>戊<td>己</tr></table>"
    )
    came = extract_page(html, "page")
    assert grid(came) == [
        [
            (0, 0, 1, 1, "任务"),
            (0, 1, 1, 1, "要求"),
            (0, 2, 1, 2, "单位"),
            (1, 0, 2, 1, "甲"),
            (1, 1, 1, 1, "乙一|乙二"),
            (1, 2, 1, 1, "丙"),
            (1, 3, 1, 1, ""),
            (2, 1, 1, 1, "丁"),
            (2, 2, 1, 1, "戊"),
            (2, 3, 1, 1, "己"),
        ]
    ]
    assert [cell.heading for cell in came.tables[0].cells] == [True] * 3 + [False] * 7
    names = [place.name for place in came.places if place.kind is PlaceKind.CELL]
    assert names == ["A1", "B1", "C1", "A2", "B2", "C2", "B3", "C3", "D3"]


@pytest.mark.parametrize(
    "html",
    (
        "<table><tr><td>甲</table>",
        "<table><tr><td>甲<td>乙</table>",
        "<table><tr><td>甲<tr><td>乙</table>",
        "<table><tr><td>索引号：<td>甲<tr><td>发文机构：<td>乙</table>",
        "<table><tr><td>栏目<td>返回<tr><td>甲<td>" + "<p>一、公开目录和指南。</p>" * 20 + "</table>",
    ),
    ids=("a cell", "a row", "a column", "a record", "a layout"),
)
def test_tables_without_data_are_lines(html: str) -> None:
    assert extract_page(html, "page").tables == ()


def test_only_the_innermost_tables_count() -> None:
    inner = "<table><tr><td>任务<td>单位<tr><td>甲<td>乙</table>"
    came = extract_page(f"<table><tr><td>栏目<td>首页<tr><td>导航<td>{inner}</table>", "page")
    assert [[cell[-1] for cell in table] for table in grid(came)] == [["任务", "单位", "甲", "乙"]]


# Findings and errors


def test_entities_escaped_twice_are_said() -> None:
    assert "R601" in codes(f"<p>&amp;nbsp;&amp;nbsp;通知</p>{BODY}")
    assert "R601" not in codes(f"<p>&nbsp;&amp;通知</p>{BODY}")


def test_a_page_that_hides_its_text_is_read_and_says_so() -> None:
    html = f"<div id=js_content style='visibility: hidden'>{BODY}</div><p>阅读</p>"
    assert "R602" in codes(html)
    assert len(gongkai.read(html.encode()).tasks) == 1
    assert "R602" not in codes(f"{BODY}<p hidden>甲</p>")


def test_a_page_without_text_says_so() -> None:
    assert "R603" in codes("<html><body><div id=app></div><script>render()</script></body></html>")
    assert "R603" in codes("<html><frameset><frame src=a.html></frameset></html>")
    assert "R603" not in codes(BODY)


HOSTILE = {
    "nested": "<div>" * 100_000,
    "nested and closed": "<div>" * 100_000 + "1.公开。" + "</div>" * 100_000,
    "nested in lists": "<ul><li>" * 50_000,
    "nested tables": "<table><tr><td>" * 30_000,
    "formatting never closed": "<p>"
    + "".join(f"<font color={at}>" for at in range(1900))
    + "</p>"
    + "<p>公</p>" * 1900,
    "end tags that close nothing": "<a>" + "<b></a>" * 100_000,
    "attributes": "<p " + " ".join(f"a{at}" for at in range(100_000)) + ">公开</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_pages_nested_as_no_document_is_are_refused(name: str) -> None:
    with pytest.raises(ReadError, match="as no document does"):
        gongkai.read(HOSTILE[name].encode())


HARMLESS = {
    "unclosed": "<p><font size=3>1.公开甲目录。" * 20_000,
    "bold": "<b>" * 100_000 + "公开",
    "comments": "<p>公开</p>" + "<!--" * 200_000,
    "angles": "<p>" + "<" * 300_000,
    "entities": "<p>" + "&nbsp;" * 300_000,
    "cells": "<table>" + "<tr><td colspan=1000 rowspan=65534>甲<td>乙" * 3_000 + "</table>",
    "icons": "<svg>" + "<path d='M0 0'/><g/>" * 5_000 + "</svg><p>公开</p>",
    "scripts": "<script>" + "var a='<div>';" * 5_000 + "</script><p>公开</p>",
    "the same line": "<p>公开甲目录，方便群众查阅，接受社会监督，及时回应群众关切的问题。</p>" * 20_000,
    "a null": "<p>公开</p>" * 1000 + "<p>公\0开</p>",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_pages_that_are_only_odd_are_read(name: str) -> None:
    plan = gongkai.read(f"<html><body>{HARMLESS[name]}".encode())
    assert losses(plan) == ()


def test_the_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    with pytest.raises(MissingExtra, match=r"gongkai\[documents\]"):
        extract(BODY.encode(), "page")


# Laws


class Shown(HTMLParser):
    """The characters that a page shows, by another parser."""

    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in {"script", "style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "title"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.text.append(data)


def shown(html: str) -> str:
    parser = Shown()
    parser.feed(html)
    parser.close()
    return "".join("".join(parser.text).split())


WORDS = (
    "一、",
    "1.",
    "公开甲目录。",
    "（区甲局负责）",
    "\n",
    " ",
    "&nbsp;",
    "　",
    "x",
    "2024年",
    "发布日期：",
    "首页",
)
INLINE = ("span", "b", "a", "font")
BLOCKS = ("p", "div", "h2", "section", "center")
CLASSES = ("", " class=nav", " class=TRS_Editor", " id=content", " class='share box'", " class=footer")


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> str:
    """A page that is nested as it should be."""
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        if depth and draw(st.booleans()):
            tag = draw(st.sampled_from(BLOCKS if depth > 2 else INLINE))
            inner = draw(trees(depth=depth - 1))
            if tag in {"p", "h2"}:
                inner = shown(inner).replace("<", "")
            parts.append(f"<{tag}{draw(st.sampled_from(CLASSES))}>{inner}</{tag}>")
        else:
            parts.append("".join(draw(st.lists(st.sampled_from(WORDS), max_size=4))))
    return "".join(parts)


@given(trees())
def test_all_that_a_page_shows_is_in_the_source(html: str) -> None:
    text = extract_page(f"<html><body>{html}</body></html>", "page").text
    assert "".join(text.split()) == shown(html)


def tags() -> Iterator[str]:
    for tag in (
        "p",
        "div",
        "table",
        "tr",
        "td",
        "ol",
        "li",
        "b",
        "a",
        "svg",
        "pre",
        "select",
        "template",
        "body",
        "h1",
    ):
        yield from (f"<{tag}>", f"</{tag}>")
    yield from (
        "<td rowspan=3 colspan=0>",
        "<ol start=x>",
        "<!--",
        "-->",
        "<!doctype html>",
        "<p style='display:none'>",
    )
    yield from (
        "<div class=TRS_Editor>",
        "<ul class=nav>",
        "<frameset>",
        "<![CDATA[",
        "&#0;",
        "&#x110000;",
        "<",
    )


@given(st.lists(st.sampled_from([*WORDS, *tags()]), max_size=60).map("".join))
@example("<table><td>索引号<table><td>发文机构</table>x")
def test_no_page_is_refused_for_its_tags(html: str) -> None:
    plan = gongkai.read(f"<html>{html}".encode())
    assert losses(plan) == ()


@given(st.text(max_size=200))
def test_no_text_in_a_page_is_refused(text: str) -> None:
    try:
        plan = gongkai.read(b"<html><body>" + text.encode("utf-8", "replace"))
    except ReadError:
        return
    assert losses(plan) == ()


@given(st.binary(max_size=300))
def test_any_bytes_in_a_page_are_read_or_refused(data: bytes) -> None:
    try:
        plan = gongkai.read(b"<html><meta charset=gbk>" + data)
    except ReadError:
        return
    assert losses(plan) == ()


def test_lost_characters_in_a_table_are_read_as_they_stand() -> None:
    head = "<tr><th>工作任务</th><th>牵头单位</th></tr>"
    rows = "<tr><td>\ufffd\ufffd公开目录。</td><td>区财政局</td></tr><tr><td>公开(kāi)计划。</td><td>区教委</td></tr>"
    page = f"<html><h1>澄湖区2024年政务公开工作任务分解表</h1><table>{head}{rows}</table></html>"

    plan = gongkai.read(page.encode())

    assert [task.text for task in plan.tasks] == ["\ufffd\ufffd公开目录。", "公开(kāi)计划。"]
    assert losses(plan) == ()
