"""The articles that come with the project: enough of them, of the promised size, with sources that are recorded."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest

from ingest.pipeline import load_articles
from kb.config import ROOT

ARTICLES = sorted((ROOT / "corpus" / "articles").glob("*.md"))
SOURCES = ROOT / "corpus" / "sources.tsv"


def rows() -> list[dict[str, str]]:
    with SOURCES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_there_are_sixty_articles_or_more() -> None:
    assert len(ARTICLES) >= 60


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_names_its_author_date_and_licence_and_has_its_length(path: Path) -> None:
    (article,) = load_articles(path, max_bytes=1_000_000)
    assert article.title and article.author
    assert article.licence == "CC BY 4.0"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", article.date or "")
    assert 600 <= len(re.findall(r"[\u3400-\u9fff]", article.text)) <= 2000


def test_every_article_has_a_row_of_sources_that_fits_its_bytes() -> None:
    recorded = {row["file"]: row["sha256"] for row in rows()}
    actual = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in ARTICLES}
    assert recorded == actual


def test_titles_are_unique() -> None:
    titles = [row["title"] for row in rows()]
    assert len(titles) == len(set(titles))
