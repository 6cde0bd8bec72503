"""What a merge promises, on generated plans, on drafts edited by known steps, and on the shipped triple."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import gongkai
from gongkai import Conflict, ConflictKind, Decision, Link, Merge, Paragraph, Plan, Section, Task, examples
from gongkai.comparing.diffing.kinds import Act
from gongkai.comparing.diffing.tree import Tree
from gongkai.merging import Action, align_copy
from gongkai.merging.matching.labels import parse_label, written
from gongkai.merging.matching.pairing import Pairing
from gongkai.merging.values.sequences import arrange, together
from gongkai.merging.values.wording import edits, weave
from gongkai.testing import EditKind, strategies
from tests.helpers_merging import SORTS, apart, clash, pair_of

TEXTS = st.one_of(st.text("公开政务，。 5a0、", max_size=24), st.text(max_size=12))


class Copies(tuple[Plan, Plan, Plan]):
    """A draft and two copies; plans in full would fill pages where a test fails."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n---\n".join(gongkai.text_of(plan)[:2000] for plan in self)


@st.composite
def edited(draw: st.DrawFn) -> Copies:
    """A draft and two copies of it, each edited."""
    base = draw(strategies.plans())
    ours, _ = draw(strategies.edits(base, min_edits=1, max_edits=4))
    theirs, _ = draw(strategies.edits(base, min_edits=1, max_edits=4))
    return Copies((base, ours, theirs))


@st.composite
def drafts(draw: st.DrawFn) -> Copies:
    """A draft in the style of the genre, and two copies whose edits may meet."""
    seed = draw(st.integers(0, 100_000))
    found = clash(seed) if draw(st.booleans()) else apart(seed)
    return Copies((found.base, found.ours, found.theirs))


def any_copies() -> st.SearchStrategy[Copies]:
    return st.one_of(edited(), drafts(), st.builds(shipped))


