"""Tables of matters as files for a spreadsheet."""

from __future__ import annotations

import csv
import io

from gongkai.errors import InvalidValue
from gongkai.exchange._cells import guarded
from gongkai.merging import Consolidation
from gongkai.views import Language
from gongkai.views._matter_rows import MatterLine, matter_lines
from gongkai.views._text import clean
from gongkai.views._words import Words, words

__all__ = ["consolidation_csv"]


def consolidation_csv(table: Consolidation, *, language: Language = "zh", mark: bool = True) -> str:
    """Return a table of matters as CSV, a matter a row: whether each plan has it, its tasks, who and by when.

    No cell becomes a formula. The byte order mark tells Excel that it is UTF-8.

    Args:
        table: the table.
        language: the language of the column heads, ``zh`` or ``en``.
        mark: whether a byte order mark stands in front.

    Raises:
        InvalidValue: it is no table of matters, or there are no words in that language.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> table = gongkai.consolidate([Plan("澄湖区2024年要点", [Task("公开预决算。", label="1.")])])
    >>> for line in consolidation_csv(table, mark=False).splitlines():
    ...     print(line)
    编号,事项,所在章节,文件数,责任单位,完成时限,澄湖区,澄湖区：编号,澄湖区：工作任务,澄湖区：责任单位,澄湖区：完成时限
    1,公开预决算,,1,,,有,1,公开预决算。,,
    """
    if type(table) is not Consolidation:
        raise InvalidValue("consolidation_csv", "table", table, "a Consolidation")
    say = words(language)
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([guarded(head) for head in _heads(table, say)])
    for line in matter_lines(table, say):
        if isinstance(line, MatterLine):
            writer.writerow([guarded(cell) for cell in _cells(line, say)])
    return ("\ufeff" if mark else "") + target.getvalue()


def _heads(table: Consolidation, say: Words) -> list[str]:
    heads = [say[name] for name in ("columns.label", "matters.matter", "columns.section", "matters.having")]
    heads += [say["columns.who"], say["columns.due"]]
    for column in map(clean, table.columns):
        heads.append(column)
        heads += [
            say["matters.of_plan"].format(plan=column, what=say[f"columns.{name}"])
            for name in ("label", "task", "who", "due")
        ]
    return heads


def _cells(line: MatterLine, say: Words) -> list[str]:
    row = line.matter
    cells = [
        str(line.number),
        line.name,
        row.section,
        str(row.having),
        "\n".join(line.who),
        "\n".join(line.due),
    ]
    for cell in line.cells:
        text = "\n".join([text for _, text in cell.texts])
        cells += [say[f"matters.{cell.presence}"], cell.places, text, "\n".join(cell.who), cell.due]
    return cells
