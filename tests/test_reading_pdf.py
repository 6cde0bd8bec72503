"""PDF: lines, paragraphs, columns, tables and furniture, told from where characters stand."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import gongkai
from gongkai import ReadError, examples
from gongkai.errors import MissingExtra
from gongkai.reading.extract import Extract
from gongkai.testing import losses
from tests.documents.pdf import to_pdf
from tests.documents.tables import LAYOUTS, Layout, grid_of, read_rows, rows_of
from tests.documents.word import numbered, with_table
from tests.helpers_pdf import HEIGHT, WIDTH, Sheet, assembled, pdf

pytest.importorskip("pypdfium2")

from gongkai.reading.containers.pdf import extract

LEFT, RIGHT = 80, 520
SIZE = 16
FULL = (RIGHT - LEFT) // SIZE  # characters in a line


def set_in_lines(text: str, *, indent: int = 2, width: int = FULL) -> list[tuple[int, str]]:
    """Break a paragraph into lines: how far each is indented, and its text."""
    lines: list[tuple[int, str]] = []
    line, room = "", width - indent
    for character in text:
        taken = sum(1.0 if other > "\x7f" else 0.5 for other in line + character)
        if taken > room:
            lines.append((width - room, line))
            line, room = "", width
        line += character
    return [*lines, (width - room, line)]


def set_in_pages(
    paragraphs: list[str], *, rows: int = 20, head: str = "", number: bool = True
) -> list[Sheet]:
    """Set paragraphs on pages as an office does: indented by two characters, with a page number."""
    lines = [line for text in paragraphs for line in set_in_lines(text)]
    sheets: list[Sheet] = []
    for at in range(0, len(lines), rows):
        sheet = Sheet()
        if head:
            sheet.text(250, 60, head, 9)
        for row, (indent, text) in enumerate(lines[at : at + rows]):
            sheet.text(LEFT + indent * SIZE, 130 + 28 * row, text, SIZE)
        if number:
            sheet.text(285, 800, f"— {len(sheets) + 1} —", 12)
        sheets.append(sheet)
    return sheets


def lines_of(found: Extract) -> list[str]:
    return found.text.splitlines()


def cells_of(found: Extract) -> dict[tuple[int, int], list[str]]:
    """The paragraphs of all cells of the only table, by row and column."""
    (table,) = found.tables
    return {
        (cell.row, cell.column): [found.text[start:end] for start, end in cell.paragraphs]
        for cell in table.cells
    }


PLAN = [
    "澄湖区2024年政务公开工作要点",
    "一、深化重点领域信息公开",
    "1.及时公开老旧小区改造和加装电梯的进展情况，按季度公开专项资金的使用情况，重点做好征收补偿信息公开。（区住房城乡建设委、区财政局按职责分工负责）",
    "2.公开义务教育招生政策。（区教委负责落实，完成时限：2024年6月）",
    "二、加强政策解读",
    "3.对涉及群众切身利益、社会关注度高的重要政策，综合运用多种方式解读，提高解读的针对性和有效性，同步在政府网站和政务新媒体发布。（各部门负责落实）",
]


def test_lines_are_joined_and_pages_do_not_break_sentences() -> None:
    data = pdf(*set_in_pages(PLAN, rows=4, head="政务公开文件选编"))
    found = extract(data, "bytes")
    texts = [line for line in lines_of(found) if line != "政务公开文件选编" and not line.startswith("—")]
    assert texts == PLAN
    assert {noise.name for noise in found.noise} == {"page-head", "page-number"}
    plan = gongkai.read(data)
    assert plan == gongkai.parse("\n".join(PLAN))
    assert losses(plan) == ()
    assert not plan.findings
    assert plan.source is not None
    assert plan.source.media_type == "application/pdf"


def test_every_character_has_its_page() -> None:
    plan = gongkai.read(pdf(*set_in_pages(PLAN, rows=4)))
    assert plan.source is not None
    text = plan.source.text or ""
    pages = {
        at: plan.source.places_of(text.index(at))[0].name
        for at in ("澄湖区", "分工负责", "综合运用", "— 2 —")
    }
    assert pages == {"澄湖区": "1", "分工负责": "2", "综合运用": "3", "— 2 —": "2"}


def test_reading_order_is_not_the_order_of_the_file() -> None:
    sheet = Sheet()
    lines = [line for paragraph in PLAN for line in set_in_lines(paragraph)]
    for row, (indent, text) in reversed(list(enumerate(lines))):
        for at, character in reversed(list(enumerate(text))):
            before = sum(1.0 if other > "\x7f" else 0.5 for other in text[:at])
            sheet.text(LEFT + (indent + before) * SIZE, 130 + 28 * row, character, SIZE)
    assert lines_of(extract(pdf(sheet), "bytes"))[1:2] == PLAN[1:2]
    assert len(lines_of(extract(pdf(sheet), "bytes"))) == len(PLAN)


def test_paragraphs_without_indent_begin_below_short_lines_and_with_labels() -> None:
    texts = ["1." + "公" * (2 * FULL - 1), "2." + "开" * (FULL + 5) + "。", "末段" + "文" * FULL]
    sheet = Sheet()
    row = 0
    for text in texts:
        for _, line in set_in_lines(text, indent=0):
            sheet.text(LEFT, 130 + 28 * row, line, SIZE)
            row += 1
    assert lines_of(extract(pdf(sheet), "bytes")) == texts


def test_a_title_over_several_lines_is_one() -> None:
    sheet = Sheet()
    for row, text in enumerate(("澄湖区人民政府办公室关于印发", "2024年政务公开", "工作要点的通知")):
        wide = sum(1.0 if character > "\x7f" else 0.5 for character in text) * 22
        sheet.text((LEFT + RIGHT - wide) / 2, 100 + 34 * row, text, 22)
    sheet.text(250, 220, "澄政办发〔2024〕1号", SIZE)
    lines = [line for paragraph in PLAN[1:] for line in set_in_lines(paragraph)]
    for row, (indent, text) in enumerate(lines):
        sheet.text(LEFT + indent * SIZE, 260 + 28 * row, text, SIZE)
    found = lines_of(extract(pdf(sheet), "bytes"))
    assert found[:3] == [
        "澄湖区人民政府办公室关于印发2024年政务公开工作要点的通知",
        "澄政办发〔2024〕1号",
        PLAN[1],
    ]


def test_a_list_of_short_lines_stays_a_list() -> None:
    names = ["区财政局", "区教委", "区住房城乡建设委", "各街道"]
    assert lines_of(extract(pdf(Sheet().lines(LEFT, 130, names, SIZE)), "bytes")) == names


def test_words_are_parted_and_hyphens_left_out() -> None:
    lines = [
        "Open government information shall be pub-",
        "lished on the government's",
        "website. " + "x" * 60,
    ]
    sheet = Sheet().lines(LEFT, 130, ["y" * 44] * 3, SIZE).lines(LEFT, 130 + 3 * 18, lines, SIZE)
    assert "shall be published on" in extract(pdf(sheet), "bytes").text


def test_gaps_are_spaces_and_what_is_drawn_twice_is_read_once() -> None:
    sheet = Sheet()
    for at, character in enumerate("索引号"):
        sheet.text(LEFT + 30 * at, 130, character, SIZE)
    sheet.text(LEFT, 160, "公开目录", SIZE).text(LEFT + 0.3, 160, "公开目录", SIZE)
    assert lines_of(extract(pdf(sheet), "bytes")) == ["索 引 号", "公开目录"]


def test_columns_are_read_one_after_the_other() -> None:
    width = 12
    left = "左栏" + "甲" * (width * 9) + "左末。"
    right = "右栏" + "乙" * (width * 8) + "右末。"
    sheet = Sheet().text(LEFT, 100, "澄湖区人民政府公报2024年第3期目录和全文汇编本", SIZE)
    for text, x in ((left, LEFT), (right, LEFT + (width + 3) * SIZE)):
        for row, (indent, line) in enumerate(set_in_lines(text, width=width)):
            sheet.text(x + indent * SIZE, 140 + 24 * row + (9 if x > LEFT else 0), line, SIZE)
    assert lines_of(extract(pdf(sheet), "bytes"))[1:] == [left, right]


HEAD = ["序号", "工作任务", "责任单位"]
XS = [80.0, 120.0, 320.0, 440.0]


def row_of(sheet: Sheet, y: float, texts: list[list[str]]) -> None:
    for x, lines in zip(XS, texts, strict=False):
        sheet.lines(x + 4, y + 14, lines, 10, 14)


def test_ruled_cells_are_a_table() -> None:
    sheet = Sheet().text(LEFT, 100, "澄湖区2024年政务公开工作任务分解表", 18)
    sheet.grid(XS, [130, 150, 200, 250])
    row_of(sheet, 130, [[name] for name in HEAD])
    row_of(
        sheet, 150, [["1"], ["及时公开老旧小区改造的进展情况和资金", "使用情况。"], ["区财政局", "各街道"]]
    )
    row_of(sheet, 200, [["2"], ["公开招生政策。"], []])
    sheet.text(LEFT, 280, "以上任务由各单位负责。", 10)
    found = extract(pdf(sheet), "bytes")
    assert cells_of(found) == {
        **{(0, at): [name] for at, name in enumerate(HEAD)},
        (1, 0): ["1"],
        (1, 1): ["及时公开老旧小区改造的进展情况和资金使用情况。"],
        (1, 2): ["区财政局", "各街道"],
        (2, 0): ["2"],
        (2, 1): ["公开招生政策。"],
        (2, 2): [],
    }
    (table,) = found.tables
    assert found.text[: table.start] == "澄湖区2024年政务公开工作任务分解表\n"
    assert found.text[table.end :] == "以上任务由各单位负责。\n"
    places = [(place.kind.value, place.name) for place in found.places]
    assert places[:4] == [("page", "1"), ("table", "1"), ("cell", "A1"), ("cell", "B1")]
    assert places[-1] == ("page", "1")


def test_merged_cells_span_rows_and_columns() -> None:
    sheet = Sheet()
    for y in (100, 120, 200):
        sheet.rule(XS[0], y, XS[-1], y)
    sheet.rule(XS[1], 160, XS[-1], 160)  # the first cell spans two rows
    for x in XS:
        sheet.rule(x, 120, x, 200)
    sheet.rule(XS[0], 100, XS[0], 120).rule(XS[-1], 100, XS[-1], 120)  # the first row is one cell
    sheet.text(200, 114, "一、重点领域").text(84, 134, "1").text(124, 134, "公开甲").text(124, 174, "公开乙")
    (table,) = extract(pdf(sheet), "bytes").tables
    spans = {(cell.row, cell.column): (cell.rows, cell.columns) for cell in table.cells}
    assert spans == {
        (0, 0): (1, 3),
        (1, 0): (2, 1),
        (1, 1): (1, 1),
        (1, 2): (1, 1),
        (2, 1): (1, 1),
        (2, 2): (1, 1),
    }


def test_a_table_goes_on_over_pages_and_a_row_that_was_broken_is_one() -> None:
    first, second = Sheet(), Sheet()
    first.grid(XS, [130, 150, 190]).text(285, 800, "1", 10)
    row_of(first, 130, [[name] for name in HEAD])
    row_of(
        first,
        150,
        [
            ["1"],
            ["及时公开老旧小区改造的进展情况和资金", "使用情况，重点做好征收补偿信息公开工"],
            ["区财政局"],
        ],
    )
    second.grid(XS, [130, 150, 190]).text(285, 800, "2", 10)
    row_of(second, 130, [[], ["作。"], []])
    row_of(second, 150, [["2"], ["公开招生政策。"], ["区教委"]])
    found = extract(pdf(first, second), "bytes")
    cells = cells_of(found)
    assert cells[1, 1] == ["及时公开老旧小区改造的进展情况和资金使用情况，重点做好征收补偿信息公开工作。"]
    assert cells[2, 1] == ["公开招生政策。"]
    assert len(cells) == 9
    assert [found.text[noise.start : noise.end] for noise in found.noise] == ["1", "2"]


def test_a_merged_cell_goes_on_over_pages() -> None:
    xs = [80.0, 200.0, 400.0]
    first, second = Sheet(), Sheet()
    for sheet in (first, second):
        for x in xs:
            sheet.rule(x, 130, x, 190)
        sheet.rule(80, 130, 400, 130).rule(200, 160, 400, 160).rule(80, 190, 400, 190)
    first.text(84, 144, "深化公开").text(204, 144, "公开甲。").text(204, 174, "公开乙。")
    second.text(204, 144, "公开丙。").text(204, 174, "公开丁。")
    (table,) = extract(pdf(first, second), "bytes").tables
    assert [(cell.row, cell.rows) for cell in table.cells if not cell.column] == [(0, 4)]
    assert [cell.row for cell in table.cells if cell.column] == [0, 1, 2, 3]


def test_a_frame_around_text_is_no_table() -> None:
    sheet = Sheet().grid([70, 530], [100, 200]).lines(LEFT, 130, ["公开目录", "公开指南"], SIZE)
    found = extract(pdf(sheet), "bytes")
    assert (found.tables, lines_of(found)) == ((), ["公开目录", "公开指南"])


def test_columns_below_known_heads_are_a_table_without_lines() -> None:
    """Cells stand in the middle of their rows, as web pages print them; a merged one beside four rows."""
    first, second = Sheet(), Sheet()
    first.text(LEFT, 60, "澄湖区2024年政务公开工作任务分解表", 18)
    for x, text in zip((95, 200, 345), ("工作任务", "工作要求", "责任单位"), strict=True):
        first.text(x, 100, text)
    first.lines(90, 149, ["深化重点", "领域公开"], 10, 14)
    first.lines(152, 134, ["公开老旧小区改造的进展情况和资", "金使用情况。"], 10, 14)
    first.text(345, 141, "区财政局")
    first.text(152, 185, "公开招生政策。").lines(345, 178, ["区教委、各", "街道"], 10, 14)
    first.text(285, 800, "1", 10)
    second.text(90, 134, "加强解读").text(152, 134, "解读重要政策。").text(345, 134, "各部门")
    second.text(LEFT, 200, "以上任务由各单位按照各自的职责分别负责，并在年底以前报送完成的情况。", 10)
    second.text(285, 800, "2", 10)
    found = extract(pdf(first, second), "bytes")
    cells = cells_of(found)
    assert {place: texts for place, texts in cells.items() if texts} == {
        **{(0, at): [text] for at, text in enumerate(("工作任务", "工作要求", "责任单位"))},
        (1, 0): ["深化重点领域公开"],
        (1, 1): ["公开老旧小区改造的进展情况和资金使用情况。"],
        (1, 2): ["区财政局"],
        (2, 1): ["公开招生政策。"],
        (2, 2): ["区教委、各街道"],
        (3, 0): ["加强解读"],
        (3, 1): ["解读重要政策。"],
        (3, 2): ["各部门"],
    }
    (table,) = found.tables
    assert next(cell.rows for cell in table.cells if (cell.row, cell.column) == (1, 0)) == 2
    plan = gongkai.read(pdf(first, second))
    assert [task.text for task in plan.all_tasks] == [cells[at, 1][0] for at in (1, 2, 3)]
    assert losses(plan) == ()


def test_known_heads_in_a_sentence_make_no_table() -> None:
    sheet = Sheet()
    for row, text in enumerate(
        ["任务  单位  时限", *["及时公开老旧小区改造和加装电梯的进展情况和资金使用情况"] * 5]
    ):
        sheet.text(LEFT, 130 + 28 * row, text, SIZE)
    assert extract(pdf(sheet), "bytes").tables == ()


@pytest.mark.parametrize("turn", (1, 2, 3))
def test_pages_that_are_turned_are_read(turn: int) -> None:
    sheet = Sheet(rotate=90 * turn)
    across = {1: (100, 700, 28, 0), 2: (500, 700, 0, -28), 3: (500, 100, -28, 0)}[turn]
    x, y, right, down = across
    for at, text in enumerate(("横排第一行", "横排第二行", "横排第三行")):
        sheet.text(x + at * right, y + at * down, text, SIZE, turn=turn)
    assert lines_of(extract(pdf(sheet), "bytes")) == ["横排第一行", "横排第二行", "横排第三行"]


def test_text_that_runs_another_way_is_page_noise() -> None:
    sheet = Sheet().lines(LEFT, 130, ["公开目录", "公开指南"], SIZE).text(40, 500, "装订线", SIZE, turn=1)
    found = extract(pdf(sheet), "bytes")
    assert [(found.text[noise.start : noise.end], noise.name) for noise in found.noise] == [
        ("装订线", "aside")
    ]


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    found = extract(pdf(Sheet().text(LEFT, 130, "\u2f42件\u2f50较，\u2ec5面\uf900", SIZE, font="M")), "bytes")
    assert found.text == "文件比较，见面豈\n"
    assert [item.code for item in found.findings] == ["R645"]


def test_unknown_characters_are_said() -> None:
    sheet = Sheet().text(LEFT, 130, "公开目录和公开指南", SIZE).text(LEFT, 160, "公开", SIZE, font="N")
    found = extract(pdf(sheet), "bytes")
    assert found.text == "公开目录和公开指南\n\ufffd\ufffd\n"
    (item,) = found.findings
    assert (item.code, item.span) == ("R644", gongkai.Span(10, 11))


def test_pictures_among_pages_are_said() -> None:
    found = extract(pdf(Sheet().text(LEFT, 130, "公开目录", SIZE), Sheet().picture()), "bytes")
    (item,) = found.findings
    assert (item.code, item.en) == ("R643", "pages with pictures and no text: 2")


@pytest.mark.parametrize(
    ("data", "reason", "hint"),
    (
        (pdf(Sheet().picture(), Sheet().picture()), "scan", "OCR"),
        (pdf(Sheet()), "an empty page", "see what it holds"),
        (pdf(*[Sheet() for _ in range(10_000)]), "10000 pages and no text", "see what it holds"),
        (pdf(Sheet().text(80, 130, "公开目录", font="N")), "do not say which characters", "OCR"),
        (b"%PDF-1.7\n", "damaged", "fetch"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 99, "damaged", "fetch"),
        (assembled({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[2 0 R]>>"}), "", ""),
        (
            pdf(Sheet(), trailer=f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'00' * 32}>/P -4>>"),
            "password",
            "take the password away",
        ),
    ),
    ids=("scan", "empty", "many empty", "no characters", "cut off", "noise", "a circle", "password"),
)
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(data: bytes, reason: str, hint: str) -> None:
    with pytest.raises(ReadError) as caught:
        gongkai.read(data)
    assert reason in caught.value.reason
    assert hint in caught.value.hint


def test_bombs_are_refused_before_they_go_off() -> None:
    bomb = zlib.compress(zlib.compress(b" " * 250_000_000, 9), 9)
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents 4 0 R>>".encode()
    filters = b"/Filter[/FlateDecode/FlateDecode]"
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: page,
        4: b"<<%s/Length %d>>\nstream\n%s\nendstream" % (filters, len(bomb), bomb),
    }
    with pytest.raises(ReadError, match="unpacks to far more"):
        gongkai.read(assembled(bodies))


def test_what_is_left_out_of_an_endless_document_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.reading.containers.pdf._MOST_GLYPHS", 5)
    found = extract(pdf(*[Sheet().text(LEFT, 130, "公开目录", SIZE) for _ in range(4)]), "bytes")
    assert [(item.code, item.severity) for item in found.findings] == [("R646", "error")]
    assert found.text.count("公开目录") == 2


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(MissingExtra, match=r"gongkai\[documents\]"):
        gongkai.read(pdf(Sheet()))


@pytest.mark.parametrize("name", examples.names())
def test_examples_set_in_pages_are_read_as_their_texts(name: str) -> None:
    paragraphs = [line.strip() for line in examples.text(name).splitlines() if line.strip()]
    printable = [
        text for text in paragraphs if len(text.encode("gb2312", "ignore").decode("gb2312")) == len(text)
    ]
    plan = gongkai.read(pdf(*set_in_pages(printable)))
    assert losses(plan) == ()
    text = "\n".join(printable)
    assert [task.text for task in plan.all_tasks] == [task.text for task in gongkai.parse(text).all_tasks]


def test_a_word_document_printed_by_libreoffice_is_read_as_its_plan(tmp_path: Path) -> None:
    plan = examples.load("chenghu-2024")
    read = gongkai.read(to_pdf(numbered(examples.text("chenghu-2024"), plan.title), tmp_path))
    assert read == plan
    assert losses(read) == ()


@pytest.mark.parametrize("layout", LAYOUTS[2:4], ids=lambda layout: layout.name)
def test_a_table_printed_by_libreoffice_is_read_as_its_rows(layout: Layout, tmp_path: Path) -> None:
    plan = examples.load("chenghu-2024")
    rows = rows_of(plan)
    grid = grid_of(rows, layout._replace(title=False), plan.title)
    read = gongkai.read(to_pdf(with_table([plan.title], grid, plan.title), tmp_path))
    assert list(read_rows(read)) == rows
    assert losses(read) == ()


def test_threads_take_turns() -> None:
    data = [pdf(*set_in_pages([*PLAN, f"{at}.公开目录。（区甲局负责）"])) for at in range(4, 12)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(gongkai.read, data)) == [gongkai.read(each) for each in data]
