"""The city's working days of 2024: one day of its own is off."""

from __future__ import annotations

from datetime import date

from gongkai.calendars import ListedDays

CALENDAR = ListedDays([2024], off=[date(2024, 5, 8), date(2024, 10, 1)], worked=[date(2024, 10, 12)])
