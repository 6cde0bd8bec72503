"""A plan as a file carries it beside its print: what print cannot tell is in it."""

from __future__ import annotations

import json
from typing import Any, Final, cast

from gongkai.codec._plan import plan_data
from gongkai.errors import InvalidValue
from gongkai.model import Plan

__all__ = ["MEDIA_TYPE", "NAMESPACE", "carried"]

#: The name of the element that holds it in an Office file: a name, no address.
NAMESPACE: Final = "urn:gongkai:plan"
#: The type of the element that holds it in a web page: data, which no browser runs.
MEDIA_TYPE: Final = "application/vnd.gongkai.plan+json"
#: What belongs to the text that a plan was read from, and not to the file that is written.
_ELSEWHERE: Final = frozenset(["span", "source", "findings", "directory"])


def carried(plan: Plan) -> str:
    """Return a plan as JSON in ASCII, without positions: it can stand in XML and in HTML as it is.

    Raises:
        InvalidValue: its sections are nested more deeply than Python can follow.

    >>> import gongkai
    >>> from gongkai.codec.carried import carried
    >>> carried(gongkai.Plan("<2024>"))
    '{"gongkai":1,"kind":"plan","title":"\\\\u003c2024\\\\u003e","year":null}'
    """
    try:
        text = json.dumps(_stripped(plan_data(plan, source=False)), separators=(",", ":"))
    except RecursionError:
        expected = "a plan whose sections and parts are nested less deeply"
        raise InvalidValue("write", "thing", plan.title, expected) from None  # its repr goes as deep
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def _stripped(data: object) -> object:
    if isinstance(data, dict):
        table = cast("dict[str, Any]", data)
        return {key: _stripped(value) for key, value in table.items() if key not in _ELSEWHERE}
    if isinstance(data, (list, tuple)):
        return [_stripped(value) for value in cast("list[Any]", data)]
    return data
