"""What ``merge`` and ``merge-all`` write: the plan, or the file of the merge while conflicts remain."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final, NamedTuple, TypeAlias

from cyclopts import Parameter

from gongkai.cli._begun import Begun
from gongkai.cli._files import (
    CannotRead,
    Format,
    Wrong,
    check_files,
    may_replace,
    put,
    put_file,
    tell_written,
)
from gongkai.cli._merge_lines import drawn, lines_of
from gongkai.exchange import write
from gongkai.exchange.writing import suffixes
from gongkai.merging import Merge, Strategy, prefer
from gongkai.model import Plan
from gongkai.views import Language
from gongkai.views._words import Words

__all__ = [
    "Ask",
    "Form",
    "Kept",
    "Out",
    "Outcome",
    "Page",
    "Quiet",
    "Rules",
    "Take",
    "named_strategies",
]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Form: TypeAlias = Annotated[Format | None, Parameter(name=("--format", "-f"), help="help.form_of_merge")]
Out: TypeAlias = Annotated[Path | None, Parameter(name=("--output", "-o"), help="help.output_of_merge")]
Page: TypeAlias = Annotated[Path | None, Parameter(name="--html", help="help.html_of_merge")]
Kept: TypeAlias = Annotated[Path | None, Parameter(name="--merge-file", help="help.merge_file")]
Rules: TypeAlias = Annotated[
    list[str] | None, Parameter(name="--strategy", help="help.strategy", negative=())
]
Take: TypeAlias = Annotated[list[str] | None, Parameter(name="--take", help="help.take", negative=())]
Ask: TypeAlias = Annotated[
    bool, Parameter(name="--ask", negative=(), show_default=False, help="help.ask_merge")
]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet")
]

_PREFER: Final = "prefer "
_SUFFIX: Final = ".merge.json"


def named_strategies(given: Iterable[str], say: Words) -> dict[str, str | Strategy]:
    """Return the strategies of ``FIELD=NAME``, each once.

    Raises:
        Wrong: one has no name.
    """
    found: dict[str, str | Strategy] = {}
    for each in given:
        field, _, name = each.partition("=")
        if not field.strip() or not name.strip():
            raise Wrong(say["merging.strategy"].format(given=each))
        own = name.strip().startswith(_PREFER)
        found[field.strip()] = prefer(name.strip().removeprefix(_PREFER).strip()) if own else name.strip()
    return found


class Outcome(NamedTuple):
    """What is written, and where.

    Attributes:
        plan: the file of the merged plan.
        kept: the file that the merge is kept in while conflicts remain.
        page: the file of a page.
        form: the form of the picture on standard output; None where none is wanted.
        own: whether the merge file was asked for; else it is only written while conflicts remain.
        force: whether files that are there give way.
        quiet: whether nothing is said of it.
        begun: the merge that is gone on with.
    """

    plan: Path | None
    kept: Path | None
    page: Path | None
    form: Format | None
    own: bool
    force: bool
    quiet: bool
    begun: Begun | None = None

    @classmethod
    def asked(
        cls,
        output: Path | None,
        kept: Path | None,
        page: Path | None,
        form: Format | None,
        say: Words,
        *,
        force: bool,
        quiet: bool,
        going_on: Begun | None = None,
    ) -> Outcome:
        """Return what is asked for, and refuse it before any work is done where it cannot be had.

        Args:
            output: the file of the plan; its suffix tells the form.
            kept: the file of the merge; without one it stands beside the plan.
            page: the file of a page.
            form: the form of the picture.
            say: the words of messages.
            force: whether files that are there give way.
            quiet: whether nothing is said.
            going_on: the merge that is gone on with: its file is written as it is decided, and the plan may
                take its place.

        Raises:
            Wrong: a suffix tells no form, or one file is to hold two things.
            CannotRead: a file is there, and not to be replaced.
        """
        forms = suffixes(Plan(""))
        if output is not None and output.suffix.lower() not in forms:
            raise Wrong(say["merging.suffix"].format(name=output, forms="、".join(forms)))
        own = kept is not None
        if going_on is not None:
            kept = kept or going_on.path
        elif kept is None and output is not None:
            kept = output.with_name(output.stem + _SUFFIX)
        wanted = None if form is None and (output is not None or page is not None) else form or "table"
        made = cls(output, kept, page, wanted, own, force, quiet, going_on)
        made._check(say)
        return made

    def _check(self, say: Words) -> None:
        found = [path for path in (self.page, self.plan, self.kept) if path is not None]
        own = {path for path in found if self._is_begun(path)}
        others = [path for path in found if path not in own]
        if self.page in own:
            raise Wrong(say["messages.one_file"].format(name=self.page))
        if not self.own and self.kept in others and self.kept.is_file() and not self.force:
            raise CannotRead(str(self.kept), say["merging.begun"].format(name=self.kept))
        check_files(others, say, force=self.force)

    def _is_begun(self, path: Path | None) -> bool:
        """Tell the file that is gone on with: it is written as it is decided."""
        if self.begun is None or path is None:
            return False
        return os.path.realpath(path) == os.path.realpath(self.begun.path)

    def keep(self, merge: Merge, say: Words) -> None:
        """Write the merge, so that it can be gone on with; what is gone on with stays in its own form."""
        if self.kept is None:
            return
        if self.begun is None or not self._is_begun(self.kept):
            put_file(merge.to_json(indent=2) + "\n", self.kept, say, force=True)  # see `_check`
        elif merge != self.begun.merge:
            put_file(self.begun.written(merge, say), self.kept, say, force=True)

    def put(self, merge: Merge, language: Language, width: int | None, say: Words) -> int:
        """Write all that is asked for; 1 tells that conflicts remain.

        The plan is written only where none does: who finds it there has the whole of it.

        Raises:
            CannotRead: a file cannot be written.
        """
        if self.page is not None:
            put_file(drawn(merge, "html", language, width), self.page, say, force=self.force)
            if not self.quiet:
                tell_written(self.page, say)
        if self.form is not None:
            put(drawn(merge, self.form, language, width), self.form, None, say, force=self.force)
        if merge.conflicts:
            if self.kept is not None:
                self.keep(merge, say)
            self._tell_open(merge, say)
            return 1
        if self.own:
            self.keep(merge, say)
        if self.plan is not None:
            self._write_plan(merge, language, say)
            self._tell(say["messages.written"].format(name=self.plan))
        return 0

    def _write_plan(self, merge: Merge, language: Language, say: Words) -> None:
        path = self.plan
        if path is None:
            return
        replace = may_replace(path, force=self.force or self._is_begun(path))
        if self.begun is not None and self.begun.is_text(path):
            put_file(self.begun.written(merge, say), path, say, force=replace)
            return
        try:
            write(merge.plan, path, language=language, replace=replace)
        except FileExistsError as error:
            raise CannotRead(str(error), say["messages.exists"].format(name=path)) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotRead(reason, say["messages.writing"].format(name=path, reason=reason)) from error

    def _tell_open(self, merge: Merge, say: Words) -> None:
        """Say what remains, unless the picture has just told it."""
        told = [say.count("merging.left", len(merge.conflicts))]
        if self.form not in {"table", "md"}:
            told += lines_of(merge, say)
        if self.kept is not None:
            told.append(say["merging.kept"].format(name=self.kept))
        self._tell(*told)

    def _tell(self, *lines: str) -> None:
        if not self.quiet:
            sys.stdout.flush()
            sys.stderr.write("".join([f"{line}\n" for line in lines]))
