"""「Docker和LXC是什么关系?」「容器和内核之间有什么联系?」「How is Docker related to LXC?」 What connects two concepts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.asking.compared import Thing, asked_beside, in_question
from kb.qa.asking.terms import Term, terms_of
from kb.qa.comparing.roles import roles_of
from kb.qa.comparing.sides import names_all
from kb.qa.comparing.ties import HARDLY, TIED, Tie, joining_all, ties, without_names
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.judging import unanswerable
from kb.qa.finding.retrieval import Scored, alike, beside, chosen_of, met, pairs_shared, retrieve, sift
from kb.qa.sources import Sources
from kb.qa.telling.definitions import explaining, opens_with
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import told
from kb.qa.telling.verdict_words import verdict_word
from kb.qa.wording import because, introduced
from kb.records import Answer, Claim, Question, Sentence, Verdict

CUES = regex(
    r"(?:什么|啥|怎[么样]的)关系|(?:是|像)什么关系|关系(?:像|如何|怎么样)|\bhow (?:is|are|does|do|did) .{1,60}\b(?:related|relate|connected|fit together|work together|divide)\b|"
    r"什么关系|啥关系|关系是|的关系|(?:什么|啥|何|哪些)(?:联系|关联|渊源|瓜葛)|怎么联系|关联|relate[sd]? to|(?:什么|啥)角色"
    r"|(?:怎么|如何|怎样|咋)[^,，]{0,4}(?:分工|配合|协作|协同|合作|搭配|衔接|打交道|交互|串(?:起来|联|到一起))"
    r"|relationship|relation between|connection between"
)
# whether there is any relation at all
_WHETHER = regex(
    r"(?:有|存在)(?:什么|啥)?(?:关系|联系|关联|渊源|瓜葛)(?:吗|么|嘛|没有|不)[?？]?$|有(?:没有|无)(?:什么|啥)?(?:关系|联系|关联|瓜葛)"
)
_ASKS = regex(r"关系|联系|关联|渊源|角色|分工|配合|协作|协同|合作|搭配|衔接|交互|relat|connect")
_CONNECTS = regex(r"基于|依赖|使用|调用|包含|属于|都是|负责|提供|运行在|构建|组成|取代|替代|之上|底层|一部分|保存在|通过")
_NAMES_RELATION = regex(
    r"关系(?:类似|相当|就?像|是|很)|分工|区别在于|基础|一部分|建立在|相当于|好比|类比|是相对"
)  # a sentence that says by a word for it what the two are to each other
_UNRELATED = regex(r"(?:没有|无)(?:任何|什么|直接)?(?:关系|联系|关联)|无关")
_EACH = 1.4  # worth of a sentence that tells what each of the two does, where that is asked
_NEARLY = 0.65  # of the best tie's worth
_MORE = 12  # characters beside the names that a further sentence must say
_AGAIN = 0.45  # share of neighbouring characters from which a tie says what one before it said
_PARTING = regex(r"角色|分工|配合|协作|协同|合作|搭配|衔接|交互|各(?:自)?(?:做|管|负责)|divide|work together")
_MOST = 3
_CLOSE = 1.0  # worth of a claim at which it says by itself how the two are joined


_BARE = regex(r"关系[?？]?$")  # docker k8s 关系


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if len(concepts) >= 2 and (_BARE.search(text) or _WHETHER.search(text)):
        return 0.9
    return 0.9 if CUES.search(text) and len(concepts) >= 2 else 0.6 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    """Sentences that tie the things together, then what each of them does where that is asked or too little is said; else what names both."""
    terms = tuple(term for term in terms_of(question, sources) if term.salient or not _ASKS.search(term.label)) or terms_of(
        question, sources
    )
    draft = Draft(question, sources)
    lacking = unanswerable(question, terms)
    if lacking:
        return draft.refused(terms, lacking)
    things = in_question(question, sources)
    if len(things) < 2:
        return _by_words(question, terms, draft)
    index = index_of(sources)
    found = _weighed(ties(things, sources, _joining(question, sources)), asked_beside(things, question, terms), index)
    parting = _PARTING.search(question.text.lower()) is not None
    chosen = _chosen(things, found, parting=parting)
    roles = _roles(things, chosen, terms, sources, parting=parting)
    verdict = _there_is(question, chosen)
    if not chosen and (not roles or verdict is not None or _WHETHER.search(plain(question.text))):
        return _by_words(question, terms, draft)
    new = [one for one in roles if not any(alike(one.text, tie.sentence.text) for tie in chosen)]
    scored = [_scored(one, terms, index) for one in (*(tie.sentence for tie in chosen), *new)]
    draft.consider(terms, (*scored, *(_scored(tie.sentence, terms, index) for tie in found if tie not in chosen)))
    lines = [told(scored[: len(chosen)], terms, draft), told(scored[len(chosen) :], terms, draft)]
    opening = verdict_word(question, verdict) if verdict else ""
    return draft.done(opening + introduced(question) + "\n".join(line for line in lines if line), verdict=verdict)


def _there_is(question: Question, chosen: Sequence[Tie]) -> Verdict | None:
    """Whether there is a relation at all, where that is asked: there is one where a sentence ties the two."""
    if not chosen or not _WHETHER.search(plain(question.text)):
        return None
    return "no" if _UNRELATED.search(chosen[0].sentence.text) else "yes"


def _weighed(found: Sequence[Tie], rest: Sequence[Term], index: Index) -> tuple[Tie, ...]:
    """Best first, with regard to what else the question names (在 Kubernetes 里…)."""
    weight = sum(term.weight for term in rest)
    if not weight:
        return tuple(found)
    said = [replace(tie, worth=tie.worth * (1 + sum(t.weight * met(t, tie.sentence, index) for t in rest) / weight)) for tie in found]
    return tuple(sorted(said, key=lambda tie: -tie.worth))


def _chosen(things: Sequence[Thing], found: Sequence[Tie], *, parting: bool) -> tuple[Tie, ...]:
    """Of two things the best ties, of more those that bring in each; where it is asked what each does, one that tells it first."""
    if parting:
        found = sorted((replace(tie, worth=tie.worth * (_EACH if tie.each else 1.0)) for tie in found), key=lambda tie: -tie.worth)
    chosen: list[Tie] = list(joining_all(things, found, most=_MOST)) if len(things) > 2 else []
    for tie in found:
        if tie.worth < min(TIED, max(HARDLY, found[0].worth)) or tie.worth < found[0].worth * _NEARLY or len(chosen) >= _MOST:
            break
        long = sum(len(one.sentence.text) for one in (*chosen, tie)) > _CHARS
        if not chosen or not (long or any(_says_again(tie, other, things) for other in chosen)):
            chosen.append(tie)
    return tuple(chosen)


def _says_again(tie: Tie, told: Tie, things: Sequence[Thing]) -> bool:
    one, other = (without_names(fold(item.sentence.text), things) for item in (tie, told))
    if len(one) < _MORE or alike(tie.sentence.text, told.sentence.text) or pairs_shared(one, other) > _AGAIN:
        return True
    return any(
        names_all(clause, things) and clause in fold(told.sentence.text) for clause in re.split(r"[,，;；:：]", fold(tie.sentence.text))
    )


def _roles(
    things: Sequence[Thing], chosen: Sequence[Tie], terms: Sequence[Term], sources: Sources, *, parting: bool
) -> tuple[Sentence, ...]:
    """What each of the things does, in sentences that belong together, or what it is: of all where nothing ties them surely or where it is
    asked and no tie tells it, else of those that no tie names.
    """
    named = {number for tie in chosen for number in tie.of}
    sure = bool(chosen) and chosen[0].worth >= TIED
    if sure and len(named) == len(things) and not (parting and not any(tie.each for tie in chosen)):
        return ()
    left = [number for number in range(len(things)) if number not in named]
    if sure and left:
        return tuple(one for number in left if (one := _explained(things[number], sources)) is not None)
    together = roles_of(things, terms, sources)
    if together:
        return together
    known = [one for thing in things if (one := _explained(thing, sources)) is not None]
    close = bool(chosen) or len({sentence.article_id for sentence in known}) == 1
    return tuple(dict.fromkeys(known)) if close and len(known) == len(things) else ()


def _explained(thing: Thing, sources: Sources) -> Sentence | None:
    return explaining(thing.concept, sources) if thing.concept else None


def _scored(sentence: Sentence, terms: Sequence[Term], index: Index) -> Scored:
    return replace(beside(sentence, terms, index), score=1.0)


def _by_words(question: Question, terms: Sequence[Term], draft: Draft) -> Answer:
    """Sentences in which the two stand together, be they concepts or not, those with a claim between them first."""
    sources = draft.sources
    joined = _joining(question, sources)
    sides = [number for number, term in enumerate(terms) if term.salient or term.concepts]
    if len(sides) < 2:
        sides = list(range(len(terms)))[:2]  # 安装 may be no concept, and is one side all the same
    index = index_of(sources)

    def prefer(sentence: Sentence) -> float:
        together = any(sum(any(name in clause for name in terms[n].names) for n in sides[:2]) == 2 for clause in index.clauses(sentence))
        said = 1.0 + 0.3 * min(_CLOSE, joined.get(sentence.id, 0.0)) + (0.1 if _CONNECTS.search(sentence.text) else 0.0)
        said += 0.3 if _NAMES_RELATION.search(sentence.text) else 0.0
        if (
            together
            and not _NAMES_RELATION.search(sentence.text)
            and all(_in_one_breath(clause, [terms[n].names for n in sides[:2]]) for clause in index.clauses(sentence))
        ):
            return said * _ONE_BREATH
        return said * (1.15 if together else 1.0) * (0.8 if len(sentence.text) > _LONG else 1.0)

    ranked = retrieve(terms, sources, prefer)
    both = [item for item in ranked if all(item.covered[number] >= _SPOKEN_OF for number in sides[:2])]
    sifted = sift(both, terms, most=_MOST, chars=_CHARS, keep=0.75)
    chosen = chosen_of(sifted)
    alone = (replace(item, passed_over=because("apart_here")) for item in ranked if item not in both)
    draft.consider(terms, (*sifted, *alone))
    if len(sides) < 2 or not chosen:
        return draft.refused(terms, because("apart"))
    of_both = _one_sided_out(chosen, terms, sides)
    names = [terms[n].names for n in sides[:2]]
    first = sorted(of_both, key=lambda item: not _begins_with_one(item.sentence.text, names))  # the others in their order behind them
    return draft.done(introduced(question) + told(first, terms, draft))


def _begins_with_one(text: str, names: Sequence[Sequence[str]]) -> bool:
    """Whether a sentence is about one of the two: begins with it and names the other behind it."""
    folded = fold(text)
    for own, other in (names, names[::-1]):
        begun = max((len(name) for name in own if opens_with(folded, name)), default=0)
        if begun and any(name in folded[begun:] for name in other):
            return True
    return False


def _in_one_breath(clause: str, names: Sequence[Sequence[str]]) -> bool:
    """Whether a clause names the two as a pair only (通过 Docker 或 Kubernetes): what holds of both says nothing of the one to the other."""
    found = [max(((clause.find(name), len(name)) for name in own if name in clause), key=lambda at: at[1], default=None) for own in names]
    if len(found) < 2 or found[0] is None or found[1] is None:
        return True
    (start, length), (other, _) = sorted(one for one in found if one is not None)
    return _PAIR.fullmatch(clause[start + length : other]) is not None


_PAIR = regex(r"\s*(?:或者?|和|与|、|及|以及|/|,|跟)?\s*")
_ONE_BREATH = 0.85
_SPOKEN_OF = 0.7  # how well a sentence must meet each of the two
_LONG, _CHARS = 140, 280  # characters


def _one_sided_out(chosen: Sequence[Scored], terms: Sequence[Term], sides: Sequence[int]) -> Sequence[Scored]:
    """Sentences that name both themselves where there are any; one of them may be the heading's only."""
    full = [item for item in chosen if all(item.covered[number] >= 0.9 for number in sides[:2])]
    return full or chosen


def _joining(question: Question, sources: Sources) -> dict[str, float]:
    """Sentences with a claim that joins the two concepts, and how near and sure it is."""
    ids = [id_ for id_ in question.concepts if sources.known_in_articles(id_)]
    if len(ids) < 2:
        return {}
    first, second = sources.family(ids[0]), sources.family(ids[1])
    worth: dict[str, float] = {}
    for a, near_a in first.items():
        for claim in sources.stated.of(a):
            near_b = second.get(_other(claim, a))
            if near_b is not None and _other(claim, a) not in first and not claim.analogy:
                worth[claim.sentence_id] = max(worth.get(claim.sentence_id, 0.0), near_a * near_b * claim.confidence)
    return worth


def _other(claim: Claim, id_: str) -> str:
    return claim.object if claim.subject == id_ else claim.subject
