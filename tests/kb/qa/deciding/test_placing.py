"""What may run in or on what: who stands where decides, not that both are named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.terms import terms_of
from kb.qa.asking.understanding import understand
from kb.qa.deciding.placing import Placing, asked_placing, placed, says_it, the_other_way_round
from kb.records import Answer

INSIDE = "租户在虚拟机里运行容器。Docker 是一种容器。Docker 不是虚拟机。"
ON = "一台 Linux 宿主机可以运行 Windows 虚拟机。容器不能运行在微控制器上。"


@pytest.fixture
def asked(told: Callable[..., KnowledgeBase]) -> Callable[[str], Answer]:
    base = told(INSIDE, ON)
    return lambda question: base.ask(question)


@pytest.mark.parametrize(
    ("question", "rider", "place"),
    [
        ("虚拟机里能跑容器吗？", "container", "virtual_machine"),
        ("虚拟机里面可以安装 Docker 吗", "docker", "virtual_machine"),
        ("容器能不能在虚拟机里跑？", "container", "virtual_machine"),
        ("容器可以直接部署在虚拟机上吗？", "container", "virtual_machine"),
        ("Can Docker run inside a virtual machine?", "docker", "virtual_machine"),
        ("容器里能再跑容器吗？", "container", "container"),
    ],
)
def test_a_question_tells_what_is_to_run_where(question: str, rider: str, place: str, told: Callable[..., KnowledgeBase]) -> None:
    sources = told(INSIDE).sources()
    understood = understand(question, sources)
    found = asked_placing(understood, terms_of(understood, sources), sources)
    assert found == Placing(rider, place) and found.nested == (rider == place)


@pytest.mark.parametrize(
    "question",
    [
        "容器和虚拟机能共享内核吗？",
        "虚拟机里的容器能不能有自己的 IP 地址？",
        "虚拟机里只能跑一个容器吗？",  # asks more than whether it may
        "容器运行在虚拟机里吗？",  # asks how it is, not what may be
    ],
)
def test_other_questions_ask_no_placing(question: str, told: Callable[..., KnowledgeBase]) -> None:
    sources = told(INSIDE).sources()
    understood = understand(question, sources)
    assert asked_placing(understood, terms_of(understood, sources), sources) is None


def test_what_runs_there_may_and_what_it_is_a_kind_of_tells_likely_so(asked: Callable[[str], Answer]) -> None:
    plainly, likely = asked("虚拟机里能跑容器吗？"), asked("虚拟机里能跑 Docker 吗？")
    assert plainly.verdict == likely.verdict == "yes"
    assert plainly.text.startswith("能") and likely.text.startswith("多半能")
    assert all("虚拟机里运行容器" in answer.evidence[0].text for answer in (plainly, likely))


@pytest.mark.parametrize("question", ["容器里能跑虚拟机吗？", "Can I run a virtual machine inside a container?", "容器里能再跑容器吗？"])
def test_the_other_way_round_decides_nothing(question: str, asked: Callable[[str], Answer]) -> None:
    assert asked(question).verdict is None


def test_a_denial_and_a_host_that_runs_it_decide(asked: Callable[[str], Answer]) -> None:
    assert asked("Linux 主机上可以开 Windows 虚拟机吗？").verdict == "yes"
    assert asked("容器能跑在微控制器上吗？").verdict == "no"


def test_a_denial_may_leave_out_what_runs(told: Callable[..., KnowledgeBase]) -> None:
    base = told("普通虚拟机可以运行容器，unikernel 通常不能。" + ON)
    assert base.ask("unikernel 里能跑容器吗？").verdict == "no"


def test_sentences_are_told_apart_by_who_stands_where(told: Callable[..., KnowledgeBase]) -> None:
    sources = told("容器运行在虚拟机之内。虚拟机可以运行容器。容器比虚拟机启动更快。").sources()
    inside, hosts, neither = sources.reader.sentences()
    asked, turned = Placing("container", "virtual_machine"), Placing("virtual_machine", "container")
    assert says_it(asked, inside, sources) and says_it(asked, hosts, sources) and not says_it(asked, neither, sources)
    assert not says_it(turned, inside, sources)
    assert placed(asked, (), sources) is not None and placed(turned, (), sources) is None
    assert inside.id in the_other_way_round(turned, (), sources) and not the_other_way_round(asked, (), sources)
