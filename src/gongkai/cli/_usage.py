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
    if say.language == "en":
        return " ".join(str(error).split())
    name, what = _what(error)
    return say[f"usage.{name}"].format(what=what)


def _what(error: CycloptsError) -> tuple[str, str]:
    """Return the name of the sentence and what it is about."""
    argument = getattr(error, "argument", None)
    about = str(argument.name) if argument is not None else ""
    match error:
        case UnknownCommandError() | UnusedCliTokensError():
            name = "command" if isinstance(error, UnknownCommandError) else "unused"
            return name, " ".join(error.unused_tokens or ())
        case UnknownOptionError():
            return "option", str(error.token.keyword or error.token.value)
        case MissingArgumentError():
            return "missing", about
        case CoercionError():
            return "value", " ".join([about, error.token.value if error.token else ""]).strip()
        case _:
            return "other", " ".join(str(error).split())
