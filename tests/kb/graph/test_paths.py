from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.graph import paths
from kb.graph.building import graph_of
from kb.graph.paths import find_paths, telling
from kb.records import Claim, Concept, GraphPath, PathStep

IDS = ("container", "host_kernel", "virtual_machine", "application", "docker", "lxc", "alone", *(f"x{n}" for n in range(12)))
CONCEPTS = [*(Concept(id_, id_) for id_ in IDS), Concept("lit:x", "x", kind="phrase")]


def claim(subject: str, relation: str, object_: str, sentence: str = "s#0", **changes: object) -> Claim:
    return Claim(sentence, (0, 5), subject, relation, object_, **changes)  # type: ignore[arg-type]


SHARED = (
    claim("container", "shares", "host_kernel", "s#1", confidence=0.5),
    claim("container", "shares", "host_kernel", "s#2", confidence=0.9),
    claim("virtual_machine", "shares", "host_kernel", "s#3", holds=False),
)


def test_a_path_gives_each_edge_as_its_claims_state_it() -> None:
    (path,) = find_paths(graph_of(CONCEPTS, SHARED), "container", "virtual_machine")
    assert path == GraphPath(
        ("container", "host_kernel", "virtual_machine"),
        (
            PathStep("container", "shares", "host_kernel", True, ("s#2", "s#1")),
            PathStep("virtual_machine", "shares", "host_kernel", False, ("s#3",)),
        ),
    )
    assert [step.confidence for step in path.steps] == [pytest.approx(0.95), 0.5]


def test_a_path_found_from_the_other_side_has_the_same_edges() -> None:
    graph = graph_of(CONCEPTS, SHARED)
    (there,) = find_paths(graph, "container", "virtual_machine")
    (back,) = find_paths(graph, "virtual_machine", "container")
    assert back.concepts == there.concepts[::-1]
    assert back.steps == there.steps[::-1]


def test_no_path_leads_through_what_everything_touches_where_another_says_more() -> None:
    hub = [claim(f"x{n}", "hosts", "application", f"s#{n}") for n in range(12)]
    ways = [
        claim("container", "runs_on", "application", "s#20"),
        claim("docker", "runs_on", "application", "s#21"),
        claim("docker", "uses", "lxc", "s#22"),
        claim("container", "uses", "lxc", "s#23"),
    ]
    paths = find_paths(graph_of(CONCEPTS, [*hub, *ways]), "container", "docker")
    assert [path.concepts for path in paths] == [("container", "lxc", "docker"), ("container", "application", "docker")]


def test_a_denial_sets_one_against_the_other_and_is_no_bridge() -> None:
    claims = [
        claim("docker", "replaces", "container", holds=False),
        claim("docker", "provides", "lxc"),  # lxc ← docker ✗→ container says nothing of the two
        claim("container", "shares", "host_kernel"),
        claim("virtual_machine", "shares", "host_kernel", holds=False),
    ]
    graph = graph_of(CONCEPTS, claims)
    assert find_paths(graph, "lxc", "container") == ()
    assert [path.concepts for path in find_paths(graph, "docker", "container")] == [("docker", "container")]
    assert [path.concepts for path in find_paths(graph, "container", "virtual_machine")] == [
        ("container", "host_kernel", "virtual_machine")
    ]


def test_what_is_said_wins_over_what_is_denied() -> None:
    claims = [*SHARED, claim("container", "uses", "x2", "s#4", confidence=0.9), claim("virtual_machine", "uses", "x2", "s#5")]
    claims += [claim("container", "uses", "x2", f"s#{n}") for n in range(6, 8)]
    paths = find_paths(graph_of(CONCEPTS, claims), "container", "virtual_machine")
    assert [path.concepts[1] for path in paths] == ["x2", "host_kernel"]


@pytest.mark.parametrize("relation", ["has_property", "located_between"])
def test_a_strong_edge_wins_over_a_weak_one(relation: str) -> None:
    claims = [
        claim("container", relation, "x1"),
        claim("x1", relation, "docker"),
        claim("container", "uses", "x2"),
        claim("x2", "uses", "docker"),
    ]
    paths = find_paths(graph_of(CONCEPTS, claims), "container", "docker")
    assert [path.concepts[1] for path in paths] == ["x2", "x1"]


