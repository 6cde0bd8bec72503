"""A plan as files: ``gongkai export PLAN -o FILE...``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, TypeAlias

from cyclopts import Parameter

from gongkai.cli._drawing import Force, Tongue
from gongkai.cli._files import check_files, load
from gongkai.cli._findings import tell_warnings
from gongkai.cli._office import put_thing
from gongkai.views._words import words

__all__ = ["export_plans"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
File: TypeAlias = Annotated[str, Parameter(help="help.file", allow_leading_hyphen=True)]
Outputs: TypeAlias = Annotated[
    list[Path], Parameter(name=("--output", "-o"), negative_iterable=(), help="help.export_output")
]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet")
]


def export_plans(
    file: File,
    /,
    *,
    output: Outputs,
    force: Force = False,
    language: Tongue = "zh",
    quiet: Quiet = False,
) -> int:
    """Write a plan as one file or several, each in the form of its suffix."""
    say = words(language, "gongkai.cli")
    check_files(output, say, force=force)
    plan = load(file)
    for path in output:
        put_thing(plan, path, say, language, force=force)
        if not quiet:
            sys.stderr.write(say["messages.written"].format(name=path) + "\n")
    if not quiet:
        tell_warnings(file, plan, say)
    return 0
