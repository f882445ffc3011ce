"""Reading the vocabulary: what a good row becomes, and what is said about a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.domain import Aspect, Domain, LayerType, RelationType, load_domain
from kb.errors import BadDomainData
from kb.records import Concept

HEADER = "id\tkind\tname_zh\tname_en\taliases\tgloss\tcues\n"
CONCEPTS = (
    "# a comment\n"
    + HEADER
    + "container\ttechnology\t容器\tcontainer\t容器技术|软件容器\t共享内核的一组进程\t\n"
    + "host_case\tdevice\t机箱\t\t主机\t\t显示器|主板\n"
)
RELATION = """
[[relation]]
id = "hosts"
zh = "承载"
en = "hosts"
inverse = "runs_on"
verbs = ["承载"]
cues = ["承载"]
wording = "{S}承载{O}"
wording_denied = "{S}不承载{O}"
wording_en = "{S} hosts {O}"
wording_en_denied = "{S} does not host {O}"

[[relation]]
id = "runs_on"
zh = "运行在…上"
en = "runs on"
inverse = "hosts"
transitive = true
patterns = ["{S}跑在{O}上"]
wording = "{S}运行在{O}上"
wording_denied = "{S}不运行在{O}上"
wording_en = "{S} runs on {O}"
wording_en_denied = "{S} does not run on {O}"
metric = "layers"
"""
ASPECT = """
[[aspect]]
id = "启动速度"
zh = "启动速度"
en = "start-up speed"
names = ["启动速度"]
reversed_names = ["启动时间"]
more = ["启动更快"]
less = ["启动更慢"]
better = "more"
metric = "start_time"

