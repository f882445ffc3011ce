"""「VM和宿主机共享内核吗?」「所有主机都是服务器吗?」「Docker是开源的吗?」「Can one client be connected to several servers?」 Yes or no, from a claim or its denial; never from silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.vocabulary import plain
from kb.qa.definitions import explaining
from kb.qa.drafting import Draft
from kb.qa.extracts import found, told
from kb.qa.measured import measured_for
from kb.qa.retrieval import Scored, excerpt, index_of, tidy
from kb.qa.sources import Sources
from kb.qa.verdicts import ALL, NOT_ALL, verdict_of
from kb.qa.wording import say
from kb.records import Answer, Claim, Question, Sentence, Verdict

CUES = re.compile(
    r"吗[?？。]?$|吗[,，]|是否|对不对|没错吧|吧[?？]?$|(?<![什怎])么[?？]$|不[?？]?$|([是能会要用带需算有行])[没不]\1|真的假的|真假"
    r"|^(?:is|are|can|could|do|does|did|will|has|have|must|should) "
)
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
        if ALL.search(question.text.lower()) and NOT_ALL.search(sentence.text):
            worth += 0.3
        return worth

    terms, chosen, reason = found(question, sources, prefer, most=2, chars=240, keep=0.7)
    draft = Draft(question, sources)
    draft.explain.extend(f"{item.score:.2f} ({item.coverage:.2f}) {item.sentence.text[:50]}" for item in chosen)
    telling = _of_the_subject(question, chosen, sources)
    if reason is None and not telling:
        reason = "no chosen sentence speaks of what is asked about"
    if reason is None and not _speaks_of_the_deed(question, telling, sources):
        reason = f"no chosen sentence states or denies {question.relation}"
    if reason is not None:
        draft.explain.append(reason)
        return draft.refused(terms)
    chosen = telling
    claim = _claim_for(question, chosen, sources)
    verdict = verdict_of(question, chosen, terms, claim)
    measured = measured_for(question, sources)
    ordered = _deciding_first(chosen, claim)
    text = say(_opening(question, verdict), question.language) + told(ordered, terms, draft)
    return draft.done(text, verdict=verdict, measurements=measured.measurements, probes=measured.probes)


def _of_the_subject(question: Question, chosen: Sequence[Scored], sources: Sources) -> tuple[Scored, ...]:
    """Sentences that name the thing asked about, or carry it as their subject; what another thing has decides nothing."""
    if not question.concepts:
        return tuple(chosen)
    index, near = index_of(sources), set(sources.family(question.concepts[0]))
    if not sources.known_in_articles(question.concepts[0]):
        return tuple(chosen)

    def speaks(sentence: Sentence) -> bool:
        named = index.concepts.get(sentence.id, set()) | index.carried.get(sentence.id, set())
        around = index.heading_concepts.get(sentence.id, frozenset()) | index.title_concepts.get(sentence.id, frozenset())
        return bool((named | around) & near)

    return tuple(item for item in chosen if speaks(item.sentence))


_DEEDS = frozenset({"replaces", "manages", "shares", "virtualizes", "packages", "isolates"})


def _speaks_of_the_deed(question: Question, chosen: Sequence[Scored], sources: Sources) -> bool:
    """For relations that a verb must name (取代, 管理): whether a sentence has a claim of it, or one of its verbs."""
    if question.relation not in _DEEDS:
        return True
    row = sources.domain.relations[question.relation]
    if not any(verb in plain(question.text) for verb in row.verbs):
        return True
    return any(
        any(verb in item.sentence.text for verb in row.verbs)
        or any(claim.relation == question.relation for claim in sources.reader.claims(sentence_id=item.sentence.id))
        for item in chosen
    )


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
