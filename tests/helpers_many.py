"""Readers that go wrong in ways that no document of the tests can bring about."""

from __future__ import annotations

import os
import threading

from gongkai import Outcome
from gongkai.exchange.many import _read_one


def dies_over_some(path: str) -> Outcome:
    """Read a document; end the whole process over one whose name says so."""
    if "kill" in path:
        os._exit(1)
    return _read_one(path)


def cannot_be_handed_over(path: str) -> Outcome:
    """Return something that no process can hand to another."""
    return Outcome(path, threading.Lock())  # type: ignore[arg-type]
