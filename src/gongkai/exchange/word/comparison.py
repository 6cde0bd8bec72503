"""The table of what changed between two plans (对照表), as a Word document on its side."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, TypeAlias, cast

from gongkai.codec import clause_of
from gongkai.codec.text import printed_label
from gongkai.comparing import Diff, Row, Status, Subject, redline
from gongkai.exchange.word.elements import Box, Run, paragraph, table
from gongkai.exchange.word.layout import layout, shared_out
from gongkai.exchange.word.package import Facts, Sheet, document
from gongkai.model import Plan, Severity, Task
from gongkai.views import Language
from gongkai.views._diff_rows import grouped, status_counts
from gongkai.views._diff_text import WIDTHS
from gongkai.views._words import words

__all__ = ["comparison_docx", "say", "titled"]

Element: TypeAlias = Any

#: With less than this share of common characters two texts are marked as a whole.
_LEGIBLE: Final = 0.35
#: Kinds that the two texts show by themselves.
_SHOWN: Final = frozenset(["reworded", "shared"])


@cache
def say(group: str, language: str) -> dict[str, str]:
    """Return the words of a sort of table in a language."""
    text = files("gongkai.exchange.word").joinpath("words.toml").read_text(encoding="utf-8")
    rows = cast("dict[str, dict[str, dict[str, str]]]", tomllib.loads(text))[group]
    return {name: row[language] for name, row in rows.items()}


def titled(plan: Plan, language: Language) -> str:
    """What a plan is called in a head."""
    return plan.title or words(language)["headings.untitled"]


def comparison_docx(diff: Diff, language: Language = "zh") -> bytes:
    """Return a comparison as a Word document: a table of old text, new text and what changed.

    What was taken out is struck through and red in the old text, what was put in underlined and blue in the
    new one; so are departments and deadlines, in the clause below the text. Rows stand below the new plan's
    headings; tasks that did not change are left out. What changed outside the tasks is listed below.

    Raises:
        MissingExtra: python-docx is not installed.

    >>> import gongkai
    >>> from gongkai.exchange.word.comparison import comparison_docx
    >>> old, new = (gongkai.examples.load(f"chenghu-{year}") for year in (2023, 2024))
    >>> comparison_docx(gongkai.diff(old, new))[:2]
    b'PK'
    """
    told = say("comparison", language)
    old, new = titled(diff.old, language), titled(diff.new, language)
    content = [
        paragraph("title", [told["title"]]),
        paragraph("centred", [told["between"].format(old=old, new=new)]),
    ]
    rows = list(_rows(diff, language))
    counts = [f"{word} {count}" for _, word, count in status_counts(diff, words(language))]
    note = told["counts"].format(counts=told["comma"].join(counts)) if rows else told["none"]
    content.append(paragraph("note", [note]))
    if rows:
        heads = [told["number"], told["old"].format(title=old), told["new"].format(title=new), told["change"]]
        shade = layout()["colours"]["head"]
        boxes = [[Box([paragraph("head", [head])], shade=shade) for head in heads], *rows]
        content.append(table(shared_out("wide", list(layout()["comparison"].values())), boxes))
    content += _others(diff, language)
    facts = Facts(f"{told['title']}：{old}、{new}", "", diff.new.record.issued_on)
    return document([Sheet(tuple(content), "wide")], facts)


def _rows(diff: Diff, language: Language) -> Iterator[list[Box]]:
    """Yield the rows: a band for each heading with changes below it, then a row for each correspondence."""
    number = 0
    for trail, group in grouped(diff):
        changed = [row for row in group if row.status is not Status.SAME]
        if not changed:
            continue
        heading = " › ".join(trail) or say("comparison", language)["loose"]
        band = paragraph("band", [heading])
        yield [Box([band], len(layout()["comparison"]), shade=layout()["colours"]["band"])]
        for row in changed:
            number += 1
            sides = _sides(row)
            yield [
                Box([paragraph("centred", [str(number)])]),
                *[Box(_cell(side, tasks)) for side, tasks in zip(sides, (row.old, row.new), strict=True)],
                Box([paragraph("cell", [text]) for text in _told(row, language)]),
            ]


def _sides(row: Row) -> tuple[list[list[Run]], list[list[Run]]]:
    """Return the texts of a row: of the old plan without what was added, of the new one without what went."""
    old, new = _tasks(row.old), _tasks(row.new)
    texts = _marked("\n".join(map(_text, old)), "\n".join(map(_text, new)))
    clauses = _marked("\n".join(map(clause_of, old)), "\n".join(map(clause_of, new)))
    before, after = ([*_lines(texts, side), *_lines(clauses, side)] for side in ("old", "new"))
    return before, after


def _tasks(blocks: Sequence[object]) -> list[Task]:
    return [block for block in blocks if isinstance(block, Task)]


def _text(task: Task) -> str:
    return " ".join(task.text.split("\n"))


class _Part(NamedTuple):
    """A stretch of two texts: what stands in the old one, in the new one, and whether that is the same."""

    old: str
    new: str
    same: bool


def _marked(old: str, new: str) -> list[_Part]:
    """Return the stretches of two texts; a sign and its other width are the same sign."""
    found: list[_Part] = []
    back, place = 0, 0
    for mark, text in redline(old.translate(WIDTHS), new.translate(WIDTHS)):
        before = old[back : back + len(text)] if mark != "added" else ""
        after = new[place : place + len(text)] if mark != "removed" else ""
        found.append(_Part(before, after, mark == "same"))
        back += len(before)
        place += len(after)
    kept = sum(len(part.old) for part in found if part.same)
    if old and new and kept < _LEGIBLE * max(len(old), len(new)):
        return [_Part(old, new, same=False)]
    return found


def _lines(parts: Sequence[_Part], side: str) -> list[list[Run]]:
    """Return the runs of one side, line by line."""
    lines: list[list[Run]] = [[]]
    for part in parts:
        text, mark = (part.old, "deleted") if side == "old" else (part.new, "inserted")
        for place, piece in enumerate(text.split("\n")):
            if place:
                lines.append([])
            if piece:
                lines[-1].append(Run(piece, mark="" if part.same else mark))
    return lines


def _cell(lines: list[list[Run]], blocks: Sequence[object]) -> list[Element]:
    """Return a cell's paragraphs: the texts, each behind its label, then the clauses."""
    labels = [printed_label(task.label) for task in _tasks(blocks)]
    found: list[Element] = []
    for place, runs in enumerate(lines):
        label = labels[place] if place < len(labels) else ""
        if label or runs:
            found.append(paragraph("cell", [*([Run(label)] if label else []), *runs]))
    return found


def _told(row: Row, language: Language) -> list[str]:
    """Say what changed: the status, the kinds that the texts show, and the rest in sentences."""
    say_words = words(language)
    kinds = [
        change.label(language)
        for change in row.changes
        if change.kind in _SHOWN and change.severity is not Severity.INFO
    ]
    first = dict.fromkeys([say_words[f"statuses.{row.status}"], *kinds])
    told = [say("comparison", language)["join"].join(first)]
    if row.status in {Status.ADDED, Status.REMOVED}:
        return told
    return told + [
        change.explain(language)
        for change in row.changes
        if change.kind not in _SHOWN and change.severity is not Severity.INFO
    ]


def _others(diff: Diff, language: Language) -> Iterator[Element]:
    changes = [change for row in diff.rows if row.subject is not Subject.TASK for change in row.changes]
    told = [change.explain(language) for change in changes if change.severity is not Severity.INFO]
    if told:
        yield paragraph("band", [say("comparison", language)["other"]])
        yield from [paragraph("note", [text]) for text in told]
