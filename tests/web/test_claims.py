"""The page 论断核查 and its part of the REST interface."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from kb.app import KnowledgeBase
from kb.probe.host import fingerprint
from kb.records import Measurement

PAGE, API = "/claims", "/api/v1/rulings"


def of_this_host(backend: str, concept: str, *samples: float) -> Measurement:
    return Measurement(
        id=f"here-{backend}",
        run_id="here",
        concept=concept,
        metric="start_time",
        unit="ms",
        samples=samples,
        backend=backend,
        host=fingerprint(),
        command=(backend,),
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        caveats=("最小的环境 / a minimal userland",),
    )


@pytest.fixture
def tried(base: KnowledgeBase) -> KnowledgeBase:
    base.store.add_measurements(
        (of_this_host("bubblewrap", "container", 4.0, 5.0, 6.0), of_this_host("qemu_tcg", "virtual_machine", 2100.0, 2134.0, 2300.0))
    )
    return base


def test_before_any_measurement_what_is_missing_can_be_measured(client: FlaskClient) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "容器比虚拟机启动更快" in page.text and "未测" in page.text
    assert 'action="/probe/start_time/runs"' in page.text


def test_a_verdict_stands_with_quote_figures_conditions_and_explanation(client: FlaskClient, tried: KnowledgeBase, article_id: str) -> None:
    page = client.get(f"{PAGE}?verdict=confirmed").text
    assert 'class="ruling ruling-confirmed"' in page
    assert f'href="/articles/{article_id}?start=' in page
    assert "中位数 2.13 s（n=3，2.1–2.3 s）" in page
    assert "最小的环境" in page
    assert "虚拟机至少慢约 400 倍" in page
    assert "t-container_starts_faster" in page and "t-machine_start_time" not in page


def test_minutes_are_partly_borne_out_with_the_reason(client: FlaskClient, tried: KnowledgeBase) -> None:
    page = client.get(f"{PAGE}?verdict=部分").text
    assert "完整" in page and "2.13 s" in page and "QEMU/TCG" in page


def test_another_hosts_figures_decide_nothing(client: FlaskClient, recorded: tuple[Measurement, ...]) -> None:
    counts = client.get(API).get_json()["counts"]
    assert counts["confirmed"] == counts["contradicted"] == counts["partly"] == 0
    assert counts["unmeasured"] > 0


def test_the_page_speaks_english(client: FlaskClient, tried: KnowledgeBase) -> None:
    page = client.get(f"{PAGE}?lang=en").text
    assert "containers start faster than virtual machines" in page
    assert "Within one run here containers took 5 ms" in page
    assert "容器比虚拟机启动更快" in page  # the quote stays as it stands


def test_one_article_only(client: FlaskClient, tried: KnowledgeBase, article_id: str) -> None:
    assert "容器比虚拟机启动更快" in client.get(f"{PAGE}?article={article_id}").text
    assert client.get(f"{PAGE}?article=nothing").status_code == 404


@pytest.mark.parametrize("address", [f"{PAGE}?verdict=rumour", f"{API}?verdict=rumour"])
def test_an_unknown_verdict_is_refused_and_named(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "rumour" in answer.text


def test_rulings_as_json(client: FlaskClient, tried: KnowledgeBase, article_id: str) -> None:
    found = client.get(f"{API}?verdict=confirmed&article={article_id}").get_json()
    row = next(row for row in found["rulings"] if row["test"] == "container_starts_faster")
    article = tried.store.article(article_id)
    assert article is not None
    assert article.text[row["start"] : row["end"]] == row["quote"]
    assert row["measurements"] == ["here-bubblewrap", "here-qemu_tcg"]
    assert {figure["backend"]: figure["median"] for figure in row["figures"]} == {"bubblewrap": 5.0, "qemu_tcg": 2134.0}
    assert row["verdict_name"] == {"zh": "证实", "en": "confirmed"}
    assert {row["verdict"] for row in found["rulings"]} == {"confirmed"}
    assert sum(found["counts"].values()) == len(client.get(API).get_json()["rulings"])


def test_an_unknown_article_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"{API}?article=nothing").status_code == 404


def test_the_navigation_leads_there(reader: FlaskClient) -> None:
    assert '<a href="/claims" aria-current="page">论断核查</a>' in reader.get(PAGE).text
