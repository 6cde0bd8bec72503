"""What the command does with the directory: ``gongkai directory find NAME...`` and ``check FILE``."""

from __future__ import annotations

import sys
from typing import Annotated, Literal, TypeAlias

from cyclopts import Parameter

from gongkai.cli._drawing import Tongue
from gongkai.cli._files import CannotRead, as_json, day_of
from gongkai.directory import Directory, Resolution, Succession, TableProblem, check_table
from gongkai.errors import ReadError
from gongkai.views._text import clean
from gongkai.views._words import Words, words

__all__ = ["check", "find"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Table: TypeAlias = Annotated[str, Parameter(help="help.table", allow_leading_hyphen=True)]
Form: TypeAlias = Annotated[
    Literal["table", "json"], Parameter(name=("--format", "-f"), help="help.format_of_check")
]
Names: TypeAlias = Annotated[list[str], Parameter(help="help.bodies")]
Where: TypeAlias = Annotated[str | None, Parameter(name="--division", help="help.division")]
Whose: TypeAlias = Annotated[str | None, Parameter(name="--within", help="help.within")]
When: TypeAlias = Annotated[str | None, Parameter(name="--on", help="help.on")]


def find(
    names: Names,
    /,
    *,
    division: Where = None,
    within: Whose = None,
    on: When = None,
    form: Form = "table",
    language: Tongue = "zh",
) -> int:
    """Say who is meant by names of departments; 1 tells that one of them is not settled."""
    say = words(language, "gongkai.cli")
    directory = Directory.default()
    day = day_of(on, "--on", say) if on is not None else None
    found = [directory.resolve(name, division=division, within=within, on=day) for name in names]
    if form == "json":
        sys.stdout.write(as_json([_found(each, directory) for each in found]))
    else:
        sys.stdout.write("\n".join(["".join(_lines(each, directory, say)) for each in found]))
    return 0 if all(found) else 1


def _steps(found: Resolution, directory: Directory) -> list[tuple[str, Succession, str]]:
    """The steps that lead to an organ and from it: which side, the step, and the organ on that side."""
    if found.organ is None:
        return []
    id_ = found.organ.id
    before = [
        ("predecessor", step, step.predecessor) for step in directory.successions if step.successor == id_
    ]
    after = [("successor", step, step.successor) for step in directory.successions if step.predecessor == id_]
    return [*before, *after]


def _lines(found: Resolution, directory: Directory, say: Words) -> list[str]:
    lines = [clean(found.explain(say.language)) + "\n"]
    done = [each.name if say.language == "zh" else each.english for each in directory.functions(found)]
    if done:
        lines.append(f"  {say['messages.functions']}{say['messages.parting'].join(done)}\n")
    for side, step, id_ in _steps(found, directory):
        organ = directory.organ(id_)
        name = organ.name
        facts = [say[f"successions.{step.kind.value}"], f"{step.on:%Y-%m}"]
        facts += [say["messages.parting"].join(step.areas)] if step.areas else []
        lines.append(f"  {say[f'messages.{side}']}{name} ({id_}) {' · '.join(facts)}\n")
    return lines


def _found(found: Resolution, directory: Directory) -> dict[str, object]:
    steps = [
        {
            "side": side,
            "id": id_,
            "kind": step.kind.value,
            "on": step.on.isoformat(),
            "areas": list(step.areas),
        }
        for side, step, id_ in _steps(found, directory)
    ]
    return {
        "name": found.name,
        "id": found.id,
        "organ": found.organ.name if found.organ is not None else None,
        "kind": found.kind.value if found.kind is not None else None,
        "candidates": [organ.id for organ in found.candidates],
        "suggestions": list(found.suggestions),
        "functions": [function.id for function in directory.functions(found)],
        "successions": steps,
    }


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
