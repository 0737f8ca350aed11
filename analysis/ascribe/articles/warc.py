"""Web archives: each HTML page that was fetched whole is an article; read a record at a time."""

from __future__ import annotations

import dataclasses
import importlib.util
from collections.abc import Iterator
from pathlib import Path

from ascribe.articles import web
from ascribe.articles.article import Article
from ascribe.articles.characters import LARGEST
from ascribe.articles.position import reading
from ascribe.errors import ArticleError

HTML = ("text/html", "application/xhtml+xml")


def read(path: Path) -> Iterator[Article | ArticleError]:
    """An article for each successful HTML response, its doc_id the page's address without the scheme.

    Front pages, menus and the like hold no article: they are counted, and an archive of nothing else is an error.
    The date of capture is not a date of publication; it is kept as `meta["captured"]`.
    """
    from ascribe.articles.archive import HEADERS, HeadersTooLongError, Records

    records, articles, without = 0, 0, 0
    try:
        with path.open("rb") as file, reading(file):
            if not file.peek(1):
                raise ArticleError(path, "the file is empty: nothing to read")
            archive = Records(file)
            for record in archive:
                records += 1
                url = record.rec_headers.get_header("WARC-Target-URI")
                if not (url and wanted(record)):
                    continue
                try:
                    yield page(record, url.strip("<> "), path)
                    articles += 1
                except web.NoArticleError:
                    without += 1
                except ArticleError as e:
                    yield e
            if archive.err_count:
                yield ArticleError(path, f"damaged: records that do not end where they say: {archive.err_count:,}")
    except ArticleError:
        raise
    except HeadersTooLongError:
        yield ArticleError(path, f"not read past record {records}: headers of more than {HEADERS:,} bytes")
        return
    except OSError as e:
        raise ArticleError(path, f"cannot be read: {e.strerror or e}") from e
    except Exception as e:  # warcio has no one error for archives cut short, misnamed or damaged
        yield ArticleError(path, f"not a whole web archive: it breaks off after {records} records ({type(e).__name__})")
        return
    if not records:
        raise ArticleError(path, "no records in this file: it is not a web archive")
    if not articles:
        pages = f"{without} HTML page{'s' * (without != 1)}, without an article"
        raise ArticleError(path, f"no article in this web archive: {pages if without else 'no whole HTML page'}")


def wanted(record: object) -> bool:
    """A response (or a resource kept without its response) that holds a web page."""
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    elif record.rec_type == "response" and record.http_headers:
        if (record.http_headers.get_statuscode() or "") != "200":
            return False
        kind = record.http_headers.get_header("Content-Type") or ""
    else:
        return False
    return kind.split(";")[0].strip().lower() in HTML


def page(record: object, url: str, path: Path) -> Article:
    """Raises ArticleError naming the page's address."""
    place = f"{path}:{url}"
    encoding = record.http_headers.get_header("Content-Encoding", "").lower() if record.http_headers else ""
    if encoding == "br" and not importlib.util.find_spec("brotli"):
        raise ArticleError(place, "the page is packed with Brotli: install the brotli package to read it")
    raw = record.content_stream().read(LARGEST)
    if getattr(record.raw_stream, "limit", 0) > 0 and not record.raw_stream.read(1):
        raise ArticleError(place, "the page is cut short: the web archive ends, or is damaged, in the middle of it")
    if not raw.strip():
        raise web.NoArticleError(place, "the page is empty")
    headers = record.http_headers or record.rec_headers
    charset = (headers.get_header("Content-Type") or "").lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    name = url.partition("://")[2].partition("#")[0].rstrip("/") or url
    article = web.page(raw, place=place, doc_id=name, path=str(path), url=url, charset=charset)
    captured = record.rec_headers.get_header("WARC-Date")
    return article if not captured else dataclasses.replace(article, meta={"captured": captured})
