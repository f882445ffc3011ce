"""Where a new answer begins in a page that was glued from several: openings, restarted numbering, and a definition of something new."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.regex import regex

_OPENINGS = regex(r"^(?:我们单位|最近刚?好|很高兴|在IT行业|个人(?:理解|觉得)|我(?:来|的理解|觉得)|题主|谢邀|这个问题|泻药)")
_QUESTION_TITLE = regex(r"^[^。！!,，]{6,30}(?:有什么(?:区别|不同)|是什么|区别(?:是什么)?|怎么理解)呢?[?？]")
_DEFINITION = regex(
    r"^((?![但而这那它其所因此还也])(?:[A-Za-z]{2,20}|(?:(?!的)[\u3400-\u9fff]){2,8}?))(?:,|，)?(?:通俗的讲|通俗地讲|简单来说|说白了|简单地说|顾名思义)?(?:就)?是(?:指|一种|一个|一台|一款|一类|一套)"
)
_VERSUS = regex(
    r"^(?:对比[A-Za-z\u3400-\u9fff]{2,10}(?:与|和)[A-Za-z\u3400-\u9fff]{2,12}|[A-Za-z\u3400-\u9fff]{2,10}(?:与|和)[A-Za-z\u3400-\u9fff]{2,12}(?:介绍|对比))$"
)
_FEW = 60  # characters; an opening inside the first lines of an answer opens nothing new


def starts_new_answer(text: str, before: Sequence[str], *, line_start: bool) -> bool:
    """Whether an answer begins with `text` (the rest of a line), `before` being what the current answer has so far."""
    opens = (_OPENINGS if line_start else _QUESTION_TITLE).match(text) or _VERSUS.match(text.split("\n", 1)[0].strip())
    definition = None if opens or line_start else _DEFINITION.match(text)
    if not opens and definition is None:
        return False
    said = "\n".join(before)
    return len(said) >= _FEW and (bool(opens) or _is_new_subject(definition, said))


def _is_new_subject(definition: re.Match[str] | None, said: str) -> bool:
    """The thing defined was no sentence's first word so far, and was named at most twice."""
    if definition is None:
        return False
    name = re.escape(definition[1])
    opened = re.search(rf"(?:^|[。！!?？\n;；，,])\s*(?:而|所以|但是?|其实)?{name}", said, re.I)
    return opened is None and len(re.findall(name, said, re.I)) <= 2
