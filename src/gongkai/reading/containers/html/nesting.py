"""A look at a page's tags before it is parsed, which takes time that grows with their nesting.

The HTML standard sets no bounds. Browsers do: Chromium nests 512 elements. What goes far beyond that is no
document, and would take minutes and gigabytes.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from gongkai._refusals import refused
from gongkai.reading.grammar import table

__all__ = ["check_nesting"]

#: A page with fewer start tags and characters than this is parsed at once, whatever it holds.
_FEW_TAGS: Final = 1_000
_FEW_CHARACTERS: Final = 64_000
#: How many elements may be open at once.
_DEEPEST: Final = 2_000
#: How long a tag may be without the values of its attributes: each attribute is compared with all before it.
_LONGEST_TAG: Final = 4_000
#: How many formatting elements the parser may open again, beside one for so many characters.
_REOPENED: Final = 200_000
_REOPENED_PER: Final = 8
#: How many open elements the parser may look at in vain, for end tags without a start tag.
_SEARCHED: Final = 10**9

_ELEMENTS: Final = table("page")["elements"]
_WITHOUT_END: Final = frozenset(_ELEMENTS["without_end"])
_FORMATTING: Final = frozenset(_ELEMENTS["formatting"])
_ATTRIBUTES: Final = r"""(?:[^<>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?|["'<])*+"""
_TOKEN: Final = re.compile(
    r"<!--(?:-?>|.*?--!?>|.*+)"
    r"|<(?:script|style|textarea|title|xmp|iframe|noembed|noframes)\b[^>]*+>"
    r"(?:.*?</(?:script|style|textarea|title|xmp|iframe|noembed|noframes)\b|.*+)"
    rf"|<(/?)([a-z][^\s/>]*+)({_ATTRIBUTES})>",
    re.DOTALL | re.IGNORECASE,
)
_VALUE: Final = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")


def check_nesting(text: str, origin: str) -> None:
    """Refuse a page that no parser of the standard reads in bounded time.

    Raises:
        ReadError: too many elements are open at once, or a tag has too many attributes.
    """
    if len(text) < _FEW_CHARACTERS and text.count("<") - text.count("</") < _FEW_TAGS:
        return
    levels = _Levels(origin, _REOPENED + len(text) // _REOPENED_PER)
    for token in _TOKEN.finditer(text):
        end, name, attributes = token.groups()
        if name is None:
            continue
        if len(attributes) > _LONGEST_TAG and len(_VALUE.sub("", attributes)) > _LONGEST_TAG:
            raise refused(origin, "page-attributes")
        if end:
            levels.close(name.lower())
        elif not attributes.endswith("/") or name.lower() in {"div", "span"}:
            levels.open(name.lower(), attributes)


class _Levels:
    """How many elements are open, as far as their tags tell.

    Attributes:
        depth: those that are no formatting elements.
        loose: the formatting elements; many of them are closed with the paragraph that they begin in.
        kinds: the formatting elements that the parser opens again, by name: it keeps three that are alike.
        formatting: how many they are.
        reopened: how many it has opened again.
        searched: how many elements it has looked at for end tags without a start tag.
    """

    def __init__(self, origin: str, bound: int) -> None:
        self.origin = origin
        self.bound = bound
        self.open_of: Counter[str] = Counter()
        self.depth = 0
        self.loose = 0
        self.kinds: dict[str, list[str]] = {}
        self.formatting = 0
        self.reopened = 0
        self.searched = 0

    def open(self, name: str, attributes: str) -> None:
        """Note a start tag."""
        if name in _FORMATTING:
            self.open_of[name] += 1
            self.loose += 1
            kinds = self.kinds.setdefault(name, [])
            if kinds[-3:].count(attributes) < 3 and (name != "a" or not kinds):
                kinds.append(attributes)
                self.formatting += 1
        else:
            self.reopened += self.formatting
            if name not in _WITHOUT_END:
                self.open_of[name] += 1
                self.depth += 1
        if self.depth + self.formatting > _DEEPEST:
            raise refused(self.origin, "page-depth", most=_DEEPEST)
        if self.reopened > self.bound:
            raise refused(self.origin, "page-formatting")

    def close(self, name: str) -> None:
        """Note an end tag; one without a start tag closes nothing."""
        if not self.open_of[name]:
            self.searched += self.depth + (0 if name in _WITHOUT_END else self.loose)
            if self.searched > _SEARCHED:
                raise refused(self.origin, "page-ends")
            return
        self.open_of[name] -= 1
        if name not in _FORMATTING:
            self.depth -= 1
            return
        self.loose -= 1
        if self.kinds.get(name):
            self.kinds[name].pop()
            self.formatting -= 1
