"""What a clause compares with: named in it (比B, 相比于B, 与B相比, 高于B), or what a superlative is one of."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.clauses import SLOT, Clause, is_slot
from ingest.comparisons.predicates import words
from kb.language.regex import regex

_REFERENCE = regex(
    rf"(?:相比于|相较于|相对于|相比较于|相比之下|相比|相对|对比|比起|比较|比|较|跟|与|和|同)(?:传统的?|普通的?|一般的?|真正的|前面的|[\u3400-\u9fff]{{2,8}}的|启动|创建|运行|经过|通过|使用|采用|基于)?(?P<ref>{SLOT})(?:的(?:方式|方案|做法|办法))?(?P<tail>相比较?|相比之下|比较|来说|来比)?"
)
_WITH_TAIL = ("跟", "与", "和", "同", "对比")
THAN = regex(rf"(?P<word>[高低多少大小快慢优强弱好差长短胜劣])于(?P<ref>{SLOT})")
WORSE = regex(
    rf"(?:远|大大|明显|稍|略|仍|还)?(?:不如|没有|不及|逊于|逊色于|比不上|比不过|赶不上|不敌|落后于|输给)(?:传统的?|普通的?)?(?P<ref>{SLOT})(?:那么|那样|这么)?(?P<rest>[^,，]{{0,8}})"
)
MORE = regex(r"更加|更为|更|还要|较为|比较|相对|较|明显|远")
_IS_ONE = regex(r"是一[台种个款类](?!\ue000-\uf8ff)")
_PLACE = regex(r"(?:在|从|对)[^,，在从]{0,12}?(?:上|方面|中|里|来说|而言)")
_OWNED = regex(rf"(?P<owner>{SLOT})[^\ue000-\uf8ff,，]{{0,6}}的[^\ue000-\uf8ff,，]{{0,6}}{SLOT}[^\ue000-\uf8ff,，]{{0,4}}$")
_HEAD_OF_REFERENCE = regex(rf"[^\ue000-\uf8ff,，]{{1,6}}的(?P<head>{SLOT})")


def reference_of(clause: Clause, properties: frozenset[str]) -> tuple[str | None, int]:
    """What the clause compares with, and where (index into its slots)."""
    if not clause.matches:
        return None, 0
    for match in THAN.finditer(clause.slots):
        return clause.concept(match["ref"]), match.start()
    for match in WORSE.finditer(clause.slots):
        if match["rest"] and any(word in match["rest"] for word in words()):
            return clause.concept(match["ref"]), match.start()
    for match in _REFERENCE.finditer(clause.slots):
        word = match.group()
        head = _HEAD_OF_REFERENCE.match(clause.slots, match.end("ref"))
        if word.startswith(("相", "比起")) and head and clause.concept(head["head"]) not in properties:
            return clause.concept(head["head"]), match.start()
        if word.startswith(_WITH_TAIL) and not match["tail"]:
            continue
        if clause.concept(match["ref"]) not in properties and not clause.slots[match.end("ref") :].startswith("的" + "一"):
            return clause.concept(match["ref"]), match.start()
    return None, 0


def named_before(clause: Clause, cut: int, properties: frozenset[str]) -> tuple[str, ...]:
    """The concept right before 比, but not one inside 在…上; of 虚拟机占用的内存 the owner."""
    stretch = _PLACE.sub(lambda match: "·" * len(match.group()), clause.slots[:cut])
    owner = _OWNED.search(stretch)
    if owner:
        return clause.concepts(owner["owner"])
    near = [clause.concept(character) for character in stretch[-12:] if is_slot(character)]
    return tuple(id_ for id_ in near if id_ not in properties)[-1:]


def superlative_of(clauses: Sequence[Clause]) -> str | None:
    """服务器是一台性能更高、计算能力更强的电脑: what it is one of is what it is compared with."""
    if not any([_IS_ONE.search(clause.slots) and MORE.search(clause.slots) for clause in clauses if "是" in clause.characters]):
        return None
    last = clauses[-1].slots.rstrip()
    return clauses[-1].concept(last[-1]) if last and is_slot(last[-1]) and "的" in last else None


def partner_of(subjects: tuple[str, ...], named: str, against: dict[str, str]) -> tuple[str, ...]:
    return (against[named],) if named in subjects and named in against else tuple(id_ for id_ in subjects if id_ != named)
