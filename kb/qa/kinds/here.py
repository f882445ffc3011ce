"""「我现在在容器里还是虚拟机里?」「这台机器能用 KVM 吗?」「现在运行着哪些容器?」「Am I inside a container?」「Which containers are running on this machine?」

This machine itself, by detection at the moment of asking; what articles say of containers in general belongs to the other kinds.
"""

from __future__ import annotations

import re

from kb.language.regex import regex
from kb.qa.sources import About, Sources
from kb.qa.wording import say
from kb.records import Answer, Question, Seen, Verdict

_ME_ZH = r"(?:我|咱|我们|本机|本程序|这里|这儿|(?:这|此)(?:一?台|个)?(?:机器|主机|电脑|服务器|系统|环境|程序)|当前(?:的)?(?:进程|环境|机器|系统|主机|程序)?)"
_MACHINE_ZH = r"(?:我(?:的)?)?(?:本机|(?:这|此)(?:一?台|个)?(?:机器|主机|电脑|服务器|系统)|(?<=我的)(?:机器|主机|电脑|服务器)|当前(?:的)?(?:机器|系统|主机))"
_ME_EN = r"(?:this|my|the current) (?:machine|host|computer|server|system|box|pc|environment|process)"
_BOX_ZH = r"(?:容器|虚拟机|虚机|docker|物理机|裸机|wsl)"
_BOX_EN = r"(?:container|virtual machine|vm|docker|physical machine|bare metal)s?"
_ASKED = r"(?:吗|么|嘛|呢|没有|[?？]|$)"
_INSIDE = regex(
    rf"{_ME_ZH}(?:现在|当前|目前|此刻|究竟|到底)?(?:是不是|是否|是)?(?:正)?(?:运行|跑|处|待|身处)?(?:在|于)(?:一个|一台)?{_BOX_ZH}(?:里面|里|内|中|上|环境)?(?:(?:，|,)?(?:还是|或|或者).{{0,12}})?{_ASKED}"
    rf"|{_ME_ZH}(?:本身|自己)?(?:究竟|到底)?(?:是|算)(?:不是|否)?(?:一个|一台)?{_BOX_ZH}(?:(?:，|,)?(?:还是|或者).{{0,12}})?{_ASKED}"
    rf"|(?:am i|are we)(?: \w+){{0,2}} (?:in|inside|on|within) (?:an? )?(?:\w+ )?{_BOX_EN}"
    rf"|is {_ME_EN}(?: \w+){{0,3}} (?:an? )?(?:\w+ )?{_BOX_EN}",
    re.IGNORECASE,
)
_KVM = regex(
    rf"{_ME_ZH}(?:上|里)?(?:现在)?.{{0,6}}kvm.{{0,10}}{_ASKED}"
    rf"|{_MACHINE_ZH}(?:上|里)?(?:现在)?(?:的?(?:cpu|处理器))?(?:到底)?(?:支不支持|是否支持|支持|能不能用|能用|可以用|有没有|有|开启了?|打开了?)(?:硬件|嵌套)?虚拟化{_ASKED}"
    rf"|\b(?:can|does|is|has)\b.{{0,12}}{_ME_EN}.{{0,12}}\bvirtuali[sz]ation\b"
    rf"|\b(?:can|does|is|has)\b.{{0,12}}{_ME_EN}.{{0,24}}\bkvm\b|\bkvm\b.{{0,30}}(?:{_ME_EN}|\bhere\b)",
    re.IGNORECASE,
)
_NOW = rf"(?:现在|当前|目前|此刻|眼下|{_ME_ZH}(?:上|里)?(?:面)?(?:现在)?)"
_RUNNING = regex(
    rf"{_NOW}(?:都|总共|一共|到底|正)?(?:正?在)?(?:运行|跑|启动|开)(?:着|了|有)?(?:的)?(?:都)?(?:有|是)?(?:哪些|什么|多少|几)(?:个|台)?(?:容器|虚拟机|虚机|实例)"
    rf"|{_NOW}(?:都|总共|一共)?有(?:哪些|什么|多少|几)(?:个|台)?(?:容器|虚拟机|虚机|实例)?(?:正?在)?(?:运行|跑|启动|开)(?:着|的)?(?:容器|虚拟机|虚机|实例)?"
    rf"|{_NOW}有(?:没有)?(?:什么)?(?:容器|虚拟机|虚机)(?:正?在)(?:运行|跑)"
    rf"|{_NOW}有(?:没有)?(?:正?在)?(?:运行|跑)(?:着)?的?(?:容器|虚拟机|虚机){_ASKED}"
    rf"|(?:which|what|how many) {_BOX_EN} (?:are|is) (?:there )?(?:currently |now )?(?:running|up)(?: right now| now)?(?: on {_ME_EN}| here)?\s*[?]?$"
    rf"|(?:list(?: the| all)?|are there(?: any)?|show(?: me)?(?: the)?) (?:running )?{_BOX_EN}(?: running)?(?: on {_ME_EN}| here)"
    rf"|{_NOW}(?:都|总共|一共|到底|究竟)?(?:正?在)?(?:运行|跑)(?:着|了|的)?(?:都)?(?:是|有)?(?:些)?(?:什么|啥|哪些)(?:东西)?{_ASKED}"
    rf"|what(?:'s| is| all is| else is) (?:now |currently )?running (?:right now )?(?:here|on {_ME_EN})|what (?:all )?runs (?:here|on {_ME_EN})"
    rf"|what (?:am i|do i have|are we) running\b.{{0,24}}$",
    re.IGNORECASE,
)
_OF_IT = regex(
    rf"(?:本机|我的?(?:这台)?(?:机器|电脑|服务器)|这一?台(?:机器|主机|电脑|服务器))(?!.{{0,12}}(?:能|可以|适合))|{_ME_EN}", re.IGNORECASE
)
_TOPICS: tuple[tuple[About, re.Pattern[str]], ...] = (("kvm", _KVM), ("running", _RUNNING), ("inside", _INSIDE))
_BOTH = regex(r"还是|或者?|\bor\b", re.IGNORECASE)
_MACHINE = regex(r"虚拟机|虚机|virtual machine|\bvms?\b", re.IGNORECASE)
_CONTAINER = regex(r"容器|docker|container", re.IGNORECASE)
_BARE = regex(r"物理机|裸机|physical machine|bare metal", re.IGNORECASE)


