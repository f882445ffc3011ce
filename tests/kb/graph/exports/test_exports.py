"""Every format is read back by a parser that is not ours, and holds every claim."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from types import ModuleType
from urllib.parse import unquote

import networkx as nx
import pytest

from kb.domain import Domain
from kb.records import Claim, Comparison, Quantity
from kb.registry import family
from kb.store import Store

FAMILY = family("kb.graph.exports")
CLAIMS = (
    Claim("a#b#0", (0, 14), "container", "shares", "host_kernel", hedge="通常"),
    Claim("a#b#1", (0, 14), "container", "shares", "host_kernel"),
    Claim("a#b#2", (0, 14), "virtual_machine", "shares", "host_kernel", holds=False),
    Claim("a#b#3", (0, 9), "virtual_machine", "has_part", "lit:独立桌面", condition="如果有图形界面"),
)
COMPARISON = Comparison("a#b#4", (0, 5), "container", "virtual_machine", "启动速度", "a_more", "快得多")
QUANTITY = Quantity("a#b#5", (0, 5), "virtual_machine", "启动速度", "数分钟", 2, 9, "分钟", True)
STATED = {(c.subject, c.relation, c.object, c.holds) for c in CLAIMS}


@pytest.fixture
def store(filled: Callable[..., Store]) -> Store:
    return filled(claims=CLAIMS, comparisons=[COMPARISON], quantities=[QUANTITY])


def exported(name: str, store: Store, domain: Domain) -> str:
    text: str = FAMILY[name].export(store, domain)
    return text


def test_json_holds_concepts_relations_comparisons_and_quantities(store: Store, domain: Domain) -> None:
    document = json.loads(exported("json_", store, domain))
    assert {(concept["id"], concept["label"]) for concept in document["concepts"]} == {
        ("container", "容器"),
        ("virtual_machine", "虚拟机"),
        ("host_kernel", "宿主机内核"),
    }
    shares, denied, part = sorted(document["relations"], key=lambda row: (row["predicate"] == "has_part", row["polarity"]))
    quote = store.quote("a#b#0", (0, 14))
    assert shares == {
        "subject": "容器",
        "predicate": "shares",
        "object": "宿主机内核",
        "polarity": "affirmed",
        "qualifier": "通常",
        "evidence": [quote],
    }
    assert (denied["subject"], denied["polarity"]) == ("虚拟机", "negated")
    assert (part["object"], part["qualifier"]) == ("独立桌面", "如果有图形界面")
    assert document["comparisons"] == [
        {"a": "容器", "b": "虚拟机", "dimension": "启动速度", "direction": "a_more", "amount": "快得多", "quote": quote[:5]}
    ]
    assert document["quantities"][0] == {
        "subject": "虚拟机",
        "attribute": "启动速度",
        "value_text": "数分钟",
        "low": 2.0,
        "high": 9.0,
        "unit": "分钟",
        "approximate": True,
        "quote": quote[:5],
    }
    assert document["contradictions"] == []


def test_json_names_contradictions_with_both_quotes(filled: Callable[..., Store], domain: Domain) -> None:
    store = filled(claims=[CLAIMS[0], Claim("a#b#2", (0, 5), "container", "shares", "host_kernel", holds=False)])
    (found,) = json.loads(exported("json_", store, domain))["contradictions"]
    assert (found["kind"], len(found["claims"])) == ("denial", 2)


def test_graphml_is_read_by_networkx(store: Store, domain: Domain) -> None:
    graph = nx.parse_graphml(exported("graphml", store, domain), force_multigraph=True)
    edges = {(s, data["relation"], o, data["holds"]) for s, o, data in graph.edges(data=True)}
    assert edges == STATED
    assert graph.nodes["container"]["name"] == "容器"
    claims = {(s, data["holds"]): data["claims"] for s, _, data in graph.edges(data=True) if data["relation"] == "shares"}
    assert claims == {("container", True): 2, ("virtual_machine", False): 1}
    assert all("\x01" not in data["quote"] and data["quote"] for _, _, data in graph.edges(data=True))


def test_csv_has_a_line_a_claim_and_runs_no_formula(store: Store, domain: Domain) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv_", store, domain))))
    assert [(row["subject"], row["relation"], row["object"], row["polarity"]) for row in rows] == [
        ("容器", "shares", "宿主机内核", "affirmed"),
        ("容器", "shares", "宿主机内核", "affirmed"),
        ("虚拟机", "shares", "宿主机内核", "negated"),
        ("虚拟机", "has_part", "独立桌面", "affirmed"),
    ]
    assert (rows[0]["hedge"], rows[3]["condition"], rows[0]["article"], rows[0]["start"], rows[0]["end"]) == (
        "通常",
        "如果有图形界面",
        "a#b",
        "0",
        "14",
    )
    assert rows[0]["quote"] == "'" + store.quote("a#b#0", (0, 14))  # the text begins with =


def test_jsonld_is_json_with_a_statement_a_claim(store: Store, domain: Domain) -> None:
    document = json.loads(exported("jsonld", store, domain))
    nodes = document["@graph"]
    known = {node["@id"] for node in nodes if node["@type"] == "skos:Concept"}
    statements = [node for node in nodes if node["@type"] == "rdf:Statement"]
    assert len(statements) == len(CLAIMS)
    assert {(s["subject"], s["predicate"], s["object"], s["kb:polarity"]) for s in statements} == {
        (f"urn:kb:concept:{_percent(c.subject)}", f"urn:kb:relation:{c.relation}", f"urn:kb:concept:{_percent(c.object)}", _polarity(c))
        for c in CLAIMS
    }
    assert {s[place] for s in statements for place in ("subject", "object")} <= known
    assert statements[0]["kb:quote"] == store.quote("a#b#0", (0, 14))


def _percent(id_: str) -> str:
    from urllib.parse import quote

    return quote(id_, safe="")


def _polarity(claim: Claim) -> str:
    return "affirmed" if claim.holds else "negated"


STATEMENT = re.compile(
    r"^\[\] a rdf:Statement ; rdf:subject <urn:kb:concept:(\S+)> ; rdf:predicate relation:(\w+) ; rdf:object <urn:kb:concept:(\S+)> ;.*"
    r'kb:polarity "(affirmed|negated)".*kb:quote ("(?:[^"\\\n]|\\.)*") \.$'
)


def test_turtle_has_a_statement_a_claim_and_closes_every_line(store: Store, domain: Domain) -> None:
    lines = [line for line in exported("turtle", store, domain).splitlines() if line]
    assert all(line.endswith(" .") for line in lines)
    assert all("\x01" not in line for line in lines)
    found = [match for line in lines if (match := STATEMENT.match(line))]
    assert len(found) == len(CLAIMS)
    assert {(unquote(m[1]), m[2], unquote(m[3]), m[4] == "affirmed") for m in found} == STATED
    assert json.loads(found[0][5]) == store.quote("a#b#0", (0, 14))
    prefixes = {line.split()[1] for line in lines if line.startswith("@prefix")}
    assert prefixes == {"rdf:", "skos:", "concept:", "relation:", "kb:"}


CREATED = re.compile(
    r'^MATCH \(s:Concept \{id: (".*?")\}\), \(o:Concept \{id: (".*?")\}\) CREATE \(s\)-\[:(\w+) \{holds: (true|false), .*\}\]->\(o\);$'
)


def test_cypher_creates_each_node_before_its_edges(store: Store, domain: Domain) -> None:
    lines = exported("cypher", store, domain).splitlines()
    merged = [line for line in lines if line.startswith("MERGE ")]
    created = [match for line in lines if (match := CREATED.match(line))]
    assert len(merged) + len(created) == len(lines)
    assert lines[: len(merged)] == merged
    assert {(json.loads(m[1]), m[3].lower(), json.loads(m[2]), m[4] == "true") for m in created} == STATED
    assert len(created) == len(CLAIMS)


@pytest.mark.parametrize("module", FAMILY.values(), ids=FAMILY)
def test_an_empty_store_exports_without_fail(module: ModuleType, filled: Callable[..., Store], domain: Domain) -> None:
    text = module.export(filled(), domain)
    assert isinstance(text, str)
    assert "shares" not in text.replace("rdf:", "").lower()
