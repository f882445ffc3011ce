"""「帮我写一首关于容器的诗」「把 container 翻译成法语」「写个部署脚本」「Write a poem about containers」 Work to be done, not a question: articles do none of it."""

from __future__ import annotations

import re

from kb.language.regex import regex
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.wording import because
from kb.records import Answer, Question

_WORKS = (
    r"诗歌?|歌词?|故事|笑话|小说|段子|散文|文章|作文|论文|报告|总结|文案|标语|口号|对联|简历|邮件|剧本|脚本|代码|程序|函数|插件"
    r"|图片?|图标|海报|PPT|幻灯片|配置文件|Dockerfile|YAML|教案|题目?|试卷"
)
_PLEASE = r"(?:请|麻烦|劳驾|帮我?忙?|给我|替我|为我|你?(?:能不能|可以|能|会)|可否|能否|你|来|再)"
_MAKES = r"(?:写|编|创作|作|画|生成|设计|讲|起草|拟|做|实现)"
CUES = regex(
    rf"^{_PLEASE}*{_MAKES}(?:出|下)?(?:一|两|几)?[个首篇段份张句则幅封套道]?(?!法|入|到|给谁)[^,，?？]{{0,24}}?(?:{_WORKS})(?:吗|吧|呗|么|好吗)?[?？。!！]?$"
    rf"|^{_PLEASE}*(?:把|将)?[^?？]{{1,60}}翻译(?:成|为)|^{_PLEASE}*翻译(?:一下)?"
    r"|^(?:please |can you |could you )*(?:write|compose|draw|generate|draft|tell)(?: me| us)? (?:an? |some |the )?(?:\w+ ){0,3}"
    r"(?:poems?|songs?|story|stories|jokes?|essays?|novels?|scripts?|code|programs?|functions?|emails?|pictures?|haikus?|limericks?)\b"
    r"|^(?:please |can you |could you )*translate\b",
    re.IGNORECASE,
)


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.98 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    return Draft(question, sources).refused((), because("task"))
