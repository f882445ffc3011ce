"""Opens the database, one connection a thread, and creates it where there is none."""

from __future__ import annotations

import sqlite3
import threading
from importlib import resources
from pathlib import Path

from kb.errors import StoreError

# a database of version n has run the first n; a new one runs all
SCRIPTS = ("schema.sql", "vectors.sql", "curation.sql", "twins.sql", "discovery.sql", "apart.sql")
VERSION = len(SCRIPTS)


class Connections:
    """Connections to one database file; each thread gets its own. `":memory:"` gives one shared by all threads (tests)."""

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        self._local = threading.local()
        self._shared: sqlite3.Connection | None = None
        if self.path == ":memory:":
            self._shared = self._connect()
        else:
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        self._prepare(self.get())

    def get(self) -> sqlite3.Connection:
        if self._shared is not None:
            return self._shared
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return connection

    def close(self) -> None:
        """Close this thread's connection; other threads' close with their threads."""
        connection = self._shared or getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
        self._local = threading.local()

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error as error:
            raise StoreError(
                (f"无法打开数据库 {self.path}:{error}。", f"Cannot open the database {self.path}: {error}."),
                ("请检查路径与权限，或用 --db 指定另一个文件。", "Check the path and its permissions, or name another file with --db."),
            ) from error
        connection.row_factory = sqlite3.Row
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == VERSION:
            return
        if version > VERSION:
            raise StoreError(
                (
                    f"数据库 {self.path} 的版本是 {version},程序需要 {VERSION}。",
                    f"The database {self.path} has version {version}; this program needs {VERSION}.",
                ),
                ("请升级程序，或移走这个文件再运行 kb init。", "Upgrade the program, or move the file away and run kb init again."),
            )
        folder = resources.files("kb.store")
        schema = "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in SCRIPTS[version:])
        connection.executescript(f"BEGIN IMMEDIATE;\n{schema}\nPRAGMA user_version = {VERSION};\nCOMMIT;")
