"""The house style: colours, words, sizes, and a page that is laid out in inches.

Three interests are told apart by colour, by lightness (so that a copy in grey still reads) and by name. The colours are
far apart for people with any of the common colour vision deficiencies; none stands without a word beside it.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import unicodedata
import warnings
from collections.abc import Callable, Iterable

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path

WIDTH = 7.0
"""Inches: the width of every figure, which is that of a report's column."""
TALLEST = 9.0
"""Inches: no chart is taller, so that each stands on one printed page."""
MARGIN = 0.06

INK, QUIET, RULE, PALE = "#1c1c1c", "#5c5c5c", "#dcdcdc", "#c4ccd4"
INTERESTS = {"self": "#d98200", "third": "#1f6fb2", "enemy": "#6e1034", "unknown": "#8a8a8a"}
INTEREST_WORDS = {
    "self": "their own side", "enemy": "their enemy", "third": "a third party", "unknown": "side not told",
}  # fmt: skip

TITLE, BODY, SMALL = 12.0, 8.6, 7.4
"""Points."""

HALO = (withStroke(linewidth=2.5, foreground="white"),)
"""Keeps words readable over coloured areas."""
PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
"""Keeps words readable over lines; much lighter in a file than HALO."""

PARAMETERS = {
    "font.family": ["DejaVu Sans"],
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,  # two dollar signs in an article are money, not a formula
    "axes.edgecolor": RULE,
    "axes.labelcolor": QUIET,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.major.size": 0,
    "ytick.minor.size": 0,
    "lines.solid_capstyle": "butt",
    "svg.hashsalt": "ascribe",
    "svg.fonttype": "path",
    "figure.dpi": 100,
    "savefig.facecolor": "white",
}


def house(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Runs a drawing function in the house style, whatever style the session has."""

    @functools.wraps(draw)
    def styled(*args: object, **kwargs: object) -> Figure:
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(PARAMETERS)
            return draw(*args, **kwargs)

    return styled


def _saved(figure: Figure, **how: object) -> bytes:
    out = io.BytesIO()
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcParams.update(PARAMETERS)
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*")  # a script without a font shows as boxes
        figure.savefig(out, **how)
    return out.getvalue()


def png(figure: Figure, dpi: int = 200) -> bytes:
    """The figure as PNG, the same bytes every time."""
    return _saved(figure, format="png", dpi=dpi, metadata={"Software": None})


def svg(figure: Figure) -> bytes:
    """The figure as SVG, the whole page and nothing around it, the same bytes every time."""
    return _saved(figure, format="svg", metadata={"Date": None, "Creator": None})


def clean(text: object) -> str:
    """Words fit for a label: one line, without control characters."""
    shown = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in str(text))
    return " ".join(shown.split())


def alt(text: str, most: int = 3000) -> str:
    """An alt text on one line, ended where it would be too long to listen to."""
    text = clean(text)
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " … and more."


@functools.cache
def letters() -> frozenset[int]:
    """The characters that the charts' font has."""
    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())


def boxes(texts: Iterable[object]) -> str:
    """A sentence where some of these texts hold letters that the charts' font lacks; else empty."""
    if all(ord(c) in letters() for text in texts for c in clean(text)):
        return ""
    return "Boxes stand for letters that the chart’s font lacks; the tables have them."


@functools.lru_cache(maxsize=8192)
def width(text: str, size: float = BODY, bold: bool = False) -> float:
    """How many inches a line of text takes."""
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / 72


def fit(text: object, inches: float, size: float = BODY, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    text = clean(text)[:400]
    if width(text, size, bold) <= inches:
        return text
    keep = len(text)
    low, high = 0, keep
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle].rstrip() + "…", size, bold) <= inches else (low, middle - 1)
    return text[:low].rstrip(" ,;:–-(") + "…"


def shortened(text: object, inches: float, size: float = BODY) -> str:
    """The text, or its beginning and its end with an ellipsis between: the end is often what tells two names apart."""
    text = clean(text)[:400]
    if width(text, size) <= inches:
        return text
    whole, tail = text.split(" "), ""
    while len(whole) > 1 and width(f"{whole[-1]} {tail}".rstrip(), size) <= inches * 0.45:
        tail = f"{whole.pop()} {tail}".rstrip()
    return fit(" ".join(whole) + " …", inches - width(tail, size), size) + tail if tail else fit(text, inches, size)


