"""「容器和虚拟机有什么区别?」「Docker和虚拟机哪个启动快?」「虚拟机和容器占的空间差多少?」「Which starts faster, Docker or a VM?」 Where things differ, aspect by aspect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kb.language.normalize import fold
from kb.language.numerals import find_numbers
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.asking.compared import Thing, asked_beside, in_question, term_of
from kb.qa.asking.emphasis import Emphasis, bare, emphasis_of, excepted, only_asks_which_is_better, sets_apart
from kb.qa.asking.respects import asks_how_it_is_built, asks_what_it_is_for, wanted_beside, with_respects_only
from kb.qa.asking.terms import Term, has_han, named_in, terms_of, wording
from kb.qa.comparing.announced import with_what_is_announced
from kb.qa.comparing.apiece import apiece, asked_of_each
from kb.qa.comparing.contrasts import rows_for
from kb.qa.comparing.denials import told_apart
from kb.qa.comparing.examples import row_of_an_example
from kb.qa.comparing.fact_rows import defined_row, fact_rows
from kb.qa.comparing.figures import figures_of_difference
from kb.qa.comparing.fragments import hearsay, only_announces, stands_alone
from kb.qa.comparing.labels import label_of
from kb.qa.comparing.likeness import all_shared, asks_likeness, shared_by
from kb.qa.comparing.listed import only_listed
from kb.qa.comparing.neither import neither_better
from kb.qa.comparing.of_several import rows_of_several
from kb.qa.comparing.outcomes import outcome
from kb.qa.comparing.parallels import opens
from kb.qa.comparing.roles import roles_of
from kb.qa.comparing.rows import Row
from kb.qa.comparing.sides import PLAIN, Told, as_scored, names_all, told_of_each
from kb.qa.comparing.suiting import suited
from kb.qa.comparing.traits import trait_rows
from kb.qa.deciding.degrees import against_another, asked_degree, more_so
from kb.qa.deciding.propositions import asks_by_its_mark, asks_yes_or_no
from kb.qa.deciding.verdicts import Decision, decide
from kb.qa.deciding.weighing import judge, stands_by_itself, weigh
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.judging import PARTS, answers, unanswerable
from kb.qa.finding.retrieval import Scored, alike, chosen_of, excerpt, met, retrieve, sift, tidy
from kb.qa.sources import Sources
from kb.qa.telling.definitions import explaining, names_of
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import told as told_in
from kb.qa.telling.measured import Measured, figure, measured_for
from kb.qa.telling.verdict_words import verdict_word
from kb.qa.wording import because, introduced, quoted, say, spaced
from kb.records import Answer, Cell, Language, Question, Sentence, Table, TableRow, Verdict

CUES = regex(
    r"区别|区分|不同(?![\u4e00-\u9fff]{2})|不同(?:点|之处)|差别|差异|不一样|相比|比较(?!的?[旧新老早晚大小多少快慢高低强弱难贵好差安简方便容复稳])|对比|优劣|怎么比|如何比|哪个.{0,8}(?:[长短](?=[?？呢啊]*$)|快|慢|好|强|大|小|多|少|安全|轻|省|高|低|贵)|谁.{0,6}(?:快|慢|好|强|大|小|多|少|安全|轻|省|高|低|贵|[长短](?=[?？呢啊]*$))|差多少|差在|孰|(?:哪[个种一]|谁)[^,，]{0,14}(?:更|比较|最?(?:占|耗|吃|费)(?!用))|比.{1,12}(?:更|快|慢|好|强|大|小|多|少|安全|轻|省|高|低|贵)|差距|异同|(?:弱|强|好|差|快|慢|胜)在哪|不同于.{1,14}(?:是|在)|distinguish|优于|分别对应"
    r"|compare|difference|differ|versus|\bvs\b|faster|slower|better|lighter|bigger|smaller|safer|than|\bwhich (?:one |of them |of the two )?(?:\w+ ){1,2}(?:less|more|fewer|least|most)\b"
)
_CONTRAST = regex(r"而|但|区别|不同(?=于|之处|点|的?是|在|[,，。;；]|$)|差别|差异|相比|比(?![如方])|较|更|优于|不如|则")
_GENERAL = regex(
    r"区别|区分|不同(?![\u4e00-\u9fff]{2})|不同(?:点|之处)|差别|差异|异同|不一样|对比|比较|difference|differ|compare|versus|\bvs\b"
)
_OF_EACH = regex(r"(?:和|与|跟|、).{1,24}(?:各自?|分别)(?!(?:占|要|是|有|为)?(?:多|几)).{0,8}(?:什么|谁|哪|怎么|怎样|如何)")
_MAY_DIFFER = regex(r"(?:可以|可否|能不能|能否|能|必须|需要|一定要?).{0,4}(?:不一样|不同|一样|相同)[^,，]{0,2}(?:吗|么|不)?[?？]?$")
_EMPTY = regex(r"^.{0,24}(?:[两三四五六几]个?方面|区别|不同|差别|差异|有很大)[^,，:：]{0,6}[。.]?$")
_CHARS, _CHARS_EN = 365, 760  # of a general answer, without the numbers of its sources; English words are longer
_REFERENCE = regex(r"\[\d+\]")
_CHARS_TOLD = 300  # of quotes on one aspect
_MOST_TOLD, _NEARLY, _LESS_NEARLY, _MOST_SENTENCES = 3, 0.9, 0.6, 4
_SAYS_WHAT = 0.6  # weight of a word that says in what respect to compare
_SURE, _SAID = 0.6, 0.4  # what the sentences on each thing must be worth, and say of the question, to be the answer
_MOST_OF_IT, _ALL_OF_IT = 0.7, 0.9  # of the question, what one sentence must say to stand beside them: naming all of them, or not
_SPOKEN_OF = 0.5  # how well a sentence must meet a word of what is asked to speak of it
_MOST_ROWS = 6
_RESPECT = 3.0  # weight of a respect that is asked by name
_ENOUGH_ROWS = 4  # on what one of the two is better in
_WORTH_COUNTING = 2  # aspects in which either is found better; fewer sum up nothing


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if len(concepts) >= 2 and _OF_EACH.search(text):
        return 0.88
    if len(concepts) >= 2 and sets_apart(text):
        return 0.89
    if len(concepts) >= 2 and asks_likeness(text):
        return 0.89
    if not CUES.search(text):
        return 0.0
    if _MAY_DIFFER.search(text):
        return 0.5
    return 0.88 if len(concepts) >= 2 else 0.72


def answer(question: Question, sources: Sources) -> Answer:
    found = _compared(question, sources)
    told = found.status == "answered"
    # asked which of them, and no article weighs them in this
    undecided = told and found.table is None and _WHICH.search(plain(question.text).lower())
    if (told and not undecided) or question.aspect is None or _asks_whether(question):
        return found
    nearly = (_compared(near, sources) for near in _in_a_near_respect(question, sources))
    weighed = (one for one in nearly if one.status == "answered" and (one.table is not None or not told))
    return next((replace(one, question=question) for one in weighed), found)


def _in_a_near_respect(question: Question, sources: Sources) -> Iterator[Question]:
    """The question in the words of the aspects that tell most of the one asked: 哪个最安全 as 哪个隔离性最强."""
    asked = sources.domain.aspects[question.aspect or ""]
    names = "|".join(re.escape(name) for name in sorted((asked.zh, *asked.names), key=len, reverse=True))
    said = re.compile(rf"(?P<how>[最更]?)(?:{names})")
    for near in (sources.domain.aspects[id_] for id_ in asked.near):
        how = said.search(question.resolved)
        degree = how["how"] + near.degree.removeprefix("更") if how and how["how"] else ""
        if how is not None:
            resolved = said.sub(near.zh + degree, question.resolved)
            yield replace(question, text=resolved, resolved=resolved, aspect=near.id)


def _compared(question: Question, sources: Sources) -> Answer:
    resolved, known = excepted(question.resolved)
    shortened = replace(question, resolved=bare(resolved))
    things = in_question(shortened, sources)
    if things:
        question = shortened
    emphasis = emphasis_of(question, things, sources)
    terms = with_respects_only(terms_of(question, sources))
    ids = [thing.concept for thing in things if thing.concept]
    aspect = None if _only_describes(question, things, sources) else question.aspect
    question = replace(question, concepts=tuple(dict.fromkeys((*ids, *question.concepts))), aspect=aspect)
    draft = Draft(question, sources)
    lacking = unanswerable(question, terms)
    if lacking:
        return draft.refused(terms, lacking)
    weighs_all = _asks_whether(question)  # a yes or no weighs every word
    rest = asked_beside(things, question, terms) if weighs_all else wanted_beside(things, question, terms, sources)
    said = plain(question.text).lower()
    built = _asks_only(rest, asks_how_it_is_built)
    if len(things) == 2 and asks_likeness(said) and not _GENERAL.search(said):
        return _alike_in(question, things, terms, draft)
    each_is = built or _asks_only(rest, asks_what_it_is_for)
    respects = [term for term in rest if term.weight > _SAYS_WHAT and not (asks_how_it_is_built(term) or asks_what_it_is_for(term))]
    if respects and all(term.missing for term in respects) and not _OF_EACH.search(said):
        return draft.refused(terms, because("unmentioned", what=respects[0].label))
    in_general = emphasis or _GENERAL.search(said) or _OF_EACH.search(said) or only_asks_which_is_better(said)
    general = question.aspect is None and _asks_nothing_else(rest) and bool(in_general)
    rows = rows_for(ids[0], ids[1], sources, draft) if len(ids) == len(things) == 2 else ()
    if general and len(things) > 2:
        rows = rows_of_several(things, sources, draft)
    if question.aspect is not None and not weighs_all and not _matching(question, rows, sources):
        of_example = row_of_an_example(things, question.aspect, sources, draft)
        rows = (*rows, of_example) if of_example is not None else rows
    rows = _without(known, rows, sources)
    denied = told_apart(things, sources) if general else ()
    draft.consider(terms, ())
    if general and emphasis and len(things) == 2:
        rows = _emphasized(rows, things, emphasis, sources, draft)
    if general and (len(rows) >= 2 or any(row.aspect is None for row in rows)):
        return _general(question, sources, things, rows, draft, emphasis)
    own = [term_of(thing, terms, sources) for thing in things]
    told = told_of_each(things, own, rest, sources, asked=wording(question), most=_MOST_TOLD) if len(things) > 1 else ()
    told = tuple(group for group in told if not any(_only_listed(sentence, things) for sentence in group.sides))
    if general and (told or denied) and (len(things) > 2 or not rows):
        beside = _side_by_side(question, things, told, denied, terms, draft)
        if beside is not None:
            return beside
    if len(things) > 1 and _OF_EACH.search(said) and not emphasis:
        of_each = _of_each(question, things, terms, draft)
        if of_each is not None:
            return of_each
    if each_is:
        purposes = _what_each_is_for(question, things, rows if built else (), told, terms, draft)
        if purposes is not None:
            return purposes
    if len(things) == 2 and len(emphasis.respects) > 1:
        in_each = _in_each_respect(question, emphasis, things, own, rows, terms, draft)
        if in_each is not None:
            return in_each
    return _particular(question, sources, terms, things, rows, told, draft, emphasis)


def _alike_in(question: Question, things: Sequence[Thing], terms: Sequence[Term], draft: Draft) -> Answer:
    """「A 和 B 有什么共同点」: what is said of both together."""
    shared = all_shared(things, draft.sources)
    draft.consider(terms, ())
    if not shared:
        return draft.refused(terms, because("one_sided"))
    return draft.done(
        introduced(question) + _beside_one_another([(excerpt(one.text, ()), draft.cite(one)) for one in shared], question.language)
    )


def _only_listed(sentence: Sentence, things: Sequence[Thing]) -> bool:
    return len(things) > 1 and names_all(sentence.text, things) and only_listed(sentence.text, things)


def _without(known: str, rows: Sequence[Row], sources: Sources) -> tuple[Row, ...]:
    """The rows that do not tell what the question says it knows already (除了守护进程以外)."""
    names = {name for match in named_in(plain(known), sources) for name in names_of(match.concept_id, sources)}

    def tells_it(row: Row) -> bool:
        firsts = [fold(re.split(r"[,，;；]", cell.text)[0]) for cell in row.cells if cell.citations]
        return bool(firsts) and all(any(name in first for name in names) for first in firsts)

    return tuple(row for row in rows if not tells_it(row)) if names else tuple(rows)


def _what_each_is_for(
    question: Question, things: Sequence[Thing], rows: Sequence[Row], told: Sequence[Told], terms: Sequence[Term], draft: Draft
) -> Answer | None:
    """What each is built on and is (`rows`), where there are such; else a sentence on their parts or aims with what it leads on to; else what
    each of them is and does.
    """
    language, sources, index = question.language, draft.sources, index_of(draft.sources)
    lines: list[str] = []
    shown = [row for row in rows if row.label in (say("architecture", language), say("what_it_is", language)) and row.brief]
    best = told[0] if told and told[0].said >= _ALL_OF_IT and told[0].worth >= _SURE else None
    if best is not None and not shown and all(names_all(one.text, things) for one in best.sentences):
        sentences = [one for sentence in best.sentences for one in with_what_is_announced(sentence, things, index)]
        lines.append(_beside_one_another([(excerpt(one.text, terms), draft.cite(one)) for one in sentences], language))
    ids = [thing.concept for thing in things if thing.concept]
    if not shown and len(ids) == len(things):
        shown = defined_row(ids, sources, draft, presented=True)
    if not lines:
        lines += [f"{_noted(_quoted(row.brief, language), row.brief_citations)}{say('end', language)}" for row in shown]
    does = roles_of(things, terms, sources)
    if does and len(lines) < _MOST_TOLD and not any(alike(one.text, line) for one in does for line in lines):
        lines.append(_beside_one_another([(excerpt(one.text, terms), draft.cite(one)) for one in does], language))
    if not lines:
        return None
    draft.consider(terms, ())
    names = [thing.named(sources, language) for thing in things]
    table = Table(tuple(names), tuple(TableRow(row.label, row.cells) for row in shown)) if shown else None
    return draft.done("\n".join(lines), table=table)


def _of_each(question: Question, things: Sequence[Thing], terms: Sequence[Term], draft: Draft) -> Answer | None:
    """「各自的代价是什么」: a sentence for each; `None` where articles do not tell it of all of them."""
    asked = asked_of_each(plain(question.text))
    found = apiece(things, asked[0], draft.sources) if asked is not None else ()
    if asked is None or not found:
        return None
    language = question.language
    draft.consider(terms, ())
    pieces = [(excerpt(one.text, terms), draft.cite(one)) for one in found]
    names = [thing.named(draft.sources, language) for thing in things]
    lines = [
        f"{name}{say('colon', language)}{_quoted(said, language)}[{n}]{say('end', language)}"
        for name, (said, n) in zip(names, pieces, strict=True)
    ]
    if len(set(found)) == 1:
        return draft.done(f"{introduced(question)}{_beside_one_another(pieces[:1], language)}")
    row = TableRow(say(asked[1], language), tuple(Cell(text, "article", (n,)) for text, n in pieces))
    return draft.done("\n".join(lines), table=Table(tuple(names), (row,)))


def _beside_one_another(pieces: Sequence[tuple[str, int]], language: str) -> str:
    return say("semicolon", language).join(f"{_quoted(text, language)}[{n}]" for text, n in pieces) + say("end", language)


def _in_each_respect(
    question: Question,
    emphasis: Emphasis,
    things: Sequence[Thing],
    own: Sequence[Term],
    rows: Sequence[Row],
    terms: Sequence[Term],
    draft: Draft,
) -> Answer | None:
    """「从启动速度、隔离性、体积几方面…」: a line for each respect of which articles tell; `None` where they tell of one at the most."""
    language, sources = question.language, draft.sources
    lines: list[str] = []
    told: dict[str, list[str]] = {}  # what is quoted -> the respects in which it tells them apart
    matching: list[Row] = []
    for respect in emphasis.respects:
        aspect = sources.domain.aspects[respect]
        row = next(iter(_matching(replace(question, aspect=respect), rows, sources)), None)
        label = aspect.zh if language == "zh" else aspect.en
        if row is not None:
            matching.append(row)
            ahead = outcome(row, things, question, sources)
            head = label + (f"{say('colon', language)}{ahead}" if ahead else "")
            told.setdefault(_noted(_quoted(row.brief, language), row.brief_citations), []).append(head)
            continue
        words = tuple(fold(name) for name in (*aspect.names, *aspect.reversed_names))
        asked = Term(respect, words, (), _RESPECT, names=words)
        group = next(iter(told_of_each(things, own, [asked], sources)), None)
        if group is not None and group.said >= _SAID and group.worth >= _SURE:
            pieces = [(_quoted(excerpt(one.text, [asked]), language), draft.cite(one)) for one in group.sentences]
            told.setdefault(say("semicolon", language).join(f"{text}[{n}]" for text, n in pieces), []).append(label)
    if sum(map(len, told.values())) < 2:
        return None
    for quote, heads in told.items():
        stop = say("stop", language) if say("colon", language) in heads[-1] else say("colon", language)
        lines.append(f"{say('semicolon', language).join(heads)}{stop}{quote}")
    measured = measured_for(question, sources, tuple(dict.fromkeys(row.metric for row in matching if row.metric)))
    lines.append(_measured_words(measured, rows, sources, language))
    names = [thing.named(sources, language) for thing in things]
    draft.consider(terms, ())
    return draft.done(
        "\n".join(line for line in lines if line),
        table=_table(names, matching, measured, language) if matching else None,
        measurements=measured.measurements,
        probes=measured.probes,
        aspects=emphasis.respects,
    )


def _only_describes(question: Question, things: Sequence[Thing], sources: Sources) -> bool:
    """Whether the aspect's name is but a word before one of the things: 轻量 in 轻量级容器 is no respect in which to compare."""
    aspect = sources.domain.aspects.get(question.aspect or "")
    if aspect is None:
        return False
    text = plain(question.resolved)
    named = [name for name in (*aspect.names, *aspect.reversed_names, *aspect.more, *aspect.less) if name in text]
    labels = "|".join(re.escape(thing.label) for thing in things) or "(?!)"
    return bool(named) and all(
        re.search(rf"{re.escape(name)}(?:级|化|的)?(?:{labels})", text) or any(name in t.label for t in things) for name in named
    )


