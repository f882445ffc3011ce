from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from kb.app import KnowledgeBase
from kb.records import Measurement
from web import create_app

JSON = "application/json"


def get(client: FlaskClient, path: str, status: int = 200, **arguments: Any) -> Any:
    response = client.get(f"/api/v1/{path}", **arguments)
    assert response.status_code == status, response.text
    return response.json


def test_ask_answers_with_exact_quotes(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    answer = reader.post("/api/v1/ask", json={"question": "容器和虚拟机有什么区别？"}).json
    assert answer is not None
    assert {
        "id",
        "question",
        "kind",
        "status",
        "abstained",
        "answer",
        "verdict",
        "concepts",
        "evidence",
        "table",
        "paths",
        "measurements",
    } <= set(answer)
    assert answer["concepts"] == ["容器", "虚拟机"]
    assert answer["evidence"]
    for evidence in answer["evidence"]:
        article = shared_base.store.article(evidence["article"])
        assert article is not None and article.text[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert "explain" not in answer


def test_ask_explains_on_request(reader: FlaskClient) -> None:
    answer = reader.post("/api/v1/ask", json={"question": "什么是容器？", "explain": True}).json
    found = answer["explain"]  # type: ignore[index]
    assert (found["kind"], found["concepts"]) == ("definition", ["容器"])
    assert {"term": "容器", "missing": False}.items() <= found["sought"][0].items()
    used = [candidate for candidate in found["candidates"] if candidate["n"] is not None]
    assert {candidate["n"] for candidate in used} <= {evidence["n"] for evidence in answer["evidence"]} and used  # type: ignore[index]
    assert all(candidate["why"]["zh"] and candidate["why"]["en"] for candidate in found["candidates"] if candidate["n"] is None)


def test_ask_says_that_it_does_not_know(reader: FlaskClient) -> None:
    answer = reader.post("/api/v1/ask", json={"question": "火星上有水吗？"}).json
    assert answer is not None
    assert answer["abstained"] is True and answer["status"] in ("unknown_concept", "no_evidence")


@pytest.mark.parametrize(
    ("question", "status"), [("", 400), ("   ？", 400), ("容" * 10_000, 413)], ids=["empty", "only a mark", "10,000 characters"]
)
def test_a_useless_question_gets_a_clear_message(reader: FlaskClient, question: str, status: int) -> None:
    response = reader.post("/api/v1/ask", json={"question": question})
    assert response.status_code == status
    assert set(response.json) == {"error", "hint"}  # type: ignore[arg-type]
    assert all(response.json.values())  # type: ignore[union-attr]


@pytest.mark.parametrize("body", [{}, {"question": 7}, {"question": "容器？", "context": "x"}, None])
def test_a_wrong_body_names_the_parameter(reader: FlaskClient, body: Any) -> None:
    response = reader.post("/api/v1/ask", json=body)
    assert response.status_code == 400
    assert set(response.json) == {"error", "hint"}  # type: ignore[arg-type]


def test_errors_speak_the_language_of_the_requester(reader: FlaskClient) -> None:
    assert "问题是空的" in reader.post("/api/v1/ask", json={"question": ""}).json["error"]  # type: ignore[index]
    english = reader.post("/api/v1/ask", json={"question": ""}, headers={"Accept-Language": "en-GB,en;q=0.9"}).json
    assert english["error"] == "The question is empty."  # type: ignore[index]


def test_html_in_a_question_is_only_text(reader: FlaskClient) -> None:
    question = "<img src=x onerror=alert(1)>容器是什么？"
    response = reader.post("/api/v1/ask", json={"question": question})
    assert response.mimetype == JSON
    assert response.json["question"] == question  # type: ignore[index]


def test_concepts_are_found_by_alias(reader: FlaskClient) -> None:
    found = get(reader, "concepts?q=VMM")
    assert "hypervisor" in [concept["id"] for concept in found]
    assert set(found[0]) == {"id", "label", "label_en", "aliases", "kind", "gloss"}


def test_pages_of_a_list_do_not_overlap(reader: FlaskClient) -> None:
    first, second = get(reader, "concepts?limit=5"), get(reader, "concepts?limit=5&offset=5")
    assert len(first) == len(second) == 5
    assert not {concept["id"] for concept in first} & {concept["id"] for concept in second}


@pytest.mark.parametrize("query", ["limit=0", "limit=100000", "offset=-1", "limit=x"])
def test_a_wrong_limit_is_refused(reader: FlaskClient, query: str) -> None:
    assert "limit" in get(reader, f"concepts?{query}", 400)["error"] or "offset" in get(reader, f"concepts?{query}", 400)["error"]


def test_a_concept_with_all_that_is_said_of_it(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    view = get(reader, "concepts/容器")
    assert view["concept"]["id"] == "container" and view["mentions"] > 0
    quotes = [claim for fact in view["facts"] for claim in (*fact["said"], *fact["denied"])]
    assert quotes
    for claim in quotes:
        assert shared_base.store.article(claim["article"]).text[claim["start"] : claim["end"]] == claim["quote"]  # type: ignore[union-attr]


def test_an_unknown_concept_is_not_found_and_names_what_is_near(reader: FlaskClient) -> None:
    failure = get(reader, "concepts/虚拟鸡", 404)
    assert "虚拟鸡" in failure["error"] and "相近" in failure["hint"]


def test_neighbours_and_graph_agree(reader: FlaskClient) -> None:
    around = get(reader, "concepts/container/neighbours?depth=1")
    assert around == get(reader, "graph?center=容器&depth=1")
    ids = {node["id"] for node in around["nodes"]}
    assert around["center"] == "container" and {edge["source"] for edge in around["edges"]} <= ids
    assert all(-1 <= node["x"] <= 1 and -1 <= node["y"] <= 1 for node in around["nodes"])
    assert get(reader, "graph")["center"] is None


def test_paths_are_drawn_in_words(reader: FlaskClient) -> None:
    paths = get(reader, "paths?from=Docker&to=容器")
    assert paths and paths[0]["concepts"][0] == "Docker" and paths[0]["concepts"][-1] == "容器"
    assert paths[0]["steps"][0]["quotes"][0]["quote"]
    assert "to" in get(reader, "paths?from=Docker", 400)["error"]


@pytest.mark.parametrize("path", ["concepts?q=容器", "facts?concept=容器", "claims?", "articles?", "disagreements?", "measurements?"])
def test_a_list_comes_in_pages_and_says_how_long_it_is(reader: FlaskClient, path: str) -> None:
    whole = reader.get(f"/api/v1/{path}&limit=1000")
    total = int(whole.headers["X-Total-Count"])
    assert total == len(whole.json)  # type: ignore[arg-type]
    page = reader.get(f"/api/v1/{path}&limit=1&offset=1")
    assert page.json == whole.json[1:2] and int(page.headers["X-Total-Count"]) == total  # type: ignore[index]


@pytest.mark.parametrize("path", ["facts?relation=nope", "claims?relation=nope", "graph?relation=nope"])
def test_an_unknown_relation_names_the_known_ones(reader: FlaskClient, path: str) -> None:
    assert "runs_on" in get(reader, path, 400)["hint"]


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ("paths?from=容器", "参数 to 不能用：没有给出", "missing"),
        ("concepts?limit=0", "不能小于 1", "below 1"),
        ("concepts?limit=x", "应是整数", "whole"),
    ],
)
def test_a_wrong_parameter_is_told_in_the_language_asked_for(reader: FlaskClient, path: str, zh: str, en: str) -> None:
    assert zh in get(reader, path, 400)["error"]
    assert en in reader.get(f"/api/v1/{path}", headers={"Accept-Language": "en"}).json["error"]  # type: ignore[index]


def test_layers_are_empty_where_too_little_is_said(reader: FlaskClient) -> None:
    assert get(reader, "layers?concepts=容器,虚拟机") == []
    assert set(get(reader, "layers?concepts=容器,没有这个", 404)) == {"error", "hint"}


def test_compare_needs_two(reader: FlaskClient) -> None:
    assert get(reader, "compare?concepts=容器,虚拟机")["kind"] == "comparison"
    assert get(reader, "compare?concepts=容器，虚拟机")["kind"] == "comparison"
    get(reader, "compare?concepts=容器,container", 400)


def test_facts_and_claims_can_be_filtered(client: FlaskClient, article_id: str) -> None:
    for name in ("facts", "claims"):
        everything = get(client, name)
        some = get(client, f"{name}?concept=容器")
        assert everything and 0 < len(some) <= len(everything)
        assert len(get(client, f"{name}?article={article_id}")) == len(everything)
        assert get(client, f"{name}?article=other") == []


def test_disagreements_is_a_list(reader: FlaskClient) -> None:
    assert isinstance(get(reader, "disagreements"), list)


@pytest.mark.parametrize("format", ["json", "graphml", "jsonld", "turtle", "cypher", "csv"])
def test_export_gives_a_file(reader: FlaskClient, format: str) -> None:
    response = reader.get(f"/api/v1/export?format={format}")
    assert response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
    assert "容器" in response.text or "\\u5bb9" in response.text or "container" in response.text


def test_an_unknown_export_format_lists_the_known(reader: FlaskClient) -> None:
    assert "graphml" in get(reader, "export?format=docx", 400)["hint"]


# ---------------------------------------------------------------- articles


def test_articles_and_one_article(client: FlaskClient, article_id: str) -> None:
    listed = get(client, "articles")
    assert [article["id"] for article in listed] == [article_id] and "text" not in listed[0]
    assert get(client, f"articles/{article_id}")["text"].startswith("容器是一种")
    get(client, "articles/none", 404)


def test_a_pasted_text_is_read_and_can_be_asked_about_and_taken_out(client: FlaskClient, base: KnowledgeBase) -> None:
    before = base.store.counts()
    response = client.post("/api/v1/articles", json={"title": "LXC", "text": "LXC 是一种操作系统级虚拟化技术。LXC 使用 cgroups。"})
    assert response.status_code == 201
    (report,) = response.json  # type: ignore[misc]
    assert report["outcome"] == "added" and report["sentences"] == 2 and report["claims"] >= 1
    assert any(node["id"] == "lxc" for node in get(client, "graph?center=LXC")["nodes"])
    assert client.delete(f"/api/v1/articles/{report['article']}").status_code == 204
    assert base.store.counts() == before
    assert client.delete(f"/api/v1/articles/{report['article']}").status_code == 404


def test_the_same_file_twice_changes_nothing(client: FlaskClient) -> None:
    def send() -> Any:
        return client.post("/api/v1/articles", data={"file": (io.BytesIO("容器共享内核。".encode("gb18030")), "a.txt")})

    first, second = send(), send()
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json[0]["outcome"] == "added" and second.json[0]["outcome"] == "unchanged"


def test_several_files_at_once(client: FlaskClient) -> None:
    files = [(io.BytesIO(f"容器使用内核{n}。".encode()), f"{n}.txt") for n in range(3)]
    response = client.post("/api/v1/articles", data={"file": files})
    assert [report["title"] for report in response.json] and len(response.json) == 3  # type: ignore[arg-type, union-attr]


@pytest.mark.parametrize(
    ("data", "name", "status"),
    [
        (b"", "a.txt", 400),
        (b"   \n", "a.txt", 400),
        (b"\x00\x01\x02\xff" * 100, "a.txt", 415),
        (b"text", "a.exe", 415),
        (b"text", "noending", 415),
        ("容器".encode() * 20_000, "a.txt", 413),
        (b"x" * 400_000, "a.txt", 413),
    ],
    ids=["empty", "blank", "binary", "suffix", "no suffix", "over the limit", "far over the limit"],
)
def test_a_useless_file_gets_a_clear_message_and_nothing_is_lost(
    client: FlaskClient, base: KnowledgeBase, data: bytes, name: str, status: int
) -> None:
    before = base.store.counts()
    response = client.post("/api/v1/articles", data={"file": (io.BytesIO(data), name)})
    assert response.status_code == status, response.text
    assert set(response.json) == {"error", "hint"} and all(response.json.values())  # type: ignore[arg-type, union-attr]
    assert base.store.counts() == before


@pytest.mark.parametrize("body", [{}, {"title": "x"}, {"title": "x", "text": "  "}, {"title": 1, "text": "容器。"}, ["x"]])
def test_a_useless_text_gets_a_clear_message(client: FlaskClient, body: Any) -> None:
    response = client.post("/api/v1/articles", data=json.dumps(body), content_type=JSON)
    assert response.status_code == 400 and set(response.json) == {"error", "hint"}  # type: ignore[arg-type]


# ---------------------------------------------------------------- measurements


def test_measurements_carry_their_summary(client: FlaskClient, recorded: tuple[Measurement, ...]) -> None:
    found = get(client, "measurements?backend=bubblewrap")
    assert len(found) == 1
    assert (found[0]["median"], found[0]["n"], found[0]["min"], found[0]["max"]) == (6.5, 3, 5.5, 8.0)
    assert len(get(client, "measurements?run=run1")) == 2 and get(client, "measurements?metric=memory") == []


def test_probes_say_what_works_and_why_not(reader: FlaskClient) -> None:
    probes = get(reader, "probes")
    assert [backend["available"] for backend in probes["backends"]] == [True, False]
    assert probes["backends"][1]["reason"] == {"zh": "没有输出。", "en": "No output."}
    assert probes["live"] is True


def test_a_measurement_runs_as_a_job_and_streams_its_events(client: FlaskClient, base: KnowledgeBase) -> None:
    response = client.post("/api/v1/probes/start_time/runs", json={})
    assert response.status_code == 202
    place = response.json["href"]  # type: ignore[index]
    assert response.headers["Location"] == place
    stream = client.get(f"{place}/events")
    assert stream.mimetype == "text/event-stream"
    events = [block.split("\n") for block in stream.text.strip().split("\n\n") if not block.startswith(":")]
    assert [lines[-2] for lines in events] == ["event: progress", "event: progress", "event: end"]
    end = json.loads(events[-1][-1].removeprefix("data: "))
    assert end["state"] == "done" and end["measurements"][0]["id"] == "live-bubblewrap"
    assert client.get(place).json["state"] == "done"  # type: ignore[index]
    assert [found.id for found in base.store.measurements()] == ["live-bubblewrap"]


def test_the_full_set_is_one_job_and_shown_metric_by_metric(client: FlaskClient, base: KnowledgeBase) -> None:
    job = client.post("/api/v1/probes/all/runs", json={}).json["job"]  # type: ignore[index]
    assert "event: end" in client.get(f"/api/v1/jobs/{job}/events").text
    assert {found.metric for found in base.store.measurements()} == {"start_time", "footprint"}
    html = client.get(f"/probe/jobs/{job}").text
    assert "全套测量" in html and html.count('<section class="evidence-measured">') == 2


def test_a_returning_stream_begins_after_the_last_event_seen(client: FlaskClient) -> None:
    place = client.post("/api/v1/probes/start_time/runs", json={}).json["href"]  # type: ignore[index]
    text = client.get(f"{place}/events", headers={"Last-Event-ID": "0"}).text
    assert "id: 0\n" not in text and "id: 1\n" in text


def test_the_same_measurement_is_shared_and_can_be_stopped(client: FlaskClient, prober: Any) -> None:
    prober.go.clear()
    place = client.post("/api/v1/probes/start_time/runs", json={}).json["href"]  # type: ignore[index]
    assert client.post("/api/v1/probes/start_time/runs", json={}).json["href"] == place  # type: ignore[index]
    assert client.delete(place).status_code == 202
    prober.go.set()
    assert '"cancelled"' in client.get(f"{place}/events").text
    assert client.get(place).json["state"] == "cancelled"  # type: ignore[index]


def test_too_many_measurements_are_refused_with_the_time_to_wait(base: KnowledgeBase) -> None:
    base.settings = base.settings.model_copy(update={"probe_per_minute": 2})
    client = create_app(base).test_client()
    answers = [client.post("/api/v1/probes/start_time/runs", json={"runs": number + 1}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert answers[2].json["error"] and answers[2].json["hint"]  # type: ignore[index]


def test_a_busy_machine_is_left_alone(base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    base.settings = base.settings.model_copy(update={"probe_when_busy": False})
    monkeypatch.setattr(base, "pressure", lambda: ("负载 9", "load 9"))
    response = create_app(base).test_client().post("/api/v1/probes/start_time/runs", json={}, headers={"Accept-Language": "en"})
    assert response.status_code == 409 and "load 9" in response.json["error"]  # type: ignore[index]
    assert base.store.measurements() == ()


def test_an_unknown_metric_lists_the_known(client: FlaskClient) -> None:
    response = client.post("/api/v1/probes/nope/runs", json={})
    assert response.status_code == 404 and "start_time" in response.json["hint"]  # type: ignore[index]
    assert get(client, "jobs/nope", 404)["hint"]


def test_a_server_for_others_starts_nothing(client: FlaskClient, base: KnowledgeBase) -> None:
    base.settings = base.settings.model_copy(update={"host": "0.0.0.0"})
    response = client.post("/api/v1/probes/start_time/runs", json={})
    assert response.status_code == 503 and "KB_ALLOW_LIVE_PROBE" in response.json["hint"]  # type: ignore[index]


def test_the_description_names_every_address(client: FlaskClient) -> None:
    description = client.get("/openapi/openapi.json").json
    assert description is not None and description["openapi"].startswith("3.1")
    for path in (
        "ask",
        "concepts",
        "concepts/{id}",
        "concepts/{id}/neighbours",
        "paths",
        "compare",
        "layers",
        "facts",
        "measurements",
        "articles",
        "graph",
        "export",
    ):
        assert f"/api/v1/{path}" in description["paths"]
    assert set(description["paths"]["/api/v1/articles"]["post"]["requestBody"]["content"]) == {"multipart/form-data", JSON}


def test_an_unknown_address_and_a_wrong_method_answer_in_json(reader: FlaskClient) -> None:
    assert set(get(reader, "nope", 404)) == {"error", "hint"}
    assert set(reader.put("/api/v1/ask").json) == {"error", "hint"}  # type: ignore[arg-type]


def test_a_failure_inside_is_logged_and_not_shown(client: FlaskClient, base: KnowledgeBase, caplog: pytest.LogCaptureFixture) -> None:
    base.__dict__["prober"] = None
    response = client.get("/api/v1/probes")
    assert response.status_code == 500 and set(response.json) == {"error", "hint"}  # type: ignore[arg-type]
    assert "AttributeError" in caplog.text and "AttributeError" not in response.text
