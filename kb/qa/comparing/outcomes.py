"""Which of two things comes off better or has more of something, in the words that the question asks it in: 「容器更少」 where it is asked who has
fewer, 「VM 更大」 where the question calls it a VM.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.regex import regex
from kb.language.vocabulary import opposites, plain
from kb.qa.asking.compared import Thing
from kb.qa.comparing.rows import Row
from kb.qa.sources import Sources
from kb.qa.wording import spaced
from kb.records import Question

_GOOD = regex(r"(?<!最)[好优佳省](?![的处点])|合适|划算|领先|占先|胜")


def outcome(row: Row, things: Sequence[Thing], question: Question, sources: Sources) -> str | None:
    """A clause without its stop; `None` where the row finds neither side ahead."""
    aspect = sources.domain.aspects.get(row.aspect or "")
    if row.verdict is None or aspect is None or row.direction not in ("a_more", "b_more") or len(things) < 2 or question.language != "zh":
        return row.verdict
    names = row.names or tuple(thing.named(sources, question.language) for thing in things)
    more = 0 if row.direction == "a_more" else 1
    word = aspect.degree.removeprefix("更")
    contrary = next((one for one in opposites(word) if len(one) == len(word)), None)
    asked = plain(question.text)
    if contrary is None or not (_only_asks(contrary, word, asked) or (aspect.better == "less" and _GOOD.search(asked))):
        return spaced(f"{names[more]}更{word}")
    return spaced(f"{names[1 - more]}更{contrary}")


def _only_asks(word: str, other: str, text: str) -> bool:
    """Whether a question ends in asking for one of two opposite words and not for both (大小, 快慢)."""
    asked = re.split(r"哪|谁|孰|[,，]", text)[-1]
    return word in asked and other not in asked
