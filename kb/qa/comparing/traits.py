"""Rows of what articles call an advantage and a drawback of each of several things, each in a sentence that says it of that thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.regex import regex
from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import hearsay
from kb.qa.comparing.rows import Row
from kb.qa.finding.belonging import AGAINST_IT, FOR_IT, belonging_to
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import excerpt, tidy
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.lists import ANNOUNCES
from kb.qa.wording import say
from kb.records import Cell, Sentence

_KINDS = (("advantages", FOR_IT), ("drawbacks", AGAINST_IT))
_WEIGHT = 5.0  # behind what things are, before the single aspects
_MOST = 70  # characters of what is told of one
_SHORT = 14  # characters; less says that there is such a thing, not what it is
_STATED = regex(r"(?:是|在于|有|包括|来自|[:：])")


def trait_rows(things: Sequence[Thing], sources: Sources, draft: Draft, *, least: int = 2) -> list[Row]:
    """A row for each kind of trait that is told of at least `least` of the things."""
    rows: list[Row] = []
    language = draft.question.language
    for key, word in _KINDS:
        told = [trait_of(thing, word, sources) for thing in things]
        found = [sentence for sentence in told if sentence is not None]
        if len(found) < least:
            continue
        texts = [excerpt(sentence.text, (), most=_MOST) if sentence else "—" for sentence in told]
        numbers = [(draft.cite(sentence),) if sentence else () for sentence in told]
        cells: tuple[Cell, ...] = (
            ()
            if len(things) < 2
            else tuple(Cell(text, "article" if number else "none", number) for text, number in zip(texts, numbers, strict=True))
        )
        brief = say("semicolon", language).join(text for text, sentence in zip(texts, told, strict=True) if sentence)
        cited = tuple(n for number in numbers for n in number)
        rows.append(Row(say(key, language), brief, cells, cited, _WEIGHT, brief=brief, brief_citations=cited))
    return rows


def trait_of(thing: Thing, word: str, sources: Sources) -> Sentence | None:
    """The sentence that best says what the advantages (or drawbacks) of the thing are; `None` where none says it of this very thing."""
    if thing.concept is None:
        return None
    index, owner, named = index_of(sources), belonging_to(thing.concept, word, sources), re.compile(word)
    best: tuple[float, Sentence] | None = None
    around = dict.fromkeys(id_ for one in index.by_concept.get(thing.concept, ()) for id_ in (one, _next(one)))
    for id_ in around:
        sentence = index.sentences.get(id_)
        match = named.search(sentence.text) if sentence is not None else None
        if sentence is None or match is None or hearsay(sentence.text) or ANNOUNCES.search(sentence.text) or len(sentence.text) < _SHORT:
            continue
        if owner.of(sentence) != "own":
            continue
        worth = 1.0 if _STATED.match(sentence.text, match.end()) else 0.5
        worth += 0.3 if thing.concept in index.title_concepts.get(id_, frozenset()) else 0.0
        worth += 0.2 if 0 <= match.start() - len(thing.label) <= 3 else 0.0
        worth -= max(0, len(tidy(sentence.text)) - _MOST) / 200
        if best is None or worth > best[0]:
            best = (worth, sentence)
    return best[1] if best else None


def _next(sentence_id: str) -> str:
    article, _, place = sentence_id.rpartition("#")
    return f"{article}#{int(place) + 1}"
