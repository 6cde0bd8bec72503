"""Links between the tasks of two plans, and doubtful pairs, as HTML tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongkai.comparing import Alignment, Link, Question, Strength
from gongkai.comparing.judges.answerwords import evidence_words
from gongkai.model import Task
from gongkai.views._html import Html, join, tag
from gongkai.views._links import unlinked
from gongkai.views._page_tools import (
    Ids,
    Pick,
    bar,
    filtered,
    item,
    keys,
    nothing,
    picks,
    search_box,
    shown,
    theme,
)
from gongkai.views._parts_html import Look, chips, fold, frame, more, prose, table, title
from gongkai.views._question import shared_runs
from gongkai.views._rows import names
from gongkai.views._text import clean

__all__ = ["alignment_html", "links_html", "question_html"]

_COLOURS: Final = {Strength.SAME: "gk-add", Strength.PARTIAL: "gk-edit", Strength.NONE: "gk-same"}


def alignment_html(alignment: Alignment, look: Look) -> Html:
    """The titles, how many links there are, the links side by side, and the tasks that have none."""
    say = look.say
    strengths: list[tuple[Strength, str]] = []
    for strength in (Strength.SAME, Strength.PARTIAL):
        number = sum(link.strength is strength for link in alignment)
        strengths += [(strength, f"{say[f'links.{strength}']} {number}")] if number else []
    left = [
        _unlinked(say.count(f"links.unlinked_{side}", len(tasks)), tasks, look)
        for side, tasks in zip(("old", "new"), unlinked(alignment), strict=True)
        if tasks
    ]
    heading = title(f"{clean(alignment.old.title)} → {clean(alignment.new.title)}", look)
    whole = say.count("links.links", len(alignment))
    if look.page and alignment.links:
        chosen = [Pick(f"st-{strength}", words, _COLOURS[strength]) for strength, words in strengths]
        tools = [search_box(say), shown(say), tag("span", theme(say), class_="gk-end")]
        counts = [picks("st", whole + say.colon, chosen), bar(*tools, label=say["page.tools"]), filtered(say)]
        left += [nothing(say), keys(say)]
    else:
        counts = [chips([(whole, ""), *[(words, _COLOURS[strength]) for strength, words in strengths]])]
    return frame(heading, *counts, *_table(alignment.links, look), *left, look=look)


def links_html(links: Iterable[Link], look: Look) -> Html:
    """Links alone."""
    return frame(*_table(tuple(links), look), look=look)


def _table(links: Sequence[Link], look: Look) -> list[Html]:
    if not links:
        return []
    say = look.say
    told = links if look.limit is None else links[: look.limit]
    heads = [
        (say["links.column_strength"], "status"),
        (say["links.column_old"], ""),
        (say["links.column_new"], ""),
        (say["links.column_evidence"], ""),
    ]
    ids = Ids() if look.page else None
    body = [_row(link, look, ids) for link in told]
    return [table(heads, body), more(len(links) - len(told), look)]


def _row(link: Link, look: Look, ids: Ids | None) -> Html:
    mark = tag("span", look.say[f"links.{link.strength}"], class_=f"gk-mark {_COLOURS[link.strength]}")
    score = tag("div", f"{link.score:.2f}", class_="gk-score")
    words = clean(evidence_words(link.evidence, look.say.language))
    cells = [
        tag("td", mark, score),
        *[tag("td", _key(task), prose(task.text, look), lang="zh-CN") for task in (link.old, link.new)],
        tag("td", words, class_="gk-soft gk-small"),
    ]
    if ids is None:
        return tag("tr", *cells)
    address = ids.of("link", f"{link.old.key or ''}-{link.new.key or ''}")
    return item("tr", *cells, of=[f"st-{link.strength}"], address=address)


def _key(task: Task) -> Html:
    return tag("span", clean(task.key or ""), class_="gk-tag") if task.key else Html()


def _unlinked(head: str, tasks: Sequence[Task], look: Look) -> Html:
    told = tasks if look.limit is None else tasks[: look.limit]
    texts = [tag("div", _key(task), prose(task.text, look), class_="gk-text", lang="zh-CN") for task in told]
    return fold(head, "", *texts, more(len(tasks) - len(told), look), unfolded=look.unfolded)


def question_html(question: Question, look: Look) -> Html:
    """Both tasks side by side, what they share marked, and what speaks for a link."""
    say = look.say
    cells = [
        _side(question.old, question.new, question.old_headings, look),
        _side(question.new, question.old, question.new_headings, look),
    ]
    heads = [(say[f"links.column_{name}"], "") for name in ("old", "new")]
    told = f"{say['links.column_score']} {question.score:.2f}　"
    words = clean(evidence_words(question.evidence, say.language))
    evidence = tag("p", tag("b", told), words, class_="gk-more")
    return frame(table(heads, [tag("tr", *cells)]), evidence, look=look)


def _side(task: Task, other: Task, headings: Sequence[str], look: Look) -> Html:
    above = " › ".join([clean(heading) for heading in headings if heading.strip()])
    runs = shared_runs(clean(task.text), clean(other.text))
    text = join([tag("mark", part) if shared else part for part, shared in runs])
    below = [names(assignment, look.say, lead=True) for assignment in task.assignments]
    below += ["、".join([clean(deadline.text) for deadline in task.deadlines])] if task.deadlines else []
    return tag(
        "td",
        tag("div", _key(task), above, class_="gk-soft gk-small"),
        tag("div", text, class_="gk-line"),
        *[tag("div", clean(line), class_="gk-soft gk-small") for line in below],
        lang="zh-CN",
    )
