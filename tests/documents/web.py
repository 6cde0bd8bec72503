"""Web pages made of texts, in the ways of content systems, and dressed as sites dress them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from random import Random

from tests.documents.tables import Grid

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


def with_table(lines: Iterable[str], grid: Grid, encoding: str = "utf-8") -> bytes:
    """A page of lines and a table below them, in an element of a well-known editor; a cell's lines are paragraphs."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merged}
    hidden = {
        (row, column)
        for top, left, bottom, right in grid.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    rows = [
        "<tr>"
        + "".join(
            _cell(text, *spans.get((row, column), (1, 1)), heading=row < grid.heads)
            for column, text in enumerate(texts)
            if (row, column) not in hidden
        )
        + "</tr>"
        for row, texts in enumerate(grid.rows)
    ]
    above = "".join(f"<p>{escape(line)}</p>" for line in lines)
    body = f'{above}<table border="1"><tbody>{"".join(rows)}</tbody></table>'
    head = HEAD.format(charset=encoding, title="任务分解表")
    return f'{head}<div class="TRS_Editor">{body}</div>{FOOT}'.encode(encoding)


def _cell(text: str, rows: int, columns: int, *, heading: bool) -> str:
    tag = "th" if heading else "td"
    span = f' rowspan="{rows}"' * (rows > 1) + f" colspan={columns}" * (columns > 1)
    inner = "".join(f"<p><span>{escape(line)}</span></p>" for line in text.split("\n")) if text else "&nbsp;"
    return f"<{tag}{span}>{inner}</{tag}>"


# What sites put around a document; one of each is drawn.
_MENUS = ("首页", "政务公开", "政务服务", "互动交流", "新闻中心", "数据发布", "专题专栏")
_PATHS = (
    '<div class="crumb">当前位置：<a>首页</a> &gt; <a>政务公开</a></div>',
    "<div>您当前的位置：<a>首页</a>&gt;<a>公开目录</a>&gt;正文</div>",
    '<p class="weizhi"><a>首页</a> / <a>政策文件</a></p>',
)
_FACTS = (
    "",
    '<div class="info"><span>发布时间：2024-05-13</span><span>来源：某区</span><span>浏览次数：<i></i></span></div>',
    "<p>日期：2024-05-13 10:00　来源：某区　字号：[<a>大</a> <a>中</a> <a>小</a>]　[<a>打印</a>]</p>",
)
_SHARES = (
    "",
    '<div class="share">分享到：<a>微信</a> <a>微博</a></div>',
    '<div class="bdsharebuttonbox"><a>QQ空间</a></div>',
    '<div class="ewm"><p>扫一扫在手机打开当前页</p></div>',
)
_BELOW = (
    "",
    '<div class="fj"><p>附件：</p><p><a href=1.doc>要点.doc</a></p></div>',
    "<ul><li>附件下载：<a href=1.pdf>工作要点.pdf</a></li></ul>",
    "<p>【<a>打印</a>】【<a>关闭</a>】",
    '<div class="pn"><p>上一篇：<a>2023年公开年报</a></p><p>下一篇：<a>没有了</a></p></div>',
    '<div class="xgwj"><h4>相关链接</h4><a>一图读懂要点，快来看。</a></div>',
    "<div>责任编辑：张某</div>",
)
_ASIDES = (
    "",
    '<div class="side"><h3>热点推荐</h3><ul><li><a>关于做好年度考核工作的通知</a><span>2023-01-11</span></li></ul></div>',
    '<div class="list"><h3>最新公开</h3><a>某区2022年政务公开工作要点</a><p>本栏目发布政府信息，欢迎监督。</p></div>',
)
_FEET = (
    "<p>主办单位：某区人民政府办公室</p><p>示ICP备00000000号</p><p>建议使用1366×768分辨率，谢谢。</p>",
    "<a>关于我们</a>|<a>网站地图</a><br>版权所有：某区人民政府<br>地址：某区某路1号，邮编：000000",
    "<table><tr><td>某区人民政府主办</td><td>Copyright 2024</td></tr></table>",
)
_NAMES = (
    "TRS_Editor",
    "zoom",
    "article-content",
    "",
    "p20",
    "xq",
    "text",
    "bt-content",
    "wz_nr",
    "pages_content",
)
_BOXES = ("", "main", "box", "w1200", "container", "detail", "article", "col-md-9", "layout", "news", "page")


def dressed(text: str, title: str, chance: Random) -> bytes:
    """A page with the text, in one of the layouts, amid whatever sites put around it."""
    draw = chance.choice
    tag = draw(("li", "span", "div"))
    menu = "".join(f"<{tag}><a href=#>{word}</a></{tag}>" for word in chance.sample(_MENUS, 5))
    named = draw(
        (f"<h1>{title}</h1>", f'<div class="title">{title}</div>', f"<p align=center><b>{title}</b></p>", "")
    )
    body = f'<div class="{draw(_NAMES)}">{LAYOUTS[draw(sorted(set(LAYOUTS) - {"divisions"}))](text, chance)}</div>'
    main = named + draw(_FACTS) + draw(_SHARES) + body + draw(_SHARES) + draw(_BELOW) + draw(_BELOW)
    for _ in range(chance.randint(0, 4)):
        main = f'<div class="{draw(_BOXES)}">{main}</div>'
    main = draw(
        (main, draw(_ASIDES) + main, main + draw(_ASIDES), f"<table><tr><td>{main}</td></tr></table>")
    )
    head = draw(
        (
            f'<meta name="ArticleTitle" content="{title}">',
            f"<title>{title}_某区</title>",
            "<title>某区</title>",
        )
    )
    above = f'<div class="{draw(("nav", "menu", "", "hd_nav"))}">{menu}</div>{draw(_PATHS)}'
    foot = f'<div class="{draw(("footer", "", "foot", "copyright"))}">{draw(_FEET)}</div>'
    return f"<html><head><meta charset=utf-8>{head}</head><body>{above}{main}{foot}</body></html>".encode()
