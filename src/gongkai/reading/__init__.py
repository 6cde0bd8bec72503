"""From bytes to plans: decoding, lines, outline, clauses, and the findings on the way.

Rules of real text are tables in ``grammar/``; the modules here are the steps, in order:

- ``opening``: from files to bytes; ``containers``: to a text and what its container says (``extract``).
- ``lines``: to lines with their labels.
- ``pages``, ``passages``, ``title_lines``: lines that a page or an editor broke are joined.
- ``head`` (with ``record``, ``notice``, ``titles``, ``signatures``) and ``tail`` (with ``listings``,
  ``noise``): what stands above and below the body.
- ``segments``: each stretch of text with its responsibility clause (``clauses`` with ``clause_rows`` and
  ``names``; ``loose`` for those without brackets).
- ``outline`` (with ``numbering``): what stands below what; ``drafts``: what is a section, a task, a
  paragraph.
- ``rules``: what the document says once for all its clauses.
- ``build`` (with ``deadlines`` and the ``time…`` modules, ``pieces``): the model, with spans and findings.
"""

from gongkai.reading.deadlines import parse_deadline
from gongkai.reading.extract import Extract, Noise, PrintedCell, PrintedTable
from gongkai.reading.findings import Entry, catalogue
from gongkai.reading.reader import parse, read
from gongkai.reading.strict import StrictError

__all__ = [
    "Entry",
    "Extract",
    "Noise",
    "PrintedCell",
    "PrintedTable",
    "StrictError",
    "catalogue",
    "parse",
    "parse_deadline",
    "read",
]
