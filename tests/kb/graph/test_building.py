from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.graph.building import build_graph, facts_of, graph_of, neighbourhood
from kb.records import Claim, Concept, Fact
from kb.store import Store

CONCEPTS = [Concept(id_, id_) for id_ in "abcde"]


def claim(subject: str, relation: str, object_: str, sentence: str = "s#0", **changes: object) -> Claim:
    return Claim(sentence, (0, 5), subject, relation, object_, **changes)  # type: ignore[arg-type]


SHARES = claim("a", "shares", "b")
SHARES_AGAIN = claim("a", "shares", "b", "s#1")
NOT_SHARES = claim("a", "shares", "b", "s#2", holds=False)
USES = claim("b", "uses", "c", "s#3")


def test_an_edge_carries_every_claim_behind_it() -> None:
    graph = graph_of(CONCEPTS, [SHARES, SHARES_AGAIN, NOT_SHARES, USES], {"a": 3})
    assert dict(graph.edges) and set(graph.edges(keys=True)) == {
        ("a", "b", ("shares", True)),
        ("a", "b", ("shares", False)),
        ("b", "c", ("uses", True)),
    }
    assert graph.edges["a", "b", ("shares", True)]["fact_claims"] == (SHARES, SHARES_AGAIN)
    assert graph.edges["a", "b", ("shares", False)]["fact_claims"] == (NOT_SHARES,)
    assert graph.nodes["a"] == {"concept": CONCEPTS[0], "mentions": 3}
    assert graph.nodes["e"]["mentions"] == 0


def test_the_graph_of_a_store_has_only_what_is_spoken_of(filled: Callable[..., Store]) -> None:
    store = filled(claims=[Claim("a#b#0", (0, 10), "container", "shares", "host_kernel")])
    graph = build_graph(store)
    assert set(graph) == {"container", "host_kernel"}
    assert graph.nodes["container"]["mentions"] == 1
    assert graph.nodes["container"]["concept"].name == "容器"


def test_an_empty_store_gives_an_empty_graph(filled: Callable[..., Store]) -> None:
    assert len(build_graph(filled())) == 0


def test_facts_put_claims_together_those_with_most_first() -> None:
    assert facts_of([USES, SHARES, NOT_SHARES, SHARES_AGAIN]) == (
        Fact("a", "shares", "b", (SHARES, SHARES_AGAIN), (NOT_SHARES,)),
        Fact("b", "uses", "c", (USES,), ()),
    )


def test_a_denied_every_denies_no_fact() -> None:
    not_all = claim("a", "is_a", "b", holds=False, scope="not_all")
    assert facts_of([not_all]) == (Fact("a", "is_a", "b", (not_all,), ()),)


def test_no_claims_are_no_facts() -> None:
    assert facts_of([]) == ()


CHAIN = [claim("a", "uses", "b"), claim("c", "uses", "b"), claim("c", "uses", "d"), claim("d", "uses", "e")]


@pytest.mark.parametrize(
    ("center", "depth", "expected"),
    [("a", 1, "ab"), ("a", 2, "abc"), ("d", 1, "cde"), ("b", 1, "abc"), ("nobody", 3, "")],
)
def test_the_neighbourhood_follows_edges_both_ways(center: str, depth: int, expected: str) -> None:
    assert set(neighbourhood(graph_of(CONCEPTS, CHAIN), center, depth=depth)) == set(expected)


def test_a_neighbourhood_over_the_limit_keeps_the_center_and_the_most_mentioned() -> None:
    star = [claim("a", "uses", other) for other in "bcde"]
    graph = graph_of(CONCEPTS, star, {"b": 1, "c": 9, "d": 5})
    assert set(neighbourhood(graph, "a", limit=3)) == {"a", "c", "d"}


def test_a_neighbourhood_leaves_the_graph_as_it_was() -> None:
    graph = graph_of(CONCEPTS, CHAIN)
    neighbourhood(graph, "a", limit=1)
    assert (len(graph), graph.number_of_edges()) == (5, 4)


def test_concepts_read_before_serve_as_long_as_nothing_came_since(filled: Callable[..., Store]) -> None:
    store = filled(claims=[Claim("a#b#0", (0, 10), "container", "shares", "host_kernel")])
    every = store.concepts()
    assert len(every) > len(store.concepts(mentioned_only=True)) == len(store.mentioned()) > 0
    whole = build_graph(store)
    for known in (every, every[:-1], every[: len(every) // 2], ()):
        graph = build_graph(store, known)
        assert list(graph.nodes(data=True)) == list(whole.nodes(data=True))
        assert list(graph.edges(data=True)) == list(whole.edges(data=True))
