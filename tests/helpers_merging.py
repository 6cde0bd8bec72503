"""Copies that are edited by known steps, so that what their merge has to come to is known as well."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai import Plan
from tests.helpers_drafts import Draft, Maker, said
from tests.helpers_steps import (
    DOCUMENT_STEPS,
    FIELD_STEPS,
    NUMBER_STEPS,
    PLACE_STEPS,
    REGROUP_STEPS,
    SECTION_STEPS,
    STEPS,
    Done,
    Making,
    Step,
    add,
    add_body,
    add_sentence,
    behind,
    change_role,
    drop,
    drop_room,
    join,
    join_all,
    move,
    overlap,
    reorder,
    reschedule,
    reword,
    split,
    split_twice,
    split_up,
)


@dataclass
class Case:
    """A draft, two edited copies, and what their merge has to be."""

    names: tuple[list[str], list[str]]
    base: Plan
    ours: Plan
    theirs: Plan
    expected: Plan | None


def apart(seed: int) -> Case:
    """Make copies whose edits do not overlap."""
    maker = Maker(seed)
    draft = maker.draft()
    sides: tuple[list[Done], list[Done]] = ([], [])
    wanted = maker.random.randint(1, 3), maker.random.randint(1, 3)
    focus = maker.random.choice(draft.ids()) if maker.random.random() < 0.5 else None
    while any(len(side) < count for side, count in zip(sides, wanted, strict=True)):
        side = 0 if len(sides[0]) < wanted[0] else 1
        near = focus is not None and maker.random.random() < 0.6
        id_ = focus if near and focus is not None else maker.random.choice(draft.ids())
        done = maker.random.choice(STEPS)(maker, draft, id_)
        if done is None or any(overlap(done, other) for other in (*sides[0], *sides[1])):
            focus = None if maker.random.random() < 0.2 else focus
            continue
        sides[side].append(done)
    return _case(draft, sides)


def _case(draft: Draft, sides: tuple[list[Done], list[Done]]) -> Case:
    plans: list[Plan] = []
    for steps in (sides[0], sides[1], [*sides[0], *sides[1]]):
        edited = copy.deepcopy(draft)
        for done in sorted(steps, key=_rank):
            done.step(edited)
        plans.append(edited.plan())
    names = [[done.name for done in side] for side in sides]
    return Case((names[0], names[1]), draft.plan(), plans[0], plans[1], plans[2])


#: Sorts of pairs of edits that do not overlap: what the one copy may have, what the other, on one task or two.
SORTS: dict[str, tuple[Sequence[Making], Sequence[Making], bool]] = {
    "different tasks": (FIELD_STEPS, FIELD_STEPS, False),
    "different fields of one task": (FIELD_STEPS, FIELD_STEPS, True),
    "edit against move": (FIELD_STEPS, (move, reorder), True),
    "edit against renumbering": (FIELD_STEPS, (add, drop), False),
    "edit against split": (FIELD_STEPS, (split,), True),
    "edit against split in three or up": (FIELD_STEPS, (split_twice, split_up), True),
    "edit against join": (FIELD_STEPS, (join, join_all), True),
    "move against split": ((move,), (split, split_twice, split_up), True),
    "anything against new numbers": ((*FIELD_STEPS, *PLACE_STEPS, *REGROUP_STEPS), NUMBER_STEPS, True),
    "anything against its section": ((*FIELD_STEPS, *PLACE_STEPS, *REGROUP_STEPS), SECTION_STEPS, True),
    "record, notice, paragraphs": (DOCUMENT_STEPS, (*DOCUMENT_STEPS, *FIELD_STEPS), True),
}


def pair_of(seed: int, sort: str) -> Case:
    """Make copies with one edit each, of a sort that does not overlap."""
    maker = Maker(seed)
    first, second, same = SORTS[sort]
    while True:
        draft = maker.draft()
        ids = draft.ids()
        one = maker.random.choice(ids)
        # A renumbering comes from before: what stands behind is counted anew.
        before = ids[: ids.index(one)] or ids[1:]
        other = one if same else maker.random.choice(before)
        if join in second and maker.random.random() < 0.5:  # what is edited is what is joined
            one = draft.after(other) or one
        mine, theirs = (
            maker.random.choice(first)(maker, draft, one),
            maker.random.choice(second)(maker, draft, other),
        )
        if mine is not None and theirs is not None and not overlap(mine, theirs):
            return _case(draft, ([mine], [theirs]))


def _rank(done: Done) -> int:
    """Texts first, then what cuts or moves tasks: so that a cut finds the sentences that it was made for."""
    if done.name in _TEXTS:
        return _TEXTS.index(done.name)
    return len(_TEXTS) + (done.name in _REGROUPING)


_TEXTS = ("add sentence", "reword", "rewrite")
_REGROUPING = {"split", "split twice", "split up", "join", "join all"}


# Copies whose edits overlap


def _both(name: str, one: Step, other: Step) -> tuple[str, Step, Step]:
    return name, one, other


def same_word(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """The same word becomes two others."""
    item = draft.item(id_)
    at = maker.random.randrange(len(item.text))
    place = maker.random.randrange(len(item.text[at]))
    first = maker.other(item.text[at])
    second = maker.other([*item.text[at], first])

    def put(word: str) -> Step:
        def step(draft: Draft) -> None:
            draft.item(id_).text[at][place] = word

        return step

    return "text", put(first), put(second)


def word_and_text(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """A word is changed here, the sentence that it stands in is another there."""
    item = draft.item(id_)
    at = maker.random.randrange(len(item.text))
    place = maker.random.randrange(len(item.text[at]))
    word = maker.other(item.text[at])
    words = maker.sentence()

    def one(draft: Draft) -> None:
        draft.item(id_).text[at][place] = word

    def other(draft: Draft) -> None:
        draft.item(id_).text[at] = words

    return "text", one, other


def two_ends(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """Each adds a sentence of its own at the end."""
    return "text", add_sentence(maker, draft, id_).step, add_sentence(maker, draft, id_).step


def two_times(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    first, second = maker.random.sample([m for m in range(1, 13) if m != draft.item(id_).months[0]], 2)

    def put(month: int) -> Step:
        def step(draft: Draft) -> None:
            draft.item(id_).months = [month]

        return step

    return "deadline", put(first), put(second)


def two_roles(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    name, role = maker.random.choice(draft.item(id_).bodies)
    roles = [each for each in ("lead", "responsible", "cooperate", "support") if each != role]
    first, second = maker.random.sample(roles, 2)
    return "departments", _role(id_, name, first), _role(id_, name, second)


def role_or_gone(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    name, role = maker.random.choice(draft.item(id_).bodies)
    new = maker.random.choice([each for each in ("lead", "responsible", "cooperate") if each != role])
    return "departments", _role(id_, name, new), _role(id_, name, None)


def _role(id_: int, name: str, role: str | None) -> Step:
    def step(draft: Draft) -> None:
        item = draft.item(id_)
        bodies = [(body, role if body == name else held) for body, held in item.bodies]
        item.bodies = [(body, held) for body, held in bodies if held is not None]

    return step


def gone_or_edited(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    edit = maker.random.choice((reword, reschedule, add_body, change_role, add_sentence, move, split))
    done = edit(maker, draft, id_)
    assert done is not None
    return "delete-edit", drop(maker, draft, id_).step, done.step


def two_places(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    home = draft.room_of(id_).id
    rooms = maker.random.sample([room.id for room in draft.rooms if room.id != home], 2)

    def put(room: int) -> Step:
        def step(draft: Draft) -> None:
            item = draft.item(id_)
            draft.room_of(id_).items.remove(item)
            draft.room(room).items.append(item)

        return step

    return "move-move", put(rooms[0]), put(rooms[1])


def two_headings(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    room = draft.room_of(id_).id

    def put(words: str) -> Step:
        def step(draft: Draft) -> None:
            draft.room(room).heading += words

        return step

    return "heading", put("工作"), put("事项")


def two_issuers(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    def put(name: str) -> Step:
        def step(draft: Draft) -> None:
            draft.record["issuer"] = name

        return step

    return "record", put("澄湖区政务公开领导小组"), put("澄湖区政务服务局")


def two_ways(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    def put(style: str) -> Step:
        def step(draft: Draft) -> None:
            draft.style = style

        return step

    return ("label" if draft.numbering != "none" else ""), put("{}、"), put("（{}）")


def added_twice(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """The same text is added with two deadlines."""
    item = maker.item()
    first, second = maker.random.sample(range(1, 13), 2)

    def put(month: int) -> Step:
        def step(draft: Draft) -> None:
            new = copy.deepcopy(item)
            new.months = [month]
            behind(draft, id_, new)

        return step

    return "add-add", put(first), put(second)


def word_or_sentence(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """A word is changed here, its sentence is dropped there."""
    at = maker.random.randrange(len(draft.item(id_).text))
    word = maker.other(draft.item(id_).text[at])

    def one(draft: Draft) -> None:
        draft.item(id_).text[at][0] = word

    def other(draft: Draft) -> None:
        del draft.item(id_).text[at]

    return "text", one, other


def joined_or_put_off(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """A task is joined to another and loses its deadline here, which is another there."""
    done, other = join(maker, draft, id_), draft.after(id_)
    if done is None or other is None or draft.item(id_).months == draft.item(other).months:
        return "", add_sentence(maker, draft, id_).step, add_sentence(maker, draft, id_).step
    left = [
        month for month in range(1, 13) if month not in (*draft.item(id_).months, *draft.item(other).months)
    ]
    month = maker.random.choice(left)

    def step(draft: Draft) -> None:
        draft.item(other).months = [month]

    return "deadline", done.step, step


def joined_or_moved(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """A task is joined to another here, and moved to another section there."""
    done, other = join_all(maker, draft, id_) or join(maker, draft, id_), draft.after(id_)
    if done is None or other is None:
        return "", add_sentence(maker, draft, id_).step, add_sentence(maker, draft, id_).step
    return "delete-edit", done.step, move(maker, draft, other).step


def piece_or_whole(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """What is split off gets a deadline of its own here, the whole task another there."""
    cut = split(maker, draft, id_)
    first, second = maker.random.sample([m for m in range(1, 13) if m not in draft.item(id_).months], 2)

    def one(draft: Draft) -> None:
        cut.step(draft)
        new = draft.after(id_)
        assert new is not None
        draft.item(new).months = [first]

    def other(draft: Draft) -> None:
        draft.item(id_).months = [second]

    return "deadline", one, other


def section_gone_or_edited(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """A section is dropped here; there a task in it is edited, or another is added to it."""
    edit = maker.random.choice((reword, reschedule, add_body, change_role, add_sentence, split, add))
    done = edit(maker, draft, id_)
    assert done is not None
    return "delete-edit", drop_room(maker, draft, id_).step, done.step


def moved_or_reordered(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """A task goes to another section here, and to the other end of its own there."""
    items = draft.room_of(id_).items
    if len(items) < 4:
        return "", add_sentence(maker, draft, id_).step, add_sentence(maker, draft, id_).step
    first = items[0].id
    return "move-move", move(maker, draft, first).step, reorder(maker, draft, first).step


def two_titles(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    def put(words: str) -> Step:
        def step(draft: Draft) -> None:
            draft.title = draft.title.replace("要点", words)

        return step

    return "plan", put("计划"), put("方案")


def two_days(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    name = maker.random.choice(("issued_on", "published_on", "validity"))
    first, second = maker.random.sample(range(11, 28), 2)

    def put(day: int) -> Step:
        def step(draft: Draft) -> None:
            draft.record[name] = f"至{day}日" if name == "validity" else date(2025, 4, day)

        return step

    return "record", put(first), put(second)


def two_signatories(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    name = maker.random.choice(("signatory", "disclosure"))

    def put(words: str) -> Step:
        def step(draft: Draft) -> None:
            draft.notice[name] = words

        return step

    return "notice", put("此件公开"), put("依申请办理")


def two_paragraphs(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    """The same word of a paragraph of the notice, or before the first section, becomes two others."""
    notice = maker.random.random() < 0.5
    words = (draft.body if notice else draft.preamble)[1][0]
    first = maker.other(words)
    second = maker.other([*words, first])

    def put(word: str) -> Step:
        def step(draft: Draft) -> None:
            (draft.body if notice else draft.preamble)[1][0][0] = word

        return step

    return "text", put(first), put(second)


OVERLAPS = (
    *(same_word, word_and_text, two_ends, two_times, two_roles, role_or_gone, gone_or_edited, gone_or_edited),
    *(two_places, two_headings, two_issuers, two_ways, added_twice, word_or_sentence, joined_or_put_off),
    *(joined_or_moved, piece_or_whole, section_gone_or_edited, moved_or_reordered, two_titles, two_days),
    *(two_signatories, two_paragraphs),
)


@dataclass
class Clash:
    """A draft, two copies that contradict each other, and about what."""

    name: str
    kind: str
    base: Plan
    ours: Plan
    theirs: Plan
    text: str


def clash(seed: int) -> Clash:
    """Make copies with one edit that contradicts one of the other copy, and edits elsewhere."""
    maker = Maker(seed)
    while True:
        draft = maker.draft()
        id_ = maker.random.choice(draft.ids())
        make = maker.random.choice(OVERLAPS)
        kind, one, other = make(maker, draft, id_)
        if kind:
            break
    if maker.random.random() < 0.5:
        one, other = other, one
    around = {item.id for item in draft.room_of(id_).items}
    far = [each for each in draft.ids() if each not in around]
    plans: list[Plan] = []
    for step, elsewhere in zip((one, other), maker.random.sample(far, 2), strict=True):
        edited = copy.deepcopy(draft)
        extra = maker.random.choice((reword, reschedule, add_body))(maker, draft, elsewhere)
        for each in (step, extra.step):
            each(edited)
        plans.append(edited.plan())
    return Clash(make.__name__, kind, draft.plan(), plans[0], plans[1], said(draft.item(id_).text))
