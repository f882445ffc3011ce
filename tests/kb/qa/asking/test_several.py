"""Several questions in one text, each made whole."""

from __future__ import annotations

import pytest

from kb.qa.asking.several import apart, each_by_itself
from kb.qa.sources import Sources


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("容器是什么？虚拟机是什么？", ("容器是什么？", "虚拟机是什么？")),
        ("容器是什么？", ("容器是什么？",)),
        ("啥？容器是什么？", ("啥？容器是什么？",)),
        ("容器是什么？虚拟机是什么", ("容器是什么？", "虚拟机是什么")),
        ("甲甲甲甲？乙乙乙乙？丙丙丙丙？", ("甲甲甲甲？", "乙乙乙乙？", "丙丙丙丙？")),
        ("什么是容器？它和虚拟机有什么区别", ("什么是容器？", "它和虚拟机有什么区别")),
        ("什么是容器？谢谢", ("什么是容器？谢谢",)),
        ("Docker 有什么优缺点？", ("Docker 优点有哪些？", "Docker 缺点有哪些？")),
        ("Docker 的优势和劣势是什么", ("Docker 的优点有哪些？", "Docker 的缺点有哪些？")),
        ("什么是容器？它有哪些优点和缺点？", ("什么是容器？", "它优点有哪些？", "它缺点有哪些？")),
        (
            "What are the pros and cons of containers?",
            ("What are the advantages of containers?", "What are the disadvantages of containers?"),
        ),
        # of two things they are compared
        ("容器和虚拟机各有什么优缺点？", ("容器和虚拟机各有什么优缺点？",)),
        ("容器和虚拟机的优缺点", ("容器和虚拟机的优缺点",)),
        # clauses that ask, with the subject of the first
        ("KVM 是什么，Xen 呢", ("KVM 是什么？", "Xen 是什么？")),
        ("KVM 是什么，和 QEMU 什么关系", ("KVM 是什么？", "KVM和 QEMU 什么关系？")),
        ("容器和虚拟机分别是什么，该怎么选", ("容器和虚拟机分别是什么？", "容器和虚拟机该怎么选？")),
        (
            "虚拟机启动要多久，占多大空间？容器呢？",
            ("虚拟机启动要多久？", "虚拟机占多大空间？", "容器启动要多久？", "容器占多大空间？"),
        ),
        # which of those compared; what is asked of them behind a question mark, by the way, and in each respect
        ("KVM 和 Xen 有何不同，QEMU 属于哪种？", ("KVM 和 Xen 有何不同？", "QEMU是KVM还是Xen？")),
        ("容器和虚拟机不是一回事吧？区别是什么", ("容器和虚拟机不是一回事吧？", "容器和虚拟机区别是什么")),
        ("比较一下容器和虚拟机，顺便说说两者能不能一起用", ("比较一下容器和虚拟机？", "容器和虚拟机能不能一起用？")),
        ("容器和虚拟机有什么区别，哪个暴露的内核更少", ("容器和虚拟机有什么区别？", "容器和虚拟机哪个暴露的内核更少？")),
        (
            "容器比虚拟机快多少？启动和随机读请分别讲",
            ("容器比虚拟机的启动快多少？", "容器比虚拟机的随机读快多少？"),
        ),
        ("容器和虚拟机能看成一回事吗 什么关系", ("容器和虚拟机能看成一回事吗？", "容器和虚拟机什么关系")),
        # one question each: a clause that only supposes, or that asks nothing
        ("如果内存不够怎么办，虚拟机会怎么样", ("如果内存不够怎么办，虚拟机会怎么样",)),
        ("不管用什么系统，容器都能跑吗", ("不管用什么系统，容器都能跑吗",)),
        ("容器和虚拟机，哪个启动快？", ("容器和虚拟机，哪个启动快？",)),
        ("论谁跑得多，容器和虚拟机哪个更强", ("论谁跑得多，容器和虚拟机哪个更强",)),
        ("论能装多少，容器和虚拟机谁更强", ("论能装多少，容器和虚拟机谁更强",)),
        ("就能跑几个来说，容器和虚拟机谁更强", ("就能跑几个来说，容器和虚拟机谁更强",)),
    ],
)
def test_questions_are_told_apart(text: str, parts: tuple[str, ...], sources: Sources) -> None:
    assert apart(text, sources) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Docker 和 Xen 各自起什么作用？", ("Docker起什么作用？", "Xen起什么作用？")),
        ("容器和虚拟机分别由谁管理", ("容器由谁管理", "虚拟机由谁管理")),
        ("容器和虚拟机分别有什么区别", ()),
        ("容器和虚拟机哪个快", ()),
        ("容器分别由谁管理", ()),
    ],
)
def test_what_is_asked_of_each_may_be_asked_of_each_by_itself(text: str, parts: tuple[str, ...], sources: Sources) -> None:
    assert each_by_itself(text, sources) == parts
