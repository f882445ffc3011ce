"""Puts the application together: languages, security, failures, the pages and the REST interface."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from flask import Flask
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from ingest.curating import decide
from web import api, articles, claims, curation, failures, languages, pages, probes, security
from web.changing import changes
from web.deciding import Decisions
from web.jobs import Jobs, Rates
from web.readings import Readings

if TYPE_CHECKING:
    from kb.app import KnowledgeBase

_FORM_OVERHEAD = 64 * 1024  # bytes: boundaries and field names around an upload
_DOCUMENTATION = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>API · OpenAPI</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/openapi/swagger/css/swagger-ui.css"></head><body><div id="swagger-ui"></div>
<script src="/openapi/swagger/js/swagger-ui-bundle.js"></script><script src="/static/openapi.js"></script></body></html>"""


def create_app(base: KnowledgeBase) -> Flask:
    settings = base.settings
    app: Flask = OpenAPI(
        "web",
        info=Info(title="kb", version="1", description="离线知识库的 REST 接口。/ REST interface of the offline knowledge base."),
        validation_error_status=400,
        validation_error_model=api.Failure,
        validation_error_callback=failures.validation_failure,
        doc_prefix="/openapi",
    )
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + _FORM_OVERHEAD,
        MAX_FORM_MEMORY_SIZE=settings.max_upload_bytes + _FORM_OVERHEAD,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
        OPENAPI_HTML_STRING=_DOCUMENTATION,
        SWAGGER_HTML_STRING=_DOCUMENTATION,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    jobs = Jobs(base.run_probe, rates=Rates(*settings.probe_rates), pressure=(lambda: None) if settings.probe_when_busy else base.pressure)
    queue = changes()
    readings = Readings(queue)
    decisions = Decisions(partial(decide, base), queue)
    languages.set_up(app)
    security.set_up(app, settings.host)
    failures.set_up(app, settings.max_upload_bytes)
    app.register_blueprint(pages.blueprint(base))
    app.register_blueprint(articles.blueprint(base, readings))
    app.register_blueprint(probes.blueprint(base, jobs))
    app.register_api(api.blueprint(base, jobs, readings, decisions))  # type: ignore[attr-defined]
    app.register_blueprint(curation.pages(base, decisions))
    app.register_api(curation.api(base, decisions))  # type: ignore[attr-defined]
    app.register_blueprint(claims.pages(base))
    app.register_api(claims.api(base))  # type: ignore[attr-defined]
    return app
