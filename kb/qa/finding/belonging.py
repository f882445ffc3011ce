"""Whose property a sentence tells: the advantages of 容器 are not those of Docker, nor what follows a sentence on another thing.

The owner stands right before the word for the property (容器的优点是…); else what the sentence opens with owns it (容器适合…，缺点是…), else what
the sentences before it in the paragraph do (绑定挂载…。缺点是容器依赖…), else what the heading and the title name. A name elsewhere in the sentence,
as an object or within what is said of the property, owns nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.sentences import split_clauses
from kb.language.vocabulary import plain
from kb.qa.asking.attributes import asked_words, demanded_of
from kb.qa.asking.terms import Term
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored
from kb.qa.sources import Sources
from kb.qa.telling.definitions import names_of
from kb.qa.wording import because
from kb.records import Question, Sentence

Owner = Literal["own", "kind", "other"]  # of what is asked about, of a kind of it, of something else

# words for one property, each group asked for by any of its words
FOR_IT, AGAINST_IT = "优点|优势|好处|长处|强项", "缺点|劣势|不足(?!以|够)|坏处|短处|弊端|局限|代价"
_LIMITS = "有(?:以下|如下|一些|[一二两三四五六七八九几]+[个项种])?限制"
_LIMITED = regex(
    r"(?:的|有|[项种个些点下])(?:主要|重要|明显|共同)?限制(?:如下|包括|有|是|在于)?[^,，:：\u4e00-\u9fff]{0,4}[:：]?$|" + _LIMITS
)  # 限制进程 is a deed
_PROPERTIES = (
    FOR_IT,
    AGAINST_IT,
    "特点|特性|特征",
    "用途|用处",
)
_CAUSES = "原因|理由"
_ANY = regex("|".join((*_PROPERTIES, _CAUSES)))
_BETWEEN = regex(r"(?:的|之)?(?:最?(?:大|主要|重要|明显|突出|常见)|首要|另一?个?|第?[一二三四五六七八九两几]个?|首个)?(?:的)?$")
_POINTS = regex(r"(?:^|[,，;；。:：\s])(?:而|但是?|则|且|并且)?(?:[它其此该这那]|二者|两者|前者|后者|本身)")
_LEAD = regex(r"^(?:而且|而|但是|但|则|其中|相比之下|另外|此外|因此|所以|对于|关于|在|用|使用|把|将|以|从|由|与|和|\s)+")
_AGAINST = regex(r"^(?:与|和|跟|同|相比于|相比)[^,，]{1,24}(?:相比|比较)?[,，]")  # 与虚拟机相比，zone…: speaks of zone
_SERVES = regex(r"(?:使用|采用|改用|运行在|基于|依赖|支持)[^,，]{0,4}$")
_FEW = 4  # sentences back


def parted(
    ranked: Sequence[Scored], question: Question, terms: Sequence[Term], sources: Sources
) -> tuple[tuple[Scored, ...], tuple[Scored, ...]]:
    """What may answer, and what tells the asked property of something else, passed over; a kind of what is asked about stands in for it
    only where nothing is told of itself.
    """
    asked = belonging(question, terms, sources)
    if not asked:
        return tuple(ranked), ()
    owners = [asked.of(item.sentence) for item in ranked]
    strange = {"other", "kind"} if "own" in owners else {"other"}
    own = tuple(item for item, owner in zip(ranked, owners, strict=True) if owner not in strange)
    why = because("of_another")
    return own, tuple(replace(item, passed_over=why) for item, owner in zip(ranked, owners, strict=True) if owner in strange)


def foreign(item: Scored) -> bool:
    """Whether a sentence was passed over as telling the asked property of something else."""
    return item.passed_over is not None and item.passed_over.key == "of_another"


def belonging(question: Question, terms: Sequence[Term], sources: Sources) -> Belonging:
    """Of what a question asks about, as to the properties that it asks for."""
    text = plain(question.resolved)
    cause = question.kind == "cause"
    asked = [group for group in _PROPERTIES if re.search(group, text)] + ([_CAUSES] if cause else [])
    value = demanded_of(question)
    named = {match.concept_id for match in sources.lexicon.find(asked_words(question.text))}  # 端口: what is asked, not of what
    own = {id_ for term in terms for id_, near in term.concepts if near == 1.0 and _acts(id_, sources)} - named
    names = (name for term in terms if term.salient or term.concepts for name in term.names)
    return Belonging(own, names, sources, word="|".join(asked), value=value, cause=cause)


def belonging_to(concept_id: str, word: str, sources: Sources) -> Belonging:
    """Of one concept, as to the property that `word`, a regular expression, names."""
    return Belonging((concept_id,), names_of(concept_id, sources), sources, word=word)


class Belonging:
    """Of which sentences tell a property of what is asked about (`own`, concept ids; `names`, folded).

    `word`: what names the property; `value`: what its value looks like where a year, a port or a language is asked for; `cause`: a bare
    原因是 gives the reason of what stands before it. Nothing is known where there is neither word nor value.
    """

    def __init__(
        self,
        own: Iterable[str],
        names: Iterable[str],
        sources: Sources,
        *,
        word: str = "",
        value: re.Pattern[str] | None = None,
        cause: bool = False,
    ) -> None:
        self._sources, self._index = sources, index_of(sources)
        self._own = set(own)
        self._kinds = {id_ for one in self._own for id_ in _kinds_of(one, sources)} - self._own
        self._names = tuple({name for name in names if len(name) > 1})
        self._word, self._value, self._cause = re.compile(word) if word else None, value, cause
        self._contrary = _contrary_of(word)

    def __bool__(self) -> bool:
        return (self._word is not None or self._value is not None) and bool(self._own)

    def left_unsaid(self, lead: str) -> bool:
        """Whether what leads to a list does not name the property: 网络有两种方式 under 能力与限制 lists no 缺点."""
        return self._word is not None and not self._word.search(lead) and not _LIMITED.search(lead)

    def of(self, sentence: Sentence) -> Owner | None:
        """The nearest of the owners of what the sentence tells; `None` where it names no such property, or nothing that could own it."""
        found: list[Owner | None] = []
        if (
            self._contrary is not None
            and self._word is not None
            and not self._word.search(sentence.text)
            and self._contrary.search(sentence.text)
        ):
            return "other"  # 缺点有三项 lists no 优点
        if self._word is not None:
            found.extend(self._at(sentence, match.start()) for match in self._word.finditer(sentence.text))
        if self._value is not None:
            found.extend(self._of_value(sentence, match.start()) for match in self._value.finditer(sentence.text))
        return min((owner for owner in found if owner is not None), key=_NEAREST.index, default=None)

    def _of_value(self, sentence: Sentence, place: int) -> Owner | None:
        """A year, a port, a language: of what its clause names, be it as subject or not, else of what the text speaks of there.

        Only something with a name of its own is another thing: a part (控制连接) has what the whole has.
        """
        start, end = next(((s, e) for s, e in split_clauses(sentence.text) if s <= place < e), (0, len(sentence.text)))
        clause = sentence.text[start:end]
        own = [match.start for match in self._sources.lexicon.find(clause) if match.concept_id in self._own]
        opened = self._opening(clause if own else sentence.text)
        strange = opened is not None and opened not in self._own and self._sources.proper(opened) and opened not in self._kinds
        if own:  # EC2 在 2006 年推出时使用 Xen: the year is that of the other, which the named one only serves
            return "other" if strange and _SERVES.search(clause[place - start : min(own)]) else "own"
        return "other" if strange else None

    def _at(self, sentence: Sentence, place: int) -> Owner | None:
        start = next((s for s, e in split_clauses(sentence.text) if s <= place < e), 0)
        before = _BETWEEN.sub("", sentence.text[start:place])
        if before.strip() and not _POINTS.match(before):
            return self._named_in(before) or (self._effect_before(sentence, start) if self._cause else None)
        earlier = next(_ANY.finditer(sentence.text, 0, start), None)
        if earlier is not None:  # 叠加的好处是…，代价是…
            return self._at(sentence, earlier.start())
        if self._cause:
            return self._effect_before(sentence, start)
        return self._opened(sentence, start)

    def _named_in(self, before: str) -> Owner | None:
        """By the name that the stretch ends with, else by the one that it opens with."""
        matches = self._sources.lexicon.find(before)
        last = next((match for match in reversed(matches) if match.end >= len(before.rstrip())), None)
        first = next((match for match in matches if match.start <= _lead(before)), None)
        found = [self._owner(match.concept_id) for match in (last, first) if match is not None]
        if found:
            return min(found, key=_NEAREST.index)
        return "own" if fold(before).endswith(self._names) and self._names else None

    def _opened(self, sentence: Sentence, start: int) -> Owner | None:
        """By what the sentence opens with before the property, or one before it does."""
        text: str | None = sentence.text[:start]
        one: Sentence | None = sentence
        for _ in range(_FEW):
            named = self._opening(text) if text else None
            if named is not None:
                return self._owner(named)
            one = self._index.before(one) if one is not None else None
            if one is None:
                break
            text = one.text
        around = self._index.heading_concepts.get(sentence.id, frozenset()) or self._index.title_concepts.get(sentence.id, frozenset())
        found = [self._owner(id_) for id_ in around if _acts(id_, self._sources)]
        return min(found, key=_NEAREST.index, default=None)

    def _opening(self, text: str) -> str | None:
        """The concept that a stretch opens with: 绑定挂载把宿主机的目录…"""
        text = _AGAINST.sub("", text)
        begins = _lead(text)
        return next(
            (m.concept_id for m in self._sources.lexicon.find(text) if m.start <= begins and _acts(m.concept_id, self._sources)), None
        )

    def _effect_before(self, sentence: Sentence, start: int) -> Owner | None:
        """A bare 原因是 gives the reason of what stands before it; it answers where that speaks of what is asked about."""
        before = self._index.before(sentence)
        told = sentence.text[:start] or (before.text if before else "")
        if not told:
            return None
        named = {match.concept_id for match in self._sources.lexicon.find(told)}
        if named & self._own or any(name in fold(told) for name in self._names):
            return "own"
        return "other" if any(_acts(id_, self._sources) for id_ in named) else None

    def _owner(self, concept_id: str) -> Owner:
        return "own" if concept_id in self._own else "kind" if concept_id in self._kinds else "other"


def _contrary_of(word: str) -> re.Pattern[str] | None:
    """Of 优点 what names drawbacks, and the other way round; `None` for what asks for both or neither."""
    good, bad = FOR_IT in word, AGAINST_IT in word
    return None if good == bad else re.compile(rf"{AGAINST_IT}|{_LIMITS}" if good else FOR_IT)


def _lead(text: str) -> int:
    """Characters of connectives that a stretch begins with."""
    match = _LEAD.match(text)
    return match.end() if match else 0


_NEAREST: tuple[Owner, ...] = ("own", "kind", "other")
_ACTING = frozenset({"property", "phrase"})


def _acts(concept_id: str, sources: Sources) -> bool:
    return concept_id in sources.lexicon and sources.lexicon.concept(concept_id).kind not in _ACTING


def _kinds_of(concept_id: str, sources: Sources) -> Iterable[str]:
    """What articles call a kind of the concept, and what its text slides into (Docker, Docker容器 for 容器)."""
    yield from (id_ for id_, near in sources.family(concept_id).items() if near < 1.0)
    for claim in sources.stated.of_object(concept_id):
        if claim.relation in ("is_a", "instance_of") and claim.holds and not claim.analogy:
            yield claim.subject
