"""What an earlier question is about: the things it compares, else the first it names."""

from __future__ import annotations

from kb.language.lexicon import Match
from kb.qa.asking.compared import compared
from kb.qa.asking.terms import has_han, named_in
from kb.qa.sources import Sources
from kb.records import Language, Question


def acting_in(text: str, sources: Sources) -> list[Match]:
    return [match for match in known_in(text, sources) if sources.lexicon.concept(match.concept_id).kind not in ("property", "practice")]


def known_in(text: str, sources: Sources) -> list[Match]:
    return [match for match in named_in(text, sources) if match.concept_id in sources.lexicon]


def things_of(earlier: str, sources: Sources) -> list[tuple[int, int, str]]:
    """What the earlier question compares, else the first thing it names: start, end, name."""
    language: Language = "zh" if has_han(earlier) else "en"
    concepts = tuple(match.concept_id for match in known_in(earlier, sources))
    joined = compared(Question(earlier, earlier, "", concepts, language=language), sources)
    if joined:
        return [(thing.start, thing.end, _with_modifier(earlier, thing.start, thing.end, sources)) for thing in joined]
    return [(match.start, match.end, earlier[match.start : match.end]) for match in acting_in(earlier, sources)[:1]]


def _with_modifier(text: str, start: int, end: int, sources: Sources) -> str:
    """普通容器 rather than 容器: with the word that stands right before it, where it is no particle."""
    for word in sources.tokenizer.words(text):
        if word.end == start and len(word.text) > 1 and word.text.strip() and has_han(word.text) and word.text in _MODIFIERS:
            return text[word.start : end]
    return text[start:end]


_MODIFIERS = frozenset({"普通", "传统", "完整", "轻量", "轻量级", "精简", "系统", "应用", "特权"})
