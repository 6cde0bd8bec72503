"""The comparison of two plans as a page of its own, which a clerk sends to a colleague."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from gongkai.comparing.alignment.links import Link
from gongkai.comparing.diffing.changes import KINDS, Row, Status, Subject
from gongkai.comparing.diffing.difference import Diff
from gongkai.model import Role, Severity, Task
from gongkai.views._diff_bodies import Bodies
from gongkai.views._diff_cells import COLOURS, departments, heads, labels, marked, score, status, texts
from gongkai.views._diff_page_parts import bodies_part, evidence_part, legend_part, plan_cards
from gongkai.views._diff_rows import (
    DiffLine,
    Trail,
    diff_line,
    grouped,
    headings_of,
    kind_counts,
    none_words,
    row_count,
    status_counts,
    tasks_in,
    told_in,
)
from gongkai.views._html import Html, join, tag
from gongkai.views._page_tools import (
    Ids,
    Pick,
    anchor,
    bar,
    choice,
    filtered,
    fold_line,
    item,
    keys,
    modes,
    nothing,
    picks,
    search_box,
    shown,
    switch,
    theme,
)
from gongkai.views._parts_html import Look, fold, frame, title
from gongkai.views._text import clean

__all__ = ["diff_page"]


def diff_page(diff: Diff, look: Look) -> Html:
    """The whole page: both plans, counts that filter, tools, departments, rows, other changes, legend."""
    say = look.say
    cards = plan_cards([("diff.old", diff.old), ("diff.new", diff.new)], say)
    parts = [title(say["diff.title"], look), cards]
    parts += [tag("p", say["diff.part"], class_="gk-more")] * (diff.part_of is not None)
    if not diff.rows or not (diff or diff.part_of):
        tools = bar(tag("span", theme(say), class_="gk-end"), label=say["page.tools"])
        return frame(*parts, tools, tag("p", none_words(diff, say), class_="gk-more"), look=look)
    page = _Page(diff, look)
    rows, others = page.rows(), page.others()
    statuses = [status for status, _, _ in status_counts(diff, say)]
    return frame(
        *parts,
        *page.counts(),
        page.tools(),
        filtered(say),
        bodies_part(page.bodies, look),
        rows,
        others,
        nothing(say),
        legend_part(statuses, look),
        keys(say),
        look=look,
    )


class _Page:
    """One page under way: its addresses, and the tokens of departments and sections."""

    def __init__(self, diff: Diff, look: Look) -> None:
        self.diff = diff
        self.look = look
        self.say = look.say
        self.ids = Ids()
        self.same = told_in(diff)
        self.bodies = Bodies(diff)
        self.trails = (headings_of(diff.old), headings_of(diff.new))
        every = [trail for side in self.trails[::-1] for trail in side.values()]
        prefixes = [trail[:end] for trail in every for end in range(1, len(trail) + 1)]
        self.sections = {trail: f"s-{place}" for place, trail in enumerate(dict.fromkeys(prefixes))}
        self.addresses: dict[tuple[str, str], str] = {}
        self.of_row: dict[int, str] = {}
        for row in diff.tasks:
            self._give_address(row)
        self.loose = self._links_between_rows()

    # Addresses, and links that lead from one row to another

    def _give_address(self, row: Row) -> None:
        sides = (("old", tasks_in(row.old)), ("new", tasks_in(row.new)))
        side, tasks = sides[1] if row.new else sides[0]
        address = self.ids.of(side, tasks[0].key or "" if tasks else "")
        self.of_row[id(row)] = address
        self.addresses |= {(name, task.key): address for name, held in sides for task in held if task.key}

    def _links_between_rows(self) -> dict[str, list[Link]]:
        found: defaultdict[str, list[Link]] = defaultdict(list)
        for link in self.diff.links:
            ends = [("old", link.old.key or ""), ("new", link.new.key or "")]
            places = list(dict.fromkeys([self.addresses.get(end, "") for end in ends]))
            for place in places if len(places) == 2 else ():
                found[place].append(link)
        return dict(found)

    # Counts and tools

    def counts(self) -> Iterator[Html]:
        """Counts by status, by kind of change, and by kinds that are hidden at first."""
        diff, say = self.diff, self.say
        yield picks(
            "st",
            row_count(diff, say),
            [
                Pick(f"st-{status}", f"{word} {number}", COLOURS[status], status is Status.SAME)
                for status, word, number in status_counts(diff, say)
            ],
        )
        for label, kinds in kind_counts(diff.tasks, say):
            told = [
                Pick(f"k-{kind}", f"{word} {number}", "", KINDS[kind].severity is Severity.INFO)
                for kind, word, number in kinds
            ]
            yield picks("k", label, told)

    def tools(self) -> Html:
        """The bar: search, departments, sections, switches."""
        say = self.say
        bodies = [(f"d-{place}", body.name) for place, body in enumerate(self.bodies.all)]
        told = [
            *[search_box(say), choice("d", say["page.bodies"], sorted(bodies, key=lambda pair: pair[1]))],
            self._section_choice(),
            switch(say["page.leads"], swap=("d", "l")),
            switch(say["page.quiet"], turns="gk-with-quiet"),
            switch(say["diff.why"], turns="gk-with-why"),
            modes(say),
            *[shown(say), tag("span", theme(say), class_="gk-end")],
        ]
        return bar(*told, label=say["page.tools"])

    def _section_choice(self) -> Html:
        new = {trail[:end] for trail in self.trails[1].values() for end in range(1, len(trail) + 1)}
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        for name, side in (("page.new_sections", True), ("page.old_sections", False)):
            held = [
                (token, "\u3000" * (len(trail) - 1) + trail[-1])
                for trail, token in self.sections.items()
                if (trail in new) is side
            ]
            groups.append((self.say[name], held))
        return choice("s", self.say["page.sections"], groups=groups)

    # Rows

    def rows(self) -> Html:
        """The rows of tasks, section by section; those without changes fold."""
        names = heads(self.look)
        say = self.say
        sides = tag(
            "span", tag("span", say["diff.old"]), tag("span", say["diff.new"]), class_="gk-sides-head"
        )
        names[2] = (join([tag("span", names[2][0], class_="gk-inline-head"), sides]), "")
        groups = [
            self._group(f"f{place}", trail, rows) for place, (trail, rows) in enumerate(grouped(self.diff))
        ]
        if not groups:
            return Html()
        columns = Html("".join([f'<col class="gk-col-{name}">' if name else "<col>" for _, name in names]))
        cells = [tag("th", name, scope="col") for name, _ in names]
        drawn = tag(
            "table",
            tag("caption", say["diff.title"], class_="gk-unseen"),
            tag("colgroup", columns),
            tag("thead", tag("tr", *cells)),
            *groups,
            class_="gk-table gk-rows",
        )
        return tag("div", drawn, class_="gk-scroll")

    def _group(self, name: str, trail: Trail, rows: Sequence[Row]) -> Html:
        drawn: list[Html] = []
        if trail:
            address = self.ids.of("section", trail[-1])
            words = [" › ".join(trail), " ", anchor(address, self.say)]
            head = tag("th", *words, colspan="5", scope="rowgroup", lang="zh-CN", id=address)
            drawn.append(tag("tr", head, class_="gk-section"))
        for number, run in enumerate(_runs(rows)):
            fold_name = f"{name}.{number}" if run[0].status is Status.SAME else None
            if fold_name is not None:
                words_of_it = self.say.count("diff.same", len(run))
                drawn.append(fold_line(fold_name, len(run), words_of_it, span=5))
            drawn += [self._row(row, fold_name) for row in run]
        return tag("tbody", *drawn, class_="gk-group")

    def _row(self, row: Row, fold_name: str | None) -> Html:
        say, look = self.say, self.look
        line = diff_line(row, say, self.same, hidden=True)
        if line is None:
            return Html()
        address = self.of_row[id(row)]
        gone = " gk-soft" if line.status is Status.REMOVED else ""
        deadlines = [tag("span", marked(run), class_="gk-line") for run in line.deadlines]
        cells = [
            tag("td", status(line, look), score(line, look)),
            tag("td", labels(line), anchor(address, say), class_="gk-label gk-linked"),
            tag("td", self._text(row, line, address), class_=f"gk-body{gone}"),
            tag(
                "td",
                departments(line, self.look),
                class_=gone.strip() or None,
                lang="zh-CN",
                data_name=say["columns.who"],
            ),
            tag("td", *deadlines, class_=f"gk-due{gone}", lang="zh-CN", data_name=say["columns.due"]),
        ]
        return item(
            "tr",
            *cells,
            of=self._tokens(row),
            address=address,
            class_=f"gk-row {COLOURS[line.status]}-row",
            fold=fold_name,
        )

    def _text(self, row: Row, line: DiffLine, address: str) -> Html:
        notes = [tag("span", note, class_="gk-line gk-soft gk-small") for note in line.notes]
        hidden = [tag("li", sentence) for sentence in line.hidden]
        whispers = [tag("ul", *hidden, class_="gk-whisper gk-small")] if hidden else []
        why = evidence_part(row.links, self.loose.get(address, ()), self.addresses, self.say)
        told = tag("div", *texts(line.paragraphs, self.look), class_="gk-texts", lang="zh-CN")
        return tag("div", told, *notes, *whispers, why, class_="gk-both")

    def _tokens(self, row: Row) -> Iterator[str]:
        yield f"st-{row.status}"
        for change in row.changes:
            yield f"k-{change.kind}"
            if change.severity is Severity.INFO:
                yield "quiet"
        for tasks, trails in zip((tasks_in(row.old), tasks_in(row.new)), self.trails, strict=True):
            yield from self._tokens_of(tasks, trails)

    def _tokens_of(self, tasks: Iterable[Task], trails: dict[str, Trail]) -> Iterator[str]:
        for task in tasks:
            trail = trails.get(task.key or "", ())
            yield from (self.sections[trail[:end]] for end in range(1, len(trail) + 1))
            for held in task.assignments:
                for name in held.names:
                    place = self.bodies.of(name)
                    yield f"d-{place}"
                    if held.role is Role.LEAD:
                        yield from ("l", f"l-{place}")

    # What changed outside the tasks

    def others(self) -> Html:
        """Changes of sections, paragraphs and the document itself, as sentences."""
        changes = [
            change for row in self.diff.rows if row.subject is not Subject.TASK for change in row.changes
        ]
        if not changes:
            return Html()
        say = self.say
        drawn: list[Html] = []
        quiet = [change for change in changes if change.severity is Severity.INFO]
        for change in [*[each for each in changes if each not in quiet], *quiet]:
            hidden = change.severity is Severity.INFO
            if hidden and change is quiet[0]:
                drawn.append(fold_line("others", len(quiet), say.count("page.hidden", len(quiet))))
            sentence = tag("span", clean(change.explain(say.language)))
            kind = tag("span", change.label(say.language), class_="gk-tag")
            of = [f"k-{change.kind}", f"b-{change.subject}", *(["quiet"] * hidden)]
            address = self.ids.of("change", change.new_key or change.old_key or change.field or "plan")
            fold_name = "others" if hidden else None
            drawn.append(
                item(
                    "li",
                    kind,
                    sentence,
                    " ",
                    anchor(address, say),
                    of=of,
                    address=address,
                    fold=fold_name,
                    class_="gk-aside",
                )
            )
        note = say.count("counts.items", len(changes))
        inside = tag("ul", *drawn, class_="gk-changes")
        return tag("div", fold(say["diff.others"], note, inside, unfolded=True), class_="gk-group")


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Put rows without changes together that follow one another."""
    run: list[Row] = []
    for row in rows:
        if run and (row.status is Status.SAME) is not (run[0].status is Status.SAME):
            yield run
            run = []
        run.append(row)
    if run:
        yield run
