"""The command `kb concepts`: what was discovered, and what a person decides of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.progress import deciding_progress
from kb.cli.shared import Json, app, open_base, print_json
from kb.records import Decision

if TYPE_CHECKING:
    from kb.app import KnowledgeBase

concepts = typer.Typer(invoke_without_command=True, help="Concepts discovered in articles; accept, rename, merge, split or reject them.")
app.add_typer(concepts, name="concepts")
Name = Annotated[str, typer.Argument(help="The concept's name.")]
_WORDS = {"accept": "接受", "rename": "改名为", "merge": "并入", "split": "分出", "reject": "排除"}


@concepts.callback()
def listed(
    context: typer.Context,
    all: Annotated[bool, typer.Option("--all", help="The vocabulary's concepts too.")] = False,
    json: Json = False,
) -> None:
    """List the discovered concepts, most mentioned first, and what was decided."""
    if context.invoked_subcommand is not None:
        return
    base = open_base(filled=True)
    counts = base.store.mention_counts()
    found = [c for c in base.find_concepts("", limit=1_000_000) if counts.get(c.id) and (all or c.kind == "discovered")]
    decisions = base.store.decisions()
    if json:
        rows = [{**asdict(concept), "status": _status(concept.kind), "mentions": counts[concept.id]} for concept in found]
        print_json({"concepts": rows, "decisions": [asdict(decision) for decision in decisions]})
        return
    for concept in found:
        others = "、".join(name for name in (concept.name_en, *concept.aliases) if name and name != concept.name)
        score = f"{concept.score:.2f}" if concept.score is not None else "    "
        print(f"{counts[concept.id]:5}  {score}  {concept.name}{f'（{others}）' if others else ''}")
    for decision in decisions:
        print(f"{decision.decided_at[:10]}  {_WORDS[decision.action]}  {decision.name}{f' → {decision.target}' if decision.target else ''}")


def _status(kind: str) -> str:
    return "discovered" if kind == "discovered" else "curated"


@concepts.command()
def accept(name: Name, json: Json = False) -> None:
    """Take a discovered concept into the vocabulary: it stays when its articles go."""
    _decide(open_base(), Decision("accept", name), json=json)


@concepts.command()
def rename(
    name: Name, new: Annotated[str, typer.Argument(help="Its new name; the old one stays another name of it.")], json: Json = False
) -> None:
    """Call a concept otherwise."""
    _decide(open_base(), Decision("rename", name, new), json=json)


@concepts.command()
def merge(name: Name, into: Annotated[str, typer.Argument(help="The concept that it is the same as.")], json: Json = False) -> None:
    """Make a concept's names other names of another concept."""
    _decide(open_base(), Decision("merge", name, into), json=json)


@concepts.command()
def split(alias: Annotated[str, typer.Argument(help="The other name that is a concept of its own.")], json: Json = False) -> None:
    """Make another name of a concept a concept of its own."""
    _decide(open_base(), Decision("split", alias), json=json)


@concepts.command()
def reject(name: Name, json: Json = False) -> None:
    """Decide that a name is no concept; it is not proposed again."""
    _decide(open_base(), Decision("reject", name), json=json)


@concepts.command()
def undo(json: Json = False) -> None:
    """Take the last decision back."""
    _decide(open_base(), None, json=json)


def _decide(base: KnowledgeBase, decision: Decision | None, *, json: bool) -> None:
    from ingest.curating import decide

    with deciding_progress() as told:
        articles = decide(base, decision, emit=told)
    if json:
        print_json({"decision": asdict(decision) if decision else None, "articles_read_again": articles})
        return
    said = (
        f"已{_WORDS[decision.action]}：{decision.name}{f' → {decision.target}' if decision.target else ''}"
        if decision
        else "已撤回上一个决定"
    )
    print(f"{said}（重新阅读 {articles} 篇文章）")
