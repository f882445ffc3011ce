"""New concepts of fields that the vocabulary does not know, with the other names that the article gives them."""

from __future__ import annotations

import pytest

from ingest.candidates import find_candidates, gloss_names, tokens_of
from ingest.clean import clean
from ingest.discovery import discover
from ingest.pipeline import Tools
from ingest.segment import segment
from ingest.termhood import SIGNS, features, termhood, weights
from kb.config import ROOT
from kb.records import Concept

ARTICLES = ROOT / "corpus" / "articles"
TREES = """# 红黑树
红黑树（Red Black Tree）是一种自平衡二叉查找树。红黑树的每个叶子节点都是黑色的，根节点也是黑色的。
插入时先给新节点染色，再由旋转恢复红黑树的性质；删除叶子节点之后同样要旋转。
# 哈希表
哈希表（Hash Table）用哈希函数把键映射到桶。哈希函数不好时，许多键落进同一个桶，哈希表就退化成链表。
"""


def discovered(text: str, tools: Tools) -> dict[str, Concept]:
    pieces = segment("a", clean(text))
    tokens = [tokens_of(piece.mapped.text, tools.tokenizer) for piece in pieces]
    return {concept.name: concept for concept in discover(pieces, tokens, tools.lexicon, tools.tokenizer)}


def test_terms_of_another_field_are_found_with_their_english_names(tools: Tools) -> None:
    found = discovered(TREES, tools)
    assert {"红黑树", "哈希表", "叶子节点", "哈希函数"} <= set(found)
    assert found["红黑树"].name_en == "Red Black Tree"
    assert found["哈希表"].name_en == "Hash Table"
    assert {concept.kind for concept in found.values()} == {"discovered"}


def test_talk_about_the_text_is_no_term(tools: Tools) -> None:
    text = "本文介绍了两种方法。首先我们需要了解这个问题的原因，然后给出一些例子。希望大家喜欢这篇文章，欢迎提出意见。"
    assert discovered(text, tools) == {}


@pytest.mark.parametrize(
    "text",
    [
        "普通容器很轻，普通容器也很快。",
        "Docker通信Hypervisor。",
        "在服务器上运行程序，运行程序前先启动服务器。",
        "容器轻量级，容器易于迁移。",
        "先部署应用，部署应用之后再看。",
        "服务器一般是指给人用的主机。",
        "从架构来看，容器少了两层。",
    ],
)
def test_names_of_the_vocabulary_with_idle_words_beside_them_are_not_new(tools: Tools, text: str) -> None:
    assert discovered(text, tools) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("把磁盘接到挂载点", ["挂载:v", "点:n"]),  # the dictionary takes 点 and 元 for numerals
        ("文件的元数据", ["元:m", "数据:n"]),
        ("配置同步任务", ["同步:m", "任务:n"]),
        ("在窗口函数之前", ["窗口:m", "函数:n"]),
        ("关联条件变了", ["关联:n", "条件:n"]),  # 条 points, 条件 does not
        ("上下文是域模型的", ["是:x", "域:n"]),  # 是域 is no word
    ],
)
def test_words_that_the_dictionary_tags_oddly_may_stand_in_terms(tools: Tools, text: str, words: list[str]) -> None:
    cut = [f"{token.text}:{token.kind}" for token in tokens_of(text, tools.tokenizer)]
    assert any(cut[place : place + len(words)] == words for place in range(len(cut))), cut


def test_a_long_parameter_name_is_a_name(tools: Tools) -> None:
    name = "engine_max_bytes_before_external_group_by"
    found = discovered(f"参数 {name} 限制内存。把 {name} 设为 0 则不限制。", tools)
    assert name in found


def test_a_name_of_several_latin_words_is_not_cut(tools: Tools) -> None:
    found = discovered("Hash Aggregation 算子会落盘。关闭 Hash Aggregation 算子之后不再落盘。", tools)
    assert not {"Hash", "Aggregation"} & set(found)


@pytest.mark.parametrize(
    ("inside", "names"),
    [
        ("Namespace", ("Namespace",)),
        ("简称 VMM", ("VMM",)),
        ("Network Security Service，网络安全服务", ("Network Security Service", "网络安全服务")),
        ("即监控器", ("监控器",)),
        ("例如第三方的工具", ()),
        ("2014 年", ()),
        ("通常是 Linux 变种", ()),
    ],
)
def test_a_parenthesis_gives_other_names_or_is_a_remark(inside: str, names: tuple[str, ...]) -> None:
    assert gloss_names(inside) == names


def test_paths_units_and_english_glue_are_no_words_of_terms(tools: Tools) -> None:
    tokens = tokens_of("把 8 GB 的 /etc/nginx/nginx.conf and Redis 放在 v1.2 里", tools.tokenizer)
    assert {token.text: token.kind for token in tokens if token.tag == "eng"} == {"GB": "x", "and": "x", "Redis": "n", "v1.2": "m"}


def signs_of(text: str, tools: Tools) -> dict[str, dict[str, float]]:
    pieces = segment("a", clean(text))
    candidates, _ = find_candidates(pieces, [tokens_of(piece.mapped.text, tools.tokenizer) for piece in pieces])
    return features(candidates, tools.tokenizer, tools.lexicon)


def test_every_sign_has_a_weight_for_every_sort_and_every_weight_a_sign(tools: Tools) -> None:
    texts = [TREES, *(path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.md")))]
    seen = {name for text in texts for signs in signs_of(text, tools).values() for name in signs}
    for sort, table in weights().items():
        assert set(table) == {"bias", *seen}, sort
    assert {f"is_{sign}" for sign in SIGNS} <= seen


def test_a_term_does_better_than_a_quality(tools: Tools) -> None:
    signs = signs_of(TREES, tools)
    assert 0 < termhood(signs["黑色"]) < termhood(signs["红黑树"]) < 1


def test_what_stands_in_bold_is_a_term_with_less_to_speak_for_it(tools: Tools) -> None:
    text = "浏览器先查缓存，没有再问递归解析器。递归解析器从根问起，一级一级往下问。"
    pieces = segment("a", clean(text))
    tokens = [tokens_of(piece.mapped.text, tools.tokenizer) for piece in pieces]
    plain, marked = (
        {concept.name for concept in discover(pieces, tokens, tools.lexicon, tools.tokenizer, bold)}
        for bold in ((), ("递归解析器", "再一级"))
    )
    assert marked - plain == {"递归解析器"}


@pytest.mark.parametrize("phrase", ["记下来", "跑得快", "解决问题", "越多越好", "没有索引", "举例来说", "整张表"])
def test_a_phrase_that_the_dictionary_holds_is_no_term(phrase: str, tools: Tools) -> None:
    text = f"这样{phrase}，那样也{phrase}，{phrase}。红黑树也{phrase}。"
    assert phrase not in discovered(text, tools)


@pytest.mark.parametrize("phrase", ["安装 Zephyrix", "从 Zephyrix", "启动时", "它会", "默认情况", "以缩容"])
def test_what_only_stands_beside_a_term_is_none(phrase: str, tools: Tools) -> None:
    text = f"{phrase}，要先看红黑树。{phrase}，也要看哈希表。红黑树里{phrase}。"
    assert phrase not in discovered(text, tools)
