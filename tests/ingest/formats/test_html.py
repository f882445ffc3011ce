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
