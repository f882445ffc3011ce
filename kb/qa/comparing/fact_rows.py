"""Rows that set facts against each other: what each of two things is, what it is built on, what the text says of both side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.graph.building import facts_of
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.sentences import split_clauses
from kb.qa.asking.compared import holds
from kb.qa.comparing.fragments import hearsay, of_all, stands_alone, without_announcement
from kb.qa.comparing.labels import label_of
from kb.qa.comparing.parallels import opens, parallels
from kb.qa.comparing.rows import LONGEST, Row, kin_of, kinds_of
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import alike, excerpt, tidy
from kb.qa.sources import Sources
from kb.qa.telling.definitions import explaining, names_of, without_brackets
from kb.qa.telling.drafting import Draft
from kb.qa.wording import say
from kb.records import Cell, Claim, Fact, Language, Sentence

_BASES = ("shares", "has_part", "requires", "depends_on", "virtualizes", "packages", "runs_on", "isolates")
_KERNELS = frozenset({"kernel", "host_kernel", "operating_system", "guest_os", "host_os"})
_BECAUSE = regex(r"^(?:因为|由于|即使|如果|虽然|尽管|所以|因此)")  # a clause that stands alone gives no reason any more
_FOLLOWS = regex(r"^(?:所以|因此|因而|从而|于是|这样)")  # what follows from a clause is not set against it
_PREDICATE = regex(r"(?:不|没有?|通常|一般|只|可以?|必须)*(?:与|和|跟|在|由|用|对|是|有|能|可|要|会|把|被|为|从|拥有|[^,，]{1,4}了)")
_DIFFER_IN = (
    r"^(?:[^,，]{2,12}[,，])?(?:A\s*[和与跟]\s*[^,，]{0,4}B|B\s*[和与跟]\s*[^,，]{0,4}A)"
    r"(?:之间|两者)?的?(?:最?(?:根本|主要|本质|大|关键|核心|重要|明显|显[著着]|突出))?的?(?:区别|不同|差别|差异)(?:之处|点)?(?:就?在于|就?是|[:：])"
)
_PAIRED = regex(r"\s*(?:[(（][^()（）]*[)）])?\s*[和与及跟、]")
_COMPARES = regex(r"(?<![对相])比(?!如)|相比")
_MOST_OF_DIFFERENCE = 110  # characters
_MOST_PARALLEL = 3
_FIRST = 9.0  # weight of the row that leads
_TOGETHER = 0.9  # weight from which two stretches belong together so surely that their whole sentence may stand for them
_SURE_ENOUGH = 0.35  # weight of two stretches side by side that no word in common names
_TOLD_AT_MOST = 1.5  # weight of a row that no aspect or fact carries: behind what articles find one of the two better in


def fact_rows(things: Sequence[str], sources: Sources, draft: Draft) -> list[Row]:
    """What each is built on: for each side its best-supported facts about what the other sides' facts are about too, and which not all have."""
    if not _of_a_kind(things, sources):
        return []
    facts = [_facts(thing, [other for other in things if other != thing], sources) for thing in things]
    common = set.intersection(*({_said(fact) for fact in own} for own in facts))
    sides: list[list[Claim]] = []
    for number, own in enumerate(facts):
        about = _KERNELS | {id_ for n, other in enumerate(facts) if n != number for fact in other for id_ in sources.family(fact.object)}
        told = [fact for fact in own if fact.object in about and fact.object in _TELLING and _said(fact) not in common]
        sides.append(_best(told, sources))
    if not all(sides) or len({side[0].sentence_id for side in sides}) < len(sides):
        return []
    language = draft.question.language
    said: list[str] = []
    cells: list[Cell] = []
    shortest: list[tuple[str, int]] = []
    for side in sides:
        shown: list[str] = []
        cited: list[int] = []
        for claim in side:
            sentence = sources.sentence(claim.sentence_id)
            quote = _clause_of(sentence, claim, sources, language) if sentence is not None else ""
            if sentence is None or not quote or any(alike(quote, other) for other in said):
                continue
            said.append(quote)
            shown.append(quote if language == "zh" else _worded(claim, sources))
            cited.append(draft.cite(sentence))
            if len(shown) == 1:
                shortest.append((quote, cited[0]))
        if not shown:
            return []
        cells.append(Cell(say("semicolon", language).join(dict.fromkeys(shown)), "article", tuple(cited)))
    return [
        Row(
            say("architecture", language),
            say("semicolon", language).join(said),
            tuple(cells),
            tuple(dict.fromkeys(n for cell in cells for n in cell.citations)),
            _FIRST,
            metric="kernel_identity",
            brief=say("semicolon", language).join(text for text, _ in shortest),
            brief_citations=tuple(dict.fromkeys(n for _, n in shortest)),
        )
    ]