def _asks_only(rest: Sequence[Term], asked: Callable[[Term], bool]) -> bool:
    left = [term for term in rest if not asked(term)]
    return len(left) < len(rest) and _asks_nothing_else(left)


def _asks_nothing_else(rest: Sequence[Term]) -> bool:
    return not any(term.weight > _SAYS_WHAT for term in rest)


def _side_by_side(
    question: Question, things: Sequence[Thing], told: Sequence[Told], denied: Sequence[Sentence], terms: Sequence[Term], draft: Draft
) -> Answer | None:
    """That the one is not the other where an article says so; what each is and is built on, then what is said of each, group by group.

    `None` where nothing stands by itself.
    """
    language = question.language
    names = [thing.named(draft.sources, language) for thing in things]
    known = [name for thing in things for name in thing.names]
    ids = [thing.concept for thing in things if thing.concept]
    whole = ids if len(ids) == len(things) else []
    rows = [*defined_row(whole, draft.sources, draft), *fact_rows(whole, draft.sources, draft)] if whole else []
    lines = [
        f"{_capital(row.label, language)}{say('colon', language)}{_noted(_quoted(row.brief, language), row.brief_citations)}"
        for row in rows
    ]
    if denied:
        lines.append(
            say("semicolon", language).join(_noted(_quoted(tidy(one.text), language), (draft.cite(one),)) for one in denied)
            + say("end", language)
        )
    table = [TableRow(row.label, row.cells) for row in rows]
    for group in told:
        nearly = _NEARLY if len(lines) > 1 or rows else _LESS_NEARLY
        if any(sentence in denied or not stands_alone(tidy(sentence.text), sentence.text) for sentence in group.sides):
            continue
        if not all(_names(sentence, thing) for sentence, thing in zip(group.sides, things, strict=True)):
            continue
        if (lines and group.worth < told[0].worth * nearly) or (rows and not _each_of_its_own(group, things)):
            continue
        pieces = [(_quoted(excerpt(sentence.text, terms), language), draft.cite(sentence)) for sentence in group.sentences]
        lines.append(say("semicolon", language).join(f"{text}[{n}]" for text, n in pieces) + say("end", language))
        cells = [Cell(excerpt(sentence.text, terms), "article", (draft.cite(sentence),)) for sentence in group.sides]
        if len({cell.text for cell in cells}) > 1:
            table.append(TableRow(label_of([cell.text for cell in cells], group.sides, known, draft.sources, language), tuple(cells)))
    if not lines:
        return None
    measured = measured_for(question, draft.sources)
    shown = Table(tuple(names), tuple(table)) if table else None
    return draft.done("\n".join(lines), table=shown, measurements=measured.measurements, probes=measured.probes)


