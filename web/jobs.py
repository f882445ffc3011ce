"""Measurements that run in the background: one at a time, watched live, cancelled on request.

Jobs live in this process's memory and are forgotten when it ends; what they measured is kept by the knowledge base.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from kb.errors import KnowledgeBaseError, NotFound, ProbeBusy, ProbeCancelled
from kb.presenting import event_json
from kb.records import Measurement

State = Literal["running", "done", "failed", "cancelled"]
Run = Callable[..., tuple[Measurement, ...]]  # KnowledgeBase.run_probe
_KEPT = 20  # finished jobs that can still be asked about
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """`events` only grows; whoever waits for more holds `changed`."""

    id: str
    metric: str
    state: State = "running"
    events: list[dict[str, Any]] = field(default_factory=list)
    measurements: tuple[Measurement, ...] = ()
    error: KnowledgeBaseError | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)
    stop: threading.Event = field(default_factory=threading.Event)

    def add(self, event: Any) -> None:
        with self.changed:
            self.events.append(event_json(event))
            self.changed.notify_all()

    def finish(self, state: State, measurements: tuple[Measurement, ...] = (), error: KnowledgeBaseError | None = None) -> None:
        with self.changed:
            self.state, self.measurements, self.error = state, measurements, error
            self.changed.notify_all()

    def follow(self, first: int = 0, *, patience: float = 15.0) -> Iterator[tuple[int, dict[str, Any]] | None]:
        """`(number, event)` from number `first` on, as they come, until the job ends; `None` after `patience` seconds of silence."""
        number = first
        while True:
            with self.changed:
                if number >= len(self.events) and self.state == "running":
                    self.changed.wait(patience)
                new = self.events[number:]
                ended = self.state != "running"
            yield from enumerate(new, start=number)
            number += len(new)
            if ended:
                return
            if not new:
                yield None


class Jobs:
    """:param run: measures and records, as `KnowledgeBase.run_probe` does."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, metric: str, *, backends: tuple[str, ...] | None = None, runs: int | None = None) -> Job:
        """:raises ProbeBusy: another job is running; two at once would disturb each other's figures."""
        with self._lock:
            running = self.running()
            if running is not None:
                raise ProbeBusy(
                    (f"正在测量 {running.metric}，一次只能测一项。", f"{running.metric} is being measured; only one at a time."),
                    ("请等它结束，或先取消它。", "Wait until it ends, or cancel it first."),
                )
            job = Job(uuid.uuid4().hex[:12], metric)
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-_KEPT]:
                del self._jobs[old]
        threading.Thread(target=self._work, args=(job, backends, runs), name=f"probe-{job.id}", daemon=True).start()
        return job

    def _work(self, job: Job, backends: tuple[str, ...] | None, runs: int | None) -> None:
        try:
            measurements = self._run(job.metric, backends=backends, runs=runs, emit=job.add, cancelled=job.stop.is_set)
        except ProbeCancelled as error:
            job.finish("cancelled", error=error)
        except KnowledgeBaseError as error:
            job.finish("failed", error=error)
        except Exception:  # the edge of a thread: nobody above would see it
            _log.exception("measuring %s", job.metric)
            trouble = KnowledgeBaseError(
                ("测量意外中断。", "The measurement broke off unexpectedly."), ("详情在服务器的日志里。", "The server's log says more.")
            )
            job.finish("failed", error=trouble)
        else:
            job.finish("cancelled" if job.stop.is_set() and not measurements else "done", measurements)

    def running(self) -> Job | None:
        return next((job for job in self._jobs.values() if job.state == "running"), None)

    def job(self, id: str) -> Job:
        """:raises NotFound:"""
        found = self._jobs.get(id)
        if found is None:
            raise NotFound(
                (f"没有编号为“{id}”的任务。", f"There is no job {id!r}."),
                (
                    "任务只保留到服务器重新启动；测得的结果仍在“实测”页。",
                    "Jobs are kept until the server restarts; results stay on the probe page.",
                ),
            )
        return found

    def cancel(self, id: str) -> Job:
        """Ask a job to stop; it ends after what it has started is cleaned up. :raises NotFound:"""
        job = self.job(id)
        job.stop.set()
        return job
