"""The stack that a concept stands in, bottom up, read off runs_on / hosts / has_part facts."""

from __future__ import annotations

from kb.graph.building import Graph

_MOST = 6


def stack_of(graph: Graph, concept: str) -> tuple[str, ...]:
    """Concept ids from the bottom layer to `concept`: what it runs on, what that runs on, and so on; most claims win, no layer twice."""
    layers = [concept]
    while len(layers) < _MOST:
        below = _below(graph, layers[0], set(layers))
        if below is None:
            break
        layers.insert(0, below)
    return tuple(layers)


def _below(graph: Graph, concept: str, used: set[str]) -> str | None:
    votes: dict[str, int] = {}
    if concept not in graph:
        return None
    for _, other, data in graph.out_edges(concept, data=True):
        if data["relation"] == "runs_on" and data["holds"]:
            votes[other] = votes.get(other, 0) + len(data["fact_claims"])
    for other, _, data in graph.in_edges(concept, data=True):
        if data["relation"] == "hosts" and data["holds"]:
            votes[other] = votes.get(other, 0) + len(data["fact_claims"])
    usable = {id_: n for id_, n in votes.items() if id_ not in used and graph.nodes[id_]["concept"].kind != "phrase"}
    return max(usable, key=lambda id_: (usable[id_], id_)) if usable else None
