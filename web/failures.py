"""Turns what goes wrong into an answer: for programs `{"error", "hint"}`, for people a page, both with the right status."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from kb.errors import BadInput, KnowledgeBaseError, NotFound, ProbeBusy, ProbeError, ProbeLimited, TooLarge, UnknownFormat, UnreadableText
from web.languages import language, text

# the first class that fits decides
_STATUS: tuple[tuple[type[KnowledgeBaseError], int], ...] = (
    (TooLarge, 413),
    (UnknownFormat, 415),
    (UnreadableText, 415),
    (BadInput, 400),
    (NotFound, 404),
    (ProbeLimited, 429),
    (ProbeBusy, 409),
    (ProbeError, 503),
)


class Refused(KnowledgeBaseError):
    """A request that is refused for where it comes from or for what this server allows."""

    def __init__(self, message: tuple[str, str], hint: tuple[str, str] = ("", ""), *, status: int) -> None:
        super().__init__(message, hint)
        self.status = status


def status_of(error: KnowledgeBaseError) -> int:
    if isinstance(error, Refused):
        return error.status
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def set_up(app: Flask, max_upload_bytes: int) -> None:
    @app.errorhandler(KnowledgeBaseError)
    def ours(error: KnowledgeBaseError) -> Response:
        return failure(*error.in_language(language()), status_of(error))

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_: RequestEntityTooLarge) -> Response:
        return ours(upload_too_large(max_upload_bytes))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response | HTTPException:
        if error.response is not None or (error.code or 500) < 400:
            return error
        return failure(*_wording(error.code or 500), error.code or 500)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        app.logger.exception("%s %s", request.method, request.path)
        return failure(text("出错了：服务器内部错误。"), text("详情在服务器的日志里。"), 500)


def upload_too_large(limit: int) -> TooLarge:
    """The same words wherever an upload is over the limit (bytes)."""
    megabytes = f"{limit / 1_000_000:g}"
    return TooLarge(
        (f"上传的内容超过 {megabytes} MB。", f"The upload is over {megabytes} MB."),
        ("请拆成几份，或调大设置 KB_MAX_UPLOAD_BYTES。", "Split it, or raise the setting KB_MAX_UPLOAD_BYTES."),
    )


def failure(message: str, hint: str, status: int) -> Response:
    if request.path.startswith("/api/"):
        return make_response(jsonify(error=message, hint=hint), status)
    return make_response(render_template("failure.html", message=message, hint=hint, status=status), status)


def _wording(status: int) -> tuple[str, str]:
    if status == 404:
        return text("没有这个页面。"), text("请从上方导航进入。")
    if status == 405:
        return text("这个地址不接受这种请求。"), text("用法见 /openapi。")
    return text("请求无法处理（%(status)s）。", status=status), text("请检查地址与内容。")


def validation_failure(error: Any) -> Response:
    """What flask-openapi3 found wrong with the parameters or the body of a request."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"]) or text("请求内容")
    return failure(text("参数 %(name)s 不能用：%(why)s", name=name, why=_why(first)), text("用法见 /openapi。"), 400)


def _why(error: dict[str, Any]) -> str:
    """The usual mistakes in the language of the request, others as Pydantic says them."""
    limits = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return text("没有给出")
        case "string_type":
            return text("应是文字")
        case "int_parsing" | "int_type":
            return text("应是整数")
        case "model_type" | "model_attributes_type" | "dict_type" | "json_invalid":
            return text("应是 JSON 对象")
        case "list_type":
            return text("应是列表")
        case "greater_than_equal":
            return text("不能小于 %(limit)s", limit=limits.get("ge"))
        case "less_than_equal":
            return text("不能大于 %(limit)s", limit=limits.get("le"))
        case "string_too_long" | "too_long":
            return text("太长，最多 %(limit)s", limit=limits.get("max_length"))
    return str(error["msg"])
