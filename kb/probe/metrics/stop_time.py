"""How long from the request to stop until nothing of the instance is left."""

from __future__ import annotations

from kb.probe.metrics import _stopping
from kb.probe.ports import Backend, Cancelled, Image, Plan, Sample

LABEL = ("停止时间", "stop time")
MEANING = (
    "宿主机时钟，从向里面处理 SIGTERM 的程序发出信号到该实例的进程全部消失",
    "host clock, from SIGTERM to a program inside that handles it until every process of the instance is gone",
)
UNIT = "ms"
PLAN = Plan(runs=5, runs_vm=3, warmup=0, least=3, least_vm=3, spread=0.5)
_GRACE_S = 2.0
_KILLED = (
    f"{_GRACE_S:g} 秒宽限期内没有因 SIGTERM 结束，随后用 SIGKILL 强制结束，数值含宽限期"
    f" / not ended by SIGTERM within the grace of {_GRACE_S:g} s, then killed; the figure includes the grace"
)
_PULLED = (
    "虚拟机的停止是结束 QEMU 进程，相当于拔电源，客户系统没有正常关机"
    " / a machine is stopped by ending its QEMU process, like pulling the plug; the guest does not shut down"
)


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    stop = _stopping.stop(backend, image, "handle", _GRACE_S, cancelled)
    caveats = ((_PULLED,) if backend.CONCEPT == "virtual_machine" else ()) + (() if stop.by_itself else (_KILLED,))
    return Sample(stop.seconds * 1000, stop.command, caveats=caveats)
