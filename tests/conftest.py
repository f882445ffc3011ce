"""What many tests need: the published vocabulary, a tokenizer, and knowledge bases of their own, empty or with two small articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.config import Settings
from kb.domain import Domain, load_domain
from kb.language.lexicon import Lexicon
from kb.language.words import Tokenizer

# a busy machine is no failure, and nothing is written beside the code
hypothesis.settings.register_profile("kb", deadline=None, database=None)
hypothesis.settings.load_profile("kb")

DOMAIN = Path(__file__).parents[1] / "corpus" / "domain"
CONTAINERS = """容器和虚拟机
容器是一种轻量级的虚拟化技术。容器共享宿主机的内核，不需要单独的操作系统。
虚拟机拥有自己的操作系统。虚拟机不共享宿主机的内核。
容器的启动速度比虚拟机更快。虚拟机启动需要数分钟，容器启动只需要几毫秒。
虚拟机的隔离性比容器更强。虚拟机更消耗资源，因为每台虚拟机都要运行一个完整的操作系统。
如果要把多个租户严格隔离开，虚拟机更适合；如果要快速扩容，推荐使用容器。
服务器与主机
所有服务器都是主机，但并非所有主机都是服务器。
"""
DOCKER = """Docker简介
Docker是一个开源的容器引擎。Docker使用命名空间隔离进程，用cgroups限制资源。
Docker守护进程管理容器和镜像。镜像是创建容器的只读模板。一个基础镜像大约有5 MB。
Docker的优势
快速部署
易于迁移
节省资源
底层技术
Hypervisor是创建和运行虚拟机的软件。KVM是一种Hypervisor。Docker基于LXC发展而来。
"""
MOST_BYTES = 100_000


@pytest.fixture(scope="session")
def domain() -> Domain:
    return load_domain(DOMAIN)


@pytest.fixture(scope="session")
def lexicon(domain: Domain) -> Lexicon:
    return Lexicon(domain.concepts)


@pytest.fixture(scope="session")
def tokenizer(lexicon: Lexicon) -> Tokenizer:
    return Tokenizer(lexicon.names())


@pytest.fixture(scope="session")
def tools(lexicon: Lexicon, tokenizer: Tokenizer, domain: Domain) -> Tools:
    return Tools(lexicon, tokenizer, domain)


@pytest.fixture
def empty_base(tmp_path: Path) -> Iterator[KnowledgeBase]:
    base = KnowledgeBase.open(Settings(db=tmp_path / "empty.db"))
    yield base
    base.close()


def fill(base: KnowledgeBase) -> None:
    """The two articles, 「容器和虚拟机」 and 「Docker简介」."""
    own = Tools(base.lexicon, base.tokenizer, base.domain)
    for title, text in (("容器和虚拟机", CONTAINERS), ("Docker简介", DOCKER)):
        ingest_text(title, text, base.store, own, max_bytes=MOST_BYTES)
    base.refresh()


@pytest.fixture(scope="session")
def filled_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """For tests that only read."""
    base = KnowledgeBase.open(Settings(db=tmp_path_factory.mktemp("filled") / "filled.db"))
    fill(base)
    yield base
    base.close()
