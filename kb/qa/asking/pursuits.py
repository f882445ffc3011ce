"""Follow-ups on what was answered: 为什么 asks the reason of the answer's first statement, 它 after a comparison is the one found better,
and 还有呢 asks for what was not told yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.language.regex import regex
from kb.language.sentences import split_clauses
from kb.language.vocabulary import plain
from kb.qa.asking.subjects import acting_in, things_of
from kb.qa.deciding.propositions import declared
from kb.qa.sources import Sources
from kb.records import Answer

_WHY = regex(
    r"^(?:那么?|这|这是|又)?(?:是)?(?:为什么|为啥|为何|什么原因|原因呢|原因是什么|何以见得|怎么会|凭什么)(?:呢|啊|呀|会这样|这样|如此|这么说)*[?？。!！]*$"
    r"|^(?:but |and )?why(?: is that| so)?\??$",
    re.I,
)
_WHY_SO = regex(r"^(?:那么?)?为什么(?=(?:会)?(?:这么|那么|如此|更)[^,，]{1,4}[?？]?$)")
_MORE = regex(
    r"^(?:那么?)?(?:还有|其他|其它|别的|除此之外)(?:别的|其他|其它|什么|哪些|的)*(?P<what>[^,，?？]{0,4}?)(?:呢|吗|么|有吗)?[?？。!！]*$"
    r"|^(?:and )?(?:what|anything) else\??$",
    re.I,
)
_REASONS = ("原因", "理由")
_IT = regex(r"它(?!们)")
_MARK = regex(r"(?:吗|么|吧|呢|对吗|是吗|对不对)*[?？。!！]*$")
_LEAD = regex(r"^(?:因此|所以|但是?|而且?|不过|于是)[,，]?")
_REPORTED = regex(r"[「“]")  # somebody's saying, which the text may doubt


def asks_more(text: str, earlier: str) -> bool:
    """还有呢, 还有别的缺点吗 after a question on 缺点: for more of the same."""
    match = _MORE.match(plain(text.strip()))
    what = match["what"] if match else None
    return match is not None and (not what or what in earlier or (what in _REASONS and "为什么" in plain(earlier)))


def asks_of_the_answer(text: str, earlier: str, sources: Sources) -> bool:
    """Whether it takes the answer to the question before to tell what is asked."""
    asked = plain(text.strip())
    if _WHY.match(asked):
        return True
    return bool(_IT.search(asked) or _WHY_SO.match(asked)) and len(things_of(plain(earlier), sources)) == 2


def pursued(text: str, before: Answer, sources: Sources) -> str | None:
    """The whole question; `None` where the answer before says nothing that could be asked on."""
    asked = plain(text.strip())
    found = better(before)
    if _WHY.match(asked) is None:
        if found is None:
            return None
        return _WHY_SO.sub(f"为什么{found[0]}", asked) if _WHY_SO.match(asked) else _IT.sub(found[0], asked, count=1)
    if before.question.language == "en":
        return f"Why is {found[0]} {found[3]} than {found[1]} in {found[2].lower()}?" if found else None
    if before.verdict == "yes":
        return f"为什么{_MARK.sub('', declared(plain(before.question.resolved)))}？"
    if found:
        name, other, aspect, degree = found
        stated = _stated(before, lambda clause: clause.startswith(name) and f"比{other}" in clause)
        return f"为什么{stated}？" if stated else f"为什么{name}的{aspect}比{other}{degree}？"
    stated = _first_statement(before, sources)
    return f"为什么{stated}？" if stated else None


def better(answer: Answer) -> tuple[str, str, str, str] | None:
    """Who is found to have more or less of what: name, the other's name, aspect, degree (更强, stronger)."""
    table = answer.table
    if table is None or len(table.columns) != 2 or not table.rows or answer.status != "answered":
        return None
    row = table.rows[0]
    if not row.verdict or row.verdict.lower() not in answer.text.lower():
        return None
    for name, other in (table.columns, table.columns[::-1]):
        if row.verdict.startswith(name):
            return name, other, row.aspect, row.verdict[len(name) :].strip().removeprefix("is ")
    return None


def _first_statement(answer: Answer, sources: Sources) -> str | None:
    """The first clause of the first quote that says something of what was asked about."""
    names = {name for _, _, name in things_of(plain(answer.question.resolved), sources)}
    return _stated(answer, lambda clause: _says_of(clause, names, sources), most=1)


def _says_of(clause: str, names: set[str], sources: Sources) -> bool:
    return not _REPORTED.search(clause) and (any(name in clause for name in names) or bool(acting_in(clause, sources)))


def _stated(answer: Answer, fits: Callable[[str], bool], most: int | None = None) -> str | None:
    """The first clause that fits in the first `most` quotes; in all of them where that is `None`."""
    if answer.status != "answered":
        return None
    texts = (item.text for item in answer.evidence[:most])
    clauses = (_LEAD.sub("", text[start:end].strip(" ,，;；。.:：")) for text in texts for start, end in split_clauses(text))
    return next((clause for clause in clauses if fits(clause)), None)
