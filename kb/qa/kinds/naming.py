"""「热迁移还有什么别的叫法?」「裸机又叫什么?」「虚拟机的英文是什么?」「What are containers also called?」 Other names of a thing, and its name in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.terms import Term, leaving_out, plainly, terms_of
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.judging import unanswerable
from kb.qa.finding.retrieval import Scored, met
from kb.qa.kinds import definition
from kb.qa.sources import Sources
from kb.qa.telling.definitions import names_of
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import told
from kb.qa.wording import because, introduced
from kb.records import Answer, Question, Sentence

_OTHER_NAMES = (
    r"别名|别称|俗称|(?:别的|其他的?|其它的?|另外的?|另一个|不同的?)(?:名字|名称|叫法|称呼)|(?:哪[几]?[个种些]|几[个种]|什么)(?:叫法|称呼|别名)|有?叫法"
    r"|(?<!不)(?:又|还|也)(?:可以|能|可)?(?:被|常|会)?(?:称为|称作|叫做?|叫作)(?:什么|哪|谁)"
    r"|称(?:为|作|之为)(?:什么|哪)(?!样)"
    r"|\balso (?:called|known as|named|referred to)|\bother names? (?:of|for|do|does|are|is)|\bwhat else (?:is|are) .{1,40} called|\banother name (?:of|for)"
)
_IN_ENGLISH = r"(?:英文|英语|外文)(?:的)?(?:名字|名称|名|全称|原话|原文|原名|单词|缩写|写法|叫法|怎么|如何|是什么|叫什么|写作)"
CUES = regex(f"{_OTHER_NAMES}|{_IN_ENGLISH}", re.I)
_ENGLISH_WANTED = regex(_IN_ENGLISH)
# words that only say that names are wanted
_ASKS = regex(
    r"(?:还|又|也|都)?(?:有|列了|列出|列举了?|给出了?|用)?(?:哪[些几][个种]?|什么|几[个种])?(?:别的|其他的?|其它的?|另外的?|另一个|不同的?)?(?:叫法|称呼|别名|别称|俗称|名字|名称)(?:有?哪[些几]|是?什么)?"
    r"|(?:又|还|也)(?:可以|能|可)?(?:被|常|会)?(?:称为|称作|叫做?|叫作)(?:什么|哪[些几]?[个种]?)?|(?:用)?(?:英文|英语|外文)(?:的)?(?:名字|名称|名|全称|原话|原文|原名|单词|缩写|写法)?(?:怎么[写说叫]|是什么|叫什么|写作什么)?"
)
_CALLED = (
    r"(?:又称|也称|亦称|统称|俗称|别名|别称|又名|也叫|又叫|还叫|也可以叫|叫做|叫作|称为|称作|称之为|称之|(?:中文|英文|早期)?名称[是为有])"
)
_LIST = r"(?:、|或是?|和|与|及|或者|还是)"
_MOST = 2  # sentences
_APART = 10  # characters between a name and the verb that gives another


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.97 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    bare = leaving_out(question, _ASKS)
    terms = terms_of(bare, sources)
    draft = Draft(question, sources)
    if (reason := unanswerable(question, terms)) is not None:
        return draft.refused(terms, reason)
    english = _ENGLISH_WANTED.search(plainly(question)) is not None
    index = index_of(sources)
    for concept in (id_ for id_ in question.concepts if id_ in sources.lexicon):
        found = list(_naming(concept, sources, english=english))
        if not found:
            continue
        scored = sorted((_scored(one, terms, index) for one in found), key=lambda item: (-item.score, len(item.sentence.text)))
        draft.consider(terms, scored)
        return draft.done(introduced(question) + told(scored[:_MOST], terms, draft))
    if english:
        return draft.refused(terms, because("names"))
    defined = definition.answer(question, sources)
    return defined if defined.status == "answered" and _gives_a_name(defined) else draft.refused(terms, because("names"))


def _scored(sentence: Sentence, terms: Sequence[Term], index: Index) -> Scored:
    covered = tuple(met(term, sentence, index) for term in terms)
    score = sum(term.weight * share for term, share in zip(terms, covered, strict=True))
    return Scored(sentence, covered, score / (sum(term.weight for term in terms) or 1.0), score)


def _gives_a_name(answered: Answer) -> bool:
    return any(re.search(_CALLED, fold(evidence.text)) for evidence in answered.evidence)


def _naming(concept: str, sources: Sources, *, english: bool) -> Iterable[Sentence]:
    """Sentences that give another name of the concept, of itself only: what 热迁移 is called is none of 迁移."""
    index = index_of(sources)
    own = names_of(concept, sources)
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True))
    patterns = [*_in_english(own, names)] if english else [_other(names)]
    before = re.compile(rf"(?:{names})")
    for id_ in _near(concept, sources):
        text = index.folded[id_]
        if any(pattern.search(text) for pattern in patterns):
            yield index.sentences[id_]
            continue
        after = index.after(index.sentences[id_])
        if (
            not english
            and after is not None
            and index.points_back(after)
            and before.search(text)
            and _CALLS_IT.search(index.folded[after.id])
        ):
            yield after


_CALLS_IT = regex(rf"^[^,;。:]{{0,{_APART}}}{_CALLED}")


def _near(concept: str, sources: Sources) -> list[str]:
    index = index_of(sources)
    return [id_ for id_ in dict.fromkeys(index.by_concept.get(concept, ())) if id_ in index.sentences]


def _other(names: str) -> re.Pattern[str]:
    """「X(又称 Y)」「X 的中文名称有 Y」「把 X 称为 Y」, and X in a list of what something is called: 「被称为 Y、X 或 Z」."""
    named = rf"(?:^|[,;。:、(的把将是])(?:一[台个种])?(?:{names})(?:\([^()]*\))?[^,;。、和与或是]{{0,{_APART}}}?{_CALLED}"
    bracketed = rf"(?:{names})[(,]{_CALLED}"
    within = rf"{_CALLED}[^,;。:]{{0,40}}?{_LIST}(?:{names})(?=[、,;。(或和]|$)|{_CALLED}(?:{names}){_LIST}"
    return re.compile(f"{named}|{bracketed}|{within}")


def _in_english(own: tuple[str, ...], names: str) -> Iterable[re.Pattern[str]]:
    """「X(Virtual Machine)」「X，英文是 …」, and X beside its English name."""
    yield re.compile(rf"(?:{names})\(?[^,;。()]{{0,2}}\([a-z]")
    yield re.compile(rf"(?:{names})[^;。]{{0,40}}英文[^,;。]{{0,8}}[a-z]")
    latin = "|".join(re.escape(name) for name in own if name.isascii() and len(name) > 3)
    han = "|".join(re.escape(name) for name in own if not name.isascii())
    if latin and han:
        yield re.compile(rf"(?:{latin})[(:]?(?:{han})|(?:{han})[(:](?:{latin})")
