"""Lines put into somebody's file and taken out: the file is what it was, to the byte."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.cli.git.blocks import find, put, take

LINES = ('[merge "gongkai"]', "\tname = 逐项", "\tdriver = x %O")

#: Files as they may be: any bytes, line ends of all sorts, nothing of ours.
FILES = st.lists(st.sampled_from([b"[a]", b"\tb = 1", b"# x", b"\xff\x00", b"\r", b"\n", b"\r\n", b""])).map(
    b"".join
)


@given(FILES)
@example(b"")
@example(b"a\r")
@example(b"\r\na")
def test_taking_out_inverts_putting_in(data: bytes) -> None:
    made = put(data, LINES)
    block = find(made)
    assert block is not None
    assert block.own
    assert block.lines == LINES
    assert take(made) == (data, ())


@given(FILES)
def test_putting_in_twice_is_once(data: bytes) -> None:
    made = put(data, LINES)
    assert put(made, LINES) == made
    assert take(put(made, LINES[:1])) == (data, ())


def test_a_file_that_was_not_there_is_gone() -> None:
    assert take(put(None, LINES)) == (None, ())
    assert take(put(None, LINES) + b"more\n") == (b"more\n", ())


@given(FILES, FILES)
def test_what_is_added_around_stays(before: bytes, after: bytes) -> None:
    made = put(before, LINES) + after
    left = take(made).data
    assert left is not None
    assert left.startswith(before)
    assert left.endswith(after)


def test_lines_of_others_inside_stay() -> None:
    made = put(b"[a]\n", LINES).replace(b"\tname", b"\tmine = 1\n\tname")
    taken = take(made, LINES.__contains__)
    assert taken.left == ('[merge "gongkai"]', "\tmine = 1")
    assert taken.data == b'[a]\n[merge "gongkai"]\n\tmine = 1\n'


@pytest.mark.parametrize("mark", (b"# gongkai begin", b"# gongkai end"))
def test_half_a_block_is_told(mark: bytes) -> None:
    broken = put(b"[a]\n", LINES).replace(mark, b"# ")
    for act in (find, lambda data: put(data, LINES), take):
        with pytest.raises(ValueError, match="begin and end"):
            act(broken)
