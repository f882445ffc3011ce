"""What templates need to show records to people: links, numbers, days, statements in words.

Nothing here decides what is true or what is shown; texts are in the language of the request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from flask import request
from jinja2 import Environment
from markupsafe import Markup, escape

from kb.language import amounts
from kb.language.regex import regex
from kb.presenting import article_of, aspect_label, relation_label, summary_json
from kb.probe import wording
from kb.qa.wording import worded
from kb.records import Answer, Claim, Dropped, Evidence, Fact, Measurement, PathStep, Reason, Span
from web.languages import language, text

if TYPE_CHECKING:
    from kb.app import KnowledgeBase
    from kb.graph.pictures import GraphNode, GraphView

# references, with the character before and the punctuation after: the three stay on one line
_REFERENCES = regex(r"(\S?)((?:\[\d{1,3}\])+)([，。；：！？、）」,;:.!?]?)")
# a quote that itself begins with a quotation, with its references: one pair of marks is enough
_QUOTED_TWICE = regex(r"^「(「.*)」((?:\[\d{1,3}\])*)$", re.DOTALL)
_SHORT = 60  # characters


def set_up(environment: Environment, base: KnowledgeBase) -> None:
    environment.globals.update(
        aspect_name=partial(_aspect_name, base),
        article_of=article_of,
        article_url=article_url,
        base=base,
        concept_link=partial(concept_link, base),
        concept_name=partial(concept_name, base),
        concept_url=concept_url,
        is_expired=lambda measurement: measurement.expired(datetime.now(UTC)),
        kind_name=kind_name,
        other_language_url=other_language_url,
        question_url=question_url,
        ratios=ratios,
        reason_name=reason_name,
        sign_name=sign_name,
        relation_name=partial(relation_name, base),
        statement=partial(statement, base),
        summary=summary_json,
        unit_name=unit_name,
    )
    environment.filters.update(
        amount=amount,
        day=day,
        dispute=dispute,
        graph_data=partial(graph_data, base),
        in_language=in_language,
        opening=opening,
        plainly=plainly,
        because=because,
        references=references,
        shortened=shortened,
    )
    environment.trim_blocks = environment.lstrip_blocks = True


# ---------------------------------------------------------------- addresses


def article_url(article_id: str, span: Span | None = None) -> str:
    """The article's page; with a span, that stretch highlighted and in view."""
    place = f"/articles/{quote(article_id, safe='')}"
    return f"{place}?{urlencode({'start': span[0], 'end': span[1]})}#quote" if span else place


def concept_url(concept_id: str) -> str:
    return f"/concepts/{quote(concept_id, safe='')}"


def question_url(question: str, context: Sequence[str] = ()) -> str:
    """The answer's page; with the questions asked before it, the same answer for whoever is sent the address."""
    return f"/?{urlencode([('q', question), *(('c', earlier) for earlier in context)])}"


def other_language_url() -> str:
    """This very page in the other language."""
    kept = [(name, value) for name, values in request.args.lists() if name != "lang" for value in values]
    return f"{request.path}?{urlencode([*kept, ('lang', 'zh' if language() == 'en' else 'en')])}"


def concept_name(base: KnowledgeBase, concept_id: str) -> str:
    """In the language of the request where the vocabulary has it, else in Chinese."""
    english = base.lexicon.concept(concept_id).name_en if language() == "en" and concept_id in base.lexicon else None
    return english or base.name(concept_id)


def node_name(base: KnowledgeBase, node: GraphNode) -> str:
    """A node of a picture: a concept, or an instance seen on this machine, which is no concept and brings its own name."""
    return node.name if node.kind == "instance" else concept_name(base, node.id)


def concept_link(base: KnowledgeBase, concept_id: str) -> Markup:
    """The concept's name, linked where it has a page of its own (a literal has none)."""
    name = concept_name(base, concept_id)
    if concept_id not in base.lexicon:
        return Markup('<span class="phrase">{}</span>').format(name)
    return Markup('<a class="concept" href="{}">{}</a>').format(concept_url(concept_id), name)


