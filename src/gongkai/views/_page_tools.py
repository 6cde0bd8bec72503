"""The parts of a page that the script acts on: items, folds, filters, tools. ``_page.py`` tells their use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, final

from gongkai.views._html import Html, join, tag
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "Ids",
    "Pick",
    "anchor",
    "bar",
    "choice",
    "filtered",
    "fold_line",
    "fragment",
    "item",
    "keys",
    "modes",
    "nothing",
    "numbered",
    "picks",
    "search_box",
    "shown",
    "switch",
    "theme",
]


@final
class Ids:
    """Gives out the addresses of a page, each once.

    >>> ids = Ids()
    >>> ids.of("new", "一.(一).#2"), ids.of("new", "3 4"), ids.of("new", "3 4"), ids.of("new", "")
    ('new-一.(一).#2', 'new-3_4', 'new-3_4_2', 'new-')
    """

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def of(self, kind: str, name: str) -> str:
        """Return an address for a thing; a number goes behind it where it is taken."""
        wanted = found = f"{kind}-{'_'.join(clean(name).split())[:80]}"
        while found in self._taken:
            self._taken[wanted] += 1
            found = f"{wanted}_{self._taken[wanted]}"
        self._taken[found] = 1
        return found


def numbered(group: str, names: Iterable[str]) -> dict[str, str]:
    """Return a token for each of the names, in their order.

    >>> numbered("d", ["区财政局", "区司法局", "区财政局"])
    {'区财政局': 'd-0', '区司法局': 'd-1'}
    """
    return {name: f"{group}-{place}" for place, name in enumerate(dict.fromkeys(names))}


def item(
    name: str,
    *children: str,
    of: Iterable[str],
    address: str,
    class_: str = "",
    fold: str | None = None,
) -> Html:
    """Write an element that can be filtered, found, walked to and linked to.

    Args:
        name: the element's name.
        children: what stands in it.
        of: its tokens.
        address: its address on the page, of :class:`Ids`.
        class_: classes of its own.
        fold: the name of the fold that hides it.
    """
    return tag(
        name,
        *children,
        class_=f"gk-item {class_}".strip(),
        id=address,
        data_of=" ".join(dict.fromkeys(of)),
        data_fold=fold,
    )


def fragment(address: str) -> str:
    """The address as a link to it.

    >>> fragment("new-一.(一).#2")
    '#new-一.(一).%232'
    """
    return "#" + re.sub(r"[%#\s\"<>]", lambda found: f"%{ord(found[0]):02X}", address)


def anchor(address: str, say: Words) -> Html:
    """A link to an item or a heading, to be copied."""
    words = say["page.link"]
    return tag("a", "#", class_="gk-anchor", href=fragment(address), title=words, aria_label=words)


def fold_line(fold: str, number: int, words: str, *, span: int | None = None) -> Html:
    """The button that opens a fold: a row of a table, over ``span`` columns, else an item of a list.

    The number stands in the words once, and counts what the filters leave.
    """
    before, _, after = words.partition(str(number))
    button = tag(
        "button",
        tag("span", before, tag("b", str(number)), after),
        type="button",
        class_="gk-fold",
        data_opens=fold,
        aria_expanded="false",
    )
    if span is None:
        return tag("li", button, class_="gk-fold-line")
    return tag("tr", tag("td", button, colspan=str(span)), class_="gk-fold-line")


class Pick(NamedTuple):
    """One count that filters.

    Attributes:
        token: what it shows.
        words: its words, the number among them.
        colour: the class that colours it.
        unfolds: whether it shows what is folded.
    """

    token: str
    words: str
    colour: str = ""
    unfolds: bool = False


def picks(group: str, label: str, chosen: Sequence[Pick]) -> Html:
    """Counts as buttons, of which several may be pressed; nothing where there are none."""
    if not chosen:
        return Html()
    buttons = [_pick(group, pick) for pick in chosen]
    return tag("ul", tag("li", label, class_="gk-of"), *buttons, class_="gk-picks")


def _pick(group: str, pick: Pick) -> Html:
    parts = re.split(r"(\d+)", pick.words)
    inside = [tag("b", part) if part.isdigit() else part for part in parts if part]
    button = tag(
        "button",
        *inside,
        type="button",
        class_=f"gk-chip gk-pick {pick.colour}".strip(),
        data_group=group,
        data_token=pick.token,
        data_unfolds=pick.unfolds,
        aria_pressed="false",
    )
    return tag("li", button)


def bar(*tools: str, label: str) -> Html:
    """The line of tools, which stays in sight."""
    return tag("div", *tools, class_="gk-bar gk-needs-script", role="search", aria_label=label)


def search_box(say: Words) -> Html:
    """The field for words to look for."""
    return tag(
        "input",
        type="search",
        data_search=True,
        placeholder=say["page.search"],
        aria_label=say["page.search"],
        aria_keyshortcuts="/",
        autocomplete="off",
        spellcheck="false",
    )


def choice(
    group: str,
    every: str,
    tokens: Iterable[tuple[str, str]] = (),
    groups: Iterable[tuple[str, Sequence[tuple[str, str]]]] = (),
) -> Html:
    """A list of which one may be chosen; nothing where there is no choice.

    Args:
        group: the group of the tokens.
        every: the words for all of them, which are the list's name as well.
        tokens: the tokens with their words.
        groups: tokens that stand below a name together.
    """
    held = [(name, _options(inside)) for name, inside in groups if inside]
    options = [*_options(tokens), *[tag("optgroup", *inside, label=name) for name, inside in held]]
    if len(options) - len(held) + sum(len(inside) for _, inside in held) < 2:
        return Html()
    return tag("select", tag("option", every, value=""), *options, data_group=group, aria_label=every)


def _options(tokens: Iterable[tuple[str, str]]) -> list[Html]:
    return [tag("option", words, value=token) for token, words in tokens]


def switch(
    words: str,
    *,
    turns: str | None = None,
    swap: tuple[str, str] | None = None,
    opens: bool = False,
    on: bool = False,
) -> Html:
    """A box to be ticked.

    Args:
        words: its words.
        turns: the class that it gives the page.
        swap: the group whose tokens it has stand for those of another, and that other one.
        opens: whether it opens and closes every ``details.gk-why``.
        on: whether it is ticked to begin with.
    """
    swapped = " ".join(swap) if swap else None
    box = tag(
        "input",
        type="checkbox",
        data_turns=turns,
        data_swap=swapped,
        data_opens_all=opens,
        checked=on,
        autocomplete="off",
    )
    return tag("label", box, words, class_="gk-switch")


def modes(say: Words) -> Html:
    """Texts in one, or side by side."""
    buttons = [
        tag(
            "button",
            say[f"page.{mode}"],
            type="button",
            class_="gk-button",
            data_mode=mode,
            aria_pressed="true" if mode == "inline" else "false",
        )
        for mode in ("inline", "sides")
    ]
    return tag("span", *buttons, class_="gk-pair", role="group", aria_label=say["page.modes"])


def theme(say: Words) -> Html:
    """Light or dark, or as the system has it."""
    options = [tag("option", say[f"page.{name}"], value=value) for name, value in _THEMES]
    return tag("select", *options, data_theme=True, aria_label=say["page.theme"], autocomplete="off")


_THEMES: Final = (("system", ""), ("light", "light"), ("dark", "dark"))


def shown(say: Words) -> Html:
    """How many items are shown, and the button that shows all again."""
    status = tag(
        "output",
        class_="gk-shown",
        data_shown=say["page.shown"],
        data_all=say["page.all"],
        aria_live="polite",
    )
    button = tag("button", say["page.reset"], type="button", class_="gk-button", data_reset=True, hidden=True)
    return join([status, button])


def nothing(say: Words) -> Html:
    """What is said where no item is left."""
    return tag("p", say["page.none"], class_="gk-none", hidden=True)


def filtered(say: Words) -> Html:
    """On paper, which shows no tools: the line that says what was chosen. It goes above the first item."""
    return tag("p", class_="gk-state", data_state=say["page.state"], hidden=True)


def keys(say: Words, more: Iterable[tuple[str, str]] = ()) -> Html:
    """What the keys do, and a box that turns those of a single character off (WCAG 2.2, 2.1.4).

    Args:
        say: the words.
        more: other keys that the page has, with what they do.
    """
    lines: list[Html] = []
    for signs, words in [*[(signs, say[f"page.key_{name}"]) for name, signs in _KEYS], *more]:
        lines += [tag("dt", *[tag("kbd", sign) for sign in signs.split()]), tag("dd", words)]
    box = tag("input", type="checkbox", data_keys_on=True, checked=True, autocomplete="off")
    label = tag("label", box, say["page.keys_on"], class_="gk-switch")
    head = tag("summary", tag("span", say["page.keys"], class_="gk-head"))
    inside = tag("dl", *lines, class_="gk-legend")
    return tag("details", head, inside, tag("p", label), class_="gk-part gk-keys gk-needs-script")


_KEYS: Final = (
    ("search", "/"),
    ("next", "j k ↓ ↑"),
    ("open", "Enter"),
    ("back", "Esc"),
    ("ends", "Home End"),
    ("help", "?"),
)
