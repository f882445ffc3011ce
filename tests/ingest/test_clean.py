"""Cleaning takes noise off and loses no place: what is left can be found in the original, and what went is reported."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import CleanText, clean

NAMES = ("操作系统", "虚拟机管理程序", "宿主机")


def lines(text: str) -> list[str]:
    return clean(text, NAMES).text.text.split("\n")


def dropped(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], reason) for (start, end), reason in clean(text, NAMES).dropped]


def quote(text: str, piece: str) -> str:
    """What stands in the original where `piece` stands in the cleaned text."""
    cleaned = clean(text, NAMES).text
    start = cleaned.text.index(piece)
    return text[slice(*cleaned.original(start, start + len(piece)))]


# ---------------------------------------------------------------- characters


@pytest.mark.parametrize(
    ("masked", "restored", "mask"),
    [
        ("宿主机的*** 作系统负责分配资源。", "宿主机的操作系统负责分配资源。", "*** "),
        ("它也叫**拟机管理程序。", "它也叫虚拟机管理程序。", "**"),
        ("先**作一遍。", "先操作一遍。", "**"),
    ],
)
def test_a_masked_first_character_is_restored_from_known_names(masked: str, restored: str, mask: str) -> None:
    assert lines(masked) == [restored]
    assert dropped(masked) == [(mask, "masked_characters")]


def test_a_restored_word_leads_back_to_the_mask() -> None:
    text = "宿主机的*** 作系统负责分配资源。"
    assert quote(text, "操作系统") == "*** 作系统"
    assert quote(text, "操") == "*** "
    assert quote(text, "负责分配") == "负责分配"


@pytest.mark.parametrize("text", ["密码是**好的。", "用***包起来。", "2**10是多少。"])
def test_a_mask_that_no_name_fits_stays(text: str) -> None:
    assert lines(text) == [text]
    assert dropped(text) == []


def test_a_mask_that_two_names_fit_stays() -> None:
    assert clean("说**服务器。", ("云服务器", "大服务器")).text.text == "说**服务器。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("容器\u200b很\ufeff轻。", "容器很轻。"),
        ("容器\u3000共享 内核。", "容器共享内核。"),
        ("容器 Docker 共享 Linux 内核。", "容器 Docker 共享 Linux 内核。"),
        ("容器 ，很轻。", "容器，很轻。"),
        ("甲\x00乙\x1f丙", "甲乙丙"),
        ("第一行\r\n第二行\r第三行\u2028第四行", "第一行\n第二行\n第三行\n第四行"),
        ("甲\n\n\n\n乙", "甲\n乙"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_invisible_characters_and_stray_spaces_go(text: str, expected: str) -> None:
    assert clean(text).text.text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一段讲容器。rr第二段讲虚拟机。", ["第一段讲容器。", "第二段讲虚拟机。"]),
        ("容器共享内核。rrDocker很流行。", ["容器共享内核。", "Docker很流行。"]),
        ("到这里结束。rr", ["到这里结束。"]),
    ],
)
def test_a_carriage_return_that_lost_its_backslash_is_a_line_end(text: str, expected: list[str]) -> None:
    assert lines(text) == expected
    assert ("rr", "carriage_return_remnant") in dropped(text)


@pytest.mark.parametrize("text", ["这个error要处理。", "用arr存数据。", "容器rrrr跑起来。"])
def test_rr_inside_a_word_is_no_line_end(text: str) -> None:
    assert lines(text) == [text]


def test_a_truncation_mark_becomes_an_ellipsis_and_is_reported() -> None:
    text = "容器越来越多，原因有很多> \n虚拟机还在。"
    assert lines(text) == ["容器越来越多，原因有很多…", "虚拟机还在。"]
    assert dropped(text) == [("> ", "truncation_mark")]


# ---------------------------------------------------------------- glued pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("什么是dockerDocker是一种容器引擎。", ["什么是docker", "Docker是一种容器引擎。"]),
        ("讲完了。什么是KVMKVM是内核模块。", ["讲完了。", "什么是KVM", "KVM是内核模块。"]),
        ("定义上的差别主机是连到网络的机器。", ["定义上的差别", "主机是连到网络的机器。"]),
        ("Docker的优势容器启动快。", ["Docker的优势", "容器启动快。"]),
        pytest.param("Docker的优势是启动快。", ["Docker的优势是启动快。"]),
        pytest.param("容器的缺点来自共享内核。", ["容器的缺点来自共享内核。"]),
        pytest.param("引擎的缺点与守护进程有关。", ["引擎的缺点与守护进程有关。"]),
        ("Dockerfile写明步骤。", ["Dockerfile写明步骤。"]),
        ("docker docker都可以写。", ["docker docker都可以写。"]),
    ],
)
def test_a_heading_glued_to_its_text_is_set_apart(text: str, expected: list[str]) -> None:
    assert lines(text) == expected
    assert dropped(text) == []


# ---------------------------------------------------------------- boilerplate and lost pictures


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("欢迎分享，转载请注明出处。容器共享内核。", "容器共享内核。"),
        ("容器共享内核。记得点赞收藏加关注！", "容器共享内核。"),
        ("评论（12条）\n容器共享内核。", "容器共享内核。"),
        ("容器共享内核。\n上一篇：主机是什么", "容器共享内核。"),
        ("容器共享内核。谢谢大家！", "容器共享内核。"),
        ("本文编辑于 2020-01-01\n容器共享内核。", "容器共享内核。"),
    ],
)
def test_boilerplate_sentences_go_and_are_reported(text: str, kept: str) -> None:
    assert clean(text).text.text == kept
    assert [reason for _, reason in dropped(text)] == ["boilerplate"]


@pytest.mark.parametrize("text", ["谢谢这位同事写的文档，容器共享内核。", "评论区有人问容器是什么。", "以上三点是容器的优点。"])
def test_what_only_looks_like_boilerplate_stays(text: str) -> None:
    assert clean(text).text.text == text


def test_every_row_of_boilerplate_has_a_reason_and_a_pattern() -> None:
    rows = resources.files("ingest").joinpath("data/boilerplate.tsv").read_text(encoding="utf-8").splitlines()
    for row in rows:
        if row and not row.startswith("#"):
            reason, pattern = row.split("\t")
            assert reason.isidentifier() and pattern


@pytest.mark.parametrize("lead", ["架构如下图所示：", "先上图", "从下往上依次是：", "见下图。"])
def test_a_lead_in_to_a_lost_picture_goes(lead: str) -> None:
    text = f"{lead}\n容器更轻。"
    assert lines(text) == ["容器更轻。"]
    assert dropped(text) == [(lead, "orphan_lead_in")]


def test_what_a_sentence_says_before_its_lead_in_stays() -> None:
    text = "虚拟机包含完整的操作系统，结构如下：\n容器更轻。"
    assert lines(text) == ["虚拟机包含完整的操作系统", "容器更轻。"]
    assert dropped(text) == [("，结构如下：", "orphan_lead_in")]


@pytest.mark.parametrize("item", ["1、启动快", "- 启动快", "① 启动快", "（1）启动快", "一、启动快"])
def test_a_lead_in_to_a_list_stays(item: str) -> None:
    assert lines(f"优点如下：\n{item}") == ["优点如下：", item]


# ---------------------------------------------------------------- answers glued together


LONG = "容器是一种把进程隔开的技术，它让每个应用都以为自己独占一套系统。它靠命名空间与控制组实现，启动只要几毫秒，一台机器能跑上百个。"


@pytest.mark.parametrize(
    "opening",
    ["谢邀，先说结论：看场景。", "个人理解，主机是一台机器。", "题主好，我来说两句。"],
)
def test_an_answer_that_opens_anew_is_a_segment_of_its_own(opening: str) -> None:
    cleaned = clean(f"{LONG}\n{opening}")
    assert [cleaned.text.text[slice(*span)] for span in cleaned.segments] == [LONG, opening]
    assert cleaned.text.text == f"{LONG}\n\n{opening}"


def test_a_text_that_goes_on_is_one_segment() -> None:
    assert len(clean(f"{LONG}\n虚拟机则不同，它要启动整个系统。").segments) == 1


def test_nothing_has_no_segment() -> None:
    assert clean("") == CleanText(clean("").text, (), ())


# ---------------------------------------------------------------- promises


NOISY = st.lists(
    st.sampled_from(
        [
            "容器共享内核。",
            "***作系统",
            "rr",
            "\r\n",
            "\u3000",
            "\u200b",
            "什么是DockerDocker是引擎。",
            "点赞收藏加关注！",
            "如下图：",
            "\n",
            " ",
            "…",
            "谢邀，",
            "（未闭合",
            LONG,
        ]
    ),
    max_size=10,
).map("".join)


@given(NOISY)
def test_every_span_lies_in_the_original_and_segments_in_the_text(text: str) -> None:
    cleaned = clean(text, NAMES)
    assert all(0 <= start < end <= len(text) for (start, end), _ in cleaned.dropped)
    assert all(0 <= start < end <= len(cleaned.text.text) for start, end in cleaned.segments)
    assert all(0 <= start <= end <= len(text) for start, end in zip(cleaned.text.starts, cleaned.text.ends, strict=True))


@given(NOISY)
def test_what_is_kept_reads_as_in_the_original(text: str) -> None:
    """Each Han character that cleaning did not restore stands in the original where it says it does."""
    cleaned = clean(text, NAMES)
    for index, character in enumerate(cleaned.text.text):
        span = cleaned.text.original(index, index + 1)
        if "\u4e00" <= character <= "\u9fff" and span[1] - span[0] == 1:
            assert text[span[0]] == character


@given(NOISY)
def test_cleaning_what_is_clean_drops_nothing_more_of_the_letters(text: str) -> None:
    once = clean(text, NAMES).text.text
    assert "\r" not in once and "\u200b" not in once and "\u3000" not in once


@pytest.mark.parametrize(
    "noise",
    [
        "本站使用 Cookie 来改善您的浏览体验，继续浏览即表示同意。",
        "接受全部 Cookies",
        "您当前的位置：首页 > 技术 > 容器",
        "首页 > 虚拟化 > 正文",
        "登录后发表评论",
        "广告",
        "暂无评论",
        "点赞 12 | 收藏 3 | 分享",
        "本文转自：某某技术社区",
        "下一页",
        "张三 发布于 2024-03-01 10:20",
        "李四 发表于 2020-1-2 08:00:01 | 只看该作者",
        "本帖最后由 李四 于 2020-1-3 编辑",
        "阅读 1.3万 赞 20 在看 5",
        "3.2k 阅读 · 15 条评论",
        "作者：李四",
        "原文链接：https://example.org/a",
        "各位大佬好，新人请教一个问题。",
        "大家好，我是李四，今天聊聊锁。",
        "谢邀。",
        "学习了，收藏！",
        "今天的分享就到这里啦。",
        "觉得有用的话，请点个赞，转发给更多朋友。",
        "长按识别下方二维码，加群领资料",
        "关注公众号回复「锁」获取源码",
        "未经许可，禁止转载。",
        "内部资料 严禁外传",
        "Copyright © 2020 某某网",
        "展开阅读全文 ∨",
        "上一篇：怎样挑选键盘",
    ],
)
def test_what_a_web_page_puts_around_an_article_is_dropped(noise: str) -> None:
    found = clean(f"容器共享宿主机的内核。\n{noise}\n虚拟机有自己的内核。")
    assert noise.replace(" ", "") not in found.text.text.replace(" ", "")
    assert [reason for _, reason in found.dropped] == ["boilerplate"]


@pytest.mark.parametrize(
    "content",
    [
        "登录节点负责接收用户提交的任务。",
        "首页由服务器生成，再送到浏览器。",
        "浏览器使用 Cookie 保存会话编号，服务器据此认出同一个用户，这种做法叫会话保持，它要求后面的服务器彼此共享会话的内容。",
        "广告系统运行在容器里。",
        "分享内核的是容器。",
        "评论系统用了三个容器。",
        "规范的 1.0 版发布于 2017 年 7 月。",
        "请求先到负载均衡，再由它转发给后面的服务器。",
        "如果只关注吞吐量，批量写入更合适。",
        "点赞和关注这类计数适合放在缓存里。",
        "未经授权的访问会被拒绝。",
        "机密计算把内存里的数据也加密。",
        "链接：把目标文件合成可执行文件。",
        "上一篇文章讲了锁，这一篇讲事务。",
        "回复报文里带着序号。",
        "查看日志的命令有三个。",
    ],
)
def test_sentences_that_only_name_such_things_stay(content: str) -> None:
    assert clean(f"容器共享宿主机的内核。\n{content}\n虚拟机有自己的内核。").dropped == ()


def test_a_paragraph_that_comes_again_is_read_once() -> None:
    paragraph = "容器共享宿主机的内核，所以启动只要几毫秒；虚拟机要引导自己的操作系统，往往要几分钟。"
    text = f"{paragraph}\n优点\n启动快\n缺点\n启动快\n{paragraph}"
    found = clean(text)
    assert found.text.text == f"{paragraph}\n优点\n启动快\n缺点\n启动快"
    assert [(text[a:b], reason) for (a, b), reason in found.dropped] == [(paragraph, "duplicate_paragraph")]


def test_other_articles_that_a_page_recommends_are_dropped_up_to_the_next_paragraph() -> None:
    text = "锁会阻塞写入。\n相关阅读\n怎样挑选键盘\n十个好用的编辑器\n事务\n事务要么全做，要么全不做。\n参考资料：\n官方文档"
    assert clean(text).text.text.split() == ["锁会阻塞写入。", "事务", "事务要么全做，要么全不做。"]


@pytest.mark.parametrize(
    ("line", "following", "kept"),
    [
        ("图 2-1 条带的分布", "下一段讲重建。", False),
        ("表 2-1 恢复速度", "快照 | 快", True),
        ("表 2-1 恢复速度", "下一段讲重建。", False),
        ("图 2 里的箭头是数据的流向。", "下一段讲重建。", True),
        ("先来看一张图：", "下一段讲重建。", False),
    ],
)
def test_the_caption_of_a_lost_picture_goes(line: str, following: str, kept: bool) -> None:
    assert (line in clean(f"阵列由几块盘组成。\n{line}\n{following}").text.text) is kept


BROKEN = """阵列基础                 第 7 页
阵列把几块硬盘合成一个逻辑盘，既可以提高读写速度，
也可以在一块硬盘坏掉时不丢数据。条带把数据分散到
各块盘上，速度最快，但任何一块盘坏了，数据都会丢
失。

