"""Making a document's text fit to show: it comes from anywhere, so what steers a screen is taken out."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["clean", "cut", "visible"]


@cache
def _unfit() -> re.Pattern[str]:
    """Control characters but line ends, marks that turn the direction of text, halves of surrogates."""
    return re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    )


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)  # the pictures of control characters stand in their order from U+2400
    return "␡" if code == 0x7F else "\ufffd"


def visible(text: str) -> str:
    r"""Return the text with a visible sign for each character that would steer a screen.

    >>> visible("清单\x1b[31m")
    '清单␛[31m'
    """
    return _unfit().sub(_picture, text)


def clean(text: str) -> str:
    r"""Return the visible text on one line.

    >>> clean("清单\x1b[31m\n  公布")
    '清单␛[31m 公布'
    """
    return " ".join(visible(text).split())


def cut(text: str, length: int | None) -> tuple[str, str]:
    """Return the text's beginning and its rest, which is empty where the text is not longer than ``length``.

    >>> cut("公开财政预决算", 4), cut("公开", 4)
    (('公开财政', '预决算'), ('公开', ''))
    """
    if length is None or len(text) <= length:
        return text, ""
    return text[:length], text[length:]
