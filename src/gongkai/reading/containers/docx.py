"""Word documents (.docx, .docm, .dotx; ISO/IEC 29500, strict and transitional).

The parts are read directly: what matters here (automatic numbers, revisions, text boxes, content controls) is
beyond python-docx, which opens neither strict documents nor ones with macros or with a broken reference.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from gongkai._refusals import refused
from gongkai.codec.carried import NAMESPACE
from gongkai.errors import ReadError
from gongkai.reading.containers.archive import Archive
from gongkai.reading.containers.drafting import Draft
from gongkai.reading.containers.markup import Node, Step, Steps, steps, steps_of, tree
from gongkai.reading.containers.numbering import Numbering, Styles
from gongkai.reading.containers.parts import Relation, main_part, optional_tree, relations
from gongkai.reading.containers.wordbody import OUTER, Body
from gongkai.reading.extract import Extract
from gongkai.reading.findings import finding

__all__ = ["extract"]

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def extract(data: bytes, origin: str) -> Extract:
    """Return the text of a Word document, and what the document says beyond it.

    Running heads and feet, foot- and endnotes and tables of contents are noise; comments, deleted and hidden
    text are left out, each with a finding; inserted text is read.

    Raises:
        ReadError: the file is damaged, encrypted or a bomb, or has pictures in place of text.
    """
    archive = Archive(data, origin)
    main = main_part(archive, "word/document.xml")
    related = list(relations(archive, main).values())
    draft = Draft(archive)
    styles = Styles(_of_kind(archive, related, "styles", draft))
    numbering = Numbering(_of_kind(archive, related, "numbering", draft), styles)
    _furniture(archive, related, "header", "page-head", draft)
    body = Body(draft, styles, numbering)
    body.read(steps(archive, main, OUTER))
    if body.pictures and not body.printed:
        raise refused(origin, "document-pictures")
    draft.findings += [finding("label-unread", label=name) for name in sorted(numbering.unknown)]
    draft.end_places()
    for kind in ("footnote", "endnote"):
        _notes(archive, related, kind, body)
    _furniture(archive, related, "footer", "page-foot", draft)
    return draft.extract(MEDIA_TYPE)._replace(carried=_carried(archive, related))


def _carried(archive: Archive, related: list[Relation]) -> str | None:
    """Return what gongkai put beside the text, if it did."""
    for relation in related:
        if relation.kind == "customXml" and relation.part in archive:
            # A part is small talk of other programs as a rule; what is no XML there is no matter of ours.
            with suppress(ReadError):
                root = tree(archive, relation.part)
                if root.attributes.get("format") == NAMESPACE:
                    return root.text
    return None


def _of_kind(archive: Archive, related: list[Relation], kind: str, draft: Draft) -> Node | None:
    """Return the part of a kind that the document has once, if it has it."""
    part = next((relation.part for relation in related if relation.kind == kind), None)
    return None if part is None else optional_tree(archive, part, draft.findings)


def _aside(archive: Archive, came: Steps) -> str:
    """Return the text of what stands aside: its lists are not those of the document."""
    draft, styles = Draft(archive), Styles(None)
    Body(draft, styles, Numbering(None, styles)).read(came)
    return draft.text.strip("\n")


def _furniture(archive: Archive, related: list[Relation], kind: str, name: str, draft: Draft) -> None:
    """Write the running heads or feet, each wording once; sections often have the same."""
    parts = [relation.part for relation in related if relation.kind == kind and relation.part in archive]
    texts = [_aside(archive, steps(archive, part, OUTER)) for part in parts]
    start = draft.end
    for text in dict.fromkeys(texts):
        if text.strip():
            draft.lines(text)
    draft.apart(name, start)


def _notes(archive: Archive, related: list[Relation], kind: str, body: Body) -> None:
    """Write the foot- or endnotes, in the order in which the text refers to them."""
    numbers = dict.fromkeys([number for of, number in body.notes if of == kind])
    parts = [
        relation.part for relation in related if relation.kind == f"{kind}s" and relation.part in archive
    ]
    if not numbers or not parts:
        return
    texts: dict[str, str] = {}
    for step, node in steps(archive, parts[0], frozenset([f"{kind}s"])):
        number = node.attributes.get("id", "")
        if step is Step.WHOLE and number in numbers:
            texts[number] = _aside(archive, steps_of(node.children, OUTER))
    start = body.draft.end
    for number in numbers:
        if texts.get(number):
            body.draft.lines(texts[number])
            body.draft.note("notes-apart", 1, (start, body.draft.end - 1))
    body.draft.apart("footnote", start)
