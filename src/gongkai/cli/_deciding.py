"""Conflict by conflict at the terminal: who wants what, one key for the decision."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final, TextIO, cast

from gongkai import views
from gongkai.cli._files import CannotRead, Wrong
from gongkai.cli._taking import typed
from gongkai.comparing.judges.answerwords import plain_word
from gongkai.errors import InvalidValue
from gongkai.merging import Conflict, Merge
from gongkai.model import Section
from gongkai.views._paint import wants_color
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["ask_all", "called"]

_STOP: Final = frozenset(("q", "quit", "exit", "停止", "退出"))
_UNDO: Final = frozenset(("u", "undo", "撤销"))
_BASE: Final = frozenset(("b", "base", "原稿"))
_SUGGESTED: Final = frozenset(("s", "suggested", "建议"))
_SHORT: Final = {"o": "ours", "t": "theirs", "我方": "ours", "对方": "theirs"}

#: What the value that is typed begins with.
_OWN: Final = ("=", "＝")


def ask_all(merge: Merge, say: Words, width: int | None, save: Callable[[Merge], None]) -> Merge:
    """Ask about every open conflict, and save after each decision.

    Questions go to standard error, so that standard output holds the result alone; decisions come from
    standard input, one line each.
    """
    past: list[tuple[Merge, set[str]]] = []
    later: set[str] = set()
    while True:
        conflict = next((one for one in merge.conflicts if one.id not in later), None)
        if conflict is None:
            return merge
        _show(conflict, merge, say, width)
        try:
            line = _line()
        except (KeyboardInterrupt, EOFError):
            _write("\n")
            return merge
        word = plain_word(line)
        if word in _STOP:
            return merge
        if word in _UNDO:
            merge, later = past.pop() if past else (merge, later)
            save(merge)
            continue
        past.append((merge, set(later)))
        if not line:
            later.add(conflict.id)
            continue
        try:
            merge = _decided(merge, conflict, line, say)
        except (Wrong, CannotRead, InvalidValue) as error:
            past.pop()
            _write(f"{say['merging.unclear'].format(word=clean(line))}\n{clean(str(error))}\n")
            continue
        save(merge)


def _decided(merge: Merge, conflict: Conflict, line: str, say: Words) -> Merge:
    word = plain_word(line)
    if line.startswith(_OWN):
        return typed(merge, conflict, _whole(merge, conflict, line[1:].strip()), say)
    if word in _BASE or word in _SUGGESTED:
        return merge.resolve({conflict.id: "base" if word in _BASE else "suggested"})
    name = _SHORT.get(word, line)
    if word.isdecimal() and 1 <= int(word) <= len(conflict.voices):
        name = conflict.voices[int(word) - 1].by[0]
    return merge.resolve({conflict.id: name}) if name in conflict.by else _refused(conflict, name)


def _refused(conflict: Conflict, name: str) -> Merge:
    raise InvalidValue("merge --ask", conflict.id, name, ", ".join(["base", *conflict.by]))


def _whole(merge: Merge, conflict: Conflict, given: str) -> str:
    """Return the whole text, where what was typed stands for the one stretch that is contested."""
    regions = conflict.regions
    text = _text_there(merge, conflict)
    if len(regions) != 1 or regions[0].start is None or text is None:
        return given
    start, end = regions[0].start, regions[0].start + len(regions[0].base)
    return text[:start] + given + text[end:] if text[start:end] == regions[0].base else given


def _text_there(merge: Merge, conflict: Conflict) -> str | None:
    """Return the text that the merged plan has in a contested place."""
    if conflict.where.field not in {"text", "heading"} or conflict.where.key is None:
        return None
    block = merge.plan[conflict.where.key]
    return block.heading if isinstance(block, Section) else block.text


def _show(conflict: Conflict, merge: Merge, say: Words, width: int | None) -> None:
    head = say.count("merging.question", len(merge.conflicts))
    color = wants_color(sys.stderr)
    drawn = views.terminal(conflict, width=width, color=color, language=say.language)
    told = [
        f"{number} {say['merging.between'].join([called(name, say) for name in voice.by])}"
        for number, voice in enumerate(conflict.voices, 1)
    ]
    told.append(f"b {say['merging.base']}")
    if conflict.suggestion is not None:
        told.append(f"s {say['merging.suggested']}")
    _write(f"\n{head}\n{drawn}{'  '.join(told)}  {say['merging.prompt']}")


def called(name: str, say: Words) -> str:
    """How a copy is called."""
    return say[f"merging.{name}"] if name in {"ours", "theirs"} else clean(name)


def _line() -> str:
    """Read a line; what does not come from a keyboard is shown, as one would see it who typed it.

    Raises:
        EOFError: there are no more.
    """
    stream = cast("TextIO | None", sys.stdin)  # closed by whoever called
    line = stream.readline() if stream is not None else ""
    if stream is None or not line:
        raise EOFError
    if not stream.isatty():
        _write(line)
    return line.strip()


def _write(text: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(text)
    sys.stderr.flush()
