"""The cells of a row of a comparison as HTML, for notebooks and for pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gongkai.comparing.diffing.changes import Status
from gongkai.views._diff_rows import DiffLine
from gongkai.views._diff_text import Marked, Paragraph
from gongkai.views._html import Html, join, tag
from gongkai.views._parts_html import Look

__all__ = ["COLOURS", "departments", "heads", "labels", "marked", "score", "status", "texts"]

COLOURS: Final = {
    Status.SAME: "gk-same",
    Status.CHANGED: "gk-edit",
    Status.MOVED: "gk-move",
    Status.SPLIT: "gk-move",
    Status.MERGED: "gk-move",
    Status.REGROUPED: "gk-move",
    Status.ADDED: "gk-add",
    Status.REMOVED: "gk-drop",
}

_ELEMENTS: Final = {"added": "ins", "removed": "del"}


def heads(look: Look) -> list[tuple[str, str]]:
    """The heads of the columns, and the names that give them their widths."""
    names = {"status": "status", "label": "key", "task": "", "who": "who", "due": "due"}
    return [(look.say[f"columns.{word}"], name) for word, name in names.items()]


def marked(run: Marked) -> Html:
    """A text with its mark."""
    mark, text = run
    if mark in _ELEMENTS:
        return tag(_ELEMENTS[mark], text)
    if mark == "end":
        return tag("span", class_="gk-old-end")
    return join([text]) if mark == "same" else tag("span", text, class_="gk-soft")


def texts(paragraphs: Sequence[Paragraph], look: Look) -> list[Html]:
    """The texts, paragraph by paragraph; only a page can part those of the old plan."""
    return [
        tag(
            "span",
            *[marked(run) for run in runs if look.page or run[0] != "end"],
            class_=f"gk-line gk-par{_side(runs) if look.page else ''}",
        )
        for runs in paragraphs
    ]


def _side(runs: Paragraph) -> str:
    """The class of a paragraph that only one of the plans has."""
    found = {mark for mark, _ in runs} - {"end"}
    return " gk-gone" if found == {"removed"} else " gk-come" if found == {"added"} else ""


def departments(line: DiffLine, look: Look) -> Html:
    """Who holds which role, one line a role, as far as the length goes."""
    drawn: list[Html] = []
    left = look.length
    for held in line.departments:
        inside = [tag("span", held.role, class_="gk-tag")] if held.role else []
        for place, name in enumerate(held.names, 1):
            if left is not None and left <= 0:
                more = look.say.count("counts.more", len(held.names) - place + 1)
                inside.append(tag("span", more, class_="gk-soft"))
                break
            runs: Paragraph = name.runs
            runs = runs if left is None else tuple([(mark, text[:left]) for mark, text in runs])
            left = None if left is None else left - sum(len(text) for _, text in runs)
            after = ["、"] if place < len(held.names) else []
            if name.note:
                after.insert(0, tag("span", name.note, class_="gk-tag gk-after"))
            inside.append(tag("span", *map(marked, runs), *after, class_="gk-name"))
        inside += [tag("span", marked(flag), class_="gk-soft") for flag in held.flags]
        drawn.append(tag("span", *inside, class_="gk-line"))
    return join(drawn)


def labels(line: DiffLine) -> Html:
    """The numbers, of the old tasks and of the new ones."""
    if not line.old or not line.new or line.old == line.new:
        return join([tag("span", label, class_="gk-line") for label in line.new or line.old])
    old = [tag("span", label, class_="gk-line gk-soft") for label in line.old]
    return join([*old, *[tag("span", f"→ {label}", class_="gk-line") for label in line.new]])


def status(line: DiffLine, look: Look) -> Html:
    """What became of the tasks."""
    return tag("span", look.say[f"statuses.{line.status}"], class_=f"gk-mark {COLOURS[line.status]}")


def score(line: DiffLine, look: Look) -> Html:
    """How sure the alignment is of it; nothing where it is."""
    if line.score is None:
        return Html()
    return tag("span", f"{line.score:.2f}", class_="gk-line gk-score", title=look.say["diff.score"])
