from __future__ import annotations

from kb.graph.building import graph_of
from kb.graph.layers import stack_of
from kb.records import Claim, Concept

CONCEPTS = [
    *(
        Concept(id_, id_)
        for id_ in ("application", "container", "engine", "host_os", "hardware", "hypervisor", *(f"l{n}" for n in range(9)))
    ),
    Concept("lit:桌面", "桌面", kind="phrase"),
]


def claim(subject: str, relation: str, object_: str, sentence: str = "s#0", holds: bool = True) -> Claim:
    return Claim(sentence, (0, 5), subject, relation, object_, holds=holds)


def stack(*claims: Claim, top: str = "application") -> tuple[str, ...]:
    return stack_of(graph_of(CONCEPTS, claims), top)


def test_a_stack_is_read_bottom_up_from_both_directions_of_speaking() -> None:
    assert stack(
        claim("application", "runs_on", "container"), claim("engine", "hosts", "container"), claim("engine", "runs_on", "host_os")
    ) == ("host_os", "engine", "container", "application")


def test_the_layer_with_most_claims_wins() -> None:
    assert stack(
        claim("application", "runs_on", "hardware"),
        claim("application", "runs_on", "container", "s#1"),
        claim("application", "runs_on", "container", "s#2"),
    ) == ("container", "application")


def test_no_layer_comes_twice() -> None:
    assert stack(claim("application", "runs_on", "container"), claim("container", "runs_on", "application")) == ("container", "application")


def test_what_is_denied_or_a_literal_is_no_layer() -> None:
    assert stack(claim("application", "runs_on", "container", holds=False), claim("application", "runs_on", "lit:桌面")) == ("application",)


def test_other_relations_build_no_stack() -> None:
    assert stack(claim("application", "uses", "container")) == ("application",)


def test_an_unknown_concept_stands_alone() -> None:
    assert stack(top="nobody") == ("nobody",)


def test_a_stack_has_at_most_six_layers() -> None:
    chain = [claim(f"l{n}", "runs_on", f"l{n + 1}") for n in range(8)]
    assert stack(*chain, top="l0") == ("l5", "l4", "l3", "l2", "l1", "l0")
