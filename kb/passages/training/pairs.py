"""Pairs of texts that belong together, found in the texts themselves: nobody labelled any but the questions."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from importlib import resources

from kb.domain import Domain
from kb.language.sentences import split_sentences
from kb.language.vocabulary import in_chinese, synonyms
from kb.passages.training.texts import Asked, Section

Pair = tuple[str, str]
ASKED = "asked.jsonl"
_SHORTEST = 8  # characters of a sentence worth learning from
_KEPT = 0.1  # share of the sentences that stay in the paragraph they are taken from, so that equal words still count


def heading_pairs(sections: Iterable[Section]) -> Iterator[Pair]:
    """The names of a section and its text; its own name and its first paragraph, which is nearer to the size of a question's evidence."""
    for section in sections:
        yield section.name, section.body
        if section.headings and len(section.paragraphs[0]) >= _SHORTEST:
            yield section.headings[-1], section.paragraphs[0]


def cloze_pairs(sections: Iterable[Section], rng: random.Random) -> Iterator[Pair]:
    """A sentence and the rest of its paragraph, once for a paragraph of three sentences or more."""
    for section in sections:
        for paragraph in section.paragraphs:
            sentences = sentences_of(paragraph)
            if len(sentences) < 3:
                continue
            chosen = rng.randrange(len(sentences))
            rest = sentences if rng.random() < _KEPT else sentences[:chosen] + sentences[chosen + 1 :]
            yield sentences[chosen], "".join(rest)


def neighbour_pairs(sections: Iterable[Section], rng: random.Random) -> Iterator[Pair]:
    """Two sentences or paragraphs that follow one another; one pair a section."""
    for section in sections:
        pieces = section.paragraphs if len(section.paragraphs) > 1 else sentences_of(section.body)
        if len(pieces) > 1:
            first = rng.randrange(len(pieces) - 1)
            yield pieces[first], pieces[first + 1]


def question_pairs(asked: Iterable[Asked]) -> Iterator[Pair]:
    """A question with its paragraph, and with the sentence that holds the answer."""
    for item in asked:
        yield item.question, item.paragraph
        if sentence := holding(item):
            yield item.question, sentence


def asked_pairs() -> Iterator[Pair]:
    """Questions and the statement that answers each, written for this in words that lie far apart (ASKED): what tells that 吃内存 asks of 内存占用.

    No article and no question of `tests` is among them, so that both can still judge what was learned.
    """
    for line in resources.files("kb.passages.training").joinpath(ASKED).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for question in row["questions"]:
            yield question, row["statement"]


def name_pairs(domain: Domain, words: Iterable[str]) -> list[Pair]:
    """Names of one concept; those of `words` that stand for one another; English ones of them and what they mean."""
    pairs = [(concept.name, other) for concept in domain.concepts for other in (concept.name_en, *concept.aliases, concept.gloss) if other]
    for word in sorted(words):
        pairs += [(word, other) for other in (*synonyms(word), *in_chinese(word))]
    return pairs


def holding(asked: Asked) -> str | None:
    """The first sentence of the paragraph that holds the answer."""
    return next((sentence for sentence in sentences_of(asked.paragraph) if asked.answer and asked.answer in sentence), None)


def sentences_of(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text) if end - start >= _SHORTEST]
