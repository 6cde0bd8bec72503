"""Two edited copies of a draft: ``gongkai merge BASE OURS THEIRS``, ``gongkai merge --resolve FILE``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeAlias

from cyclopts import Parameter

from gongkai import merging
from gongkai.cli._begun import begun
from gongkai.cli._decided_file import spread
from gongkai.cli._deciding import ask_all
from gongkai.cli._drawing import Force, Tongue, Width, check_width
from gongkai.cli._files import Wrong, check_stdin, load
from gongkai.cli._findings import tell_warnings
from gongkai.cli._outcome import Ask, Form, Kept, Out, Outcome, Page, Quiet, Rules, Take
from gongkai.cli._outcome import named_strategies as named
from gongkai.cli._taking import Takes, decide
from gongkai.errors import InvalidValue
from gongkai.merging import Merge
from gongkai.views._words import Words, words

__all__ = ["merge_plans"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Three: TypeAlias = Annotated[str, Parameter(help="help.three", allow_leading_hyphen=True)]
Resolve: TypeAlias = Annotated[Path | None, Parameter(name="--resolve", help="help.resolve")]


def merge_plans(
    *file: Three,
    resolve: Resolve = None,
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
    """Merge two copies of a draft, or go on with a merge; 1 tells that conflicts remain."""
    say = words(language, "gongkai.cli")
    check_width(width, say)
    if len(file) != (0 if resolve else 3):
        raise Wrong(say["merging.resolve_alone" if resolve else "merging.three"])
    check_stdin(file, say, asked=ask)
    if resolve is not None and strategy:
        raise Wrong(say["merging.strategy_settled"])
    strategies = named(strategy or (), say)
    going_on = None if resolve is None else begun(resolve, say)
    outcome = Outcome.asked(output, merge_file, html, form, say, force=force, quiet=quiet, going_on=going_on)
    if going_on is not None:
        merge = going_on.merge
    else:
        plans = [load(name) for name in file]
        try:
            merge = merging.merge(*plans, strategies=strategies)
        except InvalidValue as error:  # a strategy that there is none of
            raise Wrong(str(error)) from error
        for name, plan in () if quiet else zip(file, plans, strict=True):
            tell_warnings(name, plan, say)
    merge = decided(merge, take or (), outcome, say, width, ask=ask)
    return outcome.put(merge, language, width, say)


def decided(
    merge: Merge, take: Sequence[str], outcome: Outcome, say: Words, width: int | None, *, ask: bool
) -> Merge:
    """Return a merge with what was decided on the command line and at the terminal.

    Raises:
        Wrong: a conflict does not take what was decided for it.
        CannotRead: a decision cannot be saved.
    """
    if take:
        merge = decide(merge, Takes.of(spread(take, say), merge, say), say)
    if ask:
        merge = ask_all(merge, say, width, lambda one: outcome.keep(one, say))
    return merge
