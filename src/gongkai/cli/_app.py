"""The commands and their parameters."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Final, TypeAlias, cast, get_type_hints

from cyclopts import App, CycloptsError, Group, Parameter

from gongkai import codec, comparing, examples, views
from gongkai.cli._files import CannotRead, Format, Wrong, format_of, load, put
from gongkai.model import Finding, Plan, Severity
from gongkai.views import Language
from gongkai.views._plan_html import finding_place
from gongkai.views._text import clean
from gongkai.views._words import LANGUAGES, Words, words

__all__ = ["run"]

#: How many findings ``show`` tells on standard error.
_FEW: Final = 5

# The help of a parameter is the name of its words; see `_told`.
File: TypeAlias = Annotated[str, Parameter(help="help.file", allow_leading_hyphen=True)]
Old: TypeAlias = Annotated[str, Parameter(help="help.old", allow_leading_hyphen=True)]
New: TypeAlias = Annotated[str, Parameter(help="help.new", allow_leading_hyphen=True)]
Form: TypeAlias = Annotated[Format | None, Parameter(name=("--format", "-f"), help="help.format")]
Output: TypeAlias = Annotated[Path | None, Parameter(name=("--output", "-o"), help="help.output")]
Tongue: TypeAlias = Annotated[Language, Parameter(name="--language", help="help.language")]
Width: TypeAlias = Annotated[int | None, Parameter(name="--width", help="help.width")]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet")
]


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    say = words(_language(arguments), "gongkai.cli")
    try:
        code = cast("object", build(say)(list(arguments)))
    except CycloptsError as error:
        return _fail(f"{' '.join(str(error).split())}\n{say['messages.usage']}", 2)
    except Wrong as error:
        return _fail(f"{error}\n{say['messages.usage']}", 2)
    except CannotRead as error:
        return _fail(str(error), 3)
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"gongkai: {message}\n")
    return code


def _language(arguments: Sequence[str]) -> Language:
    """The language that is asked for: help is written before the arguments are read."""
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--language":
            asked = value or "".join(arguments[place + 1 : place + 2])
            return asked if asked in LANGUAGES else "zh"
    return "zh"


def build(say: Words) -> App:
    """Make the command; its help is in the language of the words."""
    app = App(
        name="gongkai",
        help=say["help.app"],
        help_epilogue=say["help.codes"],
        version=_version,
        group_commands=Group(say["help.commands"]),
        group_parameters=Group(say["help.options"]),
        group_arguments=Group(say["help.files"]),
        print_error=False,
        exit_on_error=False,
        result_action="return_value",
    )
    app["--help"].help = say["help.help"]
    app["--version"].help = say["help.version"]
    for command in (show, tasks, diff, list_examples):
        name = command.__name__.removeprefix("list_")
        app.command(_told(command, say), name=name, help=say[f"help.{name}"])
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
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Show a plan."""
    say = words(language, "gongkai.cli")
    chosen = format_of(form, output, say)
    plan = load(file)
    text = codec.dumps(plan) if chosen == "json" else _draw(plan, chosen, output, language, width)
    put(text, chosen, output, say)
    if not quiet:
        _tell_findings(file, plan, say)
    return 0


def tasks(
    file: File,
    /,
    *,
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """List the tasks of a plan."""
    say = words(language, "gongkai.cli")
    chosen = format_of(form, output, say)
    plan = load(file)
    if chosen == "json":
        text = _json(views.task_records(plan))
    else:
        text = _draw(plan.tasks, chosen, output, language, width, title=plan.title)
    put(text, chosen, output, say)
    if not quiet:
        _tell_warnings(file, plan, say)
    return 0


def diff(
    old: Old,
    new: New,
    /,
    *,
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Compare two plans; 1 tells that they differ."""
    say = words(language, "gongkai.cli")
    chosen = format_of(form, output, say)
    if old == new == "-":
        raise Wrong(say["messages.stdin"])
    before, after = load(old), load(new)
    found = comparing.diff(before, after)
    if chosen == "json":
        text = _json(views.diff_record(found, language=language))
    else:
        text = _draw(found, chosen, output, language, width)
    put(text, chosen, output, say)
    for name, plan in () if quiet else ((old, before), (new, after)):
        _tell_warnings(name, plan, say)
    return 1 if found else 0


def list_examples(*, language: Tongue = "zh") -> int:
    """List the plans that come with gongkai."""
    del language  # the names and titles are the plans' own
    for name in examples.names():
        sys.stdout.write(f"example:{name:<20} {clean(examples.load(name).title)}\n")
    return 0


def _version() -> str:
    try:
        return version("gongkai")
    except PackageNotFoundError:  # run from its source, without an installation
        return "unknown"


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _draw(
    thing: views.Thing,
    form: Format,
    output: Path | None,
    language: Language,
    width: int | None,
    *,
    title: str | None = None,
) -> str:
    if form == "html":
        return views.page(thing, title=title, language=language)
    if form == "md":
        return views.markdown(thing, language=language)
    return views.terminal(thing, width=width, color=False if output is not None else None, language=language)


def _line(finding: Finding, plan: Plan, say: Words) -> str:
    message = finding.zh if say.language == "zh" else finding.en
    place = finding_place(finding, plan.source, words(say.language))
    return "  " + "  ".join(filter(None, (place, clean(finding.code), clean(message)))) + "\n"


def _tell_findings(name: str, plan: Plan, say: Words) -> None:
    """Say how many findings there are, and the gravest."""
    if not plan.findings:
        return
    count = say.count("messages.findings", len(plan.findings), file=name)
    order = list(Severity)
    gravest = sorted(plan.findings, key=lambda finding: -order.index(finding.severity))[:_FEW]
    sys.stdout.flush()
    sys.stderr.write(count + "\n")
    sys.stderr.write("".join([_line(finding, plan, say) for finding in gravest]))
    if len(plan.findings) > _FEW:
        sys.stderr.write(f"  {say.count('messages.more', len(plan.findings) - _FEW)}\n")


def _tell_warnings(name: str, plan: Plan, say: Words) -> None:
    """Say how many findings matter."""
    number = sum(finding.severity != Severity.INFO for finding in plan.findings)
    if number:
        sys.stdout.flush()
        sys.stderr.write(say.count("messages.warnings", number, file=name) + "\n")
