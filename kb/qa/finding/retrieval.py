"""Sentences that answer a question: candidates from the full-text index and the mentions, ranked by how much of the question they cover."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter, mul

from kb.language.normalize import fold
from kb.language.numerals import find_numbers
from kb.language.regex import regex
from kb.language.sentences import split_clauses
from kb.passages.rankers import bm25
from kb.passages.ranking import Query
from kb.qa.asking.terms import Term
from kb.qa.finding.closeness import above_the_rest, closeness, meant, nearness
from kb.qa.finding.index import Index, index_of
from kb.qa.sources import Sources
from kb.qa.wording import because
from kb.records import Reason, Sentence

Prefer = Callable[[Sentence], float]
_CANDIDATES = 160
_OF_ONE = 400  # sentences on one concept that are looked at whatever their words
_SAYS_WHAT = frozenset(("is_a", "equals"))
_TOGETHER = 0.15  # worth of saying it in one clause, against saying it anywhere in the sentence
_MEANT = 0.8  # worth of lying near the question by its meaning, whatever kind of answer it wants
_BY_MEANING = 40  # sentences that are looked at for lying near it, though they may share no word
_LOOKED_AT = 120  # sentences, the best by what is counted quickly; only these are read closely
_LITERAL = 0.3  # worth of the question's own wording, in pairs of characters
_ALIKE, _ALIKE_IN_FIGURES = 0.75, 0.45  # share of the shorter one's pairs of characters
_LONG = 120  # characters; a longer sentence is cut to its clauses that matter


@dataclass(frozen=True, slots=True)
class Scored:
    """`covered[i]` in [0, 1]: how well term i is met; `coverage` is their weighted mean, `score` that with the kind's preference.

    `passed_over`: why `sift` did not choose it. `near`: see `closeness`; 0 where the question's wording was not compared.
    """

    sentence: Sentence
    covered: tuple[float, ...]
    coverage: float
    score: float
    passed_over: Reason | None = None
    near: float = 0.0


def retrieve(
    terms: Sequence[Term], sources: Sources, prefer: Prefer | None = None, *, asked: str = "", limit: int = 24
) -> tuple[Scored, ...]:
    """Best first. `prefer` multiplies a sentence's score by what its kind of question wants to see in it; `asked`: the question's wording."""
    index = index_of(sources)
    literal = index.pairs_of(asked)
    total = sum(term.weight for term in terms) or 1.0
    query = meant(asked, sources)
    candidates = [id_ for id_ in _candidates(terms, query, sources, index) if id_ in index.sentences and id_ not in sources.told]
    near = closeness(query, asked, candidates, index, sources)
    nearer = above_the_rest(near)
    meetings = [index.meeting(term) for term in terms]
    weights = [term.weight for term in terms]
    names = [term.names for term in terms]
    sighted: list[tuple[float, float, Sentence, tuple[float, ...], float]] = []
    for id_ in candidates:
        sentence = index.sentences[id_]
        if is_question(sentence.text):
            continue
        covered = tuple([meeting.met(sentence) for meeting in meetings])
        coverage = sum(map(mul, weights, covered)) / total
        folded = index.folded[id_]
        worth = coverage * _brevity(sentence) + _LITERAL * sum([weight for pair, weight in literal if pair in folded])
        sighted.append((worth + _MEANT * nearer.get(id_, 0.0), worth, sentence, covered, coverage))
    sighted.sort(key=itemgetter(0), reverse=True)
    scored: list[tuple[float, str, int, Sentence, tuple[float, ...], float]] = []
    for _, worth, sentence, covered, coverage in sighted[:_LOOKED_AT]:
        worth += _TOGETHER * _in_one_clause(weights, names, covered, index.clauses(sentence)) / total
        liked = prefer(sentence) if prefer else 1.0
        score = worth * liked + _MEANT * nearer.get(sentence.id, 0.0) * min(1.0, liked)
        scored.append((-score, sentence.article_id, sentence.position, sentence, covered, coverage))
    scored.sort(key=itemgetter(0, 1, 2))
    return tuple(
        Scored(sentence, covered, coverage, -below, near=near.get(sentence.id, 0.0))
        for below, _, _, sentence, covered, coverage in scored[:limit]
    )


def _brevity(sentence: Sentence) -> float:
    length = len(sentence.text)
    return 1.0 if 14 <= length <= 160 else 0.92 if length > 160 else 0.95 if length >= 8 else 0.7


def _in_one_clause(weights: Sequence[float], names: Sequence[tuple[str, ...]], covered: Sequence[float], clauses: Sequence[str]) -> float:
    """The most weight that one clause names by itself, of terms that the sentence meets."""
    wanted = [(weight, own) for weight, own, met in zip(weights, names, covered, strict=True) if met >= 0.5]
    best = 0.0
    for clause in clauses if wanted else ():
        together = 0.0
        for weight, own in wanted:
            for name in own:
                if name in clause:
                    together += weight
                    break
        best = max(best, together)
    return best


def _candidates(terms: Sequence[Term], query: Query | None, sources: Sources, index: Index) -> Iterable[str]:
    words: dict[str, None] = {}
    for term in terms:
        for word in (term.label, *term.words[:8]):
            words.update(dict.fromkeys(sources.tokenizer.terms(word)))
        for id_, near in term.concepts:
            if near == 1.0 and id_ in sources.lexicon:
                words.update(dict.fromkeys(sources.tokenizer.terms(sources.lexicon.concept(id_).name)))
    found = dict.fromkeys(bm25.rank(Query(tuple(words)), sources.reader, _CANDIDATES))
    found.update(dict.fromkeys(nearness(query, sources, _BY_MEANING)))
    for term in terms:
        for id_, _ in term.concepts:
            found.update(dict.fromkeys(index.by_concept.get(id_, ())[:_OF_ONE]))
            if len(index.by_concept.get(id_, ())) > _OF_ONE:  # of what is spoken of everywhere, what says what it is must not be missed
                claims = sources.stated.of_subject(id_)
                found.update(dict.fromkeys(claim.sentence_id for claim in claims if claim.relation in _SAYS_WHAT))
    return found


def met(term: Term, sentence: Sentence, index: Index) -> float:
    """How well a sentence meets a term, in [0, 1]; a little where only the sentence before it does."""
    return index.meeting(term).met(sentence)


def beside(sentence: Sentence, terms: Sequence[Term], index: Index) -> Scored:
    """A sentence that was found in another way, as it meets the terms: its coverage is its score too."""
    covered = tuple(met(term, sentence, index) for term in terms)
    total = sum(term.weight for term in terms) or 1.0
    coverage = sum(term.weight * share for term, share in zip(terms, covered, strict=True)) / total
    return Scored(sentence, covered, coverage, coverage)


def select(scored: Sequence[Scored], terms: Sequence[Term], *, most: int = 3, chars: int = 300, keep: float = 0.72) -> tuple[Scored, ...]:
    """The best sentence, then those nearly as good or that add what is not covered yet; no two that say the same."""
    return chosen_of(sift(scored, terms, most=most, chars=chars, keep=keep))


def chosen_of(sifted: Iterable[Scored]) -> tuple[Scored, ...]:
    return tuple(item for item in sifted if item.passed_over is None)


def sift(scored: Sequence[Scored], terms: Sequence[Term], *, most: int = 3, chars: int = 300, keep: float = 0.72) -> tuple[Scored, ...]:
    """All of them in their order, each that `select` leaves out with the reason."""
    if not scored:
        return ()
    chosen, sifted = [scored[0]], [scored[0]]
    covered = list(scored[0].covered)
    used = len(excerpt(scored[0].sentence.text, terms))
    for item in scored[1:]:
        if len(chosen) >= most:
            sifted.append(replace(item, passed_over=because("enough", most=str(most))))
            continue
        gain = sum(term.weight * max(0.0, new - old) for term, new, old in zip(terms, item.covered, covered, strict=True))
        share = gain / (sum(term.weight for term in terms) or 1.0)
        length = len(excerpt(item.sentence.text, terms))
        least = scored[0].score * (keep - min(0.35, share))
        why = None
        if item.score < least:
            why = because("weaker", least=least)
        elif used + length > chars:
            why = because("long", most=str(chars))
        elif any(alike(item.sentence.text, other.sentence.text) for other in chosen):
            why = because("same")
        if why is not None:
            sifted.append(replace(item, passed_over=why))
            continue
        chosen.append(item)
        sifted.append(item)
        used += length
        covered = [max(new, old) for new, old in zip(item.covered, covered, strict=True)]
    return tuple(sifted)


def ahead_of_the_rest(ranked: Sequence[Scored]) -> float:
    """How many times the score of the next sentence that says something else the best one's is; infinite where there is no other."""
    best = ranked[0] if ranked else None
    following = next((item.score for item in ranked[1:] if best and not alike(item.sentence.text, best.sentence.text)), 0.0)
    return best.score / following if best and following > 0 else math.inf


