"""gongkai's JSON against json, orjson, pydantic and msgspec, on one plan of a Beijing district's size.

Budgets, in one run: ``loads`` at most 3.5 × json.loads of the same text, ``dumps`` at most 2 × json.dumps of
the same plain data; with orjson installed, both faster than pydantic on a model of the same shape.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import orjson
from _harness import table
from _rivals import MPlan, PPlan
from _sample import sample

import gongkai
from gongkai.codec import _text


def no_orjson() -> None:
    """Stand for the look-up that finds no orjson."""


def without_orjson(function: Callable[[Any], object], argument: object) -> Callable[[], object]:
    """Return a call that runs as if orjson were not installed."""

    def call() -> object:
        kept, _text._orjson = _text._orjson, no_orjson  # noqa: SLF001 - what the tests replace, too
        try:
            return function(argument)
        finally:
            _text._orjson = kept  # noqa: SLF001

    return call


def main() -> None:
    """Print both tables, and whether the budgets hold."""
    plan = sample()
    text = gongkai.dumps(plan)
    data = json.loads(text)
    as_pydantic = PPlan.model_validate_json(text)
    decoder = msgspec.json.Decoder(MPlan)
    as_msgspec = decoder.decode(text)
    assert gongkai.loads(text) == plan
    print(f"a plan of {len(plan.all_tasks)} tasks; {len(text)} characters of JSON")
    loading = table(
        "loads",
        {
            "json.loads": lambda: json.loads(text),
            "orjson.loads": lambda: orjson.loads(text),
            "msgspec": lambda: decoder.decode(text),
            "gongkai": lambda: gongkai.loads(text),
            "gongkai without orjson": without_orjson(gongkai.loads, text),
            "pydantic": lambda: PPlan.model_validate_json(text),
        },
        yardstick="json.loads",
    )
    dumping = table(
        "dumps",
        {
            "json.dumps": lambda: json.dumps(data, ensure_ascii=False, separators=(",", ":")),
            "orjson.dumps": lambda: orjson.dumps(data),
            "msgspec": lambda: msgspec.json.encode(as_msgspec),
            "gongkai": lambda: gongkai.dumps(plan),
            "gongkai without orjson": without_orjson(gongkai.dumps, plan),
            "pydantic": lambda: as_pydantic.model_dump_json(exclude_defaults=True),
        },
        yardstick="json.dumps",
    )
    print()
    for what, ratios, budget in (("loads", loading, 3.5), ("dumps", dumping, 2.0)):
        alone, helped, rival = ratios["gongkai without orjson"], ratios["gongkai"], ratios["pydantic"]
        verdict = "holds" if alone <= budget else "FAILS"
        print(f"{what}: at most {budget} × json.{what} without orjson: {verdict}")
        print(f"{what}: faster than pydantic with orjson: {'holds' if helped < rival else 'FAILS'}")


if __name__ == "__main__":
    main()
