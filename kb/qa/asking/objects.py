"""「虚拟机用来隔离谁」「容器打包的是什么」: what is asked for is what something is done to, and a sentence that answers names it behind the verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.regex import regex
from kb.language.vocabulary import in_chinese, plain, synonyms
from kb.qa.asking.terms import has_han
from kb.qa.sources import Sources
from kb.records import Question

_ASKED = regex(
    r"(?:的(?:又|都|主要)?是|了|着|过|出|到)?(?:些|个)?(?:什么(?!时候|地方|样|意思)|谁|哪些?)(?:东西|内容|对象|系统|平台|环境)?(?:之上|之中|上面?|里面?|中|下面)?[?？呢啊]*$"
)
_DONE = "隔离|管理|替代|取代|代替|依赖|包含|共享|模拟|虚拟化?|打包|封装|连接|承载|控制|限制|服务|调用|使用|面向|保护|监控|属于"
_ASKS_WHOM = regex(rf"(?:{_DONE})(?:的是|了|着|于)?谁[?？呢啊]*$")
# what in the world does a VM run on
_ENGLISH = regex(
    r"\bwhat (?:does|do|can|is|are) (?!(?:each|it|they|you|i|we)\b)[^?]{2,60}? (?:\w+ly )?"
    r"(?P<verb>run|live|sit|depend|rely|share|contain|consist|provide|communicate|need|require|isolate|package|manage|simulate|emulate|virtualize|replace|support|installed|built|based|deployed)"
    r"(?: (?P<on>on|of|with|upon|inside|in)(?: top of)?)?(?: the \w+| each other)?\s*\?*$"
)
_PLACED = frozenset("run live sit installed built based deployed".split())
_ON = {"on": ("运行在", "安装在"), "upon": ("运行在", "安装在"), "in": ("运行在",), "inside": ("运行在",)}
_BEHIND = r"(?:了|着|过|出来?|成|到|于|在)?(?![的,，。;；、:：!！?？]|$)"


def asks_whom(text: str) -> bool:
    """Whether 谁 is what something is done to and no doer: 虚拟机隔离谁."""
    return _ASKS_WHOM.search(text) is not None


def asks_done_to(text: str) -> bool:
    """「What does a VM run on?」 asks for what it runs on, not what it is or does."""
    return _ENGLISH.search(text) is not None


def with_object(question: Question, sources: Sources) -> re.Pattern[str] | None:
    """Finds the verb of the question, or a word that may stand for it, with something behind it; `None` where no such thing is asked for."""
    verbs = _verbs(question, sources)
    return re.compile(f"(?:{'|'.join(map(re.escape, verbs))}){_BEHIND}") if verbs else None


def _verbs(question: Question, sources: Sources) -> tuple[str, ...]:
    rows = [row.verbs for row in sources.domain.relations.values()]
    if question.language == "en" and not has_han(question.text):
        asked = _ENGLISH.search(question.text.lower())
        said = _ON[asked["on"]] if asked and asked["on"] in _ON and asked["verb"] in _PLACED else in_chinese(asked["verb"]) if asked else ()
        return tuple(dict.fromkeys(one for verb in said for one in (verb, *_of_the_same_row(verb, rows))))
    text = plain(question.text)
    known = {verb for row in rows for verb in row if len(verb) > 1}
    verb = max((verb for verb in known if verb in text and _asked_behind(verb, text)), key=len, default=None)
    if verb is None:
        return ()
    return (verb, *synonyms(verb), *(_of_the_same_row(verb, rows) if verb in _ON["on"] else ()))


def _asked_behind(verb: str, text: str) -> bool:
    """Whether what stands behind the verb asks for its object."""
    return any(_ASKED.match(text, found.end()) for found in re.finditer(re.escape(verb), text))


def _of_the_same_row(verb: str, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return next((tuple(row) for row in rows if verb in row), ())
