"""The questions are well formed and agree with the articles; the scorer tells a right answer from a wrong one and from a refusal."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kb.domain import load_domain
from kb.language.lexicon import Lexicon
from tests.gold import extraction as extraction_module
from tests.gold import fresh
from tests.gold.__main__ import SPLITS, Report, last_release, record, table
from tests.gold.extraction import Extraction, Same, Tally, labelled, second_reader, sha256, training_texts
from tests.gold.fresh import held_out
from tests.gold.labels import rows_of
from tests.gold.scoring import Json, abstained, figures, first_hit, normalise, same_place, score_question, score_refusal, states

HERE = Path(__file__).resolve().parent
ARTICLES = HERE.parent.parent / "corpus" / "articles"
TYPES = {"comparison", "definition", "list", "quantity", "relation", "why", "yesno", "choose"}
STYLES = {"plain", "colloquial", "mixed", "odd", "followup", "misspelt"}
DOMAINS = {"known_entity_unknown_attribute", "in_domain", "out_of_domain"}


@cache
def gold() -> Json:
    data: Json = json.loads((HERE / "questions.json").read_text(encoding="utf-8"))
    return data


@cache
def bodies() -> dict[str, str]:
    """Article text without the header, by slug."""
    return {path.stem: path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in sorted(ARTICLES.glob("*.md"))}


def questions() -> list[Any]:
    return [pytest.param(question, id=question["id"]) for question in gold()["questions"]]


def evidence(question: Json) -> str:
    return "\n".join(item["quote"] for item in question["evidence"])


def as_answer(question: Json, text: str, **fields: Any) -> Json:
    return {"id": question["id"], "answer": text, "abstained": False, "verdict": question["verdict"], "evidence": [], **fields}


# ---------------------------------------------------------------- the question file


def test_there_are_enough_questions_of_each_sort() -> None:
    asked = gold()["questions"]
    assert len(asked) >= 250
    assert len(gold()["unanswerable"]) >= 60
    assert sum(question["lang"] == "en" for question in asked) >= 40
    assert sum("context" in question for question in asked) >= 30
    assert sum(question["style"] in ("colloquial", "misspelt") for question in asked) >= 30
    assert {question["type"] for question in asked} == TYPES
    assert {question["style"] for question in asked} == STYLES
    assert {question["domain"] for question in gold()["unanswerable"]} == DOMAINS
    assert len({question["evidence"][0]["article"] for question in asked}) >= 60


def test_ids_and_wordings_are_unique() -> None:
    rows = [*gold()["questions"], *gold()["unanswerable"]]
    for key in ("id",):
        assert [value for value, count in Counter(row[key] for row in rows).items() if count > 1] == []
    asked = Counter((row["question"], *row.get("context", ())) for row in rows)
    assert [wording for wording, count in asked.items() if count > 1] == []


def test_the_halves_are_decided_by_article() -> None:
    assert held_out() <= set(bodies())
    for question in gold()["questions"]:
        assert (question["split"] == "test") == (question["evidence"][0]["article"] in held_out()), question["id"]
    sizes = Counter(row["split"] for part in ("questions", "unanswerable") for row in gold()[part])
    assert set(sizes) == {"dev", "test"}
    assert sizes["test"] >= 0.3 * sum(sizes.values())  # enough of them to report; what is asked anew belongs to the half that is looked at


@pytest.mark.parametrize("question", questions())
def test_question_is_well_formed(question: Json) -> None:
    assert question["must"] and all(question["must"])
    for pattern in (*(pattern for fact in question["must"] for pattern in fact), *question["must_not"]):
        re.compile(pattern)
        assert not re.search(pattern, ""), pattern
        assert pattern == pattern.casefold() or re.search(r"\\[A-Z]", pattern), f"{pattern}: patterns are matched against lower case"
    assert question["verdict"] in ("yes", "no", None)
    assert (question["verdict"] is not None) == (question["type"] == "yesno")
    assert ("context" in question) == (question["style"] == "followup")
    assert (question["lang"] == "en") == (re.search(r"[\u4e00-\u9fff]", question["question"]) is None)


@pytest.mark.parametrize("question", questions())
def test_quotes_stand_in_their_articles_and_state_the_facts(question: Json) -> None:
    for item in question["evidence"]:
        assert item["quote"] in bodies()[item["article"]]
    assert score_question(question, as_answer(question, evidence(question)), {}).correct
    if "model_answer" in question:
        assert score_question(question, as_answer(question, question["model_answer"]), {}).correct


@pytest.mark.parametrize("question", [param for param in questions() if "wrong_examples" in param.values[0]])
def test_wrong_examples_are_refused(question: Json) -> None:
    for wrong in question["wrong_examples"]:
        assert not score_question(question, as_answer(question, wrong), {}).correct, wrong


def test_a_fact_is_rarely_stated_by_the_answer_to_another_question() -> None:
    """Patterns that any sentence satisfies would count everything as right; a few overlaps are real, since articles repeat facts."""
    asked = [question for question in gold()["questions"] if question["verdict"] is None]
    pairs = hits = 0
    for question in asked:
        for other in asked[:: max(1, len(asked) // 60)]:
            if other["evidence"][0]["article"] != question["evidence"][0]["article"]:
                pairs += 1
                hits += score_question(question, as_answer(question, evidence(other)), {}).correct
    assert hits / pairs < 0.03


# ---------------------------------------------------------------- the scorer


RUNS = {
    "id": "x1",
    "question": "容器和虚拟机哪个启动快？",
    "type": "comparison",
    "lang": "zh",
    "style": "plain",
    "split": "dev",
    "must": [["容器[^。;]{0,20}快"], ["毫秒", "millisecond"]],
    "must_not": ["虚拟机[^。;]{0,6}更快"],
    "verdict": None,
    "evidence": [{"article": "a", "quote": "容器比虚拟机启动更快，容器只要几十毫秒。"}],
}
TEXTS = {"a-1": "前言。容器比虚拟机启动更快，容器只要几十毫秒。后记。"}


def run(answer: str, **fields: Any) -> Any:
    return score_question(RUNS, {"answer": answer, "abstained": False, "verdict": None, "evidence": [], **fields}, TEXTS)


def test_a_right_answer() -> None:
    row = run(
        "容器启动更快[1]，只要几十 毫秒。",
        evidence=[{"quote": "前言。", "article": "a-1"}, {"quote": "容器比虚拟机启动更快", "article": "a-1"}],
    )
    assert row.correct and row.fact_share == 1
    assert (row.quotes, row.quotes_exact, row.hit_rank) == (2, 2, 2)


def test_a_wrong_answer_is_wrong_even_with_all_the_facts() -> None:
    row = run("虚拟机启动更快；容器也快，几十毫秒。")
    assert row.fact_share == 1
    assert row.forbidden == ("虚拟机[^。;]{0,6}更快",)
    assert not row.correct


def test_half_of_the_facts_count_half() -> None:
    row = run("容器快。")
    assert row.fact_share == 0.5
    assert not row.correct


def test_a_refusal_states_nothing() -> None:
    row = run("没有找到：容器启动快，几十毫秒。", abstained=True)
    assert row.abstained and row.fact_share == 0 and row.hit_rank is None and not row.correct
    assert score_question(RUNS, None, TEXTS).abstained


def test_an_echo_of_the_question_states_nothing() -> None:
    question = {**RUNS, "must": [["启动快"]]}
    answer = {"answer": "您问的是：容器和虚拟机哪个启动快？抱歉。", "abstained": False, "evidence": []}
    assert score_question(question, answer, TEXTS).fact_share == 0


def test_only_the_beginning_is_read() -> None:
    assert run("容器快，几十毫秒。").correct
    assert not run("废" * 1_000 + "容器快，几十毫秒。").correct


def test_a_quote_that_is_not_in_its_article_is_not_exact() -> None:
    quotes = [{"quote": "容器比虚拟机启动更慢", "article": "a-1"}, {"quote": "前言。", "article": "b-2"}, {"quote": "", "article": "a-1"}]
    row = run("容器快，几十毫秒。", evidence=quotes)
    assert (row.quotes, row.quotes_exact) == (3, 0)


@pytest.mark.parametrize(("given", "right"), [("no", True), ("yes", False), (None, False)])
def test_a_verdict_is_compared(given: str | None, right: bool) -> None:
    question = {**RUNS, "verdict": "no"}
    row = score_question(question, {"answer": "容器快，几十毫秒", "abstained": False, "verdict": given, "evidence": []}, TEXTS)
    assert row.verdict_right is right
    assert row.correct is right


def test_figures_of_a_right_a_wrong_and_a_refused_answer() -> None:
    rows = [run("容器快，几十毫秒。"), run("虚拟机启动更快。"), run("", abstained=True)]
    unanswerable = {"id": "u", "split": "dev", "lang": "zh", "domain": "in_domain"}
    refusals = [score_refusal(unanswerable, {"answer": "没有", "abstained": True}), score_refusal(unanswerable, {"answer": "42"})]
    shares = figures(rows, refusals)
    assert shares["correct"] == pytest.approx(1 / 3)
    assert shares["wrong"] == pytest.approx(1 / 3)
    assert shares["false_abstention"] == pytest.approx(1 / 3)
    assert shares["abstention"] == 0.5
    assert shares["verdict"] is None and shares["evidence_precision"] is None


def test_an_unanswerable_question_that_was_not_asked_is_no_refusal() -> None:
    assert not score_refusal({"id": "u", "split": "dev", "lang": "zh", "domain": "in_domain"}, None).abstained
    assert abstained({"answer": "  ", "abstained": False})


def test_the_first_quote_that_hits() -> None:
    assert first_hit(RUNS, ["无关的一句话。", "容器比虚拟机启动更快，容器只要几十毫秒。"]) == 2
    assert first_hit(RUNS, ["另一篇也说容器启动快，几十毫秒。"]) == 1
    assert first_hit(RUNS, ["容器很小。"]) is None


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        ("Firecracker 规格：125 毫秒[12]。", "firecracker规格:125毫秒。"),
        ("84,044 IOPS 与 1,2", "84044 iops与1,2"),
        ("`docker stop` **sends** SIGTERM", "docker stop sends sigterm"),
        ("（Ａ，Ｂ）", "(a,b)"),
    ],
)
def test_the_form_that_patterns_are_written_for(raw: str, form: str) -> None:
    assert normalise(raw) == form


def test_blanks_between_latin_words_may_be_there_or_not() -> None:
    assert states(["cloudhypervisor"], "Cloud Hypervisor 约 13 MB")
    assert states(["cloud hypervisor"], "Cloud Hypervisor 约 13 MB")


def test_quotes_of_the_same_place() -> None:
    assert same_place("容器比虚拟机启动更快，容器只要几十毫秒。", "容器比虚拟机启动更快")
    assert not same_place("容器比虚拟机启动更快", "虚拟机支持成熟的热迁移")
    assert not same_place("", "容器")


# ---------------------------------------------------------------- the labelled sentences


def test_there_are_enough_labelled_sentences() -> None:
    rows = labelled()
    stating = [row for row in rows if row["relations"] or row["comparisons"] or row["quantities"]]
    assert len(stating) >= 300
    assert sum(row["file"] == "tech_sections.jsonl.gz" for row in rows) >= 60
    assert {row["split"] for row in rows} == {"dev", "test"}
    assert any(relation["polarity"] == "negated" for row in rows for relation in row["relations"])
    assert len({(row["article"], row["file"], row.get("record"), row.get("paragraph"), row["start"]) for row in rows}) == len(rows)


def test_labelled_sentences_stand_where_they_say() -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in ARTICLES.glob("*.md")}
    for row in labelled():
        assert (row["article"] is None) != (row["file"] is None)
        if row["article"]:
            assert files[row["article"]][row["start"] : row["end"]] == row["text"], row
            assert sha256(row["text"]) == row["sha256"]
            assert (row["split"] == "test") == (row["article"] in held_out())
        else:
            assert "text" not in row, "training texts are not ours to keep here"
            assert row["split"] == ("test" if row["record"] % 2 else "dev")


def test_labels_use_the_published_vocabulary() -> None:
    domain = load_domain(ARTICLES.parent / "domain")
    aspects = {name for aspect in domain.aspects.values() for name in (aspect.id, aspect.zh)}
    for row in labelled():
        for relation in row["relations"]:
            assert {relation["predicate"], *relation.get("predicate_alt", ())} <= set(domain.relations), relation
            assert relation["polarity"] in ("affirmed", "negated")
            assert relation["subject"] and relation["object"]
        for comparison in row["comparisons"]:
            assert comparison["dimension"] in aspects, comparison
            assert comparison["direction"] in ("a_more", "b_more", "equal")
        for quantity in row["quantities"]:
            assert quantity["subject"] and quantity["attribute"]
            assert "text" not in row or quantity["value_text"] in row["text"]


def same() -> Same:
    domain = load_domain(ARTICLES.parent / "domain")
    return Same(SimpleNamespace(lexicon=Lexicon(domain.concepts), domain=domain))  # type: ignore[arg-type]


def test_judged_claims_are_of_sentences_that_no_label_is_of() -> None:
    rows = rows_of("judged.jsonl")
    assert len(rows) >= 400
    assert 0.3 < sum(row["right"] for row in rows) / len(rows) < 0.7
    relations = load_domain(ARTICLES.parent / "domain").relations
    assert all(row["relation"] in relations and row["subject"] and row["object"] for row in rows)
    assert not {row["sha256"] for row in rows} & {row["sha256"] for row in labelled()}
    assert len({(row["sha256"], row["subject"], row["relation"], row["object"], row["holds"]) for row in rows}) == len(rows)


def test_a_relation_is_found_in_either_direction_but_not_denied() -> None:
    wanted = {"subject": "容器", "predicate": "part_of", "object": "Pod", "polarity": "affirmed"}
    turned = {"subject": "Pod", "predicate": "has_part", "object": "容器", "polarity": "affirmed"}
    assert same().relations(wanted, wanted)
    assert same().relations(wanted, turned)
    assert not same().relations(wanted, {**turned, "polarity": "negated"})
    assert not same().relations(wanted, {**wanted, "subject": "Pod", "object": "容器"})
    assert not same().relations(wanted, {**wanted, "predicate": "uses"})
    assert same().related(wanted, {**wanted, "predicate": "runs_on"})
    assert not same().related(wanted, {**wanted, "predicate": "replaces"})
    assert not same().related(wanted, {**wanted, "predicate": "runs_on", "polarity": "negated"})


def test_a_comparison_may_be_turned_round_but_not_upside_down() -> None:
    wanted = {"a": "容器", "b": "虚拟机", "dimension": "启动速度", "direction": "a_more"}
    assert same().comparisons(wanted, {"a": "VM", "b": "container", "dimension": "启动速度", "direction": "b_more"})
    assert not same().comparisons(wanted, {**wanted, "direction": "b_more"})
    assert not same().comparisons(wanted, {**wanted, "dimension": "密度"})


def test_a_quantity_is_its_figures_and_its_subject() -> None:
    wanted = {"subject": "Firecracker", "subject_alt": ["init"], "attribute": "启动时间", "value_text": "不超过 125 毫秒"}
    assert same().quantities(wanted, {"subject": "init", "value_text": "125 毫秒"})
    assert not same().quantities(wanted, {"subject": "init", "value_text": "25 毫秒"})
    assert not same().quantities(wanted, {"subject": "Docker", "value_text": "125 毫秒"})


def test_what_is_missing_and_what_no_label_names_is_counted() -> None:
    row = {"article": "a", "file": None, "start": 0, "sha256": "", "comparisons": [], "quantities": []}
    relation = {"subject": "容器", "predicate": "uses", "object": "cgroups", "polarity": "affirmed"}
    other = {**relation, "object": "Windows"}
    extraction = Extraction()
    extraction.add({**row, "relations": [relation]}, "", {"relations": [relation, other], "comparisons": [], "quantities": []}, same())
    extraction.add({**row, "relations": [relation]}, "", {"relations": [], "comparisons": [], "quantities": []}, same())
    assert extraction.tallies["relations"] == Tally(gold=2, found=1, read=2, right=1)
    assert extraction.values("dev") == {
        f"dev.{part}.{share}": 0.5 for part in ("relations", "related") for share in ("recall", "precision")
    }
    assert [detail["unlisted"]["relations"] for detail in extraction.details] == [[other], []]


def test_two_readers_are_asked_for_what_both_state_and_either_may_be_right(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third, fourth = (
        {"subject": "容器", "predicate": "uses", "object": name, "polarity": "affirmed"}
        for name in ("cgroups", "Windows", "Linux", "Docker")
    )
    given = [{**first, "sure": True}, {**second, "sure": True}, {**third, "sure": False}]
    monkeypatch.setattr(extraction_module, "second_reader", lambda: {"x": given})
    row = {"article": "a", "file": None, "start": 0, "sha256": "x", "comparisons": [], "quantities": []}
    extraction = Extraction()
    read = {"relations": [first, third, {**fourth, "polarity": "negated"}], "comparisons": [], "quantities": []}
    extraction.add({**row, "relations": [first, fourth]}, "", read, same())
    assert extraction.tallies["agreed"] == Tally(gold=1, found=1, read=3, right=2)
    assert extraction.tallies["second_reader"] == Tally(gold=2, found=1, read=2, right=1)


def test_the_second_reader_read_the_test_half() -> None:
    rows = {row["sha256"]: row for row in labelled()}
    assert {rows[sha]["split"] for sha in second_reader()} == {"test"}
    relations = [(sha, relation) for sha, labels in second_reader().items() for relation in labels]
    assert {key for _, relation in relations for key in relation} <= {"subject", "predicate", "object", "polarity", "predicate_alt", "sure"}
    for sha, relation in relations:
        text = rows[sha].get("text")
        assert text is None or (relation["subject"] in text and relation["object"] in text)


def test_a_training_text_is_found_only_as_it_was_labelled(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "t.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"paras": ["无关。"]}) + "\n" + json.dumps({"paras": ["头。容器很小。尾。"]}, ensure_ascii=False) + "\n")
    row = {"file": "t.jsonl.gz", "record": 1, "paragraph": 0, "start": 2, "end": 7, "sha256": sha256("容器很小。")}
    assert training_texts(tmp_path, [row]) == {0: "容器很小。"}
    assert training_texts(tmp_path, [{**row, "start": 0}]) == {}
    assert training_texts(tmp_path / "absent", [row]) == {}


# ---------------------------------------------------------------- the table


def test_the_last_release_is_read_past_the_unreleased_part(tmp_path: Path) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    assert last_release(changelog) == {}
    changelog.write_text("# Changelog\n\n## Unreleased\n\neval: dev.correct=0.9\n\n## 0.1.0\n\n- Words.\n", encoding="utf-8")
    assert last_release(changelog) == {}
    with changelog.open("a", encoding="utf-8") as file:
        file.write("\neval: dev.correct=0.5 dev.search@3=0.25 dev.chars=120\n\n## 0.0.9\n\neval: dev.correct=0.1\n")
    assert last_release(changelog) == {"dev.correct": 0.5, "dev.search@3": 0.25, "dev.chars": 120.0}


def test_the_table_shows_the_change_and_its_record_can_be_read_back(tmp_path: Path) -> None:
    report = Report(values={"dev.correct": 0.75, "dev.n": 4.0, "test.correct": 0.5, "sample.graph.comparisons.recall": 1.0})
    shown = table(report, {"dev.correct": 0.5}, ("dev", "test"))
    line = next(line for line in shown.splitlines() if line.strip().startswith("correct"))
    assert line.split() == ["correct", "75.0", "%", "50.0", "%", "+25.0"]
    assert "comparisons.recall" in shown
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(f"## 1.0\n{record(report.values)}\n", encoding="utf-8")
    assert last_release(changelog) == report.values


def test_closed_questions_are_decided_by_a_quote_of_an_article_of_the_dev_half() -> None:
    rows = rows_of("closed.jsonl")
    verdicts = Counter(row["verdict"] for row in rows)
    assert abs(verdicts["yes"] - verdicts["no"]) < 0.1 * len(rows) and verdicts[None]
    assert not held_out() & {row["article"] for row in rows}
    assert len({row["question"] for row in rows}) == len(rows)
    lacking = [row["id"] for row in rows if row["verdict"] and row["quote"] not in bodies()[row["article"]]]
    assert lacking == []


def test_fresh_questions_are_answered_by_a_quote_of_their_article_or_by_none() -> None:
    found = {split: fresh.fresh(split) for split in SPLITS}
    for row in (*found["dev"], *found["test"]):
        assert ("quote" in row) is not ("near" in row), row["id"]
        assert row.get("quote", "") in bodies()[row["article"]], row["id"]
    assert all(len(rows) > 100 and any("near" in row for row in rows) for rows in found.values())
    assert not {row["article"] for row in found["dev"]} & {row["article"] for row in found["test"]}


def test_a_fresh_question_is_answered_where_a_quote_lies_on_its_evidence() -> None:
    asked = {"question": "容器启动要多久？", "type": "quantity", "quote": "容器启动只要几毫秒，因为不引导内核"}
    said = {"answer": "几毫秒[1]。", "evidence": [{"quote": "容器启动只要几毫秒，因为不引导内核。"}]}
    assert fresh.row_of(asked, said).hit is True
    assert fresh.row_of(asked, said | {"evidence": [{"quote": "镜像由只读的层组成，层可以共享。"}]}).hit is False
    assert fresh.row_of(asked, {"answer": "", "abstained": True, "evidence": []}).hit is False
    near = fresh.row_of({"question": "容器多少钱？", "type": "quantity", "near": "容器"}, said)
    assert near.hit is None and not near.refused
