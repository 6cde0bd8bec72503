"""How charts look: the library they are made with, fonts, and colours that do not hang on hue alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, final

from attrs import frozen

from gongkai.errors import InvalidValue, MissingExtra

if TYPE_CHECKING:
    import altair as alt

__all__ = ["THEMES", "Palette", "Theme", "dress", "library", "palette", "titled", "values"]

Theme: TypeAlias = Literal["light", "dark"]
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")

#: Fonts with Chinese characters on macOS, Windows, Linux, the first that is there.
FONTS: Final = (
    "PingFang SC, Hiragino Sans GB, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, "
    "WenQuanYi Micro Hei, sans-serif"
)


@final
@frozen
class Palette:
    """The colours of one theme; the hues are those of Okabe and Ito, which colour-blind people tell apart.

    Attributes:
        ground: what is painted below.
        ink: letters.
        soft: letters of less weight.
        line: fine lines, empty cells.
        few: the colour of the smallest number.
        many: that of the largest.
        on_few: letters on small numbers.
        on_many: letters on large ones.
        on_hue: letters on the blue; on the other hues letters are dark.
        hues: blue, orange, green, vermilion, sky, purple, grey.
    """

    ground: str
    ink: str
    soft: str
    line: str
    few: str
    many: str
    on_few: str
    on_many: str
    on_hue: str
    hues: Mapping[str, str]


_HUES: Final = {
    "blue": "#0072b2",
    "orange": "#e69f00",
    "green": "#009e73",
    "vermilion": "#d55e00",
    "sky": "#56b4e9",
    "purple": "#cc79a7",
}
_PALETTES: Final[dict[Theme, Palette]] = {
    "light": Palette(
        *("#ffffff", "#1c2128", "#59636e", "#dfe4e9", "#e3eefa", "#0b4a86", "#1c2128", "#ffffff", "#ffffff"),
        hues={**_HUES, "grey": "#9aa4ae"},
    ),
    "dark": Palette(
        *("#14181d", "#e6e9ed", "#9aa4b0", "#363d47", "#1d3047", "#a8d0fb", "#e6e9ed", "#14181d", "#14181d"),
        hues={**_HUES, "blue": "#3d9be0", "grey": "#7b8591"},
    ),
}


def palette(theme: str, owner: str) -> Palette:
    """Return the colours of a theme.

    Raises:
        InvalidValue: there is no such theme.
    """
    if theme not in THEMES:
        raise InvalidValue(owner, "theme", theme, f"one of {', '.join(THEMES)}")
    return _PALETTES["dark" if theme == "dark" else "light"]


def library(owner: str) -> None:
    """See to it that altair is there.

    Raises:
        MissingExtra: it is not installed.
    """
    if find_spec("altair") is None:
        raise MissingExtra("plot", owner)


def values(rows: Sequence[Mapping[str, object]]) -> alt.InlineData:
    """Return rows as data that stand in the chart itself, however many they are."""
    from altair import InlineData

    return InlineData(values=list(rows))


def titled(title: str, notes: Sequence[str]) -> alt.TitleParams:
    """A title, and below it what has to be said."""
    from altair import TitleParams, Undefined

    return TitleParams(title, subtitle=list(notes) or Undefined, anchor="start", frame="bounds")


def dress(chart: alt.TopLevelMixin, colours: Palette) -> None:
    """Give a chart its ground, its fonts and its letters, so that it is readable on any page."""
    from altair import Config

    named = {"labelFont": FONTS, "titleFont": FONTS, "labelColor": colours.ink, "titleColor": colours.soft}
    chart.config = Config.from_dict(  # type: ignore[attr-defined]
        {
            "background": colours.ground,
            "font": FONTS,
            "padding": 16,
            "view": {"stroke": None},
            "axis": {
                **named,
                "domain": False,
                "ticks": False,
                "grid": False,
                "labelLimit": 320,
                "labelFontSize": 12,
            },
            "header": {**named, "labelFontSize": 13, "labelFontWeight": "bold"},
            "legend": {**named, "labelLimit": 320},
            "title": {
                "color": colours.ink,
                "font": FONTS,
                "fontSize": 16,
                "subtitleColor": colours.soft,
                "subtitleFont": FONTS,
                "subtitleFontSize": 12,
                "offset": 14,
            },
            "text": {"font": FONTS},
        }
    )
