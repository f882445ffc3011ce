from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from kb.errors import BackendUnavailable, NotFound, ProbeBusy, ProbeCancelled
from kb.records import Measurement
from web.jobs import Job, Jobs


def ended(job: Job) -> Job:
    for _ in job.follow(patience=5):
        pass
    return job


def runs(work: Callable[[Callable[[Any], None], Callable[[], bool]], tuple[Measurement, ...]]) -> Jobs:
    return Jobs(lambda metric, *, backends, runs, emit, cancelled: work(emit, cancelled))


def test_events_come_in_order_and_the_job_ends() -> None:
    def work(emit, cancelled):  # type: ignore[no-untyped-def]
        emit("first")
        emit({"zh": "二", "en": "two"})
        return ()

    job = runs(work).start("start_time")
    assert list(job.follow()) == [(0, {"text": "first"}), (1, {"zh": "二", "en": "two"})]
    assert job.state == "done"


def test_a_late_reader_hears_everything_and_a_returning_one_the_rest() -> None:
    job = ended(runs(lambda emit, cancelled: [emit(str(n)) for n in range(3)] and ()).start("start_time"))
    assert [item[0] for item in job.follow() if item] == [0, 1, 2]
    assert [item[0] for item in job.follow(2) if item] == [2]


def test_silence_is_reported_so_that_a_stream_stays_open() -> None:
    go = threading.Event()
    job = runs(lambda emit, cancelled: go.wait(5) and ()).start("start_time")
    silence = next(job.follow(patience=0.01))
    go.set()
    assert silence is None
    assert ended(job).state == "done"


def test_only_one_job_at_a_time() -> None:
    go = threading.Event()
    jobs = runs(lambda emit, cancelled: go.wait(5) and ())
    first = jobs.start("start_time")
    with pytest.raises(ProbeBusy, match="start_time"):
        jobs.start("memory")
    go.set()
    ended(first)
    assert ended(jobs.start("memory")).state == "done"


def test_cancelling_reaches_the_measurement() -> None:
    def work(emit, cancelled):  # type: ignore[no-untyped-def]
        while not cancelled():
            threading.Event().wait(0.005)
        raise ProbeCancelled(("已取消。", "Cancelled."))

    jobs = runs(work)
    job = jobs.start("start_time")
    jobs.cancel(job.id)
    assert ended(job).state == "cancelled"


def test_a_known_failure_is_kept_with_its_words() -> None:
    def work(emit, cancelled):  # type: ignore[no-untyped-def]
        raise BackendUnavailable(("没有 bwrap。", "No bwrap."), ("安装 bubblewrap。", "Install bubblewrap."))

    job = ended(runs(work).start("start_time"))
    assert job.state == "failed"
    assert job.error is not None and job.error.in_language("zh") == ("没有 bwrap。", "安装 bubblewrap。")


def test_an_unknown_failure_ends_the_job_too(caplog: pytest.LogCaptureFixture) -> None:
    def work(emit, cancelled):  # type: ignore[no-untyped-def]
        raise ValueError("boom")

    job = ended(runs(work).start("start_time"))
    assert job.state == "failed" and job.error is not None
    assert "boom" in caplog.text
    assert "boom" not in " ".join(job.error.in_language("en"))


def test_unknown_job_is_not_found() -> None:
    with pytest.raises(NotFound):
        runs(lambda emit, cancelled: ()).job("nope")


def test_old_jobs_are_forgotten() -> None:
    jobs = runs(lambda emit, cancelled: ())
    first = ended(jobs.start("start_time"))
    for _ in range(20):
        ended(jobs.start("start_time"))
    with pytest.raises(NotFound):
        jobs.job(first.id)
