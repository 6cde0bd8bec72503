"""What speaks for a link, in words; and the other words of answers."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import cast

from gongkai.comparing.alignment.links import Evidence, Strength

__all__ = ["answer_words", "evidence_words", "plain_word", "strength_words"]


@cache
def answer_words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the words of answers: by group, name and language."""
    text = files("gongkai.comparing.judges").joinpath("answers.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, dict[str, str]]]", tomllib.loads(text))


def evidence_words(evidence: Iterable[Evidence], language: str = "zh") -> str:
    """Say what speaks for a link, each kind of evidence with its score.

    >>> from gongkai.comparing import Evidence
    >>> shared = [Evidence("wording", 0.42, phrase) for phrase in ("财政预算", "逐级公开")]
    >>> evidence_words([*shared, Evidence("order", 0.9)])
    '措辞0.42（财政预算、逐级公开）；位置0.90'
    """
    words = answer_words()
    told: list[str] = []
    for (kind, score), group in groupby(evidence, key=lambda item: (item.kind.value, f"{item.score:.2f}")):
        details = [" ".join(item.detail.split()) for item in group if item.detail]
        form = words["forms"]["detailed" if details else "plain"][language]
        # A kind of evidence that has no word here has its own name.
        name = words["evidence"].get(kind, {}).get(language, kind)
        detail = words["forms"]["listed"][language].join(details)
        told.append(form.format(kind=name, score=score, detail=detail))
    return words["forms"]["between"][language].join(told)


def plain_word(text: str) -> str:
    """Return a word as it is looked up: full-width and half-width forms and capitals make no difference."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


@cache
def strength_words() -> Mapping[str, Strength | None]:
    """Return what each word for an answer means, None for who does not know.

    >>> from gongkai.comparing.judges.answerwords import strength_words
    >>> strength_words()["部分相同"], strength_words()["s"], strength_words()["?"]
    (<Strength.PARTIAL: 'partial'>, <Strength.SAME: 'same'>, None)
    """
    found: dict[str, Strength | None] = {}
    for name, row in answer_words()["strengths"].items():
        said = None if name == "unknown" else Strength(name)
        lists = cast("Iterable[list[str]]", row.values())
        found.update({plain_word(word): said for words in lists for word in words})
    return found
