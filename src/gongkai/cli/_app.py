"""The commands and their parameters."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Final, TypeAlias, cast, get_type_hints

from cyclopts import App, CycloptsError, Group, Parameter

from gongkai import codec, examples, views
from gongkai.cli._align import align_plans
from gongkai.cli._check import check_plans
from gongkai.cli._completion import Shell, completion_of
from gongkai.cli._consolidate import consolidate_plans
from gongkai.cli._coverage import coverage_plans
from gongkai.cli._diff import diff_plans
from gongkai.cli._directory import check, find
from gongkai.cli._drawing import LANGUAGE, Force, Output, Tongue, Width, check_width, draw
from gongkai.cli._due import due_plans
from gongkai.cli._export import export_plans
from gongkai.cli._files import (
    CannotRead,
    Format,
    NoOption,
    Wrong,
    as_json,
    check_files,
    format_of,
    load,
    own_version,
    put,
)
from gongkai.cli._findings import tell_findings, tell_warnings
from gongkai.cli._ledger import ledger_read, ledger_write
from gongkai.cli._merge import merge_plans
from gongkai.cli._merge_all import merge_all_plans
from gongkai.cli._report import report_plans
from gongkai.cli._trace import trace_plans
from gongkai.cli._unread import lacks_extra, why_unread
from gongkai.cli._usage import wrong_words
from gongkai.cli.git.installing import git_install, git_uninstall
from gongkai.views import Language
from gongkai.views._text import clean
from gongkai.views._words import LANGUAGES, Words, words

__all__ = ["language_of", "run"]

#: The commands that have commands of their own.
_DIRECTORY: Final = "directory"
_GIT: Final = "git"
_LEDGER: Final = "ledger"

#: The option that takes the file of a page.
_PAGE: Final = "--html"

# The help of a parameter is the name of its words; see `_told`.
File: TypeAlias = Annotated[str, Parameter(help="help.file", allow_leading_hyphen=True)]
Form: TypeAlias = Annotated[Format | None, Parameter(name=("--format", "-f"), help="help.format")]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet")
]


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    say = words(language_of(arguments), "gongkai.cli")
    try:
        code = cast("object", build(say)(_ordered(_joined(arguments))))
    except CycloptsError as error:
        return _fail(f"{wrong_words(error, say)}\n{say['messages.usage']}", 2)
    except NoOption as error:
        return _fail(f"{say['usage.option'].format(what=error)}\n{say['messages.usage']}", 2)
    except Wrong as error:
        return _fail(f"{error}\n{say['messages.usage']}", 2)
    except CannotRead as error:
        return _fail(why_unread(error, say), 2 if lacks_extra(error) else 3)
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"gongkai: {message}\n")
    return code


def _ordered(arguments: Sequence[str]) -> list[str]:
    """Put ``--language`` behind the command that follows it; every command takes it."""
    rest = list(arguments)
    front: list[str] = []
    while rest and rest[0].partition("=")[0] == LANGUAGE:
        size = 1 if "=" in rest[0] else 2
        front, rest = [*front, *rest[:size]], rest[size:]
    size = 2 if rest[:1] in ([_DIRECTORY], [_GIT], [_LEDGER]) else 1
    return [*rest[:size], *front, *rest[size:]] if rest else []


def _joined(arguments: Sequence[str]) -> list[str]:
    """Write ``--html -`` as one: standard output is no option, for which a hyphen is taken else."""
    found: list[str] = []
    for argument in arguments:
        if argument == "-" and found and found[-1] == _PAGE:
            found[-1] = f"{_PAGE}=-"
        else:
            found.append(argument)
    return found


def language_of(arguments: Sequence[str]) -> Language:
    """The language that is asked for: help is written before the arguments are read."""
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == LANGUAGE:
            asked = value or "".join(arguments[place + 1 : place + 2])
            return asked if asked in LANGUAGES else "zh"
    return "zh"


def build(say: Words) -> App:
    """Make the command; its help is in the language of the words."""
    commands, options, files = (Group(say[f"help.{name}"]) for name in ("commands", "options", "files"))
    app = App(
        name="gongkai",
        help=say["help.app"],
        help_epilogue=say["help.codes"],
        version=own_version,
        default_parameter=Parameter(json_list=False),  # "[定稿]要点.docx" is the name of a file
        group_commands=commands,
        group_parameters=options,
        group_arguments=files,
        print_error=False,
        exit_on_error=False,
        result_action="return_value",
    )
    app["--help"].help = say["help.help"]
    app["--version"].help = say["help.version"]
    for command in (
        show,
        tasks,
        diff_plans,
        align_plans,
        merge_plans,
        merge_all_plans,
        consolidate_plans,
        coverage_plans,
        trace_plans,
        report_plans,
        check_plans,
        export_plans,
        due_plans,
        list_examples,
        completion,
    ):
        name = command.__name__.removeprefix("list_").removesuffix("_plans").replace("_", "-")
        app.command(
            _told(command, say), name=name, help=say[f"help.{command.__name__.removeprefix('list_')}"]
        )
    inner: dict[str, dict[str, Callable[..., int]]] = {
        _LEDGER: {"write": ledger_write, "read": ledger_read},
        _DIRECTORY: {"find": find, "check": check},
        _GIT: {"install": git_install, "uninstall": git_uninstall},
    }
    for group, members in inner.items():
        below = App(
            name=group,
            help=say[f"help.{group}"],
            version_flags=[],
            group_commands=commands,
            group_parameters=options,
            group_arguments=files,
        )
        below["--help"].help = say["help.help"]
        for name, member in members.items():
            below.command(_told(member, say), name=name, help=say[f"help.{member.__name__}"])
        app.command(below)
    return app


def _told(command: Callable[..., int], say: Words) -> Callable[..., int]:
    """Return the command with the words that its parameters' helps name."""

    @wraps(command)
    def told(*arguments: object, **options: object) -> int:
        return command(*arguments, **options)

    hints = get_type_hints(command, include_extras=True)
    for name, hint in hints.items():
        for parameter in getattr(hint, "__metadata__", ()):
            described = Parameter.combine(parameter, Parameter(help=say[parameter.help]))
            hints[name] = Annotated[hint.__origin__, described]
    told.__annotations__ = hints
    return told


