"""Noise off, offsets kept: repairs masked words, takes out web page remnants, sets glued pieces apart.

`clean` gives a `MappedText` whose lines are headings or paragraphs and in which a blank line stands between the answers that a
page was glued from. What is dropped is reported with its place in the original and a reason; nothing is rewritten otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import islice

from ingest.gates import Gate
from ingest.linebreaks import glue, going_on, is_broken
from ingest.pages import without_furniture
from ingest.segments import starts_new_answer
from kb.language.normalize import MappedText, usual_characters
from kb.language.regex import regex
from kb.language.script import simplified
from kb.language.sentences import split_sentences
from kb.records import Span

_HAN = r"[\u3400-\u9fff]"
_MASK = regex(rf"[ \t\u3000]*\*{{2,}}[ \t\u3000]*(?={_HAN})")
_BOLD = regex(r"(?<!\*)\*\*(?=[^\s*])([^*\n]{1,60})(?<=\S)\*\*(?!\*)")
_CARRIAGE_RETURN = regex(r"\r\n?")
_LINE_ENDS = regex(r"[\u2028\u2029\x0b\x0c]")
_STRANGE_SPACE = regex(r"[\u00a0\u3000\u2002-\u200a\u202f]")
_INVISIBLE = regex(r"[\u200b-\u200f\u2060\ufeff\u00ad]|[\x00-\x08\x0e-\x1f]")
_CARRIAGE_REMNANT = regex(rf"(?<={_HAN}|[。!！])rr[ \t]*(?=$|[A-Z]|{_HAN})", re.M)
_GAP_IN_HAN = regex(rf"(?<={_HAN}|[，。；：、！？）”」])[ \t]+(?={_HAN}|[，。；：、！？（“「,;])")
_TRUNCATED = regex(r"[ \t]*[>›»…]+[ \t]*$", re.M)
_ORPHAN = regex(
    r"(?:从下往上|下图|上图|架构图|如图|看图|先上图|下面这些|以下几|如下|通过一个图|我们(?:看看|依次来看)|看.{0,4}张图).*[:：]$|^(?:先上图|如下图所示|见下图|如图所示)[,，。:：]?$"
)
_LEAST_FACT = 10  # characters
_SAYS = regex(
    r"^(?!我们|下面|接下来|这里|首先|先|大家|让我们|如果|当|为了|在|从|对|根据|通过|一般|其|它|他).*(?:[是有]|包[含括]|支持|提供|使用|采用|需要|基于|依赖|运行)"
)
_CAPTION = regex(r"^(?P<kind>[图表])\s?\d{1,3}(?:[-.–]\d{1,3})*(?:[:：\s]|$)[^。]{0,40}$")  # of a picture that is lost
_FURTHER = regex(
    r"^(?:#+\s*)?(?:往期|延伸|相关|推荐|扩展|拓展|热门|精彩|更多)(?:的)?(?:推荐|阅读|文章|回顾|精选|资料|内容|链接|主题)(?:推荐)?[:：]?$|^(?:参考(?:资料|文献|链接|文章)|猜你喜欢|热门标签|本文标签)[:：]?$"
)
_LONGEST_TITLE = 40  # characters of an article that is only recommended
_GLUED_HEADING = regex(
    rf"^((?:{_HAN}|[A-Za-z]){{2,12}}(?:上的(?:差别|区别|差异|不同)|的(?:优势|优点|缺点|特点|劣势)))(?![是在有就,，:：]|来自|来源|源于|取决|体现|包括|主要|如下|[与也都还则](?!{_HAN}{{0,4}}[:：]))(?={_HAN}|[A-Za-z])"
)
_PARAGRAPH = 30  # letters
_NO_WORD = regex(r"[\W_]+")
_REPEATED_NAME = regex(r"([A-Za-z]{3,})(?=\1(?![A-Za-z]))", re.I)


@dataclass(frozen=True, slots=True)
class CleanText:
    """`segments` are spans in `text.text`; `dropped` spans are in the original; `bold` was marked so (**…**) in plain text."""

    text: MappedText
    segments: tuple[Span, ...]
    dropped: tuple[tuple[Span, str], ...]
    bold: tuple[str, ...] = ()


def clean(text: str, names: Iterable[str] = ()) -> CleanText:
    """`names` are known terms, by which a masked first character is restored (作系统 → 操作系统)."""
    dropped: list[tuple[Span, str]] = []
    bold: list[str] = []
    mapped = _characters(MappedText.identity(text), tuple(names), dropped, bold)
    lines = [piece for line in _unbroken(list(_lines(mapped))) for piece in _unglue(line)]
    blocks: list[list[MappedText]] = [[]]
    ended = False
    further = False  # in a list of other articles
    said: set[str] = set()
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        if _is_said_again(line.text, said):
            dropped.append((line.original(0, len(line.text)), "duplicate_paragraph"))
            continue
        further = _is_further(line.text, further, lines, index)
        if further:
            dropped.append((line.original(0, len(line.text)), "boilerplate"))
            ended = True
            continue
        kept, opening, closing = _without_boilerplate(line, dropped)
        ended = ended or opening
        if kept is None or _is_orphan(kept.text, lines, index):
            fact = 0 if kept is None else _fact_before_lead_in(kept.text)
            if kept is not None:
                dropped.append((kept.original(fact, len(kept.text)), "orphan_lead_in"))
            ended = ended or closing
            if kept is None or not fact:
                continue
            kept = kept.slice(0, fact)
        for number, piece in enumerate(_answers(kept, [p for block in blocks[-1:] for p in block])):
            if blocks[-1] and (number or ended or starts_new_answer(piece.text, [p.text for p in blocks[-1]], line_start=True)):
                blocks.append([])
            ended = False
            blocks[-1].append(piece)
        ended = closing or _is_cut_off(line.text)
    parts = [MappedText.join(block, "\n") for block in blocks if block]
    joined = MappedText.join(parts, "\n\n")
    spans: list[Span] = []
    place = 0
    for part in parts:
        spans.append((place, place + len(part.text)))
        place += len(part.text) + 2
    return CleanText(joined, tuple(spans), tuple(sorted(dropped)), tuple(bold))


def _characters(mapped: MappedText, names: tuple[str, ...], dropped: list[tuple[Span, str]], bold: list[str]) -> MappedText:
    plain = simplified(usual_characters(mapped.text))
    mapped = MappedText(plain, mapped.starts, mapped.ends).replace(_CARRIAGE_RETURN, "\n")
    mapped = without_furniture(mapped, lambda span, reason: dropped.append((span, reason)))
    mapped = mapped.replace(_LINE_ENDS, "\n").replace(_STRANGE_SPACE, " ").replace(_INVISIBLE, "")
    mapped = _without_bold(_restore_masks(mapped, names, dropped), bold)
    for pattern, reason in ((_CARRIAGE_REMNANT, "carriage_return_remnant"), (_TRUNCATED, "truncation_mark")):
        for match in pattern.finditer(mapped.text):
            dropped.append((mapped.original(*match.span()), reason))
    mapped = mapped.replace(_CARRIAGE_REMNANT, "\n").replace(_TRUNCATED, "…")
    mapped = mapped.replace(re.compile("…$", re.M), "…")
    return mapped.replace(_GAP_IN_HAN, "")


def _restore_masks(mapped: MappedText, names: tuple[str, ...], dropped: list[tuple[Span, str]]) -> MappedText:
    if "**" not in mapped.text:
        return mapped
    first_by_rest = _first_characters(names)

    def restored(match: re.Match[str]) -> str:
        following = mapped.text[match.end() : match.end() + 8]
        for length in range(len(following), 0, -1):
            firsts = first_by_rest.get(following[:length])
            if firsts:
                return firsts
        return match.group()

    def note(match: re.Match[str]) -> str:
        new = restored(match)
        if new != match.group():
            dropped.append((mapped.original(*match.span()), "masked_characters"))
        return new

    return mapped.replace(_MASK, note)


def _without_bold(mapped: MappedText, bold: list[str]) -> MappedText:
    """Plain text copied from Markdown keeps its stars; what is left of them once masks are restored are such marks."""
    marks = list(_BOLD.finditer(mapped.text)) if "**" in mapped.text else []
    if not marks:
        return mapped
    bold += [match[1] for match in marks]
    return mapped.without(span for match in marks for span in ((match.start(), match.start(1)), (match.end(1), match.end())))


@lru_cache(maxsize=4)
def _first_characters(names: tuple[str, ...]) -> dict[str, str]:
    """Rest of a name without its first character → that character, where only one name ends so; 作 is 操作 (the mask hides 操)."""
    found: dict[str, set[str]] = {}
    for name in names:
        if len(name) >= 3:
            found.setdefault(name[1:], set()).add(name[0])
    unique = {rest: firsts.pop() for rest, firsts in found.items() if len(firsts) == 1}
    return {**unique, "作系统": "操", "作": "操"}


def _lines(mapped: MappedText) -> Iterable[MappedText]:
    start = 0
    for match in re.finditer(r"\n|\Z", mapped.text):
        yield mapped.slice(start, match.start()).strip()
        start = match.end()


def _unbroken(lines: list[MappedText]) -> list[MappedText]:
    """Lines that only a page's width broke put together, where the text was copied out of pages."""
    written = [number for number, line in enumerate(lines) if line.text]
    texts = [lines[number].text for number in written]
    if not texts or not is_broken(texts):
        return lines
    rows = [index for index, text in enumerate(texts) if " | " in text]
    following = {written[index] for index in going_on(texts, rows) if written[index + 1] == written[index] + 1}
    joined: list[MappedText] = []
    for number, line in enumerate(lines):
        if number - 1 in following:
            joined[-1] = MappedText.join((joined[-1], line), glue(joined[-1].text, line.text))
        else:
            joined.append(line)
    return joined