[[aspect]]
id = "范围"
zh = "范围"
en = "scope"
"""


def folder_of(place: Path, *, concepts: str = CONCEPTS, relations: str = RELATION, aspects: str = ASPECT) -> Path:
    (place / "concepts.tsv").write_text(concepts, encoding="utf-8")
    (place / "relations.toml").write_text(relations, encoding="utf-8")
    (place / "aspects.toml").write_text(aspects, encoding="utf-8")
    return place


def test_good_rows_become_records(tmp_path: Path) -> None:
    assert load_domain(folder_of(tmp_path)) == Domain(
        concepts=(
            Concept("container", "容器", ("容器技术", "软件容器"), "technology", "共享内核的一组进程", "container", ()),
            Concept("host_case", "机箱", ("主机",), "device", None, None, ("显示器", "主板")),
        ),
        relations={
            "hosts": RelationType(
                "hosts",
                "承载",
                "hosts",
                "runs_on",
                False,
                False,
                ("承载",),
                (),
                (),
                ("承载",),
                "{S}承载{O}",
                "{S}不承载{O}",
                "{S} hosts {O}",
                "{S} does not host {O}",
                None,
            ),
            "runs_on": RelationType(
                "runs_on",
                "运行在…上",
                "runs on",
                "hosts",
                False,
                True,
                (),
                (),
                ("{S}跑在{O}上",),
                (),
                "{S}运行在{O}上",
                "{S}不运行在{O}上",
                "{S} runs on {O}",
                "{S} does not run on {O}",
                "layers",
            ),
        },
        aspects={
            "启动速度": Aspect(
                "启动速度",
                "启动速度",
                "start-up speed",
                ("启动速度",),
                ("启动时间",),
                ("启动更快",),
                ("启动更慢",),
                None,
                "more",
                "start_time",
                1,
            ),
            "范围": Aspect("范围", "范围", "scope", (), (), (), (), None, None, None, 2),
        },
    )


def test_a_quotation_mark_in_a_cell_is_a_character(tmp_path: Path) -> None:
    row = 'bare_metal\tresource\t裸金属\tbare metal\t"裸金属"系统硬件\t没有系统的硬件\t\n'
    (concept,) = load_domain(folder_of(tmp_path, concepts=HEADER + row)).concepts
    assert concept.aliases == ('"裸金属"系统硬件',)


@pytest.mark.parametrize(
    ("rows", "number", "word"),
    [
        ("container\ttechnology\t容器\tcontainer\n", 2, "4 cells"),
        ("\ttechnology\t容器\tcontainer\t\t\t\n", 2, "empty"),
        ("container\t\t容器\tcontainer\t\t\t\n", 2, "empty"),
        ("container\ttechnology\t\tcontainer\t\t\t\n", 2, "empty"),
        ("pod\ttechnology\tPod\tpod\t\t\t\npod\ttechnology\t容器组\tpod\t\t\t\n", 3, "'pod' stands twice"),
    ],
)
def test_a_bad_concept_names_file_and_row(rows: str, number: int, word: str, tmp_path: Path) -> None:
    with pytest.raises(BadDomainData) as caught:
        load_domain(folder_of(tmp_path, concepts=HEADER + rows))
    assert f"concepts.tsv, row {number}" in str(caught.value)
    assert word in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "number", "word"),
    [
        ('"{S}跑在{O}上"', '"{S}跑在上面"', 2, "lacks {S} or {O}"),
        ('wording_denied = "{S}不承载{O}"', 'wording_denied = "不承载{O}"', 1, "lacks {S} or {O}"),
        ('inverse = "hosts"', 'inverse = "carries"', 2, "'carries' is no relation"),
        ('en = "runs on"', "", 2, "en is missing"),
    ],
)
def test_a_bad_relation_names_file_and_row(old: str, new: str, number: int, word: str, tmp_path: Path) -> None:
    with pytest.raises(BadDomainData) as caught:
        load_domain(folder_of(tmp_path, relations=RELATION.replace(old, new)))
    assert f"relations.toml, row {number}" in str(caught.value)
    assert word in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "number", "word"),
    [
        ('better = "more"', 'better = "faster"', 1, "better = 'faster'"),
        ('better = "more"', 'better = "more"\nnear = ["响度"]', 1, "'响度'"),
        ('zh = "范围"', "", 2, "zh is missing"),
        ("[[aspect]]", "[[thing]]", 0, "aspect"),
        ('id = "启动速度"', "id = 启动速度", 0, "row 0"),
    ],
)
def test_a_bad_aspect_names_file_and_row(old: str, new: str, number: int, word: str, tmp_path: Path) -> None:
    with pytest.raises(BadDomainData) as caught:
        load_domain(folder_of(tmp_path, aspects=ASPECT.replace(old, new)))
    assert f"aspects.toml, row {number}" in str(caught.value)
    assert word in str(caught.value)


LAYER = "level\tname_zh\tname_en\tconcepts\town_of\n10\t硬件\thardware\ta|b\t\n20\t自有\town\tc\t10\n"


def test_layers_are_read_bottom_up_and_may_be_left_out(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    assert load_domain(folder).layers == ()
    (folder / "layers.tsv").write_text(LAYER, encoding="utf-8")
    assert load_domain(folder).layers == (
        LayerType(10, "硬件", "hardware", ("a", "b"), None),
        LayerType(20, "自有", "own", ("c",), 10),
    )


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("x\t层\tlayer\ta\t", "level"),
        ("20\t层\tlayer\ta\t", "above"),
        ("30\t层\tlayer\ta\t15", "own_of"),
        ("30\t层\tlayer\t\t", "concepts"),
    ],
)
def test_a_bad_layer_names_file_and_row(row: str, word: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "layers.tsv").write_text(LAYER + row + "\n", encoding="utf-8")
    with pytest.raises(BadDomainData, match=f"layers.tsv, row 4.*{word}"):
        load_domain(folder)


def test_above_names_a_side_of_a_relation(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, relations=RELATION + 'above = "object"\n')
    assert [row.above for row in load_domain(folder).relations.values()] == [None, "object"]
    with pytest.raises(BadDomainData, match="above"):
        load_domain(folder_of(tmp_path, relations=RELATION + 'above = "below"\n'))
