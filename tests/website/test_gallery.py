"""The gallery: every chart is on it, and the page's own lines draw each picture."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import struct

import pytest
from ascribe import charts
from ascribe.charts import style
from website import gallery


@pytest.fixture(scope="module")
def page(root):
    return root / "docs" / "gallery.md"


def test_every_chart_is_on_the_page(page):
    modules = (importlib.import_module(f"ascribe.charts.{m.name}") for m in pkgutil.iter_modules(charts.__path__))
    drawing = {m.__name__.rpartition(".")[2] for m in modules if hasattr(m, "draw") and hasattr(m, "describe")}
    text = page.read_text(encoding="utf-8")
    assert len(drawing) >= 7
    assert drawing == {name for name in drawing if f"{name}.draw(" in text and f"](gallery/{name}.png)" in text}


@pytest.fixture(scope="module")
def drawn(root, page):
    here = os.getcwd()
    os.chdir(root)
    try:
        return dict(gallery.drawn(page))
    finally:
        os.chdir(here)


def test_the_lines_of_the_page_draw_what_is_shown(page, drawn):
    for name, chart in drawn.items():
        head = (page.parent / name).read_bytes()[:24]
        assert head.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", head[16:24])
        assert width == style.WIDTH * gallery.DPI
        tall = chart.get_size_inches()[1] * gallery.DPI
        assert abs(height - tall) <= 2, f"{name} is another chart now: python -m website.gallery"
    assert len(drawn) == len(re.findall(r"^!\[", page.read_text("utf-8"), re.M))
