"""``merge`` and ``merge_all``: a draft and its edited copies become one plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import cast

from gongkai.comparing.diffing.tree import check_plan
from gongkai.directory import Directory
from gongkai.errors import InvalidValue
from gongkai.merging.comments.commenting import commented
from gongkai.merging.comments.comments import RESERVED, Comment
from gongkai.merging.outcome.result import Merge, merge_copies
from gongkai.merging.values.strategies import Strategies
from gongkai.model import Plan

__all__ = ["merge", "merge_all"]


def merge(
    base: Plan,
    ours: Plan,
    theirs: Plan,
    *,
    strategies: Strategies | None = None,
    directory: Directory | None = None,
) -> Merge:
    """Merge two edited copies of a draft.

    Every change of either copy is made, or there is a conflict; nothing vanishes. Changes contradict each
    other only where they cannot both be had: other words for the same words, another time, a task deleted
    here and edited there. Tasks are recognised by their words, so a copy may be numbered anew.

    Args:
        base: the draft that both copies come from.
        ours: one copy.
        theirs: the other.
        strategies: what decides where the two contradict each other, by kind of conflict (``deadline``) or
            field (``record.issuer``): the name of a strategy or a function; see ``gongkai.merging``.
        directory: what tells one body under two names from two; by default the shipped one.

    Raises:
        InvalidValue: one of the three is no plan; there is no such strategy.

    >>> import gongkai
    >>> from gongkai import examples
    >>> base, ours, theirs = (examples.load(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs"))
    >>> merge = gongkai.merge(base, ours, theirs)
    >>> for conflict in merge.conflicts:
    ...     print(conflict.explain())
    “14.更新区级部门权责清单...”的完成时限：我方为“2025年11月”，对方为“2025年12月”，原稿为“2025年10月”。
    “22.围绕重点工程和便民服务...”的内容：我方为“半年”，对方为“季度”，原稿为“年”。
    >>> merge.resolve({"14.deadlines": "ours", "22.text": "theirs"}).conflicts
    ()
    """
    for name, plan in (("base", base), ("ours", ours), ("theirs", theirs)):
        check_plan("merge", name, plan)
    return merge_copies(base, (("ours", ours), ("theirs", theirs)), strategies, {}, directory)


def merge_all(
    base: Plan,
    copies: Mapping[str, Plan] | Iterable[tuple[str, Plan]],
    *,
    comments: Iterable[Comment] = (),
    strategies: Strategies | None = None,
    directory: Directory | None = None,
) -> Merge:
    """Merge the copies of a round of comments.

    What several ask for alike is one change with all their names; what they contradict each other about is
    one conflict with all their voices. In which order the copies come decides nothing but the order of what
    they add to one place.

    Args:
        base: the draft that was sent out.
        copies: the copies that came back, each with the name of who made it.
        comments: what came back as a list, as :func:`gongkai.read_comments` reads it from a sheet. What is
            asked for exactly is a change of whoever asks; all else stays with its task, as a finding.
        strategies: see :func:`merge`.
        directory: see :func:`merge`.

    Raises:
        InvalidValue: one of them is no plan, or no comment; two copies have one name, or none; there is no
            such strategy.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> base = Plan("要点", [Task("每年公开一次目录。", label="1.")])
    >>> edited = base.with_changes("1", text="每季度公开一次目录。")
    >>> copies = {"区司法局": edited, "区财政局": edited}
    >>> gongkai.merge_all(base, copies).decisions[0].by
    ('区司法局', '区财政局')
    >>> from gongkai.merging import Comment
    >>> comments = [Comment("区教委", task="1", proposal="将“一次”改为“两次”"),
    ...             Comment("区审计局", task="1", proposal="请补充公开的方式。")]
    >>> merge = gongkai.merge_all(base, {}, comments=comments)
    >>> merge.plan.tasks[0].text, [remark.kind.value for remark in merge.remarks]
    ('每年公开两次目录。', ['change', 'note'])
    >>> print(merge.plan.findings[0].zh)
    区审计局意见待办：请补充公开的方式。
    """
    check_plan("merge_all", "base", base)
    named = isinstance(copies, Mapping)
    listed = cast("Mapping[str, Plan]", copies).items() if named else copies
    pairs = tuple(cast("Iterable[tuple[str, Plan]]", listed))
    for name, plan in pairs:
        check_plan("merge_all", f"copies[{name!r}]", plan)
    for name, count in Counter(name for name, _ in pairs).items():
        if type(name) is not str or name.strip() in RESERVED or count > 1:
            expected = "a name for each copy, each once, and none of base, suggested"
            raise InvalidValue("merge_all", "copies", name, expected)
    given = tuple(comments)
    for comment in given:
        if type(comment) is not Comment:
            raise InvalidValue("merge_all", "comments", comment, "a Comment")
    made, remarks = commented(base, given)
    return merge_copies(base, (*pairs, *made), strategies, {}, directory, tuple(remarks))
