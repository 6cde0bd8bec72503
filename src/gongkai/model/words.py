"""The words of the model in Chinese and English: fields, roles, what there is in a plan.

Whatever names one of them to a person takes its word from here: sentences, columns, pages, the command.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

__all__ = ["terms"]


@cache
def terms(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return the words in a language, ``zh`` or ``en``: by table, then by name.

    >>> terms("zh")["fields"]["deadlines"], terms("en")["holders"]["cooperate"]
    ('完成时限', 'cooperating')
    """
    text = files("gongkai.model").joinpath("words.toml").read_text(encoding="utf-8")
    table = cast("dict[str, dict[str, dict[str, str]]]", tomllib.loads(text))
    return {group: {name: row[language] for name, row in rows.items()} for group, rows in table.items()}
