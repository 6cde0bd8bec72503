"""``gongkai completion``: what a shell needs to complete commands, options and file names."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from cyclopts import App, Parameter

__all__ = ["Shell", "completion_of"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Shell: TypeAlias = Annotated[Literal["bash", "fish", "powershell", "zsh"], Parameter(help="help.shell")]


def completion_of(app: App, shell: Shell) -> str:
    """The script of a shell, to be read at its start."""
    return app.generate_completion(prog_name="gongkai", shell=shell)