def _names(sentence: Sentence, thing: Thing) -> bool:
    return thing.within(fold(sentence.text))


def _each_of_its_own(group: Told, things: Sequence[Thing]) -> bool:
    """Whether each thing has a sentence that begins with it and passes on no hearsay: sentences found together need not belong together."""
    own = [opens(sentence.text, thing.names) and not hearsay(sentence.text) for sentence, thing in zip(group.sides, things, strict=True)]
    return all(own) and len(group.sentences) == len(things)


def _emphasized(rows: Sequence[Row], things: Sequence[Thing], emphasis: Emphasis, sources: Sources, draft: Draft) -> tuple[Row, ...]:
    """What speaks for and against each before all else; or what speaks for the one of which that is asked, and nothing that speaks against it."""
    if emphasis.better is None:
        traits = trait_rows(things, sources, draft, least=1)
        defined = say("what_it_is", draft.question.language)
        ids = [thing.concept for thing in things if thing.concept]
        whole = all(any(row.cells[number].kind != "none" for row in traits) for number in range(len(things)))
        if not whole and len(ids) == len(things) and not any(row.label == defined for row in rows):
            rows = (*defined_row(ids, sources, draft, presented=True), *rows)  # nothing is told for or against one of them
        return (*(row for row in rows if row.label == defined and not whole), *traits, *(row for row in rows if row.label != defined))
    mine = emphasis.better
    better = [row for row in rows if _better_side(row, sources) == mine]
    if len(better) < _WORTH_COUNTING:
        better += trait_rows(things[mine : mine + 1], sources, draft, least=1)[:1]
    what = (say("what_it_is", draft.question.language), say("architecture", draft.question.language))
    neither = [row for row in rows if _better_side(row, sources) is None]
    beside = [row for row in neither if row.label not in what] or neither
    return tuple(better) if len(better) >= _ENOUGH_ROWS else (*better, *beside)[:_ENOUGH_ROWS]


