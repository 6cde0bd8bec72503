"""A report as one page: overview, coverage, pictures, tasks, changes, findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from attrs import evolve

from gongkai.model import Plan, Task
from gongkai.views._finding_html import finding_rows
from gongkai.views._finding_rows import severity_counts
from gongkai.views._flow import flow_svg, legend
from gongkai.views._html import Html, join, tag
from gongkai.views._page_tools import (
    bar,
    choice,
    filtered,
    fragment,
    keys,
    nothing,
    search_box,
    shown,
    theme,
)
from gongkai.views._parts_html import Look, fold, frame, table, title
from gongkai.views._plan_html import plan_counts
from gongkai.views._rows import TaskRow, columns_for, rows
from gongkai.views._task_index import TaskIndex
from gongkai.views._tasks_html import Budget, box
from gongkai.views._text import clean
from gongkai.views._words import words
from gongkai.views.charting._bodies import body_table
from gongkai.views.charting._ring import ring_of
from gongkai.views.charting._times import DueLine, line_words, timeline
from gongkai.views.reporting._beside import beside_part
from gongkai.views.reporting._comparing import carried_part, changed_part
from gongkai.views.reporting._gathering import Matters
from gongkai.views.reporting._pictures import bodies_svg, due_legend, due_svg, ring_legend, ring_svg

__all__ = ["report_html"]

#: So many departments are drawn in the heat map and in a network; the tasks have them all.
_BODIES: Final = 30
_RING: Final = 48

#: With so many plans or fewer their tasks are open from the start.
_OPEN: Final = 2

#: The columns of the overview, and the names that give them their widths.
_FACTS: Final = (
    ("report.plan", ""),
    ("record.document_number", "who"),
    ("record.issued_on", "due"),
    ("coverage.tasks", "score"),
    ("columns.body", "score"),
    ("report.dated", "score"),
    ("report.findings", "status"),
)

_CHARTS: Final = "gongkai.views.charting"


def report_html(matters: Matters, heading: str, look: Look) -> Html:
    """The whole page.

    Args:
        matters: what it tells.
        heading: its title.
        look: how it is shown.
    """
    return _Report(matters, look).html(heading)


class _Report:
    """One report under way: its addresses and tokens."""

    def __init__(self, matters: Matters, look: Look) -> None:
        self.matters, self.say = matters, look.say
        self.charts = words(look.say.language, _CHARTS)
        self.timelines = [timeline(plan) for plan in matters.plans]
        self.index = TaskIndex(self._tokens)
        self.look = evolve(look, index=self.index)
        self.place = 0
        self.due: dict[tuple[int, str], list[str]] = {}
        self.times: dict[str, str] = {}
        for place, found in enumerate(self.timelines):
            for line in found.lines:
                self._note(place, line)
        self.tasks: list[Html] = []
        self.addresses: list[dict[int, str]] = []
        for self.place, plan in enumerate(matters.plans):
            self.index.addresses = {}
            self.tasks.append(self._tasks(plan))
            self.addresses.append(self.index.addresses)

    def _note(self, place: int, line: DueLine) -> None:
        token = f"t-{line.name}"
        self.times[token] = line_words(line, self.charts)
        for each in line.items:
            self.due.setdefault((place, each.task.key or ""), []).append(token)

    def _tokens(self, task: Task) -> list[str]:
        return [f"p-{self.place}", *self.due.get((self.place, task.key or ""), [])]

    # The page

    def html(self, heading: str) -> Html:
        """All parts, in their order."""
        say = self.say
        parts = [
            ("coverage", self._coverage()),
            ("beside", self._beside()),
            ("pictures", self._pictures()),
            ("tasks", self._part("tasks", join(self.tasks))),
            ("changes", self._changes()),
            ("findings", self._findings()),
        ]
        there = [(name, part) for name, part in parts if part]
        links = [tag("a", say[f"report.{name}"], href=f"#report-{name}") for name, _ in there]
        return frame(
            title(heading, self.look),
            self._overview(),
            tag("nav", *links, class_="gk-toc", aria_label=say["report.contents"]),
            self._tools(),
            filtered(say),
            *[part for _, part in there],
            nothing(say),
            keys(say),
            look=self.look,
        )

    def _part(self, name: str, inside: Html) -> Html:
        head = tag("h2", self.say[f"report.{name}"], class_="gk-chapter")
        return tag("section", head, inside, id=f"report-{name}", class_="gk-on-paper")

    def _tools(self) -> Html:
        say = self.say
        plans = [(f"p-{place}", clean(name)) for place, name in enumerate(self.matters.columns)]
        times = sorted(self.times.items(), key=lambda pair: (not pair[0][2:3].isdigit(), pair[0]))
        told = [
            search_box(say),
            choice("p", say["report.every_plan"], plans),
            *self.index.choices(say),
            choice("t", say["report.every_time"], times),
        ]
        return bar(*told, shown(say), tag("span", theme(say), class_="gk-end"), label=say["page.tools"])

    # Overview

    def _overview(self) -> Html:
        say, matters = self.say, self.matters
        heads = [(say[name], width) for name, width in _FACTS]
        heads += [(say["report.carried"], "due")] if matters.covers else []
        drawn = [self._overview_row(place) for place in range(len(matters.plans))]
        lead = Html()
        if matters.reference is not None:
            name = clean(matters.reference.title) or say["headings.untitled"]
            lead = tag("p", say["report.against"], say.colon, tag("b", name, lang="zh-CN"), class_="gk-more")
        return tag("div", lead, table(heads, drawn, name=say["report.overview"]), class_="gk-overview")

    def _overview_row(self, place: int) -> Html:
        say, plan = self.say, self.matters.plans[place]
        name = tag(
            "button",
            self.matters.columns[place],
            type="button",
            class_="gk-name",
            data_group="p",
            data_token=f"p-{place}",
            data_only=True,
            aria_pressed="false",
        )
        issued = plan.record.issued_on
        finest = [task for task in plan.all_tasks if task.text.strip()]
        lines = [line for line in self.timelines[place].lines if line.start is not None]
        dated = len({item.task.key for line in lines for item in line.items})
        title_ = tag("span", clean(plan.title) or say["headings.untitled"], class_="gk-line gk-soft")
        values = [
            ("report.plan", join([name, title_])),
            ("record.document_number", str(plan.record.document_number or "")),
            ("record.issued_on", issued.isoformat() if issued else ""),
            ("coverage.tasks", str(len(finest))),
            ("columns.body", str(len(plan.departments))),
            ("report.dated", str(dated)),
            ("report.findings", str(len(self.matters.checked[place].findings))),
        ]
        if self.matters.covers:
            tally = self.matters.covers[place].tally
            share = f"{tally.share:.0%}" if tally.share is not None else "—"
            values.append(("report.carried", f"{share}（{tally.carried}/{tally.applicable}）"))
        cells = [
            tag(
                "td",
                value,
                data_name=say[head] if number and value else None,
                class_="gk-body" if not number else None,
                lang="zh-CN" if number < 2 else None,
            )
            for number, (head, value) in enumerate(values)
        ]
        return tag("tr", *cells)

    # Tasks

    def _tasks(self, plan: Plan) -> Html:
        found = [row for row in rows(plan.content) if isinstance(row, TaskRow)]
        inside = box(rows(plan.content), columns_for(found), self.look, Budget(None))
        if not found:
            inside = tag("p", self.say["counts.nothing"], class_="gk-more")
        few = len(self.matters.plans) <= _OPEN
        note = " · ".join(plan_counts(plan, self.say)[:2])
        return self._folded(self.matters.columns[self.place], note, inside, unfolded=few)

    def _folded(self, head: str, note: str, *inside: str, unfolded: bool = False) -> Html:
        """A part that folds, and opens where a filter finds something in it."""
        summary = tag(
            "summary",
            tag("span", clean(head), class_="gk-head", lang="zh-CN"),
            tag("span", note, class_="gk-note"),
        )
        drawn = tag("details", summary, *inside, class_="gk-part gk-lazy", open=unfolded)
        return tag("div", drawn, class_="gk-group")

    # What changed, what was found, what is carried

    def _changes(self) -> Html:
        matters = self.matters
        drawn: list[Html] = []
        for old, new, found in matters.diffs:
            columns = (matters.columns[old], matters.columns[new])
            inside = changed_part(found, columns, (old, new), self.index, self.look)
            note = self.say.count("report.changed", sum(row.status != "same" for row in found.tasks))
            drawn.append(self._folded(" → ".join(columns), note, inside, unfolded=len(matters.diffs) == 1))
        return self._part("changes", join(drawn)) if drawn else Html()

    def _findings(self) -> Html:
        say = self.say
        drawn = [
            self._folded(
                each.name,
                " · ".join([count for _, count in severity_counts(each.findings, say)]),
                finding_rows(each.findings, each.plan, self.look, self.index.ids, aside=f"p-{place}"),
            )
            for place, each in enumerate(self.matters.checked)
            if each.findings
        ]
        return self._part("findings", join(drawn)) if drawn else Html()

    def _coverage(self) -> Html:
        matters = self.matters
        if not matters.covers:
            return Html()
        inside = carried_part(matters.covers, matters.columns, self.index, self.look)
        return self._part("coverage", inside)

    def _beside(self) -> Html:
        found = self.matters.beside
        if found is None:
            return Html()
        return self._part("beside", beside_part(found, self.matters.columns, self.index, self.look))

    # Pictures

    def _pictures(self) -> Html:
        drawn = [self._bodies(), *self._flows(), self._deadlines(), self._networks()]
        return self._part("pictures", join(drawn))

    def _picture(self, name: str, *drawn: str, note: str = "", unfolded: bool = True) -> Html:
        box_ = [
            tag("div", each, class_="gk-picture", tabindex="0", role="group", aria_label=name)
            if each.startswith("<svg")
            else each
            for each in drawn
        ]
        return fold(name, note, *box_, unfolded=unfolded)

    def _bodies(self) -> Html:
        table_ = body_table(self.matters.plans, self.matters.columns, _BODIES)
        if not table_.rows:
            return Html()
        rest = Html()
        if table_.rest:
            words_ = self.charts.count("departments.rest", table_.rest, tasks=str(table_.rest_tasks))
            rest = tag("p", words_, class_="gk-more")
        name = self.charts["departments.title"]
        return self._picture(name, bodies_svg(table_, self.charts), rest)

    def _flows(self) -> Iterable[Html]:
        for history in self.matters.histories:
            last = {
                thread.id: (self.matters.columns.index(thread.last.column), thread.last.task)
                for thread in history
            }
            link = self._thread_link(last)
            name = f"{self.charts['flow.title']}{self.say.colon}{' → '.join(map(clean, history.columns))}"
            yield self._picture(name, legend(self.say), flow_svg(history, self.say, link), unfolded=False)

    def _thread_link(self, last: dict[str, tuple[int, Task]]) -> Callable[[str], str | None]:
        def link(thread: str) -> str | None:
            place, task = last[thread]
            return self._task_link(place, task)

        return link

    def _task_link(self, place: int, task: Task) -> str | None:
        found = self.addresses[place].get(id(task))
        return fragment(found) if found else None

    def _deadlines(self) -> Html:
        drawn: list[Html] = [
            tag("p", self.charts["deadlines.told"], class_="gk-more"),
            due_legend(self.timelines, self.charts),
        ]
        for place, found in enumerate(self.timelines):
            svg = due_svg(found, self.charts, partial(self._task_link, place))
            name = self.matters.columns[place]
            if len(self.timelines) > 1:
                drawn.append(tag("h3", clean(name), class_="gk-head", lang="zh-CN"))
            drawn.append(svg)
        return self._picture(self.charts["deadlines.title"], *drawn, unfolded=len(self.timelines) <= _OPEN)

    def _networks(self) -> Html:
        drawn: list[Html] = [
            tag("p", self.charts["network.told"], class_="gk-more"),
            ring_legend(self.charts),
        ]
        for plan, column in zip(self.matters.plans, self.matters.columns, strict=True):
            ring = ring_of(plan, _RING)
            if not ring.knots:
                continue
            if len(self.matters.plans) > 1:
                drawn.append(tag("h3", clean(column), class_="gk-head", lang="zh-CN"))
            drawn.append(ring_svg(ring, plan, self.charts))
            notes = [
                self.charts.count(f"network.{name}", number)
                for name, number in (("rest", ring.rest), ("faint", ring.faint))
                if number
            ]
            drawn += [tag("p", note, class_="gk-more") for note in notes]
        if len(drawn) == 2:
            return Html()
        return self._picture(self.charts["network.title"], *drawn, unfolded=False)
