"""How the documentation is built: ``sphinx-build -W docs build/docs``."""

from __future__ import annotations

import importlib
import inspect
import re
from enum import Enum
from importlib import metadata
from typing import TYPE_CHECKING, Any, get_args

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import gongkai

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
    """``{public} ROOM``: every public name that comes from that room, described under ``gongkai``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        room = importlib.import_module(self.arguments[0])
        lines = ["```{eval-rst}"]
        for name in room.__all__:
            if name in gongkai.__all__:
                lines += [*description(name, getattr(room, name)), ""]
        return self.parse_text_to_nodes("\n".join([*lines, "```"]))


def description(name: str, value: object) -> list[str]:
    if inspect.isclass(value):
        kind = "autoexception" if issubclass(value, BaseException) else "autoclass"
        plain = ["   :undoc-members:"] if issubclass(value, Enum) else []
        return [f".. {kind}:: gongkai.{name}", "   :members:", *plain]
    if inspect.isroutine(value):
        return [f".. autofunction:: gongkai.{name}"]
    kinds = [getattr(kind, "__forward_arg__", None) or kind.__name__ for kind in get_args(value)]
    return [f".. py:type:: gongkai.{name}", *([f"   :canonical: {' | '.join(kinds)}"] if kinds else [])]


class FindingsDirective(SphinxDirective):
    """``{findings}``: the catalogue of findings, from the table that the reader itself uses."""

    def run(self) -> list[nodes.Node]:
        catalogue = importlib.import_module("gongkai.reading").catalogue()
        lines: list[str] = []
        for entry in sorted(catalogue.values()):
            lines += [
                f"`{entry.code}` {entry.severity.value}",
                f": {literal(entry.zh)}\\",
                f"  {literal(entry.en)}",
            ]
            lines += [f"  \n  Hint: {literal(entry.hint)}."] * bool(entry.hint)
            lines.append("")
        return self.parse_text_to_nodes("\n".join(lines))


def literal(message: str) -> str:
    """Show the parts of a message that are filled in as `…`."""
    return re.sub(r"{\w+}", "…", message)


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
    app.add_directive("findings", FindingsDirective)
    app.add_directive("public", PublicDirective)
    app.connect("autodoc-process-docstring", properties_are_prose, priority=900)
    app.connect("env-check-consistency", public_names_are_documented)
    return {"parallel_read_safe": True}
