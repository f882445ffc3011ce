"""PDF files made by hand here: no library of ours writes them."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter

from ingest.clean import clean
from ingest.formats import pdf
from kb.errors import EmptyText, UnreadableText


def pdf_file(*lines: str) -> bytes:
    """One page; the lines in an encoding without embedded glyphs, with a map from codes to characters."""
    codes = {character: number for number, character in enumerate(dict.fromkeys("".join(lines)), start=1)}
    shown = "\n".join(f"1 0 0 1 40 {760 - 20 * n} Tm <{''.join(f'{codes[c]:04x}' for c in line)}> Tj" for n, line in enumerate(lines))
    content = f"BT /F1 12 Tf\n{shown}\nET".encode("ascii")
    chars = "\n".join(f"<{number:04x}> <{character.encode('utf-16-be').hex()}>" for character, number in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{chars}\nendbfchar\nendcmap end end"
    ).encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Han /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Han /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        b" /DW 1000 /FontDescriptor 8 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
        b"<< /Type /FontDescriptor /FontName /Han /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent 0"
        b" /CapHeight 800 /StemV 80 >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def pdf_pages(*pages: tuple[str, ...]) -> bytes:
    writer = PdfWriter()
    for lines in pages:
        writer.append(io.BytesIO(pdf_file(*lines)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank_pdf(*, password: str | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_text_layer_is_read_and_the_file_gives_the_title() -> None:
    (document,) = pdf.read(pdf_file("容器共享宿主机的内核。", "虚拟机很重。"), "容器.pdf")
    assert (document.title, document.text) == ("容器", "容器共享宿主机的内核。\n虚拟机很重。")


def test_lines_that_the_page_broke_are_joined() -> None:
    (document,) = pdf.read(pdf_file("容器共享宿主机的内核和", "网络设备，", "所以轻。"), "容器.pdf")
    assert document.text == "容器共享宿主机的内核和网络设备，所以轻。"


def test_a_page_without_text_is_refused_with_a_remedy() -> None:
    with pytest.raises(EmptyText) as caught:
        pdf.read(blank_pdf(), "扫描.pdf")
    assert "扫描.pdf" in caught.value.message[0] and "识别" in caught.value.hint[0]


@pytest.mark.parametrize(
    "data",
    [b"", b"no pdf", pdf_file("容器")[:200], b"%PDF-1.4\n%%EOF\n", blank_pdf(password="secret")],
    ids=["empty", "text", "cut off", "hollow", "encrypted"],
)
def test_a_damaged_or_encrypted_file_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableText) as caught:
        pdf.read(data, "坏.pdf")
    assert "坏.pdf" in caught.value.message[0] and "坏.pdf" in caught.value.message[1] and caught.value.hint[0]


WIDE = ("容器与宿主机共用同一个操作系统内核，所以", "容器启动时不必引导另一个系统，只要几毫", "秒就可以开始工作。")


def cleaned(data: bytes) -> tuple[list[str], list[str]]:
    """Lines that are read, and what was left out of the text as page furniture."""
    (document,) = pdf.read(data, "容器.pdf")
    found = clean(document.text)
    return found.text.text.split("\n"), [document.text[a:b] for (a, b), reason in found.dropped if reason == "page_furniture"]


def test_only_lines_as_wide_as_the_page_are_joined() -> None:
    other = ("虚拟机要先引导自己的操作系统内核，再启动", "里面的服务，所以从开机到可用往往需要几十", "秒。")
    lines, _ = cleaned(pdf_file("启动", *WIDE, "好处", "快速部署", "易于迁移到别处", *other))
    assert lines == ["启动", "".join(WIDE), "好处", "快速部署", "易于迁移到别处", "".join(other)]


def test_an_item_begins_a_line_whatever_stands_before_it() -> None:
    lines, _ = cleaned(pdf_file("容器有下面几个为人熟知而且常常提到的好处", "1. 启动快，占用少，可以在一台机器上放许多", "2. 容易搬走"))
    assert lines[1:] == ["1. 启动快，占用少，可以在一台机器上放许多", "2. 容易搬走"]


def test_running_headers_footers_and_page_numbers_are_left_out() -> None:
    wide = {f"{page}{place}": (f"{page}{place}" + WIDE[0][2:], *WIDE[1:]) for page in "1234" for place in "甲乙"}
    pages = [
        ("虚拟化手册", f"第{n}节 说明", f"{n}号机器。", *wide[f"{n}甲"], *wide[f"{n}乙"], f"机房内部资料 第 {n} 版", f"- {n} -")
        for n in range(1, 5)
    ]
    lines, dropped = cleaned(pdf_pages(*pages))
    assert lines == [
        line for n in range(1, 5) for line in (f"第{n}节说明", f"{n}号机器。", "".join(wide[f"{n}甲"]), "".join(wide[f"{n}乙"]))
    ]
    assert dropped[:3] == ["虚拟化手册", "机房内部资料 第 1 版", "- 1 -"] and len(dropped) == 12


def test_what_stands_at_the_ends_of_different_pages_stays() -> None:
    pages = (("容器", "共享内核。"), ("虚拟机", "自有内核。"), ("1. 镜像", "只读的模板。"), ("2. 仓库", "存放镜像。"))
    lines, dropped = cleaned(pdf_pages(*pages))
    assert dropped == [] and len(lines) == 8


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    lines, dropped = cleaned(pdf_pages(("手册", "第一段。", *WIDE[:2], "1"), ("手册", WIDE[2], "第二段。", "2"), ("手册", "第三段。", "3")))
    assert lines == ["第一段。", "".join(WIDE), "第二段。", "第三段。"]
    assert dropped == ["手册", "1", "手册", "2", "手册", "3"]


def test_rows_of_a_table_keep_their_cells_apart() -> None:
    lines, _ = cleaned(
        pdf_file("两者的差别见下表。", "方面 容器 虚拟机", "启动时间 数毫秒 数分钟", "镜像大小 几十MB 几GB", "表格到此为止。")
    )
    assert lines == [
        "两者的差别见下表。",
        "方面 | 容器 | 虚拟机",
        "启动时间 | 数毫秒 | 数分钟",
        "镜像大小 | 几十MB | 几GB",
        "表格到此为止。",
    ]


def test_look_alikes_of_characters_become_those() -> None:
    (document,) = pdf.read(pdf_file("容器只要⼏毫秒，⽽虚拟机要很⻓时间；ﬁle 也⼀样。"), "容器.pdf")
    assert document.text == "容器只要几毫秒，而虚拟机要很长时间；file 也一样。"
