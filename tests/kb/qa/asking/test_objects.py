"""What something is done to, where that is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.objects import asks_done_to, asks_whom, with_object
from kb.qa.asking.understanding import understand
from kb.qa.sources import Sources


@pytest.mark.parametrize(
    ("text", "whom"),
    [("虚拟机用来隔离谁？", True), ("Podman 取代谁", True), ("谁管理容器", False), ("容器由谁管理", False), ("作者是谁", False)],
)
def test_whom_is_no_doer(text: str, whom: bool) -> None:
    assert asks_whom(text) is whom


@pytest.mark.parametrize(
    ("text", "finds", "passes"),
    [
        ("虚拟机用来隔离什么？", "虚拟机隔离不同的用户", "虚拟机是完全隔离的"),
        ("容器打包了些什么？", "容器打包应用和依赖", "容器便于打包"),
        ("虚拟机是什么？", None, None),
    ],
)
def test_a_verb_with_something_behind_it_names_what_is_done_to(text: str, finds: str | None, passes: str | None, sources: Sources) -> None:
    pattern = with_object(understand(text, sources), sources)
    if finds is None or passes is None:
        assert pattern is None
    else:
        assert pattern is not None and pattern.search(finds) and not pattern.search(passes)


def test_what_each_is_used_on_is_told(told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"虚拟机在完全隔离的环境里运行。云平台多用虚拟机隔离各家的租户。Docker 多用来隔离一个个应用。{others}")
    text = base.ask("虚拟机一般拿来隔谁，Docker一般拿来隔谁？").text
    assert text.startswith("云平台多用虚拟机隔离各家的租户") and "隔离一个个应用" in text


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("What does a VM run on?", True),
        ("What do containers share with the host?", True),
        ("What is a hypervisor usually installed on?", True),
        ("What does the Docker daemon do?", False),
        ("What is a container?", False),
        ("What does KVM stand for?", False),
    ],
)
def test_an_english_question_may_ask_for_it_too(text: str, asks: bool) -> None:
    assert asks_done_to(text.lower()) is asks


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("What does a virtual machine run on?", "虚拟机运行在物理服务器之上"),
        ("What does a virtual machine depend on?", "虚拟机依赖 hypervisor"),
        ("虚拟机运行在什么上面？", "虚拟机运行在物理服务器之上"),
    ],
)
def test_what_it_runs_on_comes_before_what_it_is(question: str, telling: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"虚拟机是用软件造出来的、可以运行的一整套计算机。虚拟机运行在物理服务器之上。虚拟机依赖 hypervisor 来启动。{others}")
    text = base.ask(question).text
    assert telling in text and (text.find("一整套计算机") < 0 or text.find(telling) < text.find("一整套计算机"))
