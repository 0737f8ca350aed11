"""What making reports costs, beside the commands that a newsroom would otherwise type.

Twenty reports of one notebook, as executed notebook, HTML and PDF, against `papermill` and `jupyter nbconvert --to
html` called for each (theirs make no PDF: that needs a browser or TeX). Theirs are timed on a few and multiplied up.
And one report of a hundred pages.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

REPORTS, TIMED = 20, 4
ROOT = Path(__file__).parents[2]


class Cost(NamedTuple):
    """Seconds by the clock and seconds of processor; only the second is to be trusted on a machine that is busy."""

    clock: float
    processor: float


def measure(shared: Path) -> dict[str, object]:
    """Seconds for building 20 reports, for one, and for finding that nothing changed; theirs, ratios; a long report.

    Raises FileNotFoundError where the package is not in its repository, whose notebook and articles it needs.
    """
    notebook = ROOT / "notebooks" / "article.ipynb"
    articles = sorted((ROOT / "reports" / "articles").glob("*.md"))[:REPORTS]
    if not notebook.is_file() or len(articles) < REPORTS:
        raise FileNotFoundError(f"{ROOT}: the sample notebook and {REPORTS} sample articles are not here")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in ("notebooks", "articles", "reports"):
            (folder / name).mkdir()
        shutil.copy(notebook, folder / "notebooks")
        for path in articles:
            shutil.copy(path, folder / "articles")
        listed = "".join(f"  {p.stem}: {{articles: articles/{p.name}}}\n" for p in articles)
        (folder / "reports" / "all.yml").write_text(f"notebook: notebooks/article.ipynb\nreports:\n{listed}")
        binaries = Path(sys.executable).parent
        ascribe = [str(binaries / "ascribe")]
        one = [
            *ascribe,
            "report",
            "notebooks/article.ipynb",
            "-p",
            f"article=articles/{articles[0].name}",
            "--out",
            "one",
        ]
        ours = {
            "20_reports": timed([*ascribe, "build", "--jobs", "2"], folder),
            "nothing_changed": min(timed([*ascribe, "build"], folder) for _ in range(TIMED)),
            "one_report": min(timed(one, folder) for _ in range(TIMED)),
        }
        page = folder / "reports" / "all" / articles[0].stem
        sizes = {f"{kind}_kB": round((page / f"{page.name}.{kind}").stat().st_size / 1000) for kind in ("html", "pdf")}
        run = [binaries / "papermill", notebook, "theirs.ipynb", "-p", "article"]
        convert = [binaries / "jupyter", "nbconvert", "--to", "html", "theirs.ipynb"]
        spent = []
        for path in articles[:TIMED]:
            parts = timed([*run, f"articles/{path.name}"], folder), timed(convert, folder)
            spent.append(Cost(*map(sum, zip(*parts, strict=True))))
        each = [sum(part) / TIMED * REPORTS for part in zip(*spent, strict=True)]
        theirs = {"20_reports": Cost(*each), "one_report": min(spent)}
    ratios = {
        f"{name}_{field}": getattr(ours[name], field) / getattr(theirs[name], field)
        for name in theirs
        for field in Cost._fields
    }
    costs = {
        who: {f"{name}_{field}_s": value for name, cost in found.items() for field, value in cost._asdict().items()}
        for who, found in (("ours", ours), ("papermill_and_nbconvert", theirs))
    }
    return rounded({**costs, "ratio": ratios, "size": sizes, "long": long_report()})


def long_report(parts: int = 100, rows: int = 1000) -> dict[str, float]:
    """Pages, and the seconds that HTML and PDF take, of a report of many parts and one long table."""
    import pandas as pd
    import pypdfium2
    from ascribe.publishing.present.display import table
    from ascribe.publishing.render import html
    from ascribe.publishing.render.document import document
    from ascribe.publishing.render.pdf import typeset as pdf
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    frame = pd.DataFrame({"name": [f"row {i}" for i in range(rows)], "n": range(rows)})
    text = "A sentence that fills the line, and another. " * 110
    cells = [new_markdown_cell(f"## Part {i}\n\n{text}") for i in range(parts)]
    data = table(frame, "Rows")._repr_mimebundle_()
    cells.append(new_code_cell("show()", outputs=[new_output("display_data", data=data)]))
    made = document(new_notebook(cells=cells), "long")
    start = time.perf_counter()
    html.render(made)
    between = time.perf_counter()
    printed = pdf.render(made)
    end = time.perf_counter()
    pages = len(pypdfium2.PdfDocument(printed.content))
    return {"pages": pages, "html_s": between - start, "pdf_s": end - between}


def timed(command: Sequence[object], folder: Path) -> Cost:
    """What a command takes in a folder. Raises CalledProcessError where it fails."""
    start, before = time.perf_counter(), _processor()
    subprocess.run([str(c) for c in command], cwd=folder, check=True, capture_output=True, env=os.environ)
    return Cost(time.perf_counter() - start, _processor() - before)


def _processor() -> float:
    """Seconds of processor that processes started here have taken, once they have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rounded(measures: dict) -> dict:
    return {k: rounded(v) if isinstance(v, dict) else round(v, 3) for k, v in measures.items()}


if __name__ == "__main__":
    print(json.dumps(measure(Path()), indent=1))
