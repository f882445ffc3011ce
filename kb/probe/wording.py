"""Measurements in words, Chinese or English: what was measured, how often, with which spread, on which machine and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from kb.language.amounts import amount, digits, extent
from kb.language.regex import regex
from kb.probe.exchange import recorded_on
from kb.probe.ports import Backend, Metric, Text
from kb.probe.summary import Summary, one_figure, outliers, ratio, summarise
from kb.records import Measurement, Sign
from kb.registry import family

_SIGNS: dict[str, Text] = {
    "kernel_release": ("内核版本", "kernel release"),
    "boot_id": ("boot_id", "boot_id"),
    "uptime": ("运行时间", "uptime"),
    "process_visible": ("进程在宿主机 /proc 中", "process in the host's /proc"),
    "os_release": ("系统名", "name of the system"),
    "root_folder": ("根目录的项数", "names in the root folder"),
    "kernel_log": ("读内核日志", "read the kernel's log"),
    "write_root": ("写根目录", "write to the root folder"),
    "mount": ("挂载 tmpfs", "mount a tmpfs"),
    "set_hostname": ("设置主机名", "set the host name"),
    "make_device": ("建立设备文件", "make a device file"),
    "kernel_setting": ("写内核参数", "write a kernel setting"),
    "user_namespace": ("再建用户命名空间", "make another user namespace"),
    "network": ("有通往网络的路由", "have a route to a network"),
    "host_processes": ("看到宿主机的进程", "see the host's processes"),
}
# Figures of which a machine's and a container's may be divided, and whether more is faster.
_COMPARED = {"start_time": False, "start_cpu": False, "memory": False, "footprint": False, "density": False, "creation_rate": True}
_TO_A_PROCESS = ("cpu_ratio", "hash_ratio", "float_ratio", "syscall_ratio")
_IS_CPU_TIME = ("start_cpu", *_TO_A_PROCESS)
_NO_DIFFERENCE = 0.05
_TOLD = 3  # outliers named at most
_NOTHING: Text = ("未测：没有测量记录。", "Not measured: there is no record.")
_ROUGH: Text = ("（样本不足、离散过大或机器繁忙，仅供参考）", " (too few or too scattered samples, or a busy machine: a rough guide only)")
# Where Han and Latin letters touch; Chinese typesetting puts a space there.
_HAN_THEN_LATIN = regex(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])")


def explain(measurements: Sequence[Measurement], language: str) -> str:
    """One paragraph a run: a heading, a line a backend, ratios within the run, what limits it. Any language but `zh` is English."""
    runs: dict[tuple[str, str], list[Measurement]] = {}
    for measurement in measurements:
        runs.setdefault((measurement.run_id, measurement.metric), []).append(measurement)
    if not runs:
        return _say(_NOTHING, language)
    text = "\n\n".join("\n".join(_paragraph(run, language)) for run in runs.values())
    return _HAN_THEN_LATIN.sub(" ", text) if language == "zh" else text


def ratios(run: Sequence[Measurement], language: str) -> tuple[str, ...]:
    """What may be divided within one run, a line each; empty where nothing may."""
    return tuple(_HAN_THEN_LATIN.sub(" ", line) if language == "zh" else line for line in _ratios(list(run), language))


def sign_name(name: str, language: str) -> str:
    """A sign in words; its own name where it has none."""
    return _say(_SIGNS.get(name, (name, name)), language)


def backend_name(name: str, language: str) -> str:
    """A backend in words; its own name where there is none of that name any more."""
    backend = cast("Backend | None", family("kb.probe.backends").get(name))
    return _say(backend.LABEL, language) if backend else name


def caveat(text: str, language: str) -> str:
    """The half of a caveat ("中文 / English") that is in `language`."""
    zh, separator, en = text.partition(" / ")
    return en if separator and language != "zh" else zh


def _paragraph(run: list[Measurement], language: str) -> Iterator[str]:
    yield _heading(run[0], language)
    for measurement in run:
        yield "· " + _line(measurement, language)
    yield from _ratios(run, language)
    texts = (caveat(text, language).rstrip("。.") for measurement in run if measurement.samples for text in measurement.caveats)
    if notes := dict.fromkeys(texts):
        yield _say(("注意：", "Note: "), language) + _say(("；", "; "), language).join(notes) + _say(("。", "."), language)


def _heading(measurement: Measurement, language: str) -> str:
    metric = cast("Metric | None", family("kb.probe.metrics").get(measurement.metric))
    label = metric.LABEL if metric else (measurement.metric, measurement.metric)
    meaning = metric.MEANING if metric else (measurement.unit, measurement.unit)
    host, other = _host(measurement, language), recorded_on(measurement.host)
    when = measurement.measured_at[:16].replace("T", " ")
    if language == "zh":
        return f"{f'主机 {other}' if other else '本机'}实测：{label[0]}（{meaning[0]}）。{when} UTC，{host}。"
    return f"Measured on {f'the host {other}' if other else 'this machine'}: {label[1]} ({meaning[1]}). {when} UTC, {host}."


def _host(measurement: Measurement, language: str) -> str:
    facts = dict(measurement.host.facts)
    parts = [f"{facts.get('cpu', '?')} × {facts.get('cpus', '?')}", _say(("内核 ", "kernel "), language) + facts.get("kernel", "?")]
    if facts.get("virtualization", "none") != "none":
        kind = facts["virtualization"]
        whose = "" if recorded_on(measurement.host) else "本机"
        parts.append(f"{whose}自身是虚拟机（{kind}）" if language == "zh" else f"itself a virtual machine ({kind})")
    return _say(("，", ", "), language).join(parts)


def _line(measurement: Measurement, language: str) -> str:
    name = _backend(measurement, language)
    summary = summarise(measurement.samples)
    colon = _say(("：", ": "), language)
    if summary is None:
        reasons = [caveat(text, language) for text in measurement.caveats]
        return f"{name}{colon}{_say(('未测', 'not measured'), language)}{colon}{(reasons or ['?'])[-1]}"
    if measurement.metric == "kernel_identity":
        return name + colon + _identity(measurement.signs, language)
    if measurement.metric == "visibility":
        return name + colon + _visibility(measurement, language)
    if measurement.metric == "userland":
        return name + colon + _userland(measurement.signs, language)
    if measurement.metric == "isolation":
        return name + colon + _isolation(measurement.signs, language)
    if measurement.metric == "signals":
        return name + colon + _signals(measurement.samples, language)
    if measurement.metric in _TO_A_PROCESS:
        return name + colon + _to_a_process(summary, language) + ("" if measurement.valid else _say(_ROUGH, language))
    text = _spread(summary, measurement, language)
    if measurement.failures:
        tries = measurement.failures + summary.n
        text += f"，{tries} 次中 {measurement.failures} 次失败" if language == "zh" else f", {measurement.failures} of {tries} tries failed"
    return name + colon + text + ("" if measurement.valid else _say(_ROUGH, language))


def _spread(summary: Summary, measurement: Measurement, language: str) -> str:
    unit, median = measurement.unit, amount(summary.median, measurement.unit, language)
    if summary.n == 1:
        return f"{median}（n=1）" if language == "zh" else f"{median} (n=1)"
    whole, middle = extent(summary.low, summary.high, unit, language), extent(summary.q1, summary.q3, unit, language)
    cpu = summarise(measurement.cpu_seconds) if measurement.metric not in _IS_CPU_TIME else None
    each = amount(cpu.median, "s", language) if cpu else ""
    far = _say(("、", ", "), language).join(amount(sample, unit, language) for sample in outliers(measurement.samples)[:_TOLD])
    if language == "zh":
        text = f"中位数 {median}（n={summary.n}，四分位区间 {middle}，范围 {whole}）"
        text += f"，其中离群 {far}" if far else ""
        return text + (f"，每次用 CPU {each}" if each else "")
    text = f"median {median} (n={summary.n}, quartiles {middle}, range {whole})"
    text += f", outliers {far}" if far else ""
    return text + (f", {each} of processor time each" if each else "")


def _identity(signs: Sequence[Sign], language: str) -> str:
    same, number = sum(sign.same for sign in signs), len(signs)
    if same == number:
        verdict = (
            f"{number} 项独立迹象全部与宿主机一致，即共用宿主机的内核",
            f"all {number} independent signs agree with the host: it shares the host's kernel",
        )
    elif not any(sign.same for sign in signs if sign.name != "kernel_release"):
        # A machine may well boot the same release as its host; what it cannot share is the boot and the processes.
        verdict = (
            f"{number} 项独立迹象中 {number - same} 项与宿主机不同，即运行自己的内核",
            f"{number - same} of {number} independent signs differ from the host: it runs a kernel of its own",
        )
    else:
        verdict = f"{number} 项迹象中只有 {same} 项一致，不能断定", f"only {same} of {number} signs agree: undecided"
    details = _say(("；", "; "), language).join(_sign(sign, language) for sign in signs)
    return f"{verdict[0]}（{details}）" if language == "zh" else f"{verdict[1]} ({details})"


def _sign(sign: Sign, language: str) -> str:
    name = _say(_SIGNS.get(sign.name, (sign.name, sign.name)), language)
    if sign.name == "process_visible":
        if language == "zh":
            return f"{name}{'可见' if sign.same else '不可见'}（宿主机 {sign.host_value}，里面 {sign.inside_value}）"
        return f"{name} {'visible' if sign.same else 'not visible'} (host {sign.host_value}, inside {sign.inside_value})"
    if sign.same:
        return f"{name}相同 {sign.inside_value}" if language == "zh" else f"{name} the same {sign.inside_value}"
    if language == "zh":
        return f"{name}不同：宿主机 {sign.host_value}，里面 {sign.inside_value}"
    return f"{name} differs: host {sign.host_value}, inside {sign.inside_value}"


def _visibility(measurement: Measurement, language: str) -> str:
    seen, n = sum(value > 0 for value in measurement.samples), len(measurement.samples)
    if language == "zh":
        return f"{n} 次中 {seen} 次能在宿主机 /proc 中看到里面的进程"
    return f"the process inside was seen in the host's /proc {seen} of {n} times"


def _userland(signs: Sequence[Sign], language: str) -> str:
    own = [sign for sign in signs if sign.name in ("os_release", "root_folder")]
    kernel = next((sign.same for sign in signs if sign.name == "boot_id"), None)
    other = not any(sign.same for sign in own)
    if language == "zh":
        text = "程序与文件不是宿主机的" if other else "程序与文件就是宿主机的"
        below = {True: "，而内核是宿主机的" if other else "，内核也是", False: "，内核也是自己的", None: ""}[kernel]
    else:
        text = "its programs and files are not the host's" if other else "its programs and files are the host's"
        below = {
            True: ", while the kernel is the host's" if other else ", and so is the kernel",
            False: ", and the kernel is its own too",
            None: "",
        }[kernel]
    details = _say(("；", "; "), language).join(_sign(sign, language) for sign in own)
    return f"{text}{below}（{details}）" if language == "zh" else f"{text}{below} ({details})"


def _isolation(signs: Sequence[Sign], language: str) -> str:
    comma, none = _say(("、", ", "), language), _say(("无", "none"), language)
    names = [[_say(_SIGNS.get(s.name, (s.name, s.name)), language) for s in signs if s.same is ok] for ok in (False, True)]
    denied, succeeded = (comma.join(part) or none for part in names)
    if language == "zh":
        return f"本次 {len(signs)} 项尝试中 {len(names[0])} 项被拒绝（{denied}）；成功的：{succeeded}。只说明这些尝试被拒绝，不等于安全证明"
    return (
        f"{len(names[0])} of {len(signs)} attempts were denied ({denied}); these succeeded: {succeeded}."
        " It shows that these attempts were denied and proves no security"
    )


def _signals(samples: Sequence[float], language: str) -> str:
    n, ended = len(samples), sum(value > 0 for value in samples)
    if ended == n:
        return f"{n} 次都被 SIGTERM 结束" if language == "zh" else f"ended by SIGTERM all {n} times"
    if ended == 0:
        if language == "zh":
            return f"{n} 次都不理会 SIGTERM：它是容器里的 1 号进程，没有处理函数就没有默认动作（docker stop 因此会等满宽限期）"
        return (
            f"ignored SIGTERM all {n} times: process number 1 of a container has no default action without a handler"
            " (which is why docker stop then waits out its grace)"
        )
    return f"{n} 次中 {ended} 次被 SIGTERM 结束" if language == "zh" else f"ended by SIGTERM {ended} of {n} times"


def _to_a_process(summary: Summary, language: str) -> str:
    if abs(summary.median - 1) <= _NO_DIFFERENCE:
        text = ("与普通进程没有可测的差别（±5%）", "no measurable difference from a plain process (±5 %)")
        return f"{_say(text, language)}（n={summary.n}）" if language == "zh" else f"{_say(text, language)} (n={summary.n})"
    times, whole = digits(summary.median), extent(summary.low, summary.high, "", language)
    if language == "zh":
        return f"所用处理器时间是普通进程的 {times} 倍（n={summary.n}，范围 {whole}）"
    return f"{times} times the processor time of a plain process (n={summary.n}, range {whole})"


def _ratios(run: list[Measurement], language: str) -> Iterator[str]:
    """Each virtual machine against that container of the same run which is nearest to it, the most careful claim that can be made."""
    metric = run[0].metric
    if metric not in _COMPARED:
        return
    containers = [m for m in run if m.concept == "container" and m.samples and m.valid]
    if not containers:
        return
    least = min if _COMPARED[metric] else max
    container = least(containers, key=lambda m: cast(Summary, summarise(m.samples)).median)
    for machine in run:
        if machine.concept != "virtual_machine" or not machine.valid:
            continue
        more, less = (container, machine) if _COMPARED[metric] else (machine, container)
        found = ratio(more, less)
        if found is None:
            continue
        a, b = _backend(more, language), _backend(less, language)
        if not found.apart:
            yield f"{a}与{b}没有可测的差别。" if language == "zh" else f"No measurable difference between the {a} and the {b}."
            continue
        exact = digits(found.value) + (f" ± {digits(found.error)}" if found.error is not None else "")
        if language == "zh":
            yield f"同一次测量中，{a}的数值约是{b}的 {one_figure(found.value)} 倍（中位数之比 {exact}）。"
        else:
            yield f"Within this run the figure of the {a} is about {one_figure(found.value)} times that of the {b} (ratio of medians {exact})."


def _backend(measurement: Measurement, language: str) -> str:
    return backend_name(measurement.backend, language)


def _say(text: Text, language: str) -> str:
    return text[0] if language == "zh" else text[1]
