"""Plans in and out, many at a time and in other formats.

- ``answers``: what annotators answer, as tables that they fill in and as JSON.
- ``comments``: what departments say of a draft, from a sheet.
- ``many``: a folder of documents, read in several processes.
- ``ledger``: a ledger that departments fill in, and its way back.
- ``consolidation``: a table of matters, for a spreadsheet.
- ``marks``: what a person says does not apply, as tables that are filled in and as JSON.
- ``merge_table``: a merge, for a spreadsheet.
- ``saving``: a file, whole or not at all.
- ``writing``: ``write``, by the suffix of the file's name; its forms of text are in ``text_files``.
- ``sheets``: coverages and histories as tables for a spreadsheet.
"""

from gongkai.exchange.answers import read_answers, write_answers
from gongkai.exchange.comments import read_comments
from gongkai.exchange.consolidation import consolidation_csv
from gongkai.exchange.ics import CalendarEntry, DeadlineCalendar, LeftOut, deadline_calendar
from gongkai.exchange.ledger import DepartmentProgress, Disagreement, Ledger, read_ledger, write_ledger
from gongkai.exchange.many import Outcome, read_many
from gongkai.exchange.marks import read_marks, write_marks
from gongkai.exchange.merge_table import merge_csv
from gongkai.exchange.sheets import coverage_csv, history_csv
from gongkai.exchange.writing import Writable, write

__all__ = [
    "CalendarEntry",
    "DeadlineCalendar",
    "DepartmentProgress",
    "Disagreement",
    "Ledger",
    "LeftOut",
    "Outcome",
    "Writable",
    "consolidation_csv",
    "coverage_csv",
    "deadline_calendar",
    "history_csv",
    "merge_csv",
    "read_answers",
    "read_comments",
    "read_ledger",
    "read_many",
    "read_marks",
    "write",
    "write_answers",
    "write_ledger",
    "write_marks",
]
