"""The command `kb claims`: what the articles say, put to the test of what this machine measured."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.shared import Json, app, open_base, print_json, say

if TYPE_CHECKING:
    from kb.app import KnowledgeBase
    from kb.court import Group, Ruling
    from kb.records import Disagreement

_DISAGREEING = ("contradicted", "partly")


@app.command()
def claims(
    verdict: Annotated[
        str | None, typer.Option("--verdict", help="证实, 不符, 部分, 本机不可测, 未测, 已过期 (or confirmed, contradicted, …).")
    ] = None,
    article: Annotated[str | None, typer.Option("--article", help="Only this article: its id, or its title.")] = None,
    disagree: Annotated[
        bool,
        typer.Option(
            "--disagree", help="Only what this machine bears out in part or not at all, and where the sources contradict one another."
        ),
    ] = False,
    json: Json = False,
) -> None:
    """What this machine's measurements say of the articles' claims; measures nothing."""
    from kb.court import counted, grouped
    from web.claims import hear, wanted_verdict

    base = open_base(filled=True)
    wanted = wanted_verdict(verdict)
    found = hear(base, _article_id(article, base))
    chosen = [r for r in found if wanted in (None, r.verdict) and (not disagree or r.verdict in _DISAGREEING)]
    between = [d for d in base.disagreements() if _concerns(d, _article_id(article, base))] if disagree else []
    if json:
        from kb.presenting import ruling_json

        shown = {"counts": counted(found), "rulings": [ruling_json(ruling, base) for ruling in chosen]}
        print_json({**shown, "disagreements": [_disagreement(item, base) for item in between]} if disagree else shown)
        return
    say(_counts(found))
    for group in grouped(chosen):
        _print_group(group, base)
    for item in between:
        print(f"\n≠ {item.topic}")
        for sentence_id, span in item.sides:
            print(f"    「{base.store.quote(sentence_id, span)}」 {sentence_id.rpartition('#')[0]} {span[0]}–{span[1]}")


def _concerns(disagreement: Disagreement, article: str | None) -> bool:
    return article is None or any(sentence_id.rpartition("#")[0] == article for sentence_id, _ in disagreement.sides)


def _disagreement(item: Disagreement, base: KnowledgeBase) -> dict[str, object]:
    sides = [
        {"article": sentence_id.rpartition("#")[0], "start": span[0], "end": span[1], "quote": base.store.quote(sentence_id, span)}
        for sentence_id, span in item.sides
    ]
    return {"topic": item.topic, "kind": item.kind, "sides": sides}


def _article_id(name: str | None, base: KnowledgeBase) -> str | None:
    """An article's id from its title; what is no title is taken for an id."""
    return next((summary.id for summary in base.store.articles() if name == summary.title), name)


def _counts(rulings: Iterable[Ruling]) -> str:
    from kb.court import VERDICTS, counted

    return "，".join(f"{VERDICTS[verdict][0]} {number}" for verdict, number in counted(rulings).items())


def _print_group(group: Group, base: KnowledgeBase) -> None:
    from kb.court import VERDICTS
    from kb.presenting import article_of

    print(f"\n{group.label[0]}")
    for part in group.parts:
        print(f"  {VERDICTS[part.verdict][0]}：{part.explanation[0]}")
        for ruling in part.rulings:
            qualifiers = "".join(f"（{zh}）" for zh, _ in ruling.qualifiers)
            place = f"{article_of(ruling.sentence_id)} {ruling.span[0]}–{ruling.span[1]}"
            print(f"    「{base.store.quote(ruling.sentence_id, ruling.span)}」 {place}{qualifiers}")
    for figure in group.figures:
        print(f"  · {figure.label[0]}：{figure.text[0]}")
    if group.conditions:
        print(f"  条件：{'；'.join(zh for zh, _ in group.conditions)}")
