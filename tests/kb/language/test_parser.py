from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import jieba
import pytest

from kb.errors import BadInput, NotFound
from kb.language.parser import MODEL, Arc, Parser
from kb.language.parser.features import dictionary_tag
from kb.language.parser.treebank import Tree, read_trees

PARSER = Parser.load()
needs_model = pytest.mark.skipif(PARSER is None, reason="no parser model in kb/language/parser/model")

SENTENCES = [
    "容器 直接 使用 宿主机 的 内核 。",
    "由于 没有 臃肿 的 从操作系统 , Docker 可以 节省 大量 的 磁盘 空间 。",
    "虚拟机 运行 在 hypervisor 之上 , 容器 运行 在 内核 之上 ; 两者 都 需要 硬件 。",
    "。",
    "Docker",
]


def arcs(sentence: str) -> tuple[Arc, ...]:
    assert PARSER is not None
    return PARSER.parse(sentence.split())


def edges(sentence: str) -> set[tuple[str, str, str]]:
    """(word, relation, head), the root's head being itself."""
    words = sentence.split()
    return {(words[arc.index], arc.deprel, words[arc.head]) for arc in arcs(sentence)}


@needs_model
@pytest.mark.parametrize("sentence", SENTENCES)
def test_one_root_and_heads_in_range(sentence: str) -> None:
    parsed = arcs(sentence)
    assert [arc.index for arc in parsed] == list(range(len(sentence.split())))
    assert all(0 <= arc.head < len(parsed) for arc in parsed)
    assert [arc.deprel for arc in parsed if arc.head == arc.index] == ["root"]


@needs_model
def test_subject_verb_object() -> None:
    assert {("容器", "nsubj", "共享"), ("不", "advmod", "共享"), ("内核", "obj", "共享")} <= edges("容器 不 共享 内核 。")


@needs_model
def test_copula() -> None:
    assert {("容器", "nsubj", "技术"), ("是", "cop", "技术"), ("技术", "root", "技术")} <= edges("容器 是 一种 虚拟化 的 技术 。")


@needs_model
def test_relative_clause() -> None:
    assert {("使用", "acl:relcl", "服务器"), ("服务器", "nsubj", "提供")} <= edges("我们 使用 的 服务器 提供 服务 。")


@needs_model
def test_many_sentences_are_parsed_as_each_alone() -> None:
    assert PARSER is not None
    assert PARSER.parse_all([(sentence.split(), ()) for sentence in SENTENCES]) == [arcs(sentence) for sentence in SENTENCES]


@needs_model
def test_known_names_are_no_verbs() -> None:
    """应用 is a verb in the dictionary; where it names a thing, the caller says so."""
    assert PARSER is not None
    parsed = PARSER.parse("应用 被 部署 在 容器 当中 。".split(), names=[0, 4])
    assert parsed[0].upos == "NOUN"


@needs_model
def test_model_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) <= 9_000_000


def test_missing_model_is_none_or_says_what_to_do(tmp_path: Path) -> None:
    assert Parser.load(tmp_path) is None
    with pytest.raises(NotFound, match="patterns alone") as caught:
        Parser(tmp_path)
    assert str(tmp_path) in caught.value.message[0]


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("服务器", "n"),
        ("运行", "v"),
        ("在", "p"),
        ("裸金属服务器", "n"),  # not in the dictionary, its end is
        ("Docker", "eng"),
        ("128", "m"),
        ("#", "x"),
    ],
)
def test_dictionary_tag(word: str, tag: str) -> None:
    assert dictionary_tag(word) == tag


# ---------------------------------------------------------------- treebanks

ROWS = """# text = 容器很快
1-2\t容器很\t_\t_\t_\t_\t_\t_\t_\t_
1\t容器\t_\tNOUN\tNN\t_\t3\tnsubj\t_\t_
2\t很\t_\tADV\tRB\t_\t3\tadvmod\t_\t_
3\t快\t_\tADJ\tJJ\t_\t0\troot\t_\t_

1\t好\t_\tADJ\tJJ\t_\t0\troot\t_\t_
"""


@pytest.mark.parametrize("suffix", ["conllu", "conllu.gz"])
def test_read_trees(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(gzip.compress(ROWS.encode()) if suffix.endswith("gz") else ROWS.encode())
    assert read_trees(path) == [
        Tree(("容器", "很", "快"), (2, 2, 2), ("nsubj", "advmod", "root"), ("NOUN", "ADV", "ADJ")),
        Tree(("好",), (0,), ("root",), ("ADJ",)),
    ]


def test_line_that_is_no_conllu_is_named(tmp_path: Path) -> None:
    path = tmp_path / "b.conllu"
    path.write_text("1\t容器\tNOUN\n", encoding="utf-8")
    with pytest.raises(BadInput, match="b.conllu, line 1"):
        read_trees(path)


@needs_model
def test_arcs_are_those_of_the_spacy_pipeline() -> None:
    """Short and long sentences, names, words of no dictionary, and arcs that spaCy hangs elsewhere when it is done (`||`)."""
    from spacy.util import load_model_from_path

    import kb.language.parser.features as features

    corpus = Path(__file__).parents[3] / "corpus" / "articles"
    words = [
        line.translate(str.maketrans("", "", "#*-| "))
        for path in sorted(corpus.glob("*.md"))[::6]
        for line in path.read_text("utf-8").splitlines()
    ]
    cut: list[tuple[list[str], Iterable[int]]] = [(list(jieba.cut(line)), range(0, len(line), 7)) for line in words if line]
    cut += [([], ()), ("第二 ， Docker 容器 共享 宿主机 的 内核 ， 隔离 性比 虚拟机 弱".split(), ())]  # none, and one with such an arc
    nlp = load_model_from_path(MODEL, exclude=["tokenizer"])
    docs = [features.make_doc(nlp.vocab, sentence, frozenset(names)) for sentence, names in cut]
    expected = [
        [(token.i, token.head.i, token.dep_ if token.head != token else "root", token.pos_) for token in doc]
        for doc in nlp.pipe(docs, batch_size=64)
    ]
    assert PARSER is not None
    found = PARSER.parse_all(cut)
    assert sum(len(sentence) for sentence in found) > 3000
    assert [[astuple(arc) for arc in sentence] for sentence in found] == expected
