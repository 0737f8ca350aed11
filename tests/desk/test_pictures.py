"""A chart's files: their sizes, the same bytes each time, the numbers that were drawn."""

from __future__ import annotations

import csv
import io

import ascribe
import pytest
from ascribe.charts import estimates, rows
from ascribe.desk import pictures
from ascribe.errors import ParameterError, RenderError
from chart_data import DOCUMENTS, several
from ledgers import ORVAN, ledger
from PIL import Image


def test_every_size_is_what_it_says(tmp_path):
    made = ascribe.open(ledger("orvan", "quellin"))
    paths = {p.name: p for p in made.killed().save(tmp_path)}
    assert set(paths) == {f"killed{end}" for end in (".svg", ".png", "-social.png", "-square.png", ".csv", ".html")}
    assert Image.open(paths["killed.png"]).width == 2100
    for name, size in pictures.SIZES.items():
        assert Image.open(paths[f"killed-{name}.png"]).size == size
    before = {name: path.read_bytes() for name, path in paths.items()}
    assert {p.name: p.read_bytes() for p in made.killed().save(tmp_path)} == before


@pytest.mark.parametrize("shape", [9 / 16, 1.0])
@pytest.mark.parametrize("n", [1, 12, 60])
def test_what_does_not_fit_is_left_out_and_said(shape, n):
    found = rows.estimates(several(n), DOCUMENTS)
    made = pictures.fitted(estimates.draw, found, shape)
    said = " ".join(t.get_text() for t in made.texts)
    whole = estimates.draw(found)
    if pictures.tall(whole) <= shape:
        assert "largest of" not in said
    else:
        assert f"largest of {len(found)} estimates" in said
        assert pictures.tall(made) <= shape or "The 1 largest" in said


def test_the_numbers_are_those_drawn(tmp_path):
    text = f"={ORVAN}"
    made = ascribe.open(ledger(text=text)).killed()
    made.save(tmp_path, "mine")
    found = list(csv.DictReader(io.StringIO((tmp_path / "mine.csv").read_text("utf-8-sig"))))
    assert [(r["stated"], r["low"], r["high"], r["open"]) for r in found] == [
        ("at least 40 miners", "40", "40", "up"), ("12 to 15", "12", "15", ""),
    ]  # fmt: skip
    assert found[0]["who"] == "Marisol Tane" and "At least 40 miners" in found[0]["words"]
    assert found[0]["words"].startswith("'=At least")  # no spreadsheet takes it for a formula


def test_what_cannot_be(tmp_path):
    made = ascribe.open(ledger())
    with pytest.raises(ParameterError, match="nothing to draw"):
        made.money().save(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(RenderError, match="cannot be written"):
        made.killed().save(tmp_path / "file")


def test_names_of_files():
    made = ascribe.open(ledger())
    assert made.losses().by("Marisol Tane").in_("2031").name() == "losses-by-marisol-tane-in-2031"
    assert made.chosen().name() == "figures" and made.at("Орван").name() == "at"
