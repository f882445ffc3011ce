"""Follow-ups that say only what changes, made whole."""

from __future__ import annotations

import pytest

from kb.qa.answering import answer
from kb.qa.asking.followups import completed, conversation
from kb.qa.sources import Sources


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("那虚拟机呢？", "容器启动要多久？", "虚拟机启动要多久？"),
        ("内存的呢？", "容器的处理器上限是多少？", "容器的内存上限是多少？"),
        ("那启动时间呢？", "普通容器和虚拟机谁占内存少？", "普通容器和虚拟机在启动时间方面有什么区别？"),
        ("隔离性方面呢？", "容器和虚拟机有什么区别？", "容器和虚拟机在隔离性方面有什么区别？"),
        ("隔离性呢，还是它好吗？", "容器和虚拟机性能谁好？", "容器和虚拟机在隔离性方面有什么区别？"),
        ("那启动时间上也是它快吧", "容器和虚拟机谁占内存少？", "容器和虚拟机在启动时间方面有什么区别？"),
        ("跟进程比呢？", "容器和虚拟机有什么不同？", "容器和进程有什么不同？"),
        ("跟进程比呢？", "容器是什么？", "容器和进程有什么区别？"),
        ("那要是跟进程相比怎么样？", "容器的性能比虚拟机好吗？", "容器的性能比进程好吗？"),
        ("比起进程呢？", "容器的性能跟虚拟机比谁好？", "容器的性能跟进程比谁好？"),
        ("跟容器比呢？", "虚拟机启动要多久？", "虚拟机和容器在启动速度方面有什么区别？"),
        ("And compared to a process?", "Which starts faster, a container or a VM?", "Which starts faster, a container or a process?"),
        ("vs a container?", "How fast is the start-up of a VM?", "How does VM differ from a container in start-up speed?"),
        ("缺点呢？", "虚拟机是什么？", "虚拟机有哪些缺点？"),
        ("and the performance?", "Which starts faster, a container or a VM?", "How do container and VM differ in performance?"),
    ],
)
def test_a_fragment_is_completed(text: str, before: str, whole: str, sources: Sources) -> None:
    assert completed(text, (before,), sources) == whole


@pytest.mark.parametrize("text", ["为什么它更快？", "容器启动要多久？", "今天天气真好呢", "怎么减小镜像体积？"])
def test_a_whole_question_stays_as_it_is(text: str, sources: Sources) -> None:
    assert completed(text, ("容器和虚拟机哪个启动快？",), sources) is None


def test_nothing_before_it_completes_nothing(sources: Sources) -> None:
    assert completed("缺点呢？", (), sources) is None
    assert completed("缺点呢？", ("你好",), sources) is None


@pytest.mark.parametrize(
    ("text", "context", "whole"),
    [
        ("隔离性呢？", ("容器和虚拟机有什么区别？", "那启动时间呢？", "为什么它更快？"), "容器和虚拟机在隔离性方面有什么区别？"),
        ("缺点呢？", ("Docker是什么？", "它能替代虚拟机吗？"), "Docker有哪些缺点？"),
        ("前者一定是后者吗？", ("容器和虚拟机一样吗？",), "容器一定是虚拟机吗？"),
        ("哪个更快？", ("容器是什么？", "虚拟机是什么？"), "容器和虚拟机，哪个更快？"),
        (
            "which one is faster?",
            ("What is a container?", "What is a virtual machine?"),
            "which one is faster, container or virtual machine?",
        ),
        ("前者一定是后者吗？", ("容器是什么？",), None),
        ("哪个更快？", ("容器和虚拟机有什么区别？",), "容器和虚拟机哪个更快？"),
    ],
)
def test_a_fragment_is_completed_from_the_whole_conversation(
    text: str, context: tuple[str, ...], whole: str | None, sources: Sources
) -> None:
    assert completed(text, conversation(context, sources), sources) == whole


def test_each_earlier_question_is_made_whole(sources: Sources) -> None:
    assert conversation(("Docker是什么？", "它能替代虚拟机吗？", "那容器呢？"), sources)[1] == "Docker能替代虚拟机吗？"
    assert conversation((), sources) == ()


def test_the_answer_keeps_the_conversation_as_it_was_asked(sources: Sources) -> None:
    context = ("Docker是什么？", "它能替代虚拟机吗？")
    assert answer("它快吗？", sources, context).question.context == context
