"""The stack that a concept stands in, read off what articles say (runs on, hosts, has part, shares, …) and drawn for a comparison.

Articles are noisy: a stack is built only from statements that agree with the order of the layers of `layers.tsv`, that are not
outnumbered by denials, and each layer names the statements it stands on. Where too little is said there is no stack.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kb.domain import Domain
from kb.graph.building import Graph
from kb.records import Claim

_FEWEST = 3  # layers that make a picture
_CANDIDATES = 4  # concepts tried for a layer
_SPECIFIC = 0.4  # what a product scores less than a component or a technology
_FIRST_NAMED = 0.8  # what the first concept of a row scores more than the last
_OF_A_KIND = 0.5  # a statement of a kind or an instance counts so much for the concept itself


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of one stack. `claims`, the strongest first, tie it to `other`, another layer of the same stack.

    `present=False`: articles deny that the stack has it, which is worth drawing beside a stack that does.
    """

    level: int
    concept: str
    other: str | None
    claims: tuple[Claim, ...]
    present: bool = True


@dataclass(frozen=True, slots=True)
class Stack:
    """Bottom up; `concept` is one of the layers."""

    concept: str
    layers: tuple[Layer, ...]

    def at(self, level: int) -> Layer | None:
        return next((layer for layer in self.layers if layer.level == level), None)


Node = tuple[int, str]  # level, concept id: an operating system stands below a hypervisor or inside a machine


def stacks_of(graph: Graph, concepts: Sequence[str], domain: Domain) -> tuple[Stack, ...]:
    """A stack for each of `concepts`, to be drawn side by side; none at all where one is missing or all look the same."""
    reading = _Reading(graph, domain, frozenset(concepts))
    stacks = [stack for concept in concepts if (stack := reading.stack(concept)) is not None]
    if len(stacks) < max(2, len(concepts)) or len({_shape(stack) for stack in stacks}) < 2:
        return ()
    return tuple(reading.with_denied(stack, stacks) for stack in stacks)


def _shape(stack: Stack) -> tuple[Node, ...]:
    return tuple((layer.level, layer.concept) for layer in stack.layers if layer.concept != stack.concept)


