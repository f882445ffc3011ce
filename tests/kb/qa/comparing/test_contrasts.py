"""Rows of a comparison: whose statements stand in it, what it is called, what it leaves out."""

from __future__ import annotations

from collections.abc import Callable

from kb.app import KnowledgeBase
from kb.records import Answer

Add = Callable[..., KnowledgeBase]


def table(answer: Answer) -> dict[str, tuple[str, ...]]:
    assert answer.table is not None
    return {row.aspect: tuple(cell.text for cell in row.cells) for row in answer.table.rows}


def test_what_both_are_a_kind_of_sets_neither_apart(told: Add) -> None:
    text = "Docker 是一种容器。Podman 是一种容器。容器与宿主机共享内核。Docker 依赖守护进程，Podman 不依赖守护进程。"
    found = told(text).ask("Docker和Podman有什么区别？")
    assert not any("共享内核" in cell for row in table(found).values() for cell in row)
    assert ("Docker 依赖守护进程", "Podman 不依赖守护进程") in table(found).values()


def test_what_one_is_a_kind_of_holds_for_it_too(told: Add) -> None:
    text = "Docker 是一种容器。Docker 容器由 Docker 创建。容器与宿主机共享内核。虚拟机包含自己的内核。"
    assert table(told(text).ask("Docker和虚拟机有什么区别？"))["架构"] == ("容器与宿主机共享内核", "虚拟机包含自己的内核")


def test_things_of_different_kinds_differ_first_in_what_they_are(told: Add) -> None:
    image = "镜像是创建容器的只读模板。镜像不包含内核。镜像分为若干层。镜像保存在仓库里。"
    container = "容器是一组受到隔离的进程。容器与宿主机共享内核。"
    assert table(told(image, container).ask("镜像和容器有什么区别？"))["是什么"] == ("镜像是创建容器的只读模板", "容器是一组受到隔离的进程")


def test_the_sentence_that_says_where_they_differ_leads(told: Add) -> None:
    text = "容器和虚拟机的根本区别在于虚拟化的层次。容器与宿主机共享内核。虚拟机包含自己的内核。容器比虚拟机启动更快。"
    first = told(text).ask("容器和虚拟机有什么区别？").text.split("\n")[1]
    assert first.startswith("根本区别：容器和虚拟机的根本区别在于虚拟化的层次[")


def test_a_number_of_something_inside_is_no_number_of_the_thing(told: Add) -> None:
    text = "虚拟机的镜像体积是 20 GB。在容器里修改一个 1 GiB 文件时要先复制它。容器与宿主机共享内核。虚拟机包含自己的内核。"
    assert not any("1 GiB" in cell for row in table(told(text).ask("容器和虚拟机有什么区别？")).values() for cell in row)


def test_no_two_rows_of_one_name(told: Add) -> None:
    text = "容器比虚拟机启动更快。容器启动快，虚拟机启动慢。容器的启动速度比虚拟机高。容器与宿主机共享内核。虚拟机包含自己的内核。"
    found = told(text).ask("容器和虚拟机有什么区别？")
    assert found.table is not None
    names = [row.aspect for row in found.table.rows]
    assert len(names) == len(set(names))


def test_the_figures_of_both_stand_beside_one_another(told: Add, others: str) -> None:
    base = told(
        f"虚拟机的体积是 20 GB。容器的体积是 30 MB。与其他办法相比，容器的体积比虚拟机更小，这是许多人选择它的理由。容器的启动速度比虚拟机更快。{others}"
    )
    text = base.ask("容器和虚拟机在体积、启动速度上分别怎样？").text
    assert "20 GB" in text and "30 MB" in text and text.count("\n") == 1
