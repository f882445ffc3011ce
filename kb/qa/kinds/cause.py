"""「为什么虚拟机更消耗资源?」「云厂商为什么喜欢用容器?」「Why is numerical computing slower inside a KVM guest?」 Causes, as articles give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.terms import Term, terms_of, wording
from kb.qa.finding.index import index_of
from kb.qa.finding.judging import unanswerable
from kb.qa.finding.reasons import circular, hints, leads_on, reason_in, share_in_effect
from kb.qa.finding.retrieval import Scored
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.enumerations import announced_reasons, enumerated
from kb.qa.telling.extracts import extract
from kb.records import Answer, Question, Sentence

CUES = regex(
    r"为什么|怎么回事|什么导致|怎么.{0,12}(?:看不到|不能|没有|不了|不会)|\bhow come\b|为何|为啥|什么原因|原因是|因何|怎么会|凭什么|\bwhy\b|reason"
    r"|怎么(?=都|还(?!原)|就|没|一点|老|总|也|这么|那么|反而|竟|越|不(?![同一]))"  # 镜像怎么没变小: the course of nothing is asked
    r"|(?:干嘛|做什么)(?=不|要|非|必须|还|老|总|偏|都|得)|图(?:的(?:就)?是|个|它)什么|(?:^|[,，、\s]|到底|究竟|是)图什么"
    r"|起因|根子|根源|(?:毛病|缺点|问题)出在|(?:原因|道理)(?:出?在)?(?:哪|何)"
)
_NEEDS = regex(r"需要|必须|一方面|才|否则")
_ASKS_ITSELF = regex(r"^(?:那么?)?(?:为什么|为何|为啥)(?P<asked>[^,，?？]{2,})[,，?？].{8,}")  # and answers in the same sentence
_COMPARED = regex(r"比(?![如较例])|更")
_MORE = r".{0,3}?(?:更|较为?|[好高低快慢多少强弱大小重轻]得多)"
_MOST = 3
_ASKED = 0.5  # of what is asked, what the effect must name
_NEARLY = 0.7  # of the most that a chosen sentence covers


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.9 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    terms = terms_of(question, sources)
    listed = announced_reasons(terms, sources) if unanswerable(question, terms) is None else None
    if listed is not None:
        draft = Draft(question, sources)
        draft.consider(terms, ())
        return draft.done(enumerated(*listed, draft))

    compared = _COMPARED.search(wording(question)) is not None

    def prefer(sentence: Sentence) -> float:
        more = 1.15 if compared and _more_so(sentence.text, terms) else 1.0
        return more * _worth(sentence, terms, sources)

    return extract(
        question,
        sources,
        prefer,
        most=_MOST,
        chars=300,
        keep=0.68,
        continued=True,
        arranged=lambda chosen: _reasons(chosen, terms, sources),
    )


def _worth(sentence: Sentence, terms: Sequence[Term], sources: Sources) -> float:
    """What says why it is so, above what follows from it, above what only says that it is so."""
    itself = _ASKS_ITSELF.match(sentence.text)
    if itself is not None and all(any(name in fold(itself["asked"]) for name in term.names) for term in terms):
        return 1.6
    reason = reason_in(sentence.text)
    if reason is not None:
        return 1.35 if share_in_effect(reason, terms) >= _ASKED else 1.15
    if leads_on(sentence.text) and index_of(sources).before(sentence) is not None:
        return 1.3
    if circular(sentence.text, terms):
        return 0.6
    return 1.3 if _NEEDS.search(sentence.text) else 1.05 if hints(sentence.text) else 0.95


def _more_so(text: str, terms: Sequence[Term]) -> bool:
    """隔离性更好: whether one of the words asked is said to be more so."""
    return any(re.search(re.escape(name) + _MORE, fold(text)) for term in terms if not term.salient for name in term.names)


def _reasons(chosen: Sequence[Scored], terms: Sequence[Term], sources: Sources) -> tuple[Scored, ...]:
    """Without what only repeats the question; a sentence that follows from the one before stands behind that one."""
    index = index_of(sources)
    told: dict[str, Scored] = {}
    best = max(item.coverage for item in chosen)
    giving = [item for item in chosen if _gives(item, terms) and item.coverage >= _NEARLY * best]
    for item in giving or chosen:
        if circular(item.sentence.text, terms) and not leads_on(item.sentence.text):
            continue
        before = index.before(item.sentence) if leads_on(item.sentence.text) else None
        if before is not None and before.id not in told:
            told[before.id] = replace(item, sentence=before)
        told.setdefault(item.sentence.id, item)
    return tuple(told.values()) or tuple(chosen)


def _gives(item: Scored, terms: Sequence[Term]) -> bool:
    """Whether a sentence gives a reason for what is asked, by itself or as what follows from the one before."""
    reason = reason_in(item.sentence.text)
    return leads_on(item.sentence.text) if reason is None else share_in_effect(reason, terms) >= _ASKED
