"""The common way of most kinds: find sentences, judge them, put them together, each with its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.attributes import asked_words, demanded, demanded_of
from kb.qa.asking.terms import Term, plainly, terms_of, wording
from kb.qa.finding.belonging import parted
from kb.qa.finding.index import POINTS_BACK, Index, index_of
from kb.qa.finding.judging import answers, holds, says_enough
from kb.qa.finding.retrieval import Prefer, Scored, ahead_of_the_rest, chosen_of, excerpt, retrieve, sift, tidy
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.enumerations import announced_list, enumerated
from kb.qa.telling.lists import count_of, items_behind, series
from kb.qa.wording import introduced, quoted, say
from kb.records import Answer, Question, Reason, Sentence

ENOUGH_CHARS = 300
_BARRED = frozenset({"value", "unmentioned"})  # reasons that a list of something else does not take away
_MOST_ITEMS, _MOST_ON = 6, 3
_NEARLY = 0.8  # of the best sentence's score
_WANTS_A_LIST = regex(r"哪|几|有什么|都有|什么情况|什么条件|组成|包括|怎么|如何|which|what are|how|steps")
_PROMISES = regex(r"^.{0,40}(?:特性|差异|原因|理由|因素)[^,，]{0,6}$")
# what an answer does not begin with: it points to what stood before in the article
_BEHIND_ANOTHER = regex(r"^(?:另一方面|与此同时|相反|反之|相比之下|因而|于是|这样一来|事实上|实际上)[,，]\s*")
_NTH = regex(r"第[一二三四五六七八九][项点条]是")
_GOES_ON = regex(r"这样做|这是因为|原因是|目的是|另|其次|第二|再者|这就|这样|因此|所以|于是|从而|而且|并且|同时|也就是说")


def found(
    question: Question, sources: Sources, prefer: Prefer | None = None, *, most: int = 3, chars: int = ENOUGH_CHARS, keep: float = 0.72
) -> tuple[tuple[Term, ...], tuple[Scored, ...], Reason | None]:
    """Terms, the chosen sentences, and why they do not answer (`None` if they do)."""
    terms, _, chosen, reason = weighed(question, sources, prefer, most=most, chars=chars, keep=keep)
    return terms, chosen, reason


def weighed(
    question: Question, sources: Sources, prefer: Prefer | None = None, *, most: int = 3, chars: int = ENOUGH_CHARS, keep: float = 0.72
) -> tuple[tuple[Term, ...], tuple[Scored, ...], tuple[Scored, ...], Reason | None]:
    """As `found`, with the whole ranking before the choice, each sentence that was not chosen with the reason."""
    named = terms_of(question, sources)
    terms = _without_the_attribute(named, question)
    if terms != named:
        found = _weighed(question, terms, sources, prefer, most=most, chars=chars, keep=keep)
        if found[-1] is None or found[-1].key != "value":
            return found
    return _weighed(question, named, sources, prefer, most=most, chars=chars, keep=keep)


def _weighed(
    question: Question, terms: tuple[Term, ...], sources: Sources, prefer: Prefer | None, *, most: int, chars: int, keep: float
) -> tuple[tuple[Term, ...], tuple[Scored, ...], tuple[Scored, ...], Reason | None]:
    prefer = _holding(demanded(question.text) if question.kind != "cause" else None, prefer)
    ranked = retrieve(terms, sources, prefer, asked=wording(question))
    ranked, of_others = parted(ranked, question, terms, sources)
    ranked = (*sift(ranked, terms, most=most, chars=chars, keep=keep), *of_others)
    chosen = _standing_first(chosen_of(ranked))
    reason = answers(question, terms, chosen, sources, ahead=ahead_of_the_rest(ranked))
    return terms, ranked, chosen if reason else _with_value(chosen, question, terms), reason


def _with_value(chosen: tuple[Scored, ...], question: Question, terms: Sequence[Term]) -> tuple[Scored, ...]:
    """Those that hold the value asked for (a year, a port); all of them where none is asked for or held."""
    held = demanded_of(question)
    holding = tuple(item for item in chosen if held is not None and holds(item, held, terms))
    return tuple(item for item in holding if item.score >= _NEARLY * holding[0].score) or chosen


def _standing_first(chosen: tuple[Scored, ...]) -> tuple[Scored, ...]:
    """With a sentence at the beginning that stands by itself, where one is nearly as good (两者的差距…, 这种方式… point to others)."""
    for place, item in enumerate(chosen):
        if not POINTS_BACK.match(tidy(item.sentence.text)) and item.score >= _NEARLY * chosen[0].score:
            return (item, *chosen[:place], *chosen[place + 1 :])
    return chosen


def _without_the_attribute(terms: tuple[Term, ...], question: Question) -> tuple[Term, ...]:
    """Without 内核版本 in 哪个内核版本: the kind of value that evidence must hold answers it, in whatever words."""
    named = fold(asked_words(question.text)) if demanded_of(question) is not None else ""
    rest = tuple(term for term in terms if not any(name in named for name in term.names))
    return rest if named and rest else terms


def with_continuation(question: Question, terms: Sequence[Term], chosen: Sequence[Scored], sources: Sources) -> tuple[Scored, ...]:
    """The sentences that the chosen ones lead on to: what one of them announces (三个条件, …如下:), or goes on with (另一方面…, 这就导致…)."""
    index = index_of(sources)
    if _wants_a_list(question):
        first = chosen[0]
        counted = series(first.sentence, index)
        if counted:
            return tuple(Scored(one, first.covered, first.coverage, first.score) for one in counted)
        for item in chosen:
            listed = items_behind(item.sentence, index)
            if listed and says_enough(item, terms):
                return (item, *(Scored(one.sentences[0], item.covered, item.coverage, item.score) for one in listed[:_MOST_ITEMS]))
    going_on = _going_on(chosen[0], index)
    return (chosen[0], *(item for item in going_on if all(item.sentence.id != other.sentence.id for other in chosen)), *chosen[1:])


def _wants_a_list(question: Question) -> bool:
    """Whether a list may answer; one value (哪个端口) is no list."""
    return _WANTS_A_LIST.search(plainly(question)) is not None and demanded_of(question) is None


def _going_on(item: Scored, index: Index) -> tuple[Scored, ...]:
    found: list[Scored] = []
    sentence, after = item.sentence, index.after(item.sentence)
    lists = count_of(sentence.text) is not None  # 方法有三种：…；…；…
    while (
        after is not None
        and len(found) < _MOST_ON
        and (_leads_on(sentence.text, after.text) or (lists and sentence.text.rstrip().endswith(("；", ";"))))
    ):
        found.append(Scored(after, item.covered, item.coverage, item.score))
        sentence, after = after, index.after(after)
    return tuple(found)


def _leads_on(text: str, after: str) -> bool:
    return bool(_GOES_ON.match(after) or _PROMISES.search(text) or ("一方面" in text and "方面" in after))


def _holding(held: re.Pattern[str] | None, prefer: Prefer | None) -> Prefer | None:
    """Sentences that hold the kind of value asked for come first (a year, a full name)."""
    if held is None:
        return prefer
    return lambda sentence: (1.6 if held.search(sentence.text) else 1.0) * (prefer(sentence) if prefer else 1.0)


def _whole(chosen: Sequence[Scored]) -> Sequence[Scored]:
    """Without sentences cut out of their place: one that announces what is not told behind it, 「第三项是…」 without its like; unless all are."""

    def stands(place: int) -> bool:
        one = chosen[place].sentence
        behind = chosen[place + 1].sentence if place + 1 < len(chosen) else None
        if one.text.rstrip().endswith((":", "：")):
            return behind is not None and (behind.article_id, behind.position) > (one.article_id, one.position)
        return not _NTH.match(one.text) or sum(bool(_NTH.match(other.sentence.text)) for other in chosen) > 1

    return [item for place, item in enumerate(chosen) if stands(place)] or chosen


def told(chosen: Sequence[Scored], terms: Sequence[Term], draft: Draft) -> str:
    """The chosen sentences, cut to what matters, each with its number."""
    chosen = _whole(chosen)
    most = 120 if len(chosen) <= 4 else 70
    language = draft.question.language
    texts = [excerpt(item.sentence.text, terms, most=most) for item in chosen]
    quotes = [quoted(text if number else _BEHIND_ANOTHER.sub("", text), language) for number, text in enumerate(texts)]
    pieces = [f"{quote}[{draft.cite(item.sentence)}]" for quote, item in zip(quotes, chosen, strict=True)]
    return say("semicolon", language).join(pieces) + say("end", language) if pieces else ""


def extract(
    question: Question,
    sources: Sources,
    prefer: Prefer | None = None,
    *,
    most: int = 3,
    chars: int = ENOUGH_CHARS,
    keep: float = 0.72,
    lead: Callable[[Sequence[Scored]], str] | None = None,
    continued: bool = True,
    listed: bool = True,
    arranged: Callable[[Sequence[Scored]], tuple[Scored, ...]] | None = None,
) -> Answer:
    """`arranged`: puts together what is told, rather than what goes on from the best sentence.

    `continued`: also what goes on from the best sentence (另一方面…, 这就导致…); `listed`: a list that answers may be told whole."""
    terms, ranked, chosen, reason = weighed(question, sources, prefer, most=most, chars=chars, keep=keep)
    wanted = listed and _wants_a_list(question)
    enumeration = announced_list(question, terms, ranked, sources, nearly=0.0) if wanted else None
    if enumeration is not None and (reason is None or reason.key not in _BARRED):
        draft = Draft(question, sources)
        draft.consider(terms, ranked)
        return draft.done(enumerated(*enumeration, draft))
    if arranged is not None and reason is None and (ordered := arranged(chosen)) != tuple(chosen):
        chosen = ordered
    elif continued and reason is None:
        chosen = with_continuation(question, terms, chosen, sources)
    draft = Draft(question, sources)
    draft.consider(terms, ranked)
    if reason is not None:
        return draft.refused(terms, reason)
    opening = lead(chosen) if lead else ""
    return draft.done((opening or introduced(question)) + told(chosen, terms, draft))


def about(question: Question, sources: Sources, prefer: Prefer | None = None) -> Prefer:
    """A preference for sentences whose subject is what the question asks about."""
    near = set(sources.family(question.concepts[0])) if question.concepts else set()
    index = index_of(sources)

    def better(sentence: Sentence) -> float:
        spoken = index.carried.get(sentence.id, set())
        return (1.15 if spoken & near else 0.95) * (prefer(sentence) if prefer else 1.0)

    return better if near else prefer or (lambda sentence: 1.0)


def having(pattern: str, *, worth: float = 1.3, without: float = 1.0) -> Prefer:
    """A preference for sentences that hold a regular expression."""
    compiled = re.compile(pattern)

    def prefer(sentence: Sentence) -> float:
        return worth if compiled.search(sentence.text) else without

    return prefer
