"""In what respect an example of a thing is compared (Docker for 容器), where nothing is said of the thing itself in that respect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.language.normalize import fold
from kb.qa.asking.compared import Thing
from kb.qa.comparing.contrasts import rows_for
from kb.qa.comparing.rows import Row, kinds_of
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft

_NEAR = 0.5  # how near in the texts an example must stand to its kind


def row_of_an_example(things: Sequence[Thing], aspect: str, sources: Sources, draft: Draft) -> Row | None:
    """With the names of what it really compares; without cells, as it holds of the example only."""
    ids = [thing.concept for thing in things]
    if len(ids) != 2 or ids[0] is None or ids[1] is None:
        return None
    for number, own in enumerate((ids[0], ids[1])):
        for example in _examples(own, ids[1 - number] or "", sources):
            pair = (example, ids[1] or "") if number == 0 else (ids[0] or "", example)
            row = next((row for row in rows_for(*pair, sources, draft) if row.aspect == aspect and row.verdict), None)
            if row is not None:
                names = tuple(sources.name(id_) if id_ == example else thing.label for id_, thing in zip(pair, things, strict=True))
                return replace(row, cells=(), names=names)
    return None


def _examples(concept: str, against: str, sources: Sources) -> tuple[str, ...]:
    """What is near the concept in the texts and said to be of its kind, most spoken of first."""
    near = [id_ for id_, worth in sources.family(concept).items() if id_ not in (concept, against) and worth >= _NEAR]
    name = fold(sources.name(concept))
    own = [id_ for id_ in near if id_ in sources.graph and _of_kind(id_, concept, name, sources)]
    return tuple(sorted(own, key=lambda id_: -sources.graph.nodes[id_]["mentions"]))


def _of_kind(example: str, concept: str, name: str, sources: Sources) -> bool:
    kinds = kinds_of(example, sources)
    return concept in kinds or any(fold(sources.name(kind)).endswith(name) for kind in kinds)
