"""Invented plans that come with gongkai, by name: for the documentation, for tests, for a first look.

The places are no real ones; the plans are written as real ones are.

>>> from gongkai import examples
>>> "chenghu-2024" in examples.names()
True
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai._refusals import refused

if TYPE_CHECKING:
    from gongkai.model import Plan

__all__ = ["load", "names", "path", "text"]


@cache
def names() -> tuple[str, ...]:
    """The names of the plans, in alphabetical order."""
    found = [entry.name for entry in files("gongkai.examples").joinpath("data").iterdir()]
    return tuple(sorted(name.removesuffix(".txt") for name in found if name.endswith(".txt")))


def _check(name: str) -> str:
    if name not in names():
        raise refused(
            f"example:{name}", "no-example", zh={"names": "、".join(names())}, names=", ".join(names())
        )
    return name


def path(name: str) -> Path:
    """The file of a plan, for whatever wants one.

    Raises:
        ReadError: there is no plan of that name.

    >>> path("chenghu-2024").name
    'chenghu-2024.txt'
    """
    return Path(str(files("gongkai.examples"))) / "data" / f"{_check(name)}.txt"


def text(name: str) -> str:
    """The text of a plan, as a web page or a file gave it.

    Raises:
        ReadError: there is no plan of that name.

    >>> "政务公开工作要点" in text("chenghu-2024")
    True
    """
    return files("gongkai.examples").joinpath("data", f"{_check(name)}.txt").read_text(encoding="utf-8")


def load(name: str) -> Plan:
    """Read a plan.

    Raises:
        ReadError: there is no plan of that name.

    >>> load("chenghu-2024").year
    2024
    """
    from gongkai.reading import parse

    return parse(text(name), origin=f"example:{name}")
