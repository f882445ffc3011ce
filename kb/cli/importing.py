"""The command that brings in another knowledge base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.articles import print_reports
from kb.cli.progress import reading_progress
from kb.cli.shared import Json, app, open_base, print_json
from kb.errors import NotFound


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="What kb export --format json wrote, here or on another machine.")], json: Json = False
) -> None:
    """Bring in another knowledge base: its articles, read anew, and what was decided of concepts."""
    from dataclasses import asdict

    from ingest.importing import import_export
    from kb.presenting import report_json

    if not file.is_file():
        raise NotFound((f"没有文件 {file}。", f"There is no file {file}."), ("请检查路径。", "Check the path."))
    base = open_base()
    with reading_progress() as told:
        brought = import_export(file.read_bytes(), file.name, base, max_bytes=base.settings.max_upload_bytes, emit=told)
    if json:
        print_json(
            {
                "articles": [report_json(report) for report in brought.reports],
                "decisions": [asdict(decision) for decision in brought.decisions],
                "passed_over": [asdict(decision) for decision in brought.passed_over],
            }
        )
        return
    print_reports(brought.reports)
    print(f"对概念的决定：采用 {len(brought.decisions)} 条")
    for decision in brought.passed_over:
        print(f"      未采用，本库对“{decision.name}”另有决定：{decision.action} {decision.name} {decision.target or ''}".rstrip())
