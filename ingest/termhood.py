"""How well a candidate does as a term of its article: a logistic regression over a dozen signs.

The signs are those of the literature: how often and how widely the article uses it against how rare it is in general Chinese, the C-value
(how often it stands on its own and not as a part of longer candidates), its parts of speech, how the article sets it apart, and how technical
texts at large use it. The weights
in data/termhood.tsv were fitted on the dev half of the labelled articles (`python -m tests.gold.discovery --fit`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import groupby

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


def features(candidates: Mapping[str, Candidate], tokenizer: Tokenizer, lexicon: Lexicon) -> dict[str, dict[str, float]]:
    """The signs of every candidate, by its key."""
    longer = _longer_counts(candidates)
    return {key: _signs(candidate, longer, tokenizer) | _beside_known(candidate, lexicon) for key, candidate in candidates.items()}


def holds_only_known(tokens: Sequence[Token], lexicon: Lexicon, idle: Callable[[Token], bool]) -> bool:
    """Whether a name has idle words, and what stands between them is all known by name."""
    stretches = [(quiet, "".join(token.text for token in group)) for quiet, group in groupby(tokens, idle)]
    things = [text for quiet, text in stretches if not quiet]
    return 0 < len(things) < len(stretches) and all(lexicon.named(thing) is not None for thing in things)


def _beside_known(candidate: Candidate, lexicon: Lexicon) -> dict[str, float]:
    """How much of a name the vocabulary knows: 普通容器 and 运行程序 are seldom more than what they hold, 关系数据库 is."""
    tokens = candidate.tokens
    signs = dict.fromkeys(("known_with_idle", "known_side_by_side", "known_ends", "known_last"), 0.0)
    inside = lexicon.find(candidate.name)
    if not inside or len(tokens) == 1:
        return signs
    covered = sum(match.end - match.start for match in inside) == len(candidate.name.replace(" ", ""))
    signs["known_side_by_side"] = float(covered)
    signs["known_with_idle"] = float(holds_only_known(tokens, lexicon, lambda token: token.tag == WEAK or token.tag[:1] == "v"))
    signs["known_ends"] = float(all(lexicon.named(token.text) is not None for token in (tokens[0], tokens[-1])))
    signs["known_last"] = float(inside[-1].end == len(candidate.name))
    return signs


def _longer_counts(candidates: Mapping[str, Candidate]) -> dict[str, tuple[int, int]]:
    """For every candidate, how many longer ones hold it and how often those stand in the text together (for the C-value)."""
    number: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for candidate in candidates.values():
        size = len(candidate.tokens)
        if size == 1:
            continue
        inside = {
            part
            for first in range(size)
            for last in range(first + 1, size + 1)
            if last - first < size and (part := _key(candidate, first, last)) in candidates
        }
        for part in inside:
            number[part] += 1
            total[part] += len(candidate.places)
    return {key: (number[key], total[key]) for key in number}


def _key(candidate: Candidate, first: int, last: int) -> str:
    tokens = candidate.tokens[first:last]
    return fold("".join(token.text for token in tokens))


def _signs(candidate: Candidate, longer: Mapping[str, tuple[int, int]], tokenizer: Tokenizer) -> dict[str, float]:
    tokens = candidate.tokens
    count = len(candidate.places)
    rarities = [10.0 if token.tag == "eng" else tokenizer.rarity(token.text) for token in tokens]
    holders, held = longer.get(candidate.key, (0, 0))
    own = count - (held / holders if holders else 0.0)
    first, last = tokens[0], tokens[-1]
    latin = sum(token.tag == "eng" for token in tokens)
    signs = {
        "frequency": math.log(count),
        "spread": math.log(len({place[0] for place in candidate.places})),
        "c_value": math.log1p(max(0.0, own) * math.log2(len(tokens) + 1)),
        "alone": candidate.alone / count,
        "never_alone": float(candidate.alone == 0),
        "rarest": max(rarities) / 10,
        "commonest": min(rarities) / 10,
        "surprise": (math.log(count) + sum(rarities) / len(rarities)) / 10,
        "one_word": float(len(tokens) == 1),
        "three_words": float(len(tokens) == 3),
        "more_words": float(len(tokens) > 3),
        "latin": float(latin == len(tokens)),
        "mixed": float(0 < latin < len(tokens)),
        "capital": float(any(character.isupper() for token in tokens for character in token.text)),
        "code": float(latin > 0 and any(character in "_./" for token in tokens for character in token.text)),
        "first_verb": float(first.kind == "v" and len(tokens) > 1),
        "last_verb": float(last.kind == "v"),
        "inner_verb": float(any(token.kind == "v" for token in tokens[1:-1])),
        "one_verb": float(len(tokens) == 1 and last.kind == "v"),
        "first_quality": float(first.kind == "m"),
        "first_adverb": float(first.tag[:1] in ("d", "s", "f") and len(first.text) > 1),
        "suffix": float(len(last.text) == 1 and is_han(last.text)),
        "first_single": float(len(first.text) == 1),
        "unknown_word": float(any(token.tag == "" and is_han(token.text[0]) for token in tokens)),
        "weak_first": float(first.tag == WEAK),
        "weak_last": float(last.tag == WEAK),
        "short": float(len(candidate.key) == 2),
    }
    signs |= {name: candidate.beside[name] / count for name in BESIDE}
    signs |= _in_background(candidate, rarities)
    signs |= {f"is_{name}": float(name in candidate.signs) for name in SIGNS}
    return signs


def _in_background(candidate: Candidate, rarities: Sequence[float]) -> dict[str, float]:
    """How technical texts use the name; `specific`: how much more than Chinese at large; `lexical`: how much of its last word's use it is."""
    row = background.of(candidate.key)
    one = len(candidate.tokens) == 1
    tail = background.of(_key(candidate, 1, len(candidate.tokens))) if not one else row
    return {
        "new": float(row.sections == 0),
        "sections": math.log1p(row.sections) / 10,
        "stands_alone": row.alone,
        "set_apart": math.log1p(row.apart),
        "often_set_apart": row.apart / (row.sections + 5),
        "specific": (math.log((row.sections + 0.5) / background.SECTIONS) + rarities[0]) / 10
        if one and not candidate.name.isascii()
        else 0.0,
        "lexical": 0.0 if one else math.log((row.sections + 0.5) / (tail.sections + 1)) / 10,
    }


def sort_of(signs: Mapping[str, float]) -> str:
    """Latin names, single Chinese words and phrases show what they are in different ways, so each sort has weights of its own."""
    return "latin" if signs["latin"] else "word" if signs["one_word"] else "phrase"


@cache
def weights() -> dict[str, dict[str, float]]:
    """Weights of the signs, by sort."""
    text = resources.files("ingest").joinpath("data/termhood.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {sort: {name: float(row[number]) for name, *row in rows} for number, sort in enumerate(SORTS)}


def termhood(signs: Mapping[str, float]) -> float:
    """Between 0 and 1."""
    table = weights()[sort_of(signs)]
    return 1 / (1 + math.exp(-table["bias"] - sum(table[name] * value for name, value in signs.items() if value)))
