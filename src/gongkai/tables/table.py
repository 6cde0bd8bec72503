"""A table: rows of one kind, which Python, data frames and spreadsheets can take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Generic, Literal, TypeVar, cast, final

from gongkai.errors import InvalidValue
from gongkai.tables.cells import cell_text, printable, rows_text
from gongkai.tables.vocabulary import Column, facts_of

if TYPE_CHECKING:
    from gongkai.tables.arrow import Reader

__all__ = ["Once", "Table"]

R_co = TypeVar("R_co", covariant=True)


@final
class Table(Generic[R_co]):
    """Rows of one kind.

    Iterates over its rows, which are dicts with the same keys always. What knows Arrow takes the table
    itself, in batches: ``polars.DataFrame(table)``, ``pyarrow.table(table)``,
    ``pandas.DataFrame.from_arrow(table)``, ``duckdb.sql("select * from table_name")``.

    Rows are made when they are asked for, and not kept. A table that was made from an iterator can be gone
    through once, and has no length.

    Attributes:
        name: the name of the table, as ``tasks``.

    >>> from gongkai import Deadline, Plan, Task, tables
    >>> task = Task("公开预决算。", label="1.", deadlines=[Deadline.by_month(2024, 9)])
    >>> plan = Plan("澄湖区2024年要点", [task])
    >>> table = tables.tasks(plan)
    >>> table
    <Table tasks · 30 columns>
    >>> len(table), table.to_rows()[0]["key"], table.to_rows()[0]["due"]
    (1, '1', datetime.date(2024, 9, 30))
    """

    __slots__ = ("_make", "name")

    def __init__(self, name: str, make: Callable[[], Iterator[R_co]]) -> None:
        facts_of(name)
        self.name = name
        self._make = make

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, with type, heads and meaning."""
        return facts_of(self.name).columns

    def to_rows(self) -> list[R_co]:
        """Return all rows, as dicts."""
        return list(self._make())

    def to_csv(self, *, language: Literal["zh", "en", "data"] = "zh", mark: bool = False) -> str:
        r"""Return the table as CSV; no cell is a formula.

        Args:
            language: of the heads, and of values from a fixed set; ``data`` gives the names of the columns
                and the values as they stand in data. Lists stand one entry a line.
            mark: whether a byte order mark stands in front, by which Excel knows UTF-8.

        Raises:
            InvalidValue: the language is none of these.

        >>> from gongkai import Assignment, Plan, Task, tables
        >>> task = Task("公开目录。", label="1.", assignments=[Assignment.lead("区财政局")])
        >>> plan = Plan("要点", [task])
        >>> print(tables.assignments(plan).to_csv().splitlines()[1])
        1,要点,,,,,,,,1,1,牵头,区财政局,,,,否,否,否
        """
        if language not in {"zh", "en", "data"}:
            raise InvalidValue("Table.to_csv", "language", language, "one of zh, en, data")
        told = "" if language == "data" else language
        heads = [getattr(column, told or "name") for column in self.columns]
        rows = (cast("Mapping[str, object]", row) for row in self._make())
        cells = ([cell_text(row[column.name], column, told) for column in self.columns] for row in rows)
        text = rows_text([heads, *cells])
        return ("\ufeff" if mark else "") + (text if text.isascii() else printable(text))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the rows to whatever knows the Arrow PyCapsule protocol, a batch at a time.

        Raises:
            MissingExtra: pyarrow is not installed.
        """
        return self.to_reader().__arrow_c_stream__(requested_schema)

    def to_reader(self) -> Reader:
        """Return the rows as a ``pyarrow.RecordBatchReader``, which gives them in batches.

        Raises:
            MissingExtra: pyarrow is not installed.
        """
        from gongkai.tables.arrow import reader

        return reader(self.columns, self.name, self._make())

    def __arrow_c_schema__(self) -> object:
        """Give the schema alone; see :meth:`__arrow_c_stream__`."""
        from gongkai.tables.arrow import schema

        return schema(self.columns, self.name).__arrow_c_schema__()

    def __iter__(self) -> Iterator[R_co]:
        return self._make()

    def __len__(self) -> int:
        """Count the rows, by making each of them."""
        if isinstance(self._make, Once):
            raise TypeError("a table of an iterator has no length; give a list")
        return sum(1 for _ in self._make())

    def __bool__(self) -> bool:
        """A table is true, whether it has rows or not."""
        return True

    def __repr__(self) -> str:
        return f"<Table {self.name} · {len(self.columns)} columns>"

    def _repr_html_(self) -> str | None:
        from gongkai.tables.picture import html

        return None if isinstance(self._make, Once) else html(self.columns, self._make())

    def _repr_markdown_(self) -> str | None:
        from gongkai.tables.picture import markdown

        return None if isinstance(self._make, Once) else markdown(self.columns, self._make())


@final
class Once(Generic[R_co]):
    """Gives the rows of an iterator, a single time."""

    def __init__(self, name: str, rows: Iterator[R_co]) -> None:
        self._name = name
        self._rows: Iterator[R_co] | None = rows

    def __call__(self) -> Iterator[R_co]:
        """Give them.

        Raises:
            InvalidValue: they were given before.
        """
        rows, self._rows = self._rows, None
        if rows is None:
            raise InvalidValue(f"tables.{self._name}", "plans", "an iterator that was gone through", "a list")
        return rows
