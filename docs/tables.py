"""The tables in these pages that are made from the code: findings, kinds of change, fields, public names.

``python docs/tables.py`` writes them anew into the pages; a test tells when that is due. Each stands between
``<!-- table: NAME -->`` and ``<!-- end -->``, so that a page can also be read where nothing is built.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Final, TypeAlias, cast

import gongkai

Schema: TypeAlias = dict[str, object]

HERE: Final = Path(__file__).parent
BLOCK: Final = re.compile(r"(?<=<!-- table: )(?P<name>[\w. ]+?) -->\n.*?<!-- end -->", re.DOTALL)

#: What is said of names that have no docstring of their own.
PLAIN: Final = {
    "Block": "What a plan's content is made of: a paragraph, a section or a task.",
    "CONFLICT_KINDS": "What is known of each kind of conflict: its names, and when it comes about.",
    "Embedder": "What gives texts vectors: a callable, or a model with such an `encode`.",
    "GROUPS": "The group of entry points of each kind of plug-in.",
    "Judge": "Whoever answers questions: a callable from a list of questions to one reply for each.",
    "JsonOperation": "One operation of a JSON Patch.",
    "KINDS": "What is known of each kind of change: its names, its severity, what it does to a plan.",
    "Known": "What `align` takes as known: an answer, a link, or two keys and a strength.",
    "KnownPairs": "What `consolidate` takes as known: for two plans by what they are called, the answers.",
    "Language": "The language of labels and sentences: `zh` or `en`.",
    "Pick": "Decides a part of a field: whose voice is followed, or None for a conflict.",
    "RULES": "What is checked, rule by rule.",
    "Plans": "A plan, several plans, or an iterator of plans, which is read as the rows are taken.",
    "Reply": "What a judge says of one pair: `same`, `partial`, `none`, None, or an answer.",
    "Run": "Characters of a redline, and whether they are the same, removed or added.",
    "STRATEGIES": "Every strategy with a name, and the kinds of conflict that it can decide.",
    "Strategy": "Decides a contest: any function that takes a `Contest` and returns a `Verdict`.",
    "Theme": "The colours of a chart: `light` or `dark`.",
    "Thing": "What can be drawn: a plan, its parts, a diff, its parts.",
    "Writable": "What `write` takes: a plan, a table, what comparing plans or merging them found.",
}


def findings(room: str = "gongkai.reading") -> str:
    """The catalogue of findings of the reader, or of the checker."""
    entries = sorted(import_module(room).catalogue().values())
    rows = [
        (
            f"`{entry.code}`",
            entry.severity.value,
            open_ended(entry.zh),
            open_ended(entry.en),
            open_ended(entry.hint),
        )
        for entry in entries
    ]
    return table(("code", "severity", "中文", "English", "hint"), rows)


def kinds() -> str:
    """Every kind of change."""
    known = import_module("gongkai.comparing").KINDS
    rows = [
        (
            f"`{kind.value}`",
            facts.zh,
            facts.en,
            facts.severity.value,
            "hidden" if facts.severity.value == "info" else "shown",
            facts.act.value,
        )
        for kind, facts in known.items()
    ]
    return table(("kind", "中文", "English", "severity", "by default", "what it does to the plan"), rows)


def names(room: str) -> str:
    """The public names of one room, each with the first sentence of what is said of it."""
    module = import_module(room)
    rows = [(f"`{home(name, room)}.{name}`", summary(name, getattr(module, name))) for name in module.__all__]
    return table(("name", "what it is"), rows)


def home(name: str, room: str) -> str:
    """Where users import a name of a room from."""
    public = name in gongkai.__all__ and getattr(gongkai, name) is getattr(import_module(room), name)
    return "gongkai" if public else room


def summary(name: str, value: object) -> str:
    """The first line of a docstring."""
    if name in PLAIN:
        return PLAIN[name]
    return re.sub(r"(?::\w+:)?``?(.+?)``?", r"`\1`", (inspect.getdoc(value) or "").partition("\n")[0])


def open_ended(message: str) -> str:
    """Show the parts of a message that are filled in as …."""
    return re.sub(r"{\w+}", "…", message)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def checks() -> str:
    """The catalogue of what is checked."""
    return findings("gongkai.checking")


def returns() -> str:
    """What is noticed when a ledger comes back."""
    return findings("gongkai.exchange.ledger")


def answers() -> str:
    """The catalogue of what is noticed about answers and judges."""
    return findings("gongkai.comparing")


def merges() -> str:
    """The catalogue of what a merge leaves to be looked at."""
    return findings("gongkai.merging")


def conflicts() -> str:
    """Every kind of conflict."""
    known = import_module("gongkai.merging").CONFLICT_KINDS
    rows = [(f"`{kind.value}`", facts.zh, facts.en, facts.when) for kind, facts in known.items()]
    return table(("kind", "中文", "English", "when"), rows)


def strategies() -> str:
    """Every strategy with a name."""
    known = import_module("gongkai.merging").STRATEGIES
    every = max(len(row.kinds) for row in known.values())
    rows = [
        (
            f"`{name}`",
            "every kind"
            if len(row.kinds) == every
            else ", ".join(f"`{kind.value}`" for kind in sorted(row.kinds)),
            summary("", row.decide),
        )
        for name, row in known.items()
    ]
    return table(("strategy", "for", "what it decides"), rows)


def fields(schema: Schema) -> str:
    """Every field of one sort of file, by its JSON Schema: its own first, then those of what it holds."""
    defs = cast("dict[str, Schema]", schema["$defs"])
    parts = [("", schema), *sorted((name, each) for name, each in defs.items() if "properties" in each)]
    return "\n".join(fields_of(name, each) for name, each in parts)


def fields_of(name: str, schema: Schema) -> str:
    needed = cast("list[str]", schema.get("required", []))
    told = plain(str(schema.get("description", "")))
    rows = [
        (f"`{field}`", shape(each), "yes" if field in needed else "", plain(str(each.get("description", ""))))
        for field, each in cast("dict[str, Schema]", schema["properties"]).items()
    ]
    head = f"### {name}\n\n{told}\n\n" if name else f"{told}\n\n" if told else ""
    return head + table(("field", "value", "needed", "what it is"), rows)


def shape(schema: Schema) -> str:
    """What a field holds, in words."""
    if "const" in schema:
        return f"`{json.dumps(schema['const'], ensure_ascii=False)}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in cast("list[object]", schema["enum"]) if value is not None)
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        shapes = [shape(each) for each in cast("list[Schema]", schema["anyOf"])]
        return " or ".join(dict.fromkeys(each for each in shapes if each != "null"))
    kinds = cast("list[str] | str", schema.get("type", "any value"))
    kind = kinds if isinstance(kinds, str) else " or ".join(each for each in kinds if each != "null")
    if kind == "array":
        held = cast("Schema", schema.get("items", {}))
        size = schema.get("maxItems")
        return f"a pair of {shape(held)}s" if size == 2 else f"a list of {shape(held)}"
    return "a day" if schema.get("format") == "date" else kind


def plain(told: str) -> str:
    return re.sub(r"(?::\w+:)?``?(.+?)``?", r"`\1`", " ".join(told.split()))


def fields_of_plans() -> str:
    return fields(import_module("gongkai.codec").json_schema())


def fields_of_diffs() -> str:
    return fields(own(import_module("gongkai.comparing").diff_schema()))


def fields_of_merges() -> str:
    return fields(own(import_module("gongkai.merging").merge_schema()))


def own(schema: Schema) -> Schema:
    """The schema without what stands in that of plans as well."""
    shared = cast("Schema", import_module("gongkai.codec").json_schema()["$defs"])
    defs = cast("Schema", schema["$defs"])
    return {**schema, "$defs": {name: each for name, each in defs.items() if name not in {*shared, "Plan"}}}


def tables() -> str:
    """Every table, what it is made from, and its columns."""
    from gongkai.tables.vocabulary import facts_of, group, table_names

    rows = []
    for name in table_names():
        facts = facts_of(name)
        shown = [f"`{each.name}`" + ("?" if each.nullable else "") for each in facts.columns]
        for kind in ("plan", "pair"):
            if [each.name for each in facts.columns[: len(group(kind))]] == [*group(kind)]:
                shown[: len(group(kind))] = [f"*{kind}*"]
        rows.append(
            (f"`{name}`", facts.zh, f"`{facts.of}`", f"{facts.row_en}<br>{facts.row_zh}", ", ".join(shown))
        )
    return table(("table", "中文", "of", "one row", "columns"), rows)


def columns() -> str:
    """Every column, by name."""
    from gongkai.tables.vocabulary import facts_of, table_names, vocabulary

    where = {
        name: [each for each in table_names() if name in {column.name for column in facts_of(each).columns}]
        for name in vocabulary()
    }
    rows = [
        (
            f"`{name}`",
            TYPES[row["type"]],
            row["zh"],
            row["en"],
            f"{row['is_en']}<br>{row['is_zh']}",
            sets(name, where[name]),
            ", ".join(f"`{each}`" for each in where[name]),
        )
        for name, row in sorted(vocabulary().items())
    ]
    return table(("column", "type", "中文", "English", "what it holds", "values", "stands in"), rows)


def sets(name: str, where: list[str]) -> str:
    """The sets of values that a column has in its tables."""
    from gongkai.tables.vocabulary import facts_of

    found: dict[str, list[str]] = {}
    for each in where:
        for column in facts_of(each).columns:
            if column.name == name and column.values:
                found.setdefault(column.values, []).append(each)
    if len(found) <= 1:
        return "".join(f"*{each}*" for each in found)
    return "; ".join(f"{', '.join(f'`{table}`' for table in in_)}: *{each}*" for each, in_ in found.items())


def value_sets() -> str:
    """Every set of values, with what each is called."""
    from gongkai.tables.vocabulary import enum_of, set_names, value_words, values_of

    rows = []
    for name in set_names():
        zh, en = value_words(name, "zh"), value_words(name, "en")
        told = [
            f"`{value}` {zh[value]} ({en[value]})" if zh[value] else f"`{value}`" for value in values_of(name)
        ]
        enum = f"`{enum_of(name)}`" if enum_of(name) else ""
        rows.append((f"*{name}*", enum, ", ".join(told)))
    return table(("values", "listed by", "they are"), rows)


#: What a column of a type is in Arrow.
TYPES: Final = {
    "string": "string",
    "int": "int64",
    "float": "double",
    "bool": "bool",
    "date": "date32",
    "strings": "list&lt;string&gt;",
}

TABLES: Final[dict[str, Callable[[], str]]] = {
    "answers": answers,
    "checks": checks,
    "columns": columns,
    "conflicts": conflicts,
    "fields of diffs": fields_of_diffs,
    "fields of merges": fields_of_merges,
    "fields of plans": fields_of_plans,
    "findings": findings,
    "kinds": kinds,
    "merges": merges,
    "returns": returns,
    "strategies": strategies,
    "tables": tables,
    "values": value_sets,
}


def renewed(page: str) -> str:
    """Return a page with all its tables made anew."""

    def make(found: re.Match[str]) -> str:
        name = found["name"]
        made = TABLES[name]() if name in TABLES else names(name)
        return f"{name} -->\n\n{made}\n<!-- end -->"

    return BLOCK.sub(make, page)


def main() -> None:
    for file in sorted(HERE.glob("*.md")):
        page = file.read_text(encoding="utf-8")
        if renewed(page) != page:
            file.write_text(renewed(page), encoding="utf-8", newline="\n")
            print(f"renewed the tables of {file.name}")


if __name__ == "__main__":
    main()
