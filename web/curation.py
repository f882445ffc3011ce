"""Curation on the web: the concepts that articles brought, what a person decides of them, and its part of the REST interface.

What may be decided, and what comes of it, is known by `kb.curation` and `ingest.curating`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from flask_openapi3.blueprint import APIBlueprint
from pydantic import BaseModel, Field

from kb.curation import MOST_CHARS
from kb.errors import BadInput
from kb.presenting import decision_json, proposal_json
from kb.records import Concept, Decision, Evidence, Span
from web import showing
from web.api import KNOWLEDGE, Failure, Page, no_article
from web.deciding import Deciding, Decisions
from web.jobs_api import deciding_json

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from kb.app import KnowledgeBase

Action = Literal["accept", "rename", "merge", "split", "reject"]
Order = Literal["mentions", "doubtful", "sure", "name"]
PER_PAGE = 25
ORDERS: tuple[Order, ...] = ("mentions", "doubtful", "sure", "name")
_QUOTES = 2  # shown of each concept
_PATIENCE_S = 2.0  # what is carried out sooner is shown at once, what takes longer on a page of its own


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that names a concept, cut around the first place where it does."""

    evidence: Evidence
    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that articles brought: how often they speak of it, in how many sentences, and the first of these."""

    concept: Concept
    mentions: int
    sentences: int
    places: tuple[Place, ...]


class ProposalsQuery(Page):
    q: str = Field(default="", max_length=200, description="part of a name")
    article: str | None = Field(default=None, description="only those that this article names")
    order: Order = Field(default="mentions", description="most mentioned, least or most term-like first, or by name")


class DecisionBody(BaseModel):
    action: Action = Field(description="accept, rename, merge, split or reject")
    name: str = Field(description="a name of the concept; of a split the other name that becomes a concept of its own")
    target: str | None = Field(default=None, description="of a renaming the new name, of a merging the concept to become part of")


def proposals(base: KnowledgeBase, wanted: str = "", article_id: str | None = None, order: Order = "mentions") -> tuple[Concept, ...]:
    """Discovered concepts that an article speaks of. :raises NotFound: no such article."""
    counts = base.store.mention_counts()
    found = [concept for concept in base.find_concepts(wanted, limit=1_000_000) if concept.kind == "discovered" and counts.get(concept.id)]
    if article_id is not None:
        if base.store.article(article_id) is None:
            raise no_article(article_id)
        named = {mention.concept_id for mention in base.store.mentions(article_id=article_id)}
        found = [concept for concept in found if concept.id in named]
    if order == "mentions":
        found.sort(key=lambda concept: (-counts[concept.id], concept.name))
    elif order == "name":
        found.sort(key=lambda concept: concept.name.casefold())
    else:
        sign = 1 if order == "doubtful" else -1
        found.sort(key=lambda concept: (sign * (concept.score or 0.0), concept.name))
    return tuple(found)


def pages(base: KnowledgeBase, decisions: Decisions) -> Blueprint:
    blueprint = Blueprint("curation", __name__)
    # every page about concepts shows what came of a decision made there
    blueprint.record_once(lambda state: state.app.jinja_env.globals.update(decided=lambda: decisions.get(request.args.get("done", ""))))

    @blueprint.get("/curation")
    def curation() -> Response:
        wanted = request.args.get("q", "").strip()[:100]
        order = cast("Order", request.args.get("order")) if request.args.get("order") in ORDERS else "mentions"
        article_id = request.args.get("article") or None
        found = proposals(base, wanted, article_id, order)
        last = max(1, -(-len(found) // PER_PAGE))
        number = min(max(request.args.get("page", 1, type=int), 1), last)
        shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
        article = base.store.article(article_id) if article_id else None
        chosen = {"q": wanted, "article": article_id, "order": order if order != ORDERS[0] else None, "page": number}
        return _show(
            "curation.html",
            proposals=[_proposal(concept, base, article_id) for concept in shown],
            total=len(found),
            number=number,
            last=last,
            wanted=wanted,
            order=order,
            orders=ORDERS,
            article=article,
            chosen={name: value for name, value in chosen.items() if value not in (None, "", 1)},
            at=request.args.get("at", type=int),
            decisions=tuple(reversed(base.store.decisions())),
        )

    @blueprint.post("/curation")
    def decide() -> AnyResponse:
        decision, back = _wanted(base), _back(request.form.get("back", ""))
        deciding = decisions.start(decision)
        if not deciding.wait(_PATIENCE_S):
            return redirect(f"/curation/{deciding.id}?{urlencode({'back': back})}", 303)
        return redirect(_after(deciding, back, base), 303)

    @blueprint.get("/curation/<id>")
    def watched(id: str) -> AnyResponse:
        deciding = decisions.deciding(id)
        back = _back(request.args.get("back", ""))
        if not deciding.open:
            return redirect(_after(deciding, back, base), 303)
        return _show("deciding.html", deciding=deciding)

    return blueprint


def api(base: KnowledgeBase, decisions: Decisions) -> APIBlueprint:
    blueprint = APIBlueprint("curation_api", __name__, url_prefix="/api/v1", abp_responses={"4XX": Failure, "5XX": Failure})

    @blueprint.get("/proposals", tags=[KNOWLEDGE], summary="Concepts discovered in articles, with sentences that name them")
    def proposed(query: ProposalsQuery) -> Response:
        found = proposals(base, query.q, query.article, query.order)
        shown = (_proposal(concept, base, query.article) for concept in found[query.offset : query.offset + query.limit])
        response = jsonify([proposal_json(one.concept, one.mentions, [place.evidence for place in one.places]) for one in shown])
        response.headers["X-Total-Count"] = str(len(found))
        return response

    @blueprint.get("/decisions", tags=[KNOWLEDGE], summary="What was decided of concepts, in order")
    def decided() -> Response:
        return jsonify([decision_json(decision) for decision in base.store.decisions()])

    @blueprint.post("/decisions", tags=[KNOWLEDGE], summary="Accept, rename, merge, split or reject a concept, for good")
    def decide(body: DecisionBody) -> tuple[Response, int] | tuple[Response, int, dict[str, str]]:
        """With `Prefer: respond-async` (RFC 7240) the answer is 202 and a job to watch; else it comes when the articles are read again."""
        return _answered(decisions.start(Decision(body.action, body.name.strip(), body.target.strip() if body.target else None)), 201)

    @blueprint.delete("/decisions/last", tags=[KNOWLEDGE], summary="Take the last decision back")
    def undo() -> tuple[Response, int] | tuple[Response, int, dict[str, str]]:
        return _answered(decisions.start(None), 200)

    return blueprint


def _answered(deciding: Deciding, status: int) -> tuple[Response, int] | tuple[Response, int, dict[str, str]]:
    if "respond-async" in request.headers.get("Prefer", ""):
        place = f"/api/v1/jobs/{deciding.id}"
        return jsonify(job=deciding.id, state=deciding.state, href=place), 202, {"Location": place, "Preference-Applied": "respond-async"}
    deciding.wait(None)
    if deciding.error is not None:
        raise deciding.error
    return jsonify(deciding_json(deciding)), status


def _wanted(base: KnowledgeBase) -> Decision | None:
    """The decision that the form asks for; `None` takes the last one back. :raises BadInput: no such action."""
    action = request.form.get("action", "")
    if action == "undo":
        _still_the_last(base)
        return None
    if action not in ("accept", "rename", "merge", "split", "reject"):
        raise BadInput(
            (f"没有“{action[:40]}”这种决定。", f"There is no decision {action[:40]!r}."),
            ("可用的有：接受、改名、并入、分出、排除、撤回。", "Known: accept, rename, merge, split, reject, undo."),
        )
    target = request.form.get("target", "").strip()
    return Decision(cast("Action", action), request.form.get("name", "").strip(), target or None)


def _still_the_last(base: KnowledgeBase) -> None:
    """:raises BadInput: another decision was made since the page was shown."""
    decision = next(reversed(base.store.decisions()), None)
    if decision is None or request.form.get("last") != f"{decision.decided_at} {decision.name}":
        raise BadInput(
            ("最近的决定已经不是页面上的那一个。", "The last decision is no longer the one that the page showed."),
            ("请回到“概念整理”页再看一次。", "Look at the curation page again."),
        )


def _back(address: str) -> str:
    """The page that a decision was made on; the list of proposals where it is no address of ours."""
    return address if address.startswith(("/curation?", "/concepts/")) else "/curation"


def _after(deciding: Deciding, back: str, base: KnowledgeBase) -> str:
    """Where to go on: the page the decision was made on, or, where its concept is gone, what took its place."""
    decision = deciding.decision
    if back.startswith("/concepts/") and deciding.state == "done":
        gone = decision is None or decision.action == "reject"
        named = decision.target if decision and decision.action == "merge" else decision.name if decision else ""
        back = "/curation" if gone else showing.concept_url(base.concept(named or "").id)
    path = urlsplit(back)
    query = "&".join(part for part in (path.query, urlencode({"done": deciding.id})) if part)
    return f"{path.path}?{query}#decided"


def _proposal(concept: Concept, base: KnowledgeBase, article_id: str | None = None) -> Proposal:
    mentions = base.store.mentions(concept_id=concept.id)
    own = [mention for mention in mentions if article_id is None or mention.sentence_id.startswith(f"{article_id}#")]
    first: dict[str, Span] = {}
    for mention in own:
        first.setdefault(mention.sentence_id, mention.span)
    chosen = _of_different_articles(first)
    return Proposal(concept, len(mentions), len({m.sentence_id for m in mentions}), tuple(_place(id_, first[id_], base) for id_ in chosen))


def _of_different_articles(sentence_ids: Iterable[str]) -> list[str]:
    """The first few, those of articles that are not there yet before others."""
    ids = list(sentence_ids)
    ones = {id_.rpartition("#")[0]: id_ for id_ in reversed(ids)}
    leading = [id_ for id_ in ids if ones[id_.rpartition("#")[0]] == id_]
    return (leading + [id_ for id_ in ids if id_ not in leading])[:_QUOTES]


def _place(sentence_id: str, span: Span, base: KnowledgeBase) -> Place:
    evidence = base.evidence(sentence_id)
    start, end = span[0] - evidence.span[0], span[1] - evidence.span[0]
    return Place(evidence, evidence.quote[:start], evidence.quote[start:end], evidence.quote[end:])


def _show(template: str, **values: object) -> Response:
    return make_response(render_template(template, most_chars=MOST_CHARS, **values))
