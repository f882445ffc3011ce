"""One person's way through the pages in a real browser: a question, its quotes in the article, the graph, a live measurement.

Nothing may be asked of any other machine, and the browser's console must stay free of errors.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

from ingest.pipeline import Tools, ingest_path
from kb.app import KnowledgeBase
from kb.config import ROOT, Settings
from kb.errors import ProbeCancelled
from kb.probe import Prober
from kb.records import Measurement
from kb.registry import family
from web import articles, jobs
from web.serving import address_of, listen

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")]

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    # draw WebGL in software, so that the graph is drawn where there is no graphics card
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
QUICK = ("process", "unshare", "bubblewrap")  # backends that start in milliseconds
DRAWN = (ROOT / "web" / "static" / "lib" / "sigma.min.js").is_file()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    folder = tmp_path_factory.mktemp("journey")
    base = KnowledgeBase.open(Settings(db=folder / "kb.db", probe_when_busy=True, probe_per_minute=1000, probe_per_hour=1000))
    ingest_path(base.settings.corpus / "articles", base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=10**6)
    base.refresh()
    backends: Any = {name: module for name, module in family("kb.probe.backends").items() if name in QUICK}
    base.__dict__["prober"] = Prober(folder / "probe", None, folder / "guest", backends=backends)
    yield base
    base.close()


@pytest.fixture(scope="module")
def address(base: KnowledgeBase) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "_SHARED_FOR_S", 0.0)  # each visitor measures anew
        yield from served(base)


def served(base: KnowledgeBase) -> Iterator[str]:
    server = listen(base, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield address_of(server, "127.0.0.1").rstrip("/")
    server.close()
    thread.join(5)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else []))
        yield browser
        browser.close()


@dataclass
class Visit:
    """A browser page, with every host it asked and every complaint it made."""

    page: Any
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(params=[(1280, 900), (375, 812)], ids=["desk", "phone"])
def visit(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Visit]:
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(60_000)  # a busy machine reads an article in half a minute
    visit = Visit(context.new_page())
    visit.page.on("request", lambda asked: visit.hosts.add(urlsplit(asked.url).hostname or urlsplit(asked.url).scheme))
    visit.page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    context.close()
    assert visit.hosts <= {"127.0.0.1"}
    assert visit.complaints == []


_A_DECISION_MS = 120_000  # articles are read again meanwhile


def fits(page: Any) -> bool:
    """Nothing sticks out sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_from_a_question_to_the_highlighted_quote(visit: Visit, address: str, base: KnowledgeBase) -> None:
    page = visit.page
    page.goto(address)
    assert fits(page)
    page.get_by_role("link", name="容器和虚拟机有什么区别？").click()
    assert page.get_by_role("heading", level=1).inner_text() == "容器和虚拟机有什么区别？"
    assert fits(page)
    page.locator(".point .cite").first.click()
    cited = page.locator(".sources li:target")
    assert cited.is_visible()
    quoted = cited.locator("blockquote a")
    article_id, _, query = quoted.get_attribute("href").removeprefix("/articles/").partition("?")
    quoted.click()
    mark = page.locator("mark#quote")
    article = base.store.article(article_id)
    start, end = (int(part.partition("=")[2]) for part in query.partition("#")[0].split("&"))
    assert article is not None and mark.inner_text() == article.text[start:end]
    box = mark.bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"], "the quote is not in view"
    assert fits(page)


@pytest.mark.skipif(not DRAWN, reason="front-end libraries are not built: python -m web.build_frontend")
def test_the_graph_is_drawn_and_leads_to_a_concept(visit: Visit, address: str) -> None:
    page = visit.page
    page.goto(f"{address}/graph?center=容器")
    page.wait_for_selector("figure.graph[data-drawn=yes] canvas")
    assert fits(page)
    page.get_by_text("以文字列出这张图").click()
    page.locator(".edges a.concept").first.click()
    assert "/concepts/" in page.url and page.get_by_role("heading", level=1).is_visible()
    assert fits(page)


@pytest.mark.skipif(not DRAWN, reason="front-end libraries are not built: python -m web.build_frontend")
def test_a_concept_is_found_in_the_picture_of_all(visit: Visit, address: str, base: KnowledgeBase) -> None:
    page = visit.page
    page.goto(f"{address}/graph?limit=2000")
    page.wait_for_selector("figure.graph[data-drawn=yes] canvas")
    field = page.get_by_label("在图中找一个概念")
    field.fill("没有这样的概念")
    page.wait_for_selector(".look [role=status]:has-text('图中没有')")
    field.fill("hypervisor")
    page.wait_for_selector(".look [role=status]:has-text('找到 Hypervisor')")
    for name in ("放大", "缩小", "全图"):
        page.get_by_role("button", name=name).click()
    field.press("Enter")
    page.wait_for_url("**/concepts/hypervisor")
    assert fits(page)


