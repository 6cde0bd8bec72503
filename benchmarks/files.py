"""What files cost beside the reading of their text: decoding, pages of PDF, many files in several processes.

Budgets: decoding a text takes at most half the time of reading it; a page of a PDF takes the same time in a
long document; two processes that have a processor each read many files in clearly less time than one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from _harness import best

from gongkai import examples, parse, read_many
from gongkai.reading.containers import pdf
from gongkai.reading.containers.encodings import decoded

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.helpers_pdf import Sheet
from tests.helpers_pdf import pdf as made

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-le")
LINE = "及时公开老旧小区改造进展，做好解读和回应，按季度"
FILES = 40


def decoding() -> None:
    """Print what decoding costs beside reading."""
    text = examples.text("chenghu-2024")
    reading = best(lambda: parse(text))
    print(f"\ndecoding a plan of {len(text)} characters (budget: 50 % of reading it)")
    for encoding in ENCODINGS:
        data = text.encode(encoding, "ignore")
        took = best(lambda data=data: decoded(data, "bytes"))  # type: ignore[misc]
        print(f"  {encoding:<10} {took * 1e6:8.0f} µs  {took / reading:6.1%}")


def pages() -> None:
    """Print what a page of a PDF costs, as the document grows."""
    print("\nPDF: pages of 24 lines")
    for count in (25, 100, 400):
        sheet = Sheet().lines(80, 130, [LINE] * 24, 16, 26).text(285, 800, "— 1 —", 12)
        data = made(*[sheet] * count)
        started = time.perf_counter()
        pdf.extract(data, "bytes")
        took = time.perf_counter() - started
        print(f"  {count:>5} pages  {took:7.3f} s  {took / count * 1e3:6.2f} ms a page")


def many() -> None:
    """Print what several processes save; starting them takes its time."""
    sheet = Sheet().lines(80, 130, [LINE] * 24, 16, 26).text(285, 800, "— 1 —", 12)
    data = made(*[sheet] * 20)
    print(f"\nread_many: {FILES} PDF files of 20 pages")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{at}.pdf" for at in range(FILES)]
        for path in paths:
            path.write_bytes(data)
        for workers in (1, 2, 4):
            started = time.perf_counter()
            assert all(outcome.plan for outcome in read_many(paths, workers=workers))
            print(f"  {workers} workers  {time.perf_counter() - started:6.2f} s")


def main() -> None:
    decoding()
    pages()
    many()


if __name__ == "__main__":
    main()
