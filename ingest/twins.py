"""Near-duplicates: articles that hold nearly the same text, whatever their names, script, order of paragraphs or length.

A text is taken as the set of its shingles, stretches of a few letters of its normalized form. Two are twins where the shorter has much
of its set in the other, so that an excerpt is found as well as a copy. Which articles may be twins is asked of the store by a sample
of the set (MinHash with a threshold instead of a fixed number of hashes, which keeps shares comparable between texts of any length):
only those few are then compared in full, one at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kb.language.cues import words
from kb.language.normalize import fold
from kb.language.script import simplified
from kb.language.vocabulary import stopwords
from kb.records import Likeness, Mention, Sentence, Twin
from kb.store import Store

ALIKE = 0.4  # of the shorter's shingles; measured by tests/benchmarks/twins.py
_LENGTH = 6  # letters of a shingle; a light edit breaks as many
_FEWEST = 40  # shingles in common, about two sentences: less is a quotation
_SAMPLE = 8  # one shingle in so many is kept in the store
_CANDIDATE = ALIKE / 2  # of the samples, which tell the share only roughly
_MOST = 50  # articles compared in full
_SAME_WORDING = 80.0  # of 100, for two sentences
_SHORTEST_PART = _LENGTH  # letters of a sentence that was cut short
_TELLING = frozenset(
    "零一二两三四五六七八九十百千万亿半数几快慢多少高低大小强弱好坏优劣增减升降长短轻重易难前后上下内外里更最只都全每不没无未非否"
)
_JOINING = frozenset("此以所故且但如例需要使用")  # of 因此, 所以, 但是, 例如, 需要, 使用


@dataclass(frozen=True, slots=True)
class Text:
    """What of an article is compared; `named`: sentence id → concepts that the sentence mentions."""

    article_id: str
    cleaned: str
    sentences: tuple[Sentence, ...]
    named: dict[str, frozenset[str]]

    @classmethod
    def of(cls, article_id: str, cleaned: str, sentences: tuple[Sentence, ...], mentions: Iterable[Mention]) -> Text:
        named: dict[str, set[str]] = {}
        for mention in mentions:
            named.setdefault(mention.sentence_id, set()).add(mention.concept_id)
        return cls(article_id, cleaned, sentences, {id_: frozenset(concepts) for id_, concepts in named.items()})

    @classmethod
    def stored(cls, article_id: str, store: Store) -> Text | None:
        cleaned = store.cleaned(article_id)
        if cleaned is None:
            return None
        return cls.of(article_id, cleaned[0], store.sentences(article_id=article_id), store.mentions(article_id=article_id))


def find_likeness(own: Text, store: Store) -> Likeness:
    """By which shingles others will find the article, and which stored ones hold nearly the same text."""
    shingles = shingles_of(own.cleaned)
    sketch = tuple(sorted(hash_ for hash_ in shingles if hash_ % _SAMPLE == 0))
    twins: list[Twin] = []
    copied: list[tuple[str, str]] = []
    for id_ in store.sharing(sketch, least=_CANDIDATE, limit=_MOST):
        other = Text.stored(id_, store) if id_ != own.article_id else None
        article = store.article(id_)
        if other is None or article is None:
            continue
        theirs = shingles_of(other.cleaned)
        common = len(shingles & theirs)
        share = common / min(len(shingles), len(theirs))
        if share >= ALIKE and common >= _FEWEST:
            # the same of the two whichever came first: the longer one shows more of what stands around a quote
            original = (len(theirs), other.article_id) > (len(shingles), own.article_id)
            twins.append(Twin(id_, article.title, round(share, 3), original))
            copied.extend(copied_sentences(own, other) if original else copied_sentences(other, own))
    return Likeness(sketch, tuple(sorted(twins, key=lambda twin: -twin.shared)), tuple(copied))


def complete_likenesses(store: Store) -> None:
    """Look for the near-duplicates of the articles that an older version stored."""
    for article_id in store.without_sketch():
        text = Text.stored(article_id, store)
        if text is not None:
            store.put_likeness(article_id, find_likeness(text, store))


def shingles_of(text: str) -> frozenset[int]:
    """Hashes (signed 64 bits, the same on every machine) of all stretches of letters and digits, of simplified folded characters."""
    import numpy as np

    letters = [ord(character) for character in _normal(text)]
    letters += [0] * (_LENGTH - len(letters))
    codes = np.array(letters, dtype=np.uint64)
    count = len(letters) - _LENGTH + 1
    hashes = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for place in range(_LENGTH):
            hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + codes[place : place + count]
        hashes ^= hashes >> np.uint64(29)
        hashes *= np.uint64(0xBF58476D1CE4E5B9)
        hashes ^= hashes >> np.uint64(32)
    return frozenset(hashes.view(np.int64).tolist())


def _normal(text: str) -> str:
    return "".join(character for character in fold(simplified(text)) if character.isalnum())


def copied_sentences(copy: Text, original: Text) -> tuple[tuple[str, str], ...]:
    """(sentence of the copy, the same one of the original): in the same words, cut short, or with other words that say nothing."""
    from rapidfuzz import fuzz, process

    theirs: dict[str, Sentence] = {}
    for sentence in original.sentences:
        theirs.setdefault(_normal(sentence.text), sentence)
    texts = list(theirs)
    pairs: list[tuple[str, str]] = []
    for sentence in copy.sentences:
        text = _normal(sentence.text)
        same = theirs.get(text)
        if same is None:
            near = process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=_SAME_WORDING)
            if near and _says_the_same(text, near[0]) and copy.named.get(sentence.id) == original.named.get(theirs[near[0]].id):
                same = theirs[near[0]]
            elif len(text) >= _SHORTEST_PART:
                same = next((theirs[other] for other in texts if text in other and _negations(text) == _negations(other)), None)
        if same is not None:
            pairs.append((sentence.id, same.id))
    return tuple(pairs)


def _says_the_same(one: str, other: str) -> bool:
    """Whether nothing tells two texts apart but characters of words that say nothing; a number, a degree or a denial does say something."""
    first, second = Counter(one), Counter(other)
    return set((first - second) + (second - first)) <= _empty_characters() and _negations(one) == _negations(other)


def _negations(text: str) -> int:
    return sum(text.count(word) for word in words("negation"))


@cache
def _empty_characters() -> frozenset[str]:
    characters = frozenset(character for word in stopwords() if not word.isascii() for character in word)
    return (characters | _JOINING) - _TELLING
