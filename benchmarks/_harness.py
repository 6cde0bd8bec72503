"""What every benchmark shares: best of several runs, and ratios to a yardstick measured in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable


def best(function: Callable[[], object], *, rounds: int = 7, seconds: float = 0.1) -> float:
    """Return the shortest time of one call, in seconds of this process; a round lasts about ``seconds``."""
    function()
    started = time.process_time()
    function()
    calls = max(1, int(seconds / max(time.process_time() - started, 1e-9)))
    times = []
    for _ in range(rounds):
        started = time.process_time()
        for _ in range(calls):
            function()
        times.append((time.process_time() - started) / calls)
    return min(times)


def table(
    title: str, cases: dict[str, Callable[[], object]], *, yardstick: str, rounds: int = 20
) -> dict[str, float]:
    """Measure all cases, print them with their ratios to the yardstick, and return the ratios.

    The rounds of all cases take turns, so that a machine that slows down slows down for all.
    """
    times = dict.fromkeys(cases, float("inf"))
    for _ in range(rounds):
        for name, function in cases.items():
            times[name] = min(times[name], best(function, rounds=1, seconds=0.025))
    width = max(map(len, cases))
    print(f"\n{title}")
    for name, took in times.items():
        print(f"  {name:<{width}}  {_shown(took):>10}  {took / times[yardstick]:6.2f} ×")
    return {name: took / times[yardstick] for name, took in times.items()}


def _shown(seconds: float) -> str:
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds / 1e-9:.0f} ns"
