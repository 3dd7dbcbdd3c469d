"""Small files of every kind that is taken, made where they are needed."""

import io
import zipfile

import openpyxl

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
HTML = b"<!doctype html><html><body><script>alert(1)</script><p>Comments are due.</p></body></html>"


def pdf(*pages: str, catalogue: str = "") -> bytes:
    """One of Latin text, or of Chinese by an embedded map of its codes."""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode "
                   f"{4 + 2 * len(pages)} 0 R /DescendantFonts [<< /Type /Font /Subtype "
                   "/CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering "
                   "(Identity) /Supplement 0 >> >>] >>")  # fmt: skip
    for n, text in enumerate(pages):
        lines = (f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in text.split("\n"))
        stream = "\n".join(["BT /F1 12 Tf 14 TL 72 720 Td", *lines, "ET"])
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
                       f"<< /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>")  # fmt: skip
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    codes = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        "1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
    )
    objects.append(f"<< /Length {len(codes)} >>\nstream\n{codes}\nendstream")
    return _written(objects)


def _written(objects: list[str]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode())
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out.getvalue()


def package(main: str, **parts: str | bytes) -> bytes:
    """An Office package; in the names of parts __ is a dot and _ a slash."""
    out = io.BytesIO()
    types = f'<Types><Override PartName="/x" ContentType="{main}"/></Types>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        for name, content in parts.items():
            archive.writestr(name.replace("__", ".").replace("_", "/"), content)
    return out.getvalue()


def docx(*paragraphs: str, **parts: str | bytes) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return package(WORD, **{"word_document__xml": document, **parts})


def pptx(*slides: str) -> bytes:
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return package(
        SLIDES,
        **{
            f"ppt_slides_slide{n}__xml": f'<s xmlns:a="{space}"><a:p><a:t>{text}</a:t></a:p></s>'
            for n, text in enumerate(slides, 1)
        },
    )


def xlsx(*rows: list[object]) -> bytes:
    out, book = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()
