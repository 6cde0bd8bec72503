"""How far annotators agree on the same pairs of tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias, cast, final

from attrs import frozen

from gongkai.comparing.alignment.links import Strength
from gongkai.comparing.diffing.changes import Language
from gongkai.comparing.judges.answerwords import answer_words
from gongkai.comparing.judges.feedback import Answer
from gongkai.errors import InvalidValue
from gongkai.model._display import Shown

__all__ = ["Agreement", "Disagreement", "agreement"]

_Keys: TypeAlias = tuple[str, str]

#: What annotators said of one pair, by annotator.
_Unit: TypeAlias = dict[str, Answer]

#: What two annotators said of one pair.
_Two: TypeAlias = tuple[Strength | None, Strength | None]


@final
@frozen
class Disagreement(Shown):
    """A pair on which annotators differ, to be settled by talking.

    Attributes:
        old_key: the key of the old task.
        new_key: the key of the new task.
        answers: the last answer of each annotator who gave one.
    """

    old_key: str
    new_key: str
    answers: tuple[Answer, ...]


@final
@frozen
class Agreement(Shown):
    """How far annotators agree, over the pairs that at least two of them answered.

    Who does not know has not answered. What cannot be computed is None: kappa of more than two annotators,
    and kappa and alpha where everybody always said the same.

    Attributes:
        annotators: their names, in the order of their first answers.
        pairs: how many pairs at least two of them answered.
        observed: the share of agreeing answers among all pairs of answers on one pair of tasks (percent
            agreement), from 0 to 1.
        kappa: Cohen's kappa of two annotators: agreement beyond chance, at most 1.
        alpha: Krippendorff's alpha for nominal data, of any number of annotators, who need not all have
            answered everything.
        links_f1: F1 of the links that one gave against those that another gave, whatever their strength; the
            mean over all two of them. None where nobody gave a link.
        same_f1: the same for links of strength ``same``.
        disagreements: the pairs on which they differ.
    """

    annotators: tuple[str, ...]
    pairs: int
    observed: float | None
    kappa: float | None
    alpha: float | None
    links_f1: float | None
    same_f1: float | None
    disagreements: tuple[Disagreement, ...]

    def explain(self, language: Language = "zh") -> str:
        """Return the figures as a few lines for people.

        Raises:
            InvalidValue: there are no words in that language.

        >>> from gongkai.comparing import Answer, agreement
        >>> first = [Answer("1", "1", "same"), Answer("1", "2", "none")]
        >>> second = [Answer("1", "1", "same"), Answer("1", "2", "partial")]
        >>> print(agreement({"甲": first, "乙": second}).explain())
        标注人：甲、乙
        共同标注：2 对，其中 1 对不一
        一致率：50.0%
        Cohen κ：0.33
        Krippendorff α：0.40
        对应关系 F1：0.67
        相同任务 F1：1.00
        """
        if language not in {"zh", "en"}:
            raise InvalidValue("Agreement", "language", language, "one of zh, en")
        words = {name: row[language] for name, row in answer_words()["agreement"].items()}
        lines = [
            words["annotators"].format(names=words["between"].join(self.annotators)),
            words["pairs"].format(pairs=self.pairs, apart=len(self.disagreements)),
        ]
        if self.observed is not None:
            lines.append(words["observed"].format(figure=f"{self.observed:.1%}"))
        figures = {
            "kappa": self.kappa,
            "alpha": self.alpha,
            "links_f1": self.links_f1,
            "same_f1": self.same_f1,
        }
        told = [(name, figure) for name, figure in figures.items() if figure is not None]
        lines += [words[name].format(figure=f"{figure:.2f}") for name, figure in told]
        return "\n".join(lines)


def agreement(answers: Iterable[Answer] | Mapping[str, Iterable[Answer]]) -> Agreement:
    """Compute how far annotators agree.

    The last answer of an annotator on a pair counts; pairs are told apart by their keys, or by their texts
    where there are no keys.

    Args:
        answers: the answers of all, each with its ``annotator``; or the answers of each by name, whatever
            they say of the annotator.

    Sources: J. Cohen, A coefficient of agreement for nominal scales (1960); K. Krippendorff, Content analysis
    (4th edition, 2018), chapter 12.

    >>> from gongkai.comparing import Answer, agreement
    >>> both = [Answer("1", "1", said, annotator=name) for said, name in (("same", "甲"), ("same", "乙"))]
    >>> agreement(both)
    Agreement(annotators=('甲', '乙'), pairs=1, observed=1.0, kappa=None, alpha=None, links_f1=1.0, ...)
    """
    units = _units(answers)
    annotators = tuple(dict.fromkeys([name for unit in units.values() for name in unit]))
    shared = {keys: said for keys, unit in units.items() if len(said := _known(unit)) > 1}
    strengths = [[answer.strength for answer in said.values()] for said in shared.values()]
    apart = [
        Disagreement(*next(iter(said.values())).keys, tuple(said.values()))
        for said in shared.values()
        if len({answer.strength for answer in said.values()}) > 1
    ]
    twos = [_both(shared.values(), one, other) for one, other in combinations(annotators, 2)]
    return Agreement(
        annotators,
        len(shared),
        _observed(strengths),
        _kappa(twos[0]) if len(twos) == 1 else None,
        _alpha(strengths),
        _f1(twos, {Strength.SAME, Strength.PARTIAL}),
        _f1(twos, {Strength.SAME}),
        tuple(apart),
    )


def _units(answers: Iterable[Answer] | Mapping[str, Iterable[Answer]]) -> dict[_Keys, _Unit]:
    """Return the last answer of each annotator on each pair."""
    if isinstance(answers, Mapping):
        by_name = cast("Mapping[str, Iterable[Answer]]", answers)
        named = [(name, answer) for name, given in by_name.items() for answer in given]
    else:
        named = [(answer.annotator, answer) for answer in answers]
    units: defaultdict[_Keys, _Unit] = defaultdict(dict)
    for name, answer in named:
        keys = answer.old_key or answer.old_text, answer.new_key or answer.new_text
        units[keys][name] = answer
    return units


def _known(unit: _Unit) -> _Unit:
    return {name: answer for name, answer in unit.items() if answer.strength is not None}


def _both(units: Iterable[_Unit], one: str, other: str) -> list[_Two]:
    """Return what two annotators said of the pairs that both answered."""
    return [(unit[one].strength, unit[other].strength) for unit in units if one in unit and other in unit]


def _observed(units: Sequence[Sequence[Strength | None]]) -> float | None:
    agreeing = sum(said == also for unit in units for said, also in combinations(unit, 2))
    total = sum(len(unit) * (len(unit) - 1) // 2 for unit in units)
    return agreeing / total if total else None


def _kappa(two: Sequence[_Two]) -> float | None:
    if not two:
        return None
    observed = sum(said == also for said, also in two) / len(two)
    first, second = (Counter(side) for side in zip(*two, strict=True))
    chance = sum(first[strength] * second[strength] for strength in first) / len(two) ** 2
    return (observed - chance) / (1 - chance) if chance < 1 else None


def _alpha(units: Sequence[Sequence[Strength | None]]) -> float | None:
    counts = Counter([said for unit in units for said in unit])
    total = counts.total()
    expected = total * total - sum(count * count for count in counts.values())
    if not expected:
        return None
    differing = 0.0
    for unit in units:
        own = Counter(unit)
        differing += (len(unit) ** 2 - sum(count * count for count in own.values())) / (len(unit) - 1)
    return 1 - differing * (total - 1) / expected


def _f1(twos: Sequence[Sequence[_Two]], wanted: set[Strength]) -> float | None:
    """Return the mean F1 of links of these strengths, over all two annotators of whom one gave any."""
    found: list[float] = []
    for two in twos:
        first = sum(said in wanted for said, _ in two)
        second = sum(also in wanted for _, also in two)
        both = sum(said in wanted and also in wanted for said, also in two)
        if first + second:
            found.append(2 * both / (first + second))
    return sum(found) / len(found) if found else None
