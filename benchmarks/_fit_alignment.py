"""Fit the coefficients that turn what speaks for a link into probabilities, and tell how well they hold.

    python benchmarks/_fit_alignment.py FOLDER [FOLDER ...] [--write] [--ablation]

Each folder holds pairs of plans as JSON, with the links that careful readers found::

    {"old": {"title": …, "leaves": [{"id": …, "text": …, "units": …, "chapter": …}, …]},
     "new": {…}, "links": [{"old": id, "new": id, "grade": 2 or 1}, …]}

Grade 2 is the same obligation, grade 1 a part of it. Every number that is printed is for a pair that was left
out when the coefficients were fitted. ``--write`` fits on all pairs and writes ``calibration.toml``. Needs
numpy and, for the settings with meaning, ``gongkai[semantic]``. It is no benchmark that runs by itself, since
the pairs are not shipped.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

import numpy as np

import gongkai
from gongkai.comparing.alignment import calibration, deciding, digests, profiles, prospects, weights
from gongkai.comparing.alignment.deciding import Candidate

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "src" / "gongkai" / "comparing" / "alignment" / "calibration.toml"

#: What the two settings weigh; names are those of ``Support``.
WORDS: Final = (
    "fuller",
    "lesser",
    "best",
    "opening",
    "nearest",
    "farthest",
    "departments",
    "order",
    "shorter",
    "ratio",
    "lead",
)
MEANING: Final = (*WORDS, "meaning", "meaning_fuller", "meaning_best", "meaning_opening")
RIVALS: Final = ("link", "same", "rivals_same", "rivals_partial", "beside")

#: How much is taken off for large coefficients, and how often answers are revealed to learn their weight.
RIDGE: Final = 3.0
REVEALED: Final = (0.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)

#: What is said of rivals that are the same obligation is no matter of fitting: it hardly tells, in ten pairs
#: of plans, whether there is another link, and nothing is lost where it speaks against one, as people expect.
TAKEN: Final = -0.5


class Pair(NamedTuple):
    """Two plans, and the grade of each linked pair of tasks by their keys."""

    name: str
    old: gongkai.Plan
    new: gongkai.Plan
    grades: Mapping[tuple[str, str], int]


class Rows(NamedTuple):
    """The candidates of a pair as numbers, with their grades.

    ``settled`` counts the links between identical texts, those that are right, and those right as the same
    obligation; ``wanted`` the links and those of grade 2 that readers found.
    """

    candidates: tuple[Candidate, ...]
    numbers: Any
    grades: Any
    settled: tuple[int, int, int]
    wanted: tuple[int, int]


def pairs_in(folders: Iterable[Path]) -> Iterator[Pair]:
    """Read the pairs."""
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            (old, mine), (new, theirs) = (_plan(data[side]) for side in ("old", "new"))
            grades = {(mine[link["old"]], theirs[link["new"]]): int(link["grade"]) for link in data["links"]}
            yield Pair(path.stem, old, new, grades)


def _plan(side: Mapping[str, Any]) -> tuple[gongkai.Plan, dict[str, str]]:
    """Build a plan from its tasks, and tell the key of each."""
    lines, chapter = [side["title"], ""], None
    for number, leaf in enumerate(side["leaves"], 1):
        if leaf.get("chapter") and leaf["chapter"] != chapter:
            chapter = leaf["chapter"]
            lines.append(f"第{number}章 {chapter}")
        units = leaf.get("units") or ""
        clause = units if re.search("牵头|负责|落实|配合|支持", units) else units and f"{units}负责落实"
        lines.append(f"{number}.{leaf['text'].rstrip('。')}。" + (f"({clause})" if clause else ""))
    plan = gongkai.parse("\n".join(lines))
    keys = {}
    for task in plan.all_tasks:
        number = int(re.findall(r"\d+", task.label or "0")[0])
        if number and task.text:
            keys[side["leaves"][number - 1]["id"]] = task.key or ""
    return plan, keys


def rows_of(pair: Pair, names: Sequence[str], embedder: Any = None) -> Rows:
    """Return the candidates of a pair as numbers."""
    known = prospects.prospects(pair.old, pair.new, embedder=embedder)
    found = known.candidates
    numbers = np.array([[getattr(each.support, name) for name in names] for each in found])
    grades = np.array([pair.grades.get((each.keys[0] or "", each.keys[1] or ""), 0) for each in found])
    same = [pair.grades.get((link.old.key or "", link.new.key or ""), 0) for link in known.settled]
    settled = len(same), sum(grade > 0 for grade in same), sum(grade == 2 for grade in same)
    wanted = len(pair.grades), sum(grade == 2 for grade in pair.grades.values())
    return Rows(found, numbers, grades, settled, wanted)


def fitted(numbers: Any, wanted: Any, ridge: float = RIDGE, offset: Any = 0.0) -> Any:
    """Fit a logistic model by Newton's method; return its coefficients, the base first.

    ``offset`` is added to the logarithms of the odds, and is no part of what is fitted.
    """
    middle, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-9
    table = np.column_stack([np.ones(len(numbers)), (numbers - middle) / spread])
    penalty = np.diag([0.0] + [ridge] * numbers.shape[1])
    found = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(table @ found + offset)))
        slope = table.T @ (chance - wanted) + penalty @ found
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + penalty
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    own = found[1:] / spread
    return np.concatenate([[found[0] - (own * middle).sum()], own])


def chances(coefficients: Any, numbers: Any) -> Any:
    """Return the probabilities by a fitted model."""
    return 1 / (1 + np.exp(-(coefficients[0] + numbers @ coefficients[1:])))


def both(rows: Sequence[Rows]) -> tuple[Any, Any]:
    """Fit the two questions on some pairs: is there a link, is it the same obligation."""
    numbers = np.concatenate([each.numbers for each in rows])
    grades = np.concatenate([each.grades for each in rows])
    return fitted(numbers, grades > 0), fitted(numbers, grades == 2)


def told(rows: Rows, models: tuple[Any, Any]) -> list[Candidate]:
    """Return the candidates of a pair with the probabilities of fitted models."""
    link, same = (chances(model, rows.numbers) for model in models)
    return [
        Candidate(each.old, each.new, float(one), float(min(one, other)), each.support)
        for each, one, other in zip(rows.candidates, link, same, strict=True)
    ]


def rivalry_rows(rows: Rows, models: tuple[Any, Any], chance: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what rivals and neighbours say of the candidates, with some answers revealed, and the grades."""
    found = told(rows, models)
    for part in REVEALED:
        open_ = chance.random(len(found)) >= part
        beliefs = [
            (each.link, each.same) if free else (float(grade > 0), float(grade == 2))
            for each, free, grade in zip(found, open_, rows.grades, strict=True)
        ]
        yield np.array(list(deciding.terms(found, beliefs)))[open_], rows.grades[open_]


