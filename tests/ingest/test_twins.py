"""Near-duplicates are linked and count once; different articles about one subject are not linked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.pipeline import Tools, ingest_path, ingest_text
from ingest.twins import ALIKE, Text, complete_likenesses, copied_sentences
from kb.graph.building import build_graph
from kb.graph.disagreements import disagreements_of, find_disagreements
from kb.records import SaveReport, Sentence
from kb.store import Store
from tests.benchmarks.twins import WAYS, of_copies, of_different, shared, texts, traditional

NOTE = """值班室的两台机器
值班室有两台旧机器，一台装了虚拟机，一台装了容器。虚拟机运行在Hypervisor之上，每台虚拟机都有自己的操作系统。
容器共享宿主机的内核，所以容器比虚拟机轻量。容器的启动速度比虚拟机更快，容器启动只需要几毫秒。
Docker使用命名空间隔离进程，Docker使用cgroups限制资源。镜像是创建容器的只读模板，镜像由很多层组成。
夜里断过一次电，容器自己起来了，虚拟机却要人去按。值班的人把这件事记在了本子上。
后来大家商量，把常用的小服务放进容器，把要求隔离的系统留在虚拟机里。
"""
SAME_SUBJECT = """机房里怎么选
选容器还是选虚拟机，先看要不要隔离。虚拟机有自己的内核，隔离性比容器强，租户之间互不信任时应当用它。
如果只是跑几个彼此相识的小程序，容器就够了：它和宿主机共用内核，占的内存少，起停也快。
Docker 把镜像分层存放，相同的层只留一份。Hypervisor 则负责在一台机器上同时运行许多虚拟机。
两者也可以一起用，在虚拟机里再运行容器，先用硬件划出边界，再用进程划出格子。
"""


@pytest.fixture(scope="module")
def tools(tools: Tools) -> Tools:
    """Patterns alone: which articles are alike has nothing to do with how they are parsed."""
    return replace(tools, parser=None)


@pytest.fixture
def store(tools: Tools, tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.db", tools.tokenizer.terms)
    opened.set_vocabulary(tools.domain.concepts, "v")
    yield opened
    opened.close()


def add(store: Store, tools: Tools, **articles: str) -> dict[str, SaveReport]:
    return {title: ingest_text(title, text, store, tools, max_bytes=100_000) for title, text in articles.items()}


def counted(store: Store) -> object:
    """What is said, and by how many sources each."""
    graph = build_graph(store)
    edges = sorted((s, o, str(key), len(data["fact_claims"])) for s, o, key, data in graph.edges(keys=True, data=True))
    mentions = sorted((id_, data["mentions"]) for id_, data in graph.nodes(data=True))
    comparisons = sorted((c.a, c.b, c.aspect, c.direction) for c in store.comparisons())
    quantities = sorted((q.subject, q.aspect, q.value_text) for q in store.quantities())
    return edges, mentions, comparisons, quantities


def test_the_ways_of_a_copy_stand_far_from_different_articles() -> None:
    articles = texts()
    for way, shares in of_copies(articles).items():
        assert shares[0] > ALIKE + 0.1, way
    highest = of_different(articles)[0]
    assert highest[0] < ALIKE - 0.1, highest
    assert shared(NOTE, SAME_SUBJECT) < ALIKE - 0.1


@pytest.mark.parametrize("way", WAYS)
def test_a_copy_is_linked_whichever_came_first(way: str, store: Store, tools: Tools, tmp_path: Path) -> None:
    other = Store(tmp_path / "turned.db", tools.tokenizer.terms)
    other.set_vocabulary(tools.domain.concepts, "v")
    reports = add(store, tools, 原文=NOTE, 抄本=WAYS[way](NOTE))
    assert [twin.title for twin in reports["抄本"].twins] == ["原文"]
    assert reports["抄本"].outcome == "added"
    turned = add(other, tools, 抄本=WAYS[way](NOTE), 原文=NOTE)
    assert [twin.title for twin in turned["原文"].twins] == ["抄本"]
    assert counted(store) == counted(other)
    other.close()


@pytest.mark.parametrize("way", [way for way in WAYS if way not in ("edited", "a paragraph added", "all of this")])
def test_what_a_copy_repeats_counts_once(way: str, store: Store, tools: Tools) -> None:
    add(store, tools, 原文=NOTE)
    alone, disagreements = counted(store), find_disagreements(store, tools.domain)
    add(store, tools, 抄本=WAYS[way](NOTE))
    assert counted(store) == alone
    assert find_disagreements(store, tools.domain) == disagreements


def test_all_of_what_a_copy_says_can_be_read_of_the_copy(store: Store, tools: Tools) -> None:
    report = add(store, tools, 原文=NOTE, 抄本=traditional(NOTE))["抄本"]
    assert len(store.claims(article_id=report.article_id)) == report.claims > 0
    assert len(store.claims(copies=True)) == 2 * len(store.claims())
    assert store.mentions(article_id=report.article_id)


def test_what_only_the_copy_says_counts(store: Store, tools: Tools) -> None:
    add(store, tools, 原文=NOTE)
    before = len(store.claims())
    report = add(store, tools, 抄本=NOTE + "KVM是一种Hypervisor。Kubernetes管理容器。\n")["抄本"]
    assert report.twins
    said = {(claim.subject, claim.relation) for claim in store.claims()}
    assert len(store.claims()) > before
    assert ("kubernetes", "manages") in said


def test_a_copy_that_says_something_else_is_heard_and_contradicts(store: Store, tools: Tools) -> None:
    changed = NOTE.replace("容器启动只需要几毫秒", "容器启动只需要几分钟").replace("容器共享宿主机的内核", "容器不共享宿主机的内核")
    reports = add(store, tools, 原文=NOTE, 抄本=changed)
    assert reports["抄本"].twins
    assert {found.kind for found in find_disagreements(store, tools.domain)} == {"denial", "quantity"}
    assert reports["抄本"].contradictions == 2


def test_a_copy_contradicts_what_its_original_does(store: Store, tools: Tools) -> None:
    against = "容器不共享宿主机的内核。"
    reports = add(store, tools, 反驳=against, 原文=NOTE, 抄本=traditional(NOTE))
    assert reports["抄本"].contradictions == reports["原文"].contradictions == 1
    found = disagreements_of(reports["抄本"].article_id, store, tools.domain)
    assert [len(item.sides) for item in found] == [2]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("所以容器比虚拟机轻量。", "因此，容器比虚拟机轻量。", True),
        ("容器启动只需要几毫秒。", "容器启动只需要几分钟。", False),
        ("容器启动只需要几毫秒。", "容器启动只需要5毫秒。", False),
        ("容器共享宿主机的内核。", "容器不共享宿主机的内核。", False),
        ("容器的启动速度比虚拟机更快。", "容器的启动速度比虚拟机更慢。", False),
        ("由LXC来隔离进程和网络。", "由KVM来隔离进程和网络。", False),
        ("容器共享宿主机的内核，所以容器比虚拟机轻量。", "容器共享宿主机的内核", True),
        ("并非所有服务器都是主机，反过来却对。", "所有服务器都是主机", False),
    ],
)
def test_a_sentence_is_the_same_where_only_wording_differs(one: str, other: str, same: bool) -> None:
    first, second = (Text(id_, text, (Sentence(f"{id_}#0", id_, (0, len(text)), text),), {}) for id_, text in (("a", one), ("b", other)))
    assert bool(copied_sentences(second, first)) is same


def test_different_articles_about_one_subject_are_not_linked(store: Store, tools: Tools) -> None:
    reports = add(store, tools, 一=NOTE, 二=SAME_SUBJECT)
    assert reports["二"].twins == ()
    assert not store.copied()


def test_a_quotation_makes_no_twin(store: Store, tools: Tools) -> None:
    quoted = "有人写道：容器共享宿主机的内核，所以容器比虚拟机轻量。这话对不对，要看怎样量。\n" + SAME_SUBJECT
    assert add(store, tools, 一=NOTE, 二=quoted)["二"].twins == ()


def test_removing_either_leaves_nothing_of_the_link(store: Store, tools: Tools) -> None:
    reports = add(store, tools, 原文=NOTE)
    alone = counted(store)
    for gone, left in (("原文", "抄本"), ("抄本", "原文")):
        reports |= add(store, tools, 原文=NOTE, 抄本=traditional(NOTE))
        assert store.twins(reports[left].article_id)
        store.remove(reports[gone].article_id)
        assert store.twins(reports[left].article_id) == () and not store.copied()
        assert counted(store) == alone
        assert [summary.title for summary in store.articles()] == [left]


def test_of_three_copies_two_stay_linked(store: Store, tools: Tools) -> None:
    reports = add(store, tools, 一=NOTE)
    alone = counted(store)
    reports |= add(store, tools, 二=traditional(NOTE), 三=NOTE.replace("\n", "\n\n"))
    assert counted(store) == alone
    for title in ("一", "三"):
        store.remove(reports[title].article_id)
        assert counted(store) == alone


def test_the_link_survives_a_second_reading_and_a_new_name(store: Store, tools: Tools, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "一.txt").write_text(NOTE, encoding="utf-8")
    (folder / "二.txt").write_text(traditional(NOTE), encoding="utf-8")
    ingest_path(folder, store, tools, max_bytes=100_000)
    linked, alone = store.twins(store.articles()[0].id), counted(store)
    assert linked
    assert [report.outcome for report in ingest_path(folder, store, tools, max_bytes=100_000)] == ["unchanged"] * 2
    (folder / "二.txt").rename(folder / "三.txt")
    (report,) = ingest_path(folder / "三.txt", store, tools, max_bytes=100_000)
    assert report.outcome == "unchanged" and report.twins
    (folder / "一.txt").write_text(NOTE + "又及：那天很冷。\n", encoding="utf-8")
    (report,) = ingest_path(folder / "一.txt", store, tools, max_bytes=100_000)
    assert report.outcome == "replaced" and report.twins
    assert counted(store) == alone


def test_an_edit_that_makes_it_another_article_ends_the_link(store: Store, tools: Tools) -> None:
    reports = add(store, tools, 原文=NOTE, 抄本=traditional(NOTE))
    add(store, tools, 抄本=SAME_SUBJECT)
    assert store.twins(reports["原文"].article_id) == ()


def test_articles_of_an_older_version_are_linked_later(store: Store, tools: Tools) -> None:
    add(store, tools, 原文=NOTE, 抄本=traditional(NOTE))
    linked = store.copied()
    store._connections.get().execute("DELETE FROM sketch")
    store._connections.get().execute("DELETE FROM twin")
    store._connections.get().execute("DELETE FROM copied")
    complete_likenesses(store)
    assert store.copied() == linked
    assert store.without_sketch() == ()


def test_looking_for_twins_compares_no_text_that_shares_little(store: Store, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, text in enumerate(list(texts().values())[:6]):
        add(store, tools, **{f"文章{number}": text})
    asked: list[str] = []
    cleaned = store.cleaned
    monkeypatch.setattr(store, "cleaned", lambda id_: asked.append(id_) or cleaned(id_))
    report = add(store, tools, 抄本=traditional(list(texts().values())[3]))["抄本"]
    assert report.twins and len(asked) <= 2, asked


STATEMENTS = (
    "容器共享宿主机的内核。",
    "容器不共享宿主机的内核。",
    "容器启动只需要几毫秒。",
    "容器启动需要几分钟。",
    "容器的启动速度比虚拟机快。",
    "虚拟机的启动速度比容器快。",
    "虚拟机启动需要几分钟。",
    "虚拟机启动只需要几毫秒。",
    "Docker使用命名空间。",
    "Docker不使用命名空间。",
)


@pytest.mark.parametrize("seed", range(4))
def test_an_article_disagrees_in_what_the_whole_store_disagrees_in_and_it_has_a_part_in(store: Store, tools: Tools, seed: int) -> None:
    chance = random.Random(seed)
    texts = {f"第{number}篇": "\n".join(chance.sample(STATEMENTS, 4)) for number in range(4)}
    texts |= {"原文": NOTE, "抄本": traditional(NOTE)}
    found = 0
    for report in add(store, tools, **texts).values():
        copied = set(store.copied(report.article_id).values())
        own = disagreements_of(report.article_id, store, tools.domain)
        assert own == tuple(
            one
            for one in find_disagreements(store, tools.domain)
            if any(id_.startswith(f"{report.article_id}#") or id_ in copied for id_, _ in one.sides)
        )
        found += len(own)
    assert found
