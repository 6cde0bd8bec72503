"""The parts of a merge's page on which conflicts are decided: whose view is followed, and all that as JSON.

The script ``deciding.js`` acts on them; without it they are only read.
"""

from __future__ import annotations

from typing import Final

from gongkai.merging import ConflictKind
from gongkai.views._html import Html, join, tag
from gongkai.views._merge_html import names, words_of
from gongkai.views._merge_rows import ConflictLine
from gongkai.views._merge_voices import Column
from gongkai.views._parts_html import Look
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["deciding_part", "views_to_choose"]

#: Conflicts about places, which take no words.
_PLACES: Final = frozenset((ConflictKind.MOVE_MOVE, ConflictKind.ORDER, ConflictKind.DELETE_EDIT))


def views_to_choose(line: ConflictLine, address: str, look: Look) -> tuple[Html, Html, Html]:
    """The draft and each view, the suggestion, and the field for words of one's own."""
    say = look.say
    base = _choice(line.base, address, look, base=True)
    views = [_choice(column, address, look) for column in line.voices]
    legend = tag("legend", line.told, class_="gk-unseen", lang="zh-CN")
    sides = tag(
        "fieldset",
        legend,
        base,
        *views,
        class_="gk-views",
        data_conflict=line.conflict.id,
        id=f"{address}.views",
    )
    suggestion = Html()
    if line.suggestion is not None:
        why = tag("span", f"（{line.suggestion.why}）", class_="gk-soft") if line.suggestion.why else Html()
        by = [tag("span", name, class_="gk-name") for name in line.suggestion.by]
        told = join([say["merge.suggestion"], say.colon if by else "", *by, why])
        suggestion = _choice(line.suggestion, address, look, head=told, class_="gk-suggested")
    return sides, suggestion, _own(line, address, say)


def _choice(
    column: Column,
    address: str,
    look: Look,
    *,
    base: bool = False,
    head: Html | None = None,
    class_: str = "",
) -> Html:
    radio = tag(
        "input",
        type="radio",
        name_=address,
        value=column.choice,
        class_="gk-needs-script",
        autocomplete="off",
    )
    told = names(column.by, look.say) if head is None else head
    kind = "gk-view-base" if base else class_
    return tag(
        "label",
        tag("span", radio, told, class_="gk-view-head"),
        tag("span", words_of(column.paragraphs, look), class_="gk-texts"),
        class_=f"gk-view gk-choice {kind}".strip(),
    )


def _own(line: ConflictLine, address: str, say: Words) -> Html:
    """The field for words of one's own, where the conflict is about a text; and the choice to leave it."""
    conflict = line.conflict
    values = (conflict.base, *[voice.value for voice in conflict.voices])
    text = clean(line.value) if isinstance(line.value, str) else ""
    own: list[Html] = []
    if any(isinstance(value, str) for value in values) and conflict.kind not in _PLACES:
        radio = tag("input", type="radio", name_=address, value="own", data_own=True, autocomplete="off")
        area = tag("textarea", text, rows="3", aria_label=say["deciding.own"], lang="zh-CN", hidden=True)
        own.append(
            tag("div", tag("label", radio, say["deciding.own"], class_="gk-switch"), area, class_="gk-own")
        )
    radio = tag(
        "input", type="radio", name_=address, value="open", data_open=True, checked=True, autocomplete="off"
    )
    own.append(tag("label", radio, say["deciding.undecided"], class_="gk-switch"))
    return tag("div", *own, class_="gk-deciding-more gk-needs-script", data_unsearched=True)


def deciding_part(number: int, digest: str, say: Words) -> Html:
    """What was decided so far, as JSON, to be copied or downloaded.

    Args:
        number: how many conflicts there are.
        digest: what tells this merge from others, under which the browser keeps the decisions.
        say: the words.
    """
    status = tag("output", class_="gk-decided", data_decided=say["deciding.done"], aria_live="polite")
    buttons = [
        _button(say["deciding.copy"], "copy", data_done=say["deciding.copied"]),
        _button(say["deciding.download"], "download", data_file=say["deciding.file"]),
        _button(say["deciding.clear"], "clear"),
    ]
    area = tag("textarea", "", rows="4", readonly=True, aria_label=say["deciding.json"], data_json=True)
    return tag(
        "section",
        tag("h2", say["deciding.title"], class_="gk-part-head"),
        tag("p", say["deciding.how"], class_="gk-more"),
        tag("div", status, *buttons, class_="gk-deciding-tools"),
        area,
        class_="gk-deciding gk-needs-script",
        data_deciding=digest,
        data_total=str(number),
    )


def _button(words: str, act: str, **data: str) -> Html:
    return tag("button", words, type="button", class_="gk-button", data_act=act, **data)
