"""The pages in a real browser: nothing runs, nothing is asked for, everybody can read them.

Chromium is the system's own; Playwright drives it, and axe-core (from axe-playwright-python) judges what it shows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from ascribe.publishing.present.display import figure, table
from ascribe.publishing.render import html
from ascribe.publishing.render.document import document
from browsers import CHROMIUM
from hostile import notebook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_notebook, new_output

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the browser tests need Playwright and axe")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.xdist_group("browser"),
]
# A shadow under a table that scrolls is a picture to axe, on which it will not judge contrast.
PLAIN = ".scroll { background: none !important; }"
VIEWS = {"desk": ("light", 1280), "tablet": ("light", 800), "phone": ("dark", 390), "night": ("dark", 1280)}


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


class Look:
    """A page in the browser, with what it said and asked for."""

    def __init__(self, browser, path: Path, scheme: str = "light", width: int = 1280, media: str = "screen") -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        self.page = self.context.new_page()
        self.page.emulate_media(media=media, color_scheme=scheme)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("popup", lambda popup: self.said.append(f"popup {popup.url}"))
        self.page.goto(path.as_uri())
        self.path = path

    def __enter__(self) -> Look:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def is_quiet(self) -> None:
        assert self.said == []
        assert [a for a in self.asked if not a.startswith("data:")] == [self.path.as_uri()]

    def is_accessible(self) -> None:
        self.page.add_style_tag(content=PLAIN)
        found = axe.Axe().run(self.page).response["violations"]
        assert [(v["id"], v["impact"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found] == []

    def fits(self) -> None:
        """Nothing sticks out to the side; what is wide scrolls in a box of its own."""
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def scrolls(self) -> list[str]:
        """What is wider than its box: its name."""
        return self.page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)"
            ".map(e => e.ariaLabel)"
        )


@pytest.mark.parametrize("view", VIEWS)
def test_a_hostile_report_runs_nothing_and_reads_well(browser, page, view):
    scheme, width = VIEWS[view]
    with Look(browser, page, scheme, width) as look:
        assert look.page.title().startswith("<script>")
        for link in look.page.locator("summary").all():
            link.click()
        look.is_quiet()
        look.is_accessible()
        look.fits()


# What has been used against pages like this one; put together anew by hypothesis.
PIECES = st.sampled_from([
    "<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "javascript:alert(1)", '"', "'",
    "<style>*{background:url(http://example.org/x)}</style>", "</style>", "<iframe srcdoc='<script>alert(1)</script>'>",
    "<meta http-equiv=refresh content='0;url=http://example.org'>", "<base href=http://example.org>", "<!--", "-->",
    "<![CDATA[", "]]>", "&lt;script&gt;", "&#x3c;", "{{7*7}}", "{% raw %}", "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))", "![x](http://example.org/x.png)", "<link rel=stylesheet href=//example.org>", "\x00",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>", "<details open ontoggle=alert(1)>", "\u2028", "\ufeff",
    "<template>", "<noscript>", "<textarea>", "<title>", "</title>", "</table>", "<plaintext>", "\u202e", "a",
    " ", "\n",
])  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(PIECES, min_size=1, max_size=8).map("".join))
def test_no_words_get_out_of_their_place(browser, tmp_path, words):
    path = tmp_path / "report.html"
    path.write_text(html.render(document(notebook(words), "report")), encoding="utf-8")
    with Look(browser, path) as look:
        look.is_quiet()
        assert look.page.locator("main").count() == 1
        assert look.page.evaluate("document.querySelectorAll('script, iframe, object, embed, form, base').length") == 0
        assert look.page.locator(".provenance, .annotated").count() == 1  # and nothing of the page was swallowed


@pytest.mark.parametrize(("width", "cards"), [(390, True), (1280, False)])
def test_a_wide_table_is_cards_on_a_phone_and_a_chart_fits(browser, tmp_path, width, cards):
    rows = pd.DataFrame({"who": ["Orvan Ministry of Health"], "number": ["at least 90,000"], "note": [None]})
    rows["words"] = "At least 90,000 people have fled the valley, the ministry said, and more were on the way."
    drawing = Figure(figsize=(7, 1))
    drawing.text(0.1, 0.5, "a chart")
    shown = [table(rows, "A wide table"), figure(drawing, "A chart of nothing.", "A chart", data=rows)]
    outputs = [new_output("display_data", data={"text/html": fragment.html}) for fragment in shown]
    path = tmp_path / "report.html"
    cell = new_code_cell("shown", outputs=outputs)
    path.write_text(html.render(document(new_notebook(cells=[cell]), "A report")), encoding="utf-8")
    with Look(browser, path, width=width) as look:
        cell = look.page.locator("td", has_text="at least 90,000").first
        label = cell.evaluate("e => getComputedStyle(e, '::before').content")
        assert (label == '"Number"') == cards and look.scrolls() == []
        assert look.page.locator("thead").first.bounding_box()["width"] > 1 or cards
        assert look.page.locator("td.o").first.is_visible() != cards  # what says nothing takes no line
        look.is_accessible()
        look.page.locator(".chart").click()
        assert (look.scrolls() == ["Chart"]) == cards  # tapped, it is large enough to be read


@pytest.fixture(scope="module")
def samples(root, tmp_path_factory) -> list[Path]:
    """The sample reports, made here."""
    folder = tmp_path_factory.mktemp("samples")
    shutil.copytree(root / "notebooks", folder / "notebooks")
    kept = shutil.ignore_patterns("*.html", "*.pdf", "*.ipynb", ".*")
    shutil.copytree(root / "reports", folder / "reports", ignore=kept)
    command = [Path(sys.executable).with_name("ascribe"), "build"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stderr
    return sorted((folder / "reports").rglob("*.html"))


def test_the_sample_reports_read_well(browser, samples):
    assert len(samples) >= 6
    for path in samples:
        for scheme, width in VIEWS.values():
            with Look(browser, path, scheme, width) as look:
                look.is_quiet()
                look.fits()
                assert look.scrolls() == []  # on a phone a table's rows are cards
                if (scheme, width) in (VIEWS["desk"], VIEWS["phone"]):
                    look.is_accessible()
        with Look(browser, path) as look:  # each chart has its table, folded away
            folds = look.page.locator("summary", has_text="The numbers behind this chart")
            assert folds.count() == look.page.locator(".chart").count() > 0
            for fold in folds.all():
                fold.click()
                assert fold.locator("xpath=..").locator("td").first.is_visible()
            look.is_accessible()
        with Look(browser, path, media="print") as look:
            assert not look.page.locator("nav").is_visible()
            assert not [fold for fold in look.page.locator("summary").all() if fold.is_visible()]  # paper cannot unfold
            look.is_accessible()


def test_a_figure_leads_to_its_words(browser, samples):
    path = next(p for p in samples if p.stem == "ninety-thousand")
    with Look(browser, path) as look:
        link = look.page.locator("td a[href^='#fig']").first
        link.click()
        words = look.page.locator("mark:target")
        assert words.count() == 1 and words.inner_text().strip()
        assert link.inner_text().split()[-1] or words.is_visible()
        box = words.bounding_box()
        assert box and 0 <= box["y"] < 900
