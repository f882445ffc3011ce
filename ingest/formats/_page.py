"""The tree of an HTML page before its main text is taken: its frame off, its definition lists as lines.

trafilatura knows the frame of a long page by its proportions; of a short one it keeps everything, so what is a frame by its tag, role, class or
links goes before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.formats import apart
from kb.language.regex import regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FRAME_TAGS = frozenset(("nav", "aside", "footer", "form", "button", "select", "dialog"))
_FRAME_ROLES = frozenset(("navigation", "contentinfo", "complementary", "search", "banner", "menu", "menubar"))
_FRAME_NAMES = frozenset(
    "nav navbar navigation menu topbar breadcrumb breadcrumbs crumbs crumb sidebar sidenav footer related recommend recommended recommends"
    " share sharing comment comments reply replies ad ads advert adsense advertisement sponsor pagination pager copyright login toolbar"
    " catalog hot hots hotlist tagcloud subscribe qrcode cookie cookies".split()
)
_NAME = regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")  # the parts of side-bar, hot_list, relatedPosts
_WHOLE = frozenset(("html", "body", "main", "article", "h1"))
_LISTS = ("ul", "ol", "div", "p", "table")
_LEAST_LINKS = 3
_MOSTLY_LINKS = 0.8  # of the characters of a list
_INLINE = ("b", "strong", "em", "i", "u", "font", "mark", "small", "dfn", "abbr", "span")  # they begin no line of their own
_APART = ("b", "strong", "dfn", "mark", "dt")
_BLANKS = regex(r"\s+")


def tidy(tree: HtmlElement) -> tuple[str, ...]:
    """Changes the tree in place; what it sets in bold, and the terms of its definition lists."""
    from lxml import etree

    whole = _size(tree)
    for element in [element for element in tree.iter() if isinstance(element.tag, str)]:
        if element.getparent() is None or element.tag in _WHOLE or not (_is_frame(element) or _is_menu(element)):
            continue
        # a class may say "sidebar" of the whole page: a frame holds neither the title nor most of the text
        if element.find(".//h1") is None and 2 * _size(element) <= whole:
            element.drop_tree()
    set_apart = apart(_text(element, without=("dt", "dd")) for element in tree.iter(*_APART))
    for terms in list(tree.iter("dl")):
        _as_lines(terms)
    etree.strip_tags(tree, *_INLINE)
    return set_apart


def _size(element: HtmlElement) -> int:
    return len(_text(element))


def _text(element: HtmlElement, without: tuple[str, ...] = ()) -> str:
    return _BLANKS.sub(" ", "".join(_texts(element, without))).strip()


def _texts(element: HtmlElement, without: tuple[str, ...]) -> Iterator[str]:
    """Text without scripts and styles, and without what stands inside of elements of the tags `without`."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "noscript", *without):
            yield from _texts(child, without)
        if child.tag not in without:
            yield child.tail or ""


def _is_frame(element: HtmlElement) -> bool:
    if element.tag in _FRAME_TAGS or element.get("role") in _FRAME_ROLES:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return not _FRAME_NAMES.isdisjoint(part.lower() for part in _NAME.findall(names))


def _is_menu(element: HtmlElement) -> bool:
    """Links side by side, and no sentence."""
    if element.tag not in _LISTS or any(parent.tag in ("article", "main") for parent in element.iterancestors()):
        return False
    links = list(element.iter("a"))
    if len(links) < _LEAST_LINKS:
        return False
    text = _text(element)
    return "。" not in text and sum(len(_text(link)) for link in links) >= _MOSTLY_LINKS * len(text.replace(" ", ""))


def _as_lines(terms: HtmlElement) -> None:
    """<dl>: each definition as a paragraph 「term：definition」; several terms with one definition stand before it together."""
    from lxml import etree

    names: list[str] = []
    defined = False
    for element in list(terms.iter("dt", "dd")):
        text = _text(element, without=("dt", "dd"))  # where end tags are missing, each holds the next
        if element.tag == "dt":
            names = [*([] if defined else names), text.rstrip(":： ")]
            defined = False
            continue
        line = etree.SubElement(terms, "p")
        line.text = text if defined or not names else f"{' / '.join(names)}：{text}"
        defined = True
    for element in list(terms):
        if element.tag != "p":
            terms.remove(element)
    terms.tag = "div"
