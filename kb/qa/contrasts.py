"""Where two concepts differ, as rows of a comparison table: stated comparatives, quantities on both sides, and facts set against each other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.graph.building import facts_of
from kb.language.normalize import fold
from kb.language.sentences import split_clauses
from kb.language.vocabulary import stopwords
from kb.qa.definitions import names_of
from kb.qa.drafting import Draft
from kb.qa.parallels import Parallel, parallels
from kb.qa.retrieval import alike, excerpt, tidy
from kb.qa.sources import Sources
from kb.qa.wording import say
from kb.records import Cell, Claim, Comparison, Direction, Fact, Language, Quantity, Sentence

_FLIP: dict[Direction, Direction] = {"a_more": "b_more", "b_more": "a_more", "equal": "equal"}
_BASES = ("shares", "has_part", "requires", "depends_on", "virtualizes", "packages", "runs_on", "isolates", "is_a")
_BECAUSE = re.compile(r"^(?:因为|由于|即使|如果|虽然|尽管)")  # a clause that stands alone gives no reason any more
_MOST_PARALLEL = 3
_SAYS_NOTHING = re.compile(r"结论|小结|总结|概述|简介|介绍|说明|定义|背景|其他|问题|误解|区别|不同|对比|比较")
_SHORT_HEADING = 8  # characters
_LONGEST = 90  # characters of a quote in a cell
_STATED = 0.33  # how sure a comparison must be to make a row


@dataclass(frozen=True, slots=True)
class Row:
    """`text`: the row in words, quotes of both sides; `brief` its shortest part; `aspect` is `None` for a row of facts; `weight` orders rows.

    `direction` speaks of the aspect, of the first concept against the second.
    """

    label: str
    text: str
    cells: tuple[Cell, ...]
    citations: tuple[int, ...]
    weight: float
    aspect: str | None = None
    verdict: str | None = None
    metric: str | None = None
    direction: Direction | None = None
    brief: str = ""
    brief_citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stated:
    comparison: Comparison
    direction: Direction  # of the question's first concept against its second
    near: float


def rows_for(a: str, b: str, sources: Sources, draft: Draft) -> tuple[Row, ...]:
    """Rows with most support first; the facts' row (what each is built on) before all others."""
    rows = [
        *_fact_rows(a, b, sources, draft),
        *_told_rows(a, b, sources, draft),
        *_parallel_rows(a, b, sources, draft),
        *_aspect_rows(a, b, sources, draft),
    ]
    return tuple(sorted(rows, key=lambda row: -row.weight))


# ---------------------------------------------------------------- stated comparatives


def _aspect_rows(a: str, b: str, sources: Sources, draft: Draft) -> list[Row]:
    stated = _comparisons(a, b, sources)
    rows: list[Row] = []
    numbers_a, numbers_b = _numbers(a, sources), _numbers(b, sources)
    for aspect, group in stated.items():
        verdict_direction = _majority(group)
        best = [item for item in group if item.direction == verdict_direction]
        best.sort(key=lambda item: -(item.near * item.comparison.confidence))
        if not best or _together(item.near * item.comparison.confidence for item in best) < _STATED:
            continue
        rows.append(
            _aspect_row(a, b, aspect, verdict_direction, best, numbers_a.get(aspect, ()), numbers_b.get(aspect, ()), sources, draft)
        )
    for aspect in (set(numbers_a) & set(numbers_b)) - set(stated):
        row = _number_row(aspect, numbers_a[aspect], numbers_b[aspect], sources, draft)
        if row is not None:
            rows.append(row)
    return rows


def _together(sure: Iterable[float]) -> float:
    """How sure at least one of several statements is; each as if by itself."""
    return 1.0 - math.prod(1.0 - one for one in sure)


