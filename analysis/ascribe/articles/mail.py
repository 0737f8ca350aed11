"""E-mail messages: newsletters and press releases as .eml files."""

from __future__ import annotations

import email
import email.policy
import email.utils
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from ascribe.articles import dates, web
from ascribe.articles.article import Article
from ascribe.articles.characters import known, load, storable
from ascribe.errors import ArticleError

SHORTEST = 40
"""Characters. A plain part below this that stands beside an HTML part only says that the message needs HTML."""
SIGNATURE = "\n-- \n"


class Bounded(email.policy.EmailPolicy):
    """The standard policy, with headers cut at a length: parsing them takes the square of it."""

    longest = 2000

    def header_fetch_parse(self, name: str, value: str) -> object:
        return super().header_fetch_parse(name, value[: self.longest])


def read(path: Path) -> Iterator[Article | ArticleError]:
    """One article: the plain text part, or else the HTML part; titled by Subject, published by From on Date."""
    raw = load(path)
    try:
        message = email.message_from_bytes(raw, policy=Bounded())
        if not any(header(message, name) for name in ("From", "Date", "Subject", "To", "Received")):
            raise ArticleError(path, "not an e-mail: it has no From, Date or Subject header")
        text = body(message, path)
    except ArticleError:
        raise
    except Exception as e:  # the standard library's header and part parsers trip over odd mail in many ways
        raise ArticleError(path, f"the e-mail cannot be taken apart ({type(e).__name__}): save its text as .txt") from e
    if not text.strip():
        raise ArticleError(path, "the e-mail has no text in it: save what it shows as .txt or .html")
    name, address = sender(message)
    yield Article(
        doc_id=path.stem, text=text, body=(0, len(text)), title=header(message, "Subject"), publisher=name or address,
        url=url(message), published=dates.parse_header(header(message, "Date")),
        language=(header(message, "Content-Language") or "").split(",")[0].split("-")[0].strip().lower() or None,
        path=str(path), meta={"from": address} if address else {},
    )  # fmt: skip


def header(message: EmailMessage, name: str) -> str | None:
    """A header's decoded words; None where it is not there or cannot be decoded."""
    try:
        return known(message.get(name))
    except Exception:
        return None


def sender(message: EmailMessage) -> tuple[str | None, str | None]:
    try:
        name, address = email.utils.parseaddr(header(message, "From") or "")
    except Exception:
        return None, None
    return known(name), known(address)


def url(message: EmailMessage) -> str | None:
    """Where the message stands on the web, by RFC 5064."""
    address = (header(message, "Archived-At") or "").strip("<> ")
    return address if address.startswith(("http://", "https://")) else None


def body(message: EmailMessage, path: Path) -> str:
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    text = content(plain).replace("\r\n", "\n") if plain is not None else ""
    if plain is not None and plain.get_param("format") == "flowed":
        text = unflow(text)
    text = text.split(SIGNATURE)[0].strip("\n")
    if page is None or len(text.strip()) >= SHORTEST:
        return text
    markup = content(page)
    try:
        return web.page(markup, place=path, doc_id="", path="").text
    except web.NoArticleError:
        # A short press release is no article to a web page's reader; of a message everything is meant to be read.
        blocks = (line.strip() for line in web.trafilatura().html2txt(markup, clean=True).split("\n"))
        return storable("\n\n".join(filter(None, blocks))) or text


def content(part: EmailMessage) -> str:
    """A part's characters, its charset unknown or wrong notwithstanding."""
    try:
        text = part.get_content()
    except (LookupError, ValueError, TypeError, AttributeError):
        text = part.get_payload(decode=True) or b""
    return storable(text if isinstance(text, str) else bytes(text).decode("utf-8", "replace"))


def unflow(text: str) -> str:
    """Lines that end in a space run on (RFC 3676)."""
    lines = text.split("\n")
    ends = ["" if line.endswith(" ") and line != "-- " else "\n" for line in lines]
    return "".join(line + end for line, end in zip(lines, ends, strict=True)).rstrip("\n")
