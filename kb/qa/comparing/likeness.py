"""What two things share, in the words of a sentence that speaks of both together: 「A 和 B 都…」, 「二者都…」 in an article on the two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.regex import regex
from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import hearsay
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import alike, tidy
from kb.qa.sources import Sources
from kb.records import Sentence

_JOINT = r"\s*(?:和|与|跟|及|以及|、)\s*"
_ALIKE = r"[^,，;；。]{0,8}?(?:都|均|同样)(?!不合适|有人|不准确)"
_ALIKE_IN_ANY_WORDS = r"[^,，;；。]{0,8}?(?:都|均|同样|很像|相似|类似|相近|一样|共用|共享)(?!不合适|有人|不准确)"
_LIKENS = regex(r"相当于|就?好比|就像|如同|类似于?|相似|很像|看[成作]|等价")
_ASKED = regex(
    r"(?:什么|哪些|何|啥)(?:是)?(?:共同|相同|相似|类似|共通|相近)的?(?:点|之处|地方|特点|特征)|(?:共同|相同|相似)(?:点|之处|的地方)(?:是什么|有哪些|在哪)"
)
_BOTH = regex(rf"(?:^|[,，])(?:[二两]者|它们|两种技术|双方){_ALIKE}")
_LONGEST, _LONGER = 70, 140  # characters
_OWN_HEADING = 0.5  # worth of standing under a heading for it
_ALIKE_HEADING = regex(r"相同|共同|相似|共通")


def asks_likeness(text: str) -> bool:
    """Whether it is asked what things have in common: 「有什么共同点」."""
    return _ASKED.search(text) is not None


def shared_by(things: Sequence[Thing], sources: Sources) -> Sentence | None:
    """The sentence that best says what two things have in common; `None` where no article says it of the two together."""
    return next(iter(_said_of_both(things, sources, _ALIKE, _LONGEST)), None)


def all_shared(things: Sequence[Thing], sources: Sources, *, most: int = 3) -> tuple[Sentence, ...]:
    """What two things have in common, and that they are alike, best first; no two sentences that say the same."""
    told: list[Sentence] = []
    for sentence in _said_of_both(things, sources, _ALIKE_IN_ANY_WORDS, _LONGER):
        if len(told) < most and not any(alike(sentence.text, other.text) for other in told):
            told.append(sentence)
    return tuple(told) or _likened(things, sources)[:most]


def _likened(things: Sequence[Thing], sources: Sources) -> tuple[Sentence, ...]:
    """Sentences that liken the one to the other: 「每个容器就相当于一个集装箱」."""
    index = index_of(sources)
    ids = [id_ for thing in things for id_ in index.by_concept.get(thing.concept or "", ())]
    found = (index.sentences[id_] for id_ in dict.fromkeys(ids) if id_ in index.sentences)
    return tuple(one for one in found if _LIKENS.search(one.text) and all(thing.within(index.folded[one.id]) for thing in things))


def _said_of_both(things: Sequence[Thing], sources: Sources, said: str, longest: int) -> tuple[Sentence, ...]:
    if len(things) != 2 or not all(thing.concept for thing in things):
        return ()
    index = index_of(sources)
    names = ["|".join(re.escape(name) for name in sorted(thing.names, key=len, reverse=True)) for thing in things]
    joined = re.compile(rf"(?:{names[0]}){_JOINT}(?:{names[1]}){said}|(?:{names[1]}){_JOINT}(?:{names[0]}){said}")
    ids = {thing.concept for thing in things}
    candidates = {id_ for thing in things for id_ in index.by_concept.get(thing.concept or "", ())}
    titled = {id_ for id_, concepts in index.title_concepts.items() if ids <= concepts}
    found: list[tuple[float, Sentence]] = []
    for id_ in dict.fromkeys([*sorted(candidates), *sorted(titled)]):
        sentence = index.sentences.get(id_)
        if sentence is None:
            continue
        both = id_ in titled and _BOTH.search(sentence.text)
        if (not both and not joined.search(index.folded[id_])) or len(tidy(sentence.text)) > longest or hearsay(sentence.text):
            continue
        headed = _OWN_HEADING if _ALIKE_HEADING.search(sentence.heading or "") else 0.0
        found.append((1.0 + headed + (0.3 if id_ in titled else 0.0) + min(len(sentence.text), 40) / 100, sentence))
    return tuple(sentence for _, sentence in sorted(found, key=lambda one: -one[0]))
