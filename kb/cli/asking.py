"""Commands that answer: ask (one question, or a file of them) and compare."""

from __future__ import annotations

import gc
import json as json_module
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.shared import Json, app, open_base, print_json
from kb.errors import BadInput
from kb.records import Answer


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Chinese or English.")] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="File of JSON lines {id, question, context?}; prints a line per question.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also show how the answer was found.")] = False,
    json: Json = False,
) -> None:
    """Answer a question, with its sources."""
    if (question is None) == (batch is None):
        raise BadInput(
            ("请给出一个问题，或用 --batch 给出问题文件。", "Give a question, or a file of questions with --batch."),
            ("例如：kb ask 容器和虚拟机有什么区别", "For example: kb ask 容器和虚拟机有什么区别"),
        )
    if batch is not None:
        base = open_base(filled=True)
        from kb.presenting import answer_json

        for row in _rows(batch):
            answer = base.ask(row["question"], tuple(row.get("context") or ()))
            print_json(answer_json(answer, base, id=str(row.get("id", ""))), indent=None)
        return
    with _uncollected():
        base = open_base(filled=True)
        answer = base.ask(question or "")
        if json:
            from kb.presenting import answer_json

            print_json(answer_json(answer, base, explain=explain))
        else:
            show_answer(answer, base, explain=explain)


@contextmanager
def _uncollected() -> Iterator[None]:
    """One answer, and the process ends: looking for garbage meanwhile and once more at the end would take a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


@app.command()
def compare(concepts: Annotated[list[str], typer.Argument(help="Two or more concepts.")], json: Json = False) -> None:
    """Compare concepts aspect by aspect."""
    base = open_base(filled=True)
    answer = base.compare(tuple(concepts))
    from kb.presenting import answer_json

    print_json(answer_json(answer, base)) if json else show_answer(answer, base)


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            (f"读不了 {path}:{error}", f"Cannot read {path}: {error}"), ("需要 UTF-8 的 JSON 行文件。", "JSON lines in UTF-8 are needed.")
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json_module.loads(line)
            context = row.get("context") or []
            if not isinstance(row["question"], str) or not all(isinstance(text, str) for text in context):
                raise TypeError("question and context must be text")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BadInput(
                (f"{path} 第 {number} 行不是问题：{error}", f"{path}, line {number} is no question: {error}"),
                (
                    '每行一个对象，例如 {"id": "1", "question": "容器是什么？"}。',
                    'One object a line, such as {"id": "1", "question": "容器是什么?"}.',
                ),
            ) from error
        rows.append(row)
    return rows


def show_answer(answer: Answer, base: Any, *, explain: bool = False) -> None:
    """The answer as the terminal shows it: text, table, paths, quotes with their places, what was measured."""
    from rich.console import Console
    from rich.table import Table

    from kb.presenting import path_text

    console = Console(highlight=False, markup=False)
    console.print(answer.text)
    if answer.table:
        table = Table(show_lines=True)
        for heading in ("", *answer.table.columns):
            table.add_column(heading, overflow="fold")
        for row in answer.table.rows:
            table.add_row(row.aspect, *(cell.text + "".join(f"[{n}]" for n in cell.citations) for cell in row.cells))
        console.print(table)
    language = answer.question.language
    for path in answer.paths:
        console.print(f"{'By the graph' if language == 'en' else '图谱推出'}  {path_text(path, base, language)}")
    for evidence in answer.evidence:
        place = f"{evidence.article_title}（{evidence.span[0]}–{evidence.span[1]}）"
        console.print(f"[{evidence.n}] 「{evidence.text}」 —— {place}")
    if answer.measurements:
        console.print(base.explain_measurements(answer.measurements, answer.question.language))
    if explain:
        _print_explanation(answer, base, console)


def _print_explanation(answer: Answer, base: Any, console: Any) -> None:
    from rich.table import Table

    from kb.presenting import explanation_json

    english = answer.question.language == "en"
    found, joint = explanation_json(answer, base), ", " if english else "、"
    sought = (
        f"{s['term']} {s['weight']:.1f}{(' (in no article)' if english else '（没有文章提到）') * s['missing']}" for s in found["sought"]
    )
    console.print()
    for name, value in (
        (("问题类型", "kind"), found["kind"]),
        (("理解为", "understood as"), found["understood_as"]),
        (("概念", "concepts"), joint.join(found["concepts"])),
        (("方面", "aspect"), found["aspect"]),
        (("关系", "relation"), found["relation"]),
        (("按这些查找（权重）", "looked for (weight)"), joint.join(sought)),
    ):
        if value:
            console.print(f"{name[english]}: {value}")
    if found["candidates"]:
        table = Table(show_lines=False)
        for heading in (("取舍", "used"), ("得分", "score"), ("覆盖", "covers"), ("句子", "sentence"), ("为什么没有采用", "why not")):
            table.add_column(heading[english], overflow="fold")
        for item in found["candidates"]:
            mark = f"[{item['n']}]" if item["n"] is not None else "✗"
            why = item["why"]["en" if english else "zh"] if item["why"] else ""
            table.add_row(mark, f"{item['score']:.2f}", f"{item['coverage']:.2f}", item["text"], why)
        console.print(table)
    for reason in found["reasons"]:
        console.print(f"· {reason['en' if english else 'zh']}")
