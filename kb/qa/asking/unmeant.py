"""Which of several senses of a word a question says that it does not mean: 容器(不是机箱那个), 主机，我说的不是机箱那种，…"""

from __future__ import annotations

from kb.language.regex import regex

_THAT = r"(?:的?那[一]?[种个类]|意义上的|里的|里面的|什么的|的)"
_NOT = r"(?:可|而|并|我?(?:说|指|问)的)?(?:不是|并非|非)(?:指|说)?"
_EXCLUDED = regex(
    rf"[(（]\s*{_NOT}(?P<bracketed>[^()（）]{{1,24}}?){_THAT}?\s*[)）]"
    rf"|[,，]\s*{_NOT}(?P<behind>[^()（）,，]{{1,24}}?){_THAT}?\s*(?=[)）])"
    rf"|[,，]\s*{_NOT}(?P<between>[^,，?？]{{1,14}}?){_THAT}\s*[,，]"
)


def without_excluded(text: str) -> str:
    return _EXCLUDED.sub(lambda match: "，" if match["between"] else "", text)


def excluded(text: str) -> tuple[str, ...]:
    """What the question says that it does not mean (机箱)."""
    return tuple(match["bracketed"] or match["behind"] or match["between"] for match in _EXCLUDED.finditer(text))
