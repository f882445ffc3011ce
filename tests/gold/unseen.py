"""`python -m tests.gold.unseen`: how well questions are answered from articles that nobody saw while the program was written.

The texts of `unseen.json` are written out as files of several kinds (plain, Markdown with a bar of links, HTML pages with navigation, one in
GB18030 and one in traditional characters for each half), added to the corpus as `kb ingest` adds them, and asked about. Beside the answers
stand the three best paragraphs by BM25 over the same articles, and what became of the corpus's own questions. Of the texts only file, records
and SHA-256 are kept here: without `../shared` there is nothing to ask.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import sqlite3
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kb.config import ROOT
from kb.language.script import simplified
from tests.gold.extraction import sha256
from tests.gold.scoring import Json, Refusal, Row, figures, grouped, score_question, score_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.app import KnowledgeBase

HERE = Path(__file__).resolve().parent
TRAINING = ROOT.parent / "shared" / "data" / "training"
SPLITS = ("dev", "test")
PARAGRAPHS = 3  # of the baseline
MISSING = f"articles never seen: {TRAINING.parent.parent.name}/ is not beside this checkout, left out"
ROWS = ("n", "facts", "correct", "verdict", "false_abstention", "abstention", "evidence_precision", "evidence_hit", "chars")
BASELINE_ROWS = ("facts", "correct", "chars")
FIRST_ROWS = ("facts", "correct", "verdict", "false_abstention", "abstention")
PARTS = {"unseen": ROWS, "paragraphs": BASELINE_ROWS, "kept": FIRST_ROWS}

_NAVIGATION = ("首页", "文档", "博客", "关于我们", "登录")
_VARIANTS = ("", "gb18030", "traditional")


@dataclass
class Result:
    """`values`: figures by full name (`dev.unseen.correct`); `by`: per half the figures by type of question; `details`: a row per dev question."""

    values: dict[str, float] = field(default_factory=dict)
    by: dict[str, dict[str, dict[str, float | None]]] = field(default_factory=dict)
    details: list[Json] = field(default_factory=list)


@cache
def labels() -> Json:
    """`texts` (where they are, how they are written out), `questions` and `unanswerable` (each with the text it asks about)."""
    found: Json = json.loads((HERE / "unseen.json").read_text(encoding="utf-8"))
    return found


def sections(texts: Sequence[Json], folder: Path = TRAINING) -> dict[str, list[Json]]:
    """The records of each text by its name; texts whose file is missing or that are not as they were labelled are left out."""
    wanted = {number: text for text in texts for number in range(text["records"][0], text["records"][1] + 1)}
    found: dict[str, list[Json]] = {text["text"]: [] for text in texts}
    for name in sorted({text["file"] for text in texts}):
        if not (folder / name).is_file():
            continue
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number in wanted and wanted[number]["file"] == name:
                    found[wanted[number]["text"]].append(json.loads(line) | {"record": number})
                if number > max(wanted):
                    break
    hashes = {text["text"]: text["sha256"] for text in texts}
    return {name: records for name, records in found.items() if records and sha256(_whole(records)) == hashes[name]}


def _whole(records: Iterable[Json]) -> str:
    return "\n".join("\n".join([*record["headings"], *record["paras"]]) for record in records)


# ---------------------------------------------------------------- the texts as files


def written(text: Json, records: Sequence[Json], folder: Path) -> Path:
    """The text as a file of its kind, as a reader might have it."""
    title = records[0]["title"]
    lines = {"md": _markdown, "html": _page, "txt": _plain}[text["suffix"]](title, _outline(records))
    assert text["variant"] in _VARIANTS
    if text["variant"] == "traditional":
        lines = traditional(lines)
    path = folder / f"{text['text']}.{text['suffix']}"
    path.write_bytes(lines.encode("gb18030" if text["variant"] == "gb18030" else "utf-8", errors="replace"))
    return path


def traditional(text: str) -> str:
    import opencc

    return str(opencc.OpenCC("s2t").convert(text))


def _outline(records: Iterable[Json]) -> list[tuple[int, str]]:
    """(level, heading) and (0, paragraph) in order; a heading is said once."""
    lines: list[tuple[int, str]] = []
    before: list[str] = []
    for record in records:
        path = list(record["headings"])
        same = next((i for i, (old, new) in enumerate(zip(before, path, strict=False)) if old != new), min(len(before), len(path)))
        lines += [(level + 1, heading) for level, heading in enumerate(path) if level >= same]
        lines += [(0, paragraph) for paragraph in record["paras"]]
        before = path
    return lines


def _plain(title: str, lines: Iterable[tuple[int, str]]) -> str:
    return title + "\n\n" + "\n".join(f"\n{text}\n" if level else text for level, text in lines if (level, text) != (1, title)) + "\n"


def _markdown(title: str, lines: Iterable[tuple[int, str]]) -> str:
    bar = " | ".join(f"[{name}](/{number})" for number, name in enumerate(_NAVIGATION))
    body = "\n\n".join(f"{'#' * level} {text}" if level else text for level, text in lines if (level, text) != (1, title))
    return f"---\ntitle: {title}\n---\n\n{bar}\n\n# {title}\n\n{body}\n\n[上一篇](/previous) [下一篇](/next)\n"


def _page(title: str, lines: Iterable[tuple[int, str]]) -> str:
    bar = "".join(f'<li><a href="/{number}">{name}</a></li>' for number, name in enumerate(_NAVIGATION))
    body = "".join(
        f"<h{min(level, 6)}>{html.escape(text)}</h{min(level, 6)}>\n" if level else f"<p>{html.escape(text)}</p>\n"
        for level, text in lines
        if (level, text) != (1, title)
    )
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{html.escape(title)}</title></head><body>'
        f"<header><nav><ul>{bar}</ul></nav></header><main><article><h1>{html.escape(title)}</h1>\n{body}</article></main>"
        f"<aside><h3>猜你喜欢</h3><ul>{bar}</ul></aside><footer>版权所有 保留一切权利</footer></body></html>"
    )


# ---------------------------------------------------------------- asking


def quoted(question: Json, records: Sequence[Json], variant: str) -> Json:
    """The question as the scorer wants it: with its half, and the words of its evidence as they stand in the file."""
    paragraphs = {record["record"]: record["paras"] for record in records}
    quotes = []
    for place in question["evidence"]:
        words = paragraphs[place["record"]][place["paragraph"]][place["start"] : place["end"]]
        assert sha256(words) == place["sha256"], question["id"]
        quotes.append({"quote": traditional(words) if variant == "traditional" else words})
    return question | {"lang": "zh", "style": "plain", "evidence": quotes}


def read_simplified(answer: Json) -> Json:
    """The answer for matching: patterns are written in simplified characters, quotes stay as they are."""
    return answer | {"answer": simplified(str(answer.get("answer") or ""))}


class Paragraphs:
    """The baseline: the best paragraphs by BM25 over words, put one behind the other; it never refuses and says neither yes nor no."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._tokenizer = base.tokenizer
        self._table = sqlite3.connect(":memory:")
        self._table.execute("CREATE VIRTUAL TABLE paragraph USING fts5 (words, text UNINDEXED, article UNINDEXED)")
        for summary in base.store.articles():
            article = base.store.article(summary.id)
            for text in (article.text if article else "").splitlines():
                if text.strip():
                    row = (" ".join(self._words(text)), text.strip(), summary.id)
                    self._table.execute("INSERT INTO paragraph VALUES (?, ?, ?)", row)

    def ask(self, question: Json) -> Json:
        sought = " OR ".join(f'"{word}"' for word in dict.fromkeys(self._words(question["question"])))
        best = "SELECT text, article FROM paragraph WHERE paragraph MATCH ? ORDER BY bm25(paragraph) LIMIT ?"
        found = self._table.execute(best, (sought, PARAGRAPHS)).fetchall() if sought else []
        return {
            "answer": "\n".join(text for text, _ in found),
            "evidence": [{"quote": text, "article": article} for text, article in found],
        }

    def _words(self, text: str) -> list[str]:
        return [word.replace('"', "") for word in self._tokenizer.terms(simplified(text)) if word.replace('"', "").strip()]


