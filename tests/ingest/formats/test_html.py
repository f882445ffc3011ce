from __future__ import annotations

import pytest

from ingest.formats import html
from kb.errors import EmptyText, UnreadableText

PAGE = """<!DOCTYPE html>
<html lang="zh"><head><title>容器与虚拟机</title><meta name="author" content="某人">
<meta property="article:published_time" content="2026-03-01"><style>p {color: red}</style></head>
<body><nav><a href="/">首页</a> <a href="/login">登录</a></nav>
<article><h1>容器与虚拟机</h1>
<p>容器共享宿主机的内核，所以启动只需要几毫秒，一台机器上可以跑很多个容器。</p>
<p>虚拟机拥有自己的操作系统，启动需要数分钟，但是隔离性比容器更强一些。</p>
<p>选哪一种要看场景：多个租户之间要严格隔开时用虚拟机，同一家公司的许多小服务要快速扩容时用容器。</p>
<p>两者也可以一起用，先在物理机上建几台虚拟机，再在每台虚拟机里跑一批容器，这样既隔得开又省资源。</p>
<p>无论用哪一种，都要留意宿主机的内核版本，因为容器直接使用它，而虚拟机只通过虚拟硬件与它打交道。</p>
<script>document.write("不该出现的脚本")</script>
</article><footer>版权所有 关于我们 联系方式</footer></body></html>"""


def test_the_main_text_is_kept_and_the_frame_is_not() -> None:
    (document,) = html.read(PAGE.encode(), "page.html")
    assert document.title == "容器与虚拟机"
    assert document.date == "2026-03-01"
    assert "容器共享宿主机的内核" in document.text and "隔离性比容器更强" in document.text
    for noise in ("登录", "不该出现的脚本", "color: red", "<p>"):
        assert noise not in document.text


def test_a_page_in_another_encoding_is_read() -> None:
    (document,) = html.read(PAGE.encode("gb18030"), "page.html")
    assert "虚拟机拥有自己的操作系统" in document.text


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>run()</script></body></html>", "   "])
def test_a_page_without_main_text_is_refused_by_name(page: str) -> None:
    with pytest.raises(EmptyText, match=r"leer\.html"):
        html.read(page.encode(), "leer.html")


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    broken = PAGE.replace("</p>", "").replace("</article>", "").replace("</html>", "")
    assert "容器共享宿主机的内核" in html.read(broken.encode(), "x.html")[0].text


def test_binary_data_is_refused() -> None:
    with pytest.raises(UnreadableText):
        html.read(b"<html>\x00\x00\x00", "x.html")


SHORT = """<html><head><title>写时复制</title></head><body>
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/db">数据库</a></li></ul></div>
<div id="rightSidebar"><h3>热门</h3><p>怎样挑选键盘</p></div>
<ul><li><a href="1">上一节</a></li><li><a href="2">目录</a></li><li><a href="3">下一节</a></li></ul>
<div class="content has-sidebar"><h1>写时复制</h1><p>写时复制是一种<b>推迟</b>复制的办法，写入时才复制那一页。</p></div>
<div id="footer">某某网 备案号 123</div></body></html>"""


def test_a_short_page_loses_its_frame_too() -> None:
    assert html.read(SHORT.encode(), "x.html")[0].text == "写时复制\n写时复制是一种推迟复制的办法，写入时才复制那一页。"


def test_a_page_that_is_all_sidebar_by_its_class_is_kept() -> None:
    page = '<html><body><div class="sidebar"><p>写时复制推迟复制，写入时才复制那一页。</p></div></body></html>'
    assert "写入时才复制" in html.read(page.encode(), "x.html")[0].text


def test_a_definition_list_becomes_lines_of_term_and_definition() -> None:
    page = (
        "<html><body><article><p>先看几个存储里的词，再往下读会省力一些。</p><dl><dt>块设备：<dd>按固定大小的块读写。"
        "<dt>卷组<dt>VG<dd><p>由物理卷合成。</p><p>可以再分。</p><dd>能扩大。</dl></article></body></html>"
    )
    lines = html.read(page.encode(), "x.html")[0].text.split("\n")
    assert lines[1:] == ["块设备：按固定大小的块读写。", "卷组 / VG：由物理卷合成。可以再分。", "能扩大。"]


def test_bold_and_defined_terms_are_told_apart() -> None:
    page = SHORT.replace(
        "那一页。</p></div>", "那一页。</p><p><strong>脏页：</strong>改过而没有写回的页。</p><dl><dt>页表<dd>记着映射。</dl></div>", 1
    )
    assert html.read(page.encode(), "x.html")[0].set_apart == ("推迟", "脏页", "页表")
