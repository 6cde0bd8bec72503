"""Tables in text whose cells run together: 工作任务牵头单位工作要求一、公开1.公开目录区司法局及时更新.

Labels begin the rows. In a row the bodies are told by their names: they stand at its end where no text
follows in the heads, else between two texts. Nothing shows where one cell of bodies ends and the next begins
but that names abut, and that collectives (各部门) rarely lead; a finding says where that was a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gongkai.directory.naming import last_place
from gongkai.reading.clauses import parse_clause
from gongkai.reading.lines import BLANK, Passage
from gongkai.reading.noise import name_of
from gongkai.reading.tables.assembling import Assembler, Ranges
from gongkai.reading.tables.columns import ROLES
from gongkai.reading.tables.cutting import Stretch, cut_rows
from gongkai.reading.tables.grid import Head
from gongkai.reading.tables.heads import Heads, find_heads
from gongkai.reading.tables.names import Name, NameFinder, Run
from gongkai.reading.tables.ruled import Found, heads_of
from gongkai.reading.tables.sharing import groups_of, names_group, share_groups
from gongkai.reading.tables.sorts import sort_of, time_closing, time_opening
from gongkai.reading.titles import division_in, is_title

__all__ = ["find_flattened"]

#: A line that holds heads and rows is longer; one of heads alone is shorter.
_LONG: Final = 40
_HEAD_LINE: Final = 100
#: In a document of many lines only longer ones are looked at.
_FEW: Final = 60
_LONGER: Final = 400
#: How a line ends that may be nothing but heads: a cheap look.
_LAST: Final = "求位门室限注容施间工"
#: Titles stand in the first lines.
_HEAD_LINES: Final = 80
#: Names count only if they are worth this.
_SURE: Final = 2.0
_SURE_AT_END: Final = 1.4
#: In a table of so many rows that name bodies, this share of them shows what is usual.
_ENOUGH: Final = 8
_USUAL: Final = 0.8
#: A heading is no longer than this, and holds no full stop.
_HEADING: Final = 60
#: What stands in the column of times is no longer than this.
_TIME: Final = 20
#: What of a name is not known is no longer than this.
_NAME: Final = 12
#: What only a clause says, no cell of names.
_VERB: Final = re.compile("牵头|负责|落实|配合|职责分工")
_BLANK: Final = re.compile(r"\s++")
_SENTENCE: Final = re.compile("[。！？!?；;](?=.)", re.DOTALL)
_SEPARATORS: Final = "、，,；;/／"


def find_flattened(source: str, lines: Sequence[Passage]) -> Iterator[Found]:
    """Yield the task tables whose heads and rows run together.

    Args:
        source: the text.
        lines: its lines, in order.
    """
    after = 0
    long = _LONG if len(lines) < _FEW else _LONGER
    for at in [
        at
        for at, line in enumerate(lines)
        if len(line.text) > long
        or (line.style < 0 and line.text[-1] in _LAST and len(line.text) <= _HEAD_LINE)
    ]:
        line = lines[at]
        if line.start < after or line.cuts or (heads := find_heads(line.text)) is None:
            continue
        end = line.end
        if len(line.text) - heads.end < _LONG:
            end = _last_line(source, lines, at)
        found = _Flattened(source, line.start, heads, end, _places(lines[:at])).read()
        if found is not None:
            after = found.table.end
            yield found


def _last_line(source: str, lines: Sequence[Passage], at: int) -> int:
    """Where the last line below heads in a line of their own ends; another table ends them too."""
    end = lines[at].end
    for below in range(at + 1, len(lines)):
        line = lines[below]
        if is_title(line.text) or name_of(line.text, "line", "tail") is not None:
            break
        if source[end : line.start].strip(BLANK):
            break
        end = line.end
    return end


def _places(lines: Sequence[Passage]) -> list[str]:
    """The divisions that the titles above a table name: each with what is above it, and alone."""
    titles = [line.text for line in lines[:_HEAD_LINES] if line.style < 0 and is_title(line.text)]
    names = [division.name for title in titles if (division := division_in(title)) is not None]
    return list(dict.fromkeys([*names, *(last_place(name) for name in names)]))


class _Row(NamedTuple):
    """A row: its stretch, and the window in which its bodies are looked for."""

    stretch: Stretch
    begin: int
    end: int

    @property
    def apart(self) -> bool:
        """Whether a sentence ends before the window."""
        return self.begin > self.stretch.body


class _Flattened:
    """Reads one table."""

    def __init__(self, source: str, base: int, heads: Heads, end: int, places: Sequence[str]) -> None:
        self.source = source
        self.columns = heads.columns
        self.start = base + heads.start
        self.body = base + heads.end
        self.end = end
        cells = [tuple([(base + start, base + stop) for start, stop in one]) for one in heads.cells]
        self.heads = heads_of(cells)
        self.bodies = [at for at, column in enumerate(self.columns) if column.holds in ROLES]
        self.texts = [at for at, column in enumerate(self.columns) if column.holds in {"task", "requirement"}]
        self.times = [at for at, column in enumerate(self.columns) if column.holds == "deadline"]
        self.extras = [at for at, column in enumerate(self.columns) if column.holds == "extra"]
        self.before = [at for at in self.texts if at < self.bodies[0]] if self.bodies else self.texts
        self.behind = [at for at in self.texts if self.bodies and at > self.bodies[-1]]
        offices = any(self.columns[at].name.endswith(("处室", "科室", "股室")) for at in self.bodies)
        self.finder = NameFinder(source, places, offices=offices)
        self.assembler = Assembler(source, self.columns, first=1, barred=False)
        self.guessed: list[int] = []
        self.labelled = False  # whether headings have labels, so that no other text is one
        self.collective = False  # whether nearly all rows name a collective
        self.number = next((at for at, column in enumerate(self.columns) if column.holds == "number"), None)
        self.rows = 0
        self.named = 0

    def read(self) -> Found | None:
        """Return the table, or None where no rows are found."""
        numbers = any(column.holds == "number" for column in self.columns)
        stretches = cut_rows(self.source, self.body, self.end, numbers=numbers)
        stretches[-1:] = [self._without_foot(stretch) for stretch in stretches[-1:]]
        rows = self._rows(stretches)
        self.labelled = len(rows) < len(stretches)
        if not rows or not self.before:
            return None
        for window in rows.values():
            self.finder.look(window.begin, window.end, apart=window.apart)
        self._learn(list(rows.values()))
        end = self.body
        for stretch in stretches:
            row = rows.get(stretch.start)
            end = self._banner(stretch) if row is None else self._row(row, last=stretch is stretches[-1])
        table = self.assembler.table(self.start, end, self.heads)
        return Found(
            table,
            Head(self.columns, 0, 1, self.heads),
            self.assembler.lost,
            self.guessed,
            (self.rows, self.named),
        )

    def _without_foot(self, stretch: Stretch) -> Stretch:
        """The last stretch without what a page prints below: 来源：…, 附件下载."""
        for blank in _BLANK.finditer(self.source, stretch.body, stretch.end):
            after = self.source[blank.end() : blank.end() + _HEADING]
            if name_of(after, "tail", "line") is not None:
                return stretch._replace(end=blank.start())
        return stretch

    def _rows(self, stretches: Sequence[Stretch]) -> dict[int, _Row]:
        """The rows by where they begin: items, where there are none the deepest level, and long headings."""
        deepest = max([stretch.rank for stretch in stretches], default=0)
        items = any(stretch.item for stretch in stretches)
        found: dict[int, _Row] = {}
        for stretch in stretches:
            text = self.source[stretch.body : stretch.end]
            row = stretch.item if items else stretch.rank == deepest
            if row or "。" in text or len(text) > _HEADING:
                found[stretch.start] = self._window(stretch)
        return found

    def _window(self, stretch: Stretch) -> _Row:
        """Where the bodies of a row can stand: behind its last sentence, or before the end of its first."""
        begin, end = stretch.body, stretch.end
        if self.behind:
            stop = self.source.find("。", begin, end)
            return _Row(stretch, begin, end if stop < 0 else stop)
        for sentence in _SENTENCE.finditer(self.source, begin, end):
            begin = sentence.end()
        return _Row(stretch, begin, end)

    def _banner(self, stretch: Stretch) -> int:
        self.assembler.banner(((stretch.start, stretch.end),))
        return stretch.end

    def _row(self, row: _Row, *, last: bool) -> int:
        """Add a row; return where it ends."""
        run = self._run(row)
        if run is None and not self.behind and (end := self._unknown(row)):
            return end
        if run is None:
            end = self._end(row.stretch, last=last)
            time = time_closing(self.source[row.begin : row.end]) if self.times and not self.behind else -1
            if time > 0:
                begin = row.begin + time
                text = {self.before[-1]: self._trimmed(row.stretch.start, begin)}
                text[self.times[0]] = self._trimmed(begin, row.stretch.end)
                return self._place(row, text, row.stretch.end, guessed=False)
            return self._place(row, {self.before[-1]: ((row.stretch.start, end),)}, end, guessed=False)
        return self._between(row, run, last=last) if self.behind else self._at_end(row, run, last=last)

    def _learn(self, rows: Sequence[_Row]) -> None:
        """Learn from all rows whether their bodies end with a collective: a name alone is none then."""
        found = [run for row in rows if (run := self._run(row)) is not None]
        groups = sum(names_group(self.source, run.names) for run in found)
        self.collective = len(found) >= _ENOUGH and groups >= _USUAL * len(found)

    def _run(self, row: _Row) -> Run | None:
        """The bodies of a row."""
        found = self._best_run(row)
        if found is None or not self.collective or self.source[found.start - 1] in BLANK:
            return found
        return found if len(found.names) > 1 or names_group(self.source, found.names) else None

    def _best_run(self, row: _Row) -> Run | None:
        least = _SURE if self.behind else _SURE_AT_END
        runs = self.finder.runs(row.begin, row.end, apart=row.apart)
        whole = None if self.behind else runs.ending(row.end, least)
        return whole or runs.best(least)

    def _unknown(self, row: _Row) -> int:
        """Add a row whose last sentence is followed by what begins with a name; 0 for another."""
        rest = self._trimmed(row.begin, row.end)
        if not rest or not row.apart or not self.bodies or row.end - row.begin > _HEADING:
            return 0
        known = any(at in self.finder.candidates for at in range(row.begin, row.end))
        if not known and self.finder.first.match(self.source, rest[0][0]) is None:
            return 0
        placed = {
            self.before[-1]: self._trimmed(row.stretch.start, row.begin),
            self.bodies[-1]: self._trimmed(row.begin, row.end),
        }
        return self._place(row, placed, row.end, guessed=True)

    def _end(self, stretch: Stretch, *, last: bool) -> int:
        """Where the text of a row ends: the last one's with its last sentence, what follows is a foot."""
        stop = self.source.rfind("。", stretch.body, stretch.end) if last else -1
        return stretch.end if stop < 0 else stop + 1

    def _between(self, row: _Row, run: Run, *, last: bool) -> int:
        """A row whose bodies stand between two texts: a collective ends them."""
        groups = groups_of(self.source, run)
        single = len(self.bodies) == 1  # names with separators between them end the only column as well
        closed = next(
            (at for at, group in enumerate(groups, 1) if self._closes(group, single=single)), len(groups)
        )
        placed, guessed = self._shared(row, groups[:closed])
        begin = max(stop for one in placed.values() for _, stop in one)
        end = self._end(row.stretch, last=last)
        end = max(end, begin)
        if self.times and self.bodies[-1] < self.times[0] < self.behind[0]:
            stop = begin + time_opening(self.source[begin:end])
            if stop > begin:
                placed[self.times[0]] = ((begin, stop),)
            begin = stop
        placed[self.before[-1]] = self._trimmed(row.stretch.start, run.start)
        if text := self._trimmed(begin, end):
            placed[self.behind[0]] = text
        return self._place(row, placed, end, guessed=guessed)

    def _closes(self, group: Sequence[Name], *, single: bool) -> bool:
        return (single and len(group) > 1) or names_group(self.source, group)

    def _at_end(self, row: _Row, run: Run, *, last: bool) -> int:
        """A row whose bodies end it, perhaps with a time or a remark, or with the next heading."""
        if row.apart and (clause := self._clause(row)) > 0:
            return clause
        placed, guessed = self._shared(row, groups_of(self.source, run))
        placed[self.before[-1]] = self._trimmed(row.stretch.start, run.start)
        if self.times and self.times[0] < self.bodies[0]:
            self._time_before(placed, row)
        rest = self._trimmed(run.end, row.end)
        if not rest:
            return self._place(row, placed, run.end, guessed=guessed)
        start, end = rest[0]
        text = self.source[start:end]
        if self.times and (time := time_closing(text, clause=True)) >= 0:
            placed[self.times[0]] = ((start + time, end),)
            if time:
                self._extend(placed, self._trimmed(start, start + time)[-1][1])
            return self._place(row, placed, end, guessed=guessed)
        if self.times and text[0] not in _SEPARATORS and (self.labelled or last) and len(text) <= _TIME:
            placed[self.times[0]] = rest  # 按规定时限
            return self._place(row, placed, end, guessed=True)
        if text[0] in _SEPARATORS or (self.labelled and len(text) <= _NAME and start == run.end):
            self._extend(placed, end)
            return self._place(row, placed, end, guessed=True)
        if self.extras and not last:
            placed[self.extras[-1]] = rest
            return self._place(row, placed, end, guessed=True)
        behind = self._place(row, placed, run.end, guessed=guessed)
        if last:
            return behind
        self.assembler.banner(rest)
        return end

    def _clause(self, row: _Row) -> int:
        """Add a row behind whose last sentence a whole clause stands: names and verbs; 0 for another."""
        window = self._trimmed(row.begin, row.end)
        if not window or window[0][0] not in self.finder.candidates:
            return 0
        start, end = window[0]
        time = time_closing(self.source[start:end], clause=True) if self.times else -1
        stop = end if time <= 0 else start + time
        if not _VERB.search(self.source, start, stop) or parse_clause(self.source[start:stop]) is None:
            return 0
        placed = {
            self.before[-1]: self._trimmed(row.stretch.start, start),
            self.bodies[-1]: self._trimmed(start, stop),
        }
        if stop < end:
            placed[self.times[0]] = self._trimmed(stop, end)
        return self._place(row, placed, end, guessed=False)

    def _shared(self, row: _Row, groups: Sequence[Sequence[Name]]) -> tuple[dict[int, Ranges], bool]:
        """The cells of bodies by column, and whether which stands where was a guess."""
        start = groups[0][0].start
        blank = start > row.stretch.body and self.source[start - 1] in BLANK
        return share_groups(self.source, groups, self.bodies, blank=blank)

    def _extend(self, placed: dict[int, Ranges], end: int) -> None:
        """Let the last cell of bodies reach to a place."""
        column = max(at for at in placed if at in self.bodies)
        placed[column] = (*placed[column][:-1], (placed[column][-1][0], end))

    def _place(self, row: _Row, placed: dict[int, Ranges], end: int, *, guessed: bool) -> int:
        """Add a row to the table; return where it ends."""
        if self.number is not None:
            stretch = row.stretch
            ((_, stop), *rest) = placed[self.before[-1]]
            placed[self.number] = self._trimmed(stretch.start, stretch.body)
            placed[self.before[-1]] = (*self._trimmed(stretch.body, stop), *rest)
        if guessed:
            self.guessed.append(self.assembler.row)
        self.rows += 1
        self.named += any(at in placed for at in self.bodies)
        self.assembler.place(placed)
        return end

    def _time_before(self, placed: dict[int, Ranges], row: _Row) -> None:
        """Take a time that stands between the last sentence and the bodies."""
        ((start, end),) = placed[self.before[-1]]
        begin = max(row.begin, start)
        if begin < end and sort_of(self.source[begin:end]) == "time" and start < begin:
            placed[self.times[0]] = self._trimmed(begin, end)
            placed[self.before[-1]] = self._trimmed(start, begin)

    def _trimmed(self, begin: int, end: int) -> Ranges:
        text = self.source[begin:end]
        kept = text.strip(BLANK)
        start = begin + len(text) - len(text.lstrip(BLANK))
        return ((start, start + len(kept)),) if kept else ()
