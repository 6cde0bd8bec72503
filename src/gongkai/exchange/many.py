"""``read_many``: many documents, in several processes, one after the other.

What goes wrong with one document is its outcome, and never ends the batch; not even a process that dies over
it does. At most a few documents a process are held at a time, however many there are.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import partial
from multiprocessing import get_context, parent_process
from os import PathLike, fspath
from typing import Final, TypeAlias, final

from attrs import frozen

from gongkai._refusals import refused
from gongkai.errors import GongkaiError, InvalidValue
from gongkai.exchange.progress import Progress
from gongkai.model import Plan
from gongkai.model._display import Shown
from gongkai.reading import read

__all__ = ["Outcome", "read_many"]

Path: TypeAlias = str | PathLike[str]

_Reader: TypeAlias = "Callable[[str], Outcome]"

#: Below this many seconds of reading, processes cost more than they save.
_ALONE: Final = 1.0
#: So many documents a process are read or wait for their turn to be handed out.
_AHEAD: Final = 4


@final
@frozen
class Outcome(Shown):
    """What became of one document.

    Attributes:
        path: its path, as given.
        plan: the plan; None where it could not be read.
        error: why it could not be read; None where it was.

    >>> from gongkai.exchange import read_many
    >>> [outcome] = read_many(["no such file.txt"])
    >>> outcome.plan is None, outcome.error.hint
    (True, 'check the path')
    """

    path: str
    plan: Plan | None = None
    error: GongkaiError | None = None


def read_many(
    paths: Iterable[Path],
    *,
    workers: int | None = None,
    progress: bool | None = None,
    simplify: bool = False,
    strict: bool = False,
) -> Generator[Outcome, None, None]:
    """Read many documents; yield what became of each, in the order given, as soon as it is known.

    A script that may read in processes has to be written so that it can be imported, with its work below
    ``if __name__ == "__main__":``, as for all of Python's process pools.

    Args:
        paths: the documents' paths; also an iterator, which is taken from as reading goes on.
        workers: how many processes read; 1 reads in this one. By default as many as there are processors,
            once reading in this process has taken a second.
        progress: whether to draw a bar on standard error; by default only there, in a terminal, when it
            takes long and rich is installed.
        simplify: give the plans in simplified characters, as :func:`gongkai.read` does.
        strict: take a plan with findings of severity error for one that could not be read: its outcome is a
            :class:`gongkai.StrictError`, which holds the plan.

    Raises:
        InvalidValue: ``workers`` is no positive int.

    >>> import gongkai
    >>> [(outcome.path, outcome.plan) for outcome in gongkai.read_many([])]
    []
    """
    if workers is not None and (type(workers) is not int or workers < 1):
        raise InvalidValue("read_many", "workers", workers, "a positive int or None")
    return _outcomes(paths, workers, progress, partial(_read_one, simplify=simplify, strict=strict))


def _outcomes(
    paths: Iterable[Path], workers: int | None, progress: bool | None, read_one: _Reader
) -> Generator[Outcome, None, None]:
    total = len(paths) if isinstance(paths, Sized) else None
    waiting = (fspath(path) for path in paths)
    with Progress(total, wanted=progress) as bar, closing(_read_all(waiting, workers, read_one)) as found:
        for outcome in found:
            bar.advance()
            yield outcome


def _read_all(
    waiting: Iterator[str], workers: int | None, read_one: _Reader
) -> Generator[Outcome, None, None]:
    alone = workers == 1 or parent_process() is not None  # a worker has no workers of its own
    started = time.monotonic()
    while alone or (workers is None and time.monotonic() - started < _ALONE):
        path = next(waiting, None)
        if path is None:
            return
        yield read_one(path)
    yield from _Pool(workers or os.cpu_count() or 1, read_one).read(waiting)


def _read_one(path: str, *, simplify: bool = False, strict: bool = False) -> Outcome:
    """Read one document; whatever goes wrong is its outcome."""
    try:
        return Outcome(path, read(path, simplify=simplify, strict=strict))
    except GongkaiError as error:
        return Outcome(path, None, error)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one document must not cost the others
        reason = f"{type(error).__name__}: {error}"
        return Outcome(path, None, refused(path, "own-fault", reason=reason))


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _new_executor(workers: int) -> ProcessPoolExecutor:
    """Return a pool whose processes share nothing with this one: threads and open files are left alone."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ignore_interrupts)


class _Pool:
    """Processes that read, and what they are reading, in order."""

    def __init__(self, workers: int, read_one: _Reader = _read_one) -> None:
        self._workers = workers
        self._read_one = read_one
        self._running: deque[tuple[str, Future[Outcome]]] = deque()

    def read(self, waiting: Iterator[str]) -> Iterator[Outcome]:
        """Yield the outcome of each, with a few read ahead."""
        executor = _new_executor(self._workers)
        try:
            while self._fill(executor, waiting):
                path, future = self._running[0]
                try:
                    outcome = future.result()
                except BrokenProcessPool:
                    executor.shutdown(wait=False, cancel_futures=True)
                    yield from self._one_by_one()
                    executor = _new_executor(self._workers)
                    continue
                except Exception as error:  # noqa: BLE001 - a plan that cannot be handed over, say
                    outcome = Outcome(path, None, refused(path, "not-handed-over", reason=error))
                self._running.popleft()
                yield outcome
        finally:
            executor.shutdown(wait=False, cancel_futures=True)

    def _fill(self, executor: ProcessPoolExecutor, waiting: Iterator[str]) -> bool:
        """Hand out as many as may be under way; tell whether any is."""
        while len(self._running) < _AHEAD * self._workers and (path := next(waiting, None)) is not None:
            try:
                self._running.append((path, executor.submit(self._read_one, path)))
            except BrokenProcessPool as error:
                broken: Future[Outcome] = Future()
                broken.set_exception(error)
                self._running.append((path, broken))
                break
        return bool(self._running)

    def _one_by_one(self) -> Iterator[Outcome]:
        """Yield what was under way when a process died, each in a process of its own: which was it?"""
        while self._running:
            path, future = self._running.popleft()
            if future.done() and not future.cancelled() and future.exception() is None:
                yield future.result()
                continue
            with _new_executor(1) as executor:
                try:
                    yield executor.submit(self._read_one, path).result()
                except BrokenProcessPool:
                    yield Outcome(path, None, refused(path, "process-ended"))
