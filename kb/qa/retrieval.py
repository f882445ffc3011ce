"""Sentences that answer a question: candidates from the full-text index and the mentions, ranked by how much of the question they cover."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.language.normalize import fold, is_han
from kb.language.sentences import split_clauses
from kb.passages.rankers import bm25, vectors
from kb.passages.ranking import Query
from kb.qa.index import POINTS_BACK, Index, index_of
from kb.qa.sources import Sources
from kb.qa.terms import Term
from kb.qa.wording import because
from kb.records import Reason, Sentence

Prefer = Callable[[Sentence], float]
_HEADING, _CARRIED, _TITLE, _NEIGHBOUR, _SYNONYM = 0.75, 0.9, 0.5, 0.35, 0.85
_POINTING = 0.7  # where the sentence says by its first words that it goes on from the one before
_CANDIDATES = 160
_TOGETHER = 0.15  # worth of saying it in one clause, against saying it anywhere in the sentence
_MEANT = 0.6  # worth of lying near the question by its vector
_LITERAL = 0.3  # worth of the question's own wording, in pairs of characters
_LONG = 120  # characters; a longer sentence is cut to its clauses that matter


@dataclass(frozen=True, slots=True)
class Scored:
    """`covered[i]` in [0, 1]: how well term i is met; `coverage` is their weighted mean, `score` that with the kind's preference.

    `passed_over`: why `sift` did not choose it.
    """

    sentence: Sentence
    covered: tuple[float, ...]
    coverage: float
    score: float
    passed_over: Reason | None = None


def retrieve(
    terms: Sequence[Term], sources: Sources, prefer: Prefer | None = None, *, asked: str = "", limit: int = 24
) -> tuple[Scored, ...]:
    """Best first. `prefer` multiplies a sentence's score by what its kind of question wants to see in it; `asked`: the question's wording."""
    index = index_of(sources)
    literal = index.pairs_of(asked)
    total = sum(term.weight for term in terms) or 1.0
    near = nearness(asked, sources)
    scored: list[Scored] = []
    for id_ in _candidates(terms, sources, index):
        sentence = index.sentences.get(id_)
        if sentence is None or is_question(sentence.text):
            continue
        covered = tuple(met(term, sentence, index) for term in terms)
        coverage = sum(term.weight * met for term, met in zip(terms, covered, strict=True)) / total
        worth = coverage * _brevity(sentence) + _TOGETHER * _in_one_clause(terms, covered, index.clauses(sentence)) / total
        worth += _LITERAL * sum(weight for pair, weight in literal if pair in index.folded[id_])
        worth += _MEANT * near.get(id_, 0.0)
        scored.append(Scored(sentence, covered, coverage, worth * (prefer(sentence) if prefer else 1.0)))
    scored.sort(key=lambda item: (-item.score, item.sentence.article_id, item.sentence.position))
    return tuple(scored[:limit])


def nearness(asked: str, sources: Sources) -> Mapping[str, float]:
    """Sentence id → how near its meaning lies to the question's, above that of the last one found."""
    if not asked or sources.embedding is None:
        return {}
    query = Query.of(asked, sources.tokenizer, sources.embedding)
    ranking = vectors.rank(query, sources.reader, _CANDIDATES)
    least = min(ranking.values(), default=0.0)
    return {id_: score - least for id_, score in ranking.items()}


def _brevity(sentence: Sentence) -> float:
    length = len(sentence.text)
    return 1.0 if 14 <= length <= 160 else 0.92 if length > 160 else 0.95 if length >= 8 else 0.7


def _in_one_clause(terms: Sequence[Term], covered: Sequence[float], clauses: Sequence[str]) -> float:
    """The most weight that one clause names by itself, of terms that the sentence meets."""
    wanted = [(term.weight, term.names) for term, met in zip(terms, covered, strict=True) if met >= 0.5]
    return max((sum(weight for weight, names in wanted if any(name in clause for name in names)) for clause in clauses), default=0.0)


