"""The comparison of two plans as a table of a spreadsheet: a row for each correspondence."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from gongkai.comparing import Diff, Row, Status, Subject
from gongkai.comparing.diffing.changes import Language
from gongkai.exchange._cells import guarded
from gongkai.model import Task
from gongkai.tables import columns
from gongkai.views._diff_rows import headings_of, tasks_in
from gongkai.views._rows import names
from gongkai.views._text import clean
from gongkai.views._words import Words, words

__all__ = ["diff_csv"]


def diff_csv(diff: Diff, *, language: Language = "zh", everything: bool = False, mark: bool = True) -> str:
    r"""Return a diff as a table (CSV) in which no cell is a formula.

    Args:
        diff: the diff, or a part of one.
        language: the language of the heads and of the words in the table, ``zh`` or ``en``.
        everything: whether rows in which nothing changed, or only what is hidden by default, are told too.
        mark: whether a byte order mark goes before it, by which Excel knows UTF-8.

    Raises:
        InvalidValue: there are no words in that language.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> diff = gongkai.diff(Plan("要点"), Plan("要点", [Task("公开目录。", label="1.")]))
    >>> print(diff_csv(diff, mark=False))
    变化,对象,章节,旧编号,新编号,旧内容,新内容,旧责任单位,新责任单位,旧完成时限,新完成时限,变化类别,说明,匹配度
    新增,任务,,,1.,,公开目录。,,,,,新增,新增任务“1.公开目录。”。,
    <BLANKLINE>
    """
    say = words(language)
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    heads = {column.name: getattr(column, say.language) for column in columns("diff")}
    writer.writerow([heads[name] for name in _COLUMNS])
    for cells in _rows(diff, say, everything=everything):
        writer.writerow(list(map(guarded, cells)))
    return "\ufeff" * mark + target.getvalue()


_COLUMNS = (
    *("status", "subject", "section", "old_labels", "new_labels", "old_texts", "new_texts"),
    *("old_departments", "new_departments", "old_deadlines", "new_deadlines", "kinds", "explanations"),
    "score",
)


def _rows(diff: Diff, say: Words, *, everything: bool) -> Iterator[Sequence[str]]:
    trails = (headings_of(diff.old), headings_of(diff.new))
    for row in diff.rows:
        if row.status is Status.SAME and not everything:
            continue
        about = row.subject is Subject.TASK
        sides = [tasks_in(side) if about else [] for side in (row.old, row.new)]
        first = next(((task, trails[side]) for side in (1, 0) for task in sides[side][:1]), None)
        trail = first[1].get(first[0].key or "", ()) if first else ()
        pairs = [_sides(sides, name, say) for name in ("label", "text", "bodies", "due")]
        yield [
            say[f"statuses.{row.status}"],
            say[f"subjects.{row.subject}"],
            " › ".join(trail),
            *[cell for pair in pairs for cell in pair],
            *_told(row, say),
            "" if row.score is None else f"{row.score:.2f}",
        ]


def _sides(sides: Sequence[Sequence[Task]], what: str, say: Words) -> list[str]:
    return ["\n".join([_fact(task, what, say) for task in side]) for side in sides]


def _fact(task: Task, what: str, say: Words) -> str:
    if what == "label":
        return clean(task.label or task.key or "")
    if what == "text":
        return clean(task.text)
    if what == "bodies":
        return "；".join([names(held, say, lead=True) for held in task.assignments])
    return "；".join(dict.fromkeys(clean(deadline.text) for deadline in task.deadlines))


def _told(row: Row, say: Words) -> list[str]:
    kinds = dict.fromkeys(change.label(say.language) for change in row.changes)
    sentences = [clean(change.explain(say.language)) for change in row.changes]
    return [say["diff.join"].join(kinds), "\n".join(sentences)]
