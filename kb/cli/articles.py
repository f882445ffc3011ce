"""Commands about articles: init, ingest, read, remove, articles, diff."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.embedding import complete_vectors
from kb.cli.progress import reading_progress
from kb.cli.shared import Json, app, open_base, print_json
from kb.errors import NotFound
from kb.records import SaveReport, Twin

Paths = Annotated[list[Path], typer.Argument(help="Files or folders.")]


@app.command()
def init(empty: Annotated[bool, typer.Option("--empty", help="Only the vocabulary, no articles.")] = False, json: Json = False) -> None:
    """Build the knowledge base from corpus/ (again: only what changed); other articles that older rules read are read again."""
    from ingest.pipeline import ingest_path, read_outdated

    base = open_base()
    reports: tuple[SaveReport, ...] = ()
    with reading_progress() as told:
        if not empty:
            folder, most = base.settings.corpus / "articles", base.settings.max_upload_bytes
            reports = ingest_path(folder, base.store, _tools(base), max_bytes=most, emit=told)
        again = read_outdated(base.store, _tools(base), emit=told)
    complete_vectors(base)
    if json:
        print_json({"articles": [_report(report) for report in reports], "read_again": again, "counts": base.store.counts()})
        return
    changed = sum(report.outcome != "unchanged" for report in reports) + again
    counts = base.sizes()
    print(
        f"{base.settings.db}: {counts['article']} 篇文章（本次更新 {changed} 篇），{counts['concept']} 个概念，{counts['claim']} 条陈述，{counts['comparison']} 条比较，{counts['quantity']} 个数量"
    )


@app.command()
def ingest(paths: Paths, json: Json = False) -> None:
    """Add or replace articles; prints what each added, changed, contradicts."""
    from ingest.pipeline import ingest_path

    base = open_base()
    reports: list[SaveReport] = []
    with reading_progress() as told:
        for path in paths:
            reports.extend(ingest_path(path, base.store, _tools(base), max_bytes=base.settings.max_upload_bytes, emit=told))
            base.refresh()
    if json:
        print_json([_report(report) for report in reports])
        return
    print_reports(reports)


@app.command()
def read(file: Annotated[Path, typer.Argument(help="The file to read.")], json: Json = False) -> None:
    """Show what reading makes of a file, without storing it."""
    from dataclasses import asdict

    from ingest.pipeline import load_articles, read_article

    base = open_base()
    tools = _tools(base)
    documents: list[dict[str, Any]] = []
    for article in load_articles(file, max_bytes=base.settings.max_upload_bytes):
        extract = read_article(article, tools)
        if not json:
            print(extract.cleaned)
            continue
        documents.append(
            {
                "article": article.id,
                "text": extract.cleaned,
                "segments": list(extract.segments),
                "dropped": [{"start": d.span[0], "end": d.span[1], "reason": d.reason} for d in extract.dropped],
                "mentions": [asdict(mention) for mention in extract.mentions],
                "claims": [asdict(claim) for claim in extract.claims],
                "comparisons": [asdict(comparison) for comparison in extract.comparisons],
                "quantities": [asdict(quantity) for quantity in extract.quantities],
            }
        )
    if json:
        print_json(documents[0] if len(documents) == 1 else documents)


@app.command()
def remove(article: Annotated[str, typer.Argument(help="Id of the article, or its title.")], json: Json = False) -> None:
    """Take an article out, with everything that was read from it."""
    base = open_base()
    id_ = _article_id(base, article)
    before = base.store.counts()
    base.remove(id_)
    after = base.store.counts()
    gone = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    print_json({"removed": id_, "rows": gone}) if json else print(
        f"已删除 {id_}:" + ", ".join(f"{name} {count}" for name, count in gone.items())
    )


@app.command("articles")
def list_articles(json: Json = False) -> None:
    """List the articles."""
    from dataclasses import asdict

    summaries = open_base(filled=True).store.articles()
    if json:
        print_json([asdict(summary) for summary in summaries])
        return
    for summary in summaries:
        print(
            f"{summary.id:44} {summary.chars:6} 字 {summary.claims:4} 陈述 {summary.comparisons:3} 比较 {summary.quantities:3} 数量  {summary.title}"
        )
        _print_twins(summary.twins)


@app.command()
def diff(article: Annotated[str, typer.Argument(help="Id of the article, or its title.")], json: Json = False) -> None:
    """What an article says that no other does, and what it contradicts."""
    from dataclasses import asdict

    from kb.graph.disagreements import disagreements_of

    base = open_base()
    id_ = _article_id(base, article)
    own = base.store.claims(article_id=id_)
    twins = base.store.twins(id_)
    others = {(c.subject, c.relation, c.object) for c in base.store.claims(copies=True) if not c.sentence_id.startswith(f"{id_}#")}
    alone = [c for c in own if (c.subject, c.relation, c.object) not in others]
    against = disagreements_of(id_, base.store, base.domain)
    only = [
        {
            "subject": base.name(c.subject),
            "relation": c.relation,
            "object": base.name(c.object),
            "holds": c.holds,
            "quote": base.store.quote(c.sentence_id, c.span),
        }
        for c in alone
    ]
    contradicts = [
        {"topic": d.topic, "kind": d.kind, "quotes": [base.store.quote(sentence_id, span) for sentence_id, span in d.sides]}
        for d in against
    ]
    if json:
        print_json(
            {"article": id_, "claims": len(own), "only_here": only, "contradicts": contradicts, "twins": [asdict(twin) for twin in twins]}
        )
        return
    print(f"{id_}: {len(own)} 条陈述，其中 {len(only)} 条只在本文出现；与其他陈述矛盾 {len(contradicts)} 处")
    _print_twins(twins)
    for claim in only:
        print(f"  {'＋' if claim['holds'] else '－'} {claim['subject']} {claim['relation']} {claim['object']}    「{claim['quote']}」")
    for item in contradicts:
        print(f"  ≠ {item['topic']}")
        for quote in item["quotes"]:
            print(f"      「{quote}」")


def print_reports(reports: Iterable[SaveReport]) -> None:
    """What reading brought, for the person who asked for it."""
    outcomes = {"added": "新增", "replaced": "已更新", "unchanged": "未变"}
    for report in reports:
        print(f"{outcomes[report.outcome]}  {report.title}  [{report.article_id}]")
        if report.outcome != "unchanged":
            _print_twins(report.twins)
            print(
                f"      {report.sentences} 句，{report.claims} 条陈述，{report.comparisons} 条比较，{report.quantities} 个数量，与已有内容矛盾 {report.contradictions} 处"
            )
            if report.new_concepts:
                print(f"      新概念：{'、'.join(report.new_concepts[:12])}{'…' if len(report.new_concepts) > 12 else ''}")


def _print_twins(twins: tuple[Twin, ...]) -> None:
    for twin in twins:
        print(f"      与《{twin.title}》[{twin.article_id}] 内容相近（较短的一篇有 {twin.shared:.0%} 见于另一篇）；两篇都有的只算一个来源")


def _tools(base: Any) -> Any:
    from ingest.pipeline import Tools

    return Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)


def _report(report: SaveReport) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(report)


def _article_id(base: Any, name: str) -> str:
    summaries = base.store.articles()
    found = [s.id for s in summaries if name in (s.id, s.title, s.origin)]
    if len(found) != 1:
        known = "、".join(s.id for s in summaries[:8])
        problem = "没有" if not found else "不止一篇"
        raise NotFound(
            (f"{problem}叫“{name}”的文章。", f"{'No' if not found else 'More than one'} article is called {name!r}."),
            (f"文章编号例如：{known}。kb articles 列出全部。", f"Ids are for example: {known}. kb articles lists all."),
        )
    return str(found[0])
