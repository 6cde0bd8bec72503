"""Strategies for property tests of code that works on plans, and helpers for its assertions.

Needs hypothesis: ``pip install 'gongkai[test]'``.

>>> from gongkai.testing import strategies
>>> strategies.tasks(max_parts=2)
tasks(max_parts=2)
"""

from gongkai.errors import MissingExtra

try:
    import hypothesis as _hypothesis  # noqa: F401 - only whether it is there  # pyright: ignore[reportUnusedImport]
except ImportError as absent:
    raise MissingExtra("test", "gongkai.testing") from absent

from gongkai.testing import strategies as strategies
from gongkai.testing._assertions import assert_plans_equal, losses, lossless
from gongkai.testing._edits import Edit, EditKind

__all__ = ["Edit", "EditKind", "assert_plans_equal", "losses", "lossless", "strategies"]
