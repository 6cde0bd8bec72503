"""Plans, diffs and their parts as pictures: HTML for notebooks and pages, Markdown, text for a terminal.

A document's text is untrusted: everything is escaped, control characters are made visible, and no view holds
a script. Labels are in Chinese (``zh``) or English (``en``); a document's own text is never translated.

In a notebook a plan, a task or a diff shows itself. :func:`view` shows one with other settings,
:func:`task_table` shows tasks as a table, :func:`page` makes a file of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, final

import attrs

from gongkai.comparing.carrying.carriage import Coverage
from gongkai.comparing.diffing.changes import Language
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.tracing.history import History
from gongkai.merging import Consolidation, Merge
from gongkai.model import Plan, Section, Task
from gongkai.model import _display as display
from gongkai.views._coverage_records import (
    CarrierRecord,
    ColumnRecord,
    CoverageRecord,
    CoverageRowRecord,
    HandoverRecord,
    HistoryRecord,
    MarkRecord,
    PassageRecord,
    ThreadRecord,
    coverage_record,
    history_record,
)
from gongkai.views._drawing import Thing, draw_html, draw_markdown, more_of, title_of
from gongkai.views._finding_rows import Checked, FindingRecord, checked_of, finding_records
from gongkai.views._links import AlignmentRecord, EvidenceRecord, LinkRecord, alignment_record
from gongkai.views._markdown import capped
from gongkai.views._matter_records import (
    AgreementRecord,
    BondRecord,
    CampRecord,
    CellRecord,
    ConsolidationRecord,
    MatterRecord,
    PlanRecord,
    consolidation_record,
)
from gongkai.views._merge_records import (
    ConflictRecord,
    DecisionRecord,
    MergeRecord,
    RemarkRecord,
    VoiceRecord,
    merge_record,
)
from gongkai.views._parts_html import Look
from gongkai.views._records import (
    ChangeRecord,
    DeadlineRecord,
    DiffRecord,
    RowRecord,
    SummaryRecord,
    TaskRecord,
    diff_record,
    task_records,
)
from gongkai.views._rows import tasks_of
from gongkai.views._sarif import sarif
from gongkai.views._words import words

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = [
    "AgreementRecord",
    "AlignmentRecord",
    "BondRecord",
    "CampRecord",
    "CarrierRecord",
    "CellRecord",
    "ChangeRecord",
    "Checked",
    "ColumnRecord",
    "ConflictRecord",
    "ConsolidationRecord",
    "CoverageRecord",
    "CoverageRowRecord",
    "DeadlineRecord",
    "DecisionRecord",
    "DiffRecord",
    "EvidenceRecord",
    "FindingRecord",
    "HandoverRecord",
    "HistoryRecord",
    "Language",
    "LinkRecord",
    "MarkRecord",
    "MatterRecord",
    "MergeRecord",
    "PassageRecord",
    "PlanRecord",
    "RemarkRecord",
    "RowRecord",
    "SummaryRecord",
    "TaskRecord",
    "Thing",
    "ThreadRecord",
    "View",
    "VoiceRecord",
    "alignment_record",
    "consolidation_record",
    "coverage_record",
    "diff_record",
    "finding_records",
    "finding_table",
    "history_record",
    "html",
    "markdown",
    "merge_record",
    "page",
    "report",
    "sarif",
    "task_records",
    "task_table",
    "terminal",
    "view",
]

#: How many tasks or rows a notebook shows, and how many characters of one text before the rest folds away.
LIMIT: Final = 100
LENGTH: Final = 600


@final
@attrs.frozen
class View:
    """Something to be shown in a notebook, with settings of its own.

    Attributes:
        thing: what is shown.
        language: the language of labels, ``zh`` or ``en``.
        limit: how many tasks or rows are shown; None for all.
    """

    thing: Thing
    language: Language = "zh"
    limit: int | None = LIMIT

    def _repr_html_(self) -> str:
        return html(self.thing, language=self.language, limit=self.limit)

    def _repr_markdown_(self) -> str:
        told = markdown(self.thing, language=self.language)
        return told if self.limit is None else capped(told, words(self.language))

    def _repr_mimebundle_(self, *asked: object, **wanted: object) -> dict[str, str]:
        del asked, wanted
        plain = {"text/plain": repr(self.thing)}
        return plain | {"text/html": self._repr_html_(), "text/markdown": self._repr_markdown_()}


def view(thing: Thing, *, language: Language = "zh", limit: int | None = None) -> View:
    """Show a thing in a notebook: all of it, unless a limit is given.

    >>> from gongkai import Plan, Task
    >>> view(Plan("要点", [Task("公开目录。")]), language="en").language
    'en'
    """
    return View(thing, language, limit)


def task_table(
    tasks: Plan | Section | Task | Iterable[Task], *, language: Language = "zh", limit: int | None = LIMIT
) -> View:
    """Show the tasks of a plan or a section, or any tasks, as one table.

    Raises:
        TypeError: something among them is no task.

    >>> from gongkai import Plan, Task
    >>> task_table(Plan("要点", [Task("公开目录。")])).thing
    TaskList(tasks=(<Task 公开目录。>,), paths=((),))
    """
    return View(tasks_of(tasks), language, limit)


def finding_table(
    checked: Plan | Checked | Iterable[Checked], *, language: Language = "zh", limit: int | None = LIMIT
) -> View:
    """Show findings as a table: those of the reader for a plan, or what was found in one file or in several.

    Raises:
        TypeError: it is no plan and nothing that was checked.

    >>> import gongkai
    >>> plan = gongkai.parse("澄湖区2024年要点\\n1.公开计划。（区财政局负责。\\n")
    >>> print(markdown(finding_table(Checked("要点.txt", plan, gongkai.check(plan, select="C313"))).thing))
    ## 要点.txt 澄湖区2024年要点
    <BLANKLINE>
    1 处错误
    <BLANKLINE>
    | 程度 | 代码 | 位置 | 问题 |
    | --- | --- | --- | --- |
    | 错误 | C313 | 第 2 行<br>编号 1 | 括号不成对：（<br>1.公开计划。⟦（⟧区财政局负责。 |
    <BLANKLINE>
    """
    return View(checked_of(checked), language, limit)


def html(thing: Thing, *, language: Language = "zh", limit: int | None = LIMIT) -> str:
    """Return a fragment of HTML that stands for itself: no script, its style below one class, light and dark.

    Args:
        thing: a plan, section, task, several tasks, record, notice, diff, coverage, history, a part of one of
            these, what was checked.
        language: the language of labels.
        limit: how many tasks or rows are shown; None shows all of everything.

    Raises:
        TypeError: there is no view for the thing.

    >>> from gongkai import Task
    >>> "&lt;script&gt;" in html(Task("<script>alert(1)</script>"))
    True
    """
    length = None if limit is None else LENGTH
    return str(draw_html(thing, Look(words(language), limit, length, see_all="gongkai.views.view(…)")))


def page(thing: Thing, *, title: str | None = None, language: Language = "zh") -> str:
    """Return a whole HTML document that shows all of the thing, unfolded, and prints well.

    Args:
        thing: what :func:`html` takes.
        title: the document's title; taken from the thing where it is not given.
        language: the language of labels.

    Raises:
        TypeError: there is no view for the thing.

    >>> from gongkai import Plan
    >>> page(Plan("澄湖区2024年政务公开工作要点")).splitlines()[0]
    '<!DOCTYPE html>'
    """
    from gongkai.views._page import whole_page

    say = words(language)
    drawn = draw_html(thing, Look(say, unfolded=True, page=True, heading=title or ""))
    named = title_of(thing, say) if title is None else title
    wide = isinstance(thing, (Consolidation, Coverage, Diff, History, Merge))
    return whole_page(drawn, named, say, wide=wide, more=more_of(thing))


def report(
    plans: Plan | Iterable[Plan],
    *,
    reference: Plan | None = None,
    names: Sequence[str] | None = None,
    title: str | None = None,
    language: Language = "zh",
    directory: Directory | None = None,
) -> str:
    """Return one HTML document that tells of a set of plans what the library knows of them.

    It has an overview, all tasks with search and filters, what the reader and the checker found, what changed
    between plans of one body for different years, what each plan carries of the reference, deadlines and
    charts. It needs no network, and no library beside gongkai.

    Args:
        plans: the plans, in the order in which they are to stand.
        reference: the plan that they are seen against: the city's, or last year's.
        names: what the plans are called; by default their years, or whose they are.
        title: the document's title.
        language: the language of labels.
        directory: what tells one department from another; by default the shipped one.

    Raises:
        InvalidValue: there is no plan, names are not one for each, or there is no such language.

    >>> from gongkai import examples
    >>> made = report([examples.load(f"chenghu-{year}") for year in (2023, 2024)], language="en")
    >>> "Report on 2 plans" in made, "<script src" in made
    (True, False)
    """
    from gongkai.views._page import whole_page
    from gongkai.views.reporting._gathering import gather
    from gongkai.views.reporting._report import report_html

    say = words(language)
    found = gather(plans, reference, names, directory, "views.report")
    named = say.count("report.title", len(found.plans)) if title is None else title
    drawn = report_html(found, named, Look(say, page=True))
    return whole_page(drawn, named, say, wide=True, more=("report.css",))


def markdown(thing: Thing, *, language: Language = "zh", everything: bool = False) -> str:
    r"""Return Markdown with tables, as GitHub and notebooks read it; the document's own signs are escaped.

    Args:
        thing: what :func:`html` takes.
        language: the language of labels.
        everything: whether a diff shows what did not change, and what is hidden by default, as well.

    Raises:
        TypeError: there is no view for the thing.

    >>> from gongkai import Task
    >>> print(markdown(Task("公开*目录*|清单。", label="1.")))
    | 编号 | 工作任务 |
    | --- | --- |
    | 1. | 公开\*目录\*\|清单。 |
    <BLANKLINE>
    """
    return draw_markdown(thing, words(language), everything=everything)


def terminal(
    thing: Thing,
    *,
    width: int | None = None,
    color: bool | None = None,
    language: Language = "zh",
    everything: bool = False,
) -> str:
    """Return text for a terminal, in which Chinese characters count as the two cells that they take.

    Args:
        thing: a plan, section, task, several tasks, a diff, a coverage, a history, or what was checked.
        width: how many cells a line may take; the terminal's, where it is not given. No line is cut below 20.
        color: whether to colour; by default where standard output is a terminal that can, and NO_COLOR is not
            set.
        language: the language of labels.
        everything: whether a diff shows what did not change, and what is hidden by default, as well.

    Raises:
        InvalidValue: the width is no positive number.
        TypeError: there is no view for the thing.

    >>> from gongkai import Assignment, Task
    >>> tasks = [Task("公开目录。", label="1.", assignments=[Assignment.lead("区财政局")])]
    >>> print(terminal(tasks, width=70, color=False))
    编号  工作任务                                                牵头单位
    ──────────────────────────────────────────────────────────────────────
    1.    公开目录。                                              区财政局
    <BLANKLINE>
    """
    from gongkai.views._screen import draw_screen

    return draw_screen(thing, width, color, words(language), everything=everything)


def _shown(thing: object, style: str) -> str | None:
    """Draw what the model asks for; None where there is no view for it."""
    if not isinstance(thing, display.Shown):
        return None
    try:
        return html(thing) if style == "html" else capped(markdown(thing), words("zh"))
    except TypeError:
        return None


display.register(_shown)
