"""Checking a plan: is anything missing, odd or inconsistent?

What is checked stands in ``catalogue.toml``, one row a code; the modules find it:

- ``responsibility``: who and by when (C1).
- ``bodies``: the departments and their names (C2).
- ``writing``: numbers, brackets, punctuation, structure (C3).
- ``beside``: what another plan shows (C4).

``reviewing`` adds what the reader noticed.
"""

from gongkai.checking.checker import RULES, Rule, catalogue, check
from gongkai.checking.reviewing import codes, review

__all__ = ["RULES", "Rule", "catalogue", "check", "codes", "review"]