def difference_row(a: str, b: str, sources: Sources, draft: Draft) -> list[Row]:
    """The sentence that says in so many words where the two differ: 「A 和 B 的根本区别在于…」, 「A 和 B 不同在于：…」. It has no cells."""
    index = index_of(sources)
    one, other = ("|".join(re.escape(name) for name in sorted(names_of(thing, sources), key=len, reverse=True)) for thing in (a, b))
    differ = re.compile(_DIFFER_IN.replace("A", f"(?:{one})").replace("B", f"(?:{other})"))
    found: list[Sentence] = []
    for id_ in dict.fromkeys(index.by_concept.get(a, ())):
        sentence = index.sentences.get(id_)
        if sentence is not None and not hearsay(sentence.text) and differ.search(without_brackets(index.folded[id_])):
            found.append(sentence)
    if not found:
        return []
    language = draft.question.language
    best = max(found, key=lambda sentence: min(len(sentence.text), _MOST_OF_DIFFERENCE))
    text = excerpt(best.text, (), most=_MOST_OF_DIFFERENCE)
    number = draft.cite(best)
    return [Row(say("main_difference", language), text, (), (number,), _FIRST + 1, brief=text, brief_citations=(number,))]


def _said(fact: Fact) -> tuple[str, str, bool]:
    """What most claims say."""
    return fact.relation, fact.object, len(fact.said) >= len(fact.denied)


def _of_a_kind(things: Sequence[str], sources: Sources) -> bool:
    """A machine and a file differ first in what they are; a product is of the kinds that articles give it."""
    kinds = []
    for thing in things:
        own = {thing} if _kind(thing, sources) != "product" else {thing, *kinds_of(thing, sources)}
        kinds.append({_kind(id_, sources) for id_ in own} - {""})
    return bool(set.intersection(*kinds))


def _kind(concept: str, sources: Sources) -> str:
    return sources.lexicon.concept(concept).kind if concept in sources.lexicon else ""


def defined_row(things: Sequence[str], sources: Sources, draft: Draft, *, presented: bool = False) -> list[Row]:
    """What each is, in the sentence that says it best; none where one is nowhere explained or one sentence explains two.

    `presented`: of what is nowhere explained, the sentence with which an article begins to tell of it stands in.
    """
    explained = [_explained(thing, things, sources) for thing in things]
    if presented:
        explained = [one or _presented(thing, things, sources) for one, thing in zip(explained, things, strict=True)]
    found = [sentence for sentence in explained if sentence is not None]
    if len({sentence.id for sentence in found}) < len(things) or not all(stands_alone(tidy(one.text), one.text) for one in found):
        return []
    language = draft.question.language
    texts = [excerpt(without_announcement(sentence.text), (), most=LONGEST) for sentence in found]
    numbers = tuple(draft.cite(sentence) for sentence in found)
    cells = tuple(Cell(text, "article", (n,)) for text, n in zip(texts, numbers, strict=True))
    text = say("semicolon", language).join(texts)
    return [Row(say("what_it_is", language), text, cells, numbers, _FIRST - 1, brief=text, brief_citations=numbers)]


def _explained(thing: str, things: Sequence[str], sources: Sources) -> Sentence | None:
    found = explaining(thing, sources, tuple(kin_of(thing, [other for other in things if other != thing], sources)))
    return found if found is not None and not _of_others_too(found, thing, things, sources) else None


def _of_others_too(sentence: Sentence, thing: str, things: Sequence[str], sources: Sources) -> bool:
    """Whether a sentence tells of another of the things as much: Xen 支持 PV、HVM 和 PVH, OpenVZ 和 VServer 是两种技术."""
    text = fold(sentence.text)
    own = max((len(name) for name in names_of(thing, sources) if text.startswith(name)), default=0)
    others = [name for other in things if other != thing for name in names_of(other, sources)]
    return holds(text, others) if own == 0 else _PAIRED.match(text, own) is not None


