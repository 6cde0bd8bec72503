"""Models of the same shape in pydantic and msgspec, as careful as ours: strict, unknown keys refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
import pydantic

Role = Literal["lead", "responsible", "cooperate", "support", "guide"]
Kind = Literal[
    "organ",
    "office",
    "collective",
    "government",
    "party",
    "branch",
    "committee",
    "group",
    "institution",
    "enterprise",
    "mass",
]
When = Literal["date", "month", "quarter", "half", "year", "recurring", "within", "ongoing"]


class Model(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True, extra="forbid", frozen=True)


class PDepartment(Model):
    name: str
    kind: Kind | None = None
    id: str | None = None


class PAssignment(Model):
    role: Role
    departments: tuple[PDepartment, ...]
    severally: bool = False
    open: bool = False
    inherited: bool = False


PSpan = tuple[int, int] | tuple[tuple[int, int], ...]


class PDeadline(Model):
    text: str
    kind: When
    due: date | None = None
    start: date | None = None
    rule: str | None = None
    amount: int | None = None
    unit: str | None = None
    bound: str | None = None
    event: str | None = None
    stated: str | None = None
    span: PSpan | None = None


class PParagraph(Model):
    kind: Literal["paragraph"] = "paragraph"
    label: str | None = None
    text: str
    span: PSpan | None = None


class PTask(Model):
    kind: Literal["task"] = "task"
    key: str | None = None
    label: str | None = None
    text: str
    assignments: tuple[PAssignment, ...] = ()
    deadlines: tuple[PDeadline, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()
    span: PSpan | None = None
    parts: tuple[PTask, ...] = ()


class PSection(Model):
    kind: Literal["section"] = "section"
    key: str | None = None
    label: str | None = None
    heading: str
    span: PSpan | None = None
    content: tuple[Annotated[PParagraph | PSection | PTask, pydantic.Field(discriminator="kind")], ...] = ()


class PNumber(Model):
    code: str
    year: int
    sequence: int


class PRecord(Model):
    index_number: str | None = None
    subject: str | None = None
    issuer: str | None = None
    co_issuers: tuple[str, ...] = ()
    effective_on: date | None = None
    issued_on: date | None = None
    document_number: PNumber | None = None
    repealed_on: date | None = None
    published_on: date | None = None
    validity: str | None = None
    others: tuple[tuple[str, str], ...] = ()


class PNotice(Model):
    title: str
    addressees: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    signatory: str | None = None
    sealed_by: str | None = None
    issued_on: date | None = None
    disclosure: str | None = None


class PPieces(Model):
    kinds: tuple[str, ...]
    lengths: tuple[int, ...]


class PSource(Model):
    origin: str | None = None
    media_type: str | None = None
    encoding: str | None = None
    retrieved_on: date | None = None
    sha256: str | None = None
    text: str | None = None
    pieces: PPieces | None = None


class PPlan(Model):
    gongkai: Literal[1]
    kind: str = "plan"
    title: str
    year: int | None = None
    record: PRecord = PRecord()
    notice: PNotice | None = None
    preamble: tuple[PParagraph, ...] = ()
    content: tuple[Annotated[PParagraph | PSection | PTask, pydantic.Field(discriminator="kind")], ...] = ()
    closing: tuple[PParagraph, ...] = ()
    source: PSource | None = None


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class MDepartment(Struct):
    name: str
    kind: Kind | None = None
    id: str | None = None


class MAssignment(Struct):
    role: Role
    departments: tuple[MDepartment, ...]
    severally: bool = False
    open: bool = False
    inherited: bool = False


MSpan = tuple[int | tuple[int, int], ...]


class MDeadline(Struct):
    text: str
    kind: When
    due: date | None = None
    start: date | None = None
    rule: str | None = None
    amount: int | None = None
    unit: str | None = None
    bound: str | None = None
    event: str | None = None
    stated: str | None = None
    span: MSpan | None = None


class MParagraph(Struct, kw_only=True, tag_field="kind", tag="paragraph"):
    label: str | None = None
    text: str
    span: MSpan | None = None


class MTask(Struct, kw_only=True, tag_field="kind", tag="task"):
    key: str | None = None
    label: str | None = None
    text: str
    assignments: tuple[MAssignment, ...] = ()
    deadlines: tuple[MDeadline, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()
    span: MSpan | None = None
    parts: tuple[MTask, ...] = ()


class MSection(Struct, kw_only=True, tag_field="kind", tag="section"):
    key: str | None = None
    label: str | None = None
    heading: str
    span: MSpan | None = None
    content: tuple[MParagraph | MSection | MTask, ...] = ()


class MNumber(Struct):
    code: str
    year: int
    sequence: int


class MRecord(Struct):
    index_number: str | None = None
    subject: str | None = None
    issuer: str | None = None
    co_issuers: tuple[str, ...] = ()
    effective_on: date | None = None
    issued_on: date | None = None
    document_number: MNumber | None = None
    repealed_on: date | None = None
    published_on: date | None = None
    validity: str | None = None
    others: tuple[tuple[str, str], ...] = ()


class MNotice(Struct):
    title: str
    addressees: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    signatory: str | None = None
    sealed_by: str | None = None
    issued_on: date | None = None
    disclosure: str | None = None


class MPieces(Struct):
    kinds: tuple[str, ...]
    lengths: tuple[int, ...]


class MSource(Struct):
    origin: str | None = None
    media_type: str | None = None
    encoding: str | None = None
    retrieved_on: date | None = None
    sha256: str | None = None
    text: str | None = None
    pieces: MPieces | None = None


class MPlan(Struct):
    gongkai: Literal[1]
    kind: str
    title: str
    year: int | None = None
    record: MRecord = MRecord()
    notice: MNotice | None = None
    preamble: tuple[MParagraph, ...] = ()
    content: tuple[MParagraph | MSection | MTask, ...] = ()
    closing: tuple[MParagraph, ...] = ()
    source: MSource | None = None