def shipped() -> Copies:
    """The shipped draft and its two copies."""
    base, ours, theirs = (examples.load(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs"))
    return Copies((base, ours, theirs))


class TestOneSided:
    @given(strategies.plan_pairs())
    def test_a_copy_beside_the_draft_is_the_merge(self, pair: tuple[Plan, Plan]) -> None:
        base, copy = pair
        for merge in (
            gongkai.merge(base, copy, base),
            gongkai.merge(base, base, copy),
            gongkai.merge(base, copy, copy),
        ):
            assert merge.plan == copy
            assert merge.conflicts == ()

    @given(any_copies())
    def test_of_copies_of_the_genre_as_well(self, plans: Copies) -> None:
        base, ours, _ = plans

        assert gongkai.merge(base, ours, base).plan == ours
        assert gongkai.merge(base, base, ours).plan == ours
        assert gongkai.merge_all(base, {"甲": ours, "乙": base, "丙": ours, "丁": base}).plan == ours

    @pytest.mark.parametrize("name", ("ours", "theirs"))
    def test_of_the_shipped_triple_as_well(self, name: str) -> None:
        base, copy = examples.load("chenghu-2025-base"), examples.load(f"chenghu-2025-{name}")

        assert gongkai.merge(base, copy, base).plan == copy
        assert [task.key for task in gongkai.merge(base, base, copy).plan.tasks] == [
            task.key for task in copy.tasks
        ]

    @given(strategies.plans())
    def test_without_changes_there_is_nothing_to_decide(self, plan: Plan) -> None:
        merge = gongkai.merge(plan, plan, plan)

        assert (merge.plan, merge.conflicts, merge.decisions) == (plan, (), ())


NUMBERED = ("公开预算。", "回应关切。", "更新目录。", "发布标准。", "解读政策。", "开放机关。")


@st.composite
def uncounted(draw: st.DrawFn) -> tuple[Plan, Plan, Plan]:
    """A draft and two copies that drop, move and add tasks, and leave all numbers as they are."""

    def plan(tasks: list[tuple[int, str]], cut: int) -> Plan:
        made = [Task(text, label=f"{number}.") for number, text in tasks]
        halves = (made[:cut], made[cut:])
        return Plan("要点", [Section(name, content=half) for name, half in zip("甲乙", halves, strict=True)])

    anew = draw(st.booleans())  # the second section begins with 1 again
    known = [(at % 3 + 1 if anew else at + 1, text) for at, text in enumerate(NUMBERED)]
    copies: list[Plan] = []
    for name in ("我方", "对方"):
        tasks = [one for one in known if draw(st.integers(0, 5))]
        cut = sum(one in known[:3] for one in tasks)
        if draw(st.booleans()) and tasks:
            moved = tasks.pop(draw(st.integers(0, len(tasks) - 1)))
            tasks.insert(draw(st.integers(0, len(tasks))), moved)
        for count in range(draw(st.integers(0, 2))):
            at = draw(st.integers(0, len(tasks)))
            tasks.insert(at, (draw(st.integers(1, 9)), f"{name}新增第{count}项。"))
        copies.append(plan(tasks, cut))
    return plan(known, 3), copies[0], copies[1]


class TestNumbers:
    @given(uncounted())
    def test_where_no_copy_counted_anew_the_draft_keeps_its_numbers(
        self, plans: tuple[Plan, Plan, Plan]
    ) -> None:
        known = {task.text: task.label for task in plans[0].tasks}
        merged = {task.text: task.label for task in gongkai.merge(*plans).plan.tasks}

        assert {text: label for text, label in merged.items() if text in known} == {
            text: label for text, label in known.items() if text in merged
        }


class TestTheMergedPlan:
    @given(any_copies())
    def test_it_is_a_valid_plan(self, plans: Copies) -> None:
        merged = gongkai.merge(*plans).plan
        keys = [block.key for block in merged.walk() if not isinstance(block, Paragraph)]

        assert gongkai.loads(gongkai.dumps(merged)) == merged
        assert len(set(keys)) == len(keys)
        assert None not in keys

    @given(any_copies())
    def test_it_is_always_the_same(self, plans: Copies) -> None:
        one, other = gongkai.merge(*plans), gongkai.merge(*plans)

        assert one == other

    @given(any_copies())
    def test_sides_make_no_difference_but_for_the_order(self, plans: Copies) -> None:
        base, ours, theirs = plans
        one, other = gongkai.merge(base, ours, theirs), gongkai.merge(base, theirs, ours)

        assert {conflict.id for conflict in one.conflicts} == {conflict.id for conflict in other.conflicts}
        if not one.conflicts:
            assert contents(one.plan) == contents(other.plan)


def contents(plan: Plan) -> Counter[object]:
    """What the blocks of a plan say, whatever their order and numbers."""
    tasks = [
        (task.text, names(task), frozenset(task.deadlines), frozenset(task.extras)) for task in plan.all_tasks
    ]
    return Counter([*tasks, *[section.heading for section in sections(plan)]])


def names(task: Task) -> frozenset[object]:
    """Who answers for a task, in whichever order."""
    return frozenset((one.role, one.severally, one.open, frozenset(one.names)) for one in task.assignments)


def sections(plan: Plan) -> list[Section]:
    return [block for block in plan.walk() if isinstance(block, Section)]


KINDS = [kind for kind in EditKind if kind is not EditKind.RELABEL]


class TestNothingIsLost:
    @given(st.data())
    def test_edits_of_different_tasks_are_all_made(self, data: st.DataObject) -> None:
        base = data.draw(strategies.plans())
        ours, first = data.draw(strategies.edits(base, min_edits=1, kinds=KINDS))
        theirs, second = data.draw(strategies.edits(base, min_edits=1, kinds=KINDS))
        assume(first and second and not {edit.key for edit in first} & {edit.key for edit in second})
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        before, mine, yours = contents(base), contents(ours), contents(theirs)
        expected = before - (before - mine) - (before - yours) + (mine - before) + (yours - before)
        twice = (mine - before) & (yours - before)  # the same text added to one place becomes one
        assert expected - twice <= contents(merge.plan) <= expected

    @given(any_copies())
    def test_each_change_of_a_copy_is_made_or_agreed_or_in_a_conflict(self, plans: Copies) -> None:
        base, ours, theirs = plans
        merge = gongkai.merge(base, ours, theirs)

        for name, copy in (("ours", ours), ("theirs", theirs)):
            links = all_links(base, copy)
            parts = [link for link in links if link.strength == "partial"]
            whole = {link.new.key for link in parts}
            cut = {link.old.key for link in links if link in parts or link.new.key in whole}
            known = Accounts(merge, name, cut)
            for change in gongkai.diff(base, copy, links=links):
                known.check(change)

    @given(any_copies())
    def test_nothing_is_there_that_no_plan_had(self, plans: Copies) -> None:
        """Every field of a task is some plan's, or was made of two copies and is told."""
        merge = gongkai.merge(*plans)
        made = {(one.where.key, one.where.field) for one in merge.decisions}
        split = {one.where.key for one in merge.decisions if one.change == "split"}
        split |= {key for key in made if key[1] == "text"}  # type: ignore[misc]
        known = {name: {field(task, name) for plan in plans for task in plan.all_tasks} for name in FIELDS}

        for task in merge.plan.all_tasks:
            for name in FIELDS:
                told = (task.key, name) in made or any(one.where.key is None for one in merge.decisions)
                assert field(task, name) in known[name] or told or split


def all_links(base: Plan, copy: Plan) -> list[Link]:
    """What a merge takes for one task, tasks without words as well."""
    pairs = Pairing(Tree(base), Tree(copy)).of_base.items()
    blank = [
        Link(old.block, new.block)
        for old, new in pairs
        if isinstance(old.block, Task)
        and isinstance(new.block, Task)
        and not (old.block.text and new.block.text)
    ]
    return [*align_copy(base, copy), *blank]


FIELDS = ("text", "assignments", "deadlines", "extras")


def field(task: Task, name: str) -> object:
    return getattr(task, name)


class Accounts:
    """The decisions and conflicts of a merge that one copy has a part in."""

    def __init__(self, merge: Merge, name: str, regrouped: set[str | None]) -> None:
        self.regrouped = regrouped if {"split", "merged"} & {one.change for one in merge.of(name)} else set()
        self.base = merge.base
        self.decisions = merge.of(name)
        self.fields = {(one.where.base_key, one.where.field) for one in self.decisions}
        self.gone = {
            one.where.base_key
            for one in self.decisions
            if one.change in {"removed", "merged"} or one.conflict
        }
        self.moved = {one.where.base_key for one in self.decisions if one.change == "moved"}
        self.new = [words(one.new) for one in self.decisions] + [task.text for task in merge.plan.all_tasks]
        self.open = [words(value) for value in views(merge.conflicts)] + [
            words(value) for one in self.decisions if one.conflict for value in (one.old, one.new)
        ]

    def check(self, change: gongkai.Change) -> None:
        if change.subject == "paragraph" or (change.subject == "section" and change.act is not Act.SET):
            return  # paragraphs have no keys to find them by, and a section is one as far as it is taken for one
        if change.act is Act.SET:
            known = (change.old_key, change.field) in self.fields or self._gone(change.old_key)
            cut = change.field == "text" and change.old_key in self.regrouped
            assert known or cut or change.field == "label" or self._merged(change), change
        elif change.act is Act.INSERT:
            said = words(change.new)
            assert any(said in text for text in (*self.new, *self.open)), change
        elif change.act is Act.DELETE:
            regrouped = change.old_key in self.regrouped  # which of several goes on is a matter of taste
            assert self._gone(change.old_key) or regrouped or change.subject == "section", change

    def _gone(self, key: str | None) -> bool:
        """A block, or what it stands in, is gone, or whether it is is contested."""
        return key in self.gone or (
            key is not None and any(one.key in self.gone for one in self.base.path(key))
        )

    def _merged(self, change: gongkai.Change) -> bool:
        """A field of the plan's own, or one that is told by another name."""
        return change.field in {"preamble", "closing", "notice.body"} or change.subject == "section"


def views(conflicts: Iterable[Conflict]) -> list[object]:
    return [voice.value for conflict in conflicts for voice in conflict.voices]


def words(value: object) -> str:
    """All that a block says."""
    if isinstance(value, Task):
        return value.text + "".join(words(part) for part in value.parts)
    if isinstance(value, Section):
        return value.heading + "".join(words(block) for block in value.content)
    return value.text if isinstance(value, Paragraph) else ""


class TestConflicts:
    @given(any_copies())
    def test_each_is_real(self, plans: Copies) -> None:
        """Two views at least, each another than the draft's."""
        for conflict in gongkai.merge(*plans).conflicts:
            values = [voice.value for voice in conflict.voices]
            assert len(values) >= 2
            assert len({name for voice in conflict.voices for name in voice.by}) == 2
            if conflict.kind is ConflictKind.DELETE_EDIT:  # what is edited may be moved, and say the same
                assert (values[0] is None) != (values[1] is None)
            elif conflict.kind not in {ConflictKind.MOVE_MOVE, ConflictKind.ORDER}:
                assert all(value != conflict.base for value in values)
                assert values[0] != values[1]
            for region in conflict.regions:
                said = [voice.value for voice in region.voices]
                assert len(set(said)) == len(said) >= 2
                assert region.base not in said

    @given(any_copies())
    def test_the_plan_has_the_drafts_value_there(self, plans: Copies) -> None:
        merge = gongkai.merge(*plans)

        for conflict in merge.conflicts:
            key, name = conflict.where.key, conflict.where.field
            if key is None or name not in {*FIELDS, "heading"}:
                continue
            value = getattr(merge.plan[key], name)
            if conflict.regions and isinstance(value, str):
                for region in conflict.regions:
                    assert value[region.start or 0 :].startswith(region.base)
            elif len(conflict.regions) == 0:
                assert value == (conflict.base or type(value)())

    @given(any_copies(), st.sampled_from(("ours", "theirs", "base")))
    def test_resolved_for_one_side_none_is_left(self, plans: Copies, side: str) -> None:
        merge = gongkai.merge(*plans)
        for _ in range(4):  # what was decided may leave room for more to decide
            if not merge.conflicts:
                break
            merge = merge.resolve({one.id: side if side in one.by else "base" for one in merge.conflicts})

        assert merge.conflicts == ()
        assert not [finding for finding in merge.plan.findings if finding.code == "M101"]

    @given(drafts(), st.sampled_from(("ours", "theirs")))
    def test_resolved_it_is_what_a_strategy_for_that_side_makes(self, plans: Copies, side: str) -> None:
        merge = gongkai.merge(*plans)
        resolved = merge.resolve({one.id: side for one in merge.conflicts if side in one.by})
        settled = gongkai.merge(*plans, strategies=dict.fromkeys(ConflictKind, side))

        assert resolved.plan == settled.plan


class TestDrafts:
    """Drafts edited by known steps: 2,000 of each sort in benchmarks/merging.py, a few here."""

    @pytest.mark.parametrize("seed", range(120))
    def test_edits_that_do_not_meet_are_no_conflict(self, seed: int) -> None:
        case = apart(seed)
        merge = gongkai.merge(case.base, case.ours, case.theirs)

        assert merge.conflicts == ()
        assert merge.plan == case.expected

    @pytest.mark.parametrize("sort", SORTS)
    @pytest.mark.parametrize("seed", range(12))
    def test_pairs_of_edits_that_do_not_meet_are_both_made(self, sort: str, seed: int) -> None:
        case = pair_of(seed, sort)
        merge = gongkai.merge(case.base, case.ours, case.theirs)

        assert merge.conflicts == ()
        assert merge.plan == case.expected

    @pytest.mark.parametrize("seed", range(120))
    def test_edits_that_meet_are_reported(self, seed: int) -> None:
        case = clash(seed)

        assert case.kind in {
            conflict.kind for conflict in gongkai.merge(case.base, case.ours, case.theirs).conflicts
        }


class TestAlignCopy:
    @given(strategies.plans())
    def test_of_a_plan_and_itself_every_task_is_the_same(self, plan: Plan) -> None:
        links = align_copy(plan, plan).links

        assert [(link.old.key, link.new.key) for link in links] == [
            (task.key, task.key) for task in plan.all_tasks if task.text
        ]

    @given(strategies.plans(), strategies.plans())
    def test_it_links_each_task_once_but_for_parts(self, one: Plan, other: Plan) -> None:
        links = [link for link in align_copy(one, other) if link.strength == "same"]

        for side in ("old", "new"):
            keys = [getattr(link, side).key for link in links]
            assert len(set(keys)) == len(keys)

    def test_tasks_of_unrelated_plans_are_not_linked(self) -> None:
        plans = [(apart(seed).base, apart(seed + 100_000).base) for seed in range(40)]
        links = [link for pair in plans for link in align_copy(*pair)]

        assert len(links) <= sum(len(one.tasks) for one, _ in plans) // 100


class TestWords:
    @given(TEXTS, TEXTS)
    def test_edits_make_the_new_text(self, base: str, new: str) -> None:
        text, at = "", 0
        for edit in edits(base, new):
            assert at <= edit.start <= edit.end
            text += base[at : edit.start] + edit.new
            at = edit.end

        assert text + base[at:] == new

    @given(TEXTS, TEXTS)
    def test_one_copy_is_its_text(self, base: str, new: str) -> None:
        assert weave(base, {0: new}).text == weave(base, {0: new, 1: new}).text == new
        assert weave(base, {0: new, 1: base}).text == new

    @given(TEXTS, TEXTS, TEXTS)
    def test_sides_make_no_difference(self, base: str, one: str, other: str) -> None:
        assert weave(base, {0: one, 1: other}).text == weave(base, {0: other, 1: one}).text

    @given(TEXTS, TEXTS, TEXTS)
    def test_stretches_part_the_draft(self, base: str, one: str, other: str) -> None:
        stretches = weave(base, {0: one, 1: other}).stretches

        assert "".join(base[each.start : each.end] for each in stretches) == base

    @given(TEXTS, TEXTS, st.integers(0, 40))
    def test_a_place_of_the_only_copy_is_its_place(self, base: str, new: str, at: int) -> None:
        at = min(at, len(new))

        assert weave(base, {0: new}).place(0, at) == at


ITEMS = st.lists(st.integers(0, 12), unique=True)


class TestOrder:
    @given(ITEMS, ITEMS)
    def test_one_copy_is_its_order(self, base: list[int], copy: list[int]) -> None:
        assert arrange(base, {0: copy}, copy).order == copy
        assert arrange(base, {0: copy, 1: copy}, copy).order == copy

    @given(ITEMS, ITEMS)
    def test_a_copy_beside_the_draft_is_its_order(self, base: list[int], copy: list[int]) -> None:
        found = arrange(base, {0: base, 1: copy}, copy)

        assert (found.order, found.clashes) == (copy, {})

    @given(ITEMS, ITEMS, ITEMS)
    def test_every_member_is_there_once(self, base: list[int], one: list[int], other: list[int]) -> None:
        members = {*base, *one, *other}

        assert sorted(arrange(base, {0: one, 1: other}, members).order) == sorted(members)

    @given(ITEMS, ITEMS)
    def test_of_two_lists_the_first_decides(self, one: list[int], other: list[int]) -> None:
        found = together([one, other])

        assert [item for item in found if item in one] == one
        assert sorted(found) == sorted({*one, *other})


class TestLabels:
    @given(st.integers(1, 999), st.sampled_from(("{}.", "（{}）", "第{}条", "{}、")))
    def test_what_is_written_is_read(self, value: int, form: str) -> None:
        for style in ("1", "一"):
            found = parse_label(form.format(style))
            assert found is not None
            label = written(found.style, value)
            assert parse_label(label) == found._replace(value=value)

    @pytest.mark.parametrize("label", (None, "", "附件", "〇", "十十", "1234567", "〇一"))
    def test_what_is_no_number_is_none(self, label: str | None) -> None:
        assert parse_label(label) is None


def test_every_action_comes_about() -> None:
    """The triple, a contest that is settled, one that is resolved, and a section that is kept for what it holds."""
    base, ours, theirs = (examples.load(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs"))
    found: set[Action] = set()
    merge = gongkai.merge(base, ours, theirs)
    settled = gongkai.merge(base, ours, theirs, strategies={"deadline": "latest"})
    for each in (merge, settled, merge.resolve({"22.text": "ours"})):
        found |= {decision.action for decision in each.decisions}

    assert found >= {Action.APPLIED, Action.COMBINED, Action.OPEN, Action.SETTLED, Action.RESOLVED}
    assert sum(merge.summary().values()) == len(merge.decisions)
    assert all(isinstance(decision, Decision) for decision in merge.decisions)
