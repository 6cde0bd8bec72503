"""What a name means, there and then, and why."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from gongkai.directory.organs import Collective, Organ
from gongkai.model import DepartmentKind, Level
from gongkai.model._display import Shown

__all__ = ["Language", "Resolution"]

Language: TypeAlias = Literal["zh", "en"]

#: Characters that stand for the division itself in front of a name.
_FRONT: Final = "区县旗省"


@final
@frozen(weakref_slot=False, repr=False)
class Resolution(Shown):
    """What a name means, there and then.

    Attributes:
        name: the name as given.
        organ: the one organ it means, where there is exactly one.
        collective: the collective expression it is, where the directory lists it.
        kind: what sort of body it is, where that can be told; also for names the directory does not know.
        candidates: the organs it may mean, where that is not settled; :meth:`reasons` says what speaks for
            each.
        suggestions: names of the directory that look alike, where nothing was found.
        place: the division named in front of the name.
        level: the level that the name tells: ``city`` for 市财政局, ``district`` for 县财政局.
        inner: the place named inside it: 东城 in 市公安局东城分局, 东四 in 东四街道.
        step: which step of the look-up found it: ``name``, ``slip``, ``pattern``, ``place``, ``bracket``,
            ``variant``, ``rank``, ``nation``, ``division``, ``grammar``, or None.
        in_time: whether the organ existed on the given day, with an allowance of twelve months; None where no
            day was given or nothing is known.
        needs: what has to be given so that it means one: ``within``, ``place`` or ``division``; else None.
        left_out: organs of that name that it does not mean here, each with what speaks against it: ``unit``,
            ``level``, ``time``, ``place`` or ``within``.
        division: the division whose document uses the name, as given.
        within: the id or name of the department whose document it is, as given.
        on: the day on which the name was used, as given.
        version: the version of the directory's data.
    """

    name: str
    organ: Organ | None = None
    collective: Collective | None = None
    kind: DepartmentKind | None = None
    candidates: tuple[Organ, ...] = ()
    suggestions: tuple[str, ...] = ()
    place: str | None = None
    level: Level | None = None
    inner: str | None = None
    step: str | None = None
    in_time: bool | None = None
    needs: str | None = None
    left_out: tuple[tuple[Organ, str], ...] = ()
    division: str | None = None
    within: str | None = None
    on: date | None = None
    version: str = ""

    @property
    def id(self) -> str | None:
        """The id of the organ or collective, where there is exactly one."""
        found = self.organ or self.collective
        return found.id if found else None

    @property
    def slip(self) -> str | None:
        """The right name, where the name is a known slip of the pen."""
        return self.organ.name if self.step == "slip" and self.organ else None

    @property
    def prefix(self) -> str | None:
        """What stands in front of the name and may hold for names after it in a list: 省工信厅、财政厅.

        >>> from gongkai import Directory
        >>> resolve = Directory.default().resolve
        >>> resolve("省财政厅").prefix, resolve("澄湖区财政局").prefix, resolve("市场监管局").prefix
        ('省', '澄湖区', None)
        """
        if self.place:
            return self.place
        first = self.name[:1]
        return first if first in _FRONT or (first == "市" and self.level is Level.CITY) else None

    def reasons(self, language: Language = "zh") -> tuple[str, ...]:
        """Return what speaks for each candidate, in their order.

        >>> from gongkai import Directory
        >>> Directory.default().resolve("区城管委").reasons("en")[1]
        'listed under this name; since 2017-09; seen in 东城区, 西城区, 石景山区'
        """
        from gongkai.directory.explaining import reasons

        return reasons(self, language)

    def explain(self, language: Language = "zh") -> str:
        """Say what the name means and why; where that is not settled, what is missing.

        Args:
            language: ``zh`` or ``en``.

        Raises:
            InvalidValue: another language was asked for.

        >>> from gongkai import Directory
        >>> print(Directory.default().resolve("澄湖区教伟").explain("en"))
        澄湖区教伟: not in the directory, and its ending is that of no body. Did you mean 区教委?
        >>> print(Directory.default().resolve("西城区政务服务局").explain())
        西城区政务服务局：区政务服务局（gov-services-bureau）。“西城区”是行政区划，其余是名录中的名称。
        """
        from gongkai.directory.explaining import explain

        return explain(self, language)

    def __bool__(self) -> bool:
        """Tell whether the name means exactly one entry of the directory."""
        return self.organ is not None or self.collective is not None

    def __repr__(self) -> str:
        if self.id:
            return f"<Resolution {self.name} → {self.id}>"
        if self.candidates:
            likely = " | ".join([organ.id for organ in self.candidates])
            return f"<Resolution {self.name} → {likely}{'?' if len(self.candidates) == 1 else ''}>"
        return f"<Resolution {self.name} → unknown>"
