"""The REST interface under `/api/v1`, described by OpenAPI at `/openapi`. It translates between HTTP and the knowledge base, nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from flask import Response, jsonify, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field

from kb import presenting
from kb.errors import BadInput, EmptyText, NotFound
from kb.graph.building import facts_of
from web import jobs_api
from web.deciding import Decisions
from web.jobs import Jobs
from web.jobs_api import MACHINE
from web.readings import Readings
from web.uploads import add_files, add_text, files_to_read, import_records, text_to_read

if TYPE_CHECKING:
    from kb.app import KnowledgeBase

KNOWLEDGE, ARTICLES = Tag(name="knowledge"), Tag(name="articles")
_ALL = 1_000_000  # concepts; more than any vocabulary has
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}}}
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["title", "text"],
                    "properties": {"title": {"type": "string"}, "text": {"type": "string"}},
                }
            },
        },
    }
}


_RECORDS = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "name": {"type": "string"}}}
            },
            "application/jsonl": {"schema": {"type": "string"}},
        },
    }
}


class Failure(BaseModel):
    error: str = Field(description="what is wrong, and with which value")
    hint: str = Field(description="the remedy")


class AskBody(BaseModel):
    question: str = Field(description="one question, in Chinese or English")
    context: list[str] = Field(default_factory=list, max_length=20, description="earlier questions of the conversation, oldest first")
    explain: bool = Field(default=False, description="also say how the answer was found")


class Page(BaseModel):
    limit: int = Field(default=100, ge=1, le=1000, description="at most so many")
    offset: int = Field(default=0, ge=0, description="leave out so many first")


class ConceptsQuery(Page):
    q: str = Field(default="", max_length=200, description="part of a name")


class ConceptPath(BaseModel):
    id: str = Field(description="id, name or alias of a concept")


class NeighboursQuery(BaseModel):
    depth: int = Field(default=1, ge=1, le=4, description="edges from the concept")
    limit: int = Field(default=300, ge=1, le=2000, description="at most so many concepts")


class PathsQuery(BaseModel):
    start: str = Field(alias="from", description="a concept")
    end: str = Field(alias="to", description="another concept")
    limit: int = Field(default=3, ge=1, le=10)


class CompareQuery(BaseModel):
    concepts: str = Field(description="names or ids, with commas between", max_length=400)


class FactsQuery(Page):
    concept: str | None = Field(default=None, description="subject or object")
    relation: str | None = Field(default=None, description="id of a relation, such as runs_on")
    article: str | None = Field(default=None, description="only what this article says")


class MeasurementsQuery(Page):
    metric: str | None = None
    concept: str | None = Field(default=None, description="id of the concept that the backend stands for")
    backend: str | None = None
    run: str | None = Field(default=None, description="id of an interleaved run")


class GraphQuery(NeighboursQuery):
    center: str | None = Field(default=None, description="a concept; the most mentioned concepts of all without it")
    relation: str | None = Field(default=None, description="only this relation, such as runs_on")


class ExportQuery(BaseModel):
    format: str = Field(default="json", description="json, graphml, jsonld, turtle, cypher or csv")


class ArticlePath(BaseModel):
    id: str = Field(description="id of an article")


def blueprint(base: KnowledgeBase, jobs: Jobs, readings: Readings, decisions: Decisions) -> APIBlueprint:
    failures: dict[Any, Any] = {"4XX": Failure, "5XX": Failure}
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_responses=failures)
    _questions(api, base)
    _concepts(api, base)
    _articles(api, base, readings)
    _measurements(api, base)
    jobs_api.add_to(api, base, jobs, readings, decisions)
    return api


def _questions(api: APIBlueprint, base: KnowledgeBase) -> None:
    @api.post("/ask", tags=[KNOWLEDGE], summary="Answer a question, with its sources")
    def ask(body: AskBody) -> Response:
        answer = base.ask(body.question, tuple(body.context))
        return jsonify(presenting.answer_json(answer, base, explain=body.explain))

    @api.get("/compare", tags=[KNOWLEDGE], summary="Compare concepts aspect by aspect")
    def compare(query: CompareQuery) -> Response:
        return jsonify(presenting.answer_json(base.compare(_names(query)), base))

    @api.get(
        "/layers",
        tags=[KNOWLEDGE],
        summary="The stacks of layers that concepts stand in, where articles say enough to draw them side by side",
    )
    def layers(query: CompareQuery) -> Response:
        concepts = tuple(dict.fromkeys(base.concept(name).id for name in _names(query)))
        return jsonify([presenting.stack_json(stack, base) for stack in base.stacks(concepts)])

    @api.get("/export", tags=[KNOWLEDGE], summary="Everything that is known, in a format for other tools")
    def export(query: ExportQuery) -> Response:
        exporter: Any = base.exporter(query.format)
        response = Response(base.export(query.format), mimetype=exporter.MEDIA_TYPE)
        response.headers["Content-Disposition"] = f'attachment; filename="knowledge.{exporter.SUFFIX}"'
        return response


def _names(query: CompareQuery) -> tuple[str, ...]:
    return tuple(name.strip() for name in query.concepts.replace("，", ",").split(",") if name.strip())


def _concepts(api: APIBlueprint, base: KnowledgeBase) -> None:
    @api.get("/concepts", tags=[KNOWLEDGE], summary="Concepts by part of their name")
    def concepts(query: ConceptsQuery) -> Response:
        return _listed(presenting.concept_json, base.find_concepts(query.q, limit=_ALL), query)

    @api.get("/concepts/<path:id>", tags=[KNOWLEDGE], summary="A concept and all that is said of it")
    def concept(path: ConceptPath) -> Response:
        return jsonify(presenting.concept_view_json(base.show(path.id), base))

    @api.get("/concepts/<path:id>/neighbours", tags=[KNOWLEDGE], summary="The graph around a concept")
    def neighbours(path: ConceptPath, query: NeighboursQuery) -> Response:
        return jsonify(presenting.graph_json(base.subgraph(path.id, query.depth, query.limit)))

    @api.get("/graph", tags=[KNOWLEDGE], summary="The graph, with a place for each concept")
    def graph(query: GraphQuery) -> Response:
        _known_relation(query.relation, base)
        return jsonify(
            presenting.graph_json(base.subgraph(query.center or None, query.depth, query.limit, relation=query.relation or None))
        )

    @api.get("/paths", tags=[KNOWLEDGE], summary="How two concepts are connected")
    def paths(query: PathsQuery) -> Response:
        return jsonify([presenting.path_json(path, base) for path in base.paths(query.start, query.end, limit=query.limit)])

    @api.get("/facts", tags=[KNOWLEDGE], summary="What claims say together, subject, relation, object")
    def facts(query: FactsQuery) -> Response:
        return _listed(lambda fact: presenting.fact_json(fact, base), facts_of(_claims(query, base)), query)

    @api.get("/claims", tags=[KNOWLEDGE], summary="Single claims, each with its quote")
    def claims(query: FactsQuery) -> Response:
        return _listed(lambda claim: presenting.claim_json(claim, base), _claims(query, base), query)

    @api.get("/disagreements", tags=[KNOWLEDGE], summary="Where sources cannot all be right")
    def disagreements(query: Page) -> Response:
        return _listed(lambda found: presenting.disagreement_json(found, base), base.disagreements(), query)


def _claims(query: FactsQuery, base: KnowledgeBase) -> Any:
    _known_relation(query.relation, base)
    concept = base.concept(query.concept).id if query.concept else None
    return base.store.claims(concept=concept, relation=query.relation, article_id=query.article)


def _known_relation(relation: str | None, base: KnowledgeBase) -> None:
    if relation and relation not in base.domain.relations:
        known = ", ".join(base.domain.relations)
        raise BadInput((f"没有“{relation}”这种关系。", f"There is no relation {relation!r}."), (f"可用的有：{known}。", f"Known: {known}."))


def _articles(api: APIBlueprint, base: KnowledgeBase, readings: Readings) -> None:
    @api.get("/articles", tags=[ARTICLES], summary="The articles, without their texts")
    def articles(query: Page) -> Response:
        return _listed(presenting.article_json, base.store.articles(), query)

    @api.get("/articles/<id>", tags=[ARTICLES], summary="An article with its text")
    def article(path: ArticlePath) -> Response:
        found = base.store.article(path.id)
        if found is None:
            raise no_article(path.id)
        return jsonify(presenting.article_json(found, base.store.twins(path.id)))

    @api.post("/articles", tags=[ARTICLES], summary="Add or replace articles: files, or a title and a text", openapi_extensions=_UPLOAD)
    def add_articles() -> tuple[Response, int] | tuple[Response, int, dict[str, str]]:
        """With `Prefer: respond-async` (RFC 7240) the answer is 202 and a job to watch; a file that is refused keeps none of the others out."""
        uploaded = [file for files in request.files.listvalues() for file in files]
        multipart = request.mimetype == "multipart/form-data"
        if "respond-async" in request.headers.get("Prefer", ""):
            job = readings.start(files_to_read(uploaded, base) if multipart else (text_to_read(*_title_and_text(), base),))
            place = f"/api/v1/jobs/{job.id}"
            return jsonify(job=job.id, state=job.state, href=place), 202, {"Location": place, "Preference-Applied": "respond-async"}
        reports = add_files(uploaded, base) if multipart else (add_text(*_title_and_text(), base),)
        return jsonify([presenting.report_json(report) for report in reports]), 201 if any(r.outcome == "added" for r in reports) else 200

    @api.delete("/articles/<id>", tags=[ARTICLES], summary="Take an article out, with everything read from it")
    def remove_article(path: ArticlePath) -> tuple[str, int]:
        base.remove(path.id)
        return "", 204


def _title_and_text() -> tuple[str, str]:
    document = request.get_json(silent=True)
    if not isinstance(document, dict) or not all(isinstance(document.get(name), str) for name in ("title", "text")):
        raise BadInput(
            ("请求内容应是文件，或带有 title 和 text 的 JSON。", "The body must be files, or JSON with title and text."),
            ('例如：{"title": "容器", "text": "容器共享内核。"}', 'For example: {"title": "容器", "text": "容器共享内核。"}'),
        )
    if not document["text"].strip():
        raise EmptyText(("文章是空的。", "The article is empty."), ("请在 text 里给出正文。", "Give its words in text."))
    return document["title"].strip(), document["text"]


def no_article(id: str) -> NotFound:
    return NotFound(
        (f"没有编号为“{id}”的文章。", f"There is no article {id!r}."),
        ("文章页列出全部文章。", "The articles page lists them all."),
    )


def _measurements(api: APIBlueprint, base: KnowledgeBase) -> None:
    @api.get("/measurements", tags=[MACHINE], summary="Recorded measurements, newest first")
    def measurements(query: MeasurementsQuery) -> Response:
        found = base.store.measurements(metric=query.metric, concept=query.concept, backend=query.backend, run_id=query.run)
        return _listed(presenting.measurement_json, found, query)

    @api.post("/measurements", tags=[MACHINE], summary="Keep what another machine recorded, as that machine's", openapi_extensions=_RECORDS)
    def import_measurements() -> tuple[Response, int]:
        """The JSON lines of `kb probe export`, as a file or as the body; `?name=` is what its host is shown as. A bad line refuses all."""
        added, known = import_records(base)
        return jsonify(added=added, known=known), 201 if added else 200

    @api.get("/probes", tags=[MACHINE], summary="What can be measured here, with what, and why not")
    def probes() -> Response:
        return jsonify(
            backends=[presenting.backend_json(backend) for backend in base.prober.backends()],
            metrics=[presenting.metric_json(metric) for metric in base.prober.metrics()],
            live=base.settings.live_probe_allowed,
        )


def _listed(shown: Callable[[Any], Any], items: Sequence[Any], query: Page) -> Response:
    """One page of a list; `X-Total-Count` says how long the whole list is."""
    response = jsonify([shown(item) for item in items[query.offset : query.offset + query.limit]])
    response.headers["X-Total-Count"] = str(len(items))
    return response
