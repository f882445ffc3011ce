"""The pages about articles: the list, adding by file or paste, what an upload brought, an article with what was read from it, removal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, redirect, render_template, request

from kb.errors import EmptyText, KnowledgeBaseError
from kb.records import Span
from web import showing
from web.api import no_article
from web.failures import status_of
from web.languages import language
from web.readings import Reading, Readings, Work
from web.uploads import files_to_read, suffixes, text_to_read

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from kb.app import KnowledgeBase

_WINDOW = 60_000  # characters of an article shown at once; longer ones are shown in parts
_PATIENCE_S = 2.0  # what is read sooner is shown at once, what takes longer on a page of its own


def blueprint(base: KnowledgeBase, readings: Readings) -> Blueprint:
    pages = Blueprint("articles", __name__)
    _adding(pages, base, readings)
    _one(pages, base)
    return pages


def _adding(pages: Blueprint, base: KnowledgeBase, readings: Readings) -> None:
    @pages.get("/articles")
    def articles() -> Response:
        return _list(base)

    @pages.post("/articles")
    def add_article() -> AnyResponse:
        pasted = {"title": request.form.get("title", "").strip(), "text": request.form.get("text", "")}
        try:
            if "title" in request.form or "text" in request.form:
                work: tuple[Work, ...] = (_pasted(pasted, base),)
            else:
                work = files_to_read(request.files.getlist("file"), base)
            reading = readings.start(work)
        except KnowledgeBaseError as error:
            message, hint = error.in_language(language())
            return _list(base, status_of(error), message=message, hint=hint, pasted=pasted)
        if not reading.wait(_PATIENCE_S):
            return redirect(f"/articles/uploads/{reading.id}", 303)
        return _list(base, _status(reading), reading=reading, pasted=pasted if reading.refused else None)

    @pages.get("/articles/uploads/<id>")
    def upload(id: str) -> Response:
        return _show("upload.html", reading=readings.reading(id))

    @pages.post("/articles/uploads/<id>/cancel")
    def cancel(id: str) -> AnyResponse:
        return redirect(f"/articles/uploads/{readings.cancel(id).id}", 303)


def _pasted(pasted: dict[str, str], base: KnowledgeBase) -> Work:
    if not pasted["text"].strip():
        raise EmptyText(("文章是空的。", "The article is empty."), ("请把正文粘贴到文本框里。", "Paste its text into the box."))
    return text_to_read(pasted["title"], pasted["text"], base)


def _status(reading: Reading) -> int:
    """Something was stored, or else why the first file was not."""
    return status_of(reading.refused[0].error) if reading.refused and not reading.reports else 200


def _list(base: KnowledgeBase, status: int = 200, **values: object) -> Response:
    wanted = request.args.get("q", "").strip()[:100]
    summaries = base.store.articles()
    found = tuple(summary for summary in summaries if wanted.casefold() in summary.title.casefold())
    limit = base.settings.max_upload_bytes
    return _show("articles.html", status, summaries=found, total=len(summaries), wanted=wanted, limit=limit, suffixes=suffixes(), **values)


def _one(pages: Blueprint, base: KnowledgeBase) -> None:
    @pages.get("/articles/<id>")
    def article(id: str) -> Response:
        found = base.store.article(id)
        if found is None:
            raise no_article(id)
        mark = _mark(len(found.text))
        window = _window(len(found.text), mark)
        mentioned = _mentioned(id, base)
        dropped = tuple(gap for gap in base.store.dropped(id) if gap.span[0] < gap.span[1])
        return _show(
            "article.html",
            article=found,
            mark=mark,
            window=window,
            window_size=_WINDOW,
            pieces=showing.pieces(found.text, mark, dropped, window),
            dropped=dropped,
            concepts=mentioned,
            discovered=sum(id_ in base.lexicon and base.lexicon.concept(id_).kind == "discovered" for id_, _ in mentioned),
            claims=base.store.claims(article_id=id),
            comparisons=base.store.comparisons(article_id=id),
            quantities=base.store.quantities(article_id=id),
        )

    @pages.get("/articles/<id>/remove")
    def confirm_removal(id: str) -> Response:
        summary = next((summary for summary in base.store.articles() if summary.id == id), None)
        if summary is None:
            raise no_article(id)
        return _show("remove.html", summary=summary)

    @pages.post("/articles/<id>/remove")
    def remove_article(id: str) -> Response:
        found = base.store.article(id)
        base.remove(id)
        return _list(base, removed=found.title if found else id)


def _mark(length: int) -> Span | None:
    """The stretch that the address asks to highlight; nothing where it is none of this article."""
    start, end = request.args.get("start", type=int), request.args.get("end", type=int)
    if start is None or end is None or not 0 <= start < end <= length:
        return None
    return start, end


def _window(length: int, mark: Span | None) -> Span:
    """Which part of a long article to show: around the highlight, else from `?from=`."""
    first = request.args.get("from", 0, type=int)
    if mark is not None and "from" not in request.args:
        first = mark[0] - _WINDOW // 4
    first = max(0, min(first, length - 1))
    if length <= _WINDOW:
        first = 0
    return first, min(length, first + _WINDOW)


def _mentioned(article_id: str, base: KnowledgeBase) -> tuple[tuple[str, int], ...]:
    """Concept ids with how often the article names them, most often first."""
    counts: dict[str, int] = {}
    for mention in base.store.mentions(article_id=article_id):
        counts[mention.concept_id] = counts.get(mention.concept_id, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _show(template: str, status: int = 200, **values: object) -> Response:
    return make_response(render_template(template, **values), status)
