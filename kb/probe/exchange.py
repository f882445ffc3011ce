"""Recorded measurements as a file for another machine: JSON lines, a heading first. What comes in is checked line by line and is
marked as the other host's for good, so that it is never taken for what this machine measured.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from kb.errors import BadInput
from kb.language.regex import regex
from kb.probe.ports import Backend, Metric
from kb.records import HostFingerprint, Measurement, Sign
from kb.registry import family

FORMAT, VERSION = "kb-measurements", 1
_MARK = ":"  # between the name of another host and its id; an id of our own making never holds one
_NAMED = "recorded_on"
_NAME = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_MOST_LINES = 10_000
_CLOCKS_DIFFER = timedelta(days=1)
# A path outside the folders that every system has, up to its last name.
_OWN_FOLDER = regex(r"(?<![^\s=,:])/(?!(?:usr|bin|sbin|dev|proc|sys)/)(?:[^\s/=,:]+/)+(?=[^\s/=,:]+)")
_CONTROLS = regex(r"[\x00-\x1f\x7f]")


def _plain(text: str) -> str:
    if _CONTROLS.search(text):
        raise ValueError("holds control characters")
    return text


def _finite(value: float) -> float:
    if not math.isfinite(value) or value < 0:
        raise ValueError("must be a number of zero or more")
    return value


def _moment(text: str) -> str:
    """Written back in one way, so that moments can be sorted as texts."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("needs a time zone")
    return moment.astimezone(UTC).isoformat()


def _past(text: str) -> str:
    if datetime.fromisoformat(text) > datetime.now(UTC) + _CLOCKS_DIFFER:
        raise ValueError("lies in the future")
    return text


_Word = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
_Text = Annotated[str, Field(max_length=2000), AfterValidator(_plain)]
_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8,32}$")]
_Number = Annotated[float, AfterValidator(_finite)]
_Moment = Annotated[str, AfterValidator(_moment)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


_Model = TypeVar("_Model", bound=BaseModel)


class _Heading(_Strict):
    format: Annotated[str, Field(pattern=f"^{FORMAT}$")]
    version: Annotated[int, Field(ge=VERSION, le=VERSION)]
    host: _Word


class _Host(_Strict):
    env_id: _Id
    facts: Annotated[tuple[tuple[_Word, _Word], ...], Field(max_length=60)]


class _Sign(_Strict):
    name: _Name
    host_value: _Word
    inside_value: _Word
    same: bool


class _Row(_Strict):
    """A `Measurement`, field by field; a test holds the two together."""

    id: _Id
    run_id: _Id
    concept: _Name
    metric: _Name
    unit: _Word
    samples: Annotated[tuple[_Number, ...], Field(max_length=1000)]
    backend: _Name
    host: _Host
    command: Annotated[tuple[_Text, ...], Field(max_length=200)]
    measured_at: Annotated[_Moment, AfterValidator(_past)]
    failures: Annotated[int, Field(ge=0, le=10_000)] = 0
    warmup: Annotated[int, Field(ge=0, le=100)] = 0
    cpu_seconds: Annotated[tuple[_Number, ...], Field(max_length=1000)] = ()
    signs: Annotated[tuple[_Sign, ...], Field(max_length=20)] = ()
    caveats: Annotated[tuple[_Text, ...], Field(max_length=30)] = ()
    valid: bool = True
    fresh_until: _Moment | None = None


def dumped(measurements: Iterable[Measurement], host: str) -> str:
    """What this machine measured, oldest first; what came from other hosts is theirs to give and left out. Folders of this machine
    are taken out of the commands.

    :raises BadInput: `host`, the name that others will see it under, is no name.
    """
    own = sorted((m for m in measurements if recorded_on(m.host) is None), key=lambda m: m.measured_at)
    rows = ({"format": FORMAT, "version": VERSION, "host": _checked_name(host)}, *map(_row, own))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def parsed(text: str, host: str | None = None) -> tuple[Measurement, ...]:
    """Measurements of such a file, each marked with the name of its host: `host`, or the one that the file gives itself.

    :raises BadInput: names the line, the field and what would be right; nothing of the file is to be used then.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise _bad(1, "", ("文件是空的", "the file is empty"))
    if len(lines) > _MOST_LINES:
        raise _bad(_MOST_LINES, "", (f"超过 {_MOST_LINES} 行", f"more than {_MOST_LINES} lines"))
    heading = _read(_Heading, *lines[0])
    name = _checked_name(host if host is not None else heading.host)
    return tuple(_measurement(_read(_Row, number, line), number, name) for number, line in lines[1:])


def recorded_on(host: HostFingerprint) -> str | None:
    """The name of the other host that measured; `None` for this machine, as it is or as it was."""
    name, mark, _ = host.env_id.rpartition(_MARK)
    return name if mark else None


def _row(measurement: Measurement) -> dict[str, Any]:
    return {**asdict(measurement), "command": [_OWN_FOLDER.sub("…/", word) for word in measurement.command]}


def _measurement(row: _Row, number: int, name: str) -> Measurement:
    _known(row, number)
    host = HostFingerprint(f"{name}{_MARK}{row.host.env_id}", tuple(sorted((*row.host.facts, (_NAMED, name)))))
    signs = tuple(Sign(**dict(sign)) for sign in row.signs)
    return Measurement(**{**dict(row), "host": host, "signs": signs})


def _known(row: _Row, number: int) -> None:
    """A figure that nothing here can name, or in another unit, would be read wrongly."""
    metric = cast("Mapping[str, Metric]", family("kb.probe.metrics")).get(row.metric)
    backend = cast("Mapping[str, Backend]", family("kb.probe.backends")).get(row.backend)
    if metric is None:
        raise _bad(number, "metric", (f"没有“{row.metric}”这项测量", f"there is no metric {row.metric!r}"))
    if row.unit != metric.UNIT:
        raise _bad(number, "unit", (f"“{row.unit}”不是它的单位 {metric.UNIT}", f"{row.unit!r} is not its unit {metric.UNIT}"))
    if backend is None:
        raise _bad(number, "backend", (f"没有名为“{row.backend}”的后端", f"there is no backend {row.backend!r}"))
    if row.concept != backend.CONCEPT:
        raise _bad(
            number, "concept", (f"{row.backend} 代表 {backend.CONCEPT}，不是“{row.concept}”", f"{row.backend} stands for {backend.CONCEPT}")
        )
    if metric.UNIT == "signs" and row.samples and not row.signs:
        raise _bad(number, "signs", ("缺少迹象", "the signs are missing"))


def _read(model: type[_Model], number: int, line: str) -> _Model:
    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        first: Any = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        given = repr(first.get("input"))[:80]
        raise _bad(number, place, (f"不合格式（{first['msg']}），给出的是 {given}", f"{first['msg']}; given: {given}")) from error


def _bad(number: int, place: str, problem: tuple[str, str]) -> BadInput:
    where = (f"第 {number} 行" + (f"的 {place}" if place else ""), f"line {number}" + (f", {place}" if place else ""))
    return BadInput(
        (f"{where[0]}：{problem[0]}。", f"{where[1]}: {problem[1]}."),
        ("文件应由 kb probe export 写出；没有导入任何内容。", "The file must be one that kb probe export wrote; nothing was imported."),
    )


def _checked_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BadInput(
            (f"“{name}”不能作主机名。", f"{name!r} is no name for a host."),
            ("用 1–40 个字母、数字、点、横线或下划线。", "Use 1–40 letters, digits, dots, dashes or underlines."),
        )
    return name
