"""The vocabulary: every column that a table may have, and which table has which; data in three TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Final, Literal, TypeAlias, cast, final

from attrs import frozen

from gongkai.errors import InvalidValue
from gongkai.model.words import terms
from gongkai.views._words import words

__all__ = ["TABLES", "Column", "ColumnType", "TableFacts", "facts_of", "table_names", "vocabulary"]

ColumnType: TypeAlias = Literal["string", "int", "float", "bool", "date", "strings"]
"""What a column holds; ``strings`` is a list of strings."""


@final
@frozen
class Column:
    """A column of a table.

    Attributes:
        name: its name, one word for one concept in all tables.
        type: ``string``, ``int``, ``float``, ``bool``, ``date``, or ``strings`` for a list of strings.
        nullable: whether it may have no value in a row; a list is empty then, and never missing.
        zh: its head in Chinese.
        en: its head in English.
        is_zh: what it holds, in Chinese.
        is_en: what it holds, in English.
        values: the name of the set of values that it may have, in :func:`values_of`; empty where it is free.

    >>> from gongkai import tables
    >>> column = tables.columns("tasks")[9]
    >>> column.name, column.type, column.nullable, column.zh
    ('position', 'int', False, '序号')
    """

    name: str
    type: ColumnType
    nullable: bool
    zh: str
    en: str
    is_zh: str
    is_en: str
    values: str = ""


@final
@frozen
class TableFacts:
    """What is known of a table.

    Attributes:
        name: its name, which is that of the function that makes it.
        of: the class of the things that it is made from.
        zh: what it is called in Chinese.
        row_zh: what one row is, in Chinese.
        row_en: what one row is, in English.
        columns: its columns.
    """

    name: str
    of: str
    zh: str
    row_zh: str
    row_en: str
    columns: tuple[Column, ...]


_Row: TypeAlias = dict[str, str]
_Heads: TypeAlias = dict[str, dict[str, str]]


@cache
def _file(name: str) -> dict[str, dict[str, object]]:
    text = files("gongkai.tables").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def vocabulary() -> Mapping[str, Mapping[str, str]]:
    """Return what is written of each column, by its name, in the order of the file."""
    return cast("dict[str, dict[str, str]]", _file("columns"))


@cache
def table_names() -> tuple[str, ...]:
    """Return the names of all tables."""
    return tuple([name for name in _file("tables") if name != "groups"])


@cache
def facts_of(table: str) -> TableFacts:
    """Return what is known of a table.

    Raises:
        InvalidValue: there is no such table.

    >>> facts_of("extras").row_en
    'one row for each cell of another column of a task table'
    """
    if table not in table_names():
        raise InvalidValue("tables", "table", table, f"one of {', '.join(table_names())}")
    row = _file("tables")[table]
    values = cast("_Row", row.get("values", {}))
    heads = cast("_Heads", row.get("heads", {}))
    found = [_column(word, values, heads) for word in _spread(cast("list[str]", row["columns"]))]
    facts = cast("_Row", row)
    return TableFacts(table, facts["of"], facts["zh"], facts["row_zh"], facts["row_en"], tuple(found))


def _spread(words: list[str]) -> list[str]:
    groups = cast("dict[str, list[str]]", _file("tables")["groups"])
    return [each for word in words for each in (groups[word[1:]] if word.startswith("@") else [word])]


def group(name: str) -> tuple[str, ...]:
    """Return the columns of a group that several tables have, as ``group("plan")``."""
    return tuple([word.rstrip("?") for word in _spread([f"@{name}"])])


def _column(word: str, values: _Row, heads: _Heads) -> Column:
    name = word.rstrip("?")
    row = vocabulary()[name]
    head = heads.get(name, row)
    kept = values.get(name, row.get("values", ""))
    return Column(
        name=name,
        type=cast("ColumnType", row["type"]),
        nullable=word.endswith("?"),
        zh=head["zh"],
        en=head["en"],
        is_zh=row["is_zh"],
        is_en=row["is_en"],
        values=kept,
    )


@cache
def values_of(name: str) -> tuple[str, ...]:
    """Return the values of a set, as ``values_of("role")``.

    >>> values_of("strength")
    ('same', 'partial', 'none')
    """
    row = _file("values")[name]
    if "one_of" in row:
        return tuple(cast("list[str]", row["one_of"]))
    return tuple([member.value for member in _enum(cast(str, row["enum"]))])


def set_names() -> tuple[str, ...]:
    """Return the names of all sets of values."""
    return tuple(_file("values"))


def enum_of(name: str) -> str:
    """Return the full name of the class that lists the values of a set; empty where none does."""
    return cast(str, _file("values")[name].get("enum", ""))


def _enum(path: str) -> type[StrEnum]:
    module, _, name = path.rpartition(".")
    return cast("type[StrEnum]", getattr(import_module(module), name))


@cache
def value_words(name: str, language: str) -> Mapping[str, str]:
    """Return how the values of a set are called in a language.

    >>> value_words("role", "zh")["lead"], value_words("change-kind", "en")["reworded"]
    ('牵头', 'reworded')
    """
    row = _file("values")[name]
    own = {value: cast("_Row", row[value])[language] for value in values_of(name) if value in row}
    others = [value for value in values_of(name) if value not in own]
    if "facts" in row:
        module, _, table = cast(str, row["facts"]).partition(":")
        facts = cast("dict[str, object]", getattr(import_module(module), table))
        own.update([(value, cast(str, getattr(facts[value], language))) for value in others])
        return own
    group = cast(str, row.get("words", ""))
    if group.startswith("model:"):
        model = terms(language)[group.removeprefix("model:")]
        own.update([(value, model[value]) for value in others])
    elif group:
        own.update([(value, words(language)[f"{group}.{value}"]) for value in others])
    return own


#: The version of the vocabulary; it grows when a column is named otherwise or means something else.
TABLES: Final = 1
