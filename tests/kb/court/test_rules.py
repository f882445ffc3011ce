"""The rows of corpus/domain/tests.toml, and what a wrong row is told."""

from __future__ import annotations

import pytest

from kb.court import Rules, read_rules
from kb.domain import Domain
from kb.errors import BadDomainData

FAMILY = """
[[family]]
id = "container"
zh = "容器"
en = "containers"
concept = "container"
members = ["container"]
"""
ROW = {
    "id": '"one"',
    "zh": '"一"',
    "en": '"one"',
    "kind": '"claim"',
    "relations": '["shares"]',
    "subjects": '["@container"]',
    "metric": '"kernel_identity"',
    "judge": '"signs"',
    "sides": '["container"]',
    "expects": '"same"',
    "same": '["boot_id"]',
}


def text(**changes: str | None) -> str:
    row = {name: value for name, value in {**ROW, **changes}.items() if value is not None}
    return FAMILY + "[[test]]\n" + "\n".join(f"{name} = {value}" for name, value in row.items())


def test_there_are_at_least_twenty_kinds_of_claim(rules: Rules) -> None:
    assert len(rules.trials) >= 20
    assert {trial.kind for trial in rules.trials} == {"claim", "comparison", "quantity"}


def test_every_row_has_words_for_every_verdict(rules: Rules) -> None:
    judged = {"order", "signs", "seen", "range", "near", "runs"}
    for trial in rules.trials:
        own = dict(trial.sentences)
        for verdict in ("confirmed", "contradicted", "partly", "untestable", "unmeasured", "expired"):
            if verdict in ("confirmed", "contradicted") and trial.judge not in judged:
                continue
            assert own.get(verdict) or rules.sentences.get((trial.judge, verdict)) or rules.sentences.get(("*", verdict)), (
                trial.id,
                verdict,
            )


def test_every_backend_that_a_family_names_has_a_name_for_people(rules: Rules) -> None:
    named = {backend for family in rules.families.values() for backend in (*(family.backends or ()), *family.stand_ins)}
    assert named - set(rules.backends) == {"lxc"}  # never a backend here: it is always stood in for


def test_backends_that_stand_in_say_why(rules: Rules) -> None:
    assert all(family.reason for family in rules.families.values() if family.stand_ins)


def test_a_good_row_is_read(domain: Domain) -> None:
    (trial,) = read_rules(text(), domain).trials
    assert (trial.id, trial.subjects, trial.same, trial.days) == ("one", frozenset({"container"}), ("boot_id",), None)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"kind": None}, "kind is missing"),
        ({"kind": '"rumour"'}, "kind = 'rumour'"),
        ({"judge": '"guess"'}, "judge = 'guess'"),
        ({"relations": '["hates"]'}, "no relation 'hates'"),
        ({"sides": '["unicorn"]'}, "no family 'unicorn'"),
        ({"sides": "[]"}, "looks at 1 sides"),
        ({"subjects": '["@unicorn"]'}, "no family 'unicorn'"),
        ({"subjects": '["unicorn"]'}, "no concept 'unicorn'"),
        ({"expects": '"luck"'}, "expects = 'luck'"),
        ({"judge": '"never"'}, "untestable_zh and untestable_en are missing"),
        ({"judge": '"near"'}, "low and high are missing"),
        ({"judge": '"range"'}, "range judges quantities only"),
        ({"more": '"bigger"'}, "more = 'bigger'"),
        ({"limited": '["confirmed"]'}, "limit_zh and limit_en are missing"),
        ({"unit": '"furlong"'}, "unit = 'furlong'"),
        ({"quoted": '["词"]', "zh": None}, "zh is missing"),
        ({"note_zh": '"只有中文"'}, "note_zh or note_en is missing"),
        ({"note_zh": '"{luck}"', "note_en": '"{luck}"'}, "no place {luck}"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_wrong(domain: Domain, changes: dict[str, str | None], problem: str) -> None:
    with pytest.raises(BadDomainData) as failure:
        read_rules(text(**changes), domain)
    assert problem in str(failure.value)
    assert "corpus/domain/tests.toml, test one" in str(failure.value) or "family" in str(failure.value)


def test_an_id_stands_once(domain: Domain) -> None:
    with pytest.raises(BadDomainData, match="stands twice"):
        read_rules(text() + "\n" + text().replace(FAMILY, ""), domain)


def test_others_of_a_family_are_known_and_say_why(domain: Domain) -> None:
    with pytest.raises(BadDomainData, match="no concept 'unicorn'"):
        read_rules(text().replace('members = ["container"]', 'members = ["container"]\nothers = ["unicorn"]'), domain)
    with pytest.raises(BadDomainData, match="others_zh or others_en is missing"):
        read_rules(text().replace('members = ["container"]', 'members = ["container"]\nothers = ["docker"]'), domain)


def test_a_family_of_unknown_concepts_is_refused(domain: Domain) -> None:
    with pytest.raises(BadDomainData, match="no concept 'unicorn'"):
        read_rules(text().replace('members = ["container"]', 'members = ["unicorn"]'), domain)


def test_what_is_no_toml_is_refused(domain: Domain) -> None:
    with pytest.raises(BadDomainData, match="write TOML"):
        read_rules("[[test", domain)
