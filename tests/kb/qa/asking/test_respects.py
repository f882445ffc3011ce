"""In what respect things are compared, among the words of a question."""

from __future__ import annotations

import pytest

from kb.qa.asking.compared import in_question
from kb.qa.asking.respects import wanted_beside
from kb.qa.asking.terms import terms_of
from kb.qa.asking.understanding import understand
from kb.qa.sources import Sources


@pytest.mark.parametrize(
    ("text", "told"),
    [("容器和虚拟机在资源分配方式上有什么不同？", False), ("容器和虚拟机的方式有什么不同？", True)],
)
def test_a_word_for_the_manner_is_no_respect_beside_another(text: str, told: bool, sources: Sources) -> None:
    question = understand(text, sources)
    terms = terms_of(question, sources)
    wanted = wanted_beside(in_question(question, sources), question, terms, sources)
    assert wanted and any(term.label == "方式" for term in wanted) is told
