"""The claim court on the web: the page 论断核查 and its part of the REST interface."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask_openapi3.blueprint import APIBlueprint
from pydantic import Field

from kb.court import VERDICTS, Ruling, RulingVerdict, counted, grouped, judge, load_rules, verdict_named
from kb.errors import BadInput
from kb.presenting import article_of, ruling_json
from kb.probe.host import fingerprint
from web.api import KNOWLEDGE, Failure, Page, no_article

if TYPE_CHECKING:
    from kb.app import KnowledgeBase


class RulingsQuery(Page):
    verdict: str | None = Field(default=None, description="confirmed, contradicted, partly, untestable, unmeasured or expired")
    article: str | None = Field(default=None, description="only what this article says")


@dataclass(frozen=True, slots=True)
class Tried:
    """An article with how many of its statements were tried."""

    id: str
    title: str
    statements: int


def hear(base: KnowledgeBase, article_id: str | None = None) -> tuple[Ruling, ...]:
    """All rulings, from what this very machine measured; nothing is started.

    :raises NotFound: no such article. :raises BadDomainData: a row of the tests is wrong.
    """
    if article_id is not None and base.store.article(article_id) is None:
        raise no_article(article_id)
    rules = load_rules(base.settings.domain, base.domain)
    obstacles = {
        name: (reason.text[0] + reason.remedy[0], f"{reason.text[1]} {reason.remedy[1]}")
        for name, reason in base.prober.obstacles().items()
    }
    return judge(base.store, rules, env_id=fingerprint().env_id, now=datetime.now(UTC), article_id=article_id, obstacles=obstacles)


def wanted_verdict(name: str | None) -> RulingVerdict | None:
    """:raises BadInput: no verdict is called that."""
    if not name:
        return None
    verdict = verdict_named(name)
    if verdict is None:
        raise BadInput(
            (f"没有“{name}”这种判定。", f"There is no verdict {name!r}."),
            (f"可用的有：{'、'.join(zh for zh, _ in VERDICTS.values())}。", f"Known: {', '.join(VERDICTS)}."),
        )
    return verdict


def pages(base: KnowledgeBase) -> Blueprint:
    blueprint = Blueprint("claims", __name__)

    @blueprint.get("/claims")
    def claims() -> Response:
        verdict = wanted_verdict(request.args.get("verdict"))
        everything = hear(base)
        article_id = request.args.get("article") or None
        if article_id is not None and base.store.article(article_id) is None:
            raise no_article(article_id)
        of_article = [ruling for ruling in everything if article_id in (None, article_of(ruling.sentence_id))]
        shown = [ruling for ruling in of_article if verdict in (None, ruling.verdict)]
        return make_response(
            render_template(
                "claims.html",
                verdicts=VERDICTS,
                counts=counted(of_article),
                groups=grouped(shown),
                shown=len(shown),
                total=len(of_article),
                verdict=verdict,
                article_id=article_id,
                articles=_articles(everything, base),
                titles={summary.id: summary.title for summary in base.store.articles()},
                metrics={metric.name: metric for metric in base.prober.metrics()},
                live=base.settings.live_probe_allowed,
            )
        )

    return blueprint


def _articles(rulings: tuple[Ruling, ...], base: KnowledgeBase) -> tuple[Tried, ...]:
    counts: dict[str, int] = {}
    for ruling in rulings:
        id_ = article_of(ruling.sentence_id)
        counts[id_] = counts.get(id_, 0) + 1
    return tuple(Tried(summary.id, summary.title, counts[summary.id]) for summary in base.store.articles() if summary.id in counts)


def api(base: KnowledgeBase) -> APIBlueprint:
    blueprint = APIBlueprint("claims_api", __name__, url_prefix="/api/v1", abp_responses={"4XX": Failure, "5XX": Failure})

    @blueprint.get("/rulings", tags=[KNOWLEDGE], summary="What articles say, put to the test of this machine's measurements")
    def rulings(query: RulingsQuery) -> Response:
        verdict = wanted_verdict(query.verdict)
        found = hear(base, query.article)
        chosen = [ruling for ruling in found if verdict in (None, ruling.verdict)]
        return jsonify(
            counts=counted(found),
            rulings=[ruling_json(ruling, base) for ruling in chosen[query.offset : query.offset + query.limit]],
        )

    return blueprint
