"""Comparisons by their form: 不如B, 不像B那样, 在B面前, 是B的N倍, 和B一样, 接近B, 少了两层, 有优势."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.clauses import SLOT, Clause
from ingest.comparisons.aspects import named_aspects
from ingest.comparisons.predicates import predicate_pattern, words
from ingest.comparisons.references import WORSE
from ingest.concepts import Reading
from kb.domain import Domain
from kb.language.cues import hedge_in, negated
from kb.language.regex import regex
from kb.records import Comparison, Direction

_BETTER = regex(
    rf"(?:胜过|远超|超过|超越|超出|领先于?|强过|好过|赢过|压过)(?:了)?(?:传统的?|普通的?)?(?P<ref>{SLOT})(?!的?[\d一二两三四五六七八九十几数])"
)
# 不像虚拟机那样占内存, 不需要像启动系统那样耗时: less of what is said of the other
_UNLIKE = regex(
    rf"(?:不|没有?|无需|无须)(?:会|需要?|用|必|再|能)?像(?:传统的?|普通的?|启动|创建|运行|部署|使用)?(?P<ref>{SLOT})(?:一样|那样|那么|那般|这样|这么|似的)(?P<rest>[^,，]{{1,16}})"
)
_TAKES_TIME = regex(r"(?:耗费|花费?|浪费|占用|需要)[^,，]{0,4}?时间|费时|耗时|漫长|缓慢|慢")
_TAKES_MUCH = regex(r"占用?|消耗|耗费|吃|浪费")
# 在容器面前相形见绌
_IN_FACE_OF = regex(
    rf"在(?P<ref>{SLOT})(?:技术)?(?:的)?面前[^,，]{{0,8}}?(?:弱|逊色|相形见绌|不值一提|黯然失色|不够看|不堪一击|差|没有优势|毫无优势)"
)
# 容器镜像的体积是虚拟机镜像的十分之一, 密度可以达到虚拟机的五倍
_TIMES = regex(
    rf"(?:是|为|达到?|相当于|只有|只要|只需|仅有?|不到|约为?|大约)(?:了)?(?:约|大约|仅)?(?:传统的?|普通的?)?(?P<ref>{SLOT})(?:的[^\ue000-\uf8ff,，的]{{0,6}}|[^\ue000-\uf8ff,，的]{{0,4}})?的?\s?(?P<amount>[\d.]+\s?倍|[一两二三四五六七八九十百千万几数上]+倍|[一二三四五六七八九十百千万几数]+分之[一二三四五六七八九十几]+|\d+/\d+|百分之[零一二三四五六七八九十百]+|[\d.]+\s?[%％]|一半)"
)
_ALIKE = regex(
    rf"(?P<a>{SLOT})(?:和|与|跟|同)(?P<b>{SLOT})[^\ue000-\uf8ff,，]{{0,10}}?(?:一样|同样|相当|差不多|没有(?:本质|明显|可见|太大)的?(?:差别|区别|不同))"
)
_ADVANTAGE = regex(r"(?:有|具有|占)[^,，]{0,6}(?P<word>优势)|更有(?P<word2>优势)|占优|占上风|更胜一筹|略胜一筹|领先")
_ALIKE_TO = regex(
    rf"(?:与|和|跟|同)(?P<b>{SLOT})(?:相比)?[^\ue000-\uf8ff,，]{{0,4}}?(?:没有(?:本质|明显|可见|太大|多大|什么)的?(?:差别|区别|不同)|相当|持平|相同|一致|接近|相近|几乎一样|完全一样|不相上下|相差无几|相差不大|差不多|旗鼓相当)|(?:接近|等同于?|相当于|不亚于|不逊于|不输|媲美|堪比|不低于|追平)(?P<b2>{SLOT})(?P<tail>的?(?:原生|本机|裸机)?的?(?:性能|速度|水平|效率|表现|{SLOT})?)$"
)
RESOURCES = {
    "memory": "资源占用", "cpu": "资源占用", "compute_resource": "资源占用", "hardware_resource": "资源占用", "disk": "磁盘占用",
    "storage": "磁盘占用",
}  # fmt: skip
_LAYERS = regex(r"(?P<word>[多少])了?[一两三几]层")  # 虚拟机多了一层操作系统


def worse(reading: Reading, clause: Clause, subjects: tuple[str, ...], framed: Sequence[str], domain: Domain) -> Iterator[Comparison]:
    """容器的隔离性不如虚拟机, 性能胜过它: worse or better in the aspect named, which is less of some."""
    worse = WORSE.search(clause.slots)
    match = worse or _BETTER.search(clause.slots)
    if match is None or (worse is not None and any(word in worse["rest"] for word in words())):
        return
    named = [aspect for _, _, aspect, _ in named_aspects(clause.text(0, match.start()), domain)][-1:] or list(framed)
    holds = not negated(clause.slots[max(0, match.start() - 3) : match.start()])
    for aspect in named if holds else ():
        for subject in subjects:
            better = domain.aspects[aspect].better
            if subject != clause.concept(match["ref"]) and better is not None:
                direction: Direction = "b_more" if (better == "more") == (worse is not None) else "a_more"
                yield made(reading, clause, subject, clause.concept(match["ref"]), aspect, direction, "worse" if worse else "better", 0.75)


def unlike(reading: Reading, clause: Clause, subjects: tuple[str, ...], domain: Domain, properties: frozenset[str]) -> Iterator[Comparison]:
    """容器不像虚拟机那样占内存: less of it than the other."""
    match = _UNLIKE.search(clause.slots) if "像" in clause.characters else None
    if match is None:
        return
    other, rest = clause.concept(match["ref"]), clause.text(match.start("rest"), match.end("rest"))
    ahead = clause.text(0, match.end("ref"))
    less: dict[str, int] = {}  # aspect → the sign of what the other has
    if _TAKES_TIME.search(rest):
        less |= {aspect: -1 for _, _, aspect, _ in named_aspects(ahead, domain)[-1:] if domain.aspects[aspect].reversed_names}
    elif _TAKES_MUCH.search(rest):
        resources = [RESOURCES[id_] for id_ in clause.concepts(match["rest"]) if id_ in RESOURCES] or ["资源占用"] * ("资源" in rest)
        less |= dict.fromkeys(resources, 1)
    predicate = predicate_pattern().search(rest) if not less else None
    if predicate is not None:
        word = words()[predicate.group()]
        named = [aspect for _, _, aspect, _ in named_aspects(rest[: predicate.start()] or ahead, domain)][-1:]
        less |= dict.fromkeys([word.implied] if word.implied else named or [word.default] * bool(word.default), word.sign)
    named_before = tuple(id_ for id_ in clause.concepts(clause.slots[: match.start()]) if id_ not in properties)
    for aspect, sign in less.items():
        for subject in named_before[:1] or subjects:
            if subject != other:
                yield made(reading, clause, subject, other, aspect, "b_more" if sign > 0 else "a_more", "unlike", 0.7)


def in_face_of(
    reading: Reading, clause: Clause, subjects: tuple[str, ...], spoken_of: Sequence[str], domain: Domain
) -> Iterator[Comparison]:
    """启动速度在容器面前相形见绌: worse in the aspect that is spoken of."""
    match = _IN_FACE_OF.search(clause.slots) if "面" in clause.characters else None
    if match is None:
        return
    other = clause.concept(match["ref"])
    for aspect in [aspect for _, _, aspect, _ in named_aspects(clause.text(0, match.start()), domain)][-1:] or spoken_of[:1]:
        better = domain.aspects[aspect].better
        for subject in subjects if better is not None else ():
            if subject != other:
                yield made(reading, clause, subject, other, aspect, "b_more" if better == "more" else "a_more", "in_face_of", 0.65)


def times(
    reading: Reading, clause: Clause, subjects: tuple[str, ...], framed: Sequence[str], domain: Domain, properties: frozenset[str]
) -> Iterator[Comparison]:
    """容器的启动时间是虚拟机的十分之一: how many times as much one is of the other."""
    match = _TIMES.search(clause.slots)
    if match is None or clause.concept(match["ref"]) in properties:
        return
    other = clause.concept(match["ref"])
    found = named_aspects(clause.text(0, match.start()), domain)[-1:] or named_aspects(clause.text(match.end("ref")), domain)[:1]
    aspects = [(aspect, flipped) for _, _, aspect, flipped in found] or [(aspect, False) for aspect in framed]
    less = re.search(r"分之|/|[%％]|一半|^0", match["amount"]) is not None
    if re.match(r"的?(?:时间|耗时|时长)", clause.text(match.end())):  # 启动只要虚拟机的百分之一的时间
        aspects = [(aspect, True) for aspect, _ in aspects if domain.aspects[aspect].reversed_names]
    named = tuple(id_ for id_ in clause.concepts(clause.slots[: match.start()]) if id_ not in properties and id_ != other)
    for aspect, flipped in aspects:
        for subject in named[-1:] or subjects:
            if subject != other:
                direction: Direction = "b_more" if less != flipped else "a_more"
                yield replace(made(reading, clause, subject, other, aspect, direction, "times", 0.7), amount=match["amount"])


def equal(reading: Reading, clause: Clause, domain: Domain, properties: frozenset[str]) -> Iterator[Comparison]:
    """容器和虚拟机一样安全; 在计算性能上Docker与LXC没有本质差别."""
    match = _ALIKE.search(clause.slots)
    if match is None:
        return
    a, b = clause.concept(match["a"]), clause.concept(match["b"])
    predicate = predicate_pattern().match(clause.slots, match.end())
    named = named_aspects(clause.text(0, match.start()) + clause.text(match.end("b"), match.end()), domain)
    word = words()[predicate.group()] if predicate else None
    aspect = (word.implied or word.default) if word and not named else (named[-1][2] if named else "")
    if aspect and a != b and not {a, b} & properties:
        yield made(reading, clause, a, b, aspect, "equal", "equal", 0.7)


def alike(
    reading: Reading, clause: Clause, subjects: tuple[str, ...], numbers: Sequence[str], domain: Domain, properties: frozenset[str]
) -> Iterator[Comparison]:
    """容器的计算性能接近物理机; Docker 的平均值是 290.9 GFLOPS,与物理机没有可见的差别."""
    match = _ALIKE_TO.search(clause.slots.rstrip("。 "))
    both = _ALIKE.search(clause.slots)
    if match is None or (both is not None and clause.concept(both["a"]) not in properties):
        return
    other = clause.concept(match["b"] or match["b2"])
    stretches = (clause.text(0, match.start()), "" if match["tail"] is None else clause.text(match.start("tail")))
    named = [aspect for stretch in stretches for _, _, aspect, _ in named_aspects(stretch, domain)[-1:]][:1] or numbers[:1]
    for aspect in named:
        for subject in subjects:
            if subject != other and not {subject, other} & properties:
                yield made(reading, clause, subject, other, aspect, "equal", "alike", 0.6)


def layers(reading: Reading, clause: Clause, subjects: tuple[str, ...], reference: str | None) -> Iterator[Comparison]:
    match = _LAYERS.search(clause.slots) if reference is not None else None
    if match is not None and reference is not None and not negated(clause.slots[max(0, match.start() - 3) : match.start()]):
        for subject in subjects:
            if subject != reference:
                direction: Direction = "a_more" if match["word"] == "多" else "b_more"
                yield made(reading, clause, subject, reference, "抽象层数", direction, "layers", 0.65)


def made(
    reading: Reading, clause: Clause, a: str, b: str, aspect: str, direction: Direction, found_by: str, confidence: float
) -> Comparison:
    text = reading.text[clause.start : clause.end]
    span = reading.piece.mapped.original(clause.start, clause.end)
    return Comparison(
        reading.piece.sentence.id, span, a, b, aspect, direction, hedge=hedge_in(text), found_by=found_by, confidence=confidence
    )


def advantages(
    reading: Reading,
    clause: Clause,
    subjects: tuple[str, ...],
    reference: str | None,
    against: dict[str, str],
    framed: Sequence[str],
    domain: Domain,
) -> Iterator[Comparison]:
    """在资源占用、性能消耗上有很大优势: better in each aspect, which is less of some."""
    match = _ADVANTAGE.search(clause.slots)
    if match is None or negated(clause.slots[max(0, match.start() - 3) : match.start()]):
        return
    for aspect in [aspect for _, _, aspect, _ in named_aspects(clause.text(0, match.start()), domain)] or framed:
        better = domain.aspects[aspect].better
        for subject in subjects:
            other = reference or against.get(subject)
            if better is not None and other is not None:
                yield Comparison(
                    reading.piece.sentence.id,
                    reading.piece.mapped.original(clause.start, clause.end),
                    subject,
                    other,
                    aspect,
                    "a_more" if better == "more" else "b_more",
                    hedge=hedge_in(reading.text[clause.start : clause.end]),
                    found_by="advantage",
                    confidence=0.65,
                )
