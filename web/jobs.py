"""Measurements that run in the background: one at a time, the next few in a queue, watched live, cancelled on request.

How many a client and all clients may start is limited; who asks for what runs already, or has just been measured, shares it.
Jobs live in this process's memory and are forgotten when it ends; what they measured is kept by the knowledge base.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from kb.errors import KnowledgeBaseError, NotFound, ProbeBusy, ProbeCancelled, ProbeLimited
from kb.records import Measurement
from web.following import Followed, State
from web.queueing import Queue

Run = Callable[..., tuple[Measurement, ...]]  # KnowledgeBase.run_probe
Pressure = Callable[[], tuple[str, str] | None]
Wanted = tuple[str, tuple[str, ...] | None, int | None]  # metric, backends, runs
_QUEUE = 4
_BUDGET_S = 60.0
_SHARED_FOR_S = 60.0  # a result this fresh answers the same request again
_PATIENCE_S = 90.0  # for a measurement that another process makes
_MINUTE_S, _HOUR_S = 60.0, 3600.0
_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Job(Followed):
    """A measurement that was asked for."""

    metric: str
    backends: tuple[str, ...] | None = None
    runs: int | None = None
    measurements: tuple[Measurement, ...] = ()
    ended_at: float | None = None  # of the clock of `Jobs`

    @property
    def wanted(self) -> Wanted:
        return self.metric, self.backends, self.runs


@dataclass(frozen=True, slots=True)
class Rates:
    """How many measurements may be started: by one client a minute, by all an hour."""

    per_minute: int = 1
    per_hour: int = 10


class Jobs:
    """`run` measures and records, as `KnowledgeBase.run_probe` does; `pressure` says why this machine should not be burdened now."""

    def __init__(
        self,
        run: Run,
        *,
        rates: Rates | None = None,
        pressure: Pressure = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        self._run = run
        self._rates = rates or Rates()
        self._pressure = pressure
        self._clock = clock
        self._patience_s = patience_s
        self._queue: Queue[Job] = Queue("probe-jobs", self._measure, most=_QUEUE)
        self._started: deque[tuple[float, str]] = deque()  # (when, client) of the last hour
        self._lock = threading.Lock()  # one client after the other is let in

    def start(self, metric: str, *, backends: tuple[str, ...] | None = None, runs: int | None = None, client: str = "") -> Job:
        """A job of its own, or the one that measures the very same already or has just done so.

        :raises ProbeLimited: the client, or all together, asked for too many. :raises ProbeBusy: the queue is full, or the machine is.
        """
        with self._lock:
            same = self._same((metric, backends, runs))
            if same is not None:
                return same
            self._allow(client)
            if self._queue.full:
                raise ProbeBusy(
                    (f"已有 {_QUEUE} 项测量在排队。", f"{_QUEUE} measurements are waiting already."),
                    ("请等其中一些结束后再试。", "Try again when some of them have ended."),
                )
            self._spare()
            job = Job(id=uuid.uuid4().hex[:12], metric=metric, backends=backends, runs=runs)
            self._started.append((self._clock(), client))
            self._queue.put(job)
        return job

    def _same(self, wanted: Wanted) -> Job | None:
        for job in reversed(list(self._queue)):
            fresh = job.state == "done" and job.ended_at is not None and self._clock() - job.ended_at < _SHARED_FOR_S
            if job.wanted == wanted and not job.stop.is_set() and (job.open or fresh):
                return job
        return None

    def _allow(self, client: str) -> None:
        now = self._clock()
        while self._started and now - self._started[0][0] >= _HOUR_S:
            self._started.popleft()
        own = [when for when, who in self._started if who == client and now - when < _MINUTE_S]
        if len(own) >= self._rates.per_minute:
            left = _MINUTE_S - (now - own[-self._rates.per_minute])
            raise ProbeLimited(
                (
                    f"每分钟最多发起 {self._rates.per_minute} 次测量。",
                    f"At most {self._rates.per_minute} measurements may be started a minute.",
                ),
                (f"请在 {left:.0f} 秒后再试。", f"Try again in {left:.0f} seconds."),
            )
        if len(self._started) >= self._rates.per_hour:
            left = (_HOUR_S - (now - self._started[-self._rates.per_hour][0])) / 60
            raise ProbeLimited(
                (
                    f"所有人每小时一共最多发起 {self._rates.per_hour} 次测量。",
                    f"At most {self._rates.per_hour} measurements may be started an hour by all together.",
                ),
                (
                    f"请在 {left:.0f} 分钟后再试；已有的结果仍可查看。",
                    f"Try again in {left:.0f} minutes; recorded results can still be seen.",
                ),
            )

    def _spare(self) -> None:
        why = self._pressure()
        if why is not None:
            raise ProbeBusy(
                (
                    f"机器正忙（{why[0]}），现在测得的数值不可信，没有测量。",
                    f"The machine is busy ({why[1]}); figures taken now would be worth nothing, so nothing was measured.",
                ),
                ("已有的测量结果仍然有效，见“实测”页；稍后再测。", "Recorded results still hold, see the probe page; measure again later."),
            )

    def _measure(self, job: Job) -> None:
        job.begin()
        try:
            measurements = self._when_free(job)
        except ProbeCancelled as error:
            self._finish(job, "cancelled", error=error)
        except KnowledgeBaseError as error:
            self._finish(job, "failed", error=error)
        except Exception:  # the edge of a thread: nobody above would see it
            _log.exception("measuring %s", job.metric)
            trouble = KnowledgeBaseError(
                ("测量意外中断。", "The measurement broke off unexpectedly."), ("详情在服务器的日志里。", "The server's log says more.")
            )
            self._finish(job, "failed", error=trouble)
        else:
            self._finish(job, "cancelled" if job.stop.is_set() and not measurements else "done", measurements)

    def _finish(self, job: Job, state: State, measurements: tuple[Measurement, ...] = (), error: KnowledgeBaseError | None = None) -> None:
        job.measurements, job.ended_at = measurements, self._clock()
        job.end(state, error)

    def _when_free(self, job: Job) -> tuple[Measurement, ...]:
        """Measure; while another process of this machine measures, wait for it. :raises ProbeBusy: it does not end."""
        deadline, told = time.monotonic() + self._patience_s, False
        while True:
            if job.stop.is_set():
                raise ProbeCancelled(("测量已取消。", "The measurement was cancelled."))
            try:
                return self._run(
                    job.metric, backends=job.backends, runs=job.runs, emit=job.add, cancelled=job.stop.is_set, budget_s=_BUDGET_S
                )
            except ProbeBusy as busy:
                if time.monotonic() > deadline:
                    raise
                if not told:
                    job.add({"zh": f"等待：{busy.message[0]}", "en": f"waiting: {busy.message[1]}"})
                    told = True
                job.stop.wait(1.0)

    def running(self) -> Job | None:
        return next((job for job in self._queue if job.state == "running"), None)

    def waiting(self) -> tuple[Job, ...]:
        return tuple(job for job in self._queue if job.state == "waiting")

    def job(self, id: str) -> Job:
        """:raises NotFound:"""
        found = self._queue.get(id)
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
        if self._queue.withdraw(job):
            self._finish(job, "cancelled", error=ProbeCancelled(("测量已取消。", "The measurement was cancelled.")))
        return job
