"""What other packages add to gongkai: readers, writers, embedders, calendars and directories.

A package names what it adds in its own metadata, as entry points (the Python Packaging User Guide, "Entry
points specification"); once it is installed, gongkai finds it. Nothing of a plug-in is imported before it is
needed, and a plug-in that fails is named in the error.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final, TypeVar, final

from attrs import field, frozen

from gongkai.errors import PluginError
from gongkai.model._display import Shown

__all__ = ["GROUPS", "Plugin", "PluginKind", "named", "plugins"]

T = TypeVar("T")


class PluginKind(StrEnum):
    """What a plug-in adds; the value is the word of its group."""

    READER = "reader"
    """A function from the bytes of a file and its name to an ``Extract``; None where they are not its own."""

    WRITER = "writer"
    """A function from a thing and a language to the content of a file; its name is ``Class.suffix``."""

    EMBEDDER = "embedder"
    """What turns texts into vectors: a callable, or an object with ``encode``."""

    CALENDAR = "calendar"
    """A calendar of working days: an object with ``is_workday``."""

    DIRECTORY = "directory"
    """A function from a directory to one that knows more."""


#: The group of entry points of each kind.
GROUPS: Final = {
    PluginKind.READER: "gongkai.readers",
    PluginKind.WRITER: "gongkai.writers",
    PluginKind.EMBEDDER: "gongkai.embedders",
    PluginKind.CALENDAR: "gongkai.calendars",
    PluginKind.DIRECTORY: "gongkai.directories",
}


@final
@frozen
class Plugin(Shown):
    """One thing that an installed package adds.

    Attributes:
        kind: what it adds.
        name: the name that it is asked for by, as its entry point gives it.
        package: the package that brings it, with its version.
    """

    kind: PluginKind
    name: str
    package: str
    _entry: EntryPoint = field(repr=False, eq=False)

    def load(self) -> object:
        """Import what the entry point names.

        Raises:
            PluginError: it cannot be imported.
        """
        try:
            return self._entry.load()
        except Exception as error:  # a plug-in may raise anything while it is imported
            raise self.failed(f"cannot be loaded ({type(error).__name__}: {error})") from error

    def failed(self, reason: str) -> PluginError:
        """Return the error that names this plug-in."""
        return PluginError(self.kind.value, self.name, self.package, reason)


def plugins(kind: PluginKind | str | None = None) -> tuple[Plugin, ...]:
    """Return what installed packages add, of one kind or of all, by kind, name and package.

    Which packages are installed is looked up once in a process.

    Args:
        kind: the kind, or its value.

    Raises:
        ValueError: there is no such kind.

    >>> from gongkai.plugins import plugins
    >>> all(plugin.kind.value == "reader" for plugin in plugins("reader"))
    True
    """
    if kind is None:
        return tuple([plugin for each in PluginKind for plugin in _installed(each)])
    return _installed(PluginKind(kind))


@cache
def _installed(kind: PluginKind) -> tuple[Plugin, ...]:
    found = [_plugin(kind, entry) for entry in entry_points(group=GROUPS[kind])]
    return tuple(sorted(found, key=lambda plugin: (plugin.name, plugin.package)))


def _plugin(kind: PluginKind, entry: EntryPoint) -> Plugin:
    package = f"{entry.dist.name} {entry.dist.version}" if entry.dist is not None else "an unknown package"
    return Plugin(kind, entry.name, package, entry)


def named(kind: PluginKind, name: str, check: Callable[[object], T | None]) -> T | None:
    """Return what the plug-in of that name adds, checked; None where there is none of that name.

    Args:
        kind: the kind.
        name: the name.
        check: returns what was loaded, with its type, or None where it is not what the kind asks for.

    Raises:
        PluginError: two packages give the name, or what it adds cannot be loaded or is of another sort.
    """
    found = [plugin for plugin in plugins(kind) if plugin.name == name]
    if not found:
        return None
    first, *others = found
    if others:
        also = ", ".join(plugin.package for plugin in others)
        raise first.failed(f"is also given by {also}")
    loaded = check(first.load())
    if loaded is None:
        raise first.failed(f"is no {kind.value}")
    return loaded
