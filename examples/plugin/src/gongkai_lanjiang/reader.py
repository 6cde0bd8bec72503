"""The export of the city's task system: a first line that says so, then a row a line.

#澜江任务系统导出 2024
澜江市2024年政务公开工作要点
序号|工作任务|责任单位|完成时限
1|公开重大建设项目审批结果。|市发展改革委|6月底前
"""

from __future__ import annotations

from gongkai.reading import Extract, Noise, PrintedCell, PrintedTable

_MARK = "#澜江任务系统导出"


def extract(data: bytes, origin: str) -> Extract | None:
    """Return the text of an export and where its cells stand; None for any other file."""
    if not data.startswith(_MARK.encode("utf-8")):
        return None
    text = data.decode("utf-8")
    mark_ends = text.find("\n") + 1
    cells: list[PrintedCell] = []
    start = end = row = 0
    for begins, line in _lines(text):
        if "|" not in line:
            continue
        start = start or begins
        end = begins + len(line)
        at = begins
        for column, words in enumerate(line.split("|")):
            where = ((at, at + len(words)),) if words else ()
            cells.append(PrintedCell(row, column, 1, 1, where, heading=row == 0))
            at += len(words) + 1
        row += 1
    tables = (PrintedTable(start, end, tuple(cells)),) if cells else ()
    noise = (Noise(0, mark_ends, "navigation"),)  # the first line is the system's, no part of the plan
    return Extract(text, media_type="text/x-lanjiang-export", encoding="utf-8", noise=noise, tables=tables)


def _lines(text: str) -> list[tuple[int, str]]:
    """Each line with where it begins."""
    found: list[tuple[int, str]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        found.append((at, line.rstrip("\r\n")))
        at += len(line)
    return found