def rivalry_of(rows: Sequence[Rows]) -> tuple[Any, Any]:
    """Fit what rivals and neighbours say; each pair's probabilities are by models that have not seen it."""
    chance = np.random.default_rng(2024)
    collected = [
        item
        for place, own in enumerate(rows)
        for item in rivalry_rows(own, both([*rows[:place], *rows[place + 1 :]]), chance)
    ]
    numbers = np.concatenate([item[0] for item in collected])
    grades = np.concatenate([item[1] for item in collected])
    taken = RIVALS.index("rivals_same")
    others = np.delete(numbers, taken, axis=1)
    found = [fitted(others, wanted, 1.0, TAKEN * numbers[:, taken]) for wanted in (grades > 0, grades == 2)]
    link, same = (np.insert(each, 1 + taken, TAKEN) for each in found)
    return link, same


class Found(NamedTuple):
    """How many links are right, how many were found, and how many there are."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        total = self.found + self.wanted
        return 2 * self.right / total if total else 1.0


class Score(NamedTuple):
    """The links found, those of strength same, and each decided candidate's probability and truth."""

    links: Found
    same: Found
    sure: tuple[tuple[float, bool], ...]


def left_out(rows: Sequence[Rows], *, rivals: bool = True) -> list[Score]:
    """Score each pair by models fitted on the others."""
    found: list[Score] = []
    for place, own in enumerate(rows):
        others = [*rows[:place], *rows[place + 1 :]]
        candidates = told(own, both(others))
        models = rivalry_of(others) if rivals else None
        with _Rivalry(models):
            verdicts = deciding.decide(candidates)
        linked = np.array([verdict.strength != "none" for verdict in verdicts])
        same = np.array([verdict.strength == "same" for verdict in verdicts])
        found.append(
            Score(
                _found(linked, own.grades > 0, own.settled[0], own.settled[1], own.wanted[0]),
                _found(same, own.grades == 2, own.settled[0], own.settled[2], own.wanted[1]),
                tuple(
                    (verdict.link, bool(grade)) for verdict, grade in zip(verdicts, own.grades, strict=True)
                ),
            )
        )
    return found


@contextmanager
def _set(room: ModuleType, name: str, value: object) -> Iterator[None]:
    """Set a constant for a while; what was kept of texts is forgotten."""
    kept = getattr(room, name)
    setattr(room, name, value)
    _forget()
    try:
        yield
    finally:
        setattr(room, name, kept)
        _forget()


def _forget() -> None:
    for each in (profiles.profile_of, digests._digest):  # noqa: SLF001 - a benchmark looks behind the face
        each.cache_clear()


class _Rivalry:
    """Sets the coefficients of rivals for a while: to fitted ones, or to such that change nothing."""

    def __init__(self, models: tuple[Any, Any] | None) -> None:
        link, same = models or ([0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0])
        tables = [dict(zip(("base", *RIVALS), map(float, each), strict=True)) for each in (link, same)]
        self._own = calibration.Rivalry({"link": tables[0], "same": tables[1]})

    def __enter__(self) -> None:
        self._kept = deciding.rivalry
        deciding.rivalry = lambda: self._own  # type: ignore[assignment]

    def __exit__(self, *error: object) -> None:
        deciding.rivalry = self._kept


