"""The settings, frozen; with `kb.domain`, the only reader of environment variables. Nothing is read at import."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


def default_database() -> Path:
    """Inside a source checkout the checkout's own `.kb/`, so that removing the clone removes everything; else the user's data folder."""
    if (ROOT / "pyproject.toml").is_file() and os.access(ROOT, os.W_OK):
        return ROOT / ".kb" / "knowledge.db"
    return Path(platformdirs.user_data_dir("kb")) / "knowledge.db"


class Settings(BaseSettings):
    """Every setting, its unit and its default; each can be given as `KB_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix="KB_", frozen=True, extra="ignore")

    db: Path = Field(default_factory=default_database, description="database file")
    corpus: Path = Field(default=ROOT / "corpus", description="folder with articles/ and domain/")
    embedding: str = Field(
        default="static",
        min_length=1,
        description="what gives sentences their vectors: static (shipped), the name of a sentence-transformers model, or a folder that holds one",
    )
    host: str = Field(default="127.0.0.1", description="address that `kb serve` listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="port that `kb serve` listens on")
    max_upload_bytes: int = Field(default=20_000_000, gt=0, description="largest file or text accepted, bytes")
    max_question_chars: int = Field(default=500, gt=0, description="longest question accepted, characters")
    allow_live_probe: bool | None = Field(
        default=None, description="start probes from the web page; by default only when listening on loopback"
    )
    measure_at_start: bool = Field(
        default=True, description="when `kb serve` starts and this host has no measurement yet, measure start time and kernel identity once"
    )
    probe_opt_in: str = Field(
        default="",
        description="backends that work with the caller's own rights and may be used all the same: docker, podman (commas between)",
    )
    probe_when_busy: bool = Field(default=False, description="measure from the web page also while the machine is under pressure")
    probe_per_minute: int | None = Field(
        default=None, ge=1, description="measurements that one client may start a minute; by default 6 on loopback, else 1"
    )
    probe_per_hour: int | None = Field(
        default=None, ge=1, description="measurements that all clients together may start an hour; by default 60 on loopback, else 10"
    )
    guest_kernel: Path | None = Field(
        default=None, description="kernel image for the virtual machine probe; by default the newest readable /boot/vmlinuz-*"
    )
    guest_disk: Path | None = Field(
        default=None, description="disk image (raw or qcow2) of a whole distribution to start as a virtual machine; never written to"
    )
    guest_disk_kernel: Path | None = Field(default=None, description="its kernel image, where it does not boot by itself")
    guest_disk_initrd: Path | None = Field(default=None, description="the initrd that goes with that kernel")
    guest_disk_root: str = Field(
        default="/dev/vda",
        pattern=r"^(/dev/[a-z0-9]{2,20}|(LABEL|UUID|PARTUUID)=[A-Za-z0-9_-]{1,64})$",
        description="its root file system, as the kernel is told it",
    )
    guest_disk_ready: str = Field(
        default="login:", min_length=3, max_length=80, description="text on its serial console that tells that it is up"
    )
    threads: int = Field(default=64, ge=8, description="threads of the web server; event streams hold one each")

    @property
    def domain(self) -> Path:
        return self.corpus / "domain"

    @property
    def live_probe_allowed(self) -> bool:
        return self.on_loopback if self.allow_live_probe is None else self.allow_live_probe

    @property
    def on_loopback(self) -> bool:
        """Only this machine itself can reach the server."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def probe_rates(self) -> tuple[int, int]:
        """Measurements a client a minute, and all clients an hour."""
        minute, hour = (6, 60) if self.on_loopback else (1, 10)
        return self.probe_per_minute or minute, self.probe_per_hour or hour

    @property
    def opted_in(self) -> frozenset[str]:
        return frozenset(name.strip() for name in self.probe_opt_in.replace("，", ",").split(",") if name.strip())
