"""The command about vectors: embed."""

from __future__ import annotations

from kb.cli.shared import Json, app, open_base, print_json


@app.command()
def embed(json: Json = False) -> None:
    """Give each sentence that lacks one its vector by the model of KB_EMBEDDING; other models' vectors stay."""
    base = open_base(filled=True)
    added = base.complete_vectors()
    name = base.embedding.name
    print_json({"model": name, "added": added}) if json else print(f"{name}: 新增 {added} 句的向量")
