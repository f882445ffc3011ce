"""「Docker和LXC是什么关系?」「容器和内核之间有什么联系?」「How is Docker related to LXC?」 What connects two concepts."""

from __future__ import annotations

import re

from kb.qa.drafting import Draft
from kb.qa.extracts import extract, having
from kb.qa.judging import unanswerable
from kb.qa.retrieval import tidy
from kb.qa.sources import Sources
from kb.qa.terms import terms_of
from kb.qa.wording import say
from kb.records import Answer, Claim, Question

CUES = re.compile(
    r"什么关系|啥关系|关系是|的关系|有什么联系|什么联系|怎么联系|关联|relate[sd]? to|什么角色|怎么分工|如何分工|怎么配合|如何配合|relationship|relation between|connection between"
)
_MOST = 3


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.9 if CUES.search(text) and len(concepts) >= 2 else 0.6 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    terms = terms_of(question, sources)
    draft = Draft(question, sources)
    if unanswerable(question, terms):
        return draft.refused(terms)
    claims = _between(question, sources)
    if not claims:
        return extract(question, sources, having(r"基于|依赖|使用|包含|属于|都是|是.{1,10}的"))
    pieces: list[str] = []
    for claim in claims:
        sentence = sources.sentence(claim.sentence_id)
        if sentence is not None:
            pieces.append(f"{tidy(sentence.text)[:120]}[{draft.cite(sentence)}]")
    stated = [_worded(claim, sources, question.language) for claim in claims]
    joint, end = say("semicolon", question.language), say("stop", question.language)
    return draft.done(f"{joint.join(dict.fromkeys(stated))}{end}{joint.join(dict.fromkeys(pieces))}{say('end', question.language)}")


def _between(question: Question, sources: Sources) -> tuple[Claim, ...]:
    """Claims that join the two concepts, nearest and surest first, one a relation."""
    ids = [id_ for id_ in question.concepts if sources.known_in_articles(id_)]
    if len(ids) < 2:
        return ()
    first, second = sources.family(ids[0]), sources.family(ids[1])
    ranked: list[tuple[float, Claim]] = []
    for a, near_a in first.items():
        for claim in sources.reader.claims(concept=a):
            other = claim.object if claim.subject == a else claim.subject
            near_b = second.get(other)
            if near_b is not None and other not in first and not claim.analogy:
                ranked.append((near_a * near_b * claim.confidence, claim))
    ranked.sort(key=lambda pair: -pair[0])
    chosen: dict[tuple[str, bool], Claim] = {}
    for _, claim in ranked:
        chosen.setdefault((claim.relation, claim.holds), claim)
    return tuple(chosen.values())[:_MOST]


def _worded(claim: Claim, sources: Sources, language: str) -> str:
    row = sources.domain.relations[claim.relation]
    zh = language == "zh"
    wording = (row.wording if zh else row.wording_en) if claim.holds else (row.wording_denied if zh else row.wording_en_denied)
    return wording.replace("{S}", sources.name(claim.subject)).replace("{O}", sources.name(claim.object))
