"""Questions that ask what is not so (虚拟机和宿主机不共享哪些东西): a sentence that says it is so answers the contrary."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.vocabulary import stopwords, synonyms
from kb.qa.asking.terms import plainly
from kb.qa.sources import Sources
from kb.records import Question

_NEGATION = r"(?:不(?:会|能够?|可以?|用|必|再|需要?|允许|支持)?|没有?|无法|无需|无须|未)"
_ASKED = regex(rf"(?<![是能会有要可]){_NEGATION}(?=[\u4e00-\u9fff])(?![是有同过足仅但论管哪什多少一等])(?P<rest>[^,，?？]{{1,12}})")
_EITHER = regex(r"(?P<word>[\u4e00-\u9fff])不(?P=word)")
_DENIED, _AFFIRMED = 1.4, 0.4  # worth of a sentence that denies it too, and of one that says it
_CONTRARY = 0.6  # worth of one that denies what is asked to be so


def as_denied(question: Question, sources: Sources) -> Callable[[str], float] | None:
    """How much a folded text is worth to a question that asks what is not so, more than 1 where it denies it; `None` for any other question."""
    match = _ASKED.search(_asked(question)) if question.language == "zh" else None
    verb = sources.tokenizer.words(match["rest"])[0].text if match else ""
    if len(verb) < 2 or plainly(question).count(verb) > 1:  # what one thing does and another does not
        return None
    denied, said = _patterns((verb, *synonyms(verb)))
    return lambda text: _DENIED if denied.search(text) else _AFFIRMED if said.search(text) else 1.0


def as_said(question: Question, sources: Sources) -> Callable[[str], float] | None:
    """The same of a question that asks what is so: a text is worth less that denies it, and says it nowhere."""
    if question.language != "zh" or _ASKED.search(_asked(question)):
        return None
    words = (word.text for word in sources.tokenizer.words(plainly(question)) if len(word.text) > 1)
    verbs = tuple(word for word in words if word not in stopwords() and sources.tokenizer.usual_tag(word).startswith("v"))
    if not verbs:
        return None
    denied, said = _patterns(verbs)
    return lambda text: _CONTRARY if denied.search(text) and not said.search(denied.sub("", text)) else 1.0


def _asked(question: Question) -> str:
    """好不好 and 能不能 deny nothing."""
    return _EITHER.sub(lambda match: match["word"], plainly(question))


def _patterns(verbs: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    any_of = "|".join(re.escape(fold(verb)) for verb in verbs)
    return re.compile(rf"{_NEGATION}[^,，。;；]{{0,2}}?(?:{any_of})"), re.compile(any_of)
