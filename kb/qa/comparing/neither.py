"""That neither of two things is better in itself, in the words of a sentence that says so of both: 「两者没有绝对的优劣，取决于场景」."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.regex import regex
from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import hearsay
from kb.qa.comparing.sides import names_all
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import tidy
from kb.qa.sources import Sources
from kb.records import Sentence

_NEITHER = regex(
    r"(?:没有|不存在|并?无|不分)(?:什么)?(?:绝对|必然|简单)?的?(?:谁)?(?:更)?(?:好坏|优劣|高下|高低|胜负|最优)"
    r"|各有(?:所长|千秋|长短|优劣|优缺点|利弊|好坏|优势|适用)|不能(?:简单地?|一概)[^,，]{0,6}(?:说|断言|而论)|谈不上谁[好优]"
)
_BOTH = regex(r"[两二]者|双方|[两二]种|它们|这两[个种类]")
_BACK = 6  # sentences before, in which things that 两者 means may be named
_LONGEST = 90  # characters


def neither_better(things: Sequence[Thing], sources: Sources) -> Sentence | None:
    """The shortest such sentence that names the things, or means them by 两者; `None` where no article says it of them."""
    if len(things) != 2:
        return None
    index = index_of(sources)
    found = [
        sentence
        for sentence in index.sentences.values()
        if _NEITHER.search(sentence.text)
        and len(tidy(sentence.text)) <= _LONGEST
        and not hearsay(sentence.text)
        and (names_all(sentence.text, things) or (_BOTH.search(sentence.text) and _means(things, sentence, index)))
    ]
    return min(found, key=lambda sentence: len(sentence.text), default=None)


def _means(things: Sequence[Thing], sentence: Sentence, index: Index) -> bool:
    """Whether the title or the heading names both, or the sentences right before do."""
    above = index.title_concepts.get(sentence.id, frozenset()) | index.heading_concepts.get(sentence.id, frozenset())
    if all(thing.concept in above for thing in things):
        return True
    told = ""
    before = index.before(sentence)
    for _ in range(_BACK):
        if before is None:
            return False
        told += before.text
        if names_all(told, things):
            return True
        before = index.before(before)
    return False
