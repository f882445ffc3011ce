from __future__ import annotations

import json
from dataclasses import asdict, fields, replace

import pytest

from kb.errors import BadInput
from kb.probe import exchange
from kb.probe.exchange import dumped, parsed, recorded_on
from kb.probe.wording import explain
from kb.records import HostFingerprint, Measurement
from tests.kb.probe.conftest import HOST

ID = "0123456789abcdef"


@pytest.fixture
def box(measured) -> Measurement:
    return measured("bubblewrap", "container", (4.0, 5.0), id=ID, run_id=ID, host=HostFingerprint("feed0123", HOST.facts))


def lines(measurement: Measurement, **changes: object) -> str:
    """A file of one measurement with some fields replaced in its row; `None` takes one out."""
    heading, row = dumped((measurement,), "other").splitlines()
    changed = {name: value for name, value in {**json.loads(row), **changes}.items() if value is not None}
    return f"{heading}\n{json.dumps(changed)}\n"


def test_what_was_written_is_read_as_the_other_hosts(box, measured, signs):
    seen = measured(
        "qemu_tcg",
        "virtual_machine",
        (0.0,),
        id="f" * 16,
        run_id=ID,
        metric="kernel_identity",
        unit="signs",
        signs=signs(False),
        host=box.host,
    )
    found = parsed(dumped((box, seen), "lab-1"))
    assert {recorded_on(m.host) for m in found} == {"lab-1"}
    assert [replace(m, host=box.host) for m in found] == [box, seen]
    assert ("recorded_on", "lab-1") in found[0].host.facts and ("cpu", "Test CPU") in found[0].host.facts


def test_its_id_can_never_be_that_of_this_machine(box):
    (found,) = parsed(dumped((box,), "lab-1"))
    assert found.host.env_id != box.host.env_id and recorded_on(box.host) is None


def test_the_name_may_be_chosen_when_reading(box):
    (found,) = parsed(dumped((box,), "lab-1"), "quiet-box")
    assert recorded_on(found.host) == "quiet-box"
    assert explain((found,), "zh").startswith("主机 quiet-box 实测：")
    assert explain((found,), "en").startswith("Measured on the host quiet-box:")


def test_what_came_from_elsewhere_is_not_passed_on(box):
    (foreign,) = parsed(dumped((box,), "lab-1"))
    assert len(dumped((box, foreign), "me").splitlines()) == 2


def test_folders_of_this_machine_are_not_told(box):
    command = ("/usr/bin/bwrap", "--ro-bind", "/home/ann/kb/image-1/rootfs", "--root=/srv/x y/rootfs", "/bin/sh", "/probe.sh", "ready")
    (found,) = parsed(dumped((replace(box, command=command),), "me"))
    assert found.command == ("/usr/bin/bwrap", "--ro-bind", "…/rootfs", "--root=…/x y/rootfs", "/bin/sh", "/probe.sh", "ready")


@pytest.mark.parametrize("name", ["", "a b", "a:b", "-x", "x" * 41, "主机", "a\n"])
def test_a_bad_name_is_refused(box, name):
    with pytest.raises(BadInput, match="no name for a host"):
        dumped((box,), name)
    with pytest.raises(BadInput, match="no name for a host"):
        parsed(dumped((box,), "ok"), name)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": "../../etc"}, "line 2, id"),
        ({"id": None}, "line 2, id: Field required"),
        ({"extra": 1}, "line 2, extra: Extra inputs"),
        ({"samples": [4.0, "5"]}, "line 2, samples.1"),
        ({"samples": [4.0, -1.0]}, "zero or more"),
        ({"samples": [float("nan")]}, "line 2"),
        ({"samples": [1.0] * 1001}, "line 2, samples"),
        ({"metric": "luck"}, "no metric 'luck'"),
        ({"unit": "s"}, "is not its unit ms"),
        ({"backend": "magic"}, "no backend 'magic'"),
        ({"concept": "virtual_machine"}, "bubblewrap stands for container"),
        ({"measured_at": "yesterday"}, "line 2, measured_at"),
        ({"measured_at": "2026-03-05T07:08:09"}, "needs a time zone"),
        ({"measured_at": "2999-03-05T07:08:09+00:00"}, "lies in the future"),
        ({"host": {"env_id": "a:b", "facts": []}}, "line 2, host.env_id"),
        ({"host": {"env_id": "feed0123", "facts": [["cpu", "x\u001b[2J"]]}}, "control characters"),
        ({"caveats": ["x" * 2001]}, "line 2, caveats.0"),
        ({"valid": 1}, "line 2, valid"),
        ({"metric": "kernel_identity", "unit": "signs"}, "signs are missing"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_taken(box, changes, problem):
    with pytest.raises(BadInput, match="nothing was imported") as raised:
        parsed(lines(box, **changes))
    assert problem in raised.value.message[1]
    assert raised.value.message[0].startswith("第 2 行")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("{", "line 1"),
        ("[]", "line 1"),
        ('{"format": "other", "version": 1, "host": "a"}', "line 1, format"),
        ('{"format": "kb-measurements", "version": 2, "host": "a"}', "line 1, version"),
        ('{"format": "kb-measurements", "version": 1, "host": "a"}\nnonsense', "line 2"),
        ('{"format": "kb-measurements", "version": 1, "host": "a"}\n' + "{}\n" * 10_000, "more than 10000 lines"),
    ],
)
def test_what_is_no_such_file_is_refused(text, problem):
    with pytest.raises(BadInput, match=problem):
        parsed(text)


def test_every_field_of_a_measurement_travels():
    assert set(exchange._Row.model_fields) == {field.name for field in fields(Measurement)}
    assert set(exchange._Sign.model_fields) == set(asdict(exchange.Sign("a", "b", "c", True)))
