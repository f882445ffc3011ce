from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kb.court import counted, grouped, verdict_named
from kb.records import Claim, Comparison, Quantity


def test_what_was_measured_stands_first_and_same_reasons_stand_together(court: Any, faster: Comparison, minutes: Quantity) -> None:
    court.says("虚拟机的隔离性比容器更强。", replace(faster, a="virtual_machine", b="container", aspect="隔离性"))
    court.says("容器更省资源。", replace(faster, aspect="资源占用", direction="b_more"))
    court.says("容器比虚拟机启动更快。", faster)
    court.says("容器启动更快。", faster)
    court.records(court.measured("bubblewrap", "start_time", 4.0, 5.0, 6.0), court.measured("qemu_tcg", "start_time", 2000.0, 2100.0))
    rulings = court.rulings()
    groups = grouped(rulings)
    assert [(group.test, group.open) for group in groups] == [
        ("container_starts_faster", False),
        ("container_uses_less", True),
        ("isolation_strength", False),
    ]
    (part,) = groups[0].parts
    assert len(part.rulings) == 2
    assert counted(rulings) == {"confirmed": 2, "contradicted": 0, "partly": 0, "untestable": 1, "unmeasured": 1, "expired": 0}


def test_a_quote_that_makes_two_statements_is_read_once(court: Any) -> None:
    first = court.says("容器没有虚拟设备和监控器。", Claim("", (0, 0), "container", "has_part", "hypervisor", holds=False), "container")
    court.also(first, object="virtual_hardware")
    court.records(court.measured("bubblewrap", "start_time", 4.0, 5.0, 6.0))
    rulings = court.rulings()
    (group,) = grouped(rulings)
    assert len(rulings) == 2 and [len(part.rulings) for part in group.parts] == [1]


@pytest.mark.parametrize(
    ("name", "verdict"), [("证实", "confirmed"), ("Untestable here", "untestable"), ("expired", "expired"), ("真的", None)]
)
def test_a_verdict_is_found_by_its_names(name: str, verdict: str | None) -> None:
    assert verdict_named(name) == verdict
