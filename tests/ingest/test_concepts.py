"""Known names are linked, new ones proposed; neither loses its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.records import Extract, Mention

Read = Callable[[str], Extract]


def named(text: str, extract: Extract) -> list[tuple[str, str]]:
    return [(text[slice(*m.span)], m.concept_id) for m in extract.mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("容器共享宿主机的内核。", [("容器", "container"), ("宿主机的内核", "host_kernel"), ("宿主机", "host_machine")]),
        ("Guest OS跑在虚拟机里。", [("Guest OS", "guest_os"), ("虚拟机", "virtual_machine")]),
        ("ＤＯＣＫＥＲ很流行。", [("ＤＯＣＫＥＲ", "docker")]),
        ("这里什么也没说。", []),
        # other names of the two types, and no Type
        (
            "Type 1 hypervisor 不同于 Type 2 hypervisor。",
            [("Type 1 hypervisor", "type1_hypervisor"), ("Type 2 hypervisor", "type2_hypervisor")],
        ),
        (
            "一型虚拟机监控程序不同于托管虚拟机监控程序。",
            [("一型虚拟机监控程序", "type1_hypervisor"), ("托管虚拟机监控程序", "type2_hypervisor")],
        ),
    ],
)
def test_known_names_are_linked(text: str, expected: list[tuple[str, str]], read: Read) -> None:
    assert named(text, read(text)) == expected


def test_a_new_name_that_stands_only_inside_a_known_one_is_none(read: Read) -> None:
    extract = read("Type 1 hypervisor 很快。Type 2 hypervisor 很慢。Type 1 hypervisor 很小。")
    assert "type" not in {concept.id for concept in extract.concepts} | {mention.concept_id for mention in extract.mentions}


def test_a_clause_that_the_dictionary_takes_for_a_name_is_none(read: Read) -> None:
    text = "程序在环境中运行。容器在环境中运行。调优后性能好，调优后很快。"
    assert not {"环境中运行", "调优后"} & {concept.name for concept in read(text).concepts}


def test_a_name_inside_a_longer_one_is_marked_as_such(read: Read) -> None:
    extract = read("容器共享宿主机的内核。")
    assert {m.concept_id: m.found_by for m in extract.mentions} == {
        "container": "lexicon",
        "host_kernel": "lexicon",
        "host_machine": "nested",
    }


def test_a_mention_quotes_the_original_even_where_it_was_masked(read: Read) -> None:
    text = "虚拟机里有完整的*** 作系统。"
    assert ("*** 作系统", "operating_system") in [(quote[-7:], id_) for quote, id_ in named(text, read(text))]


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("Zephyrix是一种新的引擎。", "Zephyrix", "Zephyrix"),
        ("这里用Foobar Engine来管理容器。", "Foobar Engine", "Foobar Engine"),
        ("云梯坞（Yunti Wharf）是一种调度平台。", "云梯坞", "Yunti Wharf"),
        ("云梯坞是一款软件。", "云梯坞", None),
    ],
)
def test_a_latin_name_or_what_is_defined_becomes_a_new_concept(text: str, name: str, english: str | None, read: Read) -> None:
    extract = read(text)
    (new,) = (concept for concept in extract.concepts if concept.kind == "discovered" and concept.name == name)
    assert (new.name_en, new.aliases) == (english, ())
    assert any(m.concept_id == new.id and m.found_by == "discovery" for m in extract.mentions)


@pytest.mark.parametrize(
    "text",
    ["It can run. The rest is up to You.", "这是一种办法。", "它是一个好主意。", "目的是一种结果。", "看https://Example.com/Foo即可。"],
)
def test_function_words_and_addresses_are_no_names(text: str, read: Read) -> None:
    assert read(text).concepts == ()


def test_a_new_concept_is_known_in_the_whole_article(read: Read) -> None:
    text = "用云梯坞调度容器。\n云梯坞是一种平台。"
    ids = [m for m in read(text).mentions if m.concept_id == "云梯坞"]
    assert ids == [Mention("a#0", (1, 4), "云梯坞", "discovery"), Mention("a#1", (10, 13), "云梯坞", "discovery")]


def test_only_concepts_that_the_vocabulary_lacks_are_proposed(read: Read) -> None:
    assert read("Docker是一种容器引擎。容器使用Linux内核。").concepts == ()


def test_a_verb_at_the_end_of_a_name_is_a_verb_where_a_complement_follows(read: Read) -> None:
    assert ("CPU", "cpu") in named("软件把CPU虚拟化成多份。", read("软件把CPU虚拟化成多份。"))
    assert ("CPU虚拟化", "cpu_virtualization") in named("CPU虚拟化技术很成熟。", read("CPU虚拟化技术很成熟。"))


@pytest.mark.parametrize(
    ("text", "sense"),
    [("主机上插着显示器和主板。", "host_case"), ("主机连接到计算机网络。", "host")],
)
def test_cues_in_the_sentence_choose_the_sense(text: str, sense: str, read: Read) -> None:
    assert named(text, read(text))[0] == ("主机", sense)
