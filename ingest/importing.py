"""Another knowledge base brought in from its JSON export: its articles, read here anew, and what people decided of concepts there.

What the file says was read from the articles is passed over: it belongs to the vocabulary and rules of that machine, and a statement
that nobody can trace to a sentence has no place in the store. Nothing that is here already is lost: where both have something of their
own under one name, both texts stay, and of two decisions on one concept the one made here holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints, ValidationError

from ingest.curating import Base, changed_names, read_again_where
from ingest.files import article_id, check_size, whole
from ingest.formats._decoding import decode
from ingest.pipeline import Emit, Tools, keep, reader_version, unchanged
from kb.errors import BadInput
from kb.graph.exports.json_ import FORMAT
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.records import Article, Decision, SaveReport
from kb.store import sha256

_ID = regex(r"[a-z0-9][a-z0-9-]{0,80}")
_REMEDY = (
    "请用 kb export --format json 重新导出；知识库没有改动。",
    "Export it again with kb export --format json; nothing was changed here.",
)
_Text = Annotated[str, StringConstraints(pattern=r"\S")]
_Name = Annotated[str, StringConstraints(pattern=r"\S", max_length=200)]


class _Article(BaseModel):
    id: str
    title: _Text
    text: _Text
    origin: _Text
    licence: str | None = None
    author: str | None = None
    date: str | None = None
    set_apart: list[_Text] = []


class _Decision(BaseModel):
    action: Literal["accept", "rename", "merge", "split", "reject"]
    name: _Name
    target: _Name | None = None
    decided_at: str = ""
    others: list[_Name] = []


class _Export(BaseModel):
    format: Literal["kb-1"]
    articles: list[_Article]
    decisions: list[_Decision] = []


@dataclass(frozen=True, slots=True)
class Imported:
    """`passed_over`: decisions of the file on concepts of which something else was decided here."""

    reports: tuple[SaveReport, ...]
    decisions: tuple[Decision, ...]
    passed_over: tuple[Decision, ...]


def import_export(data: bytes, name: str, base: Base, *, max_bytes: int, emit: Emit | None = None) -> Imported:
    """Takes what is not here yet, so that the same file again changes nothing. Cut short, it goes on when it is run again.

    :raises BadInput: no export of ours, or a place in it is wrong; the store is as it was. :raises TooLarge: an article is.
    """
    export = _checked(data, name)
    for number, article in enumerate(export.articles):
        check_size(len(article.text.encode("utf-8", "replace")), f"{name} articles[{number}] ({article.title[:40]})", max_bytes)
    taken, passed_over = _new_decisions(
        [Decision(d.action, d.name, d.target, d.decided_at, tuple(d.others)) for d in export.decisions], base
    )
    if taken:
        before = reader_version(base.domain)
        domain = base.domain
        base.take_decisions(taken)
        read_again_where(base, before, changed_names(domain, base.domain))
    tools = Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)
    reports: list[SaveReport] = []
    for number, article in enumerate(export.articles, start=1):
        if emit is not None:
            emit(number, len(export.articles), article.title, None)
        report = _keep(article, base, tools)
        reports.append(report)
        if emit is not None:
            emit(number, len(export.articles), report.title, report.outcome)
    base.refresh()
    return Imported(tuple(reports), taken, passed_over)


def _checked(data: bytes, name: str) -> _Export:
    text = decode(data, name)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else None
        place = (f"，第 {at[0]} 行第 {at[1]} 列有误", f" (line {at[0]}, column {at[1]})") if at else ("", "")
        raise BadInput((f"{name} 不是完整的 JSON{place[0]}。", f"{name} is no complete JSON{place[1]}."), _REMEDY) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        found = document.get("format") if isinstance(document, dict) else None
        raise BadInput(
            (
                f"{name} 不是带有文章的知识库导出：format 是 {json.dumps(found, ensure_ascii=False)[:60]}，应为 {json.dumps(FORMAT)}。",
                f"{name} is no export with articles: its format is {json.dumps(found)[:60]}, not {json.dumps(FORMAT)}.",
            ),
            (
                "请在原来的机器上用这个版本的 kb export --format json 导出。",
                "Export it there with kb export --format json of this version.",
            ),
        )
    try:
        export = _Export.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(name, _place(first["loc"]), json.dumps(first["input"], ensure_ascii=False, default=str), first["msg"]) from error
    for number, decision in enumerate(export.decisions):
        if decision.action in ("rename", "merge") and decision.target is None:
            raise _wrong(name, f"decisions[{number}].target", "null", f"needed where the action is {decision.action}")
    return export


def _wrong(name: str, place: str, value: str, problem: str) -> BadInput:
    shown = value if len(value) <= 60 else value[:59] + "…"
    return BadInput((f"{name} 里的 {place} 不对：{shown}（{problem}）。", f"{name}: {place} is wrong: {shown} ({problem})."), _REMEDY)


def _place(parts: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


def _new_decisions(theirs: list[Decision], base: Base) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """Those to take over and those to pass over: a concept's decisions go on from those made here, or else stay as they are here."""
    here = _by_name(base.store.decisions())
    new: set[str] = set()
    other: set[str] = set()
    for name, wanted in _by_name(theirs).items():
        own = here.get(name, [])
        if _matters(wanted)[: len(own)] == _matters(own):
            new.add(name)
        elif _matters(own)[: len(wanted)] != _matters(wanted):
            other.add(name)
    seen: dict[str, int] = {}
    taken: list[Decision] = []
    for decision in theirs:
        name = fold(decision.name)
        seen[name] = seen.get(name, 0) + 1
        if name in new and seen[name] > len(here.get(name, [])):
            taken.append(decision)
    return tuple(taken), tuple(decision for decision in theirs if fold(decision.name) in other)


def _by_name(decisions: tuple[Decision, ...] | list[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(fold(decision.name), []).append(decision)
    return found


def _matters(decisions: list[Decision]) -> list[tuple[str, str | None]]:
    return [(decision.action, decision.target) for decision in decisions]


def _keep(row: _Article, base: Base, tools: Tools) -> SaveReport:
    text, origin = whole(row.text), whole(row.origin)
    known = base.store.article_named(sha256=sha256(text))
    if known is not None:
        return unchanged(known)
    taken = base.store.article_named(origin=origin)
    if taken is not None:  # something else of the same name is here
        origin = f"import:{origin}"
    free = _ID.fullmatch(row.id) and base.store.article(row.id) is None
    id_ = row.id if free else article_id(row.title, origin)
    return keep(
        Article(id_, whole(row.title), text, origin, row.licence, row.author, row.date, tuple(map(whole, row.set_apart))), base.store, tools
    )