def _general(
    question: Question, sources: Sources, things: Sequence[Thing], rows: Sequence[Row], draft: Draft, emphasis: Emphasis
) -> Answer:
    names = [thing.named(sources, question.language) for thing in things]
    measured = measured_for(question, sources, tuple(dict.fromkeys(row.metric for row in rows if row.metric)))
    point = _point(names, rows, question, sources).strip()
    of_both = _of_both(things, draft) if emphasis.better is None else []
    neither = neither_better(things, sources) if only_asks_which_is_better(plain(question.text).lower()) else None
    if neither is not None:
        quote = _noted(_quoted(tidy(neither.text), question.language), (draft.cite(neither),))
        point = "\n".join(line for line in (f"{quote}{say('end', question.language)}", point) if line)
    rest = [*of_both, _measured_words(measured, rows, sources, question.language)]
    room = (_CHARS if question.language == "zh" else _CHARS_EN) - sum(len(_REFERENCE.sub("", line)) for line in (point, *rest))
    chosen: list[Row] = []
    for row in _both_first(rows, sources):
        length = len(row.label) + 1 + len(row.brief)
        if row.brief and len(chosen) < _MOST_ROWS and length <= room and not any(alike(row.brief, other.brief) for other in chosen):
            chosen.append(row)
            room -= length
    draft.note("rows", rows=str(len(rows)), told=str(len(chosen)))
    language = question.language
    told = [
        f"{_capital(row.label, language)}{say('colon', language)}{_noted(_quoted(row.brief, language), row.brief_citations)}"
        for row in chosen
    ]
    lines = (point, *told, *rest)
    return draft.done(
        "\n".join(line for line in lines if line),
        table=_table(names, rows, measured, question.language),
        measurements=measured.measurements,
        probes=measured.probes,
        aspects=[row.aspect for row in rows if row.aspect],
    )


