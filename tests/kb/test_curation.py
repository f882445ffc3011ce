"""What a person decides of concepts holds, whatever is read, read again or removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.curating import decide
from ingest.pipeline import Tools, ingest_path, ingest_text
from kb.app import KnowledgeBase
from kb.config import ROOT, Settings
from kb.errors import BadInput
from kb.records import Decision

TREES = "# 红黑树\n红黑树（Red Black Tree）是一种自平衡二叉查找树。红黑树的每个叶子节点都是黑色的。\n插入之后要旋转，红黑树的性质才得以恢复；叶子节点不变。\n"


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    opened = open_at(tmp_path)
    added(opened)
    return opened


def open_at(folder: Path) -> KnowledgeBase:
    return KnowledgeBase.open(Settings(db=folder / "k.db", corpus=ROOT / "corpus"))


def added(base: KnowledgeBase) -> str:
    tools = Tools(base.lexicon, base.tokenizer, base.domain)
    report = ingest_text("树", TREES, base.store, tools, max_bytes=10_000)
    base.refresh()
    return report.article_id


def names(base: KnowledgeBase) -> set[str]:
    return {concept.name for concept in base.store.concepts(mentioned_only=True)}


def test_an_accepted_concept_outlives_its_article(base: KnowledgeBase, tmp_path: Path) -> None:
    assert base.concept("红黑树").kind == "discovered"
    decide(base, Decision("accept", "红黑树"))
    assert base.concept("红黑树").kind != "discovered"
    for summary in base.store.articles():
        base.remove(summary.id)
    assert base.concept("红黑树").name == "红黑树"
    assert "叶子节点" not in {concept.name for concept in base.lexicon.concepts()}
    assert open_at(tmp_path).concept("红黑树").name == "红黑树"


@pytest.mark.parametrize(
    ("decision", "named"),
    [
        (Decision("accept", "红黑树"), "红黑树"),
        (Decision("rename", "红黑树", "RB树"), "RB树"),
        (Decision("merge", "红黑树", "容器"), "容器"),
    ],
)
def test_other_names_that_an_article_gave_stay_its_names(base: KnowledgeBase, decision: Decision, named: str) -> None:
    assert base.concept("Red Black Tree").name == "红黑树"
    ingest_text("别处", "Red Black Tree 的节点分两种颜色。", base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=10_000)
    base.refresh()
    assert decide(base, decision) == 2  # also the article that only knows it by its other name
    found = base.concept("Red Black Tree")
    assert found.name == named and {"红黑树", "Red Black Tree"} <= {found.name, found.name_en, *found.aliases}
    assert {mention.sentence_id.partition("#")[0] for mention in base.store.mentions(concept_id=found.id)} == {
        s.id for s in base.store.articles()
    }
    assert decide(base, None) == 2 and base.concept("红黑树").kind == "discovered"


def test_how_well_a_discovered_concept_does_as_a_term_is_kept(base: KnowledgeBase) -> None:
    scores = {concept.name: concept.score for concept in base.lexicon.concepts() if concept.kind == "discovered"}
    assert scores and all(score is not None and 0 < score <= 1 for score in scores.values())
    assert base.concept("容器").score is None


def test_reading_again_is_told_as_it_goes(base: KnowledgeBase) -> None:
    told: list[tuple[int, int, str]] = []
    decide(base, Decision("reject", "叶子节点"), emit=lambda *step: told.append(step))
    assert told == [(0, 1, "树")]


def test_a_rejected_name_is_not_proposed_again(base: KnowledgeBase) -> None:
    assert "叶子节点" in names(base)
    assert decide(base, Decision("reject", "叶子节点")) == 1
    assert "叶子节点" not in names(base)
    for summary in base.store.articles():
        base.remove(summary.id)
    added(base)
    assert "叶子节点" not in names(base) and "红黑树" in names(base)


def test_a_renamed_concept_keeps_its_old_name_as_another(base: KnowledgeBase) -> None:
    decide(base, Decision("rename", "红黑树", "对称二叉 B 树"))
    assert base.concept("红黑树").name == "对称二叉 B 树"
    assert base.store.mentions(concept_id=base.concept("红黑树").id)


def test_a_merged_concept_is_read_as_the_other(base: KnowledgeBase) -> None:
    decide(base, Decision("merge", "红黑树", "容器"))
    assert base.concept("红黑树").id == "container"
    assert base.store.mentions(concept_id="container")
    assert "红黑树" not in names(base)


def test_a_split_alias_is_a_concept_of_its_own(base: KnowledgeBase) -> None:
    whole = base.concept("VMM")
    assert whole.name != "VMM"
    decide(base, Decision("split", "VMM"))
    assert base.concept("VMM").name == "VMM"
    assert "VMM" not in base.concept(whole.name).aliases


def test_the_last_decision_can_be_taken_back(base: KnowledgeBase) -> None:
    decide(base, Decision("reject", "叶子节点"))
    decide(base, None)
    assert "叶子节点" in names(base)
    assert base.store.decisions() == ()
    assert decide(base, None) == 0


def test_articles_that_name_nothing_of_it_are_not_read_again(base: KnowledgeBase, tmp_path: Path) -> None:
    other = tmp_path / "容器.txt"
    other.write_text("容器共享宿主机的内核。", encoding="utf-8")
    ingest_path(other, base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=10_000)
    assert decide(base, Decision("accept", "红黑树")) == 1
    (report,) = ingest_path(other, base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=10_000)
    assert report.outcome == "unchanged"


@pytest.mark.parametrize(
    ("decision", "part"),
    [
        (Decision("accept", "不存在的东西"), "不存在的东西"),
        (Decision("accept", "容器"), "已经在词表里"),
        (Decision("rename", "红黑树", " "), "名称"),
        (Decision("rename", "红黑树", "容器"), "已经有叫“容器”的概念"),
        (Decision("rename", "红黑树", "长" * 61), "不能作概念的名称"),
        (Decision("rename", "红黑树", "两\n行"), "不能作概念的名称"),
        (Decision("merge", "红黑树", "没有这个"), "没有这个"),
        (Decision("merge", "红黑树", "红黑树"), "红黑树"),
        (Decision("split", "红黑树"), "红黑树"),
    ],
)
def test_what_cannot_be_carried_out_is_refused_and_changes_nothing(base: KnowledgeBase, decision: Decision, part: str) -> None:
    before = names(base)
    with pytest.raises(BadInput) as refused:
        decide(base, decision)
    assert part in refused.value.message[0]
    assert (names(base), base.store.decisions()) == (before, ())
