"""What the command finds in plans: ``gongkai check FILE...``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

import attrs
from cyclopts import Parameter

from gongkai import tables, views
from gongkai.checking import codes, review
from gongkai.cli._drawing import Force, Output, Tongue, Width, check_width, draw
from gongkai.cli._files import (
    CannotRead,
    Wrong,
    as_json,
    check_files,
    check_stdin,
    format_of,
    load,
    own_version,
    put,
    put_file,
    tell_written,
)
from gongkai.cli._progress import progress
from gongkai.cli._unread import why_unread
from gongkai.model import Plan, Severity
from gongkai.views import Checked, Language
from gongkai.views._words import Words, words

__all__ = ["check_plans"]

_Form: TypeAlias = Literal["table", "json", "md", "html", "csv", "sarif"]
_Fail: TypeAlias = Literal["info", "warning", "error"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Files: TypeAlias = Annotated[str, Parameter(help="help.plans", allow_leading_hyphen=True)]
Against: TypeAlias = Annotated[str | None, Parameter(name="--against", help="help.against")]
Select: TypeAlias = Annotated[list[str] | None, Parameter(name="--select", help="help.select", negative=())]
Ignore: TypeAlias = Annotated[list[str] | None, Parameter(name="--ignore", help="help.ignore", negative=())]
FailOn: TypeAlias = Annotated[_Fail, Parameter(name="--fail-on", help="help.fail_on")]
Form: TypeAlias = Annotated[_Form | None, Parameter(name=("--format", "-f"), help="help.form_of_plans")]
Page: TypeAlias = Annotated[Path | None, Parameter(name="--html", help="help.html_of_check")]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet_check")
]

_SUFFIXES: Final[dict[str, _Form]] = {".sarif": "sarif", ".csv": "csv"}


def check_plans(
    *file: Files,
    against: Against = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOn = "warning",
    html: Page = None,
    force: Force = False,
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Check plans; 1 tells that something was found that matters, 3 that a file cannot be read."""
    say = words(language, "gongkai.cli")
    if not file:
        raise Wrong(say["usage.missing"].format(what="FILE"))
    check_width(width, say)
    check_stdin([*file, against], say)
    chosen = _form(form, output, say)
    check_files([html, output], say, force=force)
    beside = load(against) if against is not None else None
    wanted, unwanted = (_codes(select, say) if select is not None else None), _codes(ignore or [], say)
    checked: list[Checked] = []
    problems: list[tuple[str, str]] = []
    for name in progress(file, say):
        try:
            checked.append(_checked(name, beside, wanted, unwanted))
        except CannotRead as error:
            problems.append((name, why_unread(error, say)))
    _tell_problems(problems)
    if html is not None and (checked or not problems):
        put_file(_drawn(checked, "html", html, language, width), html, say, force=force)
        if not quiet:
            tell_written(html, say)
    if html is not None and form is None and output is None:
        pass
    elif chosen == "sarif":
        log = views.sarif(checked, language=language, version=own_version(), problems=problems)
        put(as_json(log), "json", output, say, force=force)
    elif checked or not problems:
        text = _drawn(checked, chosen, output, language, width)
        put(text, "json" if chosen == "csv" else chosen, output, say, force=force)
    if not quiet:
        _tell_counts(checked, say)
    return 3 if problems else int(_matters(checked, Severity(fail_on)))


def _form(given: _Form | None, output: Path | None, say: Words) -> _Form:
    if given is None and output is not None and output.suffix.lower() in _SUFFIXES:
        return _SUFFIXES[output.suffix.lower()]
    return given if given == "sarif" or given == "csv" else format_of(given, output, say)  # noqa: PLR1714


def _codes(given: list[str], say: Words) -> list[str]:
    """The codes of options that hold several, parted by commas.

    Raises:
        Wrong: one begins no code.
    """
    found = [code.strip().upper() for several in given for code in several.replace("，", ",").split(",")]
    for code in found:
        if not code or not any(known.startswith(code) for known in codes()):
            raise Wrong(say["messages.code"].format(code=code))
    return found


def _checked(name: str, against: Plan | None, select: list[str] | None, ignore: list[str]) -> Checked:
    plan = load(name)
    return Checked(name, plan, review(plan, against=against, select=select, ignore=ignore))


def _drawn(
    checked: list[Checked],
    form: Literal["table", "json", "md", "html", "csv"],
    output: Path | None,
    language: Language,
    width: int | None,
) -> str:
    if form == "json":
        return as_json(views.finding_records(checked))
    if form == "csv":
        found = [attrs.evolve(each.plan, findings=tuple(each.findings)) for each in checked]
        return tables.findings(found).to_csv(language=language, mark=output is not None)
    return draw(views.finding_table(checked).thing, form, output, language, width)


def _matters(checked: list[Checked], least: Severity) -> bool:
    order = list(Severity)
    return any(
        order.index(found.severity) >= order.index(least) for each in checked for found in each.findings
    )


def _tell_problems(problems: list[tuple[str, str]]) -> None:
    for _, why in problems:
        sys.stdout.flush()
        sys.stderr.write(f"gongkai: {why}\n")


def _tell_counts(checked: list[Checked], say: Words) -> None:
    """How much was found in all, where there are several files."""
    if len(checked) > 1:
        number = sum(len(each.findings) for each in checked)
        sys.stdout.flush()
        sys.stderr.write(say.count("messages.checked", number, files=str(len(checked))) + "\n")
