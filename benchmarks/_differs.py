"""What other tools match between two versions of a plan: each is given the tasks in the form that suits it.

Each function takes two lists of tasks, as (section, text, clause), and returns pairs of positions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

__all__ = ["RIVALS", "Item", "installed", "sqlglot_trees"]


class Item(NamedTuple):
    """One task as a rival sees it."""

    section: str
    text: str
    clause: str


Pairs = set[tuple[int, int]]


def by_difflib(old: list[Item], new: list[Item]) -> Pairs:
    """Equal lines, and lines that stand for each other in equal numbers."""
    matcher = SequenceMatcher(None, [item.text for item in old], [item.text for item in new], autojunk=False)
    found: Pairs = set()
    for _, start, end, begin, stop in matcher.get_opcodes():
        found.update(zip(range(start, end), range(begin, stop), strict=False))
    return found


def by_deepdiff(old: list[Item], new: list[Item]) -> Pairs:
    """Items of a list in any order, the nearest of what is left paired by distance."""
    from deepdiff import DeepDiff

    left, right = ([item._asdict() for item in side] for side in (old, new))
    diff = DeepDiff(
        left, right, ignore_order=True, view="tree", cutoff_intersection_for_pairs=1, max_passes=1000
    )
    found: Pairs = set()
    gone, come = set[int](), set[int]()
    for name, sides in (("iterable_item_removed", gone), ("iterable_item_added", come)):
        sides.update(level.path(output_format="list")[0] for level in diff.get(name, ()))
    for changes in ("values_changed", "type_changes"):
        for level in diff.get(changes, ()):
            mine = level.path(output_format="list", force="fake")[0]
            theirs = level.path(output_format="list", use_t2=True, force="fake")[0]
            found.add((mine, theirs))
    done = ({mine for mine, _ in found} | gone, {theirs for _, theirs in found} | come)
    waiting: defaultdict[Item, list[int]] = defaultdict(list)
    for place, item in enumerate(new):
        if place not in done[1]:
            waiting[item].append(place)
    for place, item in enumerate(old):
        if place not in done[0] and waiting[item]:
            found.add((place, waiting[item].pop(0)))
    return found


def by_xmldiff(old: list[Item], new: list[Item]) -> Pairs:
    """Elements of a tree."""
    from lxml import etree
    from xmldiff.diff import Differ

    trees = [etree.ElementTree(_xml(side)) for side in (old, new)]
    places = [{tree.getpath(task): place for place, task in enumerate(tree.iter("task"))} for tree in trees]
    found: Pairs = set()
    for match in Differ().match(*trees):
        mine, theirs = (
            side.get(node.getroottree().getpath(node)) for side, node in zip(places, match[:2], strict=True)
        )
        if mine is not None and theirs is not None:
            found.add((mine, theirs))
    return found


def _xml(items: list[Item]) -> Any:
    from lxml import etree

    root = etree.Element("plan")
    section: Any = None
    for item in items:
        if section is None or section.get("heading") != item.section:
            section = etree.SubElement(root, "section", heading=item.section)
        task = etree.SubElement(section, "task", clause=item.clause)
        task.text = item.text
    return root


def by_nbdime(old: list[Item], new: list[Item]) -> Pairs:
    """Cells of a notebook."""
    from nbdime.diffing.notebooks import diff_notebooks

    diff = diff_notebooks(*(_notebook(side) for side in (old, new)))
    cells = next((entry.diff for entry in diff if entry.key == "cells"), [])
    found: Pairs = set()
    mine = theirs = 0
    for entry in sorted(cells, key=lambda entry: (entry.key, entry.op != "addrange")):
        while mine < entry.key:
            found.add((mine, theirs))
            mine, theirs = mine + 1, theirs + 1
        if entry.op == "addrange":
            theirs += len(entry.valuelist)
        elif entry.op == "removerange":
            mine += entry.length
        else:
            found.add((mine, theirs))
            mine, theirs = mine + 1, theirs + 1
    while mine < len(old) and theirs < len(new):
        found.add((mine, theirs))
        mine, theirs = mine + 1, theirs + 1
    return found


def _notebook(items: list[Item]) -> Any:
    import nbformat

    cells = [
        nbformat.v4.new_markdown_cell(f"{item.text}\n{item.clause}", id=f"c{place}")
        for place, item in enumerate(items)
    ]
    for cell in cells:
        del cell["id"]
    return nbformat.v4.new_notebook(cells=cells, nbformat_minor=4)


def sqlglot_trees(items: list[Item]) -> tuple[Any, list[Any]]:
    """A plan as a syntax tree of sqlglot: sections of tasks, each with its text and clause; and the tasks."""
    from sqlglot import exp

    sections: dict[str, list[Any]] = {}
    tasks = []
    for item in items:
        leaves = [exp.Literal.string(item.text), exp.Literal.string(item.clause)]
        task = exp.Anonymous(this="task", expressions=leaves)
        tasks.append(task)
        sections.setdefault(item.section, []).append(task)
    parts = [
        exp.Tuple(expressions=[exp.Literal.string(heading), *inside]) for heading, inside in sections.items()
    ]
    return exp.Array(expressions=parts), tasks


def by_sqlglot(old: list[Item], new: list[Item]) -> Pairs:
    """Nodes of a syntax tree."""
    from sqlglot.diff import Keep, Move, Update, diff

    (left, mine), (right, theirs) = sqlglot_trees(old), sqlglot_trees(new)
    first, second = (
        {id(leaf): place for place, task in enumerate(side) for leaf in [task, task.expressions[0]]}
        for side in (mine, theirs)
    )
    found: Pairs = set()
    for edit in diff(left, right):
        if isinstance(edit, (Keep, Move, Update)):
            one, other = first.get(id(edit.source)), second.get(id(edit.target))
            if one is not None and other is not None:
                found.add((one, other))
    return found


RIVALS: dict[str, Callable[[list[Item], list[Item]], Pairs]] = {
    "sqlglot": by_sqlglot,
    "deepdiff": by_deepdiff,
    "xmldiff": by_xmldiff,
    "nbdime": by_nbdime,
    "difflib": by_difflib,
}


def installed() -> Iterator[str]:
    """The rivals that are there."""
    from importlib.util import find_spec

    yield from (name for name in RIVALS if find_spec(name) is not None)
