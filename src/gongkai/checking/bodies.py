"""The departments and their names (C2)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from gongkai.checking.subject import Found, Mention, Subject
from gongkai.directory import Directory, Organ, SuccessionKind, classify
from gongkai.model import DepartmentKind, Level, Span

__all__ = [
    "ambiguous",
    "misspelt",
    "obsolete",
    "one_function",
    "place_left",
    "two_names",
    "unknown",
    "unlisted",
]

#: A reform takes some months to reach every district and every pen.
_GRACE: Final = timedelta(days=183)
#: What documents write in place of a name that is not to be told.
_MASK: Final = re.compile("[XxＸ×*＊○〇]{2,}")
#: Signs within a name, as in 省“互联网+政务服务”联席办.
_QUOTES: Final = re.compile('[“”‘’"]')
#: What stands before a name for the place that the plan is of.
_PREFIXES: Final = "省市区县"
#: The ends of names that tell one sort of body from another.
_ENDINGS: Final = re.compile("(?:管理局|委员会|办公室|中心|[局委办部厅])$")


def _named(subject: Subject) -> Iterator[Mention]:
    """The bodies that are named, not groups of them."""
    for mention in subject.mentions:
        if mention.body.kind is not DepartmentKind.COLLECTIVE:
            yield mention


def unknown(subject: Subject) -> Found:
    """Names that do not seem to be names of bodies."""
    yield from _not_found(subject, bodies=False)


def unlisted(subject: Subject) -> Found:
    """Names of bodies that the directory does not list, and that are like none it lists."""
    yield from _not_found(subject, bodies=True)


def _not_found(subject: Subject, *, bodies: bool) -> Found:
    for mention in _named(subject):
        name = mention.body.name
        found = subject.resolve(name)
        listed = found or found.candidates or _near(name, found.suggestions)
        kind = found.kind or subject.resolve(_QUOTES.sub("", name)).kind
        if not listed and (kind is not None) == bodies:
            yield *_at(subject, mention), {"name": name}


def misspelt(subject: Subject) -> Found:
    """Names that are slips of the pen: known ones, or one character away from a known name."""
    for mention in _named(subject):
        name = mention.body.name
        found = subject.resolve(name)
        right = found.slip
        if right is None and not found and not found.candidates:
            right = _near(name, found.suggestions)
        if right is not None:
            yield *_at(subject, mention), {"name": name, "right": right}


def _near(name: str, suggestions: tuple[str, ...]) -> str | None:
    """Return the first suggestion that one character more, less or another makes of the name.

    Where that makes another sort of body of it, both are words: 区人民医院, 区人民法院.
    """
    kind = classify(name)
    for suggestion in suggestions:
        alike = kind is None or classify(suggestion) is kind
        if name != suggestion and alike and _one_apart(name, suggestion):
            return suggestion
    return None


def _one_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def obsolete(subject: Subject) -> Found:
    """Bodies that were no more when the plan was issued, with what took their place."""
    on = subject.on
    if on is None:
        return
    for mention in _named(subject):
        found = subject.resolve(mention.body.name)
        organ = found.organ
        if organ is None or found.in_time is None:  # its dates are those of another place
            continue
        until = _until(organ, found.level)
        if until is None or until + _GRACE >= on:
            continue
        later = [_local(each.name, mention.body.name) for each in _successors(subject.directory, organ, on)]
        facts = {
            "name": mention.body.name,
            "until": f"{until:%Y-%m}",
            "successors": "、".join(later) or "—",
        }
        yield *_at(subject, mention), facts


def _until(organ: Organ, level: Level | None) -> date | None:
    return organ.city_until if level in {Level.CITY, Level.PROVINCE} else organ.until


def _local(name: str, written: str) -> str:
    """Leave out 区 where the name as written has none."""
    return name if written.startswith("区") else name.removeprefix("区")


def _successors(directory: Directory, organ: Organ, on: date) -> list[Organ]:
    """The organs that an ended one became, followed up to those that were there on a day."""
    found: dict[str, Organ] = {}
    seen, open_ids = {organ.id}, [organ.id]
    while open_ids:
        at = open_ids.pop(0)
        for step in directory.successions:
            if step.predecessor != at or step.successor in seen or step.on > on:
                continue
            seen.add(step.successor)
            later = directory.organ(step.successor)
            if later.until is not None and later.until + _GRACE < on:
                open_ids.append(later.id)
            else:
                found[later.id] = later
    return list(found.values())


def ambiguous(subject: Subject) -> Found:
    """Names that may mean several bodies there and then."""
    for mention in _named(subject):
        candidates = subject.resolve(mention.body.name).candidates
        if len(candidates) > 1 and not _renamed(subject.directory, candidates):
            known = [organ.name for organ in candidates]
            if len(set(known)) < len(known):  # 区科信局 is short for two
                known = [organ.full_name.replace("{", "").replace("}", "") for organ in candidates]
            names = "、".join(known)
            yield *_at(subject, mention), {"name": mention.body.name, "candidates": names}


def _renamed(directory: Directory, candidates: tuple[Organ, ...]) -> bool:
    """Whether they are one body before and after it was renamed: nobody has to ask which is meant."""
    ids = {organ.id for organ in candidates}
    return any(
        step.kind is SuccessionKind.RENAMED and {step.predecessor, step.successor} == ids
        for step in directory.successions
    )


def two_names(subject: Subject) -> Found:
    """Bodies that the plan calls by two names; the rarer one is found."""
    by_organ: defaultdict[tuple[str, str | None], list[Mention]] = defaultdict(list)
    for mention in _named(subject):
        found = subject.resolve(mention.body.name)
        # A body that was not there yet stands for those that it was made of: 银监局, 保监局.
        there = found.organ is not None and found.in_time is not False
        if found.organ is not None and there and not found.organ.told_by_place and not found.slip:
            by_organ[found.organ.id, found.inner].append(mention)
    for mentions in by_organ.values():
        usual = max(mentions, key=lambda mention: mention.times)
        for mention in mentions:
            one, other = mention.body.name, usual.body.name
            if not _alike(one, other) and not _together(subject, one, other):
                yield *_at(subject, mention), {"one": one, "other": other}


def _alike(one: str, other: str) -> bool:
    """Whether two names differ at most in 省, 市, 区 or 县, which a list names once: 省发改委、财政厅."""
    return one == other or one.lstrip(_PREFIXES) == other.lstrip(_PREFIXES)


def _together(subject: Subject, one: str, other: str) -> bool:
    """Whether one task names both: its writer took them for two bodies, as 银监局 and 保监局 once were."""
    return any({one, other} <= {body.name for body in task.departments} for task in subject.plan.all_tasks)


def one_function(subject: Subject) -> Found:
    """Two bodies of like name that do the same: 区政务服务局, 区政务服务中心."""
    alike: defaultdict[str, list[tuple[Mention, Organ]]] = defaultdict(list)
    for mention in _named(subject):
        organ = subject.resolve(mention.body.name).organ
        stem = _ENDINGS.sub("", mention.body.name)
        if organ is not None and len(stem) > 2:
            alike[stem].append((mention, organ))
    for group in alike.values():
        for (mention, organ), (second, other) in combinations(group, 2):
            same = [name for name in organ.functions if name in other.functions]
            shared = [subject.directory.function(name).name for name in same]
            if organ.id != other.id and shared:
                facts = {
                    "one": second.body.name,
                    "other": mention.body.name,
                    "functions": "、".join(shared),
                }
                yield *_at(subject, second), facts


def place_left(subject: Subject) -> Found:
    """Names with a place in a plan that masks its places elsewhere."""
    masked: dict[str, str] = {}
    for mention in subject.mentions:
        mask = _MASK.search(mention.body.name)
        if mask is not None:
            masked.setdefault(_MASK.sub("", mention.body.name), mask[0])
    for mention in subject.mentions if masked else ():
        name = mention.body.name
        place = subject.resolve(name).inner or subject.resolve(name).place
        if (
            place
            and place in name
            and not _MASK.fullmatch(place)
            and (mask_ := masked.get(name.replace(place, "", 1)))
        ):
            yield *_at(subject, mention), {"name": name, "place": place, "mask": mask_}


def _at(subject: Subject, mention: Mention) -> tuple[Span | None, str | None]:
    return subject.place(mention.task, mention.body.name), mention.task.key
