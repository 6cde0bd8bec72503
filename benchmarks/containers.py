"""What Word documents and workbooks cost: a paragraph or a row takes the same time in large ones.

Budgets: a paragraph of a document of 2,000 and a row of a table of 20,000 take as long as in a document of a
tenth of that. The time of the container is printed beside the time of the whole reading.
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import gongkai
from gongkai.reading.containers import docx, xlsx
from gongkai.reading.extract import Extract

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.documents.package import cell, cells, merges, paragraph, row, table, word, workbook

ITEM = "及时公开第{}批老旧小区改造进展，做好解读和回应。"
TITLE = "澄湖区2024年政务公开工作要点"
HEADS = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
LEVELS = (("chineseCounting", "%1、"), ("decimal", "%2."))
NUMBERS = (
    "<w:abstractNum w:abstractNumId='0'>"
    + "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{style}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
        for at, (style, text) in enumerate(LEVELS)
    )
    + "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)


def numbered(level: int, text: str) -> str:
    """A paragraph with an automatic number."""
    return paragraph(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>")


def paragraphs(count: int) -> bytes:
    """A document of items with automatic numbers, fifty in a chapter."""
    made = [paragraph(TITLE)]
    for at in range(count):
        if at % 50 == 0:
            made.append(numbered(0, "重点工作"))
        clause = "（区住房城乡建设委牵头，各街道配合，完成时限：2024年10月）"
        made.append(numbered(1, ITEM.format(at) + clause))
    return word("".join(made), numbering=NUMBERS)


def rows(count: int) -> list[tuple[str, ...]]:
    """The rows of a task table; every fourth begins a merged cell of bodies."""
    return [
        (
            str(at + 1),
            ITEM.format(at),
            "" if at % 4 else "区住房城乡建设委",
            "区财政局\n各街道",
            "2024年10月底前",
        )
        for at in range(count)
    ]


def document_table(count: int) -> bytes:
    """A document with a task table."""
    begins, goes_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    made = [
        row(number, text, cell(lead, begins if lead else goes_on), other, time_)
        for number, text, lead, other, time_ in rows(count)
    ]
    return word(paragraph(TITLE) + table(row(*HEADS), *made))


def sheet_table(count: int) -> bytes:
    """A workbook with a task table."""
    merged = merges("A1:E1", *(f"C{at}:C{at + 3}" for at in range(3, count + 3, 4)))
    return workbook(cells((TITLE,), HEADS, *rows(count), more=merged))


def growth_of(
    name: str, unit: str, make: Callable[[int], bytes], extract: Callable[[bytes, str], Extract], most: int
) -> None:
    """Print what a paragraph or a row costs, as the document grows."""
    print(f"\n{name}")
    for count in (most // 10, most // 3, most):
        data = make(count)
        gc.collect()
        started = time.process_time()
        extract(data, name)
        opened = time.process_time() - started
        gc.collect()
        started = time.process_time()
        plan = gongkai.read(data)
        took = time.process_time() - started
        assert len(plan.all_tasks) == count, (len(plan.all_tasks), count)
        each = f"{opened / count * 1e6:6.0f} µs of {took / count * 1e6:6.0f} µs a {unit}"
        print(f"  {count:>7} {unit}s  {opened:7.3f} s of {took:7.3f} s  {each}")


def memory_of(name: str, data: bytes, extract: Callable[[bytes, str], Extract]) -> None:
    """Print what opening takes at its highest, beside the size of the text."""
    gc.collect()
    tracemalloc.start()
    came = extract(data, name)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"  {name:<24} {most / 2**20:7.1f} MiB  for {len(came.text) / 2**20:5.1f} MiB of text")


def main() -> None:
    growth_of("docx: paragraphs", "paragraph", paragraphs, docx.extract, 2000)
    growth_of("docx: a task table", "row", document_table, docx.extract, 2000)
    growth_of("xlsx: a task table", "row", sheet_table, xlsx.extract, 20_000)
    print("\nheld at most while a file is opened")
    memory_of("docx, 2000 paragraphs", paragraphs(2000), docx.extract)
    memory_of("xlsx, 20000 rows", sheet_table(20_000), xlsx.extract)


if __name__ == "__main__":
    main()
