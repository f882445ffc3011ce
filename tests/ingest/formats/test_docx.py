from __future__ import annotations

import io
import zipfile

import docx as word
import pytest

from ingest.formats import docx
from kb.errors import UnreadableText


def document(title: str = "容器入门") -> bytes:
    made = word.Document()
    made.core_properties.title = title
    made.core_properties.author = "某人"
    made.add_heading("容器的原理", level=1)
    made.add_paragraph("容器共享宿主机的内核。")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "镜像", "20 MB"
    made.add_paragraph("表格后面的话。")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_paragraphs_headings_and_tables_become_lines() -> None:
    (found,) = docx.read(document(), "x.docx")
    assert (found.title, found.author) == ("容器入门", "某人")
    assert {"容器的原理", "容器共享宿主机的内核。", "镜像 | 20 MB", "表格后面的话。"} <= set(found.text.split("\n"))


def test_paragraphs_and_table_rows_keep_their_order() -> None:
    (found,) = docx.read(document(), "x.docx")
    assert found.text.split("\n") == ["容器的原理", "容器共享宿主机的内核。", "镜像 | 20 MB", "表格后面的话。"]


def test_without_a_title_the_file_gives_its_name() -> None:
    assert docx.read(document(""), "容器.docx")[0].title == "容器"


def test_an_empty_document_has_a_blank_text() -> None:
    out = io.BytesIO()
    word.Document().save(out)
    assert docx.read(out.getvalue(), "空.docx")[0].text.strip() == ""


def other_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "no document")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"no archive", document()[:200], document()[:-200], other_archive()],
    ids=["empty", "text", "beginning", "cut off", "another archive"],
)
def test_a_damaged_document_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableText) as caught:
        docx.read(data, "坏.docx")
    assert "坏.docx" in caught.value.message[0] and caught.value.hint[0]


def test_damaged_markup_inside_is_refused() -> None:
    whole = io.BytesIO(document())
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            target.writestr(item, data[: len(data) // 2] if item.filename == "word/document.xml" else data)
    with pytest.raises(UnreadableText):
        docx.read(out.getvalue(), "坏.docx")


def test_what_is_in_bold_is_told_apart_however_it_is_cut() -> None:
    made = word.Document()
    paragraph = made.add_paragraph("先看")
    for part in ("写时", "复制"):
        paragraph.add_run(part).bold = True
    paragraph.add_run("怎样省内存。")
    out = io.BytesIO()
    made.save(out)
    assert docx.read(out.getvalue(), "x.docx")[0].set_apart == ("写时复制",)
