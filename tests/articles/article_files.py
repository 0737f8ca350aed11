"""Makes article files of each kind, for the tests. All names in them are made up."""

from __future__ import annotations

import gzip
import io
from email.message import EmailMessage
from pathlib import Path

BODY = "Three people were hurt in Orvan on Monday, the Kestrian Ministry of Health said."
MORE = "Marisol Tane, the mayor, put the number of homes without power at “more than 1,200”."

PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><title>Three hurt in Orvan | Kestria Post</title>
<meta property="og:site_name" content="the Kestria Post">
<meta property="og:title" content="Three hurt in Orvan">
<meta property="article:published_time" content="2022-12-05T23:30:00+02:00">
<meta property="article:modified_time" content="2023-02-01T10:00:00+02:00">
<meta name="author" content="Ilse Varga"></head>
<body><nav><ul><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Three hurt in Orvan</h1><p>{BODY}</p><p>{MORE}</p></article>
<footer>Copyright 2019 Kestria Post</footer></body></html>"""

MENU = """<html><head><title>Kestria Post</title></head><body><nav><ul><li><a href="/a">World</a></li>
<li><a href="/b">Sport</a></li></ul></nav><h1>Log in</h1><form><button>Go</button></form></body></html>"""


def pdf(path: Path, typst_source: str) -> Path:
    import typst

    path.write_bytes(typst.compile(typst_source.encode(), format="pdf"))
    return path


def bare_pdf(path: Path, content: str) -> Path:
    """A PDF of one page with these drawing operators, F1 being Helvetica: what typesetters hide can be written so."""
    stream = content.encode("cp1252")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(data),
    )
    path.write_bytes(data)
    return path


def docx(path: Path, *paragraphs: str, title: str | None = None, rows: tuple[tuple[str, ...], ...] = ()) -> Path:
    from docx import Document

    document = Document()
    if title:
        document.add_heading(title, level=0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                table.cell(i, j).text = cell
    document.core_properties.author = "Ilse Varga"
    document.save(str(path))
    return path


def eml(path: Path, text: str | None, html: str | None = None, **headers: str) -> Path:
    message = EmailMessage()
    defaults = {
        "From": "Kestria Post Briefing <briefing@kestria.example>",
        "Subject": "Three hurt in Orvan",
        "Date": "Mon, 05 Dec 2022 23:30:00 +0200",
    }
    for name, value in (defaults | headers).items():
        message[name] = value
    if text is not None:
        message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    path.write_bytes(message.as_bytes())
    return path


def warc(path: Path, pages: list[tuple]) -> Path:
    """`pages`: address, bytes, content type, status line, and more HTTP headers if there are any."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for url, content, kind, status, *more in pages:
            headers = StatusAndHeaders(
                status, [("Content-Type", kind), *(more[0] if more else [])], protocol="HTTP/1.1"
            )
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=io.BytesIO(content),
                    http_headers=headers,
                    warc_headers_dict={"WARC-Date": "2022-12-06T08:00:00Z"},
                )
            )
    return path


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)