def test_more_claims_make_an_edge_stronger() -> None:
    claims = [claim("container", "uses", "x1"), claim("x1", "uses", "docker"), claim("x2", "uses", "docker")]
    claims += [claim("container", "uses", "x2", f"s#{n}") for n in range(5)]
    paths = find_paths(graph_of(CONCEPTS, claims), "container", "docker", limit=1)
    assert [path.concepts[1] for path in paths] == ["x2"]


def test_a_literal_is_no_good_bridge() -> None:
    claims = [
        claim("container", "has_part", "lit:x"),
        claim("docker", "has_part", "lit:x"),
        claim("container", "uses", "x1"),
        claim("x1", "uses", "docker"),
    ]
    assert find_paths(graph_of(CONCEPTS, claims), "container", "docker", limit=1)[0].concepts[1] == "x1"


def test_paths_longer_than_allowed_are_left_out() -> None:
    chain = [claim(f"x{n}", "uses", f"x{n + 1}") for n in range(6)]
    graph = graph_of(CONCEPTS, chain)
    assert [len(path.steps) for path in find_paths(graph, "x0", "x4")] == [4]
    assert find_paths(graph, "x0", "x5") == ()
    assert len(find_paths(graph, "x0", "x5", longest=5)) == 1


def test_the_limit_holds_and_paths_visit_no_concept_twice() -> None:
    claims = [claim("container", "uses", f"x{n}") for n in range(6)] + [claim(f"x{n}", "uses", "docker") for n in range(6)]
    paths = find_paths(graph_of(CONCEPTS, claims), "container", "docker", limit=4)
    assert len(paths) == 4
    assert all(len(set(path.concepts)) == len(path.concepts) for path in paths)


@pytest.mark.parametrize(("a", "b"), [("container", "alone"), ("container", "nobody"), ("nobody", "container"), ("container", "container")])
def test_without_a_connection_there_is_no_path(a: str, b: str) -> None:
    assert find_paths(graph_of(CONCEPTS, SHARED), a, b) == ()


def test_a_claim_of_a_thing_on_itself_leads_nowhere() -> None:
    graph = graph_of(CONCEPTS, [claim("container", "isolates", "container"), *SHARED])
    assert [path.concepts for path in find_paths(graph, "container", "host_kernel")] == [("container", "host_kernel")]


@pytest.mark.parametrize(
    ("edges", "tells"),
    [
        ([("a", "uses", "b")], True),
        ([("a", "depends_on", "x"), ("x", "provides", "b")], True),
        ([("a", "is_a", "x"), ("b", "is_a", "x")], True),
        ([("a", "has_part", "x"), ("b", "is_a", "x")], False),
        ([("x", "uses", "a"), ("x", "uses", "b")], False),
    ],
)
def test_a_path_tells_something_where_it_leads_on_or_both_ends_meet_alike(edges: list[tuple[str, str, str]], tells: bool) -> None:
    steps = tuple(PathStep(subject, relation, object_, True, ()) for subject, relation, object_ in edges)
    assert telling(GraphPath(("a", "b") if len(steps) == 1 else ("a", "x", "b"), steps)) is tells


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0.5, 9)), max_size=30), st.sampled_from([0.1, 1.5, 50.0]))
def test_the_cheapest_paths_are_those_of_the_whole_graph(edges: list[tuple[int, int, float]], step: float) -> None:
    """Looking near the cheapest path first leaves none out and changes no order; of two that cost the same either may be first."""
    simple = nx.Graph()
    simple.add_edges_from((str(s), str(o), {"cost": cost}) for s, o, cost in edges if s != o)

    def costs(found: Iterable[list[str]]) -> list[float]:
        first = list(islice(found, 40))
        assert len({tuple(path) for path in first}) == len(first)
        return [round(nx.path_weight(simple, path, "cost"), 6) for path in first]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "_DETOUR", step)
        found = costs(paths._cheapest(simple, "0", "1"))
    joined = "0" in simple and "1" in simple and nx.has_path(simple, "0", "1")
    assert found == (costs(nx.shortest_simple_paths(simple, "0", "1", weight="cost")) if joined else [])
