"""This machine in words, Chinese or English: what it is, what it can, what runs on it, and by which signs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from kb.probe.here import Clue, HereReport, Kvm
from kb.probe.here_inventory import Running
from kb.probe.ports import Text
from kb.records import Instance, Language, Link, Seen

Topic = Literal["inside", "kvm", "running"]
About = Topic | Literal["all"]
_MOST = 20  # items that are named
_NAMED = 6  # of them in the answer itself
_OWN = "here"  # id of this machine among the instances
_OWN_KERNEL = ("runsc", "gvisor", "kata")  # engines whose containers do not use the host's kernel directly

_CLUES: dict[str, Text] = {
    "pid_namespace": ("进程命名空间", "process namespace"),
    "cgroup_namespace": ("控制组命名空间", "control group namespace"),
    "kernel_threads": ("能看到内核线程", "threads of the kernel are seen"),
    "control_group": ("控制组路径", "control group path"),
    "run_systemd_container": ("/run/systemd/container", "/run/systemd/container"),
    "marker_file": ("标记文件", "marker file"),
    "systemd_detect_virt": ("systemd-detect-virt", "systemd-detect-virt"),
    "cpu_hypervisor_flag": ("处理器的 hypervisor 标志", "hypervisor flag of the processor"),
    "dmi": ("DMI 厂商信息", "DMI vendor"),
    "sys_hypervisor": ("/sys/hypervisor", "/sys/hypervisor"),
    "wsl_kernel": ("WSL 内核", "WSL kernel"),
}
_CONTAINER: dict[bool | None, Text] = {
    True: ("当前进程在容器里", "This process is in a container"),
    False: ("当前进程不在容器里", "This process is not in a container"),
    None: ("看不出当前进程是否在容器里", "Whether this process is in a container cannot be told"),
}
_MACHINE: dict[bool | None, Text] = {
    True: ("本机是虚拟机", "this machine is a virtual machine"),
    False: ("没有迹象表明本机是虚拟机", "no sign shows that this machine is a virtual one"),
    None: ("看不出本机是否为虚拟机", "whether this machine is a virtual one cannot be told"),
}
_KINDS: dict[str, Text] = {"container": ("容器", "container"), "virtual_machine": ("虚拟机", "virtual machine")}


def explain_here(report: HereReport, language: str, about: About = "all") -> str:
    """One paragraph a topic; any language but `zh` is English."""
    zh = language == "zh"
    parts = {"inside": _inside, "kvm": _kvm, "running": _running}
    chosen = parts.values() if about == "all" else (parts[about],)
    when = report.at[:16].replace("T", " ")
    heading = (
        f"本机检测（{when} UTC，只读取，不启动任何东西）："
        if zh
        else f"Looked at on this machine ({when} UTC; read only, nothing was started):"
    )
    return "\n".join((heading, *(part(report, zh) for part in chosen)))


def seen(report: HereReport, language: Language, about: Topic) -> Seen:
    """The report as an answer shows it: a short answer to one topic, all signs of it, and this machine and what runs on it as instances."""
    instances, links = _instances(report, language == "zh")
    lines = explain_here(report, language, about).splitlines()[1:]
    zh = language == "zh"
    points: dict[Topic, Callable[[], str]] = {
        "inside": lambda: _decided(report, zh, lines[0]),
        "kvm": lambda: lines[0],
        "running": lambda: _counted(report, zh, lines[0]),
    }
    point = points[about]()
    return Seen(report.at, point, tuple(lines), report.in_container, report.in_machine, report.kvm.usable, tuple(instances), tuple(links))


def _decided(report: HereReport, zh: bool, verdict: str) -> str:
    """The verdict and the strong signs that decided it, or the weak ones where there is no strong one."""
    parts: list[str] = []
    for clues, verdict_of, kind in (
        (report.container_clues, report.in_container, _KINDS["container"]),
        (report.machine_clues, report.in_machine, _KINDS["virtual_machine"]),
    ):
        wanted = "yes" if verdict_of else "no"
        deciding = [clue for clue in clues if verdict_of is not None and clue.says == wanted]
        strong = [clue for clue in deciding if not clue.weak] or deciding
        names = [f"{_pick(_CLUES.get(clue.name, (clue.name, clue.name)), zh)} {clue.value}" for clue in strong]
        if names:
            which = (("是" if verdict_of else "不是") + kind[0]) if zh else (("a " if verdict_of else "no ") + kind[1])
            parts.append(f"{which}：{'、'.join(names)}" if zh else f"{which}: {', '.join(names)}")
    return f"{verdict}\n依据——{'；'.join(parts)}。" if zh else f"{verdict}\nSigns of {'; of '.join(parts)}."


def _counted(report: HereReport, zh: bool, counts: str) -> str:
    """How many, and the first of them by name."""
    names = [f"{item.name}（{_engine(item, zh)}）" if zh else f"{item.name} ({_engine(item, zh)})" for item in report.running[:_NAMED]]
    text = counts
    if names:
        more = len(report.running) > _NAMED
        listed = "、".join(names) + ("等" if more else "") if zh else ", ".join(names) + (" and others" if more else "")
        text = f"{counts[:-1]}：{listed}。" if zh else f"{counts[:-1]}: {listed}."
    if report.unreadable:
        text += "有的位置没能读取，可能还有别的。" if zh else " Some places could not be read and may hold more."
    return text


def _instances(report: HereReport, zh: bool) -> tuple[list[Instance], list[Link]]:
    own = "virtual_machine" if report.in_machine else "physical_machine" if report.in_machine is False else None
    instances = [Instance(_OWN, "本机" if zh else "this machine", own)]
    links = [Link(_OWN, "instance_of", own)] if own else []
    if report.in_container:
        links.append(Link(_OWN, "instance_of", "container"))
    for number, item in enumerate(report.running[:_MOST], start=1):
        id_ = f"{_OWN}/{number}"
        instances.append(Instance(id_, f"{item.name} ({item.engine})", item.kind, item.engine, item.since))
        links += [Link(id_, "instance_of", item.kind), Link(id_, "runs_on", _OWN)]
        if item.kind == "container" and item.engine not in _OWN_KERNEL:
            links.append(Link(id_, "shares", "host_kernel"))
    return instances, links


def _inside(report: HereReport, zh: bool) -> str:
    verdicts = _pick(_CONTAINER[report.in_container], zh), _pick(_MACHINE[report.in_machine], zh)
    text = "；".join(verdicts) + "。" if zh else "; ".join(verdicts) + "."
    lines = [
        text,
        _clues(report.container_clues, ("容器", "container"), zh),
        _clues(report.machine_clues, ("虚拟机", "virtual machine"), zh),
    ]
    against = [clue for clue in report.container_clues if clue.weak and clue.says == "yes"]
    if report.in_container is False and against:
        values = "、".join(clue.value for clue in against) if zh else ", ".join(clue.value for clue in against)
        lines.append(
            f"弱迹象（{values}）与此相反：镜像解包成虚拟机时会留下这样的文件，不足为据。"
            if zh
            else f"Weak signs ({values}) say otherwise: an image that was unpacked into a machine leaves such files behind; they prove nothing."
        )
    return "\n".join(line for line in lines if line)


def _clues(clues: Sequence[Clue], kind: Text, zh: bool) -> str:
    if not clues:
        return ""
    marks = {"yes": "✓", "no": "✗", "nothing": "–"}
    weak = "（弱）" if zh else " (weak)"
    parts = [
        f"{marks[clue.says]} {_pick(_CLUES.get(clue.name, (clue.name, clue.name)), zh)} {clue.value}{weak if clue.weak else ''}"
        for clue in clues
    ]
    return f"· {kind[0]}的迹象：{'；'.join(parts)}。" if zh else f"· Signs of a {kind[1]}: {'; '.join(parts)}."


def _kvm(report: HereReport, zh: bool) -> str:
    kvm = report.kvm
    facts = _kvm_facts(kvm, zh)
    if kvm.usable:
        return (
            f"能用 KVM：{_date(kvm)} 用 KVM 真正启动过虚拟机（{facts}）。"
            if zh
            else f"KVM can be used: a machine was really booted with it on {_date(kvm)} ({facts})."
        )
    reason, remedy = _pick(kvm.reason, zh).rstrip("。. "), _pick(kvm.remedy, zh)
    if kvm.usable is None:
        if zh:
            why, what = (reason, f"要证实：{remedy}") if reason else ("尚未试过", "请运行 kb probe list。")
            return f"还不能断定能否用 KVM：只有真正启动一台虚拟机才能证明，{why}（{facts}）。{_odd(kvm, zh)}{what}"
        why, what = (reason, f"To find out: {remedy}") if reason else ("none was tried yet", "Run `kb probe list`.")
        return f"Whether KVM can be used is not known: only a real boot proves it, and {why[:1].lower()}{why[1:]} ({facts}).{_odd(kvm, zh)} {what}"
    why = reason or _pick(
        ("本用户不能读写 /dev/kvm", "this user may not use /dev/kvm") if kvm.device else ("没有 /dev/kvm", "there is no /dev/kvm"), zh
    )
    text = f"不能用 KVM：{why}（{facts}）。{remedy}" if zh else f"KVM cannot be used: {why} ({facts}). {remedy}"
    return text.rstrip()


def _odd(kvm: Kvm, zh: bool) -> str:
    if kvm.flag is not None:
        return ""
    if zh:
        return "处理器没有 vmx/svm，这个设备多半是另一种实现，启动不了普通的虚拟机内核。"
    return " Without vmx or svm the device is most likely another implementation, which boots no ordinary guest kernel."


def _kvm_facts(kvm: Kvm, zh: bool) -> str:
    if zh:
        parts = [
            "/dev/kvm " + ("存在" if kvm.device else "不存在"),
            *([f"本用户{'可' if kvm.access else '不可'}读写"] if kvm.device else []),
            f"处理器标志 {kvm.flag or '无 vmx/svm'}",
            f"内核模块 {kvm.module or '无'}",
        ]
        return "，".join(parts)
    parts = [
        "/dev/kvm is " + ("there" if kvm.device else "missing"),
        *([f"this user {'may' if kvm.access else 'may not'} use it"] if kvm.device else []),
        f"processor flag {kvm.flag or 'neither vmx nor svm'}",
        f"kernel module {kvm.module or 'none'}",
    ]
    return ", ".join(parts)


def _running(report: HereReport, zh: bool) -> str:
    counts = {kind: sum(item.kind == kind for item in report.running) for kind in _KINDS}
    if zh:
        lines = [f"现在看到 {counts['container']} 个容器、{counts['virtual_machine']} 台虚拟机。"]
    else:
        lines = [f"Seen now: {', '.join(f'{n} {_KINDS[kind][1]}' + ('' if n == 1 else 's') for kind, n in counts.items())}."]
    lines += [_item(item, zh) for item in report.running[:_MOST]]
    if (more := len(report.running) - _MOST) > 0:
        lines.append(f"· 另有 {more} 个" if zh else f"· {more} more")
    if report.unreadable:
        places = ("；" if zh else "; ").join(
            f"{one.place}（{one.reason}）" if zh else f"{one.place} ({one.reason})" for one in report.unreadable[:_MOST]
        )
        lines.append(f"没能读取，可能还有：{places}。" if zh else f"Could not be read and may hold more: {places}.")
    return "\n".join(lines)


def _item(item: Running, zh: bool) -> str:
    kind = _pick(_KINDS.get(item.kind, (item.kind, item.kind)), zh)
    since = item.since[:16].replace("T", " ") if item.since else None
    engine = _engine(item, zh)
    if zh:
        return f"· {kind} {item.name}（{engine}，见于 {item.seen_in}{f'，自 {since} UTC' if since else ''}）"
    return f"· {kind} {item.name} ({engine}, seen in {item.seen_in}{f', since {since} UTC' if since else ''})"


def _engine(item: Running, zh: bool) -> str:
    if item.engine != "namespace":
        return item.engine
    return "独立的进程命名空间" if zh else "a process namespace of its own"


def _date(kvm: Kvm) -> str:
    return kvm.checked_at[:10]


def _pick(text: Text, zh: bool) -> str:
    return text[0] if zh else text[1]
