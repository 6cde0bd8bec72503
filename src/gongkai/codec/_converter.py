"""The cattrs converter: strict, detailed, and quick where the data are as ``dumps`` writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, Union, cast, get_args, get_origin

import attrs

from gongkai.codec._leaves import LONGEST, REFUSALS, read_day, read_pairs, read_span, write_pieces, write_span
from gongkai.codec._problems import Misfit
from gongkai.codec._quick import Reader, Tally, readers, writers
from gongkai.codec._shapes import BLOCKS, CLASSES
from gongkai.errors import InvalidValue
from gongkai.model import Deadline, DeadlineKind, Paragraph, Pieces, Section, Span, Task
from gongkai.model.deadline import FIELDS

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["detailed", "make_converter"]

Hook = Callable[[Any, Any], Any]

_SPAN: Final = "[start, end] with 0 <= start <= end, or two such pairs or more in ascending order"
_DAY: Final = "a day as YYYY-MM-DD"


@attrs.frozen
class _Columns:
    """Pieces as they stand in the file."""

    kinds: tuple[str, ...]
    lengths: tuple[int, ...]


def make_converter() -> Converter:
    """Return a new cattrs converter that knows the classes of the model.

    For those who keep plans, tasks or deadlines in classes of their own: it structures and unstructures
    both, in the same JSON as :func:`gongkai.dumps`. It converts nothing silently, for your classes neither:
    1 is no str, a str is no list, unknown keys are refused, and cattrs reports all that is wrong at once. A
    plan's tasks without a key get one, and so do those whose key is taken, as in a plan built by hand.

    Raises:
        cattrs.BaseValidationError: by its ``structure``, where data do not fit.

    >>> import attrs
    >>> from gongkai import Deadline
    >>> from gongkai.codec import make_converter
    >>> @attrs.frozen
    ... class Reminder:
    ...     deadline: Deadline
    ...     to: str
    >>> converter = make_converter()
    >>> data = converter.unstructure(Reminder(Deadline.by_month(2024, 10), "区财政局"))
    >>> data
    {'deadline': {'text': '2024年10月', 'kind': 'month', 'due': '2024-10-31'}, 'to': '区财政局'}
    >>> converter.structure(data, Reminder).deadline.due
    datetime.date(2024, 10, 31)
    """
    converter = _strict()
    read, write = readers(), writers()
    for cls in CLASSES:
        full = converter.get_structure_hook(cls)
        converter.register_structure_hook(cls, _first_quick(read[cls], full))
        converter.register_unstructure_hook(cls, write[cls])
    converter.register_unstructure_hook(Span, write_span)
    converter.register_unstructure_hook(Pieces, write_pieces)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook_func(_is_block, lambda block: write[type(block)](block))
    return converter


@cache
def detailed() -> Converter:
    """Return the converter that reads everything the detailed way; made once."""
    return _strict()


def _first_quick(read: Reader, full: Hook) -> Hook:
    def hook(value: object, cls: object) -> object:
        try:
            return read(value, Tally())
        except REFUSALS:
            return full(value, cls)

    return hook


def _strict() -> Converter:
    """Return a converter that coerces nothing and says of everything what is wrong with it."""
    from cattrs import Converter

    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    for kind in (str, int, bool, float):
        converter.register_structure_hook(kind, _leaf)
    converter.register_structure_hook_func(lambda hint: hint is date, _day)
    converter.register_structure_hook_func(_is_choice, _choice)
    converter.register_structure_hook_func(lambda hint: hint == tuple[str, str], _pair)
    converter.register_structure_hook_factory(_is_list, _list_of)
    converter.register_structure_hook_func(_is_block, _block_of(converter))
    converter.register_structure_hook(Span, _span)
    converter.register_structure_hook(Pieces, _pieces_of(converter))
    for cls in (*CLASSES, _Columns):
        converter.register_structure_hook(cls, _object_of(converter, cls))
    return converter


# Leaves


def _leaf(value: object, kind: type) -> object:
    """Take a value of exactly this type; cattrs sends enums whose members are str or int here too."""
    if issubclass(kind, Enum):
        return _choice(value, kind)
    if kind is float and type(value) is int:  # JSON has one sort of number
        return float(value)
    if type(value) is not kind:
        raise Misfit(("an " if kind is int else "a ") + kind.__name__, value)
    return value


def _day(value: object, _: object) -> date:
    try:
        return read_day(cast(str, value))
    except REFUSALS:
        raise Misfit(_DAY, value) from None


def _is_choice(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


def _choice(value: object, kind: type[Enum]) -> Enum:
    for member in kind:
        if type(value) is type(member.value) and value == member.value:
            return member
    raise Misfit("one of " + ", ".join(str(member.value) for member in kind), value)


def _pair(value: object, _: object) -> tuple[str, str]:
    try:
        (pair,) = read_pairs([value])
    except REFUSALS:
        raise Misfit("a pair of name and text, each a str", value) from None
    return pair


def _span(value: object, _: object) -> Span:
    try:
        return read_span(value)
    except REFUSALS:
        raise Misfit(_SPAN, value) from None


def _group(make: Any, what: str, errors: list[Exception], hint: object) -> Exception:
    """Return one of cattrs' groups of errors, whose constructor type checkers take for the built-in one's."""
    group: Exception = make(f"While structuring {what}", errors, hint)
    return group


# Lists


def _is_list(hint: object) -> bool:
    return get_origin(hint) is tuple and get_args(hint)[-1] is Ellipsis


def _list_of(hint: Any, converter: Converter) -> Hook:
    from cattrs.errors import IterableValidationError, IterableValidationNote

    item: Any = get_args(hint)[0]

    def hook(value: object, _: object) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Misfit("a list", value)
        made: list[object] = []
        wrong: list[Exception] = []
        for index, one in enumerate(cast("list[object]", value)):
            try:
                made.append(converter.structure(one, item))
            except Exception as error:  # noqa: BLE001 - as cattrs does: all that is wrong, at once
                error.add_note(IterableValidationNote(f"Structuring a list @ index {index}", index, item))
                wrong.append(error)
        if wrong:
            raise _group(IterableValidationError, "a list", wrong, hint)
        return tuple(made)

    return hook


def _pieces_of(converter: Converter) -> Hook:
    def hook(value: object, _: object) -> Pieces:
        columns = converter.structure(value, _Columns)
        wrong = [length for length in columns.lengths if not 0 < length <= LONGEST]
        if wrong:
            raise Misfit(f"lengths from 1 to {LONGEST}", wrong[0])
        if len(columns.kinds) != len(columns.lengths):
            counts = f"{len(columns.kinds)} kinds and {len(columns.lengths)} lengths"
            raise ValueError(f"expected as many kinds as lengths, got {counts}")
        return Pieces.in_columns(columns.kinds, columns.lengths)

    return hook


# Objects


def _is_block(hint: object) -> bool:
    return get_origin(hint) in (Union, UnionType) and set(get_args(hint)) == {Paragraph, Section, Task}


def _noted(error: Exception, cls: type, name: str) -> Exception:
    """Say of an error which field it is about, in cattrs' way."""
    from cattrs.errors import AttributeValidationNote

    error.add_note(AttributeValidationNote(f"Structuring class {cls.__name__} @ attribute {name}", name, str))
    return error


