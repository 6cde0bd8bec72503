"""What ``git diff``, ``git log -p`` and ``git show`` compare of a plan: its parts, each on a line of its own.

A text keeps every character, in lines that end where a number, a sentence or a clause does: to count anew is
not to rewrite. JSON and documents are shown as lines; what is no part of a plan's equality (places, keys) is
left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final, cast

from gongkai import codec
from gongkai.cli.git.dress import dressed, is_json, is_merge_file
from gongkai.errors import GongkaiError
from gongkai.model import Assignment, Block, Plan, Section, Task, walk
from gongkai.model.words import terms
from gongkai.reading import parse, read
from gongkai.reading.containers.signatures import sort_of

__all__ = ["shown"]

_SENTENCE: Final = re.compile(r"(?<=[。；！？])(?=[^。；！？\r\n”’）)])")
#: How far the first line below a number is set in, and the others.
_FIRST: Final = "  "
_INNER: Final = "    "

#: The pieces that hold sentences.
_SAID: Final = frozenset(("text", "paragraph"))


def shown(data: bytes, language: str = "zh") -> bytes:
    """Return what git compares of a file; a file that is no plan as it is."""
    try:
        return _shown(data, language).encode("utf-8", "surrogatepass")
    except (GongkaiError, ValueError, RecursionError):
        return data


def _shown(data: bytes, language: str) -> str:
    if is_merge_file(data):
        from gongkai.merging import Merge

        merge = Merge.from_json(data)
        told = [f"{one.id}  {one.explain('en' if language == 'en' else 'zh')}" for one in merge.conflicts]
        return "\n".join([*told, "", *_Lines(language).plan(merge.plan)]) + "\n"
    if is_json(data):
        return "\n".join(_Lines(language).plan(codec.loads(data))) + "\n"
    found = dressed(data)
    if found is not None and sort_of(data, "bytes") == "text":
        return in_lines(found.text)
    return (
        "\n".join([f"sha256 {hashlib.sha256(data).hexdigest()[:16]}", *_Lines(language).plan(read(data))])
        + "\n"
    )


def in_lines(text: str) -> str:
    """Return a text with more lines: each number, sentence and clause of a plan on one of its own.

    >>> print(in_lines("政务公开工作要点\\n1.公开目录。做好解读。（区司法局负责落实）\\n"), end="")
    政务公开工作要点
    1.
      公开目录。
        做好解读。
        （区司法局负责落实）
    """
    plan = parse(text)
    if plan.source is None or not plan.tasks:
        return text
    made: list[str] = []
    before = ""
    for piece in plan.source.pieces:
        part = text[piece.start : piece.end]
        if before and (piece.kind in _SAID or piece.kind == "clause"):
            made.append("\n" + (_FIRST if before == "label" else _INNER))
        made.append(_SENTENCE.sub("\n" + _INNER, part) if piece.kind in _SAID else part)
        if piece.kind != "blank" or "\n" in part or "\r" in part:
            before = piece.kind if piece.kind in {*_SAID, "label", "clause"} else ""
    return "".join(made)


class _Lines:
    """A plan as lines."""

    def __init__(self, language: str) -> None:
        self._terms = terms("en" if language == "en" else "zh")
        self._colon = ": " if language == "en" else "："

    def plan(self, plan: Plan) -> Iterator[str]:
        yield plan.title
        fields = self._terms["fields"]
        yield self._told(fields["year"], str(plan.year))
        yield self._told(fields["kind"], plan.kind.value)
        for name, word in self._terms["record"].items():
            value: object = getattr(plan.record, name)
            if name == "others":
                yield from [self._told(key, text) for key, text in plan.record.others]
            elif value:
                yield self._told(
                    word, "、".join(plan.record.co_issuers) if name == "co_issuers" else str(value)
                )
        if plan.notice is not None:
            for name, word in self._terms["notice"].items():
                for one in _several(getattr(plan.notice, name)):
                    yield self._told(f"{fields['notice']} {word}", one)
        for block in walk((*plan.preamble, *plan.content, *plan.closing)):
            yield from self._block(block)
        for finding in plan.findings:
            yield f"{finding.code}  {finding.zh if self._colon == '：' else finding.en}"
        if plan.source is not None:
            yield f"sha256 {(plan.source.digest or '')[:16]}"

    def _told(self, name: str, value: str) -> str:
        return f"{name}{self._colon}{value}"

    def _block(self, block: Block) -> Iterator[str]:
        text = block.heading if isinstance(block, Section) else block.text
        first, *rest = _SENTENCE.split(" ".join(text.splitlines()))
        if isinstance(block, Section) or not block.label:
            yield (block.label or "") + first
        else:
            yield block.label
            yield _FIRST + first
        yield from [_INNER + sentence for sentence in rest]
        if isinstance(block, Task):
            yield from [_INNER + line for line in self._facts(block)]

    def _facts(self, task: Task) -> Iterator[str]:
        for assignment in task.assignments:
            yield self._told(self._terms["holders"][assignment.role], _names(assignment))
        for deadline in task.deadlines:
            due, stated = deadline.due or "", deadline.stated or ""
            facts = " ".join(filter(None, (deadline.text, deadline.kind.value, str(due), str(stated))))
            yield self._told(self._terms["fields"]["deadlines"], facts)
        for name, text in task.extras:
            yield self._told(name, " ".join(text.splitlines()))


def _names(assignment: Assignment) -> str:
    marks = [name for name in ("severally", "open", "inherited") if getattr(assignment, name)]
    return "、".join(assignment.names) + "".join([f" {mark}" for mark in marks])


def _several(value: object) -> list[str]:
    """Return the texts of a value that may be one, several or none."""
    several = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
    return [str(one) for one in several if one]