def _comparisons(a: str, b: str, sources: Sources) -> dict[str, list[_Stated]]:
    first, second = sources.family(a), sources.family(b)
    grouped: dict[str, list[_Stated]] = {}
    for id_ in first:
        for comparison in sources.reader.comparisons(concepts=[id_]):
            other = comparison.b if comparison.a == id_ else comparison.a
            if other in second and other not in first:
                direction = comparison.direction if comparison.a == id_ else _FLIP[comparison.direction]
                grouped.setdefault(comparison.aspect, []).append(_Stated(comparison, direction, first[id_] * second[other]))
    return grouped


def _majority(group: Sequence[_Stated]) -> Direction:
    votes: dict[Direction, float] = {}
    for item in group:
        votes[item.direction] = votes.get(item.direction, 0.0) + item.near * item.comparison.confidence
    return max(votes, key=lambda direction: votes[direction])


def _aspect_row(
    a: str,
    b: str,
    aspect: str,
    direction: Direction,
    best: Sequence[_Stated],
    numbers_a: Sequence[Quantity],
    numbers_b: Sequence[Quantity],
    sources: Sources,
    draft: Draft,
) -> Row:
    row = sources.domain.aspects.get(aspect)
    label = (row.zh if draft.question.language == "zh" else row.en) if row else aspect
    quotes: list[tuple[str, int]] = []
    if numbers_a and numbers_b:
        for quantity in (numbers_a[0], numbers_b[0]):
            sentence = sources.sentence(quantity.sentence_id)
            if (
                sentence is not None
                and quantity.confidence >= 0.5
                and len(sentence.text) <= _LONGEST
                and not any(alike(sentence.text, other) for other, _ in quotes)
            ):
                quotes.append((tidy(sentence.text), draft.cite(sentence)))
    for item in best:
        sentence = sources.sentence(item.comparison.sentence_id)
        if sentence is None:
            continue
        compared = tidy(sources.reader.quote(sentence.id, item.comparison.span))
        text = _clauses_for(sentence, (sources.name(a), sources.name(b)), compared)
        if not any(alike(text, other) for other, _ in quotes):
            quotes.append((text, draft.cite(sentence)))
        if len(quotes) >= 3 or len(text) > 60:
            break
    winner = sources.name(a if direction == "a_more" else b, draft.question.language)
    degree = (row.degree if draft.question.language == "zh" else f" {row.degree_en}") if row else "更高"
    verdict = f"{winner}{degree}" if direction != "equal" else None
    text = say("semicolon", draft.question.language).join(text for text, _ in quotes)
    citations = tuple(n for _, n in quotes)
    cells = (
        _cell(direction == "a_more", direction, numbers_a, quotes, sources, draft),
        _cell(direction == "b_more", direction, numbers_b, quotes, sources, draft),
    )
    support = sum(item.near * item.comparison.confidence for item in best)
    order = row.order if row else 40
    brief, number = min(quotes, key=lambda quote: (len(quote[0]) < 8, len(quote[0])))
    weight = min(2.0, support) + 1.0 - order / 60
    return Row(label, text, cells, citations, weight, aspect, verdict, row.metric if row else None, direction, brief, (number,))


def _cell(
    more: bool, direction: Direction, numbers: Sequence[Quantity], quotes: Sequence[tuple[str, int]], sources: Sources, draft: Draft
) -> Cell:
    zh = draft.question.language == "zh"
    mark = (
        ("相当" if zh else "equal") if direction == "equal" else ("较高 ▲" if zh else "more ▲") if more else ("较低 ▽" if zh else "less ▽")
    )
    said: list[str] = []
    cited: list[int] = []
    for quantity in numbers[:2]:
        n = draft.cite_id(quantity.sentence_id)
        if n is not None and quantity.value_text not in said:
            said.append(quantity.value_text)
            cited.append(n)
    shown = mark + (f"({say('comma', draft.question.language).join(said)})" if said else "")
    return Cell(shown, "article", tuple(dict.fromkeys([*cited, *(n for _, n in quotes)])))


