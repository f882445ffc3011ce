"""「容器和虚拟机有什么区别?」「Docker和虚拟机哪个启动快?」「虚拟机和容器占的空间差多少?」「Which starts faster, Docker or a VM?」 Where things differ, aspect by aspect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.normalize import fold
from kb.language.numerals import find_numbers
from kb.language.units import dimension_of
from kb.language.vocabulary import plain
from kb.qa.contrasts import Row, rows_for
from kb.qa.definitions import explaining
from kb.qa.degrees import asked_degree
from kb.qa.drafting import Draft
from kb.qa.extracts import told
from kb.qa.index import Index, index_of
from kb.qa.judging import answers, unanswerable
from kb.qa.measured import Measured, figure, measured_for
from kb.qa.propositions import asks_by_its_mark, asks_yes_or_no
from kb.qa.retrieval import Prefer, Scored, alike, chosen_of, excerpt, met, retrieve, sift
from kb.qa.sources import Sources
from kb.qa.terms import Term, terms_of, wording
from kb.qa.verdicts import decide
from kb.qa.wording import because, say
from kb.records import Answer, Cell, Question, Sentence, Table, TableRow, Verdict

CUES = re.compile(
    r"区别|区分|不同(?![\u4e00-\u9fff]{2})|不同(?:点|之处)|差别|差异|不一样|相比|比较|对比|优劣|哪个.{0,8}(?:快|慢|好|强|大|小|多|少|安全|轻|省|高|低|贵)|谁.{0,6}(?:快|慢|好|强|大|小|多|少|安全|轻|省|高|低|贵)|差多少|差在|孰|比.{1,12}(?:更|快|慢|好|强|大|小|多|少|安全|轻|省|高|低|贵)|差距|异同|(?:弱|强|好|差|快|慢|胜)在哪|不同于.{1,14}(?:是|在)|distinguish|优于|分别对应"
    r"|compare|difference|differ|versus|\bvs\b|faster|slower|better|lighter|bigger|smaller|safer|than"
)
_CONTRAST = re.compile(r"而|但|区别|不同|差别|差异|相比|比|较|更|优于|不如|则")
_GENERAL = re.compile(
    r"区别|区分|不同(?![\u4e00-\u9fff]{2})|不同(?:点|之处)|差别|差异|不一样|对比|比较|difference|differ|compare|versus|\bvs\b"
)
_MAY_DIFFER = re.compile(r"(?:可以|可否|能不能|能否|能|必须|需要|一定要?).{0,4}(?:不一样|不同|一样|相同)[^,，]{0,2}(?:吗|么|不)?[?？]?$")
_AMOUNT = re.compile(r"多少|多大|多久|多长|几|how (?:much|many|long|big)")
_EMPTY = re.compile(r"^.{0,24}(?:[两三四五六几]个?方面|区别|不同|差别|差异|有很大)[^,，:：]{0,6}[。.]?$")
_SIZE = re.compile(r"空间|大小|体积|存储|内存|磁盘|容量|size|space|disk|memory|storage")
_CHOOSE = re.compile(r"适合|适用|更擅长|应当选择|选择.{1,12}[,，]|用于|场景")
_CHARS = 300
_MOST_ROWS = 6


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if not CUES.search(text):
        return 0.0
    if _MAY_DIFFER.search(text):
        return 0.5
    return 0.88 if len(concepts) >= 2 else 0.72


def answer(question: Question, sources: Sources) -> Answer:
    terms = terms_of(question, sources)
    draft = Draft(question, sources)
    lacking = unanswerable(question, terms)
    if lacking:
        return draft.refused(terms, lacking)
    things = _things(question, sources)
    general = bool(_GENERAL.search(plain(question.text).lower())) and question.aspect is None and _asks_nothing_else(terms, things, sources)
    rows = rows_for(things[0], things[1], sources, draft) if len(things) >= 2 else ()
    if general and len(rows) >= 2:
        return _general(question, sources, terms, things, rows, draft)
    return _particular(question, sources, terms, things, rows, draft)


def _things(question: Question, sources: Sources) -> tuple[str, ...]:
    """Concepts to be compared: what can act, and, of a compound and its part (Docker, Docker容器), the first."""
    things: list[str] = []
    for id_ in question.concepts:
        if id_ in sources.lexicon and sources.lexicon.concept(id_).kind == "property":
            continue
        if not any(sources.family(other).get(id_, 0) >= 0.7 for other in things):
            things.append(id_)
    return tuple(things)


def _asks_nothing_else(terms: Sequence[Term], things: Sequence[str], sources: Sources) -> bool:
    """Every term is one of the things, or a word for "difference"."""
    for term in terms:
        ids = {id_ for id_, near in term.concepts}
        if ids & set(things) or any(word in ("区别", "差别", "不同", "差异", "不一样") for word in term.words):
            continue
        if term.weight > 0.6:
            return False
    return True


def _general(
    question: Question, sources: Sources, terms: Sequence[Term], things: tuple[str, ...], rows: Sequence[Row], draft: Draft
) -> Answer:
    names = [sources.name(id_, question.language) for id_ in things[:2]]
    pieces: list[str] = []
    said: list[str] = []
    used = 0
    for row in rows:
        text = row.brief
        if len(pieces) >= _MOST_ROWS or used + len(text) > _CHARS or any(alike(text, other) for other in said):
            continue
        said.append(text)
        pieces.append(f"{row.label}{say('colon', question.language)}{text}{''.join(f'[{n}]' for n in row.brief_citations)}")
        used += len(text)
    draft.consider(terms, ())
    draft.note("rows", rows=str(len(rows)), told=str(len(pieces)))
    measured = measured_for(question, sources, tuple(dict.fromkeys(row.metric for row in rows if row.metric)))
    return draft.done(
        "\n".join(
            part
            for part in (
                _point(names, rows, question, sources).strip(),
                *pieces,
                _measured_words(measured, rows, sources, question.language),
            )
            if part
        ),
        table=_table(names, rows, measured, question.language),
        measurements=measured.measurements,
        probes=measured.probes,
        aspects=[row.aspect for row in rows if row.aspect],
    )


def _point(names: Sequence[str], rows: Sequence[Row], question: Question, sources: Sources) -> str:
    """One sentence: on which aspects articles find either of them better."""
    better: tuple[list[str], list[str]] = ([], [])
    for row in rows:
        aspect = sources.domain.aspects.get(row.aspect or "")
        if aspect is not None and aspect.better is not None and row.direction in ("a_more", "b_more"):
            first = (row.direction == "a_more") is (aspect.better == "more")
            better[0 if first else 1].append(row.label)
    sides = [
        say("better", question.language, name=name, aspects=say("comma", question.language).join(labels[:6]))
        for name, labels in zip(names, better, strict=True)
        if labels
    ]
    if not sides:
        return say("differences", question.language, a=names[0], b=names[1])
    return say("semicolon", question.language).join(sides) + say("stop", question.language)


def _table(names: Sequence[str], rows: Sequence[Row], measured: Measured, language: str) -> Table:
    lines = [TableRow(row.label, row.cells, row.verdict) for row in rows]
    for metric in dict.fromkeys(measurement.metric for measurement in measured.measurements):
        cells = []
        for wanted in ("container", "virtual_machine"):
            own = [m for m in measured.measurements if m.metric == metric and m.concept == wanted and m.samples]
            best = own[0] if own else None
            cells.append(Cell(figure(best, language), "measured", measurement_id=best.id) if best else Cell("—", "none"))
        if any(cell.kind == "measured" for cell in cells):
            order = cells if _container_first(names) else cells[::-1]
            lines.append(TableRow(f"{say('measured', language)}·{_metric_name(metric, rows)}", tuple(order)))
    return Table(tuple(names), tuple(lines))


def _choosing(question: Question, terms: Sequence[Term], things: Sequence[str], sources: Sources, draft: Draft) -> str:
    """When to take which, from the sentence that speaks of both and of choosing; empty where no article says."""
    index = index_of(sources)
    sides = [set(sources.family(id_)) for id_ in things[:2]]

    def prefer(sentence: Sentence) -> float:
        named = index.concepts.get(sentence.id, set())
        return (1.3 if all(named & side for side in sides) else 0.8) * (1.0 if _CHOOSE.search(sentence.text) else 0.2)

    own = [term for term in terms if {id_ for id_, near in term.concepts if near == 1.0} & set(things[:2])]
    best = next(iter(retrieve(own, sources, prefer, limit=1)), None)
    if best is None or best.score < 0.7 or not _CHOOSE.search(best.sentence.text):
        return ""
    return say("choosing", question.language, text=f"{excerpt(best.sentence.text, own, most=80)}[{draft.cite(best.sentence)}]")


def _measured_words(measured: Measured, rows: Sequence[Row], sources: Sources, language: str) -> str:
    """「本机测得(启动速度)：容器 4.35 ms、虚拟机 3.25 s」, one figure a concept of one metric; empty where nothing was measured."""
    metrics = [m.metric for m in measured.measurements if m.samples and m.unit != "signs"]
    metric = next((name for name in metrics if name == "start_time"), next(iter(metrics), None))
    figures: dict[str, str] = {}
    for measurement in measured.measurements:
        if measurement.metric == metric and measurement.samples and measurement.concept != "process":
            figures.setdefault(measurement.concept, f"{sources.name(measurement.concept)} {figure(measurement, language)}")
    if metric is None or len(figures) < 2:
        return ""
    joined = say("comma", language).join(figures.values())
    return say("measured_words", language, metric=_metric_name(metric, rows), figures=joined)


def _metric_name(metric: str, rows: Sequence[Row]) -> str:
    return next((row.label for row in rows if row.metric == metric), metric)


def _container_first(names: Sequence[str]) -> bool:
    return "虚拟" not in names[0] and "virtual" not in names[0].lower()


def _particular(
    question: Question, sources: Sources, terms: Sequence[Term], things: tuple[str, ...], rows: Sequence[Row], draft: Draft
) -> Answer:
    """On one aspect, or on things that articles contrast in a few sentences only."""
    index = index_of(sources)
    wanted = [set(sources.family(id_)) for id_ in things[:2]]

    def prefer(sentence: Sentence) -> float:
        named = index.concepts.get(sentence.id, set()) | index.carried.get(sentence.id, set())
        sides = sum(bool(named & side) for side in wanted)
        titled = index.title_concepts.get(sentence.id, frozenset())
        together = 1.2 if len(wanted) == 2 and all(titled & side for side in wanted) else 1.0
        empty = 0.7 if _EMPTY.search(sentence.text) else 1.0
        return together * empty * (1.0 if sides < 2 else 1.25) * (1.15 if _CONTRAST.search(sentence.text) else 1.0)

    ranked: Sequence[Scored] = sorted(
        _each_side(question, terms, things, sources) + retrieve(terms, sources, prefer, asked=wording(question)),
        key=lambda item: -item.score,
    )
    ranked = sift(ranked, terms, most=4, chars=_CHARS - 60, keep=0.66)
    chosen = chosen_of(ranked)
    reason = answers(question, terms, chosen, sources)
    matching = _matching(question, rows, sources)
    if not matching and question.aspect is None and _GENERAL.search(plain(question.text).lower()):
        matching = [row for row in rows if row.aspect is None][:2]
    draft.consider(terms, ranked)
    if reason is None and len(things) >= 2 and not _both_sides(chosen, things, sources):
        reason = because("one_sided")
    if reason is not None and not matching:
        return draft.refused(terms, reason)
    lead = f"{matching[0].label}{say('colon', question.language)}{matching[0].verdict}" if matching and matching[0].verdict else ""
    verdict = _verdict(question, matching) or _verdict_of_sentences(question, chosen, ranked, terms, sources)
    used = matching if matching and matching[0].aspect is None else matching[:1]
    cited = [f"{row.text}{''.join(f'[{n}]' for n in row.citations)}" for row in used]
    rest = [item for item in chosen if not any(fold(excerpt(item.sentence.text, terms)) in fold(text) for text in cited)]
    body = say("semicolon", question.language).join(cited + ([told(rest, terms, draft).rstrip("。.")] if rest else []))
    measured = measured_for(question, sources)
    opening = say("says", "en") if question.language == "en" else ""
    point = say(verdict, question.language) if verdict else ""
    told_first = f"{lead}。" if lead and question.language == "zh" else opening
    return draft.done(
        f"{point}{told_first}{body}{say('end', question.language)}{_measured_words(measured, rows, sources, question.language)}",
        verdict=verdict,
        table=_table([sources.name(id_, question.language) for id_ in things[:2]], matching, measured, question.language)
        if matching
        else None,
        measurements=measured.measurements,
        probes=measured.probes,
        aspects=[question.aspect] if question.aspect else (),
    )


_LESS = re.compile(r"慢|差|弱|小|少|低|轻|slow|small|less|fewer|weak|worse|low")


def _asks_whether(question: Question) -> bool:
    text = plain(question.text).lower()
    return asks_yes_or_no(text) or (asked_degree(text) is not None and asks_by_its_mark(text))


def _verdict(question: Question, matching: Sequence[Row]) -> Verdict | None:
    """「虚拟机比容器启动快吗?」: yes or no where the articles state the direction."""
    if not _asks_whether(question) or not matching or matching[0].direction not in ("a_more", "b_more"):
        return None
    asked_more = _LESS.search(plain(question.text).lower()) is None
    return "yes" if (matching[0].direction == "a_more") is asked_more else "no"


def _verdict_of_sentences(
    question: Question, chosen: Sequence[Scored], ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources
) -> Verdict | None:
    """For yes or no questions on a difference (「…有本质区别吗?」) and on what no comparison states."""
    if not _asks_whether(question) or not chosen:
        return None
    decision = decide(question, ranked, terms, sources, None)
    return decision.verdict if decision else None


def _matching(question: Question, rows: Sequence[Row], sources: Sources) -> list[Row]:
    """Rows on the asked aspect, then those that the same metric measures (体积 and 磁盘占用)."""
    if question.aspect is None:
        return []
    metric = sources.domain.aspects[question.aspect].metric
    own = [row for row in rows if row.aspect == question.aspect]
    return own + [row for row in rows if row.aspect and row.aspect != question.aspect and metric is not None and row.metric == metric]


def _each_side(question: Question, terms: Sequence[Term], things: Sequence[str], sources: Sources) -> tuple[Scored, ...]:
    """For each thing the sentence that says most of the rest of the question about it; both, or none.

    Articles often speak of the two sides in lines of their own (「虚拟机:大小一般是几个G」「容器:…」).
    """
    if len(things) < 2:
        return ()
    if _asks_nothing_else(terms, things, sources):
        return _explained(terms, things, sources)
    rest = [term for term in terms if not ({id_ for id_, near in term.concepts if near == 1.0} & set(things[:2]))]
    if not rest:
        return ()
    numeric = bool(_AMOUNT.search(question.text.lower()))
    size = bool(_SIZE.search(question.text.lower()))
    best: list[Scored] = []
    index = index_of(sources)
    for thing in things[:2]:
        own = [term for term in terms if term not in rest and thing in {id_ for id_, near in term.concepts if near == 1.0}]
        family = sources.family(thing)
        others = {id_ for other in things[:2] if other != thing for id_ in sources.family(other)}

        prefer = _side_preference(index, family, others, size if numeric else None)
        ranked = retrieve([*own, *rest], sources, prefer, limit=3)
        if not ranked or ranked[0].coverage < 0.55:
            return ()
        item = ranked[0]
        whole = tuple(met(term, item.sentence, index) for term in terms)
        best.append(Scored(item.sentence, whole, item.coverage, 1.3 * item.coverage))
    return tuple(sorted(dict.fromkeys(best), key=lambda item: -item.score))


def _explained(terms: Sequence[Term], things: Sequence[str], sources: Sources) -> tuple[Scored, ...]:
    """What each of the two is, where nothing more is asked than how they differ; both, or none."""
    index = index_of(sources)
    found = [explaining(thing, sources) for thing in things[:2]]
    sentences = [sentence for sentence in found if sentence is not None]
    if len(sentences) < 2:
        return ()
    covered = [tuple(met(term, sentence, index) for term in terms) for sentence in sentences]
    return tuple(dict.fromkeys(Scored(sentence, values, 0.7, 1.25) for sentence, values in zip(sentences, covered, strict=True)))


def _side_preference(index: Index, family: dict[str, float], others: set[str], size: bool | None) -> Prefer:
    """For sentences on one side; `size`: whether a size or another number is asked for, `None` for neither."""

    def prefer(sentence: Sentence) -> float:
        named = index.concepts.get(sentence.id, set()) | index.carried.get(sentence.id, set())
        side = max((family.get(id_, 0.0) for id_ in named), default=0.0)
        alone = 1.15 if not named & others else 1.0
        return side * alone * (1.0 if size is None else _numeric_worth(sentence.text, size))

    return prefer


def _numeric_worth(text: str, size: bool) -> float:
    """A number of the asked dimension counts most, any other number little."""
    dimensions = {dimension_of(number.unit) for number in find_numbers(text)}
    if not dimensions:
        return 0.75
    return 1.35 if ("size" in dimensions) is size else 1.0


def _both_sides(chosen: Sequence[Scored], things: Sequence[str], sources: Sources) -> bool:
    index = index_of(sources)
    spoken = set()
    for item in chosen:
        spoken |= index.concepts.get(item.sentence.id, set()) | index.carried.get(item.sentence.id, set())
        spoken |= set(index.heading_concepts.get(item.sentence.id, frozenset()))
    return all(spoken & set(sources.family(id_)) for id_ in things[:2])
