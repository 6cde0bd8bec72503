"""Plans in and out, many at a time and in other formats.

- ``answers``: what annotators answer, as tables that they fill in and as JSON.
- ``many``: a folder of documents, read in several processes.
- ``matters``: a table of matters, for a spreadsheet.
- ``saving``: a file, whole or not at all.
"""

from gongkai.exchange.answers import read_answers, write_answers
from gongkai.exchange.many import Outcome, read_many
from gongkai.exchange.matters import matters_csv

__all__ = ["Outcome", "matters_csv", "read_answers", "read_many", "write_answers"]
