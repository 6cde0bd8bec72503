"""Plans side by side as a part of a report: a matter a row, a plan a column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gongkai.merging import Cell, Consolidation, Presence
from gongkai.views._flow import fitting
from gongkai.views._history_rows import label_of
from gongkai.views._html import Html, join, tag
from gongkai.views._matter_rows import SIGNS, MatterHead, MatterLine, having_counts, matter_lines
from gongkai.views._page_tools import anchor, item
from gongkai.views._parts_html import Look, chips
from gongkai.views._task_index import TaskIndex
from gongkai.views._text import clean

__all__ = ["beside_part"]

_CELLS: Final[dict[Presence, str]] = {
    Presence.WHOLE: "gk-has",
    Presence.PARTIAL: "gk-partly",
    Presence.NONE: "gk-lacks",
}

#: With more plans than this a cell has no room for words; room for those of a task in one that has some.
_FEW: Final = 3
_ROOM: Final = 560


def beside_part(found: Consolidation, columns: Sequence[str], index: TaskIndex, look: Look) -> Html:
    """The matters of several plans, and which plan has each.

    Args:
        found: the plans side by side.
        columns: what they are called.
        index: what knows departments and addresses.
        look: how it is shown.
    """
    say = look.say
    heads = [tag("th", say["matters.matter"], scope="col", class_="gk-matter")]
    heads += [tag("th", column, scope="col", lang="zh-CN") for column in columns]
    bodies: list[list[Html]] = [[]]
    for line in matter_lines(found, say):
        if isinstance(line, MatterHead):
            words = tag("span", line.text, class_="gk-stays", lang="zh-CN")
            head = tag("th", words, colspan=str(len(columns) + 1), scope="rowgroup")
            bodies.append([tag("tr", head, class_="gk-section")])
        else:
            bodies[-1].append(_row(line, index, look))
    kind = "gk-dense" if len(columns) > _FEW else f"gk-plans-{len(columns)}"
    drawn = tag(
        "table",
        tag("thead", tag("tr", *heads)),
        *[tag("tbody", *rows, class_="gk-group") for rows in bodies if rows],
        class_=f"gk-table gk-matters gk-carried {kind}",
    )
    box = tag(
        "div",
        drawn,
        class_="gk-scroll gk-matrix",
        tabindex="0",
        role="region",
        aria_label=say["matters.title"],
    )
    counts = chips([(f"{word} {number}", "") for _, word, number in having_counts(found, say)])
    return join([counts, tag("p", say["report.marks"], class_="gk-more"), box])


def _row(line: MatterLine, index: TaskIndex, look: Look) -> Html:
    address = index.ids.of("matter", str(line.number))
    head = tag(
        "th",
        tag("span", str(line.number), class_="gk-number"),
        tag("span", line.name, title=clean(line.matter.text)),
        " ",
        anchor(address, look.say),
        class_="gk-matter",
        scope="row",
        lang="zh-CN",
    )
    cells = line.matter.cells
    drawn = [_cell(cell, look, dense=len(cells) > _FEW) for cell in cells]
    of = [token for cell in cells for task in cell.tasks for token in index.tokens(task)]
    of += [f"p-{place}" for place, cell in enumerate(cells) if cell.presence is not Presence.NONE]
    return item("tr", head, *drawn, of=of, address=address, class_="gk-aside")


def _cell(cell: Cell, look: Look, *, dense: bool) -> Html:
    word = look.say[f"matters.{cell.presence}"]
    sign = tag("span", SIGNS[cell.presence], class_="gk-sign", title=word, role="img", aria_label=word)
    inside: list[Html] = [] if dense else [tag("span", word, class_="gk-soft gk-small")]
    for task in cell.tasks:
        label = tag("span", label_of(task), class_="gk-tag", title=clean(task.text))
        told = "" if dense else fitting(clean(task.text), _ROOM)
        inside.append(label if dense else tag("span", label, told, class_="gk-line gk-small"))
    kind = f"gk-cell {_CELLS[cell.presence]}"
    return tag("td", sign, *inside, class_=kind, data_name=clean(cell.column), lang="zh-CN")
