"""From what cattrs raises to the problems of a file: each with its JSON path, in the order of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TypeAlias, cast

from gongkai.errors import InvalidValue, LoadError, Problem

__all__ = ["Misfit", "Step", "path_of", "problems_in", "refusal"]

Step: TypeAlias = "str | int"
Place: TypeAlias = tuple[Step, ...]


class Misfit(ValueError):
    """A value is not what its place takes.

    Attributes:
        expected: what the place takes, in words.
        value: what stands there.
    """

    def __init__(self, expected: str, value: object) -> None:
        self.expected = expected
        self.value = value
        super().__init__(expected, value)

    def __str__(self) -> str:
        shown = repr(self.value)
        if len(shown) > 80:
            shown = shown[:77] + "..."
        return f"expected {self.expected}, got {shown} ({type(self.value).__name__})"


def path_of(place: Sequence[Step]) -> str:
    """Write a place as a JSON path (RFC 9535).

    >>> from gongkai.codec._problems import path_of
    >>> path_of(["content", 0, "text"]), path_of(["a key"])
    ('$.content[0].text', '$["a key"]')
    """
    parts = ["$"]
    for step in place:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        else:
            parts.append(f".{step}" if step.isidentifier() else f"[{json.dumps(step, ensure_ascii=False)}]")
    return "".join(parts)


def problems_in(
    error: BaseException, place: Place = (), *, named: bool = False
) -> Iterator[tuple[Place, str]]:
    """Yield the place and the message of everything in an error that a converter raised.

    ``named`` says that the place already ends with the field that the error is about.
    """
    from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

    if isinstance(error, BaseValidationError):
        for inner in cast("tuple[BaseException, ...]", error.exceptions):
            step = _step_of(inner)
            yield from problems_in(inner, place if step is None else (*place, step), named=step is not None)
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in error.extra_fields:
            yield (*place, key), "unknown key"
    elif isinstance(error, InvalidValue):
        yield place if named else (*place, error.field), str(Misfit(error.expected, error.value))
    elif isinstance(error, KeyError):
        yield place, "missing, and required"
    elif isinstance(error, RecursionError):
        yield place, "nested too deeply"
    else:
        yield place, str(error)


def _step_of(error: BaseException) -> Step | None:
    """The key or position that cattrs noted on an error, if it noted one."""
    from cattrs.errors import AttributeValidationNote, IterableValidationNote

    for note in cast("list[object]", getattr(error, "__notes__", ())):
        if isinstance(note, AttributeValidationNote):
            return note.name
        if isinstance(note, IterableValidationNote):
            return note.index
    return None


def _in_order(found: Sequence[tuple[Place, str]], data: object) -> list[tuple[Place, str]]:
    """Sort by position in the file; what is missing from an object comes after all that is there."""
    positions: dict[int, dict[str, int]] = {}

    def position(place: Place) -> list[int]:
        numbers: list[int] = []
        here = data
        for step in place:
            if isinstance(here, dict) and isinstance(step, str):
                inside = cast("dict[str, object]", here)
                known = positions.setdefault(id(inside), {}) or positions[id(inside)]
                if not known:
                    known |= {key: number for number, key in enumerate(inside)}
                numbers.append(known.get(step, len(inside)))
                here = inside.get(step)
            elif isinstance(here, list) and isinstance(step, int) and step < len(cast("list[object]", here)):
                numbers.append(step)
                here = cast("list[object]", here)[step]
            else:
                numbers.append(0)
                here = None
        return numbers

    return sorted(found, key=lambda one: (position(one[0]), one))


def refusal(found: Sequence[tuple[Place, str]], data: object) -> LoadError:
    """Return the one error for all that is wrong with a file."""
    return LoadError([Problem(path_of(place), message) for place, message in _in_order(found, data)])
