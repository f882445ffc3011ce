"""From a file to the store; where something is wrong, the store stays as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.pipeline import (
    Tools,
    article_id,
    ingest_path,
    ingest_text,
    ingest_upload,
    load_articles,
    read_article,
    reader_version,
)
from kb.errors import BadInput, EmptyText, KnowledgeBaseError, NotFound, TooLarge, UnknownFormat, UnreadableText
from kb.records import Article
from kb.store import Store

CONTAINER = "容器共享宿主机的内核，启动只要几毫秒。"
MACHINE = "虚拟机拥有自己的操作系统，启动要数分钟。"
MOST = 10_000


@pytest.fixture
def store(tools: Tools, tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.db", tools.tokenizer.terms)
    opened.set_vocabulary(tools.domain.concepts, "v")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def state(store: Store) -> object:
    """Everything that a reader could see of the articles."""
    return store.articles(), store.sentences(), store.claims(), store.mentions(), store.concepts(), store.quantities()


# ---------------------------------------------------------------- added, unchanged, replaced


def test_a_file_is_added_then_unchanged_then_replaced(store: Store, tools: Tools, folder: Path) -> None:
    path = write(folder / "容器.txt", CONTAINER)
    (added,) = ingest_path(path, store, tools, max_bytes=MOST)
    assert (added.outcome, added.title, added.sentences, added.quantities) == ("added", "容器", 1, 1)
    before = state(store)
    (unchanged,) = ingest_path(path, store, tools, max_bytes=MOST)
    assert (unchanged.outcome, unchanged.article_id) == ("unchanged", added.article_id)
    assert state(store) == before
    write(path, CONTAINER + MACHINE)
    (replaced,) = ingest_path(path, store, tools, max_bytes=MOST)
    assert (replaced.outcome, replaced.article_id, replaced.sentences) == ("replaced", added.article_id, 2)
    assert len(store.articles()) == 1


def test_a_renamed_file_is_the_same_article_and_a_copy_changes_nothing(store: Store, tools: Tools, folder: Path) -> None:
    path = write(folder / "容器.txt", CONTAINER)
    (added,) = ingest_path(path, store, tools, max_bytes=MOST)
    moved = path.rename(folder / "新名.txt")
    (kept,) = ingest_path(moved, store, tools, max_bytes=MOST)
    assert (kept.outcome, kept.article_id, kept.title) == ("unchanged", added.article_id, "新名")
    before = state(store)
    (copy,) = ingest_path(write(folder / "副本.txt", CONTAINER), store, tools, max_bytes=MOST)
    assert (copy.outcome, copy.article_id, copy.title) == ("unchanged", added.article_id, "新名")
    assert state(store) == before
    assert [summary.origin for summary in store.articles()] == [moved.resolve().as_posix()]


def test_new_rules_read_an_unchanged_file_again(store: Store, tools: Tools, folder: Path) -> None:
    path = write(folder / "容器.txt", CONTAINER)
    ingest_path(path, store, tools, max_bytes=MOST)
    fewer = replace(tools, domain=replace(tools.domain, aspects={}))
    assert reader_version(fewer.domain) != reader_version(tools.domain)
    assert [report.outcome for report in ingest_path(path, store, fewer, max_bytes=MOST)] == ["replaced"]


def test_a_pasted_text_of_the_same_title_takes_the_place_of_the_first(store: Store, tools: Tools) -> None:
    first = ingest_text("容器", CONTAINER, store, tools, max_bytes=MOST)
    second = ingest_text(" 容器 ", MACHINE, store, tools, max_bytes=MOST)
    assert (first.outcome, second.outcome) == ("added", "replaced")
    assert first.article_id == second.article_id
    assert [s.text for s in store.sentences()] == [MACHINE]


def test_an_upload_uses_only_the_last_part_of_its_name(store: Store, tools: Tools) -> None:
    (report,) = ingest_upload("..\\..\\etc/容器.md", f"# 容器\n\n{CONTAINER}".encode(), store, tools, max_bytes=MOST)
    article = store.article(report.article_id)
    assert article is not None and (article.origin, article.title) == ("upload:容器.md", "容器")


def test_a_folder_gives_each_readable_file_and_passes_over_others(store: Store, tools: Tools, folder: Path) -> None:
    write(folder / "b.txt", MACHINE)
    write(folder / "a.md", f"# 容器\n\n{CONTAINER}")
    write(folder / "picture.png", b"\x89PNG\x00")
    (folder / "deep").mkdir()
    write(folder / "deep" / "c.txt", "镜像是只读的模板。")
    said: list[tuple[object, ...]] = []
    reports = ingest_path(folder, store, tools, max_bytes=MOST, emit=lambda *step: said.append(step))
    assert [report.title for report in reports] == ["容器", "b", "c"]
    titles = enumerate(("容器", "b", "c"), start=1)
    assert said == [step for number, title in titles for step in ((number, 3, title, None), (number, 3, title, "added"))]


def test_a_file_of_several_articles_gives_each_an_id(store: Store, tools: Tools, folder: Path) -> None:
    rows = [{"title": "甲", "text": CONTAINER}, {"title": "乙", "text": MACHINE}]
    path = write(folder / "two.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    reports = ingest_path(path, store, tools, max_bytes=MOST)
    assert [report.title for report in reports] == ["甲", "乙"]
    assert len({report.article_id for report in reports}) == 2


def test_a_report_names_new_concepts_once(store: Store, tools: Tools) -> None:
    first = ingest_text("甲", "Zephyrix是一种新的引擎。", store, tools, max_bytes=MOST)
    second = ingest_text("乙", "Zephyrix很好用，很多人用。", store, tools, max_bytes=MOST)
    assert first.new_concepts == ("Zephyrix",)
    assert second.new_concepts == ()


def test_a_report_counts_what_contradicts_other_articles(store: Store, tools: Tools) -> None:
    first = ingest_text("甲", "容器共享宿主机的内核。", store, tools, max_bytes=MOST)
    second = ingest_text("乙", "容器不共享宿主机的内核。", store, tools, max_bytes=MOST)
    assert (first.contradictions, second.contradictions) == (0, 1)


# ---------------------------------------------------------------- failures


def broken_inputs() -> dict[str, tuple[str, str | bytes, type[KnowledgeBaseError]]]:
    return {
        "unknown suffix": ("容器.exe", CONTAINER, UnknownFormat),
        "no suffix": ("README", CONTAINER, UnknownFormat),
        "too large": ("容器.txt", "长" * MOST, TooLarge),
        "binary": ("容器.txt", b"\x7fELF\x00\x00\x00\x00", UnreadableText),
        "empty": ("容器.txt", b"", EmptyText),
        "blank": ("容器.txt", " \n\t\n", EmptyText),
        "only a head": ("容器.md", "---\ntitle: x\n---\n", EmptyText),
        "damaged Word": ("容器.docx", b"no archive", UnreadableText),
        "damaged PDF": ("容器.pdf", b"no pdf", UnreadableText),
        "bad line": ("容器.jsonl", '{"title": "甲", "text": "乙。"}\n{', BadInput),
        "half of a line empty": ("容器.jsonl", '{"title": "甲", "text": "乙。"}\n{"title": "丙", "text": " "}', EmptyText),
    }


@pytest.mark.parametrize(("name", "data", "error"), broken_inputs().values(), ids=broken_inputs())
def test_a_bad_file_is_refused_and_the_store_stays(
    name: str, data: str | bytes, error: type[KnowledgeBaseError], store: Store, tools: Tools, folder: Path
) -> None:
    ingest_text("先前", CONTAINER, store, tools, max_bytes=MOST)
    before = state(store)
    with pytest.raises(error) as caught:
        ingest_path(write(folder / name, data), store, tools, max_bytes=MOST)
    assert isinstance(caught.value, BadInput)
    assert caught.value.message[0] and caught.value.message[1] and caught.value.hint[0] and caught.value.hint[1]
    assert state(store) == before


@pytest.mark.parametrize(("name", "data", "error"), broken_inputs().values(), ids=broken_inputs())
def test_a_bad_upload_is_refused_and_the_store_stays(
    name: str, data: str | bytes, error: type[KnowledgeBaseError], store: Store, tools: Tools
) -> None:
    before = state(store)
    with pytest.raises(error):
        ingest_upload(name, data if isinstance(data, bytes) else data.encode(), store, tools, max_bytes=MOST)
    assert state(store) == before


def test_one_bad_file_of_a_folder_keeps_the_good_ones_out(store: Store, tools: Tools, folder: Path) -> None:
    write(folder / "a.txt", CONTAINER)
    write(folder / "b.txt", b"\x00\x00")
    before = state(store)
    with pytest.raises(UnreadableText, match=r"b\.txt"):
        ingest_path(folder, store, tools, max_bytes=MOST)
    assert state(store) == before


def test_a_folder_without_articles_names_the_suffixes(store: Store, tools: Tools, folder: Path) -> None:
    write(folder / "picture.png", b"\x89PNG")
    with pytest.raises(EmptyText) as caught:
        ingest_path(folder, store, tools, max_bytes=MOST)
    assert str(folder) in caught.value.message[0] and ".md" in caught.value.hint[0]


def test_a_path_that_is_not_there_is_not_found(store: Store, tools: Tools, folder: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        ingest_path(folder / "nowhere.md", store, tools, max_bytes=MOST)
    with pytest.raises(NotFound):
        load_articles(folder, max_bytes=MOST)


@pytest.mark.parametrize(
    ("title", "text", "error"),
    [("", CONTAINER, EmptyText), ("  ", CONTAINER, EmptyText), ("容器", " ", EmptyText), ("容器", "长" * MOST, TooLarge)],
)
def test_a_bad_paste_is_refused(title: str, text: str, error: type[KnowledgeBaseError], store: Store, tools: Tools) -> None:
    before = state(store)
    with pytest.raises(error):
        ingest_text(title, text, store, tools, max_bytes=MOST)
    assert state(store) == before


def test_the_limit_is_in_bytes_and_itself_allowed(store: Store, tools: Tools) -> None:
    size = len(CONTAINER.encode())
    ingest_text("容器", CONTAINER, store, tools, max_bytes=size)
    with pytest.raises(TooLarge, match=f"{size} bytes"):
        ingest_text("容器", CONTAINER, store, tools, max_bytes=size - 1)


@pytest.mark.xfail(strict=True, reason="UnicodeEncodeError instead of an error of ours")
def test_half_a_character_does_no_harm(store: Store, tools: Tools) -> None:
    """A lone surrogate, as JavaScript may send it."""
    with pytest.raises(KnowledgeBaseError):
        ingest_text("容器", "容器\ud800很轻。", store, tools, max_bytes=MOST)
    assert store.articles() == ()


# ---------------------------------------------------------------- ids


def test_the_same_origin_gives_the_same_id_and_another_another() -> None:
    assert article_id("容器", "paste:容器") == article_id("容器", "paste:容器")
    assert article_id("容器", "paste:容器") != article_id("容器", "upload:容器")


@pytest.mark.parametrize(
    ("stem", "slug"),
    [("容器和VM", "rong-qi-he-vm"), ("Docker Basics (2)", "docker-basics-2"), ("……", "article"), ("", "article"), ("a" * 90, "a" * 48)],
)
def test_an_id_is_a_readable_slug_and_eight_digits(stem: str, slug: str) -> None:
    made = article_id(stem, "x")
    assert made.rsplit("-", 1)[0] == slug
    assert len(made.rsplit("-", 1)[1]) == 8 and int(made.rsplit("-", 1)[1], 16) >= 0


def test_a_file_of_the_checkout_has_the_same_id_everywhere() -> None:
    path = Path(__file__).parents[2] / "corpus" / "articles" / "container.md"
    (article,) = load_articles(path, max_bytes=MOST * 10)
    assert article.origin == "corpus/articles/container.md"
    assert article.id == article_id("container", "corpus/articles/container.md")


# ---------------------------------------------------------------- what reading promises


TEXT = """什么是dockerDocker是一种容器引擎。它的*** 作系统层很薄，启动只要几毫秒。rr
优点：\r
1、启动快；2、体积小　而且轻
虚拟机（如KVM、Xen等）比容器更重，通常要2–3分钟才能启动！欢迎关注我们的公众号。
并非所有主机都是服务器🐳，但是所有服务器都是主机？
"""


def test_every_span_of_an_extract_lies_in_the_original(tools: Tools) -> None:
    extract = read_article(Article("a", "题", TEXT, "o"), tools)
    sentences = {sentence.id: sentence for sentence in extract.sentences}
    statements = (*extract.mentions, *extract.claims, *extract.comparisons, *extract.quantities)
    assert extract.claims and extract.comparisons and extract.quantities and extract.dropped
    for record in statements:
        start, end = sentences[record.sentence_id].span
        assert start <= record.span[0] < record.span[1] <= end, record
    for dropped in extract.dropped:
        assert 0 <= dropped.span[0] < dropped.span[1] <= len(TEXT)


def test_every_concept_of_an_extract_is_known_or_comes_with_it(tools: Tools) -> None:
    extract = read_article(Article("a", "题", TEXT + "Zephyrix是一种新的引擎，提供漂亮的桌布。", "o"), tools)
    known = {concept.id for concept in (*tools.domain.concepts, *extract.concepts)}
    used = {m.concept_id for m in extract.mentions} | {c for claim in extract.claims for c in (claim.subject, claim.object)}
    used |= {c for comparison in extract.comparisons for c in (comparison.a, comparison.b)} | {q.subject for q in extract.quantities}
    assert used <= known
    assert {concept.kind for concept in extract.concepts} <= {"discovered", "phrase"}


def test_reading_does_not_depend_on_what_was_read_before(tools: Tools) -> None:
    article = Article("a", "题", TEXT, "o")
    first = read_article(article, tools)
    read_article(Article("b", "题", "几毫秒是一种计量单位。", "p"), tools)
    assert read_article(article, tools) == first