def show(
    file: File,
    /,
    *,
    force: Force = False,
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Show a plan."""
    say = words(language, "gongkai.cli")
    check_width(width, say)
    chosen = format_of(form, output, say)
    check_files([output], say, force=force)
    plan = load(file)
    text = codec.dumps(plan) if chosen == "json" else draw(plan, chosen, output, language, width)
    put(text, chosen, output, say, force=force)
    if not quiet:
        tell_findings(file, plan, say)
    return 0


def tasks(
    file: File,
    /,
    *,
    force: Force = False,
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """List the tasks of a plan."""
    say = words(language, "gongkai.cli")
    check_width(width, say)
    chosen = format_of(form, output, say)
    check_files([output], say, force=force)
    plan = load(file)
    if chosen == "json":
        text = as_json(views.task_records(plan))
    else:
        text = draw(views.task_table(plan).thing, chosen, output, language, width, title=plan.title)
    put(text, chosen, output, say, force=force)
    if not quiet:
        tell_warnings(file, plan, say)
    return 0


def completion(shell: Shell, /, *, language: Tongue = "zh") -> int:
    """Write what a shell needs to complete the command."""
    sys.stdout.write(completion_of(build(words(language, "gongkai.cli")), shell))
    return 0


def list_examples(*, language: Tongue = "zh") -> int:
    """List the plans that come with gongkai."""
    del language  # the names and titles are the plans' own
    for name in examples.names():
        sys.stdout.write(f"example:{name:<20} {clean(examples.load(name).title)}\n")
    return 0
