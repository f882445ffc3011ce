"""「Docker 是操作系统容器还是应用容器」: which of two kinds a thing is, by sentences that say it is one, or name it as an example of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.asking.terms import named_in
from kb.qa.comparing.fragments import hearsay
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import excerpt
from kb.qa.sources import Sources
from kb.qa.telling.definitions import names_of
from kb.qa.telling.drafting import Draft
from kb.qa.wording import introduced, quoted, say
from kb.records import Answer, Question, Sentence

_ASKED = regex(
    r"^(?P<what>[^,，]{1,24}?)(?:究竟|到底|其实|应该)*(?:是|属于|算作?)(?P<one>[^,，]{1,16}?)\s*(?:还是|或者?)\s*(?:是|属于|算作?)?(?P<other>[^,，]{1,16}?)"
    r"(?:[这那]?一?[类种](?:东西)?)?的?[?？呢啊]*$"
)
_IS = r"[^,;。不非没无被]{0,20}?(?:就是|也是|是|属于|算作?|归为)[^,;。不非没无被]{0,8}?"
_AN_EXAMPLE = r"[^;。不非没无]{0,24}?(?:比如|例如|如|像|包括)[^;。不非没无]{0,24}?"
_WHOLE = r"(?=$|[,;。:：(（)）和与、]|的(?:示例|例子|代表|实例|一种))"  # 用轻量虚拟机运行容器的项目 is no 虚拟机


def which_of_two(question: Question, sources: Sources) -> Answer | None:
    """The kind that is said of it, with the sentences; `None` where the question is no such one, or neither kind is said of it."""
    asked = _ASKED.match(plain(question.resolved))
    named = named_in(asked["what"], sources) if asked else ()
    if asked is None or not named:
        return None
    subject = named[-1].concept_id
    options = (asked["one"].strip(), asked["other"].strip())
    found = {option: _saying(subject, option, sources) for option in options}
    told = {option: sentence for option, sentence in found.items() if sentence is not None}
    if not told:
        return None
    draft = Draft(question, sources)
    language = question.language
    sentences = list(dict.fromkeys(told.values()))
    lead = f"{next(iter(told))}{say('stop', language)}" if len(told) == 1 and language == "zh" else introduced(question)
    body = say("semicolon", language).join(f"{quoted(excerpt(one.text, ()), language)}[{draft.cite(one)}]" for one in sentences)
    return draft.done(f"{lead}{body}{say('end', language)}")


def _saying(subject: str, option: str, sources: Sources) -> Sentence | None:
    """The first sentence that says of the subject that it is of the kind."""
    kind = sources.lexicon.named(option)
    names = names_of(kind.id, sources) if kind else (fold(option),)
    index = index_of(sources)
    says = _says(names_of(subject, sources), names)
    ids = dict.fromkeys(index.by_concept.get(subject, ()))
    told = (index.sentences[id_] for id_ in ids if id_ in index.sentences and says.search(index.folded[id_]))
    return next((sentence for sentence in told if not hearsay(sentence.text)), None)


def _says(things: Sequence[str], kinds: Sequence[str]) -> re.Pattern[str]:
    thing, kind = (f"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})" for names in (things, kinds))
    return re.compile(f"{thing}{_IS}{kind}{_WHOLE}|{kind}(?:{_AN_EXAMPLE}|有[^,;。]{{0,24}}?){thing}(?![a-z0-9])")
