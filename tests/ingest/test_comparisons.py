"""Comparatives: (a, b, aspect, direction); `a_more` speaks of the aspect as named, so less time is more speed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.comparisons.predicates import words
from kb.records import Comparison, Extract

Read = Callable[[str], Extract]
Compared = tuple[str, str, str, str]
V, C = "virtual_machine", "container"


def bug(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=reason)


def compared(extract: Extract) -> set[Compared]:
    return {(c.a, c.b, c.aspect, c.direction) for c in extract.comparisons}


def only(extract: Extract) -> Comparison:
    (comparison,) = extract.comparisons
    return comparison


@pytest.mark.parametrize(
    ("text", "comparisons"),
    [
        # 比
        ("容器比虚拟机启动更快。", {(C, V, "启动速度", "a_more")}),
        ("容器的启动速度比虚拟机慢。", {(C, V, "启动速度", "b_more")}),
        ("容器比虚拟机快得多。", {(C, V, "运行速度", "a_more")}),
        # 相比于, 与…相比
        ("相比于虚拟机，容器启动更快。", {(C, V, "启动速度", "a_more")}),
        ("与虚拟机相比，容器启动更快。", {(C, V, "启动速度", "a_more")}),
        # 优于, 高于, 低于
        ("容器的启动速度优于虚拟机。", {(C, V, "启动速度", "a_more")}),
        ("虚拟机的性能低于物理机。", {(V, "physical_machine", "性能", "b_more")}),
        ("容器的密度高于虚拟机。", {(C, V, "密度", "a_more")}),
        # 不如, 没有
        ("容器的隔离性不如虚拟机强。", {(C, V, "隔离性", "b_more")}),
        ("容器的隔离性没有虚拟机强。", {(C, V, "隔离性", "b_more")}),
        ("虚拟机启动不如容器快。", {(V, C, "启动速度", "b_more")}),
        ("容器没有虚拟机那么安全。", {(C, V, "安全", "b_more")}),
        ("容器很快。虚拟机不如容器轻便。", {(V, C, "轻量", "b_more")}),
        # 不像…那样
        ("容器不像虚拟机那样占用大量内存。", {(C, V, "资源占用", "b_more")}),
        ("容器没有像虚拟机那样臃肿。", {(C, V, "体积", "b_more")}),
        ("容器不像虚拟机那么安全。", {(C, V, "安全", "b_more")}),
        ("启动容器不需要像启动虚拟机那样耗费时间。", {(C, V, "启动速度", "a_more")}),
        ("容器像进程一样运行。", set()),
        # 在…面前
        ("虚拟机的启动速度在容器面前相形见绌。", {(V, C, "启动速度", "b_more")}),
        ("虚拟机的资源占用在容器面前毫无优势。", {(V, C, "资源占用", "a_more")}),
        ("虚拟机在容器面前启动。", set()),
        # a resource that is a concept of its own
        ("虚拟机比容器占内存。", {(V, C, "资源占用", "a_more")}),
        ("虚拟机比容器占用更多内存。", {(V, C, "资源占用", "a_more")}),
        ("虚拟机占的内存比容器多得多。", {(V, C, "资源占用", "a_more")}),
        ("和虚拟机相比，容器占的磁盘少。", {(C, V, "磁盘占用", "b_more")}),
        ("容器比虚拟机更省内存。", {(C, V, "资源占用", "b_more")}),
        ("与虚拟机相比，容器使用内存。", set()),
        # aspects named in reverse
        ("容器的启动时间比虚拟机更短。", {(C, V, "启动速度", "a_more")}),
        ("容器的启动时间比虚拟机长。", {(C, V, "启动速度", "b_more")}),
        # several aspects at once, and an advantage
        (
            "容器的启动速度和性能比虚拟机更好。",
            {(C, V, "启动速度", "a_more"), (C, V, "性能", "a_more")},
        ),
        (
            "容器在启动速度和资源占用上比虚拟机有优势。",
            {(C, V, "启动速度", "a_more"), (C, V, "资源占用", "b_more")},
        ),
        # the other side spoken of before, or in the sentence before
        ("KVM的性能是130 GFLOPS，比物理机低约55%。", {("kvm", "physical_machine", "性能", "b_more")}),
        ("与Xen相比，KVM不要求新内核，启动更快，占用的内存更少。", {("kvm", "xen", "启动速度", "a_more"), ("kvm", "xen", "资源占用", "b_more")}),
        ("与Xen相比，KVM启动更快；Xen支持FreeBSD，兼容性更好。", {("kvm", "xen", "启动速度", "a_more"), ("xen", "kvm", "兼容性", "a_more")}),
        ("与虚拟机相比，容器少了一层。", {(C, V, "抽象层数", "b_more")}),
        ("与虚拟机相比，容器瞬间就能启动。", {(C, V, "启动速度", "a_more")}),
        # what is taken up, in whatever words
        ("容器占用的内存比虚拟机更少。", {(C, V, "资源占用", "b_more")}),
        ("容器比虚拟机占用更少的磁盘。", {(C, V, "磁盘占用", "b_more")}),
        ("宿主机能容纳的容器比虚拟机更多。", {(C, V, "密度", "a_more")}),
        # what belongs to the side that is spoken of, and the other side's turn
        ("与虚拟机相比，容器的隔离更弱，系统调用更快。", {(C, V, "隔离性", "b_more"), (C, V, "运行速度", "a_more")}),
        ("与容器相比，虚拟机的隔离更强，容器的价格更低。", {(V, C, "隔离性", "a_more"), (C, V, "价格", "b_more")}),
        ("与经过Docker的方式相比，直接使用containerd的资源占用更少。", {("containerd", "docker", "资源占用", "b_more")}),
        # 相比之下, and clauses that are set against each other
        ("虚拟机启动要几十秒，相比之下，容器的启动速度快得多。", {(C, V, "启动速度", "a_more")}),
        ("容器的启动更快，虚拟机的启动更慢。", {(C, V, "启动速度", "a_more"), (V, C, "启动速度", "b_more")}),
        # other words for worse and better
        ("在隔离性方面，容器逊于虚拟机。", {(C, V, "隔离性", "b_more")}),
        ("容器的隔离性远不及虚拟机。", {(C, V, "隔离性", "b_more")}),
        ("容器的启动速度胜过虚拟机。", {(C, V, "启动速度", "a_more")}),
        ("虚拟机的安全性高于容器。", {(V, C, "安全", "a_more")}),
        ("容器比虚拟机少占用一半内存。", {(C, V, "资源占用", "b_more")}),
        ("在启动速度上，容器明显占优，虚拟机则较慢。", {(C, V, "启动速度", "a_more"), (V, C, "启动速度", "b_more")}),
        # how many times as much
        ("容器的启动时间仅为虚拟机的十分之一。", {(C, V, "启动速度", "a_more")}),
        ("容器的密度可以达到虚拟机的五倍。", {(C, V, "密度", "a_more")}),
        ("虚拟机比容器慢两个数量级。", {(V, C, "运行速度", "b_more")}),
        # nearly the same
        ("容器的计算性能与物理机相当。", {(C, "physical_machine", "性能", "equal")}),
        ("容器的性能不输物理机。", {(C, "physical_machine", "性能", "equal")}),
        ("容器的计算性能接近物理机。", {(C, "physical_machine", "性能", "equal")}),
        # the aspect stands in a frame before
        ("在启动速度这一项上，容器比虚拟机更快。", {(C, V, "启动速度", "a_more")}),
        # a sign inside another word, and a noun that is no aspect
        ("调优后的容器与虚拟机的差距进一步缩小。", set()),
        ("容器的名字比虚拟机更大。", set()),
        # the partner is carried
        (
            "容器比虚拟机启动更快，隔离性更差。",
            {(C, V, "启动速度", "a_more"), (C, V, "隔离性", "b_more")},
        ),
        ("容器和虚拟机的区别\n容器启动更快。", {(C, V, "启动速度", "a_more")}),
        ("容器和虚拟机有很大的区别。容器启动更快。", {(C, V, "启动速度", "a_more")}),
        ("服务器是一台性能更高、计算能力更强的计算机。", {("server", "computer", "性能", "a_more"), ("server", "computer", "计算能力", "a_more")}),
        # numbers on both sides
        ("虚拟机启动要几分钟，容器启动只要几毫秒。", {(V, C, "启动速度", "b_more")}),
        ("虚拟机镜像约2 GB，容器镜像约20 MB。", {("virtual_image", "image", "体积", "a_more")}),
        # nothing is compared
        ("容器启动更快。", set()),
        ("容器很快。", set()),
        ("容器的数量比虚拟机多样。", set()),
        ("容器不比虚拟机安全。", set()),
        ("容器启动要2到4秒，虚拟机启动要3到5秒。", set()),
        # wrong today
        ("容器比虚拟机更节省磁盘空间。", {(C, V, "磁盘占用", "b_more")}),
        pytest.param("容器比虚拟机更节省资源。", {(C, V, "资源占用", "b_more")}, marks=bug("节省 is counted twice, as verb and in 省资源")),
        pytest.param("容器比虚拟机更安全。", {(C, V, "安全", "a_more")}),
        pytest.param("虚拟机比容器更消耗资源。", {(V, C, "资源占用", "a_more")}),
        pytest.param("虚拟机比容器更占资源。", {(V, C, "资源占用", "a_more")}),
        pytest.param("容器比虚拟机省资源。", {(C, V, "资源占用", "b_more")}),
        pytest.param("容器比虚拟机更省心。", {(C, V, "易用性", "a_more")}),
        pytest.param("相比于虚拟机，容器的体积更小。", {(C, V, "体积", "b_more")}),
        pytest.param("容器的隔离性不如虚拟机。", {(C, V, "隔离性", "b_more")}),
        pytest.param("容器和虚拟机一样安全。", {(C, V, "安全", "equal")}),
    ],
)  # fmt: skip
def test_a_sentence_compares(text: str, comparisons: set[Compared], read: Read) -> None:
    assert compared(read(text)) == comparisons


def test_the_later_aspect_of_a_sentence_is_still_of_its_subject(read: Read) -> None:
    found = compared(read("服务器比个人电脑的计算能力更强，价格更高。"))
    assert found == {("server", "personal_computer", "计算能力", "a_more"), ("server", "personal_computer", "价格", "a_more")}


def test_the_wording_of_the_difference_and_its_hedge_are_kept(read: Read) -> None:
    comparison = only(read("容器一般比虚拟机启动快几十倍。"))
    assert (comparison.amount, comparison.hedge) == ("几十倍", "一般")
    plain = only(read("容器比虚拟机启动更快。"))
    assert (plain.amount, plain.hedge) == (None, None)


def test_what_is_named_is_surer_than_what_is_carried(read: Read) -> None:
    named, carried = read("容器比虚拟机启动更快，隔离性更差。").comparisons
    assert (named.found_by, carried.found_by) == ("named", "carried")
    assert named.confidence > carried.confidence


def test_reported_wording_is_less_sure(read: Read) -> None:
    reported = read("有人说「容器比虚拟机启动更快」这并不总对。").comparisons
    assert all(c.confidence < 0.5 for c in reported)


def test_a_partner_is_not_carried_into_the_next_answer(read: Read) -> None:
    long = (
        "容器和虚拟机的区别很大，一个共享内核，一个独占内核，所以它们启动所花的时间完全不是一回事，占的地方也差很远，选的时候要看清楚场景。"
    )
    assert compared(read(f"{long}\n谢邀，容器启动更快。")) == set()


def test_the_span_quotes_the_clause(read: Read) -> None:
    text = "先说结论，容器比虚拟机启动更快，别的再看。"
    assert text[slice(*only(read(text)).span)] == "容器比虚拟机启动更快"


def test_every_predicate_states_its_direction(read: Read) -> None:
    wrong = set()
    for word, predicate in words().items():
        aspect = predicate.implied or predicate.default or "性能"
        subject = "容器" if predicate.implied or predicate.default else "容器的性能"
        if compared(read(f"{subject}比虚拟机更{word}。")) != {(C, V, aspect, "a_more" if predicate.sign > 0 else "b_more")}:
            wrong.add(word)
    assert wrong == set()


def test_what_may_hold_of_some_weighs_little(read: Read) -> None:
    def weight(text: str) -> float:
        return next(c.confidence for c in read(text).comparisons if c.aspect == "安全")

    assert weight("容器和虚拟机有很大的区别。配置严格的容器可能比长期不更新的虚拟机更安全。") < 0.5 * weight("容器比虚拟机更安全。")


@pytest.mark.parametrize(
    ("text", "comparisons"),
    [
        (
            "容器在性能上胜过虚拟化，接近物理机的原生性能。",
            {(C, "virtualization", "性能", "a_more"), (C, "physical_machine", "性能", "equal")},
        ),
        (
            "容器启动快。与虚拟机相比，它启动更快。虚拟机能提供一个更加隔离的环境。",
            {(C, V, "启动速度", "a_more"), (V, C, "隔离性", "a_more")},
        ),
        ("虚拟机的资源利用率相对容器低也是比较容易理解的。", {(V, C, "资源利用率", "b_more")}),
        ("服务器比电脑运行更快、负载更高。", {("server", "computer", "运行速度", "a_more"), ("server", "computer", "负载", "a_more")}),
        ("虚拟机的镜像大小一般是几个G。容器的镜像大小在M以内。", {(V, C, "体积", "a_more")}),
        ("虚拟机：占用几个G内存。\n容器：表现更加出色，性能更好。", {(C, V, "性能", "a_more")}),
        ("虚拟机的启动时间以分钟计，容器则以秒计。", {(V, C, "启动速度", "b_more")}),
    ],
)
def test_what_stands_around_a_name_is_read_beside_it(read: Read, text: str, comparisons: set[Compared]) -> None:
    assert compared(read(text)) == comparisons
