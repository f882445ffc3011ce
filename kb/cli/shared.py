"""What every command needs: the application object, the settings, and how results are printed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kb.errors import BadInput

if TYPE_CHECKING:
    from kb.app import KnowledgeBase
    from kb.config import Settings


INTERRUPTED = 130  # exit status, as of a program that SIGINT ended


class _Commands(TyperGroup):
    """Ends with a message where a command is interrupted that says nothing of its own."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            said = ("已中断；做完的留下，做了一半的不留。", "Interrupted; what was finished stays, what was half done leaves nothing.")
            say(f"\nkb: {said[language() == 'en']}")
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    help="离线中文知识库：回答关于虚拟机与容器的问题，并逐句给出出处。 / An offline Chinese knowledge base that proves what it says.",
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_chosen: dict[str, str] = {}


@app.callback()
def choose(db: Annotated[str | None, typer.Option("--db", help="Database file (default: $KB_DB, else .kb/knowledge.db).")] = None) -> None:
    _chosen.clear()
    if db is not None:
        if "://" in db:
            raise BadInput(
                (f"还不支持这种数据库地址：{db}", f"This kind of database address is not supported yet: {db}"),
                ("请给出一个文件路径，例如 --db my.db。", "Give a file path, for example --db my.db."),
            )
        _chosen["db"] = db


def settings(**changes: Any) -> Settings:
    """Settings from the environment, then from the command line."""
    from pydantic import ValidationError

    from kb.config import Settings

    if "db" in _chosen:
        changes["db"] = Path(_chosen["db"])
    try:
        return Settings(**changes)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BadInput(
            (
                f"设置 {name} = {first['input']!r} 不能用：{first['msg']}",
                f"Setting {name} = {first['input']!r} cannot be used: {first['msg']}",
            ),
            (f"请修改环境变量 KB_{name.upper()} 或对应的选项。", f"Change the environment variable KB_{name.upper()} or the option."),
        ) from error


def open_base(*, filled: bool = False, **changes: Any) -> KnowledgeBase:
    """The knowledge base; with `filled`, one that has articles, else a word on how to get them."""
    from kb.app import KnowledgeBase

    base = KnowledgeBase.open(settings(**changes))
    if filled and not base.store.articles():
        say("知识库里还没有文章；先运行 kb init（自带语料）或 kb ingest 文件。 / No articles yet: run kb init or kb ingest FILE first.")
    return base


def say(text: str) -> None:
    """A message for the person, on standard error."""
    print(text, file=sys.stderr, flush=True)


def language() -> str:
    """`zh` or `en`, of the terminal; Chinese where it says nothing."""
    named = os.environ.get("LC_ALL") or os.environ.get("LANG") or "zh"
    return "zh" if named.startswith(("zh", "C", "POSIX")) else "en"


def print_json(value: Any, *, indent: int | None = 1) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=True)
