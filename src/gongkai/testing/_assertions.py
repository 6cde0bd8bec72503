"""Assertions about plans, with messages that say where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import cast

import attrs

from gongkai.model import Piece, Plan, Section, Span, Task

__all__ = ["assert_plans_equal", "losses", "lossless"]

_Difference = tuple[str, object, object]


def assert_plans_equal(one: Plan, other: Plan) -> None:
    """Assert that two plans are equal, or say at which place, with which key, they first differ.

    Raises:
        AssertionError: they are not equal.

    >>> from gongkai import Plan, Section, Task
    >>> plan = Plan("要点", [Section("深化公开", [Task("公开目录。", label="1.")], label="一、")])
    >>> assert_plans_equal(plan, plan.with_changes("1", text="公开名录。"))
    Traceback (most recent call last):
        ...
    AssertionError: the plans differ at content[0].content[0].text (key 1):
      one:   '公开目录。'
      other: '公开名录。'
    """
    if one == other:
        return
    path, left, right = next(_differences(one, other, "", ""), ("", one, other))
    raise AssertionError(f"the plans differ at {path}:\n  one:   {left!r}\n  other: {right!r}")


def _differences(one: object, other: object, path: str, key: str) -> Iterator[_Difference]:
    """Walk two values side by side and yield the innermost places where they differ."""
    if one == other:
        return
    where = f"{path.lstrip('.') or 'the plan'}{f' (key {key})' if key else ''}"
    names = _compared(one) if type(one) is type(other) else []
    if names:
        key = (one.key or key) if isinstance(one, (Section, Task)) else key
        for name in names:
            yield from _differences(getattr(one, name), getattr(other, name), f"{path}.{name}", key)
    elif isinstance(one, tuple) and isinstance(other, tuple):
        left, right = cast("tuple[object, ...]", one), cast("tuple[object, ...]", other)
        for position, pair in enumerate(zip(left, right, strict=False)):
            yield from _differences(*pair, f"{path}[{position}]", key)
        if len(left) != len(right):
            yield f"the number of {where}", len(left), len(right)
    else:
        yield where, one, other


def _compared(value: object) -> list[str]:
    """The fields that equality looks at; none for what is no class of the model."""
    kind = type(value)
    return [field.name for field in attrs.fields(kind) if field.eq] if attrs.has(kind) else []


def lossless(plan: Plan) -> bool:
    """Tell whether nothing of the source was lost.

    In a test, ``assert lossless(plan), losses(plan)`` says what was.

    >>> from gongkai import Plan
    >>> lossless(Plan("要点"))
    False
    """
    return not losses(plan)


def losses(plan: Plan) -> tuple[str, ...]:
    """Say what of the source text was lost, in English; nothing for a plan that was read without loss.

    The pieces must partition the text, and each task's text must be made of the pieces of the kind ``text``
    that lie inside its span and inside no part's.

    >>> from gongkai import Plan, Source, Span, Task
    >>> from gongkai.model import Pieces
    >>> source = Source("1.公开目录。", Pieces.of([("label", 2), ("text", 7)]))
    >>> plan = Plan("要点", [Task("公开目录。", label="1.", span=Span(0, 7))], source=source)
    >>> losses(plan)
    ()
    >>> losses(plan.with_changes("1", text="公开。"))
    ("task 1: its text is '公开。', its pieces are '公开目录。'",)
    """
    if plan.source is None or plan.source.text is None:
        return ("the plan has no source text",)
    text, pieces = plan.source.text, tuple(plan.source.pieces)
    last = pieces[-1].end if pieces else 0
    if last != len(text):
        return (f"the pieces end at {last}, the text at {len(text)}",)
    starts = [piece.start for piece in pieces if piece.kind == "text"]
    found = [piece for piece in pieces if piece.kind == "text"]
    told = (_loss(task, text, starts, found) for task in plan.all_tasks)
    return tuple(loss for loss in told if loss)


def _loss(task: Task, text: str, starts: list[int], pieces: list[Piece]) -> str | None:
    if task.span is None:
        return f"task {task.key}: it has no span"
    below = [part.span for part in task.parts if part.span is not None]
    own = [
        piece
        for piece in _inside(task.span, starts, pieces)
        if not any(_holds(span, piece) for span in below)
    ]
    made = "".join([text[piece.start : piece.end] for piece in own])
    if made != task.text:
        return f"task {task.key}: its text is {task.text!r}, its pieces are {made!r}"
    return None


def _inside(span: Span, starts: list[int], pieces: list[Piece]) -> list[Piece]:
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
    return [piece for piece in pieces[first:last] if _holds(span, piece)]


def _holds(span: Span, piece: Piece) -> bool:
    return any(start <= piece.start and piece.end <= end for start, end in span.pieces)
