from __future__ import annotations

import pytest

from kb.language.lexicon import Lexicon, Match
from kb.language.words import Tokenizer
from kb.records import Concept

HOST = Concept("host", "主机", ("网络主机",))
CASE = Concept("host_case", "机箱", ("主机",), cues=("显示器", "主板"))
DOCKER = Concept("docker", "Docker", ("Docker CE",), "product", name_en="Docker")
DOCKER_CONTAINER = Concept("docker_container", "Docker容器")
CONTAINER = Concept("container", "容器", name_en="container")
SERVICE = Concept("service", "服务")
SERVER = Concept("server", "服务器", name_en="server")
ISA = Concept("instruction_set", "指令集", ("ISA",))
STAGE = Concept("tag", "标签", ("tag",))
OWN = Lexicon([CASE, HOST, DOCKER, DOCKER_CONTAINER, CONTAINER, SERVICE, SERVER, ISA, STAGE])


def found(text: str, **options: object) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.concept_id) for m in OWN.find(text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Docker容器很轻", [("Docker容器", "docker_container")]),
        ("docker  容器很轻", [("docker  容器", "docker_container")]),
        ("装好Docker CE再说", [("Docker CE", "docker")]),
        ("容器与服务器", [("容器", "container"), ("服务器", "server")]),
        ("ＤＯＣＫＥＲ很流行", [("ＤＯＣＫＥＲ", "docker")]),
        ("什么都没提到", []),
        ("", []),
    ],
)
def test_the_longest_name_at_a_place_wins(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dockerize it", []),
        ("multistage build", []),
        ("the image tag", [("tag", "tag")]),
        ("two containers run", [("container", "container")]),
        ("DockerHub是什么", [("Docker", "docker")]),
        ("tagCloud是什么", []),
        ("DockerDocker是什么", [("Docker", "docker"), ("Docker", "docker")]),
        ("this is a test", []),
        ("Docker20以后", [("Docker", "docker")]),
        ("tags", [("tag", "tag")]),
    ],
)
def test_a_latin_name_stands_alone_or_in_the_plural(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_han_name_begins_and_ends_where_words_do() -> None:
    text = "服务器"
    assert Lexicon([SERVICE]).find(text) == (Match(0, 2, "service"),)
    assert Lexicon([SERVICE]).find(text, boundaries=[0, 3]) == ()
    assert Lexicon([SERVICE]).find(text, boundaries=[0, 2, 3]) == (Match(0, 2, "service"),)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("这个服务器很旧", "服务"),
        ("内核心情不好", "核心"),
        pytest.param("容器广泛应用于测试", "应用"),
    ],
)
def test_the_boundaries_of_the_tokenizer_keep_names_out_of_longer_words(text: str, name: str, tokenizer: Tokenizer) -> None:
    edges = {place for word in tokenizer.words(text) for place in (word.start, word.end)}
    assert Lexicon([Concept("x", name)]).find(text, boundaries=edges) == ()


def test_matches_never_overlap() -> None:
    matches = OWN.find("Docker容器与容器服务器服务")
    assert all(left.end <= right.start for left, right in zip(matches, matches[1:], strict=False))
    assert len(matches) == 4


@pytest.mark.parametrize(
    ("text", "context", "sense"),
    [
        ("这台主机连在网上", "", "host"),
        ("主机和显示器放在桌上", "", "host_case"),
        ("主机坏了", "显示器与主板的选购", "host_case"),
        ("机箱也坏了", "", "host_case"),
    ],
)
def test_cues_choose_the_sense(text: str, context: str, sense: str) -> None:
    assert OWN.find(text, context=context)[0].concept_id == sense


def test_cues_in_the_text_count_more_than_those_around() -> None:
    router = Concept("router", "路由器", ("主机",), cues=("网线",))
    lexicon = Lexicon([CASE, router])
    assert lexicon.find("主机要插网线", context="显示器")[0].concept_id == "router"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Docker", DOCKER),
        ("docker ce", DOCKER),
        ("docker", DOCKER),
        ("container", CONTAINER),
        ("主机", HOST),
        ("没有这个", None),
        ("", None),
    ],
)
def test_a_single_name_or_id_is_looked_up(name: str, expected: Concept | None) -> None:
    assert OWN.named(name) == expected


def test_context_chooses_the_sense_of_a_single_name() -> None:
    assert OWN.named("主机", context="显示器和主板") == CASE


def test_an_unknown_id_raises() -> None:
    with pytest.raises(KeyError):
        OWN.concept("nothing")
    assert "nothing" not in OWN and "docker" in OWN and len(OWN) == 9


def test_names_are_given_as_written() -> None:
    assert set(Lexicon([DOCKER, HOST]).names()) == {"Docker", "Docker CE", "主机", "网络主机"}


def test_every_name_of_the_vocabulary_is_found_in_itself(lexicon: Lexicon) -> None:
    for concept in lexicon.concepts():
        for name in (concept.name, *concept.aliases):
            matches = lexicon.find(name)
            assert matches, name
            assert matches[0].start == 0 or not name[0].isalnum(), name
