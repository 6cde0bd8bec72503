"""An extract while it is being made: lines are added, and what the container says of them."""

from __future__ import annotations

from gongkai._refusals import refused
from gongkai.model import Finding, Place, PlaceKind
from gongkai.model._house import trusted
from gongkai.reading.containers.archive import Archive
from gongkai.reading.extract import Extract, Noise, PrintedCell, PrintedTable
from gongkai.reading.findings import finding
from gongkai.reading.lines import BLANK, make_span

__all__ = ["Draft", "column_name"]

_make_place = trusted(Place)


def column_name(column: int) -> str:
    """Return the letters of a column, from 0.

    >>> from gongkai.reading.containers.drafting import column_name
    >>> column_name(0), column_name(25), column_name(26), column_name(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


class Draft:
    """Collects the lines of a document and what there is to say of them.

    Args:
        archive: the archive that they come from, which bounds how many characters there may be.

    Attributes:
        end: how many characters there are so far.
        labels: as in :class:`Extract`.
        noise: as in :class:`Extract`.
        tables: as in :class:`Extract`, in any order.
        places: as in :class:`Extract`.
        findings: as in :class:`Extract`.
    """

    __slots__ = ("_noted", "_parts", "archive", "end", "findings", "labels", "noise", "places", "tables")

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._parts: list[str] = []
        self._noted: dict[str, list[int]] = {}
        self.end = 0
        self.labels: dict[int, str] = {}
        self.noise: list[Noise] = []
        self.tables: list[PrintedTable] = []
        self.places: list[Place] = []
        self.findings: list[Finding] = []

    def line(self, text: str) -> tuple[int, int]:
        """Add a line, and return where it stands.

        Raises:
            ReadError: there is more text than the archive's bounds allow.
        """
        start = self.end
        self._parts += (text, "\n")
        self.end += len(text) + 1
        if self.end > self.archive.bound:
            raise refused(self.archive.origin, "text-grows")
        return start, self.end - 1

    def lines(self, text: str, label: str | None = None) -> list[tuple[int, int]]:
        """Add the lines of a paragraph, and return where those stand that hold something.

        A label belongs to the first of them; a paragraph that holds nothing else is empty and has the label.
        """
        found: list[tuple[int, int]] = []
        for line in text.split("\n"):
            start, end = self.line(line)
            kept = line.strip().strip(BLANK)
            if not kept:
                continue
            if label is not None and not found:
                self.labels[start + line.index(kept[0])] = label
            found.append((start, end))
        if label is not None and not found:
            found.append((self.end - 1, self.end - 1))
            self.labels[self.end - 1] = label
        return found

    def place(self, kind: PlaceKind, name: str) -> None:
        """Note that a place begins here."""
        self.places.append(_make_place(self.end, kind, name))

    def rename(self, at: int, name: str) -> None:
        """Give a place its name, where it could not be told before."""
        place = self.places[at]
        self.places[at] = _make_place(place.start, place.kind, name)

    def table(self, cells: list[PrintedCell], start: int) -> None:
        """Note that a table stood from ``start`` up to here."""
        self.tables.append(PrintedTable(start, max(start, self.end - 1), tuple(cells)))

    def end_places(self) -> None:
        """Note that what follows stands in no place of the document's own."""
        if self.places:
            self.place(PlaceKind.PAGE, "")

    def apart(self, name: str, start: int) -> None:
        """Note that all from ``start`` up to here is page furniture."""
        if start < self.end:
            self.noise.append(Noise(start, self.end, name))

    def note(self, name: str, count: int = 1, span: tuple[int, int] | None = None) -> None:
        """Count something odd; one finding tells of all of its kind, at the first place."""
        noted = self._noted.setdefault(name, [0, -1, -1])
        noted[0] += count
        if span is not None and noted[1] < 0 and span[0] < span[1]:
            noted[1:] = span

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def extract(self, media_type: str) -> Extract:
        """Return what was collected."""
        for name, (count, start, end) in self._noted.items():
            span = make_span(start, end, ()) if start >= 0 else None
            self.findings.append(finding(name, span, count=count))
        return Extract(
            self.text,
            media_type,
            labels=self.labels,
            noise=tuple(sorted(self.noise)),
            tables=tuple(sorted(self.tables, key=lambda table: table.start)),
            places=tuple(self.places),
            findings=tuple(self.findings),
        )
