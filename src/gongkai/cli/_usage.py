"""What was wrong with the arguments, in the language of the command."""

from __future__ import annotations

from cyclopts import CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from gongkai.views._words import Words

__all__ = ["wrong_words"]


def wrong_words(error: CycloptsError, say: Words) -> str:
    """Say what was wrong; the library says it in English."""
    if isinstance(error, UnknownCommandError):
        told = "、" if say.language == "zh" else ", "
        names = told.join(name for name in error.app or () if not name.startswith("-"))
        return say["usage.command"].format(what="".join((error.unused_tokens or ())[:1]), names=names)
    if say.language == "en":
        return " ".join(str(error).split())
    name, what = _what(error)
    return say[f"usage.{name}"].format(what=what)


def _what(error: CycloptsError) -> tuple[str, str]:
    """Return the name of the sentence and what it is about."""
    argument = getattr(error, "argument", None)
    about = str(argument.name) if argument is not None else ""
    match error:
        case UnusedCliTokensError():
            return "unused", " ".join(error.unused_tokens or ())
        case UnknownOptionError():
            return "option", str(error.token.keyword or error.token.value)
        case MissingArgumentError():
            return "missing", about
        case CoercionError():
            given = " ".join([about, error.token.value if error.token else ""]).strip()
            choices = argument.get_choices() if argument is not None else None
            return "value", f"{given}（可写 {'、'.join(choices)}）" if choices else given
        case _:
            return "other", " ".join(str(error).split())
