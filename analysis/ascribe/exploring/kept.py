"""What was extracted once, kept for the next time: by the article's text and by the version that read it.

One small JSON file an article, in the user's own cache folder (`ASCRIBE_CACHE` names another). What cannot be read
there is extracted anew; what cannot be written is not kept. What another version left is swept away.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ascribe.articles.article import Article
from ascribe.errors import ArticleError
from ascribe.extraction import Extraction, extract_all
from ascribe.extraction.records import Claim, Figure
from ascribe.publishing.build import keys

VERSIONS = 3
"""How many versions' extractions are kept: of a package that is being worked on, each change is one."""


def folder() -> Path:
    """Where extractions are kept: `ASCRIBE_CACHE`, else the user's cache folder."""
    import platformdirs

    return Path(os.environ.get("ASCRIBE_CACHE") or platformdirs.user_cache_dir("ascribe", appauthor=False))


@dataclasses.dataclass(frozen=True)
class Kept:
    """The extractions kept in a folder for one version of the package."""

    place: Path

    @classmethod
    def here(cls) -> Kept:
        """Those of this version. Others than the newest few are removed."""
        place = folder() / "extractions" / keys.shared()[:16]
        with contextlib.suppress(OSError):
            if not place.is_dir():
                place.mkdir(parents=True, exist_ok=True)
                old = sorted(place.parent.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True)[VERSIONS:]
                for other in old:
                    shutil.rmtree(other, ignore_errors=True)
        return cls(place)

    def extract_all(
        self, articles: Iterable[Article], on_error: Callable[[ArticleError], None]
    ) -> Iterator[Extraction]:
        """One Extraction an article, in the order in which they are ready: first those that are kept."""
        missing = []
        for article in articles:
            found = self.get(article)
            if found:
                yield found
            else:
                missing.append(article)
        for found in extract_all(missing, on_error=on_error) if missing else ():
            self.put(found)
            yield found

    def get(self, article: Article) -> Extraction | None:
        """What was extracted from this very article, or None."""
        try:
            held = json.loads(self._path(article).read_text(encoding="utf-8"))
            claims = tuple(Claim(**_tupled(row)) for row in held["claims"])
            return Extraction(article, claims, tuple(Figure(**_tupled(row)) for row in held["figures"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def put(self, found: Extraction) -> None:
        """Keep what was extracted; a disk that is full costs only that."""
        rows = {"claims": [dataclasses.asdict(c) for c in found.claims]}
        rows["figures"] = [dataclasses.asdict(f) for f in found.figures]
        path = self._path(found.article)
        with contextlib.suppress(OSError, UnicodeError):
            path.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(dir=path.parent)
            with open(number, "w", encoding="utf-8") as f:
                json.dump(rows, f, ensure_ascii=True)
            os.replace(name, path)

    def _path(self, article: Article) -> Path:
        told = repr(dataclasses.replace(article, path=None, notes=()))
        digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        return self.place / digest[:2] / f"{digest}.json"


def _tupled(row: dict[str, object]) -> dict[str, object]:
    def plain(value: object) -> object:
        return tuple(map(plain, value)) if isinstance(value, list) else value

    return {name: plain(value) for name, value in row.items()}
