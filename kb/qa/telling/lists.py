"""Lists that a sentence announces (…有三种方式, …如下：) and the items behind it: marked lines, bare lines, or as many sentences as it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from kb.language.numerals import find_numbers
from kb.language.regex import regex
from kb.qa.finding.index import Index
from kb.records import Sentence

_COUNTED = r"(?<![第是\d])(?P<count>[两二三四五六七八九十几]|\d{1,2})\s?(?:大|个|项|种|类|点|条|方面|步|层|部件|组件|部分|阶段|级)"
ANNOUNCES = regex(rf"[:：]\s*$|(?:以下|如下)[^,，]*$|{_COUNTED}[^,，。:：]{{0,14}}[。.]?$")
_COUNT = regex(_COUNTED)
_NUMBERED = regex(r"第[一二三四五六七八九十]|首先|其次|再次|最后|其一|其二|一是|二是|[一二三四五六七八九][、.]")
_FIRST = regex(r"第[一1][,，、]|其一|一是|首先")
_NTH = regex(r"第[一二三四五六七八九][个种项条点类](?P<what>[\u4e00-\u9fff]{2,4}?)(?:是|在|[:：])")
_NAMED_BEFORE = regex(r"[^,，。:：;；]*[和与及][^,，。:：;；]*$")  # v1 和 v2 before 两个版本
_JOINED = regex(r"、|和|与|以?及|^.*?(?:由|有|支持|提供|分为|包括|分成|为)")
_BEGINS = 4  # characters of a name
_KIND_OF_MARK = regex(r"\d+")  # 1. and 2. are of one kind
_AROUND = 8  # sentences
_FARTHEST = 40  # sentences of a numbered list to either side
_LABEL = regex(r"(?P<label>[^:：。,，]{1,28}?)\s*(?:[:：]|\s-\s|\s–\s|——|。(?=.))")
_ENDS_A_LIST = regex(r"注意|这里|总之|总结|因此|所以|以上|如前|下[图表面]|上[图表面]|综上|另外|此外|不过|但|如果|参考|更多|有关|说明")
_STATES = regex(r"[,，是能会有要让把被]|可以|用于|提供|支持")
_MOST = 10
_SHORTEST_STATEMENT = 12  # characters; a longer first sentence of a line is no name
_BARE = 60  # characters; a longer line without a mark or label is running text
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing listed: its line's sentences, the first of which is quoted; `label` is its name where the line begins with one."""

    sentences: tuple[Sentence, ...]
    label: str | None

    @property
    def text(self) -> str:
        """A label that stands as a sentence of its own (根服务器。) goes with the sentence behind it."""
        first = self.sentences[0].text
        if len(self.sentences) > 1 and self.label is not None and first.rstrip("。.") == self.label:
            return f"{self.label}：{self.sentences[1].text}"
        return first


def items_behind(lead: Sentence, index: Index) -> tuple[Item, ...]:
    """What `lead` announces; empty where it announces nothing or fewer than two things stand behind it."""
    if _one_of_them(lead, index):
        return ()
    if not ANNOUNCES.search(lead.text):
        return _counted_off(lead, index)
    lines = _lines_behind(lead, index)
    counted = count_of(lead.text)
    found = _marked(lines, index) or _numbered(lines, counted)
    if not found and lines and index.places[lines[0][0].id].line == index.places[lead.id].line:
        found = [[sentence] for sentence in lines[0][:counted]] if counted and len(lines[0]) >= counted else []
        found = found if _take_up(lead.text, [line[0].text for line in found]) else []
    elif not found:
        found = _bare(lines, counted, colon=lead.text.rstrip().endswith((":", "：")))
    return tuple(_item(line) for line in found[:_MOST]) if len(found) > 1 else ()


