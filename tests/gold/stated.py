"""`python -m tests.gold.stated`: yes-or-no questions on single statements (stated.jsonl), asked of small stores that hold nothing else.

Each field's statements are one article. A question of `yes` or `no` is decided by its statement; `near` sounds as if it were, and is not. What a
verdict is worth shows only in both: how many are right and wrong where there is an answer, and how many are given where there is none.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.app import KnowledgeBase
from kb.records import Answer
from tests.gold.__main__ import knowledge_base
from tests.gold.labels import by_field
from tests.gold.scoring import Json

STATED = "stated.jsonl"
EVERY = 4  # statement whose questions are asked, unless told otherwise
TOLD = ("yes", "no", "undecided", "refused")
CLOSED = "yes_no"  # kind of the questions of `near` that count: some ask for more than whether


def stated() -> dict[str, list[Json]]:
    """Field → `statement`, its questions answered `yes` and `no`, and the one `near` it that it leaves open."""
    return by_field(STATED)


def said(answer: Answer) -> str:
    return answer.verdict or ("undecided" if answer.status == "answered" else "refused")


def asked(rows: Sequence[Json], every: int) -> Counter[tuple[str, str]]:
    """How often each (what is right, what was said) comes, of a store that holds the statements of `rows` alone."""
    found: Counter[tuple[str, str]] = Counter()
    with base_of(rows) as base:
        for row in rows[::every]:
            found.update((right, said(base.ask(question))) for right in ("yes", "no") for question in row[right])
            answer = base.ask(row["near"])
            if answer.question.kind == CLOSED:
                found["near", said(answer)] += 1
    return found


@contextmanager
def base_of(rows: Sequence[Json]) -> Iterator[KnowledgeBase]:
    """Holds the statements alone, as one article."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "stated.md").write_text("# 说明\n\n" + "\n\n".join(row["statement"] for row in rows) + "\n", encoding="utf-8")
        with knowledge_base(Path(folder)) as base:
            yield base


def line(name: str, found: Counter[tuple[str, str]]) -> str:
    """Shares of what is asked, and of what is near."""

    def count(rights: Iterable[str], tells: Iterable[str] = TOLD) -> int:
        return sum(found[right, told] for right in rights for told in tells)

    verdicts = ("yes", "no")
    of, near, right = count(verdicts), count(("near",)), found["yes", "yes"] + found["no", "no"]
    shares = [right, count(verdicts, verdicts) - right, count(verdicts, ("undecided",)), count(verdicts, ("refused",))]
    cells = "".join(f"{share / max(1, of):11.1%}" for share in shares)
    return f"{name:14}{of:7}{cells}{near:7}{count(('near',), verdicts) / max(1, near):11.1%}{count(('near',), ('refused',)) / max(1, near):11.1%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fields", nargs="*", help="fields to ask (default: all)")
    parser.add_argument("--every", type=int, default=EVERY, help="ask of every so manieth statement (default: %(default)s)")
    options = parser.parse_args()
    print(f"{'':14}{'asked':>7}{'right':>11}{'wrong':>11}{'undecided':>11}{'refused':>11}{'near':>7}{'verdict':>11}{'refused':>11}")
    whole: Counter[tuple[str, str]] = Counter()
    for name, rows in stated().items():
        if not options.fields or name in options.fields:
            found = asked(rows, options.every)
            whole += found
            print(line(name, found), flush=True)
    print(line("all", whole))


if __name__ == "__main__":
    main()
