"""What runs in the background, over REST: measurements started, and these, uploads and decisions followed, streamed and stopped."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Response, jsonify, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field

from kb import presenting
from kb.app import ALL_METRICS
from kb.errors import NotFound, ProbeError
from web.deciding import Deciding, Decisions
from web.failures import Refused
from web.following import Followed
from web.jobs import Job, Jobs
from web.languages import language
from web.readings import Reading, Readings

if TYPE_CHECKING:
    from kb.app import KnowledgeBase

MACHINE = Tag(name="machine")
_STREAMS = 32  # open event streams; each holds a thread of the server


class MetricPath(BaseModel):
    metric: str = Field(description="a metric of GET probes, or `all` for the full set with few samples each")


class RunBody(BaseModel):
    backends: list[str] | None = Field(default=None, description="only these; all that work by default")
    runs: int | None = Field(default=None, ge=1, le=50, description="samples per backend")


class JobPath(BaseModel):
    id: str = Field(description="id of a job")


def add_to(api: APIBlueprint, base: KnowledgeBase, jobs: Jobs, readings: Readings, decisions: Decisions) -> None:
    def followed(id: str) -> Followed:
        return readings.get(id) or decisions.get(id) or jobs.job(id)

    streams = threading.Semaphore(_STREAMS)

    @api.post("/probes/<metric>/runs", tags=[MACHINE], summary="Measure now; answers with a job to watch")
    def run_probe(path: MetricPath, body: RunBody) -> tuple[Response, int, dict[str, str]]:
        job = start_job(path.metric, base, jobs, backends=tuple(body.backends) if body.backends else None, runs=body.runs)
        place = f"/api/v1/jobs/{job.id}"
        return jsonify(job=job.id, metric=job.metric, state=job.state, href=place), 202, {"Location": place}

    @api.get("/jobs/<id>", tags=[MACHINE], summary="How a measurement, an upload or a decision is going")
    def job(path: JobPath) -> Response:
        return jsonify(_followed_json(followed(path.id), base))

    @api.get("/jobs/<id>/events", tags=[MACHINE], summary="The same, as server-sent events")
    def events(path: JobPath) -> Response:
        watched = followed(path.id)
        if not streams.acquire(blocking=False):
            raise ProbeError(
                ("同时观看的人太多。", "Too many are watching."),
                (f"请改用 GET /api/v1/jobs/{path.id}。", f"Use GET /api/v1/jobs/{path.id}."),
            )
        seen = request.headers.get("Last-Event-ID", "")
        spoken = language()
        response = Response(_stream(watched, int(seen) + 1 if seen.isdecimal() else 0, base, spoken), mimetype="text/event-stream")
        response.call_on_close(streams.release)
        response.headers["Cache-Control"] = "no-store"
        return response

    @api.delete(
        "/jobs/<id>",
        tags=[MACHINE],
        summary="Stop a measurement, whose processes are cleaned up, or an upload, after the file that is being read",
    )
    def cancel(path: JobPath) -> tuple[Response, int]:
        if decisions.get(path.id):
            raise Refused(
                ("决定不能半途停止。", "A decision cannot be stopped half-way."),
                ("完成后可以撤回：DELETE /api/v1/decisions/last。", "Take it back when it is done: DELETE /api/v1/decisions/last."),
                status=409,
            )
        stopped = readings.cancel(path.id) if readings.get(path.id) else jobs.cancel(path.id)
        return jsonify(_followed_json(stopped, base)), 202


def start_job(metric: str, base: KnowledgeBase, jobs: Jobs, *, backends: tuple[str, ...] | None = None, runs: int | None = None) -> Job:
    """:raises NotFound: no such metric. :raises ProbeError: measuring from the web is off. :raises ProbeBusy:"""
    if not base.settings.live_probe_allowed:
        raise ProbeError(
            ("这台服务器不允许从网页启动测量。", "This server does not let web pages start measurements."),
            (
                "只监听本机地址时默认允许；否则可设置 KB_ALLOW_LIVE_PROBE=1。",
                "It does on a loopback address; else set KB_ALLOW_LIVE_PROBE=1.",
            ),
        )
    known = [ALL_METRICS, *(known.name for known in base.prober.metrics())]
    if metric not in known:
        names = ", ".join(known)
        raise NotFound((f"没有“{metric}”这项测量。", f"There is no metric {metric!r}."), (f"可用的有：{names}。", f"Known: {names}."))
    return jobs.start(metric, backends=backends, runs=runs, client=request.remote_addr or "")


def _followed_json(followed: Followed, base: KnowledgeBase, spoken: str | None = None) -> dict[str, Any]:
    if isinstance(followed, Job):
        return job_json(followed, base, spoken)
    if isinstance(followed, Deciding):
        return deciding_json(followed, spoken)
    assert isinstance(followed, Reading)
    return _reading_json(followed, spoken or language())


def deciding_json(deciding: Deciding, spoken: str | None = None) -> dict[str, Any]:
    """`decision` of null took the last one back."""
    message, hint = deciding.error.in_language(spoken or language()) if deciding.error else (None, None)
    return {
        "job": deciding.id,
        "state": deciding.state,
        "events": list(deciding.events),
        "decision": presenting.decision_json(deciding.decision) if deciding.decision else None,
        "articles_read_again": deciding.read_again,
        "error": message,
        "hint": hint,
    }


def _reading_json(reading: Reading, spoken: str) -> dict[str, Any]:
    refused = ((unread.name, *unread.error.in_language(spoken)) for unread in reading.refused)
    return {
        "job": reading.id,
        "state": reading.state,
        "events": list(reading.events),
        "articles": [presenting.report_json(report) for report in reading.reports],
        "refused": [{"file": name, "error": message, "hint": hint} for name, message, hint in refused],
    }


def job_json(job: Job, base: KnowledgeBase, spoken: str | None = None) -> dict[str, Any]:
    spoken = spoken or language()
    message, hint = job.error.in_language(spoken) if job.error else (None, None)
    return {
        "job": job.id,
        "metric": job.metric,
        "state": job.state,
        "events": list(job.events),
        "measurements": [presenting.measurement_json(measurement) for measurement in job.measurements],
        "explanation": base.explain_measurements(job.measurements, spoken),
        "error": message,
        "hint": hint,
    }


def _stream(job: Followed, first: int, base: KnowledgeBase, spoken: str) -> Iterator[str]:
    """Progress as it comes, a comment while nothing does (a reader that has gone is noticed by it), the result as `end`."""
    yield ": job\n\n"
    for item in job.follow(first):
        yield f"id: {item[0]}\nevent: progress\ndata: {_line(item[1])}\n\n" if item else ": still running\n\n"
    yield f"event: end\ndata: {_line({**_followed_json(job, base, spoken), 'events': []})}\n\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
