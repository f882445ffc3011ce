"""Long work on the command line, in a process of its own: its progress, and a real Ctrl-C."""

from __future__ import annotations

import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kb.config import ROOT

ARTICLES = 40
TEXT = "容器共享宿主机的内核，虚拟机拥有自己的内核。容器比虚拟机启动更快。\n" * 30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "texts"
    made.mkdir()
    for number in range(ARTICLES):
        (made / f"a{number:02}.txt").write_text(f"第{number}篇说明。{TEXT}Docker 第{number}次使用容器。", encoding="utf-8")
    return made


def heeding_ctrl_c() -> None:
    """Tests run in the background of a script inherit that SIGINT is ignored; whoever presses Ctrl-C has it heeded."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(db: Path, *arguments: object, stderr: int = subprocess.PIPE) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "zh_CN.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "TERM": "xterm",
        "COLUMNS": "100",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "kb", "--db", str(db), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        env=environment,
        cwd=ROOT,
        preexec_fn=heeding_ctrl_c,
    )


def interrupted_after(process: subprocess.Popen[str], pattern: str) -> str:
    """What it had said on standard error when it ended, SIGINT having come at the first line that holds `pattern`."""
    assert process.stderr is not None
    killer = threading.Timer(120, process.kill)
    killer.start()
    said = ""
    with process:
        for line in process.stderr:
            said += line
            if re.search(pattern, line):
                break
        process.send_signal(signal.SIGINT)
        said += process.stderr.read()
    killer.cancel()
    return said


def count(db: Path, table: str) -> int:
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_an_interrupted_ingest_keeps_what_it_had_read_and_goes_on_from_there(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "k.db"
    process = started(db, "ingest", folder)
    said = interrupted_after(process, r"^\[2/40\]")
    assert process.returncode == 130, said
    told = re.search(r"读完的 (\d+) 篇文章已经存好", said)
    assert told is not None and "Traceback" not in said
    assert 2 <= int(told[1]) < ARTICLES and count(db, "article") == int(told[1])
    unfinished = re.search(r"正在读的《(a\d\d)》没有留下任何东西", said)
    if unfinished is not None:
        with closing(sqlite3.connect(db)) as connection:
            assert connection.execute("SELECT count(*) FROM sentence WHERE article_id LIKE ?", (f"{unfinished[1]}%",)).fetchone() == (0,)
    again = started(db, "ingest", folder)
    out, err = again.communicate(timeout=300)
    assert again.returncode == 0 and out.count("未变  ") == int(told[1]) and count(db, "article") == ARTICLES
    assert f"[1/{ARTICLES}]" not in err  # nothing is said of what had not changed


def test_an_interrupted_decision_stays_and_init_reads_the_articles_that_are_left(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "k.db"
    for path in sorted(folder.iterdir())[8:]:
        path.unlink()
    for path in folder.iterdir():
        path.write_text(f"云梯坞是一种调度器。{path.read_text(encoding='utf-8')}", encoding="utf-8")
    started(db, "ingest", folder).communicate(timeout=300)
    process = started(db, "concepts", "accept", "云梯坞")
    said = interrupted_after(process, r"^\[2/8\]")
    assert process.returncode == 130 and "决定已经记下" in said and "Traceback" not in said
    told = re.search(r"重读了 (\d+) 篇文章", said)
    assert told is not None and 1 <= int(told[1]) < 8 and count(db, "decision") == 1
    assert readers(db) == 2
    started(db, "init", "--empty").communicate(timeout=300)
    assert readers(db) == 1 and count(db, "article") == 8


def readers(db: Path) -> int:
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute("SELECT count(DISTINCT reader) FROM article").fetchone()[0])


def test_an_interrupted_measurement_keeps_nothing(tmp_path: Path) -> None:
    db = tmp_path / "k.db"
    process = started(db, "probe", "run", "start_time", "--backend", "process", "--runs", "50")
    said = interrupted_after(process, r"/50")
    if "/50" not in said:
        pytest.skip(f"nothing can be measured here: {said.strip()[-200:]}")
    assert process.returncode == 130 and "样本都没有记下" in said and "Traceback" not in said
    assert count(db, "measurement") == 0


def test_any_other_command_ends_with_a_message_too(tmp_path: Path) -> None:
    code = (
        "import sys, time, kb.cli.articles as articles\n"
        "articles.open_base = lambda **_: time.sleep(60)\n"
        "sys.argv = ['kb', 'articles']\n"
        "print('x', file=sys.stderr, flush=True)\n"
        "from kb.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_US.UTF-8"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line == "x\n":
            break
    threading.Event().wait(1.0)  # the command itself has begun
    process.send_signal(signal.SIGINT)
    with process:
        said = process.stderr.read()
    assert process.returncode == 130 and "Interrupted; what was finished stays" in said and "Traceback" not in said


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)


def test_on_a_terminal_a_bar_moves_and_nothing_else_is_said(folder: Path, tmp_path: Path, terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    for path in sorted(folder.iterdir())[3:]:
        path.unlink()
    process = started(tmp_path / "k.db", "ingest", folder, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the other end is closed
        pass
    out, _ = process.communicate(timeout=300)
    words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode("utf-8", "replace"))
    assert process.returncode == 0 and out.count("新增  ") == 3
    assert "━" in words and "/3" in words and "a0" in words and "[1/3]" not in words