def _block_of(converter: Converter) -> Hook:
    from cattrs.errors import ClassValidationError

    def hook(value: object, _: object) -> Any:
        if not isinstance(value, dict):
            raise Misfit("an object", value)
        kind = cast("dict[str, object]", value).get("kind")
        cls = BLOCKS.get(kind) if isinstance(kind, str) else None
        if cls is None:
            wrong = Misfit("one of " + ", ".join(BLOCKS), kind) if "kind" in value else KeyError("kind")
            raise _group(ClassValidationError, "a block", [_noted(wrong, Paragraph, "kind")], Paragraph)
        return converter.structure(cast("dict[str, object]", value), cast(Any, cls))

    return hook


def _object_of(converter: Converter, cls: type[Any]) -> Hook:
    """Return a hook that reads an object with all its faults; cattrs generates the reading of its fields."""
    from cattrs.errors import ClassValidationError
    from cattrs.gen import make_dict_structure_fn, override

    tag = next((tag for tag, block in BLOCKS.items() if block is cls), None)
    attributes = attrs.fields(attrs.resolve_types(cls))
    overrides = {one.name: override(struct_hook=_checked(converter, cls, one)) for one in attributes}
    fields_of = cast(
        "Hook",
        make_dict_structure_fn(
            cls,
            converter,
            _cattrs_forbid_extra_keys=True,
            _cattrs_detailed_validation=True,
            **overrides,  # type: ignore[arg-type] # overrides by field name, as cattrs documents
        ),
    )

    def hook(value: object, _: object) -> object:
        if not isinstance(value, dict):
            raise Misfit("an object", value)
        rest = cast("dict[str, object]", value)
        wrong: list[Exception] = list(_broken_rules(rest)) if cls is Deadline else []
        ruled = bool(wrong)
        if tag is not None:
            wrong += _wrong_tag(rest, cls, tag)
            rest = {key: item for key, item in rest.items() if key != "kind"}
        made: object = None
        try:
            made = fields_of(rest, cls)
        except ClassValidationError as group:
            # The constructor stops at the first rule that is broken; the rules are all known already.
            wrong += [error for error in group.exceptions if not (ruled and _of_constructor(error))]
        if wrong:
            raise _group(ClassValidationError, cls.__name__, wrong, cls)
        return made

    return hook


def _of_constructor(error: Exception) -> bool:
    return isinstance(error, InvalidValue) and not getattr(error, "__notes__", ())


def _wrong_tag(given: Mapping[str, object], cls: type, tag: str) -> Iterator[Exception]:
    if "kind" not in given:
        yield _noted(KeyError("kind"), cls, "kind")
    elif given["kind"] != tag:
        yield _noted(Misfit(tag, given["kind"]), cls, "kind")


def _checked(converter: Converter, cls: type[Any], attribute: attrs.Attribute[Any]) -> Hook:
    """Read a field and run the class's own check of it: no check waits for other fields to be right."""
    hint: Any = attribute.type
    blank: Any = object.__new__(cls)  # the check asks only for the name of its class

    def hook(value: object, _: object) -> object:
        made = converter.structure(value, hint)
        if attribute.validator is not None:
            attribute.validator(blank, attribute, made)
        return made

    return hook


def _broken_rules(given: Mapping[str, object]) -> Iterator[InvalidValue]:
    """Yield each field that a deadline's kind asks for or does not know, as the class itself would say."""
    kind = given.get("kind")
    if type(kind) is not str or kind not in {member.value for member in DeadlineKind}:
        return
    must, may = FIELDS[DeadlineKind(kind)]
    for name in ("due", "start", "rule", "amount", "unit", "bound", "event"):
        value = given.get(name)
        if value is None and name in must:
            yield InvalidValue("Deadline", name, value, f"a value, since the kind is {kind}")
        if value is not None and name not in must and name not in may:
            yield InvalidValue("Deadline", name, value, f"None, since the kind is {kind}")
    start, due = given.get("start"), given.get("due")
    if isinstance(start, str) and isinstance(due, str) and start > due and {"start", "due"} <= must | may:
        yield InvalidValue("Deadline", "start", start, f"a day not after due ({due})")
