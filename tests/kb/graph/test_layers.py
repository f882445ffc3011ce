from __future__ import annotations

from kb.domain import Domain, LayerType, RelationType
from kb.graph.building import graph_of
from kb.graph.layers import Stack, stacks_of
from kb.records import Claim, Concept

NAMES = "hardware host_os hypervisor type2 engine machine container zone guest_os application service"
CONCEPTS = [Concept(id_, id_, kind="component") for id_ in NAMES.split()]
LAYERS = (
    LayerType(10, "硬件", "hardware", ("hardware",), None),
    LayerType(20, "系统", "system", ("host_os",), None),
    LayerType(30, "引擎", "engine", ("hypervisor", "type2", "engine"), None),
    LayerType(40, "实例", "instance", ("machine", "container", "zone"), None),
    LayerType(50, "自有", "own", ("guest_os", "host_os"), 20),
    LayerType(60, "应用", "application", ("application", "service"), None),
)
ABOVE = {"runs_on": "subject", "shares": "subject", "hosts": "object", "has_part": "object", "is_a": None, "uses": None}
RELATIONS = {
    id_: RelationType(id_, id_, id_, None, False, False, (), (), (), (), "{S}{O}", "{S}{O}", "{S}{O}", "{S}{O}", None, above)  # type: ignore[arg-type]
    for id_, above in ABOVE.items()
}
DOMAIN = Domain((), RELATIONS, {}, LAYERS)


def claim(text: str, sentence: str = "s#0", *, holds: bool = True, hedge: str | None = None, analogy: bool = False) -> Claim:
    subject, relation, object_ = text.split()
    return Claim(sentence, (0, 5), subject, relation, object_, holds=holds, hedge=hedge, analogy=analogy)


MACHINE = [
    claim("machine runs_on hypervisor", "m#0"),
    claim("hypervisor runs_on hardware", "m#1"),
    claim("machine has_part guest_os", "m#2"),
    claim("application runs_on guest_os", "m#3"),
]
CONTAINER = [
    claim("engine hosts container", "c#0"),
    claim("engine runs_on host_os", "c#1"),
    claim("host_os runs_on hardware", "c#2"),
    claim("container hosts application", "c#3"),
]


def stacks(*claims: Claim, of: tuple[str, ...] = ("machine", "container")) -> tuple[Stack, ...]:
    return stacks_of(graph_of(CONCEPTS, claims), of, DOMAIN)


def shown(stack: Stack) -> str:
    return " ".join(("" if layer.present else "no:") + layer.concept for layer in stack.layers)


def test_both_sides_of_a_comparison_are_stacked_bottom_up() -> None:
    machine, container = stacks(*MACHINE, *CONTAINER)
    assert shown(machine) == "hardware hypervisor machine guest_os application"
    assert shown(container) == "hardware host_os engine container application"


def test_every_layer_names_the_claims_that_tie_it_to_another_of_its_stack() -> None:
    for stack in stacks(*MACHINE, *CONTAINER):
        concepts = {layer.concept for layer in stack.layers}
        for layer in stack.layers:
            if layer.concept == stack.concept:
                assert layer.other is None and layer.claims == ()
            else:
                assert layer.other in concepts
                assert layer.claims and all({item.subject, item.object} <= concepts for item in layer.claims)


def test_a_statement_against_the_order_of_layers_is_not_drawn() -> None:
    assert stacks(*MACHINE, *CONTAINER, claim("hypervisor runs_on machine"), claim("machine hosts hypervisor")) == stacks(
        *MACHINE, *CONTAINER
    )


def test_what_is_denied_as_often_as_said_is_no_layer() -> None:
    machine, _ = stacks(*MACHINE, *CONTAINER, claim("machine has_part guest_os", "d#0", holds=False))
    assert "guest_os" not in [layer.concept for layer in machine.layers if layer.present]


def test_a_denied_layer_is_drawn_beside_a_side_that_has_it() -> None:
    _, container = stacks(*MACHINE, *CONTAINER, claim("container has_part guest_os", "d#0", holds=False))
    assert shown(container) == "hardware host_os engine container no:guest_os application"
    denied = container.at(50)
    assert denied is not None and [item.sentence_id for item in denied.claims] == ["d#0"]


def test_what_shares_the_host_system_has_none_of_its_own() -> None:
    wrong = claim("container has_part host_os", "w#0")
    _, before = stacks(*MACHINE, *CONTAINER[:1], claim("container hosts application"), claim("engine runs_on hardware"), wrong)
    assert before.at(50) is not None
    _, after = stacks(*MACHINE, *CONTAINER, wrong, claim("container shares host_os", "w#1"))
    assert after.at(50) is None


def test_figures_of_speech_and_other_relations_tie_nothing() -> None:
    said = [claim("machine runs_on hypervisor", analogy=True), claim("machine uses hypervisor"), claim("hypervisor runs_on hardware")]
    assert stacks(*said, *MACHINE[2:], *CONTAINER) == ()


def test_a_kind_stands_where_nothing_is_said_of_the_concept_itself() -> None:
    kind = [claim("type2 is_a hypervisor", "k#0"), claim("type2 runs_on host_os", "k#1")]
    machine, _ = stacks(*MACHINE, *kind, *CONTAINER)
    assert shown(machine) == "hardware host_os hypervisor machine guest_os application"


def test_the_two_compared_do_not_inherit_from_each_other() -> None:
    alike = [claim("container is_a machine", "k#0"), claim("machine is_a container", "k#1")]
    assert [shown(stack) for stack in stacks(*MACHINE, *CONTAINER, *alike)] == [shown(stack) for stack in stacks(*MACHINE, *CONTAINER)]


def test_a_concept_inherits_nothing_from_what_it_is_a_kind_of() -> None:
    said = [claim("zone is_a container", "k#0"), claim("zone hosts service", "k#1")]
    assert stacks(*MACHINE, *CONTAINER, *said, of=("machine", "zone")) == ()


def test_nothing_is_drawn_where_one_side_is_missing_or_both_look_alike() -> None:
    assert stacks(*MACHINE, of=("machine", "container")) == ()
    assert stacks(*MACHINE, *CONTAINER, of=("machine",)) == ()
    assert stacks(*MACHINE, *CONTAINER, of=("machine", "nobody")) == ()
    assert stacks(*MACHINE, *CONTAINER, of=("hardware", "machine")) == ()
    same = [
        claim(f"{one} {rest}", f"s{one}{n}") for one in ("zone", "container") for n, rest in enumerate(("runs_on engine", "hosts service"))
    ]
    assert stacks(*same, of=("zone", "container")) == ()


def test_the_order_of_claims_does_not_matter() -> None:
    assert [shown(stack) for stack in stacks(*reversed(CONTAINER), *reversed(MACHINE))] == [
        shown(stack) for stack in stacks(*MACHINE, *CONTAINER)
    ]
