"""Where two concepts differ, as rows of a comparison table: stated comparatives and quantities on both sides, beside facts set apart."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.sentences import split_clauses
from kb.language.vocabulary import opposites
from kb.qa.comparing.fact_rows import defined_row, difference_row, fact_rows, parallel_rows, same_clause, told_rows
from kb.qa.comparing.fragments import hearsay, points_back, stands_alone, without_announcement
from kb.qa.comparing.rows import LONGEST, Row, kin_of
from kb.qa.finding.retrieval import alike, excerpt, tidy
from kb.qa.sources import Sources
from kb.qa.telling.definitions import names_of
from kb.qa.telling.drafting import Draft
from kb.qa.wording import say, spaced
from kb.records import Cell, Comparison, Direction, Quantity, Sentence

_FLIP: dict[Direction, Direction] = {"a_more": "b_more", "b_more": "a_more", "equal": "equal"}
_ATTRIBUTE = regex(r"更[\u4e00-\u9fff]{1,3}的[\u4e00-\u9fff]")
_GUESSED = 0.5  # confidence of a comparison that leaves out what it compares with
_STATED = 0.33  # how sure a comparison must be to make a row
_MORE = "更高"
_COUNTED = ("启动速度", "创建速度", "体积", "磁盘占用", "资源占用")


@dataclass(frozen=True, slots=True)
class _Stated:
    comparison: Comparison
    direction: Direction  # of the question's first concept against its second
    near: float


def rows_for(a: str, b: str, sources: Sources, draft: Draft) -> tuple[Row, ...]:
    """Rows with most support first; what each is built on and what each is before all others."""
    built = fact_rows((a, b), sources, draft)
    told = told_rows(a, b, sources, draft)
    cited = {n for row in told for n in row.citations}
    defined = [row for row in defined_row((a, b), sources, draft) if not cited & set(row.citations)]
    rows = [
        *difference_row(a, b, sources, draft),
        *built,
        *(replace(row, brief="") if built else row for row in defined),
        *told,
        *parallel_rows(a, b, sources, draft),
        *_aspect_rows(a, b, sources, draft),
    ]
    return tuple(_once(sorted(rows, key=lambda row: -row.weight)))


def _once(rows: Iterable[Row]) -> list[Row]:
    """No two rows of one name, and none that says on both sides what one before it says."""
    kept: list[Row] = []
    for row in rows:
        said = [cell.text for other in kept for cell in other.cells]
        again = row.direction is None and row.cells and all(any(alike(cell.text, text) for text in said) for cell in row.cells)
        if not again and all(row.label != other.label for other in kept):
            kept.append(row)
    return kept


# ---------------------------------------------------------------- stated comparatives


def _aspect_rows(a: str, b: str, sources: Sources, draft: Draft) -> list[Row]:
    stated = _comparisons(a, b, sources)
    rows: list[Row] = []
    numbers_a, numbers_b = _numbers(a, b, sources), _numbers(b, a, sources)
    for aspect, group in stated.items():
        verdict_direction = _majority(group)
        best = [item for item in group if item.direction == verdict_direction and not _from_hearsay(item.comparison, sources)]
        best.sort(key=lambda item: (not _names_both(item, sources), -(item.near * item.comparison.confidence)))
        if not best or _together(item.near * item.comparison.confidence for item in best) < _STATED or not _sure(best, sources):
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
    first, second = kin_of(a, (b,), sources), kin_of(b, (a,), sources)
    grouped: dict[str, list[_Stated]] = {}
    for id_ in first:
        for comparison in sources.stated.comparisons(id_):
            other = comparison.b if comparison.a == id_ else comparison.a
            if other in second and other not in first:
                direction = comparison.direction if comparison.a == id_ else _FLIP[comparison.direction]
                grouped.setdefault(comparison.aspect, []).append(_Stated(comparison, direction, first[id_] * second[other]))
    return grouped


def _sure(stated: Sequence[_Stated], sources: Sources) -> bool:
    """A single guess at what is compared counts only where its degree is said of the thing, not of something beside it (更小的用户态程序)."""
    if len(stated) > 1 or stated[0].comparison.confidence > _GUESSED:
        return True
    sentence = sources.sentence(stated[0].comparison.sentence_id)
    return sentence is not None and _ATTRIBUTE.search(sentence.text) is None


def _from_hearsay(comparison: Comparison, sources: Sources) -> bool:
    sentence = sources.sentence(comparison.sentence_id)
    return sentence is None or hearsay(sentence.text)


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
                and len(sentence.text) <= LONGEST
                and not hearsay(sentence.text)
                and not any(alike(sentence.text, other) for other, _ in quotes)
            ):
                quotes.append((tidy(sentence.text), draft.cite(sentence)))
    figures = tuple(quotes)
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
    own_degree = row.degree if row else _MORE
    degree = (row.degree if draft.question.language == "zh" else f" {row.degree_en}") if row else _MORE
    verdict = spaced(f"{winner}{degree}") if direction != "equal" else None
    text = say("semicolon", draft.question.language).join(text for text, _ in quotes)
    citations = tuple(n for _, n in quotes)
    cells = (
        _cell(direction == "a_more", direction, own_degree, numbers_a, quotes, sources, draft),
        _cell(direction == "b_more", direction, own_degree, numbers_b, quotes, sources, draft),
    )
    support = sum(item.near * item.comparison.confidence for item in best)
    order = row.order if row else 40
    short, number = min(quotes, key=lambda quote: (len(quote[0]) < 8, len(quote[0])))
    of_each = len(figures) == 2 and sum(len(quote) for quote, _ in figures) <= LONGEST and (short, number) in figures
    brief = say("semicolon", draft.question.language).join(quote for quote, _ in figures) if of_each else short
    briefly_cited = tuple(n for _, n in figures) if of_each else (number,)
    weight = min(2.0, support) + 1.0 - order / 60
    return Row(label, text, cells, citations, weight, aspect, verdict, row.metric if row else None, direction, brief, briefly_cited)


def _names_both(stated: _Stated, sources: Sources) -> bool:
    """Whether the clauses that compare name both things: 「所以隔离比 runc 更强」 leaves out of what it speaks."""
    sentence = sources.sentence(stated.comparison.sentence_id)
    ids = (stated.comparison.a, stated.comparison.b)
    if sentence is None:
        return False
    compared = tidy(sources.reader.quote(sentence.id, stated.comparison.span))
    text = fold(_clauses_for(sentence, tuple(sources.name(id_) for id_ in ids), compared))
    return all(any(name in text for name in names_of(id_, sources)) for id_ in ids)


def _cell(
    more: bool,
    direction: Direction,
    degree: str,
    numbers: Sequence[Quantity],
    quotes: Sequence[tuple[str, int]],
    sources: Sources,
    draft: Draft,
) -> Cell:
    mark = _mark(more, direction, degree, draft.question.language)
    said: list[str] = []
    cited: list[int] = []
    for quantity in numbers[:2]:
        n = draft.cite_id(quantity.sentence_id)
        if n is not None and quantity.value_text not in said:
            said.append(quantity.value_text)
            cited.append(n)
    shown = mark + (f"({say('comma', draft.question.language).join(said)})" if said else "")
    return Cell(shown, "article", tuple(dict.fromkeys([*cited, *(n for _, n in quotes)])))


def _mark(more: bool, direction: Direction, degree: str, language: str) -> str:
    """How one side stands to the other, in the word of the aspect: 较快 and 较慢, not 较高 and 较低."""
    if direction == "equal":
        return say("alike", language)
    if language != "zh":
        return say("marked_more" if more else "marked_less", language)
    word = degree.removeprefix("更")
    if more:
        return f"较{word} ▲"
    contrary = next(iter(opposites(word)), None)
    return f"较{contrary} ▽" if contrary else f"没有那么{word} ▽"


def _numbers(concept: str, against: str, sources: Sources) -> dict[str, tuple[Quantity, ...]]:
    """Those of sentences that name the concept, and not both in one breath: 「在容器和虚拟机中都需要 4 GB」 tells them apart in nothing."""
    grouped: dict[str, list[Quantity]] = {}
    others = names_of(against, sources)
    for id_ in kin_of(concept, (against,), sources):
        own = names_of(id_, sources)
        for quantity in sources.stated.quantities(id_):
            sentence = sources.sentence(quantity.sentence_id)
            if quantity.confidence < 0.4 or quantity.aspect not in _COUNTED or sentence is None or hearsay(sentence.text):
                continue
            text = fold(sentence.text)
            alike_for_both = re.search("都|均|同样", text) and any(name in text for name in others)
            if not alike_for_both and _tells_of(own, quantity, sentence):
                grouped.setdefault(quantity.aspect, []).append(quantity)
    for items in grouped.values():
        items.sort(key=lambda quantity: -quantity.confidence)
    return {aspect: tuple(items) for aspect, items in grouped.items()}


def _tells_of(names: Sequence[str], quantity: Quantity, sentence: Sentence) -> bool:
    """Whether the sentence names the thing in the clause of the number, not as the place of something else (容器里一个 1 GiB 的文件),
    and the number is no rate (45 GB/s).
    """
    place = sentence.text.find(quantity.value_text)
    before, after = fold(re.split(r"[,，;；]", sentence.text[:place])[-1]), sentence.text[place + len(quantity.value_text) :]
    clause = before + fold(re.split(r"[,，;；]", after)[0])
    named = any(name in clause and not re.search(rf"{re.escape(name)}[里内中上]", before) for name in names)
    return named and not after.startswith("/")


def _number_row(aspect: str, of_a: Sequence[Quantity], of_b: Sequence[Quantity], sources: Sources, draft: Draft) -> Row | None:
    first, second = sources.sentence(of_a[0].sentence_id), sources.sentence(of_b[0].sentence_id)
    if first is None or second is None or not all(stands_alone(one.text, one.text) for one in (first, second)):
        return None
    row = sources.domain.aspects[aspect]
    label = row.zh if draft.question.language == "zh" else row.en
    texts = list(dict.fromkeys(excerpt(sentence.text, (), most=LONGEST) for sentence in (first, second)))
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


# ---------------------------------------------------------------- quotes


def _clauses_for(sentence: Sentence, names: Sequence[str], compared: str) -> str:
    """The whole sentence where it is short, else the run of clauses that names the things up to the clause that compares them."""
    text = without_announcement(tidy(sentence.text))
    if len(text) <= 50:
        return text
    spans = split_clauses(text)
    marked = [index for index, (s, e) in enumerate(spans) if any(name.lower() in text[s:e].lower() for name in names) or "更" in text[s:e]]
    if not marked:
        return excerpt(text, (), most=LONGEST)
    telling = next((index for index, (s, e) in enumerate(spans) if same_clause(text[s:e], compared)), None)
    first = last = marked[0]
    if telling is not None and spans[max(telling, first)][1] - spans[min(telling, first)][0] > LONGEST:
        first = last = telling
    for index in [*marked, *([telling] if telling is not None else [])]:
        if index > last and spans[index][1] - spans[first][0] <= LONGEST:
            last = index
    while first and points_back(text[spans[first][0] : spans[first][1]]) and spans[last][1] - spans[first - 1][0] <= LONGEST:
        first -= 1  # 其资源占用… says of whom only with the clause before it
    return tidy(text[spans[first][0] : spans[last][1]])
