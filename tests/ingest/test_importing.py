"""A knowledge base brought from one machine to another: all of it, once, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.curating import decide
from ingest.importing import import_export
from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.config import Settings
from kb.errors import BadInput, TooLarge
from kb.records import Decision
from tests.conftest import fill

MOST = 100_000
NEW = "量子笼是一种新的隔离机制。量子笼隔离进程，也隔离网络。量子笼比容器更轻量。"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[KnowledgeBase]:
    """The other machine: two articles, one more with a concept of its own, and two decisions."""
    base = KnowledgeBase.open(Settings(db=tmp_path / "there.db"))
    fill(base)
    ingest_text("量子笼", NEW, base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=MOST)
    base.refresh()
    decide(base, Decision("accept", "量子笼"))
    decide(base, Decision("rename", "镜像", "映像"))
    yield base
    base.close()


@pytest.fixture
def exported(there: KnowledgeBase) -> bytes:
    return there.export("json").encode()


def state(base: KnowledgeBase) -> object:
    store = base.store
    decisions = [(d.action, d.name, d.target) for d in store.decisions()]
    articles = sorted((a.title, a.sha256, a.claims, a.comparisons, a.quantities, len(a.twins)) for a in store.articles())
    return decisions, articles, sorted(map(repr, store.concepts())), len(store.claims()), len(store.mentions())


def brought(data: bytes, base: KnowledgeBase) -> Any:
    return import_export(data, "kb.json", base, max_bytes=MOST)


def test_all_of_it_comes_over_and_the_second_time_nothing_changes(exported: bytes, there: KnowledgeBase, empty_base: KnowledgeBase) -> None:
    first = brought(exported, empty_base)
    assert [report.outcome for report in first.reports] == ["added"] * 3
    assert [(d.action, d.name, d.target) for d in first.decisions] == [("accept", "量子笼", None), ("rename", "镜像", "映像")]
    assert state(empty_base) == state(there)
    assert {a.id: a.origin for a in empty_base.store.articles()} == {a.id: a.origin for a in there.store.articles()}
    assert empty_base.concept("映像").id == "image"
    before, revision = state(empty_base), empty_base.store.sentence_revision()
    second = brought(exported, empty_base)
    assert [report.outcome for report in second.reports] == ["unchanged"] * 3 and second.decisions == second.passed_over == ()
    assert state(empty_base) == before and empty_base.store.sentence_revision() == revision
    ours, theirs = (json.loads(base.export("json"))["relations"] for base in (empty_base, there))
    assert sorted(map(repr, ours)) == sorted(map(repr, theirs))


def test_what_is_read_is_read_here_and_not_taken_from_the_file(exported: bytes, there: KnowledgeBase, empty_base: KnowledgeBase) -> None:
    document = json.loads(exported)
    document["relations"] = [{"subject": "容器", "predicate": "is_a", "object": "虚拟机", "polarity": "affirmed", "evidence": ["从未写过"]}]
    brought(json.dumps(document).encode(), empty_base)
    assert state(empty_base) == state(there)


def test_articles_that_were_here_are_read_again_by_what_was_decided_there(exported: bytes, empty_base: KnowledgeBase) -> None:
    tools = Tools(empty_base.lexicon, empty_base.tokenizer, empty_base.domain)
    ingest_text("此地", "映像是创建容器的模板。", empty_base.store, tools, max_bytes=MOST)
    brought(exported, empty_base)
    here = next(summary for summary in empty_base.store.articles() if summary.title == "此地")
    assert "image" in {mention.concept_id for mention in empty_base.store.mentions(article_id=here.id)}


def test_a_text_of_the_same_name_is_not_lost(exported: bytes, empty_base: KnowledgeBase) -> None:
    tools = Tools(empty_base.lexicon, empty_base.tokenizer, empty_base.domain)
    own = ingest_text("量子笼", "另一篇同名的文章，说的是容器。", empty_base.store, tools, max_bytes=MOST)
    for outcomes in (["added"] * 3, ["unchanged"] * 3):
        assert [report.outcome for report in brought(exported, empty_base).reports] == outcomes
    named = {summary.origin: summary.id for summary in empty_base.store.articles() if summary.title == "量子笼"}
    assert named["paste:量子笼"] == own.article_id
    assert set(named) == {"paste:量子笼", "import:paste:量子笼"}


def test_a_decision_made_here_holds_and_the_others_are_named(exported: bytes, empty_base: KnowledgeBase) -> None:
    decide(empty_base, Decision("rename", "镜像", "镜像文件"))
    found = brought(exported, empty_base)
    assert [d.name for d in found.decisions] == ["量子笼"]
    assert [(d.name, d.target) for d in found.passed_over] == [("镜像", "映像")]
    assert empty_base.concept("image").name == "镜像文件"


def test_what_was_decided_further_there_goes_on_here(there: KnowledgeBase, exported: bytes, empty_base: KnowledgeBase) -> None:
    brought(exported, empty_base)
    decide(there, Decision("rename", "映像", "镜像模板"))
    decide(there, Decision("reject", "量子笼"))
    found = brought(there.export("json").encode(), empty_base)
    assert [(d.action, d.name) for d in found.decisions] == [("rename", "映像"), ("reject", "量子笼")]
    assert state(empty_base) == state(there)


def changed(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def make(data: bytes) -> bytes:
        document = json.loads(data)
        change(document)
        return json.dumps(document, ensure_ascii=False).encode()

    return make


@pytest.mark.parametrize(
    ("make", "place"),
    [
        (lambda data: data[: len(data) // 2], "line "),
        (lambda data: b"[1, 2]", "format is null"),
        (lambda data: b"[" * 100_000, "no complete JSON"),
        (lambda data: b'{"concepts": []}', "format is null"),
        (changed(lambda d: d.update(format="kb-9")), '"kb-9"'),
        (changed(lambda d: d.pop("articles")), "articles is wrong"),
        (changed(lambda d: d["articles"][1].update(text=7)), r"articles\[1\].text is wrong: 7"),
        (changed(lambda d: d["articles"][2].pop("title")), r"articles\[2\].title is wrong"),
        (changed(lambda d: d["articles"][0].update(text="  ")), r"articles\[0\].text is wrong"),
        (changed(lambda d: d["decisions"][0].update(action="drop")), r'decisions\[0\].action is wrong: "drop"'),
        (changed(lambda d: d["decisions"][1].pop("target")), r"decisions\[1\].target is wrong"),
    ],
)
def test_a_wrong_place_is_named_and_nothing_is_stored(
    make: Callable[[bytes], bytes], place: str, exported: bytes, empty_base: KnowledgeBase
) -> None:
    before = state(empty_base)
    with pytest.raises(BadInput, match=place) as caught:
        brought(make(exported), empty_base)
    assert "kb.json" in str(caught.value) and "kb export --format json" in str(caught.value.hint)
    assert state(empty_base) == before


def test_an_article_over_the_limit_is_named(exported: bytes, empty_base: KnowledgeBase) -> None:
    with pytest.raises(TooLarge, match=r"kb\.json articles\[\d\]"):
        import_export(exported, "kb.json", empty_base, max_bytes=200)
    assert empty_base.store.articles() == ()


def test_an_id_that_no_article_of_ours_could_have_is_replaced(exported: bytes, empty_base: KnowledgeBase) -> None:
    brought(changed(lambda d: d["articles"][0].update(id="../#<b>"))(exported), empty_base)
    assert all(set(summary.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for summary in empty_base.store.articles())
