"""「“一次构建，到处运行”说的是谁?」「“术业有专攻”这句话形容的是什么?」「Who or what does "build once, run anywhere" refer to?」 Of what the articles say certain words."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.terms import Term, terms_of
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored
from kb.qa.kinds import definition
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import told
from kb.qa.wording import because, introduced
from kb.records import Answer, Question, Sentence

_QUOTED = regex(r"[“\"「『](?P<said>[^“”\"「」『』]{4,60})[”\"」』]")
_OF_WHOM = (
    r"(?:这?[一]?(?:个|句|几个|段|种)?(?:话|词|字|说法|描述|评价|口号|标语))?(?:是|被用来|用来)?(?:在)?"
    r"(?:(?:说|讲|指|形容|描述|针对|评价|夸|称赞|代表)的?(?:是)?(?:谁|什么|哪)|对谁|谁的|(?:是)?谁(?:说|能|做))"
)
CUES = regex(rf"{_QUOTED.pattern}{_OF_WHOM}|{_QUOTED.pattern.replace('said', 'words')} (?:refers? to|describe|stand for|said of)", re.I)
_PUNCTUATION = regex(r"[,;:!?。、！？，；：\s]")
_MOST = 2  # sentences
_NEARLY = 0.75  # of the pairs of characters of the words quoted
_CLOSE = 0.5  # weight of what the sentence names beside the words quoted


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.975 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    quoted = _QUOTED.search(question.text)
    said = _bare(fold(quoted["said"])) if quoted else ""
    found = _saying(said, sources)
    of_whom = "谁" in question.text or "who" in question.text.lower()
    named = any(fold(name) == said for id_ in question.concepts if id_ in sources.lexicon for name in _names(id_, sources))
    if not found and of_whom:
        return Draft(question, sources).refused((), because("nothing"))
    if not found or (named and not of_whom):
        return definition.answer(replace(question, kind="definition"), sources)
    terms = terms_of(question, sources)
    draft = Draft(question, sources)
    shown = [one for sentence in found[:_MOST] for one in _with_its_subject(sentence, said, sources)]
    scored = [Scored(sentence, tuple(1.0 for _ in terms), 1.0, 1.0) for sentence in dict.fromkeys(shown)]
    draft.consider(terms, scored)
    wanted = (Term(said, (said,), (), 3.0, names=(said, fold(quoted["said"]) if quoted else said)), *_named(found, sources))
    return draft.done(introduced(question) + told(scored, wanted, draft))


def _saying(said: str, sources: Sources) -> list[Sentence]:
    """The sentences that hold the words, or, where none does, those that hold nearly all of them."""
    index = index_of(sources)
    shares = {id_: _share(said, _bare(index.folded[id_])) for id_ in index.sentences} if said else {}
    best = max(shares.values(), default=0.0)
    return [index.sentences[id_] for id_, share in shares.items() if share == best] if best >= _NEARLY else []


def _share(said: str, text: str) -> float:
    if said in text:
        return 1.0
    pairs = [said[place : place + 2] for place in range(len(said) - 1)]
    return min(0.99, sum(pair in text for pair in pairs) / len(pairs))


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", text)


def _names(concept_id: str, sources: Sources) -> tuple[str, ...]:
    concept = sources.lexicon.concept(concept_id)
    return (concept.name, *concept.aliases)


def _with_its_subject(sentence: Sentence, said: str, sources: Sources) -> tuple[Sentence, ...]:
    """With the sentence before it where nothing is named in front of the words quoted: of what that one tells they are said."""
    index = index_of(sources)
    before = index.before(sentence)
    text = index.folded[sentence.id]
    places = (text.find(said[place : place + 2]) for place in range(len(said) - 1))
    in_front = text[: next((place for place in places if place >= 0), 0)]
    alone = any(_is_thing(match.concept_id, sources) for match in index.named(in_front, sources)) if in_front else False
    return (sentence,) if alone or before is None else (before, sentence)


def _named(found: list[Sentence], sources: Sources) -> tuple[Term, ...]:
    """The things that the sentences name: of a long one, the clauses that name them are kept."""
    index = index_of(sources)
    ids = dict.fromkeys(id_ for sentence in found for id_ in sorted(index.concepts.get(sentence.id, ())))
    return tuple(
        Term(id_, (), (), _CLOSE, names=tuple(fold(name) for name in _names(id_, sources))) for id_ in ids if _is_thing(id_, sources)
    )


def _is_thing(concept_id: str, sources: Sources) -> bool:
    return concept_id in sources.lexicon and sources.lexicon.concept(concept_id).kind not in ("property", "practice")
