"""What a history is made of: the thread of one task through several plans, and how such threads meet."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import TYPE_CHECKING, final

from attrs import frozen

from gongkai.comparing.alignment.finest import heading_of
from gongkai.comparing.alignment.links import Link
from gongkai.comparing.handover import Handover
from gongkai.comparing.timing import Timing
from gongkai.model import Section, Task
from gongkai.model._display import Shown, shorten

if TYPE_CHECKING:
    from gongkai.comparing.diffing.changes import Language

__all__ = ["Entry", "Exit", "Stage", "Thread", "Tie", "TieKind"]


@unique
class TieKind(StrEnum):
    """What a link between tasks of two plans is to their threads."""

    CONTINUED = "continued"
    """the later task goes on with the thread of the earlier one"""
    RETURNED = "returned"
    """the same over plans in which the thread has no task"""
    SPLIT = "split"
    """words of a task that goes on elsewhere became a task of its own"""
    MERGED = "merged"
    """a task went into one that goes on with another thread"""
    CROSSED = "crossed"
    """two threads go on, and the later task has words of the other thread too"""


@unique
class Entry(StrEnum):
    """How a thread comes to have a task in a plan."""

    BORN = "born"
    """the task is new: no earlier plan has it, or there is no earlier plan"""
    SPLIT = "split"
    """the thread begins with words of another thread, which goes on"""
    CONTINUED = "continued"
    """the plan before has the task too"""
    RETURNED = "returned"
    """an earlier plan has it, and the plan before has not"""


@unique
class Exit(StrEnum):
    """What becomes of a thread after a plan."""

    CONTINUED = "continued"
    """the next plan has the task too"""
    PAUSED = "paused"
    """the next plan has it not, and a later one has"""
    MERGED = "merged"
    """the thread ends in another one"""
    ENDED = "ended"
    """no later plan has the task"""
    OPEN = "open"
    """there is no later plan"""


@final
@frozen(weakref_slot=False, repr=False)
class Tie(Shown):
    """One link between tasks of two plans, and what it is to the threads that it joins.

    Attributes:
        kind: ``continued``, ``returned``, ``split``, ``merged`` or ``crossed``.
        link: the link, with strength, score and evidence.
        old: the id of the earlier stage.
        new: the id of the later stage.
        old_thread: the id of the thread of the earlier stage.
        new_thread: the id of the thread of the later stage.
    """

    kind: TieKind
    link: Link
    old: str
    new: str
    old_thread: str
    new_thread: str

    def __repr__(self) -> str:
        return f"<Tie {self.old} → {self.new} {self.kind}>"


@final
@frozen(weakref_slot=False, repr=False)
class Stage(Shown):
    """One task in the thread that it belongs to.

    Attributes:
        thread: the id of the thread.
        column: the name of the plan: its year, or what it was called.
        place: the position of the plan, from 0.
        year: the year of the plan, where it has one.
        task: the task.
        sections: the sections that it stands in, the outermost first.
        entry: how the thread comes to have it.
        exit: what becomes of the thread after it.
        before: the ties from earlier tasks, first that of its own thread.
        after: the ties to later tasks, first that of its own thread.
        rewording: how much of the text changed since the stage before, from 0 (nothing) to 1 (everything);
            years that went on with the plan's count as unchanged. None where there is no stage before.
        timing: how its deadline compares with that of the stage before, each seen from its plan's year.
        handovers: who answered for it at the stage before, and who does now; empty where there is none
            before.
        bodies: who answers for it, each under the name that the body has last in the history, so that one
            that a reform renamed has one name in all years.
    """

    thread: str
    column: str
    place: int
    year: int | None
    task: Task
    sections: tuple[Section, ...]
    entry: Entry
    exit: Exit
    before: tuple[Tie, ...] = ()
    after: tuple[Tie, ...] = ()
    rewording: float | None = None
    timing: Timing = Timing.NONE
    handovers: tuple[Handover, ...] = ()
    bodies: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its readable id: the name of the plan and the key of the task."""
        return f"{self.column}:{self.task.key}"

    @property
    def heading(self) -> str:
        """The headings that it stands below, on one line."""
        return heading_of(self.sections)

    @property
    def link(self) -> Link | None:
        """The link to the stage before; None where there is none."""
        own = [tie.link for tie in self.before if tie.kind in {TieKind.CONTINUED, TieKind.RETURNED}]
        return own[0] if own else None

    def __repr__(self) -> str:
        return f"<Stage {self.id} {self.entry} · {self.exit}>"


@final
@frozen(weakref_slot=False, repr=False)
class Thread(Shown):
    """The thread of one task through the plans: at most one task in each.

    Attributes:
        id: a readable id: the name of the first plan that has it, and the key of the task there. Plans that
            are added at the end leave it as it is.
        stages: its tasks, in the order of the plans.
    """

    id: str
    stages: tuple[Stage, ...]

    @property
    def first(self) -> Stage:
        """Where it begins."""
        return self.stages[0]

    @property
    def last(self) -> Stage:
        """Where it ends, or how it stands in the last plan."""
        return self.stages[-1]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the plans that have it."""
        return tuple([stage.column for stage in self.stages])

    @property
    def bodies(self) -> tuple[str, ...]:
        """Everybody who ever answered for it, each under the last name, in the order in which they came."""
        return tuple(dict.fromkeys([name for stage in self.stages for name in stage.bodies]))

    def explain(self, language: Language = "zh") -> str:
        """Tell what became of the task, plan by plan, in Chinese (``zh``) or English (``en``).

        Raises:
            InvalidValue: another language was asked for.
        """
        from gongkai.comparing.telling import explain_thread

        return explain_thread(self, language)

    def __repr__(self) -> str:
        return f"<Thread {self.id} {shorten(self.last.task.text)} · {', '.join(self.columns)}>"
