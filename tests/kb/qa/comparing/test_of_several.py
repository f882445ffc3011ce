"""Advantages of each, what is denied to be the same, and three things at once."""

from __future__ import annotations

from collections.abc import Callable

from kb.app import KnowledgeBase
from kb.qa.asking.compared import compared
from kb.qa.asking.understanding import understand
from kb.qa.comparing.of_several import shared_out
from kb.qa.comparing.rows import Row
from kb.qa.sources import Sources
from kb.records import Answer, Cell

Add = Callable[..., KnowledgeBase]
ALL = (
    "KVM 是 Linux 内核的一个模块。KVM 的优点是随内核发布。KVM 的缺点是组件分散。\n\n"
    "Xen 是独立的 hypervisor。Xen 的优点是结构独立。Xen 的缺点是配置复杂。\n\n"
    "Hyper-V 是微软开发的 hypervisor。Hyper-V 的优点是包含在 Windows 里。\n"
)


def rows(answer: Answer) -> dict[str, tuple[str, ...]]:
    assert answer.table is not None
    return {row.aspect: tuple(cell.text for cell in row.cells) for row in answer.table.rows}


def test_for_and_against_each(told: Add, others: str) -> None:
    for question in ("KVM 和 Xen 各有什么优劣？", "KVM 与 Xen 各自的优缺点是什么", "KVM 和 Xen 比，有何优劣？"):
        found = rows(told(ALL, others).ask(question))
        assert found["优点"] == ("KVM 的优点是随内核发布", "Xen 的优点是结构独立"), question
        assert found["缺点"] == ("KVM 的缺点是组件分散", "Xen 的缺点是配置复杂"), question


def test_three_things_have_a_row_for_what_two_of_them_have(told: Add, others: str) -> None:
    answer = told(ALL, others).ask("KVM、Xen、Hyper-V 三者的对比")
    found = rows(answer)
    assert [len(cells) for cells in found.values()] == [3] * len(found)
    assert found["优点"][2] == "Hyper-V 的优点是包含在 Windows 里"
    assert found["缺点"][2] == "—"
    assert all(name in answer.text for name in ("KVM", "Xen", "Hyper-V"))


def test_where_one_is_better_tells_nothing_better_of_the_other(told: Add, others: str) -> None:
    base = told("容器比虚拟机启动更快。虚拟机的隔离性比容器更强。虚拟机的性能比容器更稳定。\n", others)
    for question in ("虚拟机比容器好在哪儿？", "容器比虚拟机差在哪里？", "和容器相比，虚拟机有什么优势？"):
        text = base.ask(question).text
        assert "隔离性比容器更强" in text and "启动更快" not in text, question
    assert "启动更快" in base.ask("容器比虚拟机好在哪儿？").text


def test_what_is_not_the_other_leads(told: Add, others: str) -> None:
    text = "快照是虚拟机在某一时刻的状态。快照不是备份。快照与原磁盘位于同一个设备，设备损坏时，快照也会丢失。备份位于另一个设备。\n"
    assert told(text, others).ask("快照跟备份有什么区别？").text.startswith("快照不是备份[1]；快照与原磁盘位于同一个设备")


def test_a_word_for_speed_marks_who_is_faster(told: Add, others: str) -> None:
    found = rows(told("容器比虚拟机启动更快。虚拟机的隔离性比容器更强。\n", others).ask("容器和虚拟机有什么区别？"))
    assert found["启动速度"] == ("较快 ▲", "较慢 ▽")
    assert found["隔离性"] == ("较弱 ▽", "较强 ▲")


def test_no_row_of_what_refers_elsewhere(told: Add, others: str) -> None:
    text = "Xen 把设备交给 Dom0 管理。Hyper-V 采用类似的结构，设备由父分区驱动。ESXi 采用自己的结构，设备由 VMkernel 驱动。\n"
    answer = told(text, others).ask("Hyper-V 和 ESXi 有什么区别？")
    assert "类似的结构" not in " ".join(cell for cells in (rows(answer).values() if answer.table else ()) for cell in cells)


