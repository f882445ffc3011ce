"""What two concepts share and where they differ, read off their facts."""

from __future__ import annotations

from dataclasses import dataclass

from kb.graph.building import Graph, confidence_of, facts_of
from kb.records import Claim, Fact, GraphPath, PathStep


@dataclass(frozen=True, slots=True)
class Contrast:
    """`shared`: pairs (fact of a, fact of b) on the same relation and object, of both most say it; `opposed`: of one they say it, of the other
    they deny it."""

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
        elif _holds(fact) == _holds(other):
            shared.append((fact, other))
        else:
            opposed.append((fact, other))
    return Contrast(tuple(shared), tuple(opposed), tuple(only_a), tuple(fact for fact in facts_b if (fact.relation, fact.object) in by_key))


def opposing(graph: Graph, a: str, b: str, *, limit: int = 2) -> tuple[GraphPath, ...]:
    """Two edges each, on what one of the two has and the other has not (容器 —共享→ 内核 ←共享✗— 虚拟机), what most statements back first."""
    pairs = sorted(contrast(graph, a, b).opposed, key=lambda pair: -min(len(fact.said) + len(fact.denied) for fact in pair))
    known = [(one, other) for one, other in pairs if graph.nodes[one.object]["concept"].kind != "phrase"]
    return tuple(GraphPath((a, one.object, b), (_step(one), _step(other))) for one, other in known[:limit])


def _holds(fact: Fact) -> bool:
    return len(fact.said) >= len(fact.denied)


def _step(fact: Fact) -> PathStep:
    claims = sorted(fact.said if _holds(fact) else fact.denied, key=lambda claim: -claim.confidence)
    sentences = tuple(dict.fromkeys(claim.sentence_id for claim in claims))
    return PathStep(fact.subject, fact.relation, fact.object, _holds(fact), sentences, confidence=confidence_of(claims))


def facts_about(graph: Graph, concept: str) -> tuple[Fact, ...]:
    """Facts whose subject is `concept`, those with most claims first."""
    if concept not in graph:
        return ()
    claims: list[Claim] = []
    for _, _, data in graph.out_edges(concept, data=True):
        claims.extend(data["fact_claims"])
    return facts_of(claims)
