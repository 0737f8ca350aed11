"""What changed between two builds, told by words and not by offsets alone."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path

import mistune
import pytest
from ascribe.publishing.build import changes

CLAIM = {
    "claim_id": "c1", "doc_id": "a", "text": "It will rise.", "source_name": "Marisol Tane", "cue": "say",
    "kind": "direct", "via": "[]", "polarity": "asserted", "likelihood": "", "stated_on": "",
}  # fmt: skip
FIGURE = {
    "figure_id": "f1", "doc_id": "a", "number": "90", "counted": "houses", "value": "90", "low": "90", "high": "90",
    "bound": "exact", "unit": "", "category": "infrastructure", "whose": "", "source_name": "Marisol Tane",
    "credit": "explicit", "via": "[]", "as_of": "", "accumulation": "", "window_start": "", "window_end": "",
}  # fmt: skip


def tables(folder: Path, claims: list[dict], figures: list[dict]) -> Path:
    folder.mkdir(parents=True)
    for name, rows, like in (("claims", claims, CLAIM), ("figures", figures, FIGURE)):
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as f:
            writer = csv.DictWriter(f, list(like))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def test_nothing_changed(tmp_path):
    one, two = (tables(tmp_path / n, [CLAIM], [FIGURE]) for n in "ab")
    found = changes.compared(one, two)
    assert changes.is_empty(found)
    assert "No claim or figure changed" in changes.readable(found, "T")


def test_words_moved_are_the_same_words(tmp_path):
    one = tables(tmp_path / "a", [CLAIM], [FIGURE, FIGURE | {"figure_id": "f2"}])
    moved = [FIGURE | {"figure_id": "f8"}, FIGURE | {"figure_id": "f9"}]
    two = tables(tmp_path / "b", [CLAIM | {"claim_id": "c9"}], moved)
    assert changes.is_empty(changes.compared(one, two))


def test_gained_lost_and_altered(tmp_path):
    one = tables(tmp_path / "a", [CLAIM], [FIGURE, FIGURE | {"figure_id": "f2", "number": "7"}])
    two = tables(
        tmp_path / "b",
        [CLAIM | {"source_name": "", "polarity": "denied"}, CLAIM | {"claim_id": "c2", "text": "More."}],
        [FIGURE | {"figure_id": "f3", "source_name": "", "credit": "none"}],
    )
    found = changes.compared(one, two)
    assert [c["text"] for c in found["claims"]["gained"]] == ["More."]
    assert [f["number"] for f in found["figures"]["lost"]] == ["7"]
    (claim,) = found["claims"]["altered"]
    assert claim["changed"] == {
        "source_name": {"was": "Marisol Tane", "now": ""}, "polarity": {"was": "asserted", "now": "denied"},
    }  # fmt: skip
    (figure,) = found["figures"]["altered"]
    assert figure["id"] == "f3" and figure["changed"]["credit"] == {"was": "explicit", "now": "none"}
    said = changes.readable(found, "T")
    assert "## Figures lost (1)" in said and "7 houses" in said
    assert "source name: Marisol Tane → none" in said


def test_a_rate_is_no_total_and_a_month_is_no_year(tmp_path):
    rate = FIGURE | {"accumulation": "rate", "window_start": "", "window_end": ""}
    total = rate | {"accumulation": "total", "window_start": "2031-05-01", "window_end": "2031-05-31"}
    one = tables(tmp_path / "a", [], [rate])
    found = changes.compared(one, tables(tmp_path / "b", [], [total]))
    (figure,) = found["figures"]["altered"]
    assert figure["changed"] == {
        "accumulation": {"was": "rate", "now": "total"},
        "window_start": {"was": "", "now": "2031-05-01"},
        "window_end": {"was": "", "now": "2031-05-31"},
    }
    said = changes.readable(found, "T")
    assert "90 houses, infrastructure, a total, 2031-05-01 to 2031-05-31, credited to Marisol Tane" in said
    assert "accumulation: rate → total; window start: none → 2031-05-01" in said


def test_a_column_that_the_last_build_did_not_have_yet_is_no_change(tmp_path):
    one = tables(tmp_path / "a", [], [{k: v for k, v in FIGURE.items() if k != "accumulation"}])
    two = tables(tmp_path / "b", [], [FIGURE | {"accumulation": "total"}])
    header, row = (one / "figures.csv").read_text(encoding="utf-8").splitlines()
    (one / "figures.csv").write_text(f"{header.removesuffix(',accumulation,window_start,window_end')}\n{row[:-3]}\n")
    assert changes.is_empty(changes.compared(one, two))


def test_a_comment_made_of_it_shows_article_text_as_text(tmp_path):
    hostile = "<img src=x> [a](http://example.org) **b** `c` @everyone #1\n\n# d ![t](https://example.org/t.png)"
    odd = CLAIM | {"text": hostile, "doc_id": "a\n::error::b", "source_name": "@everyone"}
    odd_figure = FIGURE | {"category": hostile, "number": "https://example.org", "counted": "www.example.org"}
    one, two = tables(tmp_path / "a", [], []), tables(tmp_path / "b", [odd], [odd_figure])
    said = changes.readable(changes.compared(one, two), hostile)
    page = "\n".join(line for line in said.splitlines() if not line.startswith("    "))
    shown = re.sub("(`+)(?!`).*?(?<!`)\\1(?!`)", "", page)  # without what stands in code spans
    assert not re.search(r"[<\[\]*@#!](?<!^#)(?<!^##)|example|::|www", shown, re.M), shown
    assert said.count("everyone") == 4 and "\n# d" not in said
    html = mistune.create_markdown(plugins=["url", "strikethrough", "table", "footnotes"])(said)
    assert set(re.findall("<([a-z0-9]+)", html)) <= {"h1", "h2", "ul", "li", "p", "code"}


@pytest.mark.parametrize(
    "text",
    ["90,000", "Marisol Tane", "“It will rise,” she said (in Orvan).", "€5 to €6 million", "", "12.5%", "=12",
     "-1", "a_b_c", "``", "`", " ` ", "a``b`c", "$x$", "\x1b[31m", "\u202e",
     "1234567", "'quoted", ":smile:", "GH-12", "a@b.org"],
)  # fmt: skip
def test_any_text_is_shown_as_it_is(text):
    html = mistune.create_markdown(plugins=["url", "strikethrough"])(f"- x: {changes.plain(text)}")
    shown = unescape(re.sub("<[^>]+>", "", html)).strip().removeprefix("x:").strip()
    expected = " ".join("".join(c if c.isprintable() else " " for c in text.removeprefix("'")).split())
    assert shown == expected


def test_no_table_before_means_all_is_new(tmp_path):
    found = changes.compared(tmp_path / "none", tables(tmp_path / "b", [CLAIM], [FIGURE]))
    assert len(found["claims"]["gained"]) == len(found["figures"]["gained"]) == 1
