"""How two plans differ: ``gongkai diff OLD NEW``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from cyclopts import Parameter

from gongkai import comparing, views
from gongkai.cli._answers import AnswerFile, tell_trouble
from gongkai.cli._drawing import Force, Output, Tongue, Width, check_width, draw
from gongkai.cli._embedders import EmbedderName, embedder_of
from gongkai.cli._files import (
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
from gongkai.comparing import KINDS, ChangeKind, Diff, Embedder, Link
from gongkai.comparing.alignment.placing import linked_besides
from gongkai.errors import InvalidValue
from gongkai.exchange._diff_table import diff_csv
from gongkai.model import Plan
from gongkai.views import Language
from gongkai.views._words import Words, words

__all__ = ["diff_plans"]

_Form: TypeAlias = Literal["table", "json", "csv", "md", "html"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Old: TypeAlias = Annotated[str, Parameter(help="help.old", allow_leading_hyphen=True)]
New: TypeAlias = Annotated[str, Parameter(help="help.new", allow_leading_hyphen=True)]
Page: TypeAlias = Annotated[Path | None, Parameter(name="--html", help="help.html")]
Links: TypeAlias = Annotated[Path | None, Parameter(name="--links", help="help.links_of_diff")]
Kinds: TypeAlias = Annotated[list[str] | None, Parameter(name="--kind", help="help.kind", negative=())]
Body: TypeAlias = Annotated[str | None, Parameter(name="--department", help="help.department")]
Part: TypeAlias = Annotated[str | None, Parameter(name="--section", help="help.section")]
Everything: TypeAlias = Annotated[
    bool, Parameter(name="--all", negative=(), show_default=False, help="help.all")
]
Form: TypeAlias = Annotated[_Form | None, Parameter(name=("--format", "-f"), help="help.form_of_diff")]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet")
]

_CSV: Final = ".csv"


def diff_plans(
    old: Old,
    new: New,
    /,
    *,
    html: Page = None,
    force: Force = False,
    links: Links = None,
    embedder: EmbedderName = None,
    kind: Kinds = None,
    department: Body = None,
    section: Part = None,
    everything: Everything = False,
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Compare two plans; 1 tells that they differ in what was asked for."""
    say = words(language, "gongkai.cli")
    check_width(width, say)
    office = is_office(form, output)
    chosen = "table" if office else _form(form, output, say)
    check_stdin([old, new], say)
    kinds = _kinds(kind, say)
    check_files([html, output], say, force=force)
    answers, meaning = AnswerFile(links, say), embedder_of(embedder, say)
    before, after = load(old), load(new)
    whole = _compared(before, after, answers, meaning, say, quiet=quiet)
    found = _part(whole, kinds, department, section, say)
    if html is not None:
        put_file(views.page(found, language=language), html, say, force=force)
        if not quiet:
            tell_written(html, say)
    if office and output is not None:
        put_thing(found, output, say, language, force=force)
    elif html is None or form is not None or output is not None:
        text = _drawn(found, chosen, output, language, width, everything=everything)
        put(text, "json" if chosen == "csv" else chosen, output, say, force=force)
    for name, plan in () if quiet else ((old, before), (new, after)):
        tell_warnings(name, plan, say)
    return 1 if found else 0


def _form(given: _Form | None, output: Path | None, say: Words) -> _Form:
    if given is None and output is not None and output.suffix.lower() == _CSV:
        return "csv"
    return given if given == "csv" else format_of(given, output, say)


def _kinds(given: list[str] | None, say: Words) -> list[ChangeKind] | None:
    """The kinds of options that hold several, parted by commas, by any of their names.

    Raises:
        Wrong: there is no such kind.
    """
    if given is None:
        return None
    known = {name: kind for kind, facts in KINDS.items() for name in (facts.zh, facts.en)}
    known |= {kind.value: kind for kind in ChangeKind}
    found = [name.strip() for several in given for name in several.replace("，", ",").split(",")]
    for name in found:
        if name not in known:
            every = "、".join([facts.zh for facts in KINDS.values()])
            every = every if say.language == "zh" else ", ".join(ChangeKind)
            raise Wrong(say["messages.kind"].format(name=name, kinds=every))
    return [known[name] for name in found]


def _compared(
    old: Plan, new: Plan, answers: AnswerFile, embedder: Embedder | None, say: Words, *, quiet: bool
) -> Diff:
    if not answers.known and embedder is None:
        return comparing.diff(old, new)
    try:
        found = comparing.align(old, new, known=answers.known, embedder=embedder)
    except InvalidValue as error:  # an answer about tasks that are not there, or an embedder that fails
        raise Wrong(str(error)) from error
    if not quiet:
        tell_trouble(found, say)
    answered = {(answer.old_key, answer.new_key) for answer in answers.known}
    more = [link for link in linked_besides(old, new, found) if _pair(link) not in answered]
    return comparing.diff(old, new, links=[*found, *more])


def _pair(link: Link) -> tuple[str, str]:
    return link.old.key or "", link.new.key or ""


def _part(
    diff: Diff, kinds: list[ChangeKind] | None, department: str | None, section: str | None, say: Words
) -> Diff:
    """What fits the filters; a department or a section that nobody names is told, since it may be a slip."""
    if kinds is None and department is None and section is None:
        return diff
    for name, asked in (("department", department), ("section", section)):
        if asked is not None:
            found = diff.where(department=asked) if name == "department" else diff.where(section=asked)
            if not found.rows:
                sys.stderr.write(say[f"messages.no_{name}"].format(name=asked) + "\n")
    return diff.where(kinds=kinds, department=department, section=section)


def _drawn(
    found: Diff, form: _Form, output: Path | None, language: Language, width: int | None, *, everything: bool
) -> str:
    if form == "json":
        return as_json(views.diff_record(found, language=language))
    if form == "csv":
        return diff_csv(found, language=language, everything=everything, mark=output is not None)
    return draw(found, form, output, language, width, everything=everything)
