"""The copies of a round of comments: ``gongkai merge-all BASE COPY...``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, NamedTuple, TypeAlias

from cyclopts import Parameter

from gongkai import merging
from gongkai.cli._drawing import Force, Tongue, Width, check_width
from gongkai.cli._files import CannotRead, Wrong, check_stdin, load
from gongkai.cli._findings import tell_warnings
from gongkai.cli._merge import decided
from gongkai.cli._outcome import Ask, Form, Kept, Out, Outcome, Page, Quiet, Rules, Take
from gongkai.cli._outcome import named_strategies as named
from gongkai.errors import GongkaiError, InvalidValue
from gongkai.exchange import read_comments
from gongkai.merging import Comment
from gongkai.views._words import Words, words

__all__ = ["merge_all_plans"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Base: TypeAlias = Annotated[str, Parameter(help="help.draft", allow_leading_hyphen=True)]
Copies: TypeAlias = Annotated[str, Parameter(help="help.copies", allow_leading_hyphen=True)]
Comments: TypeAlias = Annotated[
    list[Path] | None, Parameter(name="--comments", help="help.comments", negative=())
]


#: What parts the draft's name from the name of who made the copy.
_BETWEEN: Final = " \u3000-_—－＿.·（(【[〔"
_BEHIND: Final = " \u3000）)】]〕"


class _Copy(NamedTuple):
    name: str
    file: str


def merge_all_plans(
    base: Base,
    /,
    *copy: Copies,
    comments: Comments = None,
    strategy: Rules = None,
    take: Take = None,
    ask: Ask = False,
    merge_file: Kept = None,
    html: Page = None,
    force: Force = False,
    form: Form = None,
    output: Out = None,
    language: Tongue = "zh",
    width: Width = None,
    quiet: Quiet = False,
) -> int:
    """Merge the copies of a round of comments; 1 tells that conflicts remain."""
    say = words(language, "gongkai.cli")
    check_width(width, say)
    copies = _named(base, copy, say)
    if not copies and not comments:
        raise Wrong(say["usage.missing"].format(what="COPY"))
    files = [base, *[each.file for each in copies]]
    check_stdin(files, say, asked=ask)
    strategies = named(strategy or (), say)
    outcome = Outcome.asked(output, merge_file, html, form, say, force=force, quiet=quiet)
    draft = load(base)
    plans = [(each.name, load(each.file)) for each in copies]
    said = [comment for path in comments or () for comment in _read(path)]
    try:
        merge = merging.merge_all(draft, plans, comments=said, strategies=strategies)
    except InvalidValue as error:  # a strategy that there is none of
        raise Wrong(str(error)) from error
    for name, plan in () if quiet else zip(files, [draft, *[plan for _, plan in plans]], strict=True):
        tell_warnings(name, plan, say)
    merge = decided(merge, take or (), outcome, say, width, ask=ask)
    return outcome.put(merge, language, width, say)


def _named(base: str, given: Sequence[str], say: Words) -> list[_Copy]:
    """Return the copies with their names: as ``NAME=FILE`` gives them, else after their files.

    Raises:
        Wrong: two have one name.
    """
    found = [_copy(base, each) for each in given]
    for name, count in Counter([copy.name for copy in found]).items():
        if count > 1 or name in {"", "base", "suggested"}:
            raise Wrong(say["merging.names"].format(name=name))
    return found


def _copy(base: str, given: str) -> _Copy:
    name, sign, file = given.partition("=")
    if sign and file and not Path(given).exists():
        return _Copy(name.strip(), file)
    return _Copy(_called(given, base), given)


def _called(file: str, base: str) -> str:
    """Return what a copy is called: what its file's name adds to the draft's, else that name."""
    name, draft = (Path(each.removeprefix("example:")).stem for each in (file, base))
    if name.startswith(draft) and name != draft:
        own = name.removeprefix(draft)
        short = own.lstrip(_BETWEEN).rstrip(_BEHIND)
        if own[0] in _BETWEEN and short:
            return short
    return name


def _read(path: Path) -> tuple[Comment, ...]:
    """Read a sheet of comments.

    Raises:
        CannotRead: it cannot be read, or is none.
    """
    try:
        return read_comments(path)
    except GongkaiError as error:
        raise CannotRead(str(error)) from error
