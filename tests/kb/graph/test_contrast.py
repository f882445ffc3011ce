from __future__ import annotations

from kb.graph.building import graph_of
from kb.graph.contrast import Contrast, contrast, facts_about, opposing
from kb.records import Claim, Concept, Fact

CONCEPTS = [Concept(id_, id_) for id_ in ("container", "virtual_machine", "host_kernel", "isolation", "guest_os", "image")]


def claim(subject: str, relation: str, object_: str, holds: bool = True) -> Claim:
    return Claim("s#0", (0, 5), subject, relation, object_, holds=holds)


CLAIMS = [
    claim("container", "shares", "host_kernel"),
    claim("virtual_machine", "shares", "host_kernel", holds=False),
    claim("container", "provides", "isolation"),
    claim("virtual_machine", "provides", "isolation"),
    claim("container", "uses", "image"),
    claim("virtual_machine", "has_part", "guest_os"),
    claim("image", "part_of", "container"),
]


def fact(made: Claim) -> Fact:
    return Fact(made.subject, made.relation, made.object, (made,) if made.holds else (), () if made.holds else (made,))


def test_shared_opposed_and_own_facts_are_told_apart() -> None:
    assert contrast(graph_of(CONCEPTS, CLAIMS), "container", "virtual_machine") == Contrast(
        shared=((fact(CLAIMS[2]), fact(CLAIMS[3])),),
        opposed=((fact(CLAIMS[0]), fact(CLAIMS[1])),),
        only_a=(fact(CLAIMS[4]),),
        only_b=(fact(CLAIMS[5]),),
    )


def test_two_denials_are_shared() -> None:
    denied = [claim("container", "has_part", "guest_os", holds=False), claim("image", "has_part", "guest_os", holds=False)]
    found = contrast(graph_of(CONCEPTS, denied), "container", "image")
    assert found.shared == ((fact(denied[0]), fact(denied[1])),) and found.opposed == ()


def test_what_the_graph_does_not_know_has_no_facts() -> None:
    graph = graph_of(CONCEPTS, CLAIMS)
    assert facts_about(graph, "nobody") == ()
    assert contrast(graph, "nobody", "container").only_b == facts_about(graph, "container")


def test_facts_about_a_concept_have_it_as_subject() -> None:
    assert {made.subject for made in facts_about(graph_of(CONCEPTS, CLAIMS), "container")} == {"container"}


def test_what_one_has_and_the_other_has_not_is_a_path_of_two_edges() -> None:
    (path,) = opposing(graph_of(CONCEPTS, CLAIMS), "container", "virtual_machine")
    assert path.concepts == ("container", "host_kernel", "virtual_machine")
    assert [step.holds for step in path.steps] == [True, False]


def test_a_single_voice_against_several_does_not_turn_a_fact() -> None:
    several = [claim("virtual_machine", "has_part", "host_kernel", holds=False)] * 2
    voices = [*several, claim("virtual_machine", "has_part", "host_kernel"), claim("container", "has_part", "host_kernel")]
    assert len(contrast(graph_of(CONCEPTS, voices), "container", "virtual_machine").opposed) == 1
