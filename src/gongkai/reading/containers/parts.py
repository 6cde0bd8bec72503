"""The parts of an Office file and what they have to do with each other (ISO/IEC 29500-2)."""

from __future__ import annotations

from posixpath import dirname, join, normpath, split
from typing import NamedTuple

from gongkai._refusals import refused
from gongkai.errors import ReadError
from gongkai.model import Finding
from gongkai.reading.containers.archive import Archive
from gongkai.reading.containers.markup import Node, tree
from gongkai.reading.findings import finding

__all__ = ["Relation", "main_part", "optional_tree", "relations"]


class Relation(NamedTuple):
    """What a part names as its own.

    Attributes:
        kind: the last word of its type: ``styles``, ``header``, ``worksheet``.
        part: the name of the part, whether the archive has it or not.
    """

    kind: str
    part: str


def relations(archive: Archive, part: str = "") -> dict[str, Relation]:
    """Return the parts that a part (or the file itself) names, by the id that it gives them.

    Links to the outside are left out.

    Raises:
        ReadError: the list is damaged.
    """
    folder, name = split(part)
    listing = join(folder, "_rels", f"{name}.rels")
    if listing not in archive:
        return {}
    found: dict[str, Relation] = {}
    for node in tree(archive, listing).all("Relationship"):
        facts = node.attributes
        if facts.get("TargetMode") != "External":
            target = facts.get("Target", "").replace("\\", "/")
            kind = facts.get("Type", "").rpartition("/")[2]
            found[facts.get("Id", "")] = Relation(
                kind, normpath(join("/", dirname(part), target)).lstrip("/")
            )
    return found


def main_part(archive: Archive, usual: str) -> str:
    """Return the part that holds the document; ``usual`` is where programs put it.

    Raises:
        ReadError: there is none.
    """
    for relation in relations(archive).values():
        if relation.kind == "officeDocument" and relation.part in archive:
            return relation.part
    if usual in archive:
        return usual
    raise refused(archive.origin, "part-missing", part=usual)


def optional_tree(archive: Archive, part: str, findings: list[Finding]) -> Node | None:
    """Return the root of a part that a document can do without; None, with a finding, where it is damaged."""
    if part not in archive:
        return None
    try:
        return tree(archive, part)
    except ReadError as error:
        reason, chinese = error.reason, error.reason_zh
        findings.append(finding("part-unread", part=part, reason=reason, reason_zh=chinese))
        return None
