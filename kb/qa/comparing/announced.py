"""What a sentence leads on to: 「A 与 B 都能运行容器，但出发点不同。A 首先是…。B 首先是…。」"""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.compared import Thing
from kb.qa.comparing.fragments import only_announces
from kb.qa.comparing.parallels import opens
from kb.qa.finding.index import Index
from kb.records import Sentence

_MOST = 3  # sentences behind the one that announces
_ONE_OF_THEM = regex(r"^(?:前者|后者|[一两]者|一[种个]|另一[种个]|其中|第[一二三])")
_IN_A_RESPECT = regex(r"^(?:在|从|就)?[^,，]{1,12}(?:方面|上|来看|来说)[,，]")


def with_what_is_announced(sentence: Sentence, things: Sequence[Thing], index: Index) -> tuple[Sentence, ...]:
    """The sentence alone where it tells by itself in what things differ; else with those behind it that go on with
    one of the things, till each has been told of.
    """
    found = [sentence]
    if not only_announces(sentence.text):
        return (sentence,)
    after = index.after(sentence)
    left = list(things)
    while after is not None and left and len(found) <= _MOST and _goes_on(after.text, things):
        found.append(after)
        left = [thing for thing in left if not thing.within(index.folded[after.id])]
        after = index.after(after)
    return tuple(found)


def _goes_on(text: str, things: Sequence[Thing]) -> bool:
    said = _IN_A_RESPECT.sub("", fold(text))
    return any(opens(said, thing.names) for thing in things) or _ONE_OF_THEM.match(said) is not None
