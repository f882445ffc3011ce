"""The journey of a question: understood, given to its kind, refused where no article answers it."""

from __future__ import annotations

from kb.qa.sources import Sources
from kb.qa.understanding import understand
from kb.qa.wording import say
from kb.records import Answer
from kb.registry import family


def answer(text: str, sources: Sources, context: tuple[str, ...] = ()) -> Answer:
    """`context`: earlier questions of the same conversation, oldest first."""
    question = understand(text, sources, context)
    if not question.concepts and not _any_word_known(text, sources):
        return Answer(question, "unknown_concept", say("unknown", question.language))
    found: Answer = family("kb.qa.kinds")[question.kind].answer(question, sources)
    return found


def _any_word_known(text: str, sources: Sources) -> bool:
    return any(sources.reader.frequency(term) > 0 for term in sources.tokenizer.terms(text) if len(term) > 1)
