from __future__ import annotations

import pytest

from kb.qa.comparing.fragments import hearsay, of_all, points_back, stands_alone, without_announcement


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        ("宿主机内核崩溃时", "宿主机内核崩溃时，上面的机器都会停止。"),
        ("就应当选择虚拟机", "如果需要强隔离，就应当选择虚拟机。"),
        ("内存就全部被占用", "虚拟机一旦启动，内存就全部被占用。"),
        ("KVM 不能运行", "没有这些扩展时，KVM 不能运行。"),
        ("并扫描镜像中的漏洞", "限制权限，并扫描镜像中的漏洞。"),
        ("这个数字不含内核", "这个数字不含内核。"),
        ("Hyper-V 采用类似的结构", "Hyper-V 采用类似的结构，设备由父分区驱动。"),
        ("裸金属不支持这些功能", "虚拟机支持快照，裸金属不支持这些功能。"),
        ("containerd 再调用 runc", "dockerd 调用 containerd，containerd 再调用 runc。"),
    ],
)
def test_what_leans_on_the_words_before_it_does_not_stand_alone(clause: str, sentence: str) -> None:
    assert not stands_alone(clause, sentence)


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        ("容器与宿主机共享内核", "容器内的程序直接运行，所以容器与宿主机共享内核。"),
        ("Docker 运行在内核上", "速度没有本质差别，因为 Docker 运行在内核上。"),
        ("虚拟机包含自己的内核", "虚拟机包含自己的内核，容器不包含内核。"),
    ],
)
def test_a_whole_statement_does(clause: str, sentence: str) -> None:
    assert stands_alone(clause, sentence)


def test_an_announcement_of_what_is_not_quoted_is_left_out() -> None:
    assert without_announcement("容器的密度高于虚拟机，原因有四个") == "容器的密度高于虚拟机"
    assert without_announcement("两者有四个区别") == "两者有四个区别"


def test_what_others_say_is_hearsay() -> None:
    assert hearsay("常见的说法是容器更快") and hearsay("两者谁更安全存在争议")
    assert not hearsay("容器比虚拟机启动更快")


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("KVM 与 Xen 都是虚拟化方案", True),
        ("SFTP 与 FTP 名称相近", True),
        ("容器与宿主机共享内核", False),
        ("虚拟系统只能模拟和现有操作系统相同的环境", False),
    ],
)
def test_what_is_said_of_both_tells_neither_apart(text: str, so: bool) -> None:
    assert of_all(text) is so


@pytest.mark.parametrize(
    ("clause", "points"),
    [
        ("因此其体积更小", True),
        ("它更快", True),
        ("后者更省内存", True),
        ("其他容器更快", False),
        ("其实容器更快", False),
        ("容器比它更慢", False),
    ],
)
def test_a_clause_may_begin_with_a_word_for_what_is_named_before(clause: str, points: bool) -> None:
    assert points_back(clause) is points
