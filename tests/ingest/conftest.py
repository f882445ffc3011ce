from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest.pipeline import Tools, read_article
from kb.records import Article, Extract

Read = Callable[[str], Extract]


@pytest.fixture(scope="session")
def read(tools: Tools) -> Read:
    """`read(text)`: all that the patterns make of a text, as the article `a`; what the arcs add is tested in test_syntax and test_claims."""
    patterns = replace(tools, parser=None)
    return lambda text: read_article(Article("a", "一篇", text, "paste:一篇"), patterns)
