"""「“虚拟化”这个词，在 A 那里和在 B 里意思一样吗，各指什么」: whether one word means the same in two places, in the words in which that is asked
plainly: 「虚拟化在 A 和 B 里含义相同吗」.
"""

from __future__ import annotations

from kb.language.regex import regex
from kb.language.vocabulary import plain

_ASKED = regex(
    r"(?:意思|含义|意义|说法|定义|概念|指的|一回事).*(?:一样|相同|一致|同一|不同|区别|一回事)|(?:一样|相同|一致|同一个?|一回事).*(?:意思|含义)"
    r"|(?:[说讲谓]|提到)的.*(?:一回事|一样|相同)|(?:词|术语|名词|字眼|叫法).*一回事"
)
_WORD = regex(
    r"[\"“”「『'‘]?(?P<word>[^\"“”」』'’,，]{1,16}?)[\"“”」』'’]?\s*(?:这一?个?|该|一)(?:词儿?|术语|概念|说法|叫法|名词|名称|字眼)[,，]?\s*"
)
_PLACE = regex(r"(?:那里|那儿|那边|这里|这边|里面?|当中|中|语境[下中]?)?(?P<joint>[和与跟同])\s*在")
_SAID_THERE = regex(r"(?:那里|里面?|当中|中|上)?所?(?:说|讲|谓|提到?)的(?!是)")
_SAME = regex(r"(?:的)?(?:意思|含义|意义)(?:都|也|还)?(?:是|算)?(?:不是)?(?:一样|相同|一致|同一个|一回事)(?:的)?(?=[吗么嘛不?？,，]|$)")
_EACH = regex(r"[,，]\s*(?:它们|两者|[这那]?两处)?(?:各自?|分别)(?:又|都)?(?:是指|指的?是?|是|表示)(?:什么(?:意思)?|啥)[?？]?$")
_ONE_THING = regex(r"(?:所?[说讲指]的)?(?:是|算)(?:不是)?(?:同)?一(?:个意思|回事)(?=[吗么嘛不?？,，]|$)")
_HOW = regex(r"(?:的)?(?:意思|含义|意义)(?:上|方面)?(?:有何|有什么|有哪些|的|上的)?(?:区别|不同|差别|差异)(?:是什么|在哪里?)?(?=[?？]|$)")


def meaning_asked(text: str) -> str:
    """The question in plain words; any other text as it is."""
    asked = plain(text.strip())
    if not _ASKED.search(asked):
        return text
    left = _WORD.sub(lambda match: match["word"], asked)
    left = _PLACE.sub(lambda match: match["joint"], left)
    left = _SAID_THERE.sub("的", left)
    if left != asked:
        left = _HOW.sub("各指什么", _ONE_THING.sub("含义相同", left))
    if _SAME.search(left):
        left = _SAME.sub("含义相同", _EACH.sub("", left))
    return text if left == asked else f"{left.rstrip('?？')}？"
