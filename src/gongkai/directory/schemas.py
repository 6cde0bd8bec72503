"""What the tables of the directory hold, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from gongkai.directory.organs import SuccessionKind
from gongkai.model import DepartmentKind, Level

__all__ = ["SCHEMAS", "Schema"]


class Schema(NamedTuple):
    """What the columns of a table hold.

    Attributes:
        needed: the columns that no table of this sort lacks; their cells are not empty.
        others: those that it may lack.
        words: the values that a column takes.
        dates: pairs of columns: not before, not after.
        lists: columns of several values, parted by ``;``.
        references: which entries the values of a column are ids of.
        names: columns with names of bodies, in their normal form.
    """

    needed: tuple[str, ...]
    others: tuple[str, ...] = ()
    words: Mapping[str, Iterable[str]] = {}
    dates: tuple[tuple[str, str], ...] = ()
    lists: tuple[str, ...] = ()
    references: Mapping[str, str] = {}
    names: tuple[str, ...] = ()


_SURE: Final = ("high", "medium", "low")
_ABOUT: Final = ("sources", "confidence", "notes")

#: The tables that users may bring, by name.
SCHEMAS: Final[Mapping[str, Schema]] = {
    "organs": Schema(
        needed=("id", "name", "kind"),
        others=(
            *("full_name", "aliases", "slips", "patterns", "city_names", "elsewhere_names"),
            *(
                "within",
                "needs",
                "levels",
                "since",
                "until",
                "city_since",
                "city_until",
                "dates_in",
                "dates_from",
            ),
            *("date_confidence", "functions", "areas", *_ABOUT),
        ),
        words={
            "kind": DepartmentKind,
            "levels": Level,
            "needs": ("within", "place"),
            "confidence": _SURE,
            "date_confidence": _SURE,
        },
        dates=(("since", "until"), ("city_since", "city_until")),
        lists=(
            *("aliases", "slips", "patterns", "city_names", "elsewhere_names"),
            *("levels", "functions", "areas", "sources"),
        ),
        references={"functions": "functions", "within": "organs"},
        names=("name", "aliases", "slips", "city_names", "elsewhere_names"),
    ),
    "functions": Schema(
        needed=("id", "name", "domain"),
        others=("english", "parent", "notes"),
        references={"parent": "functions"},
    ),
    "successions": Schema(
        needed=("predecessor", "successor", "kind", "on"),
        others=("functions", "wave", "areas", "date_confidence", *_ABOUT),
        words={"kind": SuccessionKind, "confidence": _SURE, "date_confidence": _SURE},
        dates=(("on", "on"),),
        lists=("functions", "areas", "sources"),
        references={"predecessor": "organs", "successor": "organs", "functions": "functions"},
    ),
    "collectives": Schema(
        needed=("id", "name", "members"),
        others=("scope", "meaning", "english", "closed", *_ABOUT),
        words={"closed": ("yes", "no"), "confidence": _SURE},
        lists=("members", "sources"),
        names=("name",),
    ),
    "divisions": Schema(
        needed=("code", "name", "level"),
        others=(
            *("parent", "since", "until", "successor", "namesakes", "abbreviations", "government_codes"),
            *("office_codes", "party_codes", "numbers_seen", "catalogue_code", *_ABOUT),
        ),
        words={"level": Level, "confidence": _SURE},
        dates=(("since", "until"),),
        lists=("namesakes", "abbreviations", "government_codes", "office_codes", "party_codes", "sources"),
        references={"parent": "divisions", "successor": "divisions"},
        names=("name",),
    ),
    "sources": Schema(needed=("id", "text")),
}
