"""「X 是主机，没错吧」「一共三个，对不对」「有自己的内核没」: a statement, and a tag that asks whether it is so, as one plain yes-or-no question."""

from __future__ import annotations

from kb.language.regex import regex
from kb.language.script import simplified

_TAG = regex(
    r"[,，、\s]*(?:这(?:样|么)(?:说|讲|理解)?|我(?:这么)?(?:说|理解)得?)?(?:对不对|对不|对[吗么吧嘛]|是不是(?:这样)?|是不|是[吗么吧嘛]|没错吧|没错|不是吗|有没有错|是这样[吗么吧嘛]?)"
    r"[啊呀呢的]?[?？。!！~\s]*$"
)
# 支持热迁移没, 能当云盘用不: a bare denial that only asks; behind 有, 是 or a modal it belongs to 有没, 是不
_BARE = regex(r"(?<=[\u4e00-\u9fffA-Za-z0-9])(?<![有是能会行好可要对还都也从毫并没不])(?:没|不)[?？。!！~\s]*$")
_ASKS = regex(
    r"什么|啥|哪|谁|几[个种台次]|多少|多[大久长快远]|怎|如何|为何|为什么|[吗么呢吧][?？,，]|是否|还是|[能会有是]不[能会是]|有没有"
)
_SHORTEST = 4  # characters of a statement


def without_tag(text: str) -> str:
    """The statement with 吗 in the place of its tag; any other text as it is."""
    plainly = simplified(text)
    match = _TAG.search(plainly) or _BARE.search(plainly)
    if match is None:
        return text
    statement = plainly[: match.start()].rstrip("了的呢啊 ") if match.re.pattern == _BARE.pattern else plainly[: match.start()]
    if len(statement.strip()) < _SHORTEST or _ASKS.search(statement) or statement.rstrip().endswith(("吗", "吧", "么", "呢")):
        return text
    return f"{statement}吗？"
