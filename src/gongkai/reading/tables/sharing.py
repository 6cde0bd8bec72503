"""Which names of a row stand in which column, where nothing shows where one cell ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gongkai.reading.lines import BLANK
from gongkai.reading.tables.assembling import Ranges
from gongkai.reading.tables.names import Name, Run, is_group

__all__ = ["groups_of", "names_group", "share_groups"]


def groups_of(source: str, run: Run) -> list[list[Name]]:
    """Return names that separators join; where nothing or a blank parts them, a new line begins."""
    groups = [[run.names[0]]]
    for before, name in pairwise(run.names):
        if source[before.end : name.start].strip(BLANK):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def names_group(source: str, names: Sequence[Name]) -> bool:
    """Tell whether one of the names is a collective (各部门)."""
    return any(is_group(source[name.start : name.end]) for name in names)


def share_groups(
    source: str, groups: Sequence[Sequence[Name]], columns: Sequence[int], *, blank: bool
) -> tuple[dict[int, Ranges], bool]:
    """Return the cells of bodies by column, and whether that was a guess.

    What names a collective stands in the last column, what stands before it in the first. Where nobody is a
    collective, the first column has all that stands before the last group of several.

    Args:
        source: the text.
        groups: the names, by cell or line.
        columns: the columns of bodies, from left to right.
        blank: whether a blank stands before the first name, which may be an empty cell.
    """
    cells = [(group[0].start, group[-1].end) for group in groups]
    if len(columns) == 1:
        return {columns[0]: tuple(cells)}, False
    cut = next((at for at, group in enumerate(groups) if names_group(source, group)), -1)
    guessed = cut < 0 or len(columns) > 2
    if cut < 0 and blank and len(groups) == 1:
        cut = 0
    elif cut < 0:
        cut = max(len(groups) - 1, 1) if len(groups[-1]) > 1 else 1
    placed: dict[int, Ranges] = {}
    if cells[:cut]:
        placed[columns[0]] = tuple(cells[:cut])
    if cells[cut:]:
        placed[columns[-1]] = tuple(cells[cut:])
    return placed, guessed
