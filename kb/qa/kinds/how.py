"""「容器是怎样启动的?」「如何在不同宿主机之间迁移虚拟机?」「How do containers isolate processes?」 Ways and steps, as articles describe them."""

from __future__ import annotations

import re

from kb.qa.sources import Sources
from kb.qa.telling.extracts import about, extract, having
from kb.records import Answer, Question

CUES = re.compile(r"怎么(?!样[?？]?$|会|回事)|如何|怎样|步骤|流程|过程是|\bhow (?:to|do|does|can|is|are)\b")


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.6 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    ways = having(r"首先|然后|接着|最后|步骤|以下|通过|使用|利用|先.{1,20}再|依次|把|将|由.{1,12}(?:完成|负责)", worth=1.25)
    return extract(question, sources, about(question, sources, ways), most=3)
