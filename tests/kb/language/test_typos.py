from __future__ import annotations

import pytest

from kb.language import typos
from kb.language.typos import Speller, misspells

SPELLER = Speller(["KVM", "Docker", "Kubernetes", "虚拟机", "容器", "宿主机", "a b"])
WORDS = {"have", "你好", "内容"}


def corrected(text: str, taken: tuple[tuple[int, int], ...] = ()) -> tuple[str, tuple[tuple[str, str], ...]]:
    return SPELLER.corrected(text, taken, lambda word: word in WORDS)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("KMV是什么", "KVM是什么"),
        ("dokcer怎么用", "Docker怎么用"),
        ("kuberntes好用吗", "Kubernetes好用吗"),
        ("虚似机", "虚拟机"),
        ("溶器", "容器"),
        ("苏打水", "苏打水"),
        ("docker", "Docker"),
        ("", ""),
    ],
)
def test_a_misspelt_name_becomes_the_nearest_known(written: str, meant: str) -> None:
    assert corrected(written)[0] == meant


def test_a_known_word_is_never_corrected_into_another() -> None:
    assert Speller(["haze"]).corrected("have", (), lambda word: word in WORDS)[0] == "have"
    assert Speller(["内荣"]).corrected("内容", (), lambda word: word in WORDS)[0] == "内容"


def test_what_names_something_already_is_left_alone() -> None:
    assert corrected("KMV和虚似机", ((0, 3),))[0] == "KMV和虚拟机"


def test_two_slips_in_a_short_name_are_too_many() -> None:
    assert corrected("KXX")[0] == "KXX"


@pytest.mark.parametrize(("text", "fixes"), [("KMV与溶器", {("KMV", "KVM"), ("溶器", "容器")}), ("虚似机", {("虚似机", "虚拟机")})])
def test_each_correction_is_told_as_written_and_meant(text: str, fixes: set[tuple[str, str]]) -> None:
    assert set(corrected(text)[1]) == fixes


def test_nothing_to_correct_tells_nothing() -> None:
    assert corrected("容易") == ("容易", ())


def test_two_syllables_need_more_than_their_sound() -> None:
    speller = Speller(["容器", "启动"])
    assert speller.corrected("溶器是什么", (), lambda word: False)[0] == "容器是什么"
    assert speller.corrected("荣气是什么", (), lambda word: False)[0] == "荣气是什么"


def test_what_stands_before_了_is_a_verb_and_no_name() -> None:
    assert Speller(["网段"]).corrected("网断了会怎样", (), lambda _: False)[0] == "网断了会怎样"
    assert Speller(["网段"]).corrected("网断有几个", (), lambda _: False)[0] == "网段有几个"


def test_what_asks_is_part_of_no_name() -> None:
    assert Speller(["超分配"]).corrected("IP 地址是谁分配的？", (), lambda _: False)[0] == "IP 地址是谁分配的？"


def test_what_is_written_like_no_name_is_not_sounded(monkeypatch: pytest.MonkeyPatch) -> None:
    def sound(word: str) -> str:
        raise AssertionError(word)

    monkeypatch.setattr(typos, "_sound", sound)
    assert Speller(["容器", "启动盘"]).corrected("跑得快", (), lambda _: False)[0] == "跑得快"


@pytest.mark.parametrize(
    ("written", "name", "wrong"),
    [("Dokcer", "Docker", True), ("docker", "Docker", False), ("vm", "VMM", False), ("云主机", "云服务", False)],
)
def test_a_name_of_some_length_may_be_one_letter_off(written: str, name: str, wrong: bool) -> None:
    assert misspells(written, name) is wrong