def _found(chosen: Any, right: Any, settled: int, settled_right: int, wanted: int) -> Found:
    return Found(int((chosen & right).sum()) + settled_right, int(chosen.sum()) + settled, wanted)


def show(name: str, scores: Sequence[Score], pairs: Sequence[Pair] = ()) -> None:
    """Print the means over the pairs and, in brackets, over all links; and each of the pairs given."""
    for pair, score in zip(pairs, scores, strict=False):
        print(f"    {pair.name:50} links {score.links.f1:.3f}  same {score.same.f1:.3f}")
    told = []
    for each in ([score.links for score in scores], [score.same for score in scores]):
        pooled = Found(*map(sum, zip(*each, strict=True)))
        told.append(f"{np.mean([one.f1 for one in each]):.3f} ({pooled.f1:.3f})")
    print(f"{name:44} links {told[0]}  same {told[1]}", flush=True)


def reliability(scores: Sequence[Score]) -> None:
    """Print how many of the candidates given each probability are links."""
    sure = [item for score in scores for item in score.sure]
    for low, high in pairwise((0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)):
        within = [item for item in sure if low <= item[0] < high or item[0] == high == 1]
        if within:
            mean, right = (sum(float(item[place]) for item in within) / len(within) for place in (0, 1))
            count = len(within)
            print(f"    given {low:.1f} to {high:.1f}: {count:5d} pairs, mean {mean:.2f}, right {right:.2f}")


def ablation(pairs: Sequence[Pair], embedder: Any) -> None:
    """Print what is lost without each kind of evidence."""
    groups = {
        "both directions": ("fuller", "lesser"),
        "the most like clause": ("best",),
        "the first clauses": ("opening",),
        "ranks and lead (hubs)": ("nearest", "farthest", "lead"),
        "departments": ("departments",),
        "place in the plan": ("order",),
        "lengths": ("shorter", "ratio"),
    }
    rows = [rows_of(pair, WORDS) for pair in pairs]
    show("words: all", left_out(rows))
    show("words: no rivals and neighbours", left_out(rows, rivals=False))
    for name, dropped in groups.items():
        kept = [place for place, each in enumerate(WORDS) if each not in dropped]
        show(
            f"words: without {name}",
            left_out([each._replace(numbers=each.numbers[:, kept]) for each in rows]),
        )
    for name, room, place, value in (
        ("words: without topics", weights, "_TOPIC", 0.0),
        ("words: without the genre's rates", weights, "_GENRE", 0),
        ("words: common characters and pairs too", weights, "_AT_MOST", 10_000),
        ("words: sentences, not clauses", profiles, "_marks", lambda: re.compile("[。；;！!？?]")),
        ("words: whole texts, not clauses", profiles, "_marks", lambda: re.compile("(?!)")),
    ):
        with _set(room, place, value):
            show(name, left_out([rows_of(pair, WORDS) for pair in pairs]))
    rows = [rows_of(pair, MEANING, embedder) for pair in pairs]
    show("meaning: all", left_out(rows))
    kept = [
        place
        for place, each in enumerate(MEANING)
        if each.startswith("meaning") or each in ("shorter", "ratio")
    ]
    show("meaning: without words", left_out([each._replace(numbers=each.numbers[:, kept]) for each in rows]))


def written(settings: Mapping[str, tuple[Sequence[str], tuple[Any, Any]]]) -> str:
    """Return the table of coefficients."""
    lines = [
        "# Coefficients of what speaks for a link, fitted on pairs of real plans by",
        "# benchmarks/_fit_alignment.py. The probability is the logistic function of the base and the sum",
        "# of all numbers times their coefficients; what the numbers are stands in scoring.py.",
        "",
    ]
    for setting, (names, models) in settings.items():
        for question, model in zip(("link", "same"), models, strict=True):
            lines.append(f"[{setting}.{question}]")
            lines.extend(
                f"{name} = {float(each):.4f}" for name, each in zip(("base", *names), model, strict=True)
            )
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main(argv: Sequence[str]) -> None:
    """Fit and tell."""
    pairs = list(pairs_in([Path(each) for each in argv if not each.startswith("--")]))
    embedder = gongkai.semantic_embedder
    rows = {
        "words": [rows_of(pair, WORDS) for pair in pairs],
        "meaning": [rows_of(pair, MEANING, embedder) for pair in pairs],
    }
    for setting, own in rows.items():
        scores = left_out(own)
        show(setting, scores, pairs)
        reliability(scores)
    if "--ablation" in argv:
        ablation(pairs, embedder)
    if "--write" in argv:
        settings: dict[str, tuple[Sequence[str], tuple[Any, Any]]] = {
            "words": (WORDS, both(rows["words"])),
            "meaning": (MEANING, both(rows["meaning"])),
            "rivals": (RIVALS, rivalry_of(rows["words"])),
        }
        TABLE.write_text(written(settings), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
