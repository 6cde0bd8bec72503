"""Plans in and out, many at a time and in other formats.

- ``answers``: what annotators answer, as tables that they fill in and as JSON.
- ``many``: a folder of documents, read in several processes.
- ``saving``: a file, whole or not at all.
"""

from gongkai.exchange.answers import read_answers, write_answers
from gongkai.exchange.many import Outcome, read_many

__all__ = ["Outcome", "read_answers", "read_many", "write_answers"]
