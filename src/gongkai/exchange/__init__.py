"""Plans in and out, many at a time and in other formats.

- ``many``: a folder of documents, read in several processes.
- ``saving``: a file, whole or not at all.
"""

from gongkai.exchange.many import Outcome, read_many

__all__ = ["Outcome", "read_many"]
