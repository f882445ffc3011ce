from __future__ import annotations

import socket
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from kb.app import KnowledgeBase
from kb.errors import EmptyText, KnowledgeBaseError
from web.pages import ENGLISH_EXAMPLES, EXAMPLES
from web.serving import CannotListen, address_of, listen, serve, warm_up


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_named_with_the_remedy_in_both_languages(shared_base: KnowledgeBase, taken: int) -> None:
    with pytest.raises(CannotListen) as caught:
        serve(shared_base, "127.0.0.1", taken)
    assert isinstance(caught.value, KnowledgeBaseError)
    for language in ("zh", "en"):
        message, hint = caught.value.in_language(language)
        assert str(taken) in message and f"--port {taken + 1}" in hint


def test_an_address_of_another_machine_is_refused_with_a_remedy(shared_base: KnowledgeBase) -> None:
    with pytest.raises(CannotListen, match="192.0.2.1") as caught:
        listen(shared_base, "192.0.2.1", 0)
    assert "127.0.0.1" in caught.value.in_language("zh")[1]


def test_it_serves_and_prints_where(shared_base: KnowledgeBase) -> None:
    server = listen(shared_base, "127.0.0.1", 0)
    address = address_of(server, "127.0.0.1")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            assert response.status == 200 and "有据" in response.read().decode()
            assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    finally:
        server.close()
        thread.join(5)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:81/"), ("0.0.0.0", "http://127.0.0.1:81/"), ("::", "http://[::1]:81/"), ("::1", "http://[::1]:81/")],
)
def test_the_address_can_be_typed_into_a_browser(host: str, shown: str) -> None:
    class Server:
        effective_port: Any = 81

    assert address_of(Server(), host) == shown


def test_warming_up_answers_a_question_and_ends(shared_base: KnowledgeBase) -> None:
    asked: list[str] = []

    class Base:
        def ask(self, question: str) -> None:
            asked.append(question)
            if question == ENGLISH_EXAMPLES[-1]:
                raise EmptyText(("空", "empty"), ("", ""))  # what goes wrong in it harms nobody

    thread = warm_up(Base())  # type: ignore[arg-type]
    thread.join(60)
    assert asked == [*EXAMPLES, *ENGLISH_EXAMPLES] and not thread.is_alive()
    warm_up(shared_base).join(60)
