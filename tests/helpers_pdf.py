"""A small writer of PDF files: text at places, ruled lines, pictures, as tests need them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

WIDTH, HEIGHT = 595, 842


class Sheet:
    """A page; places are told in points from its top left corner, a text's by its baseline."""

    def __init__(self, *, rotate: int = 0) -> None:
        self.rotate = rotate
        self.content: list[str] = []

    def text(
        self, x: float, y: float, text: str, size: float = 10, *, turn: int = 0, font: str = "F"
    ) -> Sheet:
        """Put a text; ``turn`` is how many quarters it is turned to the left."""
        a, b = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn % 4]
        code = text.encode("utf-16-be", "surrogatepass").hex()
        place = f"{a} {b} {-b} {a} {x:.2f} {HEIGHT - y:.2f} Tm"
        self.content.append(f"BT /{font} {size} Tf {place} <{code}> Tj ET")
        return self

    def lines(self, x: float, y: float, texts: Iterable[str], size: float = 10, pitch: float = 18) -> Sheet:
        """Put lines one below the other."""
        for at, text in enumerate(texts):
            self.text(x, y + at * pitch, text, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """Draw a line."""
        self.content.append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        """Draw the lines of a table."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def picture(self) -> Sheet:
        """Put a picture over the page."""
        self.content.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q")
        return self


#: A font that is in no file: its encoding says which characters it shows, and how wide they are.
_SONG = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    "/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
    "/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
#: A font whose characters are what a table in the file says: each code is itself, or one of these.
_MAPPED = (
    "<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H%s/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    "/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[0 -120 1000 880]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
_RANGES = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
_TABLE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Odd def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    + "".join(f"64 beginbfrange {' '.join(_RANGES[at : at + 64])} endbfrange\n" for at in range(0, 256, 64))
    + "endcmap end end"
)


def pdf(*sheets: Sheet, trailer: str = "") -> bytes:
    """Return a PDF file of pages. Font ``F`` shows what it is given, ``M`` too, ``N`` does not say what."""
    count = len(sheets)
    first = 8
    bodies: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {count}/Kids[{' '.join(f'{first + 2 * at} 0 R' for at in range(count))}]>>".encode(),
        3: _SONG.encode(),
        4: (_MAPPED % "/ToUnicode 6 0 R").encode(),
        5: (_MAPPED % "").encode(),
        6: _stream(_TABLE.encode()),
        7: _stream(
            b"\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
        ),
    }
    for at, sheet in enumerate(sheets):
        number = first + 2 * at
        bodies[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {sheet.rotate}/Contents {number + 1} 0 R"
            "/Resources<</Font<</F 3 0 R/M 4 0 R/N 5 0 R>>/XObject<</P 7 0 R>>>>>>"
        ).encode()
        bodies[number + 1] = _stream("\n".join(sheet.content).encode())
    return assembled(bodies, trailer)


def assembled(bodies: dict[int, bytes], trailer: str = "") -> bytes:
    """Return a PDF file of objects; number 1 is its catalogue."""
    parts = [b"%PDF-1.5\n"]
    places: list[int] = []
    length = len(parts[0])
    for number, body in sorted(bodies.items()):
        places.append(length)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])
    size = len(bodies) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    parts += [b"%010d 00000 n \n" % place for place in places]
    parts.append(f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{length}\n%%EOF\n".encode())
    return b"".join(parts)


def _stream(data: bytes, about: str = "") -> bytes:
    packed = zlib.compress(data)
    head = f"<<{about}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode()
    return head + packed + b"\nendstream"
