"""Steps that edit drafts, and what each touches: so it is known which of them contradict each other."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from tests.helpers_drafts import BODIES, HEADINGS, WORDS, Draft, Item, Maker

Step = Callable[[Draft], None]


@dataclass
class Done:
    """A step, and what it touches: tasks as a whole, fields of tasks, places."""

    name: str
    step: Step
    touched: set[object]
    moves: bool = False


#: Makes a step for a task; None where it does not suit it.
Making = Callable[[Maker, Draft, int], "Done | None"]


def reword(maker: Maker, draft: Draft, id_: int) -> Done:
    """Another word in one sentence."""
    item = draft.item(id_)
    at = maker.random.randrange(len(item.text))
    place = maker.random.randrange(len(item.text[at]))
    word = maker.other(item.text[at])

    def step(draft: Draft) -> None:
        draft.item(id_).text[at][place] = word

    return Done("reword", step, {(id_, "text", at)})


def rewrite(maker: Maker, draft: Draft, id_: int) -> Done:
    """Another text, but for one sentence."""
    kept = maker.random.randrange(len(draft.item(id_).text))
    text = [maker.sentence() for _ in draft.item(id_).text]

    def step(draft: Draft) -> None:
        item = draft.item(id_)
        item.text = [item.text[at] if at == kept else words for at, words in enumerate(text)]

    return Done("rewrite", step, {(id_, "text", at) for at in range(len(text))})


def add_sentence(maker: Maker, draft: Draft, id_: int) -> Done:
    words = maker.sentence()

    def step(draft: Draft) -> None:
        draft.item(id_).text.append(words)

    return Done("add sentence", step, {(id_, "text", at) for at in range(len(draft.item(id_).text))})


def reschedule(maker: Maker, draft: Draft, id_: int) -> Done:
    month = maker.random.choice([month for month in range(1, 13) if month != draft.item(id_).months[0]])

    def step(draft: Draft) -> None:
        draft.item(id_).months[0] = month

    return Done("reschedule", step, {(id_, "deadlines")})


def add_body(maker: Maker, draft: Draft, id_: int) -> Done:
    items = draft.room_of(id_).items
    at = next(place for place, item in enumerate(items) if item.id == id_)
    names = {name for item in items[max(0, at - 1) : at + 2] for name, _ in item.bodies}
    body = maker.random.choice([name for name in BODIES if name not in names])

    def step(draft: Draft) -> None:
        draft.item(id_).bodies.append((body, "responsible"))

    return Done("add body", step, {(id_, "body", body), (id_, "bodies added")})


def change_role(maker: Maker, draft: Draft, id_: int) -> Done:
    name, role = maker.random.choice(draft.item(id_).bodies)
    new = maker.random.choice([each for each in ("lead", "responsible", "cooperate") if each != role])

    def step(draft: Draft) -> None:
        item = draft.item(id_)
        item.bodies = [(body, new if body == name else held) for body, held in item.bodies]

    return Done("change role", step, {(id_, "body", name), (id_, "roles")})


def move(maker: Maker, draft: Draft, id_: int) -> Done:
    """To another section, behind some task."""
    home = draft.room_of(id_)
    room = maker.random.choice([room for room in draft.rooms if room is not home])
    after = maker.random.choice(room.items).id

    def step(draft: Draft) -> None:
        item = draft.item(id_)
        draft.room_of(id_).items.remove(item)
        behind(draft, after, item)

    return Done("move", step, {(id_, "place"), (after, "place"), (after, "next")}, moves=True)


def reorder(maker: Maker, draft: Draft, id_: int) -> Done:
    """To the end of its section."""
    room = draft.room_of(id_)

    def step(draft: Draft) -> None:
        items = draft.room(room.id).items
        items.append(items.pop(next(at for at, item in enumerate(items) if item.id == id_)))

    places: set[object] = {(item.id, "place") for item in room.items}
    places |= {(item.id, "next") for item in room.items}
    return Done("reorder", step, places, moves=True)


def behind(draft: Draft, after: int, item: Item) -> None:
    items = draft.room_of(after).items
    items.insert(next(at for at, each in enumerate(items) if each.id == after) + 1, item)


def drop(maker: Maker, draft: Draft, id_: int) -> Done:
    def step(draft: Draft) -> None:
        draft.room_of(id_).items.remove(draft.item(id_))

    return Done("drop", step, {(id_, "all"), (id_, "next")}, moves=True)


def add(maker: Maker, draft: Draft, id_: int) -> Done:
    """A new task behind another."""
    item = maker.item()

    def step(draft: Draft) -> None:
        behind(draft, id_, copy.deepcopy(item))

    return Done("add", step, {(id_, "next"), (id_, "place")}, moves=True)


def split(maker: Maker, draft: Draft, id_: int) -> Done:
    """The last sentences become a task of their own, that follows."""
    cut = maker.random.randrange(1, len(draft.item(id_).text))
    maker.next += 1
    new = maker.next

    def step(draft: Draft) -> None:
        item = draft.item(id_)
        rest = Item(new, item.text[cut:], list(item.bodies), list(item.months))
        item.text = item.text[:cut]
        behind(draft, id_, rest)

    return Done("split", step, {(id_, "pieces"), (id_, "follows")}, moves=True)


def split_twice(maker: Maker, draft: Draft, id_: int) -> Done | None:
    """Each sentence but the last ones becomes a task of its own."""
    if len(draft.item(id_).text) < 3:
        return None
    maker.next += 2
    new = maker.next

    def step(draft: Draft) -> None:
        item = draft.item(id_)
        second = Item(new - 1, item.text[1:2], list(item.bodies), list(item.months))
        third = Item(new, item.text[2:], list(item.bodies), list(item.months))
        item.text = item.text[:1]
        behind(draft, id_, third)
        behind(draft, id_, second)

    return Done("split twice", step, {(id_, "pieces"), (id_, "follows")}, moves=True)


def split_up(maker: Maker, draft: Draft, id_: int) -> Done | None:
    """The last sentences become a task of their own, and the departments are shared out."""
    if len(draft.item(id_).bodies) < 2:
        return None
    cut = maker.random.randrange(1, len(draft.item(id_).text))
    own = {name for name, _ in draft.item(id_).bodies[1:]}
    maker.next += 1
    new = maker.next

    def step(draft: Draft) -> None:
        item = draft.item(id_)
        # Who is new answers for all of it.
        known = {name for name, _ in before.bodies}
        rest = [(name, role) for name, role in item.bodies if name in own or name not in known]
        item.bodies = [(name, role) for name, role in item.bodies if name not in own]
        behind(draft, id_, Item(new, item.text[cut:], rest, list(item.months)))
        item.text = item.text[:cut]

    before = copy.deepcopy(draft.item(id_))
    return Done("split up", step, {(id_, "pieces"), (id_, "follows")}, moves=True)


def join(maker: Maker, draft: Draft, id_: int) -> Done | None:
    """The task that follows becomes a part of this one, without its departments, or a deadline of its own."""
    other = draft.after(id_)
    if other is None:
        return None
    alike = draft.item(id_).months == draft.item(other).months

    def step(draft: Draft) -> None:
        item, rest = draft.item(id_), draft.item(other)
        item.text += rest.text
        item.months += [month for month in rest.months if alike and month not in item.months]
        draft.room_of(other).items.remove(rest)

    touched: set[object] = {(other, "fields"), (other, "place"), (other, "next"), (other, "pieces")}
    return Done("join", step, {*touched, (id_, "pieces"), (id_, "next")}, moves=True)


def join_all(maker: Maker, draft: Draft, id_: int) -> Done | None:
    """The task that follows becomes a part of this one, with its departments and deadline."""
    other = draft.after(id_)
    if other is None:
        return None
    if {name for name, _ in draft.item(id_).bodies} & {name for name, _ in draft.item(other).bodies}:
        return None

    def step(draft: Draft) -> None:
        item, rest = draft.item(id_), draft.item(other)
        item.text += rest.text
        known = {name for name, _ in item.bodies}
        item.bodies += [(name, role) for name, role in rest.bodies if name not in known]
        item.months += [month for month in rest.months if month not in item.months]
        draft.room_of(other).items.remove(rest)

    touched: set[object] = {
        (other, "place"),
        (other, "next"),
        (other, "pieces"),
        (id_, "pieces"),
        (id_, "next"),
    }
    return Done("join all", step, touched, moves=True)


# Sections


def retitle(maker: Maker, draft: Draft, id_: int) -> Done:
    room = draft.room_of(id_).id

    def step(draft: Draft) -> None:
        draft.room(room).heading += "工作"

    return Done("retitle", step, {("room", room)})


def move_room(maker: Maker, draft: Draft, id_: int) -> Done:
    """A section goes to the end of the other chapter, with all its tasks."""
    room = draft.room_of(id_).id

    def step(draft: Draft) -> None:
        moved = draft.room(room)
        draft.rooms.remove(moved)
        moved.chapter = 1 - moved.chapter
        draft.rooms.append(moved)

    return Done("move section", step, {("rooms",)}, moves=True)


def add_room(maker: Maker, draft: Draft, id_: int) -> Done:
    """A new section behind another, with two tasks."""
    before = draft.room_of(id_)
    maker.next += 1
    used = {room.heading for room in draft.rooms}
    heading = maker.random.choice([heading for heading in HEADINGS if heading not in used])
    new = maker.room(1000 + maker.next, heading, before.chapter)

    def step(draft: Draft) -> None:
        draft.rooms.insert(draft.rooms.index(draft.room(before.id)) + 1, copy.deepcopy(new))

    return Done("add section", step, {("rooms",), ("room", before.id)}, moves=True)


def drop_room(maker: Maker, draft: Draft, id_: int) -> Done:
    """A section is dropped with all its tasks."""
    room = draft.room_of(id_)

    def step(draft: Draft) -> None:
        draft.rooms.remove(draft.room(room.id))

    touched: set[object] = {(item.id, "all") for item in room.items}
    return Done("drop section", step, {*touched, ("rooms",), ("room", room.id)}, moves=True)


# The document


def reissue(maker: Maker, draft: Draft, id_: int) -> Done:
    """An entry of the record."""
    name = maker.random.choice(("issuer", "subject", "validity", "index_number", "issued_on", "published_on"))
    value: object = maker.random.choice(("甲", "乙", "丙"))
    if name.endswith("_on"):
        value = date(2025, 5, maker.random.randint(1, 28))

    def step(draft: Draft) -> None:
        draft.record[name] = value

    return Done("reissue", step, {("record", name)})


def notify(maker: Maker, draft: Draft, id_: int) -> Done:
    """A field of the covering notice."""
    name = maker.random.choice(("title", "signatory", "disclosure", "addressees"))
    word = maker.random.choice(WORDS)

    def step(draft: Draft) -> None:
        if name == "addressees":
            draft.notice[name] = [*cast("list[str]", draft.notice[name]), f"{word}专班"]
        else:
            draft.notice[name] = f"{draft.notice.get(name) or ''}{word}"

    return Done("notify", step, {("notice", name)})


def reword_paragraph(maker: Maker, draft: Draft, id_: int) -> Done:
    """A word of the notice, or of what stands before the first section."""
    part = maker.random.choice(("body", "preamble"))
    texts = draft.body if part == "body" else draft.preamble
    at = maker.random.randrange(len(texts))
    sentence = maker.random.randrange(len(texts[at]))
    place = maker.random.randrange(len(texts[at][sentence]))
    word = maker.other(texts[at][sentence])

    def step(draft: Draft) -> None:
        (draft.body if part == "body" else draft.preamble)[at][sentence][place] = word

    return Done("reword paragraph", step, {(part, at, sentence), (part, at)})


def add_paragraph(maker: Maker, draft: Draft, id_: int) -> Done:
    part = maker.random.choice(("body", "preamble"))
    text = [maker.sentence()]

    def step(draft: Draft) -> None:
        (draft.body if part == "body" else draft.preamble).append(text)

    return Done("add paragraph", step, {(part, "end")})


def entitle(maker: Maker, draft: Draft, id_: int) -> Done:
    def step(draft: Draft) -> None:
        draft.title += "（征求意见稿）"

    return Done("entitle", step, {("title",)})


def restyle(maker: Maker, draft: Draft, id_: int) -> Done:
    """All numbers are written in another way."""

    def step(draft: Draft) -> None:
        draft.style = "{}、"

    return Done("restyle", step, {("numbers",)}, moves=True)


def recount(maker: Maker, draft: Draft, id_: int) -> Done | None:
    """All numbers begin anew in each section, or run through."""
    if draft.numbering == "none":
        return None
    new = "anew" if draft.numbering == "through" else "through"

    def step(draft: Draft) -> None:
        draft.numbering = new

    return Done("recount", step, {("numbers",)}, moves=True)


FIELD_STEPS = (reword, rewrite, add_sentence, reschedule, add_body, change_role)
PLACE_STEPS = (move, reorder, drop, add)
REGROUP_STEPS = (split, split_twice, split_up, join, join_all)
SECTION_STEPS = (retitle, move_room, add_room, drop_room)
DOCUMENT_STEPS = (reissue, notify, reword_paragraph, add_paragraph, entitle)
NUMBER_STEPS = (restyle, recount)
STEPS = (
    *(*FIELD_STEPS, *FIELD_STEPS, *PLACE_STEPS, *PLACE_STEPS, *REGROUP_STEPS),
    *(*SECTION_STEPS, *DOCUMENT_STEPS, *NUMBER_STEPS),
)


def overlap(one: Done, other: Done) -> bool:
    """Tell whether two steps touch the same thing."""
    return any(_meet(mine, theirs) for mine in one.touched for theirs in other.touched)


def _meet(one: object, other: object) -> bool:
    if not isinstance(one, tuple) or not isinstance(other, tuple) or one[0] != other[0]:
        return False
    if one == other:
        return True
    sorts = {one[1], other[1]} if len(one) > 1 and len(other) > 1 else set()
    # A text may be edited while its task is split or moved, not while it goes or its neighbours are joined.
    if "all" in sorts:
        return True
    if "fields" in sorts:
        return bool(sorts & {"deadlines", "body", "bodies added", "roles", "place"})
    return sorts in ({"next", "place"}, {"next", "follows"}, {"roles", "bodies added"})
