"""Tasks as the rows of an HTML table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import final

from attrs import define

from gongkai.model import Assignment, Deadline, Role
from gongkai.views._html import Html, join, tag
from gongkai.views._parts_html import Look, groups, list_of, more, prose, table
from gongkai.views._rows import (
    FLAGS,
    Columns,
    HeadingRow,
    Row,
    TaskRow,
    TextRow,
    columns_for,
    heading_words,
    is_soft,
)
from gongkai.views._text import clean

__all__ = ["Budget", "box", "task_box"]


@final
@define
class Budget:
    """How many more tasks may be drawn, and how many were left out."""

    left: int | None
    hidden: int = 0

    def takes(self, task_row: TaskRow) -> bool:
        """Count a task; a part is drawn where its task is."""
        if self.left is None:
            return True
        if task_row.depth == 0:
            self.left -= 1
            self.hidden += self.left < 0
        return self.left >= 0


def _heads(columns: Columns, look: Look) -> list[tuple[str, str]]:
    """The columns' heads and the names that give them their widths."""
    heads = [(look.say["columns.label"], "key" if columns.section else "label")]
    heads += [(look.say["columns.section"], "section")] if columns.section else []
    heads += [(look.say["columns.task"], "")]
    heads += [(look.say["columns.lead"], "lead")] if columns.lead else []
    heads += [(look.say["columns.others"], "who")] if columns.others else []
    return heads + ([(look.say["columns.due"], "due")] if columns.due else [])


def _holders(assignments: Sequence[Assignment], look: Look, *, lead: bool = False) -> Html:
    lines: list[Html] = []
    for item in assignments:
        names = list_of([clean(name) for name in item.names])
        told = item.role not in {Role.LEAD, Role.RESPONSIBLE} or (lead and item.role == Role.LEAD)
        tags = [look.say[f"roles.{item.role}"]] if told else []
        flags = "".join([look.say[f"flags.{flag}"] for flag in FLAGS if getattr(item, flag)])
        end = [tag("span", flags, class_="gk-soft")] if flags else []
        lines.append(
            tag("span", *[tag("span", word, class_="gk-tag") for word in tags], names, *end, class_="gk-line")
        )
    return join(lines)


def _deadline(deadline: Deadline) -> Html:
    text = clean(deadline.text)
    shown = (
        tag("time", text, datetime=deadline.due.isoformat(), title=deadline.due.isoformat())
        if deadline.due
        else text
    )
    return tag("span", shown, class_="gk-line gk-soft" if is_soft(deadline) else "gk-line")


def _task(row: TaskRow, columns: Columns, look: Look) -> Html:
    task = row.task
    extras = [
        tag("span", tag("span", name, class_="gk-tag"), clean(text), class_="gk-line gk-soft")
        for name, text in task.extras
    ]
    names = {name: look.say[f"columns.{name}"] for name in ("lead", "others", "due")}
    cells = [tag("td", row.label, class_="gk-label")]
    cells += [tag("td", row.section, class_="gk-soft gk-place")] if columns.section else []
    cells += [tag("td", prose(task.text, look), *extras, class_="gk-body")]
    lead, rest = _holders(columns.leads(row), look), _holders(columns.rest(row), look, lead=True)
    cells += [tag("td", lead, data_name=names["lead"])] if columns.lead else []
    cells += [tag("td", rest, data_name=names["others"])] if columns.others else []
    if columns.due:
        cells.append(tag("td", *map(_deadline, row.deadlines), class_="gk-due", data_name=names["due"]))
    kind = "gk-child" if row.depth else ""
    if look.index is None:
        return tag("tr", *cells, class_=kind or None)
    return look.index.row(task, *cells, class_=kind)


def _row(row: Row, columns: Columns, look: Look) -> Html:
    span = str(len(_heads(columns, look)))
    if isinstance(row, HeadingRow):
        head = tag("th", heading_words(row.section), colspan=span, scope="rowgroup")
        return tag("tr", head, class_="gk-section gk-deep" if row.depth else "gk-section")
    if isinstance(row, TextRow):
        text = prose(f"{row.paragraph.label or ''} {row.paragraph.text}", look)
        return tag("tr", tag("td", text, colspan=span), class_="gk-prose")
    return _task(row, columns, look)


def box(drawn: Iterable[Row], columns: Columns, look: Look, budget: Budget) -> Html:
    """The rows as a table, as far as the budget goes; headings of what is left out are left out."""
    bodies: list[list[Html]] = [[]]
    headed = False
    for row in drawn:
        if isinstance(row, TaskRow):
            if not budget.takes(row):
                continue
            headed = True
        elif budget.left is not None and budget.left <= 0:
            continue
        if isinstance(row, HeadingRow) and look.index is not None:
            bodies.append([])
        bodies[-1].append(_row(row, columns, look))
    bodies = [body for body in bodies if body]
    if not bodies:
        return Html()
    heads = _heads(columns, look)
    return (
        groups(heads, bodies)
        if look.index and headed
        else table(heads, [line for body in bodies for line in body], headed=headed)
    )


def task_box(found: Sequence[TaskRow], look: Look) -> Html:
    """A table of tasks, with a line that says what is left out."""
    if not found:
        return tag("p", look.say["counts.nothing"], class_="gk-more")
    budget = Budget(look.limit)
    return join([box(found, columns_for(found), look, budget), more(budget.hidden, look)])
