"""Commands about this machine: probe list, probe run, probe history, doctor."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kb.cli.shared import Json, app, open_base, print_json, say

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
    measurements = base.run_probe(metric, backends=tuple(backend) if backend else None, runs=runs, emit=lambda event: say(str(event)))
    if json:
        from kb.presenting import measurement_json

        print_json([measurement_json(measurement) for measurement in measurements])
    else:
        print(base.explain_measurements(measurements, "zh"))


@probe.command()
def history(metric: Annotated[str | None, typer.Argument(help="Only this metric.")] = None, json: Json = False) -> None:
    """Recorded measurements, newest first."""
    base = open_base()
    from kb.presenting import measurement_json

    rows = [measurement_json(measurement) for measurement in base.store.measurements(metric=metric)]
    if json:
        print_json(rows)
        return
    for row in rows:
        print(
            f"{row['measured_at']}  {row['metric']:16} {row['backend']:12} 中位数 {row['median']} {row['unit']}  n={row['n']}  {'' if row['valid'] else '仅供参考'}"
        )


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
