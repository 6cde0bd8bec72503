"""A plan as an entry of a bibliography, for BibLaTeX."""

from __future__ import annotations

from gongkai import Plan

_SIGNS = {"\\": r"\textbackslash{}"} | {sign: "\\" + sign for sign in "{}%&#$_"}


def citation(plan: Plan, language: str) -> str:
    """Return the entry; what a document says is escaped, so that nothing in it becomes a command of TeX."""
    record = plan.record
    fields = {
        "title": _escaped(plan.title),
        "author": "{" + _escaped(plan.issuer) + "}" if plan.issuer else "",
        "date": str(record.issued_on or plan.year or ""),
        "number": _escaped(str(record.document_number or "")),
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join(["@report{plan" + str(plan.year or "") + ",", *lines, "}", ""])


def _escaped(text: str) -> str:
    return "".join([_SIGNS.get(character, character) for character in text])
