"""E-mail messages: newsletters and press releases as .eml files."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from ascribe.articles import dates, web
from ascribe.articles.article import Article
from ascribe.articles.characters import as_said, known, load, storable
from ascribe.errors import ArticleError

SHARED = 0.5
"""Share of the HTML part's words that a plain part has which says the same."""
ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
WORD = re.compile(r"\w{2,}")
SIGNATURE = "\n-- \n"


class Bounded(email.policy.EmailPolicy):
    """The standard policy, with headers cut at a length: parsing them takes the square of it."""

    longest = 2000

    def header_fetch_parse(self, name: str, value: str) -> object:
        return super().header_fetch_parse(name, value[: self.longest])


def read(path: Path) -> Iterator[Article | ArticleError]:
    """One article: the plain text part, or the HTML part where there is no other or the other is a stub; titled by
    Subject, published by From on Date."""
    raw = load(path)
    try:
        message = email.message_from_bytes(raw, policy=Bounded())
        if not any(header(message, name) for name in ("From", "Date", "Subject", "To", "Received")):
            raise ArticleError(path, "not an e-mail: it has no From, Date or Subject header")
        text, notes = body(message, path)
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
        path=str(path), meta={"from": address} if address else {}, notes=notes,
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


def body(message: EmailMessage, path: Path) -> tuple[str, tuple[str, ...]]:
    """The message's words, and notes on them: of a plain and an HTML part the plain one, unless it is a stub."""
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    text = "" if plain is None else as_said(content(plain), charset(plain)).replace("\r\n", "\n")
    if plain is not None and plain.get_param("format") == "flowed":
        text = unflow(text)
    text = storable(text.split(SIGNATURE)[0].strip("\n"))
    if page is None:
        return text, ()
    try:
        shown, notes = from_page(page, path)
    except ArticleError:
        if not text.strip():
            raise
        return text, ()
    return (shown, notes) if not text.strip() or is_stub(text, shown) else (text, ())


def from_page(part: EmailMessage, path: Path) -> tuple[str, tuple[str, ...]]:
    """The words of an HTML part, and notes on them."""
    raw = content(part)
    try:
        found = web.page(raw, place=path, doc_id="", path="", charset=charset(part))
    except web.NoArticleError:
        # A short press release is no article to a web page's reader; of a message everything is meant to be read.
        return storable("\n\n".join(web.everything(web.decode(raw, path, charset(part))))), ()
    return found.text, found.notes


def is_stub(plain: str, page: str) -> bool:
    """Whether a plain part says little of what the HTML part says, and less: "View this message in your browser"."""
    ours, theirs = (set(WORD.findall(ADDRESS.sub(" ", text).lower())) for text in (plain, page))
    return len(ours) < len(theirs) and len(ours & theirs) < SHARED * len(theirs)


def charset(part: EmailMessage) -> str | None:
    """What a part calls its encoding."""
    try:
        return part.get_content_charset()
    except (LookupError, ValueError, TypeError, AttributeError):
        return None


def content(part: EmailMessage) -> bytes:
    """A part's bytes, its transfer encoding unknown or wrong notwithstanding."""
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")


def unflow(text: str) -> str:
    """Lines that end in a space run on (RFC 3676)."""
    lines = text.split("\n")
    ends = ["" if line.endswith(" ") and line != "-- " else "\n" for line in lines]
    return "".join(line + end for line, end in zip(lines, ends, strict=True)).rstrip("\n")
