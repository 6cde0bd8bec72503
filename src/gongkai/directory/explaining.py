"""Why a name means what it means, in Chinese and English."""

from __future__ import annotations

import pkgutil
import tomllib
from datetime import date
from functools import cache
from typing import Final

from gongkai.directory.organs import Organ
from gongkai.directory.resolution import Language, Resolution
from gongkai.errors import InvalidValue
from gongkai.model import Level

__all__ = ["Teller", "explain", "reasons"]

_LANGUAGES: Final = ("zh", "en")


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    data = pkgutil.get_data("gongkai.directory", "words.toml") or b""
    return tomllib.loads(data.decode("utf-8"))


class Teller:
    """Says things in one language.

    Args:
        language: ``zh`` or ``en``.
        owner: the method that was asked, for the error.

    Raises:
        InvalidValue: it is another language.
    """

    def __init__(self, language: Language, owner: str) -> None:
        if language not in _LANGUAGES:
            raise InvalidValue(owner, "language", language, "zh or en")
        self.language = language

    def say(self, name: str, /, **facts: object) -> str:
        """Return the words of that name (``first.organ``), filled in."""
        table, _, key = name.partition(".")
        return _words()[table][key][self.language].format(**facts)

    def join(self, how: str, parts: list[str]) -> str:
        """Join names, facts or sentences as the language does."""
        return self.say(f"join.{how}").join(parts)

    def month(self, day: date) -> str:
        """Return the month of a day."""
        return self.say("time.month", year=day.year, month=day.month)

    def period(self, organ: Organ, level: Level | None) -> str:
        """Say from when to when an organ existed, as far as that is known; empty where it is not."""
        city = level in {Level.CITY, Level.PROVINCE}
        since = organ.city_since if city else organ.since
        until = organ.city_until if city else organ.until
        told = {"since": self.month(since) if since else "", "until": self.month(until) if until else ""}
        name = "both" if since and until else "since" if since else "until" if until else None
        return self.say(f"time.{name}", **told) if name else ""


def reasons(found: Resolution, language: Language = "zh") -> tuple[str, ...]:
    """Return what speaks for each candidate; see :meth:`Resolution.reasons`."""
    tell = Teller(language, "Resolution.reasons")
    return tuple([_reason(found, organ, tell) for organ in found.candidates])


def _reason(found: Resolution, organ: Organ, tell: Teller) -> str:
    own = "name" if found.step in {"name", "place", "bracket", "slip"} else "other"
    nation = organ.levels == (Level.NATION,)
    facts = [tell.say(f"reasons.{'nation' if nation else own}"), tell.period(organ, found.level)]
    if organ.areas:
        facts.append(tell.say("reasons.seen", areas=_areas(organ, tell)))
    return tell.join("facts", [fact for fact in facts if fact])


def _areas(organ: Organ, tell: Teller) -> str:
    return tell.join("names", [area.name for area in organ.areas])


def explain(found: Resolution, language: Language = "zh") -> str:
    """Say what a name means and why; see :meth:`Resolution.explain`."""
    tell = Teller(language, "Resolution.explain")
    sentences = [_first(found, tell)]
    if found:
        sentences += [_step(found, tell), *_out_of_time(found, tell)]
    if found.left_out:
        sentences += [_against(organ, why, found, tell) for organ, why in found.left_out]
    if found.needs:
        sentences.append(tell.say(f"needs.{found.needs}"))
    if found.suggestions:
        names = tell.join("names", list(found.suggestions))
        sentences.append(tell.say("did_you_mean.some", names=names))
    told = tell.join("sentences", [sentence for sentence in sentences if sentence])
    lines = [
        f"- {organ.name} ({organ.id}): {reason}"
        for organ, reason in zip(found.candidates, reasons(found, language), strict=True)
    ]
    return "\n".join([told, *lines])


def _first(found: Resolution, tell: Teller) -> str:
    entry = found.organ or found.collective
    if entry is not None:
        name = "organ" if found.organ else "collective"
        return tell.say(f"first.{name}", name=found.name, it=entry.name, id=entry.id)
    if len(found.candidates) > 1:
        return tell.say("first.several", name=found.name, n=len(found.candidates))
    if found.candidates:
        only = found.candidates[0]
        return tell.say("first.one", name=found.name, it=only.name, id=only.id)
    if found.step == "grammar":
        return tell.say("first.group", name=found.name)
    kind = found.kind
    ending = tell.say("kind.none") if kind is None else tell.say("kind.told", kind=tell.say(f"kinds.{kind}"))
    return tell.say("first.unknown", name=found.name) + ending


def _step(found: Resolution, tell: Teller) -> str:
    step = "bare" if found.step == "place" and not found.place else found.step
    entry = found.organ or found.collective
    facts = {"it": entry.name if entry else "", "place": found.place, "inner": found.inner}
    return tell.say(f"steps.{step}", **facts) if step else ""


def _out_of_time(found: Resolution, tell: Teller) -> list[str]:
    if found.in_time is not False or found.organ is None or found.on is None:
        return []
    return [tell.say("time.out", on=found.on.isoformat(), when=tell.period(found.organ, found.level))]


def _against(organ: Organ, why: str, found: Resolution, tell: Teller) -> str:
    facts = {"it": organ.name, "when": tell.period(organ, found.level), "areas": _areas(organ, tell)}
    if why == "place" and not organ.areas:
        entry = found.organ or organ
        return tell.say("settled.usual", **{**facts, "other": entry.name, "areas": _areas(entry, tell)})
    return tell.say(f"settled.{why}", **facts)
