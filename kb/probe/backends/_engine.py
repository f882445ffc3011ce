"""What docker and podman share: their command lines, and finding and removing what they started beside the caller's own processes.

Only with the operator's leave (`OPT_IN`): they work with the caller's rights, and who may use docker's socket is as good as root.
"""

from __future__ import annotations

import os
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from kb.errors import BackendUnavailable, ProbeError
from kb.probe.host import read, tool
from kb.probe.ports import Limits, Payload, Reason, last_lines
from kb.probe.safety import ENVIRONMENT, Running, running, tree

LABEL = "kb-probe"
_ASK_LIMIT_S = 20.0
_GONE_WITHIN_S, _LOOK_AGAIN_S = 10.0, 0.1
# The shims that stand between a daemon and its containers, as the kernel names them (15 characters at most).
_SHIMS = ("containerd-shim", "conmon")


def forbidden(program: str, package: str) -> Reason | None:
    """Nothing is installed and nothing is started for this: it must be there and answer already."""
    if tool(program) is None:
        return Reason(
            (f"没有安装 {program}。", f"{program} is not installed."),
            (f"如果需要：sudo apt-get install {package}", f"If it is wanted: sudo apt-get install {package}"),
        )
    return None


def refused(program: str, output: str) -> Reason:
    tail = last_lines(output)
    return Reason(
        (f"{program} 没有启动容器：{tail or '没有输出'}", f"{program} did not start a container: {tail or 'no output'}"),
        (
            f"先让 {program} info 在本用户下成功；本程序不会启动守护进程。",
            f"Make `{program} info` work for this user first; no daemon is started from here.",
        ),
    )


def ask(program: str, words: Sequence[str], data: bytes | None = None) -> str:
    """What the engine answers. :raises BackendUnavailable: it does not answer, or not well."""
    try:
        done = subprocess.run(
            (tool(program) or program, *words),
            capture_output=True,
            input=data if data is not None else b"",
            timeout=_ASK_LIMIT_S,
            env=environment(),
            cwd="/",
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = refused(program, str(error))
        raise BackendUnavailable(reason.text, reason.remedy) from error
    if done.returncode != 0:
        reason = refused(program, done.stderr.decode("utf-8", "replace"))
        raise BackendUnavailable(reason.text, reason.remedy)
    return done.stdout.decode("utf-8", "replace").strip()


def told(program: str, format_: str) -> str | None:
    """One thing that the engine says of itself; `None` where it does not."""
    try:
        return ask(program, ("info", "--format", format_)) or None
    except BackendUnavailable:
        return None


def environment() -> dict[str, str]:
    """The fixed one, and where the caller's own state and sockets lie."""
    kept = {name: os.environ[name] for name in ("HOME", "XDG_RUNTIME_DIR", "DOCKER_HOST") if name in os.environ}
    return {**ENVIRONMENT, **kept}


def bounds() -> tuple[str, ...]:
    """No network, no capability, a root that is not written to, and limits on memory and processes."""
    return (
        *("--rm", "--label", LABEL, "--network", "none", "--read-only", "--tmpfs", "/tmp", "--hostname", "probe"),
        *("--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", "65534:65534"),
    )


@contextmanager
def start(
    program: str, payload: Payload, limits: Limits, middle: Sequence[str], image: Sequence[str], *, first: Sequence[str] = ()
) -> Iterator[Running]:
    """`first` stands before the word `run`. :raises BackendUnavailable: :raises ProbeError: the container could not be removed."""
    name = f"kb-{uuid.uuid4().hex[:12]}"
    command = (
        *(tool(program) or program, *first, "run", "--name", name, *bounds(), *middle),
        *(*image, "/bin/sh", "/probe.sh", *payload.words),
    )
    # Limits of the client only: the container has its own.
    wide = replace(limits, processes=4096)
    try:
        with running(
            command,
            wide,
            payload.image,
            no_new_privileges=False,
            gate=payload.gate,
            tells_cpu=False,
            own_rights=environment(),
            elsewhere=lambda: container_pids(program, name),
            undo=(program, "rm", "--force", name),
        ) as instance:
            yield instance
    finally:
        remove(program, name)


def container_pids(program: str, name: str) -> tuple[int, ...]:
    """The processes of a container on this host, and the shim over them; empty where they run on another machine, or are gone."""
    try:
        first = ask(program, ("inspect", "--format", "{{.State.Pid}}", name))
    except BackendUnavailable:
        return ()
    if not first.isdigit() or first == "0" or not os.path.isdir(f"/proc/{first}"):
        return ()
    shim = read(f"/proc/{first}/stat", "").rpartition(") ")[2].split()
    parent = int(shim[1]) if len(shim) > 1 else 0
    above = (parent,) if read(f"/proc/{parent}/comm", "").startswith(_SHIMS) else ()
    return (*above, *tree(int(first)))


def remove(program: str, name: str) -> None:
    """The container, whether it has ended or not; one that is gone already is no error, nor one that the engine is just removing itself.

    :raises ProbeError: it is still there after some time.
    """
    deadline = time.monotonic() + _GONE_WITHIN_S
    while True:
        try:
            ask(program, ("rm", "--force", name))
            return
        except BackendUnavailable as error:
            if name not in _names(program):
                return
            if time.monotonic() > deadline:
                raise ProbeError(
                    (f"容器 {name} 没有删除成功。", f"The container {name} could not be removed."),
                    (f"运行：{program} rm -f {name}", f"Run: {program} rm -f {name}"),
                ) from error
        time.sleep(_LOOK_AGAIN_S)


def _names(program: str) -> tuple[str, ...]:
    try:
        return tuple(ask(program, ("ps", "--all", "--filter", f"label={LABEL}", "--format", "{{.Names}}")).split())
    except BackendUnavailable:
        return ()
