"""A merge as a page of its own: conflicts that can be decided on it, then what was decided by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import cast

from gongkai.comparing.diffing.kinds import KINDS, ChangeKind
from gongkai.merging import Action, Decision, Merge, Where
from gongkai.model import Assignment, Severity, Task
from gongkai.views._coverage_html import share_bar
from gongkai.views._html import Html, join, tag
from gongkai.views._merge_deciding import deciding_part, views_to_choose
from gongkai.views._merge_html import (
    COLOURS,
    block_cells,
    conflict_body,
    conflict_head,
    none_words,
    remark_list,
    table_heads,
)
from gongkai.views._merge_places import Places
from gongkai.views._merge_rows import (
    BlockLine,
    ConflictLine,
    Trail,
    counts,
    kind_counts,
    merge_lines,
)
from gongkai.views._merge_tally import copies_part
from gongkai.views._merge_voices import who_word
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
    nothing,
    numbered,
    picks,
    search_box,
    shown,
    switch,
    theme,
)
from gongkai.views._parts_html import Look, fold, frame, title
from gongkai.views._text import clean

__all__ = ["merge_page"]


def merge_page(merge: Merge, look: Look) -> Html:
    """The whole page: the copies, counts that filter, tools, conflicts, decisions, comments."""
    page = _Page(merge, look)
    say = look.say
    none = [tag("p", none_words(merge, say), class_="gk-clear")] if not merge.conflicts else []
    return frame(
        tag("p", say["merge.title"], class_="gk-over"),
        title(clean(merge.plan.title), look),
        *page.counts(),
        copies_part(merge, page.names, look),
        page.tools(),
        filtered(say),
        *none,
        page.conflicts(),
        page.deciding(),
        page.decisions(),
        page.remarks(),
        nothing(say),
        keys(say, page.more_keys()),
        look=look,
    )


class _Page:
    """One page under way: its lines, its addresses, the tokens of copies, departments and sections."""

    def __init__(self, merge: Merge, look: Look) -> None:
        self.merge = merge
        self.look = look
        self.say = look.say
        self.lines = merge_lines(merge, look.say)
        self.places = Places(merge, look.say)
        self.ids = Ids()
        self.names = numbered("w", merge.names)
        trails = [line.trail for line in self.lines.conflicts] + [trail for trail, _ in self.lines.groups]
        self.sections = numbered(
            "s", [_path(trail[:end]) for trail in trails for end in range(1, len(trail) + 1)]
        )
        bodies = [name for line in self.lines.conflicts for name in self._bodies_of(line)]
        bodies += [name for line in self.lines.blocks for name in self._bodies_in(line)]
        self.bodies = numbered("d", sorted(set(bodies)))

    # Counts and tools

    def counts(self) -> Iterator[Html]:
        """Counts by origin as a bar and as buttons, and by the kind of change."""
        found = counts(self.merge, self.say)
        total = sum(number for _, _, number in found)
        if total:
            yield share_bar([(COLOURS[name], number) for name, _, number in found if number], total)
        yield picks(
            "st",
            self.say.count("merge.changes", total),
            [
                Pick(f"st-{name}", f"{word} {number}", COLOURS[name], name == "derived")
                for name, word, number in found
                if number
            ],
        )
        kinds = [
            Pick(f"k-{kind}", f"{word} {number}", "", quiet) for kind, word, number, quiet in self._kinds()
        ]
        yield picks("k", self.say["merge.kinds"], kinds)

    def _kinds(self) -> Iterator[tuple[str, str, int, bool]]:
        for kind, word, number in kind_counts(self.merge, self.say):
            yield kind, word, number, KINDS[ChangeKind(kind)].severity is Severity.INFO

    def tools(self) -> Html:
        """The bar: search, who, departments, sections, switches."""
        say = self.say
        who = [(token, who_word(name, say)) for name, token in self.names.items()]
        sections = [
            (token, "\u3000" * path.count("\n") + path.rpartition("\n")[2])
            for path, token in self.sections.items()
        ]
        quiet = any(facet.quiet for line in self.lines.blocks for facet in line.facets)
        told = [
            search_box(say),
            choice("w", say["merge.every"], who),
            choice("d", say["merge.bodies"], [(token, name) for name, token in self.bodies.items()]),
            choice("s", say["merge.chapters"], sections),
            switch(say["page.quiet"], turns="gk-with-quiet") if quiet else Html(),
            *[shown(say), tag("span", theme(say), class_="gk-end")],
        ]
        return bar(*told, label=say["page.tools"])

    def more_keys(self) -> list[tuple[str, str]]:
        """What other keys there are, with what they do."""
        return [("0 1 2 … s u", self.say["deciding.keys"])] if self.merge.conflicts else []

    # Conflicts

    def conflicts(self) -> Html:
        """The conflicts, each a card."""
        lines = self.lines.conflicts
        if not lines:
            return Html()
        head = tag("h2", self.say["merge.conflicts"], " ", tag("b", str(len(lines))), class_="gk-part-head")
        cards = [self._conflict(line) for line in lines]
        return tag("div", head, tag("ul", *cards, class_="gk-conflicts"), class_="gk-group")

    def _conflict(self, line: ConflictLine) -> Html:
        address = self.ids.of("conflict", line.conflict.id)
        key = tag("code", line.conflict.id, class_="gk-soft gk-small")
        views, suggestion, own = views_to_choose(line, address, self.look)
        head = conflict_head(line, self.look, key, anchor(address, self.say))
        body = conflict_body(line, self.look, views, suggestion, own)
        of = ["st-open", *[f"k-{kind}" for kind in line.kinds], *self._sections_of(line.trail)]
        of += [self.names[name] for name in line.conflict.by]
        of += [self.bodies[name] for name in self._bodies_of(line)]
        return item("li", head, *body, of=of, address=address, class_="gk-conflict")

    def deciding(self) -> Html:
        """What was decided on the page, to be copied or downloaded."""
        if not self.merge.conflicts:
            return Html()
        text = json.dumps(
            [self.merge.base.title, *self.merge.names, *[one.id for one in self.merge.conflicts]],
        )
        return deciding_part(len(self.merge.conflicts), sha256(text.encode()).hexdigest()[:16], self.say)

    # Decisions

    def decisions(self) -> Html:
        """What was decided, section by section; what matters little folds."""
        names = table_heads(self.say)
        groups = [
            self._group(f"f{place}", trail, lines) for place, (trail, lines) in enumerate(self.lines.groups)
        ]
        if not groups:
            return Html()
        number = len(self.merge.decisions) - sum(one.action is Action.OPEN for one in self.merge.decisions)
        head = tag("h2", self.say["merge.decisions"], " ", tag("b", str(number)), class_="gk-part-head")
        columns = Html("".join([f'<col class="gk-col-{name}">' if name else "<col>" for _, name in names]))
        drawn = tag(
            "table",
            tag("caption", self.say["merge.decisions"], class_="gk-unseen"),
            tag("colgroup", columns),
            tag("thead", tag("tr", *[tag("th", name, scope="col") for name, _ in names])),
            *groups,
            class_="gk-table gk-rows",
        )
        return join([head, tag("div", drawn, class_="gk-scroll")])

    def _group(self, name: str, trail: Trail, lines: Sequence[BlockLine]) -> Html:
        drawn: list[Html] = []
        if trail:
            address = self.ids.of("section", trail[-1])
            words = [" › ".join(trail), " ", anchor(address, self.say)]
            head = tag("th", *words, colspan="3", scope="rowgroup", lang="zh-CN", id=address)
            drawn.append(tag("tr", head, class_="gk-section"))
        for number, run in enumerate(_runs(lines)):
            fold_name = f"{name}.{number}" if run[0].quiet else None
            if fold_name is not None:
                drawn.append(fold_line(fold_name, len(run), self.say.count("merge.quiet", len(run)), span=3))
            drawn += [self._block(line, trail, fold_name) for line in run]
        return tag("tbody", *drawn, class_="gk-group")

    def _block(self, line: BlockLine, trail: Trail, fold_name: str | None) -> Html:
        where = line.where
        side, key = ("new", where.key) if where.key is not None else ("old", where.base_key)
        address = self.ids.of(side, key or where.field or where.name)
        cells = block_cells(line, self.look, anchor(address, self.say))
        of = [f"st-{facet.origin}" for facet in line.facets]
        of += [f"k-{facet.decision.change}" for facet in line.facets]
        of += ["quiet"] * any(facet.quiet for facet in line.facets)
        of += [self.names[name] for facet in line.facets for name in facet.decision.by]
        of += [*self._sections_of(trail), *[self.bodies[name] for name in self._bodies_in(line)]]
        return item("tr", *cells, of=of, address=address, class_="gk-row", fold=fold_name)

    def remarks(self) -> Html:
        """Comments that stand beside no conflict and no change."""
        lines = self.lines.remarks
        if not lines:
            return Html()
        drawn = remark_list(lines, self.look, placed=True)
        return tag(
            "div", fold(self.say["merge.others"], str(len(lines)), drawn, unfolded=True), class_="gk-group"
        )

    # Tokens

    def _sections_of(self, trail: Trail) -> list[str]:
        return [self.sections[_path(trail[:end])] for end in range(1, len(trail) + 1)]

    def _bodies_of(self, line: ConflictLine) -> list[str]:
        values = [line.conflict.base, *[voice.value for voice in line.conflict.voices]]
        return self._bodies(line.where, values)

    def _bodies_in(self, line: BlockLine) -> list[str]:
        found: list[Decision] = [facet.decision for facet in line.facets]
        return self._bodies(line.where, [value for one in found for value in (one.old, one.new)])

    def _bodies(self, where: Where, values: Iterable[object]) -> list[str]:
        names = [clean(name) for name in self.places.bodies(where)]
        for value in values:
            own = isinstance(value, tuple)
            held = (
                value.assignments
                if isinstance(value, Task)
                else cast("Iterable[object]", value if own else ())
            )
            names += [clean(name) for one in held if isinstance(one, Assignment) for name in one.names]
        return list(dict.fromkeys(names))


def _path(trail: Trail) -> str:
    return "\n".join(trail)


def _runs(lines: Sequence[BlockLine]) -> Iterator[list[BlockLine]]:
    """Put lines that matter little together that follow one another."""
    run: list[BlockLine] = []
    for line in lines:
        if run and line.quiet is not run[0].quiet:
            yield run
            run = []
        run.append(line)
    if run:
        yield run
