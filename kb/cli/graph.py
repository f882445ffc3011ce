"""Commands that look things up in the graph: show, path, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.shared import Json, app, open_base, print_json, say

if TYPE_CHECKING:
    from kb.app import KnowledgeBase
    from kb.records import Fact, PathStep


@app.command()
def show(concept: Annotated[str, typer.Argument(help="A concept's name, alias or id.")], json: Json = False) -> None:
    """Everything that is said of a concept."""
    base = open_base(filled=True)
    view = base.show(concept)
    from kb.presenting import concept_view_json

    if json:
        print_json(concept_view_json(view, base))
        return
    named = f"{view.concept.name}" + (f" / {view.concept.name_en}" if view.concept.name_en else "")
    print(f"{named}  [{view.concept.id}, {view.concept.kind}]  提及 {view.mentions} 次")
    if view.concept.gloss:
        print(f"  {view.concept.gloss}")
    if view.concept.aliases:
        print(f"  又称：{'、'.join(view.concept.aliases)}")
    for fact in view.facts:
        for claims, holds in ((fact.said, True), (fact.denied, False)):
            if claims:
                quote = base.store.quote(claims[0].sentence_id, claims[0].span)
                print(f"  {_statement(fact, base, holds=holds)}（{len(claims)} 处）「{quote}」")


@app.command()
def path(a: Annotated[str, typer.Argument()], b: Annotated[str, typer.Argument()], json: Json = False) -> None:
    """How two concepts are connected."""
    base = open_base(filled=True)
    found = base.paths(a, b)
    if json:
        from kb.presenting import path_json

        print_json([path_json(one, base) for one in found])
        return
    if not found:
        print(f"图谱里没有连接“{base.concept(a).name}”和“{base.concept(b).name}”的路径。")
    from kb.presenting import path_text

    for one in found:
        print(path_text(one, base))
        for step in one.steps:
            for sentence_id in step.sentence_ids[:1]:
                print(f"    {_statement(step, base, holds=step.holds)}：「{base.evidence(sentence_id).text}」")


def _statement(fact: Fact | PathStep, base: KnowledgeBase, *, holds: bool) -> str:
    """A fact or a step of a path in the relation's own wording."""
    row = base.domain.relations.get(fact.relation)
    wording = f"{{S}} {fact.relation} {{O}}" if row is None else row.wording if holds else row.wording_denied
    return wording.replace("{S}", base.name(fact.subject)).replace("{O}", base.name(fact.object))


@app.command()
def export(
    format: Annotated[str, typer.Option("--format", help="json, graphml, jsonld, turtle, cypher or csv.")] = "json",
    out: Annotated[Path | None, typer.Option("--out", help="File to write; default: standard output.")] = None,
) -> None:
    """Everything that is known, in a format for other tools."""
    text = open_base().export(format)
    if out is None:
        print(text)
    else:
        out.write_text(text, encoding="utf-8")
        say(f"已写入 {out} / written")
