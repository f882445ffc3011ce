"""Contracts of the families: one file is one member, so each member is tested by being there."""

from __future__ import annotations

import html
import importlib
import inspect
import re
from types import ModuleType

import pytest

from ingest.formats import Document
from kb.app import KnowledgeBase
from kb.domain import Domain
from kb.errors import BadInput
from kb.qa.asking.understanding import understand
from kb.records import Answer
from kb.registry import family

QUOTED = re.compile(r"「([^「」]+)」")


def members(package: str) -> dict[str, ModuleType]:
    """None where the family is not there (yet)."""
    try:
        return family(package)
    except ModuleNotFoundError as error:
        if error.name is not None and package.startswith(error.name):
            return {}
        raise


KINDS, FORMATS = members("kb.qa.kinds"), members("ingest.formats")
EXPORTS = members("kb.graph.exports")
BACKENDS, METRICS = members("kb.probe.backends"), members("kb.probe.metrics")
RANKERS = members("kb.passages.rankers")
EVERY = {
    f"{package}.{name}": module
    for package, found in (
        ("kb.qa.kinds", KINDS),
        ("ingest.formats", FORMATS),
        ("kb.graph.exports", EXPORTS),
        ("kb.probe.backends", BACKENDS),
        ("kb.probe.metrics", METRICS),
        ("kb.passages.rankers", RANKERS),
    )
    for name, module in found.items()
}


def parameters(function: object) -> list[str]:
    return list(inspect.signature(function).parameters)  # type: ignore[arg-type]


@pytest.mark.parametrize("module", EVERY.values(), ids=EVERY)
def test_a_member_opens_with_what_it_does(module: ModuleType) -> None:
    assert module.__doc__ and len(module.__doc__.strip()) > 20
    assert importlib.import_module(module.__name__) is module


# ---------------------------------------------------------------- kinds of questions


WRONG_TODAY = {
    "容器里的进程怎么被管理?": "the kind `how` takes it",
}
EXAMPLES = [(name, example) for name, module in KINDS.items() for example in QUOTED.findall((module.__doc__ or "").split("\n\n")[0])]


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_shows_example_questions_in_its_first_words(name: str) -> None:
    assert any(kind == name for kind, _ in EXAMPLES)


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_fits_and_answers(name: str) -> None:
    assert parameters(KINDS[name].fits) == ["text", "concepts"]
    assert parameters(KINDS[name].answer) == ["question", "sources"]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("text", ["", "?", "容器", "苏打水多少钱一瓶?", "why", "a" * 500])
def test_a_fit_is_between_nothing_and_certain(name: str, text: str) -> None:
    for concepts in ((), ("container",), ("container", "virtual_machine")):
        assert 0.0 <= KINDS[name].fits(text, concepts) <= 1.0


@pytest.mark.parametrize(
    ("name", "example"),
    [
        pytest.param(name, example, marks=pytest.mark.xfail(strict=True, reason=WRONG_TODAY[example]) if example in WRONG_TODAY else ())
        for name, example in EXAMPLES
    ],
)
def test_the_examples_of_a_kind_win_it(name: str, example: str, filled_base: KnowledgeBase) -> None:
    assert understand(example, filled_base.sources()).kind == name


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_examples_of_a_kind_get_an_answer_or_a_refusal(name: str, example: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(example)
    assert isinstance(answer, Answer)
    assert answer.text and answer.status in ("answered", "no_evidence", "unknown_concept")


def test_some_kind_takes_whatever_is_asked() -> None:
    assert any(module.fits("容器里面有点什么名堂呢", ("container",)) > 0 for module in KINDS.values())


# ---------------------------------------------------------------- formats of files


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_names_its_suffixes_and_reads(name: str) -> None:
    module = FORMATS[name]
    assert module.SUFFIXES and all(re.fullmatch(r"\.[a-z0-9]+", suffix) for suffix in module.SUFFIXES)
    assert parameters(module.read) == ["data", "name"]


def test_no_suffix_belongs_to_two_formats() -> None:
    suffixes = [suffix for module in FORMATS.values() for suffix in module.SUFFIXES]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_refuses_binary_noise_with_an_error_of_ours(name: str) -> None:
    noise = bytes(range(256)) * 4
    with pytest.raises(BadInput) as caught:
        FORMATS[name].read(noise, "噪声.bin")
    assert "噪声.bin" in caught.value.message[0] and "噪声.bin" in caught.value.message[1]


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_documents_or_refuses_nothing_at_all(name: str) -> None:
    try:
        found = FORMATS[name].read(b"", "空.bin")
    except BadInput as error:
        assert error.message[0] and error.hint[0]
    else:
        assert isinstance(found, tuple) and all(isinstance(document, Document) and not document.text.strip() for document in found)


# ---------------------------------------------------------------- formats of export


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_names_its_media_type_and_suffix(name: str) -> None:
    module = EXPORTS[name]
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", module.MEDIA_TYPE)
    assert re.fullmatch(r"[a-z]+", module.SUFFIX)
    assert parameters(module.export) == ["reader", "domain"]


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_the_same_twice_and_holds_a_quote_of_every_relation(name: str, filled_base: KnowledgeBase, domain: Domain) -> None:
    text = EXPORTS[name].export(filled_base.store, domain)
    plain = html.unescape(text)
    assert text == EXPORTS[name].export(filled_base.store, domain)
    claims = filled_base.store.claims()
    assert claims
    for claim in claims:
        assert filled_base.store.quote(claim.sentence_id, claim.span) in plain


def test_no_suffix_belongs_to_two_exports() -> None:
    suffixes = [module.SUFFIX for module in EXPORTS.values()]
    assert len(suffixes) == len(set(suffixes))


# ---------------------------------------------------------------- the probe


@pytest.mark.parametrize("name", BACKENDS)
def test_a_backend_is_complete(name: str, domain: Domain) -> None:
    module = BACKENDS[name]
    assert module.CONCEPT in {*(concept.id for concept in domain.concepts)}
    assert len(module.LABEL) == 2 and all(module.LABEL)
    assert all(" / " in caveat for caveat in module.CAVEATS)
    assert module.LIMITS.ready_s > 0 and module.LIMITS.exit_s > 0
    assert parameters(module.unavailable) == ["image"]
    assert parameters(module.start) == ["payload", "limits"]


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_complete(name: str) -> None:
    module = METRICS[name]
    assert len(module.LABEL) == 2 and all(module.LABEL)
    assert len(module.MEANING) == 2 and all(module.MEANING)
    assert module.UNIT and isinstance(module.UNIT, str)
    assert parameters(module.sample) == ["backend", "image", "cancelled"]


@pytest.mark.parametrize("where", ["aspects", "relations"])
def test_a_metric_that_the_vocabulary_names_is_one(where: str, domain: Domain) -> None:
    """An answer offers to measure it, so there must be something that measures."""
    if not METRICS:
        pytest.skip("no metric yet")
    rows = domain.aspects.values() if where == "aspects" else domain.relations.values()
    named = {row.metric for row in rows if row.metric}
    assert named and named <= set(METRICS)


# ---------------------------------------------------------------- rankers


@pytest.mark.parametrize("name", RANKERS)
def test_a_ranker_takes_a_reader_and_a_limit(name: str) -> None:
    assert parameters(RANKERS[name].rank)[1:3] == ["reader", "limit"]
