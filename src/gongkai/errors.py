"""Every error that gongkai raises, under one root.

An error says what is wrong, where, what was expected and what to do. Problems *inside* a document are not
errors: they are findings, kept with the plan (see :class:`gongkai.Finding`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

__all__ = [
    "DependentChange",
    "GongkaiError",
    "InvalidValue",
    "LoadError",
    "MissingExtra",
    "PatchError",
    "PluginError",
    "Problem",
    "ReadError",
    "UnknownDay",
]


class GongkaiError(Exception):
    """The root of all errors raised by gongkai.

    >>> from gongkai.errors import GongkaiError, ReadError
    >>> issubclass(ReadError, GongkaiError)
    True
    """


class InvalidValue(GongkaiError, ValueError):
    """A model class was given a value that it cannot hold.

    Attributes:
        owner: the name of the class, as in ``"Task"``.
        field: the field that was given, as in ``"text"``.
        value: what was given.
        expected: what the field takes, in words.

    >>> import gongkai
    >>> gongkai.Task(3)
    Traceback (most recent call last):
        ...
    gongkai.errors.InvalidValue: Task.text: expected a str, got 3 (int)
    """

    def __init__(self, owner: str, field: str, value: object, expected: str) -> None:
        self.owner = owner
        self.field = field
        self.value = value
        self.expected = expected
        super().__init__(owner, field, value, expected)

    def __str__(self) -> str:
        shown = repr(self.value)
        if len(shown) > 80:
            shown = shown[:77] + "..."
        return (
            f"{self.owner}.{self.field}: expected {self.expected}, got {shown} ({type(self.value).__name__})"
        )


class ReadError(GongkaiError):
    """Bytes that are no document at all, or a file that cannot be opened.

    Text never raises it: any text gives a plan and findings.

    Attributes:
        origin: the file or address, where it is known.
        reason: what is wrong.
        hint: what to do about it.
        reason_zh: what is wrong, in Chinese; empty where whoever raised the error says it in English only.
        hint_zh: what to do about it, in Chinese; empty as ``reason_zh``.

    >>> import gongkai
    >>> gongkai.read(b"Rar!\\x1a\\x07\\x01\\x00")
    Traceback (most recent call last):
        ...
    gongkai.errors.ReadError: bytes: this is a rar archive; unpack it, and read the documents inside
    """

    def __init__(
        self, origin: str, reason: str, hint: str, *, reason_zh: str = "", hint_zh: str = ""
    ) -> None:
        self.origin = origin
        self.reason = reason
        self.hint = hint
        self.reason_zh = reason_zh
        self.hint_zh = hint_zh
        super().__init__(origin, reason, hint)

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}; {self.hint}"

    def told(self, language: Literal["zh", "en"] = "zh") -> str:
        """Return the whole message in a language, ``zh`` or ``en``; what is missing in Chinese is in English.

        >>> from gongkai import ReadError
        >>> error = ReadError("a.zip", "this is a zip", "unpack it", reason_zh="是压缩包", hint_zh="请解压")
        >>> error.told(), error.told("en")
        ('a.zip：是压缩包；请解压', 'a.zip: this is a zip; unpack it')

        Raises:
            InvalidValue: it is another language.
        """
        if language not in {"zh", "en"}:
            raise InvalidValue("ReadError", "language", language, "zh or en")
        if language == "en":
            return str(self)
        return f"{self.origin}：{self.reason_zh or self.reason}；{self.hint_zh or self.hint}"


class Problem:
    """One thing wrong in a file that was loaded, with the place: a JSON path, or file, line and column.

    >>> from gongkai.errors import Problem
    >>> str(Problem("$.content[0].text", "expected a str, got 3 (int)"))
    '$.content[0].text: expected a str, got 3 (int)'
    """

    __slots__ = ("message", "path")

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"

    def __repr__(self) -> str:
        return f"Problem({self.path!r}, {self.message!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and (self.path, self.message) == (other.path, other.message)

    def __hash__(self) -> int:
        return hash((self.path, self.message))


class LoadError(GongkaiError, ValueError):
    """JSON that is no gongkai file, or a table that is none of the directory, with every problem at once.

    Attributes:
        problems: all that is wrong, each with its JSON path, or with file, line and column.

    >>> import gongkai
    >>> gongkai.loads('{"gongkai": 1, "kind": "plan", "title": 5, "extra": 1}')
    Traceback (most recent call last):
        ...
    gongkai.errors.LoadError: 2 problems
      $.title: expected a str, got 5 (int)
      $.extra: unknown key
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        if count == 1:
            return str(self.problems[0])
        return f"{count} problems\n" + "\n".join(f"  {problem}" for problem in self.problems)


