"""The measurement on articles never seen: its labels, the files it writes, its baseline. Nothing here needs the training texts."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ingest.pipeline import load_articles
from kb.language.words import Tokenizer
from tests.gold import unseen
from tests.gold.extraction import sha256
from tests.gold.scoring import Json
from tests.gold.unseen import Paragraphs, changed, labels, lines, measure, quoted, read_simplified, sections, traditional, written

RECORDS: list[Json] = [
    {"record": 4, "title": "缓存", "headings": ["缓存"], "paras": ["缓存把常用的数据放在离处理器更近的地方。读取它比读取硬盘快得多。"]},
    {"record": 5, "title": "缓存", "headings": ["缓存", "失效"], "paras": ["原来的数据改变之后，缓存里的副本就失效了，需要重新读取。"]},
    {
        "record": 6,
        "title": "缓存",
        "headings": ["缓存", "容量"],
        "paras": [
            f"第 {number} 级缓存的容量比第 {number + 1} 级小，离处理器也更近，所以读取得更快，造价也更高。" for number in range(1, 9)
        ],
    },
    {"record": 7, "title": "缓存", "headings": ["缓存", "容量", "时限"], "paras": ["时限过后，副本被当作失效的副本，不再交给读者使用。"]},
]


def texts(**fields: Any) -> Json:
    return {"text": "cache", "split": "dev", "file": "texts.jsonl.gz", "records": [4, 7], "suffix": "txt", "variant": ""} | fields


def test_labels_are_well_formed() -> None:
    names = {text["text"]: text for text in labels()["texts"]}
    every = [*labels()["questions"], *labels()["unanswerable"]]
    assert len({question["id"] for question in every}) == len(every)
    assert len({question["question"] for question in every}) == len(every)
    for question in labels()["questions"]:
        assert question["must"] and question["evidence"] and question["verdict"] in (None, "yes", "no")
        assert (question["type"] == "yesno") == (question["verdict"] is not None)
        first, last = names[question["text"]]["records"]
        assert all(first <= place["record"] <= last and place["start"] < place["end"] for place in question["evidence"])
        for pattern in (pattern for fact in question["must"] for pattern in fact):
            assert not re.search(pattern, ""), f"{question['id']}: a fact that everything states"


def test_each_half_has_texts_of_every_kind_and_both_verdicts() -> None:
    for split in unseen.SPLITS:
        held = [text for text in labels()["texts"] if text["split"] == split]
        assert len(held) >= 8
        assert {text["suffix"] for text in held} == {"txt", "md", "html"}
        assert {text["variant"] for text in held} == {"", "gb18030", "traditional"}
        names = {text["text"] for text in held}
        asked = [question for question in labels()["questions"] if question["text"] in names]
        verdicts = [question["verdict"] for question in asked]
        assert len(asked) >= 70 and verdicts.count("yes") >= 3 and verdicts.count("no") >= 3
        assert sum(question["text"] in names for question in labels()["unanswerable"]) >= 15


def test_no_question_copies_its_text_of_the_training_files() -> None:
    """Only hashes are kept of the texts: nothing but questions and patterns is in words."""
    for text in labels()["texts"]:
        assert set(text) == {"text", "split", "file", "records", "sha256", "suffix", "variant"}
    for question in labels()["questions"]:
        assert all(set(place) == {"record", "paragraph", "start", "end", "sha256"} for place in question["evidence"])


def test_a_text_is_found_only_as_it_was_labelled(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "texts.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(8):
            record = next((record for record in RECORDS if record["record"] == number), {"title": "", "headings": [], "paras": []})
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    whole = "\n".join("\n".join([*record["headings"], *record["paras"]]) for record in RECORDS)
    assert list(sections([texts(sha256=sha256(whole))], tmp_path)) == ["cache"]
    assert [record["record"] for record in sections([texts(sha256=sha256(whole))], tmp_path)["cache"]] == [4, 5, 6, 7]
    assert sections([texts(sha256=sha256(whole + "。"))], tmp_path) == {}
    assert sections([texts(sha256=sha256(whole), file="other.gz")], tmp_path) == {}


@pytest.mark.parametrize(("suffix", "variant"), [("txt", ""), ("txt", "gb18030"), ("txt", "traditional"), ("md", ""), ("html", "")])
def test_written_files_are_read_without_what_stands_around(suffix: str, variant: str, tmp_path: Path) -> None:
    path = written(texts(suffix=suffix, variant=variant), RECORDS, tmp_path)
    article = load_articles(path, max_bytes=1_000_000)[0]
    paragraphs = [paragraph for record in RECORDS for paragraph in record["paras"]]
    for paragraph in paragraphs:
        assert (traditional(paragraph) if variant == "traditional" else paragraph) in article.text
    if suffix == "html":
        assert article.title == "缓存" and "登录" not in article.text and "版权" not in article.text


def test_a_heading_is_written_once(tmp_path: Path) -> None:
    text = written(texts(suffix="md"), RECORDS, tmp_path).read_text(encoding="utf-8")
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == ["# 缓存", "## 失效", "## 容量", "### 时限"]


def test_evidence_is_quoted_as_it_stands_in_the_file() -> None:
    words = RECORDS[1]["paras"][0]
    place = {"record": 5, "paragraph": 0, "start": 0, "end": len(words), "sha256": sha256(words)}
    question = {"id": "x", "evidence": [place]}
    assert quoted(question, RECORDS, "")["evidence"] == [{"quote": words}]
    assert quoted(question, RECORDS, "traditional")["evidence"] == [{"quote": traditional(words)}]
    with pytest.raises(AssertionError):
        quoted({"id": "x", "evidence": [place | {"end": 4}]}, RECORDS, "")


def test_answers_are_matched_in_simplified_characters() -> None:
    assert read_simplified({"answer": "緩存失效", "evidence": []}) == {"answer": "缓存失效", "evidence": []}


def test_the_baseline_gives_the_best_paragraphs() -> None:
    text = "\n".join(f"第{number}段讲的是网络里的第{number}台路由器。" for number in range(20)) + "\n缓存失效之后需要重新读取。"
    store = SimpleNamespace(
        articles=lambda: (SimpleNamespace(id="one"), SimpleNamespace(id="gone")),
        article=lambda id_: SimpleNamespace(text=text) if id_ == "one" else None,
    )
    baseline = Paragraphs(SimpleNamespace(store=store, tokenizer=Tokenizer(())))  # type: ignore[arg-type]
    answer = baseline.ask({"question": "緩存失效了怎么办？"})
    assert answer["answer"].startswith("缓存失效之后需要重新读取。")
    assert answer["evidence"][0] == {"quote": "缓存失效之后需要重新读取。", "article": "one"}
    assert len(baseline.ask({"question": "路由器"})["evidence"]) == unseen.PARAGRAPHS
    assert baseline.ask({"question": '"？'})["answer"] == ""


def test_what_adding_the_texts_changed() -> None:
    assert changed({"dev.first.correct": 0.5}, {"dev.first.correct": 0.4, "test.first.correct": 1.0}) == {
        "dev.kept.correct": pytest.approx(-0.1)
    }


def test_the_table() -> None:
    values = {"dev.unseen.n": 12.0, "dev.unseen.correct": 0.5, "test.unseen.correct": 0.25, "dev.kept.correct": -0.015}
    table = "\n".join(lines(unseen.Result(values, {"dev": {"why": {"correct": 0.5, "n": 4.0}}})))
    assert re.search(r"unseen\.n +12 +–", table)
    assert re.search(r"unseen\.correct +50\.0 % +25\.0 %", table)
    assert re.search(r"kept\.correct +-1\.5 +–", table)
    assert re.search(r"why +50\.0 % of  4 +–", table)


def test_without_the_training_texts_nothing_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    assert measure(folder=tmp_path) is None
    monkeypatch.setattr(unseen, "measure", lambda *_, **__: None)
    assert unseen.main(["--fast"]) == 0
    assert "left out" in capsys.readouterr().out
