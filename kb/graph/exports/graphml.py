"""GraphML for Gephi, yEd and the like: nodes with names and kinds, edges with relation, polarity, number of claims and one quote."""

from __future__ import annotations

import networkx as nx

from kb.domain import Domain
from kb.graph.building import build_graph
from kb.language.regex import regex
from kb.store import Reader

MEDIA_TYPE = "application/graphml+xml"
SUFFIX = "graphml"
_NOT_IN_XML = regex(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(reader: Reader, domain: Domain) -> str:
    plain = nx.MultiDiGraph()
    graph = build_graph(reader)
    for id_, data in graph.nodes(data=True):
        plain.add_node(id_, name=_xml(data["concept"].name), kind=data["concept"].kind, mentions=data["mentions"])
    for s, o, data in graph.edges(data=True):
        claims = data["fact_claims"]
        quote = _xml(reader.quote(claims[0].sentence_id, claims[0].span))
        label = domain.relations[data["relation"]].zh if data["relation"] in domain.relations else data["relation"]
        plain.add_edge(s, o, relation=data["relation"], label=label, holds=data["holds"], claims=len(claims), quote=quote)
    return "\n".join(nx.generate_graphml(plain))


def _xml(text: str) -> str:
    """Control characters have no place in XML, escaped or not."""
    return _NOT_IN_XML.sub("", text)
