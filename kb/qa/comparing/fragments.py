"""Whether a clause taken out of its sentence still says by itself what the sentence says."""

from __future__ import annotations

from kb.language.normalize import fold
from kb.language.regex import regex

_LEANS_ON_BEFORE = regex(
    r"^(?:并|就|才|也|还|都|则|再|又|却|和|或|但|从而|以及|以便|因而|然后|否则|使得?|让|尤其|特别|包括|例如|这[个些种样]|该|此|[两二]者|它|前者|后者)"
)
# 采用类似的结构, 不支持这些功能: says it of what another clause named
_REFERS = regex(r"^[^,，]*(?:(?:类似|同样)的|这(?:些|种|类|样|一)|上述|[该此]类)")
_STEP = regex(r"^[^,，]{1,20}?(?<![一不])(?:再(?!次)|随后|接着|于是|转而)")  # containerd 再调用 runc: a step behind another
_OF_ALL = regex(r"^[^,，]{1,20}(?:[和与跟及、]|以及)[^,，]{1,20}?(?:都|均|同样|(?:相近|相似|相同|不同|一样)$)")
_UNFINISHED = regex(r"(?:时|时候|之后|以后|之前|以前|的话|情况下|条件下|[和与或的])$")
_CONDITION = regex(r"如果|只有|只要|一旦|当|若|除非|无论|不管|即使|虽然|尽管|不仅|不但|要么|因为|由于")
_UNDER_CONDITION = regex(r"(?:没有|缺少)[^,，;；。]*(?:时|里|中|上|的话|的情况下)[,，]$|(?:如果|若|当)[^,，;；。]*[,，]$")
_CONSEQUENCE = regex(r"^[^,，]{0,12}(?:就|才|也|则|便)")
_ANNOUNCES = regex(r"[,，](?:主要|其|具体)?[^,，]{0,6}(?:有(?:以下)?[一二两三四五六七八九十几\d]+[个点条种项]|如下|包括以下)[^,，]{0,4}$")
_HEARSAY = regex(
    r"常见(?:的)?说法|网上|传统观点|观点认为|有人|据说|[一双各]方(?:则|都)?认为|的说法|争议|不准确|没有参考价值|过于笼统|只符合"
)


_ONLY_SAYS_THAT = regex(
    r"(?:有(?:着|很大|明显|本质)?(?:的)?(?:区别|差别|差异|不同)|(?:却|则|又|都|也|很|并|完全|有所|各)不(?:相)?同|不同|不一样|(?:差别|差异|区别)(?:很|较|更)?(?:大|明显)"
    r"|各有(?:优劣|长短|侧重|所长|利弊|优缺点)|两回事)$"
)

_POINTS_BACK = regex(r"^(?:因此|所以|因而|而且|并且|而|但)?(?:其(?![他它余中实])|它|该|此|前者|后者|[两二]者)")


def points_back(clause: str) -> bool:
    """Whether a clause begins with a word for what another before it names (因此其资源占用…)."""
    return _POINTS_BACK.match(clause.strip()) is not None


def only_announces(text: str) -> bool:
    """Whether a sentence ends in that things differ (…，但出发点不同。) and leaves to the next ones in what."""
    return _ONLY_SAYS_THAT.search(text.strip(" 。.!！:：")) is not None


def stands_alone(clause: str, sentence: str) -> bool:
    """`clause` is a stretch of `sentence`; one that goes on from a condition before it, or breaks off in the middle, does not."""
    if any(leaning.search(clause) for leaning in (_LEANS_ON_BEFORE, _REFERS, _STEP, _UNFINISHED)):
        return False
    before = fold(sentence).partition(fold(clause))[0]
    return not (_CONDITION.search(before) and _CONSEQUENCE.search(clause)) and not _UNDER_CONDITION.search(before)


def of_all(text: str) -> bool:
    """Whether a statement is made of several things at once (KVM 与 Xen 都是…, SFTP 与 FTP 名称相近): it tells none of them from another."""
    return _OF_ALL.search(text) is not None


def without_announcement(text: str) -> str:
    """Without the end that announces what is not quoted: 「…，原因有四个」."""
    return _ANNOUNCES.sub("", text)


def hearsay(text: str) -> bool:
    """Whether a sentence passes on what others say, or calls it disputed: no evidence for the thing itself where there is any other."""
    return bool(_HEARSAY.search(text))