def _presented(thing: str, things: Sequence[str], sources: Sources) -> Sentence | None:
    """The first sentence that begins with a thing: in a passage under its name before all others."""
    index, names = index_of(sources), names_of(thing, sources)
    opening = [
        one
        for id_ in dict.fromkeys(index.by_concept.get(thing, ()))
        if (one := index.sentences.get(id_)) is not None
        and opens(one.text, names)
        and not (hearsay(one.text) or _COMPARES.search(one.text))
        and not any(holds(fold(one.text), names_of(other, sources)) for other in things if other != thing)
    ]
    headed = [one for one in opening if thing in index.heading_concepts.get(one.id, ()) or thing in index.title_concepts.get(one.id, ())]
    return next((one for one in headed or opening if stands_alone(tidy(one.text), one.text) and len(one.text) <= LONGEST), None)


def parallel_rows(a: str, b: str, sources: Sources, draft: Draft) -> list[Row]:
    """What sentences side by side say of the two with the same verb: LXC 提供系统容器。Docker 提供应用容器。"""
    sides = {*sources.family(a), *sources.family(b)}
    of_a, of_b = ([claim for claim in _claims(*pair, sources) if claim.object not in sides] for pair in ((a, (b,)), (b, (a,))))
    found: list[tuple[float, Claim, Claim]] = []
    for one in of_a:
        for other in of_b:
            if one.relation == other.relation and (one.object != other.object or one.holds != other.holds):
                gap = _gap(one.sentence_id, other.sentence_id)
                if gap is not None and gap <= 2:
                    found.append((one.confidence * other.confidence * (1.3 if gap == 0 else 1.0), one, other))
    found.sort(key=lambda item: -item[0])
    rows: list[Row] = []
    used: set[str] = set()
    language = draft.question.language
    for weight, one, other in found:
        if len(rows) >= _MOST_PARALLEL or {one.sentence_id, other.sentence_id} & used:
            continue
        used |= {one.sentence_id, other.sentence_id}
        sentences = [sources.sentence(claim.sentence_id) for claim in (one, other)]
        texts = [_clause_of(s, c, sources, language) if s is not None else "" for s, c in zip(sentences, (one, other), strict=True)]
        if not all(texts) or texts[0] == texts[1] or any(map(of_all, texts)):
            continue
        cells = [
            Cell(text if language == "zh" else _worded(claim, sources), "article", (n,))
            for text, claim in zip(texts, (one, other), strict=True)
            if (n := draft.cite_id(claim.sentence_id)) is not None
        ]
        numbers = tuple(dict.fromkeys(n for cell in cells for n in cell.citations))
        text = say("semicolon", language).join(dict.fromkeys(texts))
        relation = sources.domain.relations[one.relation]
        label = (relation.heading or relation.zh) if language == "zh" else (relation.heading_en or relation.en)
        rows.append(Row(label, text, tuple(cells), numbers, 0.9 + weight, brief=text, brief_citations=numbers))
    return rows


def told_rows(a: str, b: str, sources: Sources, draft: Draft) -> list[Row]:
    """What the text sets side by side in its own words, be it read as claims or not."""
    rows: list[Row] = []
    names = [name for thing in (a, b) for name in names_of(thing, sources)]
    for pair in parallels(a, b, sources):
        sides = (pair.a, pair.b)
        whole = tidy(pair.a.sentence.text) if pair.a.sentence.id == pair.b.sentence.id else ""
        leaning = not all(stands_alone(side.text, side.sentence.text) for side in sides)
        if (
            pair.a.text == pair.b.text
            or any(hearsay(side.sentence.text) or of_all(side.text) for side in sides)
            or (pair.a.sentence.id == pair.b.sentence.id and any(_FOLLOWS.match(side.text) for side in sides))
            or (leaning and not (0 < len(whole) <= LONGEST and pair.weight >= _TOGETHER))
        ):
            continue
        label = label_of([side.text for side in sides], [side.sentence for side in sides], names, sources, draft.question.language)
        if pair.weight < _SURE_ENOUGH and label == say("side_by_side", draft.question.language):
            continue
        texts = [without_announcement(tidy(side.text)) for side in sides]
        cells = tuple(Cell(text, "article", (draft.cite(side.sentence),)) for text, side in zip(texts, sides, strict=True))
        numbers = tuple(dict.fromkeys(n for cell in cells for n in cell.citations))
        text = whole if leaning else say("semicolon", draft.question.language).join(dict.fromkeys(texts))
        if len(text) <= 2 * LONGEST:
            rows.append(Row(label, text, cells, numbers, min(_TOLD_AT_MOST, 1.4 + pair.weight), brief=text, brief_citations=numbers))
    return rows