# ---------------------------------------------------------------- words


def references(answer: str, evidence: Iterable[Evidence]) -> Markup:
    """The answer's text with each `[n]` that has evidence made a link to it; paragraphs by line breaks."""
    known = {item.n: item for item in evidence}
    paragraphs = [part for part in answer.splitlines() if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(_with_links(part, known)) for part in paragraphs)


def _with_links(words: str, known: dict[int, Evidence]) -> Markup:
    shown, last = Markup(""), 0
    for match in _REFERENCES.finditer(words):
        links = Markup("").join(_link(int(n), known) for n in re.findall(r"\d+", match[2]))
        shown += Markup('{}<span class="keep">{}{}{}</span>').format(words[last : match.start()], match[1], links, match[3])
        last = match.end()
    return shown + words[last:]


def _link(n: int, known: dict[int, Evidence]) -> Markup:
    item = known.get(n)
    if item is None:
        return Markup("[{}]").format(n)
    return Markup('<a class="cite" href="#e{0}" title="{1}">{0}</a>').format(n, f"{item.article_title}：{item.text}")


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement taken apart: what it is about, and each side's words with their references."""

    topic: str
    sides: tuple[str, ...]


def dispute(words: str) -> Dispute:
    """One side alone, and no topic, where the words are not put as "topic:「…」[1] ↔ 「…」[2]"."""
    topic, colon, rest = re.match(r"([^「」:：]*)([:：]?)(.*)", words, re.DOTALL).groups()  # type: ignore[union-attr]
    sides = tuple(_QUOTED_TWICE.sub(r"\1\2", side.strip()) for side in (rest if colon else words).split(" ↔ "))
    return Dispute(topic.strip() if colon else "", sides)


def opening(answer: str) -> str:
    """The first line of an answer without its references, for a list of earlier ones."""
    first = next((line for line in answer.splitlines() if line.strip()), "")
    return re.sub(r"\[\d{1,3}\]", "", first)


def plainly(answer: Answer, address: str) -> str:
    """An answer to paste elsewhere: the question, the text, every quote it cites with its place, and where it stands."""
    quotes = (f"[{e.n}] 「{e.text}」——{e.article_title}（{e.span[0]}–{e.span[1]}）" for e in answer.evidence)
    return "\n".join((answer.question.text, "", answer.text, "", *quotes, "", address))


def because(reason: Reason) -> str:
    """Why something was taken or turned down, in the language of the request."""
    return worded(reason, language())


def ratios(measurements: Sequence[Measurement]) -> tuple[str, ...]:
    """What may be divided within one run, in words, in the language of the request."""
    return wording.ratios(measurements, language())


def statement(base: KnowledgeBase, fact: Fact | PathStep | Claim, *, holds: bool, plain: bool = False) -> Markup:
    """A fact, a claim or a step of a path in the relation's own wording, its two concepts linked unless `plain`."""
    row = base.domain.relations.get(fact.relation)
    if row is None:
        wording = "{S} — " + fact.relation + " — {O}"
    elif language() == "en":
        wording = row.wording_en if holds else row.wording_en_denied
    else:
        wording = row.wording if holds else row.wording_denied
    pieces = re.split(r"(\{[SO]\})", wording)
    places = {"{S}": fact.subject, "{O}": fact.object}

    def named(concept_id: str) -> Markup:
        return escape(concept_name(base, concept_id)) if plain else concept_link(base, concept_id)

    return Markup("").join(named(places[piece]) if piece in places else escape(piece) for piece in pieces)


def relation_name(base: KnowledgeBase, relation: str) -> str:
    return relation_label(relation, base, language())


def _aspect_name(base: KnowledgeBase, aspect: str) -> str:
    return aspect_label(aspect, base, language())


