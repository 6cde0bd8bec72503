"""What plans carry of one reference: its tasks one below the other, the plans side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, final

from attrs import frozen

from gongkai.comparing import Carriage, Coverage, CoverageRow, Tally
from gongkai.errors import InvalidValue
from gongkai.merging.sidebyside.columns import columns_of

__all__ = ["SIGNS", "CarriedRow", "CarriedTable", "carried_table"]

#: What stands for a status beside its colour.
SIGNS: Final[dict[Carriage, str]] = {
    Carriage.CARRIED: "●",
    Carriage.PARTIAL: "◐",
    Carriage.ABSENT: "○",
    Carriage.NOT_APPLICABLE: "–",
}


@final
@frozen
class CarriedRow:
    """One task of the reference; ``cells`` tell what became of it, plan by plan."""

    cells: tuple[CoverageRow, ...]

    @property
    def carried(self) -> int:
        """How many plans carry it."""
        return sum(cell.status is Carriage.CARRIED for cell in self.cells)


@final
@frozen
class CarriedTable:
    """A reference and the plans that carry it.

    Attributes:
        columns: what the plans are called.
        tallies: how much each carries.
        rows: the tasks, in the order of the reference.
        rest: how many tasks are left out: those that most plans carry.
        rest_carried: whether every plan carries all of these.
    """

    columns: tuple[str, ...]
    tallies: tuple[Tally, ...]
    rows: tuple[CarriedRow, ...]
    rest: int
    rest_carried: bool


def carried_table(
    coverages: Coverage | Iterable[Coverage],
    names: Sequence[str] | None,
    limit: int | None,
    owner: str,
) -> CarriedTable:
    """Lay coverages of one reference side by side.

    Args:
        coverages: one, or several.
        names: what the plans are called; by default as ``consolidate`` calls them.
        limit: how many tasks are kept, those that fewest plans carry; None for all.
        owner: who asks, for errors.

    Raises:
        InvalidValue: there is none, or they have not the same reference; names are not one for each.
    """
    given = (coverages,) if isinstance(coverages, Coverage) else tuple(coverages)
    if not given or any(type(cover) is not Coverage for cover in given):
        raise InvalidValue(owner, "coverages", given, "at least one Coverage")
    other = next((cover for cover in given if cover.reference != given[0].reference), None)
    if other is not None:
        raise InvalidValue(owner, "coverages", other.reference, "coverages of one reference")
    columns = columns_of([cover.plan for cover in given], names, owner)
    rows = [CarriedRow(cells) for cells in zip(*[cover.rows for cover in given], strict=True)]
    kept = set(range(len(rows)))
    if limit is not None:
        kept = set(sorted(kept, key=lambda place: rows[place].carried)[:limit])
    left = [row for place, row in enumerate(rows) if place not in kept]
    return CarriedTable(
        columns,
        tuple([cover.tally for cover in given]),
        tuple([row for place, row in enumerate(rows) if place in kept]),
        len(left),
        all(row.carried == len(given) for row in left),
    )
