from __future__ import annotations

from pathlib import Path

from kb.language.parser import Parser
from kb.language.parser.training import Scores, card, load, score, train


def sentences(words: list[str], count: int) -> str:
    """`count` times subject, verb, object, full stop, each sentence with another subject."""
    blocks = []
    for number in range(count):
        rows = [
            (f"{words[0]}{number}", "NOUN", 2, "nsubj"),
            (words[1], "VERB", 0, "root"),
            (words[2], "NOUN", 2, "obj"),
            ("。", "PUNCT", 2, "punct"),
        ]
        blocks.append("\n".join(f"{i}\t{w}\t_\t{u}\t_\t_\t{h}\t{d}\t_\t_" for i, (w, u, h, d) in enumerate(rows, start=1)) + "\n")
    return "\n".join(blocks)


def treebank(folder: Path) -> Path:
    for kind in ("", ".jiebatok"):
        (folder / f"made_up{kind}.conllu").write_text(sentences(["容器", "使用", "内核"], 40), encoding="utf-8")
        (folder / f"gsdsimp_dev{kind}.conllu").write_text(sentences(["虚拟机", "运行", "程序"], 6), encoding="utf-8")
    return folder


def test_held_out_sentences_are_halved_and_never_trained_on(tmp_path: Path) -> None:
    data = load(treebank(tmp_path))
    assert len(data.train) == 80
    assert [tree.words[0] for tree in data.choose] == ["虚拟机0", "虚拟机1", "虚拟机2"]
    assert [tree.words[0] for tree in data.test] == ["虚拟机3", "虚拟机4", "虚拟机5"]
    assert not {tree.text for tree in data.train} & {tree.text for tree in (*data.choose, *data.test, *data.test_treebank)}


def test_training_learns_and_the_folder_can_be_loaded(tmp_path: Path) -> None:
    data = load(treebank(tmp_path))
    nlp = train(data, epochs=12, changes={"components.tok2vec.model.encode.width": 16, "components.parser.min_action_freq": 1})
    assert score(nlp, data.test).uas == 1.0
    nlp.to_disk(tmp_path / "model", exclude=["tokenizer"])
    parser = Parser.load(tmp_path / "model")
    assert parser is not None
    assert [arc.head for arc in parser.parse(["主机", "运行", "程序", "。"])] == [1, 1, 1, 1]


def test_card_gives_the_scores_of_every_kind_of_words() -> None:
    scores = Scores(sentences=244, words=5305, uas=0.7304, las=0.6651, upos=0.9, uas_plain=0.74, las_plain=0.67)
    text = card({"jieba's words": scores, "the treebank's words": scores}, sentences=12_730, seconds=600)
    assert "| jieba's words | 244 | 5,305 | 0.730 | 0.665 | 0.900 | 0.740 / 0.670 |" in text
    assert "12,730 trees" in text
