"""What changed from plan to plan, and what plans carry of a reference, as parts of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gongkai.comparing import Carriage, Coverage, CoverageRow
from gongkai.comparing.alignment.finest import heading_of
from gongkai.comparing.diffing.changes import Row, Status
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.telling import percent
from gongkai.views._diff_cells import COLOURS, departments, heads, labels, marked, score, status, texts
from gongkai.views._diff_rows import DiffLine, diff_line, none_words, status_counts, tasks_in, told_in
from gongkai.views._flow import fitting
from gongkai.views._history_rows import label_of
from gongkai.views._html import Html, join, tag
from gongkai.views._page_tools import anchor, item
from gongkai.views._parts_html import Look, chips, prose, table
from gongkai.views._task_index import TaskIndex
from gongkai.views._text import clean
from gongkai.views._words import Words
from gongkai.views.charting._carrying import SIGNS

__all__ = ["carried_part", "changed_part"]

_CELLS: Final[dict[Carriage, str]] = {
    Carriage.CARRIED: "gk-has",
    Carriage.PARTIAL: "gk-partly",
    Carriage.ABSENT: "gk-lacks",
    Carriage.NOT_APPLICABLE: "gk-lacks",
}

#: With more plans than this a cell has no room for words.
_FEW: Final = 3

#: Room for a carrying task in a cell that has some, in units of its letters.
_ROOM: Final = 560


def changed_part(
    found: Diff, columns: tuple[str, str], places: tuple[int, int], index: TaskIndex, look: Look
) -> Html:
    """The rows of a comparison in which something changed.

    Args:
        found: the comparison.
        columns: what the plans are called.
        places: their positions in the report.
        index: what knows departments and addresses.
        look: how it is shown.
    """
    say = look.say
    same = told_in(found)
    rows = [
        _changed(row, drawn, columns[1], places, index, look)
        for row in found.tasks
        if row.status is not Status.SAME and (drawn := diff_line(row, say, same)) is not None
    ]
    counts = chips([(f"{word} {number}", COLOURS[each]) for each, word, number in status_counts(found, say)])
    if not rows:
        return join([counts, tag("p", none_words(found, say), class_="gk-more")])
    return join([counts, table(heads(look), rows, name=" → ".join(columns))])


def _changed(
    row: Row, line: DiffLine, column: str, places: tuple[int, int], index: TaskIndex, look: Look
) -> Html:
    say = look.say
    notes = [tag("span", note, class_="gk-line gk-soft gk-small") for note in line.notes]
    tasks = [*tasks_in(row.new), *tasks_in(row.old)]
    address = index.ids.of("change", f"{column}-{tasks[0].key if tasks else ''}")
    gone = " gk-soft" if line.status is Status.REMOVED else ""
    deadlines = [tag("span", marked(run), class_="gk-line") for run in line.deadlines]
    cells = [
        tag("td", status(line, look), score(line, look)),
        tag("td", labels(line), anchor(address, say), class_="gk-label gk-linked"),
        tag("td", *texts(line.paragraphs, look), *notes, class_=f"gk-body{gone}", lang="zh-CN"),
        tag("td", departments(line, look), lang="zh-CN", data_name=say["columns.who"]),
        tag("td", *deadlines, class_=f"gk-due{gone}", lang="zh-CN", data_name=say["columns.due"]),
    ]
    of = [f"p-{place}" for place in places] + [token for task in tasks for token in index.tokens(task)]
    return item("tr", *cells, of=of, address=address, class_=f"gk-row gk-aside {COLOURS[line.status]}-row")


def carried_part(covers: Sequence[Coverage], columns: Sequence[str], index: TaskIndex, look: Look) -> Html:
    """The tasks of the reference, one below the other, and which plan carries each."""
    say = look.say
    names = [tag("th", say["coverage.asked"], scope="col", class_="gk-matter")]
    for column, cover in zip(columns, covers, strict=True):
        share = cover.tally.share
        told = tag("span", percent(share) if share is not None else "—", class_="gk-line gk-soft")
        names.append(tag("th", column, told, scope="col", lang="zh-CN"))
    kind = "gk-dense" if len(columns) > _FEW else f"gk-plans-{len(columns)}"
    bodies = [
        tag("tbody", *rows, class_="gk-group") for rows in _chapters(covers, columns, index, look) if rows
    ]
    drawn = tag(
        "table", tag("thead", tag("tr", *names)), *bodies, class_=f"gk-table gk-matters gk-carried {kind}"
    )
    signs = tag("p", say["report.signs"], class_="gk-more")
    box = tag(
        "div",
        drawn,
        class_="gk-scroll gk-matrix",
        tabindex="0",
        role="region",
        aria_label=say["coverage.title"],
    )
    return join([signs, box])


def _chapters(
    covers: Sequence[Coverage], columns: Sequence[str], index: TaskIndex, look: Look
) -> Iterator[list[Html]]:
    """The rows of the matrix, chapter by chapter."""
    heading, rows = "", list[Html]()
    for cells in zip(*[cover.rows for cover in covers], strict=True):
        here = clean(heading_of(cells[0].sections))
        if here != heading:
            yield rows
            heading = here
            words = tag("span", here, class_="gk-stays", lang="zh-CN")
            span = str(len(columns) + 1)
            head = tag("th", words, colspan=span, scope="rowgroup")
            rows = [tag("tr", head, class_="gk-section")]
        rows.append(_carried(cells, columns, index, look))
    yield rows


def _carried(cells: Sequence[CoverageRow], columns: Sequence[str], index: TaskIndex, look: Look) -> Html:
    task = cells[0].task
    address = index.ids.of("asked", task.key or "")
    head = tag(
        "th",
        tag("span", label_of(task), class_="gk-number"),
        prose(task.text, look),
        " ",
        anchor(address, look.say),
        class_="gk-matter",
        scope="row",
        lang="zh-CN",
    )
    drawn = [
        _cell(cell, column, look, dense=len(columns) > _FEW)
        for cell, column in zip(cells, columns, strict=True)
    ]
    of = [*index.tokens(task), *[f"p-{place}" for place in range(len(columns))]]
    of += [f"w-{cell.status}" for cell in cells]
    return item("tr", head, *drawn, of=of, address=address, class_="gk-aside")


def _cell(cell: CoverageRow, column: str, look: Look, *, dense: bool) -> Html:
    say = look.say
    word = say[f"carriages.{cell.status}"]
    sign = tag("span", SIGNS[cell.status], class_="gk-sign", title=word, role="img", aria_label=word)
    inside: list[Html] = []
    for task in cell.tasks:
        label = tag("span", label_of(task), class_="gk-tag", title=clean(task.text))
        told = "" if dense else fitting(clean(task.text), _ROOM)
        inside.append(label if dense else tag("span", label, told, class_="gk-line gk-small"))
    notes = [] if dense else list(_missing(cell, say))
    kind = f"gk-cell {_CELLS[cell.status]}"
    spoken = [] if dense else [tag("span", word, class_="gk-soft gk-small")]
    return tag("td", sign, *spoken, *inside, *notes, class_=kind, data_name=column, lang="zh-CN")


def _missing(cell: CoverageRow, say: Words) -> Iterator[Html]:
    for passage in cell.missing:
        words = say["coverage.missing"].format(text=clean(passage.text))
        yield tag("span", words, class_="gk-line gk-soft gk-small", lang="zh-CN")
    if cell.mark is not None:
        words = say["coverage.reason"].format(reason=clean(cell.mark.reason))
        yield tag("span", words, class_="gk-line gk-soft gk-small", lang="zh-CN")
