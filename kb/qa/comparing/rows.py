"""A row of a comparison, and whose statements may stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.language.normalize import fold
from kb.qa.sources import Sources
from kb.records import Cell, Direction

LONGEST = 90  # characters of a quote in a cell


@dataclass(frozen=True, slots=True)
class Row:
    """`text`: the row in words, quotes of both sides; `brief` its shortest part; `aspect` is `None` for a row of facts; `weight` orders rows.

    `direction` speaks of the aspect, of the first concept against the second.
    """

    label: str
    text: str
    cells: tuple[Cell, ...]
    citations: tuple[int, ...]
    weight: float
    aspect: str | None = None
    verdict: str | None = None
    metric: str | None = None
    direction: Direction | None = None
    brief: str = ""
    brief_citations: tuple[int, ...] = ()
    names: tuple[str, ...] = ()  # of what it compares, where that is not what the question names


def kin_of(concept: str, against: Sequence[str], sources: Sources) -> dict[str, float]:
    """Concepts whose statements hold for `concept` too, with how surely: kinds of it (Docker容器 for 容器) and what it is a kind of
    (容器 for Docker), unless one of `against` is of that kind as well: what both are sets neither apart.
    """
    own, other = kinds_of(concept, sources), {kind for one in against for kind in kinds_of(one, sources)}
    name = fold(sources.name(concept))
    kin = {concept: 1.0}
    for id_, near in sources.family(concept).items():
        if id_ == concept or id_ in against or id_ in other:
            continue
        longer = fold(sources.name(id_))
        rest = longer.removeprefix(name).strip() if longer.startswith(name) else ""
        narrower = longer.endswith(name) or any(rest == fold(sources.name(kind)) for kind in own)
        if id_ in own or narrower:
            kin[id_] = near
    return kin


def kinds_of(concept: str, sources: Sources) -> frozenset[str]:
    """What articles say that the concept is a kind or an instance of."""
    if concept not in sources.graph:
        return frozenset()
    edges = sources.graph.out_edges(concept, data=True)
    return frozenset(o for _, o, data in edges if data["holds"] and data["relation"] in ("is_a", "instance_of", "equals"))
