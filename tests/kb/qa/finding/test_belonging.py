"""Whose advantage, reason, port or language a sentence tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.terms import terms_of
from kb.qa.asking.understanding import understand
from kb.qa.finding.belonging import belonging
from kb.qa.finding.index import index_of

Told = Callable[..., KnowledgeBase]
KIND = "应用容器是一种容器。"


@pytest.mark.parametrize(
    ("question", "text", "last"),
    [
        ("容器的缺点是什么？", "容器的缺点是隔离较弱。", "own"),
        ("容器的缺点是什么？", "容器适合微服务，缺点是隔离较弱。", "own"),
        ("容器的缺点是什么？", "容器适合微服务。缺点是隔离较弱。", "own"),
        ("容器的缺点是什么？", "容器有一个明显的缺点：隔离较弱。", "own"),
        ("容器的缺点是什么？", f"{KIND}应用容器的缺点是需要拆分程序。", "kind"),
        # 容器 stands in what is said of the drawback, which is that of the sentence before
        ("容器的缺点是什么？", "virtio 由客户机驱动。缺点是容器用不上它。", "other"),
        ("容器的缺点是什么？", "与容器相比，虚拟机的隔离更强。代价是占用更多内存。", "other"),
        ("Kubernetes 有什么优点？", "Kata 的优点是兼容 Kubernetes。", "other"),
        ("容器的缺点是什么？", "容器启动快。", None),
        ("容器的优点是什么？", "容器的缺点有三项。", "other"),
        # a reason is that of what stands before it
        ("为什么 Docker 流行？", "Docker 的流行出人意料。多数人认为主要原因是镜像方便。", "own"),
        ("为什么 Docker 流行？", "Xen 的用户减少了。多数人认为主要原因是 Docker 更方便。", "other"),
        # a value is that of what its clause names, or of what the text speaks of
        ("Docker 用什么语言写的？", "gVisor 使用 Go 语言编写，Docker 可以调用它。", "other"),
        ("gVisor 用什么语言写的？", "gVisor 由 Google 开发，使用 Go 语言编写。", None),
        ("FTP 的默认端口是多少？", "FTP 使用两条连接。控制连接的端口是 21。", None),
        ("FTP 的默认端口是多少？", "SFTP 只使用一条连接，默认端口是 22。", "other"),
        # what another thing only uses came out in another year
        ("Xen 是哪年发布的？", "Kubernetes 在 2014 年发布时使用 Xen。", "other"),
        ("Kubernetes 是哪年发布的？", "Kubernetes 在 2014 年发布时使用 Xen。", "own"),
    ],
)
def test_whose_it_is(question: str, text: str, last: str | None, told: Told, others: str) -> None:
    """`last`: whose the last sentence's is."""
    sources = told(text + "\n", others).sources()
    asked = understand(question, sources)
    index = index_of(sources)
    sentence = next(one for one in index.sentences.values() if text.endswith(one.text))
    assert belonging(asked, terms_of(asked, sources), sources).of(sentence) == last


def test_of_another_thing_is_told_nothing(told: Told, others: str) -> None:
    base = told("virtio 由客户机驱动，能减少退出。virtio 的缺点是要装驱动。\n\n虚拟机的缺点是开销大。\n", others)
    assert base.ask("虚拟机有哪些缺点？").text == "虚拟机的缺点是开销大[1]。"


def test_of_a_kind_is_told_where_nothing_else_is(told: Told, others: str) -> None:
    base = told(f"{KIND}应用容器的缺点是需要拆分程序。\n", others)
    assert "应用容器的缺点" in base.ask("容器有哪些缺点？").text


def test_what_is_said_of_another_is_refused_of_this(told: Told, others: str) -> None:
    base = told("gVisor 由 Google 开发，使用 Go 语言编写。\n\nKubernetes 管理容器，可以使用 gVisor。\n", others)
    assert base.ask("Kubernetes 是用什么语言写的？").status != "answered"
    assert "Go" in base.ask("gVisor 是用什么语言写的？").text