def _of_both(things: Sequence[Thing], draft: Draft) -> list[str]:
    """A line on what the things share and one on when to choose which, where articles say it."""
    language = draft.question.language
    shared = shared_by(things, draft.sources)
    fits_each = suited(things, draft.sources)
    lines = [f"{say('shared', language)}{_noted(_quoted(tidy(shared.text), language), (draft.cite(shared),))}"] if shared else []
    if fits_each:
        words = say("semicolon", language).join(_noted(_quoted(one.text, language), (draft.cite(one.sentence),)) for one in fits_each)
        lines.append(f"{say('when_which', language)}{words}")
    return lines


def _capital(label: str, language: str) -> str:
    """An English line begins with a capital; microVM in a Chinese one stays as it is written."""
    return label[:1].upper() + label[1:] if language == "en" else label


def _quoted(text: str, language: str) -> str:
    """Chinese words between English ones stand between quotation marks, one pair a statement."""
    if language == "zh":
        return text
    joint = say("semicolon", language)
    return joint.join(quoted(part, language) if has_han(part) else part for part in text.split(joint))


def _noted(text: str, numbers: Sequence[int]) -> str:
    return f"{text}{''.join(f'[{n}]' for n in numbers)}"


def _better_side(row: Row, sources: Sources) -> int | None:
    """0 or 1: which of the two a row finds better; `None` where it finds neither."""
    aspect = sources.domain.aspects.get(row.aspect or "")
    if aspect is None or aspect.better is None or row.direction not in ("a_more", "b_more"):
        return None
    return 0 if (row.direction == "a_more") is (aspect.better == "more") else 1


def _both_first(rows: Sequence[Row], sources: Sources) -> list[Row]:
    """The rows in their order, but what speaks best for either of the two not behind all that speaks for the other."""
    sides = [_better_side(row, sources) for row in rows]
    best = [sides.index(side) for side in (0, 1) if side in sides]
    if len(best) < 2:
        return list(rows)
    late = max(best)
    return [*rows[: min(best) + 1], rows[late], *(row for number, row in enumerate(rows) if number > min(best) and number != late)]


def _point(names: Sequence[str], rows: Sequence[Row], question: Question, sources: Sources) -> str:
    """One sentence: on which aspects articles find either of them better."""
    if len(names) > 2:
        return spaced(say("differences", question.language, a=say("comma", question.language).join(names[:-1]), b=names[-1]))
    better: tuple[list[str], list[str]] = ([], [])
    for row in rows:
        side = _better_side(row, sources)
        if side is not None:
            better[side].append(row.label)
    sides = [
        say("better", question.language, name=name, aspects=say("comma", question.language).join(labels[:6]))
        for name, labels in zip(names, better, strict=True)
        if labels
    ]
    if sum(map(len, better)) < _WORTH_COUNTING:
        return spaced(say("differences", question.language, a=names[0], b=names[1]))
    point = say("semicolon", question.language).join(sides) + say("stop", question.language)
    return _capital(spaced(point), question.language)


