"""Pictures of the graph: the concepts and edges of a part of it, each concept with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb.domain import Domain
from kb.graph.building import Graph
from kb.graph.layout import positions
from kb.language.lexicon import Lexicon
from kb.records import Answer, Concept, Seen, Span


@dataclass(frozen=True, slots=True)
class GraphNode:
    """`x`, `y` in [-1, 1]."""

    id: str
    name: str
    kind: str
    x: float
    y: float
    mentions: int

    @property
    def id_and_name(self) -> tuple[str, str]:
        return self.id, self.name


@dataclass(frozen=True, slots=True)
class GraphEdge:
    source: str
    target: str
    relation: str
    label: str
    holds: bool
    claims: int
    sentence_id: str | None  # `None`: no article says it, it was seen on this machine
    span: Span | None


@dataclass(frozen=True, slots=True)
class GraphView:
    """`center` is drawn apart; `total` counts the concepts before any limit."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    center: str | None
    total: int


def drawn(graph: Graph, center: str | None, total: int, domain: Domain) -> GraphView:
    """All of `graph`, laid out."""
    places = positions(graph)
    nodes = tuple(
        GraphNode(id_, data["concept"].name, data["concept"].kind, *places[id_], data["mentions"]) for id_, data in graph.nodes(data=True)
    )
    edges = tuple(
        GraphEdge(
            s,
            o,
            data["relation"],
            domain.relations[data["relation"]].zh if data["relation"] in domain.relations else data["relation"],
            data["holds"],
            len(data["fact_claims"]),
            *((first.sentence_id, first.span) if (first := next(iter(data["fact_claims"]), None)) else (None, None)),
        )
        for s, o, data in graph.edges(data=True)
    )
    return GraphView(nodes, edges, center, total)


def of_answer(
    answer: Answer, graph: Graph, lexicon: Lexicon, mentions: Callable[[], Mapping[str, int]], domain: Domain, limit: int
) -> GraphView:
    """The concepts of the question and of the paths, and the best of what connects them; with what was seen of this machine."""
    wanted = dict.fromkeys([*answer.question.concepts, *(c for path in answer.paths for c in path.concepts)])
    chosen = [id_ for id_ in wanted if id_ in graph]
    if answer.seen is not None:
        return drawn(_with_instances(graph.subgraph(chosen), answer.seen, lexicon, mentions()), None, 0, domain)
    around: dict[str, int] = {}
    for id_ in chosen:
        for other in (*graph.successors(id_), *graph.predecessors(id_)):
            if other not in wanted and graph.nodes[other]["concept"].kind != "phrase":
                around[other] = around.get(other, 0) + 10 + graph.nodes[other]["mentions"]
    best = sorted(around, key=lambda id_: (-around[id_], id_))[: max(0, limit - len(chosen))]
    return drawn(graph.subgraph([*chosen, *best]), chosen[0] if chosen else None, len(chosen) + len(around), domain)


def _with_instances(around: Graph, seen: Seen, lexicon: Lexicon, mentions: Mapping[str, int]) -> Graph:
    """A picture of its own: what was seen of this machine joined to the concepts; the graph itself stays as it is."""
    picture: Graph = around.copy()
    for item in seen.instances:
        picture.add_node(item.id, concept=Concept(item.id, item.name, kind="instance"), mentions=0)
    for link in seen.links:
        if link.target not in picture:
            known = lexicon.concept(link.target)
            picture.add_node(known.id, concept=known, mentions=mentions.get(known.id, 0))
        picture.add_edge(link.source, link.target, (link.relation, True), relation=link.relation, holds=True, fact_claims=())
    return picture
