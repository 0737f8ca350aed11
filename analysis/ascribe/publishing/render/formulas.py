"""Formulas in TeX as drawings, by matplotlib's own typesetting: it knows most of what text needs, and no program."""

from __future__ import annotations

import base64
import io

from ascribe.publishing.render.markup import Node

LONGEST = 2_000
"""Characters of a formula that is still drawn; a longer one is shown as written."""
SIZE = 11.0


def draw(nodes: list[Node | str]) -> None:
    """Put drawings in the place of the formulas in a tree, with their TeX as alt text.

    What matplotlib does not know stays as it is written.
    """
    for node in nodes:
        if isinstance(node, Node):
            if "math" in node.classes:
                tex = node.text().strip()
                for left, right in (("\\(", "\\)"), ("$$", "$$"), ("\\[", "\\]"), ("$", "$")):
                    if tex.startswith(left) and tex.endswith(right) and len(tex) > len(left) + len(right):
                        tex = tex[len(left) : -len(right)].strip()
                        break
                image = drawn(" ".join(tex.split()))
                if image:
                    node.children = [image]
            else:
                draw(node.children)


def drawn(tex: str) -> Node | None:
    """A formula as an image element that knows how far it reaches below the line, or None where it cannot be drawn."""
    if not tex or len(tex) > LONGEST or "$" in tex:
        return None
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import math_to_image

    buffer = io.BytesIO()
    settings = {
        "mathtext.fontset": "cm",
        "svg.hashsalt": "ascribe",
        "svg.fonttype": "path",
        "savefig.transparent": True,
    }
    try:
        with mpl.rc_context(settings):
            depth = math_to_image(f"${tex}$", buffer, dpi=72, format="svg", prop=FontProperties(size=SIZE))
    except (ValueError, RuntimeError, RecursionError):
        return None
    encoded = base64.b64encode(_undated(buffer.getvalue())).decode()
    below = f"{depth / SIZE:.2f}"
    return Node(
        "img", {"src": f"data:image/svg+xml;base64,{encoded}", "alt": tex, "class": "math", "data-below": below}
    )


def _undated(svg: bytes) -> bytes:
    """A drawing without the block that says when it was made."""
    start, end = svg.find(b"<metadata>"), svg.find(b"</metadata>")
    return svg[:start] + svg[end + 11 :] if 0 <= start < end else svg
