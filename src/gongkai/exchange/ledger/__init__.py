"""Ledgers (台账): what is to be done, who reports how far it has come, and what came back.

- ``writing``: a plan as a ledger that departments fill in.
- ``reading``: a ledger on its way back; ``rows``: whose each row is; ``combining``: sheets together.
- ``ledger``: what came back, and what it says of a day.
- ``values``: statuses, shares and days as people type them; the words stand in ``words.toml``.
"""

from gongkai.exchange.ledger.ledger import DepartmentProgress, Disagreement, Ledger
from gongkai.exchange.ledger.reading import read_ledger
from gongkai.exchange.ledger.words import catalogue
from gongkai.exchange.ledger.writing import write_ledger

__all__ = [
    "DepartmentProgress",
    "Disagreement",
    "Ledger",
    "catalogue",
    "read_ledger",
    "write_ledger",
]
