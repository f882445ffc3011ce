"""Which things a question sets against one another: what it joins (A 和 B, A、B 与 C, A or B), be they concepts or only names that articles use.

「在内核方面，容器和虚拟机…」 compares 容器 with 虚拟机, not 内核; 「持久域和临时域」 are two things though only one of them is a concept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.language.lexicon import Match
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.typos import misspells
from kb.language.vocabulary import plain, stopwords
from kb.qa.asking.terms import Term, has_han, named_in
from kb.qa.finding.index import index_of
from kb.qa.sources import Sources
from kb.records import Language, Question

MOST = 4
_JOINT = regex(
    r"\s*(?:以及|还是|或者|或|和|与|跟|同(?![时一样类等步])|及|、|相比于?|相对于?|相较于?|对比|比(?![较如例])|\bvs\b\.?|(?:\bversus|\band|\bor|\bthan)\b(?:\s+(?:an?|the)\b)?)\s*",
    re.I,
)
_BOUND = regex(
    r"[,，:：;；。?？!！()（）]|在|从|就|有|的|哪|谁|怎么|如何|什么|区别|差|不同|一样|之间|两者|[二三四]者|分别|各|是|更|呢|到底|究竟|该|先"
    r"|\b(?:which|what|how|does|do|is|are|between|the|a|an|of|in|for|differ|faster|slower|related|better)\b",
    re.I,
)
_ENGLISH_LIST = regex(r",(?=\s*(?:(?:and|or)\b\s*)?\w+[^,]{0,20}(?:,|\band\b|\bor\b|$))|(?<=,)\s*(?:and|or)\b", re.I)
_DIFFER = frozenset({"区别", "差别", "不同", "差异", "不一样", "区分", "对比", "比较", "两样"})
_HOW_MANY = frozenset({"三者", "四者", "三个", "四个", "一点", "一块", "两样"})  # 三者有什么区别, 这一点上
_VERSION = regex(r"[vV]?\d[\d.]*")
_VERSIONED = regex(rf"(?P<head>.*[^\d.vV])(?P<version>{_VERSION.pattern})")
_ONE = 0.7  # how near two names of a family are one thing
_OWNS = regex(r"\s*(?:里面?|上|内|中)?的\s*")
_ABSTRACT = frozenset({"concept", "practice", "phrase"})  # kinds of what things do or undergo
_BEFORE, _BEHIND = 6, 8  # characters between a joint and the concept that it joins
_LONGEST = 12  # characters of a name that is no concept


@lru_cache(maxsize=2_000)
def _as_a_word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" if name[:1].isalnum() and name[-1:].isalnum() else re.escape(name))


def holds(text: str, names: Iterable[str]) -> bool:
    """Whether a folded text holds one of the (folded) names, one in Latin letters as a word of its own."""
    return any(name in text and (not name.isascii() or _as_a_word(name).search(text) is not None) for name in names)


@dataclass(frozen=True, slots=True)
class Thing:
    """`names` are folded, the question's own first; `concept`: `None` for a name that is no concept; `start` and `end` in the plain question."""

    label: str
    concept: str | None
    names: tuple[str, ...]
    start: int
    end: int

    def within(self, text: str) -> bool:
        """Whether a folded text holds one of the names, one in Latin letters as a word of its own: hypervisor is no RVI."""
        return holds(text, self.names)

    def named(self, sources: Sources, language: Language) -> str:
        """As the question calls it (云服务器, not 云主机), in the usual spelling."""
        name = sources.name(self.concept, language) if self.concept else self.label
        return name if language == "en" or fold(name) == fold(self.label) or misspells(self.label, name) else self.label


def compared(question: Question, sources: Sources) -> tuple[Thing, ...]:
    """In order of mention; empty where the question joins nothing."""
    text = plain(question.resolved)
    if not has_han(text):
        text = _ENGLISH_LIST.sub(lambda match: "、".ljust(len(match.group())), text)  # A, B and C
    matches = [match for match in named_in(text, sources) if _may_be_compared(match, sources)]
    chain: list[Thing] = []
    for joint in _JOINT.finditer(text):
        right = _right(text, joint.end(), matches, sources)
        listed = bool(chain) and chain[-1].end <= joint.start() and not text[chain[-1].end : joint.start()].strip()
        left = chain[-1] if listed else _left(text, joint.start(), matches, right, sources)
        left, right = _owners(text, left, right, matches, sources)
        pair = _concepts(left, right) or _names(text, joint, left, right, sources)
        if pair is None:
            continue
        if chain and pair[0].start <= chain[-1].end and pair[0].end >= chain[-1].start:
            chain.append(pair[1])
        elif len(chain) < 2:
            chain = list(pair)
    found: dict[str, Thing] = {}
    for thing in chain:
        found.setdefault(thing.concept or thing.label, thing)
    things = tuple(found.values())[:MOST]
    if len(things) < 2 or (all(_kind(thing, sources) in _ABSTRACT for thing in things) and _others_act(things, question, sources)):
        return ()
    return things


