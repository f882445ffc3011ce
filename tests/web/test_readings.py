from __future__ import annotations

import io
import re
import threading
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from kb.app import KnowledgeBase
from kb.errors import EmptyText, NotFound
from kb.records import SaveReport
from web import articles
from web.failures import Refused
from web.readings import Reading, Readings

EMPTY = EmptyText(("空。", "Empty."), ("", ""))


def report(title: str) -> SaveReport:
    return SaveReport(f"{title}-id", title, "added", 1, 1, 1, 0, 0, (), 0)


def gives(title: str) -> Callable[[], tuple[SaveReport, ...]]:
    return lambda: (report(title),)


def fails(error: Exception) -> Callable[[], tuple[SaveReport, ...]]:
    def read() -> tuple[SaveReport, ...]:
        raise error

    return read


def ended(reading: Reading) -> Reading:
    assert reading.wait(60)
    return reading


def test_files_are_read_in_order_and_each_is_told() -> None:
    reading = ended(Readings().start([("a.md", gives("甲")), ("b.md", gives("乙"))]))
    assert [(event["number"], event["total"], event["en"]) for event in reading.events] == [
        (0, 2, "reading a.md (1/2)"),
        (1, 2, "reading b.md (2/2)"),
    ]
    assert reading.state == "done" and reading.reports == [report("甲"), report("乙")] and not reading.refused


def test_a_file_that_cannot_be_read_keeps_no_other_out() -> None:
    reading = ended(Readings().start([("a", fails(EMPTY)), ("b", gives("乙")), ("c", fails(RuntimeError("broken")))]))
    assert reading.state == "done" and reading.reports == [report("乙")]
    assert [(unread.name, unread.error.message[1]) for unread in reading.refused] == [
        ("a", "Empty."),
        ("c", "Reading c broke off unexpectedly; it was not stored."),
    ]


def test_nothing_read_is_a_failure() -> None:
    assert ended(Readings().start([("a", fails(EMPTY))])).state == "failed"


def test_stopping_leaves_out_what_was_not_begun() -> None:
    readings, begun, go = Readings(), threading.Event(), threading.Event()

    def slowly() -> tuple[SaveReport, ...]:
        begun.set()
        assert go.wait(60)
        return (report("甲"),)

    reading = readings.start([("a", slowly), ("b", gives("乙")), ("c", gives("丙"))])
    assert begun.wait(60)
    readings.cancel(reading.id)
    go.set()
    assert ended(reading).state == "cancelled" and reading.reports == [report("甲")]
    assert reading.events[-1]["en"] == "stopped; 2 files were not read"


def test_uploads_wait_for_each_other_and_too_many_are_refused() -> None:
    readings, begun, go = Readings(), threading.Event(), threading.Event()

    def slowly() -> tuple[SaveReport, ...]:
        begun.set()
        assert go.wait(60)
        return ()

    first = readings.start([("a", slowly)])
    assert begun.wait(60)
    waiting = [readings.start([("b", gives("乙"))]) for _ in range(4)]
    assert {reading.state for reading in waiting} == {"waiting"}
    with pytest.raises(Refused) as refused:
        readings.start([("c", gives("丙"))])
    assert refused.value.status == 503
    assert readings.cancel(waiting[0].id).state == "cancelled"  # at once: nothing of it had begun
    go.set()
    assert ended(first).open is False and [ended(reading).state for reading in waiting] == ["cancelled", *["done"] * 3]
    with pytest.raises(NotFound):
        readings.reading("none")


# ---------------------------------------------------------------- through the web


def files() -> dict[str, Any]:
    """Two that can be read and an empty one between them."""
    texts = {"a.txt": "容器共享内核。", "b.txt": "", "c.txt": "LXC 使用 cgroups。"}
    return {"file": [(io.BytesIO(text.encode()), name) for name, text in texts.items()]}


def test_the_api_answers_at_once_when_asked_to(client: FlaskClient, base: KnowledgeBase) -> None:
    response = client.post("/api/v1/articles", data=files(), headers={"Prefer": "respond-async"})
    assert response.status_code == 202 and response.headers["Preference-Applied"] == "respond-async"
    place = response.headers["Location"]
    stream = client.get(f"{place}/events").text
    assert stream.count("event: progress") == 3 and stream.rstrip().splitlines()[-2] == "event: end"
    result: Any = client.get(place).json
    assert result["state"] == "done" and [row["title"] for row in result["articles"]] == ["a", "c"]
    assert [row["file"] for row in result["refused"]] == ["b.txt"] and result["refused"][0]["hint"]
    assert len(base.store.articles()) == 3
    assert client.delete(place).status_code == 202


def test_a_pasted_text_can_be_read_later_too(client: FlaskClient) -> None:
    response = client.post("/api/v1/articles", json={"title": "LXC", "text": "LXC 使用 cgroups。"}, headers={"Prefer": "respond-async"})
    client.get(f"{response.headers['Location']}/events").close()
    assert client.get(response.headers["Location"]).status_code == 200


def test_what_takes_long_has_a_page_of_its_own(client: FlaskClient, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "_PATIENCE_S", 0.0)
    response = client.post("/articles", data=files())
    assert response.status_code == 303
    place = response.headers["Location"]
    assert "/articles/uploads/" in place and "读入文章" in client.get(place).text
    client.get(f"/api/v1/jobs/{place.rpartition('/')[2]}/events").get_data()
    html = client.get(place).text
    assert "已完成" in html and "b.txt 是空文件" in html and html.count('class="done"') == 2 and "data-job" not in html
    assert client.post(f"{place}/cancel").status_code == 303
    assert client.get("/articles/uploads/none").status_code == 404
    assert len(base.store.articles()) == 3


def test_one_bad_file_among_good_ones_is_named_and_the_rest_stored(client: FlaskClient, base: KnowledgeBase) -> None:
    response = client.post("/articles?lang=en", data=files(), follow_redirects=True)
    assert response.status_code == 200 and "b.txt is empty." in response.text
    assert {summary.title for summary in base.store.articles()} >= {"a", "c"}


def test_the_list_is_found_in_by_title(client: FlaskClient) -> None:
    assert "没有标题里带“&lt;b&gt;”的文章。" in client.get("/articles?q=<b>").text
    assert "容器与虚拟机" in client.get("/articles?q=虚拟").text


def test_a_zip_brings_its_articles_and_is_offered(client: FlaskClient) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("甲.txt", "容器共享内核。")
        archive.writestr("乙.md", "# 乙\n\nLXC 使用 cgroups。")
    html = client.post("/articles", data={"file": (io.BytesIO(held.getvalue()), "both.zip")}).text
    assert html.count('class="done"') == 2
    assert re.search(r'accept="[^"]*\.zip"', html) and ".pdf" in html
