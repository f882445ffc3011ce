"""What sort of value is asked for, and whether a sentence holds one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.understanding import understand
from kb.qa.finding.expected import held, sort_of, sorts, traits
from kb.qa.finding.index import index_of
from kb.qa.telling.extracts import weighed


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("Docker 是哪一年发布的？", "year"),
        ("一台服务器有多少个插槽", "number"),
        ("OCI 运行时规范最新是哪个版本", "version"),
        ("容器是谁发明的", "person"),
        ("libvirt 最早是哪家公司做的", "company"),
        ("VMware 的总部设在哪个城市", "place"),
        ("AppArmor 的规则放在哪个目录", "place"),
        ("查看命名空间用什么命令", "command"),
        ("ESXi 的内核叫什么", "name"),
        ("What is the licence of Xen?", "licence"),
        ("容器用哪种文件系统", "which"),
        ("容器为何启动快", "nothing"),
    ],
)
def test_the_sort_of_value_that_is_asked_for(question: str, sort: str) -> None:
    assert sort_of(question) == sort and sort in sorts()


@pytest.mark.parametrize(
    ("sort", "text", "holds"),
    [
        ("year", "它在 2013 年发布。", True),
        ("year", "它发布得很早。", False),
        ("number", "一共有十二个插槽。", True),
        ("person", "它由谷歌的工程师开发。", True),
        ("person", "它的代码很短。", False),
        ("path", "规则放在 /etc/apparmor.d 里。", True),
        ("command", "使用 lsns 就能看到。", True),
        ("price", "它完全免费。", True),
        ("nothing", "它在 2013 年发布。", False),
    ],
)
def test_whether_a_text_holds_such_a_value(sort: str, text: str, *, holds: bool) -> None:
    assert held(sort, text, "") is holds


def test_what_the_question_brings_along_is_no_value() -> None:
    assert not held("year", "2013 年的版本很旧。", "2013 年的 Docker 是哪一年发布的？")


def test_where_the_value_stands_is_a_trait(told: Callable[..., KnowledgeBase]) -> None:
    sources = told("机架的高度是 42 个单位，颜色多为黑色。机架的重量没有规定。编译器把源代码变成程序。").sources()

    def of(text: str) -> dict[str, float]:
        question = understand(text, sources)
        terms, ranked, _, _ = weighed(question, sources)
        return traits(question.resolved, terms, ranked[:1], index_of(sources))

    high = of("机架的高度是多少？")
    assert (high["value held"], high["value beside what is asked"], high["value lacking"]) == (1.0, 1.0, 0.0)
    heavy = of("机架的重量是多少？")
    assert (heavy["asks for number"], heavy["value held"], heavy["value lacking"], heavy["lacks number"]) == (1.0, 0.0, 1.0, 1.0)