def _others_act(things: Sequence[Thing], question: Question, sources: Sources) -> bool:
    """「容器在安全和隔离方面…」 joins two respects, not two things."""
    own = {thing.concept for thing in things}
    kinds = {sources.lexicon.concept(id_).kind for id_ in question.concepts if id_ in sources.lexicon and id_ not in own}
    return bool(kinds - _ABSTRACT - {"property"})


def in_question(question: Question, sources: Sources) -> tuple[Thing, ...]:
    """What is joined, else every concept that can act, in order of mention; of a compound and its part (Docker, Docker容器) the first."""
    joined = compared(question, sources)
    if joined:
        return joined
    text = plain(question.resolved)
    found: list[Thing] = []
    for match in named_in(text, sources):
        if _may_be_compared(match, sources) and not any(
            sources.family(t.concept).get(match.concept_id, 0) >= _ONE for t in found if t.concept
        ):
            found.append(_thing(text, match, sources))
    return tuple({thing.concept: thing for thing in reversed(found)}.values())[::-1][:2]


def asked_beside(things: Sequence[Thing], question: Question, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms that name none of the things, nor what stands before one of them (完整 in 完整虚拟机), nor that they differ."""
    text = fold(plain(question.resolved))
    names = [name for thing in things for name in thing.names]

    def attached(term: Term) -> bool:
        return any(f"{word}{fold(thing.label)}" in text for word in term.names[:1] for thing in things)

    return tuple(
        term
        for term in terms
        if not any(thing.concept and (thing.concept, 1.0) in term.concepts for thing in things)
        and not any(word in _DIFFER for word in term.words[:4])
        and term.label not in _HOW_MANY
        and not any(name in names or any(name in whole for whole in names[:1]) for name in term.names[:1])
        and not attached(term)
    )


def term_of(thing: Thing, terms: Sequence[Term], sources: Sources) -> Term:
    """The question's own term for a thing, else one of its name."""
    for term in terms:
        if thing.concept and any(id_ == thing.concept and near == 1.0 for id_, near in term.concepts):
            return term
    found = index_of(sources).count(thing.names[0])
    weight = min(5.0, max(0.8, math.log(1 + sources.size / (0.5 + found))))
    return Term(thing.label, thing.names, (), weight, missing=not found, salient=True, names=thing.names)


def _may_be_compared(match: Match, sources: Sources) -> bool:
    return match.concept_id in sources.lexicon and sources.lexicon.concept(match.concept_id).kind != "property"


def _left(text: str, place: int, matches: Sequence[Match], other: Thing | None, sources: Sources) -> Thing | None:
    """The last concept in front of a joint, with nothing but a few characters between; of several one of the other's kind (宿主机故障和客户机…)."""
    near = [match for match in matches if match.end <= place and place - match.end <= _BEFORE]
    near = [match for match in near if not _APART.search(_without_respect(text[match.end : place], sources))]
    if not near or _JOINT.search(text[near[-1].end : place].strip()):
        return None
    kinds = [sources.lexicon.concept(match.concept_id).kind for match in near]
    wanted = _kind(other, sources) if other else ""
    alike = [match for match, kind in zip(near, kinds, strict=True) if kind == wanted]
    acting = [match for match, kind in zip(near, kinds, strict=True) if wanted not in _ABSTRACT and kind not in _ABSTRACT]
    return _thing(text, (alike or acting or near)[-1], sources)


def _without_respect(between: str, sources: Sources) -> str:
    """Docker 的性能跟虚拟机比: what stands between the thing and the joint is a respect in which it is compared."""
    respect = _ITS.fullmatch(between)
    concept = sources.lexicon.named(respect["what"]) if respect else None
    return "" if concept is not None and concept.kind == "property" else between


_APART = regex(r"的|[,，?？]|在哪|什么|怎么|多少")
_ITS = regex(r"\s*的\s*(?P<what>[^,，的]{2,6}?)\s*")


def _right(text: str, place: int, matches: Sequence[Match], sources: Sources) -> Thing | None:
    near = [match for match in matches if match.start >= place and match.start - place <= _BEHIND]
    return _thing(text, near[0], sources) if near and not _BOUND.search(text, place, near[0].start) else None


def _owners(
    text: str, left: Thing | None, right: Thing | None, matches: Sequence[Match], sources: Sources
) -> tuple[Thing | None, Thing | None]:
    """虚拟机里的进程和容器里的进程, 处理器的限额和内存的上限: where two each have something, those two are what is compared."""
    if left is None or right is None:
        return left, right
    head = next((match for match in matches if match.start >= right.end and match.concept_id == left.concept), None)
    owner = next((match for match in reversed(matches) if match.end < left.start), None)
    if owner is None or not _OWNS.fullmatch(text[owner.end : left.start]) or not _OWNS.match(text, right.end):
        return left, right
    if head is None and sources.lexicon.concept(owner.concept_id).kind != _kind(right, sources):
        return left, right
    return replace(_thing(text, owner, sources), end=left.end), replace(right, end=head.end if head else right.end)


def _kind(thing: Thing, sources: Sources) -> str:
    return sources.lexicon.concept(thing.concept).kind if thing.concept else ""


def _thing(text: str, match: Match, sources: Sources) -> Thing:
    concept = sources.lexicon.concept(match.concept_id)
    written = text[match.start : match.end]
    names = dict.fromkeys(fold(name) for name in (written, concept.name, *concept.aliases, concept.name_en or "") if name)
    return Thing(written, match.concept_id, tuple(names), match.start, match.end)


def _concepts(left: Thing | None, right: Thing | None) -> tuple[Thing, Thing] | None:
    return (left, right) if left and right and left.concept != right.concept else None


def _names(text: str, joint: re.Match[str], left: Thing | None, right: Thing | None, sources: Sources) -> tuple[Thing, Thing] | None:
    """Two names next to a joint that articles use: whole stretches between bounds, or a stretch beside a concept."""
    bounds = [0, *(match.end() for match in _BOUND.finditer(text, 0, joint.start()))]
    ahead = _BOUND.search(text, joint.end())
    one = _named(text, bounds[-1], joint.start(), sources, from_end=True)
    other = _named(text, joint.end(), ahead.start() if ahead else len(text), sources, from_end=False)
    if left and right and left.concept == right.concept:  # 特权容器和普通容器, 链接克隆比完整克隆
        pair = (one, other) if one and other else _of_one_concept(left, right, sources) or (one, other)
    else:
        pair = (left or one, right or other)
    if pair[0] is not None and pair[1] is not None:
        pair = _of_one_head(pair[0], pair[1])
    if pair[0] is None or pair[1] is None or pair[0].names[0] in pair[1].names[0] or pair[1].names[0] in pair[0].names[0]:
        return None
    return pair[0], pair[1]


def _of_one_head(left: Thing, right: Thing) -> tuple[Thing, Thing]:
    """cgroups v1 和 v2: each may be called by its version alone, the second by the whole name too."""
    version = _VERSIONED.fullmatch(left.label)
    if right.concept is not None or version is None or not _VERSION.fullmatch(right.label):
        return left, right
    whole = fold(version["head"] + right.label)
    return replace(left, names=(*left.names, fold(version["version"]))), replace(right, names=(*right.names, whole))


def _of_one_concept(left: Thing, right: Thing, sources: Sources) -> tuple[Thing, Thing] | None:
    """Two names of one concept that articles tell apart: a sentence holds both (链接克隆比完整克隆创建更快)."""
    names = tuple(fold(thing.label) for thing in (left, right))
    index = index_of(sources)
    told = (index.folded[id_] for id_ in index.by_concept.get(left.concept or "", ()))
    if names[0] in names[1] or names[1] in names[0] or not any(all(name in text for name in names) for text in told):
        return None
    return replace(left, concept=None, names=names[:1]), replace(right, concept=None, names=names[1:])


def _named(text: str, start: int, end: int, sources: Sources, *, from_end: bool) -> Thing | None:
    """The longest stretch at one end of a piece of a question that articles write; not a word that says nothing."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    index = index_of(sources)
    edges = {place for word in sources.tokenizer.words(text) for place in (word.start, word.end)}
    for length in range(min(_LONGEST * 2, end - start), 1, -1):
        s, e = (end - length, end) if from_end else (start, start + length)
        written = text[s:e].strip()
        if s not in edges or e not in edges or written.lower() in stopwords() or len(written) < 2:
            continue
        if index.count(fold(written)) and not any(match.end - match.start == len(written) for match in sources.lexicon.find(written)):
            return Thing(written, None, (fold(written),), s, e)
    return None
