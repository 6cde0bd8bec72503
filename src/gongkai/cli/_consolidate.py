"""Several plans side by side: ``gongkai consolidate PLAN...``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from cyclopts import Parameter

from gongkai import codec, merging, views
from gongkai.cli._answers import AnswerFile, tell_trouble
from gongkai.cli._drawing import Force, Output, Tongue, Width, check_width, draw
from gongkai.cli._embedders import EmbedderName, embedder_of
from gongkai.cli._files import (
    CannotRead,
    Wrong,
    as_json,
    check_files,
    check_stdin,
    format_of,
    load,
    put,
    put_file,
    tell_written,
)
from gongkai.cli._findings import tell_warnings
from gongkai.cli._office import is_office, put_thing
from gongkai.cli._progress import progress
from gongkai.errors import InvalidValue
from gongkai.exchange import consolidation_csv
from gongkai.merging import Consolidation
from gongkai.model import Plan
from gongkai.views import Language
from gongkai.views._words import Words, words

__all__ = ["consolidate_plans"]

_Form: TypeAlias = Literal["table", "json", "csv", "md", "html"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Files: TypeAlias = Annotated[str, Parameter(help="help.plans_beside", allow_leading_hyphen=True)]
Common: TypeAlias = Annotated[int | None, Parameter(name="--common", help="help.common")]
Unique: TypeAlias = Annotated[str | None, Parameter(name="--unique", help="help.unique")]
Links: TypeAlias = Annotated[Path | None, Parameter(name="--links", help="help.links_obeyed")]
Html: TypeAlias = Annotated[Path | None, Parameter(name="--html", help="help.html")]
AsPlan: TypeAlias = Annotated[Path | None, Parameter(name="--plan", help="help.as_plan")]
Form: TypeAlias = Annotated[_Form | None, Parameter(name=("--format", "-f"), help="help.form_of_matters")]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet")
]

_CSV: Final = ".csv"


def consolidate_plans(
    *file: Files,
    common: Common = None,
    unique: Unique = None,
    links: Links = None,
    embedder: EmbedderName = None,
    html: Html = None,
    plan: AsPlan = None,
    force: Force = False,
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Lay plans side by side, a matter a row; 3 tells that a file cannot be read or written."""
    say = words(language, "gongkai.cli")
    check_width(width, say)
    if not file:
        raise Wrong(say["usage.missing"].format(what="FILE"))
    check_stdin(file, say)
    office = is_office(form, output)
    chosen = "table" if office else _form(form, output, say)
    check_files([html, plan, output], say, force=force)
    answers = AnswerFile(links, say)
    meaning = embedder_of(embedder, say)
    plans = [load(name) for name in progress(file, say)]
    try:
        table = merging.consolidate(plans, names=_names(file, plans), embedder=meaning, known=answers.known)
    except InvalidValue as error:  # an embedder that fails
        raise CannotRead(str(error)) from error
    shown = _chosen(table, common, unique, file, say)
    if html is not None:
        _write(views.page(shown, language=language), html, say, force=force, quiet=quiet)
    if plan is not None:
        _write(codec.dumps(shown.plan(), indent=2) + "\n", plan, say, force=force, quiet=quiet)
    if office and output is not None:
        put_thing(shown, output, say, language, force=force)
    elif (html is None and plan is None) or form is not None or output is not None:
        text = _drawn(shown, chosen, output, language, width)
        put(text, "json" if chosen == "csv" else chosen, output, say, force=force)
    if not quiet:
        tell_trouble(table, say)
        for name, each in zip(file, plans, strict=True):
            tell_warnings(name, each, say)
    return 0


def _form(given: _Form | None, output: Path | None, say: Words) -> _Form:
    if given is None and output is not None and output.suffix.lower() == _CSV:
        return "csv"
    return given if given == "csv" else format_of(given, output, say)


def _write(text: str, path: Path, say: Words, *, force: bool, quiet: bool) -> None:
    put_file(text, path, say, force=force)
    if not quiet:
        tell_written(path, say)


def _names(files: Sequence[str], plans: Sequence[Plan]) -> list[str] | None:
    """What the plans are called: drafts of one title by their files, others as they call themselves."""
    if len({plan.title for plan in plans}) == len(plans):
        return None
    names = [Path(file.removeprefix("example:")).stem for file in files]
    return names if all(names) and len(set(names)) == len(names) else None


def _chosen(
    table: Consolidation, common: int | None, unique: str | None, files: Sequence[str], say: Words
) -> Consolidation:
    """The rows that are asked for.

    Raises:
        Wrong: there is no such number of plans, or no such plan.
    """
    if common is not None and unique is not None:
        raise Wrong(say["messages.common_unique"])
    try:
        if common is not None:
            return table.selected(table.common(common))
    except InvalidValue as error:
        wrong = say["messages.common"].format(number=common, n=len(table.plans))
        raise Wrong(wrong) from error
    if unique is None:
        return table
    column = table.columns[files.index(unique)] if unique in files else unique
    try:
        return table.selected(table.unique(column))
    except InvalidValue as error:
        names = "、".join(table.columns)
        raise Wrong(say["messages.unique"].format(name=unique, names=names)) from error


def _drawn(
    table: Consolidation, form: _Form, output: Path | None, language: Language, width: int | None
) -> str:
    if form == "json":
        return as_json(views.consolidation_record(table))
    if form == "csv":
        return consolidation_csv(table, language=language, mark=output is not None)
    return draw(table, form, output, language, width)
