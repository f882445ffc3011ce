"""`python -m tests.benchmarks.reading`: what reading takes of the processor, against plain `jieba.cut` on the same text; and of memory.

Every figure comes from a process of its own in which no article is read twice, since words are kept once they are cut. Article by article,
jieba first, then the whole pipeline, then jieba again: whatever else the machine does slows both alike. Processor time, not time on the clock.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.pipeline import Tools, keep, load_articles, read_article
from kb.app import KnowledgeBase
from kb.config import Settings
from kb.language.parser import Arc, Parser
from kb.records import Article

_MOST = 10_000_000
_WARM = 6  # articles, before anything is timed
_RUNS = 3


def spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


class _Timed(Parser):
    """The parser, and the processor time that its sentences took."""

    spent = 0.0

    def parse_all(self, sentences: Iterable[tuple[Sequence[str], Iterable[int]]]) -> list[tuple[Arc, ...]]:
        start = time.process_time()
        found = super().parse_all(sentences)
        self.spent += time.process_time() - start
        return found


def articles(base: KnowledgeBase) -> list[Article]:
    return [
        article for path in sorted((base.settings.corpus / "articles").glob("*.md")) for article in load_articles(path, max_bytes=_MOST)
    ]


def ratio(base: KnowledgeBase, *, parser: bool) -> dict[str, float]:
    """Reading over `jieba.cut`, what of it the parser takes by itself, and characters a second."""
    import jieba

    timed = _Timed() if parser else None
    tools = Tools(base.lexicon, base.tokenizer, base.domain, timed)
    every = articles(base)
    jieba.lcut("热身")  # reads the whole dictionary, which ours reads as far as it is asked for: both have it before anything is timed
    for character in set().union(*(article.text for article in every)):
        tools.tokenizer.is_word(character)
    for article in every[:_WARM]:
        read_article(article, tools)
    cut = read = 0.0
    if timed is not None:
        timed.spent = 0.0
    for article in every[_WARM:]:
        cut += spent(lambda: jieba.lcut(article.text)) / 2  # noqa: B023
        read += spent(lambda: read_article(article, tools))  # noqa: B023
        cut += spent(lambda: jieba.lcut(article.text)) / 2  # noqa: B023
    return {
        "ratio": read / cut,
        "parser": timed.spent / cut if timed else 0.0,
        "characters": sum(len(article.text) for article in every[_WARM:]) / read,
    }


def memory(base: KnowledgeBase, count: int) -> dict[str, float]:
    """Mebibytes at the most while `count` articles are read and stored, one after another; from the corpus, each with other numbers in it."""
    import resource

    tools = Tools(base.lexicon, base.tokenizer, base.domain)
    for article in _many(articles(base), count):
        keep(article, base.store, tools)
    return {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _many(every: list[Article], count: int) -> Iterator[Article]:
    """Articles with every other line of two of the corpus, so that none is the near-duplicate of another of them."""
    for number in range(count):
        first, second = every[number % len(every)], every[(number * 7 + number // len(every) + 1) % len(every)]
        lines = [line for pair in zip(first.text.splitlines(), second.text.splitlines(), strict=False) for line in pair]
        yield replace(
            first, id=f"many-{number}", origin=f"many/{number}.md", title=f"{first.title} {number}", text="\n".join(lines[number % 3 :: 2])
        )


def alone(*arguments: str) -> dict[str, float]:
    """The figures of one process."""
    done = subprocess.run([sys.executable, "-m", __spec__.name, *arguments], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def ratios(runs: int = _RUNS) -> dict[str, float]:
    """Medians of several processes, those with and those without the parser in turn."""
    whole, patterns = [], []
    for _ in range(runs):
        whole.append(alone("--once"))
        patterns.append(alone("--once", "--no-parser"))
    return {
        "reading/jieba.cut": statistics.median(run["ratio"] for run in whole),
        "of it the parser by itself": statistics.median(run["parser"] for run in whole),
        "reading without parser/cut": statistics.median(run["ratio"] for run in patterns),
        "characters per second": statistics.median(run["characters"] for run in whole),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", action="store_true", help="one process, its ratio as JSON")
    parser.add_argument("--no-parser", action="store_true")
    parser.add_argument("--runs", type=int, default=_RUNS)
    parser.add_argument("--articles", type=int, help="one process: the most memory while so many articles are stored, as JSON")
    options = parser.parse_args()
    if options.once or options.articles:
        with tempfile.TemporaryDirectory() as folder:
            base = KnowledgeBase.open(Settings(db=Path(folder) / "bench.db"))
            print(json.dumps(ratio(base, parser=not options.no_parser) if options.once else memory(base, options.articles)))
            base.close()
        return
    for name, value in ratios(options.runs).items():
        print(f"{name:28} {value:10.2f}")
    for count in (50, 200):
        print(f"{f'MiB after {count} articles':28} {alone('--articles', str(count))['peak']:10.0f}")


if __name__ == "__main__":
    main()
