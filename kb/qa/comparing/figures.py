"""By how much two things differ: sentences with the figure of the difference, or with a figure for each of the two."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import hearsay
from kb.qa.finding.index import Index, index_of
from kb.qa.sources import Sources
from kb.qa.telling.definitions import names_of
from kb.records import Sentence

_DIFFERENCE = regex(r"差距|相差|损失|[快慢高低大小多少](?:了|出)?约?\s?\d|倍|[%％]|百分之|数量级|分别")
_FIGURE = regex(r"\d\s?(?:[%％]|倍|[A-Za-z]{1,6}(?![\w.])|毫秒|微秒|秒|分钟|个百分点|兆|字节)|百分之|[几数十两]倍|一半")
_KIN = 0.7  # how near a concept must be to stand for a thing (裸金属 for 裸金属服务器)
_BOTH, _ONE, _SAYS_BY_HOW_MUCH, _ON_IT = 1.0, 0.5, 0.6, 0.4
_ENOUGH = 1.4
_MOST = 2


def figures_of_difference(things: Sequence[Thing], respect: Sequence[str], sources: Sources) -> tuple[Sentence, ...]:
    """Best first, two at the most; `respect`: words for that in which they are compared, of which one must be said there, before it, or above it."""
    index = index_of(sources)
    names = [_names(thing, sources) for thing in things[:2]]
    worth: dict[str, float] = {}
    for thing in things[:2]:
        for concept, near in sources.family(thing.concept).items() if thing.concept else ():
            for id_ in index.by_concept.get(concept, ()) if near >= _KIN else ():
                sentence = index.sentences.get(id_)
                if sentence is not None and id_ not in worth:
                    worth[id_] = _worth(sentence, names, respect, index)
    found = sorted((id_ for id_, value in worth.items() if value >= _ENOUGH), key=lambda id_: -worth[id_])
    return tuple(index.sentences[id_] for id_ in found[:_MOST])


def _worth(sentence: Sentence, names: Sequence[Sequence[str]], respect: Sequence[str], index: Index) -> float:
    if not _FIGURE.search(sentence.text) or hearsay(sentence.text):
        return 0.0
    text = index.folded[sentence.id]
    named = sum(any(name in text for name in own) for own in names)
    before = index.before(sentence)
    around = f"{sentence.heading or ''} {before.text if before else ''} {sentence.text}"
    if respect and not any(word in around for word in respect):
        return 0.0
    value = _BOTH if named > 1 else _ONE if named else 0.0
    value += _SAYS_BY_HOW_MUCH if _DIFFERENCE.search(sentence.text) else 0.0
    return value + (_ON_IT if respect else 0.0)


def _names(thing: Thing, sources: Sources) -> tuple[str, ...]:
    kin = [id_ for id_, near in sources.family(thing.concept).items() if near >= _KIN] if thing.concept else []
    whole = fold(thing.label)
    return (
        *thing.names,
        *(fold(name) for id_ in kin if id_ in sources.lexicon for name in names_of(id_, sources) if whole.startswith(fold(name))),
    )
