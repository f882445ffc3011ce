from __future__ import annotations

import math
import random

import pytest

from kb.graph.building import graph_of
from kb.graph.layout import positions
from kb.records import Claim, Concept


def star(count: int, *, shuffled: bool = False) -> object:
    concepts = [Concept(f"c{n:03}", f"c{n}") for n in range(count)]
    claims = [Claim("s#0", (0, 1), "c000", "uses", concept.id) for concept in concepts[1:]]
    if shuffled:
        random.Random(7).shuffle(concepts)
        random.Random(8).shuffle(claims)
    return graph_of(concepts, claims)


def test_the_same_graph_is_always_drawn_the_same() -> None:
    assert positions(star(40)) == positions(star(40))
    assert positions(star(40)) == positions(star(40, shuffled=True))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 50, 1600])
def test_every_concept_has_a_place_in_the_picture(count: int) -> None:
    graph = star(count) if count else graph_of([], [])
    places = positions(graph)
    assert set(places) == set(graph)  # type: ignore[call-overload]
    assert all(-1 <= x <= 1 and -1 <= y <= 1 and math.isfinite(x + y) for x, y in places.values())
    assert len(set(places.values())) == len(places)


def test_in_a_large_picture_too_neighbours_are_nearer_than_others() -> None:
    concepts = [Concept(f"c{n:03}", f"c{n}") for n in range(600)]
    claims = [Claim("s#0", (0, 1), f"c{n:03}", "uses", f"c{n + 1:03}") for n in range(599) if n % 20 != 19]  # thirty chains
    places = positions(graph_of(concepts, claims))
    joined = [math.dist(places[claim.subject], places[claim.object]) for claim in claims]
    apart = [math.dist(places[f"c{n:03}"], places[f"c{(n + 300) % 600:03}"]) for n in range(600)]
    assert sum(joined) / len(joined) < 0.5 * sum(apart) / len(apart)


def test_connected_concepts_are_nearer_than_others() -> None:
    concepts = [Concept(id_, id_) for id_ in "abcdef"]
    pairs = [("a", "b"), ("c", "d"), ("e", "f")]
    places = positions(graph_of(concepts, [Claim("s#0", (0, 1), s, "uses", o) for s, o in pairs]))
    joined = [math.dist(places[s], places[o]) for s, o in pairs]
    apart = [math.dist(places[s], places[o]) for s in "abcdef" for o in "abcdef" if s < o and (s, o) not in pairs]
    assert max(joined) < sum(apart) / len(apart)


def test_a_claim_of_a_thing_on_itself_does_no_harm() -> None:
    places = positions(graph_of([Concept("a", "a"), Concept("b", "b")], [Claim("s#0", (0, 1), "a", "isolates", "a")]))
    assert len(places) == 2
