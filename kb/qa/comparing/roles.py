"""What each of several things does, in sentences of one article that belong together: 「dockerd 负责网络…。containerd 负责运行。」"""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.normalize import fold
from kb.qa.asking.compared import Thing, term_of
from kb.qa.asking.terms import Term
from kb.qa.comparing.fragments import hearsay
from kb.qa.comparing.sides import Told, told_of_each
from kb.qa.sources import Sources
from kb.qa.telling.definitions import opens_with
from kb.records import Sentence

_DOES = ("负责", "决定", "限制", "管理", "提供", "处理", "用于", "用来")
_CLOSE_BY = 9  # sentences


def roles_of(things: Sequence[Thing], terms: Sequence[Term], sources: Sources) -> tuple[Sentence, ...]:
    """None where one of the things is left out."""
    own = [term_of(thing, terms, sources) for thing in things]
    does = Term("负责", _DOES, (), 1.0, names=_DOES)
    together = next(iter(told_of_each(things, own, [does], sources)), None)
    return together.sentences if together is not None and _belong_together(things, together) else ()


def _belong_together(things: Sequence[Thing], told: Told) -> bool:
    """Whether the sentences of one article each begin with their thing."""
    places = [sentence.position for sentence in told.sides]
    return (
        len({sentence.article_id for sentence in told.sides}) == 1
        and max(places) - min(places) <= _CLOSE_BY
        and all(
            any(opens_with(fold(sentence.text), name) for name in thing.names) and not hearsay(sentence.text)
            for sentence, thing in zip(told.sides, things, strict=True)
        )
    )
