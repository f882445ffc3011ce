"""Cleaned text → sentences with their headings. A heading is a short line without an end mark; 「容器: …」 labels what follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.clean import CleanText
from kb.language.normalize import MappedText
from kb.language.regex import regex
from kb.language.sentences import split_sentences
from kb.records import Sentence

_MARKER = regex(
    r"^\s*(?:#{1,6}\s+|[-*•·●◆]\s+|(?:\d{1,2}|[一二三四五六七八九十])[、.．)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*|[①-⑳]\s*"
    r"|\d{1,2}\s+(?![型类代级层位核][^\u3400-\u9fff]|型(?!号)|[个台款套张颗倍天]|种(?!类)|年(?!代)|步(?!骤))(?=[\u3400-\u9fff])"  # 2 台主机 counts
    r"|(?:问题?|答案?|提问|回答|[QA])\d{0,2}[:：]\s*(?=\S))"
)
_LABEL = regex(r"^(?P<label>[^,，。;；:：!?！？、]{1,24})[:：]\s*(?P<rest>\S.*)?$", re.S)
_COUNTS = regex(
    r"[两二三四五六七八九几多\d]\s?[个种类款大项]|分为|分成|包括|包含|依次|分别|组成|构成"
)  # 主要有两种规则：… says what it lists, and labels nothing
_LONGEST_HEADING = 26
_LONGEST_QUESTION = 40
_LONGEST_LEAD = 40
_LIST_TITLES = ("优势", "优点", "缺点", "特点", "劣势", "用途", "作用", "组成部分", "不足")
_STATEMENT = regex(r"[了我你他它吧]|(?:[快慢少多高低好强小大]|简单|方便|困难|容易)$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence under work: `mapped.text == sentence.text`; `label` is the 「容器」 of 「容器: …」, `body` where the text after it begins."""

    sentence: Sentence
    mapped: MappedText
    label: str | None = None
    body: int = 0
    is_heading: bool = False


def segment(article_id: str, cleaned: CleanText) -> tuple[Piece, ...]:
    """Sentences in reading order; headings are sentences too (they can be quoted), marked as such."""
    pieces: list[Piece] = []
    for number, (first, last) in enumerate(cleaned.segments):
        heading: str | None = None
        section: str | None = None
        lead: str | None = None  # 「内核提供八种命名空间:」 heads the list items behind it
        label: str | None = None
        start = first
        for line in cleaned.text.text[first:last].split("\n"):
            mapped = cleaned.text.slice(start, start + len(line))
            start += len(line) + 1
            if not line.strip():
                continue
            mark = _MARKER.match(line)
            offset = mark.end() if mark else 0
            body = line[offset:].strip()
            in_list = heading is not None and heading.endswith(_LIST_TITLES) and bool(pieces) and len(body) <= _LONGEST_HEADING
            in_list = in_list and not (mark and mark.group().lstrip().startswith("#")) and not _opens_a_section(cleaned, start, last)
            if is_heading(body) and not in_list:
                if body[-1] in ":：" and section:  # 「解释:」 is a part of the section it stands in
                    heading = f"{section} / {body.rstrip(':：')}"
                else:
                    heading = section = body.rstrip(":：")
                label = None
                pieces.append(_piece(article_id, number, len(pieces), mapped.slice(offset, len(line)).strip(), None, None, is_heading=True))
                continue
            label = None
            if not mark:
                lead = None
            under = " / ".join(part for part in (heading, lead) if part) or None
            if body[-1] in ":：":
                lead = body.rstrip(":：")[-_LONGEST_LEAD:]
            for begin, end in split_sentences(line):
                begin = max(begin, offset)
                sentence = mapped.slice(begin, end).strip()
                if not sentence.text:
                    continue
                found = _LABEL.match(sentence.text)
                if found and len(found["label"]) <= 16 and found["rest"] and not _COUNTS.search(found["label"]):
                    label = found["label"].strip()
                    pieces.append(_piece(article_id, number, len(pieces), sentence, under, label, body=found.start("rest")))
                else:
                    pieces.append(_piece(article_id, number, len(pieces), sentence, under, label))
    return tuple(pieces)


def _opens_a_section(cleaned: CleanText, start: int, last: int) -> bool:
    """Whether a paragraph or the lead of a list follows: then a short line is the next heading and no more an item of the list."""
    following = cleaned.text.text[start:last].lstrip("\n").split("\n", 1)[0].strip()
    return len(following) > _LONGEST_HEADING or following.endswith(("。", "！", "？", ":", "："))


def is_heading(line: str) -> bool:
    """Short, without an end mark or comma, and no list of things; or one question."""
    text = line.strip()
    if text and text[-1] in "?？":  # a line of its own that asks heads what answers it
        return len(text) <= _LONGEST_QUESTION and not re.search(r"[。！!?？；;].", text)
    if not text or " | " in text or len(text) > _LONGEST_HEADING or text[-1] in "。！!；;，,…、":
        return False
    if _STATEMENT.search(text) and text[-1] not in ":：":
        return False
    return not re.search(r"[,，。;；]", text) and not re.search(r"[:：].", text)


def _piece(
    article_id: str,
    segment_number: int,
    position: int,
    mapped: MappedText,
    heading: str | None,
    label: str | None,
    *,
    body: int = 0,
    is_heading: bool = False,
) -> Piece:
    where = " / ".join(part for part in (heading, label) if part) or None
    sentence = Sentence(
        f"{article_id}#{position}", article_id, mapped.original(0, len(mapped.text)), mapped.text, where, segment_number, position
    )
    return Piece(sentence, mapped, label, body, is_heading)