def score(base: KnowledgeBase, ask: Callable[[Json], Json], found: Mapping[str, Sequence[Json]], splits: Sequence[str] = SPLITS) -> Result:
    """Asks about the texts that `base` has read. `ask`: a question's row → the answer as it goes over the wire."""
    result = Result()
    texts = {text["text"]: text for text in labels()["texts"]}
    articles = {summary.id: article.text for summary in base.store.articles() if (article := base.store.article(summary.id))}
    baseline = Paragraphs(base)
    for split in splits:
        held = [name for name in found if texts[name]["split"] == split]
        asked = [
            quoted(question, found[question["text"]], texts[question["text"]]["variant"]) | {"split": split}
            for question in labels()["questions"]
            if question["text"] in held
        ]
        answers = [ask(question) for question in asked]
        rows = [score_question(question, read_simplified(answer), articles) for question, answer in zip(asked, answers, strict=True)]
        refused = [question | {"split": split, "lang": "zh", "domain": question["text"]} for question in labels()["unanswerable"]]
        refused = [question for question in refused if question["text"] in held]
        refusals = [(question, ask(question)) for question in refused]
        simple = [score_question(question | {"verdict": None}, read_simplified(baseline.ask(question)), articles) for question in asked]
        scored = figures(rows, [score_refusal(*refusal) for refusal in refusals])
        result.values |= _named(f"{split}.unseen", scored, ROWS)
        result.values |= _named(f"{split}.paragraphs", figures(simple), BASELINE_ROWS)
        result.by[split] = grouped(rows, lambda row: row.type)
        if split == "dev" or "dev" not in splits:
            result.details += [_detail(*one) for one in zip(asked, answers, rows, strict=True)]
            result.details += [
                {"id": question["id"], "question": question["question"], "correct": score_refusal(question, answer).abstained}
                | {"answer": answer.get("answer"), "kind": answer.get("kind")}
                for question, answer in refusals
            ]
    return result


