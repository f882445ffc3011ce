"""What a question is about, as weighted terms by which evidence is looked up and judged."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from kb.language.cues import words
from kb.language.lexicon import Match, written_otherwise
from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.language.vocabulary import in_chinese, opposites, plain, stopwords, synonyms
from kb.qa.finding.index import index_of
from kb.qa.sources import Sources
from kb.records import Question

_LATIN = regex(r"[A-Za-z][A-Za-z0-9.+#-]*")
_COMPOUND_NAME = regex(r"[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z][A-Za-z0-9]*)+")
_MEASURED = regex(r"\d+\s*(?:台|个|条|组|种|份|块|核|颗|次|层|套|件|只|位|名|张)")  # 13 台: else the measure word sticks to the noun
_COUNTED = regex(r"第?[一二两三四五六七八九十几\d]+[个项种类条点层台次代步级大块颗份款]$")
_NO_PREFIX = frozenset("为使叫做到给被让向往按用台个条种份块套每各该此某本同当把将由从跟与和或及又再也都就才只最更很太比较")
_MEASURES = frozenset("年月日天时分秒行条个次种级层位名项些台核块倍")  # 哪年发布, 多少行代码: they belong to what stands before them
_BEHIND_A_COMMAND = regex(r"(?<![A-Za-z])[a-z][a-z-]* $")  # docker run is no RUN of a Dockerfile
_POSSESSIVE = regex(r"['’]s\b")
_GENERAL_KINDS = frozenset({"property", "practice", "concept", "role", "resource", "phrase"})
_ENGLISH_MARGIN = 0.35  # weight of an English word that nothing translates
_TOO_MUCH = regex(r"[太过][长短大小多少高低快慢深重狠猛胖]")  # jieba cuts 得太|长 in 拉得太长
_DONE = frozenset("了掉完")  # behind a verb
_HEAVIEST = 5.0
_COUNT_WEIGHT = 0.8  # 三种, 两项: says how much is wanted, not of what
# a word that every Chinese text is full of (说, 看到, 一样) tells little even where these articles seldom use it;
# in nats of rarity in general Chinese: at the first it tells a third of its weight, at the second all of it
_EVERYDAY, _SPECIAL, _LEAST = 7.0, 10.5, 0.33
_INSIDE = regex(
    r"(?:里面?|里头|中|内|上)(?:面)?(?:要|想|来|正)?(?:跑|运行|装|部署|安装)(?:着|了|个|一个)?\s*(?P<what>[A-Za-z][A-Za-z0-9.+#-]*)"
)
_ASKS_CLAUSE = regex(r"什么|啥|哪|怎|如何|为何|谁|几|多少|多[大久长快]|[吗么呢]\s*[?？]?$|是否|能不能|会不会|要不要")
# jieba's tags of adverbs, times and conjunctions (大概, 明明, 平时): where no article says such a word, none has to
_IN_PASSING, _PASSING = frozenset({"d", "t", "c", "ad"}), 0.25


@dataclass(frozen=True, slots=True)
class Term:
    """`words` are folded alternates, the question's own first; `concepts`: id → how near; `weight` in nats of rarity.

    `missing`: no article says it. `salient`: without it nothing else can answer (a name, a thing asked about).
    """

    label: str
    words: tuple[str, ...]
    concepts: tuple[tuple[str, float], ...]
    weight: float
    missing: bool = False
    salient: bool = False
    names: tuple[str, ...] = ()  # folded: every way to write it, for judging single clauses
    parts: tuple[tuple[str, ...], ...] = ()  # folded: the words of a compound, each with its alternates, for saying it in pieces


def terms_of(question: Question, sources: Sources) -> tuple[Term, ...]:
    """Concept terms first, then words; what context adds counts as if it were asked."""
    text = _MEASURED.sub(lambda match: " " * len(match.group()), _POSSESSIVE.sub("", plain(question.resolved)))
    matches = named_in(text, sources)
    terms: dict[str, Term] = {}
    for match in matches:
        surface = text[match.start : match.end]
        if surface not in stopwords():
            longer = _longer_name(text, match, sources)
            if longer is not None:
                terms.setdefault(longer.label, longer)
            parts = _parts(match.concept_id, surface, question.language, sources)
            for term in parts or [_concept_term(match.concept_id, surface, sources)]:
                terms.setdefault(term.label, _with_translations(term, surface) if question.language == "en" else term)
            for term in _word_terms(_modifier(match.concept_id, surface, sources), question.language, sources):
                terms.setdefault(term.label, term)
    rest = list(text)
    for match in matches:
        rest[match.start : match.end] = " " * (match.end - match.start)
    for term in _word_terms("".join(rest), question.language, sources):
        terms.setdefault(term.label, term)
    if question.kind == "yes_no":
        terms = {label: _by_its_opposite(term, sources) for label, term in terms.items()}
    beside = _running_inside(plain(question.text))
    return tuple(_as_circumstance(term) if beside.intersection(term.names or (fold(term.label),)) else term for term in terms.values())


def _running_inside(text: str) -> frozenset[str]:
    """What a clause of circumstances says to run inside a thing, where another clause asks: Redis in 容器里跑 Redis，删掉容器数据会怎样."""
    clauses = [clause for clause in re.split(r"[,，;；]", text) if clause.strip()]
    if len(clauses) < 2 or _ASKS_CLAUSE.search(clauses[0]) or not any(map(_ASKS_CLAUSE.search, clauses[1:])):
        return frozenset()
    named = frozenset(fold(match["what"]) for match in _INSIDE.finditer(clauses[0]))
    return frozenset(name for name in named if not any(name in fold(clause) for clause in clauses[1:]))


def _by_its_opposite(term: Term, sources: Sources) -> Term:
    """闭源, which no article says: that something is 开源 answers whether it is so."""
    said = tuple(fold(word) for word in opposites(term.label) if sources.frequency(word) > 0) if term.missing else ()
    return replace(term, words=(*term.words, *said), weight=_weight(said, sources), missing=False) if said else term


def _as_circumstance(term: Term) -> Term:
    """Nothing that an article has to name, if none does."""
    return replace(term, salient=False, weight=_PASSING) if term.missing else term


def _modifier(concept_id: str, surface: str, sources: Sources) -> str:
    """What stands before the concept's own name in another name of it (广义上的 in 广义上的主机): it tells a sense apart."""
    name = sources.lexicon.concept(concept_id).name
    return surface[: -len(name)] if surface.endswith("的" + name) else ""


