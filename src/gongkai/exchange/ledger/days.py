"""By which day a task is due, as far as its deadlines name one."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.model import Stated, Task

__all__ = ["due_of", "interim_passed", "next_due"]


def due_of(task: Task) -> date | None:
    """Return the day by which all of a task is due: the last that its clause or column names, else its text.

    >>> from gongkai import Deadline, Task
    >>> due_of(Task("公开目录。", deadlines=[Deadline.by_month(2024, 6), Deadline.by_month(2024, 10)]))
    datetime.date(2024, 10, 31)
    """
    stated = [item.due for item in task.deadlines if item.due and item.stated is not Stated.SENTENCE]
    in_text = [item.due for item in task.deadlines if item.due]
    return max(stated or in_text, default=None)


def interim_passed(task: Task, today: date) -> date | None:
    """Return the last day before today by which a part of a task was due; None for no such day.

    The day by which all of it is due is none of them, nor is any behind that; days in sentences count.

    >>> from gongkai import Deadline, Task
    >>> task = Task("公开目录。", deadlines=[Deadline.by_month(2024, 6), Deadline.by_month(2024, 10)])
    >>> interim_passed(task, date(2024, 7, 1))
    datetime.date(2024, 6, 30)
    """
    end = due_of(task)
    if end is None:
        return None
    days = [item.due for item in task.deadlines if item.due and item.due < min(end, today)]
    return max(days, default=None)


def next_due(task: Task, today: date, days: int) -> date | None:
    """Return the next day on which something of a task falls due, within so many days; None for no such day.

    >>> from gongkai import Task, parse_deadline
    >>> next_due(Task("公开预算。", deadlines=[parse_deadline("每季度")]), date(2024, 3, 20), 30)
    datetime.date(2024, 3, 31)
    """
    end = today + timedelta(days=days)
    found = [day for item in task.deadlines for day in item.occurrences(today, end)]
    return min(found, default=None)