def _named(prefix: str, scored: Mapping[str, float | None], names: Iterable[str]) -> dict[str, float]:
    return {f"{prefix}.{name}": value for name in names if (value := scored.get(name)) is not None}


def _detail(question: Json, answer: Json, row: Row) -> Json:
    return {
        "id": row.id,
        "question": question["question"],
        "type": row.type,
        "kind": answer.get("kind"),
        "correct": row.correct,
        "abstained": row.abstained,
        "missing": [fact for fact, stated in zip(question["must"], row.facts, strict=True) if not stated],
        "verdict": {"wanted": question["verdict"], "given": answer.get("verdict")},
        "hit_rank": row.hit_rank,
        "answer": answer.get("answer"),
        "concepts": answer.get("concepts"),
        "gold": [item["quote"] for item in question["evidence"]],
        "from": [item.get("article") for item in answer.get("evidence") or ()],
    }


def first_set(base: KnowledgeBase, ask: Callable[[Json], Json], questions: tuple[list[Json], list[Json]]) -> dict[str, float]:
    """What becomes of the corpus's own questions (`questions`: answerable, not answerable) in `base`."""
    articles = {summary.id: article.text for summary in base.store.articles() if (article := base.store.article(summary.id))}
    asked, refused = questions
    values: dict[str, float] = {}
    for split in SPLITS:
        rows = [score_question(question, ask(question), articles) for question in asked if question["split"] == split]
        refusals: list[Refusal] = [score_refusal(question, ask(question)) for question in refused if question["split"] == split]
        values |= _named(f"{split}.first", figures(rows, refusals), FIRST_ROWS)
    return values


