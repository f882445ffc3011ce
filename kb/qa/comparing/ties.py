"""What ties things together: sentences in which the one acts on, with or for the other, rather than standing beside it in a list.

「libvirt 根据 XML 生成 QEMU 的命令行」 ties libvirt to QEMU, 「KVM 负责加速，QEMU 负责设备模型」 ties the two by what each of them does;
「系统由 hypervisor、Dom0 和若干 DomU 组成」 only names them in one breath.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from kb.language.regex import regex
from kb.language.sentences import split_clauses
from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import hearsay
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import alike
from kb.qa.sources import Sources
from kb.records import Sentence, Span

_JOINT = regex(r"\s*(?:以及|或者|[、和与跟及或/])\s*")
_ENDS_IN_JOINT = regex(r"(?:以及|或者|[、和与跟及或/])\s*$")
_LISTED = regex(r"\s*、")
_BREAK = regex(r"[,，;；。:：]")
_EXAMPLE = regex(r"(?:比如|例如|譬如|诸如|像|如|包括)\s*$")  # 大多数容器技术，比如 Docker，基于…: what is said of all is said of it
_AFTER_EXAMPLE = regex(r"^\s*等?\s*[,，]")
_BRACKETS = regex(r"\s*[(（][^()（）]*[)）]")
_MUTUAL = regex(
    r"\s*(?:是相对|互为|之间|一起|共同|相互|互相|互补|配合|协作|合作|通信|交互|共享|的关系|不是同一"
    r"|(?:可以|能|一般|基本)*(?:理解为|看[成作]|视为|认为是|是|算)?(?:等价|等同|同义|一回事|同一))"
)
_DIVIDES = regex(r"\s*(?:则|只|主要|本身)?\s*(?:负责|决定|管|限制|提供|处理|完成|承担)")
_NAMES_RELATION = regex(
    r"关系(?:类似|相当|就?像|是|很)|分工|建立在|之上|的一部分|相当于|好比|是相对|等价|等同于|同义|包含(?:和|与)被包含|统称"
)
_POINTS_BACK, _CONCLUDES = regex(r"^(?:这|那|该|此|其)"), regex(r"^(?:因此|所以|于是)")
_WEIGHS = regex(r"[优缺]点|优势|劣势|代价|(?<![对相])比(?!如)[^,，]{1,24}更|相比")
# 顺便讲一下…: what is told comes behind it
_ANNOUNCES = regex(r"(?:下面|这里|接下来|本文|顺便|我们)[^,，]{0,8}(?:来看|看看|讲一?[讲下]|说一?[说下]|介绍|分析一?下|对比一?下)")
_UNDER_CONDITION = regex(r"^(?:如果|若|当|需要|要|想)|(?:时|的话|的团队|的用户)[,，]")
_ONE_BREATH = 0.3  # worth of a sentence that only lists the two
_MUTUALLY = 0.9
_OF_IT, _PART_OF_IT = 0.4, 0.85  # A 的 B, A 的请求到 B
_ACTS, _ACTS_BY_THE_WAY, _IN_A_LIST = 1.0, 0.9, 0.6
_EACH_ITS_PART, _SIDE_BY_SIDE, _GOES_ON, _APART = 0.95, 0.75, 0.8, 0.5
_NO_PREDICATE = 6  # characters behind a joint at the most in 「Dom0 和若干 DomU」
_FAR = 200  # characters at which two names are too far apart to be tied
_CLAIMED, _NAMED_SO, _OPENS, _OF_THEM = 0.3, 1.25, 1.1, 1.1
_BY_TITLE, _BY_HEADING = 0.62, 0.1
_POINTING = 0.6  # worth of a sentence that begins with 这 or 因此
_LONG, _TOO_LONG, _SUPPOSED, _WEIGHED, _SAID_BY_OTHERS = 140, 0.8, 0.85, 0.75, 0.6
_SAYS_LITTLE, _SAYS_ENOUGH = 0.3, 36  # share that the shortest sentence loses; characters of one that loses nothing
TIED = 0.6  # worth of a sentence from which it says what the two have to do with each other
HARDLY = 0.45  # the same, from which it may be told where none says more


@dataclass(frozen=True, slots=True)
class Tie:
    """`of`: the numbers of the things that the sentence ties; `worth` from 0, above `TIED` it says what they have to do with each other;
    `each`: a clause of its own tells of each of two.
    """

    sentence: Sentence
    of: frozenset[int]
    worth: float
    each: bool = False


def ties(things: Sequence[Thing], sources: Sources, claimed: Mapping[str, float]) -> tuple[Tie, ...]:
    """Every sentence that names two of the things, best first; `claimed`: sentence id → how surely it states a relation of two of them."""
    index = index_of(sources)
    things = [_with_daemon(thing, things, sources) for thing in things]
    found: dict[str, Tie] = {}
    for pair in combinations(range(len(things)), 2):
        one, other = (things[number] for number in pair)
        pattern = _pattern(one, other)
        for id_ in _naming(one, index) & _naming(other, index):
            sentence = index.sentences[id_]
            close, each = tied(index.folded[id_], pattern)
            worth = close * _setting(sentence, index, (one, other), claimed.get(id_, 0.0))
            if worth <= 0:
                continue
            before = found.get(id_)
            of = frozenset(pair) | (before.of if before and min(before.worth, worth) >= TIED else frozenset())
            if before is None or worth > before.worth or of > before.of:
                found[id_] = Tie(sentence, of, max(worth, before.worth if before else 0.0), each or (before is not None and before.each))
    return tuple(sorted(found.values() or _under_its_name(things, index), key=lambda tie: (-tie.worth, tie.sentence.id)))


def _under_its_name(things: Sequence[Thing], index: Index) -> list[Tie]:
    """Sentences that begin with one of the things in an article on another, where none names both: 「etcd 保存集群的全部状态」 under Kubernetes."""
    found: list[Tie] = []
    for pair in permutations(range(len(things)), 2):
        over, thing = (things[number] for number in pair)
        for id_ in index.by_concept.get(thing.concept or "", ()):
            sentence = index.sentences.get(id_)
            titled = index.title_concepts.get(id_, frozenset())
            if sentence is None or over.concept not in titled or thing.concept in titled or hearsay(sentence.text):
                continue
            headed = thing.concept in index.heading_concepts.get(id_, ())
            if _opens(index.folded[id_], thing) and (headed or len(titled) == 1):
                found.append(Tie(sentence, frozenset(pair), _BY_TITLE + _BY_HEADING * headed))
    return found


def without_names(text: str, things: Sequence[Thing]) -> str:
    """What a folded sentence says of the things, whatever they are called."""
    return re.sub("|".join(re.escape(name) for name in sorted({n for t in things for n in t.names}, key=len, reverse=True)), "", text)


def joining_all(things: Sequence[Thing], found: Sequence[Tie], *, most: int) -> tuple[Tie, ...]:
    """The fewest of the ties that bring in each of the things, in the order of the things; what remains open stays so."""
    chosen: list[Tie] = []
    told: set[int] = set()
    left = [tie for tie in found if tie.worth >= TIED]
    while left and len(chosen) < most and len(told) < len(things):
        best = max(left, key=lambda tie: tie.worth * (len(tie.of - told) + 0.2 * bool(tie.of & told)))
        if not best.of - told:
            break
        chosen.append(best)
        told |= best.of
        left = [tie for tie in left if tie is not best and not alike(tie.sentence.text, best.sentence.text)]
    return tuple(sorted(chosen, key=lambda tie: min(tie.of)))


def tied(text: str, pattern: re.Pattern[str]) -> tuple[float, bool]:
    """How closely a folded sentence ties two things, in [0, 1], and whether a clause of its own tells of each; `pattern` finds their names,
    in groups whose names begin with a and b.
    """
    places = [(match.span(), (match.lastgroup or "")[:1]) for match in pattern.finditer(text)]
    starts = [start for start, _ in split_clauses(text)]
    best, each = 0.0, False
    for number, (second, other) in enumerate(places):
        for first in _before(places[:number], other):
            near = 1 - min(_FAR, second[0] - first[1]) / _FAR / 2
            worth = _between(text, first, second, starts)
            best, each = max(best, worth * near), each or worth in (_EACH_ITS_PART, _SIDE_BY_SIDE)
    return best, each


def _before(places: Sequence[tuple[Span, str]], thing: str) -> list[Span]:
    """Where the other thing was last named, by every name in a row: 「SFTP，或 SSH 文件传输协议，是…」."""
    found: list[Span] = []
    for span, one in reversed(places):
        if one != thing:
            found.append(span)
        elif found:
            break
    return found


def _between(text: str, first: Span, second: Span, starts: Sequence[int]) -> float:
    between = _BRACKETS.sub("", text[first[1] : second[0]])
    opens, opens_too = (
        any(start <= span[0] and not text[start : span[0]].strip(" 而但则") for start in starts) for span in (first, second)
    )
    if _EXAMPLE.search(text[: first[0]]):
        between = _AFTER_EXAMPLE.sub("", between)
    if _BREAK.search(between):
        if opens and opens_too:
            return _EACH_ITS_PART if _DIVIDES.match(between) and _DIVIDES.match(text[second[1] :]) else _SIDE_BY_SIDE
        return _GOES_ON if opens else _APART
    joint = _JOINT.match(between)
    if joint and len(between[joint.end() :].strip()) <= _NO_PREDICATE:
        return _MUTUALLY if _MUTUAL.match(text[second[1] :]) else _ONE_BREATH
    if between.strip() in ("", "的", "里的", "中的"):
        return _OF_IT
    if joint or _ENDS_IN_JOINT.search(between) or _LISTED.match(text[second[1] :]):
        return _IN_A_LIST
    return (_ACTS if opens else _ACTS_BY_THE_WAY) * (_PART_OF_IT if between.startswith("的") else 1.0)


def _setting(sentence: Sentence, index: Index, pair: tuple[Thing, Thing], claimed: float) -> float:
    """What else speaks for a sentence: a claim on the two, a word for their relation, that it is about one of them."""
    worth = 1.0 + _CLAIMED * min(1.0, claimed)
    worth *= _NAMED_SO if _NAMES_RELATION.search(sentence.text) else 1.0
    worth *= _OPENS if any(_opens(index.folded[sentence.id], thing) for thing in pair) else 1.0
    titled = index.title_concepts.get(sentence.id, frozenset())
    worth *= _OF_THEM if any(thing.concept in titled for thing in pair) else 1.0
    worth *= _TOO_LONG if len(sentence.text) > _LONG else 1.0
    concludes = _CONCLUDES.match(sentence.text) is not None and not _NAMES_RELATION.search(sentence.text)
    worth *= _POINTING if concludes or _POINTS_BACK.search(sentence.text) else 1.0
    worth *= _POINTING if _ANNOUNCES.search(sentence.text) else 1.0
    worth *= _SUPPOSED if _UNDER_CONDITION.search(sentence.text) else 1.0
    worth *= 1 - _SAYS_LITTLE * (1 - min(_SAYS_ENOUGH, len(sentence.text)) / _SAYS_ENOUGH)
    worth *= _WEIGHED if _WEIGHS.search(sentence.text) else 1.0
    return worth * (_SAID_BY_OTHERS if hearsay(sentence.text) else 1.0)


def _opens(text: str, thing: Thing) -> bool:
    return any(re.match(_written(name), text) for name in thing.names)


def _with_daemon(thing: Thing, things: Sequence[Thing], sources: Sources) -> Thing:
    """A product with the name of its daemon, written as its own with a d behind it: what dockerd does, Docker does."""
    if thing.concept is None or thing.concept not in sources.lexicon or sources.lexicon.concept(thing.concept).kind != "product":
        return thing
    taken = {name for other in things if other is not thing for name in other.names}
    daemons = [f"{name}d" for name in thing.names if name.isascii() and name.isalpha() and f"{name}d" not in taken]
    return replace(thing, names=(*thing.names, *daemons))


def _naming(thing: Thing, index: Index) -> set[str]:
    """Ids of sentences that name a thing."""
    known = {id_ for id_ in index.by_concept.get(thing.concept or "", ()) if id_ in index.sentences}
    written = [name for name in thing.names if name.isascii()] if known else thing.names
    return known | {id_ for id_ in index.sentences if any(name in index.folded[id_] for name in written)}


def _pattern(one: Thing, other: Thing) -> re.Pattern[str]:
    """Finds the longest of the names of two things at a place, in the groups `a` and `b`."""
    names = {name: "a" for name in one.names} | {name: "b" for name in other.names if name not in one.names}
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(f"(?P<{names[name]}{number}>{_written(name)})" for number, name in enumerate(longest)))


def _written(name: str) -> str:
    """A name as a whole word where it is written in Latin letters: containerd is no container."""
    ends = r"(?![a-z0-9])" if name[-1:].isascii() and name[-1:].isalnum() else ""
    begins = r"(?<![a-z0-9])" if name[:1].isascii() and name[:1].isalnum() else ""
    return f"{begins}{re.escape(name)}{ends}"
