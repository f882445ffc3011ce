"""「docker是啥?」「主机是指什么?」「用大白话讲讲什么叫服务器」「What does the Docker daemon do?」 What something is, and what it does."""

from __future__ import annotations

import re

from kb.language.normalize import fold
from kb.qa.extracts import extract
from kb.qa.retrieval import index_of
from kb.qa.sources import Sources
from kb.records import Answer, Question, Sentence

CUES = re.compile(
    r"是什么|什么是|是指什么|指什么|指的是|什么叫|叫什么|定义|什么意思|什么概念|什么东西|做什么的|做什么用|是做什么|有什么用|什么作用|作用是|讲讲|介绍一下|解释一下|是什么$|what (?:is|are|does|do) |define|meaning of|explain"
)
_ROLE = re.compile(r"做什么|作用|用途|有什么用|what does|what do|what .{0,20} for")


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if not CUES.search(text):
        return 0.35 if concepts and len(fold(text)) <= 6 else 0.0
    return 0.7 if len(concepts) <= 1 else 0.5


def answer(question: Question, sources: Sources) -> Answer:
    things = [id_ for id_ in question.concepts if id_ in sources.lexicon]
    subject = things[0] if things else None
    role = bool(_ROLE.search(question.text.lower()))
    names = _names(subject, sources) if subject else ()
    index = index_of(sources)
    near = sources.family(subject) if subject else {}

    def prefer(sentence: Sentence) -> float:
        worth = 0.75
        text = fold(sentence.text)
        if subject and index.carried.get(sentence.id, set()) & set(near):
            worth = 0.95
        if subject and _defines(text, names):
            worth = 1.5
        elif re.search(r"是指|指的是|一般是指|是一种|是一个|是一台", sentence.text):
            worth = max(worth, 1.1)
        if role and re.search(r"负责|用于|用来|管理|提供|分配|可以|进行", sentence.text):
            worth += 0.25
        return worth

    return extract(question, sources, prefer, most=3, chars=300, keep=0.62)


def _names(concept_id: str, sources: Sources) -> tuple[str, ...]:
    concept = sources.lexicon.concept(concept_id)
    return tuple(fold(name) for name in (concept.name, *concept.aliases, concept.name_en or "") if name)


def _defines(text: str, names: tuple[str, ...]) -> bool:
    """The sentence begins with the thing and says what it is."""
    for name in names:
        place = text.find(name)
        if 0 <= place <= 14 and re.match(r".{0,14}?(?:就是|是指|是|指|一般是指|又称|负责)(?!否|不是)", text[place + len(name) :]):
            return True
    return False
