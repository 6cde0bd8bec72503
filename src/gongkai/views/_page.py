"""The shell of a page that stands for itself: one file, nothing fetched, with filters, search and keys.

Every page of this room is made by :func:`whole_page`: head, policy, styles, script, and the view, which is
drawn with ``Look(page=True)``, so that :func:`gongkai.views._parts_html.frame` makes the ``main`` of it. The
Content-Security-Policy allows the page's own style and script alone, by their digests: no view may write
``style=`` or ``on…=``. Widths of columns are classes (``gk-col-who``), see ``style.css``.

Filters need no code. The script (``page.js``) acts on what the markup says; without it everything is shown.
The parts are made by ``_page_tools.py``:

- An **item** can be filtered, found, walked to and linked to. :func:`item` gives any element (``tr``, ``li``)
  its class, its address and its tokens. A token is ``group-value``, as ``st-changed`` or ``d-3``; departments
  and sections are best numbered (:func:`numbered`). The bare token ``quiet`` marks what the switch for hidden
  changes brings to light. Where a switch swaps in a group, its items have the bare name of the group as well.
  An item of the class ``gk-aside`` is not counted.
- Items of one ``fold`` are hidden until the button of :func:`fold_line` opens them, something is searched, or
  a filter is chosen that unfolds.
- An element of the class ``gk-group`` (a ``tbody`` with its heading) is hidden while nothing in it is shown.
  ``gk-whisper`` is shown with the hidden changes only, ``gk-needs-script`` only where a script runs.
- ``details.gk-why`` in an item opens with Enter. ``data-unsearched`` keeps an element out of the search. Of
  ``del`` and ``ins`` the search reads one or the other. A ``gk-texts`` in a ``gk-both`` can be shown side by
  side.
- Tools stand in a :func:`bar`: :func:`search_box`, :func:`choice` (one of many), :func:`switch`,
  :func:`modes`, :func:`theme`, :func:`shown`. Above it :func:`picks` shows counts that filter. They only name
  tokens. :func:`filtered` goes above the first item, :func:`nothing` behind the last; :func:`keys` tells the
  keys. A ``details`` in what is ``gk-on-paper`` is printed open.

A view with a page of its own looks like this::

    ids, bodies = Ids(), numbered("d", names)
    frame(
        title(…, look),
        picks("st", "状态", [Pick("st-same", "未变 7", "gk-same", unfolds=True), …]),
        bar(search_box(say), choice("d", "全部单位", pairs), shown(say), theme(say), label=say["page.tools"]),
        table(heads, [item("tr", *cells, of=["st-same", "d-0"], address=ids.of("new", "3"), fold="f1"), …]),
        nothing(say),
        keys(say),
        look=look,
    )
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from gongkai.views._html import Html, tag
from gongkai.views._parts_html import style
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["whole_page"]

#: Runs before anything is drawn, so that folded rows do not flash up.
_EARLY: Final = 'document.documentElement.classList.add("gk-script")'


def whole_page(body: Html, title: str, say: Words, *, wide: bool = False, more: Sequence[str] = ()) -> str:
    """Return the document around a view that was drawn with ``Look(page=True)``.

    Args:
        body: the view.
        title: the document's title.
        say: the words, in the language of the labels.
        wide: whether it is printed in landscape.
        more: style sheets and scripts that this sort of page has of its own.
    """
    sheets = ["style.css", "page.css", *[name for name in more if name.endswith(".css")]]
    styles = "".join([*map(style, sheets), "@page{size:A4 landscape}" if wide else ""])
    script = "\n".join([_script(name) for name in ("page.js", *more) if name.endswith(".js")])
    # Nothing is fetched or sent, and nothing runs but what stands below, whatever a document holds.
    policy = [
        "default-src 'none'",
        f"style-src {_digest(styles)}",
        f"script-src {_digest(_EARLY)} {_digest(script)}",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    ]
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(policy)}">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        tag("title", clean(title) or "gongkai"),
        f"<style>{styles}</style>",
        f"<script>{_EARLY}</script>",
    ]
    inside = [f'<html lang="{say.tag}">', "<head>", *head, "</head>", "<body>", body]
    return "\n".join(["<!DOCTYPE html>", *inside, f"<script>{script}</script>", "</body>", "</html>", ""])


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _script(name: str) -> str:
    """A script, without the white space and the comments that only its writers need."""
    text = files("gongkai.views").joinpath(name).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join([line.strip() for line in text.splitlines() if line.strip()])