def test_the_layers_of_a_comparison_lead_to_their_quotes(visit: Visit, address: str) -> None:
    page = visit.page
    page.goto(f"{address}/?q=容器和虚拟机有什么区别？")
    cited = page.locator(".stacks .layer .cite")
    assert cited.count() >= 4
    last = cited.nth(cited.count() - 1)
    wanted = last.get_attribute("href")
    last.click()
    page.locator(wanted).wait_for(state="visible")  # what was folded opens
    assert fits(page)


def test_an_answer_is_copied_with_its_sources(visit: Visit, address: str) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/?q=什么是容器？")
    page.get_by_role("button", name="复制答案与出处").click()
    page.wait_for_selector(".tools [role=status]:has-text('已复制')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("什么是容器？") and "[1] 「" in copied and f"{address}/?q=" in copied


def test_a_typed_question_a_follow_up_and_the_other_language(visit: Visit, address: str) -> None:
    page = visit.page
    page.goto(address)
    page.get_by_role("searchbox").or_(page.locator("#q")).first.fill("什么是 Hypervisor？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sources li")
    page.get_by_label("接着问").fill("它有哪些类型？")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1#asked:has-text('它有哪些类型？')")
    assert page.locator(".turns").get_by_role("link", name="什么是 Hypervisor？").is_visible()
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("html[lang=en]")
    assert page.locator("h1#asked").inner_text() == "它有哪些类型？"


def test_an_article_is_pasted_asked_about_and_removed(visit: Visit, address: str, base: KnowledgeBase) -> None:
    page, before = visit.page, base.store.counts()
    page.goto(f"{address}/articles")
    page.get_by_label("标题", exact=True).fill("试验文章")
    page.get_by_label("正文").fill("Podman 使用命名空间。<b onclick=alert(1)>Podman</b> 不需要守护进程。")
    page.get_by_role("button", name="加入").click()
    page.locator(".done").get_by_role("link", name="试验文章").click()
    assert "<b onclick=alert(1)>" in page.locator(".original").inner_text()
    page.get_by_role("link", name="删除这篇文章").click()
    page.get_by_role("button", name="删除").click()
    assert "已删除《试验文章》" in page.locator(".done").inner_text()
    assert base.store.counts() == before


def test_a_concept_is_accepted_renamed_and_both_are_taken_back(visit: Visit, address: str, base: KnowledgeBase) -> None:
    page = visit.page
    page.goto(f"{address}/articles")
    page.get_by_label("标题", exact=True).fill("树的试验")
    page.get_by_label("正文").fill("红黑树（Red Black Tree）是一种自平衡二叉查找树。插入之后要旋转，红黑树的性质才得以恢复。红黑树很常用。")
    page.get_by_role("button", name="加入").click()
    page.locator(".done").get_by_role("link", name="树的试验").wait_for()
    page.goto(f"{address}/curation?q=红黑树")
    assert fits(page)
    page.get_by_role("button", name="接受“红黑树”", exact=True).click()
    decided = page.locator("#decided")
    decided.wait_for(timeout=_A_DECISION_MS)
    assert "接受“红黑树”" in decided.inner_text() and fits(page)
    assert page.get_by_role("button", name="接受“红黑树”", exact=True).count() == 0
    page.goto(f"{address}/concepts/红黑树")
    page.locator(".decide summary").click()
    page.get_by_label("改名为（原名仍是它的别名）").fill("RB 树")
    page.get_by_role("button", name="改名", exact=True).click()
    decided.wait_for(timeout=_A_DECISION_MS)
    assert "改名为“RB 树”" in decided.inner_text() and fits(page)
    assert base.concept("红黑树").name == "RB 树"
    for name in ("红黑树", "红黑树"):  # the last decision first
        page.goto(f"{address}/curation")
        page.locator(".decisions button").click()
        decided.wait_for(timeout=_A_DECISION_MS)
        assert "已撤回" in decided.inner_text()
        assert base.concept("红黑树").name == name
    assert page.locator(".decisions button").count() == 0
    page.goto(f"{address}/curation?q=红黑树")
    assert page.get_by_role("button", name="接受“红黑树”", exact=True).is_visible()
    page.goto(f"{address}/articles")
    page.locator("tr", has_text="树的试验").get_by_role("link", name="删除").click()
    page.get_by_role("button", name="删除").click()
    page.locator(".done").wait_for()


def test_a_finger_hits_what_it_aims_at_on_the_probe_page(visit: Visit, address: str) -> None:
    page = visit.page
    page.goto(f"{address}/probe")
    buttons = page.locator("form.run button[type=submit]")
    seen = [button.bounding_box() for button in buttons.all() if button.is_visible()]
    assert 1 < len(seen) < buttons.count()  # the rest is folded away
    page.locator("details.others > summary").click()
    assert all(button.is_visible() for button in buttons.all()) and fits(page)
    if page.viewport_size["width"] < 640:
        assert all(box["height"] >= 44 for box in seen)


def test_a_live_measurement_from_the_answer(visit: Visit, address: str, base: KnowledgeBase) -> None:
    backends = base.prober.backends()
    if not any(backend.availability.ok and backend.concept == "container" for backend in backends):
        pytest.skip("; ".join(f"{backend.name}: {backend.availability.reason[1]}" for backend in backends if not backend.availability.ok))
    page = visit.page
    page.goto(f"{address}/?q=容器启动要多久？&c=什么是容器？")
    page.get_by_label("接着问").fill("那虚拟机呢？")
    page.evaluate("window.sameDocument = true")
    form = "form[data-metric=start_time] .progress"
    page.locator("form[data-metric=start_time]").get_by_role("button", name="现在测量").click()
    page.wait_for_selector(f"{form} li", state="attached")  # progress arrives while it runs
    # what may be used goes into the answer without loading it again; what may not is shown in words, with a link to all of it
    page.wait_for_selector(f"{form}:has(.stop[hidden])", timeout=60_000)
    assert page.evaluate("window.sameDocument") and page.get_by_label("接着问").input_value() == "那虚拟机呢？"
    assert page.locator(".turns").get_by_role("link", name="什么是容器？").is_visible()
    if page.locator(f"{form} a").is_visible():
        assert "仅供参考" in page.locator(f"{form} [role=status]").inner_text()
        page.locator(f"{form} a").click()
    else:
        assert "测量完成" in page.locator(f"{form} [role=status]").inner_text()
        assert page.locator("tr.fresh").count() > 0 and page.get_by_role("button", name="复制链接").is_visible()
    row = page.locator("table.measured tbody tr", has_text="容器").first
    shown = next(measurement for measurement in base.store.measurements() if row.get_attribute("id") == f"m-{measurement.id}")
    assert shown.concept == "container"
    assert shown.backend in row.inner_text() and str(len(shown.samples)) in row.inner_text()
    drawn = page.locator(".measured-run, .evidence-measured", has=page.locator(f"#m-{shown.id}")).last.locator(".plot circle")
    assert drawn.count() >= len(shown.samples)  # every sample is drawn, those of the run's other measurements too
    assert fits(page)


@pytest.mark.parametrize("path", ["/", "/?q=容器和虚拟机有什么区别？", "/claims", "/probe", "/articles", "/concepts/container", "/graph"])
def test_english_words_fit_too(visit: Visit, address: str, path: str) -> None:
    visit.page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=en")
    assert visit.page.locator("html[lang=en]").count() == 1 and fits(visit.page)


def test_several_files_are_read_while_one_watches(visit: Visit, address: str, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "_PATIENCE_S", 0.0)
    page, before = visit.page, base.store.counts()
    page.goto(f"{address}/articles")
    texts = {"试验甲.txt": "Podman 使用命名空间。", "试验乙.md": "# 试验乙\n\nLXC 使用 cgroups。", "试验丙.txt": ""}
    page.get_by_label("上传文件").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in texts.items()]
    )
    page.get_by_role("button", name="上传", exact=True).click()
    page.wait_for_url("**/articles/uploads/*")
    page.wait_for_selector(".done:has-text('试验乙')")
    assert page.locator(".done").count() == 2 and "试验丙.txt" in page.locator(".notice").inner_text()
    assert page.locator(".events li").count() == 3 and fits(page)
    for summary in base.store.articles():
        if summary.title.startswith("试验"):
            base.remove(summary.id)
    assert base.store.counts() == before


