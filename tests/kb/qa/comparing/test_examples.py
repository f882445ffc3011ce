"""In what respect an example of a thing is compared."""

from __future__ import annotations

from collections.abc import Callable

from kb.app import KnowledgeBase


def test_an_example_stands_for_its_kind_under_its_own_name(told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"Docker 是一种容器。Docker容器由 Docker 创建。虚拟机比 Docker 更消耗资源。容器的启动速度比虚拟机更快。{others}")
    found = base.ask("容器和虚拟机谁更耗资源？")
    assert found.text.startswith("资源占用：虚拟机更多。虚拟机比 Docker 更消耗资源")
    assert base.ask("容器和虚拟机谁更省资源？").text.startswith("资源占用：Docker 更少。")


def test_what_is_said_of_the_thing_itself_comes_first(told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"Docker 是一种容器。Docker容器由 Docker 创建。虚拟机比 Docker 更消耗资源。虚拟机比容器更消耗资源。{others}")
    assert base.ask("容器和虚拟机谁更省资源？").text.startswith("资源占用：容器更少。虚拟机比容器更消耗资源")