def _unglue(line: MappedText) -> list[MappedText]:
    """Set a heading apart from the text it was glued to: 什么是dockerDocker是… and 定义上的差别主机是…."""
    places = [match.end() for match in _REPEATED_NAME.finditer(line.text)]
    heading = _GLUED_HEADING.match(line.text)
    if heading:
        places.append(heading.end(1))
    pieces: list[MappedText] = []
    start = 0
    for place in sorted(set(places)):
        head = line.slice(start, place).strip()
        before = max((head.text.rfind(mark) for mark in "。！？!?"), default=-1) + 1
        if before:  # the heading begins after the last sentence end
            pieces.append(head.slice(0, before).strip())
            head = head.slice(before, len(head.text)).strip()
        pieces.append(head)
        start = place
    pieces.append(line.slice(start, len(line.text)).strip())
    return [piece for piece in pieces if piece.text]


def _without_boilerplate(line: MappedText, dropped: list[tuple[Span, str]]) -> tuple[MappedText | None, bool, bool]:
    """The line without its boilerplate sentences (`None` if nothing is left), and whether its first and its last were boilerplate."""
    gone: list[Span] = []
    closing = False
    for start, end in split_sentences(line.text):
        piece = line.text[start:end]
        reason = _reason_against(piece)
        closing = reason is not None
        if reason is not None:
            gone.append((start, end))
            dropped.append((line.original(start, end), reason))
    if not gone:
        return line, False, False
    rest = line.without(gone).strip()
    return (rest if rest.text else None), gone[0][0] == 0, closing


