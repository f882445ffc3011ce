from __future__ import annotations

import threading

from web.following import Followed
from web.queueing import Queue


class Worker:
    """Works when `go` is set, and says in what order."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun: list[str] = []

    def __call__(self, item: Followed) -> None:
        self.begun.append(item.id)
        item.begin()
        assert self.go.wait(10)
        item.end("done")


def queue_of(*ids: str, most: int = 4) -> tuple[Queue[Followed], Worker, list[Followed]]:
    worker = Worker()
    queue: Queue[Followed] = Queue("test-queue", worker, most=most)
    items = [Followed(id=id_) for id_ in ids]
    for item in items:
        assert queue.put(item)
    return queue, worker, items


def begun(item: Followed) -> None:
    with item.changed:
        assert item.changed.wait_for(lambda: item.state != "waiting", 10)


def test_one_after_the_other_in_order() -> None:
    queue, worker, items = queue_of("a", "b", "c")
    begun(items[0])
    assert [item.state for item in queue] == ["running", "waiting", "waiting"]
    worker.go.set()
    assert all(item.wait(10) for item in items) and worker.begun == ["a", "b", "c"]


def test_no_more_wait_than_may() -> None:
    queue, worker, items = queue_of("a", most=1)
    begun(items[0])
    assert not queue.full and queue.put(Followed(id="b"))
    assert queue.full and not queue.put(Followed(id="c")) and queue.get("c") is None
    worker.go.set()


def test_what_still_waits_can_be_taken_out() -> None:
    queue, worker, (first, second, third) = queue_of("a", "b", "c")
    begun(first)
    assert queue.withdraw(second) and not queue.withdraw(second) and not queue.withdraw(first)
    worker.go.set()
    assert third.wait(10) and worker.begun == ["a", "c"]


def test_the_worker_goes_when_nothing_is_left_and_comes_again() -> None:
    queue, worker, (first,) = queue_of("a")
    worker.go.set()
    assert first.wait(10)
    for thread in threading.enumerate():
        if thread.name == "test-queue":
            thread.join(10)
            assert not thread.is_alive()
    again = Followed(id="b")
    assert queue.put(again) and again.wait(10)


def test_what_ended_long_ago_is_forgotten() -> None:
    queue, worker, items = queue_of("0")
    worker.go.set()
    for number in range(1, 30):
        assert items[-1].wait(10)
        items.append(Followed(id=str(number)))
        assert queue.put(items[-1])
    assert items[-1].wait(10)
    assert queue.get("0") is None and queue.get("29") is items[-1] and len(list(queue)) <= 21
