"""What ties two things together: one does something to the other, each does its part, or they only stand in one list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.qa.asking.compared import in_question
from kb.qa.asking.understanding import understand
from kb.qa.comparing.ties import HARDLY, TIED, joining_all, ties

Told = Callable[..., KnowledgeBase]


def _best(base: KnowledgeBase, question: str) -> list[tuple[str, float]]:
    sources = base.sources()
    things = in_question(understand(question, sources), sources)
    return [(tie.sentence.text, tie.worth) for tie in ties(things, sources, {})]


@pytest.mark.parametrize(
    ("telling", "listing"),
    [
        ("libvirt 根据 XML 生成 QEMU 的命令行。", "常见的开源软件有 libvirt、QEMU 和 virt-manager。"),
        ("libvirt 负责管理，QEMU 负责模拟设备。", "讲座介绍 libvirt 和 QEMU。"),
        ("多数工具，比如 libvirt，基于 QEMU 的接口。", "2005 年的 libvirt 或者更早的 QEMU 的代码。"),
        ("在 libvirt 里，虚拟机由 QEMU 进程运行。", "旧版的 libvirt 与新版 QEMU 的文档很多。"),
    ],
)
def test_a_sentence_in_which_one_acts_on_the_other_is_worth_more_than_a_list(told: Told, telling: str, listing: str) -> None:
    found = _best(told(telling + listing), "libvirt 和 QEMU 是什么关系？")
    assert [text for text, _ in found] == [telling, listing]
    assert found[1][1] < HARDLY < found[0][1]


def test_each_of_three_is_brought_in_by_as_few_sentences_as_will_do(told: Told) -> None:
    base = told(
        "dockerd 请求 containerd 创建容器。dockerd 调用 containerd，containerd 再调用 runc。containerd 支持很多插件。runc 用 Go 语言编写。"
    )
    sources = base.sources()
    things = in_question(understand("dockerd、containerd、runc 是怎么配合的？", sources), sources)
    found = ties(things, sources, {})
    assert [tie.sentence.text for tie in joining_all(things, found, most=3)] == ["dockerd 调用 containerd，containerd 再调用 runc。"]
    assert all(tie.worth >= TIED for tie in joining_all(things, found, most=3))


def test_a_name_within_a_longer_word_is_none(told: Told) -> None:
    assert not _best(told("containerd 管理 shim。container 是英文单词。shim 很小。"), "container 和 shim 是什么关系？")


def test_what_stands_in_an_article_on_the_other_is_told_where_nothing_names_both(empty_base: KnowledgeBase) -> None:
    base = empty_base
    tools = Tools(base.lexicon, base.tokenizer, base.domain)
    ingest_text("Kubernetes", "Kubernetes 是一种编排系统。etcd 保存集群的全部状态。", base.store, tools, max_bytes=10_000)
    ingest_text("Tomcat", "Tomcat 是一种服务器软件。", base.store, tools, max_bytes=10_000)
    base.refresh()
    assert "etcd 保存集群的全部状态" in base.ask("Kubernetes 和 etcd 有什么联系？").text
    assert base.ask("Kubernetes 和 Tomcat 有什么联系？").status == "no_evidence"


@pytest.mark.parametrize(
    ("telling", "beside"),
    [
        ("所以一般情况下，libvirt 和 QEMU 可以理解为等价的。", "所以一般情况下，libvirt 和 QEMU 都装在主机上。"),
        ("libvirt 的接口调用 QEMU 的命令行。", "这里我们顺便讲一下 libvirt 怎么调用 QEMU 的命令行。"),
    ],
)
def test_a_word_for_the_relation_tells_more_than_an_announcement(told: Told, telling: str, beside: str) -> None:
    assert [text for text, _ in _best(told(telling + beside), "libvirt 和 QEMU 是什么关系？")] == [telling, beside]
