from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from kb.qa.asking.terms import Term, terms_of
from kb.qa.asking.understanding import understand
from kb.qa.finding import retrieval
from kb.qa.finding.index import index_of
from kb.qa.finding.meeting import _parted
from kb.qa.finding.retrieval import Scored, ahead_of_the_rest, alike, excerpt, is_question, met, retrieve, select, sift, tidy
from kb.qa.sources import Sources
from kb.qa.wording import because
from kb.records import Sentence


def term(word: str, weight: float = 1.0) -> Term:
    return Term(word, (word,), (), weight, names=(word,))


def scored(text: str, score: float, covered: Sequence[float] = (1.0,), position: int = 0) -> Scored:
    return Scored(Sentence(f"a#{position}", "a", (0, len(text)), text, position=position), tuple(covered), score, score)


# ---------------------------------------------------------------- select


ONE, TWO, FAR = "容器共享宿主机的内核。", "镜像是创建容器的只读模板。", "服务器放在机房里面。"


def test_the_best_is_always_chosen() -> None:
    best = scored(ONE, 0.1)
    assert select([best], [term("容器")]) == (best,)
    assert select([], [term("容器")]) == ()


def test_those_nearly_as_good_join_the_best() -> None:
    items = [scored(ONE, 1.0), scored(TWO, 0.9), scored(FAR, 0.3)]
    assert [item.sentence.text for item in select(items, [term("容器")])] == [ONE, TWO]


def test_a_weaker_one_joins_where_it_covers_what_is_missing() -> None:
    terms = [term("内核"), term("模板")]
    adds = scored(TWO, 0.5, (0.0, 1.0))
    repeats = scored(FAR, 0.5, (1.0, 0.0))
    best = scored(ONE, 1.0, (1.0, 0.0))
    assert select([best, repeats, adds], terms) == (best, adds)


def test_the_best_is_set_against_the_next_that_says_something_else() -> None:
    same = scored("容器都共享宿主机的内核！", 1.9)
    assert ahead_of_the_rest([scored(ONE, 2.0), same, scored(TWO, 0.5)]) == pytest.approx(4.0)
    assert ahead_of_the_rest([scored(ONE, 2.0)]) == math.inf == ahead_of_the_rest([])


def test_no_two_that_say_the_same() -> None:
    items = [scored("容器共享宿主机的内核。", 1.0), scored("容器都共享宿主机的内核！", 0.99), scored(TWO, 0.95)]
    assert [item.sentence.text for item in select(items, [term("容器")])] == [items[0].sentence.text, TWO]


def test_no_more_than_asked_and_no_longer_than_allowed() -> None:
    items = [scored(text, 1.0) for text in (ONE, TWO, FAR)]
    assert len(select(items, [term("x")], most=2)) == 2
    assert select(items, [term("x")], chars=len(tidy(ONE)) + 3) == (items[0],)


def test_each_that_is_passed_over_says_why() -> None:
    items = [
        scored(ONE, 1.0),
        scored("容器都共享宿主机的内核！", 0.99),
        scored(FAR, 0.3),
        scored(TWO, 0.95),
        scored("主机接在网络上。", 0.9),
    ]
    sifted = sift(items, [term("容器")], most=2)
    assert [item.passed_over and item.passed_over.key for item in sifted] == [None, "same", "weaker", None, "enough"]
    assert [replace(item, passed_over=None) for item in sifted] == items
    short = sift(items[:1] + items[3:4], [term("容器")], chars=len(tidy(ONE)) + 3)
    assert short[1].passed_over == because("long", most=str(len(tidy(ONE)) + 3))


# ---------------------------------------------------------------- tidy, excerpt, alike


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1、容器很轻。", "容器很轻"),
        ("2) 容器很轻。", "容器很轻"),
        ("所以，容器很轻。", "容器很轻"),
        ("但是容器很轻;", "容器很轻"),
        ("容器很轻", "容器很轻"),
        ("  容器很轻。 ", "容器很轻"),
        ("其实 容器很轻", "容器很轻"),
        ("10个容器很轻。", "10个容器很轻"),
        ("", ""),
    ],
)
def test_a_sentence_stands_alone(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "例如Docker。",
        pytest.param("1.5 GB的镜像不算小"),
        pytest.param("并发量很高"),
    ],
)
def test_nothing_of_the_meaning_is_tidied_away(text: str) -> None:
    rest = tidy(text)
    assert rest and rest in text and not rest.startswith(("5", "发"))


def test_a_short_sentence_is_quoted_whole() -> None:
    assert excerpt("容器共享内核，虚拟机不共享。", [term("虚拟机")]) == "容器共享内核，虚拟机不共享"


def test_of_a_long_sentence_the_clauses_that_matter_are_quoted() -> None:
    text = f"{'先说一些与此无关的话' * 5}，容器共享宿主机的内核，所以启动只要几毫秒，{'再说一些与此无关的话' * 5}。"
    short = excerpt(text, [term("内核", 3.0), term("毫秒", 3.0)], most=60)
    assert short == "容器共享宿主机的内核，所以启动只要几毫秒"


