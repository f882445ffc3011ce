from __future__ import annotations

import pytest

from kb.qa.telling.verdict_words import verdict_word
from kb.records import Question


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        ("容器重启后数据还在吗？", "在。", "不在。"),
        ("这个文件在不在？", "在。", "不在。"),
        ("虚拟机存在吗？", "存在。", "不存在。"),
        ("有没有不需要hypervisor的虚拟机？", "有。", "没有。"),
        ("虚拟机有自己的内核吗？", "有。", "没有。"),
        ("有自己内核的虚拟机能迁移吗？", "能。", "不能。"),
        ("容器会不会影响宿主机？", "会。", "不会。"),
        ("虚拟机死机会不会影响宿主机？", "会。", "不会。"),
        ("容器能否看到宿主机的进程？", "能。", "不能。"),
        ("容器可以运行图形界面吗？", "可以。", "不可以。"),
        ("容器必须用root运行吗？", "必须。", "不必。"),
        ("Docker要钱吗？", "需要。", "不需要。"),
        ("该不该把容器放在公网上？", "应该。", "不应该。"),
        ("容器一定比虚拟机快吗？", "一定。", "不一定。"),
        ("LXC支持Windows吗？", "支持。", "不支持。"),
        ("rkt停止维护了吗？", "是的。", "没有。"),
        ("容器是不是虚拟机？", "是的。", "不是。"),
        ("Docker是会话管理工具吗？", "是的。", "不是。"),
        ("虚拟机共享宿主机的内核吗？", "是的。", "并非如此。"),
        ("Docker还在用LXC吗？", "是的。", "不再如此。"),
        ("容器主要用于部署吗？", "是的。", "并非如此。"),
        ("会话加密了吗？", "是的。", "没有。"),
        ("ESXi应该算一型吧？", "是的。", "不是。"),
        ("气球驱动能把内存还给宿主机吗？", "能。", "不能。"),
        ("虚拟机会停顿吗？", "会。", "不会。"),
        # asked whether it is not so
        ("LXC不支持Windows吗？", "是的，不支持。", "不，支持。"),
        ("虚拟机没有自己的内核吗？", "是的，没有。", "不，有。"),
        ("难道容器不能热迁移吗？", "是的，不能。", "不，能。"),
        ("没有root能不能跑容器？", "能。", "不能。"),
    ],
)
def test_the_verb_of_the_question_answers_it(asked: str, yes: str, no: str) -> None:
    question = Question(asked, asked, "yes_no", ())
    assert (verdict_word(question, "yes"), verdict_word(question, "no")) == (yes, no)


def test_english_is_answered_yes_or_no() -> None:
    question = Question("Can containers run Windows?", "Can containers run Windows?", "yes_no", (), language="en")
    assert (verdict_word(question, "yes"), verdict_word(question, "no")) == ("Yes. ", "No. ")


def test_what_is_only_likely_is_said_so() -> None:
    question = Question("容器能热迁移吗？", "容器能热迁移吗？", "yes_no", ())
    assert verdict_word(question, "no", likely=True) == "多半不能。"
    denied = Question("容器不能热迁移吗？", "容器不能热迁移吗？", "yes_no", ())
    assert verdict_word(denied, "no", likely=True) == "多半能。"
    surely = Question("容器一定更快吗？", "容器一定更快吗？", "yes_no", ())
    assert verdict_word(surely, "no", likely=True) == "不一定。"
    english = Question("Can containers run Windows?", "Can containers run Windows?", "yes_no", (), language="en")
    assert verdict_word(english, "no", likely=True) == "Probably not. "
