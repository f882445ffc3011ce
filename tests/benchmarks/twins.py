"""How much of their text near-duplicates share, and different articles on one subject: `python -m tests.benchmarks.twins`.

Every article of the corpus is changed in each of the ways in which a text comes a second time; then every two different articles
are compared. What is shared is measured as reading measures it (`ingest.twins`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from ingest.files import load_articles
from ingest.twins import ALIKE, shingles_of

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
# words that an editor changes without changing what is said
_EDITS = (
    ("因此", "所以"), ("例如", "比如"), ("通常", "一般"), ("可以", "能够"), ("需要", "要"), ("由于", "因为"), ("并且", "而且"), ("但是", "不过"),
    ("不同", "不一样"), ("使用", "用"), ("进行", "做"), ("这样", "如此"), ("以及", "和"), ("如果", "要是"), ("因为", "缘于"), ("只有", "仅有"),
)  # fmt: skip


def edited(text: str) -> str:
    """Other words of the same meaning, and every ninth sentence gone."""
    for old, new in _EDITS:
        text = text.replace(old, new)
    parts = re.split(r"(?<=[。！？])", text)
    return "".join(part for number, part in enumerate(parts, start=1) if number % 9)


def reordered(text: str) -> str:
    """The paragraphs from last to first."""
    return "\n".join(reversed(text.split("\n")))


def extended(text: str) -> str:
    """A paragraph of another article in the middle."""
    lines = text.split("\n")
    added = "".join(article.text.split("\n")[-2] for article in load_articles(ARTICLES / "ftp.md", max_bytes=100_000))
    return "\n".join([*lines[: len(lines) // 2], added, *lines[len(lines) // 2 :]])


def traditional(text: str) -> str:
    return str(_to_traditional().convert(text))


@cache
def _to_traditional() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def excerpt(text: str) -> str:
    """The third in the middle."""
    return text[len(text) // 3 : 2 * len(text) // 3]


WAYS: dict[str, Callable[[str], str]] = {
    "edited": edited,
    "reordered": reordered,
    "a paragraph added": extended,
    "traditional": traditional,
    "excerpt": excerpt,
    "all of this": lambda text: excerpt(traditional(reordered(edited(text)))),
}


def texts() -> dict[str, str]:
    return {path.stem: load_articles(path, max_bytes=100_000)[0].text for path in sorted(ARTICLES.glob("*.md"))}


def shared(one: str, other: str) -> float:
    """How much of the shorter text stands in the other."""
    first, second = shingles_of(one), shingles_of(other)
    return len(first & second) / min(len(first), len(second))


def of_copies(articles: dict[str, str]) -> dict[str, list[float]]:
    return {way: sorted(shared(text, change(text)) for text in articles.values()) for way, change in WAYS.items()}


def of_different(articles: dict[str, str]) -> list[tuple[float, str, str]]:
    sets = {name: shingles_of(text) for name, text in articles.items()}
    pairs = ((len(sets[a] & sets[b]) / min(len(sets[a]), len(sets[b])), a, b) for a, b in combinations(sets, 2))
    return sorted(pairs, reverse=True)


def main() -> None:
    articles = texts()
    print(f"{len(articles)} articles; twins share at least {ALIKE:.2f}")
    for way, shares in of_copies(articles).items():
        print(f"{way:20} lowest {shares[0]:.2f}  median {shares[len(shares) // 2]:.2f}")
    pairs = of_different(articles)
    print(f"{len(pairs)} pairs of different articles: highest {', '.join(f'{share:.2f} ({a}, {b})' for share, a, b in pairs[:3])}")


if __name__ == "__main__":
    main()
