"""What was fetched, kept beside the ledger as a web archive: the evidence, and what an offline run reads."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

from ascribe.articles.fetching.asking import AGENT, Answer
from ascribe.errors import AscribeError

LEFT_OUT = ("transfer-encoding", "content-length", "connection", "keep-alive")
"""Headers of the connection: the body lies in the archive without its framing."""


def folder(out: str | Path) -> Path:
    """Where the pages of a ledger lie: beside it, under its name with -pages."""
    path = os.path.normpath(out)
    return Path(f"{os.path.realpath(path) if os.path.basename(path) in ('', '.', '..') else path}-pages")


class Kept:
    """A web archive (WARC 1.1) named by the time of its run, begun with its first record. None is ever overwritten."""

    def __init__(self, beside: str | Path) -> None:
        self.folder = folder(beside)
        self.path: Path | None = None

    def add(self, answer: Answer) -> None:
        """Put an answer into it, at once. Raises AscribeError where it cannot be written."""
        from warcio.statusandheaders import StatusAndHeaders

        headers = [(key, value) for key, value in answer.headers if key.lower() not in LEFT_OUT]
        headers.append(("Content-Length", str(len(answer.body))))
        status = StatusAndHeaders(f"{answer.status} {answer.reason}", headers, protocol="HTTP/1.1")
        try:
            with self.opened() as file:
                writer = self.writer(file)
                record = writer.create_warc_record(
                    answer.address, "response", payload=io.BytesIO(answer.body), http_headers=status
                )
                writer.write_record(record)
        except OSError as e:
            raise AscribeError(f"{self.path or self.folder}: cannot be written: {e.strerror or e}") from None

    def opened(self) -> io.BufferedWriter:
        if self.path is not None:
            return self.path.open("ab")
        self.folder.mkdir(parents=True, exist_ok=True)
        now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%fZ")
        self.path = self.folder / f"{now}.warc.gz"
        file = self.path.open("xb")
        writer = self.writer(file)
        writer.write_record(writer.create_warcinfo_record(self.path.name, {"software": AGENT, "robots": "classic"}))
        return file

    def writer(self, file: io.BufferedWriter) -> object:
        from warcio.warcwriter import WARCWriter

        return WARCWriter(file, gzip=True, warc_version="1.1")
