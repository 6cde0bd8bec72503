"""Each task's thread through several plans: ``gongkai trace PLAN...``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

from cyclopts import Parameter

from gongkai import comparing, views
from gongkai.cli._drawing import Force, Output, Tongue, Width, check_width, draw
from gongkai.cli._embedders import EmbedderName, embedder_of
from gongkai.cli._files import CannotRead, Wrong, as_json, check_stdin, load
from gongkai.cli._findings import tell_warnings
from gongkai.cli._progress import progress
from gongkai.cli._sheets import Form, Page, Sheet, SheetForm
from gongkai.comparing import Embedder, History
from gongkai.errors import InvalidValue
from gongkai.exchange.sheets import history_csv
from gongkai.model import Plan
from gongkai.views import Language
from gongkai.views._words import Words, words

__all__ = ["trace_plans"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Years: TypeAlias = Annotated[str, Parameter(help="help.years", allow_leading_hyphen=True)]
Names: TypeAlias = Annotated[str | None, Parameter(name="--names", help="help.names")]
Gaps: TypeAlias = Annotated[int, Parameter(name="--gaps", help="help.gaps")]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet")
]


def trace_plans(
    *plan: Years,
    names: Names = None,
    gaps: Gaps = 1,
    embedder: EmbedderName = None,
    html: Page = None,
    force: Force = False,
    form: SheetForm = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Follow each task through several plans."""
    say = words(language, "gongkai.cli")
    if not plan:
        raise Wrong(say["usage.missing"].format(what="PLAN"))
    check_width(width, say)
    check_stdin(plan, say)
    if gaps < 0:
        raise Wrong(say["messages.gaps"].format(gaps=gaps))
    sheet = Sheet.asked(form, output, html, say, force=force, quiet=quiet)
    vectors = embedder_of(embedder, say)
    plans = [load(name) for name in progress(plan, say)]
    found = _traced(plans, _names(names), gaps, vectors, say)
    sheet.put(found, lambda chosen: _drawn(found, chosen, output, language, width), language, say)
    for name, each in () if quiet else zip(plan, plans, strict=True):
        tell_warnings(name, each, say)
    return 0


def _names(given: str | None) -> list[str] | None:
    """What the plans are called, parted by commas."""
    return None if given is None else [name.strip() for name in given.replace("，", ",").split(",")]


def _traced(
    plans: list[Plan], names: list[str] | None, gaps: int, embedder: Embedder | None, say: Words
) -> History:
    try:
        return comparing.trace(plans, names=names, gaps=gaps, embedder=embedder)
    except InvalidValue as error:
        if error.field == "embedder":
            raise CannotRead(str(error)) from error
        told = "messages.names" if error.field == "names" else "messages.years"
        raise Wrong(say[told].format(n=len(plans), value=error.value)) from error


def _drawn(found: History, form: Form, output: Path | None, language: Language, width: int | None) -> str:
    match form:
        case "json":
            return as_json(views.history_record(found, language=language))
        case "csv":
            return ("\ufeff" if output is not None else "") + history_csv(found, language=language)
        case "table" | "md" | "html":
            return draw(found, form, output, language, width)
