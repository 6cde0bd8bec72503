"""Web pages made of texts, in the ways of content systems: what is read of them has to be what the text says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from random import Random

HEAD = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{title}_政务公开_某区人民政府</title>
<meta name="ArticleTitle" content="{title}"><style>p{{margin:0}}</style></head>
<body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul></div>
<div class="breadcrumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a></div>
"""
FOOT = """<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="footer"><p>主办单位：某区人民政府办公室</p><p>示ICP备00000000号-1　建议使用新版浏览器，谢谢。</p></div>
</body></html>
"""


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def _runs(line: str, chance: Random) -> str:
    """The line as a program writes it that styles runs of characters."""
    cuts = sorted(chance.sample(range(len(line)), min(len(line) // 8, 6)))
    parts = [line[start:end] for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    styles = ("font-family:仿宋_GB2312;font-size:16pt", "font-size:16pt", "color:#333")
    return "".join(f'<span style="{chance.choice(styles)}">{escape(part)}</span>' for part in parts if part)


def editor(text: str, chance: Random) -> str:
    """Paragraphs of styled runs in the element of a well-known editor."""
    body = "\n".join(f'<p style="text-indent:2em">　　{_runs(line, chance)}</p>' for line in _lines(text))
    return f'<div class="main"><h2>政务公开</h2><div class="TRS_Editor">{body}</div></div>'


def breaks(text: str, chance: Random) -> str:
    """Lines parted by <br>, indented by entities, as old systems write them."""
    body = "<br>\n<br/>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}" for line in _lines(text))
    return f'<div class="content"><div id="zoom">{body}</div></div>'


def nested(text: str, chance: Random) -> str:
    """Paragraphs in tables that lay out the page, without a name that tells of a document."""
    body = "".join(f"<p>{_runs(line, chance)}&nbsp;</p>" for line in _lines(text))
    side = "<ul><li><a href=1>关于做好信息公开工作的通知，请各单位落实</a></li><li><a href=2>公开指南</a></li></ul>"
    return (
        f"<table width=960><tr><td width=200><table><tr><td>{side}</td></tr></table></td>"
        f"<td class=b12c><table><tbody><tr><td><font size=3>{body}</font></td></tr></tbody></table></td></tr></table>"
    )


def word(text: str, chance: Random) -> str:
    """What Word saves: its classes and its own elements."""
    body = "".join(
        f"<p class=MsoNormal align=left><span lang=EN-US><o:p></o:p></span>\n{_runs(line, chance)}</p>\n"
        for line in _lines(text)
    )
    return f"<div class=WordSection1 style='layout-grid:15.6pt'>{body}<p class=MsoNormal><o:p>&nbsp;</o:p></p></div>"


def divisions(text: str, chance: Random) -> str:
    """An element for each line, deep in others, some of which are never closed."""
    body = "".join(
        f"<div><div class='p{at}'>{escape(line)}<br></div>" for at, line in enumerate(_lines(text))
    )
    return f"<section><div class='box xyz'>{body}</div></section>"


LAYOUTS: dict[str, Callable[[str, Random], str]] = {
    "editor": editor,
    "breaks": breaks,
    "nested tables": nested,
    "word": word,
    "divisions": divisions,
}


def page(text: str, title: str, layout: str, encoding: str = "utf-8") -> bytes:
    """Return a page with the text in one of the layouts."""
    head = HEAD.format(charset=encoding, title=escape(title))
    chance = Random(layout)  # noqa: S311 - the same page each time
    return (head + LAYOUTS[layout](text, chance) + FOOT).encode(encoding)
