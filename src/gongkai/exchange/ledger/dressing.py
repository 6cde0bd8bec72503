"""What a ledger's sheet does by itself: lists to choose from, alerts, colours. All formulas stand here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from gongkai.codec.keeping import KeptColumn
from gongkai.exchange.ledger.words import words
from gongkai.views import Language

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["dress_up"]

#: Tasks due within so many days are shown as due soon.
SOON: Final = 30
_COLOURS: Final = {"overdue": "FFF9D9D6", "soon": "FFFFF3CD", "done": "FFDFF0DC"}
#: How many rows below the last one can be filled in likewise.
_SPARE: Final = 50


def dress_up(
    sheet: Worksheet,
    columns: Sequence[KeptColumn],
    head_row: int,
    last_row: int,
    today: date | None,
    language: Language,
) -> None:
    """Add lists, alerts and colours to the rows below the heads.

    Args:
        sheet: the sheet.
        columns: its columns.
        head_row: the row of the heads.
        last_row: the last row of a task.
        today: the day that counts as today; None for the day on which the file is opened.
        language: the language of what is shown.
    """
    from openpyxl.utils import get_column_letter

    letters = {column.holds: get_column_letter(at) for at, column in enumerate(columns, 1)}
    first, last = head_row + 1, max(last_row, head_row + 1) + _SPARE
    day = "TODAY()" if today is None else f"DATE({today.year},{today.month},{today.day})"
    shut = [words()["statuses"][name][language] for name in ("done", "paused")]
    _add_lists(sheet, letters, first, last, language)
    _add_alerts(sheet, letters, first, last_row, day, shut, language)
    _add_colours(sheet, letters, first, last, day, shut)


def _add_lists(sheet: Worksheet, letters: dict[str, str], first: int, last: int, language: Language) -> None:
    from openpyxl.worksheet.cell_range import MultiCellRange
    from openpyxl.worksheet.datavalidation import DataValidation

    statuses = ",".join([row[language] for row in words()["statuses"].values()])
    asked = {
        "status": DataValidation(type="list", formula1=f'"{statuses}"', allow_blank=True),
        "percent": DataValidation(
            type="decimal", operator="between", formula1="0", formula2="1", allow_blank=True
        ),
        "completed_on": DataValidation(
            type="date", operator="between", formula1="36526", formula2="73050", allow_blank=True
        ),
    }
    for name, rule in asked.items():
        rule.errorStyle = "warning"  # other words are understood as well when the ledger comes back
        rule.showErrorMessage = True
        rule.sqref = MultiCellRange(f"{letters[name]}{first}:{letters[name]}{last}")
        sheet.add_data_validation(rule)


def _add_alerts(
    sheet: Worksheet,
    letters: dict[str, str],
    first: int,
    last_row: int,
    day: str,
    shut: Sequence[str],
    language: Language,
) -> None:
    say = words()["alerts"]
    overdue, soon = say["overdue"][language], say["soon"][language]
    for row in range(first, last_row + 1):
        due, status = f"{letters['due']}{row}", f"{letters['status']}{row}"
        closed = ",".join([f'{status}="{word}"' for word in shut])
        sheet[f"{letters['alert']}{row}"] = (
            f'=IF(OR({due}="",{closed}),"",IF({due}<{day},"{overdue}",IF({due}-{day}<={SOON},"{soon}","")))'
        )


def _add_colours(
    sheet: Worksheet, letters: dict[str, str], first: int, last: int, day: str, shut: Sequence[str]
) -> None:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    due, status = f"${letters['due']}{first}", f"${letters['status']}{first}"
    going = ",".join([f'{status}<>"{word}"' for word in shut])
    rules = {
        "done": f'{status}="{shut[0]}"',
        "overdue": f'AND({due}<>"",{going},{due}<{day})',
        "soon": f'AND({due}<>"",{going},{due}>={day},{due}-{day}<={SOON})',
    }
    formats: Any = sheet.conditional_formatting
    for name, formula in rules.items():
        fill = PatternFill("solid", bgColor=_COLOURS[name], fgColor=_COLOURS[name])
        rule = Rule("expression", formula=[formula], dxf=DifferentialStyle(fill=fill), stopIfTrue=True)
        formats.add(f"{letters['due']}{first}:{letters['alert']}{last}", rule)
