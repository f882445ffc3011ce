"""「虚拟机用来隔离谁」「容器打包的是什么」: what is asked for is what something is done to, and a sentence that answers names it behind the verb."""

from __future__ import annotations

import re

from kb.language.vocabulary import plain, synonyms
from kb.qa.sources import Sources
from kb.records import Question

_ASKED = r"(?:的(?:又|都|主要)?是|了|着|过|出|到)?(?:些|个)?(?:什么(?!时候|地方|样|意思)|谁|哪些?)(?:东西|内容|对象)?[?？呢啊]*$"
_DONE = "隔离|管理|替代|取代|代替|依赖|包含|共享|模拟|虚拟化?|打包|封装|连接|承载|控制|限制|服务|调用|使用|面向|保护|监控|属于"
_ASKS_WHOM = re.compile(rf"(?:{_DONE})(?:的是|了|着|于)?谁[?？呢啊]*$")
_BEHIND = r"(?:了|着|过|出来?|成|到|于|在)?(?![的,，。;；、:：!！?？]|$)"


def asks_whom(text: str) -> bool:
    """Whether 谁 is what something is done to and no doer: 虚拟机隔离谁."""
    return _ASKS_WHOM.search(text) is not None


def with_object(question: Question, sources: Sources) -> re.Pattern[str] | None:
    """Finds the verb of the question, or a word that may stand for it, with something behind it; `None` where no such thing is asked for."""
    asked = plain(question.text)
    verbs = {verb for row in sources.domain.relations.values() for verb in row.verbs if len(verb) > 1}
    verb = max((verb for verb in verbs if re.search(re.escape(verb) + _ASKED, asked)), key=len, default=None)
    if verb is None:
        return None
    return re.compile(f"(?:{'|'.join(map(re.escape, (verb, *synonyms(verb))))}){_BEHIND}")
