"""`python -m tests.gold`: builds a knowledge base from the corpus in a temporary folder, asks every question and prints one table.

The test half is there to report, not to look at: `--details` holds the dev half unless the test half is asked for by name.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from kb.app import KnowledgeBase
from kb.config import ROOT, Settings
from kb.errors import KnowledgeBaseError
from kb.presenting import answer_json
from tests.gold import discovery, noise, refusing, unseen
from tests.gold.extraction import FIGURES, Extraction, Same, labelled, read_foreign, read_own, training_texts
from tests.gold.scoring import Json, Refusal, Row, figures, grouped, mean, score_question, score_refusal
from tests.gold.searching import HITS, search_figures

HERE = Path(__file__).resolve().parent
SAMPLE = ROOT.parent / "shared" / "eval"
SAMPLE_ARTICLE = ROOT.parent / "shared" / "articles" / "000_a9e92bf305f6d6f4.txt"
SPLITS = ("dev", "test")
TRAINING = ROOT.parent / "shared" / "data" / "training"

_LINE = re.compile(r"^\s*(?:[-*]\s*)?`?eval:\s*(?P<pairs>[^`]+)`?\s*$")
_PAIR = re.compile(r"(?P<name>[\w.@-]+)=(?P<value>-?\d+(?:\.\d+)?)")


@dataclass
class Report:
    """`values` are the table's figures by full name (`dev.correct`, `sample.graph.concepts`); shares lie between 0 and 1."""

    values: dict[str, float] = field(default_factory=dict)
    by: dict[str, Any] = field(default_factory=dict)
    details: list[Json] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusing: tuple[refusing.Point, ...] = ()
    unseen: unseen.Result | None = None


@contextmanager
def knowledge_base(*paths: Path) -> Iterator[KnowledgeBase]:
    """A knowledge base in a temporary folder that has read the given files and folders, as `kb init` and `kb ingest` do."""
    from ingest.pipeline import Tools, ingest_path

    with tempfile.TemporaryDirectory(prefix="kb-eval-") as folder:
        base = KnowledgeBase.open(Settings(db=Path(folder) / "knowledge.db", corpus=ROOT / "corpus"))
        try:
            for path in paths:
                tools = Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)
                ingest_path(path, base.store, tools, max_bytes=base.settings.max_upload_bytes)
                base.refresh()
            yield base
        finally:
            base.close()


def ask(base: KnowledgeBase, question: Json) -> Json:
    """The answer as it goes over the wire. A question that the program refuses as an input is refused; any other error is the run's end."""
    try:
        answer = base.ask(question["question"], tuple(question.get("context", ())))
    except KnowledgeBaseError as error:
        return {"id": question["id"], "answer": "", "abstained": True, "verdict": None, "evidence": [], "error": str(error)}
    return answer_json(answer, base, id=question["id"])


# ---------------------------------------------------------------- our own questions


def questions() -> tuple[list[Json], list[Json]]:
    data = json.loads((HERE / "questions.json").read_text(encoding="utf-8"))
    return data["questions"], data["unanswerable"]


def score_own(report: Report, splits: Sequence[str]) -> None:
    asked, refused = questions()
    cleaned = noise.figures()
    finder, articles_labelled = discovery.Reader(), discovery.labelled(TRAINING)
    with knowledge_base(ROOT / "corpus" / "articles") as base:
        articles = {summary.id: _text(base, summary.id) for summary in base.store.articles()}
        for split in splits:
            chosen = [question for question in asked if question["split"] == split]
            answers = {question["id"]: ask(base, question) for question in chosen}
            rows = [score_question(question, answers[question["id"]], articles) for question in chosen]
            unanswerable = [(question, ask(base, question)) for question in refused if question["split"] == split]
            refusals = [score_refusal(question, answer) for question, answer in unanswerable]
            report.values |= {f"{split}.{name}": value for name, value in figures(rows, refusals).items() if value is not None}
            report.values |= {f"{split}.{name}": value for name, value in search_figures(base, chosen).items()}
            if split == "dev":
                report.refusing = refusing.curve(chosen, [question for question, _ in unanswerable], partial(ask, base))
            report.by[split] = {name: grouped(rows, lambda row, name=name: str(getattr(row, name))) for name in ("type", "lang", "style")}
            report.by[split]["domain"] = _domains(refusals)
            found = discovery.shares([finder.compare(item) for item in articles_labelled if item.split == split])
            report.values |= {f"{split}.discovery.{name}": share for name, share in found.items()}
            report.values |= {f"{split}.noise.{name}": share for name, share in cleaned[split].items()}
            sentences = _score_sentences(base, report, split)
            if split == "dev" or "dev" not in splits:
                report.details += sentences
                report.details += [_detail(question, answers[question["id"]], row) for question, row in zip(chosen, rows, strict=True)]
                report.details += [
                    {"id": question["id"], "question": question["question"], "ok": refusal.abstained, "answer": answer.get("answer")}
                    for (question, answer), refusal in zip(unanswerable, refusals, strict=True)
                ]