重建
换盘以后要重建，重建期间其余的盘负载很高，这时再
阵列基础                 第 8 页
坏一块盘就救不回来。
"""


def test_lines_that_a_page_broke_are_put_together_with_their_places() -> None:
    found = clean(BROKEN)
    assert found.text.text.split("\n") == [
        "阵列把几块硬盘合成一个逻辑盘，既可以提高读写速度，也可以在一块硬盘坏掉时不丢数据。条带把数据分散到各块盘上，速度最快，但任何一块盘坏了，数据都会丢失。",
        "重建",
        "换盘以后要重建，重建期间其余的盘负载很高，这时再坏一块盘就救不回来。",
    ]
    assert {reason for _, reason in found.dropped} == {"page_furniture"}
    place = found.text.text.index("坏一块盘")
    assert BROKEN[slice(*found.text.original(place, place + 4))] == "坏一块盘"


@pytest.mark.parametrize(
    "text",
    ["快\n稳\n省\n好", "容器共享内核。\n虚拟机不共享。\n" * 4, "\n".join(f"第{n}项里说的是这一种调度的办法它有很多好处" for n in "一二")],
)
def test_other_short_lines_stay_lines(text: str) -> None:
    assert clean(text).text.text.count("\n") == text.strip().count("\n")


def test_stars_around_a_word_are_marks_of_bold_and_no_mask() -> None:
    found = clean("**写时复制**推迟复制。\n**作系统里的页表。2 ** 3 等于 8。", NAMES)
    assert found.text.text == "写时复制推迟复制。\n操作系统里的页表。2 ** 3 等于 8。"
    assert found.bold == ("写时复制",)
    assert found.text.original(0, 4) == (2, 6)
