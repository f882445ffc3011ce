"""One answer of the answers to several questions: each short, in the order asked, sources numbered through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.language.regex import regex
from kb.qa.asking.terms import has_han
from kb.qa.telling.drafting import REFERENCE, path_renumbered, renumbered, table_renumbered
from kb.qa.wording import say, spaced
from kb.records import Answer, Explanation, Span

_CHARS = 360  # of all parts, without the numbers of sources
_LEAST = 70  # of one part
_WHOLE = ("comparison", "listing", "how", "yes_no")  # kinds that lose their point when cut
_PIECE = regex(r"(?<=\])[；;]\s*")
_END = regex(r"[。.]$")
_ASKS = " ?？。."  # what a question ends with
_TELLING = 5  # characters; a shorter statement may well be made twice


def joined(text: str, answers: Sequence[Answer]) -> Answer:
    """A refusal of one part hides no other and is told in a clause; the table and the paths are those of the first part that has any.

    What one part has told no later one tells again.
    """
    answered = [one for one in answers if one.status == "answered"]
    leading = answered[0] if answered else answers[0]
    shown = next((one for one in answers if one.table is not None), None)
    room = max(_LEAST, _CHARS // len(answers))
    told: list[Answer] = []
    numbers: dict[tuple[str, Span], int] = {}
    for one in answers:
        short = _left_open(one) if answered and one.status != "answered" else replace(one, text=_short(one, room))
        new = replace(short, text=_untold(short.text, [REFERENCE.sub("", other.text) for other in told]))
        told.append(_numbered(new, numbers, whole=one is shown or (shown is None and one is leading)))
    of_table = told[answers.index(shown)] if shown is not None else told[answers.index(leading)]
    measurements = dict.fromkeys(m for one in told for m in one.measurements)
    return replace(
        leading,
        question=replace(leading.question, text=text),
        text="\n".join(dict.fromkeys(one.text for one in told if one.text)),
        evidence=tuple({item.n: item for one in told for item in one.evidence}[n] for n in sorted(numbers.values())),
        table=of_table.table,
        paths=of_table.paths,
        measurements=tuple(measurements),
        disagreements=tuple(dict.fromkeys(line for one in told for line in one.disagreements)),
        explain=_of_all(told),
    )


def _left_open(answer: Answer) -> Answer:
    """That the articles do not answer this part, in a clause: what else they speak of does not matter beside an answer."""
    asked = spaced(answer.question.text.rstrip(_ASKS))
    return replace(answer, text=say("part_open", answer.question.language, what=asked))


def _untold(text: str, before: Sequence[str]) -> str:
    """Without the statements that an earlier part holds; empty where it holds them all."""
    lines: list[str] = []
    for line in text.split("\n"):
        pieces = _PIECE.split(line)
        new = [piece for piece in pieces if not _held(_END.sub("", REFERENCE.sub("", piece)), before)]
        if len(new) == len(pieces):
            lines.append(line)
        elif new:
            end = _END.search(line)
            lines.append(_END.sub("", ("；" if has_han(line) else "; ").join(new)) + (end.group() if end else ""))
    return "\n".join(lines)


def _held(statement: str, before: Sequence[str]) -> bool:
    return len(statement) >= _TELLING and any(statement in other for other in before)


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


def _numbered(answer: Answer, given: dict[tuple[str, Span], int], *, whole: bool) -> Answer:
    """Sources that are still referred to, numbered on from those of earlier parts (`given`, which grows); `whole`: with the table and the paths."""
    met = [int(n) for text in (answer.text, *answer.disagreements) for n in REFERENCE.findall(text)]
    if whole:
        met += [n for row in (answer.table.rows if answer.table else ()) for cell in row.cells for n in cell.citations]
        met += [n for path in answer.paths for step in path.steps for n in step.citations]
    quoted = {item.n: (item.sentence_id, item.span) for item in answer.evidence}
    numbers = {old: given.setdefault(quoted[old], len(given) + 1) for old in dict.fromkeys(met)}
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
