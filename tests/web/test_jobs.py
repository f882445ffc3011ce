from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from kb.errors import BackendUnavailable, NotFound, ProbeBusy, ProbeCancelled, ProbeLimited
from kb.records import Measurement
from web.jobs import Job, Jobs, Rates


def ended(job: Job) -> Job:
    for _ in job.follow(patience=60):
        pass
    return job


def runs(work: Callable[[Callable[[Any], None], Callable[[], bool]], tuple[Measurement, ...]], **options: Any) -> Jobs:
    options = {"rates": Rates(1000, 1000), "patience_s": 0.0, **options}
    return Jobs(lambda metric, *, backends, runs, emit, cancelled, budget_s: work(emit, cancelled), **options)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


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
    job = runs(lambda emit, cancelled: go.wait(60) and ()).start("start_time")
    silence = next(job.follow(patience=0.01))
    go.set()
    assert silence is None
    assert ended(job).state == "done"


def test_one_job_at_a_time_and_the_next_wait_in_order() -> None:
    go, measured, at_once = threading.Event(), [], []

    def work(metric, **_):  # type: ignore[no-untyped-def]
        at_once.append(metric)
        assert len(at_once) == 1 and go.wait(60)
        measured.append(at_once.pop())
        return ()

    jobs = Jobs(work, rates=Rates(10, 10))
    first, second, third = (jobs.start(metric) for metric in ("start_time", "memory", "footprint"))
    assert [job.state for job in jobs.waiting()] == ["waiting"] * len(jobs.waiting()) and third in jobs.waiting()
    go.set()
    assert [ended(job).state for job in (first, second, third)] == ["done"] * 3
    assert measured == ["start_time", "memory", "footprint"]
    assert ended(jobs.start("memory", runs=3)).state == "done"


def test_no_more_than_four_wait() -> None:
    go = threading.Event()
    jobs = runs(lambda emit, cancelled: go.wait(60) and ())
    first = jobs.start("m0")
    while first.state == "waiting":
        threading.Event().wait(0.005)
    waiting = [jobs.start(f"m{n}") for n in range(1, 5)]
    with pytest.raises(ProbeBusy, match="4 measurements are waiting"):
        jobs.start("m5")
    jobs.cancel(waiting[0].id)
    assert waiting[0].state == "cancelled"
    assert jobs.start("m5").state == "waiting"
    go.set()


def test_who_asks_for_the_same_shares_the_run_and_its_fresh_result() -> None:
    go, clock = threading.Event(), Clock()
    jobs = runs(lambda emit, cancelled: go.wait(60) and (), rates=Rates(1, 9), clock=clock)
    first = jobs.start("start_time", backends=("unshare",), client="a")
    assert jobs.start("start_time", backends=("unshare",), client="b") is first
    go.set()
    ended(first)
    clock.now += 59
    assert jobs.start("start_time", backends=("unshare",), client="c") is first
    assert jobs.start("start_time", client="c") is not first
    clock.now += 2
    assert jobs.start("start_time", backends=("unshare",), client="d") is not first


def test_a_cancelled_run_is_not_shared() -> None:
    go = threading.Event()
    jobs = runs(lambda emit, cancelled: go.wait(60) and ())
    first = jobs.start("start_time")
    jobs.cancel(first.id)
    assert jobs.start("start_time") is not first
    go.set()


def test_a_client_may_not_start_one_after_the_other() -> None:
    clock = Clock()
    jobs = runs(lambda emit, cancelled: (), rates=Rates(1, 10), clock=clock)
    ended(jobs.start("a", client="one"))
    clock.now += 20
    with pytest.raises(ProbeLimited, match="Try again in 40 seconds"):
        jobs.start("b", client="one")
    assert jobs.start("b", client="another")
    clock.now += 40
    assert jobs.start("c", client="one")


def test_all_clients_together_have_an_hourly_limit() -> None:
    clock = Clock()
    jobs = runs(lambda emit, cancelled: (), rates=Rates(1, 3), clock=clock)
    for number in range(3):
        ended(jobs.start(f"m{number}", client=f"c{number}"))
    clock.now += 1800
    with pytest.raises(ProbeLimited, match="in 30 minutes"):
        jobs.start("m4", client="c4")
    clock.now += 1801
    assert jobs.start("m4", client="c4")


def test_what_is_refused_does_not_count() -> None:
    why: list[tuple[str, str] | None] = [("负载 9", "load 9"), None]
    jobs = runs(lambda emit, cancelled: (), rates=Rates(1, 1), pressure=lambda: why.pop(0))
    with pytest.raises(ProbeBusy, match="load 9") as refused:
        jobs.start("start_time", client="one")
    assert not isinstance(refused.value, ProbeLimited) and "已有的测量结果" in refused.value.hint[0]
    assert ended(jobs.start("start_time", client="one")).state == "done"


def test_a_measurement_of_another_process_is_waited_for() -> None:
    tries = [ProbeBusy(("别人在测。", "Another runs.")), None]

    def work(emit, cancelled):  # type: ignore[no-untyped-def]
        error = tries.pop(0)
        if error is not None:
            raise error
        return ()

    job = ended(runs(work, patience_s=60).start("start_time"))
    assert job.state == "done" and job.events[0]["en"] == "waiting: Another runs."


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
    for number in range(20):
        ended(jobs.start("start_time", runs=number + 1))
    with pytest.raises(NotFound):
        jobs.job(first.id)
