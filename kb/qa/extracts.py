"""The common way of most kinds: find sentences, judge them, put them together, each with its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kb.qa.drafting import Draft
from kb.qa.judging import answers
from kb.qa.retrieval import Prefer, Scored, excerpt, index_of, retrieve, select
from kb.qa.sources import Sources
from kb.qa.terms import Term, terms_of
from kb.qa.wording import say
from kb.records import Answer, Question, Sentence

ENOUGH_CHARS = 300
_PROMISES = re.compile(r"^.{0,40}(?:特性|差异|原因|理由|因素)[^,，]{0,6}$")
_GOES_ON = re.compile(r"另|其次|第二|再者|这就|这样|因此|所以|于是|从而|而且|并且|同时|也就是说")


def found(
    question: Question, sources: Sources, prefer: Prefer | None = None, *, most: int = 3, chars: int = ENOUGH_CHARS, keep: float = 0.72
) -> tuple[tuple[Term, ...], tuple[Scored, ...], str | None]:
    """Terms, the chosen sentences, and why they do not answer (`None` if they do)."""
    terms = terms_of(question, sources)
    chosen = select(retrieve(terms, sources, prefer), terms, most=most, chars=chars, keep=keep)
    return terms, chosen, answers(question, terms, chosen, sources)


def with_continuation(chosen: Sequence[Scored], sources: Sources, *, most: int = 3) -> tuple[Scored, ...]:
    """The sentences that the best one leads on to, right behind it."""
    index = index_of(sources)
    going_on: list[Scored] = []
    sentence = chosen[0].sentence
    while len(going_on) < most:
        after = index.after(sentence)
        if (
            after is None
            or not _GOES_ON.match(after.text)
            and not _PROMISES.search(sentence.text)
            and not ("一方面" in sentence.text and "方面" in after.text)
        ):
            break
        if not any(after.id == item.sentence.id for item in chosen):
            going_on.append(Scored(after, chosen[0].covered, chosen[0].coverage, chosen[0].score))
        sentence = after
    return (chosen[0], *going_on, *chosen[1:])


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
    continued: bool = False,
) -> Answer:
    """`continued`: also what goes on from the best sentence (另一方面…, 这就导致…)."""
    terms, chosen, reason = found(question, sources, prefer, most=most, chars=chars, keep=keep)
    if continued and reason is None:
        chosen = with_continuation(chosen, sources)
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