def _table(names: Sequence[str], rows: Sequence[Row], measured: Measured, language: str) -> Table:
    lines = [TableRow(row.label, row.cells, row.verdict) for row in rows if row.cells]
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


def _measured_words(measured: Measured, rows: Sequence[Row], sources: Sources, language: Language) -> str:
    """「本机测得(启动速度)：容器 4.35 ms、虚拟机 3.25 s」, one figure a concept of one metric; empty where nothing was measured."""
    metrics = [m.metric for m in measured.measurements if m.samples and m.unit != "signs"]
    metric = next((name for name in metrics if name == "start_time"), next(iter(metrics), None))
    figures: dict[str, str] = {}
    for measurement in measured.measurements:
        if measurement.metric == metric and measurement.samples and measurement.concept != "process":
            figures.setdefault(measurement.concept, f"{sources.name(measurement.concept, language)} {figure(measurement, language)}")
    if metric is None or len(figures) < 2:
        return ""
    joined = say("comma", language).join(figures.values())
    return say("measured_words", language, metric=_metric_name(metric, rows), figures=joined)


def _metric_name(metric: str, rows: Sequence[Row]) -> str:
    return next((row.label for row in rows if row.metric == metric), metric)


def _container_first(names: Sequence[str]) -> bool:
    return "虚拟" not in names[0] and "virtual" not in names[0].lower()


def _particular(
    question: Question,
    sources: Sources,
    terms: Sequence[Term],
    things: Sequence[Thing],
    rows: Sequence[Row],
    told: Sequence[Told],
    draft: Draft,
    emphasis: Emphasis,
) -> Answer:
    """On one aspect, or on things that articles contrast in a few sentences only."""
    index = index_of(sources)
    wanted = [set(sources.family(thing.concept)) for thing in things[:2] if thing.concept]

    def prefer(sentence: Sentence) -> float:
        named = index.concepts.get(sentence.id, set()) | index.carried.get(sentence.id, set())
        sides = sum(bool(named & side) for side in wanted)
        titled = index.title_concepts.get(sentence.id, frozenset())
        together = 1.2 if len(wanted) == 2 and all(titled & side for side in wanted) else 1.0
        empty = 0.7 if _EMPTY.search(sentence.text) or hearsay(sentence.text) else 1.0
        return together * empty * (1.0 if sides < 2 else 1.25) * (1.15 if _CONTRAST.search(sentence.text) else 1.0)

    best = told[0] if told and told[0].worth >= _SURE and (told[0].said >= _SAID or told[0].said == PLAIN) else None
    if best is not None and not any(_names(sentence, thing) for sentence in best.sentences for thing in things):
        best = None  # of their kin only
    first = as_scored(best, terms, index) if best else _explained(terms, things, sources) if len(things) > 1 else ()
    first = tuple(item for item in first if not _only_listed(item.sentence, things))
    ranked: Sequence[Scored] = retrieve(terms, sources, prefer, asked=wording(question))
    ranked = [item for item in ranked if not _only_listed(item.sentence, things)]
    chosen: Sequence[Scored]
    if first:
        chosen = _with_more(first, ranked, told[1:], things, terms, index)
        ranked = (*chosen, *ranked)
    else:
        ranked = sift(ranked, terms, most=4, chars=_CHARS_TOLD - 60, keep=0.66)
        chosen = chosen_of(ranked)
    if len(things) == 2:
        chosen = _decisive_first(chosen, ranked, things, _words_for(question, sources), emphasis, terms, sources)
    asked = [number for number, term in enumerate(terms) if term in wanted_beside(things, question, terms, sources)]
    chosen = _told_out(chosen, things, terms, asked, index)
    if question.aspect is not None:
        chosen = _of_both_first(chosen, things)
    chosen = sorted(chosen, key=lambda item: not (_SAYS_IN_WHAT.search(item.sentence.text) and names_all(item.sentence.text, things)))
    reason = answers(question, terms, chosen, sources)
    matching = _matching(question, rows, sources)
    if not matching and question.aspect is None and _GENERAL.search(plain(question.text).lower()) and best is None:
        matching = [row for row in rows if row.aspect is None][:2]
    draft.consider(terms, ranked)
    if best is not None and all(any(_names(item.sentence, thing) for item in chosen) for thing in things):
        reason = None
    elif reason is None and len(things) >= 2 and asked and not _said_of_it(chosen, things, asked):
        reason = because("part", covered=0.0, needed=PARTS)
    elif reason is None and len(things) >= 2 and not (_both_sides(chosen, things, sources) and _any_named(chosen, things)):
        reason = because("one_sided")
    if reason is not None and not matching:
        return draft.refused(terms, reason)
    lead = ""
    ahead = outcome(matching[0], things, question, sources) if matching else None
    if ahead:
        lead = f"{_capital(matching[0].label, question.language)}{say('colon', question.language)}{ahead}{say('stop', question.language)}"
    verdict = _verdict(question, matching, sources)
    decision = _decision_of_sentences(question, things, chosen, ranked, terms, sources) if verdict is None else None
    if decision is not None:
        verdict = decision.verdict
        chosen = (decision.item, *[item for item in chosen if item.sentence.id != decision.item.sentence.id][: _MOST_TOLD - 1])
    used = matching if matching and matching[0].aspect is None else matching[:1]
    in_figures = any(number.unit for row in used for number in find_numbers(row.text))
    brief = emphasis.amount and not in_figures and all(row.brief for row in used)  # the figures before it say the rest
    words = [(row.brief, row.brief_citations) if brief else (row.text, row.citations) for row in used]
    words = [(said, cited) for said, cited in words if len(said) >= _TELLING or not _within(said, chosen, terms)]
    cited = [_noted(_quoted(said, question.language), numbers) for said, numbers in words]
    rest = [item for item in chosen if not any(_repeats(excerpt(item.sentence.text, terms), said) for said, _ in words)]
    if emphasis.amount and in_figures:
        rest = rest[:1]
    spoken = [told_in(rest, terms, draft).rstrip("。.")] if rest else []
    body = say("semicolon", question.language).join(spoken + cited if brief else cited + spoken)
    measured = measured_for(question, sources)
    opening = introduced(question)
    point = verdict_word(question, verdict) if verdict else ""
    told_first = say("undecided", question.language) if not (verdict or lead) and _asks_whether(question) else f"{lead}{opening}"
    return draft.done(
        f"{point}{told_first}{body}{say('end', question.language)}{_measured_words(measured, rows, sources, question.language)}",
        verdict=verdict,
        table=_table([thing.named(sources, question.language) for thing in things[:2]], matching, measured, question.language)
        if any(row.cells for row in matching)
        else None,
        measurements=measured.measurements,
        probes=measured.probes,
        aspects=[question.aspect] if question.aspect else (),
    )


