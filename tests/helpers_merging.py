"""Drafts that are edited by known steps, so that what a merge of two copies has to come to is known as well."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from gongkai import Assignment, Deadline, Plan, Record, Section, Task

WORDS = (
    *("公开", "发布", "公布", "更新", "完善", "规范", "推进", "优化", "细化", "归集", "展示", "梳理"),
    *(
        "老旧小区",
        "湖滨商圈",
        "公交线网",
        "养老服务",
        "托育机构",
        "招生政策",
        "预算绩效",
        "政府采购",
        "环境监测",
    ),
    *(
        "水质结果",
        "空气质量",
        "岗位信息",
        "就业补贴",
        "规划编制",
        "项目进展",
        "权责清单",
        "咨询口径",
        "政策解读",
    ),
    *(
        "申请条件",
        "办理流程",
        "收费标准",
        "服务时间",
        "投诉渠道",
        "评估结果",
        "整改情况",
        "实施方案",
        "补贴标准",
    ),
    *(
        "社区议题",
        "开放活动",
        "街道事项",
        "窗口答复",
        "网站栏目",
        "新媒体账号",
        "公报目录",
        "培训安排",
        "考核办法",
    ),
)
LINKS = ("和", "以及", "并", "同时", "及时", "逐项", "集中", "分批", "按程序")
BODIES = (
    *(
        "区财政局",
        "区教委",
        "区民政局",
        "区司法局",
        "区商务局",
        "区生态环境局",
        "区卫生健康委",
        "区发展改革委",
    ),
    *("区住房城乡建设委", "区文化和旅游局", "区政府办公室", "区政务服务和数据管理局", "各街道", "各部门"),
)
HEADINGS = (
    "服务经济发展",
    "服务城市更新",
    "保障改善民生",
    "政府自身建设",
    "政策全流程服务",
    "平台管理",
    "公众参与",
)
NUMERALS = "一二三四五六七八九十"


@dataclass
class Item:
    """A task: its text as sentences of words."""

    id: int
    text: list[list[str]]
    bodies: list[tuple[str, str]]
    month: int
    label: str | None = None


@dataclass
class Room:
    """A section with tasks."""

    id: int
    heading: str
    items: list[Item] = field(default_factory=list)


@dataclass
class Draft:
    """A plan that steps can be done to."""

    rooms: list[Room]
    numbering: str = "through"
    style: str = "{}."
    issuer: str = "澄湖区人民政府办公室"
    subject: str = "政务公开"
    title: str = "澄湖区2025年政务公开工作要点"

    def room_of(self, id_: int) -> Room:
        return next(room for room in self.rooms if any(item.id == id_ for item in room.items))

    def item(self, id_: int) -> Item:
        return next(item for room in self.rooms for item in room.items if item.id == id_)

    def ids(self) -> list[int]:
        return [item.id for room in self.rooms for item in room.items]

    def plan(self, *, renumber: bool = True) -> Plan:
        """The plan as it is printed; without renumbering tasks keep their numbers, and new ones have none."""
        count = 0
        sections: list[Section] = []
        for at, room in enumerate(self.rooms):
            if self.numbering == "anew":
                count = 0
            tasks: list[Task] = []
            for item in room.items:
                count += 1
                label = item.label
                if renumber:
                    label = None if self.numbering == "none" else self.style.format(count)
                tasks.append(task_of(item, label))
            sections.append(Section(room.heading, tasks, label=f"（{NUMERALS[at]}）"))
        record = Record(issuer=self.issuer, subject=self.subject)
        chapters = [
            Section("重点任务", sections[:2], label="一、"),
            Section("保障措施", sections[2:], label="二、"),
        ]
        return Plan(self.title, chapters, year=2025, record=record)

    def numbered(self) -> Draft:
        """Note the numbers that are printed now."""
        count = 0
        for room in self.rooms:
            if self.numbering == "anew":
                count = 0
            for item in room.items:
                count += 1
                item.label = None if self.numbering == "none" else self.style.format(count)
        return self


def said(text: Iterable[Sequence[str]]) -> str:
    return "".join("".join(words) + "。" for words in text)


def task_of(item: Item, label: str | None) -> Task:
    roles: dict[str, list[str]] = {}
    for name, role in item.bodies:
        roles.setdefault(role, []).append(name)
    assignments = [Assignment(role, names) for role, names in sorted(roles.items())]
    return Task(
        said(item.text), label=label, assignments=assignments, deadlines=[Deadline.by_month(2025, item.month)]
    )


class Maker:
    """Makes drafts, and steps that edit them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - drafts need no cryptography
        self.next = 0

    def sentence(self, words: int = 0) -> list[str]:
        chosen = self.random.sample(WORDS, words or self.random.randint(4, 7))
        found: list[str] = []
        for at, word in enumerate(chosen):
            found += [self.random.choice(LINKS)] if at and self.random.random() < 0.4 else []
            found.append(word)
        return found

    def item(self) -> Item:
        self.next += 1
        text = [self.sentence() for _ in range(self.random.randint(2, 4))]
        bodies = [(name, "responsible") for name in self.random.sample(BODIES, self.random.randint(1, 3))]
        if len(bodies) > 1 and self.random.random() < 0.5:
            bodies[0] = (bodies[0][0], "lead")
        return Item(self.next, text, bodies, self.random.choice((6, 9, 10, 12)))

    def draft(self, tasks: int = 0) -> Draft:
        numbering = self.random.choice(("through", "through", "anew", "none"))
        rooms = [Room(at, heading) for at, heading in enumerate(self.random.sample(HEADINGS, 5))]
        draft = Draft(rooms, numbering)
        for _ in range(tasks or self.random.randint(12, 30)):
            self.random.choice(rooms).items.append(self.item())
        for room in rooms:
            while len(room.items) < 2:
                room.items.append(self.item())
        return draft.numbered()

    def other(self, words: Iterable[str]) -> str:
        kept = set(words)
        return self.random.choice([word for word in WORDS if word not in kept])


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
    month = maker.random.choice([month for month in range(1, 13) if month != draft.item(id_).month])

    def step(draft: Draft) -> None:
        draft.item(id_).month = month

    return Done("reschedule", step, {(id_, "deadlines")})


