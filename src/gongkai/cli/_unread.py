"""Why a file cannot be read, in the language of the command."""

from __future__ import annotations

from gongkai.cli._files import CannotRead
from gongkai.errors import MissingExtra, ReadError
from gongkai.views._words import Words

__all__ = ["lacks_extra", "why_unread"]


def why_unread(error: CannotRead, say: Words) -> str:
    """Say why: what happens every day in the language of the command, the rest as the error says it."""
    if error.message is not None:
        return error.message
    cause = error.__cause__
    if isinstance(cause, MissingExtra):
        return say["messages.extra"].format(extra=cause.extra, reason=cause)
    opened = cause.__cause__ if isinstance(cause, ReadError) else cause
    name = cause.origin if isinstance(cause, ReadError) else getattr(cause, "filename", None)
    match opened:
        case FileNotFoundError() if name is not None:
            return say["messages.no_file"].format(name=name)
        case IsADirectoryError() if name is not None:
            return say["messages.folder"].format(name=name)
        case _:
            pass
    if isinstance(cause, ReadError):
        return say["messages.reading"].format(reason=cause.told(say.language))
    return say["messages.reading"].format(reason=error)


def lacks_extra(error: CannotRead) -> bool:
    """Whether a library that is not installed would read it."""
    return isinstance(error.__cause__, MissingExtra)