def _numbers(concept: str, sources: Sources) -> dict[str, tuple[Quantity, ...]]:
    grouped: dict[str, list[Quantity]] = {}
    for id_ in sources.family(concept):
        for quantity in sources.reader.quantities(subject=id_):
            if quantity.confidence >= 0.4 and quantity.aspect in ("启动速度", "创建速度", "体积", "磁盘占用", "资源占用"):
                grouped.setdefault(quantity.aspect, []).append(quantity)
    for items in grouped.values():
        items.sort(key=lambda quantity: -quantity.confidence)
    return {aspect: tuple(items) for aspect, items in grouped.items()}


def _number_row(aspect: str, of_a: Sequence[Quantity], of_b: Sequence[Quantity], sources: Sources, draft: Draft) -> Row | None:
    first, second = sources.sentence(of_a[0].sentence_id), sources.sentence(of_b[0].sentence_id)
    if first is None or second is None:
        return None
    row = sources.domain.aspects[aspect]
    label = row.zh if draft.question.language == "zh" else row.en
    texts = list(dict.fromkeys(excerpt(sentence.text, (), most=_LONGEST) for sentence in (first, second)))
    cells = tuple(
        Cell(quantity.value_text, "article", (draft.cite(sentence),)) for quantity, sentence in ((of_a[0], first), (of_b[0], second))
    )
    return Row(
        label,
        say("semicolon", draft.question.language).join(texts),
        cells,
        tuple(dict.fromkeys(n for cell in cells for n in cell.citations)),
        1.4,
        aspect,
        metric=row.metric,
        brief=say("semicolon", draft.question.language).join(texts),
        brief_citations=tuple(n for cell in cells for n in cell.citations),
    )


# ---------------------------------------------------------------- facts set against each other


def _fact_rows(a: str, b: str, sources: Sources, draft: Draft) -> list[Row]:
    """What each is built on: for each side its best-supported facts about what the other side's facts are about too."""
    facts_a, facts_b = _facts(a, sources), _facts(b, sources)
    about_b = {id_ for fact in facts_b for id_ in sources.family(fact.object)} | {
        "kernel",
        "host_kernel",
        "operating_system",
        "guest_os",
        "host_os",
    } & {fact.object for fact in (*facts_a, *facts_b)}
    about_a = {id_ for fact in facts_a for id_ in sources.family(fact.object)} | about_b
    left = _best([fact for fact in facts_a if fact.object in about_b and fact.object in _TELLING], sources)
    right = _best([fact for fact in facts_b if fact.object in about_a and fact.object in _TELLING], sources)
    if not left or not right or left[0].sentence_id == right[0].sentence_id:
        return []
    zh = draft.question.language == "zh"
    texts: list[str] = []
    cells: list[Cell] = []
    citations: list[int] = []
    for side in (left, right):
        shown: list[str] = []
        cited: list[int] = []
        for claim in side:
            sentence = sources.sentence(claim.sentence_id)
            if sentence is None:
                continue
            quote = _clause_of(sentence, claim, sources, draft.question.language)
            if any(alike(quote, other) for other in texts):
                continue
            texts.append(quote)
            shown.append(_worded(claim, sources, zh))
            cited.append(draft.cite(sentence))
        cells.append(
            Cell(say("semicolon", draft.question.language).join(dict.fromkeys(shown)) or "—", "article" if shown else "none", tuple(cited))
        )
        citations.extend(cited)
    numbers = tuple(dict.fromkeys(citations))
    shortest = _one_a_side(left, right, sources, draft.question.language)
    label = "架构" if zh else "architecture"
    brief = say("semicolon", draft.question.language).join(text for text, _ in shortest)
    brief_numbers = tuple(n for _, id_ in shortest if (n := draft.cite_id(id_)) is not None)
    return [
        Row(
            label,
            say("semicolon", draft.question.language).join(texts),
            tuple(cells),
            numbers,
            9.0,
            metric="kernel_identity",
            brief=brief,
            brief_citations=brief_numbers,
        )
    ]


