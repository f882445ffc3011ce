"""Where each concept is drawn. Force-directed in numpy; by the same seed always the same picture.

Small pictures weigh every pair of concepts; large ones push each concept away from the middle of what lies in each field of a
grid instead (as Barnes and Hut 1986, with one level), so that two thousand concepts take about a second.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kb.graph.building import Graph

_EXACT = 300  # concepts; above this the pairs cost more than the picture gains
_ROUNDS, _ROUNDS_LARGE = 120, 80
_FIELDS = 16  # of the grid, along each side
_EVENED = 0.8  # how much of a large picture's distances is by rank
_NUDGE = 0.5  # keeps those apart that a grid cannot: of one field and with the same neighbours

Repulsion = Callable[[np.ndarray, float], np.ndarray]  # points, ideal distance -> the push on each point


def positions(graph: Graph) -> dict[str, tuple[float, float]]:
    """Concept id → (x, y) in [-1, 1]; the Fruchterman–Reingold (1991) forces, cooled linearly."""
    ids = sorted(graph)
    if len(ids) == 1:
        return {ids[0]: (0.0, 0.0)}
    if not ids:
        return {}
    start, edges = _circle(len(ids)), _edges(graph, ids)
    if len(ids) <= _EXACT:
        points = _relax(start, edges, _from_each, _ROUNDS)
    else:
        points = _evened(_relax(start, edges, _from_fields, _ROUNDS_LARGE)) + start * _NUDGE / np.sqrt(len(ids))
    points = points - points.mean(axis=0)
    points = points / (np.abs(points).max() or 1.0)
    return {id_: (round(float(x), 5), round(float(y), 5)) for id_, (x, y) in zip(ids, points, strict=True)}


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


def _relax(points: np.ndarray, edges: np.ndarray, repulsion: Repulsion, rounds: int) -> np.ndarray:
    ideal = 1.6 / np.sqrt(len(points))
    for step in range(rounds):
        move = repulsion(points, ideal)
        if len(edges):
            pull = points[edges[:, 0]] - points[edges[:, 1]]
            force = pull * (np.maximum(np.sqrt((pull**2).sum(axis=1)), 1e-3) / ideal)[:, None]
            np.add.at(move, edges[:, 0], -force)
            np.add.at(move, edges[:, 1], force)
        move -= points * ideal * 2  # a weak pull to the middle keeps what is unconnected in the picture
        length = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        heat = 0.12 * (1 - step / rounds)
        points = points + move / length[:, None] * np.minimum(length, heat)[:, None]
    return points


def _evened(points: np.ndarray) -> np.ndarray:
    """Directions kept, distances from the middle mostly by rank, as in an evenly filled disc: a dense core opens, a far rim comes near."""
    points = points - np.median(points, axis=0)
    radius = np.maximum(np.sqrt((points**2).sum(axis=1)), 1e-9)
    rank = np.empty(len(points))
    rank[np.argsort(radius, kind="stable")] = np.arange(1, len(points) + 1)
    wanted = _EVENED * np.sqrt(rank / len(points)) + (1 - _EVENED) * radius / radius.max()
    evened: np.ndarray = points * (wanted / radius)[:, None]
    return evened


def _from_each(points: np.ndarray, ideal: float) -> np.ndarray:
    return _push(points, points, np.ones(len(points)), ideal)


def _from_fields(points: np.ndarray, ideal: float) -> np.ndarray:
    low = points.min(axis=0)
    size = np.maximum(points.max(axis=0) - low, 1e-6)
    row, column = np.minimum((points - low) / size * _FIELDS, _FIELDS - 1).astype(int).T
    field = row * _FIELDS + column
    count = np.bincount(field, minlength=_FIELDS**2).astype(float)
    filled = count > 0
    middles = np.stack([np.bincount(field, weights=points[:, axis], minlength=_FIELDS**2) for axis in (0, 1)], axis=1)
    return _push(points, middles[filled] / count[filled][:, None], count[filled], ideal)


def _push(points: np.ndarray, sources: np.ndarray, weights: np.ndarray, ideal: float) -> np.ndarray:
    delta = points[:, None, :] - sources[None, :, :]
    squared = np.maximum((delta**2).sum(axis=2), 1e-6)
    pushed: np.ndarray = (delta * (weights * ideal**2 / squared)[:, :, None]).sum(axis=1)
    return pushed
