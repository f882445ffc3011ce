from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from kb.app import KnowledgeBase
from kb.config import ROOT
from web import create_app
from web.languages import CATALOGUES
from web.pages import ENGLISH_EXAMPLES, EXAMPLES

PLACES = re.compile(r"%\(\w+\)s")


def catalogue() -> dict[object, object]:
    with (CATALOGUES / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def used() -> set[object]:
    """Every message that a template or the code shows."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "text": None}
    options = {"**.html": {"extensions": "jinja2.ext.i18n"}}
    found = extract_from_dir(ROOT / "web", [("templates/**.html", "jinja2"), ("*.py", "python")], options, keywords)
    return {message for _, _, message, _, _ in found}


def test_every_text_of_the_interface_is_in_the_catalogue() -> None:
    assert len(used()) > 100
    assert used() - set(catalogue()) == set()


def test_the_catalogue_holds_nothing_that_is_not_shown() -> None:
    assert set(catalogue()) - used() == set()


@pytest.mark.parametrize("source, english", catalogue().items(), ids=str)
def test_a_translation_fills_the_same_places(source: object, english: object) -> None:
    sources = source if isinstance(source, tuple) else (source,)
    translations = english if isinstance(english, tuple) else (english,)
    for translation in translations:
        assert str(translation).strip()
        assert set(PLACES.findall(str(translation))) == set(PLACES.findall(str(sources[0])))


def test_chinese_is_the_default_also_for_an_english_browser(reader: FlaskClient) -> None:
    html = reader.get("/", headers={"Accept-Language": "en"}).text
    assert 'lang="zh-CN"' in html and "每一句都有出处" in html


def test_the_switch_is_remembered(shared_base: KnowledgeBase) -> None:
    client = create_app(shared_base).test_client()
    assert "Every sentence has its source" in client.get("/?lang=en").text
    html = client.get("/concepts/container").text
    assert '<html lang="en">' in html and "Statements about it" in html and 'href="/concepts/container?lang=zh"' in html
    assert "概念" in client.get("/concepts?lang=zh").text


def test_concepts_are_named_in_the_language_of_the_page(reader: FlaskClient) -> None:
    html = reader.get("/concepts/container?lang=en").text
    assert ">virtual machine</a>" in html
    assert ">虚拟机</a>" in reader.get("/concepts/container?lang=zh").text


def test_examples_are_asked_in_the_language_of_the_page(reader: FlaskClient) -> None:
    for address in ("/", "/?q=火星上有水吗？"):
        shown = {spoken: reader.get(f"{address}{'&' if '?' in address else '?'}lang={spoken}").text for spoken in ("zh", "en")}
        assert EXAMPLES[0] in shown["zh"] and ENGLISH_EXAMPLES[0] not in shown["zh"]
        assert ENGLISH_EXAMPLES[0] in shown["en"] and f">{EXAMPLES[1]}<" not in shown["en"]


def test_a_concept_is_headed_in_the_language_of_the_page(reader: FlaskClient) -> None:
    assert re.search(r"<h1>container\s*<small lang=\"zh-CN\">容器</small>", reader.get("/concepts/container?lang=en").text)
    assert re.search(r"<h1>容器\s*<small lang=\"en\">container</small>", reader.get("/concepts/container?lang=zh").text)


def test_the_switch_keeps_the_question(reader: FlaskClient) -> None:
    assert "/?q=%E5%AE%B9%E5%99%A8&amp;lang=en" in reader.get("/?q=容器").text


def test_an_unknown_language_is_ignored(reader: FlaskClient) -> None:
    response = reader.get("/?lang=xx")
    assert "每一句都有出处" in response.text and "Set-Cookie" not in response.headers


def test_no_english_page_has_chinese_texts_of_ours(reader: FlaskClient) -> None:
    chinese = {str(message) for message in catalogue() if isinstance(message, str) and re.fullmatch(r"[\u4e00-\u9fff]{3,}", message)}
    html = reader.get("/probe?lang=en").text + reader.get("/articles?lang=en").text + reader.get("/?lang=en").text
    assert [message for message in chinese if f">{message}<" in html] == []


def test_no_compiled_catalogue_is_needed() -> None:
    assert not list(Path(CATALOGUES).rglob("*.mo"))
