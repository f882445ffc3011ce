"""「VM和宿主机共享内核吗?」「所有主机都是服务器吗?」「Docker是开源的吗?」「Can one client be connected to several servers?」 Yes or no, from a claim or its denial; never from silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.cues import negated
from kb.language.normalize import fold
from kb.language.vocabulary import opposed, plain
from kb.qa.definitions import explaining
from kb.qa.drafting import Draft
from kb.qa.extracts import found, told
from kb.qa.measured import measured_for
from kb.qa.retrieval import Scored, excerpt, index_of, tidy
from kb.qa.sources import Sources
from kb.qa.terms import Term
from kb.qa.wording import say
from kb.records import Answer, Claim, Question, Sentence, Verdict

CUES = re.compile(
    r"吗[?？。]?$|吗[,，]|是否|对不对|没错吧|吧[?？]?$|(?<![什怎])么[?？]$|不[?？]?$|([是能会要用带需算有行])[没不]\1|真的假的|真假"
    r"|^(?:is|are|can|could|do|does|did|will|has|have|must|should) "
)
_ALL = re.compile(r"所有|全部|每个|每台|任何|都是|一定|总是|\ball\b|\bevery\b|always")
_NOT_ALL = re.compile(r"并非|不是所有|不一定|未必|不都|不全")
_NO_DENIAL = re.compile(r"不[?？]?$|([是能会要用带需算有行])[没不]\1|差不多|不是.{0,6}吗|了吧|没错")
_SAME = re.compile(r"一回事|同一个?东西|一样的|相同的东西|等于|same thing|the same as")


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.85 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    index = index_of(sources)
    wanted = set(question.concepts)
    about = set(sources.family(question.concepts[0])) if question.concepts else set()
    if _SAME.search(plain(question.text).lower()):
        same = _same_thing(question, sources)
        if same is not None:
            return same

    def prefer(sentence: Sentence) -> float:
        worth = 1.0
        named = index.concepts.get(sentence.id, set())
        if wanted and len(wanted & named) == len(wanted):
            worth += 0.15
        spoken = index.carried.get(sentence.id, set())
        if about and spoken:
            worth *= 1.2 if spoken & about else 0.8
        if _ALL.search(question.text.lower()) and _NOT_ALL.search(sentence.text):
            worth += 0.3
        return worth

    terms, chosen, reason = found(question, sources, prefer, most=2, chars=240, keep=0.7)
    draft = Draft(question, sources)
    draft.explain.extend(f"{item.score:.2f} ({item.coverage:.2f}) {item.sentence.text[:50]}" for item in chosen)
    if reason is not None:
        draft.explain.append(reason)
        return draft.refused(terms)
    claim = _claim_for(question, chosen, sources)
    verdict = _verdict(question, chosen, terms, claim)
    measured = measured_for(question, sources)
    ordered = _deciding_first(chosen, claim)
    text = say(_opening(question, verdict), question.language) + told(ordered, terms, draft)
    return draft.done(text, verdict=verdict, measurements=measured.measurements, probes=measured.probes)


def _same_thing(question: Question, sources: Sources) -> Answer | None:
    """「X和Y是一回事吗」: yes only where an article equates them; else what each is. `None` where one of them is not explained."""
    things = [id_ for id_ in question.concepts if sources.known_in_articles(id_) and sources.lexicon.concept(id_).kind != "property"]
    if len(things) < 2:
        return None
    first, last = things[0], things[-1]
    draft = Draft(question, sources)
    for claim in sources.reader.claims(concept=first, relation="equals"):
        sentence = sources.sentence(claim.sentence_id)
        if last in (claim.subject, claim.object) and sentence is not None and not claim.analogy:
            verdict: Verdict = "yes" if claim.holds else "no"
            return draft.done(f"{say(verdict, question.language)}{tidy(sentence.text)}[{draft.cite(sentence)}]。", verdict=verdict)
    told_of: list[str] = []
    for id_ in (first, last):
        sentence = explaining(id_, sources)
        if sentence is None:
            return None
        told_of.append(f"{excerpt(sentence.text, ())}[{draft.cite(sentence)}]")
    return draft.done(
        f"{say('not_same', question.language)}{say('semicolon', question.language).join(told_of)}{say('end', question.language)}",
        verdict="no",
    )


def _claim_for(question: Question, chosen: Sequence[Scored], sources: Sources) -> Claim | None:
    """A claim of a chosen sentence on the asked relation between the asked concepts."""
    if question.relation is None or len(question.concepts) < 2:
        return None
    families = [sources.family(id_) for id_ in question.concepts]
    best: tuple[float, Claim] | None = None
    for item in chosen:
        for claim in sources.reader.claims(sentence_id=item.sentence.id):
            if claim.relation != question.relation or claim.analogy:
                continue
            near = max(
                (a.get(claim.subject, 0.0) * b.get(claim.object, 0.0) for a in families for b in families if a is not b), default=0.0
            )
            if near > 0 and (best is None or near * claim.confidence > best[0]):
                best = (near * claim.confidence, claim)
    return best[1] if best else None


def _verdict(question: Question, chosen: Sequence[Scored], terms: Sequence[Term], claim: Claim | None) -> Verdict:
    """From a denied "every", a claim, or what the sentences say; an explicit denial weighs more than an affirmation that shares words."""
    text = plain(question.text)
    asked_denied = negated(_NO_DENIAL.sub("", text))
    if _ALL.search(question.text.lower()) and any(_NOT_ALL.search(item.sentence.text) for item in chosen[:1]):
        return _not_all(question, chosen[0].sentence.text)
    if claim is not None:
        return "yes" if claim.holds != asked_denied else "no"
    votes = {True: 0.0, False: 0.0}
    for item in chosen:
        things = [met for term, met in zip(terms, item.covered, strict=True) if term.concepts]
        complete = 1.0 if not things or min(things) >= 0.5 else 0.45
        denied = _denied_at(item.sentence.text, terms) or opposed(text, item.sentence.text)
        votes[denied] += item.score * complete * (1.35 if denied else 1.0)
    denied = votes[True] > votes[False]
    return "no" if denied != asked_denied else "yes"


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


def _deciding_first(chosen: Sequence[Scored], claim: Claim | None) -> Sequence[Scored]:
    if claim is None:
        return chosen
    return sorted(chosen, key=lambda item: item.sentence.id != claim.sentence_id)


def _opening(question: Question, verdict: Verdict) -> str:
    text = plain(question.text)
    for suffix, pattern in (("_can", r"能|可以"), ("_need", r"需要|必须|要.{1,12}吗"), ("_have", r"有"), ("_will", r"会")):
        if re.search(pattern, text) and not re.search(r"是.{0,20}吗", text):
            return verdict + suffix
    return verdict
