from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.qa.wording import because
from kb.records import Answer, Candidate, Cell, Explanation, GraphPath, Measurement, PathStep, Question, Sought, Table, TableRow
from kb.registry import family
from web import create_app
from web.showing import kind_name

PAGES = [
    "/",
    "/?q=容器和虚拟机有什么区别？",
    "/?q=火星上有水吗？",
    "/concepts",
    "/concepts?q=VMM",
    "/concepts/container",
    "/curation",
    "/curation?q=没有这个&order=doubtful",
    "/graph",
    "/graph?center=容器&depth=2",
    "/graph?relation=shares&limit=2000",
    "/articles",
    "/probe",
]


class Structure(HTMLParser):
    """Ids, inline code, and what is left open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.open: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag not in ("meta", "link", "input", "br", "img", "line", "circle", "use"):
            self.open.append(tag)
        self.ids.extend(value for name, value in attributes if name == "id" and value)
        self.links.extend(value for name, value in attributes if name == "href" and value)
        self.inline.extend(name for name in given if name.startswith("on") or name == "style")
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"] or "")
        if tag in ("input", "textarea", "select") and given.get("type") != "hidden":
            self.fields.append(given)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def page(client: FlaskClient, path: str, status: int = 200, **arguments: Any) -> str:
    response = client.get(path, **arguments)
    assert response.status_code == status, response.text[:2000]
    return response.text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_sound(reader: FlaskClient, path: str, language: str) -> None:
    found = Structure(page(reader, f"{path}{'&' if '?' in path else '?'}lang={language}"))
    assert found.inline == []  # the policy forbids code and style inside a page
    assert sorted(found.ids) == sorted(set(found.ids))
    assert found.open == []
    assert found.headings[0] == 1 and found.headings.count(1) == 1
    assert all(field.get("id") in found.labelled or field.get("aria-label") for field in found.fields)
    assert all(link.startswith(("/", "#")) for link in found.links)


def test_links_of_an_answer_lead_somewhere(reader: FlaskClient) -> None:
    found = Structure(page(reader, "/?q=容器和虚拟机有什么区别？"))
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    for link in {link.partition("#")[0] for link in found.links if link.startswith(("/articles/", "/concepts/", "/graph"))}:
        assert reader.get(link).status_code == 200, link


def test_an_answer_shows_its_sources_and_each_opens_the_article_at_the_quote(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    answer = shared_base.ask("容器和虚拟机有什么区别？")
    html = page(reader, "/?q=容器和虚拟机有什么区别？")
    assert answer.evidence and "文章说" in html
    for evidence in answer.evidence:
        address = f"/articles/{evidence.article_id}?start={evidence.span[0]}&end={evidence.span[1]}"
        assert address.replace("&", "&amp;") in html
        assert f'<mark id="quote">{evidence.quote}</mark>' in page(reader, address)


def test_the_question_page_works_without_scripts(reader: FlaskClient) -> None:
    html = page(reader, "/")
    assert '<form class="ask' in html and 'method="get"' in html
    assert page(reader, "/?q=什么是容器？").count('<h1 id="asked">什么是容器？</h1>') == 1


@pytest.mark.parametrize(("asked", "status"), [("", 400), ("？？", 400), ("容" * 10_000, 413)], ids=["empty", "marks", "10,000 characters"])
def test_a_useless_question_is_answered_by_a_message_and_a_form(reader: FlaskClient, asked: str, status: int) -> None:
    html = page(reader, f"/?q={asked}", status)
    assert 'role="alert"' in html and 'name="q"' in html


def test_html_in_a_question_and_in_an_article_is_shown_and_not_run(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    html = page(reader, "/?q=<script>alert(1)</script>容器是什么？")
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;容器是什么？" in html
    html = page(reader, f"/articles/{shared_base.store.articles()[0].id}")
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_refusal_says_so_and_offers_what_is_known(reader: FlaskClient) -> None:
    html = page(reader, "/?q=火星上有水吗？")
    assert re.search(r"point-(unknown_concept|no_evidence)", html)
    assert "可以这样问" in html and 'class="sources"' not in html


def test_a_follow_up_carries_the_questions_before(reader: FlaskClient) -> None:
    html = page(reader, "/?q=那虚拟机呢？&c=容器启动快吗？")
    turns = html.partition('class="turns"')[2].partition("</section>")[0]
    assert "容器启动快吗？</a>" in turns and re.search(r"<p>[^<]+</p>", turns)
    assert html.count('name="c"') == 2 and 'value="容器启动快吗？"' in html and 'value="那虚拟机呢？"' in html


def asked_by_hand(base: KnowledgeBase, **parts: Any) -> None:
    """Let the knowledge base give this answer, whatever is asked."""
    sentence = base.store.sentences()[1]
    evidence = (base.evidence(sentence.id, n=1),)
    given = {"evidence": evidence, "text": "容器共享内核[1]；别的没有出处[7]。", **parts}
    question = Question("手写", "手写", "comparison", ("container", "virtual_machine"))
    base.ask = lambda *_, **__: Answer(question, given.pop("status", "answered"), **given)  # type: ignore[method-assign]


def test_references_become_links_and_unknown_ones_stay_text(client: FlaskClient, base: KnowledgeBase) -> None:
    asked_by_hand(base)
    html = page(client, "/?q=x")
    assert re.search(r'<a class="cite" href="#e1"[^>]*>1</a>', html) and 'id="e1"' in html
    assert "[7]" in html and "#e7" not in html


def test_the_three_kinds_of_evidence_have_their_own_section_and_label(
    client: FlaskClient, base: KnowledgeBase, recorded: tuple[Measurement, ...]
) -> None:
    step = PathStep("container", "shares", "host_kernel", True, (base.store.sentences()[1].id,))
    asked_by_hand(
        base, paths=(GraphPath(("container", "host_kernel"), (step,)),), measurements=recorded, probes=("start_time",), verdict="no"
    )
    html = page(client, "/?q=x")
    for kind, words in (("article", "文章说"), ("graph", "图谱推出"), ("measured", "本机测得")):
        assert f'class="evidence-{kind}"' in html
        assert re.search(rf'badge-{kind}">.*?#{kind}.*?{words}', html)  # its own shape, sign and words
    assert "verdict-no" in html and "否" in html
    assert "容器共享宿主机的内核，虚拟机拥有自己的内核" in html.partition('id="follows"')[2]  # the edge has its quote
    assert 'action="/probe/start_time/runs"' in html and "现在测量" in html


def test_measured_rows_show_n_median_spread_backend_and_date(
    client: FlaskClient, base: KnowledgeBase, recorded: tuple[Measurement, ...]
) -> None:
    asked_by_hand(base, measurements=recorded)
    html = page(client, "/?q=x").partition('id="measured"')[2]
    for shown in ("6.5 ms", "5.5 ms – 8 ms", "2.1 s", "bubblewrap", "qemu_tcg", "2026-11-24", "host0001", "最小环境", "内核版本"):
        assert shown in html
    assert "smallest userland" not in html  # the other language's half of the caveat


def test_every_cell_of_a_table_is_cited(client: FlaskClient, base: KnowledgeBase, recorded: tuple[Measurement, ...]) -> None:
    cells = (Cell("6.5 ms", "measured", (), "run1-bubblewrap"), Cell("数分钟", "article", (1,)))
    asked_by_hand(base, measurements=recorded, table=Table(("容器", "虚拟机"), (TableRow("启动速度", cells, "容器更快"),)))
    table = page(client, "/?q=x").partition('class="compared"')[2].partition("</table>")[0]
    assert 'href="#m-run1-bubblewrap"' in table and 'href="#e1"' in table and "容器更快" in table


def test_disagreements_are_shown(client: FlaskClient, base: KnowledgeBase) -> None:
    asked_by_hand(base, disagreements=("甲说快[1]，乙说慢。",))
    assert "乙说慢" in page(client, "/?q=x").partition("说法不一")[2]


def test_the_sides_of_a_disagreement_stand_apart(client: FlaskClient, base: KnowledgeBase) -> None:
    asked_by_hand(base, disagreements=("容器 启动速度：「甲说快。」[1] ↔ 「乙说慢。」",))
    shown = page(client, "/?q=x").partition("说法不一")[2].partition("</section>")[0]
    assert "<b>容器 启动速度</b>" in shown and shown.count("<li>") == 3
    assert shown.index("甲说快") < shown.index("乙说慢") and 'href="#e1"' in shown


def test_an_answer_can_be_copied_with_its_sources_and_address(client: FlaskClient, base: KnowledgeBase) -> None:
    asked_by_hand(base)
    quote = base.evidence(base.store.sentences()[1].id)
    copied = re.search(r'data-copy="(手写[^"]*)"', page(client, "/?q=手写&c=容器是什么？"))
    assert copied is not None
    for part in ("容器共享内核[1]", f"[1] 「{quote.text}」", quote.article_title, "http://localhost/?q=", "&amp;c="):
        assert part in copied[1]


def test_many_sources_are_folded_but_none_is_left_out(client: FlaskClient, base: KnowledgeBase) -> None:
    ids = [sentence.id for sentence in base.store.sentences()]
    asked_by_hand(base, evidence=tuple(base.evidence(ids[n % len(ids)], n=n) for n in range(1, 14)))
    said = page(client, "/?q=x").partition('id="said"')[2]
    assert [int(n) for n in re.findall(r'<li id="e(\d+)"', said)] == list(range(1, 14)) and "另有 3 处" in said


def test_how_an_answer_was_found_is_explained(client: FlaskClient, base: KnowledgeBase) -> None:
    taken = Candidate("a#0", "a", (0, 5), "一个候选句", 0.731, 0.67, n=1)
    left = Candidate("a#1", "a", (5, 11), "另一个候选句", 0.41, 0.3, why=because("weaker", least=0.52))
    asked_by_hand(
        base, explain=Explanation((Sought("container", 1.94), Sought("怪话", 3.0, True)), (taken, left), (because("aside", what="怪话"),))
    )
    shown = page(client, "/?q=x").partition('class="explain"')[2].partition("</details>")[0]
    for part in (
        "比较",
        "手写",
        "容器",
        "虚拟机",
        "没有限定",
        "引文 1 处",
        "0.73",
        "0.67",
        "一个候选句",
        "1.9",
        "没有文章提到",
        "得分低于 0.52",
        "没有说到“怪话”",
    ):
        assert part in shown
    rows = re.findall(r"<tr.*?>(.*?)</tr>", shown.partition("<tbody>")[2])
    assert (
        "✓ 采用" in rows[0] and 'href="#e1"' in rows[0] and ">一个候选句<" in rows[0] and "/articles/a?start=0&amp;end=5#quote" in rows[0]
    )
    assert "✗ 未用" in rows[1] and ">另一个候选句<" in rows[1] and "得分低于" in rows[1]
    assert "scored below 0.52" in page(client, "/?q=x&lang=en")


def test_what_was_left_out_of_an_article_is_listed_with_the_reason(client: FlaskClient, base: KnowledgeBase) -> None:
    text = "欢迎关注我的公众号。\n容器共享内核。容器依赖 *** 作系统。\n"
    client.post("/articles", data={"title": "试验", "text": text})
    article = next(summary for summary in base.store.articles() if summary.title == "试验")
    gaps = base.store.dropped(article.id)
    assert {gap.reason for gap in gaps} == {"boilerplate", "masked_characters"}
    html = page(client, f"/articles/{article.id}")
    listed = html.partition('id="dropped"')[2]
    assert "略去 2 处" in html and "被遮盖的字" in listed and "与内容无关的套话" in listed and "欢迎关注我的公众号" in listed
    for start, end in (gap.span for gap in gaps):
        assert f"start={start}&amp;end={end}#quote" in listed
    assert "Left out when reading" in page(client, f"/articles/{article.id}?lang=en")


def test_an_article_that_was_read_whole_says_so(client: FlaskClient, article_id: str) -> None:
    assert "没有略去任何内容。" in page(client, f"/articles/{article_id}")


def test_aspects_of_a_comparison_can_be_asked_on_about(client: FlaskClient, base: KnowledgeBase) -> None:
    row = TableRow("启动速度", (Cell("快", "article", (1,)), Cell("慢", "article", (1,))), "容器更快")
    asked_by_hand(base, table=Table(("容器", "虚拟机"), (row,)))
    assert re.search(r'href="/\?q=[^"]*&amp;c=[^"]*">那启动速度呢？</a>', page(client, "/?q=x"))


def test_a_near_duplicate_shows_its_twin(client: FlaskClient, base: KnowledgeBase, article_id: str) -> None:
    text = (base.store.article(article_id) or pytest.fail()).text
    added = client.post("/articles", data={"title": "<b>抄本</b>", "text": text.replace("\n", "\n\n")}).text
    assert "内容相近" in added
    (twin,) = base.store.twins(article_id)
    for address, other in ((article_id, twin.article_id), (twin.article_id, article_id)):
        html = page(client, f"/articles/{address}")
        assert f'href="/articles/{other}"' in html and "<b>抄本" not in html
        assert client.get(f"/api/v1/articles/{address}").get_json()["twins"][0]["article"] == other
    assert "Nearly the same text" in page(client, f"/articles/{article_id}?lang=en")
    assert page(client, "/articles").count("≈") == 2
    base.remove(twin.article_id)
    assert "内容相近" not in page(client, f"/articles/{article_id}")


STACKED = """虚拟机运行在Hypervisor上。Hypervisor运行在硬件上。虚拟机包含客户机操作系统。
Docker引擎管理容器。Docker引擎运行在主机操作系统上。容器没有客户机操作系统。"""


@pytest.fixture
def stacked(base: KnowledgeBase) -> KnowledgeBase:
    ingest_text("层次", STACKED, base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=10_000)
    base.refresh()
    return base


def test_a_comparison_draws_both_stacks_with_a_quote_for_each_layer(client: FlaskClient, stacked: KnowledgeBase) -> None:
    html = page(client, "/?q=容器和虚拟机有什么区别？")
    found = Structure(html)
    table = html.partition('class="stacks"')[2].partition("</table>")[0]
    assert [re.sub("<[^>]+>", "", row).split()[0] for row in table.split('<th scope="row">')[1:]] == [
        *("应用", "自有的系统", "虚拟机或容器", "虚拟化软件或引擎", "宿主系统", "硬件")
    ]
    layers = re.findall(r'<div class="layer.*?</div>', table, re.S)
    assert sum("layer-asked" in layer for layer in layers) == 2 and sum("layer-denied" in layer for layer in layers) == 1
    for layer in layers:
        cited = re.search(r'href="#(e\d+)"', layer)
        assert "layer-asked" in layer or (cited is not None and cited[1] in found.ids)
    assert found.ids.count("layers") == 1 and len(found.ids) == len(set(found.ids))


def test_no_stack_is_drawn_where_too_little_is_said_or_nothing_is_compared(client: FlaskClient, stacked: KnowledgeBase) -> None:
    assert 'class="stacks"' not in page(client, "/?q=什么是容器？")
    stacked.remove(next(article.id for article in stacked.store.articles() if article.title == "层次"))
    assert 'class="stacks"' not in page(client, "/?q=容器和虚拟机有什么区别？")


def test_what_was_not_measured_says_why(client: FlaskClient, base: KnowledgeBase) -> None:
    asked_by_hand(base, not_measured="无法实测：没有虚拟机内核。")
    assert "无法实测：没有虚拟机内核。" in page(client, "/?q=x")


# ---------------------------------------------------------------- concepts, graph, articles


def test_a_concept_page_has_its_statements_with_quotes(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    html = page(reader, "/concepts/container")
    view = shared_base.show("container")
    assert view.facts and view.concept.gloss in html  # type: ignore[operator]
    for claim in (claim for fact in view.facts for claim in (*fact.said, *fact.denied)):
        assert shared_base.store.quote(claim.sentence_id, claim.span) in html


@pytest.mark.parametrize(
    "path", ["/concepts/没有这个", "/articles/none", "/articles/none/remove", "/probe/jobs/none", "/graph?center=没有这个", "/nope"]
)
def test_what_is_not_there_is_404_with_a_remedy(reader: FlaskClient, path: str) -> None:
    html = page(reader, path, 404)
    assert 'role="alert"' in html and "<h1>" in html


def test_the_graph_is_there_in_words_too(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    html = page(reader, "/graph?center=容器")
    assert html.count('class="source"') == len(shared_base.subgraph("container", 1, 90).edges) > 0


def test_the_graph_can_be_held_to_one_relation(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    listed = page(reader, "/graph?relation=shares").partition('class="edges"')[2].partition("</ul>")[0]
    assert set(re.findall(r'class="relation[^"]*">(\S+?)[ <]', listed)) == {"共享"}
    every = sum(shared_base.graph.edges[edge]["relation"] == "shares" for edge in shared_base.graph.edges(keys=True))
    assert listed.count("<li>") == every > 0
    assert page(reader, "/graph?relation=nonsense") == page(reader, "/graph").replace("?lang=en", "?relation=nonsense&amp;lang=en")


def test_the_graph_says_how_much_of_it_is_drawn(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    assert f"显示 {len(shared_base.graph)} 个概念与短语中的 2 个。" in page(reader, "/graph?limit=2")
    for wrong in ("0", "-5", "999999", "x"):
        page(reader, f"/graph?limit={wrong}")


def test_a_wrong_highlight_shows_the_article_without_one(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    address = f"/articles/{shared_base.store.articles()[0].id}"
    for query in ("start=5", "start=9&end=3", "start=-4&end=3", "start=0&end=999999", "start=x&end=y"):
        assert "<mark" not in page(reader, f"{address}?{query}")


def test_the_text_of_an_article_is_shown_exactly(reader: FlaskClient, shared_base: KnowledgeBase) -> None:
    article = shared_base.store.article(shared_base.store.articles()[0].id)
    assert article is not None
    html = page(reader, f"/articles/{article.id}?start=3&end=40")
    inside = re.search(r'<div class="original"[^>]*>(.*?)</div>', html, re.S)
    assert inside is not None
    plain = re.sub(r"<[^>]+>", "", inside[1]).replace("&lt;", "<").replace("&gt;", ">")
    assert plain == article.text


def test_a_long_article_is_shown_in_parts_around_the_highlight(base: KnowledgeBase) -> None:
    base.settings = base.settings.model_copy(update={"max_upload_bytes": 1_000_000})
    text = "容器共享内核。" * 20_000
    client = create_app(base).test_client()
    report = client.post("/api/v1/articles", json={"title": "长文", "text": text})
    address = f"/articles/{report.json[0]['article']}"  # type: ignore[index]
    html = page(client, address)
    assert "后一段" in html and "前一段" not in html and len(html) < 400_000
    html = page(client, f"{address}?start=100000&end=100007")
    assert f'<mark id="quote">{text[100000:100007]}</mark>' in html and "前一段" in html


def test_uploading_and_pasting_tell_what_was_added(client: FlaskClient, base: KnowledgeBase) -> None:
    html = client.post("/articles", data={"file": (io.BytesIO("LXC 使用 cgroups。".encode()), "lxc.txt")}).text
    assert "新增" in html and "条陈述" in html
    html = client.post("/articles", data={"title": "粘贴", "text": "容器使用命名空间。"}).text
    assert "新增" in html and len(base.store.articles()) == 3


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 400), ({"title": "x", "text": " "}, 400), ({"title": "", "text": "容器。"}, 400), ({"title": "大", "text": "容" * 40_000}, 413)],
    ids=["nothing", "no text", "no title", "too large"],
)
def test_a_refused_article_keeps_what_was_typed(client: FlaskClient, base: KnowledgeBase, data: dict[str, str], status: int) -> None:
    response = client.post("/articles", data=data, content_type="multipart/form-data")
    assert response.status_code == status and 'role="alert"' in response.text
    assert len(base.store.articles()) == 1
    if "text" in data:
        assert data["text"].strip() in response.text


def test_removing_asks_first(client: FlaskClient, base: KnowledgeBase, article_id: str) -> None:
    html = page(client, f"/articles/{article_id}/remove")
    assert len(base.store.articles()) == 1 and 'method="post"' in html
    assert "已删除" in client.post(f"/articles/{article_id}/remove").text
    assert base.store.articles() == ()
    for path in ("/", "/graph", "/concepts", "/articles"):  # an empty knowledge base has pages too
        page(client, path)


def test_the_probe_page_says_what_works_and_why_not(client: FlaskClient, recorded: tuple[Measurement, ...]) -> None:
    html = page(client, "/probe")
    assert "无法实测：没有输出。 改用 qemu_tcg。" in html and "bubblewrap 容器" in html and "6.5 ms" in html
    assert "No output. Use qemu_tcg." in page(client, "/probe?lang=en")


def test_measuring_works_without_scripts(client: FlaskClient) -> None:
    response = client.post("/probe/start_time/runs")
    assert response.status_code == 303
    place = response.headers["Location"]
    assert client.get(place.replace("/probe", "/api/v1") + "/events").text  # ends with the job
    html = page(client, place)
    assert "已完成" in html and "第 1/1 次" in html and "6.5 ms" in html


def test_the_page_of_a_job_leads_back_to_the_answer(client: FlaskClient) -> None:
    place = client.post("/probe/start_time/runs", data={"back": "/?q=容器&c=a"}).headers["Location"]
    assert re.search(r'<a href="/\?q=容器&amp;c=a">回到答案</a>', page(client, place))


@pytest.mark.parametrize("elsewhere", ["https://example.org/?q=", "//example.org", "javascript:alert(1)", "/articles"])
def test_the_page_of_a_job_leads_nowhere_else(client: FlaskClient, elsewhere: str) -> None:
    place = client.post("/probe/start_time/runs", data={"back": elsewhere}).headers["Location"]
    assert "back" not in place and "回到答案" not in page(client, f"{place}?{urlencode({'back': elsewhere})}")


def test_a_running_measurement_can_be_stopped(client: FlaskClient, prober: Any) -> None:
    prober.go.clear()
    place = client.post("/probe/start_time/runs").headers["Location"]
    assert "http-equiv" in page(client, place) and place in page(client, "/probe")
    assert client.post("/probe/start_time/runs").headers["Location"] == place  # the same run is shared
    assert client.post(f"{place}/cancel").status_code == 303
    prober.go.set()
    assert client.get(place.replace("/probe", "/api/v1") + "/events").text
    assert "已取消" in page(client, place)


def test_without_the_built_libraries_the_graph_is_listed_in_words(base: KnowledgeBase, tmp_path: Path) -> None:
    app = create_app(base)
    app.static_folder = str(tmp_path)
    html = page(app.test_client(), "/graph?center=容器")
    assert "<details open>" in html and "make install" in html
    assert "<script" not in html and 'class="canvas"' not in html


def test_concepts_have_their_english_names_in_the_english_list(reader: FlaskClient) -> None:
    assert ">virtual machine</a>" in reader.get("/concepts?lang=en").text
    assert ">虚拟机</a>" in reader.get("/concepts?lang=zh").text


def test_an_instance_in_the_picture_of_this_machine_has_a_name_and_no_id(reader: FlaskClient) -> None:
    html = reader.get("/", query_string={"q": "我现在在容器里还是虚拟机里？", "lang": "zh"}).text
    assert "本机" in html and "&#34;label&#34;: &#34;here&#34;" not in html and '"label": "here"' not in html


def test_words_in_another_language_than_the_page_say_so(reader: FlaskClient) -> None:
    html = reader.get("/", query_string={"q": "容器是什么？", "lang": "en"}).text
    assert '<div class="words" lang="zh-CN">' in html and '<blockquote lang="zh-CN"' in html
    assert '<div class="words" lang="en">' in reader.get("/", query_string={"q": "What is a container?", "lang": "zh"}).text


def test_one_more_is_no_plural(client: FlaskClient, base: KnowledgeBase) -> None:
    with client.application.test_request_context("/?lang=en"):
        from flask_babel import ngettext

        assert ngettext("另有 %(num)s 处", "另有 %(num)s 处", 1) == "1 more place"
        assert ngettext("另有 %(num)s 处", "另有 %(num)s 处", 2) == "2 more places"


def test_an_english_comparison_can_be_asked_on_about_in_english(reader: FlaskClient) -> None:
    html = reader.get("/", query_string={"q": "What is the difference between a container and a VM?"}).text
    assert "What about start-up speed?" in html and "那启动速度呢" not in html


def test_every_kind_of_question_has_a_name_in_both_languages(client: FlaskClient) -> None:
    for language in ("zh", "en"):
        with client.application.test_request_context(f"/?lang={language}"):
            assert [kind for kind in family("kb.qa.kinds") if kind_name(kind) == kind] == []
