"""Stretches of text side by side that open with the one and with the other: 「影子页表是…软件…的方法。嵌套页表是…硬件…的方法。」「服务器重视…,个人电脑重视…」.

Writers set two things against each other by saying the same kind of thing of both, close together. The closer and the more alike in wording,
the surer it is that the two stretches belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.sentences import split_clauses
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import pairs_shared
from kb.qa.sources import Sources
from kb.records import Sentence, Span

_SHORTEST = 6  # folded characters beside the name
FARTHEST = 3  # sentences between the two
_LEAD = regex(r"^(?:而且|而|但是|但|则|其中|相比之下|另外|此外|因此|所以|[（(]?[一二三四五\d][)）.、]|[-*•·\s])+")
_CONDITION = regex(r"^(?:如果|若|当|只要|一旦|无论|需要|因为|由于)|(?:时|时候|以后|之后|之前)[,，]")
_EMPTY = regex(r"(?:区别|不同|差别|差异|相似|一样)[^,，]{0,4}[。.]?$|^.{0,5}$")
_COMPARES = regex(r"(?<![对相])比(?!如)|相比|较(?![多少大小高低])")
_HELD_AGAINST = regex(r"(?:(?:与|和|跟|同)[^,，;；。]{1,24}(?:相比|比较|比起来)|(?:较之|相比于?|相对于?|比起)[^,，;；。]{1,24})[,，]\s*$")
_PREDICATE = regex(r"(?:就|则|也|都|通常|一般|往往|主要)*(?P<verb>[\u3400-\u9fff：:]{1,2})")
_NEAR, _SAME_PREDICATE = 0.5, 0.4
_OF_OTHERS = regex(
    r"的?(?:设计者|作者|开发者|维护者|发起者|创始人|团队|公司|用户|论文|名称|名字)"
)  # Solaris Zones 的设计者…: tells of them
_OUTSPOKEN = 0.4  # weight of 与 B 相比，A…；B…


@dataclass(frozen=True, slots=True)
class Side:
    """`text` is what is said of the thing: a clause with what hangs on it, or a whole sentence; `span` in characters of the sentence's text."""

    sentence: Sentence
    span: Span

    @property
    def text(self) -> str:
        return self.sentence.text[self.span[0] : self.span[1]].strip(" 。.;；,，、")


@dataclass(frozen=True, slots=True)
class Parallel:
    a: Side
    b: Side
    weight: float


def parallels(a: str, b: str, sources: Sources, *, most: int = 2) -> tuple[Parallel, ...]:
    """The best pairs for two concepts, surest first; no sentence stands in two of them."""
    index = index_of(sources)
    names = [_names(concept, sources) for concept in (a, b)]
    sides: list[list[Side]] = [[], []]
    for number, concept in enumerate((a, b)):
        for sentence_id in dict.fromkeys(index.by_concept.get(concept, ())):
            sentence = index.sentences.get(sentence_id)
            if sentence is not None:
                sides[number].extend(_opening(sentence, names[number], names[1 - number], sources))
    near: dict[tuple[str, int], list[Side]] = {}
    for side in sides[1]:
        near.setdefault((side.sentence.article_id, side.sentence.segment), []).append(side)
    found = [
        Parallel(one, other, weight)
        for one in sides[0]
        for other in near.get((one.sentence.article_id, one.sentence.segment), ())
        if (weight := _weight(one, other, names, index)) > 0
    ]
    chosen: list[Parallel] = []
    used: set[str] = set()
    for pair in sorted(found, key=lambda pair: -pair.weight):
        ids = {pair.a.sentence.id, pair.b.sentence.id}
        if len(chosen) < most and not ids & used:
            chosen.append(pair)
            used |= ids
    return tuple(chosen)


def _names(concept: str, sources: Sources) -> tuple[str, ...]:
    """Folded, longest first."""
    known = sources.lexicon.concept(concept) if concept in sources.lexicon else None
    names = (known.name, *known.aliases, known.name_en or "") if known else (sources.name(concept),)
    return tuple(sorted({fold(name) for name in names if len(name) > 1}, key=len, reverse=True))


