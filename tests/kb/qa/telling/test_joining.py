"""One answer of several: in order, short, every number a source."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.app import KnowledgeBase
from kb.records import Answer

Told = Callable[..., KnowledgeBase]
Proven = Callable[[Answer, KnowledgeBase], None]
TEXT = (
    "KVM 是 Linux 内核的一个模块。KVM 是一种虚拟化技术。KVM 的优点是随内核发布。KVM 的缺点是组件分散。KVM 由 Qumranet 公司开发。\n\n"
    "QEMU 是一个模拟器。QEMU 使用 KVM 加速。\n"
)


def test_every_part_is_answered_in_order(told: Told, others: str, proven: Proven) -> None:
    base = told(TEXT, others)
    answer = base.ask("KVM 是什么，和 QEMU 什么关系？")
    first, second = answer.text.split("\n")
    assert "模块" in first and "QEMU 使用 KVM 加速" in second
    proven(answer, base)


def test_a_part_that_nothing_answers_does_not_silence_the_others(told: Told, others: str) -> None:
    answer = told(TEXT, others).ask("KVM 是谁开发的，用什么语言写的，有什么优点？")
    assert answer.status == "answered"
    maker, language, good = answer.text.split("\n")
    assert "Qumranet" in maker and "没有回答" in language and "随内核发布" in good


def test_parts_are_cut_to_what_there_is_room_for(told: Told, others: str, proven: Proven) -> None:
    base = told(
        "".join(f"KVM 是一种用途很广的虚拟化技术，第{n}条说明它与内核的第{n * 7}个部分怎样一起工作。" for n in range(1, 9)), TEXT, others
    )
    answer = base.ask("KVM 是什么？QEMU 是什么？KVM 由谁开发？")
    assert len(re.sub(r"\[\d+\]", "", answer.text)) < 400
    proven(answer, base)


def test_a_part_without_an_answer_is_told_in_a_clause(told: Told, others: str) -> None:
    base = told(TEXT, others)
    answer = base.ask("KVM 是谁开发的，用什么语言写的，有什么优点？")
    language = answer.text.split("\n")[1]
    assert language == "“KVM 用什么语言写的”：文章没有回答。"
    assert "换个问法" in base.ask("KVM 用什么语言写的？").text  # by itself it says what is known nearby


def test_no_part_tells_again_what_one_before_it_told(told: Told, others: str, proven: Proven) -> None:
    base = told("快照不是备份。快照与原磁盘位于同一个存储设备。备份存放在另一个存储设备上。", others)
    answer = base.ask("快照是备份吗？快照和备份的区别是什么？")
    assert answer.text.count("快照不是备份") == 1
    assert "另一个存储设备" in answer.text
    proven(answer, base)
    assert len({(item.sentence_id, item.span) for item in answer.evidence}) == len(answer.evidence)
