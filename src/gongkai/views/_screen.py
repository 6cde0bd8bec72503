"""Which view draws what on a terminal."""

from __future__ import annotations

from gongkai.comparing.alignment.links import Alignment
from gongkai.comparing.carrying.carriage import Coverage
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.judges.asking import Question
from gongkai.comparing.tracing.history import History
from gongkai.errors import InvalidValue
from gongkai.merging import Conflict, Consolidation, Decision, Matter, Merge
from gongkai.model import Plan, Section, Task
from gongkai.views._coverage_text import coverage_screen
from gongkai.views._diff_terminal import diff_screen
from gongkai.views._drawing import Thing
from gongkai.views._finding_rows import Checked, FindingList, checked_of
from gongkai.views._finding_text import finding_lines
from gongkai.views._history_text import history_screen
from gongkai.views._links import links_lines
from gongkai.views._matter_terminal import consolidation_lines, matter_lines
from gongkai.views._merge_terminal import conflict_lines, decision_lines, merge_screen
from gongkai.views._paint import paint, screen_width, wants_color
from gongkai.views._question import question_lines
from gongkai.views._rows import TaskList, list_rows, tasks_of
from gongkai.views._terminal import plan_lines, section_lines, task_lines
from gongkai.views._words import Words

__all__ = ["draw_screen"]


def draw_screen(
    thing: Thing, width: int | None, color: bool | None, say: Words, *, everything: bool = False
) -> str:
    """Draw the thing as text; of a diff, where ``everything`` is asked for, what did not change as well.

    Raises:
        TypeError: there is no view for it.
        InvalidValue: the width is no positive number.
    """
    if width is not None and (type(width) is not int or width < 1):
        raise InvalidValue("terminal", "width", width, "a number of cells, at least 1")
    cells = max(width or screen_width(), 20)
    colored = wants_color() if color is None else color
    if isinstance(thing, Plan):
        lines = plan_lines(thing, cells, say)
    elif isinstance(thing, Section):
        lines = section_lines(thing, cells, say)
    elif isinstance(thing, Diff):
        lines = diff_screen(thing, cells, say, color=colored, everything=everything)
    elif isinstance(thing, Alignment):
        lines = links_lines(thing, cells, say)
    elif isinstance(thing, Question):
        lines = question_lines(thing, cells, say, color=colored)
    elif isinstance(thing, Coverage):
        lines = coverage_screen(thing, cells, say)
    elif isinstance(thing, History):
        lines = history_screen(thing, cells, say)
    elif isinstance(thing, Consolidation):
        lines = consolidation_lines(thing, cells, say)
    elif isinstance(thing, Matter):
        lines = matter_lines(thing, cells, say)
    elif isinstance(thing, Merge):
        lines = merge_screen(thing, cells, say, color=colored)
    elif isinstance(thing, Conflict):
        lines = conflict_lines(thing, cells, say, color=colored)
    elif isinstance(thing, Decision):
        lines = decision_lines(thing, cells, say)
    elif isinstance(thing, (Checked, FindingList)):
        found_list = checked_of(thing) if isinstance(thing, Checked) else thing
        lines = finding_lines(found_list, cells, say)
    elif isinstance(thing, (Task, TaskList, tuple, list)):
        found = thing if isinstance(thing, TaskList) else tasks_of(thing)
        lines = task_lines(list_rows(found), cells, say)
    else:
        raise TypeError(
            f"no view for {type(thing).__name__} on a terminal; "
            "give a plan, section, tasks, a diff, an alignment, a question or findings"
        )
    return paint(lines, color=colored)
