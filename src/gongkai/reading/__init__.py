"""From bytes to plans: decoding, lines, outline, clauses, and the findings on the way.

Rules of real text are tables in ``grammar/``; the modules here are the steps, in order: ``decode``,
``lines``, ``noise``, ``head``, ``passages``, ``segments`` (with ``clauses`` and ``deadlines``), ``outline``,
``drafts``, ``build``.
"""

from gongkai.reading.deadlines import parse_deadline
from gongkai.reading.findings import Entry, catalogue
from gongkai.reading.reader import parse, read

__all__ = ["Entry", "catalogue", "parse", "parse_deadline", "read"]
