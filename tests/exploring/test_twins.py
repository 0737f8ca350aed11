"""A chart's interactive twin: each figure drawn has a place, and in a browser a click there opens its words."""

from __future__ import annotations

import ascribe
import pytest
from ascribe.charts import estimates, rows, style, timeline
from ascribe.errors import RenderError
from browsers import CHROMIUM, watched
from chart_data import DOCUMENTS, several
from ledgers import ORVAN, ledger

HOSTILE = "</script><img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.mark.parametrize("n", [1, 8, 40])
@pytest.mark.parametrize("chart", [estimates, timeline])
def test_every_figure_drawn_has_a_place_on_the_page(chart, n):
    found = rows.estimates(several(n), DOCUMENTS)
    found = found[found["when"].notna()] if chart is timeline else found
    if found.empty:
        pytest.skip("none of these is dated")
    spots = style.spots(chart.draw(found))
    drawn = [r.drawn for _, lines in estimates.layout(found)[0] for r in lines] if chart is estimates else [found]
    assert {i for spot in spots for i in spot.ids} == {i for part in drawn for i in part["figure_id"]}
    for spot in spots:
        assert 0 <= spot.left <= spot.left + spot.width <= 1.0001 and 0 <= spot.top <= spot.top + spot.height <= 1.0001
        assert spot.says and spot.width > 0 and spot.height > 0


def test_the_same_chart_gives_the_same_bytes(tmp_path):
    made = ascribe.open(ledger())
    pages = [made.killed().draw().save(tmp_path / name).read_text() for name in ("a.html", "a.html")]
    assert pages[0] == pages[1] and len(pages[0]) < 300_000
    with pytest.raises(RenderError, match="cannot be written"):
        made.killed().draw().save(tmp_path / "nowhere" / "a.html")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_a_click_opens_the_words(tmp_path):
    sync = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    text = ORVAN.replace("Some 9,000", f"{HOSTILE} Some 9,000").replace("At least 40", f"{HOSTILE} At least 40")
    ascribe.open(ledger(text=text)).killed().draw().save(tmp_path / "chart.html")
    with sync.sync_playwright() as playwright:
        page, asked, said = watched(playwright)
        page.goto((tmp_path / "chart.html").as_uri())
        spot = page.locator("button.spot").first
        spot.hover()
        assert "Marisol Tane" in page.locator(".tip").inner_text()
        spot.click()
        assert page.locator(".ascribe-words mark").inner_text() == "40"
        assert HOSTILE in page.locator(".ascribe-words blockquote").inner_text()
        assert page.locator(".ascribe-words img").count() == 0
        spot.click()
        assert page.locator(".ascribe-words").count() == 0
        page.locator("button.spot").nth(1).focus()
        page.keyboard.press("Enter")
        assert page.locator(".ascribe-words mark").inner_text() == "12 to 15"
        found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
        assert found.violations_count == 0, found.generate_report()
        assert said == [] and [a for a in asked if not a.startswith(("file:", "data:"))] == []
        page.context.browser.close()