def add_body(maker: Maker, draft: Draft, id_: int) -> Done:
    names = {name for name, _ in draft.item(id_).bodies}
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
        _behind(draft, after, item)

    return Done("move", step, {(id_, "place"), (after, "place"), (after, "next")}, moves=True)


def reorder(maker: Maker, draft: Draft, id_: int) -> Done:
    """To the end of its section."""
    room = draft.room_of(id_).id

    def step(draft: Draft) -> None:
        items = next(each for each in draft.rooms if each.id == room).items
        items.append(items.pop(next(at for at, item in enumerate(items) if item.id == id_)))

    places: set[object] = {(item.id, "place") for item in draft.rooms[room].items}
    places |= {(item.id, "next") for item in draft.rooms[room].items}
    return Done("reorder", step, places, moves=True)


def _behind(draft: Draft, after: int, item: Item) -> None:
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
        _behind(draft, id_, copy.deepcopy(item))

    return Done("add", step, {(id_, "next"), (id_, "place")}, moves=True)


def split(maker: Maker, draft: Draft, id_: int) -> Done:
    """The last sentences become a task of their own, that follows."""
    cut = maker.random.randrange(1, len(draft.item(id_).text))
    maker.next += 1
    new = maker.next

    def step(draft: Draft) -> None:
        item = draft.item(id_)
        rest = Item(new, item.text[cut:], list(item.bodies), item.month)
        item.text = item.text[:cut]
        _behind(draft, id_, rest)

    return Done("split", step, {(id_, "pieces"), (id_, "next")}, moves=True)


