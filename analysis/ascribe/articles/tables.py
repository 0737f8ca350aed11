"""Tables of articles, one a row: CSV, TSV, Excel and Parquet; read a few rows at a time.

Which column holds what is known by its name, as people name them (`text`, `body`, `headline`, `date`, … in any case),
or is said: `with named({"text": "Artikel"}): ...`. Only files that are named are read: in a folder a table may be
anything.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType

from ascribe.articles import jsonl
from ascribe.articles.article import Article
from ascribe.articles.characters import LARGEST
from ascribe.articles.position import reading
from ascribe.errors import ArticleError

KNOWN = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "article_text", "body_text"),
    "doc_id": ("doc_id", "id", "guid", "article_id"),
    "title": ("title", "headline"),
    "published": (
        "published",
        "date",
        "published_at",
        "publication_date",
        "pub_date",
        "pubdate",
        "publish_date",
        "day",
    ),
    "publisher": ("publisher", "outlet", "publication", "newspaper", "site", "source"),
    "author": ("author", "authors", "byline"),
    "url": ("url", "link", "address"),
    "language": ("language", "lang"),
}
"""The names that columns have, the surest first."""
ROWS = 64
"""Rows of a Parquet file that are held at once."""
UNPACKED = 4 * 2**30
"""Bytes that an Excel file may unpack to."""
_named: ContextVar[Mapping[str, str]] = ContextVar("named", default=MappingProxyType({}))


@contextlib.contextmanager
def named(columns: Mapping[str, str]) -> Iterator[None]:
    """As long as this lasts, tables have these columns: `{"text": "Artikel", "published": "Datum"}`.

    Raises ArticleError where something else is mapped than an article has.
    """
    if unknown := set(columns) - set(KNOWN):
        raise ArticleError("--column", f"{min(unknown)!r} is nothing of an article: write one of {', '.join(KNOWN)}")
    token = _named.set(dict(columns))
    try:
        yield
    finally:
        _named.reset(token)


def read(path: Path) -> Iterator[Article | ArticleError]:
    """An article, or what is wrong with it, for each row that is not empty."""
    rows = {".csv": _csv, ".tsv": _csv, ".xlsx": _excel, ".parquet": _parquet}[path.suffix.lower()](path)
    empty = True
    try:
        for number, row in rows:
            if any(value not in (None, "") for value in row.values()):
                empty = False
                try:
                    yield jsonl.made({k: _plain(v) for k, v in row.items()}, f"{path}:{number}", path)
                except ArticleError as e:
                    yield e
    except OSError as e:
        raise ArticleError(path, f"cannot be read: {e.strerror or e}") from e
    if empty:
        raise ArticleError(path, "no rows: nothing to read")


def columns(found: Sequence[object], path: Path) -> dict[str, str]:
    """Which of a table's columns holds what: by what was said, else by its name.

    Raises ArticleError where none holds the text, or one that was said is not there.
    """
    names = [str(name) for name in found if name not in (None, "")]
    low = {name.strip().lower().replace(" ", "_"): name for name in reversed(names)}
    there = f"it has {', '.join(names[:12])}{' …' if len(names) > 12 else ''}" if names else "it has none"
    chosen = {}
    for part, known in KNOWN.items():
        said = _named.get().get(part)
        if said is not None and said not in names:
            raise ArticleError(path, f"no column {said!r} in this table: {there}")
        name = said or next((low[k] for k in known if k in low and low[k] not in _named.get().values()), None)
        if name is not None:
            chosen[part] = name
    if "text" not in chosen:
        raise ArticleError(path, f"no column is known to hold the text ({there}): say which, --column text=NAME")
    return chosen


def _csv(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    before = csv.field_size_limit(LARGEST)
    try:
        with path.open("rb") as raw, reading(raw), path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(_followed(file, raw), delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
            header = next(rows, None)
            if header is None:
                return
            if len(header) == 1 and ";" in header[0]:  # as spreadsheets write it where a comma stands in numbers
                rows = csv.reader(_followed(file, raw), delimiter=";")
                header = next(csv.reader(header, delimiter=";"))
            chosen = {part: header.index(name) for part, name in columns(header, path).items()}
            for row in rows:
                yield rows.line_num, {part: row[at] if at < len(row) else None for part, at in chosen.items()}
    except UnicodeDecodeError as e:
        raise ArticleError(path, f"broken UTF-8 ({e.reason}): save the table as CSV in UTF-8") from e
    except csv.Error as e:
        raise ArticleError(path, f"not a CSV file: {e}") from e
    finally:
        csv.field_size_limit(before)


def _followed(file: Iterable[str], raw: object) -> Iterator[str]:
    """The lines of a file; `raw`, the same file, is moved along, for who follows the position."""
    done = 0
    for number, line in enumerate(file):
        if len(line) > LARGEST:
            raise csv.Error(f"a line of more than {LARGEST:,} characters")
        done += len(line.encode("utf-8", "surrogatepass"))
        if number % 256 == 0:
            raw.seek(done)
        yield line


def _excel(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    import openpyxl

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(item.file_size for item in packed.infolist()) > UNPACKED:
                raise ArticleError(path, f"unpacks to more than {UNPACKED:,} bytes: give it as CSV or Parquet")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except ArticleError:
        raise
    except Exception as e:  # openpyxl has no one error for what is no workbook
        raise ArticleError(path, f"not an Excel workbook (.xlsx): {type(e).__name__}") from e
    with contextlib.closing(book):
        rows = iter(book.worksheets[0].iter_rows(values_only=True)) if book.worksheets else iter(())
        try:
            header = next(rows, ())
            chosen = {part: list(map(str, header)).index(name) for part, name in columns(header, path).items()}
            for number, row in enumerate(rows, 2):
                yield number, {part: row[at] if at < len(row) else None for part, at in chosen.items()}
        except ArticleError:
            raise
        except Exception as e:
            raise ArticleError(path, f"damaged: the sheet breaks off ({type(e).__name__})") from e


def _parquet(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    import pyarrow as pa
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            chosen = columns(file.schema_arrow.names, path)
            number = 0
            for batch in file.iter_batches(batch_size=ROWS, columns=list(chosen.values()), use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield number, {part: row[name] for part, name in chosen.items()}
    except pa.ArrowException as e:
        raise ArticleError(path, f"not a whole Parquet file: {str(e).splitlines()[0]}") from e


def _plain(value: object) -> object:
    """A cell as a line of JSON would have it."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, str) else str(value)