def _one_of_them(lead: Sentence, index: Index) -> bool:
    """Whether the line behind a marked line is marked alike: the next item of the same list, whatever the first says (约 44 个)."""
    own = index.places[lead.id]
    if own.mark in ("", "#") or lead.text.rstrip().endswith((":", "：")):
        return False
    behind = next((other for other in index.following(lead) if index.places[other.id].line != own.line), None)
    return behind is not None and _KIND_OF_MARK.sub("", index.places[behind.id].mark) == _KIND_OF_MARK.sub("", own.mark)


def named_before_count(text: str) -> tuple[str, ...]:
    """The things that a sentence names before it counts them (v1 和 v2 in …有 v1 和 v2 两个版本); empty where it names none."""
    count = _COUNT.search(text)
    named = _NAMED_BEFORE.search(text[: count.start()]) if count else None
    return tuple(name.strip() for name in _JOINED.split(named.group()) if name.strip()) if named else ()


def _take_up(lead: str, behind: Sequence[str]) -> bool:
    """Whether sentences tell of the things that the lead names before it counts them, where it names any."""
    names = named_before_count(lead)
    told = [next((name for name in names if text.startswith(name[:_BEGINS])), None) for text in behind]
    return not names or (None not in told and len(set(told)) == len(told))


def _counted_off(lead: Sentence, index: Index) -> tuple[Item, ...]:
    """「…的缺点与守护进程有关。第一，…第二，…」: a list that nothing announces but its own numbers."""
    after = index.after(lead)
    if after is None or not _FIRST.match(after.text) or _NUMBERED.match(lead.text):
        return ()
    found = _numbered(_lines_behind(lead, index)[:1], None)
    return tuple(_item(line) for line in found[:_MOST]) if len(found) > 1 else ()


def series(sentence: Sentence, index: Index) -> tuple[Sentence, ...]:
    """「…的第一个优点是…」 with the sentences on the second and the third, in order; empty for a sentence that is none of such."""
    match = _NTH.search(sentence.text)
    if match is None:
        return ()
    same = re.compile(rf"第([一二三四五六七八九])[个种项条点类]{re.escape(match['what'])}")
    found: dict[str, Sentence] = {}
    for place in range(max(0, sentence.position - _AROUND), sentence.position + _AROUND + 1):
        other = index.sentences.get(f"{sentence.article_id}#{place}")
        nth = same.search(other.text) if other and other.segment == sentence.segment else None
        if nth and other:
            found.setdefault(nth[1], other)
    return tuple(found[number] for number in sorted(found, key=lambda number: _DIGITS[number])) if len(found) > 1 else ()


def numbered_run(sentence: Sentence, index: Index) -> tuple[Item, ...]:
    """The items of the numbered list (1. … 2. …) that a sentence is part of; empty where it is part of none of two or more items."""
    own = index.places[sentence.id]
    number = _number(own.mark)
    if number is None:
        return ()
    lines: dict[int, list[Sentence]] = {}
    for place in range(max(0, sentence.position - _FARTHEST), sentence.position + _FARTHEST + 1):
        other = index.sentences.get(f"{sentence.article_id}#{place}")
        if other and other.segment == sentence.segment:
            lines.setdefault(index.places[other.id].line, []).append(other)
    numbers = {line: _number(index.places[sentences[0].id].mark) for line, sentences in lines.items()}
    found = {own.line: number}
    for step in (1, -1):
        line, wanted = own.line, number + step
        while numbers.get(line := line + step) == wanted:
            found[line] = wanted
            wanted += step
    if len(found) < 2 or min(found.values()) != 1:
        return ()
    return tuple(_item(lines[line]) for line in sorted(found))[:_MOST]


def _number(mark: str) -> int | None:
    digits = mark.rstrip(".、)）")
    return int(digits) if digits.isdigit() else None


def under(heading: Sentence, index: Index) -> tuple[Item, ...]:
    """The marked lines under a heading, or labelled ones where none is marked; empty for running text, and where a sentence announces them."""
    lines = _lines_behind(heading, index)
    marked = any(index.places[line[0].id].mark for line in lines)

    def is_item(line: Sequence[Sentence]) -> bool:
        return bool(index.places[line[0].id].mark if marked else label_of(line))

    before: Sequence[Sentence] = ()
    while lines and not is_item(lines[0]):
        before = lines.pop(0)
    if before and ANNOUNCES.search(before[-1].text):
        return ()
    found = list(takewhile(is_item, lines))
    return tuple(_item(line) for line in found[:_MOST]) if len(found) > 1 else ()


