"""What a page carries besides its text: running headers and footers, and page numbers. Pages end with a form feed, as PDF readers write it;
in what was copied out of them by hand, only the page numbers tell.

What stands at the top or bottom of most pages, whatever the numbers in it, is of the page and not of the article. A paragraph that goes on
over the page's end is one again once that is gone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from kb.language.normalize import MappedText
from kb.language.regex import regex
from kb.records import Span

FEED = "\f"
_EDGE = 3  # lines at each end of a page that may be furniture
_SHARE = 0.5  # of the pages that carry a line; left and right pages may have one each
_FEWEST = 2  # pages
_LONGEST = 60  # characters; longer is text
_ENDS = frozenset("。！？!?；;")  # of a sentence
_NUMBER = regex(
    r"[-–—·•.\s|]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页)?(?:\s*(?:[/／]|of|共)\s*\d{1,4}(?:\s*页)?)?[-–—·•.\s|]*|page\s+\d+(?:\s+of\s+\d+)?",
    re.I,
)
_SURE_NUMBER = regex(  # one that no line of a text without pages is
    r"[-–—]\s*\d{1,4}\s*[-–—]|(?:\S.{0,90}\s)?第\s*\d{1,4}\s*页(?:\s*[,，/／|]?\s*共\s*\d{1,4}\s*页)?|page\s+\d{1,4}(?:\s+of\s+\d+)?", re.I
)
_BESIDE_NUMBER = 2  # lines
_HEADING = regex(r"第\s*\d{1,3}\s*[章节条部篇]|\d{1,2}(?:\.\d{1,2})*[.、\s]")  # tells apart by its number
_BREAK = regex(r"[ \t\n]*\f[ \t\n]*")
_OPEN_END = regex(r"[\u3400-\u9fffA-Za-z0-9，、,]$")
_GOES_ON = regex(r"(?![一二三四五六七八九十]+[、.]|\d{1,2}[.、)）]|第.{1,4}[章节条])[\u3400-\u9fffA-Za-z0-9，。、；）”]")
_PARAGRAPH = 30  # characters; a shorter last line is a heading or an item and ends there


def without_furniture(mapped: MappedText, drop: Callable[[Span, str], None]) -> MappedText:
    """The text without what its pages repeat, paragraphs joined over their ends; `drop` is told of each stretch of the original."""
    if FEED not in mapped.text:
        return _without_numbers(mapped, drop)
    pages = [list(_lines(page, start)) for page, start in _pages(mapped.text)]
    gone: list[Span] = []
    for page, numbers in zip(pages, furniture([[text for text, _ in page] for page in pages]), strict=True):
        for number in sorted(numbers):
            span = page[number][1]
            gone.append(span)
            drop(mapped.original(*span), "page_furniture")
    left = mapped.without(gone)
    return left.replace(_BREAK, lambda match: _between(left.text[: match.start()], left.text[match.end() :]))


def _without_numbers(mapped: MappedText, drop: Callable[[Span, str], None]) -> MappedText:
    """Of a text without marks of its pages: page numbers, and beside them what stands there more than once."""
    lines = [(text, (start, min(end + 1, len(mapped.text)))) for text, (start, end) in _lines(mapped.text, 0)]
    numbers = [index for index, (text, _) in enumerate(lines) if _SURE_NUMBER.fullmatch(text)]
    if len(numbers) < _FEWEST:
        return mapped
    near = {index for number in numbers for index in range(number - _BESIDE_NUMBER, number + _BESIDE_NUMBER + 1) if 0 <= index < len(lines)}
    seen = Counter(_key(lines[index][0]) for index in near)
    gone = set(numbers) | {
        index for index in near if seen[_key(text := lines[index][0])] >= _FEWEST and len(text) <= _LONGEST and text[-1] not in _ENDS
    }
    for index in sorted(gone):
        drop(mapped.original(*lines[index][1]), "page_furniture")
    return mapped.without(lines[index][1] for index in gone)


def furniture(pages: Sequence[Sequence[str]]) -> list[frozenset[int]]:
    """Of each page, given as its lines without blank ones, which are furniture."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page in edges for key, _ in page)
    most = max(_FEWEST, _SHARE / 2 * len(pages))
    found: list[frozenset[int]] = []
    for lines, page in zip(pages, edges, strict=True):
        numbered = {index for _, index in page if len(pages) > 1 and _NUMBER.fullmatch(lines[index])}
        repeated = {index for key, index in page if seen[key] >= most and len(lines[index]) <= _LONGEST and lines[index][-1] not in _ENDS}
        found.append(frozenset(numbered | repeated))
    return found


def _pages(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for page in text.split(FEED):
        if page.strip():
            yield page, start
        start += len(page) + 1


def _lines(page: str, start: int) -> Iterator[tuple[str, Span]]:
    for line in page.split("\n"):
        if line.strip():
            yield line.strip(), (start, start + len(line))
        start += len(line) + 1


def _edges(page: Sequence[str]) -> list[tuple[tuple[int, str], int]]:
    """Lines near the ends of a page: where they stand (0 the first, -1 the last) and what they say whatever the numbers in it; their index."""
    places = [*range(min(_EDGE, len(page))), *range(-min(_EDGE, max(0, len(page) - _EDGE)), 0)]
    return [((place, _key(page[place])), place % len(page)) for place in places]


def _key(text: str) -> str:
    plain = "".join(text.split())
    return plain if _HEADING.match(text) else re.sub(r"\d+", "#", plain)


def _between(before: str, after: str) -> str:
    last = before.rstrip().rpartition("\n")[2]
    if len(last) < _PARAGRAPH or " | " in last or not _OPEN_END.search(last) or not _GOES_ON.match(after):
        return "\n"
    return " " if last[-1].isascii() and after[:1].isascii() else ""