def kind_name(kind: str) -> str:
    """A kind of concept or of question in words; the id itself where the catalogue has none."""
    names = {
        "technology": text("技术"),
        "product": text("产品"),
        "component": text("部件"),
        "resource": text("资源"),
        "property": text("性质"),
        "role": text("角色"),
        "device": text("设备"),
        "organisation": text("组织"),
        "practice": text("做法"),
        "concept": text("概念"),
        "discovered": text("文章中的术语"),
        "phrase": text("短语"),
        "definition": text("定义"),
        "comparison": text("比较"),
        "relation": text("关系"),
        "yes_no": text("是非"),
        "listing": text("列举"),
        "quantity": text("数量"),
        "cause": text("原因"),
        "choice": text("选择"),
        "how": text("做法"),
        "who": text("由谁"),
        "here": text("这台机器"),
        "instance": text("正在运行的实例"),
        "meta": text("知识库本身"),
        "consequence": text("后果"),
        "remedy": text("解决办法"),
        "task": text("请求"),
        "analogy": text("比方"),
        "naming": text("叫法"),
        "quotation": text("原话"),
        "open": text("其他"),
    }
    return names.get(kind, kind)


def sign_name(sign: str) -> str:
    """A sign of a measurement in words; the id itself where the probe has none."""
    return wording.sign_name(sign, language())


def in_language(caveat_text: str) -> str:
    """A caveat ("中文 / English") in the language of the request."""
    return wording.caveat(caveat_text, language())


# ---------------------------------------------------------------- numbers and days


def amount(value: float | None, unit: str) -> str:
    """A measured figure as a person reads it, in the language of the request."""
    return "—" if value is None else amounts.amount(value, unit, language())


def extent(low: float, high: float, unit: str) -> str:
    return amounts.extent(low, high, unit, language())


def unit_name(unit: str) -> str:
    return amounts.unit_word(unit, language())


def day(moment: str) -> str:
    """An ISO 8601 moment in this machine's time, to the minute; anything else as it stands."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return moment


# ---------------------------------------------------------------- pictures


def graph_data(base: KnowledgeBase, view: GraphView) -> str:
    """The graph for the script that draws it, labelled in the language of the request; goes into a `data-` attribute."""
    nodes = (
        {"id": node.id, "label": node_name(base, node), "kind": node.kind, "x": node.x, "y": node.y, "mentions": node.mentions}
        for node in view.nodes
    )
    labels = {relation: relation_name(base, relation) for relation in {edge.relation for edge in view.edges}}
    edges = (
        {"source": edge.source, "target": edge.target, "label": labels[edge.relation], "denied": not edge.holds, "claims": edge.claims}
        for edge in view.edges
    )
    data = {"center": view.center, "nodes": tuple(nodes), "edges": tuple(edges)}
    return json.dumps(data, ensure_ascii=False)


# ---------------------------------------------------------------- article texts


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article, to be shown as it stands. `marked`: the quote that was asked for; `dropped`: why reading left it out."""

    text: str
    marked: bool = False
    dropped: str | None = None


def pieces(whole: str, mark: Span | None, dropped: Iterable[Dropped], window: Span) -> tuple[Piece, ...]:
    """`whole[window]` cut wherever the highlight or a dropped stretch begins or ends; joined again it is that text exactly."""
    gaps = tuple(dropped)
    edges = {window[0], window[1], *(edge for gap in gaps for edge in gap.span), *(mark or ())}
    cuts = sorted(edge for edge in edges if window[0] <= edge <= window[1])
    found: list[Piece] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        reason = next((gap.reason for gap in gaps if gap.span[0] <= start and end <= gap.span[1]), None)
        found.append(Piece(whole[start:end], mark is not None and mark[0] <= start and end <= mark[1], reason))
    return tuple(found)


def reason_name(reason: str) -> str:
    """Why cleaning left a stretch out, in words."""
    names = {
        "boilerplate": text("与内容无关的套话"),
        "carriage_return_remnant": text("换行残留"),
        "truncation_mark": text("截断标记"),
        "masked_characters": text("被遮盖的字，整理时已还原"),
        "duplicate_paragraph": text("同一段落重复出现"),
        "page_furniture": text("页眉、页脚或页码"),
        "orphan_lead_in": text("没有下文的引导语"),
    }
    return names.get(reason, reason)


def shortened(words: str) -> str:
    """On one line, so much of it that it can be recognized."""
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"
