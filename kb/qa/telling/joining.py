"""One answer of the answers to several questions: each short, in the order asked, sources numbered through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.qa.telling.drafting import REFERENCE, path_renumbered, renumbered, table_renumbered
from kb.records import Answer, Explanation

_CHARS = 360  # of all parts, without the numbers of sources
_LEAST = 70  # of one part
_WHOLE = ("comparison", "listing", "how", "yes_no")  # kinds that lose their point when cut
_PIECE = re.compile(r"(?<=\])[；;]\s*")
_END = re.compile(r"[。.]$")


def joined(text: str, answers: Sequence[Answer]) -> Answer:
    """A refusal of one part hides no other; the table and the paths are those of the first part that has any."""
    answered = [one for one in answers if one.status == "answered"]
    leading = answered[0] if answered else answers[0]
    shown = next((one for one in answers if one.table is not None), None)
    room = max(_LEAST, _CHARS // len(answers))
    told: list[Answer] = []
    used = 0
    for one in answers:
        short = _numbered(replace(one, text=_short(one, room)), used, whole=one is shown or (shown is None and one is leading))
        told.append(short)
        used += len(short.evidence)
    of_table = told[answers.index(shown)] if shown is not None else told[answers.index(leading)]
    measurements = dict.fromkeys(m for one in told for m in one.measurements)
    return replace(
        leading,
        question=replace(leading.question, text=text),
        text="\n".join(dict.fromkeys(one.text for one in told)),
        evidence=tuple(item for one in told for item in one.evidence),
        table=of_table.table,
        paths=of_table.paths,
        measurements=tuple(measurements),
        disagreements=tuple(dict.fromkeys(line for one in told for line in one.disagreements)),
        explain=_of_all(told),
    )


def _short(answer: Answer, room: int) -> str:
    """The first statements of an answer, as many as there is room for; what is listed or set side by side stays whole."""
    if answer.status != "answered" or answer.question.kind in _WHOLE:
        return answer.text
    pieces = _PIECE.split(answer.text)
    kept = [pieces[0]]
    for piece in pieces[1:]:
        if len(REFERENCE.sub("", "".join((*kept, piece)))) > room:
            break
        kept.append(piece)
    end = _END.search(answer.text) if len(kept) < len(pieces) else None
    return ("；" if answer.question.language == "zh" else "; ").join(kept) + (end.group() if end else "")


def _numbered(answer: Answer, used: int, *, whole: bool) -> Answer:
    """Sources that are still referred to, numbered from `used` + 1 on; `whole`: with the table and the paths."""
    met = [int(n) for text in (answer.text, *answer.disagreements) for n in REFERENCE.findall(text)]
    if whole:
        met += [n for row in (answer.table.rows if answer.table else ()) for cell in row.cells for n in cell.citations]
        met += [n for path in answer.paths for step in path.steps for n in step.citations]
    numbers = {old: new for new, old in enumerate(dict.fromkeys(met), start=used + 1)}
    return replace(
        answer,
        text=renumbered(answer.text, numbers),
        disagreements=tuple(renumbered(line, numbers) for line in answer.disagreements),
        table=table_renumbered(answer.table, numbers) if whole else None,
        paths=tuple(path_renumbered(path, numbers) for path in answer.paths) if whole else (),
        evidence=tuple(sorted((replace(e, n=numbers[e.n]) for e in answer.evidence if e.n in numbers), key=lambda e: e.n)),
        explain=replace(
            answer.explain,
            candidates=tuple(replace(item, n=numbers.get(item.n) if item.n is not None else None) for item in answer.explain.candidates),
        ),
    )


def _of_all(answers: Iterable[Answer]) -> Explanation:
    every = [one.explain for one in answers]
    sought = dict.fromkeys(item for one in every for item in one.sought)
    return Explanation(
        tuple(sought), tuple(item for one in every for item in one.candidates), tuple(item for one in every for item in one.reasons)
    )
