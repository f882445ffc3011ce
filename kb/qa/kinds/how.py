"""「容器是怎样启动的?」「如何在不同宿主机之间迁移虚拟机?」「How do containers isolate processes?」 Ways and steps, as articles describe them."""

from __future__ import annotations

from kb.language.regex import regex
from kb.qa.asking.terms import terms_of
from kb.qa.finding.judging import unanswerable
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.enumerations import enumerated
from kb.qa.telling.extracts import about, extract
from kb.qa.telling.steps import in_order, of_what, steps, way
from kb.records import Answer, Question

CUES = regex(r"怎么(?!样[?？]?$|会|回事)|如何|怎样|步骤|流程|过程(?:是|[?？]?$)|经过哪些|\bhow (?:to|do|does|can|is|are)\b")
_HAPPENS = regex(
    r"(?:之后|以后|后|时|期间)[^,，?？]{0,3}(?:会|都|又)?发生了?(?:些?什么|哪些)|都?发生了(?:些?什么|哪些)|背后[^,，?？]{0,16}(?:干|做)了?(?:些?什么|哪些)|(?:经过|经历)了?(?:哪些|哪几)|(?:哪些|哪几个?|几个?|什么)(?:步骤|步|环节)"
)
_COURSE = regex(r"的?(?:步骤|过程|流程|原理)(?:是(?:什么|怎样的|怎么样的)|有哪些)?[?？。]*$")  # 的流程是什么 asks for no definition of 流程


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if _HAPPENS.search(text):
        return 0.88  # what happens after it lists nothing, though it says 都…什么
    if _COURSE.search(text):
        return 0.75
    return 0.6 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    question = of_what(question)
    terms = terms_of(question, sources)
    found = steps(question, terms, sources) if unanswerable(question, terms) is None else None
    if found is not None:
        draft = Draft(question, sources)
        draft.consider(terms, ())
        return draft.done(enumerated(*found, draft))
    prefer = about(question, sources, way(question, terms, sources))
    return extract(question, sources, prefer, most=3, listed=False, arranged=lambda chosen: in_order(question, chosen, sources))
