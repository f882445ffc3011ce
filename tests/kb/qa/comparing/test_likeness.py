"""What two things share, and what each suits, in the words of articles."""

from __future__ import annotations

from collections.abc import Callable

from kb.app import KnowledgeBase

Add = Callable[..., KnowledgeBase]
RIVALS = """Docker 与 LXC 的比较
Docker 是一个容器平台。LXC 是一套 Linux 容器工具。
Docker 面向应用容器，LXC 面向系统容器。
相同点
Docker 和 LXC 都使用命名空间和 cgroups。
如何选择
需要持续部署时，适合选择 Docker。需要一批长期运行的系统时，适合选择 LXC。
"""


def test_what_both_share_and_when_to_choose_which_follow_the_differences(told: Add) -> None:
    lines = told(RIVALS).ask("Docker和LXC有什么区别？").text.split("\n")
    assert any(line.startswith("相同点：Docker 和 LXC 都使用命名空间和 cgroups[") for line in lines)
    choice = next(line for line in lines if line.startswith("怎么选："))
    assert "适合选择 Docker[" in choice and "适合选择 LXC[" in choice


def test_what_suits_only_one_of_the_two_is_no_advice(told: Add) -> None:
    one_sided = RIVALS.replace("需要一批长期运行的系统时，适合选择 LXC。", "")
    assert "怎么选" not in told(one_sided).ask("Docker和LXC有什么区别？").text


def test_hearsay_is_no_likeness(told: Add) -> None:
    doubtful = RIVALS.replace("Docker 和 LXC 都使用命名空间和 cgroups。", "「Docker 和 LXC 都不安全」的说法不准确。")
    assert "相同点" not in told(doubtful).ask("Docker和LXC有什么区别？").text
