from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from kb.app import KnowledgeBase
from kb.cli.checks import Check, checks
from kb.config import Settings
from kb.probe import Availability, BackendInfo
from kb.records import HostFingerprint, Measurement

Run = Callable[..., Any]


class FakeProber:
    def backends(self) -> tuple[BackendInfo, ...]:
        broken = Availability(False, ("没有内核映像。", "No kernel image."), ("装 linux-image。", "Install linux-image."))
        return (
            BackendInfo("bubblewrap", ("容器", "container"), "container", Availability(True)),
            BackendInfo("qemu_kvm", ("虚拟机", "machine"), "virtual_machine", broken),
        )


def test_each_check_says_what_it_found_and_what_would_mend_it(empty_base: KnowledgeBase) -> None:
    empty_base.__dict__["prober"] = FakeProber()  # the place of the cached property
    found = {check.name: check for check in checks(empty_base)}
    assert found["Python"].ok and found["jieba"].ok and found["Python"].needed
    assert found["知识库"].ok is False and found["知识库"].needed and found["知识库"].remedy == "kb init"
    assert found["探针 bubblewrap"].ok
    assert found["探针 qemu_kvm"] == Check("探针 qemu_kvm", False, "没有内核映像。", "装 linux-image。")


def test_the_doctor_runs_on_this_machine(run: Run, own_db: Path) -> None:
    ran = run("doctor", "--json", db=own_db)
    assert ran.status == 0
    names = {row["check"] for row in ran.json}
    assert {"Python", "知识库", "探针 process"} <= names
    assert all(row["ok"] or row["remedy"] or row["detail"] for row in ran.json)


def test_recorded_measurements_are_listed_newest_first(run: Run, own_db: Path, empty_base: KnowledgeBase) -> None:
    from kb.store import Store

    store = Store(own_db, str.split)
    host = HostFingerprint("h", ())
    for day in (1, 2):
        at = f"2026-11-0{day}T00:00:00+00:00"
        store.add_measurements(
            [Measurement(f"m{day}", "r", "container", "start_time", "ms", (4.0, 5.0), "bubblewrap", host, ("bwrap",), at)]
        )
    store.close()
    ran = run("probe", "history", "--json", db=own_db)
    assert [row["measured_at"][:10] for row in ran.json] == ["2026-11-02", "2026-11-01"]
    assert ran.json[0]["median"] == 4.5 and ran.json[0]["n"] == 2


def test_records_travel_to_another_base_and_stay_the_other_hosts(run: Run, own_db: Path, empty_base: KnowledgeBase, tmp_path: Path) -> None:
    from kb.probe.host import fingerprint

    own = fingerprint()
    at = "2026-11-01T00:00:00+00:00"
    made = Measurement("ab" * 16, "cd" * 16, "container", "start_time", "ms", (4.0, 5.0), "bubblewrap", own, ("bwrap",), at)
    empty_base.store.add_measurements([made])
    text = empty_base.export_measurements("lab")
    file = tmp_path / "lab.jsonl"
    file.write_text(text, encoding="utf-8")
    assert run("probe", "import", str(file), "--json", db=own_db).json == {"added": 1, "known": 0}
    assert run("probe", "import", str(file), "--json", db=own_db).json == {"added": 0, "known": 1}
    assert "主机 lab" in run("probe", "history", db=own_db).out
    assert run("probe", "history", "--here", "--json", db=own_db).json == []
    with closing(KnowledgeBase.open(Settings(db=own_db))) as other:
        assert other.measure("container", "start_time") is None
        assert other.export_measurements("x").count("\n") == 1


def test_a_wrong_file_is_refused_and_leaves_nothing(run: Run, own_db: Path, tmp_path: Path) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_bytes(b"\xff\xfe")
    assert run("probe", "import", str(file), db=own_db).status == 2
    file.write_text("{}", encoding="utf-8")
    ran = run("probe", "import", str(file), db=own_db)
    assert ran.status == 2 and "第 1 行" in ran.err
    assert run("probe", "history", "--json", db=own_db).json == []


def test_this_machine_is_told_without_starting_anything(run: Run, own_db: Path) -> None:
    ran = run("probe", "here", "--json", db=own_db)
    assert ran.status == 0
    assert {"at", "in_container", "in_machine", "kvm", "instances", "links", "lines"} <= set(ran.json)
    assert ran.json["instances"][0]["name"] == "本机"
    assert "本机检测" in run("probe", "here", db=own_db).out
