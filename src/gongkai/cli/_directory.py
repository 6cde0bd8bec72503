"""What the command does with the directory: ``gongkai directory check FILE``."""

from __future__ import annotations

import sys
from typing import Annotated, Literal, TypeAlias

from cyclopts import Parameter

from gongkai.cli._drawing import Tongue
from gongkai.cli._files import CannotRead, as_json
from gongkai.directory import TableProblem, check_table
from gongkai.errors import ReadError
from gongkai.views._text import clean
from gongkai.views._words import Words, words

__all__ = ["check"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Table: TypeAlias = Annotated[str, Parameter(help="help.table", allow_leading_hyphen=True)]
Form: TypeAlias = Annotated[
    Literal["table", "json"], Parameter(name=("--format", "-f"), help="help.format_of_check")
]


def check(file: Table, /, *, form: Form = "table", language: Tongue = "zh") -> int:
    """Check a table of the directory; 1 tells that something is wrong."""
    say = words(language, "gongkai.cli")
    try:
        problems = check_table(file)
    except ReadError as error:
        raise CannotRead(str(error)) from error
    if form == "json":
        records = [_record(problem) for problem in problems]
        sys.stdout.write(as_json(records))
    else:
        sys.stdout.write("".join([_line(file, problem, say) for problem in problems]))
    grave = sum(problem.grave for problem in problems)
    told = (
        say.count("messages.problems", grave, file=file)
        if grave
        else say.count("messages.inorder", 0, file=file)
    )
    sys.stdout.flush()
    sys.stderr.write(told + "\n")
    return 1 if grave else 0


def _record(problem: TableProblem) -> dict[str, object]:
    return {
        "code": problem.code,
        "grave": problem.grave,
        "line": problem.line,
        "column": problem.column or None,
        "zh": problem.zh,
        "en": problem.en,
    }


def _line(file: str, problem: TableProblem, say: Words) -> str:
    name = "messages.problem" if problem.grave else "messages.note"
    column = say["messages.column"].format(column=clean(problem.column)) if problem.column else ""
    facts = {"file": file, "line": problem.line, "column": column}
    return say[name].format(message=clean(problem.message(say.language)), **facts) + "\n"