def alike(one: str, other: str) -> bool:
    """Whether two sentences say nearly the same, by their character pairs; with the same figures fewer will do (60 毫秒 of two articles)."""
    share = pairs_shared(fold(one), fold(other))
    return share > _ALIKE or (share > _ALIKE_IN_FIGURES and bool(_figures(one)) and _figures(one) == _figures(other))


def pairs_shared(one: str, other: str) -> float:
    """Share of neighbouring characters of the shorter of two folded texts that the other has too, between 0 and 1."""
    first, second = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _figures(text: str) -> frozenset[tuple[float | None, float | None, str]]:
    return frozenset((number.low, number.high, number.unit) for number in find_numbers(text) if number.unit and number.low != 1)  # 一个


_OPENERS = regex(
    r"^(?:\d{1,2}\s*[、.．)）](?!\d)\s*|第[一二三四五六七八九十](?=[,，])|\d\s+(?=[\u3400-\u9fff])|而且|但是|但(?![是凡书])|所以说?|因此|此外|其次|最后|首先|同时|再说说|简言之|可以看到|我们可以看到|举个例子|正因为如此|由此可见|不过|然而|其中|反过来说?|具体来说|换句话说|也就是说|总之|例如|比如|之外|除此之外|比如说|说是|并且|甚至|其实|另外|那么|并(?=[,，且]))[,，]?\s*"
)


