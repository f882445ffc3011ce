"""Who a clause speaks of, seen by the claims it makes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.topics import head_slots
from kb.records import Extract

Read = Callable[[str], Extract]
A, B = "\ue000", "\ue001"


def subjects(extract: Extract, relation: str) -> list[str]:
    return [claim.subject for claim in extract.claims if claim.relation == relation]


@pytest.mark.parametrize(
    ("text", "relation", "subject"),
    [
        ("容器很轻，也很快，共享宿主机的内核。", "shares", "container"),  # carried over clauses
        ("容器很轻。共享宿主机的内核。", "shares", "container"),  # and over sentences
        ("容器使用镜像。它需要内核。", "requires", "container"),
        ("虚拟机：需要Hypervisor。", "requires", "virtual_machine"),  # the label
        ("容器的原理\n共享宿主机的内核，所以轻。", "shares", "container"),  # the heading
        ("容器和虚拟机都很常见，Hypervisor 是虚拟机的核心。它管理客户机操作系统。", "manages", "hypervisor"),  # of several
        ("容器很轻，虚拟出不同的文件系统。", "virtualizes", "container"),  # no modifier of the file system
        ("虚拟机很重，上层有图形界面。", "has_part", "virtual_machine"),
        ("容器运行在宿主机上，其管理镜像。", "manages", "host_machine"),  # 其 is what was named last
        ("容器和虚拟机都很常见，后者需要Hypervisor。", "requires", "virtual_machine"),
        ("虚拟机比容器重。前者需要Hypervisor，后者共享内核。", "requires", "virtual_machine"),
        ("虚拟机比容器重。前者需要Hypervisor，后者共享内核。", "shares", "container"),
        ("由于共享宿主机的内核，容器启动很快。", "shares", "container"),  # taken from the clause behind
        ("因为需要Hypervisor，虚拟机很重。", "requires", "virtual_machine"),
        ("为了使用命名空间，Docker要求新内核。", "uses", "docker"),
        ("对于虚拟机来说，需要Hypervisor。", "requires", "virtual_machine"),
        ("容器的内核管理进程。", "manages", "kernel"),  # of 容器的内核 the last
        ("每一台虚拟机都需要Hypervisor。", "requires", "virtual_machine"),
        ("这些容器需要内核。", "requires", "container"),
        ("虚拟机很重。容器很轻，共享宿主机的内核。", "shares", "container"),
        pytest.param("虚拟机：拥有自己的操作系统。", "has_part", "virtual_machine"),
        pytest.param("虚拟机很重，使用自己的内核。", "uses", "virtual_machine"),
    ],
)
def test_the_subject_is_named_or_carried(text: str, relation: str, subject: str, read: Read) -> None:
    assert subjects(read(text), relation) == [subject]


def test_nobody_spoken_of_states_nothing(read: Read) -> None:
    assert subjects(read("共享宿主机的内核。"), "shares") == []


def test_what_one_answer_spoke_of_is_not_carried_into_the_next(read: Read) -> None:
    long = "容器是一种把进程隔开的办法，它让每个应用都以为自己独占一套系统。它靠命名空间与控制组实现，启动只要几毫秒，一台机器能跑上百个。"
    assert subjects(read(f"{long}\n谢邀，需要Hypervisor。"), "requires") == []


@pytest.mark.parametrize(
    ("stretch", "locative", "heads"),
    [
        (f"{A}的{B}", False, [2]),
        (f"{A}和{B}", False, [0, 2]),
        (f"{A}中的{B}", False, [3]),
        (f"{A}中的{B}", True, [0]),
        (f"运行{A}", False, [2]),
        ("没有", False, []),
    ],
)
def test_a_modifier_is_no_head_and_a_place_counts_where_asked(stretch: str, locative: bool, heads: list[int]) -> None:
    assert head_slots(stretch, locative=locative) == heads
