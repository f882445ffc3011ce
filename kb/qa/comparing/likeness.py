"""What two things share, in the words of a sentence that speaks of both together: 「A 和 B 都…」, 「二者都…」 in an article on the two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import hearsay
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import tidy
from kb.qa.sources import Sources
from kb.records import Sentence

_JOINT = r"\s*(?:和|与|跟|及|以及|、)\s*"
_ALIKE = r"[^,，;；。]{0,8}?(?:都|均|同样)(?!不合适|有人|不准确)"
_BOTH = re.compile(rf"(?:^|[,，])(?:[二两]者|它们|两种技术|双方){_ALIKE}")
_LONGEST = 70  # characters
_OWN_HEADING = 0.5  # worth of standing under a heading for it
_ALIKE_HEADING = re.compile(r"相同|共同|相似|共通")


def shared_by(things: Sequence[Thing], sources: Sources) -> Sentence | None:
    """The sentence that best says what two things have in common; `None` where no article says it of the two together."""
    if len(things) != 2 or not all(thing.concept for thing in things):
        return None
    index = index_of(sources)
    names = ["|".join(re.escape(name) for name in sorted(thing.names, key=len, reverse=True)) for thing in things]
    joined = re.compile(rf"(?:{names[0]}){_JOINT}(?:{names[1]}){_ALIKE}|(?:{names[1]}){_JOINT}(?:{names[0]}){_ALIKE}")
    ids = {thing.concept for thing in things}
    candidates = {id_ for thing in things for id_ in index.by_concept.get(thing.concept or "", ())}
    titled = {id_ for id_, concepts in index.title_concepts.items() if ids <= concepts}
    best: tuple[float, Sentence] | None = None
    for id_ in dict.fromkeys([*sorted(candidates), *sorted(titled)]):
        sentence = index.sentences.get(id_)
        if sentence is None:
            continue
        both = id_ in titled and _BOTH.search(sentence.text)
        if (not both and not joined.search(index.folded[id_])) or len(tidy(sentence.text)) > _LONGEST or hearsay(sentence.text):
            continue
        headed = _OWN_HEADING if _ALIKE_HEADING.search(sentence.heading or "") else 0.0
        worth = 1.0 + headed + (0.3 if id_ in titled else 0.0) + min(len(sentence.text), 40) / 100
        if best is None or worth > best[0]:
            best = (worth, sentence)
    return best[1] if best else None