def test_no_row_of_a_cause_and_its_effect(told: Add, others: str) -> None:
    text = "runc 是命令行工具。containerd 是守护进程。containerd 接管容器的输出，所以 runc 不会常驻内存。\n"
    answer = told(text, others).ask("runc 和 containerd 有什么区别？")
    assert "不会常驻" not in " ".join(cell for cells in (rows(answer).values() if answer.table else ()) for cell in cells)


def test_no_row_of_what_is_held_against_a_third(told: Add, others: str) -> None:
    text = "与 runc 相比，gVisor 的隔离更强。Kata 的隔离也很强。gVisor 是一种应用内核。Kata 是一种容器运行时。\n"
    answer = told(text, others).ask("gVisor 和 Kata 有什么区别？")
    assert not any(cell.startswith("gVisor 的隔离更强") for cells in (rows(answer).values() if answer.table else ()) for cell in cells)


def test_each_respect_that_is_asked(told: Add, others: str) -> None:
    base = told("容器比虚拟机启动更快。虚拟机的隔离性比容器更强。虚拟机的性能比容器更稳定。容器的密度比虚拟机更高。\n", others)
    lines = base.ask("从隔离性、启动速度两方面比较一下容器和虚拟机").text.split("\n")
    assert [line.partition("：")[0] for line in lines] == ["隔离性", "启动速度"]


def test_by_how_much_begins_with_a_figure(told: Add, others: str) -> None:
    text = "物理机的性能比虚拟机更高。一次测试在物理机和虚拟机上运行，性能差距约 2.3%。物理机适合数据库。虚拟机适合多租户。\n"
    assert "2.3%" in told(text, others).ask("物理机和虚拟机的性能差多少？").text.split("；")[0]


def test_that_neither_is_better_comes_first(told: Add, others: str) -> None:
    text = "KVM 的性能取决于内核的版本和驱动。Xen 的性能取决于 Dom0 和驱动域。\n\nKVM 与 Xen 的性能没有绝对的高低。\n"
    assert told(text, others).ask("KVM 跟 Xen 性能谁好？").text.startswith("KVM 与 Xen 的性能没有绝对的高低[1]")


def test_how_to_tell_it_is_no_part_of_the_question(told: Add, others: str) -> None:
    base = told("容器比虚拟机启动更快。虚拟机的隔离性比容器更强。\n", others)
    plainly = base.ask("容器和虚拟机有什么区别？").text
    assert base.ask("容器和虚拟机有什么区别，面试怎么答").text == plainly
    assert base.ask("容器和虚拟机有什么区别，该怎么跟老板解释？").text == plainly


def test_what_is_said_of_two_at_once_stands_at_both_places(sources: Sources) -> None:
    things = compared(understand("LXC、OpenVZ、Docker 三者有什么区别？", sources), sources)
    of_two, of_one = Cell("LXC 容器和 OpenVZ 容器是系统容器", "article", (1,)), Cell("LXC 使用主线内核", "article", (2,))
    nothing, docker = Cell("—", "none"), Cell("Docker 容器是应用容器", "article", (3,))
    assert shared_out(Row("类别", "", (of_two, nothing, docker), (1, 3), 1.0), things).cells == (of_two, of_two, docker)
    assert shared_out(Row("所用", "", (of_one, nothing, docker), (2, 3), 1.0), things).cells == (of_one, nothing, docker)


def test_the_sentence_that_says_in_what_they_differ_leads(told: Add, others: str) -> None:
    text = "甲模式在准备时执行，例如安装软件包。乙模式在准备以后执行。甲模式和乙模式的区别在于时间：甲模式先执行，乙模式后执行。\n"
    assert told(text, others).ask("甲模式跟乙模式在时间上差在哪儿").text.startswith("甲模式和乙模式的区别在于时间")


def test_a_side_that_is_not_told_of_is_no_answer_on_which_is_more_so(told: Add, others: str) -> None:
    text = "ESXi 的缺点是许可费用高。Hyper-V 是一种 hypervisor。\n"
    assert told(text, others).ask("Hyper-V 和 ESXi 的许可费用哪个贵？").status != "answered"
