"""Embedders that the command is asked for by name."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final, TypeAlias, cast

from cyclopts import Parameter

from gongkai.cli._files import Wrong
from gongkai.comparing import Embedder, semantic_embedder
from gongkai.plugins import PluginKind, named
from gongkai.views._words import Words

__all__ = ["EmbedderName", "embedder_of"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
EmbedderName: TypeAlias = Annotated[str | None, Parameter(name="--embedder", help="help.embedder")]

#: The one that comes with the extra of that name.
_OWN: Final = "semantic"


def embedder_of(name: str | None, say: Words) -> Embedder | None:
    """Return the embedder of a name: ``semantic``, a plug-in's, or one of your own as ``module:name``.

    Raises:
        Wrong: there is none of that name.
        PluginError: a plug-in of that name does not work.
    """
    if name is None:
        return None
    if name == _OWN:
        return semantic_embedder
    added = named(PluginKind.EMBEDDER, name, _boxed)
    if added is not None:
        return added[0]
    module, _, attribute = name.partition(":")
    if (here := str(Path.cwd())) not in sys.path:  # where a module of one's own is; `python -m` does so too
        sys.path.insert(0, here)
    try:
        found: object = getattr(import_module(module), attribute) if module and attribute else None
    except (ImportError, AttributeError, ValueError) as error:
        raise Wrong(say["messages.embedder"].format(name=name)) from error
    embedder = _embedder(found)
    if embedder is None:
        raise Wrong(say["messages.embedder"].format(name=name))
    return embedder


def _embedder(found: object) -> Embedder | None:
    return cast(Embedder, found) if callable(found) or hasattr(found, "encode") else None


def _boxed(found: object) -> tuple[Embedder] | None:
    embedder = _embedder(found)
    return None if embedder is None else (embedder,)
