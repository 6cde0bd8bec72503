"""Answers in files: tables that annotators fill in with a spreadsheet, and JSON."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast

from gongkai._refusals import not_opened
from gongkai.comparing import Answer, Link, Question
from gongkai.comparing.diffing.changes import Language
from gongkai.errors import InvalidValue, LoadError, Problem
from gongkai.exchange._answer_json import answers_json, parse_json
from gongkai.exchange._answer_sheet import Row, Sheet
from gongkai.exchange._answer_table import answers_csv, parse_csv
from gongkai.exchange.saving import save

__all__ = ["read_answers", "write_answers"]

_Form: TypeAlias = Literal["csv", "json"]

_FORMS: Final[dict[str, _Form]] = {".csv": "csv", ".json": "json"}


def write_answers(
    answers: Iterable[Answer | Question | Link],
    path: str | os.PathLike[str],
    *,
    form: _Form | None = None,
    language: Language = "zh",
) -> None:
    """Write answers, questions to be answered or links to a file; what was there is replaced as a whole.

    A table (CSV in UTF-8 with a byte order mark, so that Excel opens it) has one row for each pair: both
    keys, both texts, the answer (empty for a question), how likely the link was held to be, what speaks for
    it, who answered, when, and a comment. No cell becomes a formula. JSON has the same, with no loss at all.

    Args:
        answers: one row each. A question is open until somebody fills in the answer; a link has its strength
            as the answer already, and is obeyed when the file is read and passed back in.
        path: the file.
        form: ``csv`` or ``json``; by default the file's suffix tells it.
        language: the language of the column heads and of the words in a table, ``zh`` or ``en``.

    Raises:
        InvalidValue: neither suffix nor ``form`` tells what to write, or the language is none.
        OSError: the file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import gongkai
    >>> from gongkai import Answer
    >>> answers = (Answer("3", "5", "same", old_text="公开预决算。", annotator="甲"),)
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "答案.csv")
    ...     gongkai.write_answers(answers, file)
    ...     print(file.read_text(encoding="utf-8-sig"))
    ...     gongkai.read_answers(file) == answers
    旧任务编号,新任务编号,旧任务内容,新任务内容,判断,匹配度,依据,标注人,标注日期,备注
    3,5,公开预决算。,,相同,,,甲,,
    <BLANKLINE>
    True
    """
    write_rows(answers, path, form=form, language=language)


def write_rows(
    rows: Iterable[Row],
    path: str | os.PathLike[str],
    *,
    form: _Form | None = None,
    language: Language = "zh",
) -> None:
    """Write rows of any sort, open ones that were read too; see :func:`write_answers`."""
    text = answers_text(rows, path, form=form, language=language)
    # A document may hold halves of surrogates; what is written can be read back.
    save(path, text.encode("utf-8", "surrogatepass"))


def answers_text(
    answers: Iterable[Row],
    path: str | os.PathLike[str] = "",
    *,
    form: _Form | None = None,
    language: Language = "zh",
    mark: bool = True,
) -> str:
    """Return what :func:`write_answers` writes; without ``mark`` a table has no byte order mark.

    Raises:
        InvalidValue: neither suffix nor ``form`` tells what to write, or the language is none.
    """
    chosen = _form(path, form, "write_answers")
    if chosen == "json":
        return answers_json(answers)
    return ("\ufeff" if mark else "") + answers_csv(answers, language)


def read_answers(path: str | os.PathLike[str], *, form: _Form | None = None) -> tuple[Answer, ...]:
    """Read answers from a file that :func:`write_answers` wrote and somebody filled in.

    Column heads and words are understood in Chinese and in English, in any order; columns that are not known
    are left aside. Rows without an answer are questions that are still open, and left out. Text is UTF-8,
    UTF-16 or GB 18030, parted by commas, semicolons or tabs, as spreadsheets save it.

    Whether the tasks are there is found out where the answers are used: ``align(..., known=...)`` looks for
    them by key and by text, and tells in its findings which are not.

    Args:
        path: the file.
        form: ``csv`` or ``json``; by default the file's suffix tells it.

    Raises:
        InvalidValue: neither suffix nor ``form`` tells how to read it.
        ReadError: the file cannot be opened.
        LoadError: there are answers that cannot be understood: all of them, with row and column.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import gongkai
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "answers.csv")
    ...     _ = file.write_text("Old key,New key,Answer\\n3,5,same\\n4,6,perhaps\\n", encoding="utf-8")
    ...     gongkai.read_answers(file)
    Traceback (most recent call last):
        ...
    gongkai.errors.LoadError: answers.csv, row 3, column Answer: expected 相同 (same), ... got 'perhaps'
    """
    return read_sheet(path, form=form).answers


def read_sheet(path: str | os.PathLike[str], *, form: _Form | None = None) -> Sheet:
    """Read a file of answers with all that is in it, the open rows too; see :func:`read_answers`."""
    chosen = _form(path, form, "read_answers")
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise not_opened(os.fspath(path), error) from error
    name = Path(path).name
    problems: list[Problem] = []
    sheet = (parse_json if chosen == "json" else parse_csv)(data, name, problems)
    if problems:
        raise LoadError(problems)
    return sheet


def _form(path: str | os.PathLike[str], form: str | None, owner: str) -> _Form:
    if form is None:
        chosen = _FORMS.get(Path(path).suffix.lower())
        if chosen is None:
            raise InvalidValue(owner, "path", os.fspath(path), "a name that ends in .csv or .json, or a form")
        return chosen
    if form not in _FORMS.values():
        raise InvalidValue(owner, "form", form, "csv or json")
    return cast(_Form, form)
