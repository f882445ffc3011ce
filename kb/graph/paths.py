"""Paths between two concepts that explain something: short, made of strong edges, not through words that everything touches."""

from __future__ import annotations

import math
from weakref import WeakKeyDictionary

import networkx as nx

from kb.graph.building import Graph
from kb.records import GraphPath, PathStep

_WEAK = {"has_property": 1.5, "equals": 1.2, "located_between": 1.2}
_DENIED = 0.6  # a denied edge explains as well as a stated one, a little less directly
_PHRASE = 2.0  # a literal is rarely a bridge between concepts
# A graph is built once for a state of the store and not changed afterwards.
_WEIGHTED: WeakKeyDictionary[Graph, nx.Graph] = WeakKeyDictionary()
_FOUND: WeakKeyDictionary[Graph, dict[tuple[str, str, int, int], tuple[GraphPath, ...]]] = WeakKeyDictionary()
_MOST_FOUND = 1024  # pairs of concepts; the same two are asked about again and again


def find_paths(graph: Graph, a: str, b: str, *, limit: int = 3, longest: int = 4) -> tuple[GraphPath, ...]:
    """The `limit` best simple paths from `a` to `b` of at most `longest` edges, edges followed in either direction.

    Cost of an edge falls with the number of claims behind it, and rises with the degree of the concepts it touches, so that a path
    through 应用 or 资源 does not win over one that says something. Empty where there is none or a concept is unknown to the graph.
    """
    if a not in graph or b not in graph or a == b:
        return ()
    known = _FOUND.setdefault(graph, {})
    asked = (a, b, limit, longest)
    if asked not in known:
        if len(known) >= _MOST_FOUND:
            known.clear()
        known[asked] = _search(graph, a, b, limit, longest)
    return known[asked]


def _search(graph: Graph, a: str, b: str, limit: int, longest: int) -> tuple[GraphPath, ...]:
    simple = _WEIGHTED.get(graph)
    if simple is None:
        simple = _WEIGHTED[graph] = _weighted(graph)
    if a not in simple or b not in simple:
        return ()
    found: list[GraphPath] = []
    try:
        for tried, nodes in enumerate(nx.shortest_simple_paths(simple, a, b, weight="cost")):
            if len(nodes) - 1 <= longest:
                steps = tuple(_step(graph, s, o) for s, o in zip(nodes, nodes[1:], strict=False))
                if _explains(steps):
                    found.append(GraphPath(tuple(nodes), steps))
            if len(found) >= limit or tried >= limit * 8:
                break
    except nx.NetworkXNoPath:
        return ()
    return tuple(found)


def _explains(steps: tuple[PathStep, ...]) -> bool:
    """A denial explains where it is all that is said, or sets one concept against the other (虚拟机 —包含→ 内核 ←包含✗— 容器); it is no
    bridge to something else."""
    if all(step.holds for step in steps) or len(steps) == 1:
        return True
    return len(steps) == 2 and steps[0].relation == steps[1].relation and steps[0].object == steps[1].object


def telling(path: GraphPath) -> bool:
    """Whether a path explains by itself: one edge, a chain that goes one way (容器 —依赖→ 命名空间 —提供→ 隔离), or two edges of one relation
    that meet (KVM —是一种→ Hypervisor ←是一种— Xen). 容器 —包含→ 进程 ←是一种— 启动 tells nothing.
    """
    if len(path.steps) > 2:
        return False
    if len(path.steps) < 2:
        return True
    first, second = path.steps
    met = first.subject == path.concepts[0] and second.subject == path.concepts[-1]
    return chained(path) or (met and first.relation == second.relation)


def chained(path: GraphPath) -> bool:
    """Whether two edges lead on the same way through a third concept."""
    if len(path.steps) != 2:
        return False
    (first, second), (a, _, b) = path.steps, path.concepts
    return (first.subject == a and second.object == b) or (first.object == a and second.subject == b)


def _weighted(graph: Graph) -> nx.Graph:
    simple = nx.Graph()
    degree = dict(graph.degree())
    for s, o, data in graph.edges(data=True):
        if s == o:
            continue
        cost = _cost(graph, s, o, data, degree)
        if not simple.has_edge(s, o) or simple.edges[s, o]["cost"] > cost:
            simple.add_edge(s, o, cost=cost)
    return simple


def _cost(graph: Graph, s: str, o: str, data: dict[str, object], degree: dict[str, int]) -> float:
    claims = data["fact_claims"]
    strength = 1 + math.log(len(claims) if isinstance(claims, tuple) else 1)
    hubs = math.log(2 + degree[s]) * math.log(2 + degree[o])
    cost = 1 + 0.15 * hubs / strength
    cost *= _WEAK.get(str(data["relation"]), 1.0)
    if not data["holds"]:
        cost += _DENIED
    for node in (s, o):
        concept = graph.nodes[node].get("concept")
        if concept is not None and concept.kind == "phrase":
            cost += _PHRASE
    return cost


def _step(graph: Graph, a: str, b: str) -> PathStep:
    """The best-supported edge between neighbours, in the direction its claims state."""
    edges = [(s, o, data) for s, o in ((a, b), (b, a)) if graph.has_edge(s, o) for data in graph.get_edge_data(s, o).values()]
    s, o, data = max(edges, key=lambda edge: (edge[2]["relation"] not in _WEAK, edge[2]["holds"], len(edge[2]["fact_claims"])))
    sentences = dict.fromkeys(claim.sentence_id for claim in sorted(data["fact_claims"], key=lambda claim: -claim.confidence))
    return PathStep(s, data["relation"], o, data["holds"], tuple(sentences))
