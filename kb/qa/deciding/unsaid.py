"""What a question asks of a thing that a sentence leaves unsaid: 中毒 of 「虚拟机会不会中毒影响宿主机」, where a sentence tells of other influences."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kb.language.cues import words
from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.qa.asking.terms import Term
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import Proposition, clause_that_asks, modal_in, names_of, opposite_names, place_in
from kb.qa.finding.characters import EMPTY
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored

# what goes wrong, is lost or limited: one asks whether it does where it does
BAD = regex(
    r"受限|限制|妨碍|崩|停|中断|消失|丢|泄|漏洞|风险|慢|终止|杀|失败|攻破|攻击|影响|挂|垮|死|没了|倒|错|损失|降低|下降|危险|不安全|隐患|偷|窃听|篡改|浪费|麻烦|拖累|受损|缺点"
)
_TELLING = 3.5  # weight of a word that no answer can leave out; below it are those that say how, or that much text has (作为, 自己)
_SHARE = 0.7  # of the weight of what one sentence alone says, where there are few
_PASSED_OVER = 1.5  # weight of a word that no article has, below which it is an everyday one
_CONTENT, _COMPLEMENTS = frozenset("nvat"), frozenset("来到成进去上下了掉")  # jieba's tags; 拿来, 变成, 搬到 say how
_MET = 0.7  # how well a sentence must meet a term to say it, in its own words or pointing back to the sentence before
_TITLED = 0.5  # the same of a name, which the title of an article may say for all that stands in it
_RARE = 2.5  # rarity of a character that tells of the word: 拖 of 拖累 in 拖慢, and not 离 of 离线 in 隔离
_HALF = 0.5  # of the rarity of what one sentence alone has, where there are few
_UNDER = regex(r"[^,，]{2,24}?(?:之后|以后|的时候|的话|的情况下)")
_NAME_PARTS = regex(r"[a-z0-9.]+")


def unsaid(asked: Proposition, terms: Sequence[Term], item: Scored) -> tuple[Term, ...]:
    """Telling terms of what is asked that neither the sentence nor what stands over it says, by any name, opposite, part or shared character."""
    index = index_of(asked.sources)
    text, heading = index.folded[item.sentence.id], index.headings[item.sentence.id]
    return tuple(
        term
        for term, met in zip(terms, item.covered, strict=True)
        if _telling(term, asked)
        and met < (_TITLED if term.salient else _MET if not _latin_in(term) else 1.1)
        and _asked_of_it(term, asked)
        and not _says(term, text, heading, asked)
    )


def _telling(term: Term, asked: Proposition) -> bool:
    """Whether no answer can leave it out: a rare word, or a content word that no article has."""
    if {term.label, *term.names[:1]} & set(words("manner")):
        return False
    own = (term.names or (term.label,))[0]
    word = not (term.salient or term.concepts)
    if word and is_han(own[0]) and (asked.sources.tokenizer.usual_tag(own)[:1] not in _CONTENT or own[-1] in _COMPLEMENTS):
        return False
    if word and term.missing:
        return term.weight >= _PASSED_OVER
    return term.weight >= min(_TELLING, _SHARE * math.log(1 + asked.sources.size))


def _asked_of_it(term: Term, asked: Proposition) -> bool:
    """Whether it is asked of the thing, and is not the thing itself or its circumstances: a name, what stands behind the modal, or right before it."""
    if any(id_ in asked.near | asked.likened and near == 1.0 for id_, near in term.concepts):
        return False
    text = fold(asked.text)
    start = max(0, text.rfind(fold(clause_that_asks(asked.text))))
    under = _UNDER.match(text, start)
    start = under.end() if under else start
    place = place_in(term, text)
    if term.salient or place < start:
        return term.salient and place >= start
    modal = modal_in(text[start:])
    if modal is None or place >= start + modal.start():
        return True
    # 日期 of 虚拟机的日期能: what is asked about, and the thing only says whose it is
    return text[:place].endswith("的") and not text[place + len(term.label) : start + modal.start()].strip("也还都又就")


def _latin_in(term: Term) -> list[str]:
    """The Latin part of a name that goes on in Chinese (windows of Windows虚拟机)."""
    own = term.names[0] if term.names else ""
    return _NAME_PARTS.findall(own) if any(map(is_han, own)) else []


def _says(term: Term, text: str, heading: str, asked: Proposition) -> bool:
    names = (*names_of(term, asked.sources), *opposite_names(term))
    if (sort := _latin_in(term)) and not any(place_of(text, part) >= 0 or part in heading for part in sort):
        names = term.names  # 虚拟机 does not say Windows虚拟机
    if any(place_of(text, name) >= 0 or name in heading for name in names):
        return True
    if any(any(word in text for word in alternates) for alternates in term.parts):
        return True
    own = term.names[0] if term.names else fold(term.label)
    if "影响" in term.names and BAD.search(text):
        return True  # 崩溃 of 连累
    if term.concepts and any(place_of(text, part) >= 0 for part in _NAME_PARTS.findall(term.label.replace("_", " "))):
        return True  # v2 of cgroup v2
    own = "".join(term.names) if len(own) == 1 else own  # 自购 for 买, as 购买 has it
    index = index_of(asked.sources)
    rare = min(_RARE, _HALF * math.log(1 + asked.sources.size))
    return any(character in text and index.rarity(character) >= rare for character in own if is_han(character) and character not in EMPTY)
