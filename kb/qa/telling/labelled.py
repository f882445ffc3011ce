"""What an article says behind a label (标准化：大多数容器…) that a question asks the meaning of."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.finding.index import Index, index_of
from kb.qa.sources import Sources
from kb.qa.telling.lists import label_of
from kb.records import Sentence

# the words around the label: 这个优点具体指什么
_ASKS = regex(
    r"(?:这|那)?(?:一?[个条点项]|句话)?(?:优点|缺点|特点|优势|好处|坏处|不足|说法|概念|词|标题)?(?:具体|到底|究竟|主要)?(?:是说|是指|指的?是?|说的?是?|讲的?是?|是)?(?:什么|怎么回事)(?:意思|东西|内容)?"
    r"|什么(?:是|叫做?)|(?:怎么|如何)(?:理解|解释|说)|的(?:意思|含义|内容)(?:是什么)?"
)
_EDGES = '?？。,，“”"「」『』《》 '
_SHORTEST = 3  # characters of a label behind other words
_CHARS = 240


def behind_the_label(asked: str, sources: Sources) -> tuple[Sentence, ...]:
    """The labelled sentence with those that go on from it in its line; empty where no line begins with what is asked."""
    wanted = fold(_ASKS.sub("", plain(asked)).strip(_EDGES))
    index = index_of(sources)
    best: tuple[int, Sentence] | None = None
    for sentence in index.sentences.values():
        if index.folded[sentence.id][:1] not in f"{wanted}()":
            continue  # no label that stands in what is asked; most sentences end here
        label = label_of((sentence,))
        own = fold(label) if label else ""
        if own and wanted.endswith(own) and (own == wanted or len(own) >= _SHORTEST) and (best is None or len(own) > best[0]):
            best = (len(own), sentence)
    return tuple(_line(best[1], index)) if best else ()


def _line(first: Sentence, index: Index) -> Sequence[Sentence]:
    line, told, after = index.places[first.id].line, [first], index.after(first)
    while after is not None and index.places[after.id].line == line and sum(len(one.text) for one in (*told, after)) <= _CHARS:
        told.append(after)
        after = index.after(after)
    return told
