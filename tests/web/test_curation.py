"""Deciding on concepts through the web: pages without scripts, and the REST interface."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.errors import NotFound
from kb.records import Decision
from web import curation
from web.deciding import Decisions
from web.failures import Refused

TITLE, TREES = (
    "树",
    "红黑树（Red Black Tree）是一种自平衡二叉查找树。红黑树的每个叶子节点都是黑色的。\n插入之后要旋转，红黑树的性质才得以恢复；叶子节点不变。\n",
)
ON_THIS_MACHINE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curation, "_PATIENCE_S", 60.0)


@pytest.fixture
def trees(base: KnowledgeBase) -> str:
    """Id of an article about what the vocabulary does not know."""
    return add(base, TITLE, TREES)


def add(base: KnowledgeBase, title: str, text: str) -> str:
    report = ingest_text(title, text, base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=100_000)
    base.refresh()
    return report.article_id


def decide(client: FlaskClient, action: str, name: str = "", target: str = "", *, back: str = "", **fields: str) -> str:
    """The page that a browser comes to."""
    form = {"action": action, "name": name, "target": target, "back": back, **fields}
    response = client.post("/curation", data=form, headers=ON_THIS_MACHINE)
    assert response.status_code == 303, response.text[:1000]
    page = client.get(response.headers["Location"])
    assert page.status_code == 200, response.headers["Location"]
    return page.text


def discovered(base: KnowledgeBase) -> set[str]:
    return {concept.name for concept in base.lexicon.concepts() if concept.kind == "discovered"}


def test_discovered_concepts_are_listed_with_sentences_score_and_article(client: FlaskClient, base: KnowledgeBase, trees: str) -> None:
    shown = client.get("/curation?q=红黑树").text.partition('class="proposals"')[2].partition("</ol>")[0]
    assert '<a href="/concepts/%E7%BA%A2%E9%BB%91%E6%A0%91">红黑树</a>' in shown and "Red Black Tree" in shown
    assert "提到 4 次" in shown and re.search(r"像术语的把握 \d+%", shown)
    assert "<b>红黑树</b>（Red Black Tree）是一种自平衡二叉查找树。" in shown and f"/articles/{trees}?start=0" in shown and TITLE in shown
    assert "容器" not in {name for name in re.findall(r"<h3><a[^>]*>([^<]+)", client.get("/curation").text)}  # the vocabulary's own


def test_an_accepted_concept_outlives_its_article(client: FlaskClient, base: KnowledgeBase, trees: str) -> None:
    html = decide(client, "accept", "红黑树")
    assert "已决定：" in html and "接受“红黑树”" in html and "重读了 1 篇文章" in html
    assert "红黑树" not in discovered(base)
    client.post(f"/articles/{trees}/remove", headers=ON_THIS_MACHINE)
    assert base.concept("Red Black Tree").name == "红黑树"


def test_a_rejected_concept_is_not_proposed_when_the_article_comes_again(client: FlaskClient, base: KnowledgeBase, trees: str) -> None:
    assert "叶子节点" in discovered(base)
    assert "叶子节点" not in re.findall(r"<h3><a[^>]*>([^<]+)", decide(client, "reject", "叶子节点"))
    client.post(f"/articles/{trees}/remove", headers=ON_THIS_MACHINE)
    client.post("/articles", data={"title": TITLE, "text": TREES}, headers=ON_THIS_MACHINE)
    assert "叶子节点" not in discovered(base) and "红黑树" in discovered(base)


def test_rename_merge_and_split_from_the_concept_page(client: FlaskClient, base: KnowledgeBase, trees: str) -> None:
    html = decide(client, "rename", "红黑树", "RB 树", back="/concepts/红黑树")
    assert "<h1>RB 树" in html and "又称" in html and "“红黑树”改名为“RB 树”" in html
    html = decide(client, "split", "Red Black Tree", back="/concepts/红黑树")
    assert "<h1>Red Black Tree" in html
    html = decide(client, "merge", "RB 树", "容器", back="/concepts/红黑树")
    assert "<h1>容器" in html and base.concept("红黑树").id == "container"
    html = decide(client, "reject", "Red Black Tree", back="/concepts/red%20black%20tree")
    assert "<h1>概念整理" in html and html.count('class="quiet" name="action" value="undo"') == 1


def test_the_last_decision_is_taken_back_but_not_one_that_the_page_does_not_show(
    client: FlaskClient, base: KnowledgeBase, trees: str
) -> None:
    html = decide(client, "reject", "叶子节点")
    last = re.search(r'name="last" value="([^"]+)"', html)
    assert last is not None
    decide(client, "reject", "红黑树")
    stale = client.post("/curation", data={"action": "undo", "last": last[1]}, headers=ON_THIS_MACHINE)
    assert stale.status_code == 400 and "最近的决定" in stale.text and len(base.store.decisions()) == 2
    last = re.search(r'name="last" value="([^"]+)"', client.get("/curation").text)
    assert last is not None
    assert "已撤回上一个决定" in decide(client, "undo", last=last[1])
    assert "红黑树" in discovered(base) and "叶子节点" not in discovered(base)


@pytest.mark.parametrize(
    ("action", "name", "target", "part"),
    [
        ("merge", "红黑树", "没有这个", "没有这个"),
        ("rename", "红黑树", "容器", "已经有叫“容器”的概念"),
        ("rename", "红黑树", "", "请给出新的名称"),
        ("accept", "不存在", "", "没有叫“不存在”的概念"),
        ("split", "红黑树", "", "不是它的别名"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    client: FlaskClient, base: KnowledgeBase, trees: str, action: str, name: str, target: str, part: str
) -> None:
    before = discovered(base)
    html = decide(client, action, name, target, back="/concepts/红黑树")
    assert part in html.partition('role="alert"')[2] and "<h1>红黑树" in html
    assert (discovered(base), base.store.decisions()) == (before, ())
    answer = client.post("/api/v1/decisions", json={"action": action, "name": name, "target": target})
    assert answer.status_code == 400 and part in answer.json["error"] and answer.json["hint"]  # type: ignore[index]


def test_a_foreign_page_and_an_unknown_action_decide_nothing(client: FlaskClient, base: KnowledgeBase, trees: str) -> None:
    form = {"action": "reject", "name": "红黑树"}
    assert client.post("/curation", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/curation", data=form, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.post("/curation", data=form, headers={"Origin": "null"}).status_code == 403
    assert client.post("/curation", data={"action": "drop"}, headers=ON_THIS_MACHINE).status_code == 400
    assert base.store.decisions() == ()
    token = re.search(r'name="token" value="([^"]+)"', client.get("/curation").text)
    assert token and client.post("/curation", data={**form, "token": token[1]}, headers={"Origin": "null"}).status_code == 303


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/articles", "/curation?x\r\nSet-Cookie: a=b"])
def test_the_way_back_stays_on_these_pages(client: FlaskClient, trees: str, back: str) -> None:
    response = client.post("/curation", data={"action": "reject", "name": "叶子节点", "back": back}, headers=ON_THIS_MACHINE)
    assert response.status_code == 303 and response.headers["Location"].startswith("/curation?") and "Set-Cookie" not in response.headers


def test_after_a_decision_the_list_goes_on_where_it_was(client: FlaskClient, base: KnowledgeBase, trees: str) -> None:
    back = "/curation?order=name&at=1"
    response = client.post("/curation", data={"action": "reject", "name": "叶子节点", "back": back}, headers=ON_THIS_MACHINE)
    place = urlsplit(response.headers["Location"])
    assert parse_qs(place.query).keys() == {"order", "at", "done"} and place.fragment == "decided"
    met = re.findall(r'<h3>|id="decided"', client.get(response.headers["Location"]).text.partition('class="proposals"')[2])
    assert met[:3] == ["<h3>", 'id="decided"', "<h3>"]  # between the first and the second


def test_many_are_turned_over_page_by_page_in_the_order_asked_for(
    client: FlaskClient, base: KnowledgeBase, trees: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curation, "PER_PAGE", 2)
    everything = [concept.name for concept in curation.proposals(base, order="doubtful")]
    scores = [concept.score or 0 for concept in curation.proposals(base, order="doubtful")]
    assert scores == sorted(scores) and len(everything) > 2
    first = client.get("/curation?order=doubtful").text
    assert re.findall(r"<h3><a[^>]*>([^<]+)", first) == everything[:2] and 'rel="next"' in first and 'rel="prev"' not in first
    second = client.get("/curation?order=doubtful&page=2").text
    assert re.findall(r"<h3><a[^>]*>([^<]+)", second) == everything[2:4] and 'rel="prev"' in second


def test_the_concepts_of_one_article(client: FlaskClient, base: KnowledgeBase, trees: str) -> None:
    other = add(base, "海", "莫霍面（Moho）是地壳与地幔之间的界面。莫霍面的深度不同。")
    names = re.findall(r"<h3><a[^>]*>([^<]+)", client.get(f"/curation?article={other}").text)
    assert "莫霍面" in names and "红黑树" not in names
    assert f"/curation?article={other}" in client.get(f"/articles/{other}").text
    assert client.get("/curation?article=none").status_code == 404


def test_the_rest_interface_lists_decides_and_takes_back(client: FlaskClient, base: KnowledgeBase, trees: str) -> None:
    found = client.get("/api/v1/proposals?q=红黑树")
    (row,) = found.json  # type: ignore[misc]
    assert found.headers["X-Total-Count"] == "1" and row["label"] == "红黑树" and row["mentions"] == 4 and 0 < row["score"] <= 1
    assert row["sentences"][0]["quote"] == base.store.article(trees).text[row["sentences"][0]["start"] : row["sentences"][0]["end"]]  # type: ignore[union-attr]
    made = client.post("/api/v1/decisions", json={"action": "rename", "name": "红黑树", "target": "RB 树"})
    assert made.status_code == 201 and made.json["articles_read_again"] == 1  # type: ignore[index]
    (listed,) = client.get("/api/v1/decisions").json  # type: ignore[misc]
    assert (listed["action"], listed["name"], listed["target"], listed["others"]) == ("rename", "红黑树", "RB 树", ["Red Black Tree"])
    assert client.delete("/api/v1/decisions/last").json["decision"] is None  # type: ignore[index]
    assert client.get("/api/v1/decisions").json == [] and "红黑树" in discovered(base)
    assert client.post("/api/v1/decisions", json={"action": "drop", "name": "x"}).status_code == 400


def test_what_takes_long_is_watched_and_comes_back_by_itself(
    client: FlaskClient, base: KnowledgeBase, trees: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curation, "_PATIENCE_S", 0.0)
    response = client.post("/curation", data={"action": "reject", "name": "叶子节点", "back": "/curation?page=1"}, headers=ON_THIS_MACHINE)
    place = response.headers["Location"]
    job = re.match(r"/curation/(\w+)\?back=", place)
    assert job is not None
    events = client.get(f"/api/v1/jobs/{job[1]}/events").text  # until its end
    assert "重读《树》（第 1/1 篇）" in events and '"state": "done"' in events
    assert client.delete(f"/api/v1/jobs/{job[1]}").status_code == 409
    ended = client.get(place)
    assert ended.status_code == 303 and f"done={job[1]}" in ended.headers["Location"]
    answer = client.post("/api/v1/decisions", json={"action": "accept", "name": "红黑树"}, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202 and answer.headers["Location"].startswith("/api/v1/jobs/")


# ---------------------------------------------------------------- the queue behind it


def carried_out(wait: threading.Event) -> Callable[..., int]:
    def carry_out(decision: Decision | None, *, emit: Any) -> int:
        emit(0, 1, "甲")
        assert wait.wait(10)
        if decision and decision.name == "broken":
            raise RuntimeError("broken")
        return 1

    return carry_out


def test_decisions_are_carried_out_one_after_the_other_and_too_many_are_refused() -> None:
    go = threading.Event()
    decisions = Decisions(carried_out(go))
    made = [decisions.start(Decision("accept", "broken"))]
    with made[0].changed:
        assert made[0].changed.wait_for(lambda: made[0].events, 10)
    made += [decisions.start(Decision("accept", name)) for name in "abcd"]
    with pytest.raises(Refused):
        decisions.start(None)
    go.set()
    assert all(one.wait(10) for one in made)
    assert [one.state for one in made] == ["failed", *["done"] * 4]
    assert made[0].error is not None and "broke off" in made[0].error.message[1] and made[1].events[0]["en"] == "reading 甲 again (1/1)"
    with pytest.raises(NotFound):
        decisions.deciding("none")
