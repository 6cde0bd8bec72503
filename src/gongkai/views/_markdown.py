"""Plans and tasks as Markdown, as GitHub and notebooks read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from gongkai.model import Assignment, Finding, Notice, Plan, Record, Section
from gongkai.views._plan_html import plan_counts, plan_facts
from gongkai.views._record_html import notice_facts, record_facts
from gongkai.views._rows import HeadingRow, Row, TaskRow, columns_for, due_words, heading_words, names, rows
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "capped",
    "escape",
    "notice_markdown",
    "paragraph",
    "pipe_table",
    "plan_markdown",
    "record_markdown",
    "section_markdown",
    "tasks_markdown",
]


@cache
def _special() -> re.Pattern[str]:
    return re.compile(r"[\\`*_\[\]|~$]")


@cache
def _opening() -> re.Pattern[str]:
    """What makes a heading, a list or a rule of a line that begins with it."""
    return re.compile(r"[#+=-]|\d+(?=[.)])")


def escape(text: str) -> str:
    r"""Return the text as one line in which Markdown finds no marks; for cells and the middle of a line.

    >>> escape("公开|更新 *清单* <b>&amp;")
    '公开\\|更新 \\*清单\\* &lt;b&gt;&amp;amp;'
    """
    text = _special().sub(lambda found: "\\" + found[0], clean(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


#: How many characters of Markdown a notebook keeps beside the HTML.
_KEPT: Final = 12_000


def capped(text: str, say: Words) -> str:
    """Return Markdown as long as a notebook may keep it: whole lines, and then how many are left out.

    >>> from gongkai.views._words import words
    >>> capped("第一行\\n" + "很长" * 8000 + "\\n第三行\\n", words("zh"))
    '第一行\\n\\n… 另有 2 行；全部：gongkai.views.markdown(…)\\n'
    """
    if len(text) <= _KEPT:
        return text
    end = text.rfind("\n", 0, _KEPT) + 1
    hidden = text[end:].count("\n")
    return f"{text[:end]}\n{say.count('counts.more_lines', hidden)}\n"


def paragraph(text: str) -> str:
    r"""Return the text as a paragraph, which its beginning does not turn into a list or a heading.

    >>> paragraph("1. 公开目录"), paragraph("# 公开")
    ('1\\. 公开目录', '\\# 公开')
    """
    line = escape(text)
    found = _opening().match(line)
    if found is None:
        return line
    place = found.end() if found[0].isdigit() else 0
    return f"{line[:place]}\\{line[place:]}"


def pipe_table(heads: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    """A table, its cells escaped already."""
    lines = [heads, ["---"] * len(heads), *body]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def _holders(assignments: Iterable[Assignment], say: Words, *, lead: bool = False) -> str:
    return "；".join([escape(names(item, say, lead=lead)) for item in assignments])


def _task_table(found: Sequence[TaskRow], say: Words) -> list[str]:
    columns = columns_for(found)
    heads = [say["columns.label"], *[say["columns.section"]] * columns.section, say["columns.task"]]
    heads += [say["columns.lead"]] * columns.lead
    heads += [say["columns.others"]] * columns.others + [say["columns.due"]] * columns.due
    body: list[list[str]] = []
    for row in found:
        extras = [f"<br>{escape(name)}：{escape(text)}" for name, text in row.task.extras]
        cells = [escape(row.label), *[escape(row.section)] * columns.section]
        cells.append(escape(row.task.text) + "".join(extras))
        cells += [_holders(columns.leads(row), say)] if columns.lead else []
        cells += [_holders(columns.rest(row), say, lead=True)] if columns.others else []
        cells += [escape(due_words(row))] if columns.due else []
        body.append(cells)
    return pipe_table(heads, body)


def _blocks(drawn: Iterable[Row], level: int, say: Words) -> list[str]:
    """Headings, paragraphs, and a table for the tasks that stand together."""
    lines: list[str] = []
    together: list[TaskRow] = []

    def flush() -> None:
        if together:
            lines.extend([*_task_table(together, say), ""])
            together.clear()

    for row in drawn:
        if isinstance(row, TaskRow):
            together.append(row)
            continue
        flush()
        if isinstance(row, HeadingRow):
            lines += [f"{'#' * min(level + row.depth, 6)} {escape(heading_words(row.section))}", ""]
        else:
            lines += [paragraph(f"{row.paragraph.label or ''} {row.paragraph.text}"), ""]
    flush()
    return lines


def plan_markdown(plan: Plan, say: Words) -> str:
    """A plan: title, facts, counts, text, tasks, findings."""
    lines = [f"# {escape(plan.title) or say['headings.untitled']}", ""]
    facts = plan_facts(plan, say)
    lines += [" · ".join(map(escape, facts)), ""] if facts else []
    lines += [" · ".join(plan_counts(plan, say)), ""]
    for block in plan.preamble:
        lines += [paragraph(block.text), ""]
    lines += _blocks(rows(plan.content), 2, say)
    for block in plan.closing:
        lines += [paragraph(block.text), ""]
    if plan.findings:
        lines += [f"## {say['headings.findings']}", ""]
        messages = [_message(finding, say) for finding in plan.findings]
        pairs = zip(plan.findings, messages, strict=True)
        lines += [f"- `{clean(finding.code)}` {escape(message)}" for finding, message in pairs]
    return "\n".join(lines).rstrip() + "\n"


def _message(finding: Finding, say: Words) -> str:
    """What a finding says, and its hint."""
    message = finding.zh if say.language == "zh" else finding.en
    return f"{message}{say['findings.hint'].format(hint=finding.hint)}" if finding.hint else message


def section_markdown(section: Section, say: Words) -> str:
    """A section and what stands in it."""
    return "\n".join(_blocks(rows((section,)), 3, say)).rstrip() + "\n"


def tasks_markdown(found: Sequence[TaskRow], say: Words) -> str:
    """Tasks as one table."""
    if not found:
        return say["counts.nothing"] + "\n"
    return "\n".join(_task_table(found, say)) + "\n"


def _pairs(found: Iterable[tuple[str, str]]) -> list[str]:
    return [f"- {escape(name)}：{escape(value)}" for name, value in found]


def record_markdown(record: Record, say: Words) -> str:
    """A record as a list of names and values."""
    return "\n".join(_pairs(record_facts(record, say))) + "\n"


def notice_markdown(notice: Notice, say: Words) -> str:
    """A notice: title, text, who signed it."""
    lines = [f"### {escape(notice.title)}", ""]
    for text in notice.body:
        lines += [paragraph(text), ""]
    return "\n".join([*lines, *_pairs(notice_facts(notice, say))]).rstrip() + "\n"
