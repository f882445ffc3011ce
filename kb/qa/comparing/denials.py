"""Two things that an article says are not one and the same: 「快照不是备份。快照与原磁盘通常位于同一个存储设备…」, with what it says for it next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import hearsay
from kb.qa.comparing.parallels import opens
from kb.qa.finding.index import index_of
from kb.qa.sources import Sources
from kb.records import Sentence

_IS_NOT = r"[^,，;；。]{0,4}?(?:并)?不(?:是|等于|等同于|同于)(?:一种|一个|真正的)?"
_LONGEST = 40  # folded characters of the sentence that denies it


def told_apart(things: Sequence[Thing], sources: Sources) -> tuple[Sentence, ...]:
    """The sentence that says that the one is not the other, and the next one where it goes on with the same; empty where none says so."""
    if len(things) != 2:
        return ()
    index = index_of(sources)
    one, other = ("|".join(re.escape(name) for name in sorted(thing.names, key=len, reverse=True)) for thing in things)
    denies = re.compile(rf"^(?:(?P<first>{one}){_IS_NOT}(?:{other})|(?:{other}){_IS_NOT}(?:{one}))$")
    known = [index.by_concept[thing.concept] for thing in things if thing.concept in index.by_concept]
    ids = min(known, key=len) if known else list(index.sentences)
    for id_ in dict.fromkeys(ids):
        sentence = index.sentences.get(id_)
        match = denies.match(index.folded[id_].rstrip("。.")) if sentence is not None and len(index.folded[id_]) <= _LONGEST else None
        if sentence is None or match is None or hearsay(sentence.text):
            continue
        after = index.after(sentence)
        goes_on = after is not None and opens(after.text, things[0 if match["first"] else 1].names)
        return (sentence, after) if after is not None and goes_on else (sentence,)
    return ()
