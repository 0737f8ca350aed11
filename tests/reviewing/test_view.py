"""The page to read a ledger: in a real browser, with hostile words; it asks for nothing and runs nothing of theirs."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ascribe.reviewing import view
from browsers import CHROMIUM, watched
from ledgers import ORVAN, ledger

HOSTILE = "</script><img src=x onerror=alert(1)><script>alert(2)</script> <!-- {{7*7}} 😀 \u2028"


def hostile():
    return ledger("orvan", "quellin", text=ORVAN.replace("Some 9,000", f"{HOSTILE} Some 9,000"))


def test_the_same_ledger_gives_the_same_page():
    assert view.page(ledger()) == view.page(ledger())
    found = view.page(hostile(), "<b>mine</b>")
    assert found.count("</script>") == 2 and "<img" not in found and "<b>mine" not in found
    assert not re.search(r"(?:src|href)\s*=|@import|url\(", found.split("<script type=")[0])


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_search_filter_and_follow_a_figure(tmp_path):
    sync = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    view.write(hostile(), tmp_path / "page.html")
    with sync.sync_playwright() as playwright:
        page, asked, said = watched(playwright)
        page.goto((tmp_path / "page.html").as_uri())
        count = page.locator(".count")
        assert count.inner_text() == "8 of 8 figures"
        page.locator("select.category").select_option("killed")
        page.locator("select.article").select_option("quellin")
        assert count.inner_text() == "2 of 8 figures"
        page.locator("select.category").select_option("")
        page.locator("input").fill("no such words")
        assert count.inner_text() == "0 of 8 figures"
        page.locator("input").fill("9,000 TOWN")
        page.locator("select.category").select_option("population")
        assert count.inner_text() == "1 of 8 figures"
        page.locator("tbody button").click()
        assert page.locator("mark.figure").inner_text() == "9,000"
        assert HOSTILE.split("\u2028")[0].strip() in page.locator(".text").inner_text()
        found = axe.Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:100] for n in v["nodes"][:2]]) for v in found] == []
        shot = os.environ.get("ASCRIBE_SHOT")
        if shot:
            page.screenshot(path=shot)
        assert said == [] and asked == [(tmp_path / "page.html").as_uri()]
        page.context.browser.close()


def test_it_is_served_on_this_machine_alone(tmp_path):
    ledger().save(tmp_path / "ledger")
    command = [sys.executable, "-u", "-c", "from ascribe.cli import main; main()", "view", "ledger"]
    server = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().split()[0]
        port = int(re.fullmatch(r"http://127\.0\.0\.1:(\d+)/", address)[1])
        for host, status in ((f"127.0.0.1:{port}", 200), ("evil.example.org", 404)):
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            asking.request("GET", "/", headers={"Host": host})
            answer = asking.getresponse()
            assert answer.status == status and (b"12 to 15" in answer.read()) == (status == 200)
        listening = Path("/proc/net/tcp")
        if listening.exists():
            lines = [line.split()[1] for line in listening.read_text().splitlines()[1:]]
            assert [line for line in lines if line.endswith(f":{port:04X}") and not line.startswith("0100007F")] == []
    finally:
        server.terminate()
        server.wait(30)


def test_the_command_writes_one_file(tmp_path):
    ledger().save(tmp_path / "ledger")
    command = [sys.executable, "-c", "from ascribe.cli import main; main()", "view", "ledger", "--to", "page.html"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.stdout == "page.html\n" and "12 to 15" in (tmp_path / "page.html").read_text(encoding="utf-8")