_BRACKETED = regex(r"\[(\d+)\]")


def tidy(text: str) -> str:
    """A sentence as it stands alone: numbering and connectives of its old surroundings taken off its beginning, its end mark too."""
    plain = _BRACKETED.sub(r"(\1)", text.strip())  # [3] in an article is no reference of an answer
    return _OPENERS.sub("", plain).strip().rstrip("。.;；,，、:： ")


def excerpt(text: str, terms: Sequence[Term], *, most: int = _LONG) -> str:
    """The sentence, or, of a long one, the run of clauses that meets most terms."""
    text = tidy(text)
    if len(text) <= most:
        return text
    spans = split_clauses(text)
    worth = [_worth(text[start:end], terms) for start, end in spans]
    best, best_worth = (0, len(spans)), -1.0
    for first in range(len(spans)):
        for last in range(first + 1, len(spans) + 1):
            length = spans[last - 1][1] - spans[first][0]
            if length > most and last > first + 1:
                break
            value = sum(worth[first:last]) + 0.02 * min(length, most) / most
            if value > best_worth:
                best, best_worth = (first, last), value
    return tidy(text[spans[best[0]][0] : spans[best[1] - 1][1]])


def _worth(clause: str, terms: Sequence[Term]) -> float:
    folded = fold(clause)
    return sum(term.weight for term in terms if any(name in folded for name in term.names)) + 0.1


def is_question(text: str) -> bool:
    return text.rstrip().endswith(("?", "？"))
