"""The parts that every HTML view is made of: the frame, chips, folding parts, text that is cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import final

from attrs import frozen

from gongkai.views._html import Html, join, tag
from gongkai.views._task_index import TaskIndex
from gongkai.views._text import clean, cut
from gongkai.views._words import Words

__all__ = [
    "Look",
    "chips",
    "facts",
    "fold",
    "frame",
    "groups",
    "list_of",
    "more",
    "paragraphs",
    "prose",
    "style",
    "style_of",
    "table",
    "title",
]


@final
@frozen
class Look:
    """How a thing is to be shown.

    Attributes:
        say: the words, in the language of the labels.
        limit: how many tasks or rows are shown; None for all.
        length: how many characters of one text are shown before the rest folds away; None for all.
        unfolded: whether everything that folds is open, as on a page that may be printed.
        page: whether it stands on a page of its own, which brings the style sheet and has filters.
        see_all: the expression that shows everything.
        heading: on a page, what stands above several tasks.
        index: on a page, the tasks that can be filtered.
    """

    say: Words
    limit: int | None = None
    length: int | None = None
    unfolded: bool = False
    page: bool = False
    see_all: str = ""
    heading: str = ""
    index: TaskIndex | None = None


@cache
def style(name: str = "style.css") -> str:
    """A style sheet, without the white space that only its writers need."""
    text = files("gongkai.views").joinpath(name).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).strip()


@cache
def _rules() -> tuple[tuple[str, str, str], ...]:
    """The rules of the style sheet in their order: the at-rule around each, its selectors, and itself."""
    found: list[tuple[str, str, str]] = []
    around = ""
    for at, end, selectors, body in re.findall(r"(@[^{]+)\{|(\})|([^{}]+)(\{[^{}]*\})", style()):
        if selectors:
            found.append((around, selectors, body))
        else:
            around = "" if end else at
    return tuple(found)


def style_of(inside: str) -> str:
    """The style sheet without the rules for classes that a fragment has not: notebooks keep each fragment."""
    there = {name for names in re.findall(r'class="([^"]*)"', inside) for name in names.split()}
    parts: list[str] = []
    last = ""
    for around, selectors, body in _rules():
        if not any(there.issuperset(re.findall(r"\.(gk-[\w-]+)", each)) for each in selectors.split(",")):
            continue
        if around != last:
            parts.append(("}" if last else "") + (around + "{" if around else ""))
        parts.append(selectors + body)
        last = around
    return "".join(parts) + ("}" if last else "")


def frame(*children: str, look: Look) -> Html:
    """The box around a view; where it stands on no page, with the style sheet, so that it needs nothing."""
    if look.page:
        return tag("main", *children, class_="gongkai gk-page", id="gk", lang=look.say.tag)
    inside = join(children)
    sheet = Html(f"<style>{style_of(inside)}</style>")
    return tag("div", sheet, inside, class_="gongkai", lang=look.say.tag)


def title(text: str, look: Look) -> Html:
    """The title of a view."""
    name = "h1" if look.page else "h3"
    if not text.strip():
        return tag(name, look.say["headings.untitled"], class_="gk-title gk-soft")
    return tag(name, text, class_="gk-title", lang="zh-CN")


def facts(texts: Iterable[str]) -> Html:
    """A line of facts below a title; nothing where there are none."""
    spans = [tag("span", text) for text in texts]
    return tag("p", *spans, class_="gk-facts", lang="zh-CN") if spans else Html()


def chips(items: Iterable[tuple[str, str]]) -> Html:
    """Counts as chips, each a text and the class that colours it; the numbers stand out."""
    return tag("ul", *[_chip(text, kind) for text, kind in items], class_="gk-chips")


def _chip(text: str, kind: str) -> Html:
    parts = re.split(r"(\d+)", text)
    inside = [tag("b", part) if part.isdigit() else part for part in parts if part]
    return tag("li", *inside, class_=f"gk-chip {kind}".strip())


def fold(head: str, note: str, *children: str, unfolded: bool) -> Html:
    """A part that folds: its head, a note at the right, and what is inside."""
    notes = [tag("span", note, class_="gk-note")] if note else []
    summary = tag("summary", tag("span", head, class_="gk-head"), *notes)
    return tag("details", summary, *children, class_="gk-part", open=unfolded)


def prose(text: str, look: Look) -> Html:
    """A text of the document; what is beyond the length folds away."""
    first, rest = cut(clean(text), look.length)
    if not rest:
        return join([first])
    summary = tag("summary", tag("span", first + " …"))
    return tag("details", summary, rest)


def list_of(names: Sequence[str]) -> Html:
    """Names with 、 between them; a line ends after a name, not within one."""
    last = len(names) - 1
    return join(
        [
            tag("span", name, "、" if place < last else "", class_="gk-name")
            for place, name in enumerate(names)
        ]
    )


def paragraphs(texts: Iterable[str], look: Look) -> Html:
    """Paragraphs of the document."""
    return join([tag("div", prose(text, look), class_="gk-text", lang="zh-CN") for text in texts])


def table(
    columns: Iterable[tuple[str, str]], body: Iterable[str], *, headed: bool = True, name: str = ""
) -> Html:
    """A table in a box of its own that scrolls; a column is its head and the name that gives it its width.

    ``name`` is what the table is called where its heading does not stand by it.
    """
    return _boxed(columns, [tag("tbody", *body)], headed=headed, name=name)


def groups(columns: Iterable[tuple[str, str]], bodies: Iterable[Iterable[str]]) -> Html:
    """A table of several groups of rows, each of which is hidden where a filter leaves nothing of it."""
    return _boxed(columns, [tag("tbody", *body, class_="gk-group") for body in bodies], headed=True)


def _boxed(
    columns: Iterable[tuple[str, str]], bodies: Iterable[str], *, headed: bool, name: str = ""
) -> Html:
    columns = tuple(columns)
    widths = Html("".join([f'<col class="gk-col-{column}">' if column else "<col>" for _, column in columns]))
    heads = [tag("th", words, scope="col") for words, _ in columns]
    head = tag("thead", tag("tr", *heads)) if headed else Html()
    drawn = tag("table", tag("colgroup", widths), head, *bodies, class_="gk-table", aria_label=name or None)
    return tag("div", drawn, class_="gk-scroll")


def more(hidden: int, look: Look) -> Html:
    """Says how much is not shown and how to see it; nothing where all is shown."""
    if hidden <= 0:
        return Html()
    how = ["　", look.say["counts.see_all"], tag("code", look.see_all)] if look.see_all else []
    return tag("p", look.say.count("counts.more", hidden), *how, class_="gk-more")