def _candidates(terms: Sequence[Term], sources: Sources, index: Index) -> Iterable[str]:
    words: dict[str, None] = {}
    for term in terms:
        for word in (term.label, *term.words[:8]):
            words.update(dict.fromkeys(sources.tokenizer.terms(word)))
        for id_, near in term.concepts:
            if near == 1.0 and id_ in sources.lexicon:
                words.update(dict.fromkeys(sources.tokenizer.terms(sources.lexicon.concept(id_).name)))
    found = dict.fromkeys(bm25.rank(Query(tuple(words)), sources.reader, _CANDIDATES))
    for term in terms:
        for id_, _ in term.concepts:
            found.update(dict.fromkeys(index.by_concept.get(id_, ())[:400]))
    return found


def met(term: Term, sentence: Sentence, index: Index) -> float:
    """How well a sentence meets a term, in [0, 1]; a little where only the sentence before it does."""
    best = _met_here(term, sentence, index)
    if best < _NEIGHBOUR:
        before = index.before(sentence)
        if before is not None and _met_here(term, before, index) >= 0.7:
            best = _POINTING if POINTS_BACK.match(sentence.text) else _NEIGHBOUR
    return best


def _met_here(term: Term, sentence: Sentence, index: Index) -> float:
    best = 0.0
    named = index.concepts.get(sentence.id, set())
    carried = index.carried.get(sentence.id, set())
    titled = index.title_concepts.get(sentence.id, frozenset())
    headed = index.heading_concepts.get(sentence.id, frozenset())
    for id_, near in term.concepts:
        if id_ in named:
            best = max(best, near)
        elif id_ in carried:
            best = max(best, near * _CARRIED)
        elif id_ in headed:
            best = max(best, near * _HEADING)
        elif id_ in titled:
            best = max(best, near * _TITLE)
    if best < 1.0 and term.words:
        text, heading = index.folded[sentence.id], index.headings[sentence.id]
        for number, word in enumerate(term.words):
            worth = 1.0 if number == 0 else _SYNONYM
            if best >= worth:
                break
            if word in text or (len(word) >= _COMPOUND and _parted(word, text)):
                best = worth
            elif word in heading:
                best = max(best, worth * _HEADING)
    return best


def _parted(word: str, text: str) -> bool:
    """Whether a compound stands in a text with something more inside: 运行环境 in 运行时环境, 应用虚拟化 in 应用程序虚拟化."""
    head, tail = word[:2], word[-2:]
    place = text.find(head)
    while place >= 0:
        end = text.find(tail, place + 2, place + len(word) + _INSIDE)
        if end >= 0 and is_han(head[0]) and not _BREAKS.search(text, place + 2, end):
            return True
        place = text.find(head, place + 1)
    return False


_COMPOUND, _INSIDE = 4, 2  # characters of a word; characters more within it
_BREAKS = re.compile(r"[^\u3400-\u9fff]|[的和与及或是在了]")


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


def alike(one: str, other: str) -> bool:
    """Whether two sentences say nearly the same, by their character pairs."""
    first, second = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (fold(one), fold(other)))
    return bool(first and second) and len(first & second) / min(len(first), len(second)) > 0.75


_OPENERS = re.compile(
    r"^(?:\d{1,2}\s*[、.．)）](?!\d)\s*|第[一二三四五六七八九十](?=[,，])|\d\s+(?=[\u3400-\u9fff])|而且|但是|所以|因此|此外|其次|最后|首先|同时|再说说|简言之|可以看到|我们可以看到|举个例子|正因为如此|由此可见|不过|然而|其中|反过来说?|具体来说|换句话说|也就是说|总之|例如|比如|之外|除此之外|比如说|说是|并且|甚至|其实|另外|那么|并(?=[,，且]))[,，]?\s*"
)


_BRACKETED = re.compile(r"\[(\d+)\]")


def tidy(text: str) -> str:
    """A sentence as it stands alone: numbering and connectives of its old surroundings taken off its beginning, its end mark too."""
    plain = _BRACKETED.sub(r"(\1)", text.strip())  # [3] in an article is no reference of an answer
    return _OPENERS.sub("", plain).strip().rstrip("。.;；,，、 ")


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