def _one_a_side(left: Sequence[Claim], right: Sequence[Claim], sources: Sources, language: Language) -> list[tuple[str, str]]:
    """The best quote of each side with its sentence id."""
    chosen: list[tuple[str, str]] = []
    for side in (left, right):
        sentence = sources.sentence(side[0].sentence_id)
        if sentence is not None:
            chosen.append((_clause_of(sentence, side[0], sources, language), sentence.id))
    return chosen


def _parallel_rows(a: str, b: str, sources: Sources, draft: Draft) -> list[Row]:
    """What sentences side by side say of the two with the same verb: LXC 提供系统容器。Docker 提供应用容器。"""
    sides = {*sources.family(a), *sources.family(b)}
    of_a, of_b = ([claim for claim in _claims(side, sources) if claim.object not in sides] for side in (a, b))
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
    zh = draft.question.language == "zh"
    for weight, one, other in found:
        if len(rows) >= _MOST_PARALLEL or {one.sentence_id, other.sentence_id} & used:
            continue
        used |= {one.sentence_id, other.sentence_id}
        texts: list[str] = []
        cells: list[Cell] = []
        for claim in (one, other):
            sentence = sources.sentence(claim.sentence_id)
            if sentence is not None:
                texts.append(_clause_of(sentence, claim, sources, draft.question.language))
                cells.append(Cell(_worded(claim, sources, zh), "article", (draft.cite(sentence),)))
        numbers = tuple(dict.fromkeys(n for cell in cells for n in cell.citations))
        text = say("semicolon", draft.question.language).join(dict.fromkeys(texts))
        relation = sources.domain.relations[one.relation]
        label = (relation.heading or relation.zh) if zh else (relation.heading_en or relation.en)
        rows.append(Row(label, text, tuple(cells), numbers, 0.9 + weight, brief=text, brief_citations=numbers))
    return rows


def _told_rows(a: str, b: str, sources: Sources, draft: Draft) -> list[Row]:
    """What the text sets side by side in its own words, be it read as claims or not."""
    rows: list[Row] = []
    for pair in parallels(a, b, sources):
        label = _set_in(pair, sources, (a, b), draft.question.language)
        cells = tuple(Cell(side.text, "article", (draft.cite(side.sentence),)) for side in (pair.a, pair.b))
        numbers = tuple(dict.fromkeys(n for cell in cells for n in cell.citations))
        text = say("semicolon", draft.question.language).join(dict.fromkeys((pair.a.text, pair.b.text)))
        if len(text) <= 2 * _LONGEST:
            rows.append(Row(label, text, cells, numbers, 1.4 + pair.weight, brief=text, brief_citations=numbers))
    return rows


def _set_in(pair: Parallel, sources: Sources, things: tuple[str, str], language: str) -> str:
    """What the two stretches are set side by side in: an aspect that both name, else the heading over them, where it names one."""
    zh = language == "zh"
    for aspect in sources.domain.aspects.values():
        if all(any(name in side.text for name in (*aspect.names, *aspect.reversed_names)) for side in (pair.a, pair.b)):
            return aspect.zh if zh else aspect.en
    over = {(side.sentence.heading or "").split(" / ")[-1] for side in (pair.a, pair.b)}
    heading = over.pop() if zh and len(over) == 1 else ""
    named = any(match.concept_id in things for match in sources.lexicon.find(heading))
    if 2 <= len(heading) <= _SHORT_HEADING and not named and not _SAYS_NOTHING.search(heading):
        return heading
    return shared_label((pair.a.text, pair.b.text), [name for thing in things for name in names_of(thing, sources)], sources, language)


