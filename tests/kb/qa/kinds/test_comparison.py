"""Where things differ, aspect by aspect, each row with its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kb.app import KnowledgeBase
from kb.qa.answering import answer
from kb.qa.sources import Sources
from kb.records import Answer, HostFingerprint, Measurement, TableRow


def rows(answer: Answer) -> dict[str, TableRow]:
    assert answer.table is not None
    return {row.aspect: row for row in answer.table.rows}


def test_a_general_question_gets_a_table_with_citations(filled_base: KnowledgeBase) -> None:
    found = filled_base.ask("容器和虚拟机有什么区别？")
    assert (found.question.kind, found.status) == ("comparison", "answered")
    assert found.table is not None and found.table.columns == ("容器", "虚拟机")
    table = rows(found)
    assert {"启动速度", "隔离性"} <= set(table)
    assert table["启动速度"].verdict == "容器更快" and table["隔离性"].verdict == "虚拟机更强"
    assert all(len(row.cells) == 2 for row in table.values())
    assert all(cell.citations for row in table.values() for cell in row.cells if cell.kind == "article")
    cited = {evidence.n: evidence.quote for evidence in found.evidence}
    assert "虚拟机的隔离性比容器更强。" in {cited[n] for n in table["隔离性"].cells[0].citations}


def test_numbers_stand_in_the_cells_of_their_side(filled_base: KnowledgeBase) -> None:
    fast, slow = rows(filled_base.ask("容器和虚拟机有什么区别？"))["启动速度"].cells
    assert "几毫秒" in fast.text and "数分钟" in slow.text


def test_turning_the_question_round_turns_the_table(filled_base: KnowledgeBase) -> None:
    there, back = filled_base.ask("容器和虚拟机有什么区别？"), filled_base.ask("虚拟机和容器有什么区别？")
    assert back.table is not None and back.table.columns == ("虚拟机", "容器")
    assert [cell.text for cell in rows(back)["启动速度"].cells] == [cell.text for cell in rows(there)["启动速度"].cells][::-1]
    assert rows(back)["启动速度"].verdict == rows(there)["启动速度"].verdict


def test_the_point_comes_first(filled_base: KnowledgeBase) -> None:
    first = filled_base.ask("容器和虚拟机有什么区别？").text.split("\n")[0]
    assert first == "容器占优：启动速度、资源占用；虚拟机占优：隔离性。"


def test_a_path_through_the_graph_goes_with_it(filled_base: KnowledgeBase) -> None:
    path = filled_base.ask("容器和虚拟机有什么区别？").paths[0]
    assert path.concepts == ("container", "host_kernel", "virtual_machine")
    assert [step.holds for step in path.steps] == [True, False]
    assert all(step.citations for step in path.steps)


@pytest.mark.parametrize(
    ("question", "lead", "verdict"),
    [
        ("容器和虚拟机哪个启动快？", "启动速度：容器更快。", None),
        ("虚拟机和容器谁的隔离性更强？", "隔离性：虚拟机更强。", None),
        ("容器比虚拟机启动快吗？", "是的。启动速度：容器更快。", "yes"),
        ("虚拟机比容器启动快吗？", "并非如此。启动速度：容器更快。", "no"),
        ("虚拟机比容器启动慢吗？", "是的。启动速度：虚拟机更慢。", "yes"),
        ("容器的隔离性比虚拟机强吗？", "并非如此。隔离性：虚拟机更强。", "no"),
    ],
)
def test_one_aspect_is_answered_with_its_direction(question: str, lead: str, verdict: str | None, filled_base: KnowledgeBase) -> None:
    found = filled_base.ask(question)
    assert found.status == "answered" and found.verdict == verdict
    assert found.text.startswith(lead)


def test_english_gets_english_labels(filled_base: KnowledgeBase) -> None:
    found = filled_base.ask("How do containers and virtual machines differ?")
    assert {"start-up speed", "isolation"} <= set(rows(found))
    assert "does better in start-up speed" in found.text


@pytest.mark.parametrize("question", ["容器和Mesos有什么区别？", "Mesos和Xen哪个快？", "容器和苏打水有什么区别？"])
def test_one_side_that_no_article_speaks_of_is_refused(question: str, filled_base: KnowledgeBase) -> None:
    found = filled_base.ask(question)
    assert found.status != "answered" and found.table is None


def measured(concept: str, backend: str, samples: tuple[float, ...]) -> Measurement:
    host = HostFingerprint("h", ())
    return Measurement(f"m-{concept}", "r", concept, "start_time", "ms", samples, backend, host, (backend,), "2026-11-24T10:00:00+00:00")


def test_what_this_machine_measured_stands_beside_what_articles_say(sources: Sources) -> None:
    known = {
        "container": measured("container", "bubblewrap", (4.0, 5.0, 60.0)),
        "virtual_machine": measured("virtual_machine", "qemu_tcg", (3000.0, 3250.0, 4000.0)),
    }
    port: Callable[[str, str], Measurement | None] = lambda concept, metric: known.get(concept) if metric == "start_time" else None  # noqa: E731
    own = Sources(sources.lexicon, sources.tokenizer, sources.domain, sources.reader, sources.graph, port)
    found = answer("容器和虚拟机有什么区别？", own)
    assert set(found.measurements) == set(known.values()) and found.not_measured is None
    (row,) = (row for row in rows(found).values() if any(cell.kind == "measured" for cell in row.cells))
    assert [cell.measurement_id for cell in row.cells] == ["m-container", "m-virtual_machine"]
    assert [cell.text.split(" (")[0] for cell in row.cells] == ["5 ms", "3.25 s"]
    assert "n=3" in row.cells[0].text and "bubblewrap" in row.cells[0].text
    turned = answer("虚拟机和容器有什么区别？", own)
    (row,) = (row for row in rows(turned).values() if any(cell.kind == "measured" for cell in row.cells))
    assert [cell.measurement_id for cell in row.cells] == ["m-virtual_machine", "m-container"]


def test_a_word_that_describes_a_thing_is_no_respect(filled_base: KnowledgeBase) -> None:
    described, plainly = filled_base.ask("轻量级容器和完整虚拟机有什么区别？"), filled_base.ask("容器和虚拟机有什么区别？")
    assert (described.status, described.text.replace("轻量级容器", "容器")) == ("answered", plainly.text)


def test_what_speaks_for_either_is_told(told: Callable[..., KnowledgeBase]) -> None:
    base = told(
        "容器比虚拟机更快。容器比虚拟机更轻量。容器的启动速度比虚拟机更快。容器比虚拟机更便宜。虚拟机的隔离性比容器更好。容器的密度比虚拟机更高。"
    )
    lines = base.ask("容器和虚拟机有什么区别？").text.splitlines()
    assert "虚拟机占优：隔离性" in lines[0]
    assert any(line.startswith("隔离性") for line in lines[1:4])


def test_an_aspect_asked_for_in_english_is_found(told: Callable[..., KnowledgeBase]) -> None:
    base = told("容器比虚拟机更轻量。虚拟机的隔离性比容器更好。容器的启动速度比虚拟机更快。")
    text = base.ask("Which one gives better isolation, VM or container?").text
    assert text.startswith("Isolation: virtual machine") and text.count("隔离性比容器更好") == 1


def test_who_takes_up_more_is_a_comparison(told: Callable[..., KnowledgeBase]) -> None:
    base = told("虚拟机比容器更消耗资源。容器的启动速度比虚拟机更快。机房很大。")
    answer = base.ask("容器和虚拟机哪个更占内存？")
    assert answer.question.kind == "comparison" and answer.text.startswith("资源占用：虚拟机更多")


def test_figures_measured_here_leave_an_english_answer_as_many_aspects_as_a_chinese_one(told: Callable[..., KnowledgeBase]) -> None:
    base = told(
        "容器的启动速度比虚拟机更快。虚拟机的隔离性比容器更好。容器的密度比虚拟机更高。与虚拟机相比，容器占用的内存更少。容器比虚拟机更省磁盘空间。"
        "容器比虚拟机更容易迁移。容器的维护成本比虚拟机更低。虚拟机比容器更成熟。容器适合微服务、持续集成和快速扩缩。虚拟机适合多租户、异构操作系统和传统应用。"
    )
    sources = base.sources()
    known = {
        "container": measured("container", "bubblewrap", (4.0, 5.0, 60.0)),
        "virtual_machine": measured("virtual_machine", "qemu_tcg", (3000.0, 3250.0, 4000.0)),
    }
    busy = {name: replace(one, valid=False) for name, one in known.items()}
    port: Callable[[str, str], Measurement | None] = lambda concept, metric: busy.get(concept) if metric == "start_time" else None  # noqa: E731
    own = replace(sources, measure=port)
    chinese, english = (
        answer(asked, own).text for asked in ("容器和虚拟机有什么区别？", "How do a container and a virtual machine differ?")
    )
    assert "Measured here" in english and len(english.splitlines()) >= len(chinese.splitlines()) > 5


@pytest.mark.parametrize(("question", "verdict"), [("容器比虚拟机更轻量吗？", "yes"), ("虚拟机比容器更轻量吗？", "no")])
def test_to_be_lighter_is_to_be_more_so(question: str, verdict: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(question).verdict in (verdict, None)


SPEEDS = "KVM 负责加速。论文称它比 Docker 快两个数量级。KVM 与 Xen 的性能没有绝对的高低。Xen 在裸机上性能较好。Docker 不是 KVM。LXC 占用的内存比 Docker 更少。"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is KVM faster than Docker?", None),  # of the two, one sentence finds Docker slower than something else
        ("KVM 比 Docker 更快吗？", None),
        ("Xen 的性能比 KVM 好吗？", "no"),  # neither is, whatever is said of the one alone
        ("KVM 的性能比 Xen 好吗？", "no"),
    ],
)
def test_who_is_more_so_is_told_by_sentences_on_both(question: str, verdict: str | None, told: Callable[..., KnowledgeBase]) -> None:
    assert told(SPEEDS).ask(question).verdict == verdict


def test_what_decides_stands_first(told: Callable[..., KnowledgeBase]) -> None:
    answer = told(SPEEDS).ask("Xen 的性能比 KVM 好吗？")
    assert "没有绝对的高低" in answer.text.split("[1]")[0]


def test_without_a_verdict_it_says_that_there_is_none(told: Callable[..., KnowledgeBase]) -> None:
    base = told("传统观点认为 Type 1 比 Type 2 更快。Type 1 直接运行在硬件上，Type 2 运行在宿主机操作系统上。")
    answer = base.ask("Type 1 比 Type 2 性能更好吗？")
    assert answer.verdict is None
    assert answer.status == "no_evidence" or answer.text.startswith("文章没有直接回答是或否")


def test_what_is_said_of_a_near_aspect_is_told_where_nothing_is_said_of_the_one_asked(
    told: Callable[..., KnowledgeBase], others: str
) -> None:
    text = "虚拟机的隔离性比容器更强，因为虚拟机有自己的内核。物理机的隔离最强，虚拟机的隔离次之，容器的隔离最弱。租户在虚拟机里运行容器。"
    base = told(text, others)
    for question in ("容器和虚拟机哪个更安全？", "虚拟机和容器谁更安全？"):
        answer = base.ask(question)
        assert answer.text.startswith("隔离性：虚拟机更强") and answer.question.text == question
    assert "物理机的隔离最强" in base.ask("物理机、虚拟机、容器哪个最安全？").text


def test_a_near_aspect_decides_no_yes_or_no(told: Callable[..., KnowledgeBase], others: str) -> None:
    answer = told("虚拟机的隔离性比容器更强。租户在虚拟机里运行容器。", others).ask("虚拟机比容器更安全吗？")
    assert not answer.text.startswith("隔离性")
