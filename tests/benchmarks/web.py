"""`python -m tests.benchmarks.web`: how long a person waits for an answer, from a server of its own, over HTTP; nothing here passes or fails.

Builds the knowledge base from the corpus in a temporary folder, or serves a copy of `--db`. Times are of this machine as it is now;
its load stands beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from ingest.pipeline import Tools, ingest_path
from kb.app import KnowledgeBase
from kb.config import Settings
from tests.benchmarks.__main__ import QUESTIONS
from web.serving import address_of, listen, warm_up

_MOST = 10_000_000
_ROUNDS = 5


def seconds(request: urllib.request.Request | str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as response:
        response.read()
    return time.perf_counter() - start


def asked(address: str, question: str) -> urllib.request.Request:
    body = json.dumps({"question": question}).encode()
    return urllib.request.Request(f"{address}api/v1/ask", body, {"Content-Type": "application/json"})


def waits(address: str) -> dict[str, float]:
    """Of every question as JSON and as a page, once `warm_up` has done what it does whenever a server starts."""
    figures: dict[str, float] = {}
    pages = [f"{address}?{urllib.parse.urlencode({'q': question})}" for question in QUESTIONS]
    ways = {"ask": [asked(address, question) for question in QUESTIONS], "page": pages}
    for way, requests in ways.items():
        spent = [seconds(request) * 1000 for _ in range(_ROUNDS) for request in requests]
        figures |= {f"{way} p50 ms": statistics.median(spent), f"{way} p95 ms": statistics.quantiles(spent, n=20)[-1]}
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", type=Path, help="serve a copy of this knowledge base instead of building one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        if options.db:
            shutil.copy(options.db, path)
        base = KnowledgeBase.open(Settings(db=path))
        if not options.db:
            ingest_path(base.settings.corpus / "articles", base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=_MOST)
            base.refresh()
        server = listen(base, "127.0.0.1", 0)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        address = address_of(server, "127.0.0.1")
        first = seconds(asked(address, QUESTIONS[0])) * 1000
        warm_up(base).join()
        figures = {"first answer ms": first, **waits(address)}
        server.task_dispatcher.shutdown()  # else a thread may still be putting its connection away
        server.close()
    for name, value in figures.items():
        print(f"{name:28} {value:10.0f}")
    print(f"{len(QUESTIONS)} questions, {_ROUNDS} times; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
