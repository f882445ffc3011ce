"""Answers that are lists: which announced list a question asks for, and how it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.qa.asking.terms import Term
from kb.qa.finding.belonging import Belonging, foreign
from kb.qa.finding.index import index_of
from kb.qa.finding.judging import says_enough, unanswerable
from kb.qa.finding.retrieval import Scored, met, tidy
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.lists import Item, count_of, items_behind, listed
from kb.qa.wording import quoted, say
from kb.records import Language, Question, Sentence

_NEARLY = 0.12
_NAMES_IT = 0.9  # of the question, what a heading must say for its lines to be the answer
_LEAST = 0.6
_CHARS = 320  # of all items; beyond that only what names them is told
_SHORT = 16  # characters


def announced_list(
    question: Question, terms: Sequence[Term], ranked: Sequence[Scored], sources: Sources, *, nearly: float = _NEARLY
) -> tuple[Sentence, tuple[Item, ...]] | None:
    """The list whose announcing sentence or heading says most of what is asked; one with the asked number of items first.

    `nearly`: of the question, what an announcing sentence may cover less than the best one.
    """
    if unanswerable(question, terms) is not None:
        return None
    index = index_of(sources)
    belonging = Belonging(question, terms, sources)
    # 「runc 创建容器分为两步」 lists no 维护者, 「Docker 的缺点有三项」 none of 容器
    ranked = [item for item in ranked if says_enough(item, terms) and not foreign(item)]
    best = max((item.coverage for item in ranked[:3]), default=0.0)
    asked = count_of(question.text)
    found: list[tuple[float, Sentence, tuple[Item, ...]]] = []
    for item in ranked[:8]:
        if item.coverage >= max(_LEAST, best - nearly):
            items = items_behind(item.sentence, index)
            if items:
                found.append((item.score + (0.3 if asked == len(items) else 0.0), item.sentence, items))
    total = sum(term.weight for term in terms) or 1.0
    for heading, items in index.headed(listed):
        said = sum(term.weight * met(term, heading, index) for term in terms) / total
        if belonging and belonging.of(heading) in ("other", "kind"):
            continue
        if said >= (_NAMES_IT if index.places[heading.id].mark == "#" else max(_LEAST, best - nearly)):
            found.append((said + (0.3 if asked == len(items) else 0.0), heading, items))
    if not found:
        return None
    _, lead, items = max(found, key=lambda entry: entry[0])
    return lead, items


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
