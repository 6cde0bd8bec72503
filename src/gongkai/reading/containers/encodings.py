"""From bytes to characters: which encoding a text is in, found by evidence.

A text without a byte order mark that is no UTF-8 is decoded in each encoding that Chinese offices use, and
the characters that come out are looked at: read in the wrong one, Chinese text gives rare and foreign
characters (``grammar/encodings.toml``). What a page or a mail says of its own encoding is one candidate more.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache
from typing import Final, NamedTuple

from gongkai._refusals import refused
from gongkai.model import Finding
from gongkai.reading.containers.damage import BROKEN, decode_damaged
from gongkai.reading.findings import finding
from gongkai.reading.grammar import table
from gongkai.reading.lines import span_of

__all__ = ["Decoded", "decoded", "wide_encoding"]

#: Byte order marks and the encodings that take them off; the longer ones first.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDE: Final = ("utf-16-le", "utf-16-be")
_NARROW: Final = ("gb18030", "big5hkscs", "utf-8")
#: Encodings that are read as a larger one, which decodes the same text (WHATWG Encoding Standard, 4.2).
_LARGER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "ascii": "utf-8",
    "utf_8_sig": "utf-8",
    "utf-16": "utf-16-le",
}

_ASCII: Final = frozenset(map(chr, (*range(32, 127), 9, 10, 13)))
#: So many bytes tell of UTF-16, and hold what a page says of its encoding.
_HEAD: Final = 4096
#: So many bytes are looked at to find the encoding by its characters.
_SAMPLE: Final = 1 << 12
#: Stretches that begin with a byte above ASCII: none begins or ends inside a character of two bytes.
_STRETCH: Final = re.compile(rb"[\x80-\xff][\x40-\xff]*")
#: What UTF-16 has for the line ends, digits and marks of Chinese text, and next to no other text has.
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: What a page says of its encoding, and an XML file.
_DECLARED: Final = re.compile(
    rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{3,20})|<\?xml\b[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{3,20})",
    re.IGNORECASE,
)

#: A text in the right encoding has at least this share of frequent characters …
_SURE: Final = 0.3
#: … and needs no other, where so many bytes have this share …
_CLEAR: Final = 0.6
_MUCH: Final = 200
#: … and leads the next encoding by this one; a declared encoding is given half of it.
_LEAD: Final = 0.2
#: A text is no text in an encoding that breaks at more than this share of its bytes.
_MOST_BROKEN: Final = 0.05

#: A text of more than so many bytes, of which more than this share are not ASCII, has at least this share of
#: frequent characters.
_FEW: Final = 40
_MOSTLY: Final = 0.3
_LEAST: Final = 0.1


class Decoded(NamedTuple):
    """A text out of bytes.

    Attributes:
        text: the text, without a byte order mark.
        encoding: the encoding that was found, by its name in Python: ``data.decode(encoding)`` is the text,
            but for broken bytes.
        findings: a doubtful choice; broken bytes.
    """

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def decoded(data: bytes, origin: str, *, declared: str | None = None) -> Decoded:
    """Return the text of bytes in any encoding that Chinese offices use.

    UTF-8, UTF-16 and UTF-32 with a byte order mark; UTF-8, UTF-16, GB18030 (GBK, GB2312) and Big5 (with the
    characters of Hong Kong) without one. Other encodings are asked of charset-normalizer (extra
    ``documents``), where it is there. Single broken bytes become U+FFFD, with a finding.

    Args:
        data: the bytes.
        origin: the name that an error gives them.
        declared: the encoding that the container names, as a mail does. What a page names in itself is
            looked up.

    Raises:
        ReadError: they are text in no encoding that is known.

    >>> from gongkai.reading.containers.encodings import decoded
    >>> decoded("政务公开工作要点".encode("gbk"), "bytes").encoding
    'gb18030'
    >>> decoded("政務公開工作要點".encode("big5"), "bytes").encoding
    'big5'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in(data.removeprefix(mark) if encoding == "gb18030" else data, encoding)
    wide = wide_encoding(data[:_HEAD])
    if wide is not None:
        return _in(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _by_evidence(data, origin, declared or _declared_in(data[:_HEAD]))


def wide_encoding(data: bytes) -> str | None:
    """Return the kind of UTF-16 that bytes are in, with its byte order where no mark tells it, or None.

    >>> from gongkai.reading.containers.encodings import wide_encoding
    >>> wide_encoding("一、公开\\n1.公开甲目录。".encode("utf-16-be")), wide_encoding(b"text")
    ('utf-16-be', None)
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding if encoding.startswith(("utf-16", "utf-32")) else None
    if _CONTROL.search(data) is None:
        return None
    text, name = data[: len(data) & ~1], _WIDE[0]
    share = _share(text.decode(name, "replace"))
    if share < _CLEAR:
        share, name = max((share, name), (_share(text.decode(_WIDE[1], "replace")), _WIDE[1]))
    return name if share >= _SURE else None


def _in(data: bytes, encoding: str) -> Decoded:
    """Decode, and say what is broken."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = decode_damaged(data, encoding, _weight)
    places = [(found.start(), found.end()) for found in re.finditer(BROKEN, text)]
    line = text.count("\n", 0, places[0][0]) + 1
    shown = span_of(places[:1000])
    found = finding("bytes-broken", shown, count=len(places), line=line, encoding=encoding)
    return Decoded(text.replace(BROKEN, "\ufffd"), encoding, (found,))


def _by_evidence(data: bytes, origin: str, declared: str | None) -> Decoded:
    sample = _sample(data)
    hinted = _known(declared)
    shares = _shares(sample, data[:_SAMPLE], hinted)
    best, second = [*sorted(shares, key=shares.__getitem__, reverse=True), ""][:2]
    sure = shares[best] >= _SURE and (not second or shares[best] - shares[second] >= _LEAD)
    foreign = shares[best] < _LEAST and len(sample) > max(_FEW, _MOSTLY * len(data[:_SAMPLE]))
    if shares[best] < _SURE:
        other = _unbroken(data, hinted) or _other(data)
        if other is not None and other != best:
            best, second, foreign = other, best, False
    found = _in(data, best)
    if foreign or found.text.count("\ufffd") > max(2, _MOST_BROKEN * len(data)):
        raise refused(origin, "no-encoding")
    found = _named(data, found)
    said: list[Finding] = []
    if not sure:
        said.append(finding("encoding-doubtful", encoding=found.encoding, other=second))
    if hinted not in {None, best}:
        said.append(finding("encoding-misdeclared", encoding=found.encoding, declared=declared))
    return found._replace(findings=(*said, *found.findings))


def _shares(sample: bytes, head: bytes, hinted: str | None) -> dict[str, float]:
    """Return what speaks for each encoding; only the right one, where that is clear."""
    shares: dict[str, float] = {}
    for name in dict.fromkeys((hinted, *_NARROW) if hinted else _NARROW):
        share = _share_in(sample, name)
        if share >= _CLEAR and len(sample) >= _MUCH:
            return {name: share}
        shares[name] = share + (_LEAD / 2 if name == hinted else 0.0)
    if b"\0" not in head:
        shares |= {name: _share_in(head, name) for name in _WIDE}
    return shares


def _named(data: bytes, found: Decoded) -> Decoded:
    """Give Big5 the name of the smallest of its kinds that has all its characters."""
    if found.encoding != "big5hkscs" or found.findings:
        return found
    for name in ("big5", "cp950"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "cp950" or text == data.decode("cp950", "replace"):
            return Decoded(text, name)
    return found


def _declared_in(head: bytes) -> str | None:
    found = _DECLARED.search(head)
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _known(declared: str | None) -> str | None:
    """Return the encoding that a declared name means, if it is an encoding of text that Python knows."""
    try:
        known = codecs.lookup(declared or "").name
        "".encode(known)
    except (LookupError, ValueError):
        return None
    return _LARGER.get(known, known)


def _other(data: bytes) -> str | None:
    """Ask charset-normalizer for an encoding in which the bytes are text without a break."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    match = from_bytes(data[:_SAMPLE]).best()
    return None if match is None else _unbroken(data, _LARGER.get(match.encoding, match.encoding))


def _unbroken(data: bytes, encoding: str | None) -> str | None:
    """Return the encoding, if all bytes are text in it."""
    try:
        data.decode(encoding or "")
    except (LookupError, ValueError):
        return None
    return encoding


def _sample(data: bytes) -> bytes:
    """Return what of the text is not ASCII, up to the size of a sample."""
    kept: list[bytes] = []
    size = 0
    for stretch in _STRETCH.finditer(data):
        kept.append(stretch[0])
        size += len(stretch[0])
        if size >= _SAMPLE:
            break
    return b" ".join(kept)[:_SAMPLE]


def _share_in(sample: bytes, encoding: str) -> float:
    try:
        return _share(sample.decode(encoding, "replace"))
    except (LookupError, ValueError):
        return -1.0


def _share(text: str) -> float:
    """Return the share of frequent characters among all but ASCII, less what is broken or foreign."""
    counted = Counter(text)
    for character in _ASCII:
        del counted[character]  # a Counter takes it well that nothing is there
    if not counted:
        return float(bool(text))
    total = sum([times * _weight(character) for character, times in counted.items()])
    return total / counted.total()


@cache
def _weights() -> dict[str, float]:
    """What frequent characters weigh, and the marks of Chinese text."""
    rows = table("encodings")
    frequent = dict.fromkeys(rows["simplified"] + rows["traditional"], 1.0)
    return {**dict.fromkeys(rows["marks"], 0.5), **frequent}


def _weight(character: str) -> float:
    """What a character speaks for being read rightly."""
    known = _weights().get(character)
    if known is not None:
        return known
    if "\u4e00" <= character <= "\u9fff" or character in _ASCII:
        return 0.0
    return -2.0 if character == "\ufffd" or character < " " or "\x7f" <= character < "\xa0" else -0.5
