"""Things of a kind: the sentences that list several (A、B 和 C 是 T; 常见的 T 有 A 和 B), and those that each say of one that it is a T."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.terms import Term
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import alike, is_question
from kb.qa.sources import Sources
from kb.qa.telling.definitions import is_figure, opens_with
from kb.qa.telling.lists import Item, listed
from kb.records import Claim, Sentence

# beside the thing itself, words that ask for any of its kind
_ANY = frozenset(
    "例子 例 示例 实例 案例 产品 项目 实现 代表 软件 工具 属于 常见 常用 主流 典型 流行 知名 著名 种类 类型 类别 类 种 分类 包括 有 成员"
    " examples example kinds types products projects popular common".split()
)
_SORTS = frozenset("种类 类型 类别 类 种 分类 kinds types".split())
_JOINTS = regex(r"[、,和与及或]|以及")
_LISTS = regex(r"、|和|与|及|或")
_SUCH_AS = regex(r"代表|例子|示例|实例|产品|项目|实现")  # a heading of examples
_MOST = 5  # sentences
_FEWEST = 2  # things
_LONGEST_NAME = 24  # characters


def kind_asked(terms: Sequence[Term]) -> Term | None:
    """The one concept of which any kinds or examples are asked for; `None` where something of it is asked (its 优点)."""
    things = [term for term in terms if term.concepts and term.label not in _ANY]
    rest = [term for term in terms if term not in things and term.label not in _ANY]
    return things[0] if len(things) == 1 and not rest else None


def instances(term: Term, terms: Sequence[Term], sources: Sources) -> tuple[Sentence, ...]:
    """Sentences that name things of the kind, those that list most first; empty where they name fewer than two.

    Where its kinds are asked for rather than examples of it, only what bears its name is one (全虚拟化 is a 虚拟化, KVM is not).
    """
    index = index_of(sources)
    wanted = {id_ for id_, near in term.concepts if near == 1.0}
    sorts = any(other.label in _SORTS for other in terms)
    names = tuple(sorted({fold(name) for id_ in wanted for name in _names(id_, sources)}))
    if not sorts:  # what is a Type 1 hypervisor is a hypervisor too
        wanted |= {
            c.subject
            for id_ in tuple(wanted)
            for c in sources.stated.of_object(id_, "is_a")
            if c.holds and _bears(c.subject, names, sources)
        }
        names = tuple(sorted({*names, *(fold(name) for id_ in wanted if id_ in sources.lexicon for name in _names(id_, sources))}))
    listing, ends = _listing(names), re.compile(rf"是(?!指)[^,;:。]*?(?:{'|'.join(map(re.escape, names))})(?=[,;:。(（]|$)")
    named: dict[str, set[str]] = {}
    for id_ in wanted:
        for claim in sources.stated.of_object(id_):
            sentence = index.sentences.get(claim.sentence_id)
            if sentence is not None and _says(claim, sentence, ends, sources) and (not sorts or _bears(claim.subject, names, sources)):
                named.setdefault(sentence.id, set()).add(claim.subject)
        for sentence_id in index.by_concept.get(id_, ()) if not sorts else ():
            match = listing.search(index.folded[sentence_id])
            if match is not None and not is_question(index.sentences[sentence_id].text):
                several = match["several"] or match["common"] or match["such"] or match["single"]
                parts = {part for part in _JOINTS.split(several) if 1 < len(part) <= _LONGEST_NAME}
                named.setdefault(sentence_id, set()).update(f"lit:{part}" for part in parts)
    chosen = _apart(sorted(named, key=lambda id_: (-len(named[id_]), len(index.sentences[id_].text), id_)), named, sources)
    return chosen if len(set().union(*(named[sentence.id] for sentence in chosen))) >= _FEWEST else ()


def headed_examples(term: Term, index: Index) -> tuple[Sentence, tuple[Item, ...]] | None:
    """The list under a heading of examples (代表项目) in an article on the kind alone."""
    wanted = {id_ for id_, near in term.concepts if near == 1.0}
    for lead, items in index.headed(listed):
        if _SUCH_AS.search(lead.text) and index.places[lead.id].mark == "#" and index.titled.get(lead.article_id, frozenset()) <= wanted:
            return lead, items
    return None


def _apart(ids: Iterable[str], named: dict[str, set[str]], sources: Sources) -> tuple[Sentence, ...]:
    """As long as each names something that none before it does."""
    index = index_of(sources)
    chosen: list[Sentence] = []
    told = ""
    for id_ in ids:
        sentence = index.sentences[id_]
        new = [one for one in named[id_] if not any(fold(name) in told for name in _written(one, sources))]
        if len(chosen) < _MOST and new and not any(alike(sentence.text, other.text) for other in chosen):
            chosen.append(sentence)
            told += index.folded[id_]
    return tuple(chosen)


def _written(one: str, sources: Sources) -> tuple[str, ...]:
    return _names(one, sources) if one in sources.lexicon else (one.removeprefix("lit:"),)


def _names(concept_id: str, sources: Sources) -> tuple[str, ...]:
    concept = sources.lexicon.concept(concept_id)
    return (concept.name, *concept.aliases, *((concept.name_en,) if concept.name_en else ()))


def _bears(concept_id: str, names: tuple[str, ...], sources: Sources) -> bool:
    if concept_id not in sources.lexicon or sources.lexicon.concept(concept_id).kind == "phrase":
        return False
    own = fold(sources.name(concept_id))
    return any(own.endswith(name) and own != name for name in names)


def _says(claim: Claim, sentence: Sentence, ends: re.Pattern[str], sources: Sources) -> bool:
    """Whether the sentence plainly says that the thing is of the kind: it begins with it and a clause ends with the kind, or it lists it."""
    if claim.relation not in ("is_a", "instance_of") or not claim.holds or claim.analogy or claim.hedge:
        return False
    if claim.subject.startswith("lit:") or claim.subject not in sources.lexicon or is_figure(sentence.text):
        return False
    if sources.lexicon.concept(claim.subject).kind == "phrase":
        return False
    text = fold(sentence.text)
    if claim.relation == "instance_of":
        return _LISTS.search(text) is not None
    return ends.search(text) is not None and any(opens_with(text, fold(name)) for name in _names(claim.subject, sources))


def _listing(names: Sequence[str]) -> re.Pattern[str]:
    """In folded text: 「A、B 和 C (通常) 是 T」, 「常见的 T 有 A 和 B」, 「T，例如 A 或 B」, and of one thing 「A 是一种 … T」."""
    kind = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    things = rf"[^,;:。]*?[^,;:。、]{{2,{_LONGEST_NAME}}}(?:、|和|与|或)[^,;:。]{{2,80}}?"
    is_one = r"(?:都|均|也|通常|一般|常|就|大多)*(?:是|属于|归入|归为|称为|算作)(?:(?:一种|典型|常见|著名|开源)的?)*"
    such = r"(?:产品|项目|软件|工具|方案|实现|系统)?(?:主要|通常|一般|目前)?"
    return re.compile(
        rf"(?P<several>{things}){is_one}(?:{kind})(?=[,;:。(（]|$)"
        rf"|(?:常见|常用|主流|典型|流行|著名|知名)的?(?:{kind}){such}(?:有|是|包括)(?P<common>{things}(?=[,;:。]|$|等))"
        rf"|(?:{kind}){such}(?:包括|分为|[^,;:。不没]{{0,4}},?(?:例如|比如))(?P<such>{things}(?=[,;:。]|$|等))"
        rf"|^(?P<single>[^,;:。、]{{2,{_LONGEST_NAME}}})是(?:一[种个款类套]|[^,;:。、]{{0,16}}的)[^,;:。、]{{0,16}}(?:{kind})(?=[,;:。(（]|$)"
    )
