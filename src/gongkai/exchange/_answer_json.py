"""Answers as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, cast

import attrs

from gongkai.comparing import Answer, Link, Question
from gongkai.comparing.judges.answerwords import evidence_words
from gongkai.errors import InvalidValue, Problem
from gongkai.exchange._answer_sheet import OpenRow, Row, Sheet

__all__ = ["answers_json", "parse_json"]

#: The version of the form, and what is in the file.
_VERSION: Final = 1
_KIND: Final = "answers"

#: How it is written that an annotator does not know; a question that is open has no ``strength``.
_UNKNOWN: Final = "unknown"

_NAMES: Final = tuple([field.name for field in attrs.fields(Answer)])


def answers_json(rows: Iterable[Row]) -> str:
    """Return answers and questions as JSON."""
    records = [_record(row) for row in rows]
    whole = {"gongkai": _VERSION, "kind": _KIND, "answers": records}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _record(row: Row) -> dict[str, object]:
    answer = _as_answer(row)
    record: dict[str, object] = {}
    for name in _NAMES:
        value = cast(object, getattr(answer, name))
        if name == "strength":
            if not isinstance(row, (Question, OpenRow)):
                record[name] = answer.strength.value if answer.strength is not None else _UNKNOWN
        elif value not in {"", None}:
            record[name] = value.isoformat() if isinstance(value, date) else value
    return {"old_key": answer.old_key, "new_key": answer.new_key, **record}


def _as_answer(row: Row) -> Answer:
    if isinstance(row, Question):
        return row.answer(None)
    if isinstance(row, OpenRow):
        return row.row
    if isinstance(row, Link):
        words = evidence_words(row.evidence)
        return attrs.evolve(Answer.of_link(row), score=row.score, evidence=words)
    return row


def parse_json(data: bytes, origin: str, problems: list[Problem]) -> Sheet:
    """Read JSON; what is wrong goes to ``problems``, each with its path."""
    try:
        whole = cast(object, json.loads(data.decode("utf-8", "surrogatepass").removeprefix("\ufeff")))
    except ValueError as error:
        problems.append(Problem(origin, f"no JSON: {error}"))
        return Sheet(())
    except RecursionError:
        problems.append(Problem(origin, "nested too deeply"))
        return Sheet(())
    records = _records(whole, problems)
    found = [_row(record, f"$.answers[{place}]", problems) for place, record in enumerate(records)]
    return Sheet(tuple([row for row in found if row is not None]))


def _records(whole: object, problems: list[Problem]) -> list[object]:
    table = cast("dict[str, object]", whole) if isinstance(whole, dict) else {}
    if table.get("kind") != _KIND or not isinstance(table.get("answers"), list):
        problems.append(Problem("$", 'expected {"gongkai": 1, "kind": "answers", "answers": [...]}'))
        return []
    version = table.get("gongkai")
    if type(version) is not int or version != _VERSION:
        problems.append(Problem("$.gongkai", f"expected version {_VERSION} of this form, got {version!r}"))
    return cast("list[object]", table["answers"])


def _row(record: object, path: str, problems: list[Problem]) -> Answer | OpenRow | None:
    if not isinstance(record, dict):
        problems.append(Problem(path, f"expected an object, got {type(record).__name__}"))
        return None
    fields = dict(cast("Mapping[str, object]", record))
    problems += [Problem(f"{path}.{name}", "unknown key") for name in fields if name not in _NAMES]
    missing = [name for name in ("old_key", "new_key") if name not in fields]
    problems += [Problem(f"{path}.{name}", "this key is missing") for name in missing]
    answered = fields.get("strength") is not None
    fields["strength"] = None if fields.get("strength") == _UNKNOWN else fields.get("strength")
    day = fields.get("answered_on")
    try:
        fields["answered_on"] = date.fromisoformat(day) if isinstance(day, str) else day
        answer = Answer(**{name: value for name, value in fields.items() if name in _NAMES})  # type: ignore[arg-type]
        return answer if answered else OpenRow(answer)
    except InvalidValue as error:
        problems.append(Problem(f"{path}.{error.field}", f"expected {error.expected}, got {error.value!r}"))
    except ValueError:
        problems.append(Problem(f"{path}.answered_on", f"expected a day, as 2026-11-22, got {day!r}"))
    except TypeError:  # a key is missing, which is told
        pass
    return None
