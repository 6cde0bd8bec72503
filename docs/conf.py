"""How the documentation is built: ``sphinx-build -W docs build/docs``."""

from __future__ import annotations

import importlib
import inspect
import sys
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import gongkai

sys.path.insert(0, str(Path(__file__).parent))
import tables

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

project = "gongkai"
author = "The gongkai authors"
project_copyright = author
release = metadata.version("gongkai")
version = ".".join(release.split(".")[:2])

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
source_suffix = {".md": "markdown"}

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = f"gongkai {version}"
html_static_path = ["_static"]
html_css_files = ["gongkai.css"]
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}


class PublicDirective(SphinxDirective):
    """``{public} ROOM``: every public name of that room, under ``gongkai`` where it is there too."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name_of_room: str = self.arguments[0]
        room = importlib.import_module(name_of_room)
        lines = ["```{eval-rst}"]
        for name in room.__all__:
            home = tables.home(name, name_of_room)
            lines += [*description(f"{home}.{name}", getattr(room, name)), ""]
        return self.parse_text_to_nodes("\n".join([*lines, "```"]))


def description(path: str, value: object) -> list[str]:
    if inspect.isclass(value):
        kind = "autoexception" if issubclass(value, BaseException) else "autoclass"
        plain = ["   :undoc-members:"] if issubclass(value, Enum) else []
        members = [] if issubclass(value, tuple) else ["   :members:"]  # a named tuple's have nothing to say
        return [f".. {kind}:: {path}", *members, *plain]
    if inspect.isroutine(value):
        return [f".. autofunction:: {path}"]
    if isinstance(value, dict):
        return [f".. py:data:: {path}", "", f"   {tables.PLAIN[path.rpartition('.')[2]]}"]
    kinds = [kind.__name__ for kind in get_args(value) if inspect.isclass(kind)]
    union = [f"   :canonical: {' | '.join(kinds)}"] if len(kinds) == len(get_args(value)) > 1 else []
    return [f".. py:type:: {path}", *union, "", f"   {tables.PLAIN[path.rpartition('.')[2]]}"]


def renew_tables(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Make the tables anew that come from the code; the pages keep them for whoever reads them unbuilt."""
    source[0] = tables.renewed(source[0])


def public_names_are_documented(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each public name that no page describes; ``-W`` makes that an error."""
    described = env.domains["py"].data["objects"]
    for name in gongkai.__all__:
        if not name.startswith("__") and f"gongkai.{name}" not in described:
            logger.warning("gongkai.%s is public, but no page describes it", name)


def properties_are_prose(
    _app: Sphinx, what: str, _name: str, value: object, _options: object, lines: list[str]
) -> None:
    """Undo what napoleon does to "Who issued it: …", of which it takes the first words for a type."""
    if what == "property":
        lines[:] = [*(inspect.getdoc(value) or "").splitlines(), ""]


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("public", PublicDirective)
    app.connect("source-read", renew_tables)
    app.connect("autodoc-process-docstring", properties_are_prose, priority=900)
    app.connect("env-check-consistency", public_names_are_documented)
    return {"parallel_read_safe": True}