def join(maker: Maker, draft: Draft, id_: int) -> Done | None:
    """The task that follows becomes a part of this one."""
    items = draft.room_of(id_).items
    at = next(place for place, item in enumerate(items) if item.id == id_)
    if at + 1 == len(items):
        return None
    other = items[at + 1].id

    def step(draft: Draft) -> None:
        draft.item(id_).text += draft.item(other).text
        draft.room_of(other).items.remove(draft.item(other))

    touched: set[object] = {(other, "fields"), (other, "place"), (other, "next"), (other, "pieces")}
    return Done("join", step, {*touched, (id_, "pieces"), (id_, "next")}, moves=True)


def retitle(maker: Maker, draft: Draft, id_: int) -> Done:
    room = draft.room_of(id_).id

    def step(draft: Draft) -> None:
        draft.rooms[room].heading = draft.rooms[room].heading + "工作"

    return Done("retitle", step, {("room", room)})


def reissue(maker: Maker, draft: Draft, id_: int) -> Done:
    name = maker.random.choice(("issuer", "subject"))
    value = maker.random.choice(("甲", "乙", "丙"))

    def step(draft: Draft) -> None:
        setattr(draft, name, getattr(draft, name) + value)

    return Done("reissue", step, {("record", name)})


def restyle(maker: Maker, draft: Draft, id_: int) -> Done:
    """All numbers are written in another way."""

    def step(draft: Draft) -> None:
        draft.style = "{}、"

    return Done("restyle", step, {("numbers",)}, moves=True)


STEPS = (
    *(
        reword,
        rewrite,
        add_sentence,
        reschedule,
        add_body,
        change_role,
        move,
        reorder,
        drop,
        add,
        split,
        join,
    ),
    *(retitle, reissue, restyle),
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
    return sorts in ({"next", "place"}, {"pieces", "place"}, {"roles", "bodies added"})


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


FIELD_STEPS = (reword, rewrite, add_sentence, reschedule, add_body, change_role)

#: Sorts of pairs of edits that do not overlap: what the one copy may have, what the other, on one task or two.
SORTS: dict[str, tuple[Sequence[Making], Sequence[Making], bool]] = {
    "different tasks": (FIELD_STEPS, FIELD_STEPS, False),
    "different fields of one task": (FIELD_STEPS, FIELD_STEPS, True),
    "edit against move": (FIELD_STEPS, (move, reorder), True),
    "edit against renumbering": (FIELD_STEPS, (add, drop), False),
    "edit against split": (FIELD_STEPS, (split,), True),
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
        mine, theirs = (
            maker.random.choice(first)(maker, draft, one),
            maker.random.choice(second)(maker, draft, other),
        )
        if mine is not None and theirs is not None and not overlap(mine, theirs):
            return _case(draft, ([mine], [theirs]))


def _rank(done: Done) -> int:
    """Texts first, then what cuts or moves tasks: so that a cut finds the sentences that it was made for."""
    return (
        ("add sentence", "reword", "rewrite").index(done.name)
        if done.name in _TEXTS
        else 3 + (done.name in {"split", "join"})
    )


_TEXTS = ("add sentence", "reword", "rewrite")


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
    first, second = maker.random.sample([m for m in range(1, 13) if m != draft.item(id_).month], 2)

    def put(month: int) -> Step:
        def step(draft: Draft) -> None:
            draft.item(id_).month = month

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
            draft.rooms[room].items.append(item)

        return step

    return "move-move", put(rooms[0]), put(rooms[1])


def two_headings(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    room = draft.room_of(id_).id

    def put(words: str) -> Step:
        def step(draft: Draft) -> None:
            draft.rooms[room].heading += words

        return step

    return "heading", put("工作"), put("事项")


def two_issuers(maker: Maker, draft: Draft, id_: int) -> tuple[str, Step, Step]:
    def put(name: str) -> Step:
        def step(draft: Draft) -> None:
            draft.issuer = name

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
            new.month = month
            _behind(draft, id_, new)

        return step

    return "add-add", put(first), put(second)


OVERLAPS = (
    *(same_word, word_and_text, two_ends, two_times, two_roles, role_or_gone, gone_or_edited, gone_or_edited),
    *(two_places, two_headings, two_issuers, two_ways, added_twice),
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
