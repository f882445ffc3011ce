"""The journey of a question: understood, given to its kind, refused where no article answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from kb.language.translating import translated
from kb.language.vocabulary import in_chinese_frame, plain, plainer_frame
from kb.qa.asking.followups import completed, conversation, named_for
from kb.qa.asking.places import without_place
from kb.qa.asking.pursuits import asks_more, asks_of_the_answer, pursued
from kb.qa.asking.senses import meaning_asked
from kb.qa.asking.several import apart, each_by_itself
from kb.qa.asking.tags import without_tag
from kb.qa.asking.terms import has_han
from kb.qa.asking.understanding import at_once, requested, spelt, understand
from kb.qa.deciding.propositions import closed
from kb.qa.sources import Sources
from kb.qa.telling.joining import joined
from kb.qa.wording import because, say, worded
from kb.records import Answer, Explanation, Language, Reason
from kb.registry import family

_PAIR = 2
_WITHOUT_ARTICLES = ("meta", "here")  # kinds that ask of the knowledge base or of this machine, not of what articles say
_CLOSED = "yes_no"  # asked where another kind of answer does not say yes or no, and nothing else was asked for


def answer(text: str, sources: Sources, context: tuple[str, ...] = ()) -> Answer:
    """`context`: earlier questions of the same conversation, oldest first. Several questions in one are answered one after the other."""
    before = conversation(context, sources, lambda one, whole: _pursued(one, whole, sources))
    questions = apart(at_once(meaning_asked(without_tag(without_place(text)))), sources)
    answers = [_one(question, sources, (*before, *questions[:number])) for number, question in enumerate(questions)]
    answered = _together(text, answers, before, sources) if len(answers) > 1 else _or_each(answers[0], before, sources)
    return replace(answered, question=replace(answered.question, text=text, context=context))


def _together(text: str, answers: Sequence[Answer], before: tuple[str, ...], sources: Sources) -> Answer:
    """The parts one after the other; the text as one question where of two parts only one is answered, and that says what it says and more."""
    told = [one for one in answers if one.status == "answered"]
    if len(answers) == _PAIR and len(told) == 1:
        whole = _one(text, sources, before)
        if whole.status == "answered" and {e.sentence_id for e in told[0].evidence} < {e.sentence_id for e in whole.evidence}:
            return whole
    return joined(text, answers)


def _or_each(found: Answer, before: tuple[str, ...], sources: Sources) -> Answer:
    """Of each of the things by itself, where no article tells it of them together; only where it is told of all."""
    text = found.question.text
    questions = each_by_itself(text, sources) if found.status == "no_evidence" else ()
    answers = [_one(question, sources, before) for question in questions]
    return joined(text, answers) if answers and all(one.status == "answered" for one in answers) else found


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
    for plainer, thing in plainer_frame(text):
        if sources.lexicon.named(thing) is not None:
            plainly = _one(plainer, sources, context, language)
            if plainly.status == "answered":
                return _reworded(plainly, because("whole", asked=plainer), text=text)
    question = understand(text, sources, context, language)
    chinese = None if has_han(text) or question.kind in _WITHOUT_ARTICLES else in_chinese_frame(text) or translated(text, sources.lexicon)
    if chinese is not None:
        return _reworded(_one(chinese, sources, context, "en"), because("framed", asked=chinese), text=text, resolved=text)
    if question.kind not in _WITHOUT_ARTICLES and not question.concepts and not _any_word_known(text, sources):
        why = Explanation(reasons=(because("unrecognized"),))
        return Answer(question, "unknown_concept", say("unknown", question.language), explain=why)
    kinds = family("kb.qa.kinds")
    found: Answer = kinds[question.kind].answer(question, sources)
    asked = plain(text).lower()
    if found.verdict is None and question.kind not in (_CLOSED, *_WITHOUT_ARTICLES) and closed(asked) and kinds[_CLOSED].fits(asked, ()):
        whether: Answer = kinds[_CLOSED].answer(replace(question, kind=_CLOSED), sources)
        if whether.verdict is not None:
            return whether
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


def _any_word_known(text: str, sources: Sources) -> bool:
    return any(sources.frequency(term) > 0 for term in sources.tokenizer.terms(text) if len(term) > 1)
