"""Where a question says that its answer stands (in the article, 文中提到的): every answer stands there, so it tells nothing of what is asked."""

from __future__ import annotations

import re

from kb.language.regex import regex

_TEXT = r"(?:这篇|那篇|本|该)?(?:文章|原文|文本|正文|资料|文)"
_WITHIN = r"(?:里面?|里头|当中|中|内|上)"
_SAYS = r"(?:提到|提及|说到?|讲到?|写到?|介绍|列出?|列举|给出|举)(?:过|了|的)*"
_NAMED = r"(?:that (?:are|is) |which (?:are|is) )?(?:named|mentioned|given|listed|described|discussed|cited|stated)"
_PAGE = r"(?:the|this|that) (?:article|text|document|page|answer|source)s?"
_PLACE = regex(
    rf"(?:^|[,，])\s*(?:按照?|根据|依据?|据){_TEXT}{_WITHIN}?(?:的说法|的介绍|所[说述讲写])?[,，]?\s*"
    rf"|{_TEXT}{_WITHIN}?(?:所|都)?{_SAYS}的(?=.)"
    rf"|(?:^|(?<=[,，]))\s*{_TEXT}{_WITHIN}(?:(?:所|都)?[说讲写](?:过|了|的)*[,，:：]?|[,，])"
    rf"|,?\s*\b{_NAMED} (?:in|by|within) {_PAGE}"
    rf"|,?\s*\b(?:according to|as (?:named|mentioned|given|described|stated) (?:in|by)) {_PAGE},?\s*"
    rf"|,?\s*\bin {_PAGE},?(?=\s*[?？.]*$)",
    re.I,
)
_LEFT = 4  # characters that must be left to ask anything


def without_place(text: str) -> str:
    """The question without it; whole where nothing else is asked (文章里讲了什么) or the text itself is asked about."""
    rest = _PLACE.sub("", text)
    return rest if len(rest.strip("?？。.,， ")) >= _LEFT and rest != text and not _ABOUT_IT.search(rest) else text


_ABOUT_IT = regex(r"^(?:主要|都|一共|大概)*(?:讲|说|写|介绍|提)?了?(?:什么|啥|哪些)|文章|\b(?:article|text|document)s?\b", re.I)
