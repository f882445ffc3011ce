"""A bare process on the host: the baseline that containers and machines are compared with."""

from __future__ import annotations

from contextlib import AbstractContextManager

from kb.probe.ports import Image, Limits, Payload, Reason, last_lines
from kb.probe.safety import Running, running

CONCEPT = "process"
OPT_IN = False
LABEL = ("普通进程", "plain process")
LIMITS = Limits(ready_s=5, exit_s=2, address_space=512 * 2**20)
CAVEATS: tuple[str, ...] = ()


def unavailable(image: Image) -> Reason | None:
    return None


def refused(output: str) -> Reason:
    return Reason(
        (f"普通进程也无法启动：{last_lines(output)}", f"Not even a plain process starts: {last_lines(output)}"),
        ("确认 /var/tmp 所在分区没有以 noexec 挂载。", "Check that /var/tmp is not on a file system mounted noexec."),
    )


def start(payload: Payload, limits: Limits) -> AbstractContextManager[Running]:
    rootfs = payload.image.rootfs
    return running((str(rootfs / "bin" / "sh"), str(rootfs / "probe.sh"), *payload.words), limits, payload.image, gate=payload.gate)
