from __future__ import annotations

import pytest

from kb.qa.asking.tags import without_tag


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("手机也算终端，没错吧", "手机也算终端吗？"),
        ("这台机器一共有三个网口对不对", "这台机器一共有三个网口吗？"),
        ("镜像是分层的，是不是？", "镜像是分层的吗？"),
        ("容器启动得花好几分钟是吧", "容器启动得花好几分钟吗？"),
        ("容器有自己的文件系统没?", "容器有自己的文件系统吗？"),
        ("能拿服务器当网盘用不", "能拿服务器当网盘用吗？"),
        ("鏡像是分層的，對嗎", "镜像是分层的吗？"),
    ],
)
def test_a_statement_with_a_tag_is_a_plain_question(text: str, plainly: str) -> None:
    assert without_tag(text) == plainly


@pytest.mark.parametrize(
    "text",
    [
        "对不对",
        "什么是镜像，对吧",
        "容器和虚拟机有什么区别？",
        "镜像是分层的吗",
        "磁盘里有东西没有",
        "这样做行不行",
        "支持不支持",
        "Is Docker open source, right?",
    ],
)
def test_any_other_question_stays_as_it_is(text: str) -> None:
    assert without_tag(text) == text
