"""The words that views add to a document's own text, in Chinese and English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, cast, final

from attrs import frozen

from gongkai.comparing.diffing.changes import Language
from gongkai.errors import InvalidValue
from gongkai.model.words import terms

__all__ = ["LANGUAGES", "Language", "Words", "words"]

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


@final
@frozen(repr=False)
class Words:
    """The words in one language, by their place in the table: ``words("zh")["columns.task"]``.

    >>> words("zh")["columns.task"], words("en").count("counts.tasks", 1)
    ('工作任务', '1 task')
    """

    language: Language
    table: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.table[name]

    def count(self, name: str, number: int, **others: str) -> str:
        """The word with its number, and whatever else it wants, filled in."""
        return self.table[name].format(n=number, s="" if number == 1 else "s", **others)

    @property
    def tag(self) -> str:
        """The language as HTML names it."""
        return {"zh": "zh-CN", "en": "en"}[self.language]

    @property
    def colon(self) -> str:
        """What stands between a label and its value."""
        return "：" if self.language == "zh" else ": "


@cache
def words(language: str, package: str = "gongkai.views") -> Words:
    """Return the words of a language, from the table ``words.toml`` of a package.

    Raises:
        InvalidValue: there are no words in that language.

    >>> words("fr")
    Traceback (most recent call last):
        ...
    gongkai.errors.InvalidValue: views.language: expected one of zh, en, got 'fr' (str)
    """
    if language not in LANGUAGES:
        raise InvalidValue("views", "language", language, f"one of {', '.join(LANGUAGES)}")
    text = files(package).joinpath("words.toml").read_text(encoding="utf-8")
    table = cast("dict[str, dict[str, dict[str, str]]]", tomllib.loads(text))
    rows = _terms(language)
    rows |= {
        f"{group}.{name}": row[language] for group, names in table.items() for name, row in names.items()
    }
    return Words(language, rows)


#: Heads of columns and parts that are words of the model.
_HEADS: Final = {
    "columns.label": "fields.label",
    "columns.lead": "holders.lead",
    "columns.others": "holders.responsible",
    "columns.due": "fields.deadlines",
    "headings.notice": "fields.notice",
    "headings.preamble": "fields.preamble",
    "headings.closing": "fields.closing",
}


def _terms(language: str) -> dict[str, str]:
    """The words of the model; a record and a notice are told as lines, whose heads have a capital."""
    rows = {
        f"{group}.{name}": word for group, names in terms(language).items() for name, word in names.items()
    }
    heads = {name: name for name in rows if name.startswith(("record.", "notice."))} | _HEADS
    return rows | {head: rows[name][:1].upper() + rows[name][1:] for head, name in heads.items()}
