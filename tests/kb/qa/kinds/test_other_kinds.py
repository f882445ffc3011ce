"""Cause, choice, how, listing, meta, open, quantity, relation and who: each finds its sentence, and refuses without one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Filled = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("kind", "question", "quoted"),
    [
        ("cause", "为什么虚拟机更消耗资源？", "因为每台虚拟机都要运行一个完整的操作系统"),
        ("cause", "Why do virtual machines consume more resources?", "因为每台虚拟机都要运行一个完整的操作系统"),
        ("choice", "隔离租户用什么合适？", "虚拟机更适合"),
        ("choice", "快速扩容推荐用什么？", "推荐使用容器"),
        ("how", "如何限制资源？", "用cgroups限制资源"),
        ("how", "怎样隔离进程？", "使用命名空间隔离进程"),
        ("quantity", "虚拟机启动要多久？", "虚拟机启动需要数分钟"),
        ("quantity", "基础镜像有多大？", "大约有5 MB"),
        ("relation", "Docker和LXC是什么关系？", "Docker基于LXC发展而来"),
        ("relation", "How is Docker related to LXC?", "Docker基于LXC发展而来"),
        ("who", "谁管理容器？", "Docker守护进程管理容器和镜像"),
        ("who", "Who manages containers?", "Docker守护进程管理容器和镜像"),
    ],
)
def test_the_sentence_that_answers_is_quoted(kind: str, question: str, quoted: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(question)
    assert (answer.question.kind, answer.status) == (kind, "answered")
    assert quoted in answer.evidence[0].quote and quoted in answer.text


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("cause", "为什么Mesos很慢？"),
        ("choice", "做蛋糕用什么合适？"),
        ("how", "如何安装Mesos？"),
        ("listing", "Mesos有哪些优点？"),
        ("quantity", "Mesos有多大？"),
        ("quantity", "虚拟机的价格是多少？"),
        ("relation", "Mesos和容器是什么关系？"),
        ("who", "谁管理Mesos？"),
    ],
)
def test_without_such_a_sentence_the_question_is_refused(kind: str, question: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(question)
    assert answer.question.kind == kind
    assert answer.status in ("no_evidence", "unknown_concept") and answer.evidence == ()


# ---------------------------------------------------------------- a value

VALUES = (
    "Docker 由张三设计，随系统在 2000 年 3 月发布。Docker 的缺点是只能用于一种系统。Docker 适合隔离服务。"
    "LXC 的默认端口是 2222。LXC 比Docker 更常用。"
)


@pytest.mark.parametrize(
    ("question", "says"),
    [("Docker 是哪一年发布的？", "2000 年 3 月"), ("Docker 啥時候發佈的？", "2000 年 3 月"), ("Docker 最早是谁设计的？", "张三")],
)
def test_only_the_sentence_with_the_value_is_told(question: str, says: str, told: Filled, others: str) -> None:
    answer = told(VALUES + others).ask(question)
    assert len(answer.evidence) == 1 and says in answer.text


@pytest.mark.parametrize("question", ["Docker 用哪个端口？", "LXC 是哪一年发布的？", "LXC 是谁家做的？"])
def test_without_the_value_nothing_is_told(question: str, told: Filled, others: str) -> None:
    assert told(VALUES + others).ask(question).status == "no_evidence"


def test_why_asks_for_no_value_though_it_names_one(told: Filled, others: str) -> None:
    answer = told("防火墙挡不住已发布的端口，因为转发规则绕过防火墙。" + others).ask("防火墙为什么挡不住发布的端口？")
    assert answer.status == "answered" and "绕过" in answer.text


# ---------------------------------------------------------------- listing


def test_the_lines_under_a_heading_are_the_list(told: Callable[..., KnowledgeBase]) -> None:
    answer = told("Docker的优势\n快速部署\n易于迁移\n节省资源\n").ask("Docker的优势有哪些？")
    assert answer.text == "Docker的优势：快速部署、易于迁移、节省资源[1]。"
    assert [evidence.quote for evidence in answer.evidence] == ["快速部署\n易于迁移\n节省资源"]


def test_a_list_ends_at_the_next_heading(told: Callable[..., KnowledgeBase]) -> None:
    answer = told("Docker的优势\n快速部署\n易于迁移\n底层技术\nHypervisor是创建虚拟机的软件。\n").ask("Docker的优势有哪些？")
    assert [evidence.quote for evidence in answer.evidence] == ["快速部署\n易于迁移"]


def test_kinds_are_listed_from_a_sentence(told: Callable[..., KnowledgeBase]) -> None:
    answer = told("服务器分为文件服务器、邮件服务器和数据库服务器三类。服务器很贵。").ask("服务器分哪几类？")
    assert (answer.question.kind, answer.status) == ("listing", "answered")
    assert "文件服务器、邮件服务器和数据库服务器" in answer.text


# ---------------------------------------------------------------- quantity


def test_numbers_that_differ_are_both_told(told: Callable[..., KnowledgeBase]) -> None:
    answer = told("虚拟机启动需要30秒。", "虚拟机启动需要5分钟，很慢。").ask("虚拟机启动要多久？")
    assert answer.text.startswith("说法不一")
    assert "30秒" in answer.text and "5分钟" in answer.text


def test_a_time_is_preferred_where_a_time_is_asked(told: Callable[..., KnowledgeBase]) -> None:
    base = told("虚拟机启动占用2 GB内存。虚拟机启动需要3分钟。")
    assert "3分钟" in base.ask("虚拟机启动要多久？").evidence[0].quote


# ---------------------------------------------------------------- relation and meta


def test_a_relation_is_told_in_the_words_of_an_article(filled_base: KnowledgeBase) -> None:
    assert filled_base.ask("Docker和LXC是什么关系？").text.startswith("Docker基于LXC发展而来[1]")


def test_what_separates_two_things_is_told_in_the_words_of_an_article(filled_base: KnowledgeBase) -> None:
    assert "不共享" in filled_base.ask("虚拟机和宿主机的内核是什么关系？").text


def test_the_base_tells_what_it_holds(filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask("知识库里有哪些文章？")
    counts = filled_base.store.counts()
    assert answer.status == "answered"
    assert str(counts["article"]) in answer.text and str(counts["claim"]) in answer.text
    assert "Docker简介" in answer.text and "容器和虚拟机" in answer.text


def test_an_article_is_told_by_its_headings(filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask("《Docker简介》这篇文章讲了什么？")
    assert {evidence.article_title for evidence in answer.evidence} == {"Docker简介"}
    assert "Docker的优势" in answer.text


# ---------------------------------------------------------------- relation


def test_a_relation_is_told_by_the_sentence_in_which_both_stand(told: Callable[..., KnowledgeBase]) -> None:
    text = (
        "TiKV 是一个分布式的键值数据库。RocksDB 是 Facebook 开源的存储引擎。TiKV 把数据保存在 RocksDB 中，具体的数据落地由 RocksDB 负责。\n"
    )
    answer = told(text).ask("TiKV 和 RocksDB 是什么关系？")
    assert (answer.question.kind, answer.status) == ("relation", "answered")
    assert answer.evidence[0].quote.startswith("TiKV 把数据保存在 RocksDB 中")
    assert answer.text.startswith("TiKV 把数据保存在 RocksDB 中")


def test_what_two_do_apart_is_told_where_their_parting_is_asked(told: Filled) -> None:
    base = told("守护进程和镜像仓库都很常见。通过守护进程或镜像仓库使用容器的人很多。守护进程负责网络和卷，镜像仓库负责分发镜像。")
    assert base.ask("守护进程和镜像仓库怎么分工？").text.startswith("守护进程负责网络和卷，镜像仓库负责分发镜像[1]")


def test_a_pair_named_in_one_breath_tells_no_relation(told: Filled) -> None:
    base = told("通过 Docker 或 Kubernetes 使用容器的人很多。Kubernetes 可以调度 Docker 创建的容器。")
    assert base.ask("Docker 和 Kubernetes 是什么关系？").text.startswith("Kubernetes 可以调度 Docker 创建的容器[1]")


def test_what_suits_each_of_the_things_offered(told: Filled) -> None:
    base = told("容器很轻。延迟敏感的数据库适合选择裸金属。负载变化大的业务适合选择虚拟机。虚拟机由软件构造。")
    found = base.ask("什么时候该用裸金属，什么时候用虚拟机？")
    assert "数据库适合选择裸金属" in found.text and "业务适合选择虚拟机" in found.text and "软件构造" not in found.text


def test_an_english_question_gets_english_names(filled_base: KnowledgeBase) -> None:
    found = filled_base.ask("What is the difference between containers and virtual machines?")
    assert found.table is not None and found.table.columns == ("container", "virtual machine")
    assert all("容器" not in (row.verdict or "") and "虚拟机" not in (row.verdict or "") for row in found.table.rows)
    assert not any(re.match(r"[^:]*[\u4e00-\u9fff][^:]*: ", line) for line in found.text.splitlines())


def test_things_that_are_roles_are_related_too(told: Filled) -> None:
    base = told("客户端和服务器是相对的。一台服务器可以连接多个客户端。机房很大。")
    assert "相对" in base.ask("客户端和服务器是什么关系？").text


def test_by_how_much_is_answered_with_the_amount(told: Filled) -> None:
    base = told("容器比虚拟机少了两层。容器是轻量的，虚拟机是重的。容器和虚拟机都能运行应用。")
    answer = base.ask("容器比虚拟机少了几层？")
    assert answer.question.kind == "quantity" and "少了两层" in answer.text


def test_an_order_of_magnitude_is_a_size(told: Filled) -> None:
    assert "M 以内" in told("容器的大小在 M 以内。虚拟机很重。").ask("容器有多大？").text


def test_when_to_use_asks_for_no_date(told: Filled) -> None:
    base = told("隔离不同的用户通常采用虚拟机。隔离不同的应用通常使用Docker。机房很大。")
    assert base.ask("什么时候用虚拟机，什么时候用Docker？").status == "answered"


def test_a_numbered_list_is_told_as_a_whole(told: Filled) -> None:
    base = told("1 启动快:容器最大的优点是启动快。\n2 体积小:容器镜像只有几兆。\n3 密度高:一台主机能放很多容器。\n\n虚拟机很重。\n")
    text = base.ask("容器有什么优点？").text
    assert all(name in text for name in ("启动快", "体积小", "密度高"))


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("服务器什么时候会变成客户端？", "也是客户端"),  # asks for no date
        ("Dockerfile有什么好处？", "部署方便"),  # praised, though nothing is called an advantage
        ("Hypervisor的作用是什么？", "分配物理资源"),  # no sentence says 作用
        ("应用虚拟化和打包有什么关系？", "打包"),  # one side is no concept
        ("运行环境需要什么？", "运行时环境需要"),  # a compound with more inside
        ("容器的缺点有几个，分别是什么？", "隔离较弱"),
    ],
)
def test_what_is_asked_need_not_stand_in_the_words_of_the_question(question: str, quoted: str, told: Filled) -> None:
    base = told(
        "服务器向另一台服务器获取服务时，服务器也是客户端。Dockerfile自动构建和部署方便。Hypervisor向虚拟机分配物理资源。"
        "应用虚拟化是打包应用的一种方式。运行时环境需要基础库。容器的缺点是隔离较弱。机房很大。2020 年天气很好。"
    )
    answer = base.ask(question)
    assert answer.status == "answered" and quoted in answer.text


def test_a_format_must_be_told(told: Filled) -> None:
    base = told("虚拟机把数据保存在磁盘上。CPU 很快。镜像的格式是 qcow2。")
    assert base.ask("虚拟机用什么文件格式保存日志？").status != "answered"
    assert "qcow2" in base.ask("镜像是什么格式？").text


@pytest.mark.parametrize("question", ["Kata Containers 是容器还是虚拟机？", "Kata Containers 算容器还是虚拟机"])
def test_what_a_thing_is_of_two_is_told_by_its_definition(question: str, told: Filled) -> None:
    base = told("Kata Containers 是一种用轻量虚拟机运行容器的项目。需要隔离时可以选择 Kata Containers、虚拟机或者容器。")
    answer = base.ask(question)
    assert answer.question.kind == "definition" and answer.text.startswith("Kata Containers 是一种")


def test_where_a_thing_is_unfit_is_told_only_by_what_says_so(told: Filled) -> None:
    base = told("容器适合微服务。容器不适合需要加载内核模块的程序。虚拟机适合多租户。机房很大。")
    assert "内核模块" in base.ask("什么情况下不该用容器？").text
    assert base.ask("什么情况下不该用虚拟机？").status != "answered"


@pytest.mark.parametrize("question", ["编排工具举几个例子", "给几个编排工具的例子", "编排工具能举个例子吗"])
def test_examples_are_listed_by_what_they_are_examples_of(question: str, told: Filled) -> None:
    base = told("常用的编排工具有 Kubernetes 和 Mesos。举个例子，一艘船能装很多货物。机房很大。")
    text = base.ask(question).text
    assert text.startswith("常用的编排工具有 Kubernetes")


def test_the_sentence_on_the_relation_of_the_two_comes_first(told: Callable[..., KnowledgeBase]) -> None:
    text = "runsc 是一种运行时，Docker 和 containerd 通过 runsc 启动容器。Docker 是一个开源的容器平台。Docker 用来运行容器。"
    first = told(text).ask("How are Docker and containers related?").text
    assert first.startswith("How they belong together, by the articles: “Docker ")


def test_a_number_is_explained_by_no_path(filled_base: KnowledgeBase) -> None:
    assert filled_base.ask("容器启动要多久？").paths == ()


def test_who_made_a_thing_is_not_told_by_a_list_of_its_parts(told: Callable[..., KnowledgeBase]) -> None:
    base = told(
        "Podman 由几个独立的部件组成：\n\n- podman 命令负责解析参数。\n- conmon 是每个容器的监控进程。\n- crun 负责建立命名空间。\n\n"
        "Podman 由 Red Hat 公司发起开发。"
    )
    answer = base.ask("Podman 是哪家公司的？")
    assert "Red Hat" in answer.text and "conmon" not in answer.text


@pytest.mark.parametrize("text", ["知识库里有多少篇文章？", "你能回答哪些问题？", "数据来源", "这里总共收录了多少篇文章？"])
def test_what_is_asked_of_the_knowledge_base_is_told_by_its_counts(text: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(text).question.kind == "meta"


def test_how_much_this_machine_has_is_told_by_no_article(told: Callable[..., KnowledgeBase]) -> None:
    base = told("测试机器的 CPU 有 8 个核心。宿主机的内存是 64 GB。")
    assert base.ask("测试机器的 CPU 有几个核心？").status == "answered"
    assert [base.ask(text).status for text in ("本机的 CPU 有几个核心？", "我的电脑有多大内存？")] == ["no_evidence"] * 2


def test_what_a_thing_is_comes_before_what_is_called_so(told: Callable[..., KnowledgeBase]) -> None:
    base = told("Docker 既是软件的名称，也是一家公司的名称。Docker 是一个开源的容器平台。")
    assert base.ask("Docker 是什么？").text.startswith("Docker 是一个开源的容器平台")
    assert "容器平台" in base.ask("解释一下 Docker").text


def test_a_figure_of_what_is_asked_comes_before_that_of_a_special_one(told: Callable[..., KnowledgeBase]) -> None:
    base = told(
        "论文报告，一台运行 unikernel 的精简虚拟机能在 2.3 毫秒内启动。服务器固件的自检可能需要几分钟，所以物理机启动往往比虚拟机慢。"
        "虚拟机的启动时间取决于启动的是什么：启动完整发行版的虚拟机需要几十秒。"
    )
    assert base.ask("虚拟机启动要多久？").text.startswith("虚拟机的启动时间取决于")


def test_the_limits_of_one_kind_are_not_those_of_all(told: Callable[..., KnowledgeBase]) -> None:
    base = told(
        "rootless 容器有以下限制：\n\n- 不能绑定 1024 以下的端口\n- 资源限制依赖 cgroup v2\n\n容器是一组被隔离的进程。容器的缺点是隔离较弱。"
    )
    assert base.ask("容器有哪些缺点？").text.startswith("容器的缺点是隔离较弱")
    assert "端口" in base.ask("rootless 容器有哪些限制？").text


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("一台服务器同时能接几个客户端？", "一台服务器可以同时连接多个客户端。"),
        ("云平台一分钟能建几台虚拟机？", "云平台能以 8 台/min 的速度创建虚拟机。"),
    ],
)
def test_many_and_a_rate_answer_how_many(question: str, quoted: str, told: Callable[..., KnowledgeBase]) -> None:
    base = told("一台服务器可以同时连接多个客户端。云平台能以 8 台/min 的速度创建虚拟机。云平台由许多服务器组成。")
    answer = base.ask(question)
    assert (answer.status, [evidence.quote for evidence in answer.evidence[:1]]) == ("answered", [quoted])


@pytest.mark.parametrize("question", ["一台服务器最多能接几个客户端？", "一个云平台有几位管理员？"])
def test_many_is_no_limit_and_of_nothing_else(question: str, told: Callable[..., KnowledgeBase]) -> None:
    base = told("一台服务器可以同时连接多个客户端。云平台由许多服务器组成。管理员管理云平台。")
    assert base.ask(question).status == "no_evidence"


@pytest.mark.parametrize("question", ["Docker 是谁开发的？", "Who founded Docker?"])
def test_whoever_made_something_with_it_did_not_make_it(question: str, told: Callable[..., KnowledgeBase]) -> None:
    base = told("你用 Python 开发了一个网站，再把网站打包到容器中。Docker 是一个容器引擎。Docker 容器启动很快。")
    assert base.ask(question).status == "no_evidence"


@pytest.mark.parametrize("question", ["甲方实验那台机器，每块处理器有几个核？", "甲方的测试里一共几个核？"])
def test_what_is_counted_in_a_setting_stands_behind_it(question: str, told: Callable[..., KnowledgeBase]) -> None:
    base = told(
        "最后看 IBM 的测试案例，内存很重要。这次实验的平台有 2 块处理器，每块处理器有 8 个核，共 16 个核。\n\n容器运行在服务器上。服务器有很多处理器。"
    )
    answer = base.ask(question.replace("甲方", "IBM"))
    assert (answer.status, "16 个核" in answer.text) == ("answered", True)
    assert base.ask(question.replace("甲方", "Kubernetes")).status != "answered"


@pytest.mark.parametrize(
    ("question", "kind"),
    [("相比虚拟机，容器精简掉了几层？", "quantity"), ("容器比虚拟机少了几层？", "quantity"), ("容器和虚拟机差几层？", "quantity")],
)
def test_by_how_much_asks_for_a_number(question: str, kind: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(question).question.kind == kind


def test_several_of_them_asks_for_no_number(told: Callable[..., KnowledgeBase]) -> None:
    base = told("一台服务器上的几个操作系统互相隔离。服务器运行在机房里。操作系统管理硬件。")
    assert base.ask("服务器上跑的几个操作系统，是互相隔离的吗？").question.kind == "yes_no"


def test_who_is_called_what_is_told_only_where_a_name_stands(told: Callable[..., KnowledgeBase]) -> None:
    base = told("我们单位在用 Docker。Docker 是一个容器引擎。Xen 的特权域名为 Dom0，Dom0 管理设备。Xen 是一种 hypervisor。")
    assert base.ask("用 Docker 的那个单位叫什么名字？").status != "answered"
    assert "Dom0" in base.ask("Xen 的特权域叫什么名字？").text


def test_a_figure_that_others_only_tell_is_not_told_beside_the_true_one(told: Filled, others: str) -> None:
    base = told("试验机的每个处理器有 8 个核心。不少网页把试验机写成每个处理器 16 个核心。", others)
    answer = base.ask("试验机的每个处理器有几个核心？")
    assert "8 个核心" in answer.text and "16" not in answer.text


def test_where_nothing_else_is_known_who_says_so_is_told_with_it(told: Filled, others: str) -> None:
    answer = told("不少网页把试验机写成每个处理器 16 个核心。", others).ask("试验机的每个处理器有几个核心？")
    assert "不少网页" in answer.text and "16 个核心" in answer.text
