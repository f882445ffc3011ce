"""The published rows, and a court of its own for each test: statements made by hand against measurements made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kb.court import Rules, Ruling, judge, load_rules
from kb.domain import Domain
from kb.language.words import Tokenizer
from kb.records import Article, Claim, Comparison, Extract, HostFingerprint, Measurement, Mention, Quantity, Sentence, Sign
from kb.store import Store

DOMAIN = Path(__file__).parents[3] / "corpus" / "domain"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HERE = HostFingerprint("here", (("cpu", "test"), ("cpus", "2"), ("kernel", "6.1"), ("virtualization", "kvm")))
ELSEWHERE = HostFingerprint("elsewhere", HERE.facts)
Statement = Claim | Comparison | Quantity


def measured(
    backend: str, metric: str, *samples: float, unit: str = "ms", run: str = "run1", days_ago: float = 1, **more: object
) -> Measurement:
    """A valid measurement of this host; `more` replaces fields."""
    concept = "virtual_machine" if backend.startswith("qemu") else "process" if backend == "process" else "container"
    made = Measurement(
        id=f"{run}-{metric}-{backend}",
        run_id=run,
        concept=concept,
        metric=metric,
        unit=unit,
        samples=samples,
        backend=backend,
        host=HERE,
        command=(backend,),
        measured_at=(NOW - timedelta(days=days_ago)).isoformat(),
        caveats=("最小的环境 / a minimal userland",),
    )
    return replace(made, **more)


def kernel(backend: str, *same: bool, **more: object) -> Measurement:
    names = ("kernel_release", "boot_id", "uptime", "process_visible")
    signs = tuple(Sign(name, "host", "inside", equal) for name, equal in zip(names, same, strict=True))
    return measured(backend, "kernel_identity", float(sum(same)), unit="signs", signs=signs, **more)


class Court:
    measured = staticmethod(measured)
    kernel = staticmethod(kernel)
    elsewhere = ELSEWHERE
    now = NOW

    def __init__(self, store: Store, rules: Rules) -> None:
        self.store, self.rules = store, rules
        self._said: list[tuple[str, Statement, tuple[str, ...]]] = []
        self._also: list[Statement] = []

    def says(self, text: str, statement: Statement, *names: str) -> Statement:
        """The next sentence of the article makes `statement`; `names` are the concepts that its words name."""
        place = sum(len(earlier) for earlier, _, _ in self._said)
        made = replace(statement, sentence_id=f"a#{len(self._said)}", span=(place, place + len(text)))
        self._said.append((text, made, names))
        return made

    def also(self, first: Statement, **changes: object) -> None:
        """The sentence of `first` makes another statement with the same words."""
        self._also.append(replace(first, **changes))

    def records(self, *measurements: Measurement) -> None:
        self.store.add_measurements(measurements)

    def rulings(self, **options: Any) -> tuple[Ruling, ...]:
        self._save()
        return judge(self.store, self.rules, env_id="here", now=NOW, **options)

    def ruling(self, **options: Any) -> Ruling:
        (only,) = self.rulings(**options)
        return only

    def _save(self) -> None:
        statements = [*(statement for _, statement, _ in self._said), *self._also]
        article = Article("a", "文章", "".join(text for text, _, _ in self._said), "paste:文章")
        self.store.save(
            Extract(
                article=article,
                cleaned=article.text,
                segments=(article.text,),
                sentences=tuple(Sentence(s.sentence_id, "a", s.span, text, position=n) for n, (text, s, _) in enumerate(self._said)),
                dropped=(),
                concepts=(),
                mentions=tuple(Mention(s.sentence_id, s.span, name, "test") for _, s, names in self._said for name in names),
                claims=tuple(s for s in statements if isinstance(s, Claim)),
                comparisons=tuple(s for s in statements if isinstance(s, Comparison)),
                quantities=tuple(s for s in statements if isinstance(s, Quantity)),
            ),
            reader="test",
        )


@pytest.fixture(scope="session")
def rules(domain: Domain) -> Rules:
    return load_rules(DOMAIN, domain)


@pytest.fixture
def court(tmp_path: Path, domain: Domain, tokenizer: Tokenizer, rules: Rules) -> Iterator[Court]:
    store = Store(tmp_path / "court.db", tokenizer.terms)
    store.set_vocabulary(domain.concepts, "test")
    yield Court(store, rules)
    store.close()


@pytest.fixture
def faster() -> Comparison:
    return Comparison("", (0, 0), "container", "virtual_machine", "启动速度", "a_more")


@pytest.fixture
def shares() -> Claim:
    return Claim("", (0, 0), "container", "shares", "host_kernel")


@pytest.fixture
def minutes() -> Quantity:
    return Quantity("", (0, 0), "virtual_machine", "启动速度", "数分钟", 2.0, 9.0, "分钟", approximate=True)