def _words_for(question: Question, sources: Sources) -> tuple[str, ...]:
    aspect = sources.domain.aspects.get(question.aspect or "")
    return (*aspect.names, *aspect.reversed_names) if aspect is not None else ()


def _decisive_first(
    chosen: Sequence[Scored],
    ranked: Sequence[Scored],
    things: Sequence[Thing],
    respect: Sequence[str],
    emphasis: Emphasis,
    terms: Sequence[Term],
    sources: Sources,
) -> Sequence[Scored]:
    """With the figures of the difference first where it is asked by how much, else with what says of both how they stand (没有绝对的高低)."""
    index = index_of(sources)
    if emphasis.amount:
        found = figures_of_difference(things, respect, sources)
        figures = [Scored(one, tuple(met(term, one, index) for term in terms), 1.0, chosen[0].score if chosen else 1.0) for one in found]
        ids = {one.id for one in found}
        return (
            (*figures, *[item for item in chosen if item.sentence.id not in ids][: max(0, _MOST_TOLD - len(figures))])
            if figures
            else chosen
        )
    if not respect:
        return chosen
    outcome = next(
        (
            item
            for item in (*chosen, *ranked[:_MOST_SENTENCES])
            if _OUTCOME.search(item.sentence.text)
            and names_all(item.sentence.text, things)
            and any(word in item.sentence.text for word in respect)
            and not hearsay(item.sentence.text)
        ),
        None,
    )
    return (outcome, *(item for item in chosen if item.sentence.id != outcome.sentence.id)) if outcome is not None else chosen


def _with_more(
    first: Sequence[Scored], ranked: Sequence[Scored], others: Sequence[Told], things: Sequence[Thing], terms: Sequence[Term], index: Index
) -> tuple[Scored, ...]:
    """What was told of each thing, and a further sentence that says as much of the question by itself."""
    chosen = list(first)
    further = [item for other in others if other.worth >= first[0].score * _NEARLY for item in as_scored(other, terms, index)]
    further += [item for item in ranked[:3] if item.coverage >= (_MOST_OF_IT if names_all(item.sentence.text, things) else _ALL_OF_IT)]
    for item in further:
        length = sum(len(excerpt(other.sentence.text, terms)) for other in chosen)
        if len(chosen) < _MOST_SENTENCES and length + len(excerpt(item.sentence.text, terms)) <= _CHARS_TOLD - 100:
            if not any(alike(item.sentence.text, other.sentence.text) for other in chosen):
                chosen.append(item)
    return tuple(chosen)


def _told_out(
    chosen: Sequence[Scored], things: Sequence[Thing], terms: Sequence[Term], asked: Sequence[int], index: Index
) -> tuple[Scored, ...]:
    """With what a sentence announces behind it; without those that name none of the things or say nothing of what is asked (the numbers of
    its terms) where others do, or only announce.
    """
    naming = [item for item in chosen if any(_names(item.sentence, thing) for thing in things)] or list(chosen)
    naming = [
        item
        for item in naming
        if names_all(item.sentence.text, things) or not asked or any(item.covered[number] >= _SPOKEN_OF for number in asked)
    ] or naming
    telling = [item for item in naming if not only_announces(item.sentence.text)]
    if telling and all(any(_names(item.sentence, thing) for item in telling) for thing in things):
        return tuple(telling)
    full: list[Scored] = []
    for item in naming:
        sentences = with_what_is_announced(item.sentence, things, index)
        if len(sentences) > 1 or not only_announces(item.sentence.text) or len(naming) == 1:
            full += [
                item,
                *(Scored(one, tuple(met(term, one, index) for term in terms), item.coverage, item.score) for one in sentences[1:]),
            ]
    once = {item.sentence.id: item for item in reversed(full)}
    return tuple(once[id_] for id_ in dict.fromkeys(item.sentence.id for item in full)) or tuple(naming)


def _of_both_first(chosen: Sequence[Scored], things: Sequence[Thing]) -> tuple[Scored, ...]:
    """What names all of the things first; what names but one of them only where each has such a sentence."""
    both = [item for item in chosen if names_all(item.sentence.text, things)]
    single = [item for item in chosen if item not in both]
    each = all(any(_names(item.sentence, thing) for item in single) for thing in things)
    if not both or each:
        return tuple(chosen)
    return tuple(both)


