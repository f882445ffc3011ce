from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from kb.app import KnowledgeBase
from kb.records import Measurement
from tests.web.conftest import measurement
from web import create_app, plots

FAST, SLOW = (4.0, 5.0, 4.5, 4.2, 4.8, 41.0), (2000.0, 2100.0, 2500.0)


@pytest.fixture(autouse=True)
def speaking(shared_base: KnowledgeBase) -> Iterator[None]:
    with create_app(shared_base).test_request_context("/"):
        yield


def made(backend: str, *samples: float, **changes: object) -> Measurement:
    return replace(measurement(backend=backend, samples=samples), **changes)  # type: ignore[arg-type]


class TestADistribution:
    def test_backends_share_one_logarithmic_axis(self) -> None:
        found = plots.plot((made("a", 1.0, 10.0), made("b", 100.0, 100.0)))
        assert found is not None
        fast, slow = found.rows
        assert slow.median > fast.whiskers[1] > fast.median > fast.whiskers[0]
        middle = sum(fast.whiskers) / 2  # of 1 and 10 the logarithmic middle is 3.16, the median 5.5 stands right of it
        assert fast.median > middle + 20
        assert fast.whiskers[1] - fast.whiskers[0] == pytest.approx(slow.median - fast.whiskers[1], abs=0.2)

    def test_nothing_leaves_the_picture(self) -> None:
        found = plots.plot((made("a", *FAST), made("b", *SLOW)))
        assert found is not None
        for row in found.rows:
            assert plots.LEFT <= row.whiskers[0] <= row.box[0] <= row.median <= row.box[1] <= row.whiskers[1] <= plots.RIGHT
            assert row.y + 14 < found.height

    def test_every_sample_is_a_dot_and_outliers_are_hollow(self) -> None:
        found = plots.plot((made("a", *FAST),))
        assert found is not None
        assert [dot.apart for dot in found.rows[0].dots] == [False] * 5 + [True]

    @pytest.mark.parametrize("samples", [(1.0, 1.1), (0.7, 4000.0), (4.0, 4.0), (1e-4, 1e6), (2.0, 9.0), (0.98, 1.02)])
    def test_labels_never_stand_on_one_another(self, samples: tuple[float, ...]) -> None:
        found = plots.plot((made("a", *samples),))
        assert found is not None
        xs = [tick.x for tick in found.ticks]
        assert 1 <= len(xs) and all(right - left > 40 for left, right in zip(xs, xs[1:], strict=False))

    def test_a_ratio_is_held_against_one(self) -> None:
        found = plots.plot((made("a", 0.98, 1.02, unit="x"), made("b", 90.0, 95.0, unit="x")))
        assert found is not None and found.reference is not None
        assert found.rows[0].whiskers[0] < found.reference < found.rows[0].whiskers[1]
        assert found.rows[1].median > found.reference


class TestAmounts:
    def test_bars_begin_at_zero_and_keep_their_proportion(self) -> None:
        found = plots.plot((made("a", 2.0, unit="MiB"), made("b", 180.0, unit="MiB")))
        assert found is not None
        small, large = (row.bar for row in found.rows)
        assert small is not None and large is not None
        assert (large - plots.LEFT) / (small - plots.LEFT) == pytest.approx(90, rel=0.05)
        assert found.ticks[0].x == plots.LEFT and found.ticks[0].label.startswith("0")

    def test_a_share_is_drawn_of_the_whole(self) -> None:
        found = plots.plot((made("a", 12.5, unit="%"), made("b", 25.0, unit="%")))
        assert found is not None and found.rows[1].bar == pytest.approx(plots.LEFT + (plots.RIGHT - plots.LEFT) / 4, abs=0.1)


@pytest.mark.parametrize(
    "measurements",
    [(), (made("a"),), (made("a", 5.0),), (made("a", 4.0, 4.0, unit="signs"),), (made("a", 0.0, 5.0),), (made("a", 1.0, unit="MiB"),)],
)
def test_what_a_picture_cannot_show_has_none(measurements: tuple[Measurement, ...]) -> None:
    assert plots.plot(measurements) is None


class TestAHistory:
    def series(self, backend: str, *medians: float, **changes: object) -> list[Measurement]:
        return [
            made(backend, value, value, id=f"{backend}{n}", measured_at=f"2026-11-0{n + 1}T00:00:00+00:00", **changes)
            for n, value in enumerate(medians)
        ]

    def test_each_backend_has_a_lane_from_old_to_new(self) -> None:
        found = plots.history(reversed(self.series("a", 4.0, 5.0, 6.0) + self.series("b", 2000.0, 1000.0)))
        assert found is not None
        first, second = sorted(found.lanes, key=lambda lane: lane.name)
        assert [dot.x for dot in first.dots] == [plots.LEFT, pytest.approx(230), plots.RIGHT]
        assert first.dots[0].y > first.dots[1].y > first.dots[2].y  # larger is higher
        assert (first.value, first.scale) == ("6 ms", "4–6 ms")
        assert second.dots[0].y < second.dots[1].y
        assert len(found.ticks) == 2

    def test_a_rough_guide_is_told_apart(self) -> None:
        found = plots.history([*self.series("a", 4.0, 5.0), made("a", 9.0, valid=False, measured_at="2026-11-05T00:00:00+00:00")])
        assert found is not None
        assert [dot.apart for dot in found.lanes[0].dots] == [False, False, True]

    def test_what_does_not_move_is_a_level_line(self) -> None:
        found = plots.history(self.series("a", 4.0, 4.0))
        assert found is not None
        assert len({dot.y for dot in found.lanes[0].dots}) == 1 and found.lanes[0].scale == ""

    def test_one_measurement_is_no_history(self) -> None:
        assert plots.history(self.series("a", 4.0) + self.series("b", 5.0)) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_hold_well_formed_pictures_beside_their_figures(client: FlaskClient, base: KnowledgeBase, language: str) -> None:
    base.store.add_measurements((made("bubblewrap", *FAST), made("qemu_tcg", *SLOW, id="vm", concept="virtual_machine")))
    later = made("bubblewrap", *FAST, id="later", run_id="run2", measured_at="2026-11-25T00:00:00+00:00")
    base.store.add_measurements((later,))
    for path in (f"/probe?lang={language}", f"/probe/history/start_time?host=host0001&lang={language}"):
        html = client.get(path).text
        pictures = re.findall(r'<svg viewBox="0 0 460 .*?</svg>', html, re.DOTALL)
        assert pictures and all(ElementTree.fromstring(picture).tag == "svg" for picture in pictures)
        assert "4.65 ms" in html  # the median of the table
        assert ("outlier" in html) is (language == "en")


def test_a_history_that_is_not_there_is_no_page(client: FlaskClient) -> None:
    assert client.get("/probe/history/start_time").status_code == 404
    assert client.get("/probe/history/start_time?host=<script>").status_code == 404


def test_another_hosts_records_are_named_and_told_apart(client: FlaskClient, base: KnowledgeBase) -> None:
    own = replace(measurement(), id="ab" * 16, run_id="cd" * 16, signs=())
    base.store.add_measurements((replace(own, host=replace(own.host, env_id="feed0123")),))
    text = client.get("/probe/measurements.jsonl").text
    assert base.import_measurements(text, "lab") == (0, 1)  # the very same records
    assert base.import_measurements(text.replace("ab" * 16, "ba" * 16), "lab") == (1, 0)
    html = client.get("/probe").text
    assert "主机 lab 测过的" in html and "lab:feed0123" in html