class PatchError(GongkaiError, ValueError):
    """A diff was applied to a plan that it was not made from.

    Attributes:
        place: where it does not fit, a task's or section's key.
        expected: what the diff expects there.
        found: what stands there.
    """

    def __init__(self, place: str, expected: str, found: str) -> None:
        self.place = place
        self.expected = expected
        self.found = found
        super().__init__(place, expected, found)

    def __str__(self) -> str:
        return (
            f"{self.place}: the diff expects {self.expected}, the plan has {self.found}; "
            "apply it to the plan it was made from, or make a new diff"
        )


class DependentChange(GongkaiError, ValueError):
    """Some changes of a diff were picked, and cannot be made without others that were left out.

    Attributes:
        place: the key of the task or section that a picked change is about.
        needs: what it needs besides.

    >>> from gongkai.errors import DependentChange
    >>> str(DependentChange("一.3", "that 一.2, which stands in it, is removed or moved"))
    '一.3: this change needs that 一.2, which stands in it, is removed or moved; select both, or neither'
    """

    def __init__(self, place: str, needs: str) -> None:
        self.place = place
        self.needs = needs
        super().__init__(place, needs)

    def __str__(self) -> str:
        return f"{self.place}: this change needs {self.needs}; select both, or neither"


class UnknownDay(GongkaiError, LookupError):
    """A calendar of working days was asked about a year that it does not know.

    Attributes:
        day: the day.
        calendar: the calendar's name.
        hint: what to do about it.

    >>> from datetime import date
    >>> from gongkai.errors import UnknownDay
    >>> str(UnknownDay(date(2031, 5, 6), "our list", "add the year's days"))
    "2031-05-06: our list knows no working days of 2031; add the year's days"
    """

    def __init__(self, day: date, calendar: str, hint: str) -> None:
        self.day = day
        self.calendar = calendar
        self.hint = hint
        super().__init__(day, calendar, hint)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.calendar} knows no working days of {self.day.year}; {self.hint}"


class PluginError(GongkaiError):
    """Something that another package adds to gongkai does not work.

    Attributes:
        kind: what it adds: ``reader``, ``writer``, ``embedder``, ``calendar`` or ``directory``.
        name: its name.
        package: the package that brings it, with its version.
        reason: what is wrong.

    >>> from gongkai.errors import PluginError
    >>> str(PluginError("reader", "ofd", "gongkai-ofd 0.3", "is no function"))
    'the reader ofd of gongkai-ofd 0.3 is no function; update that package, or uninstall it'
    """

    def __init__(self, kind: str, name: str, package: str, reason: str) -> None:
        self.kind = kind
        self.name = name
        self.package = package
        self.reason = reason
        super().__init__(kind, name, package, reason)

    def __str__(self) -> str:
        return (
            f"the {self.kind} {self.name} of {self.package} {self.reason}; "
            "update that package, or uninstall it"
        )


class MissingExtra(GongkaiError, ImportError):
    """An optional dependency is not installed.

    Attributes:
        extra: the extra that brings it.
        purpose: what it is needed for.

    >>> from gongkai.errors import MissingExtra
    >>> str(MissingExtra("cli", "the command"))
    "the command needs an optional dependency: pip install 'gongkai[cli]'"
    """

    def __init__(self, extra: str, purpose: str) -> None:
        self.extra = extra
        self.purpose = purpose
        super().__init__(extra, purpose)

    def __str__(self) -> str:
        return f"{self.purpose} needs an optional dependency: pip install 'gongkai[{self.extra}]'"
