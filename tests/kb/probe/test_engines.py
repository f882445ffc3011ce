"""Docker and Podman are played by a script that understands the words they are given; no engine is needed and none is used."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kb.errors import BackendUnavailable, ProbeError
from kb.probe import safety
from kb.probe.backends import _engine, docker, podman
from kb.probe.images import build, served
from kb.probe.metrics import cpu_ratio, memory, start_time
from kb.probe.ports import Image, Payload

if (_missing := safety.missing_tools()) is not None:
    pytest.skip(_missing.text[1], allow_module_level=True)

# Keeps what a daemon would: images and containers as files of a folder. `run` becomes the payload, as far from it as a client is.
ENGINE = """#!/bin/sh
cd {state}
echo "$*" >> log
case $1 in
image) [ -e imported ] || {{ echo "No such image" >&2; exit 1; }} ;;
import) cat > imported ;;
run)
    name=$3
    while [ "$1" != /probe.sh ]; do shift; done
    shift
    {rootfs}/bin/sh {rootfs}/probe.sh "$@" &
    echo $! > box-$name
    wait $!
    rm -f box-$name ;;
info) echo "said for $3" ;;
inspect) [ -e box-$4 ] && cat box-$4 || {{ echo "No such object" >&2; exit 1; }} ;;
rm)
    {rm_problem}
    [ -e box-$3 ] || {{ echo "No such container" >&2; exit 1; }}
    kill -9 $(cat box-$3); rm -f box-$3 ;;