def _score_sentences(base: KnowledgeBase, report: Report, split: str) -> list[Json]:
    """Relations, comparisons and quantities of the labelled sentences: of our articles as stored, and of the training texts beside us."""
    rows = [row for row in labelled() if row["split"] == split]
    same = Same(base)
    own, foreign = Extraction(), Extraction()
    for row, text, read in read_own(base, [row for row in rows if row["article"]]):
        own.add(row, text, read, same)
    for row, text, read in read_foreign(base, rows, training_texts(TRAINING, rows)):
        foreign.add(row, text, read, same)
    report.values |= own.values(f"{split}.graph") | foreign.values(f"{split}.foreign")
    return own.details + foreign.details


def _text(base: KnowledgeBase, article_id: str) -> str:
    article = base.store.article(article_id)
    return article.text if article else ""


def _domains(refusals: Sequence[Refusal]) -> dict[str, float | None]:
    names = sorted({refusal.domain for refusal in refusals})
    return {name: mean(refusal.abstained for refusal in refusals if refusal.domain == name) for name in names}


def _detail(question: Json, answer: Json, row: Row) -> Json:
    return {
        "id": row.id,
        "question": question["question"],
        "context": question.get("context"),
        "type": row.type,
        "style": row.style,
        "correct": row.correct,
        "abstained": row.abstained,
        "missing": [fact for fact, found in zip(question["must"], row.facts, strict=True) if not found],
        "forbidden": list(row.forbidden),
        "verdict": {"wanted": question.get("verdict"), "given": answer.get("verdict")},
        "hit_rank": row.hit_rank,
        "answer": answer.get("answer"),
        "kind": answer.get("kind"),
        "gold": [item["quote"] for item in question["evidence"]],
        "quotes": [item["quote"] for item in answer.get("evidence") or ()],
    }


# ---------------------------------------------------------------- articles never seen


def score_unseen(report: Report) -> None:
    """Questions on articles that are added to the corpus; what they change for the corpus's own questions is told too."""
    alone = {f"{split}.first.{name}": report.values[f"{split}.{name}"] for split in SPLITS for name in unseen.FIRST_ROWS}
    report.unseen = unseen.measure(alone=alone)
    if report.unseen is None:
        report.notes.append(unseen.MISSING)
    else:
        report.values |= report.unseen.values


# ---------------------------------------------------------------- the shared sample


