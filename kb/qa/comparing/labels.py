"""What a row of a comparison is about, in one word: an aspect, a relation's noun, what its two sides both speak of, the heading over them."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.vocabulary import stopwords
from kb.qa.asking.terms import named_in
from kb.qa.sources import Sources
from kb.qa.wording import say
from kb.records import Sentence

_SAYS_NOTHING = regex(
    r"结论|小结|总结|概述|简介|介绍|说明|定义|背景|其他|问题|误解|区别|不同|对比|比较|选择|优点|缺点|来历|历史|[一二三四五六七八九十几两][项种个类层]|各|中的|和"
)
_JOINS = frozenset("例如 比如 通常 一般 也能 可以 需要 能够 因为 所以 如果".split())
_SHORT_HEADING = 8  # characters
_SOON = 7  # characters behind the name


def label_of(texts: Sequence[str], sentences: Sequence[Sentence], names: Sequence[str], sources: Sources, language: str) -> str:
    """`texts[i]` is what `sentences[i]` says of thing i; `names`: folded names of the things, which label nothing."""
    zh = language == "zh"
    aspect = _aspect(texts, sources)
    if aspect is not None:
        return aspect[not zh]
    said = _said_first(texts, names, sources) if zh else ""
    if said:
        return said
    thing = _shared_name(texts, names, sources) if zh else ""
    relation = _relation(sentences, names, sources)
    if thing or relation:
        return thing or (relation or ("", ""))[not zh]
    return (_heading(sentences, names) or _shared_word(texts, names, sources) if zh else "") or say("side_by_side", language)


def _aspect(texts: Sequence[str], sources: Sources) -> tuple[str, str] | None:
    """The aspect that every text names by a noun, or says more or less of: 就能启动容器 speaks of no 启动速度."""
    for aspect in sources.domain.aspects.values():
        held = [name for name in (*aspect.names, *aspect.reversed_names) if any(name in text for text in texts)]
        nouns = [name for name in held if sources.lexicon.named(name) is not None]
        if all(any(name in text for name in (*nouns, *aspect.more, *aspect.less)) for text in texts):
            return aspect.zh, aspect.en
    return None


def _relation(sentences: Sequence[Sentence], names: Sequence[str], sources: Sources) -> tuple[str, str] | None:
    """The noun of the one relation that each of the sentences states of one of the things."""
    stated = [
        {
            claim.relation
            for claim in sources.reader.claims(sentence_id=one.id)
            if not claim.analogy and fold(sources.name(claim.subject)) in names
        }
        for one in sentences
    ]
    common = set.intersection(*stated) if stated else set()
    for row in sources.domain.relations.values():
        if row.id in common and row.id != "has_property":
            return row.heading or row.zh, row.heading_en or row.en
    return None


def _shared_name(texts: Sequence[str], names: Sequence[str], sources: Sources) -> str:
    """The longest name of a concept that all texts hold and that is none of the things compared: 网络协议栈."""
    held = [{text[match.start : match.end] for match in named_in(text, sources)} for text in texts]
    deeds = {verb for row in sources.domain.relations.values() for verb in row.verbs}
    common = {name for name in set.intersection(*held) - deeds if not _of(name, names) and len(name) > 1}
    return max(sorted(common), key=len, default="")


def _said_first(texts: Sequence[str], names: Sequence[str], sources: Sources) -> str:
    """The word behind the names that all texts come to soonest, be it what they do or what it is about: 限制, rootless."""
    places: list[dict[str, int]] = []
    for text in texts:
        begins = max((len(name) for name in names if fold(text).startswith(name)), default=0)
        found: dict[str, int] = {}
        for word in sources.tokenizer.words(text):
            plainly = word.text.strip()
            if (
                len(plainly) > 1
                and plainly.lower() not in stopwords()
                and plainly not in _JOINS
                and not _of(plainly, names)
                and not plainly.isdigit()
            ):
                found.setdefault(plainly, max(0, word.start - begins))
        places.append(found)
    sooner = {word: sum(other[word] for other in places) for word in places[0] if all(word in other for other in places)}
    best = min(sooner, key=sooner.__getitem__, default="")
    return best if best and sooner[best] <= _SOON * len(texts) else ""


def _shared_word(texts: Sequence[str], names: Sequence[str], sources: Sources) -> str:
    words = [dict.fromkeys(word.text for word in sources.tokenizer.words(text)) for text in texts]
    shared = [
        word
        for word in words[0]
        if len(word) > 1 and all(word in other for other in words[1:]) and word not in stopwords() and not _of(word, names)
    ]
    return max(shared, key=len, default="")


def _of(word: str, names: Sequence[str]) -> bool:
    folded = fold(word)
    return any(folded in name or name in folded for name in names)


def _heading(sentences: Sequence[Sentence], names: Sequence[str]) -> str:
    over = {(sentence.heading or "").split(" / ")[-1] for sentence in sentences}
    heading = over.pop() if len(over) == 1 else ""
    named = any(name in fold(heading) for name in names)
    return heading if 2 <= len(heading) <= _SHORT_HEADING and not named and not _SAYS_NOTHING.search(heading) else ""
