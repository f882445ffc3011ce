from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.pipeline import Tools, read_article
from kb.records import Article, Extract

Read = Callable[[str], Extract]


@pytest.fixture(scope="session")
def read(tools: Tools) -> Read:
    """`read(text)`: all that reading makes of a text, as the article `a`."""
    return lambda text: read_article(Article("a", "一篇", text, "paste:一篇"), tools)
