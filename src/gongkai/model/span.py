"""Where things stand in the source: spans, the pieces that partition a text, and the source itself."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, cast, final, overload

import attrs
from attrs import field, frozen

from gongkai.errors import InvalidValue
from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, refuse, to_texts, to_tuple, trusted, tuple_of
from gongkai.model.place import Place, PlaceKind

__all__ = ["Piece", "Pieces", "Source", "Span"]


def _check_cuts(instance: object, attribute: attrs.Attribute[tuple[int, ...]], value: object) -> None:
    flat = cast("tuple[object, ...]", value) if type(value) is tuple else (None,)
    if len(flat) % 2 or not all(type(item) is int for item in flat):
        refuse(instance, attribute, value, "starts and ends in turn, each an int")
    numbers = cast("tuple[int, ...]", flat)
    if any(a >= b for a, b in pairwise(numbers)):
        refuse(instance, attribute, value, "starts and ends that ascend")


def _to_cuts(value: Iterable[int]) -> tuple[int, ...]:
    return to_tuple(value)


@final
@frozen(weakref_slot=False, repr=False)
class Span(Shown):
    """Half-open offsets into the source text, counted in characters.

    Attributes:
        start: offset of the first character.
        end: offset after the last character.
        cuts: the parts of it that belong to the thing, as starts and ends in turn, where not everything
            between start and end does: text that was joined over a page break or over cells. Empty where all
            of it does.

    >>> from gongkai import Span
    >>> Span(3, 5).of("一、做好公开")
    '好公'
    >>> Span(0, 6, (0, 2, 4, 6)).of("要求\\n\\n公开")
    '要求公开'
    """

    start: int = field(validator=is_a(int))
    end: int = field(validator=is_a(int))
    cuts: tuple[int, ...] = field(default=(), converter=_to_cuts, validator=_check_cuts)

    def __attrs_post_init__(self) -> None:
        if self.start < 0:
            raise InvalidValue("Span", "start", self.start, "an int from 0")
        if self.start > self.end:
            raise InvalidValue("Span", "end", self.end, f"an int not below start ({self.start})")
        if len(self.cuts) == 2:
            raise InvalidValue("Span", "cuts", self.cuts, "nothing, since one part is all of the span")
        if self.cuts and (self.cuts[0] != self.start or self.cuts[-1] != self.end):
            raise InvalidValue(
                "Span", "cuts", self.cuts, f"parts that begin at {self.start} and end at {self.end}"
            )

    @property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        """The parts that belong to the thing, each as (start, end); one, where nothing lies between."""
        if not self.cuts:
            return ((self.start, self.end),)
        return tuple(zip(self.cuts[::2], self.cuts[1::2], strict=True))

    def of(self, text: str) -> str:
        """Return what the span covers of the source text, its pieces joined."""
        return "".join([text[start:end] for start, end in self.pieces])

    def __len__(self) -> int:
        return sum(end - start for start, end in self.pieces)

    def __repr__(self) -> str:
        return "Span(" + shorten(", ".join(f"{start}:{end}" for start, end in self.pieces), 120) + ")"


@final
@frozen(weakref_slot=False)
class Piece(Shown):
    """One leaf of the source: a stretch of characters and what it is.

    Attributes:
        kind: what the characters are: ``title``, ``label``, ``heading``, ``text``, ``clause``, ``paragraph``,
            ``column`` (the head of a table's column), ``extras`` (a cell of another column),
            ``stop`` (what ends a run-in heading), ``record``, ``notice``, ``closing``, ``blank`` (white space
            between things), ``break`` (a line broken inside a sentence), or ``noise:NAME`` (what the page
            adds around the document).
        start: offset of the first character.
        end: offset after the last character.
    """

    kind: str = field(validator=is_a(str), repr=lambda kind: repr(shorten(kind)))
    start: int = field(validator=is_a(int))
    end: int = field(validator=is_a(int))


_make_piece = trusted(Piece)


def _check_names(instance: Pieces, attribute: attrs.Attribute[tuple[str, ...]], value: object) -> None:
    tuple_of(str)(instance, attribute, value)
    names = cast("tuple[str, ...]", value)
    if len(set(names)) != len(names):
        refuse(instance, attribute, value, "a sequence of str, each once")


def _check_codes(instance: Pieces, attribute: attrs.Attribute[str], value: object) -> None:
    count = len(instance.names)
    if type(value) is not str or [*dict.fromkeys(value)] != [chr(at) for at in range(count)]:
        expected = f"a str of the characters of codes 0 to {count - 1}, each first one behind the last"
        refuse(instance, attribute, value, expected if count else "an empty str, as there are no names")


def _check_lengths(instance: Pieces, attribute: attrs.Attribute[bytes], value: object) -> None:
    count = len(instance.codes)
    if type(value) is bytes and len(value) == 2 * count:
        return
    if type(value) is bytes and len(value) == 4 * count and max(array("I", value), default=0) > _SHORT:
        return
    expected = f"{2 * count} bytes, two a piece, or four a piece where one is longer than {_SHORT}"
    refuse(instance, attribute, value, expected)


#: Lengths up to this take two bytes each.
_SHORT: Final = 0xFFFF


def packed(lengths: Sequence[int]) -> bytes:
    """Return lengths as machine integers of two bytes each, or of four where one is too long for two.

    Raises:
        OverflowError: one is negative, or too long for four bytes.
    """
    try:
        return array("H", lengths).tobytes()
    except OverflowError:
        return array("I", lengths).tobytes()


@lru_cache(maxsize=1024)
def shared_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the one tuple of these names that the pieces of all sources share."""
    return names


@final
@frozen(weakref_slot=False, repr=False)
class Pieces(Shown, Sequence[Piece]):
    """All leaf pieces of a source text, in order and without gaps, held compactly.

    Attributes:
        names: the kinds that there are, each once, in the order in which they first appear.
        codes: the kind of each piece, as the character whose code is the place of the kind in ``names``.
        lengths: the number of characters of each piece, as machine integers of two bytes (``array("H")``), or
            of four (``array("I")``) where one is longer than 65535.

    >>> from gongkai.model import Pieces
    >>> pieces = Pieces.of([("label", 2), ("heading", 6), ("label", 8)])
    >>> pieces[1]
    Piece(kind='heading', start=2, end=6)
    >>> pieces.kinds, pieces.sizes, pieces.names
    (('label', 'heading', 'label'), (2, 4, 2), ('label', 'heading'))
    """

    names: tuple[str, ...] = field(converter=to_texts, validator=_check_names)
    codes: str = field(validator=_check_codes)
    lengths: bytes = field(validator=_check_lengths)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kind of each piece."""
        names = self.names
        return tuple([names[ord(code)] for code in self.codes])

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of characters of each piece."""
        return tuple(array("H" if len(self.lengths) == 2 * len(self.codes) else "I", self.lengths))

    @classmethod
    def in_columns(cls, kinds: Sequence[str], lengths: Sequence[int]) -> Pieces:
        """Build from the kind and the number of characters of each piece.

        >>> from gongkai.model import Pieces
        >>> Pieces.in_columns(["label", "heading"], [2, 4])[1]
        Piece(kind='heading', start=2, end=6)
        """
        names = shared_names(tuple(dict.fromkeys(kinds)))
        code = {name: chr(at) for at, name in enumerate(names)}
        return cls(names, "".join([code[kind] for kind in kinds]), packed(lengths))

    @classmethod
    def of(cls, marks: Iterable[tuple[str, int]]) -> Pieces:
        """Build from (kind, end) marks in ascending order of end."""
        kinds: list[str] = []
        lengths: list[int] = []
        last = 0
        for kind, end in marks:
            if end <= last:
                raise InvalidValue("Pieces", "end", end, f"an int above {last}, where the piece before ends")
            kinds.append(kind)
            lengths.append(end - last)
            last = end
        return cls.in_columns(kinds, lengths)

    def __iter__(self) -> Iterator[Piece]:
        start = 0
        for kind, length in zip(self.kinds, self.sizes, strict=True):
            yield _make_piece(kind, start, start + length)
            start += length

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, index: int) -> Piece: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Piece, ...]: ...
    def __getitem__(self, index: int | slice) -> Piece | tuple[Piece, ...]:
        """Return one piece or a tuple of them."""
        return tuple(self)[index]

    def within(self, span: Span, kind: str | None = None) -> tuple[Piece, ...]:
        """Return the pieces that lie inside a span, all or those of one kind."""
        return tuple(
            piece
            for piece in self
            if span.start <= piece.start and piece.end <= span.end and (kind is None or piece.kind == kind)
        )

    def __repr__(self) -> str:
        return f"<Pieces {len(self)}>"


