"""The notation of the reading cases (tests/data/reading*.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from gongkai import Task


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file, by its name without ending."""
    path = Path(__file__).parent.joinpath("data", f"{name}.toml")
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return found


def line(task: Task) -> str:
    """One task: key, text, roles with their bodies (* severally, + open), due dates."""
    roles = [
        f"{item.role}{'*' * item.severally}{'+' * item.open}:{'、'.join(item.names)}"
        for item in task.assignments
    ]
    dues = [deadline.due.isoformat() for deadline in task.deadlines if deadline.due]
    return f"{task.key} | {task.text} | {'; '.join(roles)} | {' '.join(dues)}"
