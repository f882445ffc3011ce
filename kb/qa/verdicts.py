"""Yes or no from evidence: a denied "every", a claim, or what the clause says that says most of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.cues import negated
from kb.language.normalize import fold
from kb.language.vocabulary import opposed, plain
from kb.qa.retrieval import Scored
from kb.qa.terms import Term
from kb.records import Claim, Question, Verdict

ALL = re.compile(r"所有|全部|每个|每台|任何|都是|一定|总是|\ball\b|\bevery\b|always")
NOT_ALL = re.compile(r"并非|不是所有|不一定|未必|不都|不全")
_NO_DENIAL = re.compile(r"不[?？]?$|([是能会要用带需算有行])[没不]\1|差不多|不是.{0,6}吗|了吧|没错")
# what is said of the statement itself: it does not follow, does not hold, is too simple
_REFUTES = re.compile(
    r"不能(?:证明|代替|取代|保证|等于|说明|当作|视为)|不总是|不一定|不成立|并非|误解|过于笼统|只在部分|不是(?:互斥|对立|同一)|不(?:等于|意味着|代表|说明)|没有(?:本质|根本)?(?:的)?(?:区别|差别|不同)|谈不上"
)


def verdict_of(question: Question, chosen: Sequence[Scored], terms: Sequence[Term], claim: Claim | None) -> Verdict:
    """From a denied "every", a claim, or what the sentences say; an explicit denial weighs more than an affirmation that shares words."""
    text = plain(question.text)
    asked_denied = negated(_NO_DENIAL.sub("", text))
    if ALL.search(question.text.lower()) and any(NOT_ALL.search(item.sentence.text) for item in chosen[:1]):
        return _not_all(question, chosen[0].sentence.text)
    if claim is not None:
        return "yes" if claim.holds != asked_denied else "no"
    if any(_REFUTES.search(clause) for clause in _telling(chosen, terms)):
        return "no"
    votes = {True: 0.0, False: 0.0}
    for item in chosen:
        clause, worth = _best_clause(item.sentence.text, terms)
        denied = _denied_at(item.sentence.text, terms) or opposed(text, item.sentence.text)
        things = sum(1 for term in terms if term.concepts and any(name in fold(clause) for name in term.names))
        votes[denied] += item.score * (0.4 + worth) * ((2.0 if things >= 2 else 1.4) if denied else 1.0)
    denied = votes[True] > votes[False]
    return "no" if denied != asked_denied else "yes"


def _telling(chosen: Sequence[Scored], terms: Sequence[Term]) -> list[str]:
    """The clause of each sentence that says most of the question, and the sentence's last, where conclusions stand."""
    clauses: list[str] = []
    for item in chosen[:2]:
        best, worth = _best_clause(item.sentence.text, terms)
        clauses.append(best)
        last = re.split(r"[,，;；]", item.sentence.text.rstrip("。. "))[-1]
        if worth > 0.3 and _clause_worth(last, terms) > 0:
            clauses.append(last)
    return clauses


def _best_clause(text: str, terms: Sequence[Term]) -> tuple[str, float]:
    """The clause that names most of the question's terms, and the share of their weight that it names."""
    clauses = [clause for clause in re.split(r"[,，;；。:：]", text) if clause.strip()] or [text]
    best = max(clauses, key=lambda clause: _clause_worth(clause, terms))
    return best, _clause_worth(best, terms)


def _clause_worth(clause: str, terms: Sequence[Term]) -> float:
    folded = fold(clause)
    total = sum(term.weight for term in terms) or 1.0
    return sum(term.weight for term in terms if any(name in folded for name in term.names)) / total


def _not_all(question: Question, text: str) -> Verdict:
    """所有服务器都是主机,但并非所有主机都是服务器: which of the two was asked?"""
    match = re.search(r"(?:所有|全部|每一?[个台]|任何)的?([^都,，]{1,12}?)都", plain(question.text))
    if match:
        name = re.escape(fold(match[1]).rstrip("的"))
        folded = fold(text)
        if re.search(rf"(?:并非|不是|未必|不见得)(?:所有|全部|每[个台一])的?{name}", folded):
            return "no"
        if re.search(rf"(?<!并非)(?<!不是)(?:所有|全部)的?{name}", folded):
            return "yes"
    return "no"


def _denied_at(text: str, terms: Sequence[Term]) -> bool:
    """Whether the clause that says most of the question denies it: a negation ahead of one of its words in the clause."""
    best, denied = 0.0, False
    for clause in re.split(r"[,，;；。:：]", text):
        folded = fold(clause)
        worth = sum(term.weight for term in terms if any(name in folded for name in term.names))
        negative = worth > 0 and _negated_in(clause, terms)
        if worth > best or (negative and worth > 0.6 * best and not denied):
            best, denied = max(worth, best), negative
    return denied


def _negated_in(clause: str, terms: Sequence[Term]) -> bool:
    """A negation stands before one of the asked words, and nothing turns it round in between."""
    low = clause.lower()
    for name in [name for term in terms for name in term.names if name]:
        place = low.find(name)
        if place > 0 and negated(re.split(r"但|而|却|则|只|就", clause[max(0, place - 16) : place])[-1]):
            return True
    return False
