"""Strategies of what stands around the tasks of a printable plan: deadlines, the record, the notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from gongkai.model import Deadline, DocumentNumber, Notice, Record
from gongkai.testing import _words as words

__all__ = ["printable_deadlines", "printable_notices", "printable_records"]

_DAYS: Final = st.dates(date(2012, 1, 1), date(2029, 12, 28))
_OFFICES: Final = ("澄湖区政务公开领导小组办公室", "澄湖区人民政府办公室", "澜江市人民政府")

#: Words that name no year, and the deadline that they are in the plan's year.
_YEARLESS: Final[tuple[Callable[[int], Deadline], ...]] = (
    lambda year: Deadline.by_month(year, 10, "10月底前"),
    lambda year: Deadline.by_month(year, 3, "3月底前"),
    lambda year: Deadline.by_date(date(year, 6, 30), "6月30日前"),
    lambda year: Deadline.by_quarter(year, 2, "第二季度"),
    lambda year: Deadline.by_half(year, 1, "上半年"),
    lambda year: Deadline.by_year(year, "年底前"),
)

#: Words that mean no year at all.
_STANDING: Final = (
    Deadline.ongoing("持续推进"),
    Deadline.ongoing("长期坚持"),
    Deadline.every("FREQ=MONTHLY", "每月"),
    Deadline.every("FREQ=MONTHLY;INTERVAL=3", "每季度"),
)


def _on_day(year: int, month: int, day: int) -> Deadline:
    return Deadline.by_date(date(year, month, day))


@cache
def printable_deadlines(year: int | None) -> SearchStrategy[Deadline]:
    """Deadlines in words that are sure to be read; those without a year only where the plan has one."""
    years = st.integers(2018, 2026)
    found = [
        st.builds(Deadline.by_month, years, st.integers(1, 12)),
        st.builds(_on_day, years, _MONTHS, _MONTH_DAYS),
        st.builds(Deadline.by_quarter, years, st.integers(1, 4)),
        st.builds(Deadline.by_half, years, st.integers(1, 2)),
        st.builds(Deadline.by_year, years),
        st.sampled_from(_STANDING),
    ]
    if year is not None:
        found.append(st.sampled_from(_YEARLESS).map(lambda make: make(year)))
    return st.one_of(found)


_MONTHS: Final = st.integers(1, 12)
_MONTH_DAYS: Final = st.integers(1, 28)


@cache
def printable_records() -> SearchStrategy[Record]:
    """Records as a metadata block prints them."""
    days = st.none() | _DAYS
    numbers = st.builds(
        DocumentNumber, st.sampled_from(words.CODES), st.integers(2012, 2029), st.integers(1, 999)
    )
    return st.builds(
        Record,
        index_number=st.sampled_from((None, "CH00Z/ZK-2024-000017", "000014349/2018-00215")),
        subject=st.sampled_from((None, "政务公开", "工作方案")),
        issuer=st.sampled_from((None, *_OFFICES)),
        co_issuers=st.lists(st.sampled_from(("区财政局", "区司法局")), max_size=2, unique=True),
        effective_on=days,
        issued_on=days,
        document_number=st.none() | numbers,
        repealed_on=days,
        published_on=days,
        validity=st.sampled_from((None, "有效", "失效")),
        others=st.lists(
            st.sampled_from((("信息名称", "工作要点"), ("关键词", "公开"))), max_size=2, unique=True
        ),
    )


@cache
def printable_notices(title: str) -> SearchStrategy[Notice]:
    """Notices that cover a plan of that title, complete or without their end."""
    body = st.sampled_from((f"现将《{title}》印发给你们，请认真贯彻落实。", "请结合实际抓好落实。"))
    office = st.sampled_from(_OFFICES)
    return st.builds(
        Notice,
        office.map(lambda name: f"{name}关于印发《{title}》的通知"),
        addressees=st.lists(
            st.sampled_from(("各街道办事处", "区政府各部门", "各区属机构")),
            min_size=1,
            max_size=3,
            unique=True,
        ),
        body=st.lists(body, min_size=1, max_size=2, unique=True),
        signatory=office,
        sealed_by=st.sampled_from((None, "澄湖区政务服务和数据管理局")),
        issued_on=_DAYS,
        disclosure=st.sampled_from((None, "此件公开发布", "此件主动公开")),
    )
