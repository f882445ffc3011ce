"""A predicate with a direction (更快, 更省内存) said of a subject against what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.clauses import SLOT, Clause, is_reported, is_slot
from ingest.comparisons.aspects import joined_aspects, named_aspects
from ingest.comparisons.predicates import Predicate, predicate_pattern, words
from ingest.comparisons.references import MORE, THAN, WORSE
from ingest.concepts import Reading
from kb.domain import Domain
from kb.language.cues import hedge_in, negated
from kb.language.regex import regex
from kb.records import Comparison, Direction

_SAVING = frozenset("节省 节约 省 更省".split())
_NO_PREDICATE = regex(r"量|型|家|数|部分|多数|概|小公司|规模|样|的?(?:优势|差距|差别|区别|程度|影响|提升|意义|问题)")
_TAKES = regex(
    r"[多少](?:的|(?:占用?|消耗|用|花费?|需要)(?:了|掉)?[^,，]{0,6}?)(?:系统|硬件)?(?P<what>资源|内存|空间|磁盘)"
)  # 占用更少的内存
# 虚拟机退出的代价更大: a noun that is no aspect is what is compared
_OTHER_NOUN = regex(r"的(?!.*的)(?![^,，]*速度)[\u3400-\u9fff]{2,6}?(?:一般|通常|往往|可能|也|都|会|要)*(?:比|更|较|远|明显)")
# words that hold the sign of a comparison without comparing
_IN_WORD = regex(
    r"大[小概多量型约]|大规模|大部分|[多少]数|多[个种台次租样方]|高[度频级]|高性能|长期|快[照递]|强[制调化]|重[新要启试定建复]|轻松|[好]处|差[别距异]|调优|优[化点先势秀]|[最占]优|缩小|[很许最至不]多|[不至最]少"
)
_OF_UNDERSTANDING = regex(r"(?:也|就)是?(?:比较|很)?(?P<word>容易)(?:理解|想到|看出|想象)的$")  # 利用率低也是容易理解的
_ONLY_WITH_MORE = frozenset("隔离 完全 彻底 严格".split())
_MAY = regex(r"可能|也许|未必|不一定|有时|往往不")
_RESTRICTED = regex(rf"(?:^|[比较，,])[^\ue000-\uf8ff,，的]{{4,}}的{SLOT}")
_VAGUE = frozenset("高 低 多 少 大 小 快 慢 强 弱 好 差".split())
_AMOUNT = regex(r"(?:得多|很多|许多|数量级|几倍|数倍|[\d一二三四五六七八九十几数]+倍|一点|一些|略|稍|明显|显著|大大|远)")


def stated(
    reading: Reading,
    clause: Clause,
    subjects: tuple[str, ...],
    reference: str | None,
    named: bool,
    against: dict[str, str],
    domain: Domain,
    spoken_of: Sequence[str],
) -> Iterator[Comparison]:
    """`spoken_of`: aspects that the text before named, for a predicate that names none."""
    start = 0
    than = THAN.search(clause.slots)
    text = reading.text[clause.start : clause.end]
    masked = [match.span() for match in _IN_WORD.finditer(clause.slots)]
    understood = _OF_UNDERSTANDING.search(clause.slots.rstrip("。 "))
    for match in predicate_pattern().finditer(clause.slots):
        if understood is not None and match.start() == understood.start("word"):
            continue
        if len(match.group()) == 1 and any(begin <= match.start() < end for begin, end in masked):
            continue
        predicate = words()[match.group()]
        before = clause.slots[start : match.start()]
        strong = match.group() in _SAVING or MORE.search(clause.slots[max(start, match.start() - 8) : match.start()]) is not None
        is_than = than is not None and than.start() == match.start()
        if not (strong or named or is_than or reference is not None) or (match.group() in _ONLY_WITH_MORE and not strong):
            continue
        other = reference or next((against[id_] for id_ in subjects if id_ in against), None)
        if other is None or _NO_PREDICATE.match(clause.slots, match.end()):
            continue
        aspects = _aspects(clause, start, match.start(), predicate, domain, spoken_of)
        start = match.end()
        worse = WORSE.search(clause.slots) is not None
        denied = negated("".join(c for c in before[-4:] if not is_slot(c)))
        if denied and not worse:
            continue
        for aspect, flipped in aspects:
            sign = predicate.sign * (-1 if flipped else 1) * (-1 if worse else 1)
            direction: Direction = "a_more" if sign > 0 else "b_more"
            amount = _AMOUNT.search(text)
            for subject in subjects:
                yield Comparison(
                    reading.piece.sentence.id,
                    reading.piece.mapped.original(clause.start, clause.end),
                    subject,
                    other,
                    aspect,
                    direction,
                    amount=amount.group() if amount else None,
                    hedge=hedge_in(text),
                    found_by="named" if named else ("carried" if reference else "partner"),
                    confidence=(0.8 if named else (0.65 if reference else 0.5))
                    * (0.4 if is_reported(text) else 1.0)
                    * (0.4 if _is_of_some(clause.slots) else 1.0),
                )


def _is_of_some(slots: str) -> bool:
    """配置严格的容器可能比长期不更新的虚拟机更安全: what may hold of some of them says nothing of all."""
    return bool(_MAY.search(slots)) and bool(_RESTRICTED.search(slots))


def _aspects(
    clause: Clause, start: int, end: int, predicate: Predicate, domain: Domain, spoken_of: Sequence[str]
) -> list[tuple[str, bool]]:
    """Aspect ids named around the predicate (all that 和/、 join) and whether each is named in reverse; else what the word implies."""
    if predicate.implied:
        return [(predicate.implied, False)]
    ahead = named_aspects(clause.text(start, end), domain)
    if ahead and predicate.word not in _SAVING:
        return joined_aspects(ahead, clause.text(start, end), last=True)
    behind_text = clause.text(end, min(len(clause.slots), end + 24))
    if clause.slots[end + len(predicate.word) :][:1] == "、":
        behind_text = ""  # 更快、价格更贵: what is told next
    takes = _TAKES.match(behind_text)
    if takes and re.search("占用?|消耗|使用|需要|用|花", clause.slots[start:end] + takes.group()):
        behind_text = "占用" + takes["what"]
    behind = named_aspects(behind_text, domain)
    if behind:
        return joined_aspects(behind, behind_text, last=False)
    if _OTHER_NOUN.search(clause.slots[start:end]):
        return []
    if spoken_of and predicate.word in _VAGUE:
        return [(spoken_of[0], False)]
    return [(predicate.default, False)] if predicate.default else []
