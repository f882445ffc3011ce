"""What is said of each of several things in the respect asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Filled = Callable[..., KnowledgeBase]
APART = """容器的监控由宿主机上的代理完成。容器启动很快。

虚拟机占用较多内存。虚拟机的监控由每台虚拟机里的代理完成。"""


def test_both_sides_are_found_paragraphs_apart(told: Filled) -> None:
    found = told(APART).ask("监控这一块，虚拟机和容器各是怎么做的？")
    assert found.question.kind == "comparison"
    assert "容器的监控由宿主机上的代理完成" in found.text and "虚拟机的监控由每台虚拟机里的代理完成" in found.text
    assert "启动" not in found.text and "内存" not in found.text


def test_one_sentence_that_speaks_of_both_is_enough(told: Filled) -> None:
    found = told("容器用替换来更新，虚拟机在原处更新。容器很轻。虚拟机很重。").ask("容器和虚拟机的更新办法有什么区别？")
    assert found.text.startswith("容器用替换来更新，虚拟机在原处更新[1]")


@pytest.mark.parametrize("question", ["进程、线程和协程有什么区别？", "线程、进程和协程有什么区别？"])
def test_three_things_are_told_of_in_their_order(question: str, told: Filled) -> None:
    found = told("进程有自己的地址空间。线程共享地址空间。协程由程序自己调度。").ask(question)
    assert found.table is not None and len(found.table.columns) == 3
    cells = found.table.rows[0].cells
    assert all(column in cell.text for column, cell in zip(found.table.columns, cells, strict=True))


def test_a_side_that_no_article_speaks_of_is_refused(told: Filled) -> None:
    assert told("容器的监控由宿主机上的代理完成。").ask("Zun 和容器在监控方面有什么区别？").status != "answered"


def test_what_is_done_with_what_may_be_said_in_pieces(told: Filled, others: str) -> None:
    base = told(
        f"虚拟机一旦启动，预先分配给它的资源就全部被占用。容器与宿主机共享硬件，按需要分配资源。容器改变了虚拟机的部署方式。{others}"
    )
    text = base.ask("虚拟机和容器在资源分配方式上有什么不同？").text
    assert "全部被占用" in text and "按需要分配资源" in text


def test_a_sentence_on_one_thing_under_a_heading_on_both_is_no_side_of_the_other(told: Filled, others: str) -> None:
    base = told(f"# 虚拟机与容器\n\n虚拟机的快照保存在磁盘上。\n\n容器的快照由存储驱动管理。\n\n{others}")
    text = base.ask("虚拟机和容器的快照有什么区别？").text
    assert "磁盘上" in text and "存储驱动" in text


def test_what_no_sentence_tells_of_all_is_told_of_each(told: Filled, others: str) -> None:
    base = told(f"调度器负责挑选机器。{others}", f"etcd 用来保存集群的状态。{others}")
    text = base.ask("调度器和 etcd 各自起什么作用？").text
    assert "挑选机器" in text and "保存集群的状态" in text


def test_one_sentence_with_a_clause_for_each_comes_before_two(told: Filled, others: str) -> None:
    base = told(f"虚拟机也可以迁移到别处。容器靠重建来迁移，虚拟机靠复制内存来迁移。虚拟机的迁移要很久。容器的迁移有限制。{others}")
    assert base.ask("容器和虚拟机的迁移各是怎么做的？").text.startswith("容器靠重建来迁移，虚拟机靠复制内存来迁移[1]")


def test_the_roles_of_two_things_are_told_in_english_too(told: Filled, others: str) -> None:
    base = told(f"客户端是向服务器请求服务的一方。为什么说服务器是一台电脑呢，因为它也会计算。服务器是提供服务的一方。{others}")
    for question in ("What do a client and a server each do?", "How do a client and a server differ in role?"):
        text = base.ask(question).text
        assert "请求服务" in text and "提供服务" in text and "为什么" not in text
