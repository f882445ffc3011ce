"""The rows of corpus/domain/: each loads, is named once, and the rarer senses of a name are told apart by words around it."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from kb.domain import Aspect, Domain, load_domain
from kb.language.lexicon import Lexicon
from kb.language.normalize import fold
from kb.language.script import simplified
from kb.language.words import Tokenizer
from kb.records import Concept

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "domain"
KINDS = set("technology product component resource property role organisation practice system device file concept".split())
TOO_GENERAL = "方式 问题 东西 技术 方面 时间 系统 情况 方法 内容 部分 环境 平台 功能".split()
NEEDED_IDS = """
virtual_machine container docker docker_container docker_daemon docker_engine docker_image hypervisor operating_system host_os guest_os
host_machine host host_case server computer physical_machine bare_metal kernel host_kernel compatible_kernel user_space virtual_hardware
hardware hardware_resource compute_resource hardware_instruction cpu vcpu cpu_architecture numa disk virtual_image image mirror dependency
binary library config_file executable runtime_environment application service sandbox isolation isolated_environment virtualization
os_container app_container container_engine container_layer virtual_system lxc libcontainer openvz linux_vserver bsd_jails solaris_zones
rkt kubernetes mesos kvm vmware virtualbox parallels_desktop virtual_pc linux windows android phone_app tomcat war_file ibm_test
numeric_program web_container client network web_server file_server database_server mail_server app_server desktop_computer
personal_computer mainboard power_supply website database frontend backend ftp cloud_provider tenant lightweight portability start_speed
performance open_source process namespace cgroups
""".split()


@pytest.fixture(scope="module")
def domain() -> Domain:
    return load_domain(FOLDER)


@pytest.fixture(scope="module")
def lexicon(domain: Domain) -> Lexicon:
    return Lexicon(domain.concepts)


@pytest.fixture(scope="module")
def tokenizer(lexicon: Lexicon) -> Tokenizer:
    return Tokenizer(lexicon.names())


def names_of(concept: Concept) -> tuple[str, ...]:
    return (concept.name, *((concept.name_en,) if concept.name_en else ()), *concept.aliases)


def phrases_of(aspect: Aspect) -> tuple[str, ...]:
    return (*aspect.names, *aspect.reversed_names, *aspect.more, *aspect.less)


def test_first_line_explains_the_columns() -> None:
    first, header = (FOLDER / "concepts.tsv").read_text(encoding="utf-8").splitlines()[:2]
    assert first.startswith("#") and all(column in first for column in header.split("\t"))


def test_there_are_at_least_600_concepts(domain: Domain) -> None:
    assert len(domain.concepts) >= 600


def test_ids_that_code_relies_on_are_there(lexicon: Lexicon) -> None:
    assert [id_ for id_ in NEEDED_IDS if id_ not in lexicon] == []


def test_ids_are_slugs_and_unique(domain: Domain) -> None:
    ids = [concept.id for concept in domain.concepts]
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z][a-z0-9_]*", id_)] == []
    assert len(ids) == len(set(ids))


def test_every_kind_is_a_known_one(domain: Domain) -> None:
    assert {concept.kind for concept in domain.concepts} <= KINDS


def test_every_concept_has_an_english_name_and_a_short_gloss(domain: Domain) -> None:
    assert [concept.id for concept in domain.concepts if not concept.name_en] == []
    assert [concept.id for concept in domain.concepts if not concept.gloss or len(concept.gloss) > 60] == []


def test_no_name_stands_twice_in_one_row(domain: Domain) -> None:
    for concept in domain.concepts:
        folded = [fold(name) for name in concept.aliases]
        twice = {name for name in folded if folded.count(name) > 1}
        assert not twice, f"{concept.id}: {twice}"
        assert fold(concept.name) not in folded, concept.id


def test_a_shared_name_has_exactly_one_sense_without_cues(domain: Domain) -> None:
    bearers: dict[str, list[Concept]] = defaultdict(list)
    for concept in domain.concepts:
        for name in {fold(name) for name in names_of(concept)}:
            bearers[name].append(concept)
    unclear = {
        name: [concept.id for concept in concepts]
        for name, concepts in bearers.items()
        if len(concepts) > 1 and sum(not concept.cues for concept in concepts) != 1
    }
    assert unclear == {}


def test_cues_stand_only_where_a_name_is_shared(domain: Domain) -> None:
    count: dict[str, int] = defaultdict(int)
    for concept in domain.concepts:
        for name in {fold(name) for name in names_of(concept)}:
            count[name] += 1
    idle = [concept.id for concept in domain.concepts if concept.cues and all(count[fold(name)] == 1 for name in names_of(concept))]
    assert idle == []


@pytest.mark.parametrize("word", TOO_GENERAL)
def test_words_that_would_match_everywhere_are_no_names(word: str, lexicon: Lexicon) -> None:
    assert lexicon.named(word) is None


# words of every day that are other names nevertheless: in this field they mean nothing else
EVERYDAY_NAMES = "资源 项目 价格 费用 安全 应用 资料 网络 社区 卷 程序 手机 机器 核 生态".split()
_EVERYDAY = 9.7  # nats of rarity in general Chinese


def test_no_other_name_is_a_word_of_every_day_unless_it_is_meant_so(domain: Domain) -> None:
    plain = Tokenizer()
    wide = {name for concept in domain.concepts for name in concept.aliases if plain.is_word(name) and plain.rarity(name) < _EVERYDAY}
    assert {name for name in wide if len(name) <= 4 and re.fullmatch("[\u4e00-\u9fff]+", name)} == set(EVERYDAY_NAMES)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("iptables", "firewall"), ("子网掩码", "subnet"), ("密钥", "password"), ("页面", "memory_page"), ("隔离级别", "isolation"),
        ("内存溢出", "memory_leak"), ("数字证书", "tls"), ("云硬盘", "object_storage"), ("人工智能", "machine_learning"), ("固件", "bios"),
        ("网页", "website"), ("许可证", "license_cost"), ("本次实验", "ibm_test"), ("整台机器", "hardware"),
    ],
)  # fmt: skip
def test_another_thing_is_no_other_name(word: str, other: str, lexicon: Lexicon) -> None:
    found = lexicon.named(word)
    assert found is None or found.id != other


def test_a_traditional_name_is_known_in_simplified_characters_too(domain: Domain, lexicon: Lexicon) -> None:
    """Articles are read in simplified characters: 記憶體 is met as 记忆体."""
    missed = {
        (name, concept.id)
        for concept in domain.concepts
        for name in names_of(concept)
        if (plain := simplified(name)) != name and concept.id not in lexicon.folded_names().get(fold(plain), ())
    }
    assert missed == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("主机里装着主板、电源和硬盘", ["host_case", "mainboard", "power_supply", "disk"]),
        ("主机有一个IP地址", ["host", "ip_address"]),
        ("狭义上的主机接着显示器", ["host_case", "monitor"]),
        ("每个容器都共享宿主机内核", ["container", "host_kernel"]),
        ("容器直接利用宿主机的系统内核", ["container", "host_kernel"]),
        ("与其他容器共享内核", ["container", "kernel"]),
        ("从国内镜像源下载", ["mirror"]),
        ("这个下载站是官方的镜像", ["mirror"]),
        ("镜像只占很少的资源", ["image", "compute_resource"]),
        ("用镜像启动一个容器", ["image", "container"]),
        ("先准备运行网站的容器，例如tomcat", ["web_container", "tomcat"]),
        ("每台客户机都有自己的内核", ["virtual_machine", "kernel"]),
        ("客户机向服务器发出请求", ["client", "server"]),
        ("Docker的守护进程负责管理容器", ["docker", "docker_daemon", "container"]),
        ("sshd是常见的守护进程", ["ssh", "daemon"]),
        ("处理器执行指令", ["cpu", "hardware_instruction"]),
        ("Dockerfile里的每条指令生成一层", ["dockerfile", "dockerfile_instruction"]),
        ("在服务器上运行项目", ["server", "application"]),
        ("谷歌发起了这个项目", ["google", "software_project"]),
        ("客户系统和宿主系统之间", ["guest_os", "host_os"]),
        ("臃肿的从操作系统", ["guest_os"]),
        ("完整的用户操作系统", ["guest_os"]),
        ("容器层装在主机操作系统之上", ["container_layer", "host_os"]),
        ("Dokcer和虚机", ["docker", "virtual_machine"]),
        ("虛擬機器與伺服器", ["virtual_machine", "server"]),
        ("操作系统级虚拟化和硬件辅助虚拟化", ["os_level_virtualization", "hardware_assisted_virtualization"]),
        ("Linux 容器（LXC）", ["lxc"]),
        ("Build once, run anywhere", ["portability"]),
        ("containers share the host kernel", ["container", "host_kernel"]),
    ],
)
def test_names_in_a_sentence(text: str, wanted: list[str], lexicon: Lexicon, tokenizer: Tokenizer) -> None:
    edges = {place for word in tokenizer.words(text) for place in (word.start, word.end)}
    assert [match.concept_id for match in lexicon.find(text, boundaries=edges)] == wanted


def test_aspect_ids_are_unique_and_at_least_32(domain: Domain) -> None:
    text = (FOLDER / "aspects.toml").read_text(encoding="utf-8")
    ids = re.findall(r'^id = "(.+)"$', text, flags=re.MULTILINE)
    assert len(ids) == len(set(ids)) == len(domain.aspects)
    assert len(ids) >= 32


def test_an_aspect_bears_its_own_name(domain: Domain) -> None:
    silent = [aspect.id for aspect in domain.aspects.values() if aspect.id not in aspect.names]
    assert silent == []


def test_no_phrase_belongs_to_two_aspects(domain: Domain) -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for aspect in domain.aspects.values():
        for phrase in phrases_of(aspect):
            bearers[phrase].add(aspect.id)
    assert {phrase: ids for phrase, ids in bearers.items() if len(ids) > 1} == {}


def test_no_bare_adjective_stands_for_an_aspect(domain: Domain) -> None:
    bare = set("更快 更慢 更高 更低 更强 更弱 更好 更差 更多 更少 更大 更小 快 慢 高 低".split())
    assert {aspect.id for aspect in domain.aspects.values() if bare & set(phrases_of(aspect))} == set()


@pytest.mark.parametrize(
    ("name", "aspect", "reversed_"),
    [
        ("启动时间", "启动速度", True),
        ("资源消耗", "资源占用", False),
        ("攻击面", "安全", True),
        ("运维成本", "维护成本", False),
        ("响应时间", "响应速度", True),
    ],
)
def test_a_name_and_its_direction(name: str, aspect: str, reversed_: bool, domain: Domain) -> None:
    row = domain.aspects[aspect]
    assert (name in row.reversed_names, name in row.names) == (reversed_, not reversed_)


def test_inverse_relations_point_back(domain: Domain) -> None:
    for relation in domain.relations.values():
        if relation.inverse is not None:
            assert domain.relations[relation.inverse].inverse == relation.id


def test_layers_hold_concepts_of_the_vocabulary(domain: Domain) -> None:
    known = {concept.id for concept in domain.concepts}
    assert len(domain.layers) > 3
    for layer in domain.layers:
        assert set(layer.concepts) <= known, layer
    assert any(row.above for row in domain.relations.values())