def _reason_against(sentence: str) -> str | None:
    patterns, gate = _boilerplate()
    return next((patterns[number][0] for number in gate.open(sentence) if patterns[number][1].match(sentence)), None)


@cache
def _boilerplate() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], Gate]:
    """Reasons with their patterns, and which of these can match."""
    text = resources.files("ingest").joinpath("data/boilerplate.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))
    patterns = tuple((reason, re.compile(pattern)) for reason, pattern in rows)
    return patterns, Gate([pattern.pattern for _, pattern in patterns])


def _is_orphan(text: str, lines: list[MappedText], index: int) -> bool:
    """A lead-in to a picture or list that is lost: what follows is no list item."""
    caption = _CAPTION.match(text)
    if caption:
        return caption["kind"] == "图" or " | " not in _following(lines, index)
    if len(text) >= 60 or not _ORPHAN.search(text):
        return False
    return not re.match(r"[\d一二三四①•\-*·(（]|最", _following(lines, index).strip())


def _fact_before_lead_in(text: str) -> int:
    """Where what a sentence says ends and only its last clause leads in (虚拟机有自己的内核，结构如下：); 0 where all of it does."""
    last = max(text.rfind(mark) for mark in "，,；;。")
    before = text[:last] if last > 0 else ""
    return last if len(before) >= _LEAST_FACT and _SAYS.search(before) and not _ORPHAN.search(before + "：") else 0


def _following(lines: list[MappedText], index: int) -> str:
    """The next line that is not blank; empty behind the last one."""
    return next((line.text for line in islice(lines, index + 1, None) if line.text.strip()), "")


def _is_further(text: str, further: bool, lines: list[MappedText], index: int) -> bool:
    """The heading of a list of other articles, or a title in it; a title before a paragraph heads that, unless it is the only one."""
    if _FURTHER.match(text):
        return True
    if not further or not _may_be_title(text):
        return False
    before = next(earlier.text for earlier in reversed(lines[:index]) if earlier.text.strip())
    following = _following(lines, index)
    return bool(_FURTHER.match(before)) or not following or _may_be_title(following)


def _may_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and text[-1] not in "。；;：:" and not text.startswith("#") and " | " not in text


def _is_said_again(text: str, said: set[str]) -> bool:
    """Whether a paragraph, a long one, came before in the same words; notes it otherwise. Short lines may well recur: headings, items."""
    words = _NO_WORD.sub("", text).casefold() if len(text) >= _PARAGRAPH else ""
    if len(words) < _PARAGRAPH or words in said:
        return len(words) >= _PARAGRAPH
    said.add(words)
    return False


def _is_cut_off(text: str) -> bool:
    return text.endswith("…") and len(text) > 20


def _answers(line: MappedText, before: list[MappedText]) -> list[MappedText]:
    """The line, cut where a new answer begins inside it."""
    spans = split_sentences(line.text)
    pieces: list[MappedText] = []
    start = 0
    for index, (begin, _) in enumerate(spans):
        if index and starts_new_answer(line.text[begin:], [p.text for p in before] + [line.text[start:begin]], line_start=False):
            pieces.append(line.slice(start, begin).strip())
            start = begin
    pieces.append(line.slice(start, len(line.text)).strip())
    return [piece for piece in pieces if piece.text]