def test_an_excerpt_is_a_stretch_of_the_sentence() -> None:
    text = "，".join(f"第{n}个分句说到容器与镜像的关系" for n in range(12)) + "。"
    short = excerpt(text, [term("容器")], most=50)
    assert short in text and len(short) <= 50


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("容器共享宿主机的内核。", "容器共享宿主机的内核！", True),
        ("容器共享宿主机的内核。", "虚拟机拥有自己的系统。", False),
        ("论文报告，热迁移最短停机 60 毫秒。", "热迁移论文给出的停机时间最短为 60 毫秒。", True),
        ("论文报告，热迁移最短停机 60 毫秒。", "热迁移论文给出的停机时间最短为 30 毫秒。", False),
        ("Docker 是一个开源的容器平台。", "Docker 是一个名称，也是一家公司，一个 Docker 是一个容器。", False),  # 一个 is no figure
        ("", "容器", False),
        ("容", "容", False),
    ],
)
def test_sentences_that_say_nearly_the_same_are_alike(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected


@pytest.mark.parametrize(("text", "expected"), [("容器是什么？", True), ("what is it? ", True), ("容器是什么。", False)])
def test_a_question_is_no_answer(text: str, expected: bool) -> None:
    assert is_question(text) is expected


# ---------------------------------------------------------------- retrieve


def found(text: str, sources: Sources) -> list[str]:
    return [item.sentence.text for item in retrieve(terms_of(understand(text, sources), sources), sources)]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("虚拟机启动要几分钟？", "虚拟机启动需要数分钟，容器启动只需要几毫秒。"),
        ("Docker用什么隔开进程？", "Docker使用命名空间隔离进程，用cgroups限制资源。"),
        ("镜像是模板吗？", "镜像是创建容器的只读模板。"),
    ],
)
def test_the_sentence_that_covers_most_comes_first(question: str, sentence: str, sources: Sources) -> None:
    assert found(question, sources)[0] == sentence


def test_headings_are_not_retrieved(sources: Sources) -> None:
    assert "容器和虚拟机" not in found("容器和虚拟机", sources)
    assert not {"容器和虚拟机", "Docker简介"} & {sentence.text for sentence in index_of(sources).sentences.values()}


def test_a_preference_turns_the_order(sources: Sources) -> None:
    terms = terms_of(understand("虚拟机", sources), sources)
    wanted = "虚拟机的隔离性比容器更强。"
    ranked = retrieve(terms, sources, lambda sentence: 5.0 if sentence.text == wanted else 1.0)
    assert ranked[0].sentence.text == wanted
    assert [item.score for item in ranked] == sorted((item.score for item in ranked), reverse=True)


def test_coverage_is_a_share_and_the_limit_holds(sources: Sources) -> None:
    terms = terms_of(understand("容器共享宿主机的内核吗？", sources), sources)
    ranked = retrieve(terms, sources, limit=4)
    assert len(ranked) == 4
    assert all(0 <= item.coverage <= 1 and len(item.covered) == len(terms) for item in ranked)


def test_a_sentence_near_the_question_in_meaning_is_worth_more_and_covers_no_more(sources: Sources) -> None:
    asked = "虚机多久才能开起来？"
    terms = terms_of(understand(asked, sources), sources)
    near = {item.sentence.id: item for item in retrieve(terms, sources, asked=asked)}
    plain = {item.sentence.id: item for item in retrieve(terms, replace(sources, embedding=None), asked=asked)}
    both = near.keys() & plain.keys()
    gains = {near[id_].sentence.text: near[id_].score - plain[id_].score for id_ in both}
    assert all(near[id_].covered == plain[id_].covered for id_ in both)
    assert all(gain >= 0 for gain in gains.values())
    assert gains["虚拟机启动需要数分钟，容器启动只需要几毫秒。"] > gains["虚拟机更消耗资源，因为每台虚拟机都要运行一个完整的操作系统。"]


def test_nothing_is_found_for_nothing(sources: Sources) -> None:
    assert retrieve((), sources) == ()


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("运行环境", "java的运行时环境要求jdk", True),
        ("应用虚拟化", "应用程序虚拟化是一种技术", True),
        ("运行环境", "运行在环境中", False),
        ("运行环境", "运行很多不同的环境", False),
        ("运行环境", "环境运行", False),
    ],
)
def test_a_compound_may_have_more_inside(word: str, text: str, expected: bool) -> None:
    assert _parted(word, text) is expected


def test_a_compound_may_be_said_in_pieces(sources: Sources) -> None:
    index = index_of(sources)
    sentence = next(s for s in index.sentences.values() if "共享" in s.text and "内核" in s.text)
    whole = Term("内核共享情况", ("内核共享情况",), (), 2.0, parts=(("内核",), ("共享",), ("情况", "状况")))
    assert 0.5 < met(whole, sentence, index) < 0.6
    assert met(Term("别的", ("别的词",), (), 2.0, parts=(("别的",), ("没有的词",))), sentence, index) == 0.0


def test_what_says_what_a_thing_is_is_looked_at_however_often_the_thing_is_named(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "_OF_ONE", 0)
    monkeypatch.setattr(retrieval.bm25, "rank", lambda *_: {})
    found = retrieve(terms_of(understand("KVM是什么", sources), sources), sources)
    assert [item.sentence.text for item in found] == ["KVM是一种Hypervisor。"]
