"""The texts an encoder is trained on and judged by: sections of technical documentation, and questions on paragraphs.

Whole documents are held out, so that no paragraph of one is both learnt from and asked for.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kb.errors import NotFound

Part = Literal["train", "dev", "test"]
SECTIONS = "tech_sections.jsonl.gz"
QUESTIONS = ("drcd_dev_test_simplified.jsonl.gz", "cmrc2018_trial.jsonl.gz")
LEFT_OUT = frozenset({"LCTT/TranslateProject"})  # translations whose originals' rights are unclear
_PARTS = 20  # of these, one is for choosing and one for the report


@dataclass(frozen=True, slots=True)
class Section:
    """`headings` lead from the document's title to the section's own."""

    part: Part
    repo: str
    title: str
    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def name(self) -> str:
        return " ".join(dict.fromkeys((self.title, *self.headings)))

    @property
    def body(self) -> str:
        return " ".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that `paragraph` answers; `answer` is a stretch of it, empty where it is not marked."""

    part: Part
    question: str
    paragraph: str
    answer: str


def read_sections(folder: Path) -> Iterator[Section]:
    """:raises NotFound: the file is not in `folder`."""
    for row in _rows(folder / SECTIONS):
        if row["repo"] not in LEFT_OUT and row["paras"]:
            # forks hold the same document under the same name: both must fall on one side
            document = "/".join(Path(row["path"]).parts[-2:])
            yield Section(part_of(document), row["repo"], row["title"] or "", tuple(row["headings"]), tuple(row["paras"]))


def read_questions(folder: Path) -> Iterator[Asked]:
    """:raises NotFound: a file is not in `folder`."""
    for name in QUESTIONS:
        for row in _rows(folder / name):
            yield Asked(part_of(row.get("title") or row["context"], held=5), row["question"], row["context"], row.get("answer") or "")


def part_of(document: str, *, held: int = 1) -> Part:
    """By a hash of its name: `held` twentieths of the documents are for choosing, as many for the report."""
    number = int(hashlib.sha256(document.encode("utf-8")).hexdigest()[:8], 16) % _PARTS
    return "dev" if number < held else "test" if number < 2 * held else "train"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise NotFound(
            (f"没有训练文本 {path}。", f"There is no training text {path}."),
            ("请用 --texts 指定存放训练文本的文件夹。", "Name the folder that holds the training texts with --texts."),
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
