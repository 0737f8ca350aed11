"""One request, and its answer within bounds of size and time. What it says of the user is that a program asks."""

from __future__ import annotations

import dataclasses
import functools
import http.client
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.request
from importlib import metadata
from urllib.parse import urljoin

from ascribe.errors import ArticleError

AGENT = f"Ascribe/{metadata.version('ascribe')} (reads the articles that its user named)"
AT_ONCE = 2**16
"""Bytes that are read at once: between two readings the clock is looked at."""
REDIRECTED = (301, 302, 303, 307, 308)


@dataclasses.dataclass(frozen=True, slots=True)
class Bounds:
    """What one answer may take: `bytes` of it, `patience` seconds without a word, `seconds` for all of it."""

    bytes: int = 10 * 2**20
    patience: float = 20.0
    seconds: float = 60.0


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: `headers` as it sent them, `body` without the framing of the transfer."""

    address: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of this name; an empty string where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def kind(self) -> str:
        """The media type that the server named, in lower case, without its parameters."""
        return self.header("Content-Type").partition(";")[0].strip().lower()

    @property
    def moved(self) -> str | None:
        """The address to which the server points instead, if it does."""
        place = self.header("Location")
        return urljoin(self.address, place) if self.status in REDIRECTED and place else None


class InsideError(OSError):
    """The address leads to this machine or into a private network, and the user did not name it."""


def ask(address: str, bounds: Bounds, *, inside: bool) -> Answer:
    """Ask for a proper address; redirections are not followed.

    `inside` says whether it may lead to this machine or a private network: the user's own addresses may, those that
    come from a page or a feed may not. Raises ArticleError where there is no answer, or none within the bounds.
    """
    request = urllib.request.Request(address, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})
    until = time.monotonic() + bounds.seconds
    try:
        with opener(inside).open(request, timeout=bounds.patience) as response:
            return taken(response, address, bounds, until)
    except urllib.error.HTTPError as e:
        with e:
            return Answer(address, e.code, str(e.reason), tuple(e.headers.items()), b"")
    except (OSError, http.client.HTTPException, ValueError) as e:
        raise ArticleError(address, why(e, bounds)) from None


def taken(response: http.client.HTTPResponse, address: str, bounds: Bounds, until: float) -> Answer:
    """The answer with its body. Raises ArticleError where it is too large, too slow, or cut short."""
    body = bytearray()
    while piece := response.read1(AT_ONCE):
        body += piece
        if len(body) > bounds.bytes:
            raise ArticleError(address, f"too large: more than {bounds.bytes:,} bytes; save the page's text as .txt")
        if time.monotonic() > until:
            raise ArticleError(address, f"not there whole within {bounds.seconds:g} seconds: try again, or save it")
    if response.length:
        raise ArticleError(address, "the page is cut short: the connection broke off; try again")
    return Answer(address, response.status, response.reason, tuple(response.headers.items()), bytes(body))


def why(error: Exception, bounds: Bounds) -> str:
    """What went wrong on the way, in plain words."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, InsideError):
        return "leads to this machine or into a private network: not fetched, as you did not name it yourself"
    if isinstance(cause, TimeoutError):
        return f"no answer within {bounds.patience:g} seconds: try again later"
    if isinstance(cause, ssl.SSLError):
        return "no safe connection: the site's certificate does not hold, or it speaks no TLS"
    if isinstance(cause, socket.gaierror):
        return "no such host, or no network here: look at the address and at the connection"
    if isinstance(cause, ConnectionRefusedError):
        return "nobody answers there: the connection was refused"
    if isinstance(cause, OSError) and cause.strerror:
        return f"cannot be reached: {cause.strerror}"
    return f"the answer is none that a web server gives ({type(cause).__name__})"


@functools.cache
def opener(inside: bool) -> urllib.request.OpenerDirector:
    """What asks, by the proxies of the environment where it names some; `inside` as in `ask`."""
    return urllib.request.build_opener(Stays, Plain(inside), Safe(inside))


class Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: each of its steps is looked at, and kept."""

    def redirect_request(self, *_: object) -> None:
        return None


def outside(connection: http.client.HTTPConnection) -> None:
    """Raise InsideError where a connection was made to this machine or into a private network.

    It is the peer that is looked at, before a word is sent: a name may have another address each time.
    """
    peer = ipaddress.ip_address(connection.sock.getpeername()[0].partition("%")[0])
    peer = getattr(peer, "ipv4_mapped", None) or peer
    if not peer.is_global or peer.is_multicast:
        connection.close()
        raise InsideError


class Outside(http.client.HTTPConnection):
    """A connection that leads out."""

    def connect(self) -> None:
        super().connect()
        outside(self)


class SafeOutside(http.client.HTTPSConnection):
    """A connection that leads out, by TLS."""

    def connect(self) -> None:
        super().connect()
        outside(self)


class Plain(urllib.request.HTTPHandler):
    """http://"""

    def __init__(self, inside: bool) -> None:
        super().__init__()
        self.inside = inside

    def http_open(self, request: urllib.request.Request) -> object:
        # A proxy stands where the administrator put it: where it leads is its affair.
        free = self.inside or request.has_proxy()
        return self.do_open(http.client.HTTPConnection if free else Outside, request)


class Safe(urllib.request.HTTPSHandler):
    """https://"""

    def __init__(self, inside: bool) -> None:
        super().__init__()
        self.inside = inside

    def https_open(self, request: urllib.request.Request) -> object:
        free = self.inside or request._tunnel_host
        context = ssl.create_default_context()
        return self.do_open(http.client.HTTPSConnection if free else SafeOutside, request, context=context)
