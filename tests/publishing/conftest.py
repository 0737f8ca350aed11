"""What the tests of reports share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    """The page of a report in which every field is hostile."""
    from ascribe.publishing.render import html
    from ascribe.publishing.render.document import document
    from hostile import notebook

    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html.render(document(notebook(), "report")), encoding="utf-8")
    return path
