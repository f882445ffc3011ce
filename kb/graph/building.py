"""The graph as a view: claims of the store become edges of a NetworkX MultiDiGraph. It owns nothing and is never saved.

Node: concept id, with `concept` (the record) and `mentions` (how often articles name it). Edge key: `(relation, holds)`, with
`fact_claims`, the claims behind it, so that every edge can be quoted. Of the whole graph: `claims`, all of them in the order of the store.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, TypeAlias

import networkx as nx

from kb.records import Claim, Concept, Fact
from kb.store import Reader

Graph: TypeAlias = Any  # networkx.MultiDiGraph, which ships no types


def build_graph(reader: Reader, concepts: Iterable[Concept] | None = None) -> Graph:
    """The whole graph; concepts that nothing mentions are left out.

    `concepts`: those of the store, where they have been read already; they are read again if an article has brought more since.
    """
    claims, mentioned = reader.claims(), reader.mentioned()
    known = {concept.id: concept for concept in concepts or () if concept.id in mentioned}
    spoken_of = known.values() if len(known) == len(mentioned) else reader.concepts(mentioned_only=True)
    graph = graph_of(spoken_of, claims, reader.mention_counts())
    graph.graph["claims"] = claims
    return graph


def graph_of(concepts: Iterable[Concept], claims: Iterable[Claim], mention_counts: dict[str, int] | None = None) -> Graph:
    graph: Graph = nx.MultiDiGraph()
    for concept in concepts:
        graph.add_node(concept.id, concept=concept, mentions=(mention_counts or {}).get(concept.id, 0))
    for claim in claims:
        key = (claim.relation, claim.holds)
        if graph.has_edge(claim.subject, claim.object, key):
            edge = graph.edges[claim.subject, claim.object, key]
            edge["fact_claims"] = (*edge["fact_claims"], claim)
        else:
            graph.add_edge(claim.subject, claim.object, key, relation=claim.relation, holds=claim.holds, fact_claims=(claim,))
    return graph


def confidence_of(claims: Iterable[Claim]) -> float:
    """That at least one of the claims was read rightly, were they independent of one another, in [0, 1]."""
    return 1.0 - math.prod(1.0 - claim.confidence for claim in claims)


def facts_of(claims: Iterable[Claim]) -> tuple[Fact, ...]:
    """Claims put together by (subject, relation, object), those with most claims first."""
    grouped: dict[tuple[str, str, str], tuple[list[Claim], list[Claim]]] = {}
    for claim in claims:
        said, denied = grouped.setdefault((claim.subject, claim.relation, claim.object), ([], []))
        (said if claim.holds or claim.scope == "not_all" else denied).append(claim)
    facts = [Fact(*key, tuple(said), tuple(denied)) for key, (said, denied) in grouped.items()]
    return tuple(sorted(facts, key=lambda fact: -(len(fact.said) + len(fact.denied))))


def neighbourhood(graph: Graph, center: str, *, depth: int = 1, limit: int = 300) -> Graph:
    """The part of the graph within `depth` edges of `center` in either direction; the most mentioned concepts where over `limit`."""
    if center not in graph:
        return nx.MultiDiGraph()
    near = nx.ego_graph(graph, center, radius=depth, undirected=True)
    if len(near) > limit:
        ranked = sorted(near, key=lambda id_: (id_ != center, -near.nodes[id_].get("mentions", 0), id_))
        near = near.subgraph(ranked[:limit]).copy()
    return near


def of_relation(graph: Graph, relation: str) -> Graph:
    """Only the edges of one relation, said or denied, and the concepts that they join."""
    return graph.edge_subgraph([edge for edge in graph.edges(keys=True) if edge[2][0] == relation])
