"""``write``: things as files, in the form that the file's name asks for.

What can be written as what stands in one table, ``_WRITERS``: the name of the class, the suffix, and where
its writer is; other packages may add writers. A writer takes the thing and the language of labels, and
returns the content of the file; nothing is on disk before all of it is there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import Final, TypeAlias, cast

from gongkai.comparing import Alignment, Coverage, Diff, History
from gongkai.errors import InvalidValue
from gongkai.exchange.saving import save
from gongkai.merging import Consolidation, Merge
from gongkai.model import Plan
from gongkai.plugins import PluginKind, named, plugins
from gongkai.tables import Table
from gongkai.views import Language

__all__ = ["Writable", "suffixes", "write"]

Writable: TypeAlias = Plan | Alignment | Diff | Coverage | History | Consolidation | Merge | Table[object]
Writer: TypeAlias = Callable[[Writable, Language], str | bytes]

#: By class: by suffix: the module and the function in it that makes the content.
_WRITERS: Final[dict[str, dict[str, str]]] = {
    "Plan": {
        ".csv": "gongkai.exchange.table_files:any_csv",
        ".parquet": "gongkai.exchange.table_files:any_parquet",
        ".txt": "gongkai.exchange.text_files:plan_text",
        ".docx": "gongkai.exchange.word.plans:plan_docx",
        ".ics": "gongkai.exchange.ics:plan_ics",
        ".json": "gongkai.exchange.text_files:plan_json",
        ".md": "gongkai.exchange.plan_markdown:plan_md",
        ".html": "gongkai.exchange.pages:plan_page",
        ".xlsx": "gongkai.exchange.workbooks.task_table:task_table",
    },
    "Diff": {
        ".csv": "gongkai.exchange.table_files:diff_sheet",
        ".parquet": "gongkai.exchange.table_files:any_parquet",
        ".docx": "gongkai.exchange.word.comparison:comparison_docx",
        ".json": "gongkai.exchange.text_files:diff_json",
        ".md": "gongkai.exchange.text_files:any_markdown",
        ".html": "gongkai.exchange.text_files:any_page",
        ".xlsx": "gongkai.exchange.workbooks.comparison:diff_book",
    },
    "Alignment": {
        ".csv": "gongkai.exchange.table_files:any_csv",
        ".parquet": "gongkai.exchange.table_files:any_parquet",
        ".xlsx": "gongkai.exchange.workbooks.grids:any_workbook",
    },
    "Coverage": {
        ".csv": "gongkai.exchange.table_files:coverage_sheet",
        ".parquet": "gongkai.exchange.table_files:any_parquet",
        ".docx": "gongkai.exchange.word.overviews:coverage_docx",
        ".md": "gongkai.exchange.text_files:any_markdown",
        ".html": "gongkai.exchange.text_files:any_page",
        ".xlsx": "gongkai.exchange.workbooks.grids:coverage_book",
    },
    "History": {
        ".csv": "gongkai.exchange.table_files:history_sheet",
        ".parquet": "gongkai.exchange.table_files:any_parquet",
        ".docx": "gongkai.exchange.word.overviews:history_docx",
        ".md": "gongkai.exchange.text_files:any_markdown",
        ".html": "gongkai.exchange.text_files:any_page",
        ".xlsx": "gongkai.exchange.workbooks.grids:history_book",
    },
    "Table": {
        ".csv": "gongkai.exchange.table_files:any_csv",
        ".parquet": "gongkai.exchange.table_files:any_parquet",
        ".xlsx": "gongkai.exchange.workbooks.grids:any_workbook",
    },
    "Consolidation": {
        ".csv": "gongkai.exchange.table_files:consolidation_sheet",
        ".parquet": "gongkai.exchange.table_files:any_parquet",
        ".docx": "gongkai.exchange.word.overviews:matters_docx",
        ".md": "gongkai.exchange.text_files:any_markdown",
        ".html": "gongkai.exchange.text_files:any_page",
        ".xlsx": "gongkai.exchange.workbooks.grids:consolidation_book",
    },
    "Merge": {
        ".json": "gongkai.exchange.merge_table:merge_json",
        ".csv": "gongkai.exchange.merge_table:merge_table",
        ".parquet": "gongkai.exchange.table_files:any_parquet",
        ".md": "gongkai.exchange.text_files:any_markdown",
        ".html": "gongkai.exchange.text_files:any_page",
        ".xlsx": "gongkai.exchange.workbooks.grids:merge_book",
    },
}


def write(
    thing: Writable, path: str | os.PathLike[str], *, language: Language = "zh", replace: bool = False
) -> None:
    """Write a thing to a file, in the form that the suffix of its name asks for; whole or not at all.

    Args:
        thing: what to write.
        path: where to; the suffix tells the form, in small letters or capitals.
        language: the language of labels; the words of a document stay as they are.
        replace: whether a file that is there gives way.

    Raises:
        FileExistsError: there is a file, and it is not to be replaced.
        InvalidValue: the thing cannot be written in the form that the suffix asks for.
        MissingExtra: the form needs a library that is not installed.
        OSError: the file cannot be written; what was there is as it was.
        PluginError: the writer is that of another package, and does not work.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write(Plan("澄湖区2024年政务公开工作要点"), f"{folder}/要点.txt")
    ...     print(Path(folder, "要点.txt").read_text(encoding="utf-8"))
    澄湖区2024年政务公开工作要点
    <BLANKLINE>
    """
    make = _writer(thing, PurePath(path).suffix.lower())
    content: object = make(thing, language)
    if not isinstance(content, (str, bytes)):  # a writer of another package
        raise TypeError(
            f"the writer of {PurePath(path).suffix} made {type(content).__name__}, no str or bytes"
        )
    save(path, content, replace=replace)


def _writer(thing: Writable, suffix: str) -> Writer:
    name = type(thing).__name__
    table = _WRITERS.get(name, {})
    if suffix in table:
        module, _, function = table[suffix].partition(":")
        return cast("Writer", getattr(import_module(module), function))
    added = named(PluginKind.WRITER, f"{name}{suffix}", _function)
    if added is not None:
        return added
    if not table:
        raise InvalidValue("write", "thing", thing, " or ".join(_WRITERS))
    expected = f"a file name that ends in one of {', '.join(suffixes(thing))}"
    raise InvalidValue("write", "path", suffix, expected)


def _function(loaded: object) -> Writer | None:
    return cast("Writer", loaded) if callable(loaded) else None


def suffixes(thing: Writable) -> tuple[str, ...]:
    """Return the suffixes that the thing can be written with, those of other packages' writers last.

    >>> from gongkai.exchange.writing import suffixes
    >>> ".json" in suffixes(Plan("要点"))
    True
    """
    name = type(thing).__name__
    added = [plugin.name.removeprefix(name) for plugin in plugins(PluginKind.WRITER)]
    return (*_WRITERS.get(name, ()), *[suffix for suffix in added if suffix.startswith(".")])
