"""A doubtful pair for a person at a terminal: both tasks side by side, what they share marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from gongkai.comparing import Question
from gongkai.comparing.judges.answerwords import evidence_words
from gongkai.model import Task
from gongkai.views._rows import names
from gongkai.views._text import clean
from gongkai.views._words import Words
from gongkai.views._wrap import Line, Run, side_by_side, wrap

__all__ = ["question_lines", "shared_runs"]

#: So many characters in a row are a phrase that is marked; 做好 and 公开 are in every task.
_PHRASE: Final = 3

#: Where there are no colours, these stand around a phrase.
_OPEN: Final = "⟦"
_CLOSE: Final = "⟧"

#: Narrower than this, the two stand one below the other.
_NARROW: Final = 60


def shared_runs(text: str, other: str) -> list[tuple[str, bool]]:
    """Cut a text into runs, each with whether the other text has it too.

    >>> shared_runs("及时公开预决算", "规范预决算公开")
    [('及时公开', False), ('预决算', True)]
    """
    mine, theirs = _folded(text), _folded(other)
    phrases = {theirs[place : place + _PHRASE] for place in range(len(theirs) - _PHRASE + 1)}
    shared = [False] * len(text)
    for place in range(len(mine) - _PHRASE + 1):
        phrase = mine[place : place + _PHRASE]
        if phrase.isalnum() and phrase in phrases:
            shared[place : place + _PHRASE] = [True] * _PHRASE
    for place in range(1, len(text) - 1):  # a mark between two phrases belongs to both
        shared[place] |= not text[place].isalnum() and shared[place - 1] and shared[place + 1]
    marked = zip(text, shared, strict=True)
    return [
        ("".join([character for character, _ in group]), mark)
        for mark, group in groupby(marked, key=lambda item: item[1])
    ]


def _folded(text: str) -> str:
    """The text with each full-width form as its half-width one, as long as before."""
    forms = [unicodedata.normalize("NFKC", character) for character in text]
    return "".join(
        [form if len(form) == 1 else character for form, character in zip(forms, text, strict=True)]
    )


def question_lines(question: Question, width: int, say: Words, *, color: bool) -> list[Line]:
    """Both tasks with their headings and departments, how likely the link is, and what speaks for it."""
    sides = (("old", question.old, question.new), ("new", question.new, question.old))
    headings = (question.old_headings, question.new_headings)
    narrow = width < _NARROW
    room = width if narrow else (width - 3) // 2
    columns = [
        _side(name, task, other, above, room, say, color=color)
        for (name, task, other), above in zip(sides, headings, strict=True)
    ]
    if narrow:
        lines = [*columns[0], [("─" * width, "soft")], *columns[1]]
    else:
        rule: list[Line] = [[("│", "soft")] for _ in range(max(map(len, columns)))]
        lines = side_by_side([columns[0], rule, columns[1]], [room, 1, room], gap=1)
    told = f"{say['links.column_score']} {question.score:.2f}"
    words = evidence_words(question.evidence, say.language)
    return [*lines, *wrap([(f"{told}  {clean(words)}", "soft")], width)]


def _side(
    name: str, task: Task, other: Task, headings: Sequence[str], width: int, say: Words, *, color: bool
) -> list[Line]:
    key: list[Run] = [(f"{say[f'diff.{name}']} ", "soft"), (clean(task.key or ""), "head")]
    above = " › ".join([clean(heading) for heading in headings if heading.strip()])
    lines = wrap([*key, (f"  {above}", "soft")], width)
    lines += wrap(_marked(clean(task.text), clean(other.text), color=color), width)
    for assignment in task.assignments:
        lines += wrap([(clean(names(assignment, say, lead=True)), "soft")], width, after="、")
    if task.deadlines:
        lines += wrap([("、".join([clean(deadline.text) for deadline in task.deadlines]), "soft")], width)
    return lines


def _marked(text: str, other: str, *, color: bool) -> list[Run]:
    runs: list[Run] = []
    for part, shared in shared_runs(text, other):
        if shared and not color:
            runs.append((f"{_OPEN}{part}{_CLOSE}", ""))
        else:
            runs.append((part, "shared" if shared else ""))
    return runs
