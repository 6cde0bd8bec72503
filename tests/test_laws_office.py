"""Laws of Office files: damage of any kind gives a plan that lost nothing, or one clear error."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import ReadError, examples
from gongkai.testing import losses
from tests.documents.package import unzipped, zipped
from tests.documents.sheet import workbook_of
from tests.documents.tables import LAYOUTS, grid_of, rows_of
from tests.documents.word import numbered, with_table

VALUES = [
    "",
    "0",
    "-1",
    "2",
    "x",
    "99999999999",
    "continue",
    "%1%2",
    "A1:XFD1048576",
    "ZZZZ1",
    "1E400",
    "true",
]
NAMES = st.sampled_from(["numbers", "table", "sheet"])
PARTS = re.compile(r"document\.xml|sheet\d\.xml|numbering|styles|sharedStrings|workbook|header")
#: A tag, an element without elements in it, the value of an attribute.
TARGETS = (r"<[^>]+>", r"<([\w:]+)\b[^<>]*>[^<]*</\1>", r'(?<==")[^"]*(?=")')


@cache
def documents() -> dict[str, bytes]:
    """A few small documents: numbers, merged cells, workbooks."""
    plan = examples.load("chenghu-2024")
    rows = rows_of(plan)[:5]
    shared, merged = LAYOUTS[4], LAYOUTS[2]
    return {
        "numbers": numbered(examples.text("chenghu-2024")[:2500], plan.title),
        "table": with_table([plan.title], grid_of(rows, shared, plan.title)),
        "sheet": workbook_of(grid_of(rows, merged._replace(title=True), plan.title)),
    }


def damaged(xml: str, data: st.DataObject) -> str:
    """The text of a part with something in it changed."""
    found = [place.span() for place in re.finditer(data.draw(st.sampled_from(TARGETS)), xml)]
    if not found:
        return xml
    start, end = data.draw(st.sampled_from(found))
    new = data.draw(st.sampled_from([*VALUES, xml[start:end] * 2]))
    return xml[:start] + new + xml[end:]


@given(name=NAMES, data=st.data())
def test_damaged_parts_give_a_plan_or_an_error(name: str, data: st.DataObject) -> None:
    parts = unzipped(documents()[name])
    for _ in range(data.draw(st.integers(1, 4))):
        part = data.draw(st.sampled_from([part for part in parts if PARTS.search(part)]))
        parts[part] = damaged(parts[part].decode(), data).encode()
    with suppress(ReadError):
        assert losses(gongkai.read(zipped(parts))) == ()


@given(name=NAMES, data=st.data())
def test_damaged_bytes_give_a_plan_or_an_error(name: str, data: st.DataObject) -> None:
    changed = bytearray(documents()[name])
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ReadError):
        assert losses(gongkai.read(bytes(changed))) == ()


@given(name=NAMES, cut=st.floats(0, 1, exclude_max=True))
def test_files_cut_off_are_refused(name: str, cut: float) -> None:
    whole = documents()[name]
    length = int(cut * len(whole))
    if length > 4:
        with pytest.raises(ReadError):
            gongkai.read(whole[:length])
