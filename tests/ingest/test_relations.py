"""Sentences and the claims they make: (subject, relation, object, holds)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.pipeline import Tools
from kb.records import Claim, Concept, Extract

Read = Callable[[str], Extract]
Stated = tuple[str, str, str, bool]
V, C, H, D = "virtual_machine", "container", "hypervisor", "docker"


def bug(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=reason)


def stated(extract: Extract) -> set[Stated]:
    return {(c.subject, c.relation, c.object, c.holds) for c in extract.claims}


def only(extract: Extract, relation: str | None = None) -> Claim:
    (claim,) = (c for c in extract.claims if relation in (None, c.relation))
    return claim


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # statements
        ("容器共享宿主机的内核。", {(C, "shares", "host_kernel", True)}),
        ("KVM是一种Hypervisor。", {("kvm", "is_a", H, True)}),
        ("操作系统位于硬件和应用程序之间。", {("operating_system", "located_between", "hardware", True), ("operating_system", "located_between", "application", True)}),
        ("客户端连接到服务器。", {("client", "connects_to", "server", True)}),
        ("Kubernetes是管理容器的平台。", {("kubernetes", "manages", C, True)}),
        ("虚拟机不等于容器。", {(V, "equals", C, False)}),
        ("客户端不与服务器共享内核。", {("client", "shares", "kernel", False)}),
        ("容器里有应用程序。", {(C, "has_part", "application", True)}),
        ("操作系统是对硬件的抽象。", {("operating_system", "virtualizes", "hardware", True)}),
        ("容器适合微服务。", {(C, "suited_for", "microservices", True)}),
        ("需要热迁移或图形界面时，应当选择虚拟机。", {(V, "suited_for", "live_migration", True), (V, "suited_for", "gui", True)}),
        ("KVM把内核变成Hypervisor。", {("kernel", "is_a", H, True)}),
        ("在主机中的容器共享文件系统。", {(C, "shares", "file_system", True), ("host", "has_part", C, True)}),
        ("容器的优点是启动快、占用少。", {(C, "has_property", "lit:启动快", True), (C, "has_property", "lit:占用少", True)}),
        ("命名空间有内核的贡献。", set()),
        ("进程共享的是内存。", {("process", "shares", "memory", True)}),
        ("镜像则是对文件系统的抽象。", {("image", "virtualizes", "file_system", True)}),
        ("在同一台服务器上可以跑多个互不相干的容器。", {(C, "runs_on", "server", True)}),
        ("Kubernetes建立在容器的基础之上。", {("kubernetes", "depends_on", C, True), ("kubernetes", "runs_on", C, True)}),
        ("守护进程以进程的形式运行。", {("daemon", "is_a", "process", True)}),
        ("文件系统(运行时环境)很小。", {("file_system", "equals", "runtime_environment", True)}),
        ("镜像格式很多，数据盘(QEMU)也是。", set()),
        ("虚拟机相当于一台计算机。", {(V, "equals", "computer", True)}),
        ("Kubernetes可以创建容器。", {("kubernetes", "manages", C, True)}),
        ("操作系统从下到上依次为：内核、文件系统、应用程序。", {("operating_system", "has_part", part, True) for part in ("kernel", "file_system", "application")}),
        # what a text says beside
        ("有了容器，部署不再麻烦。", set()),
        ("每台服务器是 2 块 CPU。", set()),
        ("容器也是类似的技术，与镜像不同。", set()),
        ("Docker 与 Kubernetes 不是同一个容器。", set()),
        # denials
        ("容器比虚拟机少了客户机操作系统。", {(C, "has_part", "guest_os", False)}),
        ("容器摒弃了客户机操作系统。", {(C, "has_part", "guest_os", False)}),
        ("CPU不同于GPU。", {("cpu", "equals", "gpu", False)}),
        ("用户不能在宿主机上创建容器。", {(C, "runs_on", "host_machine", False)}),
        ("虚拟机不共享宿主机的内核。", {(V, "shares", "host_kernel", False)}),
        ("容器无需客户机操作系统。", {(C, "requires", "guest_os", False)}),
        ("容器中没有客户机操作系统。", {(C, "has_part", "guest_os", False)}),
        ("虚拟机省去了镜像。", {(V, "has_part", "image", False)}),
        (
            "容器既不需要Hypervisor，也不需要客户机操作系统。",
            {(C, "requires", H, False), (C, "requires", "guest_os", False)},
        ),
        ("应用程序运行在容器中，而不运行在虚拟机中。", {("application", "runs_on", C, True), ("application", "runs_on", V, False)}),
        pytest.param(
            "应用程序运行在容器中，而不是运行在虚拟机中。",
            {("application", "runs_on", C, True), ("application", "runs_on", V, False)},
            marks=bug("不是 before a verb is taken for a copula, so the subject is not carried"),
        ),
        ("容器不需要任何东西（包括Hypervisor、显示器）。", {(C, "requires", H, False), (C, "requires", "monitor", False)}),
        pytest.param(
            "虚拟机没有共享内核。", {(V, "shares", "kernel", False)}, marks=bug("没有 before a verb is read as 'has no part', and the verb as affirmed")
        ),
        pytest.param("容器取代不了虚拟机。", {(C, "replaces", V, False)}),
        pytest.param(
            "容器不使用Hypervisor而使用内核。",
            {(C, "uses", H, False), (C, "uses", "kernel", True)}
        ),
        # affirmations that hold a negative syllable
        ("容器不仅共享宿主机的内核，还很轻。", {(C, "shares", "host_kernel", True)}),
        ("不同的容器共享宿主机的内核。", {(C, "shares", "host_kernel", True)}),
        ("容器不断使用镜像。", {(C, "uses", "image", True)}),
        ("容器不能不使用内核。", {(C, "uses", "kernel", True)}),
        # a denial of a noun, or of knowing it
        ("半虚拟化让未经修改的操作系统运行在虚拟机里。", {("operating_system", "runs_on", V, True)}),
        ("操作系统不知道自己运行在虚拟机里。", {("operating_system", "runs_on", V, True)}),
        ("并不是所有的容器都使用Hypervisor。", {(C, "uses", H, False)}),
        # what is nearly denied
        ("容器很少使用Hypervisor。", {(C, "uses", H, False)}),
        ("容器几乎没有性能开销。", {(C, "has_property", "lit:几乎没有性能开销", True)}),
        ("虚拟机并不很少使用镜像。", {(V, "uses", "image", True)}),
        # unlike
        ("容器不像虚拟机那样需要客户机操作系统。", {(C, "requires", "guest_os", False), (V, "requires", "guest_os", True)}),
        # a deed done to what 对 names is no support of it
        ("沙箱对网络、文件系统实现了隔离。", {("sandbox", "isolates", "network", True), ("sandbox", "isolates", "file_system", True)}),
        # what is given, not whom it is given to
        ("操作系统赋予容器更多的权限。", {("operating_system", "provides", "file_permission", True)}),
        # what a means is for
        ("你可以用Kubernetes来管理容器。", {("kubernetes", "manages", C, True)}),
        ("守护进程是Docker中负责容器的组件。", {("docker_daemon", "manages", C, True), ("docker_daemon", "part_of", D, True)}),
        # each its own
        ("Docker和KVM分别使用镜像和内核。", {(D, "uses", "image", True), ("kvm", "uses", "kernel", True)}),
        ("容器独立于操作系统。", {(C, "depends_on", "operating_system", False)}),
        ("Kubernetes可以从Docker中获取镜像。", {(D, "provides", "image", True)}),
        # kinds that a count announces
        ("Hypervisor主要有两种类型：KVM和Xen。", {("kvm", "instance_of", H, True), ("xen", "instance_of", H, True)}),
        ("最常见的Hypervisor，即KVM，已经很成熟。", {("kvm", "is_a", H, True)}),
        # a list of examples is no part, 信息 no kind, and a person holds no parts
        ("镜像、容器等信息很多。", set()),
        ("开发者整合容器。", set()),
        # who gets something is not what is given
        ("Hypervisor把内存暴露给虚拟机。", {(H, "provides", "memory", True)}),
        # who uses what a noun is said to be of, and what is done to it
        ("Docker使用的镜像很小。", {(D, "uses", "image", True)}),
        ("内存的性能不错且支持热迁移。", {("memory", "enables", "live_migration", True)}),
        # what a sentence is about before its verb
        ("因为Docker都基于内核，所以它很快。", {(D, "uses", "kernel", True)}),
        ("要使用Docker，需要先安装内核。", {(D, "requires", "kernel", True)}),
        # a denial of a verb that helps another
        ("容器不支持使用内核。", {(C, "uses", "kernel", False)}),
        ("容器支持使用内核。", {(C, "uses", "kernel", True)}),
        # marks around a name
        ("“Docker”包含《镜像》。", {(D, "has_part", "image", True)}),
        # 将, 把, 被
        ("Docker将应用程序打包成镜像。", {(D, "packages", "application", True)}),
        ("Docker把应用程序封装在容器里。", {(D, "packages", "application", True)}),
        ("宿主机的内核被容器共享。", {(C, "shares", "host_kernel", True)}),
        ("虚拟机被Hypervisor管理。", {(H, "manages", V, True)}),
        ("虚拟机被容器取代。", {(C, "replaces", V, True)}),
        # lists
        (
            "Hypervisor管理虚拟机、虚拟硬件和客户机操作系统。",
            {(H, "manages", V, True), (H, "manages", "virtual_hardware", True), (H, "manages", "guest_os", True)},
        ),
        ("Docker和Podman使用镜像。", {(D, "uses", "image", True), ("podman", "uses", "image", True)}),
        (
            "Docker由守护进程、客户端和镜像组成。",
            {("docker_daemon", "part_of", D, True), ("client", "part_of", D, True), ("image", "part_of", D, True)},
        ),
        # examples
        ("KVM、Xen等Hypervisor很成熟。", {("kvm", "instance_of", H, True), ("xen", "instance_of", H, True)}),
        ("Docker就是容器引擎的代表。", {(D, "instance_of", "container_engine", True)}),
        (
            "服务器分为文件服务器、邮件服务器。",
            {("file_server", "instance_of", "server", True), ("mail_server", "instance_of", "server", True)},
        ),
        (
            "虚拟机管理程序（如KVM、Xen）运行在宿主机上。",
            {("kvm", "instance_of", H, True), ("xen", "instance_of", H, True), (H, "runs_on", "host_machine", True)},
        ),
        # brackets
        ("容器（不同于虚拟机）共享宿主机的内核。", {(C, "shares", "host_kernel", True)}),
        ("容器（需要内核）使用镜像。", {(C, "uses", "image", True)}),
        # properties
        ("容器更加轻量化。", {(C, "has_property", "lightweight", True)}),
        ("容器不具备可移植性。", {(C, "has_property", "portability", False)}),
        # things that no concept names
        ("容器需要实打实的初始化。", {(C, "requires", "lit:实打实的初始化", True)}),
        ("容器需要实打实的初始化与安静的等待。", {(C, "requires", "lit:实打实的初始化", True), (C, "requires", "lit:安静的等待", True)}),
        ("容器需要敲一下才行，因为很慢。", set()),
        ("Docker使用的镜像很小。", {(D, "uses", "image", True)}),
        ("容器实现进程和文件系统的隔离。", {(C, "isolates", "process", True), (C, "isolates", "file_system", True)}),
        # the subject of the text before
        ("Docker很流行。它由守护进程和镜像组成。", {("docker_daemon", "part_of", D, True), ("image", "part_of", D, True)}),
        ("Docker很流行，也叫做容器引擎。", {(D, "equals", "container_engine", True)}),
        # in front of a noun
        ("依赖硬件的应用程序不多。", {("application", "depends_on", "hardware", True)}),
        ("Docker删除未使用的镜像。", set()),
        ("宿主机上Go语言编写的Docker很小。", {(D, "uses", "golang", True)}),
        # one object of several verbs
        ("Kubernetes管理、调度和监控容器。", {("kubernetes", "manages", C, True)}),
        # when, where and who else
        ("需要内核时，容器很慢。", set()),
        ("虚拟机的隔离比容器更强。", set()),
        ("运行时允许管理员停止容器。", set()),
        ("客户端与服务器配合得很好。", {("client", "connects_to", "server", True)}),
        ("虚拟机需要使用Hypervisor。", {(V, "requires", H, True), (V, "uses", H, True)}),
        ("线程不需要建立容器。", {("thread", "requires", C, False)}),
        ("容器由Kubernetes管理。", {("kubernetes", "manages", C, True)}),
        ("Docker使内核可用于容器。", {("kernel", "suited_for", C, True)}),
        ("使用Kubernetes管理容器。", {("kubernetes", "manages", C, True)}),
        ("Podman使用cgroups限制进程。", {("podman", "uses", "cgroups", True), ("podman", "manages", "process", True)}),
        ("将容器看作一个隔离的进程。", {(C, "is_a", "process", True)}),
        ("Docker让开发者打包应用程序。", {("docker", "packages", "application", True)}),  # whom it lets do it is somebody
        ("虚拟机只能模拟和内核相同的硬件。", {(V, "virtualizes", "hardware", True)}),
        ("物理机很贵，其本质就是一台服务器。", {("physical_machine", "is_a", "server", True)}),
        ("防火墙处于关闭状态。", set()),
        ("本方案中的容器很快。", set()),
        ("内核使用量与进程无关。", set()),
        # deeds that are listed as things, how much of something, and what is no part and no kind
        ("镜像和调度往往比容器更慢。", set()),
        ("容器占用的内存比虚拟机少。", set()),
        ("容器没有虚拟机那么安全。", set()),
        ("物理机与虚拟机有差别。", set()),
        ("条件是容器。", set()),
        # words of a longer name
        ("容器广泛应用于测试。", set()),
        # wrong today
        pytest.param("容器依赖宿主机的内核。", {(C, "depends_on", "host_kernel", True)}),
        pytest.param("镜像包含应用程序。", {("image", "has_part", "application", True)}),
        pytest.param("容器是一种轻量级的虚拟化技术。", {(C, "is_a", "virtualization", True)}, marks=bug("the alias 轻量级的虚拟化 swallows half of the object")),
        ("虚拟机镜像有2 GB。", set()),
        pytest.param("容器的隔离性不如虚拟机。", set()),
        pytest.param("容器之间相互隔离。", {(C, "isolates", C, True)}),
    ],
)  # fmt: skip
def test_a_sentence_makes_these_claims(text: str, claims: set[Stated], read: Read) -> None:
    assert stated(read(text)) == claims


def test_what_is_not_needed_is_not_said_to_be_done(read: Read) -> None:
    assert not any(holds for *_, holds in stated(read("容器不需要为进程分配内核。")))
    assert (C, "provides", "kernel", True) in stated(read("容器为进程分配内核。"))


# ---------------------------------------------------------------- what limits a claim


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Kubernetes也许需要etcd。", "也许"),
        ("虚拟机一般拥有自己的内核。", "一般"),
        ("主机通常可以看成服务器。", "通常"),
        ("容器共享宿主机的内核。", None),
    ],
)
def test_a_hedge_is_kept_as_it_stands(text: str, hedge: str | None, read: Read) -> None:
    assert only(read(text)).hedge == hedge


def test_a_condition_stands_with_what_depends_on_it(read: Read) -> None:
    claim = only(read("一旦宿主机停止，容器需要镜像。"))
    assert (claim.subject, claim.object, claim.condition) == (C, "image", "一旦宿主机停止")


def test_a_condition_ends_with_its_sentence(read: Read) -> None:
    assert [c.condition for c in read("一旦宿主机停止，容器需要镜像。虚拟机需要内核。").claims] == ["一旦宿主机停止", None]


def test_what_a_condition_itself_says_is_no_plain_statement(read: Read) -> None:
    claims = [c for c in read("如果没有内核，容器无法使用命名空间。").claims if c.relation == "has_part"]
    assert all(c.condition is not None for c in claims)


def test_相当于_is_no_condition(read: Read) -> None:
    assert {claim.condition for claim in read("虚拟机相当于计算机，拥有内核。").claims} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "并非所有主机都是服务器。",
        "不是所有的主机都是服务器。",
        pytest.param("主机未必都是服务器。", marks=bug("未必都 is read as a plain denial")),
    ],
)
def test_a_denied_every_denies_every_and_not_the_relation(text: str, read: Read) -> None:
    claim = only(read(text))
    assert (claim.subject, claim.relation, claim.object, claim.holds, claim.scope) == ("host", "is_a", "server", False, "not_all")


def test_a_denied_every_before_a_verb(read: Read) -> None:
    claim = only(read("不是所有的服务器都需要显示器。"))
    assert (claim.holds, claim.scope) == (False, "not_all")


def test_a_universal_statement_has_no_scope(read: Read) -> None:
    claim = only(read("所有服务器都是主机。"))
    assert (claim.subject, claim.object, claim.holds, claim.scope) == ("server", "host", True, None)


def test_both_halves_of_a_universal_and_its_denied_converse(read: Read) -> None:
    claims = {(c.subject, c.object, c.holds, c.scope) for c in read("所有服务器都是主机，但并非所有主机都是服务器。").claims}
    assert claims == {("server", "host", True, None), ("host", "server", False, "not_all")}


def test_a_figure_of_speech_is_an_analogy_and_less_sure(read: Read) -> None:
    figure = only(read("虚拟机就像计算机一样拥有内核。"))
    plain = only(read("虚拟机拥有内核。"))
    assert figure.analogy and not plain.analogy
    assert figure.confidence < plain.confidence


def test_reported_wording_is_less_sure(read: Read) -> None:
    reported = read("有人以为「容器需要Hypervisor才能运行」其实没有。").claims
    plain = only(read("容器需要Hypervisor。"))
    assert all(c.confidence < plain.confidence for c in reported if c.relation == "requires")


# ---------------------------------------------------------------- objects without a name


def test_an_object_without_a_name_becomes_a_literal(read: Read) -> None:
    extract = read("虚拟机提供漂亮的桌布。")
    assert stated(extract) == {(V, "provides", "lit:漂亮的桌布", True)}
    assert Concept("lit:漂亮的桌布", "漂亮的桌布", kind="phrase") in extract.concepts


def test_a_relation_that_takes_no_literal_makes_none(read: Read) -> None:
    extract = read("容器共享漂亮的桌布。")
    assert extract.claims == () and extract.concepts == ()


# ---------------------------------------------------------------- every verb of the vocabulary


DEAD = {
    "share": "an ASCII verb is taken for part of the names beside it",
}


def test_every_verb_of_the_vocabulary_states_its_relation(tools: Tools, read: Read) -> None:
    wrong = {
        verb
        for relation in tools.domain.relations.values()
        for verb in relation.verbs
        if (D, relation.id, H, True) not in stated(read(f"Docker{verb}Hypervisor。"))
    }
    assert wrong == set(DEAD)


def test_spans_quote_the_clause(read: Read) -> None:
    text = "容器很轻，它共享宿主机的内核，所以快。"
    claim = only(read(text), "shares")
    assert text[slice(*claim.span)] == "它共享宿主机的内核"


@pytest.mark.parametrize("run", ["etc/containers/registries.conf.d/", "一每各几多", "v1.2-", "（", "a b "])
def test_a_long_run_before_a_verb_is_not_cut_in_every_way(run: str, read: Read) -> None:
    """A pattern that repeats a repetition would not come to an end here."""
    assert read(f"容器运行在主机上，{run * 40}文件之外共享内核。").claims
