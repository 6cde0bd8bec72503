"""What ``--output`` writes where its suffix asks for no text: Word documents, workbooks, Parquet."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gongkai.cli._files import CannotRead, Wrong, may_replace
from gongkai.errors import InvalidValue, MissingExtra
from gongkai.exchange import write
from gongkai.exchange.writing import Writable, suffixes
from gongkai.views import Language
from gongkai.views._words import Words

__all__ = ["is_office", "put_thing", "telling"]

_SUFFIXES: Final = frozenset({".docx", ".parquet", ".xlsx"})


def is_office(form: object, output: Path | None) -> bool:
    """Whether the suffix of the output alone tells its form, and that is no text."""
    return form is None and output is not None and output.suffix.lower() in _SUFFIXES


def put_thing(thing: Writable, path: Path, say: Words, language: Language, *, force: bool) -> None:
    """Write a thing in the form that the suffix asks for.

    Raises:
        CannotRead: it cannot be written, or is there already.
        Wrong: there is no such form.
    """
    with telling(path, say, suffixes(thing)):
        write(thing, path, language=language, replace=may_replace(path, force=force))


@contextmanager
def telling(name: Path, say: Words, forms: tuple[str, ...] = (".xlsx",)) -> Generator[None, None, None]:
    """Tell what goes wrong with a file in the command's language."""
    try:
        yield
    except MissingExtra:
        raise
    except FileExistsError as error:
        raise CannotRead(str(error), say["messages.exists"].format(name=name)) from error
    except InvalidValue as error:
        if error.field == "path":
            said = say["messages.export_suffix"].format(name=name, forms=" ".join(forms))
            raise Wrong(said) from error
        if name.suffix.lower() == ".ics":
            raise CannotRead(str(error), say["messages.no_days"].format(name=name)) from error
        raise CannotRead(str(error), say["messages.writing"].format(name=name, reason=error)) from error
    except OSError as error:
        absent = isinstance(error, FileNotFoundError)
        reason = say["messages.no_folder"] if absent else error.strerror or str(error)
        raise CannotRead(reason, say["messages.writing"].format(name=name, reason=reason)) from error
