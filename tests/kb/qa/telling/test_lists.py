"""Lists that a sentence announces: marked lines, bare lines, sentences counted on the same line; and what is no list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.finding.index import Index
from kb.qa.telling.lists import count_of, items_behind, listed, numbered_run

Filled = Callable[..., KnowledgeBase]

Told = Callable[..., KnowledgeBase]

BARE = (
    "Raft 是一种一致性协议，许多存储系统采用它。Raft 提供几个重要的功能：\n主副本选举\n成员变更\n日志复制\n"
    "TiKV 利用 Raft 来做数据复制，每个数据变更都会落地为一条 Raft 日志，通过 Raft 的日志复制功能，将数据安全可靠地同步到复制组的每一个节点中。\n"
)
MARKED = "gVisor 的代码是公开的，由三个主要部件组成：\n- Sentry 是应用内核。\n- Gofer 是文件代理进程。\n- runsc 是运行时。\n\ngVisor 的开销较大。\n"
COUNTED = "虚拟机的网络通常有三种方式。桥接方式让虚拟机接入物理网络。NAT 方式让虚拟机借用宿主机的地址。仅主机方式只允许虚拟机与宿主机通信。外部不能访问后者。\n"
NUMBERED = (
    "PID 命名空间中的 1 号进程有两项特殊责任。\n第一项是回收僵尸进程。子进程结束后保持僵尸状态。\n第二项是处理信号。内核不执行默认动作。\n"
)
LABELLED = "表空间由段组成，段一般分为三种：\n索引段：存放非叶子节点的区的集合。\n数据段：存放叶子节点的区的集合。\n回滚段：存放回滚数据的区的集合。\n"


ITEMS = "1 启动快:容器最大的优点是启动快。\n2 体积小:镜像只有几兆。它便于分发。\n3 密度高:一台主机能放很多容器。\n1 隔离弱:容器共享内核。\n2 较新:工具还在变化。\n"


@pytest.mark.parametrize(
    ("text", "sentence", "labels"),
    [
        (ITEMS, "镜像只有几兆", ["启动快", "体积小", "密度高"]),
        (ITEMS, "容器共享内核", ["隔离弱", "较新"]),
        ("3 台服务器放在机房:它们很旧。\n容器很轻。\n", "它们很旧", []),
        ("1 启动快:容器启动很快。\n容器很轻。\n", "容器启动很快", []),
    ],
)
def test_a_sentence_of_a_numbered_list_leads_to_all_of_it(text: str, sentence: str, labels: list[str], told: Told) -> None:
    index = Index(told(text).sources())
    found = next(s for s in index.sentences.values() if sentence in s.text)
    assert [item.label for item in numbered_run(found, index)] == labels


@pytest.mark.parametrize(
    ("text", "lead", "first", "count"),
    [
        (BARE, "提供几个重要的功能", "主副本选举", 3),
        (MARKED, "三个主要部件", "Sentry 是应用内核", 3),
        (COUNTED, "三种方式", "桥接方式让虚拟机", 3),
        (NUMBERED, "两项特殊责任", "第一项是回收僵尸进程", 2),
        (LABELLED, "分为三种", "索引段", 3),
        ("容器有两种用法。\n", "两种用法", None, 0),
        ("容器很轻。虚拟机很重。宿主机很大。\n", "容器很轻", None, 0),
    ],
)
def test_items_stand_behind_the_sentence_that_announces_them(text: str, lead: str, first: str | None, count: int, told: Told) -> None:
    index = Index(told(text).sources())
    sentence = next(sentence for sentence in index.every.values() if lead in sentence.text)
    items = items_behind(sentence, index)
    assert len(items) == count
    assert first is None or items[0].text.startswith(first)


def test_a_label_names_its_item(told: Told) -> None:
    index = Index(told(LABELLED).sources())
    lead = next(sentence for sentence in index.every.values() if "分为三种" in sentence.text)
    assert [item.label for item in items_behind(lead, index)] == ["索引段", "数据段", "回滚段"]


def test_running_text_under_a_heading_is_no_list(told: Told) -> None:
    index = Index(told("容器网络\n\n容器通过网桥访问外部。对外服务要发布端口。\n虚拟机使用自己的协议栈，与宿主机不同。\n").sources())
    heading = next(iter(index.every.values()))
    assert listed(heading, index) == ()


@pytest.mark.parametrize(
    ("text", "count"), [("有三种方式", 3), ("4 个方面", 4), ("几个功能", None), ("第三种方式", None), ("容器很轻", None)]
)
def test_how_many_things_are_announced(text: str, count: int | None) -> None:
    assert count_of(text) == count


@pytest.mark.parametrize(
    ("text", "question", "named"),
    [
        (BARE, "Raft 提供哪些功能？", ("主副本选举", "成员变更", "日志复制")),
        (MARKED, "gVisor 由哪三个部件组成？", ("Sentry", "Gofer", "runsc")),
        (COUNTED, "虚拟机的网络有哪三种方式？", ("桥接", "NAT", "仅主机")),
    ],
)
def test_a_question_for_things_is_answered_with_all_of_them(text: str, question: str, named: tuple[str, ...], told: Told) -> None:
    answer = told(text).ask(question)
    assert answer.question.kind == "listing"
    assert all(name in answer.text for name in named), answer.text
    assert all(any(name in evidence.quote for evidence in answer.evidence) for name in named)


def test_a_list_may_be_announced_by_its_own_numbers_alone(told: Filled) -> None:
    text = "守护进程的缺点与权限有关。第一，守护进程以 root 身份运行。第二，守护进程是单点。"
    found = told(text).ask("守护进程的缺点都有什么？")
    assert "以 root 身份运行" in found.text and "是单点" in found.text


def test_the_first_of_several_brings_the_others(told: Filled) -> None:
    text = "虚拟机的第一个优点是隔离性强。一台崩溃不会影响其他。虚拟机的第二个优点是系统可以任选。虚拟机的第三个优点是支持快照。"
    found = told(text).ask("虚拟机有哪些优点？")
    assert [part in found.text for part in ("隔离性强", "系统可以任选", "支持快照", "崩溃")] == [True, True, True, False]


def test_advantages_are_no_disadvantages(told: Filled) -> None:
    base = told("容器的优点是启动快、占用少。容器由镜像创建。")
    assert "启动快" not in base.ask("容器有哪些缺点？").text
    found = told("容器的优点是启动快、占用少。容器的缺点是隔离弱。内核漏洞会影响所有容器。").ask("容器有哪些缺点？")
    assert "隔离弱" in found.text and "内核漏洞" in found.text and "启动快" not in found.text
