"""The record of a document, its number, and the notice that covers it."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import final

from attrs import field, frozen

from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, pairs, to_pairs, to_texts, tuple_of, within

__all__ = ["DocumentNumber", "Notice", "Record"]


@cache
def _number() -> re.Pattern[str]:
    """京政办发〔2016〕26号, in every bracket that copies of documents show."""
    return re.compile(r"([^〔〕\[\]()（）﹝﹞【】]+?)[〔\[(（﹝【](\d{4})[〕\])）﹞】]第?(\d{1,5})号")


@final
@frozen(weakref_slot=False, repr=False, order=True)
class DocumentNumber(Shown):
    """A document's number: code of the issuing office, year, sequence.

    Written 〔〕 (GB/T 9704-2012, 7.2.5); read also with [] () ﹝﹞ 【】.

    Attributes:
        code: the issuing office's code, as 京政办发.
        year: the year, four digits.
        sequence: the number within the year.

    >>> from gongkai import DocumentNumber
    >>> number = DocumentNumber.parse("京政办发[2016]26号")
    >>> str(number), number.year
    ('京政办发〔2016〕26号', 2016)
    """

    code: str = field(validator=is_a(str))
    year: int = field(validator=within(1000, 9999))
    sequence: int = field(validator=within(0, 99_999))

    @classmethod
    def parse(cls, text: str) -> DocumentNumber | None:
        """Return the number that the whole text is, or None."""
        found = _number().fullmatch("".join(text.split()))
        return cls(found[1], int(found[2]), int(found[3])) if found else None

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.sequence}号"

    def __repr__(self) -> str:
        return f"<DocumentNumber {shorten(str(self), 60)}>"


@final
@frozen(weakref_slot=False, repr=False)
class Record(Shown):
    """What a document says of itself: the metadata block, the page's meta tags, or the covering notice.

    Attributes:
        index_number: 索引号, as printed; there is no national grammar for it.
        subject: 主题分类.
        issuer: 发文机构.
        co_issuers: 联合发文单位.
        effective_on: 实施日期.
        issued_on: 成文日期.
        document_number: 发文字号, the document's own, never one it cites.
        repealed_on: 废止日期.
        published_on: 发布日期.
        validity: 有效性.
        others: other keys, or values that are not what their key takes, as (key, value) in printed order.

    >>> from datetime import date
    >>> from gongkai import Record
    >>> Record(issuer="澄湖区政务公开领导小组办公室", issued_on=date(2024, 4, 18))
    <Record 澄湖区政务公开领导小组办公室 2024-04-18>
    """

    index_number: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    subject: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    issuer: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    co_issuers: tuple[str, ...] = field(default=(), kw_only=True, converter=to_texts, validator=tuple_of(str))
    effective_on: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    issued_on: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    document_number: DocumentNumber | None = field(
        default=None, kw_only=True, validator=is_a(DocumentNumber, optional=True)
    )
    repealed_on: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    published_on: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    validity: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    others: tuple[tuple[str, str], ...] = field(default=(), kw_only=True, converter=to_pairs, validator=pairs)

    def __repr__(self) -> str:
        facts = [
            shorten(str(fact), 40)
            for fact in (self.issuer, self.document_number, self.issued_on, self.validity)
            if fact
        ]
        return " ".join(["<Record", *facts]) + ">"


@final
@frozen(weakref_slot=False, repr=False)
class Notice(Shown):
    """The covering letter that issues a plan.

    Attributes:
        title: its title (…关于印发《…》的通知).
        addressees: whom it is sent to, as printed between the separators.
        body: its paragraphs.
        signatory: who signs.
        sealed_by: whose seal stands for the signatory's (代章).
        issued_on: the date below the signature.
        disclosure: the note on disclosure (此件公开发布), without brackets.

    >>> from gongkai import Notice
    >>> Notice("关于印发《澄湖区2024年政务公开工作要点》的通知", body=["现印发给你们。"])
    <Notice 关于印发《澄湖区2024年政务公开工作要点》的通知>
    """

    title: str = field(validator=is_a(str))
    addressees: tuple[str, ...] = field(default=(), kw_only=True, converter=to_texts, validator=tuple_of(str))
    body: tuple[str, ...] = field(default=(), kw_only=True, converter=to_texts, validator=tuple_of(str))
    signatory: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    sealed_by: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    issued_on: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    disclosure: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))

    def __repr__(self) -> str:
        return f"<Notice {shorten(self.title, 80)}>"
