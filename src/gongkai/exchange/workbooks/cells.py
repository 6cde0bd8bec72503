"""What stands in the cells of a task's row: who answers for it, by when, its other columns."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from gongkai.codec.keeping import KeptColumn
from gongkai.errors import InvalidValue
from gongkai.model import Assignment, Deadline, Plan, Role, Stated, Task
from gongkai.views import Language

__all__ = ["columns_for", "deadline_cell", "heads", "role_cell", "task_cell"]

#: The roles in the order of their columns; the first three are those that every office prints.
_ROLES: Final = ("lead", "responsible", "cooperate", "support", "guide")
#: No table has more columns than this: a sheet has 16,384, a reader's patience fewer.
_MOST: Final = 200


@cache
def heads() -> dict[str, Any]:
    """Return the heads of columns and the names of rows and sheets, by language."""
    text = files("gongkai.exchange.workbooks").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def columns_for(
    plan: Plan, language: Language, *, section: bool = False, extras: bool = True
) -> list[KeptColumn]:
    """Return the columns of a plan's table: the roles that it uses, and the other columns of its tasks.

    Args:
        plan: the plan.
        language: the language of their heads.
        section: whether the section of each task is a column.
        extras: whether the other columns of its tasks are, and one for remarks.
    """
    say = heads()["columns"]
    used = {item.role.value for task in plan.all_tasks for item in task.assignments}
    roles = [role for role in _ROLES if role in used or role == "responsible"]
    names = ["number", *(["section"] if section else []), "task", *roles, "deadline"]
    columns = [KeptColumn(name, say[name][language]) for name in names]
    if not extras:
        return columns
    others = dict.fromkeys([name for task in plan.all_tasks for name, _ in task.extras])
    if len(others) > _MOST:
        raise InvalidValue("write", "extras", len(others), f"at most {_MOST} other columns in a table")
    remark = say["remark"][language]
    return [*columns, *[KeptColumn("extra", name or "—", name) for name in {**others, remark: None}]]


def task_cell(task: Task, column: KeptColumn) -> str:
    """Return what stands in a task's cell of a column."""
    if column.holds == "number":
        return task.label or ""
    if column.holds == "task":
        return task.text
    if column.holds == "deadline":
        return deadline_cell(task.deadlines)
    if column.holds == "extra":
        return "\n".join([text for name, text in task.extras if name == column.name])
    return role_cell(task.assignments, Role(column.holds))


def role_cell(assignments: Iterable[Assignment], role: Role) -> str:
    """Return who holds a role: each assignment in a line of its own, as a clause would name them.

    >>> from gongkai import Assignment
    >>> role_cell([Assignment.responsible("区司法局", "区财政局", severally=True)], Role.RESPONSIBLE)
    '区司法局、区财政局（分别负责）'
    """
    return "\n".join([_names(item) for item in assignments if item.role is role])


def _names(item: Assignment) -> str:
    names = list(item.names)
    if item.open:
        noun = names.pop() if len(names) > 1 and names[-1].startswith(("有关", "相关", "其他")) else ""
        text = "、".join(names) + "等" + noun
    else:
        text = "、".join(names)
    return text + (heads()["severally"][item.role.value] if item.severally else "")


def deadline_cell(deadlines: Sequence[Deadline]) -> str:
    """Return by when, each wording once: those of the clause or the column, else those of the sentences."""
    stated = [item for item in deadlines if item.stated is not Stated.SENTENCE]
    return "\n".join(dict.fromkeys([item.text for item in stated or deadlines]))
