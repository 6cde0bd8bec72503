"""What ``coverage`` and ``trace`` write: a table, JSON, a spreadsheet's table, a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias

from cyclopts import Parameter

from gongkai import views
from gongkai.cli._files import check_files, format_of, put, put_file, tell_written
from gongkai.cli._office import is_office, put_thing
from gongkai.comparing import Coverage, History
from gongkai.views import Language
from gongkai.views._words import Words

__all__ = ["Form", "Page", "Sheet", "SheetForm"]

Form: TypeAlias = Literal["table", "json", "md", "html", "csv"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
SheetForm: TypeAlias = Annotated[Form | None, Parameter(name=("--format", "-f"), help="help.form_of_sheets")]
Page: TypeAlias = Annotated[Path | None, Parameter(name="--html", help="help.html")]

_CSV: Final = ".csv"


class Sheet(NamedTuple):
    """What is written, and where.

    Attributes:
        form: the form of the output.
        output: the file that it goes to; None for standard output.
        page: the file of a page.
        force: whether files that are there give way.
        office: whether the output is no text, but a Word document, a workbook or Parquet.
        alone: whether the page is all that is asked for.
        quiet: whether nothing is said of it.
    """

    form: Form
    output: Path | None
    page: Path | None
    force: bool
    office: bool
    alone: bool
    quiet: bool

    @classmethod
    def asked(
        cls,
        form: Form | None,
        output: Path | None,
        page: Path | None,
        say: Words,
        *,
        force: bool,
        quiet: bool,
    ) -> Sheet:
        """Return what is asked for, and refuse it before any work is done where it cannot be had.

        Raises:
            Wrong: the output's suffix tells no form, or one file is to hold two things.
            CannotRead: a file is there, and not to be replaced.
        """
        office = is_office(form, output)
        chosen = "table" if office else _form(form, output, say)
        check_files([page, output], say, force=force)
        alone = page is not None and form is None and output is None
        return cls(chosen, output, page, force, office, alone, quiet)

    def put(
        self, thing: Coverage | History, draw: Callable[[Form], str], language: Language, say: Words
    ) -> None:
        """Write the page, and the output unless the page is all that is asked for.

        Raises:
            CannotRead: a file cannot be written, or is there and not to be replaced.
        """
        if self.page is not None:
            put_file(views.page(thing, language=language), self.page, say, force=self.force)
            if not self.quiet:
                tell_written(self.page, say)
        if self.alone:
            return
        if self.office and self.output is not None:
            put_thing(thing, self.output, say, language, force=self.force)
            return
        form = "json" if self.form == "csv" else self.form
        put(draw(self.form), form, self.output, say, force=self.force)


def _form(given: Form | None, output: Path | None, say: Words) -> Form:
    if given is None and output is not None and output.suffix.lower() == _CSV:
        return "csv"
    return given if given == "csv" else format_of(given, output, say)