def of_this_machine(text: str) -> bool:
    """Whether a question asks of this very machine, whatever of it: no article tells how much memory it has."""
    return _OF_IT.search(text) is not None


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.98 if topic_of(text) is not None else 0.0


def topic_of(text: str) -> About | None:
    asked = re.sub(r"\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+", "", text.strip())
    return next((topic for topic, pattern in _TOPICS if pattern.search(asked)), None)


def answer(question: Question, sources: Sources) -> Answer:
    topic = topic_of(question.text) or "inside"
    seen = sources.look(topic, question.language)
    if seen is None:
        return Answer(question, "no_evidence", say("not_looked", question.language))
    when = f"{seen.at[:10]} {seen.at[11:16]}"
    text = seen.point + "\n" + say("looked_at", question.language, when=when)
    return Answer(question, "answered", text, verdict=_verdict(question.text, topic, seen), seen=seen)


def _verdict(text: str, topic: About, seen: Seen) -> Verdict | None:
    """Only where one thing is asked for; of two (容器还是虚拟机) the answer says which."""
    if topic == "kvm":
        return _yes_or_no(seen.kvm)
    if topic == "running" or _BOTH.search(text):
        return None
    if _BARE.search(text):
        return _yes_or_no(None if seen.in_machine is None else not seen.in_machine)
    if _CONTAINER.search(text):
        return _yes_or_no(seen.in_container)
    return _yes_or_no(seen.in_machine) if _MACHINE.search(text) else None


def _yes_or_no(holds: bool | None) -> Verdict | None:
    return None if holds is None else "yes" if holds else "no"
