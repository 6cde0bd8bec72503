"""Count what nearly every plan says: ``python benchmarks/_genre_rates.py FILE [FILE ...]`` writes the table.

For each character, pair of characters and topic: in how large a part of a plan's tasks it stands, as the mean
over the plans given and the shipped examples, so that a long plan counts for no more than a short one. Rare
ones are left out, and with them whatever belongs to one plan.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import gongkai
from gongkai import Plan, examples
from gongkai.comparing.alignment.profiles import Profile
from gongkai.comparing.alignment.wording import folded

TABLE: Final = Path(gongkai.__file__).parent / "comparing" / "alignment" / "background.csv"

#: A token is kept from this part of tasks on, if it stands in so large a part of the plans; a topic likewise.
TOKENS: Final = 0.045
TOPICS: Final = 0.03
SPREAD: Final = 0.6


def texts(plan: Plan) -> list[str]:
    return [task.text for task in plan.all_tasks if task.text.strip()]


def tokens_of(text: str) -> set[str]:
    """Return the letters and the pairs of neighbouring letters in a text; common letters count here."""
    pairs = {token for clause in Profile(text).clauses for token in clause.tokens if len(token) == 2}
    return pairs | {letter for letter in folded(text).lower() if letter.isalnum()}


def rates(plans: Sequence[Plan]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return the mean rates of tokens and topics, and in how many plans each token stands."""
    tokens, topics, spread = Counter[str](), Counter[str](), Counter[str]()
    for plan in plans:
        profiles = [Profile(text) for text in texts(plan)]
        part = 1 / (len(profiles) * len(plans))
        here = Counter(token for text in texts(plan) for token in tokens_of(text))
        spread.update(here.keys())
        tokens.update({token: count * part for token, count in here.items()})
        topics.update(
            {
                topic: count * part
                for topic, count in Counter(topic for one in profiles for topic in one.topics).items()
            }
        )
    return tokens, topics, spread


def rows(kind: str, found: Mapping[str, float], least: float) -> list[tuple[str, str, float]]:
    kept = [(-round(rate, 2), name) for name, rate in found.items() if rate >= least]
    return [(kind, name, -rate) for rate, name in sorted(kept)]


def main(argv: Sequence[str]) -> None:
    """Count and write."""
    plans = [gongkai.read(name) for name in argv]
    plans.extend(examples.load(name) for name in examples.names())
    tokens, topics, spread = rates([plan for plan in plans if texts(plan)])
    common = {token: rate for token, rate in tokens.items() if spread[token] >= SPREAD * len(plans)}
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "name", "rate"))
        writer.writerows([*rows("tokens", common, TOKENS), *rows("topics", topics, TOPICS)])


if __name__ == "__main__":
    main(sys.argv[1:])
