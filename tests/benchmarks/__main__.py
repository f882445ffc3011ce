"""`make bench`: how long things take against one another within one run; nothing here passes or fails.

Machines differ and are shared, so only ratios are worth comparing between runs; seconds are printed for the eye.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ingest.pipeline import Tools, ingest_path
from kb.app import KnowledgeBase
from kb.config import Settings
from tests.benchmarks.reading import ratios

QUESTIONS = (
    "容器和虚拟机有什么区别?",
    "什么是 hypervisor?",
    "容器有自己的内核吗?",
    "虚拟机启动要多久?",
    "为什么容器启动快?",
    "命名空间有哪几种?",
    "谁管理 Docker 容器?",
    "KVM 和 Xen 有什么不同?",
    "What is a container?",
    "今天天气怎么样?",
)
_MOST = 10_000_000


def seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """The best of `times` runs: what disturbs a run only ever makes it longer."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def answering(base: KnowledgeBase) -> dict[str, float]:
    """Warm questions against the bare full-text search of the same store."""
    base.ask(QUESTIONS[0])
    spent = sorted(seconds(lambda question=question: base.ask(question)) for question in QUESTIONS)  # type: ignore[misc]
    search = seconds(lambda: base.store.search(["容器", "虚拟机"], limit=50))
    middle = statistics.median(spent)
    return {"ask p50 ms": middle * 1000, "ask slowest ms": spent[-1] * 1000, "ask p50/full-text search": middle / search}


def starting(db: Path) -> dict[str, float]:
    """Commands in a process of their own against an empty Python."""

    def spent(*arguments: str) -> float:
        return seconds(lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True), times=5)

    empty, usage, ask = spent("-c", "pass"), spent("-m", "kb", "--help"), spent("-m", "kb", "--db", str(db), "ask", QUESTIONS[0])
    return {"kb --help/python": usage / empty, "kb --help s": usage, "kb ask/python": ask / empty, "kb ask s": ask}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        base = KnowledgeBase.open(Settings(db=Path(folder) / "bench.db"))
        tools = Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)
        start = time.perf_counter()
        ingest_path(base.settings.corpus / "articles", base.store, tools, max_bytes=_MOST)
        figures["kb init s"] = time.perf_counter() - start
        base.refresh()
        figures |= answering(base) | ratios() | starting(base.settings.db)
    for name, value in figures.items():
        print(f"{name:28} {value:10.2f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
