"""Run the Python examples of the READMEs and of docs/ as tests; pytest itself runs those of the docstrings."""

from __future__ import annotations

import os
from doctest import ELLIPSIS

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

# A width in the environment, which pytest-xdist puts there, would change how tables are drawn.
os.environ.pop("COLUMNS", None)

collect_ignore = ["docs/conf.py"]  # needs Sphinx

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()],
    patterns=["README.md", "README.zh-CN.md", "docs/*.md"],
).pytest()
