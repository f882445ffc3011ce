"""A disagreement is decidable from the records; what limits a statement contradicts nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.domain import Domain
from kb.graph.disagreements import find_disagreements
from kb.records import Claim, Comparison, Direction, Disagreement, Quantity
from kb.store import Store

Fill = Callable[..., Store]


def shares(sentence: int, **changes: object) -> Claim:
    return Claim(f"a#b#{sentence}", (sentence, sentence + 5), "container", "shares", "host_kernel", **changes)  # type: ignore[arg-type]


def time(sentence: int, low: float | None, high: float | None, unit: str = "秒", **changes: object) -> Quantity:
    return Quantity(f"a#b#{sentence}", (sentence, sentence + 5), "container", "启动速度", "…", low, high, unit, **changes)  # type: ignore[arg-type]


def faster(sentence: int, a: str, b: str, direction: Direction = "a_more", aspect: str = "启动速度") -> Comparison:
    return Comparison(f"a#b#{sentence}", (sentence, sentence + 5), a, b, aspect, direction)


def test_a_denial_disagrees_with_a_statement(filled: Fill, domain: Domain) -> None:
    store = filled(claims=[shares(0), shares(1, holds=False)])
    assert find_disagreements(store, domain) == (
        Disagreement("容器共享宿主机内核", ("container", "host_kernel"), None, (("a#b#0", (0, 5)), ("a#b#1", (1, 6))), "denial"),
    )


@pytest.mark.parametrize(
    "limited",
    [
        {"condition": "如果没有启用命名空间"},
        {"analogy": True},
        {"scope": "not_all"},
    ],
    ids=["condition", "analogy", "not all"],
)
def test_a_limited_denial_contradicts_nothing(limited: dict[str, object], filled: Fill, domain: Domain) -> None:
    assert find_disagreements(filled(claims=[shares(0), shares(1, holds=False, **limited)]), domain) == ()


def test_one_sentence_does_not_contradict_itself(filled: Fill, domain: Domain) -> None:
    assert find_disagreements(filled(claims=[shares(0), shares(0, holds=False)]), domain) == ()


def test_two_who_agree_do_not_disagree(filled: Fill, domain: Domain) -> None:
    assert find_disagreements(filled(claims=[shares(0), shares(1)]), domain) == ()


def test_a_denial_of_another_object_contradicts_nothing(filled: Fill, domain: Domain) -> None:
    other = Claim("a#b#1", (1, 6), "container", "shares", "hardware", holds=False)
    assert find_disagreements(filled(claims=[shares(0), other]), domain) == ()


def test_quantities_that_do_not_meet_disagree(filled: Fill, domain: Domain) -> None:
    (found,) = find_disagreements(filled(quantities=[time(0, 2, 9, "分钟"), time(1, 500, 500, "毫秒")]), domain)
    assert (found.kind, found.aspect, found.concepts) == ("quantity", "启动速度", ("container",))
    assert found.topic == "容器 启动速度"
    assert {sentence for sentence, _ in found.sides} == {"a#b#0", "a#b#1"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, 2, "秒"), (2, 5, "秒")),  # they touch
        ((1, 2, "秒"), (5, 6, "秒")),  # a factor under three
        ((100, None, "秒"), (50, None, "秒")),  # both open upwards
        ((5, 5, "秒"), (900, 900, "MB")),  # nothing to compare
        ((5, 5, "个"), (900, 900, "个")),  # counts
        ((None, None, "MB"), (1, 1, "MB")),  # an order of magnitude
    ],
)
def test_quantities_that_may_both_be_true_do_not_disagree(
    one: tuple[float | None, float | None, str], other: tuple[float | None, float | None, str], filled: Fill, domain: Domain
) -> None:
    assert find_disagreements(filled(quantities=[time(0, *one), time(1, *other)]), domain) == ()


def test_an_upper_bound_far_below_disagrees(filled: Fill, domain: Domain) -> None:
    """不到 100 毫秒 against 1 秒."""
    assert len(find_disagreements(filled(quantities=[time(0, 1, 1, "秒"), time(1, 0, 100, "毫秒")]), domain)) == 1


def test_quantities_of_different_aspects_or_things_do_not_meet(filled: Fill, domain: Domain) -> None:
    other_aspect = Quantity("a#b#1", (1, 6), "container", "停止速度", "…", 900, 900, "秒")
    other_thing = Quantity("a#b#2", (2, 7), "virtual_machine", "启动速度", "…", 900, 900, "秒")
    assert find_disagreements(filled(quantities=[time(0, 1, 1), other_aspect, other_thing]), domain) == ()


def test_numbers_of_one_sentence_do_not_disagree(filled: Fill, domain: Domain) -> None:
    assert find_disagreements(filled(quantities=[time(0, 1, 1), time(0, 900, 900)]), domain) == ()


def test_comparisons_that_point_opposite_ways_disagree(filled: Fill, domain: Domain) -> None:
    store = filled(comparisons=[faster(0, "container", "virtual_machine"), faster(1, "container", "virtual_machine", "b_more")])
    (found,) = find_disagreements(store, domain)
    assert (found.kind, found.aspect, set(found.concepts)) == ("comparison", "启动速度", {"container", "virtual_machine"})
    assert found.topic == "容器 / 虚拟机 启动速度"


def test_the_order_of_the_two_compared_does_not_matter(filled: Fill, domain: Domain) -> None:
    agree = [faster(0, "container", "virtual_machine", "a_more"), faster(1, "virtual_machine", "container", "b_more")]
    assert find_disagreements(filled(comparisons=agree), domain) == ()
    oppose = [faster(0, "container", "virtual_machine", "a_more"), faster(1, "virtual_machine", "container", "a_more")]
    assert len(find_disagreements(filled(comparisons=oppose), domain)) == 1


def test_equal_and_more_disagree(filled: Fill, domain: Domain) -> None:
    store = filled(comparisons=[faster(0, "container", "docker", "equal"), faster(1, "container", "docker", "a_more")])
    assert [found.kind for found in find_disagreements(store, domain)] == ["comparison"]


def test_comparisons_on_different_aspects_do_not_disagree(filled: Fill, domain: Domain) -> None:
    store = filled(comparisons=[faster(0, "container", "docker"), faster(1, "container", "docker", "b_more", "隔离性")])
    assert find_disagreements(store, domain) == ()


def test_denials_come_first(filled: Fill, domain: Domain) -> None:
    store = filled(
        claims=[shares(0), shares(1, holds=False)],
        quantities=[time(2, 1, 1), time(3, 900, 900)],
        comparisons=[faster(4, "container", "docker"), faster(5, "container", "docker", "b_more")],
    )
    assert [found.kind for found in find_disagreements(store, domain)] == ["denial", "quantity", "comparison"]
