"""How well a candidate does as a term of its article: a logistic regression over a dozen signs.

The signs are those of the literature: how often and how widely the article uses it against how rare it is in general Chinese, the C-value
(how often it stands on its own and not as a part of longer candidates), its parts of speech, how the article sets it apart, and how technical
texts at large use it. The weights
in data/termhood.tsv were fitted on the dev half of the labelled articles (`python -m tests.gold.discovery --fit`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from typing import NamedTuple

from ingest import background
from ingest.candidates import WEAK, Candidate, Token
from kb.language.lexicon import Lexicon
from kb.language.normalize import fold, is_han
from kb.language.words import Tokenizer

SORTS = ("latin", "word", "phrase")
BESIDE = (
    "after_edge",
    "after_de",
    "after_measure",
    "after_modal",
    "after_verb",
    "after_noun",
    "before_edge",
    "before_de",
    "before_predicate",
    "before_noun",
    "before_verb",
)
SIGNS = ("whole_heading", "heading", "label", "defined", "named", "quoted", "glossed")
_BESIDE, _SIGNS = frozenset(BESIDE), frozenset(SIGNS)


def features(candidates: Mapping[str, Candidate], tokenizer: Tokenizer, lexicon: Lexicon) -> dict[str, dict[str, float]]:
    """The signs of every candidate, by its key; a sign that it does not have is left out."""
    longer = _longer_counts(candidates)
    read = _word_reader(tokenizer)
    return {key: _signs(candidate, longer, read) | _beside_known(candidate, lexicon) for key, candidate in candidates.items()}


def scores(candidates: Mapping[str, Candidate], tokenizer: Tokenizer, lexicon: Lexicon, *, least: float) -> dict[str, float]:
    """The `termhood` of every candidate by its key; of one that cannot come to `least`, something below that. What the vocabulary knows of
    a name takes longest to find out, so it is asked of those only that it may help."""
    longer = _longer_counts(candidates)
    read = _word_reader(tokenizer)
    found: dict[str, float] = {}
    for key, candidate in candidates.items():
        signs = _signs(candidate, longer, read)
        found[key] = termhood(signs, more=_most_known(sort_of(signs)))
        if found[key] >= least:
            found[key] = termhood(signs | _beside_known(candidate, lexicon))
    return found


@cache
def _most_known(sort: str) -> float:
    """The most that `_beside_known` may speak for a name."""
    return sum(max(0.0, weight) for name, weight in weights()[sort].items() if name.startswith("known_"))


def holds_only_known(tokens: Sequence[Token], lexicon: Lexicon, idle: Callable[[Token], bool]) -> bool:
    """Whether a name has idle words, and what stands between them is all known by name."""
    stretches = [(quiet, "".join(token.text for token in group)) for quiet, group in groupby(tokens, idle)]
    things = [text for quiet, text in stretches if not quiet]
    return 0 < len(things) < len(stretches) and all(lexicon.named(thing) is not None for thing in things)


def _beside_known(candidate: Candidate, lexicon: Lexicon) -> dict[str, float]:
    """How much of a name the vocabulary knows: 普通容器 and 运行程序 are seldom more than what they hold, 关系数据库 is."""
    tokens = candidate.tokens
    inside = lexicon.find(candidate.name) if len(tokens) > 1 else ()
    if not inside:
        return {}
    signs: dict[str, float] = {}
    if holds_only_known(tokens, lexicon, lambda token: token.tag == WEAK or token.tag[:1] == "v"):
        signs["known_with_idle"] = 1.0
    if sum(match.end - match.start for match in inside) == len(candidate.name.replace(" ", "")):
        signs["known_side_by_side"] = 1.0
    if lexicon.named(tokens[0].text) is not None and lexicon.named(tokens[-1].text) is not None:
        signs["known_ends"] = 1.0
    if inside[-1].end == len(candidate.name):
        signs["known_last"] = 1.0
    return signs


def _longer_counts(candidates: Mapping[str, Candidate]) -> dict[str, tuple[int, int]]:
    """For every candidate, how many longer ones hold it and how often those stand in the text together (for the C-value)."""
    number: dict[str, int] = {}
    total: dict[str, int] = {}
    for candidate in candidates.values():
        size = len(candidate.tokens)
        if size == 1:
            continue
        texts = [fold(token.text) for token in candidate.tokens]
        inside = {
            "".join(texts[first:last]) for first in range(size) for last in range(first + 1, size + 1) if last - first < size
        } & candidates.keys()
        for part in inside:
            number[part] = number.get(part, 0) + 1
            total[part] = total.get(part, 0) + len(candidate.places)
    return {key: (number[key], total[key]) for key in number}


class _Word(NamedTuple):
    """What a word lends to every candidate that it stands in."""

    folded: str
    rarity: float
    latin: bool
    single: bool
    suffix: bool
    marks: frozenset[str]  # signs that a candidate has if one of its words has them


def _word_reader(tokenizer: Tokenizer) -> Callable[[Token], _Word]:
    known: dict[tuple[str, str], _Word] = {}

    def read(token: Token) -> _Word:
        text, tag = token.text, token.tag
        word = known.get((text, tag))
        if word is None:
            latin, single = tag == "eng", len(text) == 1
            word = known[text, tag] = _Word(
                fold(text),
                10.0 if latin else tokenizer.rarity(text),
                latin,
                single,
                single and is_han(text),
                frozenset(_marks_of(text, tag)),
            )
        return word

    return read


def _marks_of(text: str, tag: str) -> Iterator[str]:
    if any(character.isupper() for character in text):
        yield "capital"
    if any(character in "_./" for character in text):
        yield "code"
    if tag == "" and is_han(text[0]):
        yield "unknown_word"


def _signs(candidate: Candidate, longer: Mapping[str, tuple[int, int]], read: Callable[[Token], _Word]) -> dict[str, float]:
    tokens = candidate.tokens
    words = [read(token) for token in tokens]
    size, count = len(tokens), len(candidate.places)
    rarities = [word.rarity for word in words]
    holders, held = longer.get(candidate.key, (0, 0))
    own = count - (held / holders if holders else 0.0)
    first, last = tokens[0], tokens[-1]
    latin = sum([word.latin for word in words])
    marks = words[0].marks if size == 1 else words[0].marks.union(*[word.marks for word in words])
    frequency = math.log(count)
    signs = {
        "frequency": frequency,
        "spread": 0.0 if count == 1 else math.log(len({place[0] for place in candidate.places})),
        "c_value": math.log1p(max(0.0, own) * math.log2(size + 1)),
        "alone": candidate.alone / count,
        "rarest": max(rarities) / 10,
        "commonest": min(rarities) / 10,
        "surprise": (frequency + sum(rarities) / size) / 10,
    }
    if not candidate.alone:
        signs["never_alone"] = 1.0
    if size == 1:
        signs["one_word"] = 1.0
        if last.kind == "v":
            signs["one_verb"] = 1.0
    else:
        if size > 2:
            signs["three_words" if size == 3 else "more_words"] = 1.0
            if any([token.kind == "v" for token in tokens[1:-1]]):
                signs["inner_verb"] = 1.0
        if first.kind == "v":
            signs["first_verb"] = 1.0
    if latin:
        signs["latin" if latin == size else "mixed"] = 1.0
        if "code" in marks:
            signs["code"] = 1.0
    if "capital" in marks:
        signs["capital"] = 1.0
    if last.kind == "v":
        signs["last_verb"] = 1.0
    if first.kind == "m":
        signs["first_quality"] = 1.0
    if not words[0].single and first.tag[:1] in ("d", "s", "f"):
        signs["first_adverb"] = 1.0
    if words[-1].suffix:
        signs["suffix"] = 1.0
    if words[0].single:
        signs["first_single"] = 1.0
    if "unknown_word" in marks:
        signs["unknown_word"] = 1.0
    if first.tag == WEAK:
        signs["weak_first"] = 1.0
    if last.tag == WEAK:
        signs["weak_last"] = 1.0
    if len(candidate.key) == 2:
        signs["short"] = 1.0
    beside = candidate.beside
    for name in beside:
        if name in _BESIDE:
            signs[name] = beside[name] / count
    signs |= _in_background(candidate, words)
    for name in candidate.signs:
        if name in _SIGNS:
            signs[f"is_{name}"] = 1.0
    return signs


def _in_background(candidate: Candidate, words: Sequence[_Word]) -> dict[str, float]:
    """How technical texts use the name; `specific`: how much more than Chinese at large; `lexical`: how much of its last word's use it is."""
    row = background.of(candidate.key)
    signs: dict[str, float] = {}
    if row.sections:
        signs = {
            "sections": math.log1p(row.sections) / 10,
            "stands_alone": row.alone,
            "set_apart": math.log1p(row.apart),
            "often_set_apart": row.apart / (row.sections + 5),
        }
    else:
        signs = {"new": 1.0}
    if len(words) > 1:
        tail = background.of("".join([word.folded for word in words[1:]]))
        signs["lexical"] = math.log((row.sections + 0.5) / (tail.sections + 1)) / 10
    elif not candidate.name.isascii():
        signs["specific"] = (math.log((row.sections + 0.5) / background.SECTIONS) + words[0].rarity) / 10
    return signs


def sort_of(signs: Mapping[str, float]) -> str:
    """Latin names, single Chinese words and phrases show what they are in different ways, so each sort has weights of its own."""
    return "latin" if "latin" in signs else "word" if "one_word" in signs else "phrase"


def sort_of_tokens(tokens: Sequence[Token]) -> str:
    """As `sort_of`, by the words of a name alone."""
    return "latin" if all(token.tag == "eng" for token in tokens) else "word" if len(tokens) == 1 else "phrase"


@cache
def weights() -> dict[str, dict[str, float]]:
    """Weights of the signs, by sort."""
    text = resources.files("ingest").joinpath("data/termhood.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {sort: {name: float(row[number]) for name, *row in rows} for number, sort in enumerate(SORTS)}


def termhood(signs: Mapping[str, float], *, more: float = 0.0) -> float:
    """Between 0 and 1; `more`: what other signs may add."""
    table = weights()[sort_of(signs)]
    return 1 / (1 + math.exp(-more - table["bias"] - sum([table[name] * value for name, value in signs.items()])))