def _repeats(text: str, told: str) -> bool:
    """Whether one of two texts holds the other."""
    one, other = fold(text), fold(told)
    return one in other or any(part in one for part in re.split(r"[；;]", other) if len(part) >= _TELLING)


def _within(text: str, chosen: Sequence[Scored], terms: Sequence[Term]) -> bool:
    return any(fold(text) in fold(excerpt(item.sentence.text, terms)) for item in chosen)


_TELLING = 12  # characters; a shorter part is not what a sentence says
_OUTCOME = regex(r"没有(?:绝对|本质|明显|太大)|不相上下|相差(?:不|很小)|相当|取决于|高低")
_SAYS_IN_WHAT = regex(r"(?:区别|不同|差别|差异)(?:之处|点)?(?:就?在于|就?是|[:：])")
_WHICH = regex(r"(?:什么|哪些?|何)(?:区别|不同|差别|差异|地方)|区别(?:是|在)|差在|怎么|谁|哪个|which|what|how")
_AT_TIMES = regex(r"可能|一定|总是|永远|任何|所有|都(?!市)|反而")
_HOW_MUCH = regex(r"倍|数量级|百分之|一半|[%％]|\btwice\b|\btimes\b|\bhalf\b")
_LESS = regex(r"慢|差|弱|小|少|低|轻|省|节约|便宜|短|slow|small|less|fewer|weak|worse|low|light|cheap|short")


def _asks_whether(question: Question) -> bool:
    text = plain(question.text).lower()
    if _WHICH.search(text):
        return False
    return asks_yes_or_no(text) or (asked_degree(text) is not None and asks_by_its_mark(text))


def _verdict(question: Question, matching: Sequence[Row], sources: Sources) -> Verdict | None:
    """「虚拟机比容器启动快吗?」: yes or no where the articles state the direction."""
    if not _asks_whether(question) or not matching or matching[0].direction not in ("a_more", "b_more"):
        return None
    if _AT_TIMES.search(plain(question.text)) or _HOW_MUCH.search(plain(question.text)):
        return None  # the rule says nothing of the exception, nor of how much
    text = plain(question.text).lower()
    aspect = sources.domain.aspects[matching[0].aspect] if matching[0].aspect else None
    reversed_name = aspect is not None and any(name in text for name in aspect.reversed_names)  # a high latency is a slow response
    low = _LESS.search(aspect.degree or "") if aspect is not None else None  # to be more so is to be lighter
    asked_more = low.group() in text if low is not None else (_LESS.search(text) is None) is not reversed_name
    return "yes" if (matching[0].direction == "a_more") is asked_more else "no"


def _decision_of_sentences(
    question: Question, things: Sequence[Thing], chosen: Sequence[Scored], ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources
) -> Decision | None:
    """For yes or no questions on a difference (「…有本质区别吗?」) and on what no comparison states."""
    if not _asks_whether(question) or not chosen:
        return None
    decision = decide(question, ranked, terms, sources, None)
    if decision is None or not stands_by_itself(decision):
        decision = weigh(judge(question, ranked, terms, decision, sources))
    degree = asked_degree(plain(question.text).lower())
    if decision is not None and degree is not None and len(things) > 1:
        said, names = decision.item.sentence.text, [thing.names for thing in things]
        if against_another(said, *names[:2]) and more_so(said, degree, *names[:2]) is None:
            return None
    if decision is not None and _HOW_MUCH.search(plain(question.text)) and not _HOW_MUCH.search(decision.item.sentence.text):
        return None
    return decision


def _matching(question: Question, rows: Sequence[Row], sources: Sources) -> list[Row]:
    """Rows on the asked aspect, then those that the same metric measures (体积 and 磁盘占用)."""
    if question.aspect is None:
        return []
    metric = sources.domain.aspects[question.aspect].metric
    own = [row for row in rows if row.aspect == question.aspect]
    return own + [row for row in rows if row.aspect and row.aspect != question.aspect and metric is not None and row.metric == metric]


def _explained(terms: Sequence[Term], things: Sequence[Thing], sources: Sources) -> tuple[Scored, ...]:
    """What each of the two is; both, or none."""
    index = index_of(sources)
    found = [explaining(thing.concept, sources) if thing.concept else None for thing in things[:2]]
    sentences = [sentence for sentence in found if sentence is not None]
    if len(sentences) < 2:
        return ()
    covered = [tuple(met(term, sentence, index) for term in terms) for sentence in sentences]
    return tuple(dict.fromkeys(Scored(sentence, values, 0.7, 1.25) for sentence, values in zip(sentences, covered, strict=True)))


def _said_of_it(chosen: Sequence[Scored], things: Sequence[Thing], asked: Sequence[int]) -> bool:
    """Whether a sentence says a word of what is asked, or sets the things against one another in words of its own."""
    return any(
        (names_all(item.sentence.text, things) and _CONTRAST.search(item.sentence.text))
        or any(item.covered[number] >= PARTS for number in asked)
        for item in chosen
    )


def _any_named(chosen: Sequence[Scored], things: Sequence[Thing]) -> bool:
    return any(_names(item.sentence, thing) for item in chosen for thing in things)


def _both_sides(chosen: Sequence[Scored], things: Sequence[Thing], sources: Sources) -> bool:
    index = index_of(sources)
    spoken = set()
    for item in chosen:
        spoken |= index.concepts.get(item.sentence.id, set()) | index.carried.get(item.sentence.id, set())
        spoken |= set(index.heading_concepts.get(item.sentence.id, frozenset()))
    return all(spoken & set(sources.family(thing.concept)) for thing in things[:2] if thing.concept)
