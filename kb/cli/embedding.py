"""The command about vectors: embed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.cli.progress import Progress
from kb.cli.shared import Json, app, open_base, print_json

if TYPE_CHECKING:
    from kb.app import KnowledgeBase


@app.command()
def embed(json: Json = False) -> None:
    """Give each sentence that lacks one its vector by the model of KB_EMBEDDING; other models' vectors stay."""
    base = open_base(filled=True)
    added = complete_vectors(base)
    name = base.embedding.name
    print_json({"model": name, "added": added}) if json else print(f"{name}: 新增 {added} 句的向量")


def complete_vectors(base: KnowledgeBase) -> int:
    """As the knowledge base does it, told as it goes; how many sentences lacked their vector."""
    done = 0

    def stays() -> tuple[str, str]:
        return (
            f"已中断：{done} 篇文章的向量已经补好，留着；其余的句子仍按词查找，再运行 kb embed 会接着补。",
            f"Interrupted: the vectors of {done} articles are there and stay; other sentences are found by words. kb embed goes on from here.",
        )

    def tell(number: int, total: int, title: str) -> None:
        nonlocal done
        done = number
        progress.tell(number, total, title)

    with Progress(stays) as progress:
        return base.complete_vectors(emit=tell)
