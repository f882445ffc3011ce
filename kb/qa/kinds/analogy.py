"""「用集装箱打比方时，集装箱对应的是什么?」「镜像被比作什么?」「What is an image compared to?」 What everyday things articles liken something to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.language.regex import regex
from kb.qa.asking.terms import Term, leaving_out, plainly
from kb.qa.finding.retrieval import Scored
from kb.qa.kinds import open as anything
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import told, weighed
from kb.qa.wording import because, introduced
from kb.records import Answer, Question, Sentence

CUES = regex(
    r"打[个了过的]?(?:一个)?比[方喻]|比喻|拿来?(?:和|跟|与)[^,，?？]{1,16}(?:什么|谁)[^,，?？]{0,3}(?:做|作|相)?比|类比(?!推)|(?:被|用来)?比[作成]|(?:好比|相当于|(?<![图影录音成头好想偶画视肖镜])像|[当看][作成])(?:是|一个|一种)?(?:什么|哪|谁)"
    r"|\banalog(?:y|ies)\b|\bmetaphor|\blikened to|what .{1,40} (?:is|are) .{1,30} compared to|^(?:to )?what (?:is|are) .{1,40} compared to\b",
    re.I,
)
_ASKS = regex(
    r"(?:那[一]?(?:段|句|篇)(?:话|文字)?|(?:里面?|中|的?时候?|时))?[,，]?(?:文章|作者|文中)?(?:是?[拿用以把将](?=.{1,14}(?:打|作|来|比)))|(?:来|做|作)?打[个了过的]?(?:一个)?比[方喻](?:的?(?:那段话?|时候?|例子))?"
    r"|的?(?:比喻|类比)(?:里面?|中)?|被?比(?:作|成)了?|对应的?(?:是)?|好比|相当于|代表的?(?:是)?|指的?(?:是)?(?=什么|谁|哪)"
)
_FIGURES = r"就像|好比|相当于|如同|犹如|宛如|比作|比喻[为成]|类似(?:于|\s?[A-Za-z])|想象成|像[^,，。;；图影]{1,20}一样"
_REGARDS = r"看[作成做]|当[作成做]|视[作为]|理解[为成]"
_LIKENS, _LIKENS_OR_REGARDS = regex(_FIGURES), regex(f"{_FIGURES}|{_REGARDS}")
_LIKELY, _PLAIN = 1.6, 0.4  # worth of a sentence that likens, and of one that does not
_ENOUGH = 0.3  # of what is asked, where it names no thing
_NAMED = 0.9
_STANDS_FOR = "(?:又|就|被|是)?(?:对应|代表|指的?是|比[作成]|相当于|好比)"  # 船长对应什么: an article must speak of what stands before it
_NEARLY = 0.8  # of the best
_ASKS_OTHERWISE = regex(r"区别|差别|差[在哪]|不同|为什么|为何|凭什么|\bwhy\b|\bdiffer")
_MOST = 2


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.89 if CUES.search(text) and not _ASKS_OTHERWISE.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    bare = replace(leaving_out(question, _ASKS), kind="open")

    regards = re.search(_REGARDS, plainly(question)) is not None
    likens = _LIKENS_OR_REGARDS if regards else _LIKENS

    def prefer(sentence: Sentence) -> float:
        return _LIKELY if likens.search(sentence.text) else _PLAIN

    terms, ranked, _, reason = weighed(bare, sources, prefer, most=_MOST)
    draft = Draft(question, sources)
    draft.consider(terms, ranked)
    likening = [item for item in ranked if likens.search(item.sentence.text) and _tells_of(item, terms, sources)]
    if any(term.missing and re.search(re.escape(term.label) + _STANDS_FOR, plainly(question)) for term in terms):
        likening = []
    if not likening and reason is None and regards:
        return anything.answer(replace(question, kind="open"), sources)
    if not likening:
        return draft.refused(terms, reason or because("figure"))
    near = [item for item in likening[:_MOST] if item.score >= _NEARLY * likening[0].score]
    return draft.done(introduced(question) + told(near, terms, draft))


def _tells_of(item: Scored, terms: Sequence[Term], sources: Sources) -> bool:
    """Whether a sentence names most of the things asked about, and every proper name among them: what a thing is likened to stands in few
    words, and what surrounds the figure (the ship of a container) in other sentences."""
    things = [(term, met) for term, met in zip(terms, item.covered, strict=True) if term.concepts]
    if not things:
        return item.coverage >= _ENOUGH
    named = sum(met >= _NAMED for _, met in things)
    return 2 * named >= len(things) and all(
        met >= _NAMED for term, met in things if any(sources.proper(id_) for id_, near in term.concepts if near == 1.0)
    )
