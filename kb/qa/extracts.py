"""The common way of most kinds: find sentences, judge them, put them together, each with its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kb.qa.drafting import Draft
from kb.qa.judging import answers
from kb.qa.retrieval import Prefer, Scored, excerpt, retrieve, select
from kb.qa.sources import Sources
from kb.qa.terms import Term, terms_of
from kb.qa.wording import say
from kb.records import Answer, Question, Sentence

ENOUGH_CHARS = 300


def found(
    question: Question, sources: Sources, prefer: Prefer | None = None, *, most: int = 3, chars: int = ENOUGH_CHARS, keep: float = 0.72
) -> tuple[tuple[Term, ...], tuple[Scored, ...], str | None]:
    """Terms, the chosen sentences, and why they do not answer (`None` if they do)."""
    terms = terms_of(question, sources)
    chosen = select(retrieve(terms, sources, prefer), terms, most=most, chars=chars, keep=keep)
    return terms, chosen, answers(question, terms, chosen, sources)


def told(chosen: Sequence[Scored], terms: Sequence[Term], draft: Draft) -> str:
    """The chosen sentences, cut to what matters, each with its number."""
    pieces = [f"{excerpt(item.sentence.text, terms)}[{draft.cite(item.sentence)}]" for item in chosen]
    return ";".join(pieces) + "。" if pieces else ""


def extract(
    question: Question,
    sources: Sources,
    prefer: Prefer | None = None,
    *,
    most: int = 3,
    chars: int = ENOUGH_CHARS,
    keep: float = 0.72,
    lead: Callable[[Sequence[Scored]], str] | None = None,
) -> Answer:
    terms, chosen, reason = found(question, sources, prefer, most=most, chars=chars, keep=keep)
    draft = Draft(question, sources)
    draft.explain.extend(f"{term.label}: {term.weight:.2f}{' missing' if term.missing else ''}" for term in terms)
    draft.explain.extend(f"{item.score:.2f} ({item.coverage:.2f}) {item.sentence.text[:50]}" for item in chosen)
    if reason is not None:
        draft.explain.append(reason)
        return draft.refused(terms)
    opening = lead(chosen) if lead else ""
    if not opening and question.language == "en":
        opening = say("says", "en")
    return draft.done(opening + told(chosen, terms, draft))


def having(pattern: str, *, worth: float = 1.3, without: float = 1.0) -> Prefer:
    """A preference for sentences that hold a regular expression."""
    compiled = re.compile(pattern)

    def prefer(sentence: Sentence) -> float:
        return worth if compiled.search(sentence.text) else without

    return prefer
