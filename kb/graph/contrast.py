"""What two concepts share and where they differ, read off their facts."""

from __future__ import annotations

from dataclasses import dataclass

from kb.graph.building import Graph, facts_of
from kb.records import Claim, Fact


@dataclass(frozen=True, slots=True)
class Contrast:
    """`shared`: pairs (fact of a, fact of b) on the same relation and object, both said; `opposed`: one says it, the other denies it."""

    shared: tuple[tuple[Fact, Fact], ...]
    opposed: tuple[tuple[Fact, Fact], ...]
    only_a: tuple[Fact, ...]
    only_b: tuple[Fact, ...]


def contrast(graph: Graph, a: str, b: str) -> Contrast:
    facts_a, facts_b = facts_about(graph, a), facts_about(graph, b)
    by_key = {(fact.relation, fact.object): fact for fact in facts_b}
    shared: list[tuple[Fact, Fact]] = []
    opposed: list[tuple[Fact, Fact]] = []
    only_a: list[Fact] = []
    for fact in facts_a:
        other = by_key.pop((fact.relation, fact.object), None)
        if other is None:
            only_a.append(fact)
        elif bool(fact.said) == bool(other.said):
            shared.append((fact, other))
        else:
            opposed.append((fact, other))
    return Contrast(tuple(shared), tuple(opposed), tuple(only_a), tuple(fact for fact in facts_b if (fact.relation, fact.object) in by_key))


def facts_about(graph: Graph, concept: str) -> tuple[Fact, ...]:
    """Facts whose subject is `concept`, those with most claims first."""
    if concept not in graph:
        return ()
    claims: list[Claim] = []
    for _, _, data in graph.out_edges(concept, data=True):
        claims.extend(data["fact_claims"])
    return facts_of(claims)