def wrap(text: object, inches: float, size: float = BODY, lines: int = 99, bold: bool = False) -> list[str]:
    """The text in lines no wider than that; what is left over after the last line ends in an ellipsis."""
    words, out, line = clean(text)[:4000].split(" "), [], ""
    for i, word in enumerate(words):
        longer = f"{line} {word}".strip()
        if width(longer, size, bold) <= inches or not line:
            line = longer
            continue
        if len(out) == lines - 1:
            return [*out, fit(" ".join([line, *words[i:]]), inches, size, bold)]
        out.append(fit(line, inches, size, bold))
        line = word
    return [*out, fit(line, inches, size, bold)]


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """A place of a page that stands for some figures: their ids, what it says, its box in shares of the page (0 to 1),
    from the top left corner. An interactive twin of a chart is its picture with these laid over it."""

    ids: tuple[str, ...]
    says: str
    left: float
    top: float
    width: float
    height: float


def spots(figure: Figure) -> list[Spot]:
    """The places of a chart that stand for figures, those drawn last on top; none where the chart tells none."""
    return list(getattr(figure, "spots", ()))


class Page:
    """A white figure that is measured in inches from its top left corner, with a title, a subtitle and a source line.

    `top` is where the subtitle ends, `bottom` where the source line begins: what is drawn goes between.
    """

    def __init__(self, height: float, title: str, subtitle: str = "", source: str = "", key: list[Key] | None = None):
        across = WIDTH - 2 * MARGIN
        heading = wrap(title, across, TITLE, 3, bold=True)
        below = wrap(subtitle, across, BODY, 3) if subtitle else []
        foot = wrap(source, across, SMALL, 5) if source else []
        keys = _key_lines(key or [], across)
        self.top = MARGIN + 0.23 * len(heading) + 0.165 * len(below) + 0.19 * len(keys) + 0.1
        self.height = self.top + height + 0.13 * len(foot) + (0.12 if foot else 0.02)
        self.bottom = self.top + height
        self.figure = Figure(figsize=(WIDTH, self.height))
        self.figure.spots = []
        # Not seen, but within what is cut out of the page: all charts of a report are set at one scale.
        self.line((0, WIDTH), (0, 0), alpha=0)
        y = MARGIN
        for line in heading:
            self.text(MARGIN, y + 0.1, line, size=TITLE, weight="bold")
            y += 0.23
        for line in below:
            self.text(MARGIN, y + 0.07, line, color=QUIET)
            y += 0.165
        for line in keys:
            self._key(line, y + 0.1)
            y += 0.19
        y = self.bottom + 0.12
        for line in foot:
            self.text(MARGIN, y, line, size=SMALL, color=QUIET)
            y += 0.13

    def text(self, x: float, y: float, text: str, size: float = BODY, **how: object):
        """A line of text, set middle high at `y`."""
        how = {"va": "center", "ha": "left"} | how
        return self.figure.text(x / WIDTH, 1 - y / self.height, text, fontsize=size, **how)

    def line(self, x: tuple[float, float], y: tuple[float, float], **how: object) -> None:
        """A line from one point to another."""
        points = [v / WIDTH for v in x], [1 - v / self.height for v in y]
        self.figure.add_artist(Line2D(*points, **({"color": RULE, "linewidth": 0.6} | how)))

    def mark(self, x: float, y: float, **how: object) -> None:
        """A marker at a point."""
        self.figure.add_artist(Line2D([x / WIDTH], [1 - y / self.height], **({"linestyle": "", "color": INK} | how)))

    def spot(self, ids: Iterable[object], says: str, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Note that the place between two points stands for these figures."""
        left, right = (min(max(v / WIDTH, 0.0), 1.0) for v in x)
        top, bottom = (min(max(v / self.height, 0.0), 1.0) for v in y)
        self.figure.spots.append(Spot(tuple(map(str, ids)), clean(says), left, top, right - left, bottom - top))

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes whose corner, width and height are given in inches."""
        return self.figure.add_axes(
            (left / WIDTH, 1 - (top + height) / self.height, width / WIDTH, height / self.height)
        )

    def _key(self, line: list[tuple[float, Key]], y: float) -> None:
        for x, entry in line:
            if entry.how:
                self.mark(x + 0.07, y, **entry.how)
            self.text(x + (0.19 if entry.how else 0), y, entry.words, size=SMALL, color=entry.ink)


class Key:
    """One entry of a key: words, and the mark that stands before them (none: the words alone)."""

    def __init__(self, words: str, ink: str = QUIET, **how: object) -> None:
        self.words, self.ink, self.how = words, ink, how

    @property
    def width(self) -> float:
        return width(self.words, SMALL) + (0.19 if self.how else 0) + 0.16


def _key_lines(entries: list[Key], across: float) -> list[list[tuple[float, Key]]]:
    lines: list[list[tuple[float, Key]]] = []
    x = across
    for entry in entries:
        if x + entry.width - 0.16 > across:
            lines.append([])
            x = 0.0
        lines[-1].append((MARGIN + x, entry))
        x += entry.width
    return lines
