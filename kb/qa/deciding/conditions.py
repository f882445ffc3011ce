"""Under what condition a clause says what it says (启用 X 后, 只有…时, 除非…, 使用大页的虚拟机), and whether the question shares it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.qa.deciding.propositions import Proposition

_SWITCHED = (
    r"(?:启用|开启|打开|关闭|禁用|停用|加载|配置|设置|指定|使用|采用|安装|装好|绑定|预留|预分配|授权|获得|具备|没有|缺少|不(?:使用|启用))"
)
_WHEN = regex(
    rf"(?:^|所以|因此|但是?|而|则|,)(?:在|当)?(?P<switched>{_SWITCHED}[^,，]{{1,24}}?)(?:之后|以后|(?<![最先前落往背])后(?![台端])|(?<![同实及按延])时(?![间候钟刻区延]))"
    r"|(?:在|^)(?P<case>[^,，]{2,24}?)的?(?:情况|情形|条件|前提|场合)下"
    r"|(?:如果|假如|要是|若是?|一旦|只要)(?P<if>[^,，]{2,32})"
    r"|只有(?P<only>[^,，]{2,32}?)(?:时|才|$)"
    r"|(?:除非|前提是|条件是)(?P<unless>[^,，]{2,32})"
    r"|在(?P<past>[^,，]{2,24}?)(?:出现|发明|诞生|问世|普及|发布|推出)(?:之前|以前|前)"
)
_BEHIND = regex(r"^(?:除非|前提是|条件是|但?前提)")
_NO_CASE = regex(r"^(?:默认|一般|通常|这种|此种|那种|这样|多数|大多数|任何|许多|正常|传统|有些|某些|这些?|各种|不同|相同|同样)|默认")
_EMPTY = frozenset("的了在是有和与就也都还会能可以不没要用让被把将里上中下个这那一种台到从对于为所使时后前者或及其")
_SHARED = 0.5  # of the characters of a condition, what the question must have to share it
_LATIN = regex(r"[a-z0-9][a-z0-9.]*")


@dataclass(frozen=True, slots=True)
class Proviso:
    """`kind`: what holds only where the words hold (conditional), everywhere but there (exception), or held once."""

    words: str
    kind: Literal["conditional", "exception", "past"] = "conditional"


def proviso(asked: Proposition, clause: str, clauses: Sequence[str]) -> Proviso | None:
    """A condition of the clause that the question does not have: in it, in the clause before, or behind it after 除非; clauses folded."""
    place = clauses.index(clause) if clause in clauses else -1
    around = [clause]
    if place > 0 and _opens(clauses[place - 1]):
        around.append(clauses[place - 1])
    if 0 <= place < len(clauses) - 1 and _BEHIND.search(clauses[place + 1]):
        around.append(clauses[place + 1])
    for text in around:
        for match in _WHEN.finditer(text):
            condition = next(part for part in match.groups() if part)
            if not _NO_CASE.search(condition) and not _shared(condition, asked):
                return Proviso(condition, "past" if match["past"] else "exception" if match.group().startswith("除非") else "conditional")
    some = next((which for text in clauses[max(0, place - 1) : place + 1] if (which := _of_some(asked, text))), None)
    return Proviso(some) if some else None


def _opens(clause: str) -> bool:
    """Whether a whole clause is a condition of the next one."""
    return bool(re.search(r"(?:时|后|下|前|的话)$|^(?:如果|假如|要是|若|一旦|只要|只有|当)", clause))


def _of_some(asked: Proposition, clause: str) -> str | None:
    """使用大页的虚拟机: said of those only that are told apart, where any was asked about."""
    for name in asked.names:
        match = re.search(rf"^(?P<which>{_SWITCHED}[^,，。;；]{{1,30}})的{re.escape(name)}", clause)
        if match and not _shared(match["which"], asked):
            return match["which"]
    return None


def _shared(condition: str, asked: Proposition) -> bool:
    text = fold(asked.text)
    own = {c for c in condition if is_han(c) and c not in _EMPTY} | set(_LATIN.findall(condition))
    names = [name for words in (*asked.words, *asked.condition_names) for name in words]
    known = {part for part in own if part in text or any(part in name and name in condition for name in names)}
    return len(known) >= _SHARED * len(own)
