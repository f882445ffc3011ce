"""Which way a question and a sentence put the same matter: what each denies, which words of the one oppose words of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.cues import harmless
from kb.language.regex import regex
from kb.language.vocabulary import opposing_words, written_opposites
from kb.qa.asking.terms import Term
from kb.qa.deciding.pairing import Pair
from kb.qa.finding.characters import share

_NO_DENIAL = regex(
    r"([\u4e00-\u9fff]{1,2})[不没]\1|还是[不没][\u4e00-\u9fff]{1,3}|有没有|难道(?:说)?不?|不是.{0,24}(?:吗|么)|没错|不错|差不多|不就是|岂不|不止|并不仅|少不了|免不了|无状态|无线|[不没][?？吗么]*$"
)
_ASKED_DENIAL = regex(
    r"用不着|谈不上|算不上|[不没](?!超)|无(?![论状线服])|未(?!来)|别(?![的人处称名家墅])|并非|绝非|难以|很难|免(?=[去得])|缺少?|拒绝"
    r"|\bnot\b|n't\b|\bnever\b|\bno\b|\bwithout\b|\blacks?\b|\bnor\b",
    re.I,
)
_TWICE = regex(r"离不[开了]|少不了|非.{1,10}不可|不得不")  # denies twice, and so asserts
_SAID_DENIAL = regex(
    r"不|没(?!错)|无(?!论|状态|线|根|服务器)|未(?!来)|并非|难以|很难|很少|极少|罕见|尚未|拒绝|禁止|防止|避免|忽略|阻止|停止|不再|取消|去掉|移除|消失|缺乏|缺少|几乎是空|除非|失败"
)
_FIRMLY = regex(r"必须|一定|必定|肯定|非得|非要|完全|全部|所有|统统|每|任何|总是|永远|从来|始终|一直|注定|只能|唯一|百分百|彻底|全都|都")
_ONLY = regex(r"只|仅|光靠|单靠|唯一|才(?!能)|就行|就够|不过是|无非")
_LESS_FIRMLY = regex(r"只(?!要)|仅|部分|一些|大多|往往|通常|一般|可能|有时|取决|除非|不一定|其中|例外|才")
_CONTRAST = regex(r"但|却|不过|然而|而(?!且)")
_INSTEAD = regex(r"而不是|而非|不是.{1,16}而是|并不是|并非")
_NEED = regex(r"需|必须|依赖|要求")
_NO_NEED = regex(r"(?:不|无)(?:需|必|用|须)|可选|无须")
_ASKED_CAN, _ASKED_NEED = regex(r"能|可以|支持|允许"), regex(r"需|必须|要(?!么)|得(?!到)|依赖")
_ASKED_MORE = regex(r"更|比(?!如)|较|超过|高于|低于|快于|强于|\bthan\b")
_PASSIVE = regex(r"被|由|受")
_OWN, _ANOTHERS = 0.85, 0.35  # whose a clause is, by `kb.qa.deciding.clauses`
_LITTLE = 0.25  # worth of the thing's own name for a clause to be the one that says what is asked
_MOST_OPPOSED = 3


def asks_denied(core: str, names: Sequence[str] = ()) -> bool:
    """Whether the question asks if something is *not* so: 不用装系统吧. `names`: of things, whose 无 or 不 denies nothing."""
    text = _NO_DENIAL.sub("·", core)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "·")
    return not _TWICE.search(text) and len(_ASKED_DENIAL.findall(text)) % 2 == 1


def opposed_words(asked: str, text: str) -> list[tuple[str, str]]:
    """Words of the question beside words of the text that oppose them; none that stand on both sides."""
    said = [word for word in opposing_words(text) if word not in asked]
    return [(one, other) for one in opposing_words(asked) if one not in text for other in said if written_opposites(one, other)]


class _Denials:
    """Where a text denies, and how much of what is asked stands behind the first denial and before it (shares of what it says at all)."""

    def __init__(self, text: str, pair: Pair) -> None:
        found = list(_SAID_DENIAL.finditer(harmless(text)))
        self.count = len(found)
        said = share(pair.rest, text, pair.index)
        self.behind = self.before = 0.0
        if found and said > 0:
            cut = min(denial.end() for denial in found)
            self.behind, self.before = (share(pair.rest, part, pair.index) / said for part in (text[cut:], text[:cut]))

    @property
    def denies(self) -> bool:
        return self.count % 2 == 1


def of_polarity(pair: Pair, terms: Sequence[Term]) -> dict[str, float]:
    """Traits that speak for no (above 0) or yes, by what is denied, opposed, and how firmly it is asked and said."""
    core = pair.core
    names = {*pair.asked.names, *(name for term in terms if term.salient for name in term.names[:1])}
    denied = asks_denied(core, [name for name in names if _ASKED_DENIAL.search(name)])
    turned = -1.0 if denied else 1.0  # asked whether it is not so, a denial says yes
    clauses = pair.clauses
    said = [share(pair.rest, clause, pair.index) for clause in clauses]
    place = max(range(len(clauses)), key=lambda number: said[number] + _LITTLE * share(pair.own, clauses[number], pair.index))
    clause, text = clauses[place], pair.text
    own, whole = _Denials(clause, pair), _Denials(text, pair)
    before, behind = (clauses[place - 1] if place else "", clauses[place + 1] if place + 1 < len(clauses) else "")
    opposed, opposed_somewhere = opposed_words(core, clause), opposed_words(core, text)
    firm, only = bool(_FIRMLY.search(core)), bool(_ONLY.search(core))
    weak, weak_somewhere = (bool(_LESS_FIRMLY.search(part)) and not _LESS_FIRMLY.search(core) for part in (clause, text))
    mine = max((share(pair.rest, part, pair.index) for part, whose in pair.owned if whose >= _OWN), default=0.0)
    others = max((share(pair.rest, part, pair.index) for part, whose in pair.owned if whose <= _ANOTHERS), default=0.0)
    round_ = _turned_round(core, clause, terms)
    return {
        "denied is asked": float(denied),
        "denied behind": turned * own.behind * own.denies,
        "denied before": turned * own.before * own.denies,
        "nothing denied": -turned * (own.count == 0),
        "denied twice": -turned * (own.count == 2),
        "denied in the sentence": turned * whole.behind,
        "nothing denied in the sentence": -turned * (whole.count == 0),
        "denied in the next clause": turned * (_Denials(behind, pair).count > 0) * (own.count == 0),
        "denied in the clause before": turned * (_Denials(before, pair).count > 0) * (own.count == 0),
        "opposites": turned * min(_MOST_OPPOSED, len(opposed)),
        "opposite": turned * bool(opposed),
        "opposite and denied": turned * (bool(opposed) and own.denies),
        "opposite in the sentence": turned * bool(opposed_somewhere),
        "odd": 1.0 if (denied + own.denies + bool(opposed)) % 2 else -1.0,
        "odd denials": 1.0 if (denied + own.denies) % 2 else -1.0,
        "asked firmly": float(firm),
        "asked firmly, said less": float(firm and not _FIRMLY.search(text)),
        "asked firmly, said weakly": float(firm and bool(_LESS_FIRMLY.search(text))),
        "only is asked": float(only),
        "only is asked, not said": float(only and not _ONLY.search(clause)),
        "weakly said": turned * weak,
        "weakly said in the sentence": turned * weak_somewhere,
        "contrast": turned * bool(_CONTRAST.search(text)),
        "instead": turned * bool(_INSTEAD.search(text)),
        "can is asked": float(bool(_ASKED_CAN.search(core))),
        "need is asked": float(bool(_ASKED_NEED.search(core))),
        "have is asked": float("有" in core),
        "more is asked": float(bool(_ASKED_MORE.search(core))),
        "copula": float(pair.asked.copula),
        "needs": turned * bool(_NEED.search(clause)),
        "needs not": turned * bool(_NO_NEED.search(clause)),
        "turned round": round_,
        "turned round, one passive": round_ * (bool(_PASSIVE.search(core)) != bool(_PASSIVE.search(clause))),
        "said in the clause": said[place],
        "said in the sentence": share(pair.rest, text, pair.index),
        "said of it": mine,
        "said of another": max(0.0, others - mine),
        "English": float(pair.asked.question.language == "en"),
    }


def _turned_round(asked: str, clause: str, terms: Sequence[Term]) -> float:
    """Of the pairs of terms that both hold, the share that the clause names the other way round."""
    places = [
        (asked.find(name), clause.find(name))
        for name in dict.fromkeys(name for term in terms for name in term.names[:1])
        if name in asked and name in clause
    ]
    pairs = [(one, other) for number, one in enumerate(places) for other in places[:number]]
    return sum((one[0] - other[0]) * (one[1] - other[1]) < 0 for one, other in pairs) / len(pairs) if pairs else 0.0
