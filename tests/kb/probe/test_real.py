"""Real starts on this machine; where a backend does not work here the test is skipped with the backend's own reason.

The machine may be shared and busy: no figure of time is held against a bound that other programs could move it over.
"""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median

import pytest

from kb.probe import Prober
from kb.probe.safety import tree
from kb.probe.wording import explain
from kb.records import Measurement
from tests.kb.probe import pressure

ROOT = Path(__file__).resolve().parents[3]
QUICK = ("process", "unshare", "bubblewrap", "crun")
MACHINES = ("qemu_tcg", "qemu_kvm")
LIMIT_S = 5  # what a container is given to come up


@pytest.fixture(scope="module")
def prober(tmp_path_factory: pytest.TempPathFactory) -> Prober:
    return Prober(tmp_path_factory.mktemp("probe"), None, ROOT / ".kb" / "guest")


def measured(prober: Prober, metric: str, *backends: str, runs: int | None = None) -> tuple[Measurement, ...]:
    return pressure.measured(lambda: prober.run(metric, backends=backends, runs=runs))


@pytest.mark.parametrize("backend", QUICK)
def test_every_start_is_timed_or_counted_as_failed(prober: Prober, backend: str):
    (found,) = measured(prober, "start_time", backend, runs=5)
    assert len(found.samples) >= 3 and len(found.samples) + found.failures <= 5
    assert all(0 < sample < 1000 * LIMIT_S for sample in found.samples)
    assert len(found.cpu_seconds) <= len(found.samples) and all(0 <= used < LIMIT_S for used in found.cpu_seconds)
    assert (found.unit, found.command[0][0]) == ("ms", "/")


@pytest.mark.parametrize("backend", QUICK)
def test_containers_share_the_kernel_of_the_host_by_every_sign(prober: Prober, backend: str):
    (found,) = measured(prober, "kernel_identity", backend)
    assert {sign.name for sign in found.signs} == {"kernel_release", "boot_id", "uptime", "process_visible"}
    assert all(sign.same for sign in found.signs), found.signs
    assert found.valid
    assert "共用宿主机的内核" in explain((found,), "zh")


@pytest.mark.parametrize("backend", QUICK)
def test_memory_of_a_container_is_some_mebibytes(prober: Prober, backend: str):
    try:
        (found,) = measured(prober, "memory", backend, runs=3)
    except Exception as error:
        if os.geteuid() != 0 and "smaps_rollup" in str(error):
            pytest.skip(str(error))
        raise
    assert all(0.1 < sample < 50 for sample in found.samples)


def test_a_container_needs_the_same_files_as_a_process(prober: Prober):
    process, container = measured(prober, "footprint", "process", "unshare")
    assert process.samples == container.samples
    assert 0.5 < process.samples[0] < 10


def test_folders_may_be_given_relative_to_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    prober = Prober(Path("probe"), None, Path("guest"))
    (found,) = measured(prober, "start_time", "process", runs=1)
    assert len(found.samples) == 1
    assert (tmp_path / "probe" / "availability.json").is_file()


@pytest.mark.parametrize("backend", QUICK[1:])
def test_a_container_has_a_userland_of_its_own_on_the_kernel_of_the_host(prober: Prober, backend: str):
    (found,) = measured(prober, "userland", backend)
    assert {sign.name: sign.same for sign in found.signs} == {"os_release": False, "root_folder": False, "boot_id": True}


@pytest.mark.parametrize("backend", QUICK[1:])
def test_a_container_is_denied_what_concerns_the_host(prober: Prober, backend: str):
    (found,) = measured(prober, "isolation", backend)
    denied = {sign.name for sign in found.signs if not sign.same}
    assert {"kernel_log", "make_device", "kernel_setting", "network", "host_processes"} <= denied
    assert found.samples == (float(len(denied)),)


@pytest.mark.parametrize("backend", QUICK[1:])
def test_process_number_one_ignores_what_a_process_does_not(prober: Prober, backend: str):
    process, container = measured(prober, "signals", "process", backend, runs=3)
    assert max(process.samples) == 1.0  # it has a second for it, which may pass before it is looked at again
    assert set(container.samples) == {0.0}


@pytest.mark.parametrize("backend", QUICK)
def test_what_handles_the_signal_needs_no_force(prober: Prober, backend: str):
    def forced() -> bool:
        found.append(measured(prober, "stop_time", backend, runs=2)[0])
        return any("SIGKILL" in caveat for caveat in found[-1].caveats)

    found: list[Measurement] = []
    pressure.eventually(lambda: not forced(), lambda: found[-1].samples)
    assert all(sample > 0 for sample in found[-1].samples)


@pytest.mark.parametrize("backend", QUICK[1:])
def test_many_containers_are_made_at_one_moment(prober: Prober, backend: str):
    (found,) = measured(prober, "creation_rate", backend, runs=1)
    assert (len(found.samples), found.unit) == (1, "/min")
    assert found.samples[0] > 0


@pytest.mark.parametrize("backend", QUICK[1:])
def test_the_processor_in_a_container_is_no_emulated_one(prober: Prober, backend: str):
    """Caches and threads shared with other programs move the ratio by half and more; an emulator's floats are 90 times slower."""

    def native() -> bool:
        found.append(measured(prober, "cpu_ratio", backend, runs=1)[0])
        return 0.2 < found[-1].samples[0] < 5

    found: list[Measurement] = []
    pressure.eventually(native, lambda: found[-1].samples)
    assert found[-1].cpu_seconds[0] > 0


def test_nothing_is_left_after_measuring(prober: Prober):
    scratch, before = f"kb-probe-{os.getpid()}-*", tree(os.getpid())
    measured(prober, "visibility", *(name for name in QUICK if name in ("process", "unshare")))
    assert tree(os.getpid()) == before
    assert list(Path("/var/tmp").glob(scratch)) == []


@pytest.mark.slow
@pytest.mark.parametrize("backend", MACHINES)
def test_a_machine_boots_a_kernel_of_its_own(prober: Prober, backend: str):
    (found,) = measured(prober, "kernel_identity", backend)
    own = {sign.name: sign.same for sign in found.signs}
    assert (own["boot_id"], own["uptime"], own["process_visible"]) == (False, False, False)
    assert "运行自己的内核" in explain((found,), "zh")


@pytest.mark.slow
@pytest.mark.parametrize("backend", MACHINES)
def test_a_machine_starts_later_than_a_process_in_the_same_run(prober: Prober, backend: str):
    def later() -> bool:
        found[:] = measured(prober, "start_time", "process", backend, runs=2)
        return median(found[1].samples) > median(found[0].samples)

    found: list[Measurement] = []
    pressure.eventually(later, lambda: [one.samples for one in found])
    assert found[0].run_id == found[1].run_id


@pytest.mark.slow
def test_in_a_machine_the_attempts_succeed_on_its_own_kernel(prober: Prober):
    """Which also shows that the attempts themselves work, and that "denied" elsewhere is no missing program."""
    (found,) = measured(prober, "isolation", "qemu_tcg")
    succeeded = {sign.name for sign in found.signs if sign.same}
    assert {"kernel_log", "write_root", "mount", "set_hostname", "make_device", "user_namespace"} <= succeeded
    assert "host_processes" not in succeeded
    assert any("自己的内核" in caveat for caveat in found.caveats)


@pytest.mark.slow
def test_every_backend_works_or_says_why_not_and_what_would_help(prober: Prober):
    infos = prober.backends()
    assert len(infos) >= 5
    for info in infos:
        print(info.name, info.availability)
        assert info.availability.ok or (all(info.availability.reason) and all(info.availability.remedy))
