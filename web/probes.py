"""The pages about what this machine measured: what can be measured, jobs that run, the newest runs of each host, and series over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request

from kb.app import ALL_METRICS
from kb.errors import KnowledgeBaseError, NotFound
from kb.probe import FULL_SET
from kb.probe.exchange import recorded_on
from kb.probe.host import fingerprint
from kb.records import HostFingerprint, Measurement
from web import plots
from web.failures import status_of
from web.jobs import Jobs
from web.jobs_api import job_json, start_job
from web.languages import language
from web.uploads import import_records

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from kb.app import KnowledgeBase


@dataclass(frozen=True, slots=True)
class ProbeRun:
    """Measurements of one interleaved run: the only ones that may be compared."""

    metric: str
    measured_at: str
    measurements: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one host measured: the newest run of each metric, and how many runs of it there are."""

    host: HostFingerprint
    own: bool
    name: str | None  # of another host whose records were imported
    runs: tuple[ProbeRun, ...]
    counts: dict[str, int]


def blueprint(base: KnowledgeBase, jobs: Jobs) -> Blueprint:
    pages = Blueprint("probes", __name__)
    pages.record_once(lambda state: plots.set_up(state.app.jinja_env))

    def page(status: int = 200, **values: object) -> Response:
        return _show(
            "probe.html",
            status,
            backends=base.prober.backends(),
            metrics=base.prober.metrics(),
            full_set=FULL_SET,
            labels=_labels(base),
            shelves=shelves(base.store.measurements(), fingerprint().env_id),
            running=jobs.running(),
            waiting=jobs.waiting(),
            live=base.settings.live_probe_allowed,
            **values,
        )

    @pages.get("/probe")
    def probe() -> Response:
        return page()

    @pages.post("/probe/measurements")
    def bring() -> Response:
        """Records that another machine exported: kept as that machine's, or refused whole."""
        try:
            added, known = import_records(base)
        except KnowledgeBaseError as error:
            message, hint = error.in_language(language())
            return page(status_of(error), message=message, hint=hint)
        return page(brought=(added, known))

    @pages.get("/probe/history/<metric>")
    def history(metric: str) -> Response:
        own = fingerprint().env_id
        env_id = request.args.get("host") or own
        found = base.store.measurements(metric=metric, env_id=env_id)
        if not found:
            zh, en = _labels(base).get(metric, (metric, metric))
            where = ("这台机器", "this machine") if env_id == own else (f"主机 {env_id} ", f"the host {env_id}")
            raise NotFound(
                (f"{where[0]}没有“{zh}”的测量记录。", f"There is no record of “{en}” on {where[1]}."),
                ("“实测”页列出全部测过的项目。", "The probe page lists all that was measured."),
            )
        return _show(
            "history.html", metric=metric, labels=_labels(base), host=found[0].host, own=env_id == own, runs=probe_runs(found), found=found
        )

    @pages.get("/probe/measurements.jsonl")
    def download() -> Response:
        return Response(base.export_measurements(), mimetype="application/jsonl")

    @pages.post("/probe/<metric>/runs")
    def run_probe(metric: str) -> AnyResponse:
        return _to_job(start_job(metric, base, jobs).id)

    @pages.get("/probe/jobs/<id>")
    def job(id: str) -> Response:
        watched = jobs.job(id)
        return _show(
            "job.html",
            job=watched,
            runs=probe_runs(watched.measurements),
            result=job_json(watched, base),
            labels=_labels(base),
            back=_back(request.args.get("back", "")),
        )

    @pages.post("/probe/jobs/<id>/cancel")
    def cancel(id: str) -> AnyResponse:
        return _to_job(jobs.cancel(id).id)

    return pages


def _to_job(id: str) -> AnyResponse:
    back = _back(request.form.get("back", ""))
    return redirect(f"/probe/jobs/{id}" + (f"?{urlencode({'back': back})}" if back else ""), 303)


def _back(address: str) -> str:
    """The answer that a measurement was started from; nothing where it is no address of an answer here."""
    return address if address.startswith("/?q=") else ""


def probe_runs(measurements: Iterable[Measurement]) -> tuple[ProbeRun, ...]:
    """In the order of their newest measurement, as the measurements come (newest first)."""
    groups: dict[tuple[str, str], list[Measurement]] = {}
    for measurement in measurements:
        groups.setdefault((measurement.run_id, measurement.metric), []).append(measurement)
    return tuple(ProbeRun(metric, group[0].measured_at, tuple(group)) for (_, metric), group in groups.items())


def shelves(measurements: Iterable[Measurement], own: str) -> tuple[Shelf, ...]:
    """One a host, that with the id `own` first; measurements come newest first."""
    hosts: dict[str, list[Measurement]] = {own: []}
    for measurement in measurements:
        hosts.setdefault(measurement.host.env_id, []).append(measurement)
    return tuple(_shelf(found, env_id == own) for env_id, found in hosts.items() if found)


def _shelf(found: list[Measurement], own: bool) -> Shelf:
    newest: dict[str, ProbeRun] = {}
    counts: dict[str, int] = {}
    for run in probe_runs(found):
        newest.setdefault(run.metric, run)
        counts[run.metric] = counts.get(run.metric, 0) + 1
    return Shelf(found[0].host, own, recorded_on(found[0].host), tuple(newest.values()), counts)


def _labels(base: KnowledgeBase) -> dict[str, tuple[str, str]]:
    """Names of metrics in both languages."""
    return {ALL_METRICS: ("全套测量", "the full set")} | {metric.name: metric.label for metric in base.prober.metrics()}


def _show(template: str, status: int = 200, **values: object) -> Response:
    return make_response(render_template(template, **values), status)
