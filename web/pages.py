"""The pages for people. Everything works as plain forms and links; scripts only add the picture of the graph and live progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from flask import Blueprint, Response, current_app, make_response, render_template, request

from kb.curation import MOST_CHARS
from kb.errors import BadInput, NotFound
from kb.records import Answer, Concept, Fact
from web import showing
from web.failures import status_of
from web.languages import language
from web.probes import probe_runs
from web.stacks import diagram

if TYPE_CHECKING:
    from kb.app import KnowledgeBase

EXAMPLES = (
    "容器和虚拟机有什么区别？",
    "容器启动要多久？",
    "容器有自己的内核吗？",
    "什么是 Hypervisor？",
    "Docker 和容器是什么关系？",
    "容器依赖哪些内核机制？",
)
ENGLISH_EXAMPLES = (
    "What is the difference between a container and a virtual machine?",
    "Does a container have its own kernel?",
    "What is a hypervisor?",
    "Why are containers faster to start than virtual machines?",
    "What are the advantages of virtual machines?",
    "Am I in a container or a virtual machine?",
)
GRAPH_SIZES = (90, 300, 1000, 2000)  # concepts that the graph page draws at most
_MOST_CONTEXT = 5  # earlier questions kept for a follow-up
_FOLLOWUPS = 4


def blueprint(base: KnowledgeBase) -> Blueprint:
    pages = Blueprint("pages", __name__)
    pages.record_once(lambda state: showing.set_up(state.app.jinja_env, base))
    _asking(pages, base)
    _concepts(pages, base)
    return pages


# ---------------------------------------------------------------- questions


def _asking(pages: Blueprint, base: KnowledgeBase) -> None:
    @pages.get("/")
    def question() -> Response:
        asked = request.args.get("q")
        if asked is None:
            return _show("home.html", examples=_examples(), counts=base.sizes())
        context = tuple(request.args.getlist("c"))[-_MOST_CONTEXT:]
        try:
            answer = base.ask(asked, context)
        except BadInput as error:
            message, hint = error.in_language(language())
            return _show(
                "home.html",
                status_of(error),
                examples=_examples(),
                counts=base.sizes(),
                asked=asked[:500],
                message=message,
                hint=hint,
            )
        return _show("answer.html", **_answer(answer, context, base))


def _answer(answer: Answer, context: tuple[str, ...], base: KnowledgeBase) -> dict[str, Any]:
    return {
        "answer": answer,
        "asked": answer.question.text,
        "address": urljoin(request.host_url, showing.question_url(answer.question.text, context)),
        "examples": _examples(),
        "turns": _turns(context, base),
        "context": (*context, answer.question.text)[-_MOST_CONTEXT:],
        "followups": _followups(answer),
        "sources": {evidence.n: evidence for evidence in answer.evidence},
        "measured_by_id": {measurement.id: measurement for measurement in answer.measurements},
        "runs": probe_runs(answer.measurements),
        "stacks": diagram(answer, base),
        "view": base.answer_graph(answer, limit=16) if answer.question.concepts or answer.seen else None,
        "metrics": {metric.name: metric for metric in base.prober.metrics()} if answer.probes or answer.measurements else {},
        "live": base.settings.live_probe_allowed,
    }


def _turns(context: tuple[str, ...], base: KnowledgeBase) -> tuple[Answer, ...]:
    """What was asked before, answered as it was then; a line that cannot be asked again is left out."""
    turns: list[Answer] = []
    for number, earlier in enumerate(context):
        try:
            turns.append(base.ask(earlier, context[:number]))
        except BadInput:
            continue
    return tuple(turns)


def _examples() -> tuple[str, ...]:
    return ENGLISH_EXAMPLES if language() == "en" else EXAMPLES


def _followups(answer: Answer) -> tuple[str, ...]:
    """Aspects of a comparison to ask on about, those that its sources are judged on first."""
    judged = [row.aspect for row in answer.table.rows if row.verdict] if answer.table else []
    asked = "那{}呢？" if answer.question.language == "zh" else "What about {}?"
    return tuple(asked.format(aspect) for aspect in dict.fromkeys(judged))[:_FOLLOWUPS]


# ---------------------------------------------------------------- concepts and the graph


def _concepts(pages: Blueprint, base: KnowledgeBase) -> None:
    @pages.get("/concepts")
    def concepts() -> Response:
        wanted = request.args.get("q", "")[:100]
        counts = base.store.mention_counts()
        found = [concept for concept in base.find_concepts(wanted, limit=100_000) if wanted or counts.get(concept.id)]
        return _show(
            "concepts.html",
            wanted=wanted,
            counts=counts,
            groups=_by_kind(found),
            open=sum(concept.kind == "discovered" for concept in found),
        )

    @pages.get("/concepts/<path:id>")
    def concept(id: str) -> Response:
        view = base.show(id)
        return _show(
            "concept.html",
            view=view,
            graph_view=base.subgraph(view.concept.id, 1, 24),
            facts=_by_relation(view.facts, base),
            most_chars=MOST_CHARS,
        )

    @pages.get("/graph")
    def graph() -> Response:
        center = request.args.get("center", "").strip() or None
        depth = min(max(request.args.get("depth", 1, type=int), 1), 3)
        limit = min(max(request.args.get("limit", GRAPH_SIZES[0], type=int), 2), GRAPH_SIZES[-1])
        relation = request.args.get("relation", "") if request.args.get("relation", "") in base.domain.relations else None
        chosen: dict[str, Any] = {
            "center": center,
            "depth": depth,
            "limit": limit,
            "relation": relation,
            "sizes": GRAPH_SIZES,
            "relations": _relations(base),
        }
        try:
            view = base.subgraph(center, depth, limit, relation=relation)
        except NotFound as error:
            message, hint = error.in_language(language())
            return _show("graph.html", 404, view=None, message=message, hint=hint, **chosen)
        return _show("graph.html", view=view, **chosen)


def _relations(base: KnowledgeBase) -> dict[str, int]:
    """Relations of the graph with how many edges each has, most first."""
    counts = Counter(relation for _, _, relation in base.graph.edges(data="relation"))
    return dict(counts.most_common())


def _by_kind(concepts: Iterable[Concept]) -> dict[str, list[Concept]]:
    """Kinds with most concepts first, what articles brought themselves last; the order within a kind stays."""
    groups: dict[str, list[Concept]] = {}
    for concept in concepts:
        groups.setdefault(concept.kind, []).append(concept)
    return dict(sorted(groups.items(), key=lambda item: (item[0] == "discovered", -len(item[1]))))


def _by_relation(facts: Iterable[Fact], base: KnowledgeBase) -> dict[str, list[Fact]]:
    """In the order of relations.toml, which begins with what a concept is."""
    groups: dict[str, list[Fact]] = {relation: [] for relation in base.domain.relations}
    for fact in facts:
        groups.setdefault(fact.relation, []).append(fact)
    return {relation: group for relation, group in groups.items() if group}


def _show(template: str, status: int = 200, **values: object) -> Response:
    return make_response(render_template(template, drawn=_drawn(), **values), status)


def _drawn() -> bool:
    """Whether the libraries that draw the graph were built; without them it is listed in words."""
    return (Path(current_app.static_folder or "") / "lib" / "sigma.min.js").is_file()