def _opening(sentence: Sentence, own: tuple[str, ...], others: tuple[str, ...], sources: Sources) -> Iterator[Side]:
    """The stretches of a sentence that open with a name of the thing: up to the clause that opens with the other's."""
    spans, openings = _openings(sentence.text)
    lengths = [(_longest(text, own), _longest(text, others)) for text in openings]
    starts = [
        m > t and not _OF_OTHERS.match(text, m) and not _begins_another(text, m, sources)
        for text, (m, t) in zip(openings, lengths, strict=True)
    ]
    against = [theirs > mine for mine, theirs in lengths]
    for number, (start, _) in enumerate(spans):
        if not starts[number] or _against_a_third(sentence.text[:start], own, others):
            continue
        last = number
        while last + 1 < len(spans) and not starts[last + 1] and not against[last + 1]:
            last += 1
        yield Side(sentence, (start, spans[last][1]))


def _against_a_third(before: str, own: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """与 runc 相比，gVisor 的隔离更强: taken from its sentence, it would read as held against whatever it is set beside."""
    match = _HELD_AGAINST.search(before)
    return match is not None and not any(name in fold(match.group()) for name in (*own, *others))


def _begins_another(text: str, length: int, sources: Sources) -> bool:
    """Whether the name of `length` characters that a text begins with is but the beginning of a longer one: 计算机网络 is no 计算机."""
    return any(match.start == 0 and match.end > length for match in index_of(sources).named(text[: length + _LONGER], sources))


_LONGER = 8  # characters


def _longest(text: str, names: tuple[str, ...]) -> int:
    """Characters of the longest of the names (longest first) that the text begins with."""
    return next(len(name) for name in names if text.startswith(name)) if text.startswith(names) else 0


@lru_cache(maxsize=20_000)
def _openings(text: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The clauses of a sentence, and each folded, without connectives before it: every comparison looks at many of the same sentences."""
    spans = tuple(split_clauses(text))
    return spans, tuple(_opening_of(text[start:end]) for start, end in spans)


def opens(clause: str, names: tuple[str, ...]) -> bool:
    """Whether a clause begins with one of the (folded) names, connectives before it aside."""
    return _opening_of(clause).startswith(names)


def _opening_of(clause: str) -> str:
    return fold(_LEAD.sub("", clause.strip()))


def _weight(one: Side, other: Side, names: list[tuple[str, ...]], index: Index) -> float:
    """Of two sides in one segment of an article; 0 for two that do not belong together."""
    gap = abs(one.sentence.position - other.sentence.position)
    if gap > FARTHEST or _CONDITION.match(one.text) or _CONDITION.match(other.text) or _EMPTY.search(one.text) or _EMPTY.search(other.text):
        return 0.0
    if gap and (_COMPARES.search(one.text) or _COMPARES.search(other.text)):
        return 0.0  # each compares by itself
    left, right = (_without_name(side.text, own) for side, own in zip((one, other), names, strict=True))
    same = _SAME_PREDICATE if _predicate(left) and _predicate(left) == _predicate(right) else 0.0
    if not same and min(len(left), len(right)) < _SHORTEST:
        return 0.0  # runc 进程退出 beside another deed says little; 容器重视密度，虚拟机重视隔离 says enough
    listed = index.places[one.sentence.id].mark == index.places[other.sentence.id].mark != ""
    against = _OUTSPOKEN if gap == 0 and _HELD_AGAINST.search(one.sentence.text[: min(one.span[0], other.span[0])]) else 0.0
    together = 0.6 + against if gap == 0 else _NEAR - 0.1 * gap + (0.1 if listed else 0.0)
    return together + same + pairs_shared(left, right)


def _without_name(text: str, names: tuple[str, ...]) -> str:
    folded = fold(_LEAD.sub("", text))
    name = next((name for name in names if folded.startswith(name)), "")
    return re.sub(r"^[（(][^)）]*[)）]", "", folded[len(name) :]).strip()


def _predicate(text: str) -> str:
    match = _PREDICATE.match(text)
    return match["verb"][:1] if match else ""
