"""Must, only, every, several, any: what a question says of how many or how exclusively, against what a clause says of it."""

from __future__ import annotations

import re

from kb.language.cues import negated
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import LATIN_NAME, Proposition
from kb.qa.finding.index import index_of

_COUNT = regex(r"(?<![第\d])([一两二三四五六七八九十]|\d+)(条|个|台|种|份|层|块|次|套|核|颗)")
_COUNTED = 12  # characters behind a number in which what is counted is named
_SHORT_SLOT = 16  # characters of what is said to be the only thing
LITTLE = 0.17  # of what is asked; a clause that says less says nothing of it
ONLY_ASKED = regex(
    r"只(?!要)|仅|唯一|必须|一定|总是|永远|完全|肯定|绝对|百分百|都(?!市)|天生|非.{1,8}不可|\bonly\b|\bmust\b|\balways\b|have to\b", re.I
)
ANY_ASKED = regex(
    r"别的|其他|其它|任意|任何|随便|所有|不同|另外|各种|(?:什么|啥|哪)[^,，?？]{0,8}都|\bany\b|\bevery\b|\ball\b|全部|\bother\b|\bdifferent\b",
    re.I,
)
MANY_ASKED = regex(r"多个|多台|多种|几个|几台|两个|两台|若干|好几|\bseveral\b|\bmultiple\b|\bmany\b|\btwo\b", re.I)
WEAKER = regex(
    r"可能|也许|不见得|也可以|也能|也(?:会|有|包括)|可以(?:不|用|在|从|是|连接|使用|选择)|不必|不一定|未必|通常|往往|大多|大部分|多数|一般|有时|有些|部分|基本|几乎|取决于"
    r"|视.{1,10}而定|除了|除非|如果|前提|条件下|还(?:有|可以|能)|可选|不依赖|多个|整个|其他|例外|或者?"
)
ONLY = regex(r"只(?!要)|仅|唯一|\bonly\b")
BOTH = regex(r"[两二]者(?:都|均)|都(?:有|会|能|受|是|可以|支持)|均|不仅|不只|不止|同样")
EXCLUSIVE = regex(r"(?<!不)只(?:能|有|会|支持|允许|服务|适用|运行|限|使?用|管理|提供|接受|需要?|在|是)|仅(?:能|支持|限|在|用于)?|唯一")
ONE = regex(r"单个|单一|唯一|(?<![\d十百])(?:一|1\s?)(?:台|个|种|份|条|块|张)(?!或多|以上)")
_BOTH_NAMED = regex(r"[^,，]{1,16}[和与跟、及][^,，]{1,16}都(?!市)")
_EVERY_SAID = regex(r"所有|全部|每[个台种条次]|任何|一律|均|都|总是|\ball\b|\bevery\b|always")
_SAME_SLOT = regex(r"(?<!不)(?:必须|须|只能|仅能|只|仅|唯一)(?:是|为|支持|能|可以?|用|使用|接受|允许|限于?|在|有)?")


def quantified(asked: Proposition, clause: str) -> bool:
    """Questions with must, only, several, others, against clauses that say something weaker or narrower."""
    exclusive = bool(EXCLUSIVE.search(clause))
    if ONLY.search(asked.text) and not exclusive and (clause.count("、") >= 1 or BOTH.search(clause)):
        return True
    if (
        _BOTH_NAMED.search(asked.text)
        and not negated(clause)
        and all(any(place_of(clause, name) >= 0 for name in names) for names in asked.several)
    ):
        return False  # 可以在甲或乙上运行
    only = {match.group() for match in ONLY_ASKED.finditer(asked.text)}
    if exclusive and only <= {"都"} and ANY_ASKED.search(asked.text):
        return True  # 迁到任何机器都可以 against 只能迁到…的机器
    if only:
        return not exclusive and bool(WEAKER.search(clause)) and "必须" not in clause
    return not MANY_ASKED.search(clause) and _one_only(asked, clause)


def _one_only(asked: Proposition, clause: str) -> bool:
    """多个设备 was asked, and the clause says 一个设备."""
    many = MANY_ASKED.search(asked.text)
    if many is None:
        return False
    counted = fold(asked.text[many.end() : many.end() + _COUNTED])
    names = [name for name in (*asked.all_names, *asked.names) if name in counted]
    if not names:
        return bool(ONE.search(clause))
    return any(_names_it(asked, clause[one.end() : one.end() + _COUNTED], name) for one in ONE.finditer(clause) for name in names)


def _names_it(asked: Proposition, text: str, name: str) -> bool:
    """Whether a text names it other than as the front of a longer name: 一个容器镜像 is no 容器."""
    place = text.find(name)
    longer = [match for match in index_of(asked.sources).named(text, asked.sources) if match.start <= place < match.end]
    return place >= 0 and all(text[: match.end].endswith(name) for match in longer)


def opens(asked: Proposition, clause: str) -> bool:
    """Whether the clause begins with the thing asked about."""
    return any(0 <= clause.find(name) <= 2 for name in asked.names)


def said_of_every(asked: Proposition, clause: str) -> bool:
    """所有容器都…, said of the very thing asked about: 所有服务器都是主机 says nothing of every 主机."""
    match = _EVERY_SAID.search(clause)
    if match is None:
        return False
    behind = clause[match.end() :].lstrip("的")
    return match.group() in ("均", "都", "一律", "总是", "always") or not asked.names or behind.startswith(asked.names)


def exclusive_of_another(asked: Proposition, clause: str, said: float) -> bool:
    """Only or necessarily so, and not as asked: 必须是绝对路径 where 相对路径 was asked, 仅支持输出 where 支持输入 was."""
    exclusive = _SAME_SLOT.search(clause)
    if exclusive is None or not asked.last or _SAME_SLOT.search(asked.text):
        return False
    behind = clause[exclusive.end() :]
    if any(place_of(clause, name) >= 0 for name in asked.last) and not _other_name(asked, behind):
        return False
    head = asked.last[0][-2:]
    if len(asked.last[0]) > 2 and not head.isascii() and head in behind:
        return True
    if said >= LITTLE and _other_name(asked, behind) and "支持" in exclusive.group() + behind[:4]:
        return True
    same_verb = any(word in exclusive.group() and word in asked.text for word in ("支持", "允许", "接受"))
    return same_verb and said >= LITTLE and len(behind) <= _SHORT_SLOT


def _other_name(asked: Proposition, text: str) -> bool:
    """A Latin name that the question does not hold, where the question has one that the text lacks."""
    wanted = [name for name in asked.latin if place_of(text, name) < 0]
    return bool(wanted) and any(name not in asked.text and name not in asked.all_names for name in LATIN_NAME.findall(text))


def counted_otherwise(asked: Proposition, clause: str) -> bool:
    """两条连接 where 一条 was asked: another number of the same measure, and not the one asked."""
    for number, measure in _COUNT.findall(asked.text):
        others = [other for other, same in _COUNT.findall(clause) if same == measure]
        if others and number not in others and not (number in "一1" and not ONLY_ASKED.search(asked.text)):
            return True
    return False
