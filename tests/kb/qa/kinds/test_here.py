from __future__ import annotations

import pytest

from kb.app import KnowledgeBase
from kb.qa.kinds import here
from kb.qa.sources import About
from kb.records import Instance, Language, Link, Seen

ASKED = [
    ("我这台机器支持虚拟化吗？", "kvm"),
    ("本机能用硬件虚拟化吗", "kvm"),
    ("Does this machine support virtualization?", "kvm"),
    ("我现在在容器里还是虚拟机里?", "inside"),
    ("我是在容器里吗？", "inside"),
    ("我在 Docker 里吗", "inside"),
    ("这台机器是不是物理机？", "inside"),
    ("当前环境是容器还是虚拟机", "inside"),
    ("Am I running in a VM or a container?", "inside"),
    ("Is this machine a virtual machine?", "inside"),
    ("这台机器能用 KVM 吗?", "kvm"),
    ("本机支持 KVM 吗", "kvm"),
    ("Does this host support KVM?", "kvm"),
    ("Is KVM available here?", "kvm"),
    ("现在运行着哪些容器?", "running"),
    ("现在有哪些容器在运行？", "running"),
    ("这台机器上跑着几台虚拟机？", "running"),
    ("本机有正在运行的虚拟机吗?", "running"),
    ("现在有没有运行着的容器", "running"),
    ("这台机器上有容器在跑吗", "running"),
    ("what containers are running?", "running"),
    ("How many VMs are running right now?", "running"),
    ("What's running here?", "running"),
]
OF_ARTICLES = [
    "我的应用需要虚拟化吗？",
    "服务器支持虚拟化吗？",
    "我在虚拟机里运行容器可以吗?",
    "容器里能运行虚拟机吗?",
    "KVM 是什么?",
    "这台机器上装Docker需要什么?",
    "现在流行哪些容器?",
    "现在有运行虚拟机的云平台吗?",
    "目前有没有运行容器的操作系统",
    "有哪些容器运行时?",
    "我的电脑上能同时跑 Docker 和虚拟机吗?",
    "在这台机器上容器比虚拟机快多少",
    "当前主流的虚拟机有哪些?",
    "Does KVM support live migration?",
    "How many containers can run on a host?",
    "Is a container a virtual machine?",
    "List the advantages of containers",
]


@pytest.mark.parametrize(("text", "topic"), ASKED)
def test_what_is_asked_of_this_machine(text: str, topic: About) -> None:
    assert here.topic_of(text) == topic
    assert here.fits(text, ()) > 0.9


@pytest.mark.parametrize("text", OF_ARTICLES)
def test_what_is_asked_of_containers_in_general_is_left_to_the_articles(text: str) -> None:
    assert here.fits(text, ("container",)) == 0.0


class Looked:
    """A machine that is a virtual machine, not a container, without KVM, and runs one container."""

    def __init__(self) -> None:
        self.asked: list[tuple[About, Language]] = []

    def __call__(self, about: About, language: Language) -> Seen:
        self.asked.append((about, language))
        return Seen(
            "2026-03-05T07:08:09+00:00",
            "现在看到 1 个容器。",
            ("现在看到 1 个容器。", "· 容器 web（docker）"),
            False,
            True,
            False,
            (Instance("here", "本机", "virtual_machine"), Instance("here/1", "web (docker)", "container", "docker")),
            (
                Link("here", "instance_of", "virtual_machine"),
                Link("here/1", "instance_of", "container"),
                Link("here/1", "runs_on", "here"),
                Link("here/1", "shares", "host_kernel"),
            ),
        )


@pytest.fixture
def looking(filled_base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Looked:
    looked = Looked()
    monkeypatch.setattr(filled_base, "look", looked)
    return looked


def test_the_answer_is_what_was_seen_with_its_moment(filled_base: KnowledgeBase, looking: Looked) -> None:
    answer = filled_base.ask("现在运行着哪些容器?")
    assert (answer.question.kind, answer.status, answer.evidence) == ("here", "answered", ())
    assert answer.text.startswith("现在看到 1 个容器。") and "2026-03-05 07:08 UTC" in answer.text
    assert looking.asked == [("running", "zh")]
    filled_base.ask("Which containers are running on this machine?")
    assert looking.asked[-1] == ("running", "en")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("我在容器里吗？", "no"),
        ("本机是虚拟机吗？", "yes"),
        ("这台机器是不是物理机？", "no"),
        ("这台机器能用 KVM 吗?", "no"),
        ("我现在在容器里还是虚拟机里?", None),
        ("Am I inside a container?", "no"),
    ],
)
def test_yes_and_no_only_where_one_thing_is_asked(text: str, verdict: str | None, filled_base: KnowledgeBase, looking: Looked) -> None:
    assert filled_base.ask(text).verdict == verdict


def test_the_picture_joins_what_runs_to_the_concepts_and_the_graph_keeps_nothing_of_it(filled_base: KnowledgeBase, looking: Looked) -> None:
    before = (set(filled_base.graph.nodes), filled_base.store.counts())
    view = filled_base.answer_graph(filled_base.ask("现在运行着哪些容器?"))
    edges = {(edge.source, edge.relation, edge.target) for edge in view.edges if edge.sentence_id is None}
    assert edges == {
        ("here", "instance_of", "virtual_machine"),
        ("here/1", "instance_of", "container"),
        ("here/1", "runs_on", "here"),
        ("here/1", "shares", "host_kernel"),
    }
    assert {node.name for node in view.nodes if node.kind == "instance"} == {"本机", "web (docker)"}
    assert (set(filled_base.graph.nodes), filled_base.store.counts()) == before


def test_without_a_look_nothing_is_claimed(filled_base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filled_base, "look", lambda about, language: None)
    assert filled_base.ask("我在容器里吗？").status == "no_evidence"
