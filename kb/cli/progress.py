"""How far long work is, on standard error: a bar on a terminal, a line a step elsewhere; and what stays when it is interrupted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kb.cli.shared import INTERRUPTED, language, say

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Progress:
    """`stays` says what an interruption leaves (zh, en); it is asked when one comes."""

    def __init__(self, stays: Callable[[], tuple[str, str]]) -> None:
        self._stays = stays
        self._bars: Bars | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bars

            columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
            self._bars = Bars(*columns, console=Console(stderr=True), transient=True)
            self._bars.start()
        return self

    def tell(self, done: int, total: int, what: str, *, line: str | None = None) -> None:
        """`done` of `total` steps are behind, `what` is under way. `line` is what is said where there is no terminal; `None` says nothing."""
        if self._bars is None:
            if line is not None:
                say(line)
        elif self._task is None:
            self._task = self._bars.add_task(what, total=total, completed=done)
        else:
            self._bars.update(self._task, description=what, total=total, completed=done)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bars is not None:
            self._bars.stop()
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            say(f"\nkb: {self._stays()[language() == 'en']}")
            sys.exit(INTERRUPTED)


@contextmanager
def reading_progress() -> Iterator[Callable[[int, int, str, str | None], None]]:
    """Tells of articles as they are read and stored, for what takes an `ingest.pipeline.Emit`."""
    kept = 0
    reading: str | None = None

    def stays() -> tuple[str, str]:
        under_way = (
            f"正在读的《{reading}》没有留下任何东西；" if reading else "",
            f" {reading!r} was being read and leaves nothing." if reading else "",
        )
        return (
            f"已中断：读完的 {kept} 篇文章已经存好，留着；{under_way[0]}再运行同一个命令会接着读。",
            f"Interrupted: the {kept} articles that were read are stored and stay.{under_way[1]} The same command goes on from here.",
        )

    def tell(number: int, total: int, title: str, outcome: str | None) -> None:
        nonlocal kept, reading
        reading = title if outcome is None else None
        kept += outcome is not None
        line = f"[{number}/{total}] {title}" if outcome not in (None, "unchanged") else None
        progress.tell(number - (outcome is None), total, title, line=line)

    with Progress(stays) as progress:
        yield tell


@contextmanager
def deciding_progress() -> Iterator[Callable[[int, int, str], None]]:
    """Tells of the articles that a decision has read again, for what takes an `ingest.curating.Emit`."""
    again = 0

    def stays() -> tuple[str, str]:
        return (
            f"已中断：决定已经记下，留着；重读了 {again} 篇文章，其余的由 kb init 接着重读。",
            f"Interrupted: the decision is kept; {again} articles were read again, kb init goes on with the others.",
        )

    def tell(number: int, total: int, title: str) -> None:
        nonlocal again
        again = number
        progress.tell(number, total, title, line=f"[{number + 1}/{total}] {title}")

    with Progress(stays) as progress:
        yield tell
