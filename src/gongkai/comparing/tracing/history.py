"""What ``trace`` finds: every task's thread through the plans, as rows and as a graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict, cast, final

from attrs import field, frozen

from gongkai.comparing.tracing.threads import Entry, Exit, Stage, Thread, Tie
from gongkai.errors import MissingExtra
from gongkai.model import Plan, Role
from gongkai.model._display import Shown
from gongkai.model._rowing import Tabular

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Edge", "History", "HistoryRow", "Node"]


class HistoryRow(TypedDict):
    """One thread in one plan, flat: a row of a data frame or a file.

    ``thread`` and ``column`` make it unique. ``from_threads`` and ``to_threads`` are the other threads that
    it took words from and gave words to. Days are ISO dates.
    """

    thread: str
    column: str
    year: int | None
    key: str
    label: str | None
    section: str
    text: str
    entry: str
    exit: str
    strength: str | None
    score: float | None
    rewording: float | None
    lead: list[str]
    responsible: list[str]
    cooperate: list[str]
    support: list[str]
    guide: list[str]
    bodies: list[str]
    joined: list[str]
    left: list[str]
    renamed: list[str]
    deadlines: list[str]
    due: str | None
    timing: str
    from_threads: list[str]
    to_threads: list[str]


class Node(TypedDict):
    """A task in the graph of a history."""

    id: str
    thread: str
    column: str
    year: int | None
    key: str
    label: str | None
    text: str
    entry: str
    exit: str


class Edge(TypedDict):
    """A tie in the graph of a history, from the earlier task to the later one."""

    source: str
    target: str
    kind: str
    strength: str
    score: float


@final
@frozen(weakref_slot=False, repr=False)
class History(Shown, Tabular):
    """Each task's thread through several plans.

    Iterates over the threads. Every task with text of its own is in exactly one thread, and a thread has at
    most one task in a plan.

    Attributes:
        plans: the plans, in order.
        columns: what each plan is called: its year, or a name that was given.
        threads: the threads, by the plan and the place where they begin.
        ties: all links between tasks of the plans, and what each is to the threads.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> first = Plan("要点", [Task("公开财政预决算。"), Task("公布招生政策。")], year=2023)
    >>> second = Plan("要点", [Task("规范公开财政预决算。")], year=2024)
    >>> history = gongkai.trace([first, second])
    >>> history
    <History 2023 → 2024 · 2 threads · 3 tasks>
    >>> for thread in history:
    ...     print(thread)
    <Thread 2023:#1 规范公开财政预决算。 · 2023, 2024>
    <Thread 2023:#2 公布招生政策。 · 2023>
    >>> history.summary()["2023"]["ended"]
    1
    """

    plans: tuple[Plan, ...]
    columns: tuple[str, ...]
    threads: tuple[Thread, ...]
    ties: tuple[Tie, ...] = ()
    _by_id: dict[str, Thread] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = {stage.id: thread for thread in self.threads for stage in thread.stages}
        object.__setattr__(self, "_by_id", found)

    def __getitem__(self, stage: str) -> Thread:
        """Return the thread that has a task, by the name of the plan and the task's key, as ``2024:12``.

        The id of a thread is such an address too.

        Raises:
            KeyError: there is no such task.
        """
        try:
            return self._by_id[stage]
        except KeyError:
            first = f"{self.columns[0]}:1"
            raise KeyError(f"no task {stage!r}; a task is addressed by plan and key, as {first!r}") from None

    def of(self, body: str) -> tuple[Thread, ...]:
        """Return the threads that a body ever answered for, under any name that it has in the plans."""
        names = {
            known
            for thread in self.threads
            for stage in thread.stages
            for printed, known in zip(stage.task.departments, stage.bodies, strict=True)
            if body in {printed.name, known}
        }
        return tuple([thread for thread in self.threads if names.intersection(thread.bodies)])

    def stages(self, column: str) -> tuple[Stage, ...]:
        """Return the tasks of one plan, in its order.

        Raises:
            KeyError: no plan has that name.
        """
        if column not in self.columns:
            raise KeyError(f"no plan {column!r}; there are {', '.join(self.columns)}")
        order = {
            task.key: place for place, task in enumerate(self.plans[self.columns.index(column)].all_tasks)
        }
        found = [stage for thread in self.threads for stage in thread.stages if stage.column == column]
        return tuple(sorted(found, key=lambda stage: order[stage.task.key]))

    def summary(self) -> dict[str, dict[str, int]]:
        """Count for each plan its tasks, how they came in and what became of them.

        ``continued`` counts those that the plan before had, ``kept`` those that the next plan has.
        """
        found: dict[str, dict[str, int]] = {}
        for column in self.columns:
            here = [stage for thread in self.threads for stage in thread.stages if stage.column == column]
            came, went = Counter(stage.entry for stage in here), Counter(stage.exit for stage in here)
            counts = {"tasks": len(here), **{entry.value: came[entry] for entry in Entry}}
            counts["kept"] = went[Exit.CONTINUED]
            counts.update({each.value: went[each] for each in Exit if each is not Exit.CONTINUED})
            found[column] = counts
        return found

    def table(self) -> list[HistoryRow]:
        """Return one flat row for each thread in each plan that has it, with the same columns always."""
        return [_row(stage) for thread in self.threads for stage in thread.stages]

    def nodes(self) -> list[Node]:
        """Return the tasks as nodes of a graph."""
        return [_node(stage) for thread in self.threads for stage in thread.stages]

    def edges(self) -> list[Edge]:
        """Return the ties as edges of a graph, each from the earlier task to the later one."""
        return [
            {
                "source": tie.old,
                "target": tie.new,
                "kind": tie.kind.value,
                "strength": tie.link.strength.value,
                "score": tie.link.score,
            }
            for tie in self.ties
        ]

    def to_networkx(self) -> nx.DiGraph[str]:
        """Return the graph of tasks and ties, with their facts as attributes.

        Raises:
            MissingExtra: networkx is not installed.
        """
        try:
            import networkx as nx
        except ImportError:
            raise MissingExtra("graph", "History.to_networkx") from None
        graph: nx.DiGraph[str] = nx.DiGraph(columns=list(self.columns))
        for node in self.nodes():
            graph.add_node(node["id"], **{name: value for name, value in node.items() if name != "id"})
        for edge in self.edges():
            facts = {name: value for name, value in edge.items() if name not in {"source", "target"}}
            graph.add_edge(edge["source"], edge["target"], **facts)
        return graph

    def __iter__(self) -> Iterator[Thread]:
        return iter(self.threads)

    def __len__(self) -> int:
        return len(self.threads)

    def __repr__(self) -> str:
        number, tasks = len(self.threads), sum(len(thread.stages) for thread in self.threads)
        counts = [f"{number} thread{'s' * (number != 1)}", f"{tasks} task{'s' * (tasks != 1)}"]
        return " · ".join([f"<History {' → '.join(self.columns)}", *counts]) + ">"


def _node(stage: Stage) -> Node:
    return {
        "id": stage.id,
        "thread": stage.thread,
        "column": stage.column,
        "year": stage.year,
        "key": cast(str, stage.task.key),
        "label": stage.task.label,
        "text": stage.task.text,
        "entry": stage.entry.value,
        "exit": stage.exit.value,
    }


def _row(stage: Stage) -> HistoryRow:
    task, link = stage.task, stage.link
    days = [deadline.due for deadline in task.deadlines if deadline.due is not None]
    held = {role: [body.name for body in task.departments_as(role)] for role in Role}
    pairs = [(item.old, item.new, item.relation) for item in stage.handovers]
    return {
        "thread": stage.thread,
        "column": stage.column,
        "year": stage.year,
        "key": cast(str, task.key),
        "label": task.label,
        "section": stage.heading,
        "text": task.text,
        "entry": stage.entry.value,
        "exit": stage.exit.value,
        "strength": None if link is None else link.strength.value,
        "score": None if link is None else link.score,
        "rewording": stage.rewording,
        "lead": held[Role.LEAD],
        "responsible": held[Role.RESPONSIBLE],
        "cooperate": held[Role.COOPERATE],
        "support": held[Role.SUPPORT],
        "guide": held[Role.GUIDE],
        "bodies": list(stage.bodies),
        "joined": [new.name for old, new, _ in pairs if old is None and new is not None],
        "left": [old.name for old, new, _ in pairs if new is None and old is not None],
        "renamed": [
            f"{old.name} → {new.name}"
            for old, new, relation in pairs
            if old is not None and new is not None and relation in {"renamed", "succeeded", "preceded"}
        ],
        "deadlines": [deadline.text for deadline in task.deadlines],
        "due": max(days).isoformat() if days else None,
        "timing": stage.timing.value,
        "from_threads": _others(stage, [tie.old_thread for tie in stage.before]),
        "to_threads": _others(stage, [tie.new_thread for tie in stage.after]),
    }


def _others(stage: Stage, threads: list[str]) -> list[str]:
    return list(dict.fromkeys([thread for thread in threads if thread != stage.thread]))
