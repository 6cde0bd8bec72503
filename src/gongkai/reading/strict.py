"""The error of strict reading."""

from __future__ import annotations

from gongkai.errors import ReadError
from gongkai.model import Plan, Severity

__all__ = ["StrictError"]


class StrictError(ReadError):
    """A document was read strictly, and its reading is probably wrong.

    Attributes:
        plan: the plan as it was read all the same; its findings say what is wrong.
        origin: the file or address, where it is known.
        reason: the first finding of severity ``error``.
        hint: what to do about it.

    >>> import gongkai
    >>> try:
    ...     gongkai.parse("澄湖区2024年政务公开工作要点", strict=True)
    ... except gongkai.StrictError as error:
    ...     print(error)
    text: no tasks were found (R103); check that the text of the plan is complete
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        wrong = [found for found in plan.findings if found.severity is Severity.ERROR]
        first = wrong[0] if wrong else None
        reason = f"{first.en} ({first.code})" if first is not None else "nothing"
        reason_zh = f"{first.zh}（{first.code}）" if first is not None else ""
        if len(wrong) > 1:
            reason += f" and {len(wrong) - 1} more"
            reason_zh += f"，另有{len(wrong) - 1}处"
        origin = plan.source.origin if plan.source is not None else None
        hint = first.hint if first is not None else ""
        super().__init__(
            origin or "text",
            reason,
            hint or "look at the findings of .plan",
            reason_zh=reason_zh,
            hint_zh="请看 .plan 的 findings",
        )

    def __reduce__(self) -> tuple[type[StrictError], tuple[Plan]]:
        return StrictError, (self.plan,)
