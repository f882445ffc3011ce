"""How an answer was found, as records: what was looked for, which sentences were considered, and why each was taken or passed over.

The words of the reasons stand in data/reasons.toml, in both languages; here is nothing but their keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.qa.asking.terms import Term
from kb.qa.finding.retrieval import Scored
from kb.qa.wording import because
from kb.records import Candidate, Explanation, Reason, Sought

_MOST = 10  # candidates that are told, besides those that are cited


def explanation(terms: Sequence[Term], ranked: Sequence[Scored], cited: Mapping[str, int], reasons: Sequence[Reason]) -> Explanation:
    """`cited`: sentence id → evidence number in the finished answer, which alone tells what was used."""
    best = {item.sentence.id: item for item in reversed(ranked)}  # of a sentence that is ranked twice the better place
    told = [item for number, item in enumerate(ranked) if best[item.sentence.id] is item and (number < _MOST or item.sentence.id in cited)]
    return Explanation(
        tuple(Sought(term.label, term.weight, term.missing) for term in terms),
        tuple(_candidate(item, cited.get(item.sentence.id)) for item in told),
        tuple(reasons),
    )


def _candidate(item: Scored, n: int | None) -> Candidate:
    sentence = item.sentence
    why = None if n is not None else item.passed_over or because("not_used")
    return Candidate(sentence.id, sentence.article_id, sentence.span, sentence.text, item.score, item.coverage, n, why)
