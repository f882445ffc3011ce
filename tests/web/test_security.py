from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from web.security import host_is_ours


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8000", True),
        ("localhost:8000", True),
        ("kb.localhost", True),
        ("[::1]:8000", True),
        ("192.168.1.7:8000", True),
        ("myhost", True),
        ("evil.example", False),
        ("evil.example:8000", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_a_foreign_name_is_not_ours(host: str, ours: bool) -> None:
    assert host_is_ours(host, frozenset({"localhost", "myhost"})) is ours


def test_a_rebound_name_is_refused_also_for_reading(reader: FlaskClient) -> None:
    response = reader.get("/api/v1/articles", headers={"Host": "evil.example"})
    assert response.status_code == 421
    assert "evil.example" in response.json["error"]  # type: ignore[index]


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_a_foreign_page_cannot_change_anything(client: FlaskClient, article_id: str, headers: dict[str, str]) -> None:
    assert client.post(f"/articles/{article_id}/remove", headers=headers).status_code == 403
    assert client.delete(f"/api/v1/articles/{article_id}", headers=headers).status_code == 403
    assert client.get(f"/articles/{article_id}").status_code == 200


def test_our_own_form_is_known_by_its_token_where_the_browser_hides_the_origin(client: FlaskClient, article_id: str) -> None:
    token = re.search(r'name="token" value="([^"]+)"', client.get("/articles").text)
    assert token is not None
    address = f"/articles/{article_id}/remove"
    assert client.post(address, data={"token": token[1] + "x"}, headers={"Origin": "null"}).status_code == 403
    assert client.post(address, data={"token": token[1]}, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.post(address, data={"token": token[1]}, headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post(address, data={"token": token[1]}, headers={"Origin": "null"}).status_code == 200


def test_our_own_form_is_known_by_the_browser_saying_so(client: FlaskClient, article_id: str) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}  # what Chromium sends under no-referrer
    assert client.post(f"/articles/{article_id}/remove", headers=headers).status_code == 200


def test_our_own_page_and_a_program_can(reader: FlaskClient) -> None:
    ours = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert reader.post("/api/v1/ask", json={"question": "什么是容器？"}, headers=ours).status_code == 200
    assert reader.post("/api/v1/ask", json={"question": "什么是容器？"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/concepts", "/nope", "/api/v1/articles", "/static/site.css", "/openapi/"])
def test_every_answer_forbids_what_is_foreign(reader: FlaskClient, path: str) -> None:
    with reader.get(path) as response:
        headers = response.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