ps) for box in box-*; do [ -e $box ] && echo ${{box#box-}}; done; true ;;
esac
"""


@pytest.fixture
def image(tmp_path: Path) -> Iterator[Image]:
    try:
        rootfs, initramfs = build(tmp_path / "image")
    except BackendUnavailable as error:
        pytest.skip(str(error))
    with served(rootfs, initramfs, tmp_path / "running") as image:
        yield image


@pytest.fixture
def engine(tmp_path: Path, image: Image, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the engine keeps its things."""
    return install(tmp_path, image, monkeypatch)


def install(tmp_path: Path, image: Image, monkeypatch: pytest.MonkeyPatch, rm_problem: str = ":") -> Path:
    state = tmp_path / "state"
    state.mkdir(exist_ok=True)
    program = tmp_path / "engine"
    program.write_text(ENGINE.format(state=state, rootfs=image.rootfs, rm_problem=rm_problem))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(_engine, "tool", lambda name: str(program))
    monkeypatch.setattr(podman, "_runtime", lambda: ())  # whatever the host's control groups are
    return state


def log(state: Path) -> list[str]:
    return (state / "log").read_text().splitlines()


@pytest.mark.parametrize("backend", [docker, podman])
def test_a_container_is_timed_and_removed(engine: Path, image: Image, backend: ModuleType):
    assert backend.unavailable(image) is None
    found = start_time.sample(backend, image, None)
    assert 0 < found.value < 5000
    assert found.cpu_seconds is None  # what the client uses is not what the container uses
    assert list(engine.glob("box-*")) == []
    (run,) = [line for line in log(engine) if line.startswith("run")]
    for word in ("--network none", "--read-only", "--cap-drop ALL", "no-new-privileges", "--label kb-probe", "--rm"):
        assert word in run
    assert not {"--privileged", "--pid", "-v", "--volume", "--device"} & set(run.split())


@pytest.mark.parametrize("backend", [docker, podman])
def test_one_that_stays_is_found_beside_the_client_and_removed_by_force(engine: Path, image: Image, backend: ModuleType):
    with backend.start(Payload("stay", image), backend.LIMITS) as instance:
        instance.until("READY")
        (box,) = engine.glob("box-*")
        inside = int(box.read_text())
        assert inside in instance.pids
        assert safety.is_payload(inside)
    assert safety.gone_after(safety.ticks_of((inside,)), 2)
    assert list(engine.glob("box-*")) == []
    assert any(line.startswith("rm --force kb-") for line in log(engine))


def test_memory_counts_the_container_too(engine: Path, image: Image):
    try:
        found = memory.sample(docker, image, None)
    except ProbeError as error:
        if os.geteuid() != 0 and "smaps_rollup" in str(error):
            pytest.skip(str(error))
        raise
    assert 0.5 < found.value < 100


def test_docker_is_given_our_userland_once_and_fetches_nothing(engine: Path, image: Image):
    for _ in range(2):
        start_time.sample(docker, image, None)
    words = [line.split()[0] for line in log(engine)]
    assert words.count("import") == 1
    assert not {"pull", "build", "login"} & set(words)
    assert (engine / "imported").stat().st_size > 2**20


def test_podman_needs_no_image(engine: Path, image: Image):
    start_time.sample(podman, image, None)
    assert f"--rootfs {image.rootfs} /bin/sh /probe.sh ready" in next(line for line in log(engine) if line.startswith("run"))


def test_what_decides_an_engines_figures_is_asked_for(engine: Path):
    assert docker.conditions() == ("存储驱动 said for {{.Driver}} / storage driver said for {{.Driver}}",)
    assert podman.conditions()[0].endswith("the runtime that Podman uses is said for {{.Host.OCIRuntime.Name}}")


def test_podman_uses_runc_where_its_usual_runtime_refuses_the_control_groups(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os.path, "ismount", lambda path: path == "/sys/fs/cgroup/unified")
    monkeypatch.setattr(podman, "tool", lambda name: f"/x/{name}")
    assert podman._runtime() == ("--runtime", "/x/runc")
    assert podman.conditions() == ("Podman 用的运行时是 runc / the runtime that Podman uses is runc",)
    monkeypatch.setattr(podman, "tool", lambda name: None)
    assert podman._runtime() == ()
    monkeypatch.setattr(podman, "tool", lambda name: f"/x/{name}")
    monkeypatch.setattr(os.path, "ismount", lambda path: False)
    assert podman._runtime() == ()


def test_processor_time_of_a_client_is_no_figure_of_its_container(engine: Path, image: Image):
    with pytest.raises(ProbeError, match="cannot be told"):
        cpu_ratio.sample(docker, image, None)


def test_a_container_that_cannot_be_removed_is_said_with_its_name(tmp_path: Path, image: Image, monkeypatch: pytest.MonkeyPatch):
    # The payload has ended by then, for its process goes with the session; what a daemon would still list is listed.
    monkeypatch.setattr(_engine, "_GONE_WITHIN_S", 0.3)
    state = install(tmp_path, image, monkeypatch, rm_problem="touch box-$3; echo device busy >&2; exit 1")
    with pytest.raises(ProbeError, match="could not be removed") as raised:
        start_time.sample(podman, image, None)
    (box,) = state.glob("box-*")
    assert box.name.removeprefix("box-") in raised.value.hint[0]


def test_one_that_the_engine_is_removing_itself_is_waited_for(tmp_path: Path, image: Image, monkeypatch: pytest.MonkeyPatch):
    # As Docker does after `--rm`: at first it is still listed, and asking again is refused.
    problem = (
        "touch asked-$$; if [ $(ls asked-* | wc -l) -lt 3 ]; then touch box-$3; echo already in progress >&2; exit 1; fi; rm -f box-$3"
    )
    state = install(tmp_path, image, monkeypatch, rm_problem=problem)
    start_time.sample(docker, image, None)
    assert list(state.glob("box-*")) == []
    assert sum(line.startswith("rm ") for line in log(state)) == 3


@pytest.mark.parametrize("backend", [docker, podman])
def test_an_engine_that_does_not_answer_is_told_with_what_it_said(
    tmp_path: Path, image: Image, monkeypatch: pytest.MonkeyPatch, backend: ModuleType
):
    program = tmp_path / "engine"
    program.write_text("#!/bin/sh\necho 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(_engine, "tool", lambda name: str(program))
    with pytest.raises(ProbeError, match="Cannot connect"):
        start_time.sample(backend, image, None)


def test_neither_is_used_without_leave():
    assert docker.OPT_IN and podman.OPT_IN


def test_the_client_gets_no_secrets_of_ours(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_OF_THE_PARENT", "1")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    assert _engine.environment()["XDG_RUNTIME_DIR"] == "/run/user/1"
    assert "SECRET_OF_THE_PARENT" not in _engine.environment()
