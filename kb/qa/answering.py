"""The journey of a question: understood, given to its kind, refused where no article answers it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from kb.language.vocabulary import in_chinese_frame
from kb.qa.asking.followups import completed, conversation, named_for
from kb.qa.asking.pursuits import asks_more, asks_of_the_answer, pursued
from kb.qa.asking.terms import has_han
from kb.qa.asking.understanding import requested, spelt, understand
from kb.qa.sources import Sources
from kb.qa.wording import because, say, worded
from kb.records import Answer, Explanation, Language, Reason
from kb.registry import family

_QUESTION = re.compile(r"[^?？]+[?？]")
_ASKS = re.compile(r"什么|怎么|如何|哪[个些种]|多少|多[久大]|几[个种]|吗$|区别|不同")
# 优缺点 are two lists; KVM 是什么，Xen 呢
_BOTH_SIDES = re.compile(
    r"(?P<of>(?:(?![各分]别?有?)[^?？,，]){1,40}?的?)(?:都?有(?:什么|哪些|啥))?(?:优缺点|利弊|(?:优点|好处|优势)(?:和|与|跟|、|以?及)(?:缺点|坏处|劣势|不足))(?:是什么|有?哪些|都?有(?:什么|哪些|啥)|是啥|分别是什么)?[啊呀呢吧]?[?？。]?"
)
_PROS_AND_CONS = re.compile(
    r"(?:what are )?(?:the )?(?:pros and cons|advantages and disadvantages|strengths and weaknesses|benefits and drawbacks) of (?P<of>[^?]{2,60}?)\s*\?*",
    re.I,
)
_ALSO = re.compile(
    r"(?P<first>[^?？,，]{4,40}(?:什么|哪些|多少|吗|多久|多大)[^?？,，]{0,6})[,，]\s*(?P<second>(?:那么?)?[^?？,，]{1,16}呢)[?？]?"
)
_REFERENCE = re.compile(r"\[(\d+)\]")
_WITHOUT_ARTICLES = ("meta", "here")  # kinds that ask of the knowledge base or of this machine, not of what articles say
_SHORTEST = 5  # characters; less is no question of its own


def answer(text: str, sources: Sources, context: tuple[str, ...] = ()) -> Answer:
    """`context`: earlier questions of the same conversation, oldest first. Two questions in one are answered one after the other."""
    before = conversation(context, sources, lambda one, whole: _pursued(one, whole, sources))
    questions = apart(text)
    answered = _one(questions[0], sources, before)
    if len(questions) > 1:
        answered = joined(text, answered, _one(questions[1], sources, (*before, questions[0])))
    return replace(answered, question=replace(answered.question, context=context))


def _one(text: str, sources: Sources, context: tuple[str, ...], language: Language | None = None) -> Answer:
    if context and asks_more(text, context[-1]):
        return _more(text, sources, context)
    whole = _whole(text, sources, context) if context else None
    if whole is not None:
        return _reworded(_one(whole, sources, ()), because("whole", asked=whole), text=text, context=context)
    if context:
        named = named_for(text, context, sources)
        if named != text:
            return _reworded(_one(named, sources, context), because("whole", asked=named), text=text, context=context)
    bare = requested(text)
    if bare != text:
        return _reworded(_one(bare, sources, context), because("whole", asked=bare), text=text)
    right = spelt(text, sources)
    if right != text:
        return _reworded(_one(right, sources, context), because("spelt", read=right), text=text)
    chinese = in_chinese_frame(text) if not has_han(text) else None
    if chinese is not None:
        return _reworded(_one(chinese, sources, context, "en"), because("framed", asked=chinese), text=text, resolved=text)
    question = understand(text, sources, context, language)
    if question.kind not in _WITHOUT_ARTICLES and not question.concepts and not _any_word_known(text, sources):
        why = Explanation(reasons=(because("unrecognized"),))
        return Answer(question, "unknown_concept", say("unknown", question.language), explain=why)
    found: Answer = family("kb.qa.kinds")[question.kind].answer(question, sources)
    return found


def _whole(text: str, sources: Sources, context: tuple[str, ...]) -> str | None:
    return _pursued(text, context, sources) or completed(text, context, sources)


def _pursued(text: str, context: Sequence[str], sources: Sources) -> str | None:
    if not asks_of_the_answer(text, context[-1], sources):
        return None
    return pursued(text, _one(context[-1], sources, ()), sources)


def _more(text: str, sources: Sources, context: tuple[str, ...]) -> Answer:
    """The question before once more, without the sentences that answered it; asked so again, without those told then either."""
    earlier = context[-1]
    told: frozenset[str] = frozenset()
    for _ in takewhile(lambda one: one == earlier, reversed(context)):
        answered = _one(earlier, replace(sources, told=told), ())
        told |= {item.sentence_id for item in answered.evidence}
    further = _one(earlier, replace(sources, told=told), ())
    if further.status == "answered" and any(item.sentence_id in told for item in further.evidence):  # a list is told whole or not at all
        further = Answer(further.question, "no_evidence", "", explain=further.explain)
    if further.status != "answered":
        further = replace(further, text=worded(because("no_more"), further.question.language))
    return _reworded(further, because("more", asked=earlier), text=text, context=context)


def _reworded(answered: Answer, why: Reason, **asked: Any) -> Answer:
    """The answer to a question that was asked in other words, as one to the question as it was put (`asked`: those of its fields)."""
    explain = replace(answered.explain, reasons=(why, *answered.explain.reasons))
    return replace(answered, question=replace(answered.question, **asked), explain=explain)


def apart(text: str) -> tuple[str, ...]:
    """The first two questions of a text that asks several; a rest without a question mark belongs to the one before it."""
    sides = _BOTH_SIDES.fullmatch(text.strip())
    if sides is not None:
        return f"{sides['of']}优点有哪些？", f"{sides['of']}缺点有哪些？"
    sides = _PROS_AND_CONS.fullmatch(text.strip())
    if sides is not None:
        return f"What are the advantages of {sides['of']}?", f"What are the disadvantages of {sides['of']}?"
    also = _ALSO.fullmatch(text.strip())
    if also is not None:
        return f"{also['first']}？", f"{also['second']}？"
    *parts, rest = [part.strip() for part in (*_QUESTION.findall(text), _QUESTION.sub("", text))]
    asked = [part for part in (*parts, *((rest,) if _ASKS.search(rest) else ())) if len(part) >= _SHORTEST]
    if len(asked) < 2 or (rest and rest not in asked):
        return (text,)
    return tuple(asked[:2])


def joined(text: str, first: Answer, second: Answer) -> Answer:
    """One answer of two: the second's sources are numbered on; a refusal of one does not hide the other."""
    shift = len(first.evidence)

    def moved(words: str) -> str:
        return _REFERENCE.sub(lambda match: f"[{int(match[1]) + shift}]", words)

    answered = [one for one in (first, second) if one.status == "answered"]
    leading = answered[0] if answered else first
    return replace(
        leading,
        question=replace(leading.question, text=text),
        text=f"{first.text}\n{moved(second.text)}",
        evidence=(*first.evidence, *(replace(item, n=item.n + shift) for item in second.evidence)),
        table=first.table if first.table is not None else None,
        paths=first.paths,
        measurements=(*first.measurements, *(m for m in second.measurements if m not in first.measurements)),
        disagreements=(*first.disagreements, *map(moved, second.disagreements)),
        explain=_both(first.explain, second.explain, shift),
    )


def _both(first: Explanation, second: Explanation, shift: int) -> Explanation:
    moved = (replace(item, n=item.n + shift if item.n is not None else None) for item in second.candidates)
    sought = dict.fromkeys((*first.sought, *second.sought))
    return Explanation(tuple(sought), (*first.candidates, *moved), (*first.reasons, *second.reasons))


def _any_word_known(text: str, sources: Sources) -> bool:
    return any(sources.frequency(term) > 0 for term in sources.tokenizer.terms(text) if len(term) > 1)
