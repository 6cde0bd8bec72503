"""Answers that the command takes from a file, and keeps there."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from gongkai.cli._files import CannotRead, Wrong
from gongkai.comparing import Alignment, Answer
from gongkai.errors import GongkaiError, InvalidValue
from gongkai.exchange._answer_sheet import OpenRow, Row
from gongkai.exchange.answers import read_sheet, write_rows
from gongkai.merging import Consolidation
from gongkai.model import Severity
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["AnswerFile", "tell_trouble"]


class AnswerFile:
    """A file of answers; without a path it holds none and keeps none.

    Attributes:
        path: the file.
        known: the answers that were in it.
    """

    def __init__(self, path: Path | None, say: Words, *, new: bool = False) -> None:
        """Read the file; ``new`` tells that it need not be there yet, and that it will be written.

        Raises:
            Wrong: its suffix tells not what it is, or it has columns that would be lost.
            CannotRead: it cannot be read.
        """
        self.path = path
        self.known: tuple[Answer, ...] = ()
        self._open: tuple[OpenRow, ...] = ()
        self._say = say
        if path is None or (new and path.suffix and not path.exists()):
            return
        try:
            sheet = read_sheet(path)
        except InvalidValue as error:
            raise Wrong(say["messages.answer_suffix"].format(name=path)) from error
        except GongkaiError as error:
            raise CannotRead(str(error)) from error
        if new and sheet.others:  # the file will be written anew
            raise Wrong(say["messages.answer_columns"].format(name=path, columns="、".join(sheet.others)))
        self.known, self._open = sheet.answers, sheet.open_rows

    def save(self, more: Iterable[Answer]) -> None:
        """Write what was there and what was answered since; rows that are still open stay.

        Raises:
            Wrong: its suffix tells not what it is.
            CannotRead: it cannot be written.
        """
        if self.path is None:
            return
        answers = (*self.known, *more)
        done = {answer.keys for answer in answers}
        rows: list[Row] = [*answers, *[left for left in self._open if left.row.keys not in done]]
        try:
            write_rows(rows, self.path, language=self._say.language)
        except InvalidValue as error:
            raise Wrong(self._say["messages.answer_suffix"].format(name=self.path)) from error
        except OSError as error:
            reason = str(error.strerror or error)
            message = self._say["messages.writing"].format(name=self.path, reason=reason)
            raise CannotRead(reason, message) from error


def tell_trouble(found: Alignment | Consolidation, say: Words) -> None:
    """Say on standard error what was odd about answers, unless it is only good to know."""
    for finding in found.findings:
        if finding.severity is not Severity.INFO:
            sys.stdout.flush()
            message = finding.zh if say.language == "zh" else finding.en
            sys.stderr.write(f"{finding.code}  {clean(message)}\n")