def changed(alone: Mapping[str, float], together: Mapping[str, float]) -> dict[str, float]:
    """How much the figures of `first_set` changed by adding the texts: `dev.kept.correct` below 0 says that they fell."""
    return {name.replace(".first.", ".kept."): value - alone[name] for name, value in together.items() if name in alone}


def measure(
    splits: Sequence[str] = SPLITS, alone: Mapping[str, float] | None = None, *, first: bool = True, folder: Path = TRAINING
) -> Result | None:
    """Everything, in a store of its own; `None` where the texts are missing.

    `alone`: figures of `first_set` without the texts, where they are known; `first`: whether to ask the corpus's own questions at all.
    """
    from tests.gold.__main__ import ask, knowledge_base, questions

    found = sections(labels()["texts"], folder)
    if not found:
        return None
    corpus = ROOT / "corpus" / "articles"
    if first and alone is None:
        with knowledge_base(corpus) as base:
            alone = first_set(base, partial(ask, base), questions())
    with tempfile.TemporaryDirectory(prefix="kb-unseen-") as name:
        for text in labels()["texts"]:
            if text["text"] in found and text["split"] in splits:
                written(text, found[text["text"]], Path(name))
        with knowledge_base(corpus, Path(name)) as base:
            result = score(base, partial(ask, base), found, splits)
            if first:
                result.values |= changed(alone or {}, first_set(base, partial(ask, base), questions()))
    return result


def lines(result: Result, splits: Sequence[str] = SPLITS) -> list[str]:
    """The table's lines."""

    def line(label: str, names: Iterable[str], *, change: bool = False) -> str:
        cells = []
        for name in names:
            value = result.values.get(name)
            count = name.rpartition(".")[2] in ("n", "chars")
            cells.append("–" if value is None else f"{value:.0f}" if count else f"{100 * value:+.1f}" if change else f"{100 * value:.1f} %")
        return f"  {label:34}" + "".join(f"{cell:>9}" for cell in cells)

    shown = ["articles never seen, added by kb ingest"]
    shown += [line(f"unseen.{name}", [f"{split}.unseen.{name}" for split in splits]) for name in ROWS]
    shown += ["  for comparison: three paragraphs by BM25 (no verdict asked for)"]
    shown += [line(f"paragraphs.{name}", [f"{split}.paragraphs.{name}" for split in splits]) for name in BASELINE_ROWS]
    kept = [name for name in FIRST_ROWS if any(f"{split}.kept.{name}" in result.values for split in splits)]
    shown += ["  change of the corpus's own questions by adding them, in points"] * bool(kept)
    shown += [line(f"kept.{name}", [f"{split}.kept.{name}" for split in splits], change=True) for name in kept]
    shown += ["  fully correct on them by type"]
    types = sorted({type_ for split in splits for type_ in result.by.get(split, {})})
    for type_ in types:
        cells = [result.by.get(split, {}).get(type_, {}) for split in splits]
        counted = "".join(f"{100 * (one['correct'] or 0):6.1f} % of{one['n']:3.0f}" if one else f"{'–':>14}" for one in cells)
        shown.append(f"    {type_:29}{counted}")
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.gold.unseen", description=__doc__)
    parser.add_argument("--only", choices=SPLITS, help="read and ask only one half")
    parser.add_argument("--fast", action="store_true", help="leave the corpus's own questions out")
    parser.add_argument("--details", type=Path, metavar="FILE", help="write a line per question here (the dev half, or the one named)")
    chosen = parser.parse_args(arguments)
    splits = (chosen.only,) if chosen.only else SPLITS
    result = measure(splits, first=not chosen.fast)
    if result is None:
        print(MISSING)
        return 0
    print("\n".join([f"{'':36}" + "".join(f"{split:>9}" for split in splits), *lines(result, splits)]))
    if chosen.details:
        chosen.details.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in result.details), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