def shared_label(texts: Sequence[str], names: Sequence[str], sources: Sources, language: str) -> str:
    """What several stretches speak of: an aspect, else the longest word that they share beside `names`; 「对照」 where they share none."""
    for aspect in sources.domain.aspects.values():
        if all(any(name in text for name in (*aspect.names, *aspect.reversed_names)) for text in texts):
            return aspect.zh if language == "zh" else aspect.en
    words = [[word.text for word in sources.tokenizer.words(text)] for text in texts]
    shared = [
        word
        for word in dict.fromkeys(words[0])
        if len(word) > 1
        and all(word in other for other in words[1:])
        and word not in stopwords()
        and not any(word.lower() in n for n in names)
    ]
    if language == "zh" and shared:
        return max(shared, key=len)
    return say("side_by_side", language)


def _claims(concept: str, sources: Sources) -> list[Claim]:
    near = [id_ for id_, worth in sources.family(concept).items() if worth >= 0.7]
    claims = [claim for id_ in near for claim in sources.reader.claims(subject=id_)]
    return [claim for claim in claims if not claim.analogy and not claim.object.startswith("lit:") and claim.confidence >= 0.5]


def _gap(one: str, other: str) -> int | None:
    """Sentences between two of one article; `None` for two articles."""
    article, _, place = one.rpartition("#")
    article_2, _, place_2 = other.rpartition("#")
    return abs(int(place) - int(place_2)) if article == article_2 else None


def _facts(concept: str, sources: Sources) -> tuple[Fact, ...]:
    claims = [
        claim
        for id_, near in sources.family(concept).items()
        for claim in sources.reader.claims(subject=id_)
        if claim.relation in _BASES and not claim.analogy and near >= 0.5
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


def _worded(claim: Claim, sources: Sources, zh: bool) -> str:
    row = sources.domain.relations[claim.relation]
    wording = (row.wording if zh else row.wording_en) if claim.holds else (row.wording_denied if zh else row.wording_en_denied)
    language: Language = "zh" if zh else "en"
    return wording.replace("{S}", sources.name(claim.subject, language)).replace("{O}", sources.name(claim.object, language))


# ---------------------------------------------------------------- quotes


def _clause_of(sentence: Sentence, claim: Claim, sources: Sources, language: Language) -> str:
    """The claim's clause; with the name of its subject before it where the clause leaves it out."""
    quote = tidy(sources.reader.quote(claim.sentence_id, claim.span))
    cleaned = next((sentence.text[s:e] for s, e in split_clauses(sentence.text) if _same(sentence.text[s:e], quote)), None)
    text = _BECAUSE.sub("", tidy(cleaned or sentence.text))
    text = excerpt(text, (), most=_LONGEST)
    if any(fold(name) in fold(text) for name in (sources.name(claim.subject), sources.name(claim.subject, "en"))):
        return text
    return f"{sources.name(claim.subject, language)}{say('colon', language)}{text.lstrip('它其他')}"


def _same(one: str, other: str) -> bool:
    return alike(one, other) and abs(len(one) - len(other)) < 12


def _clauses_for(sentence: Sentence, names: Sequence[str], compared: str) -> str:
    """The whole sentence where it is short, else the run of clauses that names the things up to the clause that compares them."""
    text = tidy(sentence.text)
    if len(text) <= 50:
        return text
    spans = split_clauses(text)
    marked = [index for index, (s, e) in enumerate(spans) if any(name.lower() in text[s:e].lower() for name in names) or "更" in text[s:e]]
    if not marked:
        return excerpt(text, (), most=_LONGEST)
    telling = next((index for index, (s, e) in enumerate(spans) if _same(text[s:e], compared)), None)
    first = last = marked[0]
    if telling is not None and spans[max(telling, first)][1] - spans[min(telling, first)][0] > _LONGEST:
        first = last = telling
    for index in [*marked, *([telling] if telling is not None else [])]:
        if index > last and spans[index][1] - spans[first][0] <= _LONGEST:
            last = index
    return tidy(text[spans[first][0] : spans[last][1]])
