"""Answers that are lists: which announced list a question asks for, and how it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.language.vocabulary import runs_into
from kb.qa.asking.terms import Term, plainly
from kb.qa.finding.belonging import belonging, foreign
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.judging import says_enough, unanswerable
from kb.qa.finding.meeting import HEADING
from kb.qa.finding.retrieval import Scored, met, tidy
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.lists import Item, count_of, items_behind, listed, named_before_count
from kb.qa.wording import quoted, say
from kb.records import Language, Question, Sentence

_NEARLY = 0.12
_NAMES_IT = 0.8  # of the question, what a lead must say for the lines behind it to be the answer
_IN_TITLE, _IN_LONG_TITLE, _IN_ITEMS = 0.9, 0.6, 0.8  # worth of what a title of one thing, one of more, and the items say, not the lead
_MOSTLY = 0.6  # of the items
_PLAIN = 0.5  # how well a word must be met to be said
_ASKED = 2.0  # weight of a word that must be said
# words that ask for the kinds of a thing: whatever sorts or counts them says as much
_KINDS = frozenset("种类 类型 类别 类 种 分类 kinds types kind type".split())
# words for any part: what a thing is made of says as much
_PARTS = frozenset("部件 组件 部分 组成部分 成分 成员 模块 要素 组成 构成 components parts".split())
_MADE_OF = regex(r"[组构]成|包括|包含|(?:部件|组件|部分)[^,，]{0,4}[:：]?$")
_WHOLE = regex(r"(?P<whole>[^,，。;；:：]{2,20}?)(?:主要|一般|通常|大致)?由[^。;；]+(?:[组构]成|部分)")
_SORTED_OUT = regex(r"分为|分成|[两三四五六七八九十几\d]+\s?(?:大|个)?[种类]")
_HOW_MANY_KINDS = regex(r"(?:[几些]|多少)[种类]")
_REASONS = regex(r"原因|理由|因素")
_LEAST = 0.6
_CHARS = 320  # of all items; beyond that only what names them is told
_SHORT = 16  # characters


def announced_list(
    question: Question, terms: Sequence[Term], ranked: Sequence[Scored], sources: Sources, *, nearly: float = _NEARLY
) -> tuple[Sentence, tuple[Item, ...]] | None:
    """The list that a sentence or heading leads to which says most of what is asked; one with the asked number of items first.

    `nearly`: of the question, what an announcing sentence may cover less than the best one, where no list is plainly what is asked for.
    """
    if unanswerable(question, terms) is not None:
        return None
    index = index_of(sources)
    owner = belonging(question, terms, sources)
    asked = count_of(plainly(question))
    # nothing but its kinds is asked: 「hypervisor 的三个条件」 are none
    kinds = bool(_HOW_MANY_KINDS.search(plainly(question))) and all(term.salient and term.concepts for term in terms)

    def of_another(lead: Sentence) -> bool:
        if kinds and not _SORTED_OUT.search(lead.text) and not any(word in lead.text for word in _KINDS):
            return True
        headed = (lead.heading or "").rsplit(" / ", 1)[-1]
        if owner and (owner.of(lead) in ("other", "kind") or (owner.left_unsaid(lead.text) and owner.left_unsaid(headed))):
            return True
        return _of_a_kind(lead, terms, sources) or of_another_whole(lead, terms, sources)

    named = [
        (said + (0.3 if asked == len(items) else 0.0), lead, items)
        for lead, items in index.headed(listed)
        if (said := _said(terms, lead, items, index)) >= _NAMES_IT and not of_another(lead)
    ]
    if named:
        _, lead, items = max(named, key=lambda entry: entry[0])
        return lead, items
    # 「runc 创建容器分为两步」 lists no 维护者, 「Docker 的缺点有三项」 none of 容器
    ranked = [item for item in ranked if says_enough(item, terms) and not foreign(item)]
    best = max((item.coverage for item in ranked[:3]), default=0.0)
    found: list[tuple[float, Sentence, tuple[Item, ...]]] = []
    for item in ranked[:8]:
        if item.coverage >= max(_LEAST, best - nearly) and _of_the_first(item, terms) and not (kinds and of_another(item.sentence)):
            if of_another_whole(item.sentence, terms, sources):
                continue
            items = items_behind(item.sentence, index)
            if items:
                found.append((item.coverage + (0.3 if asked == len(items) else 0.0), item.sentence, items))
    total = sum(term.weight for term in terms) or 1.0
    for lead, items in index.headed(listed):
        if lead.id in index.sentences or index.places[lead.id].mark == "#" or of_another(lead):
            continue  # a lead on a line of its own heads what is below, and is not ranked
        said = sum(term.weight * met(term, lead, index) for term in terms) / total
        if said >= max(_LEAST, best - nearly):
            found.append((said + (0.3 if asked == len(items) else 0.0), lead, items))
    if not found:
        return None
    _, lead, items = max(found, key=lambda entry: entry[0])
    return lead, items


def _of_a_kind(lead: Sentence, terms: Sequence[Term], sources: Sources) -> bool:
    """Whether a lead opens with a kind of the thing asked about, by its name: the limits of rootless 容器 are not those of 容器."""
    thing = next((term for term in terms if term.salient and term.concepts), None)
    first = next((match for match in sources.lexicon.find(lead.text) if match.start == 0), None)
    if thing is None or first is None or first.concept_id in {id_ for id_, near in thing.concepts if near == 1.0}:
        return False
    opened = fold(lead.text[first.start : first.end])
    return any(opened != name and opened.endswith(name) for name in thing.names)


def _of_the_first(item: Scored, terms: Sequence[Term]) -> bool:
    """Whether a sentence speaks of the first thing asked about: the parts of gVisor are none of Kubernetes."""
    first = next((place for place, term in enumerate(terms) if term.salient and term.concepts), None)
    return first is None or item.covered[first] >= _PLAIN


def announced_reasons(terms: Sequence[Term], sources: Sources) -> tuple[Sentence, tuple[Item, ...]] | None:
    """The reasons that a sentence announces (…，原因有四个) for what is asked."""
    index = index_of(sources)
    found = [
        (said, lead, items)
        for lead, items in index.headed(listed)
        if _REASONS.search(lead.text) and (said := _said(terms, lead, items, index)) >= _NAMES_IT
    ]
    return max(found, key=lambda entry: entry[0])[1:] if found else None


def _said(terms: Sequence[Term], lead: Sentence, items: Sequence[Item], index: Index) -> float:
    """How much of what is asked a list's lead says, with its heading and the title above it; nothing where one asked word is said nowhere.

    What is asked of a thing (its 指令) must stand in the lead, its heading or most of the items; the thing itself may stand in the title.
    Where only the thing or its kinds are asked for, the lead itself must name it.
    """
    titled = index.titled.get(lead.article_id, frozenset())
    counted = {fold(name) for name in named_before_count(lead.text)}
    above = index.headings[items[0].sentences[0].id]
    sorts, made = bool(_SORTED_OUT.search(lead.text)), bool(_MADE_OF.search(lead.text) or _MADE_OF.match(above))
    alone = all(term.label in _KINDS for term in terms[1:])
    total = said = 0.0
    plainly = False
    for term in terms:
        thing = bool(term.salient and term.concepts)
        if (sorts and term.label in _KINDS) or (made and term.label in _PARTS):
            own = 1.0
        else:
            own = _named(term, lead, index) if thing else met(term, lead, index)
        if not thing and term.label not in _PARTS and any(word in counted for word in term.words):
            own = 0.0  # 控制器 in 由层级、控制组和控制器三部分组成 is one of what is listed, not what it is a list of
        if own < HEADING and (
            any(name in above for name in term.names if is_han(name[0]))
            if thing
            else any(word in above for word in term.words[:1]) or above.endswith(term.words)
        ):
            own = HEADING  # 能力与限制 heads more than what 缺点 asks for
        if own < _IN_ITEMS and not thing and _in_items(term, items, index):
            own = _IN_ITEMS
        plainly = plainly or (own >= HEADING and term.label not in _KINDS)
        if own < _IN_TITLE and thing and any(near == 1.0 and id_ in titled for id_, near in term.concepts):
            own = _IN_TITLE if len(titled) == 1 else max(own, _IN_LONG_TITLE)
        if own < (1.0 if alone and thing else _PLAIN) and term.weight >= _ASKED:
            return 0.0
        total += term.weight
        said += term.weight * own
    return said / total if total and plainly else 0.0


def of_another_whole(lead: Sentence, terms: Sequence[Term], sources: Sources) -> bool:
    """Whether a lead gives the parts of something else: 镜像由清单、配置和层三部分组成 those of no Docker, also under the title of Docker 镜像."""
    whole = _WHOLE.match(index_of(sources).folded[lead.id])
    thing = next((term for term in terms if term.salient and term.concepts), None)
    if whole is None or thing is None:
        return False
    named = {match.concept_id for match in index_of(sources).named(whole["whole"], sources)}
    fuller = any(whole["whole"].startswith(name) and runs_into(name, whole["whole"][len(name) :]) for name in thing.names)  # Docker Engine
    return bool(named) and not fuller and not any(id_ in named for id_, near in thing.concepts if near == 1.0)


def _named(term: Term, lead: Sentence, index: Index) -> float:
    """As `met`, of the thing itself: what is like it or part of its name (Docker of Docker 容器) is another thing with lists of its own."""
    ids = {id_ for id_, near in term.concepts if near == 1.0}
    if ids & index.concepts.get(lead.id, set()) or any(is_han(name[0]) and name in index.folded[lead.id] for name in term.names):
        return 1.0
    return HEADING if ids & index.heading_concepts.get(lead.id, frozenset()) else 0.0


def _in_items(term: Term, items: Sequence[Item], index: Index) -> bool:
    """Whether most items name what is asked for (cpu 控制器, memory 控制器)."""
    return sum(met(term, item.sentences[0], index) >= _IN_ITEMS for item in items) >= _MOSTLY * len(items)


def enumerated(lead: Sentence, items: Sequence[Item], draft: Draft) -> str:
    """The announcing sentence and its items, each with its number; items are cut to their names where all of them are too long."""
    language = draft.question.language
    opening = f"{quoted(tidy(lead.text).rstrip(':：'), language)}{say('colon', language)}"
    first, last = items[0].sentences[0], items[-1].sentences[0]
    if all(len(item.sentences[0].text) <= _SHORT for item in items):
        # lines of a few characters prove nothing one by one: the stretch that lists them is the quote
        shown, joint = _shown(items, language)
        return f"{opening}{joint.join(shown)}[{draft.cite(first, (lead.span[0], last.span[1]))}]{say('end', language)}"
    return opening + items_told(items, draft)


def items_told(items: Sequence[Item], draft: Draft) -> str:
    """The items, each with its number."""
    shown, joint = _shown(items, draft.question.language)
    pieces = [f"{text}{_numbers(item, text, draft)}" for text, item in zip(shown, items, strict=True)]
    return f"{joint.join(pieces)}{say('end', draft.question.language)}"


def _shown(items: Sequence[Item], language: Language) -> tuple[list[str], str]:
    """What is told of each item, cut to their names where all of them are too long, and what joins them."""
    whole = [tidy(item.text) for item in items]
    names = [item.label or name_of(item.sentences[0]) for item in items]
    shown = (
        whole if sum(map(len, whole)) <= _CHARS else [name if len(name) <= 40 else text for name, text in zip(names, whole, strict=True)]
    )
    joint = say("comma" if all(len(text) <= _SHORT for text in shown) else "semicolon", language)
    return [quoted(text, language) for text in shown], joint


def _numbers(item: Item, shown: str, draft: Draft) -> str:
    told = [sentence for sentence in item.sentences[:2] if tidy(sentence.text)[:12] in shown] or [item.sentences[0]]
    return "".join(f"[{draft.cite(sentence)}]" for sentence in told)


def name_of(sentence: Sentence) -> str:
    """The thing listed: what stands before a colon, else the first clause."""
    text = sentence.text.strip("。.;； ")
    return re.split(r"[:：]", text, maxsplit=1)[0] if re.match(r"[^:：,，]{1,20}[:：]", text) else re.split(r"[,，;；。]", text)[0]
