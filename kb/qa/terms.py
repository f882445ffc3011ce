"""What a question is about, as weighted terms by which evidence is looked up and judged."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from kb.language.normalize import fold, is_han
from kb.language.vocabulary import in_chinese, plain, stopwords, synonyms
from kb.qa.sources import Sources
from kb.records import Question

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+#-]*")
_GENERAL_KINDS = frozenset({"property", "practice", "concept", "role", "resource", "phrase"})
_ENGLISH_MARGIN = 0.35  # weight of an English word that nothing translates


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


def terms_of(question: Question, sources: Sources) -> tuple[Term, ...]:
    """Concept terms first, then words; what context adds counts as if it were asked."""
    text = plain(question.resolved)
    edges = {place for word in sources.tokenizer.words(text) for place in (word.start, word.end)}
    matches = sources.lexicon.find(text, boundaries=edges)
    terms: dict[str, Term] = {}
    for match in matches:
        surface = text[match.start : match.end]
        if surface not in stopwords():
            for term in _parts(match.concept_id, surface, question.language, sources) or [
                _concept_term(match.concept_id, surface, sources)
            ]:
                terms.setdefault(term.label, term)
    rest = list(text)
    for match in matches:
        rest[match.start : match.end] = " " * (match.end - match.start)
    for term in _word_terms("".join(rest), question.language, sources):
        terms.setdefault(term.label, term)
    return tuple(terms.values())


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
    general = concept.kind in _GENERAL_KINDS
    names = tuple(dict.fromkeys(fold(name) for name in (surface, concept.name, *concept.aliases) if name))
    if not sources.known_in_articles(concept_id):
        others = tuple(dict.fromkeys(fold(word) for word in (surface, concept.name, *synonyms(surface))))
        if any(_indexed(word, sources) for word in ((*others, concept.name) if general else (surface, concept.name))):
            words = others if general else others[:2]
            return Term(concept_id, words, (), _weight(words, sources), salient=not general, names=names)
        return Term(concept_id, others if general else (), (), 3.0, missing=True, salient=not general, names=names)
    mentions = sources.graph.nodes[concept_id]["mentions"]
    words = tuple(dict.fromkeys(fold(word) for word in (surface, *synonyms(surface)) if word)) if general else ()
    weight = max(0.8, math.log(1 + sources.size / (0.5 + mentions)))
    return Term(concept_id, words, tuple(sources.family(concept_id).items()), weight, salient=not general, names=names)


def _indexed(word: str, sources: Sources) -> bool:
    parts = sources.tokenizer.terms(word)
    return bool(parts) and all(sources.reader.frequency(part) > 0 for part in parts)


def _word_terms(text: str, language: str, sources: Sources) -> list[Term]:
    terms: list[Term] = []
    for word in sources.tokenizer.words(text):
        raw = word.text.strip()
        low = raw.lower()
        if not raw or low in stopwords() or not any(character.isalnum() for character in raw) or raw.isdigit():
            continue
        if _LATIN.fullmatch(raw):
            terms.extend(_latin(raw, language, sources))
        elif len(raw) > 1 or synonyms(raw):
            terms.append(_han(raw, sources))
    return terms


def _latin(raw: str, language: str, sources: Sources) -> list[Term]:
    chinese = in_chinese(raw.lower())
    if language == "en" and chinese:
        words = dict.fromkeys(fold(other) for word in chinese for other in (word, *synonyms(word)))
        return [Term(raw.lower(), tuple(words), (), _weight(tuple(words)[: len(chinese) + 2], sources), names=tuple(words))]
    named = sources.reader.frequency(raw.lower()) > 0
    if not named and chinese and raw.islower():
        words = dict.fromkeys(fold(other) for word in chinese for other in (word, *synonyms(word)))
        return [Term(raw.lower(), tuple(words), (), _weight(tuple(words), sources), names=tuple(words))]
    if language == "en" and not named and not any(character.isupper() for character in raw):
        return [Term(raw.lower(), (fold(raw),), (), _ENGLISH_MARGIN, missing=True)]
    return [Term(raw.lower(), (fold(raw),), (), _weight((raw,), sources), missing=not named, salient=True, names=(fold(raw),))]


def _han(raw: str, sources: Sources) -> Term:
    words = tuple(dict.fromkeys(fold(word) for word in (raw, *synonyms(raw))))
    found = [word for word in words if sources.reader.frequency(word) > 0]
    if not found and len(raw) > 2:  # 数值计算 may be indexed in two words
        found = [part for part in (raw[:2], raw[-2:]) if sources.reader.frequency(part) > 0]
        words = (*words, *found)
    return Term(
        raw,
        words,
        (),
        _weight((raw,), sources) if raw in found else _weight(tuple(found) or (raw,), sources) * 0.9,
        missing=not found,
        names=words,
    )


def _weight(words: tuple[str, ...], sources: Sources) -> float:
    """The rarity of the least rare of the words that occur at all, between 0.5 and 5."""
    known = [sources.rarity(word) for word in words if sources.reader.frequency(word) > 0]
    return min(5.0, max(0.5, min(known))) if known else 3.0


def has_han(text: str) -> bool:
    return any(map(is_han, text))
