"""What reading costs: time beside a plain loop over the lines, memory beside the text, time as a text grows.

Budgets, in one run: all plans together at most 20 × the yardstick (strip every line, match one pattern of
headings); a web page at most 3 × its parser (selectolax) and the reading of its text; a plan holds at most
40 KiB beside its text; the time that a character takes does not grow with the text, but for the garbage
collector's part, which a large plan makes about as large as the reader's own.

The plans are four real ones of Beijing where ``GONGKAI_CORPUS`` names the folder that holds them, else the
shipped examples.
"""

from __future__ import annotations

import gc
import os
import re
import time
import tracemalloc
from collections.abc import Callable
from html import escape
from pathlib import Path

from _harness import table

from gongkai import examples, parse, read
from gongkai.reading.containers.html import extract_page

REAL = ("dongcheng-2024", "xicheng-2020", "shijingshan-2018", "beijing-culture-tourism-2023")
HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])")
LARGEST = 30_000_000  # bytes in UTF-8


def plans() -> dict[str, str]:
    """The texts of the plans, by name."""
    folder = os.environ.get("GONGKAI_CORPUS")
    if folder:
        return {name: (Path(folder) / "corpus" / f"{name}.txt").read_text(encoding="utf-8") for name in REAL}
    return {name: examples.text(name) for name in examples.names()}


def time_of(texts: dict[str, str]) -> None:
    """Print the ratio to the yardstick, and what a task costs."""

    def yardstick() -> None:
        for text in texts.values():
            for line in text.splitlines():
                HEADING.match(line.strip())

    def reading() -> None:
        for text in texts.values():
            parse(text)

    cases: dict[str, Callable[[], object]] = {"strip and match": yardstick, "parse": reading}
    table(f"{len(texts)} plans (budget: 20 ×)", cases, yardstick="strip and match", rounds=20)
    tasks = sum(len(parse(text).all_tasks) for text in texts.values())
    started = time.perf_counter()
    reading()
    print(f"  {(time.perf_counter() - started) / tasks * 1e6:.1f} µs a task, {tasks} tasks")


def pages(texts: dict[str, str]) -> dict[str, str]:
    """Web pages, by name: real ones where the folder is named, else the plans in styled runs."""
    folder = os.environ.get("GONGKAI_CORPUS")
    if folder:
        found = sorted((Path(folder) / "corpus").glob("*.html"))
        return {path.name: path.read_text(encoding="utf-8") for path in found}
    run = '<span style="font-family:仿宋_GB2312;font-size:16pt">{}</span>'
    return {
        f"{name}.html": '<html><body><div class="TRS_Editor">{}</div></body></html>'.format(
            "".join(f"<p>{run.format(escape(line))}</p>\n" for line in text.splitlines())
        )
        for name, text in texts.items()
    }


def time_of_pages(saved: dict[str, str]) -> None:
    """Print the ratio of reading each page to parsing it and reading its text."""
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        print("\nno selectolax (extra documents): pages are not measured")
        return
    for name, page in saved.items():
        text = extract_page(page, name).text
        data = page.encode()

        def apart(page: str = page, text: str = text) -> None:
            LexborHTMLParser(page)
            parse(text)

        def whole(data: bytes = data) -> None:
            read(data)

        table(f"{name} (budget: 3 ×)", {"parser and text": apart, "read": whole}, yardstick="parser and text")


def memory_of(texts: dict[str, str]) -> None:
    """Print what each plan holds beside its text, once the words that plans share have been seen."""
    print("\nheld for a plan beside its text (budget: 40 KiB)")
    sizes: list[float] = []
    for name, text in texts.items():
        gc.collect()
        tracemalloc.start()
        plan = parse(text)
        gc.collect()
        sizes.append(tracemalloc.get_traced_memory()[0] / 1024)
        tracemalloc.stop()
        print(f"  {name:<30} {sizes[-1]:6.1f} KiB  {len(plan.all_tasks)} tasks")
    print(f"  {'mean':<30} {sum(sizes) / len(sizes):6.1f} KiB")


def growth_of(name: str, text: str) -> None:
    """Print the time a character takes as the text is repeated, up to the largest text."""
    print(f"\n{name}, repeated")
    most = LARGEST // len(text.encode())
    for times in sorted({1, 10, 100, 1000, most}):
        if times > most:
            continue
        whole = "\n".join([text] * times)
        gc.collect()
        started = time.perf_counter()
        parse(whole)
        took = time.perf_counter() - started
        each = took / len(whole) * 1e9
        print(f"  {times:>7} ×  {len(whole):>10} characters  {took:8.3f} s  {each:6.0f} ns each")


def main() -> None:
    texts = plans()
    for text in texts.values():
        parse(text)
    time_of(texts)
    time_of_pages(pages(texts))
    memory_of(texts)
    name = next(iter(texts))
    growth_of(name, texts[name])
    growth_of("an item", "1.及时公开老旧小区改造进展。（区住房城乡建设委负责落实，完成时限：2024年10月）")


if __name__ == "__main__":
    main()