def _claims(concept: str, against: Sequence[str], sources: Sources) -> list[Claim]:
    claims = [claim for id_ in kin_of(concept, against, sources) for claim in sources.stated.of_subject(id_)]
    return [claim for claim in claims if not claim.analogy and not claim.object.startswith("lit:") and claim.confidence >= 0.5]


def _gap(one: str, other: str) -> int | None:
    """Sentences between two of one article; `None` for two articles."""
    article, _, place = one.rpartition("#")
    article_2, _, place_2 = other.rpartition("#")
    return abs(int(place) - int(place_2)) if article == article_2 else None


def _facts(concept: str, against: Sequence[str], sources: Sources) -> tuple[Fact, ...]:
    claims = [
        claim
        for id_ in kin_of(concept, against, sources)
        for claim in sources.stated.of_subject(id_)
        if claim.relation in _BASES and not claim.analogy
    ]
    return facts_of(claims)


_TELLING = {
    "kernel": 3.0,
    "host_kernel": 3.0,
    "guest_os": 3.0,
    "host_os": 2.0,
    "operating_system": 2.4,
    "hypervisor": 1.6,
    "virtual_hardware": 1.2,
}


def _best(facts: Iterable[Fact], sources: Sources, *, most: int = 2) -> list[Claim]:
    ranked: list[tuple[float, Claim]] = []
    for fact in facts:
        claims = (*fact.said, *fact.denied)
        claim = max(claims, key=lambda claim: (claim.confidence, -len(sources.reader.quote(claim.sentence_id, claim.span))))
        telling = _TELLING.get(fact.object, 1.0) * (1.5 if fact.relation in ("shares", "has_part", "requires", "packages") else 1.0)
        ranked.append((telling * claim.confidence * (1 + 0.2 * len(claims)), claim))
    ranked.sort(key=lambda pair: -pair[0])
    chosen: list[Claim] = []
    for _, claim in ranked:
        if not any(claim.sentence_id == other.sentence_id for other in chosen):
            chosen.append(claim)
        if len(chosen) >= most:
            break
    return chosen


def _worded(claim: Claim, sources: Sources) -> str:
    """In English; the quote in its article says it in Chinese."""
    row = sources.domain.relations[claim.relation]
    wording = row.wording_en if claim.holds else row.wording_en_denied
    return wording.replace("{S}", sources.name(claim.subject, "en")).replace("{O}", sources.name(claim.object, "en"))


def _clause_of(sentence: Sentence, claim: Claim, sources: Sources, language: Language) -> str:
    """The claim's clause, or the sentence where the clause does not stand alone; with the name of its subject before it where it leaves
    it out. Empty where neither says anything by itself.
    """
    quote = tidy(sources.reader.quote(claim.sentence_id, claim.span))
    cleaned = next((sentence.text[s:e] for s, e in split_clauses(sentence.text) if same_clause(sentence.text[s:e], quote)), None)
    if fold(quote) in fold(sentence.text):
        cleaned = quote
    text = next((one for one in (cleaned, sentence.text) if one and len(one) <= LONGEST and stands_alone(tidy(one), sentence.text)), None)
    if text is None or hearsay(sentence.text):
        return ""
    text = without_announcement(_BECAUSE.sub("", tidy(text))).strip()
    own = names_of(claim.subject, sources) if claim.subject in sources.lexicon else (fold(sources.name(claim.subject)),)
    if any(name in fold(text) for name in own):
        return text
    return _under_its_name(sources.name(claim.subject), text.lstrip("它其他"), sources)


def _under_its_name(name: str, text: str, sources: Sources) -> str:
    """容器 + 与宿主机共享内核; with a colon where what follows is no predicate."""
    verbs = tuple(verb for row in sources.domain.relations.values() for verb in row.verbs)
    joint = "" if _PREDICATE.match(text) or text.startswith(verbs) else say("colon", "zh")
    return f"{name}{' ' if joint == '' and name[-1].isascii() else ''}{joint}{text}"


def same_clause(one: str, other: str) -> bool:
    return alike(one, other) and abs(len(one) - len(other)) < 12
