"""One page on a set of plans: ``gongkai report PLAN... -o report.html``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, TypeAlias

from cyclopts import Parameter

from gongkai import views
from gongkai.cli._drawing import Force, Tongue
from gongkai.cli._files import STANDARD, Wrong, check_files, check_stdin, load, put, put_file
from gongkai.cli._findings import tell_warnings
from gongkai.errors import InvalidValue
from gongkai.model import Plan
from gongkai.views._words import Words, words

__all__ = ["report_plans"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Plans: TypeAlias = Annotated[str, Parameter(help="help.reported", allow_leading_hyphen=True)]
Reference: TypeAlias = Annotated[
    str | None, Parameter(name="--reference", help="help.seen_against", allow_leading_hyphen=True)
]
Names: TypeAlias = Annotated[str | None, Parameter(name="--names", help="help.names_reported")]
Title: TypeAlias = Annotated[str | None, Parameter(name="--title", help="help.title_reported")]
Output: TypeAlias = Annotated[Path | None, Parameter(name=("--output", "-o"), help="help.output_page")]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet")
]


def report_plans(
    *plan: Plans,
    reference: Reference = None,
    names: Names = None,
    title: Title = None,
    output: Output = None,
    force: Force = False,
    language: Tongue = "zh",
    quiet: Quiet = False,
) -> int:
    """Make one page of several plans."""
    say = words(language, "gongkai.cli")
    if not plan:
        raise Wrong(say["usage.missing"].format(what="PLAN"))
    check_stdin([*plan, reference], say)
    if output is not None and str(output) != STANDARD and output.suffix.lower() not in {".html", ".htm"}:
        raise Wrong(say["messages.page_suffix"].format(name=output))
    check_files([output], say, force=force)
    plans = [load(name) for name in plan]
    against = None if reference is None else load(reference)
    try:
        called = _called(names, plan, plans)
        page = views.report(plans, reference=against, names=called, title=title, language=language)
    except InvalidValue as error:
        raise Wrong(say["messages.names"].format(n=len(plans), value=error.value)) from error
    _put(page, output, say, force=force, quiet=quiet)
    for name, each in () if quiet else zip(plan, plans, strict=True):
        tell_warnings(name, each, say)
    return 0


def _called(names: str | None, files: tuple[str, ...], plans: list[Plan]) -> list[str] | None:
    """What the plans are called: as asked for; drafts of one title by their files; others by themselves."""
    if names is not None:
        return [name.strip() for name in names.replace("，", ",").split(",")]
    if len({plan.title for plan in plans}) == len(plans):
        return None
    stems = [Path(file.removeprefix("example:")).stem for file in files]
    return stems if all(stems) and len(set(stems)) == len(stems) else None


def _put(page: str, output: Path | None, say: Words, *, force: bool, quiet: bool) -> None:
    if output is None:
        put(page, "html", None, say, force=force)
        return
    put_file(page, output, say, force=force)
    if not quiet:
        sys.stderr.write(say["messages.written"].format(name=output) + "\n")
