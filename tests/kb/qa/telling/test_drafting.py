from __future__ import annotations

from dataclasses import replace

import pytest

from kb.qa.asking.terms import Term
from kb.qa.sources import Sources
from kb.qa.telling import drafting
from kb.qa.telling.drafting import Draft
from kb.records import Cell, GraphPath, PathStep, Question, Sentence, Table, TableRow


def draft(sources: Sources, *concepts: str, language: str = "zh", kind: str = "open") -> Draft:
    return Draft(Question("？", "？", kind, concepts, language=language), sources)  # type: ignore[arg-type]


def sentences(sources: Sources) -> tuple[Sentence, ...]:
    return sources.reader.sentences()


def test_a_sentence_cited_twice_keeps_its_number(sources: Sources) -> None:
    made = draft(sources)
    one, two = sentences(sources)[1:3]
    assert [made.cite(one), made.cite(two), made.cite(one)] == [1, 2, 1]
    assert [evidence.sentence_id for evidence in made.evidence] == [one.id, two.id]


def test_a_part_of_a_sentence_is_a_source_of_its_own(sources: Sources) -> None:
    made = draft(sources)
    sentence = sentences(sources)[1]
    start = sentence.span[0]
    assert [made.cite(sentence), made.cite(sentence, (start, start + 2))] == [1, 2]
    whole, part = made.evidence
    assert part.quote == part.text == whole.quote[:2]


def test_a_sentence_that_is_gone_is_not_cited(sources: Sources) -> None:
    assert draft(sources).cite_id("gone#1") is None


def test_only_what_is_referred_to_is_kept_and_numbered_as_it_is_met(sources: Sources) -> None:
    made = draft(sources)
    first, second, third = (made.cite(sentence) for sentence in sentences(sources)[1:4])
    table = Table(("甲",), (TableRow("乙", (Cell("丙", "article", (first,)),)),))
    answer = made.done(f"先说[{third}]。", table=table)
    assert answer.text == "先说[1]。"
    assert answer.table is not None and answer.table.rows[0].cells[0].citations == (2,)
    assert [evidence.sentence_id for evidence in answer.evidence] == [sentences(sources)[3].id, sentences(sources)[1].id]
    assert second == 2 and all(evidence.n in (1, 2) for evidence in answer.evidence)


def test_what_is_read_less_surely_explains_nothing(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    step = PathStep("container", "uses", "image", True, (sentences(sources)[1].id,), confidence=0.6)
    alone, longer = GraphPath(("container", "image"), (step,)), GraphPath(("container", "image", "container"), (step, step))
    monkeypatch.setattr(drafting, "telling", lambda path: True)

    def shown(path: GraphPath) -> int:
        monkeypatch.setattr(drafting, "find_paths", lambda *_, **__: (path,))
        return len(draft(sources, "container", "image", kind="relation").paths())

    assert (shown(alone), shown(longer)) == (1, 0)
    assert shown(GraphPath(("container", "image"), (replace(step, confidence=0.5),))) == 0


def test_paths_between_the_first_two_concepts_go_with_the_answer(sources: Sources) -> None:
    answer = draft(sources, "container", "virtual_machine", kind="comparison").done("好。")
    assert answer.paths and answer.paths[0].concepts[0] == "container"
    assert {n for path in answer.paths for step in path.steps for n in step.citations} == {e.n for e in answer.evidence}
    assert draft(sources, "container", "virtual_machine", kind="comparison").done("好。", with_paths=False).paths == ()
    assert draft(sources, "container", kind="comparison").done("好。").paths == ()
    assert draft(sources, "container", "virtual_machine", kind="quantity").done("好。").paths == ()  # a number needs none


def test_what_could_be_measured_is_said_to_be_unmeasured(sources: Sources) -> None:
    answer = draft(sources).done("好。", probes=["start_time", "start_time"])
    assert answer.probes == ("start_time",) and answer.not_measured and "未测" in answer.not_measured
    assert draft(sources).done("好。").not_measured is None


@pytest.mark.parametrize(
    ("concepts", "status", "nearby"),
    [(("container", "mesos"), "no_evidence", ("容器",)), (("mesos",), "no_evidence", ()), ((), "unknown_concept", ())],
)
def test_a_refusal_names_what_is_known(concepts: tuple[str, ...], status: str, nearby: tuple[str, ...], sources: Sources) -> None:
    answer = draft(sources, *concepts).refused()
    assert (answer.status, answer.nearby, answer.evidence) == (status, nearby, ())
    assert all(name in answer.text for name in nearby)


def test_a_refusal_names_what_no_article_speaks_of(sources: Sources) -> None:
    missing = Term("mesos", (), (), 3.0, missing=True, salient=True)
    assert "Mesos" in draft(sources, "mesos").refused([missing]).text
    small = Term("怪话", (), (), 3.0, missing=True)
    assert "怪话" not in draft(sources, "mesos").refused([small]).text
    assert "speaks of Apache Mesos" in draft(sources, "mesos", language="en").refused([missing]).text
