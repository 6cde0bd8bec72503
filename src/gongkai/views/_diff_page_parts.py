"""What stands around the rows on the page of a comparison: both plans, departments, evidence, the legend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath, PureWindowsPath
from typing import Final

from gongkai.comparing.alignment.links import Evidence, EvidenceKind, Link
from gongkai.comparing.diffing.changes import Status
from gongkai.comparing.judges.answerwords import answer_words
from gongkai.model import Plan, Source
from gongkai.views._diff_bodies import Bodies, Body
from gongkai.views._diff_cells import COLOURS
from gongkai.views._diff_rows import SURE
from gongkai.views._html import Html, join, tag
from gongkai.views._page_tools import fragment
from gongkai.views._parts_html import Look, fold, table
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["bodies_part", "evidence_part", "legend_part", "plan_cards", "source_facts"]

#: How many signs of a digest are enough to tell two sources apart.
_DIGEST: Final = 12


def plan_cards(plans: Sequence[tuple[str, Plan]], say: Words) -> Html:
    """Both plans side by side: title, number, dates, who issued them, where the text is from.

    Args:
        plans: what each plan is, by the name of the word, and the plan.
        say: the words.
    """
    return tag("div", *[_card(side, plan, say) for side, plan in plans], class_="gk-cards")


def _card(side: str, plan: Plan, say: Words) -> Html:
    record = plan.record
    days = [record.issued_on, record.published_on]
    facts = [
        (say["record.document_number"], str(record.document_number or "")),
        *[
            (say[f"record.{name}"], day.isoformat() if day else "")
            for name, day in zip(("issued_on", "published_on"), days, strict=True)
        ],
        (say["record.issuer"], plan.issuer or ""),
        *source_facts(plan.source, say),
        (
            say["diff.size"],
            say.count("counts.items", sum(bool(task.text.strip()) for task in plan.all_tasks)),
        ),
    ]
    lines = [
        tag("div", tag("dt", name), tag("dd", clean(value), lang="zh-CN"))
        for name, value in facts
        if value.strip()
    ]
    title = clean(plan.title) or say["headings.untitled"]
    head = [tag("span", say[side], class_="gk-mark gk-same"), tag("b", title, lang="zh-CN")]
    return tag("div", tag("p", *head), tag("dl", *lines, class_="gk-short"), class_="gk-card")


def source_facts(source: Source | None, say: Words) -> list[tuple[str, str]]:
    """Where a plan's text is from: the file or address, the day, the digest; no folder of whoever made it."""
    if source is None:
        return []
    origin = source.origin or ""
    if origin and not re.match(r"[a-z][a-z0-9+.-]+://", origin):
        # A page is sent to others, whom the folders of whoever made it do not concern.
        origin = PureWindowsPath(origin).name if "\\" in origin else PurePath(origin).name
    day, digest = source.retrieved_on, source.digest
    return [
        (say["diff.source"], origin),
        (say["diff.retrieved"], day.isoformat() if day else ""),
        (say["diff.digest"], f"SHA-256 {digest[:_DIGEST]}" if digest else ""),
    ]


def bodies_part(bodies: Bodies, look: Look) -> Html:
    """The departments as a part that folds: what became of each, and how many tasks it holds."""
    say = look.say
    if not bodies.all:
        return Html()
    rows = [_body(body, f"d-{place}", say) for place, body in enumerate(bodies.all)]
    counts: dict[str, int] = {}
    for body in bodies.all:
        counts[body.fate] = counts.get(body.fate, 0) + 1
    note = " · ".join([f"{say[f'fates.{fate}']} {number}" for fate, number in counts.items()])
    heads = [
        (say["columns.body"], ""),
        (say["columns.fate"], "fate"),
        (say["diff.old"], "tally"),
        (say["diff.new"], "tally"),
        (say["columns.shift"], "shift"),
    ]
    return tag(
        "div",
        fold(say["diff.bodies"], note, table(heads, rows, name=say["diff.bodies"]), unfolded=False),
        class_="gk-bodies",
    )


def _body(body: Body, token: str, say: Words) -> Html:
    button = tag(
        "button",
        body.name,
        type="button",
        class_="gk-name",
        data_group="d",
        data_token=token,
        data_only=True,
        aria_pressed="false",
    )
    shifts = [
        say.count(f"diff.{name}", number)
        for name, number in (("gained", body.gained), ("lost", body.lost), ("turned", body.turned))
        if number
    ]
    tallies = [
        say.count("diff.tally", tasks) + (say.count("diff.leading", leads) if leads else "") if tasks else "—"
        for tasks, leads in zip(body.tasks, body.leads, strict=True)
    ]
    colour = _FATE_COLOURS.get(body.fate, "gk-same")
    return tag(
        "tr",
        tag("td", button, class_="gk-body", lang="zh-CN"),
        tag("td", tag("span", say[f"fates.{body.fate}"], class_=f"gk-mark {colour}")),
        *[
            tag("td", words, data_name=say[f"diff.{side}"])
            for side, words in zip(("old", "new"), tallies, strict=True)
        ],
        tag("td", " · ".join(shifts), data_name=say["columns.shift"] if shifts else None),
    )


