"""What is told of each of several things in the respect asked of each (各自的代价), wherever it stands: one sentence a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.regex import regex
from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import hearsay, stands_alone
from kb.qa.comparing.parallels import opens
from kb.qa.comparing.traits import trait_of
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import tidy
from kb.qa.sources import Sources
from kb.records import Sentence

_COST = "代价|开销|成本|缺点|损失|弊端|毛病|坑|风险|短板|不足(?!以|够)"
_GAIN = "优点|好处|优势|长处|收益|强项"
_FIT = "适合|适用|擅长|选择"
_ASKED = (
    (regex(_COST), _COST, "drawbacks"),
    (regex(_GAIN), _GAIN, "advantages"),
    (regex("适合|适用|场合|场景"), _FIT, "suits"),
)
_LONGEST = 90  # characters
_OPENS, _HEADED, _SAID_OF_IT = 0.5, 0.3, 1.0


def asked_of_each(text: str) -> tuple[str, str] | None:
    """The words that name what is asked of each, as a regular expression, and the name of the row it makes; `None` for anything else."""
    return next(((words, row) for asked, words, row in _ASKED if asked.search(text)), None)


def apiece(things: Sequence[Thing], words: str, sources: Sources) -> tuple[Sentence, ...]:
    """In the order of the things, the same one for all where one tells of each; empty where one of them has none."""
    together = _of_all(things, words, sources)
    if together is not None:
        return (together,) * len(things)
    found = [_of(thing, [other for other in things if other is not thing], words, sources) for thing in things]
    known = [sentence for sentence in found if sentence is not None]
    return tuple(known) if len(known) == len(things) == len({sentence.id for sentence in known}) else ()


def _of_all(things: Sequence[Thing], words: str, sources: Sources) -> Sentence | None:
    """A sentence that says it of each of them in turn: 「…时选择 NAT，…时选择桥接」."""
    index = index_of(sources)
    for id_ in dict.fromkeys(index.by_concept.get(things[0].concept or "", ())):
        sentence = index.sentences.get(id_)
        clauses = index.clauses(sentence) if sentence is not None and len(sentence.text) <= _LONGEST and not hearsay(sentence.text) else ()
        saying = [clause for clause in clauses if re.search(words, clause)]
        own = [[clause for clause in saying if thing.within(clause)] for thing in things]
        if all(len(clauses) == 1 for clauses in own) and len({clauses[0] for clauses in own}) == len(things):
            return sentence
    return None


def _of(thing: Thing, others: Sequence[Thing], words: str, sources: Sources) -> Sentence | None:
    """What says it of the very thing, else a sentence that names it, and none of the others, and says it."""
    stated = trait_of(thing, words, sources)
    if stated is not None:
        return stated
    index, said = index_of(sources), re.compile(words)
    best: tuple[float, Sentence] | None = None
    for id_ in dict.fromkeys(index.by_concept.get(thing.concept or "", ())):
        sentence = index.sentences.get(id_)
        if sentence is None or not said.search(sentence.text) or hearsay(sentence.text) or len(sentence.text) > _LONGEST:
            continue
        text = index.folded[id_]
        if not thing.within(text) or any(other.within(text) for other in others) or not stands_alone(tidy(sentence.text), sentence.text):
            continue
        worth = _OPENS if opens(sentence.text, thing.names) else 0.0
        worth += (
            _HEADED if thing.concept in index.heading_concepts.get(id_, ()) or thing.concept in index.title_concepts.get(id_, ()) else 0.0
        )
        if best is None or worth > best[0]:
            best = (worth, sentence)
    return best[1] if best else None
