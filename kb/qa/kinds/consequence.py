"""「容器删除以后，可写层里的数据会怎样？」「快照链太长会有什么后果？」「后复制时断网会出什么问题？」 What follows from something, as articles tell it."""

from __future__ import annotations

from kb.language.regex import regex
from kb.qa.asking.terms import leaving_out, wording
from kb.qa.sources import Sources
from kb.qa.telling.extracts import about, extract
from kb.records import Answer, Question, Sentence

_WHAT = r"(?:些?什么|哪些|何种?)(?:样的)?"
CUES = regex(
    r"(?:就|又|将|都)?会(?:变得?|变成)?(?:怎么样|怎样|如何)(?:呢|啊)?[?？]?$"
    rf"|(?:就|又|可能)?(?:会|将|能)?(?:有|带来|造成|产生|导致|引起){_WHAT}(?:后果|影响|结果|问题|麻烦|风险|隐患)"
    rf"|(?:的)?(?:后果|结果)(?:会)?是{_WHAT}|(?:就|又|可能)?会?(?:出|出现|发生|遇到){_WHAT}(?:问题|情况|状况|事情?|缺点|故障|现象)"
)
_FOLLOWS = regex(
    r"导致|造成|使得?|因此|所以|从而|于是|随之|就(?:会|要|不|无法)|会(?!话|议|员)|将|可能|无法|不能|丢失|消失|失败|中断|崩溃|降低|下降|增加|变慢|影响"
)
_SUPPOSES = regex(r"如果|若|一旦|(?:时|后|以后|之后|过[长多大高])[,，]|越")
_EXCESS = regex(r"太(?!网)|过[多长大高小低慢快于度]|越[^,，]{1,6}越|频繁|很[多大长高]")
_ADVISES = regex(r"应当|应该|建议|适合|选择")


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.89 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    excess = _EXCESS.search(wording(question)) is not None
    question = leaving_out(question, CUES)

    def prefer(sentence: Sentence) -> float:
        worth = 1.0
        if _FOLLOWS.search(sentence.text):
            worth += 0.25
        if _SUPPOSES.search(sentence.text):
            worth += 0.1
        if excess and _EXCESS.search(sentence.text):
            worth += 0.3
        return worth * (0.9 if _ADVISES.search(sentence.text) else 1.0)

    return extract(question, sources, about(question, sources, prefer), most=2, keep=0.8, listed=False)
