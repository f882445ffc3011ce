"""「虚拟机里能跑 Docker 吗」: what may run in or on what. The words of both directions are the same, so claims tell who stands where.

A sentence whose claims only have the two the other way round decides nothing. What is claimed of a kind (容器) holds likely of what it is a kind of
(Docker).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.language.regex import regex
from kb.qa.asking.terms import Term, named_in
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import all_names
from kb.qa.deciding.verdicts import Decision
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Scored, beside
from kb.qa.sources import Sources
from kb.records import Claim, Question, Sentence, Verdict

PLACED = "placed"
_ON, _HOLDS = "runs_on", "hosts"
_MAY = regex(r"能|可以|可不可以|行不行|允许|支持|会|\b(?:can|could|may|possible)\b", re.IGNORECASE)
_MORE_ASKED = regex(
    r"[只仅]|同时|所有|全部|任何|都|总|一定|必须|多少|几[个台]|[多两][个种台套]|\b(?:only|all|every|any|always|both)\b", re.IGNORECASE
)
_RUN = r"(?:跑|运行|安装|装|部署|启动|开|起|搭|嵌套|创建|工作)"
_IN = r"(?:里头|里边|里面|里|内部|内|当中|之中|中|之上|上面|上头|上)"
_PLACE_FIRST = regex(rf"\s*{_IN}[^,，;；]{{0,10}}?{_RUN}[^,，;；]{{0,4}}")
_PLACE_LAST = regex(rf"[^,，;；]{{0,8}}?(?P<ran>{_RUN}(?:着|起来)?)?(?:在|到|于|进)[^,，;；]{{0,4}}")
_RUN_BEHIND = regex(rf"\s*{_IN}?[^,，;；]{{0,4}}?(?:{_RUN}|用)")
_PLACE_LAST_EN = regex(
    r"\s*(?:containers?|images?|machines?|vms?)?\s*(?:be )?(?:run|installed?|deployed|started|work|nested)?\s*(?:inside|within|in|on top of|on)\s*(?:of )?(?:an?|the|another)?\s*",
    re.IGNORECASE,
)
_RUNS = regex(rf"(?:直接|再|还|正常)?(?:(?:{_RUN}|用)(?:着|起来|进)?)?|run|install|deploy|start|work|nest")
_OF_A_SORT = 0.7  # how near a concept must be to stand for the one that is asked about: a kind of it
_LIKELY = 0.6  # of the worth of a claim, what is left where it is made of what the thing is a kind of
_SURE = 0.7  # confidence of a claim that settles it
_AT_MOST = 2  # sentences


@dataclass(frozen=True, slots=True)
class Placing:
    """`rider` runs in or on `place`; both concept ids."""

    rider: str
    place: str

    @property
    def nested(self) -> bool:
        """Whether a thing is to run in one of its own sort: any sentence on it would name both."""
        return self.rider == self.place


def asked_placing(question: Question, terms: Sequence[Term], sources: Sources) -> Placing | None:
    """What is asked to be able to run where; `None` for any other question, or one that asks more (只能跑一个进程)."""
    text = question.resolved
    if not _MAY.search(text) or _MORE_ASKED.search(text):
        return None
    found = [match for match in named_in(text, sources) if sources.known_in_articles(match.concept_id)]
    for one, other in zip(found, found[1:], strict=False):
        between, behind = text[one.end : other.start], text[other.end :]
        last = _PLACE_LAST.fullmatch(between)
        if _PLACE_FIRST.fullmatch(between):
            asked = Placing(other.concept_id, one.concept_id)
        elif (last and (last["ran"] or _RUN_BEHIND.match(behind))) or _PLACE_LAST_EN.fullmatch(between):
            asked = Placing(one.concept_id, other.concept_id)
        else:
            continue
        return asked if _nothing_else(asked, terms) else None
    return None


def _nothing_else(asked: Placing, terms: Sequence[Term]) -> bool:
    things = {asked.rider, asked.place}
    rest = [term for term in terms if not things & {id_ for id_, near in term.concepts if near == 1.0}]
    return all(any(_RUNS.fullmatch(name) for name in term.names) for term in rest)


def placed(asked: Placing, terms: Sequence[Term], sources: Sources) -> Decision | None:
    """What claims say of it: yes by one that has it so, no by one that denies it where none does."""
    broader = _broader(asked.rider, sources) - {asked.place} if not asked.nested else set()
    found: list[tuple[float, Claim]] = []
    for rider, place, claim in _placings(sources):
        if place != asked.place or claim.analogy or claim.scope == "not_all" or claim.confidence < _SURE:
            continue
        if rider == asked.rider or (rider in broader and claim.holds):
            if _in_one_clause(rider, place, claim, sources):
                found.append((claim.confidence * (1.0 if rider == asked.rider else _LIKELY), claim))
    telling = sorted([one for one in found if one[1].holds] or found, key=lambda one: -one[0])
    if not telling:
        return None
    worth, claim = telling[0]
    index = index_of(sources)
    first, *rest_of_it = [beside(index.sentences[id_], terms, index) for id_ in dict.fromkeys(claim.sentence_id for _, claim in telling)]
    verdict: Verdict = "yes" if claim.holds else "no"
    why = f"{PLACED}: {claim.subject} {claim.relation} {claim.object}, {'said' if claim.holds else 'denied'}"
    likely = asked.rider not in (claim.subject, claim.object)
    return Decision(verdict, first, first.sentence.text, worth, why, contrary=True, likely=likely, beside=tuple(rest_of_it[: _AT_MOST - 1]))


def _in_one_clause(rider: str, place: str, claim: Claim, sources: Sources) -> bool:
    """Whether one clause names both; what is told of one that the sentence before names is too unsure."""
    index = index_of(sources)
    sentence = index.sentences.get(claim.sentence_id)
    if sentence is None:
        return False
    both = [all_names(id_, sources) for id_ in (rider, place)]
    if rider == place:
        return any(sum(clause.count(name) for name in both[0][:1]) > 1 for clause in index.clauses(sentence))
    return any(all(any(place_of(clause, name) >= 0 for name in names) for names in both) for clause in index.clauses(sentence))


def the_other_way_round(asked: Placing, ranked: Sequence[Scored], sources: Sources) -> frozenset[str]:
    """Ids of sentences that have the place in or on what is asked to run in it, by claims or by their words, and never as it was asked."""
    own = {*_sorts(asked.rider, sources), *_broader(asked.rider, sources)}
    places = {*_sorts(asked.place, sources), *_broader(asked.place, sources)}
    as_asked, turned = set(), set()
    for rider, place, claim in _placings(sources):
        if rider in own and place in places:
            as_asked.add(claim.sentence_id)
        elif rider in places and place in own:
            turned.add(claim.sentence_id)
    so, turned_round, index = _saying(asked, sources), _saying(Placing(asked.place, asked.rider), sources), index_of(sources)
    for item in ranked:
        if _said(so, item.sentence, index):
            as_asked.add(item.sentence.id)
        elif _said(turned_round, item.sentence, index):
            turned.add(item.sentence.id)
    return frozenset(turned - as_asked)


def bears_out(asked: Placing, decision: Decision, sources: Sources) -> bool:
    """Whether the sentence speaks of the very placing; a no may also say by what else, or where else, it is done."""
    return (decision.verdict == "no" and decision.contrary) or says_it(asked, decision.item.sentence, sources)


def says_it(asked: Placing, sentence: Sentence, sources: Sources) -> bool:
    """Whether a clause has what is asked, or what it is a kind of, run in or on the place, or denies that it does."""
    return _said(_saying(asked, sources), sentence, index_of(sources))


def _said(saying: re.Pattern[str], sentence: Sentence, index: Index) -> bool:
    return any(saying.search(clause) for clause in index.clauses(sentence))


def _saying(asked: Placing, sources: Sources) -> re.Pattern[str]:
    """What a clause looks like that has the one run in or on the other, or denies it."""
    riders, places = (
        "|".join(rf"(?<![a-z0-9]){re.escape(name)}" for id_ in ids for name in all_names(id_, sources))
        for ids in ((asked.rider, *sorted(_broader(asked.rider, sources))), (asked.place,))
    )
    return re.compile(
        rf"(?:{places})[^,;]{{0,4}}?{_IN}[^,;]{{0,10}}?{_RUN}[^,;]{{0,8}}?(?:{riders})"
        rf"|(?:{places})[^,;]{{0,8}}?(?:{_RUN}|承载|支持)(?:(?!在|到|于|进)[^,;]){{0,4}}(?:{riders})"
        rf"|(?:{places})[^,;]{{0,6}}(?:不能|不行|不可以|无法|不支持)$"
        rf"|(?:{riders})[^,;]{{0,12}}?(?:在|到|于|进)[^,;]{{0,10}}?(?:{places})"
    )


def _placings(sources: Sources) -> Iterator[tuple[str, str, Claim]]:
    """What runs, on what, and the claim that says or denies it."""
    for claim in sources.stated.every:
        if claim.relation == _ON:
            yield claim.subject, claim.object, claim
        elif claim.relation == _HOLDS:
            yield claim.object, claim.subject, claim


def _sorts(concept: str, sources: Sources) -> set[str]:
    """The concept and kinds of it."""
    return {id_ for id_, near in sources.family(concept).items() if near >= _OF_A_SORT}


def _broader(concept: str, sources: Sources) -> set[str]:
    """What articles call it a kind of."""
    claims = sources.stated.of_subject(concept)
    return {claim.object for claim in claims if claim.relation in ("is_a", "instance_of") and claim.holds and not claim.analogy}
