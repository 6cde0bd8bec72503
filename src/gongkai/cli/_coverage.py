"""What of the city's plan a plan carries: ``gongkai coverage REFERENCE PLAN``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, TypeAlias

from cyclopts import Parameter

from gongkai import comparing, views
from gongkai.cli._answers import AnswerFile, tell_trouble
from gongkai.cli._drawing import Force, Output, Tongue, Width, check_width, draw
from gongkai.cli._embedders import EmbedderName, embedder_of
from gongkai.cli._files import CannotRead, Wrong, as_json, check_stdin, load
from gongkai.cli._findings import tell_warnings
from gongkai.cli._sheets import Form, Page, Sheet, SheetForm
from gongkai.comparing import Carriage, Coverage, Mark
from gongkai.errors import GongkaiError, InvalidValue
from gongkai.exchange.marks import read_marks
from gongkai.exchange.sheets import coverage_csv
from gongkai.views import Language
from gongkai.views._text import clean
from gongkai.views._words import Words, words

__all__ = ["coverage_plans"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Reference: TypeAlias = Annotated[str, Parameter(help="help.reference", allow_leading_hyphen=True)]
Own: TypeAlias = Annotated[str, Parameter(help="help.own", allow_leading_hyphen=True)]
Links: TypeAlias = Annotated[Path | None, Parameter(name="--links", help="help.known_links")]
Marks: TypeAlias = Annotated[Path | None, Parameter(name="--marks", help="help.marks")]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet_coverage")
]


def coverage_plans(
    reference: Reference,
    plan: Own,
    /,
    *,
    links: Links = None,
    embedder: EmbedderName = None,
    marks: Marks = None,
    html: Page = None,
    force: Force = False,
    form: SheetForm = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Tell what of the city's plan a plan carries; 1 tells that something is absent."""
    say = words(language, "gongkai.cli")
    check_width(width, say)
    check_stdin([reference, plan], say)
    sheet = Sheet.asked(form, output, html, say, force=force, quiet=quiet)
    answers, given, vectors = AnswerFile(links, say), _marks(marks, say), embedder_of(embedder, say)
    asked, own = load(reference), load(plan)
    try:
        alignment = comparing.align(asked, own, embedder=vectors, known=answers.known)
        found = comparing.coverage(asked, own, links=alignment, marks=given)
    except InvalidValue as error:  # an embedder that fails, or a mark of no task
        raise CannotRead(f"{marks}: {error}" if error.field == "marks" else str(error)) from error
    sheet.put(found, lambda chosen: _drawn(found, chosen, output, language, width), language, say)
    if not quiet:
        tell_trouble(alignment, say)
        _tell_unplaced(found, marks, say)
        for name, each in ((reference, asked), (plan, own)):
            tell_warnings(name, each, say)
    return int(bool(found.with_status(Carriage.ABSENT)))


def _marks(path: Path | None, say: Words) -> tuple[Mark, ...]:
    if path is None:
        return ()
    try:
        return read_marks(path)
    except InvalidValue as error:
        raise Wrong(say["messages.mark_suffix"].format(name=path)) from error
    except GongkaiError as error:
        raise CannotRead(str(error)) from error


def _drawn(found: Coverage, form: Form, output: Path | None, language: Language, width: int | None) -> str:
    match form:
        case "json":
            return as_json(views.coverage_record(found, language=language))
        case "csv":
            return ("\ufeff" if output is not None else "") + coverage_csv(found, language=language)
        case "table" | "md" | "html":
            return draw(found, form, output, language, width)


def _tell_unplaced(found: Coverage, marks: Path | None, say: Words) -> None:
    """Say of which marks the task is not in the reference any more."""
    if not found.unplaced:
        return
    sys.stdout.flush()
    sys.stderr.write(say.count("messages.unplaced", len(found.unplaced), file=str(marks)) + "\n")
    for mark in found.unplaced:
        sys.stderr.write(f"  {clean(mark.key)}  {clean(mark.text)}\n")
