"""Which tasks of two plans correspond: ``gongkai align OLD NEW``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from cyclopts import Parameter

from gongkai import comparing, views
from gongkai.cli._answers import AnswerFile, tell_trouble
from gongkai.cli._asking import Interview
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
)
from gongkai.cli._findings import tell_warnings
from gongkai.comparing import Alignment, Question
from gongkai.errors import InvalidValue
from gongkai.exchange.answers import answers_text
from gongkai.views import Language
from gongkai.views._words import Words, words

__all__ = ["align_plans"]

_Form: TypeAlias = Literal["table", "json", "csv", "md", "html"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Old: TypeAlias = Annotated[str, Parameter(help="help.old", allow_leading_hyphen=True)]
New: TypeAlias = Annotated[str, Parameter(help="help.new", allow_leading_hyphen=True)]
Links: TypeAlias = Annotated[Path | None, Parameter(name="--links", help="help.links")]
Ask: TypeAlias = Annotated[bool, Parameter(name="--ask", negative=(), show_default=False, help="help.ask")]
Questions: TypeAlias = Annotated[str | None, Parameter(name="--questions", help="help.questions")]
Annotator: TypeAlias = Annotated[
    str, Parameter(name="--annotator", show_default=False, help="help.annotator")
]
Form: TypeAlias = Annotated[_Form | None, Parameter(name=("--format", "-f"), help="help.form_of_links")]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet_align")
]

_CSV: Final = ".csv"


def align_plans(
    old: Old,
    new: New,
    /,
    *,
    links: Links = None,
    ask: Ask = False,
    questions: Questions = None,
    annotator: Annotator = "",
    embedder: EmbedderName = None,
    force: Force = False,
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Find which tasks of two plans correspond, and ask a person about the doubtful pairs."""
    say = words(language, "gongkai.cli")
    check_width(width, say)
    chosen = _form(form, output, say)
    check_stdin([old, new], say, asked=ask)
    most, sheet = _questions(questions, say)
    check_files([sheet, output], say, force=force)
    answers = AnswerFile(links, say, new=ask)
    meaning = embedder_of(embedder, say)
    before, after = load(old), load(new)
    interview = Interview(answers, annotator, say, width) if ask else None
    try:
        if sheet is not None:
            doubts = comparing.doubtful_pairs(before, after, embedder=meaning, known=answers.known)
            _put_questions(doubts, sheet, say, force=force)
        if interview is not None:
            answers.save(())  # what cannot be saved is better known before the first answer
        found = comparing.align(
            before, after, embedder=meaning, judge=interview, questions=most, known=answers.known
        )
    except InvalidValue as error:  # an embedder that fails
        raise CannotRead(str(error)) from error
    if interview is not None:
        interview.close()
    if sheet is None or form is not None or output is not None:
        text = _drawn(found, chosen, output, language, width)
        put(text, "json" if chosen == "csv" else chosen, output, say, force=force)
    if not quiet:
        tell_trouble(found, say)
    for name, plan in () if quiet else ((old, before), (new, after)):
        tell_warnings(name, plan, say)
    if interview is not None and interview.trouble is not None:
        raise interview.trouble
    return 0


def _form(given: _Form | None, output: Path | None, say: Words) -> _Form:
    if given is None and output is not None and output.suffix.lower() == _CSV:
        return "csv"
    return given if given == "csv" else format_of(given, output, say)


def _questions(given: str | None, say: Words) -> tuple[int | None, Path | None]:
    """How many questions are asked at the most, or the file that they go into."""
    if given is None:
        return None, None
    if given.removeprefix("-").isdecimal():
        if given.startswith("-"):
            raise Wrong(say["messages.questions"].format(given=given))
        return int(given), None
    return None, Path(given)


def _put_questions(doubts: Sequence[Question], sheet: Path, say: Words, *, force: bool) -> None:
    """Write the doubtful pairs for annotators; a table that somebody may have filled in stays as it is."""
    try:
        text = answers_text(doubts, sheet, language=say.language)
    except InvalidValue as error:
        raise Wrong(say["messages.answer_suffix"].format(name=sheet)) from error
    put_file(text, sheet, say, force=force)
    sys.stdout.flush()
    sys.stderr.write(say.count("messages.questions_put", len(doubts), file=str(sheet)) + "\n")


def _drawn(found: Alignment, form: _Form, output: Path | None, language: Language, width: int | None) -> str:
    if form == "json":
        return as_json(views.alignment_record(found))
    if form == "csv":
        return answers_text(found.links, form="csv", language=language, mark=output is not None)
    return draw(found, form, output, language, width)