def score_sample(report: Report) -> None:
    """The sample's own scorer, run as a program, on its article, its part of the article and its cleaning gold."""
    scorer, part = SAMPLE / "score.py", SAMPLE / "gold" / "article_part.txt"
    if not (scorer.is_file() and part.is_file() and SAMPLE_ARTICLE.is_file()):
        report.notes.append(f"sample: not beside this checkout ({SAMPLE.name}/), left out")
        return
    gold = json.loads((SAMPLE / "gold" / "gold_questions.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="kb-eval-") as name:
        folder = Path(name)
        with knowledge_base(SAMPLE_ARTICLE) as base:
            lines = [json.dumps(ask(base, question), ensure_ascii=False) for question in (*gold["questions"], *gold["unanswerable"])]
        (folder / "answers.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        with knowledge_base(part) as base:
            (folder / "graph.json").write_text(base.export("json"), encoding="utf-8")
            _clean(base, part, folder)
        doc = str(SAMPLE_ARTICLE)
        parts = {
            "answers": ["--answers", str(folder / "answers.jsonl"), "--doc", doc],
            "graph": ["--graph", str(folder / "graph.json"), "--doc", str(part)],
            "clean": ["--text", str(folder / "cleaned.txt"), "--segments", str(folder / "segments.json")],
        }
        for command, options in parts.items():
            scored = _run_scorer(scorer, command, options, folder / f"{command}.json", report)
            report.by[f"sample.{command}"] = scored
            report.values |= {f"sample.{command}.{name}": value for name, value in _leaves(scored)}


def _clean(base: KnowledgeBase, part: Path, folder: Path) -> None:
    from ingest.pipeline import Tools, load_articles, read_article

    tools = Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)
    extract = read_article(load_articles(part, max_bytes=base.settings.max_upload_bytes)[0], tools)
    (folder / "cleaned.txt").write_text(extract.cleaned, encoding="utf-8")
    (folder / "segments.json").write_text(json.dumps(extract.segments, ensure_ascii=False), encoding="utf-8")


def _run_scorer(scorer: Path, command: str, options: Sequence[str], out: Path, report: Report) -> Json:
    run = subprocess.run(
        [sys.executable, str(scorer), command, *options, "--json", str(out)], capture_output=True, encoding="utf-8", check=False
    )
    if run.returncode != 0 or not out.is_file():
        report.notes.append(f"sample {command}: the scorer ended with {run.returncode}: {run.stderr.strip().splitlines()[-1:]}")
        return {}
    scored: Json = json.loads(out.read_text(encoding="utf-8"))
    return scored


def _leaves(scored: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    """Numbers of a nested table by dotted name; the break-downs (`by_type` …) are left to the JSON."""
    for name, value in scored.items():
        if isinstance(value, Mapping):
            if not name.startswith("by_"):
                yield from _leaves(value, f"{prefix}{name}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield f"{prefix}{name}", float(value)


# ---------------------------------------------------------------- the table


def last_release(changelog: Path) -> dict[str, float]:
    """The figures of the newest released section of a changelog: its `eval: name=value …` line; empty where there is none."""
    if not changelog.is_file():
        return {}
    released = False
    for line in changelog.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            released = "unreleased" not in line.casefold()
        match = _LINE.match(line)
        if released and match:
            return {pair["name"]: float(pair["value"]) for pair in _PAIR.finditer(match["pairs"])}
    return {}


SEARCH_ROWS = {
    part: (
        f"{part}.n",
        *(f"{part}.{ranker}.mrr" for ranker in ("bm25", "vectors", "both")),
        f"{part}.gain",
        f"{part}.gain_low",
        f"{part}.gain_high",
        *(f"{part}.{ranker}@{depth}" for depth in HITS for ranker in ("bm25", "vectors", "both")),
    )
    for part in ("search", "reworded")
}
OWN = (
    (
        "answers",
        ("n", "facts", "correct", "wrong", "verdict", "false_abstention", "abstention", "evidence_precision", "evidence_hit", "chars"),
    ),
    ("retrieval", ("evidence_hit_1", "evidence_hit_3")),
    ("search for sentences alone: every question", SEARCH_ROWS["search"]),
    ("search for sentences alone: questions worded unlike the text", SEARCH_ROWS["reworded"]),
    ("graph: labelled sentences of our articles", tuple(f"graph.{part}.{name}" for part in FIGURES for name in ("recall", "precision"))),
    ("graph: labelled sentences of other texts", tuple(f"foreign.{part}.{name}" for part in FIGURES for name in ("recall", "precision"))),
    ("discovery: concepts of other articles that the vocabulary lacks", ("discovery.recall", "discovery.precision")),
    ("cleaning: what noisy texts of our own have to keep and to lose", ("noise.kept", "noise.dropped")),
)
COUNTS = {"n", "chars"}
SAMPLE_ROWS = {
    "answers": (
        "overall.n",
        "overall.fact_recall",
        "overall.fully_correct",
        "overall.must_not_rate",
        "overall.yesno_accuracy",
        "overall.false_abstention",
        "unanswerable.abstention_rate",
        "overall.evidence_precision",
        "overall.evidence_hit",
    ),
    "graph": (
        "concepts.recall_core",
        "concepts.recall_all",
        "concepts.precision",
        "relations.recall_strict",
        "relations.recall_strict_all",
        "relations.precision_strict",
        "relations.precision_strict_judgable",
        "relations.polarity_accuracy",
        "comparisons.recall",
        "comparisons.precision",
        "comparisons.direction_accuracy",
        "quantities.recall",
        "quantities.precision",
    ),
    "clean": ("must_items_clean", "all_items_clean", "boundaries.recall_all", "boundaries.precision"),
}


def table(report: Report, before: Mapping[str, float], splits: Sequence[str]) -> str:
    rows = [f"{'':36}" + "".join(f"{split:>9}" for split in splits) + "   since the last release" * bool(before)]
    for title, names in OWN:
        shown = [name for name in names if any(f"{split}.{name}" in report.values for split in splits)]
        rows += [title] * bool(shown)
        for name in shown:
            rows.append(_line(name, [f"{split}.{name}" for split in splits], report.values, before))
    rows += refusing.lines(report.refusing)
    rows.append("fully correct by type")
    types = sorted({name for split in splits for name in report.by.get(split, {}).get("type", {})})
    for type_ in types:
        shares = {f"{split}.{type_}": report.by[split]["type"].get(type_, {}).get("correct") for split in splits}
        known = {name: share for name, share in shares.items() if share is not None}
        rows.append(_line(type_, list(shares), known, {}))
    rows += unseen.lines(report.unseen) if report.unseen is not None else []
    rows += _sample_lines(report, before)
    return "\n".join([*rows, *report.notes])


def _sample_lines(report: Report, before: Mapping[str, float]) -> list[str]:
    lines: list[str] = []
    for command, names in SAMPLE_ROWS.items():
        shown = [name for name in names if f"sample.{command}.{name}" in report.values]
        if shown:
            lines.append(f"sample: {command}")
            lines += [_line(name, [f"sample.{command}.{name}"], report.values, before) for name in shown]
    return lines


def _line(label: str, names: Sequence[str], values: Mapping[str, float], before: Mapping[str, float]) -> str:
    count = label.rpartition(".")[2] in COUNTS
    cells = [f"{_figure(values.get(name), count):>9}" for name in names]
    changes = [_change(values[name] - before[name], count) for name in names if name in values and name in before]
    return f"  {label:34}{''.join(cells)}" + ("   " + "  ".join(changes) if changes else "")


def _figure(value: float | None, count: bool) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if count else f"{100 * value:.1f} %"


def _change(difference: float, count: bool) -> str:
    return f"{difference:+.0f}" if count else f"{100 * difference:+.1f}"


def record(values: Mapping[str, float]) -> str:
    """The line for CHANGELOG.md: the figures that a later release is compared with."""
    names = [f"{split}.{name}" for split in SPLITS for _, rows in OWN for name in rows]
    names += [f"{split}.{part}.{name}" for split in SPLITS for part, rows in unseen.PARTS.items() for name in rows]
    names += [f"sample.{command}.{name}" for command, rows in SAMPLE_ROWS.items() for name in rows]
    return "eval: " + " ".join(f"{name}={values[name]:.4g}" for name in names if name in values)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.gold", description=__doc__)
    parser.add_argument("--only", choices=SPLITS, help="ask only one half of the questions; the sample is left out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure here")
    parser.add_argument("--details", type=Path, metavar="FILE", help="write a line per question here (the dev half, or the one named)")
    chosen = parser.parse_args(arguments)
    splits = (chosen.only,) if chosen.only else SPLITS
    report = Report()
    score_own(report, splits)
    if not chosen.only:
        score_unseen(report)
        score_sample(report)
    print(table(report, last_release(ROOT / "CHANGELOG.md"), splits))
    if not chosen.only:
        print(f"\nFor CHANGELOG.md:\n{record(report.values)}")
    if chosen.json:
        chosen.json.write_text(
            json.dumps({"values": report.values, "by": report.by}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    if chosen.details:
        chosen.details.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in report.details), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
