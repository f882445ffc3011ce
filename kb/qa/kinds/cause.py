"""「为什么虚拟机更消耗资源?」「云厂商为什么喜欢用容器?」「Why is numerical computing slower inside a KVM guest?」 Causes, as articles give them."""

from __future__ import annotations

import re

from kb.qa.sources import Sources
from kb.qa.telling.extracts import extract, having
from kb.records import Answer, Question

CUES = re.compile(
    r"为什么|怎么回事|什么导致|怎么.{0,12}(?:看不到|不能|没有|不了|不会)|\bhow come\b|为何|为啥|什么原因|原因是|因何|怎么会|凭什么|\bwhy\b|reason"
)


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.9 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    return extract(
        question,
        sources,
        having(r"原因|因为|由于|原因|所以|因此|从而|导致|需要|一方面|使得|才"),
        most=3,
        chars=300,
        keep=0.68,
        continued=True,
    )
