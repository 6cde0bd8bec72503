"""The picture of a history: a column a plan, a block a task, ribbons for the links between them (SVG).

Nothing in it needs a script or a style of its own; colours come from classes. The text of a block is cut to
fit, counted in the width of its characters, and stands in a picture of its own, which lets nothing out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, final
from unicodedata import east_asian_width

from gongkai.comparing import Entry, Exit, History, Stage, Tie, TieKind
from gongkai.views._history_rows import column_names, label_of, stage_words
from gongkai.views._html import Html, join, tag
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["fitting", "flow_svg", "legend"]

#: The width of a block, at least and at most, and that of a picture that fits a page.
_NARROWEST: Final = 150
_WIDEST: Final = 320
_PAGE: Final = 1160

#: Its height, the room between two of them and between columns, and that of the heads above.
_HEIGHT: Final = 22
_GAP: Final = 4
_BETWEEN: Final = 76
_HEAD: Final = 34
_EDGE: Final = 4

#: The size of letters in a block, and how wide a narrow one may be, in parts of it.
_LETTER: Final = 11.5
_NARROW: Final = 0.62

#: From this share of changed text on a ribbon is that of a rewritten task.
_REWRITTEN: Final = 0.5

_ENTRIES: Final = {Entry.BORN: "gk-add", Entry.SPLIT: "gk-move", Entry.RETURNED: "gk-edit"}
_EXITS: Final = {Exit.ENDED: "gk-drop", Exit.MERGED: "gk-move", Exit.PAUSED: "gk-edit"}


def _wide(character: str) -> float:
    return 1.0 if east_asian_width(character) in "WFA" else _NARROW


def fitting(text: str, room: float, letter: float = _LETTER) -> str:
    """Return as much of a text as fits into so many units, with … where something is left out.

    >>> fitting("公开财政预决算", 60), fitting("2024", 60)
    ('公开财政…', '2024')
    """
    if sum(map(_wide, text)) * letter <= room:
        return text
    used, kept = letter, ""
    for character in text:
        used += _wide(character) * letter
        if used > room:
            break
        kept += character
    return kept + "…"


class _Spot(NamedTuple):
    """Where a block stands."""

    x: float
    y: float


@final
class _Flow:
    """The picture under way."""

    def __init__(self, history: History, say: Words) -> None:
        self.history, self.say = history, say
        self.columns = [history.stages(column) for column in history.columns]
        number = len(self.columns)
        fair = (_PAGE - _BETWEEN * (number - 1)) // number
        self.width = min(max(fair, _NARROWEST), _WIDEST)
        self.spots = {
            stage.id: _Spot(place * (self.width + _BETWEEN), _HEAD + row * (_HEIGHT + _GAP))
            for place, stages in enumerate(self.columns)
            for row, stage in enumerate(stages)
        }
        self.stages = {stage.id: stage for stages in self.columns for stage in stages}
        self.out = self._slices(lambda tie: tie.old, lambda tie: tie.new)
        self.into = self._slices(lambda tie: tie.new, lambda tie: tie.old)

    @property
    def size(self) -> tuple[int, int]:
        rows = max(map(len, self.columns), default=0)
        width = len(self.columns) * (self.width + _BETWEEN) - _BETWEEN
        return width, _HEAD + max(rows, 1) * (_HEIGHT + _GAP)

    def _slices(
        self, near: Callable[[Tie], str], far: Callable[[Tie], str]
    ) -> dict[Tie, tuple[float, float]]:
        """Share the side of each block among the ribbons that meet there, from top to bottom."""
        meeting: dict[str, list[Tie]] = {}
        for tie in self.history.ties:
            if tie.kind is not TieKind.RETURNED:
                meeting.setdefault(near(tie), []).append(tie)
        found: dict[Tie, tuple[float, float]] = {}
        for place, ties in meeting.items():
            ties.sort(key=lambda tie: self.spots[far(tie)].y)
            top, part = self.spots[place].y, _HEIGHT / len(ties)
            found.update({tie: (top + n * part, top + (n + 1) * part) for n, tie in enumerate(ties)})
        return found

    def ribbon(self, tie: Tie) -> Html:
        """A link as a ribbon, or, over plans without the task, as a broken line."""
        start, end = self.spots[tie.old].x + self.width, self.spots[tie.new].x
        middle = (start + end) / 2
        told = tag("title", self._told(tie))
        if tie.kind is TieKind.RETURNED:
            above, below = (self.spots[place].y + _HEIGHT / 2 for place in (tie.old, tie.new))
            line = (
                f"M{start:.0f} {above:.1f}C{middle:.0f} {above:.1f} {middle:.0f} {below:.1f} "
                f"{end:.0f} {below:.1f}"
            )
            return tag("path", told, d=line, class_="gk-leap")
        (a, b), (c, d) = self.out[tie], self.into[tie]
        line = (
            f"M{start:.0f} {a:.1f}C{middle:.0f} {a:.1f} {middle:.0f} {c:.1f} {end:.0f} {c:.1f}"
            f"V{d:.1f}C{middle:.0f} {d:.1f} {middle:.0f} {b:.1f} {start:.0f} {b:.1f}Z"
        )
        return tag("path", told, d=line, class_=f"gk-ribbon {self._colour(tie)}")

    def _colour(self, tie: Tie) -> str:
        if tie.kind is not TieKind.CONTINUED:
            return "gk-move"
        return "gk-edit" if (self.stages[tie.new].rewording or 0) >= _REWRITTEN else "gk-same"

    def _told(self, tie: Tie) -> str:
        names = [
            f"{clean(self.stages[place].column)} {label_of(self.stages[place].task)}"
            for place in (tie.old, tie.new)
        ]
        return f"{' → '.join(names)}{self.say.colon}{self.say[f'ties.{tie.kind}']}"

    def block(self, stage: Stage, target: str | None) -> Html:
        """A task as a block, whose edges tell that it is new or that it ends here."""
        x, y = self.spots[stage.id]
        size = {"y": f"{y:.0f}", "height": str(_HEIGHT)}
        parts = [
            tag("title", self._facts(stage)),
            tag("rect", x=f"{x:.0f}", width=str(self.width), rx="3", class_="gk-block", **size),
        ]
        came = _ENTRIES.get(stage.entry) if stage.place else None
        if came is not None:
            parts.append(tag("rect", x=f"{x:.0f}", width=str(_EDGE), class_=came, **size))
        went = _EXITS.get(stage.exit)
        if went is not None:
            parts.append(
                tag("rect", x=f"{x + self.width - _EDGE:.0f}", width=str(_EDGE), class_=went, **size)
            )
        label = clean(stage.task.label or "").rstrip(".．、,，")
        words = fitting(f"{label} {clean(stage.task.text)}".strip(), self.width - 2 * _EDGE - 8)
        inside = tag("text", words, x=str(_EDGE + 4), y="15.5", font_size=str(_LETTER))
        parts.append(tag("svg", inside, x=f"{x:.0f}", width=str(self.width - _EDGE), **size))
        if target is None:
            return tag("g", *parts)
        # The rows of the table tell the same to whoever cannot see the picture, and are reached by the keys.
        return tag("a", *parts, href=target, tabindex="-1")

    def _facts(self, stage: Stage) -> str:
        names = "、".join([clean(body.name) for body in stage.task.departments])
        facts = [f"{clean(stage.column)} {label_of(stage.task)}", clean(stage.task.text), names]
        return "\n".join(filter(None, [*facts, self.say["history.gap"].join(stage_words(stage, self.say))]))

    def head(self, place: int, name: str, title: str) -> Html:
        """What stands above a column."""
        x, room = place * (self.width + _BETWEEN), self.width
        count = self.say.count("history.tasks", len(self.columns[place]))
        words = [
            tag("title", title),
            tag("tspan", fitting(name, room - 60, 14), font_size="14", font_weight="600"),
            tag("tspan", f" {count}", font_size=str(_LETTER), class_="gk-faint"),
        ]
        return tag("text", *words, x=str(x), y="18")


def flow_svg(
    history: History, say: Words, targets: Callable[[str], str | None], *, paper: bool = False
) -> Html:
    """Draw a history.

    Args:
        history: what to draw.
        say: the words.
        targets: the link to a thread on the page by its id, or None.
        paper: whether it may be printed: what does not fit a sheet comes in sheets as well, which only paper
            shows.
    """
    flow = _Flow(history, say)
    width, height = flow.size
    order: Sequence[Tie] = sorted(history.ties, key=lambda tie: tie.kind is not TieKind.CONTINUED)
    heads = [flow.head(place, *names) for place, names in enumerate(column_names(history, say))]
    blocks = [flow.block(stage, targets(stage.thread)) for stages in flow.columns for stage in stages]
    sheets = list(_sheets(flow, width, height)) if paper else []
    parts = [[*[flow.ribbon(tie) for tie in order], *blocks], heads]
    if sheets:
        parts = [
            [tag("g", *part, class_="gk-flow-in", id=name)]
            for part, name in zip(parts, (_BODY, _HEADS), strict=True)
        ]
    whole = tag(
        "svg",
        tag("title", say["history.flow"]),
        tag("desc", say["history.described"]),
        *[drawn for part in parts for drawn in part],
        class_="gk-flow gk-flow-whole" if sheets else "gk-flow",
        viewBox=f"0 0 {width} {height}",
        width=str(width),
        height=str(height),
        role="img",
        lang="zh-CN",
    )
    return join([whole, *sheets])


#: What the sheets show again, by its address.
_BODY: Final = "gk-flow-body"
_HEADS: Final = "gk-flow-heads"

#: The room of a sheet of paper on its side (A4), and down to which scale the letters are legible.
_SHEET: Final = (1016, 620)
_LEGIBLE: Final = 0.8


def _sheets(flow: _Flow, width: int, height: int) -> Iterator[Html]:
    """Cut a picture that does not fit a sheet: so many columns and rows a sheet, the heads above each.

    The last column of a sheet is the first of the next, so that every ribbon is whole on one of them.
    """
    scale = min(_SHEET[0] / width, 1.0)
    if scale >= _LEGIBLE and height * scale <= _SHEET[1]:
        return
    step = flow.width + _BETWEEN
    wide = len(flow.columns) if scale >= _LEGIBLE else max((_SHEET[0] + _BETWEEN) // step, 2)
    room = min(wide * step - _BETWEEN, width)
    rows = max(int(_SHEET[1] * room / _SHEET[0] - _HEAD) // (_HEIGHT + _GAP), 1) * (_HEIGHT + _GAP)
    for first in range(0, max(len(flow.columns) - 1, 1), max(wide - 1, 1)):
        left = first * step
        part = min(room, width - left)
        tallest = _HEAD + max(map(len, flow.columns[first : first + wide])) * (_HEIGHT + _GAP)
        for top in range(_HEAD, max(tallest, _HEAD + 1), rows):
            body = min(rows, tallest - top) - _GAP + 1
            yield tag(
                "svg",
                _window(_HEADS, (left, 0, part, _HEAD), 0),
                _window(_BODY, (left, top, part, body), _HEAD),
                class_="gk-flow gk-flow-sheet",
                viewBox=f"0 0 {room} {_HEAD + body}",
                aria_hidden="true",
                lang="zh-CN",
            )


def _window(name: str, box: tuple[int, int, int, int], y: int) -> Html:
    """A part of what has an address, at the left edge and so far down."""
    _, _, width, height = box
    return tag(
        "svg",
        tag("use", href=f"#{name}"),
        viewBox=" ".join(map(str, box)),
        y=str(y),
        width=str(width),
        height=str(height),
    )


def legend(say: Words) -> Html:
    """What the colours of the picture mean."""
    ribbons = (("gk-same", "keeps"), ("gk-edit", "rewrites"), ("gk-move", "branches"))
    found = [
        tag(
            "li",
            _sample(tag("rect", width="22", height="12", class_=f"gk-ribbon {colour}")),
            say[f"history.{name}"],
        )
        for colour, name in ribbons
    ]
    found.append(tag("li", _sample(tag("path", d="M0 6H22", class_="gk-leap")), say["history.resumes"]))
    for colour, name, x in (("gk-add", "entries.born", "0"), ("gk-drop", "exits.ended", "18")):
        edge = tag("rect", x=x, width=str(_EDGE), height="12", class_=colour)
        block = tag("rect", width="22", height="12", class_="gk-block")
        found.append(tag("li", _sample(block, edge), say[name]))
    return tag("ul", *found, class_="gk-key")


def _sample(*parts: str) -> Html:
    return tag("svg", *parts, viewBox="0 0 22 12", width="22", height="12", aria_hidden="true")
