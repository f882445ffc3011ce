"""New concepts of an article: candidates that do well enough as terms, with the other names that the article gives them.

What is found depends on this article, the vocabulary and general Chinese alone, never on what was read before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ingest import background, termhood
from ingest.candidates import DEFINED_WHOLE, WEAK, Candidate, Gloss, Token, find_candidates, general_words
from ingest.segment import Piece
from ingest.termhood import holds_only_known, sort_of_tokens
from kb.language.lexicon import Lexicon
from kb.language.normalize import fold, is_han
from kb.language.script import simplified
from kb.language.words import Tokenizer
from kb.records import Concept

# chosen on the dev half of the labelled articles, where a phrase costs less precision from here on than a single word
THRESHOLD = {"latin": 0.25, "word": 0.25, "phrase": 0.22}
_FEW, _OF_FEW = 120, 0.25  # characters of a text whose counts tell nothing yet, and what a name must be worth there
_LEAST_SET_APART = 0.1  # a name in bold or with its English beside it is a term even where little else speaks for it
_SURE = 0.7  # a Latin name that only stands inside another (the SQL of SQL Server) is one of its own from here on
_LONGEST_NAME = 24
_LONGEST_LATIN = 60  # Operations Management Suite, tidb_max_bytes_before_tiflash_external_group_by
_EVERYDAY = 8.5  # nats of rarity in general Chinese; a commoner word (系统) is a term only where the article sets it apart
_EVERYDAY_VERB = 11.0
_NAMES_QUALITY = frozenset("性度率力量")
_SET_APART = frozenset({DEFINED_WHOLE, "whole_heading", "label", "glossed", "quoted", "named"})


def discover(
    pieces: Sequence[Piece],
    tokens: Sequence[Sequence[Token]],
    lexicon: Lexicon,
    tokenizer: Tokenizer,
    set_apart: Iterable[str] = (),
) -> tuple[Concept, ...]:
    """Concepts that the vocabulary lacks, those that do best first; `tokens`: those of each piece; `set_apart`: as in `find_concepts`."""
    candidates, glosses = find_candidates(pieces, tokens)
    marked = {fold(simplified(name)) for name in set_apart} & candidates.keys()
    for key in marked:
        candidates[key].signs.add("label")  # bold says of a term what a label does: the article is about to explain it
    scores = termhood.scores(candidates, tokenizer, lexicon, least=min(_LEAST_SET_APART, *THRESHOLD.values()))
    scores |= {key: 1.0 for key, candidate in candidates.items() if DEFINED_WHOLE in candidate.signs}
    names = _other_names(candidates, glosses, scores)
    few = _OF_FEW if sum(len(piece.sentence.text) for piece in pieces) < _FEW else 0.0
    least = {
        key: _LEAST_SET_APART if key in names or key in marked else max(few, THRESHOLD[sort_of_tokens(candidates[key].tokens)])
        for key in scores
    }
    good = [key for key, score in scores.items() if score >= least[key]]
    good.sort(key=lambda key: (-scores[key], key))
    inside = _only_inside(good, candidates)
    taken: set[str] = set()
    concepts: list[Concept] = []
    for key in good:
        candidate = candidates[key]
        if key in inside and key not in names and not (candidate.name.isascii() and scores[key] > _SURE):
            continue
        if key in taken or _is_known(candidate, lexicon) or _is_everyday(candidate, tokenizer):
            continue
        if len(candidate.name) > (_LONGEST_LATIN if candidate.name.isascii() else _LONGEST_NAME) and key not in names:
            continue
        others = tuple(name for name in names.get(key, ()) if fold(name) not in taken and lexicon.named(name) is None and fold(name) != key)
        taken |= {key, *map(fold, others)}
        concepts.append(_concept(candidate, others, round(scores[key], 3)))
    return tuple(concepts)


def _only_inside(good: Sequence[str], candidates: Mapping[str, Candidate]) -> frozenset[str]:
    """Candidates that stand nowhere but in one and the same longer one: 对接 iSula of 对接 iSula 安全容器."""
    spans = {place: key for key in good for place in candidates[key].places}
    by_sentence: dict[int, list[tuple[int, int, str]]] = {}
    for (number, start, end), key in spans.items():
        by_sentence.setdefault(number, []).append((start, end, key))
    found: set[str] = set()
    for key in good:
        holders = [
            {other for first, last, other in by_sentence[number] if first <= start and end <= last and (first, last) != (start, end)}
            for number, start, end in candidates[key].places
        ]
        if set.intersection(*holders):
            found.add(key)
    return frozenset(found)


def _is_known(candidate: Candidate, lexicon: Lexicon) -> bool:
    """A name of the vocabulary, a command of it (docker stop is spoken of as its program), or what happens to what it names: 容器共享.

    The last is a name all the same where the article sets it apart (a heading 「虚拟机迁移」).
    """
    first, *rest = candidate.name.split()
    if rest and candidate.name.isascii() and "".join(rest).islower() and lexicon.named(first) is not None:
        return True
    if lexicon.named(candidate.name) is not None:
        return True
    if candidate.tokens[0].tag == WEAK and lexicon.named("".join(word.text for word in candidate.tokens[1:])) is not None:
        return True  # 普通容器
    if candidate.signs & _SET_APART:
        return False
    if len(candidate.tokens) > 2 and all(lexicon.named(word.text) is not None for word in (candidate.tokens[0], candidate.tokens[-1])):
        return True  # a clause rather than a name: Docker 通信 Hypervisor
    if len(candidate.tokens) > 1 and _tells_of(candidate, lexicon):
        return True
    verb, last = candidate.tokens[0], candidate.tokens[-1]
    deed = verb.kind == "v" and last is not verb  # 部署应用, of which the dictionary takes both for verbs
    return holds_only_known(candidate.tokens, lexicon, lambda word: word.tag[:1] == "v" and not (deed and word is last))


def _tells_of(candidate: Candidate, lexicon: Lexicon) -> bool:
    """容器轻量级, 容器易于迁移: a thing, and how it is, where the vocabulary knows that by the name of a property (可移植性)."""
    *ahead, last = candidate.tokens
    quality = lexicon.named(last.text)
    if quality is None or quality.kind != "property" or (last.text == quality.name and last.text[-1] not in "级化"):
        return False
    return last.text[-1] not in _NAMES_QUALITY and lexicon.named("".join(token.text for token in ahead)) is not None


def _is_everyday(candidate: Candidate, tokenizer: Tokenizer) -> bool:
    """A word of everyday Chinese, or a verb or a person's name that the article mentions in passing."""
    word = candidate.tokens[0]
    if candidate.name in general_words():
        return True  # 默认情况
    if len(candidate.tokens) > 1 or not is_han(word.text[0]) or candidate.signs & _SET_APART:
        return False
    in_passing = len({place[0] for place in candidate.places}) == 1
    if in_passing and (word.kind == "v" or (word.tag == "nr" and not background.of(candidate.key).sections)):
        return True
    return tokenizer.rarity(candidate.name) < (_EVERYDAY_VERB if word.kind == "v" else _EVERYDAY)


def _concept(candidate: Candidate, others: Collection[str], score: float) -> Concept:
    latin = [name for name in others if not any(map(is_han, name))]
    english = max(latin, key=len) if latin else None if any(map(is_han, candidate.name)) else candidate.name
    aliases = tuple(name for name in others if name != english)
    return Concept(id=candidate.key, name=candidate.name, aliases=aliases, kind="discovered", name_en=english, score=score)


def _other_names(candidates: Mapping[str, Candidate], glosses: Iterable[Gloss], scores: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """Other names by the key of the candidate that they belong to: the one before the parenthesis that does best as a term."""
    found: dict[str, dict[str, None]] = {}
    ends: dict[tuple[int, int], list[str]] = {}
    for key, candidate in candidates.items():
        for number, _, end in candidate.places:
            ends.setdefault((number, end), []).append(key)
    for gloss in glosses:
        keys = ends.get(gloss.place, ())
        if keys:
            best = max(keys, key=lambda key: (scores[key], len(key)))
            found.setdefault(best, {}).update(dict.fromkeys(gloss.names))
    return {key: tuple(names) for key, names in found.items()}
