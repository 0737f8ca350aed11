"""The few styles that a table may bring with it: what pandas' Styler writes."""

from __future__ import annotations

import re

# Property and value, both from a short list: no address, no function but a colour, no expression.
COLOUR = r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}|rgba?\([0-9., %]{1,40}\)|hsla?\([0-9., %]{1,40}\)"
ALLOWED = {
    "color": re.compile(COLOUR),
    "background-color": re.compile(COLOUR),
    "font-weight": re.compile(r"normal|bold|[1-9]00"),
    "font-style": re.compile(r"normal|italic"),
    "text-align": re.compile(r"left|right|center"),
}


def kept(style: str) -> str:
    """Those declarations of a `style` attribute that are on the list, in order, each property once."""
    found: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if name in ALLOWED and ALLOWED[name].fullmatch(value):
            found[name] = value
    if "background-color" in found and "color" not in found:
        found["color"] = "#000000"  # a pale ground must not take over the light text of a dark page
    return ";".join(f"{name}:{value}" for name, value in found.items())


def rules(sheet: str) -> dict[str, str]:
    """What a style sheet says of single elements: {id: declarations}, from rules such as `#T_1_row0_col2 { … }`."""
    found: dict[str, str] = {}
    for rule in sheet.split("}"):
        selectors, _, declarations = rule.partition("{")
        for selector in selectors.split(","):
            selector = selector.strip()
            if selector.startswith("#") and re.fullmatch(r"#\w+", selector):
                found[selector[1:]] = found.get(selector[1:], "") + ";" + declarations
    return found


def hex_colour(value: str) -> str | None:
    """A CSS colour as `#rrggbb`, or None for one that is not understood."""
    value = value.strip().lower()
    if re.fullmatch(r"#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", value):
        return value
    if found := re.fullmatch(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,[^)]*)?\)", value):
        return "#" + "".join(f"{min(int(n), 255):02x}" for n in found.groups())
    if value.isalpha():
        from PIL import ImageColor

        return ImageColor.colormap.get(value) if isinstance(ImageColor.colormap.get(value), str) else None
    return None


def span_colour(style: str) -> str | None:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if name == "color":
            return hex_colour(value)
    return None
