"""A 比 B 更…: comparatives as records. The words that state a direction are rows of data/predicates.tsv, aspects are rows of aspects.toml.

What is compared with is named in the clause (比B, 相比于B, 与B相比, 高于B), carried from an earlier clause of the sentence, or, after 更,
the concept that the article has set against the subject before. Two quantities of one aspect in one sentence compare their subjects too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.clauses import SLOT, clauses_of
from ingest.comparisons.aspects import named_aspects
from ingest.comparisons.forms import advantages, alike, equal, in_face_of, layers, times, unlike, worse
from ingest.comparisons.numbers import NO_ASPECTS, across, by_numbers
from ingest.comparisons.predicates import words
from ingest.comparisons.references import MORE, named_before, partner_of, reference_of, superlative_of
from ingest.comparisons.resources import consuming, denser
from ingest.comparisons.stated import stated
from ingest.concepts import Reading
from ingest.topics import Topic, leading
from kb.domain import Domain
from kb.language.lexicon import Match
from kb.language.regex import regex
from kb.records import Comparison, Quantity

_VERSUS = regex(
    rf"(?P<a>{SLOT})(?:技术)?(?:和|与|跟|及|vs\.?|对比)(?P<b>{SLOT})[^\ue000-\uf8ff]{{0,6}}(?:区别|差别|不同|对比|比较|差异|介绍|$)"
)
_ASPECT_WORDS = frozenset("启动 创建 迁移 隔离 部署 停止 运行 管理 资源".split())
_USING = regex(rf"(?:直接|单独)?(?:使用|采用|选择|运行|用)(?P<what>{SLOT})的")  # 直接使用 containerd 的层次更少
_SET_BESIDE = regex(r"(?:不如|没有|不及|比不上|比|较)$")  # a concept stands here, and what it has more of behind it
_ATTRIBUTE = regex(
    rf"(?:而且|并且|但是?|也|且)?(?P<what>{SLOT})[^\ue000-\uf8ff的]{{0,3}}(?:更|较|比较)"
)  # 系统调用更慢 says it of who has them
_FRAME = regex(r"(?:而|但|所以)?(?:在|从|就)[^,，]+(?:上|方面|中|里|来说|而言|看)$")
_SET_AGAINST = regex(r"(?:而|但)?(?:相比之下|相较之下|相对而言|与之相比|反观|对比之下|比较起来|与此相比)[,，]?")
_OWNER = regex(rf"(?:但是?|而|且|而且)?(?P<owner>{SLOT})的[^\ue000-\uf8ff,，的]{{0,4}}{SLOT}[^\ue000-\uf8ff,，的]{{0,4}}(?:更|较|比较)")
_MEASURES = (
    "平均值",
    "成本",
    "速度",
    "利用率",
    "占用率",
    "性能",
    "时间",
    "开销",
    "体积",
)  # new concepts that are compared in, not with one another
_OWN_MEASURE = regex(r"的?(?:原生|本机|裸机)?(?:性能|速度|成本|时间|开销|体积)")


def find_comparisons(
    readings: Sequence[Reading], domain: Domain, kinds: dict[str, str], quantities: Sequence[Quantity] = ()
) -> tuple[Comparison, ...]:
    properties = frozenset(id_ for id_, kind in kinds.items() if kind == "property" or id_.endswith(_MEASURES))
    topic = Topic()
    against: dict[str, str] = {}
    found: dict[tuple[str, str, str, str], Comparison] = {}
    by_sentence: dict[str, list[Quantity]] = {}
    for quantity in quantities:
        by_sentence.setdefault(quantity.sentence_id, []).append(quantity)
    before: Sequence[Quantity] = ()  # of the sentence before
    labelled: str | None = None  # whom it spoke of by its label
    named = {reading.text[match.start : match.end]: match.concept_id for reading in readings for match in reading.matches}
    for reading in (_apart(reading, named) for reading in readings):
        if reading.piece.sentence.segment != topic.segment:
            against, before, labelled = {}, (), None
        topic.enter_sentence(reading, properties)
        numbers = by_sentence.get(reading.piece.sentence.id, [])
        label = _label(reading, properties)
        if label is not None and labelled is not None and label != labelled:  # 虚拟机:… 容器:…
            against |= {label: labelled, labelled: label}
        made = [*_in_sentence(reading, topic, against, domain, properties, numbers), *by_numbers(numbers), *across(before, numbers)]
        before, labelled = numbers, label
        for comparison in made:
            if comparison.a != comparison.b:
                found.setdefault((comparison.sentence_id, comparison.a, comparison.b, comparison.aspect), comparison)
                against[comparison.a], against[comparison.b] = comparison.b, comparison.a
    return tuple(found.values())


def _label(reading: Reading, properties: frozenset[str]) -> str | None:
    """The concept that a sentence names before a colon, as what it tells of."""
    inside = [match.concept_id for match in reading.matches if match.end <= reading.piece.body]
    return inside[0] if len(inside) == 1 and inside[0] not in properties else None


def _apart(reading: Reading, named: Mapping[str, str]) -> Reading:
    """安全性高于, 不如容器轻便: the names 安全性高 and 容器轻便 without what compares; `named`: what the article calls its concepts.

    更加隔离的环境 is no name here at all.
    """
    matches = tuple(
        _without_predicate(reading.text, match, named) for match in reading.matches if reading.text[match.start : match.start + 1] != "更"
    )
    return reading if matches == reading.matches else replace(reading, matches=matches, cut={})


def _without_predicate(text: str, match: Match, named: Mapping[str, str]) -> Match:
    if text[match.end - 1] in "高低强弱好差" and text[match.end : match.end + 1] == "于":
        return Match(match.start, match.end - 1, match.concept_id)
    if len(text) > match.end - match.start > 4 and text[match.end - 2 : match.end] in _MEASURES:
        for end in range(match.end - 2, match.start + 1, -1):
            if text[match.start : end] in named and _OWN_MEASURE.fullmatch(text, end, match.end):
                return Match(match.start, end, named[text[match.start : end]])  # 物理机原生性能 is 性能 of 物理机
    if _SET_BESIDE.search(text, max(0, match.start - 4), match.start):
        for end in range(match.start + 2, match.end - 1):
            if text[end : match.end] in words() and text[match.start : end] in named:
                return Match(match.start, end, named[text[match.start : end]])
    return match


def _in_sentence(
    reading: Reading, topic: Topic, against: dict[str, str], domain: Domain, properties: frozenset[str], quantities: Sequence[Quantity]
) -> Iterator[Comparison]:
    clauses = clauses_of(reading, verbs=_ASPECT_WORDS | frozenset(words()))
    reference = superlative_of(clauses)
    side: tuple[str, ...] = ()  # who is compared with the reference
    own = False  # whether the sentence itself names that side
    before: tuple[str, ...] = ()  # whom the clause before speaks of
    settled = False  # whether that is named beside the reference, or only carried from the text before
    framed: list[str] = []  # aspects of 在启动速度上, for the clause behind it
    for one, other in zip(clauses, clauses[1:], strict=False):  # 虚拟机更重，容器更轻
        pair = (leading(one, properties), leading(other, properties))
        if all(len(lead) == 1 and lead[0] not in properties for lead in pair) and pair[0] != pair[1] and MORE.search(one.slots):
            if MORE.search(other.slots):
                against |= {pair[0][0]: pair[1][0], pair[1][0]: pair[0][0]}
    for number, clause in enumerate(clauses):
        for match in _VERSUS.finditer(clause.slots):
            a, b = clause.concept(match["a"]), clause.concept(match["b"])
            if not {a, b} & properties and a != b:
                against[a], against[b] = b, a
        if reading.piece.is_heading:
            continue
        subjects = topic.enter_clause(clauses, number, properties)
        named, cut = reference_of(clause, properties)
        if named is not None:
            reference = named
            spoken = named_before(clause, cut, properties) or tuple(q.subject for q in quantities if q.subject != named)[:1] or subjects
            subjects = tuple(id_ for id_ in spoken if id_ != named) or partner_of(subjects, named, against)
            own = bool(named_before(clause, cut, properties) or leading(clause))
        elif reference is not None and reference in subjects:
            if leading(clause) or not side:  # the other side speaks now
                reference, side = (side[0], (reference,)) if side else (None, side)
        elif reference is not None and side and reference not in side and (not leading(clause) or (own and _ATTRIBUTE.match(clause.slots))):
            subjects = side
        elif reference is None and before and _SET_AGAINST.match(clause.slots) and (before[0] not in subjects or not clause.matches):
            reference, settled = before[0], False  # 相比之下: with whom the clause before speaks of
        using = _USING.match(clause.slots) if reference is not None and named is None else None
        if using and clause.concept(using["what"]) != reference:
            subjects = (clause.concept(using["what"]),)
        owner = _OWNER.match(clause.slots) if reference is not None and named is None else None
        if owner and clause.concept(owner["owner"]) != reference:  # ESXi 的管理界面更好: said of ESXi
            subjects = (clause.concept(owner["owner"]),)
        opens = using or named is not None or (leading(clause) and not settled)
        if reference is not None and reference not in subjects and opens:
            settled = bool(using or leading(clause)) and not (named is not None and cut == 0)
            side, own = subjects, own or bool(leading(clause))
            against |= dict.fromkeys(side, reference)
            against[reference] = side[0] if side else against.get(reference, reference)
        before = subjects or before
        numbers = [q.aspect for q in quantities if q.aspect in domain.aspects and q.aspect not in NO_ASPECTS]
        yield from denser(reading, clause, reference, against)
        yield from consuming(reading, clause, subjects, reference, named is not None)
        yield from worse(reading, clause, subjects, framed, domain)
        yield from unlike(reading, clause, subjects, domain, properties)
        yield from in_face_of(reading, clause, subjects, framed or numbers[:1], domain)
        yield from times(reading, clause, subjects, framed, domain, properties)
        yield from equal(reading, clause, domain, properties)
        yield from alike(reading, clause, subjects, numbers, domain, properties)
        yield from layers(reading, clause, subjects, reference)
        yield from advantages(reading, clause, subjects, reference, against, framed, domain)
        yield from stated(reading, clause, subjects, reference, named is not None, against, domain, framed or numbers[:1])
        if _FRAME.match(clause.slots):
            framed = [aspect for _, _, aspect, _ in named_aspects(clause.text(), domain)][:1]
