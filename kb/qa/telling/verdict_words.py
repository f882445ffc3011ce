"""The word that opens the answer to a yes-or-no question, in the verb of the question: 还在吗 → 不在, 有没有 → 没有, 会不会 → 不会."""

from __future__ import annotations

from typing import Literal

from kb.language.regex import regex
from kb.language.script import simplified
from kb.qa.wording import say
from kb.records import Question, Verdict

_COPULA = r"是不是|(?:算|属于)(?![法力机出]).{0,24}[吗么吧嘛]|(?<![还但要只就可总凡于若])是(?!否).{0,24}[吗么吧]"
# what asks → the row of data/wording.toml, behind yes_ and no_; the first that fits
_VERBS = tuple(
    (row, regex(pattern))
    for row, pattern in (
        ("be", _COPULA),
        ("have", r"有没有|有无"),
        ("surely", r"一定(?!要|得)"),
        ("there", r"(?<![存现实内])在(?:不在)?[吗么]?[?？]?$"),
        ("exist", r"存在[吗么]?[?？]?$|存不存在|是否存在"),
        ("done", r"(?:了|过)(?:[吗么没]|没有)[?？]?$"),
        ("may", r"(?<!不)可能(?!性)"),
        ("allowed", r"可以|可不可以|可否"),
        ("can", r"(?<![功性可智节])能(?!耗|力|效|源)"),
        ("must", r"必须|非得|一定要|一定得"),
        ("ought", r"应不?应?[该当]|(?<![应活])该不该"),
        ("need", r"需不?需?要|(?<![主重必首纲])要(?!求|素|点|么).{1,12}[吗么]|要不要"),
        ("will", r"会不会|(?<![社委协])(?<!(?<![拟主物理])机)会(?!话|议|员)"),
        ("support", r"支不?支?持"),
        ("suit", r"适不?适?合"),
        ("have", r"(?<![所只])有(?!关|效|利|害|时|些|点|限)"),
        ("still", r"还(?!是|原|有|没|给|回|款)|仍"),
    )
)
_DENIED = ("不", "没", "未", "没有")  # 不支持 FTP 了吗: a yes says that it is not supported
_ANSWERING = frozenset({"have", "may", "allowed", "can", "need", "will", "support", "suit", "ought"})  # verbs that answer with their denial
_OF = regex(r"^[^,，]*的")  # what stands before it says which thing is meant


def verdict_word(
    question: Question, verdict: Verdict, *, likely: bool = False, condition: Literal["conditional", "exception"] | None = None
) -> str:
    """In English plainly yes or no; in Chinese the verb that was asked, where the question has one that answers by itself.

    `likely`: the articles make it likely, but no clause says it outright. `condition`: said under a condition that was not asked, or but for one.
    """
    word = _plainly(question, verdict, likely and condition is None)
    return say(condition, question.language, what=word) if condition else word


def _plainly(question: Question, verdict: Verdict, likely: bool) -> str:
    if question.language != "zh":
        return say(f"likely_{verdict}" if likely else verdict, question.language)
    text = simplified(question.text)
    row, denied = _asked_verb(_OF.sub("", text)) or _asked_verb(text) or (None, False)
    if row and denied:
        so = say(f"{'no' if verdict == 'yes' else 'yes'}_{row}", "zh")
        return say("likely" if likely else f"{verdict}_to_not", "zh", what=so)
    word = say(f"{verdict}_{row}" if row else verdict, "zh")
    return say("likely", "zh", what=word) if likely and row != "surely" else word  # 不一定 is no sure word itself


def _asked_verb(text: str) -> tuple[str, bool] | None:
    """The row of the first verb that asks, and whether the question denies it: 不支持 FTP 吗."""
    for row, pattern in _VERBS:
        match = pattern.search(text)
        if match is not None:
            denied = text[: match.start()].endswith(_DENIED)
            return (row, denied) if not denied or row in _ANSWERING else None
    return None
