"""Paths between two concepts that explain something: short, made of strong edges, not through words that everything touches."""

from __future__ import annotations

import math
from collections.abc import Iterator
from weakref import WeakKeyDictionary

import networkx as nx

from kb.graph.building import Graph, confidence_of
from kb.records import GraphPath, PathStep

_WEAK = {"has_property": 1.5, "equals": 1.2, "located_between": 1.2}
_DENIED = 0.6  # a denied edge explains as well as a stated one, a little less directly
_PHRASE = 2.0  # a literal is rarely a bridge between concepts
# A graph is built once for a state of the store and not changed afterwards.
_WEIGHTED: WeakKeyDictionary[Graph, nx.Graph] = WeakKeyDictionary()
_FOUND: WeakKeyDictionary[Graph, dict[tuple[str, str, int, int], tuple[GraphPath, ...]]] = WeakKeyDictionary()
_FAR: WeakKeyDictionary[nx.Graph, dict[str, dict[str, float]]] = WeakKeyDictionary()  # concept → its distances
_MOST_FAR = 64  # concepts, each with some hundred kilobytes of distances
_DETOUR = 1.5  # cost above that of the cheapest path up to which paths are looked at first
_SHORT = 2  # edges; paths that short are listed without a search
_ROUNDING = 1e-9
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
    found: list[GraphPath] = []
    for tried, nodes in enumerate(_shortest(simple, a, b) if longest <= _SHORT else _cheapest(simple, a, b)):
        if len(nodes) - 1 <= longest:
            steps = tuple(_step(graph, s, o) for s, o in zip(nodes, nodes[1:], strict=False))
            if _explains(steps):
                found.append(GraphPath(tuple(nodes), steps))
        if len(found) >= limit or tried >= limit * 8:
            break
    return tuple(found)


def _shortest(simple: nx.Graph, a: str, b: str) -> Iterator[list[str]]:
    """Paths of one or two edges, cheapest first: the edge between the two, and those through each neighbour of both."""
    if a not in simple or b not in simple:
        return
    ways = [[a, middle, b] for middle in nx.common_neighbors(simple, a, b)]
    if simple.has_edge(a, b):
        ways.append([a, b])
    yield from sorted(ways, key=lambda nodes: (nx.path_weight(simple, nodes, "cost"), nodes))


def _cheapest(simple: nx.Graph, a: str, b: str) -> Iterator[list[str]]:
    """Simple paths, cheapest first; none where nothing joins the two.

    A path of at most a given cost goes only through concepts whose distances from both ends sum up to no more: of two thousand some
    twenty, among which the search is quick. Where all paths of that cost have been looked at, it goes on with a higher one.
    """
    if a not in simple or b not in simple:
        return
    from_a, from_b = _distances(simple, a), _distances(simple, b)
    if b not in from_a:
        return
    detours = {node: there + from_b[node] for node, there in from_a.items()}
    farthest, told, most = max(detours.values()), 0, from_a[b] + _DETOUR
    while True:
        near = _within(simple, detours, most)
        for number, nodes in enumerate(nx.shortest_simple_paths(near, a, b, weight="cost")):
            if most < farthest and nx.path_weight(near, nodes, "cost") > most:
                break
            if number >= told:
                told += 1
                yield nodes
        if most >= farthest:
            return
        most += _DETOUR


def _within(simple: nx.Graph, detours: dict[str, float], most: float) -> nx.Graph:
    """The part of the graph that paths of at most this cost can go through."""
    near = nx.Graph()
    kept = [node for node, detour in detours.items() if detour <= most + _ROUNDING]
    near.add_nodes_from(kept)
    near.add_edges_from((s, o, data) for s in kept for o, data in simple.adj[s].items() if o in near)
    return near


def _distances(simple: nx.Graph, start: str) -> dict[str, float]:
    known = _FAR.setdefault(simple, {})
    if start not in known:
        if len(known) >= _MOST_FAR:
            known.clear()
        known[start] = nx.single_source_dijkstra_path_length(simple, start, weight="cost")
    return known[start]


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
    return PathStep(s, data["relation"], o, data["holds"], tuple(sentences), confidence=confidence_of(data["fact_claims"]))
