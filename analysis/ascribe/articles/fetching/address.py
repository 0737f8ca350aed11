"""Addresses of pages: which can be asked for, and in the form in which a server is asked."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from ascribe.errors import ArticleError

SCHEMES = {"http": 80, "https": 443}
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.I)
LONGEST = 4000
"""Characters. Servers take no longer address."""


def is_address(item: str) -> bool:
    """Whether what a user named is an address, not a file."""
    return bool(ADDRESS.match(item))


def proper(address: str) -> str:
    """The address as a server is asked for it: ASCII, without its fragment. Raises ArticleError."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError as e:  # UnicodeError is one
        raise ArticleError(address, f"not an address: {e}") from None
    if parts.scheme not in SCHEMES:
        raise ArticleError(address, "only addresses that begin with http:// or https:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise ArticleError(address.replace(parts.netloc, "…"), "an address with a name or password is not fetched")
    if not re.fullmatch(r"[\w.:-]+", host, re.ASCII) or len(address) > LONGEST:
        raise ArticleError(address[:200], "not an address: write https://the-site/the-page")
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port not in (None, SCHEMES[parts.scheme]) else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, place, path, quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]"), ""))


def site(address: str) -> str:
    """Scheme and host of a proper address: what has one robots.txt."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(address))


def service(address: str) -> tuple[str, int]:
    """The host of a proper address with its port; a web site's two usual ports count as one."""
    parts = urlsplit(address)
    port = parts.port or SCHEMES[parts.scheme]
    return parts.hostname or "", 0 if port in SCHEMES.values() else port