def listed(lead: Sentence, index: Index) -> tuple[Item, ...]:
    """The list under a heading, or behind a sentence that announces it or stands right above its marked lines."""
    if index.places[lead.id].mark == "#":
        return under(lead, index)
    return items_behind(lead, index) or _right_below(lead, index)


def _right_below(lead: Sentence, index: Index) -> tuple[Item, ...]:
    """「集群由控制平面和工作节点组成。」 with marked lines below: they go on from it, though it announces nothing."""
    lines = _lines_behind(lead, index)
    if not lines or index.places[lead.id].mark or index.places[lines[0][0].id].line == index.places[lead.id].line:
        return ()
    found = _marked(lines, index)
    return tuple(_item(line) for line in found[:_MOST]) if len(found) > 1 else ()


def count_of(text: str) -> int | None:
    """How many things a sentence announces: 三种方式, 4 个方面."""
    match = _COUNT.search(text)
    if match is None:
        return None
    value = 0 if match["count"] == "几" else _DIGITS.get(match["count"]) or (int(match["count"]) if match["count"].isdigit() else 0)
    return value if 2 <= value <= _MOST else None


def label_of(line: Sequence[Sentence]) -> str | None:
    """What a line begins with as the name of what it explains: 「数据段：存放…」「中断 - 时钟…」「根服务器。根服务器提供…」."""
    text = line[0].text
    match = _LABEL.match(text)
    if match and match.end() < len(text):
        return match["label"].strip("（）() ")
    if len(line) > 1 and len(text) <= _SHORTEST_STATEMENT and not find_numbers(text) and not _STATES.search(text):
        return text.rstrip("。. ")
    return None


def _lines_behind(lead: Sentence, index: Index) -> list[list[Sentence]]:
    """Sentences behind the lead, line by line, up to the next heading."""
    lines: list[list[Sentence]] = []
    behind = list(index.following(lead))[: 6 * _MOST]
    for _, group in groupby(behind, key=lambda sentence: index.places[sentence.id].line):
        line = list(group)
        if index.places[line[0].id].mark.startswith("#"):
            break
        lines.append(line)
    return lines


def _marked(lines: Sequence[list[Sentence]], index: Index) -> list[list[Sentence]]:
    """Lines with a mark (- , 1.) right behind the lead."""
    found: list[list[Sentence]] = []
    for line in lines:
        if not index.places[line[0].id].mark:
            break
        found.append(line)
    return found


def _numbered(lines: Sequence[list[Sentence]], counted: int | None) -> list[list[Sentence]]:
    """「第一项是…」「其次…」, whatever stands between them."""
    sentences = [sentence for line in lines for sentence in line]
    if not sentences or not _NUMBERED.match(sentences[0].text):
        return []
    found = [[sentence] for sentence in sentences if _NUMBERED.match(sentence.text)]
    return found[:counted] if counted else found


def _bare(lines: Sequence[list[Sentence]], counted: int | None, *, colon: bool) -> list[list[Sentence]]:
    """Lines that look like items without a mark: short, or beginning with a label."""
    if not colon and counted is None:
        return []
    found: list[list[Sentence]] = []
    for line in lines:
        text = line[0].text
        if text.rstrip().endswith(("?", "？", ":", "：")) or (found and _ENDS_A_LIST.match(text)):
            break
        if not (label_of(line) or len(text) <= _BARE or (counted and len(found) < counted)):
            break
        found.append(line)
        if counted and len(found) == counted:
            return found
    return found if colon and (counted is None or len(found) >= 2) else []


def _item(line: Sequence[Sentence]) -> Item:
    return Item(tuple(line), label_of(line))
