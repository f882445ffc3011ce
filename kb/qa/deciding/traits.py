"""Traits of a yes-or-no question beside a sentence, as numbers: fitted weights tell by them whether the sentence answers it, and which way.

The weights (data/verdict_weights.tsv) are fitted on questions whose sentence and verdict are known: `python -m tests.gold.verdicts`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from kb.language.cues import denied, negated
from kb.language.normalize import fold, is_han
from kb.language.vocabulary import opposed, plain
from kb.qa.asking.terms import Term
from kb.qa.deciding.clauses import said_of
from kb.qa.deciding.propositions import ALL, Proposition
from kb.qa.deciding.quantifying import EXCLUSIVE, ONLY_ASKED, WEAKER
from kb.qa.deciding.refuting import REFUTES, REPORTED
from kb.qa.deciding.stances import names_all
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Scored
from kb.records import Verdict

Traits = Mapping[str, float]
WEIGHTS = "data/verdict_weights.tsv"
EMPTY = frozenset(
    "的了吗么呢吧是在有和与就也都还会能可以不没要用让被把将里上中下个这那一种台么啊呀嘛咱你我他它们什怎哪谁啥及或着过地得去来做到从对于为所因此而且但"
)
_LATIN = re.compile(r"[a-z][a-z0-9.]+|\d+(?:\.\d+)?")
_DENYING = re.compile(r"不(?!同|仅|只|但|断|过|少|管|论|超过)|没|无(?!根)|未|非(?!全局|特权)|禁|难以|很少|极少|缺|仅|只")
_LESS = re.compile(r"很少|极少|难以|几乎不|尚未|避免|不应|停止|中断|才")
# what goes wrong, is lost or limited: one asks whether it does where it does
BAD = re.compile(
    r"受限|限制|妨碍|崩|停|中断|消失|丢|泄|漏洞|风险|慢|终止|杀|失败|攻破|攻击|影响|挂|垮|死|没了|倒|错|损失|降低|下降|危险|不安全|隐患|偷|窃听|篡改|浪费|麻烦|拖累|受损|缺点"
)
_CAN = re.compile(r"可以|能够?|支持|允许|提供|会|有")


class Pair:
    """A question beside one of the sentences found for it; what both kinds of traits need is looked up once."""

    def __init__(self, asked: Proposition, item: Scored, readings: Sequence[tuple[Verdict, float, str]]) -> None:
        """`readings`: what clauses of the sentence say to the question, each with its worth."""
        self.asked, self.item, self.index = asked, item, index_of(asked.sources)
        self.text = self.index.folded[item.sentence.id]
        self.worth = {verdict: max((worth for found, worth, _ in readings if found == verdict), default=0.0) for verdict in ("yes", "no")}
        self.own, self.rest = _characters(asked)
        read = {clause: worth for _, worth, clause in sorted(readings, key=lambda reading: reading[1])}
        self.clause = max(
            self.index.clauses(item.sentence) or (self.text,),
            key=lambda clause: _share(self.rest, clause, self.index) + 0.3 * _share(self.own, clause, self.index) + read.get(clause, 0.0),
        )


def _characters(asked: Proposition) -> tuple[frozenset[str], frozenset[str]]:
    """Characters of the question that mean something, Latin words and numbers whole; and those that do not name the thing asked about."""
    text = fold(plain(asked.question.resolved))
    every = {character for character in text if is_han(character) and character not in EMPTY} | set(_LATIN.findall(text))
    names = {character for name in asked.names for character in name} | set(asked.names)
    return frozenset(every), frozenset(every - names or every)


def _share(characters: frozenset[str], text: str, index: Index) -> float:
    """How much of the rarity of the characters stands in a text, in [0, 1]: a word asked in another form shares one of its two (拖累, 拖慢)."""
    weights = {character: index.rarity(character) for character in characters}
    return sum(weight for character, weight in weights.items() if character in text) / (sum(weights.values()) or 1.0)


def of_evidence(pair: Pair, terms: Sequence[Term]) -> dict[str, float]:
    """Traits by which a sentence answers the question or not."""
    asked, item, index, text = pair.asked, pair.item, pair.index, pair.text
    named = bool(asked.near & index.concepts.get(item.sentence.id, set()))
    about = bool(asked.near & index.about(item.sentence))
    salient = [(term.weight, met) for term, met in zip(terms, item.covered, strict=True) if term.salient]
    others = [(term.weight, met) for term, met in zip(terms, item.covered, strict=True) if not term.salient]
    said = max((said_of(asked, clause)[0] for clause in index.clauses(item.sentence)), default=0.0)
    rest, closely = _share(pair.rest, text, index), _share(pair.rest, pair.clause, index)
    least = min((met for _, met in salient), default=0.5)
    all_named = names_all(asked, item)
    last = set(asked.last)
    return {
        "score": item.score,
        "coverage": item.coverage,
        "names": _mean(salient),
        "least name": least,
        "words": _mean(others),
        "least word": min((met for _, met in others), default=0.5),
        "last word": max((met for term, met in zip(terms, item.covered, strict=True) if last & set(term.names)), default=0.5),
        "characters": _share(pair.own, text, index),
        "rest": rest,
        "rest in a clause": closely,
        "rest with the sentence before": max(rest, _share(pair.rest, text + _before(pair), index)),
        "names all": float(all_named),
        "heading": _share(pair.rest, index.headings[item.sentence.id], index),
        "said in a clause": said,
        "said": said_of(asked, text)[0],
        "named": float(named),
        "about": float(about),
        "opens": float(any(0 <= text.find(name) <= 6 for name in asked.names)),
        "about and rest": about * rest,
        "about and said": about * said,
        "least name and rest": least * rest,
        "reading": max(pair.worth.values()),
        "no reading": float(not any(pair.worth.values())),
        "denies": float(negated(text)),
        "only": float(bool(EXCLUSIVE.search(text))),
        "refutes": float(bool(REFUTES.search(text))),
        "reported": float(bool(REPORTED.search(text))),
        "modal": float(any(word in text for word in asked.modal)),
        "length": math.log(len(text) + 1),
        "asked": math.log(len(terms) + 1),
    }


def of_verdict(pair: Pair) -> dict[str, float]:
    """Traits by which a sentence that answers says no (above 0) or yes."""
    asked, text, clause = pair.asked, pair.text, pair.clause
    turned = -1.0 if asked.denied else 1.0  # asked whether it is not so, a denial says yes
    only = bool(ONLY_ASKED.search(asked.text))
    weaker = bool(WEAKER.search(text))
    return {
        "reads yes": -pair.worth["yes"],
        "reads no": pair.worth["no"],
        "reads rather no": pair.worth["no"] - pair.worth["yes"],
        "no reading": float(not any(pair.worth.values())),
        "clause denies": turned * negated(clause),
        "clause nearly denies": turned * denied(clause),
        "denying word in the clause": turned * bool(_DENYING.search(clause)),
        "bad asked": float(bool(BAD.search(asked.text))),
        "opposed in the clause": turned * opposed(asked.text, clause),
        "only in the clause": turned * bool(EXCLUSIVE.search(clause)),
        "less": turned * bool(_LESS.search(text)),
        "can": -turned * (bool(_CAN.search(clause)) and not _DENYING.search(clause)),
        "refutes": turned * bool(REFUTES.search(text)),
        "opposed": turned * opposed(asked.text, text),
        "weaker": turned * weaker,
        "asked only": float(only),
        "asked only, weaker": float(only and weaker),
        "asked only, plain": float(only and not negated(text) and not weaker),
        "asked all": float(bool(ALL.search(asked.text))),
    }


def may_deny(pair: Pair) -> bool:
    """Whether the sentence holds anything at all by which it could say no: a denial, a limit, an opposite, a refutation."""
    return opposed(pair.asked.text, pair.text) or any(found.search(pair.text) for found in (_DENYING, _LESS, REFUTES, EXCLUSIVE, WEAKER))


def _before(pair: Pair) -> str:
    before = pair.index.before(pair.item.sentence)
    return pair.index.folded[before.id] if before is not None else ""


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in weighted)
    return sum(weight * met for weight, met in weighted) / total if total else 0.5


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Model (evidence, verdict) → trait → weight, and `bias`."""
    table: dict[str, dict[str, float]] = {}
    for line in resources.files("kb.qa").joinpath(WEIGHTS).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            model, trait, weight = line.split("\t")
            table.setdefault(model, {})[trait] = float(weight)
    return table


def likelihood(model: str, traits: Traits) -> float:
    """In [0, 1]: that the sentence answers the question (`evidence`), that what answers says no (`verdict`)."""
    own = weights()[model]
    odds = own["bias"] + sum(own.get(name, 0.0) * value for name, value in traits.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
