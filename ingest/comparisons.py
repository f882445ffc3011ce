"""A 比 B 更…: comparatives as records. The words that state a direction are rows of data/predicates.tsv, aspects are rows of aspects.toml.

What is compared with is named in the clause (比B, 相比于B, 与B相比, 高于B), carried from an earlier clause of the sentence, or, after 更,
the concept that the article has set against the subject before. Two quantities of one aspect in one sentence compare their subjects too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from ingest.clauses import SLOT, Clause, clauses_of, is_reported, is_slot
from ingest.concepts import Reading
from ingest.topics import Topic, leading
from kb.domain import Aspect, Domain
from kb.language.cues import hedge_in, negated
from kb.language.lexicon import Match
from kb.language.units import in_base_unit
from kb.records import Comparison, Direction, Quantity

_REFERENCE = re.compile(
    rf"(?:相比于|相较于|相对于|相比较于|相比之下|相比|相对|对比|比起|比较|比|较|跟|与|和|同)(?:传统的?|普通的?|一般的?|真正的|前面的|[\u3400-\u9fff]{{2,8}}的|启动|创建|运行|经过|通过|使用|采用|基于)?(?P<ref>{SLOT})(?:的(?:方式|方案|做法|办法))?(?P<tail>相比较?|相比之下|比较|来说|来比)?"
)
_WITH_TAIL = ("跟", "与", "和", "同", "对比")
_THAN = re.compile(rf"(?P<word>[高低多少大小快慢优强弱好差长短胜劣])于(?P<ref>{SLOT})")
_WORSE = re.compile(
    rf"(?:远|大大|明显|稍|略|仍|还)?(?:不如|没有|不及|逊于|逊色于|比不上|比不过|赶不上|不敌|落后于|输给)(?:传统的?|普通的?)?(?P<ref>{SLOT})(?:那么|那样|这么)?(?P<rest>[^,，]{{0,8}})"
)
_BETTER = re.compile(
    rf"(?:胜过|远超|超过|超越|超出|领先于?|强过|好过|赢过|压过)(?:了)?(?:传统的?|普通的?)?(?P<ref>{SLOT})(?!的?[\d一二两三四五六七八九十几数])"
)
# 不像虚拟机那样占内存, 不需要像启动系统那样耗时: less of what is said of the other
_UNLIKE = re.compile(
    rf"(?:不|没有?|无需|无须)(?:会|需要?|用|必|再|能)?像(?:传统的?|普通的?|启动|创建|运行|部署|使用)?(?P<ref>{SLOT})(?:一样|那样|那么|那般|这样|这么|似的)(?P<rest>[^,，]{{1,16}})"
)
_TAKES_TIME = re.compile(r"(?:耗费|花费?|浪费|占用|需要)[^,，]{0,4}?时间|费时|耗时|漫长|缓慢|慢")
_TAKES_MUCH = re.compile(r"占用?|消耗|耗费|吃|浪费")
# 在容器面前相形见绌
_IN_FACE_OF = re.compile(
    rf"在(?P<ref>{SLOT})(?:技术)?(?:的)?面前[^,，]{{0,8}}?(?:弱|逊色|相形见绌|不值一提|黯然失色|不够看|不堪一击|差|没有优势|毫无优势)"
)
# 容器镜像的体积是虚拟机镜像的十分之一, 密度可以达到虚拟机的五倍
_TIMES = re.compile(
    rf"(?:是|为|达到?|相当于|只有|只要|只需|仅有?|不到|约为?|大约)(?:了)?(?:约|大约|仅)?(?:传统的?|普通的?)?(?P<ref>{SLOT})(?:的[^\ue000-\uf8ff,，的]{{0,6}}|[^\ue000-\uf8ff,，的]{{0,4}})?的?\s?(?P<amount>[\d.]+\s?倍|[一两二三四五六七八九十百千万几数上]+倍|[一二三四五六七八九十百千万几数]+分之[一二三四五六七八九十几]+|\d+/\d+|百分之[零一二三四五六七八九十百]+|[\d.]+\s?[%％]|一半)"
)
_MORE = re.compile(r"更加|更为|更|还要|较为|比较|相对|较|明显|远")
_IS_ONE = re.compile(r"是一[台种个款类](?!\ue000-\uf8ff)")
_VERSUS = re.compile(
    rf"(?P<a>{SLOT})(?:技术)?(?:和|与|跟|及|vs\.?|对比)(?P<b>{SLOT})[^\ue000-\uf8ff]{{0,6}}(?:区别|差别|不同|对比|比较|差异|介绍|$)"
)
_PLACE = re.compile(r"(?:在|从|对)[^,，在从]{0,12}?(?:上|方面|中|里|来说|而言)")
_OWNED = re.compile(rf"(?P<owner>{SLOT})[^\ue000-\uf8ff,，]{{0,6}}的[^\ue000-\uf8ff,，]{{0,6}}{SLOT}[^\ue000-\uf8ff,，]{{0,4}}$")
_DENSER = re.compile(rf"(?:承载|部署|运行|容纳|跑|启动)(?:数量)?更多的?(?:数量的?)?(?P<what>{SLOT})")
_ASPECT_WORDS = frozenset("启动 创建 迁移 隔离 部署 停止 运行 管理 资源".split())
_SAVING = frozenset("节省 节约 省 更省".split())
_NO_PREDICATE = re.compile(r"量|型|家|数|部分|多数|概|小公司|规模|样|的?(?:优势|差距|差别|区别|程度|影响|提升|意义|问题)")
_ALIKE = re.compile(
    rf"(?P<a>{SLOT})(?:和|与|跟|同)(?P<b>{SLOT})[^\ue000-\uf8ff,，]{{0,10}}?(?:一样|同样|相当|差不多|没有(?:本质|明显|可见|太大)的?(?:差别|区别|不同))"
)
_ADVANTAGE = re.compile(r"(?:有|具有|占)[^,，]{0,6}(?P<word>优势)|更有(?P<word2>优势)|占优|占上风|更胜一筹|略胜一筹|领先")
_ALIKE_TO = re.compile(
    rf"(?:与|和|跟|同)(?P<b>{SLOT})(?:相比)?[^\ue000-\uf8ff,，]{{0,4}}?(?:没有(?:本质|明显|可见|太大|多大|什么)的?(?:差别|区别|不同)|相当|持平|相同|一致|接近|相近|几乎一样|完全一样|不相上下|相差无几|相差不大|差不多|旗鼓相当)|(?:接近|等同于?|相当于|不亚于|不逊于|不输|媲美|堪比|不低于|追平)(?P<b2>{SLOT})(?P<tail>的?(?:原生|本机|裸机)?的?(?:性能|速度|水平|效率|表现|{SLOT})?)$"
)
_USING = re.compile(rf"(?:直接|单独)?(?:使用|采用|选择|运行|用)(?P<what>{SLOT})的")  # 直接使用 containerd 的层次更少
_TAKES = re.compile(
    r"[多少](?:的|(?:占用?|消耗|用|花费?|需要)(?:了|掉)?[^,，]{0,6}?)(?:系统|硬件)?(?P<what>资源|内存|空间|磁盘)"
)  # 占用更少的内存
_SET_BESIDE = re.compile(r"(?:不如|没有|不及|比不上|比|较)$")  # a concept stands here, and what it has more of behind it
# 比容器占内存, 占用更多内存, 占的内存比容器多: the resource is a concept of its own
_CONSUMES = re.compile(
    rf"(?P<verb>占用?|吃|耗费?|费|消耗|节省|节约|省|使用|用|需要)(?:了|掉|的)?(?:(?P<degree>更|较|最)?(?P<how>[多少]))?的?(?:系统|硬件)?(?P<what>{SLOT})"
    rf"(?:空间|资源)?(?:(?:通常|往往|一般|也|都|还|要)*(?:(?:比|较)[^,，]*?)?(?:更|较|也|还|要|明显|远)*(?P<behind>[多少大小高低]))?"
)
_SAVES = frozenset(("节省", "节约", "省"))
_TAKES_ALONE = frozenset(("占", "占用", "吃", "耗", "费", "耗费", "消耗", *_SAVES))  # verbs that say that it is much, or little
_RESOURCES = {
    "memory": "资源占用", "cpu": "资源占用", "compute_resource": "资源占用", "hardware_resource": "资源占用", "disk": "磁盘占用",
    "storage": "磁盘占用",
}  # fmt: skip
_MORE_HELD = re.compile(
    rf"(?:容纳|运行|承载|部署|支持|启动)的(?P<a>{SLOT})[^\ue000-\uf8ff,，]{{0,4}}比(?P<b>{SLOT})[^\ue000-\uf8ff,，]{{0,4}}多"
)
_HEAD_OF_REFERENCE = re.compile(rf"[^\ue000-\uf8ff,，]{{1,6}}的(?P<head>{SLOT})")
_ATTRIBUTE = re.compile(
    rf"(?:而且|并且|但是?|也|且)?(?P<what>{SLOT})[^\ue000-\uf8ff的]{{0,3}}(?:更|较|比较)"
)  # 系统调用更慢 says it of who has them
# 虚拟机退出的代价更大: a noun that is no aspect is what is compared
_OTHER_NOUN = re.compile(r"的(?!.*的)(?![^,，]*速度)[\u3400-\u9fff]{2,6}?(?:一般|通常|往往|可能|也|都|会|要)*(?:比|更|较|远|明显)")
_FRAME = re.compile(r"(?:而|但|所以)?(?:在|从|就)[^,，]+(?:上|方面|中|里|来说|而言|看)$")
# words that hold the sign of a comparison without comparing
_IN_WORD = re.compile(
    r"大[小概多量型约]|大规模|大部分|[多少]数|多[个种台次租样方]|高[度频级]|高性能|长期|快[照递]|强[制调化]|重[新要启试定建复]|轻松|[好]处|差[别距异]|调优|优[化点先势秀]|[最占]优|缩小|[很许最至不]多|[不至最]少"
)
_OF_UNDERSTANDING = re.compile(r"(?:也|就)是?(?:比较|很)?(?P<word>容易)(?:理解|想到|看出|想象)的$")  # 利用率低也是容易理解的
_SET_AGAINST = re.compile(r"(?:而|但)?(?:相比之下|相较之下|相对而言|与之相比|反观|对比之下|比较起来|与此相比)[,，]?")
_ONLY_WITH_MORE = frozenset("隔离 完全 彻底 严格".split())
_MAY = re.compile(r"可能|也许|未必|不一定|有时|往往不")
_RESTRICTED = re.compile(rf"(?:^|[比较，,])[^\ue000-\uf8ff,，的]{{4,}}的{SLOT}")
_OWNER = re.compile(
    rf"(?:但是?|而|且|而且)?(?P<owner>{SLOT})的[^\ue000-\uf8ff,，的]{{0,4}}{SLOT}[^\ue000-\uf8ff,，的]{{0,4}}(?:更|较|比较)"
)
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
_OWN_MEASURE = re.compile(r"的?(?:原生|本机|裸机)?(?:性能|速度|成本|时间|开销|体积)")
_LAYERS = re.compile(r"(?P<word>[多少])了?[一两三几]层")  # 虚拟机多了一层操作系统
_NO_ASPECTS = frozenset(("比例", "时间", "体积"))  # what a number measures when nothing tells
_VAGUE = frozenset("高 低 多 少 大 小 快 慢 强 弱 好 差".split())
_AMOUNT = re.compile(r"(?:得多|很多|许多|数量级|几倍|数倍|[\d一二三四五六七八九十几数]+倍|一点|一些|略|稍|明显|显著|大大|远)")


@dataclass(frozen=True, slots=True)
class _Predicate:
    word: str
    sign: int
    implied: str
    default: str


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
        made = [*_in_sentence(reading, topic, against, domain, properties, numbers), *by_numbers(numbers), *_across(before, numbers)]
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


def _across(before: Sequence[Quantity], numbers: Sequence[Quantity]) -> Iterator[Comparison]:
    """虚拟机启动要几分钟。容器启动要几秒。 Numbers of one aspect that two sentences in a row give for two things."""
    for earlier in before:
        for later in numbers:
            if earlier.aspect not in _NO_ASPECTS - {"体积"}:
                yield from (replace(comparison, confidence=0.65) for comparison in by_numbers([earlier, later]))


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
            if text[end : match.end] in _words() and text[match.start : end] in named:
                return Match(match.start, end, named[text[match.start : end]])
    return match


def _in_sentence(
    reading: Reading, topic: Topic, against: dict[str, str], domain: Domain, properties: frozenset[str], quantities: Sequence[Quantity]
) -> Iterator[Comparison]:
    clauses = clauses_of(reading, verbs=_ASPECT_WORDS | frozenset(_words()))
    reference = _superlative(clauses)
    side: tuple[str, ...] = ()  # who is compared with the reference
    own = False  # whether the sentence itself names that side
    before: tuple[str, ...] = ()  # whom the clause before speaks of
    settled = False  # whether that is named beside the reference, or only carried from the text before
    framed: list[str] = []  # aspects of 在启动速度上, for the clause behind it
    for one, other in zip(clauses, clauses[1:], strict=False):  # 虚拟机更重，容器更轻
        pair = (leading(one, properties), leading(other, properties))
        if all(len(lead) == 1 and lead[0] not in properties for lead in pair) and pair[0] != pair[1] and _MORE.search(one.slots):
            if _MORE.search(other.slots):
                against |= {pair[0][0]: pair[1][0], pair[1][0]: pair[0][0]}
    for number, clause in enumerate(clauses):
        for match in _VERSUS.finditer(clause.slots):
            a, b = clause.concept(match["a"]), clause.concept(match["b"])
            if not {a, b} & properties and a != b:
                against[a], against[b] = b, a
        if reading.piece.is_heading:
            continue
        subjects = topic.enter_clause(clauses, number, properties)
        named, cut = _reference(clause, properties)
        if named is not None:
            reference = named
            spoken = _before(clause, cut, properties) or tuple(q.subject for q in quantities if q.subject != named)[:1] or subjects
            subjects = tuple(id_ for id_ in spoken if id_ != named) or _partner(subjects, named, against)
            own = bool(_before(clause, cut, properties) or leading(clause))
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
        numbers = [q.aspect for q in quantities if q.aspect in domain.aspects and q.aspect not in _NO_ASPECTS]
        yield from _denser(reading, clause, reference, against)
        yield from _consuming(reading, clause, subjects, reference, named is not None)
        yield from _worse(reading, clause, subjects, framed, domain)
        yield from _unlike(reading, clause, subjects, domain, properties)
        yield from _in_face_of(reading, clause, subjects, framed or numbers[:1], domain)
        yield from _times(reading, clause, subjects, framed, domain, properties)
        yield from _equal(reading, clause, domain, properties)
        yield from _alike(reading, clause, subjects, numbers, domain, properties)
        yield from _layers(reading, clause, subjects, reference)
        yield from _advantages(reading, clause, subjects, reference, against, framed, domain)
        yield from _stated(reading, clause, subjects, reference, named is not None, against, domain, framed or numbers[:1])
        if _FRAME.match(clause.slots):
            framed = [aspect for _, _, aspect, _ in _named_aspects(clause.text(), domain)][:1]


def _reference(clause: Clause, properties: frozenset[str]) -> tuple[str | None, int]:
    """What the clause compares with, and where (index into its slots)."""
    if not clause.matches:
        return None, 0
    for match in _THAN.finditer(clause.slots):
        return clause.concept(match["ref"]), match.start()
    for match in _WORSE.finditer(clause.slots):
        if match["rest"] and any(word in match["rest"] for word in _words()):
            return clause.concept(match["ref"]), match.start()
    for match in _REFERENCE.finditer(clause.slots):
        word = match.group()
        head = _HEAD_OF_REFERENCE.match(clause.slots, match.end("ref"))
        if word.startswith(("相", "比起")) and head and clause.concept(head["head"]) not in properties:
            return clause.concept(head["head"]), match.start()
        if word.startswith(_WITH_TAIL) and not match["tail"]:
            continue
        if clause.concept(match["ref"]) not in properties and not clause.slots[match.end("ref") :].startswith("的" + "一"):
            return clause.concept(match["ref"]), match.start()
    return None, 0


def _before(clause: Clause, cut: int, properties: frozenset[str]) -> tuple[str, ...]:
    """The concept right before 比, but not one inside 在…上; of 虚拟机占用的内存 the owner."""
    stretch = _PLACE.sub(lambda match: "·" * len(match.group()), clause.slots[:cut])
    owner = _OWNED.search(stretch)
    if owner:
        return clause.concepts(owner["owner"])
    near = [clause.concept(character) for character in stretch[-12:] if is_slot(character)]
    return tuple(id_ for id_ in near if id_ not in properties)[-1:]


def _superlative(clauses: Sequence[Clause]) -> str | None:
    """服务器是一台性能更高、计算能力更强的电脑: what it is one of is what it is compared with."""
    if not any([_IS_ONE.search(clause.slots) and _MORE.search(clause.slots) for clause in clauses if "是" in clause.characters]):
        return None
    last = clauses[-1].slots.rstrip()
    return clauses[-1].concept(last[-1]) if last and is_slot(last[-1]) and "的" in last else None


def _worse(reading: Reading, clause: Clause, subjects: tuple[str, ...], framed: Sequence[str], domain: Domain) -> Iterator[Comparison]:
    """容器的隔离性不如虚拟机, 性能胜过它: worse or better in the aspect named, which is less of some."""
    worse = _WORSE.search(clause.slots)
    match = worse or _BETTER.search(clause.slots)
    if match is None or (worse is not None and any(word in worse["rest"] for word in _words())):
        return
    named = [aspect for _, _, aspect, _ in _named_aspects(clause.text(0, match.start()), domain)][-1:] or list(framed)
    holds = not negated(clause.slots[max(0, match.start() - 3) : match.start()])
    for aspect in named if holds else ():
        for subject in subjects:
            better = domain.aspects[aspect].better
            if subject != clause.concept(match["ref"]) and better is not None:
                direction: Direction = "b_more" if (better == "more") == (worse is not None) else "a_more"
                yield _made(reading, clause, subject, clause.concept(match["ref"]), aspect, direction, "worse" if worse else "better", 0.75)


def _unlike(
    reading: Reading, clause: Clause, subjects: tuple[str, ...], domain: Domain, properties: frozenset[str]
) -> Iterator[Comparison]:
    """容器不像虚拟机那样占内存: less of it than the other."""
    match = _UNLIKE.search(clause.slots) if "像" in clause.characters else None
    if match is None:
        return
    other, rest = clause.concept(match["ref"]), clause.text(match.start("rest"), match.end("rest"))
    ahead = clause.text(0, match.end("ref"))
    less: dict[str, int] = {}  # aspect → the sign of what the other has
    if _TAKES_TIME.search(rest):
        less |= {aspect: -1 for _, _, aspect, _ in _named_aspects(ahead, domain)[-1:] if domain.aspects[aspect].reversed_names}
    elif _TAKES_MUCH.search(rest):
        resources = [_RESOURCES[id_] for id_ in clause.concepts(match["rest"]) if id_ in _RESOURCES] or ["资源占用"] * ("资源" in rest)
        less |= dict.fromkeys(resources, 1)
    predicate = _predicate_pattern().search(rest) if not less else None
    if predicate is not None:
        word = _words()[predicate.group()]
        named = [aspect for _, _, aspect, _ in _named_aspects(rest[: predicate.start()] or ahead, domain)][-1:]
        less |= dict.fromkeys([word.implied] if word.implied else named or [word.default] * bool(word.default), word.sign)
    named_before = tuple(id_ for id_ in clause.concepts(clause.slots[: match.start()]) if id_ not in properties)
    for aspect, sign in less.items():
        for subject in named_before[:1] or subjects:
            if subject != other:
                yield _made(reading, clause, subject, other, aspect, "b_more" if sign > 0 else "a_more", "unlike", 0.7)


def _in_face_of(
    reading: Reading, clause: Clause, subjects: tuple[str, ...], spoken_of: Sequence[str], domain: Domain
) -> Iterator[Comparison]:
    """启动速度在容器面前相形见绌: worse in the aspect that is spoken of."""
    match = _IN_FACE_OF.search(clause.slots) if "面" in clause.characters else None
    if match is None:
        return
    other = clause.concept(match["ref"])
    for aspect in [aspect for _, _, aspect, _ in _named_aspects(clause.text(0, match.start()), domain)][-1:] or spoken_of[:1]:
        better = domain.aspects[aspect].better
        for subject in subjects if better is not None else ():
            if subject != other:
                yield _made(reading, clause, subject, other, aspect, "b_more" if better == "more" else "a_more", "in_face_of", 0.65)


def _times(
    reading: Reading, clause: Clause, subjects: tuple[str, ...], framed: Sequence[str], domain: Domain, properties: frozenset[str]
) -> Iterator[Comparison]:
    """容器的启动时间是虚拟机的十分之一: how many times as much one is of the other."""
    match = _TIMES.search(clause.slots)
    if match is None or clause.concept(match["ref"]) in properties:
        return
    other = clause.concept(match["ref"])
    found = _named_aspects(clause.text(0, match.start()), domain)[-1:] or _named_aspects(clause.text(match.end("ref")), domain)[:1]
    aspects = [(aspect, flipped) for _, _, aspect, flipped in found] or [(aspect, False) for aspect in framed]
    less = re.search(r"分之|/|[%％]|一半|^0", match["amount"]) is not None
    if re.match(r"的?(?:时间|耗时|时长)", clause.text(match.end())):  # 启动只要虚拟机的百分之一的时间
        aspects = [(aspect, True) for aspect, _ in aspects if domain.aspects[aspect].reversed_names]
    named = tuple(id_ for id_ in clause.concepts(clause.slots[: match.start()]) if id_ not in properties and id_ != other)
    for aspect, flipped in aspects:
        for subject in named[-1:] or subjects:
            if subject != other:
                direction: Direction = "b_more" if less != flipped else "a_more"
                yield replace(_made(reading, clause, subject, other, aspect, direction, "times", 0.7), amount=match["amount"])


def _equal(reading: Reading, clause: Clause, domain: Domain, properties: frozenset[str]) -> Iterator[Comparison]:
    """容器和虚拟机一样安全; 在计算性能上Docker与LXC没有本质差别."""
    match = _ALIKE.search(clause.slots)
    if match is None:
        return
    a, b = clause.concept(match["a"]), clause.concept(match["b"])
    predicate = _predicate_pattern().match(clause.slots, match.end())
    named = _named_aspects(clause.text(0, match.start()) + clause.text(match.end("b"), match.end()), domain)
    word = _words()[predicate.group()] if predicate else None
    aspect = (word.implied or word.default) if word and not named else (named[-1][2] if named else "")
    if aspect and a != b and not {a, b} & properties:
        yield _made(reading, clause, a, b, aspect, "equal", "equal", 0.7)


def _alike(
    reading: Reading, clause: Clause, subjects: tuple[str, ...], numbers: Sequence[str], domain: Domain, properties: frozenset[str]
) -> Iterator[Comparison]:
    """容器的计算性能接近物理机; Docker 的平均值是 290.9 GFLOPS,与物理机没有可见的差别."""
    match = _ALIKE_TO.search(clause.slots.rstrip("。 "))
    both = _ALIKE.search(clause.slots)
    if match is None or (both is not None and clause.concept(both["a"]) not in properties):
        return
    other = clause.concept(match["b"] or match["b2"])
    told = [match.start()] if match["tail"] is None else [match.start(), match.start("tail")]
    stretches = (clause.text(0, told[0]), clause.text(told[-1]) if len(told) > 1 else "")
    named = [aspect for stretch in stretches for _, _, aspect, _ in _named_aspects(stretch, domain)[-1:]][:1] or numbers[:1]
    for aspect in named:
        for subject in subjects:
            if subject != other and not {subject, other} & properties:
                yield _made(reading, clause, subject, other, aspect, "equal", "alike", 0.6)


def _layers(reading: Reading, clause: Clause, subjects: tuple[str, ...], reference: str | None) -> Iterator[Comparison]:
    match = _LAYERS.search(clause.slots) if reference is not None else None
    if match is not None and reference is not None and not negated(clause.slots[max(0, match.start() - 3) : match.start()]):
        for subject in subjects:
            if subject != reference:
                direction: Direction = "a_more" if match["word"] == "多" else "b_more"
                yield _made(reading, clause, subject, reference, "抽象层数", direction, "layers", 0.65)


def _made(
    reading: Reading, clause: Clause, a: str, b: str, aspect: str, direction: Direction, found_by: str, confidence: float
) -> Comparison:
    text = reading.text[clause.start : clause.end]
    span = reading.piece.mapped.original(clause.start, clause.end)
    return Comparison(
        reading.piece.sentence.id, span, a, b, aspect, direction, hedge=hedge_in(text), found_by=found_by, confidence=confidence
    )


def _advantages(
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
    for aspect in [aspect for _, _, aspect, _ in _named_aspects(clause.text(0, match.start()), domain)] or framed:
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


def _denser(reading: Reading, clause: Clause, reference: str | None, against: dict[str, str]) -> Iterator[Comparison]:
    """单个操作系统能够承载更多的容器: density of what there is more of."""
    for match in _MORE_HELD.finditer(clause.slots):
        yield _made(reading, clause, clause.concept(match["a"]), clause.concept(match["b"]), "密度", "a_more", "denser", 0.7)
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


def _consuming(reading: Reading, clause: Clause, subjects: tuple[str, ...], reference: str | None, named: bool) -> Iterator[Comparison]:
    """虚拟机比容器占内存, 容器占的磁盘更少: how much of a resource each takes."""
    for match in _CONSUMES.finditer(clause.slots) if reference is not None else ():
        aspect, saves = _RESOURCES.get(clause.concept(match["what"])), match["verb"] in _SAVES
        degree = match["how"] or match["behind"]
        if aspect is None or (degree is None and not (named and match["verb"] in _TAKES_ALONE)):
            continue
        if negated("".join(c for c in clause.slots[max(0, match.start() - 4) : match.start()] if not is_slot(c))):
            continue
        less = saves if degree is None else degree in "少小低"
        for subject in subjects:
            if reference is not None and subject != reference:
                yield _made(reading, clause, subject, reference, aspect, "b_more" if less else "a_more", "consuming", 0.7)


def _partner(subjects: tuple[str, ...], named: str, against: dict[str, str]) -> tuple[str, ...]:
    return (against[named],) if named in subjects and named in against else tuple(id_ for id_ in subjects if id_ != named)


def _stated(
    reading: Reading,
    clause: Clause,
    subjects: tuple[str, ...],
    reference: str | None,
    named: bool,
    against: dict[str, str],
    domain: Domain,
    spoken_of: Sequence[str],
) -> Iterator[Comparison]:
    """`spoken_of`: aspects that the text before named, for a predicate that names none."""
    start = 0
    than = _THAN.search(clause.slots)
    text = reading.text[clause.start : clause.end]
    masked = [match.span() for match in _IN_WORD.finditer(clause.slots)]
    understood = _OF_UNDERSTANDING.search(clause.slots.rstrip("。 "))
    for match in _predicate_pattern().finditer(clause.slots):
        if understood is not None and match.start() == understood.start("word"):
            continue
        if len(match.group()) == 1 and any(begin <= match.start() < end for begin, end in masked):
            continue
        predicate = _words()[match.group()]
        before = clause.slots[start : match.start()]
        strong = match.group() in _SAVING or _MORE.search(clause.slots[max(start, match.start() - 8) : match.start()]) is not None
        is_than = than is not None and than.start() == match.start()
        if not (strong or named or is_than or reference is not None) or (match.group() in _ONLY_WITH_MORE and not strong):
            continue
        other = reference or next((against[id_] for id_ in subjects if id_ in against), None)
        if other is None or _NO_PREDICATE.match(clause.slots, match.end()):
            continue
        aspects = _aspects(clause, start, match.start(), predicate, domain, spoken_of)
        start = match.end()
        worse = _WORSE.search(clause.slots) is not None
        denied = negated("".join(c for c in before[-4:] if not is_slot(c)))
        if denied and not worse:
            continue
        for aspect, flipped in aspects:
            sign = predicate.sign * (-1 if flipped else 1) * (-1 if worse else 1)
            direction: Direction = "a_more" if sign > 0 else "b_more"
            amount = _AMOUNT.search(text)
            for subject in subjects:
                yield Comparison(
                    reading.piece.sentence.id,
                    reading.piece.mapped.original(clause.start, clause.end),
                    subject,
                    other,
                    aspect,
                    direction,
                    amount=amount.group() if amount else None,
                    hedge=hedge_in(text),
                    found_by="named" if named else ("carried" if reference else "partner"),
                    confidence=(0.8 if named else (0.65 if reference else 0.5))
                    * (0.4 if is_reported(text) else 1.0)
                    * (0.4 if _is_of_some(clause.slots) else 1.0),
                )


def _is_of_some(slots: str) -> bool:
    """配置严格的容器可能比长期不更新的虚拟机更安全: what may hold of some of them says nothing of all."""
    return bool(_MAY.search(slots)) and bool(_RESTRICTED.search(slots))


def _aspects(
    clause: Clause, start: int, end: int, predicate: _Predicate, domain: Domain, spoken_of: Sequence[str]
) -> list[tuple[str, bool]]:
    """Aspect ids named around the predicate (all that 和/、 join) and whether each is named in reverse; else what the word implies."""
    if predicate.implied:
        return [(predicate.implied, False)]
    ahead = _named_aspects(clause.text(start, end), domain)
    if ahead and predicate.word not in _SAVING:
        return _joined_aspects(ahead, clause.text(start, end), last=True)
    behind_text = clause.text(end, min(len(clause.slots), end + 24))
    if clause.slots[end + len(predicate.word) :][:1] == "、":
        behind_text = ""  # 更快、价格更贵: what is told next
    takes = _TAKES.match(behind_text)
    if takes and re.search("占用?|消耗|使用|需要|用|花", clause.slots[start:end] + takes.group()):
        behind_text = "占用" + takes["what"]
    behind = _named_aspects(behind_text, domain)
    if behind:
        return _joined_aspects(behind, behind_text, last=False)
    if _OTHER_NOUN.search(clause.slots[start:end]):
        return []
    if spoken_of and predicate.word in _VAGUE:
        return [(spoken_of[0], False)]
    return [(predicate.default, False)] if predicate.default else []


def _named_aspects(text: str, domain: Domain) -> list[tuple[int, int, str, bool]]:
    rows = tuple(domain.aspects.values())
    return [(m.start(), m.end(), *_aspect_names(rows)[m.group()]) for m in _aspect_pattern(rows).finditer(text)]


def _joined_aspects(found: list[tuple[int, int, str, bool]], text: str, *, last: bool) -> list[tuple[str, bool]]:
    """The last (or first) aspect named, with those that 和, 、 or 以及其他 join to it."""
    order = found[::-1] if last else found
    chosen = [order[0]]
    for item in order[1:]:
        left, right = (item, chosen[-1]) if last else (chosen[-1], item)
        if not re.fullmatch(r"(?:速度|时间|能力)?(?:[和与及、或]|以及){1,2}(?:其他|其它)?", text[left[1] : right[0]]):
            break
        chosen.append(item)
    return list(dict.fromkeys((aspect, flipped) for _, _, aspect, flipped in chosen))


def aspect_named(text: str, domain: Domain) -> tuple[str, bool] | None:
    """The aspect that a text names last, and whether in reverse (启动时间 is 启动速度 reversed)."""
    named = _named_aspects(text, domain)
    return (named[-1][2], named[-1][3]) if named else None


def by_numbers(quantities: Sequence[Quantity]) -> Iterator[Comparison]:
    """虚拟机要数分钟,容器只要数毫秒: the later, smaller time is the faster start."""
    for index, first in enumerate(quantities):
        for second in quantities[index + 1 :]:
            if first.aspect != second.aspect or first.subject == second.subject:
                continue
            one, two = in_base_unit(first.low, first.high, first.unit), in_base_unit(second.low, second.high, second.unit)
            if one is None or two is None or one[0] != two[0] or one[0] not in ("time", "size"):
                continue
            if one[1] > two[2] or two[1] > one[2]:
                first_larger = one[1] > two[2]
                more = first_larger if one[0] == "size" else not first_larger
                together = first.sentence_id == second.sentence_id
                span = (min(first.span[0], second.span[0]), max(first.span[1], second.span[1])) if together else first.span
                yield Comparison(
                    first.sentence_id,
                    span,
                    first.subject,
                    second.subject,
                    first.aspect,
                    "a_more" if more else "b_more",
                    found_by="numbers",
                    confidence=0.75,
                )


# ---------------------------------------------------------------- tables


@cache
def _words() -> dict[str, _Predicate]:
    text = resources.files("ingest").joinpath("data/predicates.tsv").read_text(encoding="utf-8")
    rows = ([*line.split("\t"), "", ""][:4] for line in text.splitlines() if line and not line.startswith("#"))
    return {word: _Predicate(word, 1 if sign == "+" else -1, implied, default) for word, sign, implied, default in rows}


@cache
def _predicate_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(_words(), key=len, reverse=True)))


@lru_cache(maxsize=4)
def _aspect_names(aspects: tuple[Aspect, ...]) -> dict[str, tuple[str, bool]]:
    named: dict[str, tuple[str, bool]] = {}
    for aspect in aspects:
        for name in aspect.names:
            named.setdefault(name, (aspect.id, False))
        for name in aspect.reversed_names:
            named.setdefault(name, (aspect.id, True))
    return named


@lru_cache(maxsize=4)
def _aspect_pattern(aspects: tuple[Aspect, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(_aspect_names(aspects), key=len, reverse=True)))
