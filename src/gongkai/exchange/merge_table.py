"""A merge as a table for a spreadsheet: its conflicts, then a row for each decision."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.errors import InvalidValue
from gongkai.exchange._cells import guarded
from gongkai.merging import Merge
from gongkai.views._merge_records import plain_text, suggestion_text
from gongkai.views._merge_rows import BlockLine, ConflictLine, Facet, Trail, merge_lines
from gongkai.views._text import clean
from gongkai.views._words import Words, words

if TYPE_CHECKING:
    from gongkai.views import Language

__all__ = ["merge_csv", "merge_json", "merge_table"]

_COLUMNS = (
    *("action", "subject", "section", "old_label", "new_label", "name", "change", "by"),
    *("base", "voices", "merged", "suggestion", "why", "id", "told"),
)


def merge_csv(merge: Merge, *, language: Language = "zh", mark: bool = True) -> str:
    """Return a merge as CSV: a row for each conflict, then one for each decision. No cell becomes a formula.

    Args:
        merge: the merge.
        language: the language of the heads and of the words in the table, ``zh`` or ``en``.
        mark: whether a byte order mark goes before it, by which Excel knows UTF-8.

    Raises:
        InvalidValue: it is no merge, or there are no words in that language.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> base = Plan("要点", [Task("每年公开。", label="1.")])
    >>> merge = gongkai.merge(base, base.with_changes("1", text="按季公开。"), base)
    >>> print(merge_csv(merge, mark=False))
    处理,对象,章节,原编号,新编号,名称,修改,来自,原稿,各方修改,合并稿,建议,依据,冲突编号,说明
    取自我方,任务,,1,1,1.每年公开。,改写,我方,每年公开。,,按季公开。,,仅一方修改,,“1.每年公开。”的内容有改动：“每年”改为“按季”（我方：已采纳）。
    <BLANKLINE>
    """
    if type(merge) is not Merge:
        raise InvalidValue("merge_csv", "merge", merge, "a Merge")
    say = words(language)
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([say[f"merge_sheet.{name}"] for name in _COLUMNS])
    for cells in _rows(merge, say):
        writer.writerow(list(map(guarded, cells)))
    return "\ufeff" * mark + target.getvalue()


def _rows(merge: Merge, say: Words) -> Iterator[list[str]]:
    lines = merge_lines(merge, say)
    for line in lines.conflicts:
        yield _conflict(line, say)
    for trail, blocks in lines.groups:
        for block in blocks:
            for facet in block.facets:
                yield _decision(block, facet, trail, say)


def _conflict(line: ConflictLine, say: Words) -> list[str]:
    conflict = line.conflict
    base = plain_text(line.base.paragraphs)
    voices = [f"{'、'.join(column.by)}{say.colon}{plain_text(column.paragraphs)}" for column in line.voices]
    suggestion = line.suggestion
    return [
        say["origins.open"],
        say[f"subjects.{line.where.subject}"],
        " › ".join(line.trail),
        *_labels(line.labels),
        *(line.name, line.kind),
        "、".join([name for column in line.voices for name in column.by]),
        *(base, "\n".join(voices), plain_text(line.now) if line.now else base),
        *(suggestion_text(suggestion), "" if suggestion is None else suggestion.why),
        *(clean(conflict.id), line.told),
    ]


def _decision(block: BlockLine, facet: Facet, trail: Trail, say: Words) -> list[str]:
    decision = facet.decision
    voices = [f"{'、'.join(column.by)}{say.colon}{plain_text(column.paragraphs)}" for column in facet.voices]
    return [
        facet.origin_word,
        say[f"subjects.{block.where.subject}"],
        " › ".join(trail),
        *_labels(block.labels),
        *(clean(block.where.name), facet.kind, "、".join(facet.by)),
        *(plain_text(facet.paragraphs, "added"), "\n".join(voices), plain_text(facet.paragraphs)),
        *("", facet.why, clean(decision.conflict), clean(decision.explain(say.language))),
    ]


def _labels(labels: tuple[str, ...]) -> tuple[str, str]:
    return (labels[0], labels[-1]) if labels else ("", "")


def merge_json(merge: Merge, _language: Language) -> str:
    """A merge as versioned JSON, which ``Merge.from_json`` reads back."""
    return merge.to_json(indent=2) + "\n"


def merge_table(merge: Merge, language: Language) -> str:
    """A merge as CSV that Excel opens."""
    return merge_csv(merge, language=language)
