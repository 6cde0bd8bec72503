"""``merge_texts``: texts of plans are merged, and every line that no side changed stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, final

import attrs
from attrs import field, frozen

from gongkai.merging.outcome.result import Merge
from gongkai.merging.texts.chunks import Cut, cut
from gongkai.merging.texts.marking import marked
from gongkai.merging.texts.weaving import Strip, weave_plan
from gongkai.merging.threeway.copies import merge
from gongkai.merging.values.strategies import Strategies
from gongkai.model import Plan, PlanKind
from gongkai.model._display import Shown
from gongkai.reading import parse

__all__ = ["TextMerge", "merge_texts"]

_KINDS: Final = frozenset((PlanKind.PLAN, PlanKind.TASK_TABLE))

#: The names of the sides in conflict markers.
NAMES: Final = {"base": "base", "ours": "ours", "theirs": "theirs"}


@final
@frozen(repr=False)
class TextMerge(Shown):
    """Three texts of one plan, merged.

    Attributes:
        base: the draft's text.
        ours: the text of one copy.
        theirs: the text of the other.
        merge: the merge of their plans, which tells conflicts and decisions.
    """

    base: str
    ours: str
    theirs: str
    merge: Merge
    _cuts: Mapping[str, Cut] = field(eq=False, alias="cuts")

    def text(
        self, *, tries: Iterable[str] = (), names: Mapping[str, str] = NAMES, size: int = 7
    ) -> str | None:
        """Return the merged text; None where it cannot be written so that it says what the merged plan says.

        Every line that no copy changed stands in it as it stands in the draft. Where conflicts are open, the
        lines that they are in are marked as git marks them, with the draft's lines between.

        Args:
            tries: texts that are tried first, as a merge by lines makes one.
            names: what the markers call ``base``, ``ours`` and ``theirs``.
            size: how many signs a marker has.
        """
        if not self.merge.conflicts:
            found = [text for text in tries if self._says(text, self.merge.plan)]
            strips = None if found else self._written(self.merge.plan, "")
            return found[0] if found else None if strips is None else _joined(strips)
        views: dict[str, list[Strip]] = {}
        for side in ("base", "ours", "theirs"):
            strips = self._written(_followed(self.merge, side).plan, side)
            if strips is None:
                return None
            views[side] = strips
        return marked(views, names, size)

    def resolved(self, merge: Merge) -> TextMerge:
        """Return the same texts with what was decided in their merge."""
        return attrs.evolve(self, merge=merge)

    def _written(self, plan: Plan, prefer: str) -> list[Strip] | None:
        for fine in (True, False):
            strips = weave_plan(plan, self._cuts, prefer, fine=fine)
            if strips is None:
                continue
            text = _joined(strips)
            if self._says(text, plan) if prefer in {"", "base"} else parse(text) == plan:
                return strips
        return None

    def _says(self, text: str, plan: Plan) -> bool:
        """Tell whether a text says what a plan says, and has every line that no copy changed."""
        base, ours, theirs, made = (
            Counter(one.splitlines()) for one in (self.base, self.ours, self.theirs, text)
        )
        kept = base - (base - ours) - (base - theirs)  # of several alike, each side may have dropped another
        return not kept - made and parse(text) == plan

    def __repr__(self) -> str:
        return f"<TextMerge of {self.merge!r}>"


def merge_texts(
    base: str, ours: str, theirs: str, *, strategies: Strategies | None = None
) -> TextMerge | None:
    """Merge the texts of two edited copies of a draft; None where one of the three is no plan.

    Args:
        base: the text that both copies come from.
        ours: the text of one copy.
        theirs: the text of the other.
        strategies: see :func:`gongkai.merge`.

    Raises:
        InvalidValue: there is no such strategy.

    >>> from gongkai.merging import merge_texts
    >>> base = "工作要点\\n  1.每年公开目录。（区司法局负责落实）\\n\\n  2.做好解读。（各部门负责落实）\\n"
    >>> ours, theirs = base.replace("目录", "权责清单"), base.replace("区司法局", "区司法局、区财政局")
    >>> print(merge_texts(base, ours, theirs).text(), end="")
    工作要点
      1.每年公开权责清单。（区司法局、区财政局负责落实）
    <BLANKLINE>
      2.做好解读。（各部门负责落实）
    >>> theirs = base.replace("每年", "每季度")
    >>> text = merge_texts(base, base.replace("每年", "每半年"), theirs).text()
    >>> print(text.replace(">", "›"), end="")
    工作要点
    <<<<<<< ours
      1.每半年公开目录。（区司法局负责落实）
    ||||||| base
      1.每年公开目录。（区司法局负责落实）
    =======
      1.每季度公开目录。（区司法局负责落实）
    ››››››› theirs
    <BLANKLINE>
      2.做好解读。（各部门负责落实）
    """
    cuts: dict[str, Cut] = {}
    for side, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        found = cut(text)
        if found is None or found.plan.kind not in _KINDS or not found.plan.tasks:
            return None
        cuts[side] = found
    plans = [cuts[side].plan for side in ("base", "ours", "theirs")]
    return TextMerge(*(base, ours, theirs), merge(*plans, strategies=strategies), cuts=cuts)


def _followed(merged: Merge, side: str) -> Merge:
    """Return a merge with one side's view of all that is open."""
    for _ in range(len(merged.conflicts) + 1):
        choices = {one.id: side if side in one.by else "base" for one in merged.conflicts}
        if not choices or side == "base":
            break
        merged = merged.resolve(choices)
    return merged


def _joined(strips: Iterable[Strip]) -> str:
    return "".join([strip.text for strip in strips])
