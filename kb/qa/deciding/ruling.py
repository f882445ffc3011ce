"""Yes or no by rule: which of the sentences found may decide a question, and what their clauses or a claim say to it.

What is said of another thing decides nothing, whatever words it shares; where no clause on the thing decides, a sentence may that leaves its
subject to those before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.language.normalize import fold
from kb.language.vocabulary import plain
from kb.qa.asking.terms import Term
from kb.qa.deciding.propositions import subject_of
from kb.qa.deciding.verdicts import Decision, decide
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored, met
from kb.qa.sources import Sources
from kb.records import Claim, Question, Sentence

_SPEAKS_OF = 0.3  # how well a sentence must meet the name of a thing to speak of it
_NAMES = 0.7  # how well a sentence must meet it to name it
_OPENS = 2  # characters before the name that opens a question
_NEARLY_ALL = 0.55  # of what is asked of a thing, what a sentence must say that does not name it
_FEW = 4  # sentences
_CLAIMED = 6  # sentences whose claims are looked at


@dataclass(frozen=True, slots=True)
class Ruling:
    """`telling`: the sentences that may decide; `missing`: what no article names of the things in the question, which can still be contradicted if
    it is what is asked of the other."""

    decision: Decision | None
    telling: tuple[Scored, ...]
    missing: Literal["subject", "object"] | None


def rule(question: Question, ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources) -> Ruling:
    missing = _missing(question, terms, sources)
    telling = _of_the_subject(question, terms, ranked, sources)
    if missing == "subject":
        return Ruling(None, telling, missing)
    decision = decide(question, telling, terms, sources, _claim_for(question, telling[:_CLAIMED], sources))
    if decision is None and missing is None:
        telling = _saying_it(question, terms, ranked, sources)
        decision = decide(question, telling, terms, sources, None) if telling else None
    return Ruling(decision, telling, missing)


def _missing(question: Question, terms: Sequence[Term], sources: Sources) -> Literal["subject", "object"] | None:
    """Whether no article names what is asked about, or what is asked of it; the latter can still be contradicted."""
    names = [term for term in terms if term.salient]
    if names and names[0].missing and not any(sources.known_in_articles(id_) for id_ in question.concepts):
        return "subject"
    return "object" if any(term.missing for term in names) else None


def _of_the_subject(question: Question, terms: Sequence[Term], ranked: Sequence[Scored], sources: Sources) -> tuple[Scored, ...]:
    """Sentences that name the thing asked about, or carry it as their subject; what another thing has decides nothing."""
    named = _first_name(question, terms, sources)
    if named is not None:
        ranked = tuple(item for item in ranked if item.covered[named] >= _SPEAKS_OF)
    subject = subject_of(question, ranked, sources)
    if subject is None:
        return tuple(ranked)
    index, near = index_of(sources), set(sources.family(subject))
    own = [number for number, term in enumerate(terms) if any(id_ == subject for id_, nearness in term.concepts if nearness == 1.0)]
    return tuple(item for item in ranked if index.about(item.sentence) & near or any(item.covered[number] >= _NAMES for number in own))


def _first_name(question: Question, terms: Sequence[Term], sources: Sources) -> int | None:
    """The number of the term that names the thing asked about where it is no concept: a name that opens the question."""
    text = fold(plain(question.text))
    for number, term in enumerate(terms):
        if term.salient and not term.concepts and not term.missing and term.names and 0 <= text.find(term.names[0]) <= _OPENS:
            return number
    return None


def _saying_it(question: Question, terms: Sequence[Term], ranked: Sequence[Scored], sources: Sources) -> tuple[Scored, ...]:
    """Sentences that say nearly all that is asked of the thing, a few sentences behind one that names it."""
    subject = subject_of(question, ranked, sources)
    own = [number for number, term in enumerate(terms) if subject and any(id_ == subject for id_, near in term.concepts if near == 1.0)]
    rest = [number for number in range(len(terms)) if number not in own]
    total = sum(terms[number].weight for number in rest)
    if not own or not total:
        return ()
    index = index_of(sources)

    def said(item: Scored) -> float:
        return sum(terms[number].weight * item.covered[number] for number in rest) / total

    def named_before(sentence: Sentence) -> bool:
        before: Sentence | None = sentence
        for _ in range(_FEW):
            before = index.before(before) if before else None
            if before is not None and met(terms[own[0]], before, index) >= _SPEAKS_OF:
                return True
        return False

    return tuple(item for item in ranked if said(item) >= _NEARLY_ALL and (len(rest) > 1 or named_before(item.sentence)))


def _claim_for(question: Question, ranked: Sequence[Scored], sources: Sources) -> Claim | None:
    """A claim of a sentence on the asked relation from the first of the asked concepts to another."""
    if question.relation is None or len(question.concepts) < 2:
        return None
    first, *others = [sources.family(id_) for id_ in question.concepts]
    symmetric = sources.domain.relations[question.relation].symmetric
    best: tuple[float, Claim] | None = None
    for item in ranked:
        for claim in sources.reader.claims(sentence_id=item.sentence.id):
            if claim.relation != question.relation or claim.analogy:
                continue
            near = max(first.get(claim.subject, 0.0) * other.get(claim.object, 0.0) for other in others)
            if symmetric:
                near = max(near, *(first.get(claim.object, 0.0) * other.get(claim.subject, 0.0) for other in others))
            if near >= 0.49 and (best is None or near * claim.confidence > best[0]):
                best = (near * claim.confidence, claim)
    return best[1] if best else None
