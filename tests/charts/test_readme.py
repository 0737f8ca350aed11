"""The README's picture: there, and drawn by the command that the README's authors run."""

from __future__ import annotations

import struct

from ascribe.charts import readme, rows, style
from chart_data import DOCUMENTS, several


def test_the_picture_is_a_chart_as_wide_as_the_others(root):
    head = (root / readme.PICTURE).read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, _ = struct.unpack(">II", head[16:24])
    assert width == style.WIDTH * 160


def test_it_has_its_title():
    figure = readme.picture(rows.estimates(several(5), DOCUMENTS))
    assert readme.TITLE in {t.get_text() for t in figure.texts}
