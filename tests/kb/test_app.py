"""The knowledge base as one object, on two small articles."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.config import ROOT, Settings
from kb.errors import BadInput, EmptyText, NotFound, StoreError, TooLarge
from kb.probe import MetricInfo
from kb.probe.host import fingerprint
from kb.records import HostFingerprint, Measurement

MOST = 10_000


def add(base: KnowledgeBase, title: str, text: str) -> str:
    report = ingest_text(title, text, base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=MOST)
    base.refresh()
    return report.article_id


# ---------------------------------------------------------------- opening


def test_a_new_base_knows_the_vocabulary_and_nothing_else(empty_base: KnowledgeBase) -> None:
    counts = empty_base.store.counts()
    assert counts["concept"] == len(empty_base.domain.concepts)
    assert {name: n for name, n in counts.items() if n and name != "concept"} == {}
    assert len(empty_base.graph) == 0 and empty_base.disagreements() == ()


def test_a_changed_vocabulary_is_taken_over_at_the_next_opening(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "domain").mkdir(parents=True)
    for path in (ROOT / "corpus" / "domain").iterdir():
        (corpus / "domain" / path.name).write_bytes(path.read_bytes())
    settings = Settings(db=tmp_path / "x.db", corpus=corpus)
    first = KnowledgeBase.open(settings)
    assert first.lexicon.named("云梯坞") is None
    first.close()
    with (corpus / "domain" / "concepts.tsv").open("a", encoding="utf-8") as rows:
        rows.write("yunti\tproduct\t云梯坞\tYunti\t\t一种平台\t\n")
    second = KnowledgeBase.open(settings)
    assert second.concept("云梯坞").id == "yunti"
    second.close()


def test_a_database_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"no database " * 100)
    with pytest.raises(StoreError, match=r"broken\.db"):
        KnowledgeBase.open(Settings(db=path))


# ---------------------------------------------------------------- looking up


@pytest.mark.parametrize("name", ["container", "容器", "CONTAINER", "容器技术"])
def test_a_concept_is_found_by_id_name_or_alias(name: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.concept(name).id == "container"


def test_an_unknown_concept_names_the_nearest(filled_base: KnowledgeBase) -> None:
    with pytest.raises(NotFound) as caught:
        filled_base.concept("虚似机")
    assert "虚似机" in caught.value.message[0] and "虚拟机" in caught.value.hint[0]


def test_find_concepts_gives_exact_names_then_what_is_spoken_of_most(filled_base: KnowledgeBase) -> None:
    found = filled_base.find_concepts("容器")
    assert found[0].id == "container"
    assert len(filled_base.find_concepts("", limit=5)) == 5
    assert filled_base.find_concepts("没有这个名字") == ()
    assert [c.id for c in filled_base.find_concepts(" DOCKER ")][0] == "docker"


def test_show_gives_all_that_is_said(filled_base: KnowledgeBase) -> None:
    view = filled_base.show("虚拟机")
    assert view.concept.id == "virtual_machine"
    denied = [fact for fact in view.facts if fact.denied]
    assert ("virtual_machine", "shares", "host_kernel") in {(fact.subject, fact.relation, fact.object) for fact in denied}
    assert {comparison.aspect for comparison in view.comparisons} >= {"启动速度", "隔离性"}
    assert {quantity.value_text for quantity in view.quantities} == {"数分钟", "一个"}
    assert [evidence.n for evidence in view.quotes] == list(range(1, len(view.quotes) + 1))
    assert view.mentions >= len(view.quotes) > 3
    assert len(filled_base.show("虚拟机", quotes=2).quotes) == 2


def test_evidence_quotes_the_original(filled_base: KnowledgeBase) -> None:
    sentence = filled_base.store.sentences()[1]
    article = filled_base.store.article(sentence.article_id)
    assert article is not None
    whole = filled_base.evidence(sentence.id, n=3)
    assert (whole.n, whole.quote, whole.text) == (3, article.text[slice(*sentence.span)], sentence.text)
    start = sentence.span[0]
    part = filled_base.evidence(sentence.id, (start, start + 2))
    assert part.quote == part.text == article.text[start : start + 2]


def test_evidence_of_a_sentence_that_is_gone_is_not_found(filled_base: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="gone#1"):
        filled_base.evidence("gone#1")


def test_a_name_is_given_even_for_what_is_unknown(filled_base: KnowledgeBase) -> None:
    assert filled_base.name("container") == "容器"
    assert filled_base.name("mesos") == "Mesos"  # known, but no article speaks of it
    assert filled_base.name("nothing") == "nothing"


def test_paths_lead_from_one_to_the_other(filled_base: KnowledgeBase) -> None:
    path = filled_base.paths("容器", "虚拟机")[0]
    assert path.concepts == ("container", "host_kernel", "virtual_machine")
    with pytest.raises(NotFound):
        filled_base.paths("容器", "没有这个")
    assert filled_base.paths("容器", "Mesos") == ()


# ---------------------------------------------------------------- comparing and asking


def test_compare_answers_as_the_question_would(filled_base: KnowledgeBase) -> None:
    answer = filled_base.compare(("容器", "虚拟机"))
    assert answer.question.kind == "comparison" and answer.table is not None
    assert answer.table.columns == ("容器", "虚拟机")


@pytest.mark.parametrize("names", [("容器",), ("容器", "容器技术"), ()])
def test_one_concept_alone_is_not_compared(names: tuple[str, ...], filled_base: KnowledgeBase) -> None:
    with pytest.raises(BadInput, match="two different"):
        filled_base.compare(names)


@pytest.mark.parametrize("text", ["", "  ", "？？？", "。!", "🐳"])
def test_an_empty_question_is_refused(text: str, filled_base: KnowledgeBase) -> None:
    with pytest.raises(EmptyText):
        filled_base.ask(text)


def test_a_question_has_a_longest_length(filled_base: KnowledgeBase) -> None:
    most = filled_base.settings.max_question_chars
    with pytest.raises(TooLarge, match=f"{most + 1} characters; the limit is {most}"):
        filled_base.ask("容" * (most + 1))
    assert filled_base.ask("容" * most).text


# ---------------------------------------------------------------- changes


def test_what_is_added_is_seen_at_once_and_what_is_removed_is_gone(empty_base: KnowledgeBase) -> None:
    assert empty_base.ask("容器共享内核吗？").status != "answered"
    id_ = add(empty_base, "容器", "容器共享宿主机的内核。")
    assert empty_base.ask("容器共享内核吗？").verdict == "yes"
    assert "container" in empty_base.graph
    empty_base.remove(id_)
    assert empty_base.ask("容器共享内核吗？").status != "answered"
    assert len(empty_base.graph) == 0


def test_an_article_may_bring_a_concept_and_take_it_away(empty_base: KnowledgeBase) -> None:
    id_ = add(empty_base, "新", "Zephyrix是一种新的容器引擎。")
    assert empty_base.concept("Zephyrix").kind == "discovered"
    assert "Zephyrix" in empty_base.ask("Zephyrix是什么？").text
    empty_base.remove(id_)
    with pytest.raises(NotFound):
        empty_base.concept("Zephyrix")


def test_removing_what_is_not_there_is_not_found(empty_base: KnowledgeBase) -> None:
    with pytest.raises(NotFound):
        empty_base.remove("nothing")


def test_disagreements_of_two_articles_are_found(empty_base: KnowledgeBase) -> None:
    add(empty_base, "甲", "容器共享宿主机的内核。")
    add(empty_base, "乙", "容器不共享宿主机的内核。")
    (found,) = empty_base.disagreements()
    assert found.kind == "denial" and len(found.sides) == 2


# ---------------------------------------------------------------- exports and pictures


def test_an_unknown_format_names_the_known_ones(filled_base: KnowledgeBase) -> None:
    with pytest.raises(BadInput) as caught:
        filled_base.export("pptx")
    assert "'pptx'" in str(caught.value) and "graphml" in caught.value.hint[0] and "json" in caught.value.hint[1]


def test_formats_are_called_without_the_underscore(filled_base: KnowledgeBase) -> None:
    assert filled_base.export("json").startswith("{") and filled_base.export("csv").startswith("subject,")


def test_the_picture_around_a_concept(filled_base: KnowledgeBase) -> None:
    view = filled_base.subgraph("容器")
    ids = {node.id for node in view.nodes}
    assert view.center == "container" and "container" in ids and view.total == len(ids)
    assert all(edge.source in ids and edge.target in ids for edge in view.edges)
    assert all(-1 <= node.x <= 1 and -1 <= node.y <= 1 for node in view.nodes)
    edge = next(edge for edge in view.edges if edge.relation == "shares")
    assert (edge.label, edge.claims, filled_base.store.quote(edge.sentence_id, edge.span)) == ("共享", 1, "容器共享宿主机的内核")


def test_the_whole_picture_keeps_the_most_mentioned(filled_base: KnowledgeBase) -> None:
    whole = filled_base.subgraph(None)
    part = filled_base.subgraph(None, limit=3)
    assert (len(part.nodes), part.total, part.center) == (3, whole.total, None)
    assert min(node.mentions for node in part.nodes) >= max(
        node.mentions for node in whole.nodes if node.id not in {kept.id for kept in part.nodes}
    )


def test_a_limited_neighbourhood_still_tells_how_many_there_are(filled_base: KnowledgeBase) -> None:
    whole, part = filled_base.subgraph("容器", depth=2), filled_base.subgraph("容器", depth=2, limit=2)
    assert len(part.nodes) == 2 and part.total == whole.total > 2


def test_an_unknown_center_is_not_found(filled_base: KnowledgeBase) -> None:
    with pytest.raises(NotFound):
        filled_base.subgraph("没有这个")


def test_the_picture_of_an_answer_holds_its_concepts(filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask("容器和虚拟机有什么区别？")
    view = filled_base.answer_graph(answer)
    assert {"container", "virtual_machine"} <= {node.id for node in view.nodes}
    assert view.center == "container"
    assert len(filled_base.answer_graph(answer, limit=3).nodes) <= 3 + len(answer.paths)


def test_the_picture_of_a_refusal_is_empty(filled_base: KnowledgeBase) -> None:
    view = filled_base.answer_graph(filled_base.ask("苏打水是什么？"))
    assert (view.nodes, view.edges, view.center) == ((), (), None)


# ---------------------------------------------------------------- measurements


def measurement(id_: str, env_id: str, *, valid: bool = True, at: str = "2026-11-24T10:00:00+00:00") -> Measurement:
    host = HostFingerprint(env_id, ())
    return Measurement(id_, "run", "container", "start_time", "ms", (4.0, 5.0, 6.0), "bubblewrap", host, ("bwrap",), at, valid=valid)


def test_only_what_this_very_host_measured_is_told(empty_base: KnowledgeBase) -> None:
    own = fingerprint().env_id
    empty_base.store.add_measurements([measurement("other", "another host", at="2026-11-25T10:00:00+00:00")])
    assert empty_base.measure("container", "start_time") is None
    empty_base.store.add_measurements([measurement("old", own), measurement("new", own, at="2026-11-26T10:00:00+00:00")])
    found = empty_base.measure("container", "start_time")
    assert found is not None and found.id == "new"
    assert empty_base.measure("container", "memory") is None


def test_a_valid_measurement_goes_before_a_doubtful_newer_one(empty_base: KnowledgeBase) -> None:
    own = fingerprint().env_id
    empty_base.store.add_measurements([measurement("good", own), measurement("doubtful", own, valid=False, at="2026-11-26T10:00:00+00:00")])
    found = empty_base.measure("container", "start_time")
    assert found is not None and found.id == "good"


def test_a_measurement_that_still_holds_goes_before_an_expired_one(empty_base: KnowledgeBase) -> None:
    own = fingerprint().env_id
    gone = replace(measurement("gone", own, at="2026-11-26T10:00:00+00:00"), fresh_until="2026-11-26T11:00:00+00:00")
    empty_base.store.add_measurements([measurement("holds", own), gone])
    found = empty_base.measure("container", "start_time")
    assert found is not None and found.id == "holds"


def test_a_whole_distribution_is_no_match_for_a_minimal_container(empty_base: KnowledgeBase) -> None:
    own = fingerprint().env_id
    whole = replace(measurement("whole", own, at="2026-11-26T10:00:00+00:00"), backend="qemu_distribution", concept="virtual_machine")
    empty_base.store.add_measurements([whole])
    assert empty_base.measure("virtual_machine", "start_time") is None
    empty_base.store.add_measurements([replace(measurement("minimal", own), backend="qemu_tcg", concept="virtual_machine")])
    found = empty_base.measure("virtual_machine", "start_time")
    assert found is not None and found.id == "minimal"


def test_what_has_expired_is_measured_again_at_the_next_start(empty_base: KnowledgeBase) -> None:
    own = fingerprint().env_id
    prober = FakeProber((), names=("start_time",))
    empty_base.__dict__["prober"] = prober
    empty_base.store.add_measurements([replace(measurement("m", own), fresh_until="2999-01-01T00:00:00+00:00")])
    assert empty_base.measure_once(("start_time",)) == ()
    empty_base.store.add_measurements([replace(measurement("n", own), metric="memory", fresh_until="2026-11-24T11:00:00+00:00")])
    prober.names = ("memory",)
    assert empty_base.measure_once(("memory",)) == ("memory",)


@dataclass
class FakeProber:
    """Measures nothing and tells what it was asked for."""

    found: tuple[Measurement, ...]
    asked: list[object] = field(default_factory=list)
    names: tuple[str, ...] = ()

    def metrics(self) -> tuple[MetricInfo, ...]:
        return tuple(MetricInfo(name, (name, name), "ms") for name in self.names)

    def run(
        self,
        metric: str,
        *,
        backends: tuple[str, ...] | None,
        runs: int | None,
        emit: Callable[..., None] | None,
        budget_s: float | None,
        cancelled: Callable[[], bool] | None,
    ) -> tuple[Measurement, ...]:
        self.asked.append((metric, backends, runs))
        return self.found

    def run_set(
        self, *, backends: tuple[str, ...] | None, emit: Callable[..., None] | None, cancelled: Callable[[], bool] | None
    ) -> tuple[Measurement, ...]:
        self.asked.append(("set", backends))
        return self.found


def test_what_a_probe_measures_is_kept(empty_base: KnowledgeBase) -> None:
    prober = FakeProber((measurement("m1", "host"),))
    empty_base.__dict__["prober"] = prober  # the place of the cached property
    assert empty_base.run_probe("start_time", backends=("bubblewrap",), runs=3) == prober.found
    assert prober.asked == [("start_time", ("bubblewrap",), 3)]
    assert empty_base.store.measurements() == prober.found


def test_all_metrics_are_measured_as_one_set(empty_base: KnowledgeBase) -> None:
    prober = FakeProber((measurement("m1", "host"), measurement("m2", "host")))
    empty_base.__dict__["prober"] = prober
    assert empty_base.run_probe("all", backends=("bubblewrap",)) == prober.found
    assert prober.asked == [("set", ("bubblewrap",))]
    assert empty_base.store.measurements() == prober.found


def test_no_measurement_has_no_words(empty_base: KnowledgeBase) -> None:
    assert empty_base.explain_measurements((), "zh") == ""


def test_a_picture_is_laid_out_once_until_an_article_changes(filled_base: KnowledgeBase) -> None:
    first = filled_base.subgraph("容器", 1, 20)
    assert filled_base.subgraph("container", 1, 20) is first
    filled_base.refresh()
    assert filled_base.subgraph("容器", 1, 20) is not first and filled_base.subgraph("容器", 1, 20) == first


def test_a_picture_may_show_one_relation_only(filled_base: KnowledgeBase) -> None:
    view = filled_base.subgraph(None, relation="shares")
    assert view.edges and {edge.relation for edge in view.edges} == {"shares"}
    assert {node.id for node in view.nodes} == {id_ for edge in view.edges for id_ in (edge.source, edge.target)}
    assert filled_base.subgraph(None, relation="replaces").nodes == ()


# ---------------------------------------------------------------- vectors


def test_an_old_store_answers_without_vectors_says_so_once_and_can_be_completed(
    empty_base: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    add(empty_base, "启动", "容器的启动只要几毫秒。虚拟机启动需要数分钟。")
    model = empty_base.embedding.name
    _, as_ingested = empty_base.store.vectors(model)
    empty_base.store.remove_vectors(model)
    with caplog.at_level(logging.WARNING):
        assert empty_base.ask("虚拟机启动要多久？").status == "answered"
        empty_base.ask("容器启动要多久？")
    (said,) = [record.getMessage() for record in caplog.records]
    assert said.count(model) == 2 and said.count("kb embed") == 2 and said.startswith("2 句")
    assert empty_base.complete_vectors() == 2
    assert empty_base.store.vectors(model)[1] == as_ingested
    assert empty_base.complete_vectors() == 0


def test_a_complete_store_is_asked_without_a_warning(empty_base: KnowledgeBase, caplog: pytest.LogCaptureFixture) -> None:
    add(empty_base, "启动", "虚拟机启动需要数分钟。")
    with caplog.at_level(logging.WARNING):
        empty_base.ask("虚拟机启动要多久？")
    assert caplog.records == []