class _Reading:
    """One look at the graph; `compared` are concepts that must not inherit from each other."""

    def __init__(self, graph: Graph, domain: Domain, compared: frozenset[str]) -> None:
        self._graph = graph
        self._domain = domain
        self._compared = compared
        self._levels = {layer.level: layer for layer in domain.layers}
        self._kinds, self._kind_of = _kinds(graph, {id_ for layer in domain.layers for id_ in layer.concepts})
        self._supported: dict[tuple[Node, Node], tuple[float, tuple[Claim, ...]]] = {}

    def stack(self, concept: str) -> Stack | None:
        level = next((layer.level for layer in self._domain.layers if concept in layer.concepts), None)
        if level is None or concept not in self._graph or level == min(self._levels):
            return None
        start = (level, concept)
        below = self._best(start, [other for other in sorted(self._levels, reverse=True) if other < level], upward=False)
        above = self._best(start, [other for other in sorted(self._levels) if other > level], upward=True)
        layers = (*reversed(below), Layer(level, concept, None, ()), *above)
        return Stack(concept, layers) if below and len(layers) >= _FEWEST else None

    def _best(self, start: Node, levels: Sequence[int], *, upward: bool) -> tuple[Layer, ...]:
        """Of the candidates of each level, or none of it, those that are supported best together; from `start` outward."""
        choices = [(None, *self._candidates(start, level, levels, upward=upward)) for level in levels]
        best: tuple[Layer, ...] = ()
        best_score = 0.0
        for chosen in product(*choices):
            nodes = [node for node in chosen if node is not None]
            if len({start[1], *(concept for _, concept in nodes)}) <= len(nodes):
                continue  # a concept twice
            found = self._joined(start, nodes, upward=upward)
            if found is not None and found[1] > best_score:
                best, best_score = found
        return best

    def _joined(self, start: Node, nodes: Sequence[Node], *, upward: bool) -> tuple[tuple[Layer, ...], float] | None:
        """The layers with what ties each to one nearer to `start`, and how well; `None` where one is tied to nothing."""
        layers: list[Layer] = []
        score = 0.0
        chain = [start]
        for node in nodes:
            ties = [(self._support(other, node) if upward else self._support(node, other), other) for other in reversed(chain)]
            (worth, claims), other = max(ties, key=lambda tie: tie[0][0])
            if worth <= 0:
                return None
            nearest = 0.3 if ties[0][0][0] > 0 else 0.0
            score += 1 + nearest + 0.25 * min(math.log2(1 + worth), 3) + self._usual(node)
            layers.append(Layer(node[0], node[1], other[1], claims))
            chain.append(node)
        return tuple(layers), score

    def _candidates(self, start: Node, level: int, levels: Sequence[int], *, upward: bool) -> tuple[Node, ...]:
        """Concepts of `level` that are tied to `start`, or to something between, the best tied first."""
        between = [(other, id_) for other in levels if (other < level if upward else other > level) for id_ in self._members(other)]
        scored: list[tuple[float, Node]] = []
        for id_ in self._members(level):
            node = (level, id_)
            ties = [self._support(*((other, node) if upward else (node, other)))[0] for other in (start, *between)]
            if max(ties) > 0:
                scored.append((3 * ties[0] + max(ties[1:], default=0) + self._usual(node), node))
        return tuple(node for _, node in sorted(scored, key=lambda item: (-item[0], item[1]))[:_CANDIDATES])

    def _usual(self, node: Node) -> float:
        """How good a name of its layer a concept is: those that the row names first, products less than what they are products of."""
        level, concept = node
        row = self._levels[level].concepts
        product_of = self._graph.nodes[concept]["concept"].kind == "product"
        return _FIRST_NAMED * (1 - row.index(concept) / len(row)) - (_SPECIFIC if product_of else 0)

    def _support(self, lower: Node, upper: Node) -> tuple[float, tuple[Claim, ...]]:
        """How many more claims say than deny that `upper` stands on `lower`, those of kinds and instances counted in part, and the claims."""
        key = (lower, upper)
        if key not in self._supported:
            self._supported[key] = (0.0, ()) if self._shares_instead(lower, upper) else self._weigh(lower, upper)
        return self._supported[key]

    def _weigh(self, lower: Node, upper: Node) -> tuple[float, tuple[Claim, ...]]:
        own = list(self._ties((lower[1],), (upper[1],)))
        near = [claim for claim in self._ties(self._named(lower), self._named(upper)) if claim not in own]
        if _count(own, False) > _count(own, True):
            return 0.0, ()  # denied of the two themselves outweighs whatever is said of their kinds
        net = _count(own, True) - _count(own, False) + _OF_A_KIND * (_count(near, True) - _count(near, False))
        named = {lower[1], upper[1]}
        near.sort(key=lambda claim: (not named & {claim.subject, claim.object}, *_weight(claim)))
        return net, tuple(claim for claim in (*sorted(own, key=_weight), *near) if claim.holds)

    def _shares_instead(self, lower: Node, upper: Node) -> bool:
        """Whether articles say that `lower` shares what it would otherwise have of its own."""
        shared_level = self._levels[upper[0]].own_of
        if shared_level is None:
            return False
        uses = [claim for id_ in self._named(lower) for other in self._members(shared_level) for claim in _claims(self._graph, id_, other)]
        shares = [claim for claim in uses if claim.relation == "shares"]
        return _count(shares, True) > _count(shares, False)

    def _ties(self, lowers: Sequence[str], uppers: Sequence[str]) -> Iterator[Claim]:
        """The claims that put one of `uppers` on one of `lowers`, said or denied."""
        for lower, upper in product(lowers, uppers):
            for subject, object_, side in ((upper, lower, "subject"), (lower, upper, "object")):
                for claim in _claims(self._graph, subject, object_):
                    row = self._domain.relations.get(claim.relation)
                    if row is not None and row.above == side:
                        yield claim

    def _named(self, node: Node) -> tuple[str, ...]:
        """A concept with its kinds and what it is a kind of, within its layer; what is compared inherits nothing, or all would look alike."""
        level, concept = node
        near = self._kinds.get(concept, set())
        if concept not in self._compared:
            near = near | self._kind_of.get(concept, set())
        return (concept, *(other for other in self._members(level) if other in near and other not in self._compared))

    def _members(self, level: int) -> tuple[str, ...]:
        return tuple(id_ for id_ in self._levels[level].concepts if id_ in self._graph)

    def with_denied(self, stack: Stack, others: Iterable[Stack]) -> Stack:
        """The stack, and in the levels that only others fill what articles deny of it most often."""
        denied: dict[int, Layer] = {}
        for layer in (layer for other in others for layer in other.layers if stack.at(layer.level) is None):
            claims = self._denials(stack.concept, layer.concept)
            if len(claims) > len(denied[layer.level].claims if layer.level in denied else ()):
                denied[layer.level] = Layer(layer.level, layer.concept, stack.concept, claims, present=False)
        return Stack(stack.concept, tuple(sorted((*stack.layers, *denied.values()), key=lambda layer: layer.level)))

    def _denials(self, concept: str, part: str) -> tuple[Claim, ...]:
        """What denies that `concept` has, needs or stands on `part`; nothing where as much is said."""
        rows = self._domain.relations
        claims = [
            c for c in _claims(self._graph, concept, part) if c.relation in rows and rows[c.relation].above and c.relation != "shares"
        ]
        denied = tuple(sorted((claim for claim in claims if not claim.holds), key=_weight))
        return denied if len(denied) > len(claims) - len(denied) else ()


def _claims(graph: Graph, subject: str, object_: str) -> Iterator[Claim]:
    """What is said and denied of the two; figures of speech left out."""
    if graph.has_edge(subject, object_):
        for data in graph.get_edge_data(subject, object_).values():
            yield from (claim for claim in data["fact_claims"] if not claim.analogy)


def _count(claims: Iterable[Claim], holds: bool) -> int:
    return len({claim.sentence_id for claim in claims if claim.holds is holds})


def _weight(claim: Claim) -> tuple[bool, float, str]:
    """Orders claims: plain ones first, then the more certain."""
    return (claim.hedge is not None or claim.condition is not None, -claim.confidence, claim.sentence_id)


def _kinds(graph: Graph, members: set[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Among `members`: the kinds and instances of each, and what each is a kind or an instance of, as far as said plainly and not denied."""
    below: dict[str, set[str]] = {}
    above: dict[str, set[str]] = {}
    for subject, object_, data in graph.out_edges(members & set(graph), data=True):
        if object_ not in members or data["relation"] not in ("is_a", "instance_of") or not data["holds"]:
            continue
        denied = graph.has_edge(subject, object_, (data["relation"], False))
        if not denied and any(claim.hedge is None and not claim.analogy for claim in data["fact_claims"]):
            below.setdefault(object_, set()).add(subject)
            above.setdefault(subject, set()).add(object_)
    return below, above
