"""A JSON Patch (RFC 6902) applied by the letter, as any other program would."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["patched"]


def patched(document: Any, patch: Iterable[Mapping[str, Any]]) -> Any:
    """The document after all operations; the first that cannot be made raises."""
    holder = {"": copy.deepcopy(document)}
    for operation in patch:
        path = tokens(operation["path"])
        match operation["op"]:
            case "test":
                assert value_at(holder, path) == operation["value"], operation
            case "add":
                add(holder, path, copy.deepcopy(operation["value"]))
            case "remove":
                remove(holder, path)
            case "replace":
                remove(holder, path)
                add(holder, path, copy.deepcopy(operation["value"]))
            case "move":
                whence = tokens(operation["from"])
                assert path[: len(whence)] != whence or path == whence, "a move into itself"
                add(holder, path, remove(holder, whence))
            case other:
                raise ValueError(other)
    return holder[""]


def tokens(pointer: str) -> list[str]:
    assert not pointer or pointer.startswith("/")
    return ["", *[token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]]


def position(items: list[Any], token: str, *, end: bool = False) -> int:
    assert token == str(int(token)), token
    assert int(token) < len(items) + end, token
    return int(token)


def value_at(document: Any, path: list[str]) -> Any:
    for token in path:
        document = document[position(document, token) if isinstance(document, list) else token]
    return document


def add(document: Any, path: list[str], value: Any) -> None:
    home = value_at(document, path[:-1])
    if isinstance(home, list):
        home.insert(position(home, path[-1], end=True), value)
    else:
        home[path[-1]] = value


def remove(document: Any, path: list[str]) -> Any:
    home = value_at(document, path[:-1])
    return home.pop(position(home, path[-1]) if isinstance(home, list) else path[-1])
