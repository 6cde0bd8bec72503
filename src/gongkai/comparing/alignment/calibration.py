"""From what speaks for a pair to probabilities, by coefficients that were fitted once and are shipped.

``calibration.toml`` has one table for each question: is there a link, is it the same obligation. Numbers are
multiplied by their coefficients and added up; the logistic function of the sum is the probability.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from operator import itemgetter, mul
from typing import Final, TypeAlias, cast, final

from gongkai.comparing.alignment.scoring import Support

__all__ = ["Calibration", "Rivalry", "Terms", "calibration", "log_odds", "probability", "rivalry"]

#: What rivals and neighbours say of a candidate, in the order of the table's coefficients.
Terms: TypeAlias = tuple[float, float, float, float, float]


@final
class Calibration:
    """The coefficients for one setting: with an embedder or without."""

    def __init__(self, table: Mapping[str, Mapping[str, float]]) -> None:
        self._link = _Sum(table["link"])
        self._same = _Sum(table["same"])

    def link(self, support: Support) -> float:
        """Return how likely it is that the two are linked, wholly or in part."""
        return probability(self._link(support))

    def same(self, support: Support) -> float:
        """Return how likely it is that the two are the same obligation."""
        return probability(self._same(support))


@final
class Rivalry:
    """The coefficients of what a candidate's rivals and neighbours say."""

    def __init__(self, table: Mapping[str, Mapping[str, float]]) -> None:
        self._link = tuple(table["link"].values())
        self._same = tuple(table["same"].values())

    def chances(self, terms: Iterable[Terms]) -> Iterator[tuple[float, float]]:
        """Yield how likely a link is, and how likely the same obligation; the second is at most the first."""
        base, one, two, three, four, five = self._link
        other, first, second, third, fourth, fifth = self._same
        for a, b, c, d, e in terms:
            link = probability(base + one * a + two * b + three * c + four * d + five * e)
            same = probability(other + first * a + second * b + third * c + fourth * d + fifth * e)
            yield link, min(link, same)


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    text = files("gongkai.comparing.alignment").joinpath("calibration.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, dict[str, float]]]", tomllib.loads(text))


@cache
def calibration(setting: str) -> Calibration:
    """Return the shipped coefficients: for ``words`` alone, or for words and ``meaning``."""
    return Calibration(_tables()[setting])


@cache
def rivalry() -> Rivalry:
    """Return the shipped coefficients of rivals and neighbours."""
    return Rivalry(_tables()["rivals"])


#: No probability is nearer to 0 or 1: certain are identical texts and people's answers alone.
_CERTAIN: Final = 0.0001
_SURE: Final = math.log((1 - _CERTAIN) / _CERTAIN)


def probability(odds: float) -> float:
    """Return the probability that goes with the logarithm of odds, kept away from certainty.

    >>> from gongkai.comparing.alignment.calibration import probability
    >>> probability(0.0), round(probability(2.0), 2), probability(-1000.0)
    (0.5, 0.88, 0.0001)
    """
    if odds > _SURE:
        return 1 - _CERTAIN
    return 1 / (1 + math.exp(-odds)) if odds > -_SURE else _CERTAIN


def log_odds(chance: float) -> float:
    """Return the logarithm of the odds of a probability, kept away from certainty.

    >>> from gongkai.comparing.alignment.calibration import log_odds
    >>> log_odds(0.5), round(log_odds(1.0), 1)
    (0.0, 6.9)
    """
    kept = 0.001 if chance < 0.001 else min(chance, 0.999)
    return math.log(kept / (1 - kept))


class _Sum:
    def __init__(self, coefficients: Mapping[str, float]) -> None:
        self._base = coefficients["base"]
        terms = [(Support._fields.index(name), each) for name, each in coefficients.items() if name != "base"]
        self._pick = itemgetter(*[place for place, _ in terms])
        self._coefficients = tuple([each for _, each in terms])

    def __call__(self, support: Support) -> float:
        return sum(map(mul, self._coefficients, cast("tuple[float, ...]", self._pick(support))), self._base)
