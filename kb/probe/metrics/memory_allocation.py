"""How much of the memory that a machine is given is taken from the host once it has booted: is it allocated in advance?"""

from __future__ import annotations

import re
import time
from pathlib import Path

from kb.errors import ProbeError
from kb.probe.ports import Backend, Cancelled, Image, Payload, Plan, Sample

LABEL = ("客户机内存的实际占用", "how much of the guest's memory is taken")
MEANING = (
    "给虚拟机 1024 MiB，启动后空闲时其中在宿主机上真正驻留的百分比；默认按需分配，没有气球驱动时用过的不会归还",
    "a machine is given 1024 MiB; the share of it that is resident on the host when it has booted and idles. By default it is taken on demand,"
    " and without a balloon what was used is not handed back",
)
UNIT = "%"
PLAN = Plan(runs=3, runs_vm=3, warmup=0, least=3, least_vm=3, spread=0.5, kinds=frozenset(("virtual_machine",)), clocked=False)
_GIVEN_MIB = 1024
_GIVEN = f"本项给虚拟机 {_GIVEN_MIB} MiB 内存 / the machine is given {_GIVEN_MIB} MiB of memory for this"
_SETTLED_AFTER_S = 0.2


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    with backend.start(Payload("wait", image, memory_mib=_GIVEN_MIB), backend.LIMITS) as instance:
        instance.until("READY", cancelled)
        time.sleep(_SETTLED_AFTER_S)
        found = [share for pid in instance.pids if (share := resident(_maps(pid), _GIVEN_MIB * 1024)) is not None]
        command = instance.command
    if not found:
        raise ProbeError(("看不出哪一块是客户机的内存。", "Which mapping is the guest's memory cannot be told."))
    return Sample(100 * max(found), command, caveats=(_GIVEN,))


def resident(smaps: str, kibibytes: int) -> float | None:
    """The resident share of the mapping of exactly that size, the fullest if there are several; `None` where there is none."""
    sizes = re.findall(r"^Size:\s+(\d+) kB$.*?^Rss:\s+(\d+) kB$", smaps, re.MULTILINE | re.DOTALL)
    return max((int(rss) / kibibytes for size, rss in sizes if int(size) == kibibytes), default=None)


def _maps(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