class Held:
    """Says what the real prober says, but measures until it is told to stop."""

    def __init__(self, real: Prober) -> None:
        self.backends, self.metrics = real.backends, real.metrics

    def run(self, metric: str, *, emit: Any, cancelled: Any, **_: object) -> tuple[Measurement, ...]:
        emit({"zh": "等着", "en": "waiting"})
        while not cancelled():
            time.sleep(0.02)
        raise ProbeCancelled(("测量已取消。", "The measurement was cancelled."))


def test_a_live_measurement_is_stopped_from_the_answer(visit: Visit, address: str, base: KnowledgeBase) -> None:
    real = base.prober
    base.__dict__["prober"] = Held(real)
    try:
        page = visit.page
        page.goto(f"{address}/?q=容器启动要多久？")
        form = page.locator("form[data-metric=start_time]")
        form.get_by_role("button", name="现在测量").click()
        page.wait_for_selector("form[data-metric=start_time] [role=status]:has-text('等着')")
        before = page.locator(".point .words").inner_text()
        form.get_by_role("button", name="停止").click()
        page.wait_for_selector("form[data-metric=start_time] [role=status]:has-text('已取消')")
        assert page.locator(".point .words").inner_text() == before
        assert form.get_by_role("button", name="现在测量").is_enabled()
    finally:
        base.__dict__["prober"] = real
