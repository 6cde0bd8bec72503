"""A department that only this city has."""

from __future__ import annotations

from pathlib import Path

from gongkai import Directory


def extend(base: Directory) -> Directory:
    """Return the directory with the city's own table."""
    return base.extended(Path(__file__).with_name("organs.csv"))
