"""「迁移一直收敛不了怎么办？」「虚拟机跨节点的问题怎么解决？」「怎么避免宿主机内存用完？」 What helps, as articles tell it: often right behind the trouble."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.regex import regex
from kb.qa.asking.terms import leaving_out
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Scored
from kb.qa.sources import Sources
from kb.qa.telling.extracts import about, extract
from kb.records import Answer, Question, Sentence

_HOW = r"(?:该|要|应该|能|又)?(?:怎么|如何|怎样)(?:去|来|才能|能|才)?"
CUES = regex(
    rf"{_HOW}(?:办|解决|避免|应对|防止|预防|补救)(?:掉|它|这个问题|这一问题|才好)?|(?:有|用)(?:什么|哪些)(?:解决|补救|应对)(?:的)?(?:办法|方法|措施|手段)"
)
_HELPS = regex(r"解决|办法|方法是|方法有|做法|可以|应当|应该|改用|避免|建议|只要")
_GOES_ON = regex(r"这时|此时|为此|解决(?:方法|办法)|(?:办法|做法|方法)(?:是|有)|常[用见]的(?:办法|做法|方法)|可以|应当|因此(?:应|需|要)")
_FARTHEST = 3  # sentences behind the trouble


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.87 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    question = leaving_out(question, CUES)
    index = index_of(sources)

    def prefer(sentence: Sentence) -> float:
        return 1.25 if _HELPS.search(sentence.text) else 1.2 if _behind(sentence, index) else 0.9

    return extract(
        question, sources, about(question, sources, prefer), most=2, keep=0.85, listed=False, arranged=lambda chosen: _told(chosen, index)
    )


def _told(chosen: Sequence[Scored], index: Index) -> tuple[Scored, ...]:
    """The trouble with what helps against it, where that stands behind it; else the sentences as they were found."""
    for item in chosen:
        behind = () if _HELPS.search(item.sentence.text) else _behind(item.sentence, index)
        if behind:
            return (item, *(Scored(one, item.covered, item.coverage, item.score) for one in behind))
    return tuple(chosen)


def _behind(sentence: Sentence, index: Index) -> tuple[Sentence, ...]:
    """What helps, said not far behind the trouble under the same heading, to its end where it lists several (…；…；)."""
    after = index.after(sentence)
    for _ in range(_FARTHEST):
        if after is None or not (after.heading or "").startswith(sentence.heading or ""):
            return ()
        if _GOES_ON.match(after.text):
            break
        after = index.after(after)
    else:
        return ()
    found = [after] if after is not None else []
    while found and found[-1].text.rstrip().endswith(("；", ";")) and (after := index.after(found[-1])) is not None:
        found.append(after)
    return tuple(found)
