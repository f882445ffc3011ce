"""Commands about this machine: probe list, run, history, export, import and here; doctor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.progress import Progress
from kb.cli.shared import Json, app, language, open_base, print_json, say

if TYPE_CHECKING:
    from kb.probe.progress import ProbeEvent

probe = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Measure containers and virtual machines on this machine.")
app.add_typer(probe, name="probe")


@probe.command("list")
def list_probes(json: Json = False) -> None:
    """What can be measured here, with what, and why not."""
    base = open_base()
    backends, metrics = base.prober.backends(), base.prober.metrics()
    if json:
        from kb.presenting import backend_json, metric_json

        print_json({"backends": [backend_json(b) for b in backends], "metrics": [metric_json(m) for m in metrics]})
        return
    for backend in backends:
        state = "可用" if backend.availability.ok else f"不可用：{backend.availability.reason[0]} {backend.availability.remedy[0]}"
        print(f"{backend.name:12} {backend.label[0]:16} {state}")
    for metric in metrics:
        print(f"{metric.name:16} {metric.label[0]}({metric.unit})")


@probe.command("run")
def run_probe(
    metric: Annotated[str, typer.Argument(help="A metric of `kb probe list`; without one, the full set with few samples each.")] = "all",
    backend: Annotated[list[str] | None, typer.Option("--backend", help="Only this backend; may be repeated.")] = None,
    runs: Annotated[int | None, typer.Option("--runs", min=1, max=50, help="Samples per backend.")] = None,
    json: Json = False,
) -> None:
    """Measure now; the samples are kept and used in answers."""
    base = open_base()
    with _measuring() as told:
        measurements = base.run_probe(metric, backends=tuple(backend) if backend else None, runs=runs, emit=told)
    if json:
        from kb.presenting import measurement_json

        print_json([measurement_json(measurement) for measurement in measurements])
    else:
        print(base.explain_measurements(measurements, "zh"))


@contextmanager
def _measuring() -> Iterator[Callable[[ProbeEvent], None]]:
    """Tells the steps of a measurement; a bar counts the samples of all backends together."""
    counts: dict[tuple[str, str | None], tuple[int, int]] = {}

    def stays() -> tuple[str, str]:
        return (
            "已中断：这次的样本都没有记下，启动过的东西已经清理；以前的测量记录不变。",
            "Interrupted: no sample of this run was kept and what had been started is gone; earlier records are as they were.",
        )

    def tell(event: ProbeEvent) -> None:
        if event.number is not None and event.total is not None:
            counts[event.metric, event.backend] = event.number, event.total
        done, total = (sum(pair[side] for pair in counts.values()) for side in (0, 1))
        progress.tell(done, total, event.zh if language() == "zh" else event.en, line=str(event))

    with Progress(stays) as progress:
        yield tell


@probe.command()
def history(
    metric: Annotated[str | None, typer.Argument(help="Only this metric.")] = None,
    backend: Annotated[str | None, typer.Option("--backend", help="Only this backend.")] = None,
    here: Annotated[bool, typer.Option("--here", help="Only what this machine measured as it is now.")] = False,
    json: Json = False,
) -> None:
    """Recorded measurements, newest first, then each series over time; other hosts are named."""
    base = open_base()
    from kb.presenting import measurement_json
    from kb.probe.host import fingerprint

    found = base.store.measurements(metric=metric, backend=backend, env_id=fingerprint().env_id if here else None)
    if json:
        print_json([measurement_json(measurement) for measurement in found])
        return
    from kb.probe.series import lines, series_of

    for line in lines(found, fingerprint().env_id):
        print(line)
    series = series_of(found)
    if series:
        print("\n按时间先后的中位数（左旧右新，各用自己的刻度）")
    for one in series:
        print(one.line())


@probe.command("export")
def export_measurements(
    name: Annotated[str | None, typer.Option("--name", help="The name that others will see this machine under.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; default: standard output.")] = None,
) -> None:
    """What this machine measured, as JSON lines for `kb probe import` on another one."""
    text = open_base().export_measurements(name)
    if out is None:
        print(text, end="")
        return
    out.write_text(text, encoding="utf-8")
    say(f"已写入 {out} / written")


@probe.command("import")
def import_measurements(
    file: Annotated[Path, typer.Argument(help="A file that `kb probe export` wrote.", exists=True, dir_okay=False)],
    name: Annotated[str | None, typer.Option("--name", help="The name to show its host under; by default the file's own.")] = None,
    json: Json = False,
) -> None:
    """Keep another machine's measurements, shown as that machine's and never used as this one's."""
    base = open_base()
    added, known = base.import_measurements(_read(file, base.settings.max_upload_bytes), name)
    if json:
        print_json({"added": added, "known": known})
        return
    print(f"导入 {added} 组测量；另有 {known} 组已经在库里。")


def _read(file: Path, most: int) -> str:
    from kb.errors import TooLarge, UnreadableText

    if file.stat().st_size > most:
        raise TooLarge(
            (f"{file} 超过 {most} 字节。", f"{file} has more than {most} bytes."),
            ("请只导出需要的部分，或调大 KB_MAX_UPLOAD_BYTES。", "Export less, or raise KB_MAX_UPLOAD_BYTES."),
        )
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableText(
            (f"{file} 不是 UTF-8 文本。", f"{file} is no UTF-8 text."),
            ("文件应由 kb probe export 写出。", "The file must be one that kb probe export wrote."),
        ) from error


@probe.command()
def here(json: Json = False) -> None:
    """What this machine is, whether it can use KVM, and which containers and machines run on it now; reads only."""
    from kb.probe.here_wording import explain_here, seen

    base = open_base()
    report = base.prober.here()
    if json:
        from kb.presenting import seen_json

        print_json(seen_json(seen(report, "zh", "inside"), base) | {"lines": explain_here(report, "zh").splitlines()})
        return
    print(explain_here(report, "zh"))


@app.command()
def doctor(json: Json = False) -> None:
    """What works on this machine and what is missing, with the remedy."""
    from kb.cli.checks import checks

    results = checks(open_base())
    if json:
        print_json([{"check": c.name, "ok": c.ok, "detail": c.detail, "remedy": c.remedy} for c in results])
    else:
        for check in results:
            _line(check)
    if any(check.ok is False and check.needed for check in results):
        raise typer.Exit(1)


def _line(check: Any) -> None:
    mark = {True: "✓", False: "✗" if check.needed else "–"}[check.ok]
    print(f"{mark} {check.name}：{check.detail}" + (f"\n    → {check.remedy}" if check.remedy and not check.ok else ""))
