"""Images as Typst takes them: their format, their bytes and their size in points."""

from __future__ import annotations

import io
import re

MOST_PIXELS = 80_000_000
"""A picture unpacks to four bytes for each."""
TEXT_WIDTH, TEXT_HEIGHT = 465.0, 640.0
"""Of a page in portrait, in points."""


def readable(kind: str, content: bytes) -> tuple[str, bytes, float, float]:
    """An image's format, bytes, width and height in points; formats that Typst does not read become PNG.

    Raises ValueError or OSError where it is not an image, or one too large to be unpacked.
    """
    if kind == "image/svg+xml":
        from lxml import etree

        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as e:
            raise ValueError(str(e)) from None
        for element in root.iter(etree.Element):
            for name in [n for n in element.attrib if n.rpartition("}")[2] == "href"]:
                if not element.get(name, "").startswith(("#", "data:")):
                    del element.attrib[name]  # a drawing brings what it shows
                    content = b""
        content = content or etree.tostring(root)
        box = [float(n) for n in re.findall(r"-?[0-9.]+", root.get("viewBox", ""))[:4]]
        width = points(root.get("width", "")) or (box[2] * 0.75 if len(box) == 4 else TEXT_WIDTH)
        height = points(root.get("height", "")) or (box[3] / box[2] * width if len(box) == 4 and box[2] else width)
        if width <= 0 or height <= 0:
            raise ValueError("a drawing without a size")
        return "svg", content, width, height
    from PIL import Image

    try:
        opened = Image.open(io.BytesIO(content))
    except Image.DecompressionBombError:
        raise ValueError(f"more than {MOST_PIXELS:,} pixels") from None
    with opened as image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise ValueError(f"{width:,} × {height:,} pixels are more than {MOST_PIXELS:,}")
        image.load()
        dpi = max(float(image.info.get("dpi", (96, 96))[0]), 72)
        if image.format not in ("PNG", "JPEG"):
            buffer = io.BytesIO()
            image.convert("RGBA").save(buffer, format="PNG")
            return "png", buffer.getvalue(), width * 72 / dpi, height * 72 / dpi
        return image.format.lower().replace("jpeg", "jpg"), content, width * 72 / dpi, height * 72 / dpi


def points(length: str) -> float | None:
    """An SVG length in points, or None for a share or nonsense."""
    found = re.fullmatch(r"([0-9]{1,7}(?:\.[0-9]{1,9})?)(pt|px|mm|cm|in|)", length.strip())
    if not found:
        return None
    factor = {"pt": 1.0, "px": 0.75, "": 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}[found[2]]
    return float(found[1]) * factor