def _longer_name(text: str, match: Match, sources: Sources) -> Term | None:
    """根服务器: a kind of what is named that has a name of its own in the articles, though no concept."""
    before = text[match.start - 1 : match.start]
    if not before or not is_han(before) or before in stopwords() or before in _NO_PREFIX or synonyms(before):
        return None
    if any(
        word.end > match.start > word.start or (word.end == match.start and len(word.text) > 1) for word in sources.tokenizer.words(text)
    ):
        return None
    name = fold(text[match.start - 1 : match.end])
    found = index_of(sources).count(name)
    if not found:
        return None
    return Term(name, (name,), (), min(5.0, max(0.8, math.log(1 + sources.size / (0.5 + found)))), names=(name,))


def wording(question: Question) -> str:
    """The question as articles would put it."""
    return plain(question.resolved)


def leaving_out(question: Question, cues: re.Pattern[str]) -> Question:
    """The question, as articles would put it, without the words that only say what sort of answer it wants; whole where it is nothing else."""
    asked = wording(question)
    return replace(question, resolved=cues.sub("", asked).strip(" ,，?？") or asked)


def plainly(question: Question) -> str:
    """What was asked by itself, without what a conversation adds: as articles would put it, in lower case."""
    return plain(question.text).lower()


def named_in(text: str, sources: Sources) -> tuple[Match, ...]:
    """Names of concepts in a question; an everyday English word, or part of a command, is not the keyword that is written like it
    (from, system; docker run)."""
    edges = {place for word in sources.tokenizer.words(text) for place in (word.start, word.end)}
    found = (part for match in sources.lexicon.find(text, boundaries=edges) for part in sources.lexicon.without_verb(match, text))
    return tuple(match for match in found if not _everyday_english(text, match, sources))