_FATE_COLOURS: Final = {
    "came": "gk-add",
    "went": "gk-drop",
    "shifted": "gk-edit",
    "succeeded": "gk-edit",
    "preceded": "gk-edit",
    "renamed": "gk-move",
    "counterpart": "gk-move",
}


def evidence_part(
    links: Sequence[Link], others: Sequence[Link], addresses: Mapping[tuple[str, str], str], say: Words
) -> Html:
    """What a row rests on, to be opened: each link with its evidence, and links to tasks of other rows.

    Args:
        links: the links of the row.
        others: links of its tasks with tasks of other rows.
        addresses: for the side and the key of a task, the address of its row.
        say: the words.
    """
    telling = [link for link in links if not _is_plain(link)]
    if not telling and not others:
        return Html()
    lines = [_link(link, say) for link in telling]
    for link in others:
        ends = [("old", link.old), ("new", link.new)]
        told: list[str] = []
        for side, task in ends:
            address = addresses.get((side, task.key or ""))
            words = f"{say[f'diff.{side}']} {clean(task.key or '')}"
            told.append(tag("a", words, href=fragment(address)) if address else words)
        head = [say["diff.also"], say.colon, told[0], " → ", told[1], " ", _sure(link, say)]
        lines.append(tag("div", *head, class_="gk-link"))
    least = min([link.score for link in (*telling, *others)])
    summary = tag("summary", tag("span", say["diff.why"], class_="gk-soft"), tag("b", f"{least:.2f}"))
    sure = " gk-sure" if least >= SURE else ""
    return tag("details", summary, *lines, class_=f"gk-why gk-small{sure}", data_unsearched=True)


def _is_plain(link: Link) -> bool:
    return [item.kind for item in link.evidence] == [EvidenceKind.IDENTICAL]


def _sure(link: Link, say: Words) -> str:
    return f"{_answer('strengths', link.strength.value, say)} {link.score:.2f}"


def _answer(group: str, name: str, say: Words) -> str:
    """A word of answers; the first, where there are several."""
    found: object = answer_words()[group].get(name, {}).get(say.language, name)
    return str(found[0]) if isinstance(found, list) else str(found)


def _link(link: Link, say: Words) -> Html:
    keys = " → ".join(dict.fromkeys([clean(link.old.key or ""), clean(link.new.key or "")]))
    head = tag("div", tag("span", keys, class_="gk-tag"), _sure(link, say))
    return tag("div", head, tag("ul", *[_evidence(item, say) for item in link.evidence]), class_="gk-link")


def _evidence(item: Evidence, say: Words) -> Html:
    detail = clean(item.detail)
    words = [tag("q", detail, lang="zh-CN")] if detail else []
    kind = _answer("evidence", item.kind.value, say)
    return tag("li", f"{kind} ", tag("b", f"{item.score:.2f}"), " " * bool(words), *words)


def legend_part(statuses: Iterable[Status], look: Look) -> Html:
    """What the signs and colours mean."""
    say = look.say
    signs: list[tuple[Html, str]] = [
        (tag("ins", say["legend.added_sample"]), say["legend.added"]),
        (tag("del", say["legend.removed_sample"]), say["legend.removed"]),
    ]
    signs += [
        (
            tag("span", say[f"statuses.{status}"], class_=f"gk-mark {COLOURS[status]}"),
            say[f"legend.{status}_row"],
        )
        for status in statuses
    ]
    signs += [
        (tag("span", "0.72", class_="gk-soft"), say["legend.score"]),
        *[
            (tag("span", say[f"diff.{name}"], class_="gk-tag"), say[f"legend.{name}"])
            for name in ("renamed", "succeeded", "counterpart")
        ],
        (tag("span", say["page.quiet"], class_="gk-soft"), say["legend.quiet"]),
    ]
    lines = [join([tag("dt", sign), tag("dd", words)]) for sign, words in signs]
    inside = tag("dl", *lines, class_="gk-legend")
    return tag("div", fold(say["legend.title"], "", inside, unfolded=False), class_="gk-on-paper")
