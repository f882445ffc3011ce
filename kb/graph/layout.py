"""Where each concept is drawn. Force-directed in numpy for small pictures; by the same seed always the same picture."""

from __future__ import annotations

import numpy as np

from kb.graph.building import Graph

_ROUNDS = 120
_LARGE = 1500  # concepts; above this the quadratic forces cost too much inside a request


def positions(graph: Graph) -> dict[str, tuple[float, float]]:
    """Concept id → (x, y) in [-1, 1]; the Fruchterman–Reingold (1991) forces, cooled linearly."""
    ids = sorted(graph)
    if len(ids) == 1:
        return {ids[0]: (0.0, 0.0)}
    if not ids:
        return {}
    points = _circle(len(ids))
    if len(ids) <= _LARGE:
        points = _relax(points, _edges(graph, ids))
    points = points - points.mean(axis=0)
    points = points / (np.abs(points).max() or 1.0)
    return {id_: (round(float(x), 4), round(float(y), 4)) for id_, (x, y) in zip(ids, points, strict=True)}


def _circle(count: int) -> np.ndarray:
    """A sunflower: even cover of the disc, no two points alike."""
    index = np.arange(count)
    angle = index * 2.399963  # the golden angle, radians
    radius = np.sqrt((index + 0.5) / count)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _edges(graph: Graph, ids: list[str]) -> np.ndarray:
    place = {id_: index for index, id_ in enumerate(ids)}
    pairs = {(min(place[s], place[o]), max(place[s], place[o])) for s, o in graph.edges() if s != o}
    return np.array(sorted(pairs), dtype=int).reshape(-1, 2)


def _relax(points: np.ndarray, edges: np.ndarray) -> np.ndarray:
    ideal = 1.6 / np.sqrt(len(points))
    for step in range(_ROUNDS):
        delta = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.sqrt((delta**2).sum(axis=2)), 1e-3)
        move = (delta * (ideal**2 / distance**2)[:, :, None]).sum(axis=1)
        if len(edges):
            pull = points[edges[:, 0]] - points[edges[:, 1]]
            force = pull * (np.maximum(np.sqrt((pull**2).sum(axis=1)), 1e-3) / ideal)[:, None]
            np.add.at(move, edges[:, 0], -force)
            np.add.at(move, edges[:, 1], force)
        move -= points * ideal * 2  # a weak pull to the middle keeps what is unconnected in the picture
        length = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        heat = 0.12 * (1 - step / _ROUNDS)
        points = points + move / length[:, None] * np.minimum(length, heat)[:, None]
    return points
