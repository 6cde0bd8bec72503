"""What every class of the model shares: how values are checked, and how trusted code builds without checks.

The classes themselves are plain ``attrs.frozen`` ones, so that every type checker knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, NoReturn, TypeVar, cast

import attrs

from gongkai.errors import InvalidValue

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

Validator = Callable[[Any, "attrs.Attribute[Any]", Any], object]


def _named(kind: type) -> str:
    return ("an " if kind.__name__[0] in "AEIOUaeio" else "a ") + kind.__name__


def refuse(instance: object, attribute: attrs.Attribute[Any], value: Any, expected: str) -> NoReturn:
    """Raise the one error for a wrong value: which field, which value, what was expected."""
    raise InvalidValue(type(instance).__name__, attribute.name, value, expected)


def is_a(kind: type, *, optional: bool = False) -> Validator:
    """Check for exactly this type: no subclass passes for it, so ``True`` is no ``int``."""
    expected = _named(kind) + (" or None" if optional else "")

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not (type(value) is kind or (optional and value is None)):
            refuse(instance, attribute, value, expected)

    return check


def tuple_of(*kinds: type) -> Validator:
    """Check for a tuple whose items are all of the given types."""
    expected = "a sequence of " + " or ".join(kind.__name__ for kind in kinds)

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if type(value) is not tuple or not all(
            type(item) in kinds for item in cast("tuple[object, ...]", value)
        ):
            refuse(instance, attribute, value, expected)

    return check


def _is_pair(item: object) -> bool:
    if type(item) is not tuple:
        return False
    return [type(part) for part in cast("tuple[object, ...]", item)] == [str, str]


def pairs(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Check for a tuple of (name, text) pairs."""
    good = type(value) is tuple and all(_is_pair(item) for item in cast("tuple[object, ...]", value))
    if not good:
        refuse(instance, attribute, value, "pairs of (name, text), each a str")


def within(low: int, high: int, *, optional: bool = False) -> Validator:
    """Check for an int from low to high, both included."""
    expected = f"an int from {low} to {high}" + (" or None" if optional else "")

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if optional and value is None:
            return
        if type(value) is not int or not low <= value <= high:
            refuse(instance, attribute, value, expected)

    return check


def member(kind: type[Enum], *, optional: bool = False) -> Validator:
    """Check for a member of an enum, naming the members that there are."""
    expected = "one of " + ", ".join(str(item.value) for item in kind) + (" or None" if optional else "")

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not (isinstance(value, kind) or (optional and value is None)):
            refuse(instance, attribute, value, expected)

    return check


def to_member(kind: type[E], value: E | str) -> E:
    """Convert an enum's value to its member; what is none goes on to the validator, which knows the field."""
    if type(value) is str:
        try:
            return kind(value)
        except ValueError:
            pass
    return cast(E, value)


def to_optional_member(kind: type[E], value: E | str | None) -> E | None:
    """Do the same where None stands for itself."""
    return None if value is None else to_member(kind, value)


def to_tuple(value: Iterable[T]) -> tuple[T, ...]:
    """Convert an iterable to a tuple; what is none, or has no order, goes on to the validator."""
    whole = (str, bytes, dict, set, frozenset)
    if type(value) is tuple or isinstance(value, whole) or not isinstance(cast(object, value), Iterable):
        return cast("tuple[T, ...]", value)
    return tuple(value)


def to_texts(value: Iterable[str]) -> tuple[str, ...]:
    """Convert to a tuple of texts. mypy binds no type variable of a converter, so each type has its own."""
    return to_tuple(value)


def to_pairs(value: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Convert to a tuple of (name, text) pairs."""
    return to_tuple(value)


def to_items(value: Iterable[T | str], make: Callable[[str], T]) -> tuple[T, ...]:
    """Convert to a tuple in which a str has become what ``make`` makes of it."""
    items = to_tuple(value)
    if type(items) is not tuple:
        return cast("tuple[T, ...]", items)
    return tuple([make(item) if isinstance(item, str) else item for item in items])


def twin_of(cls: type[Any]) -> type[Any]:
    """Return a plain class of the same layout (slots and bases), whose objects can be handed the class."""
    names = tuple([field.name for field in attrs.fields(cls)])
    twin: Any = type("Twin", cls.__bases__, {"__slots__": names})
    twin.__abstractmethods__ = frozenset()  # its methods are those of cls
    return cast("type[Any]", twin)


def trusted(cls: type[T]) -> Callable[..., T]:
    """Return a function that builds ``cls`` from all its fields, in order, without conversion or check.

    For code that made every value itself, as the reader does. It sets the slots on a plain twin and then
    hands the object its class, which takes half the time of a frozen class's own constructor. A property test
    holds that it builds what the constructor builds.
    """
    names = [field.name for field in attrs.fields(cls)]  # type: ignore[arg-type]
    arguments = ", ".join(names)
    lines = [f"def build({arguments}):", "    made = Twin()"]
    lines += [f"    made.{name} = {name}" for name in names]
    lines += ["    made.__class__ = cls", "    return made"]
    scope: dict[str, Any] = {"Twin": twin_of(cls), "cls": cls}
    exec(compile("\n".join(lines), f"<trusted {cls.__name__}>", "exec"), scope)  # noqa: S102 - our names
    build: Callable[..., T] = scope["build"]
    return build
