"""Tables as Arrow: schema, batches, streams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import islice
from typing import Final, Protocol, cast

from gongkai.errors import MissingExtra
from gongkai.tables.cells import printable
from gongkai.tables.vocabulary import TABLES, Column

__all__ = ["Reader", "Schema", "reader", "schema"]

#: So many rows make a batch; only one is held at a time.
BATCH: Final = 4096


class Field(Protocol):
    """A field of a schema."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def type(self) -> object:
        """Its type."""
        ...


class Schema(Protocol):
    """A schema of pyarrow."""

    def __iter__(self) -> Iterator[Field]: ...
    def __arrow_c_schema__(self) -> object: ...


class Reader(Protocol):
    """What reads batch by batch: a ``pyarrow.RecordBatchReader``."""

    @property
    def schema(self) -> Schema:
        """What each batch has."""
        ...

    def __iter__(self) -> Iterator[object]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None, /) -> object: ...


class _Batches(Protocol):
    def from_arrays(self, arrays: Sequence[object], *, schema: Schema) -> object: ...


class _Readers(Protocol):
    def from_batches(self, schema: Schema, batches: Iterable[object]) -> Reader: ...


class _PyArrow(Protocol):
    """What is used of pyarrow, which has no types of its own."""

    RecordBatch: _Batches
    RecordBatchReader: _Readers

    def array(self, values: Sequence[object], *, type: object) -> object: ...  # noqa: A002 - as it is called there
    def bool_(self) -> object: ...
    def date32(self) -> object: ...
    def field(
        self, name: str, kind: object, *, nullable: bool = True, metadata: Mapping[str, str] | None = None
    ) -> Field: ...
    def float64(self) -> object: ...
    def int64(self) -> object: ...
    def list_(self, item: Field) -> object: ...
    def schema(self, fields: Sequence[Field], *, metadata: Mapping[str, str]) -> Schema: ...
    def string(self) -> object: ...


def _arrow() -> _PyArrow:
    try:
        return cast("_PyArrow", import_module("pyarrow"))
    except ImportError:
        raise MissingExtra("tables", "a table for a data frame or a Parquet file") from None


def _types(arrow: _PyArrow) -> dict[str, object]:
    return {
        "string": arrow.string(),
        "int": arrow.int64(),
        "float": arrow.float64(),
        "bool": arrow.bool_(),
        "date": arrow.date32(),
        "strings": arrow.list_(arrow.field("item", arrow.string(), nullable=False)),
    }


def schema(columns: Iterable[Column], name: str) -> Schema:
    """Return the schema of a table: types, whether a value may be missing, heads and meanings as metadata.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    arrow = _arrow()
    types = _types(arrow)
    fields = [
        arrow.field(
            column.name,
            types[column.type],
            nullable=column.nullable,
            metadata={"zh": column.zh, "en": column.en, "is_zh": column.is_zh, "is_en": column.is_en},
        )
        for column in columns
    ]
    return arrow.schema(fields, metadata={"gongkai.table": name, "gongkai.tables": str(TABLES)})


def reader(columns: Iterable[Column], name: str, rows: Iterator[object]) -> Reader:
    """Return what reads the rows batch by batch.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    form = schema(columns, name)
    return _arrow().RecordBatchReader.from_batches(form, _batches(form, rows))


def _batches(form: Schema, rows: Iterator[object]) -> Iterator[object]:
    arrow = _arrow()
    while found := cast("list[Mapping[str, object]]", list(islice(rows, BATCH))):
        arrays = [_array(arrow, [row[field.name] for row in found], field.type) for field in form]
        yield arrow.RecordBatch.from_arrays(arrays, schema=form)


def _array(arrow: _PyArrow, values: list[object], kind: object) -> object:
    try:
        return arrow.array(values, type=kind)
    except UnicodeEncodeError:  # half a surrogate pair, from a broken file
        return arrow.array([_clean(value) for value in values], type=kind)


def _clean(value: object) -> object:
    if isinstance(value, list):
        return [printable(each) for each in cast("list[str]", value)]
    return printable(value) if isinstance(value, str) else value
