"""`python -m tests.benchmarks.probe WHAT`: the probe against an outside tool, against its time budget, and against being killed.

agreement   start to end of the same commands by hyperfine and by us, in turn; medians and their ratio
set         how long the full set takes with unshare, bubblewrap, crun and a TCG machine
sweep       200 runs in 20 processes, each killed in the midst of its tenth run; what is left of them
boots       100 boots of a TCG machine; how many came up, and the slowest

On a shared machine give the first two a real-time priority, or they measure the others: `chrt -f 10 python -m …` (as root).
Nothing here passes or fails but `sweep`, which ends with 1 where something is left.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kb.config import ROOT
from kb.errors import BackendUnavailable
from kb.probe import Prober
from kb.probe.host import UNPRIVILEGED, cpu_pressure
from kb.probe.ports import Payload
from kb.probe.safety import ENVIRONMENT, sweep, with_argument
from kb.registry import family

CONTAINERS = ("unshare", "bubblewrap", "crun")
_ROUNDS, _RUNS = 10, 5
_CHILDREN, _RUNS_OF_A_CHILD = 20, 10
_KERNELS = ROOT / ".kb" / "guest"


def agreement(folder: Path) -> int:
    """Only start to end can be compared, for hyperfine knows no first line; both run as the same user, in the same environment."""
    if shutil.which("hyperfine") is None:
        print("agreement: 未测 / not measured: hyperfine is not installed (sudo apt-get install hyperfine)")
        return 0
    prober = Prober(folder, None, _KERNELS)
    with prober._serve() as image:
        for name in CONTAINERS:
            backend = family("kb.probe.backends")[name]
            ours: list[float] = []
            theirs: list[float] = []
            try:
                for number in range(_ROUNDS):
                    kept = [_start_to_end(backend, image) for _ in range(_RUNS + 1)]
                    ours += [seconds for seconds, _ in kept[1:]]
                    # crun's command names a bundle that is gone with its run: it is started again by hyperfine from one that stays
                    theirs += _by_hyperfine(backend, image, image.scratch / f"{name}-{number}.json")
            except BackendUnavailable as error:
                print(f"{name}: 未测 / not measured: {error}")
                continue
            a, b = statistics.median(ours), statistics.median(theirs)
            print(
                f"{name:12} ours {1000 * a:.2f} ms, hyperfine {1000 * b:.2f} ms (n={len(ours)}, {len(theirs)}), ratio {a / b:.3f},"
                f" cpu pressure {cpu_pressure()} %"
            )
    return 0


def _start_to_end(backend, image) -> tuple[float, tuple[str, ...]]:  # type: ignore[no-untyped-def]
    began: list[float] = []
    with backend.start(Payload("ready", image, gate=lambda: began.append(time.monotonic())), backend.LIMITS) as instance:
        first = os.pidfd_open(instance._process.pid)  # `pids` looks through all of /proc, which takes longer than a start
        try:
            instance.until("READY")
            select.select([first], [], [], 5)
            ended = time.monotonic()
        finally:
            os.close(first)
        return ended - began[0], instance.command


def _by_hyperfine(backend, image, out: Path) -> list[float]:  # type: ignore[no-untyped-def]
    """hyperfine runs the very command while a first instance of it keeps its files alive."""
    with backend.start(Payload("stay", image), backend.LIMITS) as instance:
        instance.until("READY")
        command = [word if word != "stay" else "ready" for word in instance.command]
        if "--bundle" in command:
            config = Path(command[command.index("--bundle") + 1]) / "config.json"
            config.write_text(config.read_text(encoding="utf-8").replace('"stay"', '"ready"'), encoding="utf-8")
            command[-1] += "-h"
        result = subprocess.run(
            ("hyperfine", "-N", "--warmup", "1", "--runs", str(_RUNS), "--export-json", str(out), "--style", "none", _quoted(command)),
            capture_output=True,
            check=False,
            cwd="/",
            env=ENVIRONMENT,
            **({"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}),  # type: ignore[arg-type]
        )
    if result.returncode != 0:
        raise BackendUnavailable((result.stderr.decode()[-300:],) * 2)
    times: list[float] = json.loads(out.read_text(encoding="utf-8"))["results"][0]["times"]
    return times


def _quoted(words: list[str]) -> str:
    import shlex

    return shlex.join(words)


def full_set(folder: Path) -> int:
    backends = (*CONTAINERS, "qemu_tcg")
    prober = Prober(folder, None, _KERNELS)
    prober.backends()  # whether each works is asked once a day, and not again here
    before = cpu_pressure()
    start = time.monotonic()
    found = prober.run_set(backends=backends)
    seconds = time.monotonic() - start
    print(f"full set: {seconds:.1f} s for {len(found)} measurements ({', '.join(backends)}); cpu pressure {before} → {cpu_pressure()} %")
    for one in found:
        print(
            f"  {one.metric:16} {one.backend:12} n={len(one.samples)} failed={one.failures} {'valid' if one.valid else 'rough guide only'}"
        )
    return 0


def killed(folder: Path) -> int:
    """Each child does ten runs and is killed within its last; the next start of any prober removes what that left running."""
    lasting: list[int] = []
    for number in range(_CHILDREN):
        backend = "qemu_tcg" if number % 10 == 9 else CONTAINERS[number % 3]  # a machine takes seconds, and is the same to a signal
        child = subprocess.Popen(
            (sys.executable, "-m", "tests.benchmarks.probe", "child", "--folder", str(folder), "--backend", backend), stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip() == str(_RUNS_OF_A_CHILD).encode():
                break
        _wait_for(folder / "running", seconds=30)  # a note is written once something runs
        time.sleep(random.Random(number).uniform(0.0, 2.0 if backend == "qemu_tcg" else 0.004))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        lasting.append(len(list((folder / "running").glob("*.json"))))
        print(f"killed {number + 1}/{_CHILDREN} ({backend}): {lasting[-1]} notes of what ran", flush=True)
        sweep(folder / "running")
    Prober(folder, None, _KERNELS)
    time.sleep(2)
    # Not our own: a busy neighbour may measure at this moment.
    left = {
        "processes": [pid for pid in with_argument(str(folder)) if pid != os.getpid()],
        "notes": list((folder / "running").glob("*.json")),
        "scratch": [path for path in Path("/var/tmp").glob("kb-probe-*-*") if not Path(f"/proc/{path.name.split('-')[2]}").exists()],
        "halted": [folder / "halted"] if (folder / "halted").exists() else [],
    }
    print(
        f"sweep: {_CHILDREN * _RUNS_OF_A_CHILD} runs, {_CHILDREN} killed in the midst ({sum(n > 0 for n in lasting)} with something running); left:"
    )
    for name, found in left.items():
        print(f"  {name}: {len(found)} {found or ''}")
    return int(any(left.values()))


def _wait_for(notes: Path, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not any(notes.glob("*.json")):
        time.sleep(0.0005)


def child(folder: Path, backend: str) -> int:
    prober = Prober(folder, None, _KERNELS)
    for number in range(1, _RUNS_OF_A_CHILD + 1):
        print(number, flush=True)
        prober.run("start_time", backends=(backend,), runs=1)
    time.sleep(60)
    return 0


def boots(folder: Path) -> int:
    prober = Prober(folder, None, _KERNELS)
    samples: list[float] = []
    failures = 0
    for _ in range(2):
        (found,) = prober.run("start_time", backends=("qemu_tcg",), runs=50)
        samples += found.samples
        failures += found.failures
        print(f"  {len(samples)} came up, {failures} failed, caveats: {found.caveats[3:]}", flush=True)
    print(
        f"boots: {len(samples)} of {len(samples) + failures} came up; median {statistics.median(samples) / 1000:.2f} s, slowest"
        f" {max(samples) / 1000:.2f} s; cpu pressure {cpu_pressure()} %"
    )
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("agreement", "set", "sweep", "boots", "child"))
    parser.add_argument("--folder", type=Path, help="where to work; a new one by default")
    parser.add_argument("--backend", default="unshare")
    options = parser.parse_args()
    if options.what == "child":
        return child(options.folder, options.backend)
    work = {"agreement": agreement, "set": full_set, "sweep": killed, "boots": boots}[options.what]
    folder = options.folder or Path(tempfile.mkdtemp(prefix="kb-bench-"))
    try:
        return work(folder)
    finally:
        if options.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
