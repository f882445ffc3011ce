"""What gives a reason: which part of a sentence is the cause and which the effect, and whether what is asked stands in the effect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.terms import Term

# in the middle, what stands before is the effect and what stands behind the cause; behind _SO it is the other way round
_SINCE = regex(
    r"(?:这|其)?(?:主要|根本|真正)?(?:的)?(?:原因|理由)(?:之一)?[,，]?(?:主要)?(?:就?是|在于|有)|(?:正|就|都|主要)?是?(?:因为|由于)|就?是?出于|得益于|归功于|取决于|为了|以便|以免"
)
_SO = regex(r"(?<![之难何])(?:所以|因此|因而|从而|于是|导致|造成|以致|致使|使得|由此|引起)|[,，](?:使(?!用)|让)(?=[^,，]{2,})")
_LEADS_ON = regex(r"^(?:所以说?|因此|因而|于是|由此|这(?:就|也)?(?:使|导致|意味)|这样一来)[,，]?")
_GIVES = regex(r"原因|理由|需要|必须|要求|依赖|避免|防止|减少|提高|节省|方便|便于|可以|只有|才能?|否则|不然|没有|不必|无需|不能|无法|难以")
_FILLING = regex(r"[的了是在与和及也都就又被把将对于而其这那该一种个款项类台有以为之等,，。;；:：()（）「」\s]|通常|一般|属于|可以|开发|最")
_LITTLE = 5  # characters beyond what the question says itself


@dataclass(frozen=True, slots=True)
class Reason:
    """`effect` and `cause` are folded; either may be empty."""

    effect: str
    cause: str


def reason_in(text: str) -> Reason | None:
    """The two sides of a sentence that gives a reason; `None` where it says none."""
    since = next((match for match in _SINCE.finditer(text)), None)
    so = next((match for match in _SO.finditer(text) if match.start() > 0), None)
    if since is not None and not text[: since.start()].strip(" ,，而但"):
        rest = text[since.end() :]
        turn = _SO.search(rest) or re.search(r"[,，]", rest)
        return Reason(fold(rest[turn.end() :]), fold(rest[: turn.start()])) if turn else Reason("", fold(rest))
    if since is not None and (so is None or since.start() < so.start()):
        return Reason(fold(text[: since.start()]), fold(text[since.end() :]))
    if so is not None:
        return Reason(fold(text[so.end() :]), fold(text[: so.start()]))
    return None


def leads_on(text: str) -> bool:
    """Whether a sentence is what follows from the one before (所以…, 因此…)."""
    return _LEADS_ON.match(text) is not None


def hints(text: str) -> bool:
    """Whether a sentence may give a reason without saying that it is one: a need, an ability, what would be otherwise."""
    return _GIVES.search(text) is not None


def share_in_effect(reason: Reason, terms: Sequence[Term]) -> float:
    """Of what the sentence names of the question, by weight, the share that its effect names; 1 where it names nothing on either side.

    The first thing asked about is what the whole sentence is about, and stands on either side (gVisor 让系统调用…，所以系统调用更慢).
    """
    about = next((term for term in terms if term.concepts), None)
    terms = [term for term in terms if term is not about] or terms
    effect = sum(term.weight for term in terms if _says(term, reason.effect))
    either = sum(term.weight for term in terms if _says(term, reason.effect) or _says(term, reason.cause))
    return effect / either if either else 1.0


def circular(text: str, terms: Sequence[Term]) -> bool:
    """Whether a sentence that gives no reason says nothing beyond what the question says (Hyper-V 是一种 Type 1 hypervisor)."""
    if reason_in(text) is not None or hints(text):
        return False
    rest = fold(text)
    for name in sorted({name for term in terms for name in (*term.names, *term.words)}, key=len, reverse=True):
        rest = rest.replace(name, " ")
    return len(_FILLING.sub("", rest)) <= _LITTLE


def _says(term: Term, text: str) -> bool:
    return any(name in text for name in (*term.names, *term.words))
