"""PDF files made by hand here: no library of ours writes them."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter

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
    (document,) = pdf.read(pdf_file("容器共享宿主机", "的内核，", "所以轻。"), "容器.pdf")
    assert document.text == "容器共享宿主机的内核，所以轻。"


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
