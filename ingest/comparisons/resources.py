"""How much of a resource each takes, and how many of something are held."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.clauses import SLOT, Clause, is_slot
from ingest.comparisons.forms import RESOURCES, made
from ingest.concepts import Reading
from kb.language.cues import negated
from kb.language.regex import regex
from kb.records import Comparison

_DENSER = regex(rf"(?:承载|部署|运行|容纳|跑|启动)(?:数量)?更多的?(?:数量的?)?(?P<what>{SLOT})")
# 比容器占内存, 占用更多内存, 占的内存比容器多: the resource is a concept of its own
_CONSUMES = regex(
    rf"(?P<verb>占用?|吃|耗费?|费|消耗|节省|节约|省|使用|用|需要)(?:了|掉|的)?(?:(?P<degree>更|较|最)?(?P<how>[多少]))?的?(?:系统|硬件)?(?P<what>{SLOT})"
    rf"(?:空间|资源)?(?:(?:通常|往往|一般|也|都|还|要)*(?:(?:比|较)[^,，]*?)?(?:更|较|也|还|要|明显|远)*(?P<behind>[多少大小高低]))?"
)
_SAVES = frozenset(("节省", "节约", "省"))
_TAKES_ALONE = frozenset(("占", "占用", "吃", "耗", "费", "耗费", "消耗", *_SAVES))  # verbs that say that it is much, or little
_MORE_HELD = regex(
    rf"(?:容纳|运行|承载|部署|支持|启动)的(?P<a>{SLOT})[^\ue000-\uf8ff,，]{{0,4}}比(?P<b>{SLOT})[^\ue000-\uf8ff,，]{{0,4}}多"
)


def denser(reading: Reading, clause: Clause, reference: str | None, against: dict[str, str]) -> Iterator[Comparison]:
    """单个操作系统能够承载更多的容器: density of what there is more of."""
    for match in _MORE_HELD.finditer(clause.slots):
        yield made(reading, clause, clause.concept(match["a"]), clause.concept(match["b"]), "密度", "a_more", "denser", 0.7)
    for match in _DENSER.finditer(clause.slots):
        subject = clause.concept(match["what"])
        other = reference or against.get(subject)
        if other is not None:
            yield Comparison(
                reading.piece.sentence.id,
                reading.piece.mapped.original(clause.start, clause.end),
                subject,
                other,
                "密度",
                "a_more",
                found_by="denser",
                confidence=0.6,
            )


def consuming(reading: Reading, clause: Clause, subjects: tuple[str, ...], reference: str | None, named: bool) -> Iterator[Comparison]:
    """虚拟机比容器占内存, 容器占的磁盘更少: how much of a resource each takes."""
    for match in _CONSUMES.finditer(clause.slots) if reference is not None else ():
        aspect, saves = RESOURCES.get(clause.concept(match["what"])), match["verb"] in _SAVES
        degree = match["how"] or match["behind"]
        if aspect is None or (degree is None and not (named and match["verb"] in _TAKES_ALONE)):
            continue
        if negated("".join(c for c in clause.slots[max(0, match.start() - 4) : match.start()] if not is_slot(c))):
            continue
        less = saves if degree is None else degree in "少小低"
        for subject in subjects:
            if reference is not None and subject != reference:
                yield made(reading, clause, subject, reference, aspect, "b_more" if less else "a_more", "consuming", 0.7)
