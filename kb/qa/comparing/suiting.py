"""What articles say each of several things suits: 「虚拟机适合多租户…」, 「需要不同内核时选择虚拟机」; of all of them, or of none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.sentences import split_clauses
from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import hearsay, stands_alone
from kb.qa.comparing.parallels import opens
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import tidy
from kb.qa.sources import Sources
from kb.records import Sentence

_SUITS = regex(r"(?<!不)适合|(?<!不)适用于|适于|擅长")
_ONLY_NAMES_IT = regex(r"(?:适合|适用于|适于|擅长)[^,，]{0,3}$")
_CHOOSE = r"(?:选择|优先使用|应当使用|应该使用|推荐(?:使用)?)[^,，;；。和与]{0,4}"
_PURPOSE = regex(r"如果|若|当|需要|要求|时|场景|场合|的话")
_CHOICE_HEADING = regex(r"选择|选型|适用|适合|场景|使用场合")
_LONGEST = 60  # characters
_CANDIDATES = 8  # a thing
_TOGETHER, _CLOSE = 0.5, 0.2  # worth of one article, and of a few sentences apart
_NEAR = 4  # sentences


@dataclass(frozen=True, slots=True)
class Suited:
    """`text` is a stretch of `sentence`."""

    text: str
    sentence: Sentence
    worth: float


def suited(things: Sequence[Thing], sources: Sources) -> tuple[Suited, ...]:
    """One for each thing, those that belong together first; empty where nothing is said of one of them."""
    index = index_of(sources)
    found = []
    for thing in things:
        others = [name for other in things if other is not thing for name in other.names]
        found.append(sorted(_of(thing, others, index), key=lambda one: -one.worth)[:_CANDIDATES])
    if not all(found):
        return ()
    best = max(product(*found), key=_worth)
    return best if _worth(best) > 0 else ()


def _of(thing: Thing, others: Sequence[str], index: Index) -> Iterator[Suited]:
    names = "|".join(re.escape(name) for name in sorted(thing.names, key=len, reverse=True))
    chosen = re.compile(rf"{_CHOOSE}(?:{names})(?![\u4e00-\u9fff]{{0,2}}(?:平台|镜像|引擎))")
    for id_ in dict.fromkeys(index.by_concept.get(thing.concept or "", ())):
        sentence = index.sentences.get(id_)
        if sentence is None or hearsay(sentence.text):
            continue
        headed = 0.3 if _CHOICE_HEADING.search(sentence.heading or "") else 0.0
        for start, end in split_clauses(sentence.text) if _SUITS.search(sentence.text) else ():
            clause = tidy(sentence.text[start:end])
            fit = _SUITS.search(clause) and not _ONLY_NAMES_IT.search(clause) and stands_alone(clause, sentence.text)
            if fit and opens(clause, thing.names) and len(clause) <= _LONGEST:
                yield Suited(clause, sentence, 1.0 + headed)
        if not chosen.search(index.folded[id_]):
            continue
        text = tidy(sentence.text)
        choice = chosen.search(fold(text)) if len(text) <= _LONGEST and _PURPOSE.search(text) else None
        if choice and not any(name in fold(text)[choice.start() :] for name in others):
            yield Suited(text, sentence, 0.8 + headed)


def _worth(chosen: tuple[Suited, ...]) -> float:
    sentences = [one.sentence for one in chosen]
    if len({one.text for one in chosen}) < len(chosen):
        return -1.0
    one_article = len({sentence.article_id for sentence in sentences}) == 1
    places = [sentence.position for sentence in sentences]
    together = _TOGETHER + (_CLOSE if max(places) - min(places) <= _NEAR else 0.0) if one_article else 0.0
    return sum(one.worth for one in chosen) / len(chosen) + together