def _everyday_english(text: str, match: Match, sources: Sources) -> bool:
    surface = text[match.start : match.end]
    if match.start == 0 and surface.istitle():
        surface = surface.lower()  # From which version…: the capital is that of the sentence
    if not (surface.isascii() and surface.isalpha() and surface.islower()) or (
        has_han(text) and not _BEHIND_A_COMMAND.search(text[: match.start])
    ):
        return False
    concept = sources.lexicon.concept(match.concept_id)
    return written_otherwise(concept, surface) and (has_han(text) or surface in stopwords() or bool(in_chinese(surface)))


def _with_translations(term: Term, surface: str) -> Term:
    """An English word that names a concept may as well be a plain verb (load)."""
    words = tuple(fold(word) for word in in_chinese(surface.lower()))
    return replace(term, words=tuple(dict.fromkeys((*term.words, *words))), names=tuple(dict.fromkeys((*term.names, *words))))


def _parts(concept_id: str, surface: str, language: str, sources: Sources) -> list[Term]:
    """The terms of a compound that no article names as a whole, but piece by piece (Docker 架构)."""
    if sources.known_in_articles(concept_id):
        return []
    pieces = [match for size in range(2, len(surface)) for match in sources.lexicon.find(surface[:size]) if match.concept_id != concept_id]
    known = {match.concept_id: surface[match.start : match.end] for match in pieces if sources.known_in_articles(match.concept_id)}
    if not known:
        return []
    best = max(known, key=lambda id_: len(known[id_]))
    rest = surface.replace(known[best], " ")
    return [_concept_term(best, known[best], sources), *_word_terms(rest, language, sources)]


def _concept_term(concept_id: str, surface: str, sources: Sources) -> Term:
    """A concept that no article mentions may still stand there as a word (IBM in IBM测试案例)."""
    concept = sources.lexicon.concept(concept_id)
    general = concept.kind in _GENERAL_KINDS or (concept.kind == "discovered" and has_han(concept.name))
    names = tuple(dict.fromkeys(fold(name) for name in (surface, concept.name, *concept.aliases) if name))
    if not sources.known_in_articles(concept_id):
        others = tuple(dict.fromkeys(fold(word) for word in (surface, concept.name, *synonyms(surface))))
        if any(_indexed(word, sources) for word in ((*others, concept.name) if general else (surface, concept.name))):
            words = others if general else others[:2]
            return Term(concept_id, words, (), _weight(words, sources), salient=not general, names=names)
        return Term(concept_id, others if general else (), (), 3.0, missing=True, salient=not general, names=names)
    mentions = sources.graph.nodes[concept_id]["mentions"]
    alike = synonyms(surface)
    words = tuple(dict.fromkeys(fold(word) for word in (surface, *alike))) if general or alike else ()
    weight = max(0.8, math.log(1 + sources.size / (0.5 + mentions)))
    parts = (
        _pieces(surface, sources)
        if concept.kind == "discovered" and general
        else _deed(surface, sources)
        if concept.kind == "practice"
        else ()
    )
    if parts:
        weight = min(_HEAVIEST, weight)  # what may be said in pieces is not as rare as its name
    return Term(concept_id, words, tuple(sources.family(concept_id).items()), weight, salient=not general, names=names, parts=parts)


def _pieces(name: str, sources: Sources) -> tuple[tuple[str, ...], ...]:
    """The words of a compound (硬性限制, 客户端请求), each with what may stand for it; empty for a name of one word."""
    pieces = [word for word in sources.tokenizer.pieces(name) if len(word) > 1]
    if len(pieces) < 2 or sum(map(len, pieces)) < len(name):
        return ()
    return tuple(tuple(fold(word) for word in (piece, *synonyms(piece))) for piece in pieces)


