"""A store in memory, filled by hand: the graph is tested apart from reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from kb.records import Article, Claim, Comparison, Concept, Extract, Mention, Quantity, Sentence
from kb.store import Store

NAMES = {
    "container": "容器",
    "virtual_machine": "虚拟机",
    "host_kernel": "宿主机内核",
    "docker": "Docker",
    "hypervisor": "Hypervisor",
    "host_machine": "宿主机",
    "hardware": "硬件",
    "application": "应用程序",
}
CONCEPTS = tuple(Concept(id_, name, kind="technology", name_en=id_.replace("_", " ")) for id_, name in NAMES.items())
DESKTOP = Concept("lit:独立桌面", "独立桌面", kind="phrase")
TEXT = '=容器\x01共享宿主机的内核，"原文"如此。\n' * 3
Fill = Callable[..., Store]


def claim(subject: str, relation: str, object_: str, sentence: int = 0, **changes: object) -> Claim:
    return Claim(f"a#b#{sentence}", (0, 10), subject, relation, object_, **changes)  # type: ignore[arg-type]


def _extract(claims: Iterable[Claim], comparisons: Iterable[Comparison], quantities: Iterable[Quantity]) -> Extract:
    sentences = tuple(Sentence(f"a#b#{n}", "a#b", (0, 10), f"第{n}句。", None, 0, n) for n in range(6))
    made = tuple(claims)
    return Extract(
        Article("a#b", "容器", TEXT, "paste:容器"),
        TEXT,
        (TEXT,),
        sentences,
        (),
        (DESKTOP,),
        tuple(Mention(c.sentence_id, (0, 2), c.subject, "lexicon") for c in made),
        made,
        tuple(comparisons),
        tuple(quantities),
    )


@pytest.fixture
def filled() -> Iterator[Fill]:
    """`filled(claims=…, comparisons=…, quantities=…)` gives a store that holds just these, in one article of six sentences."""
    store = Store(":memory:", str.split)
    store.set_vocabulary(CONCEPTS, "v")

    def fill(claims: Iterable[Claim] = (), comparisons: Iterable[Comparison] = (), quantities: Iterable[Quantity] = ()) -> Store:
        store.save(_extract(claims, comparisons, quantities), reader="r")
        return store

    yield fill
    store.close()
