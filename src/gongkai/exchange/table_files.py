"""Things as files of a table: CSV for a spreadsheet, Parquet for data frames."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from gongkai.errors import MissingExtra
from gongkai.exchange._diff_table import diff_csv
from gongkai.exchange.consolidation import consolidation_csv
from gongkai.exchange.sheets import coverage_csv, history_csv
from gongkai.tables import make

if TYPE_CHECKING:
    from gongkai.comparing import Coverage, Diff, History
    from gongkai.exchange.writing import Writable
    from gongkai.merging import Consolidation
    from gongkai.tables.arrow import Schema
    from gongkai.views import Language

__all__ = ["any_csv", "any_parquet", "consolidation_sheet", "coverage_sheet", "diff_sheet", "history_sheet"]

_MARK = "\ufeff"  # by which Excel knows UTF-8


def any_csv(thing: Writable, language: Language) -> str:
    """The table that says most of a thing, as CSV with heads in the language."""
    return make(thing).to_csv(language=language, mark=True)


def diff_sheet(diff: Diff, language: Language) -> str:
    """A diff as CSV: what changed, a row each correspondence."""
    return diff_csv(diff, language=language)


def coverage_sheet(cover: Coverage, language: Language) -> str:
    """A coverage as CSV, with what the plan has beyond the reference."""
    return _MARK + coverage_csv(cover, language=language)


def history_sheet(history: History, language: Language) -> str:
    """A history as CSV."""
    return _MARK + history_csv(history, language=language)


def consolidation_sheet(table: Consolidation, language: Language) -> str:
    """A table of matters as CSV, a matter a row."""
    return consolidation_csv(table, language=language)


class _Writer(Protocol):
    def write_batch(self, batch: object) -> None: ...
    def close(self) -> None: ...


def any_parquet(thing: Writable, _language: Language) -> bytes:
    """The table that says most of a thing, as Parquet with its schema, heads and meanings.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    reader = make(thing).to_reader()
    try:
        module = import_module("pyarrow.parquet")
    except ImportError:
        raise MissingExtra("tables", "a Parquet file") from None
    opened = cast("Callable[[io.BytesIO, Schema], _Writer]", module.ParquetWriter)
    target = io.BytesIO()
    writer = opened(target, reader.schema)
    for batch in reader:
        writer.write_batch(batch)
    writer.close()
    return target.getvalue()