def _deed(name: str, sources: Sources) -> tuple[tuple[str, ...], ...]:
    """资源 and 分配 of 资源分配: what is done, and to what, may as well be said in a sentence (预分配给它的资源)."""
    halves = (name[:2], name[2:])
    if len(name) != _OF_TWO_WORDS or not all(is_han(character) for character in name) or not all(map(sources.tokenizer.is_word, halves)):
        return ()
    return tuple(tuple(fold(word) for word in (half, *synonyms(half))) for half in halves)


_OF_TWO_WORDS = 4  # characters
_GRADED = frozenset("大小多少快慢高低长短强弱轻重好坏贵新旧")


def _indexed(word: str, sources: Sources) -> bool:
    parts = sources.tokenizer.terms(word)
    return bool(parts) and all(sources.frequency(part) > 0 for part in parts)


def _word_terms(text: str, language: str, sources: Sources) -> list[Term]:
    terms: list[Term] = []
    for name in _COMPOUND_NAME.findall(text):  # isula-build is one name, not two words
        if in_chinese(name.lower()):  # open-sourced
            terms.extend(_latin(name.lower(), language, sources))
            text = text.replace(name, " " * len(name))
        elif sum(part.isalpha() and len(part) > 1 for part in re.split(r"[-_.]", name)) > 1:
            terms.append(_latin_name(name, sources))
            text = text.replace(name, " " * len(name))
    for much in _TOO_MUCH.findall(text):
        terms.append(_han(much, sources))
    for raw, whole in _joined_words(_TOO_MUCH.sub(" ", text), sources):
        low = raw.lower()
        if not raw or low in stopwords() or low in words("negation") or not any(character.isalnum() for character in raw) or raw.isdigit():
            continue
        if _LATIN.fullmatch(raw):
            terms.extend(_latin(raw, language, sources) if len(raw) > 1 else [])
        elif _COUNTED.fullmatch(raw):
            terms.append(Term(raw, (fold(raw),), (), _COUNT_WEIGHT, names=(fold(raw),)))
        elif whole:
            terms.append(_han(raw, sources))
        elif len(raw) > 1 or synonyms(raw):
            terms.extend(_han(piece, sources) for piece in _real_words(raw, sources))
    return terms


def _joined_words(text: str, sources: Sources) -> list[tuple[str, bool]]:
    """The words of a text, and whether they were put together: one character in front of a word belongs to it where articles write them together (读操作, 根服务器)."""
    index = index_of(sources)
    joined: list[tuple[str, bool]] = []
    alone: str | None = None
    for word in sources.tokenizer.words(text):
        raw = word.text.strip()
        if alone and raw and is_han(raw[0]) and len(raw) > 1 and raw not in stopwords() and index.count(fold(alone + raw)):
            joined[-1] = (alone + raw, True)
        elif raw:
            joined.append((raw, False))
        apart = raw in stopwords() or raw in _MEASURES or raw in words("negation") or bool(synonyms(raw))
        alone = raw if len(raw) == 1 and is_han(raw) and not apart else None
    return joined


def _latin_name(name: str, sources: Sources) -> Term:
    folded = fold(name)
    found = index_of(sources).count(folded)
    weight = min(5.0, max(0.8, math.log(1 + sources.size / (0.5 + found)))) if found else 3.0
    return Term(name.lower(), (folded,), (), weight, missing=not found, salient=True, names=(folded,))


