"""How a sentence marks what is gone and what is new: not at all, or with the signs of Markdown."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["Marks", "PlainMarks"]


@cache
def _special() -> re.Pattern[str]:
    return re.compile(r"[\\`*_\[\]|~$#!]|(?<=\d)\.(?=\s|$)")


@cache
def _unfit() -> re.Pattern[str]:
    """Control characters, and marks that turn the direction of text."""
    return re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    )


class PlainMarks:
    """No marks: the words of the sentence say it."""

    def text(self, text: str) -> str:
        """A text of the document."""
        return text

    def gone(self, text: str) -> str:
        """What is no longer there."""
        return self.text(text)

    def new(self, text: str) -> str:
        """What is there now."""
        return self.text(text)


class Marks(PlainMarks):
    """Markdown: new in bold, gone struck through.

    CommonMark takes the signs ``**`` and ``~~`` for marks only where no punctuation stands at the inner edge
    of one while a letter stands at its outer edge, as is common in Chinese. There the elements of HTML stand
    in, which always work.
    """

    def text(self, text: str) -> str:
        r"""A text of the document, in which Markdown finds no marks.

        >>> from gongkai.comparing.diffing.marking import Marks
        >>> Marks().text("公开*清单* <b>&amp;")
        '公开\\*清单\\* &lt;b&gt;&amp;amp;'
        """
        text = _special().sub(lambda found: "\\" + found[0], _unfit().sub("\ufffd", text))
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def gone(self, text: str) -> str:
        """Struck through.

        >>> from gongkai.comparing.diffing.marking import Marks
        >>> Marks().gone("50"), Marks().gone("，")
        ('~~50~~', '<del>，</del>')
        """
        return self._marked(text, "~~", "del")

    def new(self, text: str) -> str:
        """In bold.

        >>> from gongkai.comparing.diffing.marking import Marks
        >>> Marks().new("500"), Marks().new("“一件事”")
        ('**500**', '<strong>“一件事”</strong>')
        """
        return self._marked(text, "**", "strong")

    def _marked(self, text: str, sign: str, element: str) -> str:
        inner = self.text(text)
        if not text:
            return ""
        if text[0].isalnum() and text[-1].isalnum():
            return f"{sign}{inner}{sign}"
        return f"<{element}>{inner}</{element}>"
