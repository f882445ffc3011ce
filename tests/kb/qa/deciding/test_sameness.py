from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.deciding.sameness import asked_same, said_same


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("容器的时区能跟宿主机不一样吗", False),
        ("两台主机的型号必须一样吗", True),
        ("甲和乙的镜像格式是一样的吧", True),
        ("这两个目录可以放在不同的磁盘上吗", False),
        ("甲跟乙是不是一个意思", True),
        ("不同的容器用的内核是一样的吗", True),
        # several things, of which none is set beside another; and how it is done
        ("不同的容器能共享卷吗", None),
        ("合并相同的内存页吗", None),
        ("能像使用本地磁盘一样读写吗", None),
    ],
)
def test_whether_it_is_asked_if_two_are_the_same(text: str, same: bool | None) -> None:
    assert asked_same(text) is same


@pytest.mark.parametrize(
    ("clause", "same"),
    [
        ("容器不能使用与宿主机不同的时区", True),
        ("必须与上层目录位于同一文件系统", True),
        ("在宿主机上则是另一个编号", False),
        ("二者的协议完全不同", False),
        ("计算机和主机可以理解为等价的", True),
        ("符合规范不等于行为一致", False),
        ("网卡获得与宿主机同网段的地址", True),
        ("其对应的目录也是不同的", False),
        ("两者在启动时间上有着很大的差距", False),
        # what follows says it; neither is demanded; several things
        ("与虚拟机不同的是", None),
        ("不要求两台主机型号相同", None),
        ("容器与宿主机同时运行", None),
    ],
)
def test_whether_a_clause_calls_two_the_same(clause: str, same: bool | None) -> None:
    assert said_same(clause) is same


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        ("沙箱不能使用与宿主机不同的时区。", "沙箱的时区能跟宿主机不一样吗？", "no"),
        ("沙箱可以使用与宿主机不同的时区。", "沙箱的时区能跟宿主机不一样吗？", "yes"),
        ("沙箱的时区与宿主机相同。", "沙箱的时区跟宿主机不同吗？", "no"),
        ("沙箱的时区与宿主机相同。", "沙箱的时区跟宿主机一样吗？", "yes"),
        ("工作目录必须与数据目录位于同一文件系统。", "工作目录和数据目录可以放在不同的文件系统上吗？", "no"),
    ],
)
def test_a_negation_of_either_word_counts(text: str, question: str, verdict: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    assert told(text, others).ask(question).verdict == verdict