def _real_words(raw: str, sources: Sources) -> list[str]:
    """A guess of the segmenter that no article and no dictionary knows (要担, 上能), cut into the words that it holds."""
    if len(raw) > 1 and all(character in stopwords() for character in raw):
        return []  # 只用, 也要
    if len(raw) > 1 and raw[-1] in _DONE and synonyms(raw[:-1]) and not (synonyms(raw) or opposites(raw)):
        return [raw[:-1]]  # 删了, 停掉
    if len(raw) == 3 and raw[1] in "得不" and synonyms(raw[0] + raw[2]):
        return [raw[0] + raw[2]]  # 看得见, 连不上
    if len(raw) == 2 and raw[1] == "有" and raw[0] in _GRADED:
        return [raw[0]]  # 镜像小有什么好处
    if len(raw) == 1 or sources.frequency(raw) > 0 or sources.tokenizer.is_word(raw) or synonyms(raw) or opposites(raw):
        return [raw]
    pieces = [piece for piece in sources.tokenizer.pieces(raw) if piece not in stopwords() and (len(piece) > 1 or synonyms(piece))]
    return pieces if any(piece != raw for piece in pieces) or len(raw) <= 2 else [raw]


def _latin(raw: str, language: str, sources: Sources) -> list[Term]:
    chinese = in_chinese(raw.lower())
    if language == "en" and chinese:
        words = dict.fromkeys(fold(other) for word in chinese for other in (word, *synonyms(word)))
        return [Term(raw.lower(), tuple(words), (), _weight(tuple(words)[: len(chinese) + 2], sources), names=tuple(words))]
    named = sources.frequency(raw.lower()) > 0
    if chinese and (raw.islower() or not named):
        words = dict.fromkeys(fold(other) for word in chinese for other in (word, *synonyms(word)))
        words |= {fold(raw): None} if named else {}
        return [Term(raw.lower(), tuple(words), (), _weight(tuple(words), sources), names=tuple(words))]
    if language == "en" and not named and not any(character.isupper() for character in raw):
        return [Term(raw.lower(), (fold(raw),), (), _ENGLISH_MARGIN, missing=True)]
    name = language != "en" or not raw.islower()  # controller in an English question is a word that an article happens to hold
    return [Term(raw.lower(), (fold(raw),), (), _weight((raw,), sources), missing=not named, salient=name, names=(fold(raw),))]


def _han(raw: str, sources: Sources) -> Term:
    words = tuple(dict.fromkeys(fold(word) for word in (raw, *synonyms(raw), *_too_much(raw))))
    found = [word for word in words if sources.frequency(word) > 0 or (len(word) > 2 and index_of(sources).count(word))]
    # 数值计算 may be indexed in two words; of 光合作用 and 方程式 the halves say nothing
    if not found and len(raw) > 2 and (raw[0] in "几数多" or not sources.tokenizer.is_word(raw)):
        found = [part for part in (raw[:2], raw[-2:]) if sources.frequency(part) > 0]
        words = (*words, *found)
    weight = _weight((raw,), sources) if raw in found else _weight(tuple(found) or (raw,), sources) * 0.9
    if not found and sources.tokenizer.usual_tag(raw) in _IN_PASSING:
        weight *= _PASSING
    return Term(raw, words, (), weight * _telling(raw, sources), missing=not found, names=words)


def _too_much(raw: str) -> tuple[str, ...]:
    """过长 for 太长."""
    return tuple(f"{other}{raw[1]}" for other in ("太", "过") if other != raw[0]) if _TOO_MUCH.fullmatch(raw) else ()


def _telling(word: str, sources: Sources) -> float:
    """Between `_LEAST` and 1: how much a word tells, by how rare it is in Chinese at large."""
    share = (sources.tokenizer.rarity(word) - _EVERYDAY) / (_SPECIAL - _EVERYDAY)
    return _LEAST + (1 - _LEAST) * min(1.0, max(0.0, share))


def _weight(words: tuple[str, ...], sources: Sources) -> float:
    """The rarity of the least rare of the words that occur at all, between 0.5 and 5."""
    known = [sources.rarity(word) for word in words if sources.frequency(word) > 0]
    return min(5.0, max(0.5, min(known))) if known else 3.0


def has_han(text: str) -> bool:
    return any(map(is_han, text))
