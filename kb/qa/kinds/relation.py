"""「Docker和LXC是什么关系?」「容器和内核之间有什么联系?」「How is Docker related to LXC?」 What connects two concepts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.language.normalize import fold
from kb.qa.asking.terms import Term, terms_of
from kb.qa.finding.index import index_of
from kb.qa.finding.judging import unanswerable
from kb.qa.finding.retrieval import Scored, chosen_of, retrieve, sift
from kb.qa.sources import Sources
from kb.qa.telling.definitions import opens_with
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import told
from kb.qa.wording import because, introduced
from kb.records import Answer, Claim, Question, Sentence

CUES = re.compile(
    r"(?:什么|啥|怎[么样]的)关系|(?:是|像)什么关系|关系(?:像|如何|怎么样)|\bhow (?:is|are|does|do|did) .{1,60}\b(?:related|relate|connected|fit together|work together|divide)\b|"
    r"什么关系|啥关系|关系是|的关系|有什么联系|什么联系|怎么联系|关联|relate[sd]? to|什么角色|怎么分工|如何分工|怎么配合|如何配合"
    r"|relationship|relation between|connection between"
)
_ASKS = re.compile(r"关系|联系|关联|角色|分工|配合|relat|connect")
_CONNECTS = re.compile(r"基于|依赖|使用|调用|包含|属于|都是|负责|提供|运行在|构建|组成|取代|替代|之上|底层|一部分|保存在|通过")
_NAMES_RELATION = re.compile(
    r"关系(?:类似|相当|就?像|是|很)|分工|区别在于|基础|一部分|建立在|相当于|好比|类比|是相对"
)  # a sentence that says by a word for it what the two are to each other
_DIVIDES = re.compile(r"负责")
_PARTING = re.compile(r"分工|配合|各(?:自)?(?:做|管|负责)|divide")
_MOST = 3
_CLOSE = 1.0  # worth of a claim at which it says by itself how the two are joined


_BARE = re.compile(r"关系[?？]?$")  # docker k8s 关系


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if len(concepts) == 2 and _BARE.search(text):
        return 0.9
    return 0.9 if CUES.search(text) and len(concepts) >= 2 else 0.6 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    """Sentences in which the two stand together, those with a claim between them first; what each is to the other, not that both exist."""
    terms = tuple(term for term in terms_of(question, sources) if term.salient or not _ASKS.search(term.label)) or terms_of(
        question, sources
    )
    draft = Draft(question, sources)
    lacking = unanswerable(question, terms)
    if lacking:
        return draft.refused(terms, lacking)
    joined = _joining(question, sources)
    sides = [number for number, term in enumerate(terms) if term.salient or term.concepts]
    if len(sides) < 2:
        sides = list(range(len(terms)))[:2]  # 安装 may be no concept, and is one side all the same
    index = index_of(sources)
    parting = bool(_PARTING.search(question.text.lower()))

    def prefer(sentence: Sentence) -> float:
        together = any(sum(any(name in clause for name in terms[n].names) for n in sides[:2]) == 2 for clause in index.clauses(sentence))
        said = 1.0 + 0.3 * min(_CLOSE, joined.get(sentence.id, 0.0)) + (0.1 if _CONNECTS.search(sentence.text) else 0.0)
        said += 0.3 if _NAMES_RELATION.search(sentence.text) else 0.0
        said += 0.4 if parting and len(_DIVIDES.findall(sentence.text)) > 1 else 0.0
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
    opening = introduced(question)
    of_both = _one_sided_out(chosen, terms, sides)
    names = [terms[n].names for n in sides[:2]]
    first = sorted(of_both, key=lambda item: not _begins_with_one(item.sentence.text, names))  # the others in their order behind them
    return draft.done(opening + told(first, terms, draft))


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


_PAIR = re.compile(r"\s*(?:或者?|和|与|、|及|以及|/|,|跟)?\s*")
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
