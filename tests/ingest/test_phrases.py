from __future__ import annotations

import pytest

from ingest.clean import clean
from ingest.concepts import find_concepts
from ingest.parses import Parse, Word
from ingest.phrases import collapsed, is_phrase, phrase, with_phrases, within_phrases
from ingest.segment import segment
from kb.config import ROOT
from kb.domain import load_domain
from kb.language.lexicon import Lexicon
from kb.language.parser import Arc
from kb.language.words import Tokenizer
from kb.records import Claim

DOMAIN = load_domain(ROOT / "corpus" / "domain")
LEXICON = Lexicon(DOMAIN.concepts)
TOKENIZER = Tokenizer(LEXICON.names())


def reading(text: str):
    (only,), _ = find_concepts(segment("a", clean(text, LEXICON.names())), LEXICON, TOKENIZER)
    return only


def parse(text: str, *rows: str) -> Parse:
    """`word head deprel upos`, heads counted from 1, 0 the root; a word with * is a mention of the reading."""
    found = reading(text).matches
    words, place = [], 0
    for word in (row.split()[0] for row in rows):
        start = text.index(word.rstrip("*"), place)
        place = start + len(word.rstrip("*"))
        concept = next((m.concept_id for m in found if (m.start, m.end) == (start, place)), None)
        assert (concept is not None) == word.endswith("*"), word
        words.append(Word(word.rstrip("*"), start, place, concept))
    arcs = tuple(Arc(n, (int(row.split()[1]) or n + 1) - 1, *row.split()[2:]) for n, row in enumerate(rows))
    return Parse(tuple(words), arcs)


def phrases(text: str, *rows: str) -> list[str]:
    (wide,), _ = with_phrases([reading(text)], {0: parse(text, *rows)})
    return [text[m.start : m.end] for m in wide.matches if is_phrase(m.concept_id)]


MANAGER = ("网络* 2 nmod NOUN", "管理器 3 nsubj NOUN", "管理 0 root VERB", "容器* 3 obj NOUN", "。 3 punct PUNCT")


@pytest.mark.parametrize(
    ("text", "rows", "wanted"),
    [
        ("网络管理器管理容器。", MANAGER, ["网络管理器"]),
        # one mention by itself is no phrase, nor with a word that adds nothing
        ("Kubernetes自身共享内核。", ("Kubernetes* 2 nmod NOUN", "自身 3 nsubj NOUN", "共享 0 root VERB", "内核* 3 obj NOUN", "。 3 punct PUNCT"), []),
        # what points and what names nothing
        ("其他构件使用容器。", ("其他 2 det NOUN", "构件 3 nsubj NOUN", "使用 0 root VERB", "容器* 3 obj NOUN", "。 3 punct PUNCT"), ["构件"]),
        ("原因是容器。", ("原因 3 nsubj NOUN", "是 3 cop AUX", "容器* 0 root NOUN", "。 3 punct PUNCT"), []),
        # a deed before a name begins no name
        ("运用GORM框架。", ("运用 3 compound VERB", "GORM 3 compound X", "框架 0 root NOUN", "。 3 punct PUNCT"), ["GORM框架"]),
        # a last syllable makes a noun of what stands before it
        ("容器使用缓冲层。", ("容器* 2 nsubj NOUN", "使用 0 root VERB", "缓冲 4 compound VERB", "层 2 obj PART", "。 2 punct PUNCT"), ["缓冲层"]),
    ],
)  # fmt: skip
def test_noun_phrases_that_no_concept_names(text: str, rows: tuple[str, ...], wanted: list[str]) -> None:
    assert phrases(text, *rows) == wanted


def test_a_phrase_is_one_word_that_hangs_where_its_head_hung() -> None:
    text = "网络管理器管理容器。"
    tree = parse(text, *MANAGER)
    (wide,), found = with_phrases([reading(text)], {0: tree})
    shut = collapsed(tree, wide)
    assert [word.text for word in shut.words] == ["网络管理器", "管理", "容器", "。"]
    assert [(arc.head, arc.deprel) for arc in shut.arcs] == [(1, "nsubj"), (1, "root"), (1, "obj"), (1, "punct")]
    assert list(found.values()) == [phrase("网络管理器")]


def test_a_sentence_without_a_parse_stays_as_it_is() -> None:
    one = reading("网络管理器管理容器。")
    assert with_phrases([one], {}) == ((one,), {})


def test_a_claim_about_a_mention_inside_a_phrase_is_told() -> None:
    text = "网络管理器管理容器。"
    one = reading(text)
    wide, _ = with_phrases([one], {0: parse(text, *MANAGER)})
    about = within_phrases([one], wide)
    inner = Claim(one.piece.sentence.id, (0, 9), one.matches[0].concept_id, "manages", "container")
    assert about(inner) == {"subject modifies in a phrase"}
    assert about(Claim("another", (0, 9), inner.subject, "manages", "container")) == frozenset()
