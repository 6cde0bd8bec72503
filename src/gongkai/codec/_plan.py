"""Plans as versioned JSON: ``dumps`` and ``loads``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, Final, TypeAlias, TypeVar, cast

from gongkai.codec import versions
from gongkai.codec._leaves import REFUSALS
from gongkai.codec._problems import Place, path_of, problems_in, refusal
from gongkai.codec._quick import Tally, readers, writers
from gongkai.codec._text import Doubled, parse_exactly, parse_quickly, render, rendered_alike
from gongkai.errors import InvalidValue, LoadError, Problem
from gongkai.model import Plan

__all__ = [
    "Found",
    "decoded",
    "dumps",
    "loads",
    "parsed",
    "plan_data",
    "read_plan",
    "structured",
    "version_of",
]

T = TypeVar("T")

Found: TypeAlias = tuple[Place, str]
"""A place in a file, and what is wrong there."""

#: The key that holds the version of the schema.
_VERSION: Final = "gongkai"


def dumps(plan: Plan, *, indent: int | None = None, source: bool = True) -> str:
    """Write a plan as JSON, with everything that is known of it.

    The version of the schema comes first (``"gongkai": 1``), then the plan's fields. Text is written as it
    is, not as escapes. What has its default value is left out.

    Args:
        plan: the plan.
        indent: how many spaces an inner line is set in; None writes one line.
        source: whether the source's text goes along. Without it its digest, pieces and origin stay.

    Raises:
        InvalidValue: this is no plan, or its sections are nested more deeply than Python can follow.

    >>> import gongkai
    >>> plan = gongkai.Plan("澄湖区2024年政务公开工作要点", [gongkai.Task("公开目录。", label="1.")])
    >>> text = gongkai.dumps(plan)
    >>> text[:66]
    '{"gongkai":1,"kind":"plan","title":"澄湖区2024年政务公开工作要点","year":2024,'
    >>> gongkai.loads(text).tasks
    (<Task 1. 公开目录。>,)
    """
    if type(plan) is not Plan:
        raise InvalidValue("dumps", "plan", plan, "a Plan")
    try:
        return render(plan_data(plan, source=source), indent)
    except RecursionError:
        expected = "a plan whose sections and parts are nested less deeply"
        raise InvalidValue("dumps", "plan", plan.title, expected) from None  # its repr goes as deep


def plan_data(plan: Plan, *, source: bool = True) -> dict[str, Any]:
    """Return a plan as the plain data of its file."""
    data = {_VERSION: versions.SCHEMA, **writers()[Plan](plan)}
    if not source and plan.source is not None:
        data["source"] = writers()[type(plan.source)](plan.source.without_text())
    return data


def loads(text: str | bytes) -> Plan:
    """Read a plan from the JSON that ``dumps`` writes, of this or an earlier version of the schema.

    Nothing is converted silently: 1 is no str, "3" no int. Unknown keys are refused, and so is a key that two
    sections or tasks share; those without a key get one, as in a plan that is built by hand. Bytes are UTF-8.

    Raises:
        LoadError: it is not JSON, no plan, or of a newer schema; with every problem at once.
        InvalidValue: ``text`` is neither str nor bytes.

    >>> import gongkai
    >>> gongkai.loads('{"gongkai": 1, "title": "", "content": [{"kind": "task", "text": 5, "due": "10月"}]}')
    Traceback (most recent call last):
        ...
    gongkai.errors.LoadError: 2 problems
      $.content[0].text: expected a str, got 5 (int)
      $.content[0].due: unknown key
    """
    text = decoded(text)
    plan = _read_quickly(text)
    return _read_in_detail(text) if plan is None else plan


def decoded(text: str | bytes) -> str:
    """Return text without the mark that some editors put before it."""
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    if not isinstance(cast(object, text), bytes):
        raise InvalidValue("loads", "text", text, "a str or bytes")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"not UTF-8: byte 0x{text[error.start]:02x} at offset {error.start}; save the file as UTF-8"
        raise LoadError([Problem("$", reason)]) from None


def _read_quickly(text: str) -> Plan | None:
    """Read what ``dumps`` may have written; None where the detailed reading has to judge."""
    tally = Tally()
    try:
        data = parse_quickly(text)
        alike = rendered_alike(data, text)  # now, while the data are at hand for the processor, too
        if type(data) is not dict:
            return None
        version = cast("dict[str, object]", data).pop(_VERSION)
        if type(version) is not int or version != versions.SCHEMA:
            return None
        plan = readers()[Plan](cast(object, data), tally)
    except REFUSALS:
        return None
    if not alike and _gives_a_key_twice(text, tally.keys + 1):
        return None
    return cast(Plan, plan)


def _gives_a_key_twice(text: str, keys: int) -> bool:
    """Tell whether the text gives more keys than were read; a parser takes the last of two and is silent.

    Each key has its colon: with no more colons than keys, none was given twice. Texts have colons too; then
    only those behind a quotation mark count, unless white space parts some key from its colon. Where all that
    is no proof, the text is parsed once more.
    """
    if text.count(":") == keys:
        return False
    if text.count('":') == keys and not re.search(r'"[ \t\r\n]+:', text):
        return False
    return parse_exactly(text)[1]


def _read_in_detail(text: str) -> Plan:
    """Read anything, and say all that is wrong with it."""
    data, found = parsed(text)
    plan, problems = read_plan(data, ())
    if found or problems or plan is None:
        raise refusal([*found, *problems], data)
    return plan


def parsed(text: str) -> tuple[object, list[Found]]:
    """Parse JSON, and find the keys that are given more than once.

    Raises:
        LoadError: it is not JSON, with line and column.
    """
    data, doubled = parse_exactly(text)
    return data, list(_doubled_keys(data, ())) if doubled else []


def read_plan(data: object, place: Place) -> tuple[Plan | None, list[Found]]:
    """Read the data of a plan's file, and say all that is wrong with it, and where in the file they stand.

    Raises:
        LoadError: it is no gongkai file, or of a newer schema.
    """
    version = version_of(data, place, _VERSION, versions.SCHEMA, versions.MIGRATIONS)
    body = versions.migrated(cast("dict[str, Any]", data), version)
    rest = {key: value for key, value in body.items() if key != _VERSION}
    try:
        return cast(Plan, readers()[Plan](rest, Tally())), []
    except REFUSALS:
        pass  # the detailed reading judges
    try:
        found = _shared_addresses(rest)
        plan, wrong = structured(rest, Plan)
    except RecursionError:
        return None, [(place, "nested too deeply")]
    return plan, [((*place, *inner), message) for inner, message in (*found, *wrong)]


def structured(data: object, cls: type[T]) -> tuple[T | None, list[Found]]:
    """Make an object of a class of plain data; None where something is wrong with them, and what that is."""
    from gongkai.codec._converter import detailed

    try:
        return detailed().structure(data, cls), []
    except RecursionError:
        return None, [((), "nested too deeply")]
    except Exception as error:  # noqa: BLE001 - whatever a bad file raises is a problem of it
        return None, list(problems_in(error))


def version_of(data: object, place: Place, mark: str, newest: int, older: Collection[int] = ()) -> int:
    """Return the version of the schema that a file names behind its mark, where this gongkai can read it.

    Raises:
        LoadError: it is no such file, or of a newer schema.
    """
    if not isinstance(data, dict):
        reason = f"expected an object, got a {type(data).__name__}; this is no gongkai file"
        raise LoadError([Problem(path_of(place), reason)])
    version = cast("dict[str, object]", data).get(mark)
    place = (*place, mark)
    if version is None:
        other = next((key for key in cast("dict[str, object]", data) if key.startswith("gongkai")), None)
        reason = f'missing: a gongkai file begins with {{"{mark}": {newest}, …'
        reason += f"; this one is of another kind, {other}" if other is not None else ""
        raise LoadError([Problem(path_of(place), reason)])
    if type(version) is not int or (version < newest and version not in older):
        reason = f"expected the version of a schema, from 1 to {newest}, got {version!r}"
        raise LoadError([Problem(path_of(place), reason)])
    if version > newest:
        reason = (
            f"this file has version {version} of the schema, this gongkai reads up to {newest}; "
            "install a newer gongkai"
        )
        raise LoadError([Problem(path_of(place), reason)])
    return version


def _doubled_keys(data: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(data, Doubled):
        for name in data.names:
            yield (*place, name), "this key is given more than once"
    if isinstance(data, dict):
        for key, value in cast("dict[str, object]", data).items():
            yield from _doubled_keys(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(cast("list[object]", data)):
            yield from _doubled_keys(value, (*place, index))


def _shared_addresses(plan: dict[str, object]) -> list[tuple[Place, str]]:
    """Find the sections and tasks whose key another one before them has."""
    found: list[tuple[Place, str]] = []
    first: dict[str, Place] = {}

    def look(blocks: object, place: Place) -> None:
        if not isinstance(blocks, list):
            return
        for index, block in enumerate(cast("list[object]", blocks)):
            if not isinstance(block, dict):
                continue
            here = (*place, index)
            fields = cast("dict[str, object]", block)
            key = fields.get("key")
            if isinstance(key, str) and key:
                if key in first:
                    taken = path_of(first[key])
                    found.append(
                        ((*here, "key"), f"expected a key of its own, got {key!r}, which {taken} has")
                    )
                first.setdefault(key, here)
            for inside in ("content", "parts"):
                look(fields.get(inside), (*here, inside))

    look(plan.get("content"), ("content",))
    return found
