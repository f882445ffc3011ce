"""What is saved is read back as it was, and what is removed leaves nothing behind."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import NotFound, StoreError
from kb.records import (
    Article,
    Claim,
    Comparison,
    Concept,
    Dropped,
    Extract,
    HostFingerprint,
    Likeness,
    Measurement,
    Mention,
    Quantity,
    Sentence,
    Sign,
    Twin,
)
from kb.store import Store, sha256
from kb.store.opening import VERSION

TEXT = "容器共享宿主机的内核。**虚拟机启动需要数分钟，比容器慢得多。"
CONTAINER = Concept("container", "容器", ("软件容器", "容器技术"), "technology", "一组隔开的进程", "container")
MACHINE = Concept("virtual_machine", "虚拟机", ("VM",))
HOST_CASE = Concept("host_case", "机箱", ("主机",), "device", cues=("显示器", "主板"))
KERNEL = Concept("宿主机的内核", "宿主机的内核", ("宿主的内核",), "discovered", score=0.75)
DESKTOP = Concept("lit:独立桌面", "独立桌面", kind="phrase")
VOCABULARY = (CONTAINER, HOST_CASE, MACHINE)


def segmenter(text: str) -> list[str]:
    """Pairs of characters, so that these tests need no dictionary."""
    return [text[index : index + 2].lower() for index in range(len(text) - 1)]


def extract(id_: str = "a", text: str = TEXT, origin: str = "paste:容器", **changes: object) -> Extract:
    sentences = (
        Sentence(f"{id_}#0", id_, (0, 11), "容器共享宿主机的内核。", None, 0, 0),
        Sentence(f"{id_}#1", id_, (11, 31), "虚拟机启动需要数分钟，比容器慢得多。", "启动", 1, 1),
    )
    made = Extract(
        article=Article(id_, "容器", text, origin, "CC0-1.0", "某人", "2026-03-01", ("写时复制",)),
        cleaned="容器共享宿主机的内核。\n\n虚拟机启动需要数分钟，比容器慢得多。",
        segments=("容器共享宿主机的内核。", "虚拟机启动需要数分钟，比容器慢得多。"),
        sentences=sentences,
        dropped=(Dropped(id_, (11, 13), "masked_characters"),),
        concepts=(KERNEL, DESKTOP),
        mentions=(
            Mention(f"{id_}#0", (0, 2), "container", "lexicon"),
            Mention(f"{id_}#0", (4, 10), "宿主机的内核", "discovery"),
            Mention(f"{id_}#1", (13, 16), "virtual_machine", "lexicon"),
        ),
        claims=(
            Claim(f"{id_}#0", (0, 10), "container", "shares", "宿主机的内核", found_by="verb", confidence=0.7),
            Claim(
                f"{id_}#1",
                (13, 23),
                "virtual_machine",
                "has_part",
                "lit:独立桌面",
                holds=False,
                hedge="通常",
                condition="如果没有桌面",
                scope="not_all",
                analogy=True,
                found_by="pattern",
                confidence=0.25,
            ),
        ),
        comparisons=(
            Comparison(f"{id_}#1", (13, 30), "virtual_machine", "container", "启动速度", "b_more", "慢得多", "一般", "named", 0.8),
        ),
        quantities=(
            Quantity(f"{id_}#1", (13, 23), "virtual_machine", "启动速度", "数分钟", 2.0, 9.0, "分钟", True, "numerals", 0.7),
            Quantity(f"{id_}#1", (13, 23), "virtual_machine", "体积", "MB级", None, None, "MB", True, "numerals", 0.5),
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def tables(path: Path) -> dict[str, int]:
    """Rows of every table there is, those of the full-text index included; the counter of changes, which only grows, left out."""
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counted = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    counted["meta"] -= connection.execute("SELECT count(*) FROM meta WHERE name = 'sentence_revision'").fetchone()[0]
    # of the index's own tables only the one that lists what is indexed tells something
    words = connection.execute("SELECT count(*) FROM sentence_words_docsize").fetchone()[0]
    connection.close()
    kept = {name: n for name, n in counted.items() if not name.startswith("sentence_words_")}
    return {**kept, "indexed": words}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(path, segmenter)
    opened.set_vocabulary(VOCABULARY, "v1")
    yield opened
    opened.close()


# ---------------------------------------------------------------- save and read back


def test_everything_saved_is_read_back(store: Store) -> None:
    made = extract()
    store.save(made, reader="r1")
    assert store.article("a") == made.article
    assert store.cleaned("a") == (made.cleaned, made.segments)
    assert store.sentences() == made.sentences
    assert store.dropped("a") == made.dropped
    assert store.mentions() == made.mentions
    assert store.claims() == made.claims
    assert store.comparisons() == made.comparisons
    assert store.quantities() == made.quantities
    assert set(store.concepts()) == {*VOCABULARY, KERNEL, DESKTOP}


def test_the_summary_counts_what_was_read(store: Store) -> None:
    store.save(extract(), reader="r1")
    (summary,) = store.articles()
    assert (summary.chars, summary.sentences, summary.claims, summary.comparisons, summary.quantities) == (len(TEXT), 2, 2, 1, 2)
    assert (summary.reader, summary.sha256, summary.origin, summary.date) == ("r1", sha256(TEXT), "paste:容器", "2026-03-01")


def test_an_article_is_found_by_its_origin_before_its_text(store: Store) -> None:
    store.save(extract("a", "甲", "paste:甲"), reader="r")
    store.save(extract("b", "乙", "paste:乙"), reader="r")
    found = store.article_named(origin="paste:乙", sha256=sha256("甲"))
    assert found is not None and found.id == "b"
    by_text = store.article_named(origin="paste:无", sha256=sha256("甲"))
    assert by_text is not None and by_text.id == "a"
    assert store.article_named(origin="paste:无") is None


def test_a_quote_is_a_slice_of_the_original(store: Store) -> None:
    store.save(extract(), reader="r")
    assert store.quote("a#1", (13, 23)) == TEXT[13:23]
    assert store.quote("gone#1", (0, 2)) == ""


def test_a_quote_counts_characters_beyond_the_basic_plane(store: Store) -> None:
    text = "🐳🐳容器"
    store.save(extract(text=text), reader="r")
    assert store.quote("a#0", (1, 3)) == "🐳容"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["shares", "has_part"]),
        ({"subject": "container"}, ["shares"]),
        ({"object": "lit:独立桌面"}, ["has_part"]),
        ({"concept": "宿主机的内核"}, ["shares"]),
        ({"relation": "has_part"}, ["has_part"]),
        ({"sentence_id": "a#0"}, ["shares"]),
        ({"article_id": "a"}, ["shares", "has_part"]),
        ({"article_id": "b"}, []),
        ({"subject": "container", "relation": "has_part"}, []),
    ],
)
def test_claims_are_filtered_by_what_is_asked(filters: dict[str, str], expected: list[str], store: Store) -> None:
    store.save(extract(), reader="r")
    assert [claim.relation for claim in store.claims(**filters)] == expected


def test_sentences_are_found_by_all_their_mentions(store: Store) -> None:
    store.save(extract(), reader="r")
    assert [s.id for s in store.sentences(mentioning=["container", "宿主机的内核"])] == ["a#0"]
    assert store.sentences(mentioning=["container", "virtual_machine"]) == ()
    assert [s.id for s in store.sentences(ids=["a#1", "none"])] == ["a#1"]
    assert store.sentence("none") is None


def test_only_mentioned_concepts_on_request(store: Store) -> None:
    store.save(extract(), reader="r")
    assert {c.id for c in store.concepts(mentioned_only=True)} == {"container", "virtual_machine", "宿主机的内核", "lit:独立桌面"}
    assert store.mention_counts() == {"container": 1, "virtual_machine": 1, "宿主机的内核": 1}


def test_a_concept_of_the_vocabulary_is_not_overwritten_by_one_found(store: Store) -> None:
    store.save(extract(concepts=(Concept("container", "瓶子", kind="discovered"), KERNEL, DESKTOP)), reader="r")
    assert next(c for c in store.concepts() if c.id == "container") == CONTAINER


# ---------------------------------------------------------------- replace and remove


def test_saving_again_replaces_all_that_was_read(store: Store, path: Path) -> None:
    store.save(extract(), reader="r1")
    before = tables(path)
    store.save(extract(), reader="r2")
    assert tables(path) == before
    assert store.articles()[0].reader == "r2"


@pytest.mark.parametrize(
    ("id_", "text", "origin"),
    [("a", "新的文字。", "paste:别处"), ("b", "新的文字。", "paste:容器"), ("b", TEXT, "paste:别处")],
    ids=["same id", "same origin", "same text"],
)
def test_an_article_of_the_same_id_origin_or_text_is_replaced(id_: str, text: str, origin: str, store: Store) -> None:
    store.save(extract(), reader="r")
    store.save(extract(id_, text, origin), reader="r")
    (summary,) = store.articles()
    assert (summary.id, summary.origin) == (id_, origin)
    assert {sentence.article_id for sentence in store.sentences()} == {id_}


def test_removing_leaves_nothing_behind_in_any_table(store: Store, path: Path) -> None:
    before = tables(path)
    store.save(extract("b", "另一篇文章。", "paste:另"), reader="r", likeness=Likeness())
    store.save(extract(), reader="r", likeness=Likeness((1, 2), (Twin("b", "容器", 0.9, True),), (("a#0", "b#0"),)))
    store.put_vectors("model", [(sentence, b"\x00\x3c") for sentence in extract().sentences])
    filled = tables(path)
    assert all(filled[name] > before[name] for name in filled if name not in ("meta", "measurement", "decision")), filled
    store.remove("b")
    assert tables(path)["twin"] == tables(path)["copied"] == 0
    store.remove("a")
    assert tables(path) == before
    assert store.search(segmenter("容器共享")) == ()


def test_removing_one_article_keeps_what_another_says(store: Store) -> None:
    store.save(extract("a"), reader="r")
    store.save(extract("b", "另一篇文章。", "paste:另"), reader="r")
    store.remove("a")
    assert store.sentences() == extract("b").sentences
    assert KERNEL in store.concepts()


def test_removing_what_is_not_there_raises(store: Store) -> None:
    with pytest.raises(NotFound, match="'nothing'"):
        store.remove("nothing")


def test_a_new_vocabulary_takes_the_old_concepts_out_and_keeps_found_ones(store: Store) -> None:
    store.save(extract(), reader="r")
    renamed = replace(CONTAINER, aliases=("新别名",), gloss=None)
    store.set_vocabulary((renamed, MACHINE), "v2")
    concepts = {concept.id: concept for concept in store.concepts()}
    assert set(concepts) == {"container", "virtual_machine", "宿主机的内核", "lit:独立桌面"}
    assert concepts["container"].aliases == ("新别名",)
    assert store.meta("vocabulary") == "v2"


def test_moving_changes_only_where_an_article_comes_from(store: Store) -> None:
    store.save(extract(), reader="r")
    store.move("a", "upload:容器.txt", store.articles()[0].title)
    assert store.article("a") == replace(extract().article, origin="upload:容器.txt")
    assert len(store.sentences()) == 2


# ---------------------------------------------------------------- failures


@pytest.mark.parametrize(
    "broken",
    [
        {"mentions": (Mention("a#0", (0, 2), "nobody", "lexicon"),)},
        {"claims": (Claim("nowhere#9", (0, 2), "container", "shares", "virtual_machine"),)},
        {"sentences": (Sentence("a#0", "a", (0, 2), "甲", None, 0, 0), Sentence("a#0", "a", (2, 4), "乙", None, 0, 1))},
        {"quantities": (Quantity("a#1", (0, 2), "nobody", "体积", "5 MB", 5, 5, "MB"),)},
    ],
    ids=["unknown concept", "unknown sentence", "sentence twice", "unknown subject"],
)
def test_a_save_that_fails_changes_nothing(broken: dict[str, object], store: Store, path: Path) -> None:
    store.save(extract("old", "先前的文字。", "paste:容器"), reader="r")
    before, articles = tables(path), store.articles()
    with pytest.raises(sqlite3.IntegrityError):
        store.save(extract(**broken), reader="r")
    assert tables(path) == before
    assert store.articles() == articles


def test_an_error_of_the_segmenter_rolls_back(path: Path) -> None:
    def broken(text: str) -> list[str]:
        raise RuntimeError("no dictionary")

    store = Store(path, broken)
    store.set_vocabulary(VOCABULARY, "v")
    before = tables(path)
    with pytest.raises(RuntimeError, match="no dictionary"):
        store.save(extract(), reader="r")
    assert tables(path) == before
    store.close()


def test_the_store_works_on_after_a_failure(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.save(extract(mentions=(Mention("a#0", (0, 2), "nobody", "lexicon"),)), reader="r")
    store.save(extract(), reader="r")
    assert len(store.articles()) == 1


def test_another_version_is_refused_with_a_remedy(path: Path) -> None:
    Store(path, segmenter).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StoreError) as caught:
        Store(path, segmenter)
    assert f"version {VERSION + 1}" in str(caught.value) and f"needs {VERSION}" in str(caught.value)
    assert str(path) in caught.value.message[0] and "kb init" in caught.value.hint[0]


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("这不是数据库。" * 200, encoding="utf-8")
    with pytest.raises(StoreError, match=r"store\.db"):
        Store(path, segmenter)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Store(tmp_path, segmenter)


# ---------------------------------------------------------------- search


def test_search_ranks_by_what_matches_most(store: Store) -> None:
    store.save(extract(), reader="r")
    found = store.search(segmenter("虚拟机启动"))
    assert [id_ for id_, _ in found] == ["a#1"]
    both = store.search(segmenter("容器共享") + ["虚拟"])
    assert [id_ for id_, _ in both] == ["a#0", "a#1"]
    assert both[0][1] > both[1][1]


def test_headings_are_searched_too(store: Store) -> None:
    sentence = Sentence("a#0", "a", (0, 2), "很快", "开机耗时", 0, 0)
    store.save(extract(sentences=(sentence,), mentions=(), claims=(), comparisons=(), quantities=()), reader="r")
    assert [id_ for id_, _ in store.search(["耗时"])] == ["a#0"]


@pytest.mark.parametrize("terms", [[], [" "], ["没有"], ['"'], ['容器" OR "'], ["*"], ["NEAR("], ["容器-"]])
def test_strange_words_are_searched_and_not_run(terms: list[str], store: Store) -> None:
    store.save(extract(), reader="r")
    assert all(isinstance(score, float) for _, score in store.search(terms))


def test_the_limit_holds(store: Store) -> None:
    store.save(extract(), reader="r")
    assert len(store.search(["容器"], limit=1)) == 1


def test_frequency_counts_sentences(store: Store) -> None:
    store.save(extract(), reader="r")
    assert (store.frequency("容器"), store.frequency("共享"), store.frequency("没有")) == (2, 1, 0)


# ---------------------------------------------------------------- measurements


def measurement(id_: str = "m1", **changes: object) -> Measurement:
    made = Measurement(
        id=id_,
        run_id="run1",
        concept="container",
        metric="start_time",
        unit="ms",
        samples=(4.5, 5.25),
        backend="bubblewrap",
        host=HostFingerprint("host1", (("cpu", "X"), ("kernel", "6.1"))),
        command=("bwrap", "/bin/sh"),
        measured_at="2026-11-24T10:00:00+00:00",
        failures=1,
        warmup=2,
        cpu_seconds=(0.01, 0.02),
        signs=(Sign("boot_id", "a", "b", False),),
        caveats=("小环境 / small userland",),
        valid=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_measurement_comes_back_as_it_was(store: Store) -> None:
    store.add_measurements([measurement()])
    assert store.measurements() == (measurement(),)


def test_measurements_are_only_added_never_changed(store: Store) -> None:
    store.add_measurements([measurement()])
    store.add_measurements([measurement(samples=(1.0,)), measurement("m2")])
    assert {m.id: m.samples for m in store.measurements()} == {"m1": (4.5, 5.25), "m2": (4.5, 5.25)}


def test_measurements_come_newest_first(store: Store) -> None:
    store.add_measurements([measurement("old"), measurement("new", measured_at="2026-11-25T10:00:00+00:00")])
    assert [m.id for m in store.measurements()] == ["new", "old"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"metric": "start_time"}, {"m1", "bad"}),
        ({"metric": "memory"}, set()),
        ({"concept": "container", "valid_only": True}, {"m1"}),
        ({"backend": "bubblewrap"}, {"m1", "bad"}),
        ({"env_id": "host2"}, {"bad"}),
        ({"run_id": "run1"}, {"m1", "bad"}),
    ],
)
def test_measurements_are_filtered(filters: dict[str, object], expected: set[str], store: Store) -> None:
    store.add_measurements([measurement(), measurement("bad", valid=False, host=HostFingerprint("host2", ()))])
    assert {m.id for m in store.measurements(**filters)} == expected  # type: ignore[arg-type]


def test_measurements_outlive_articles(store: Store) -> None:
    store.add_measurements([measurement()])
    store.save(extract(), reader="r")
    store.remove("a")
    assert store.counts()["measurement"] == 1


# ---------------------------------------------------------------- vectors


ONE, TWO = b"\x00\x3c", b"\x00\x40"  # 1 and 2 as 16-bit floats


class Counting:
    """An embedding that gives a sentence its length, and says for which articles it was asked."""

    name = "counting"

    def __init__(self) -> None:
        self.titles: list[str] = []

    def encode(self, title: str, sentences: Sequence[Sentence]) -> list[bytes]:
        self.titles.append(title)
        return [bytes([len(sentence.text), 0]) for sentence in sentences]


def test_vectors_are_written_with_their_article_and_go_with_it(path: Path) -> None:
    embedding = Counting()
    store = Store(path, segmenter, embedding)
    store.set_vocabulary(VOCABULARY, "v1")
    made = extract()
    store.save(made, reader="r1")
    assert store.vectors("counting") == (
        tuple(sentence.id for sentence in made.sentences),
        b"".join(bytes([len(sentence.text), 0]) for sentence in made.sentences),
    )
    assert embedding.titles == [made.article.title]
    assert store.count_without_vector("counting") == 0
    assert store.count_without_vector("another") == len(made.sentences)
    store.remove("a")
    assert store.vectors("counting") == ((), b"")
    store.close()


def test_an_embedding_that_fails_leaves_the_store_as_it_was(path: Path) -> None:
    class Failing(Counting):
        def encode(self, title: str, sentences: Sequence[Sentence]) -> list[bytes]:
            return super().encode(title, sentences)[1:]

    store = Store(path, segmenter, Failing())
    store.set_vocabulary(VOCABULARY, "v1")
    before = tables(path)
    with pytest.raises(ValueError):
        store.save(extract(), reader="r1")
    assert tables(path) == before
    store.close()


def test_vectors_come_back_in_the_order_of_their_ids(store: Store) -> None:
    store.save(extract(), reader="r")
    first, second = extract().sentences
    store.put_vectors("m", [(second, TWO), (first, ONE)])
    assert store.vectors("m") == (("a#0", "a#1"), ONE + TWO)
    assert store.vectors("other") == ((), b"")
    assert store.vector_models() == ("m",)
    assert store.without_vector("m") == () and store.without_vector("other") == (first, second)


def test_a_vector_for_another_wording_is_passed_over(store: Store) -> None:
    store.save(extract(), reader="r")
    first, second = extract().sentences
    store.put_vectors("m", [(replace(first, text="改过的句子。"), ONE), (replace(second, id="gone#0"), ONE)])
    assert store.vectors("m") == ((), b"")


def test_a_vector_put_again_replaces_the_old_one(store: Store) -> None:
    store.save(extract(), reader="r")
    first = extract().sentences[0]
    store.put_vectors("m", [(first, ONE)])
    store.put_vectors("m", [(first, TWO)])
    assert store.vectors("m") == (("a#0",), TWO)


def test_the_vectors_of_one_model_can_be_forgotten(store: Store) -> None:
    store.save(extract(), reader="r")
    first = extract().sentences[0]
    store.put_vectors("m", [(first, ONE)])
    store.put_vectors("n", [(first, TWO)])
    store.remove_vectors("m")
    store.remove_vectors("m")
    assert store.vector_models() == ("n",)


def test_the_revision_grows_with_every_change_of_sentences_or_vectors(store: Store) -> None:
    seen = [store.sentence_revision()]
    for change in (
        lambda: store.save(extract(), reader="r"),
        lambda: store.put_vectors("m", [(extract().sentences[0], ONE)]),
        lambda: store.remove_vectors("m"),
        lambda: store.remove("a"),
    ):
        change()
        seen.append(store.sentence_revision())
    assert seen == sorted(set(seen))


# ---------------------------------------------------------------- connections


def test_what_was_saved_is_there_after_reopening(store: Store, path: Path) -> None:
    store.save(extract(), reader="r")
    store.close()
    again = Store(path, segmenter)
    assert again.sentences() == extract().sentences
    again.close()


def test_another_thread_sees_what_was_saved_and_may_save(store: Store) -> None:
    store.save(extract(), reader="r")
    seen: list[object] = []

    def work() -> None:
        seen.append(store.sentences())
        store.save(extract("b", "另一篇。", "paste:另"), reader="r")
        store.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [extract().sentences]
    assert len(store.articles()) == 2


def test_many_threads_write_one_after_the_other(store: Store) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            store.save(extract(f"t{number}", f"第{number}篇。", f"paste:{number}"), reader="r")
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(store.articles()) == 8


def test_a_store_in_memory_is_shared_by_threads() -> None:
    store = Store(":memory:", segmenter)
    store.set_vocabulary(VOCABULARY, "v")
    store.save(extract(), reader="r")
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(len(store.sentences())))
    thread.start()
    thread.join()
    store.close()
    assert seen == [2]


def test_notes_are_kept_and_overwritten(store: Store) -> None:
    assert store.meta("colour") is None
    store.set_meta("colour", "red")
    store.set_meta("colour", "blue")
    assert store.meta("colour") == "blue"
