from __future__ import annotations

import re
from importlib import resources

import pytest

from kb.qa.asking.attributes import asked_words, demanded


@pytest.mark.parametrize(
    ("question", "held", "not_held"),
    [
        ("Docker是哪一年发布的？", "它在2013年发布。", "它发布得很早。"),
        ("What year was Docker released?", "2013", "很早"),
        ("Docker企业版多少钱？", "每年750美元。", "它的价格不低，功能很多。"),
        ("甲公司花多少钱买下乙公司？", "甲公司以 4.29 亿美元收购乙公司。", "甲公司收购了乙公司。"),
        ("防火墙一台要多少钱？", "一台要三千元，另一种要 5000 元。", "市场规模是 76 亿美元。"),
        ("多大比例的公司在用？", "高达 80% 的公司在用。", "很多公司在用。"),
        ("这台服务器是什么型号？", "型号是R740。", "这台服务器很快。"),
        ("容器的作者是谁？", "由甲公司开发。", "容器很轻。"),
        ("性能下降百分之几？", "下降了10%。", "下降了一些。"),
        ("Docker是用什么语言写的？", "它用Go语言编写。", "它很流行。"),
        ("OCI的全称是什么？", "OCI（Open Container Initiative）。", "这个组织很大。"),
        ("用什么命令启动容器？", "用命令docker run。", "容器启动很快。"),
        ("热迁移啥時候推出的？", "它在 2003 年推出。", "它推出得很早。"),
        ("overlayfs 什么时候进的主线内核？", "随 Linux 3.18 进入。", "已经进入主线内核。"),
        ("libvirt 是谁家做的？", "由红帽公司的工程师发起。", "它很流行。"),
        ("最早是哪位提出的？", "戈德堡提出了这个分类。", "同一个团队对它负责。"),
        ("Nginx 的作者叫什么？", "它由一位俄罗斯工程师编写。", "标签是给人看的名字。"),
        ("谁是 LXC 的维护者？", "它由社区维护。", "它由程序库和工具组成。"),
        ("SFTP 走几号端口？", "默认端口是 22。", "只需要发布一个端口。"),
    ],
)
def test_an_attribute_demands_its_own_kind_of_value(question: str, held: str, not_held: str) -> None:
    pattern = demanded(question)
    assert pattern is not None
    assert pattern.search(held) and not pattern.search(not_held)


@pytest.mark.parametrize(
    "question",
    [
        "ufw 挡不住 Docker 发布的端口",
        "什么时候用容器合适",
        "容器是什么？",
        "容器和虚拟机有什么区别？",
        "为什么容器启动快？",
        "What is Docker?",
        "",
    ],
)
def test_most_questions_demand_nothing_special(question: str) -> None:
    assert demanded(question) is None


@pytest.mark.parametrize("question", ["今天天气怎么样？", "股价是多少？", "有什么最新消息？"])
def test_what_no_article_here_can_hold_is_held_by_nothing(question: str) -> None:
    pattern = demanded(question)
    assert pattern is not None
    assert not pattern.search("今天天气晴，股价是10元，最新消息如下。")


def test_every_row_is_two_expressions() -> None:
    rows = resources.files("kb.qa").joinpath("data/attributes.tsv").read_text(encoding="utf-8").splitlines()
    for row in rows:
        if row and not row.startswith("#"):
            cells = row.split("\t")
            assert len(cells) == 2 and all(cells), row
            assert all(re.compile(cell) for cell in cells)


@pytest.mark.parametrize(
    ("question", "words"),
    [("从哪个内核版本开始支持？", "哪个内核版本"), ("In which kernel version was it added?", "which kernel version"), ("容器是什么？", "")],
)
def test_the_words_that_name_the_attribute(question: str, words: str) -> None:
    assert asked_words(question) == words
