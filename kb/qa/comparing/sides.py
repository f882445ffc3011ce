"""What articles say of each of several things in the respect asked: one sentence that speaks of them all, or sentences close together, one a thing.

Writers say the same kind of thing of each, often in sentences of their own or paragraphs apart (「虚拟机通常在原处更新。…容器通常用替换来更新。」).
The nearer such sentences stand and the more alike they are worded, the surer it is that they belong together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.compared import Thing
from kb.qa.asking.terms import Term
from kb.qa.comparing.parallels import opens
from kb.qa.finding.closeness import meant, nearness
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Scored, met, retrieve
from kb.qa.sources import Sources
from kb.records import Sentence

_CANDIDATES = 30  # sentences a thing
_MEANT = 0.35  # worth of lying near the question by its vector, against saying its words
_NAMED = 0.6  # how well a sentence must meet a thing to speak of it
_BY_THE_WAY = 0.8  # worth of naming the thing elsewhere than at the beginning of a clause
_FAR = 8  # sentences
PLAIN = 0.3  # worth of a sentence where nothing is asked but how the things differ
_SETS_APART = regex(r"区别|不同|差别|差异|相比|(?<![对相])比(?!如)|[高低快慢强弱大小优]于|不如|而(?!且)")
_APART = 1.15  # worth of one sentence that sets the things apart
_LONG = 160  # characters
_CLAUSE_EACH = 0.3  # worth of one sentence with a clause for each that says all that is asked


@dataclass(frozen=True, slots=True)
class Told:
    """`sides[i]` is the sentence on thing i, the same one for things that one sentence speaks of; `said`, in [0, 1]: how much of what is
    asked the least telling of them says; `worth` orders what was found.
    """

    sides: tuple[Sentence, ...]
    said: float
    worth: float

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(dict.fromkeys(self.sides))


@dataclass(frozen=True, slots=True)
class _Side:
    sentence: Sentence
    own: float
    said: float


def told_of_each(
    things: Sequence[Thing], own: Sequence[Term], rest: Sequence[Term], sources: Sources, *, asked: str = "", most: int = 1
) -> tuple[Told, ...]:
    """Best first, no sentence in two of them. `own[i]` names thing i, `rest` is what is asked of them all."""
    near = nearness(meant(asked, sources), sources) if rest else {}
    rest = [_outside_names(term, things) for term in rest]
    sides = [_candidates(thing, term, rest, near, sources) for thing, term in zip(things, own, strict=True)]
    index = index_of(sources)
    sides = [
        [side for side in own if not _of_another(side.sentence, thing, things, index)] for thing, own in zip(things, sides, strict=True)
    ]
    if not all(sides):
        return ()
    found = [told for pivot in sides[0] if (told := _around(pivot, sides, things, index)) is not None]
    found.sort(key=lambda told: -told.worth)
    chosen: list[Told] = []
    used: set[str] = set()
    for told in found:
        ids = {sentence.id for sentence in told.sides}
        if len(chosen) < most and not ids & used:
            chosen.append(told)
            used |= ids
    return tuple(chosen)


def as_scored(told: Told, terms: Sequence[Term], index: Index) -> tuple[Scored, ...]:
    return tuple(
        Scored(sentence, tuple(met(term, sentence, index) for term in terms), told.said, told.worth) for sentence in told.sentences
    )


def _outside_names(term: Term, things: Sequence[Thing]) -> Term:
    """Without the alternates that stand in the things' own names: 虚拟系统 does not say 模拟 by its 虚拟."""
    words = tuple(word for word in term.words if not any(word in name for thing in things for name in thing.names[:1]))
    return replace(term, words=words) if words else term


def _candidates(thing: Thing, own: Term, rest: Sequence[Term], near: Mapping[str, float], sources: Sources) -> list[_Side]:
    index = index_of(sources)
    total = sum(term.weight for term in rest)
    best = max(near.values(), default=0.0) or 1.0
    found: list[_Side] = []
    for item in retrieve([own, *rest], sources, limit=_CANDIDATES):
        if item.covered[0] < _NAMED:
            continue
        words = sum(term.weight * met for term, met in zip(rest, item.covered[1:], strict=True)) / total if total else PLAIN
        said = min(1.0, words + _MEANT * near.get(item.sentence.id, 0.0) / best)
        found.append(_Side(item.sentence, item.covered[0] * _first(thing, item.sentence, index), said))
    return found


def _of_another(sentence: Sentence, thing: Thing, things: Sequence[Thing], index: Index) -> bool:
    """Whether a sentence begins with another of the things and does not name this one: that the heading over it names both makes it no side of both."""
    text = index.folded[sentence.id]
    return not thing.within(text) and any(other is not thing and opens(sentence.text, other.names) for other in things)


def _first(thing: Thing, sentence: Sentence, index: Index) -> float:
    """Whether a clause of the sentence begins with the thing."""
    return 1.0 if any(opens(clause, thing.names) for clause in index.clauses(sentence)) else _BY_THE_WAY


def _around(pivot: _Side, sides: Sequence[Sequence[_Side]], things: Sequence[Thing], index: Index) -> Told | None:
    """The sentence for the first thing, and for each other the one that goes best with it."""
    chosen = [pivot]
    worth = pivot.own * pivot.said
    for others in sides[1:]:
        best: tuple[float, _Side] | None = None
        for side in others:
            value = side.own * side.said + _together(chosen[0], side, chosen[-1], index)
            if side.sentence.id == pivot.sentence.id and each_opens(pivot.sentence, things, index):
                value += _CLAUSE_EACH * side.said
            if best is None or value > best[0]:
                best = (value, side)
        if best is None:
            return None
        chosen.append(best[1])
        worth += best[0]
    if len({side.sentence.id for side in chosen}) == 1 and _SETS_APART.search(pivot.sentence.text):
        worth *= _APART
    length = sum(len(sentence.text) for sentence in dict.fromkeys(side.sentence for side in chosen))
    worth = worth / len(things) * (0.9 if length > _LONG * len(things) else 1.0)
    return Told(tuple(side.sentence for side in chosen), min(side.said for side in chosen), worth)


def each_opens(sentence: Sentence, things: Sequence[Thing], index: Index) -> bool:
    """Whether each of the things begins a clause of its own: 「A …，而 B …」."""
    clauses = index.clauses(sentence)
    begun = [next((number for number, clause in enumerate(clauses) if opens(clause, thing.names)), None) for thing in things]
    return None not in begun and len(set(begun)) == len(things)


def _together(first: _Side, other: _Side, last: _Side, index: Index) -> float:
    """How surely two sentences belong together; 0 for two of different articles."""
    if first.sentence.id == other.sentence.id:
        return 0.45
    if first.sentence.article_id != other.sentence.article_id or first.sentence.segment != other.sentence.segment:
        return 0.0
    gap = min(abs(other.sentence.position - side.sentence.position) for side in (first, last))
    if gap > _FAR:
        return 0.05
    headed = 0.1 if first.sentence.heading == other.sentence.heading else 0.0
    return 0.35 - 0.03 * (gap - 1) + headed + 0.3 * alike_worded(index.folded[first.sentence.id], index.folded[other.sentence.id])


def alike_worded(one: str, other: str) -> float:
    """Share of neighbouring characters that both have, between 0 and 1."""
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other)]
    return len(pairs[0] & pairs[1]) / (min(map(len, pairs)) or 1)


def names_all(text: str, things: Sequence[Thing]) -> bool:
    folded = fold(text)
    return all(thing.within(folded) for thing in things)
