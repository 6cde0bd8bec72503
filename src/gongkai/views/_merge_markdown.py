"""A merge as Markdown; words that come and go are marked with <ins> and <del>, contested ones with ⟦ ⟧."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gongkai.merging import Conflict, Decision, Merge
from gongkai.views._diff_markdown import marked_runs
from gongkai.views._diff_text import Paragraph
from gongkai.views._markdown import escape, paragraph, pipe_table
from gongkai.views._merge_html import none_words
from gongkai.views._merge_remarks import RemarkLine
from gongkai.views._merge_rows import BlockLine, ConflictLine, conflict_alone, counts, merge_lines
from gongkai.views._merge_voices import Column
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["conflict_markdown", "decision_markdown", "merge_markdown"]


def merge_markdown(merge: Merge, say: Words) -> str:
    """A merge: counts, each conflict as a table of its sides, what was decided below each heading."""
    lines = merge_lines(merge, say)
    title = escape(merge.plan.title) or say["headings.untitled"]
    drawn = [f"# {say['merge.title']}{say.colon}{title}", ""]
    drawn += [f"- {say['merge.base']}{say.colon}{escape(merge.base.title) or say['headings.untitled']}"]
    called = "、".join([escape(say.table.get(f"copies.{name}", name)) for name in merge.names])
    drawn += [f"- {say['merge.copy']}{say.colon}{called}", ""]
    drawn += [" · ".join([f"{word} {number}" for _, word, number in counts(merge, say)]), ""]
    if not lines.conflicts:
        drawn += [none_words(merge, say), ""]
    else:
        drawn += [f"## {say['merge.conflicts']}", ""]
    for line in lines.conflicts:
        drawn += _conflict(line, say)
    if lines.groups:
        drawn += [f"## {say['merge.decisions']}", ""]
    for trail, blocks in lines.groups:
        drawn += [f"### {escape(' › '.join(trail))}", ""] if trail else []
        drawn += [*_blocks(blocks, say), ""]
    if lines.remarks:
        drawn += [f"## {say['merge.others']}", "", *_remarks(lines.remarks, say, placed=True)]
    return "\n".join(drawn).rstrip() + "\n"


def _conflict(line: ConflictLine, say: Words) -> list[str]:
    labels = " → ".join(map(escape, line.labels))
    head = " ".join(filter(None, (labels, escape(line.name))))
    number = f"{line.number}. " if line.number else ""
    drawn = [f"### {number}{escape(line.kind)}{say.colon}{head}", ""]
    id_ = clean(line.conflict.id)
    facts = [
        f"`{id_}`" if re.fullmatch(r"[\w.~¶#()（）-]+", id_) else escape(id_),
        escape(" › ".join(line.trail)),
    ]
    drawn += [" · ".join(filter(None, facts)), ""]
    columns = [line.base, *line.voices]
    heads = ["、".join(map(escape, column.by)) for column in columns]
    cells = [_paragraphs(column.paragraphs) for column in columns]
    if line.suggestion is not None:
        heads.append(say["merge.suggestion"])
        cells.append(_suggestion(line.suggestion))
    drawn += [*pipe_table(heads, [cells]), ""]
    drawn += [*[f"- {paragraph(told)}" for told in line.contested], ""] if line.contested else []
    drawn += [paragraph(line.beside), ""] if line.beside else []
    now = _paragraphs(line.now) if line.now else say["merge.as_base"]
    drawn += [f"{say['merge.now']}{say.colon}{now}", ""] if line.number else []
    return [*drawn, *_remarks(line.remarks, say), *[""] * bool(line.remarks)]


def _suggestion(column: Column) -> str:
    told = [*map(escape, column.by), _paragraphs(column.paragraphs)]
    return "<br>".join(filter(None, told)) + (f"（{escape(column.why)}）" if column.why else "")


def _paragraphs(paragraphs: Iterable[Paragraph]) -> str:
    return "<br>".join(map(marked_runs, paragraphs))


def _blocks(blocks: Sequence[BlockLine], say: Words) -> list[str]:
    heads = [say["columns.label"], say["merge.change"], say["merge.by"], say["merge.why"]]
    body: list[list[str]] = []
    for line in blocks:
        told = [escape(line.name)] if line.name else []
        for place, facet in enumerate(line.facets):
            last = place == len(line.facets) - 1
            text = f"**{escape(facet.kind)}** {_paragraphs(facet.paragraphs)}"
            notes = [_remark(remark, say, placed=False) for remark in line.remarks if last]
            body.append(
                [
                    " → ".join(map(escape, line.labels)) if not place else "",
                    "<br>".join([*told, text, *notes]),
                    "、".join(map(escape, facet.by)),
                    escape(facet.why),
                ]
            )
            told = []
    return pipe_table(heads, body)


def _remarks(lines: Iterable[RemarkLine], say: Words, *, placed: bool = False) -> list[str]:
    return [f"- {_remark(line, say, placed=placed)}" for line in lines]


def _remark(line: RemarkLine, say: Words, *, placed: bool) -> str:
    place = f"（{line.place}）" if placed and line.place else ""
    text = f"{line.who}{place}{say.colon}{line.text}" + (f"　{line.rest}" if line.rest else "")
    return f"{escape(f'[{line.answer}]')} {escape(text)}"


def conflict_markdown(conflict: Conflict, say: Words) -> str:
    """One conflict with its sides."""
    return "\n".join(_conflict(conflict_alone(conflict, say), say)).rstrip() + "\n"


def decision_markdown(decision: Decision, say: Words) -> str:
    """One decision as a sentence."""
    return paragraph(clean(decision.explain(say.language))) + "\n"