def _to_places(value: Iterable[Place]) -> tuple[Place, ...]:
    return to_tuple(value)


_DEPTHS: Final = {kind: depth for depth, kind in enumerate(PlaceKind)}


@final
@frozen(weakref_slot=False, repr=False)
class Source(Shown):
    """The text as it came out of its container, and where it came from.

    Attributes:
        text: the whole text; None where a file was saved without it.
        pieces: what every character of the text is; they partition it.
        origin: the path, address or name it was read from.
        media_type: the container's media type (RFC 6838), as ``text/plain``.
        encoding: the character encoding that was found.
        retrieved_on: the day on which it was fetched, where the caller gave it.
        sha256: the digest of the text (UTF-8), for a source whose text was left out.
        places: the pages, sheets, tables, cells and paragraphs of its container, in order of their start.
    """

    text: str | None = field(default=None, validator=is_a(str, optional=True))
    pieces: Pieces = field(default=Pieces((), "", b""), validator=is_a(Pieces))
    origin: str | None = field(default=None, validator=is_a(str, optional=True))
    media_type: str | None = field(default=None, validator=is_a(str, optional=True))
    encoding: str | None = field(default=None, validator=is_a(str, optional=True))
    retrieved_on: date | None = field(default=None, validator=is_a(date, optional=True))
    sha256: str | None = field(default=None, validator=is_a(str, optional=True))
    places: tuple[Place, ...] = field(default=(), converter=_to_places, validator=tuple_of(Place))

    @property
    def digest(self) -> str | None:
        """The SHA-256 of the text in UTF-8, as hexadecimal digits; None for a source without either.

        >>> from gongkai import Source
        >>> Source("公开").digest[:12]
        '7a73baf0ce9a'
        """
        if self.text is None:
            return self.sha256
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def places_of(self, offset: int) -> tuple[Place, ...]:
        """Return the places in which a character stands, outermost first.

        >>> from gongkai import Source
        >>> from gongkai.model import Place
        >>> places = [Place(0, "page", "1"), Place(0, "cell", "A1"), Place(2, "cell", "B1")]
        >>> places += [Place(4, "page", "2")]
        >>> source = Source("公开目录表", places=places)
        >>> [place.name for place in source.places_of(3)], [place.name for place in source.places_of(4)]
        (['1', 'B1'], ['2'])
        >>> Source("公开目录表", places=[Place(0, "table", "1"), Place(2, "table", "")]).places_of(3)
        ()
        """
        found: list[Place] = []
        for place in self.places:
            if place.start > offset:
                break
            while found and _DEPTHS[found[-1].kind] >= _DEPTHS[place.kind]:
                found.pop()
            if place.name:
                found.append(place)
        return tuple(found)

    def without_text(self) -> Source:
        """Return the same source without its text; digest, pieces and origin stay."""
        return attrs.evolve(self, text=None, sha256=self.digest)

    def __repr__(self) -> str:
        size = "no text" if self.text is None else f"{len(self.text)} characters"
        return f"<Source {shorten(self.origin or 'text', 80)} · {size} · {len(self.pieces)} pieces>"
