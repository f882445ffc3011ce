"""What is kept of a term and a sentence is what would be worked out anew."""

from __future__ import annotations

import pytest

from kb.qa.asking.terms import terms_of
from kb.qa.asking.understanding import understand
from kb.qa.finding.index import index_of
from kb.qa.finding.meeting import Meeting, _standing
from kb.qa.sources import Sources

QUESTIONS = ("容器和虚拟机哪个启动更快？", "容器有自己的内核吗？", "虚拟机为什么占用资源多？", "What is a container?")


def test_asking_again_gives_what_was_worked_out_the_first_time(sources: Sources) -> None:
    index = index_of(sources)
    met = 0
    for text in QUESTIONS:
        for term in terms_of(understand(text, sources), sources):
            for sentence in index.sentences.values():
                first, again, anew = (
                    index.meeting(term).met(sentence),
                    index.meeting(term).met(sentence),
                    Meeting(term, index).met(sentence),
                )
                assert 0 <= first <= 1 and first == again == anew
                met += first > 0
    assert met


def test_terms_that_differ_in_words_alone_are_not_taken_for_one_another(sources: Sources) -> None:
    index = index_of(sources)
    terms = [term for text in QUESTIONS for term in terms_of(understand(text, sources), sources)]
    meetings = {(term.words, term.concepts): index.meeting(term) for term in terms}
    assert len(set(map(id, meetings.values()))) == len(meetings) > 1


def test_a_family_is_the_askers_own(sources: Sources) -> None:
    sources.family("container")["container"] = 0.0
    assert sources.family("container")["container"] == 1.0


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("ftp", "FTPS 加密命令。", False),
        ("ftp", "SFTP 只用一条连接。", False),
        ("ftp", "用 FTP 传文件。", True),
        ("ftp", "FTP服务器", True),
        ("image", "Images are layered.", True),
        ("dockerdesktop", "Docker Desktop 在虚拟机里运行。", True),
        ("docker", "Dockerfile 的指令", False),
        ("vhost", "vhost-user 使用另一个进程。", False),
    ],
)
def test_a_latin_name_is_not_said_by_a_longer_one(word: str, text: str, expected: bool) -> None:
    assert (_standing(word).search(text) is not None) is expected
