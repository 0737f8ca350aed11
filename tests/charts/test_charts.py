"""Every chart, drawn small and large, looked over as a reader would: nothing cut off, no words upon others."""

from __future__ import annotations

import itertools
import random

import pandas as pd
import pytest
from ascribe.charts import agreement, chains, estimates, rows, style, timeline, toll, voices
from ascribe.publishing.present.display import drawn
from chart_data import DOCUMENTS, claims, figure, several, sources
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

SERIES = pd.DataFrame(
    {
        "publisher": "General Staff of Kestria",
        "date": pd.date_range("2031-01-01", periods=90, freq="D"),
        "value": [1000 * i + 500 for i in range(90)],
        "interest": "enemy",
    }
)


def matrix(n: int):
    pick = random.Random(n)
    labels = {f"f{i}": (pick.choice(["Marisol Tane", "x" * 200]), "at least 90,000 soldiers") for i in range(n)}
    pairs = [
        {"a": a, "b": b, "relation": pick.choice(list(agreement.RELATIONS)), "factor": 10 ** pick.uniform(0, 4)}
        for a, b in itertools.combinations(labels, 2)
    ]
    return pd.DataFrame(pairs), labels


CHARTS = {
    "estimates": lambda n: (estimates, (rows.estimates(several(n), DOCUMENTS),)),
    "timeline": lambda n: (timeline, (rows.estimates(several(n), DOCUMENTS), SERIES)),
    "toll": lambda n: (toll, (rows.estimates(of_an_event(n), of_an_event(n).groupby("doc_id").first().reset_index()),)),
    "voices": lambda n: (voices, (claims(n), several(n), sources(claims(n), several(n)))),
    "chains": lambda n: (chains, (claims(n), DOCUMENTS)),
    "agreement": lambda n: (agreement, matrix(n + 1)),
}


def of_an_event(n: int) -> pd.DataFrame:
    found = several(n)
    found["doc_id"] = [f"d{i // 2:03}" for i in range(n)]
    found["publisher"] = "Kestria Herald"
    found["published"] = [f"2031-02-{1 + i // 8 % 28:02}" for i in range(n)]
    return found.assign(category=["killed", "wounded", "missing", "killed"][0] if n == 1 else found["category"])


@pytest.fixture(scope="module", params=[(c, n) for c in CHARTS for n in (1, 8, 200)], ids=lambda p: f"{p[0]}-{p[1]}")
def chart(request):
    name, n = request.param
    module, data = CHARTS[name](n)
    return module, data, module.draw(*data)


def boxes(fig) -> list[tuple[str, object]]:
    """Every text that the figure shows, with the box it takes, in inches."""
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    shown = [*fig.texts]
    for axes in fig.axes:
        shown += [*axes.texts, axes.title, axes.xaxis.label, axes.yaxis.label]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            shown += [t.label1 for t in axis.get_major_ticks() if low <= t.get_loc() <= high]
    shown = [t for t in shown if t.get_text().strip() and t.get_rotation() == 0]
    seen = [(t.get_text(), t.get_window_extent(canvas.get_renderer())) for t in shown]
    return [(text, box) for text, box in seen if box.width > 0]


def test_no_text_is_cut_off_or_upon_another(chart):
    _, _, fig = chart
    found = boxes(fig)
    width, height = fig.get_size_inches() * fig.dpi
    for text, box in found:
        assert box.x0 >= -1 and box.x1 <= width + 1 and box.y0 >= -1 and box.y1 <= height + 1, f"cut off: {text!r}"
    for (a, left), (b, right) in itertools.combinations(found, 2):
        across = min(left.x1, right.x1) - max(left.x0, right.x0)
        down = min(left.y1, right.y1) - max(left.y0, right.y0)
        assert across <= 3 or down <= 3, f"{a!r} is set upon {b!r}"


def test_it_fits_a_page(chart):
    _, _, fig = chart
    width, height = fig.get_size_inches()
    assert width == style.WIDTH and height <= style.TALLEST + 0.6


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_data_give_the_same_bytes(name):
    module, data = CHARTS[name](8)
    one, other = module.draw(*data), module.draw(*data)
    assert drawn(one) == drawn(other)
    assert style.png(one, 50) == style.png(other, 50)


def test_the_alt_text_says_what_the_chart_shows(chart):
    module, data, fig = chart
    alt = module.describe(*data)
    assert alt.endswith(".") and 40 < len(alt) < 6000
    title = " ".join(t.get_text() for t in fig.findobj(Text) if t.get_fontsize() == style.TITLE)
    assert alt.startswith(title.rstrip("…"))


def test_the_house_style_leaves_no_trace():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    estimates.draw(rows.estimates(several(3), DOCUMENTS))
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("module", [estimates, timeline, toll])
def test_nothing_to_draw_is_said(module):
    with pytest.raises(ValueError, match=r"no .* to draw|nothing to draw"):
        module.draw(rows.estimates(several(0).reindex(columns=several(1).columns), DOCUMENTS))


def test_a_figure_keeps_its_bound_and_its_source_in_the_chart():
    found = rows.estimates(
        pd.DataFrame(
            [
                figure(category="losses", bound="at_least", value=90000, source="the Orvan Ministry of Health"),
                figure(category="killed", bound="range", low=30, high=40, number="30 to 40", source=None),
            ]
        ),
        DOCUMENTS,
    )
    shown = [t for t, _ in boxes(estimates.draw(found))]
    assert {"at least 90,000", "the Orvan Ministry of Health", "30 to 40", rows.NOBODY} <= set(shown)
    assert any(t.startswith("Losses: killed and wounded not told apart") for t in shown)
    assert "the Orvan Ministry of Health: at least 90,000 soldiers" in estimates.describe(found)


def test_a_wide_factor_is_drawn_on_a_log_scale_and_said_so():
    narrow = rows.estimates(pd.DataFrame([figure(value=10), figure(value=30)]))
    wide = rows.estimates(pd.DataFrame([figure(value=10), figure(value=3000)]))
    assert not any("Log scale" in t for t, _ in boxes(estimates.draw(narrow)))
    assert any("Log scale" in t for t, _ in boxes(estimates.draw(wide)))
    assert "logarithmic" in estimates.describe(wide) and "linear" in estimates.describe(narrow)


def test_zero_can_stand_beside_thousands():
    found = rows.estimates(pd.DataFrame([figure(value=0), figure(value=30000), figure(value=20)]))
    assert "0" in {t for t, _ in boxes(estimates.draw(found))}


def test_chains_tell_second_hand_from_first():
    told = pd.DataFrame(
        [
            {"doc_id": "a", "source_name": "Marisol Tane", "via": ["Kestria Press"]},
            {"doc_id": "a", "source_name": "Marisol Tane", "via": []},
        ]
    )
    assert chains.heading(told, chains.chains(told, DOCUMENTS)) == "1 of 2 attributions is second-hand"
    assert "Marisol Tane to Kestria Press to Kestria Herald (1)" in chains.describe(told, DOCUMENTS)


def test_interests_differ_in_grey():
    from matplotlib.colors import to_rgb

    def lightness(color: str) -> float:
        r, g, b = to_rgb(color)
        return 0.299 * r + 0.587 * g + 0.114 * b

    solid = sorted(lightness(style.INTERESTS[i]) for i in ("self", "third", "enemy"))
    assert all(b - a > 0.15 for a, b in itertools.pairwise(solid))


def test_letters_without_a_font_are_said_to_be_boxes(recwarn):
    missing = rows.estimates(pd.DataFrame([figure(value=5, source="国防部")]), DOCUMENTS)
    there = rows.estimates(pd.DataFrame([figure(value=5, source="Ωλ Ж משרד وزارة")]), DOCUMENTS)
    assert any("Boxes stand for letters" in t for t, _ in boxes(estimates.draw(missing)))
    assert not any("Boxes stand for letters" in t for t, _ in boxes(estimates.draw(there)))
    recwarn.clear()
    drawn(estimates.draw(missing))
    assert not len(recwarn)


def words(fig) -> list[str]:
    return [t.get_text() for t in fig.findobj(Text) if t.get_text()]


def test_the_other_numbers_of_an_article_are_told_beside_its_toll():
    tolls = [("a", "Kestrian ministry", 63), ("a", "Orvan army", 400), ("b", "Kestrian ministry", 89)]
    found = pd.DataFrame([figure(d, s, value=v, figure_id=f"f{v}", start=v) for d, s, v in tolls])
    shown = words(toll.draw(rows.estimates(found, DOCUMENTS)))
    assert {"63", "400", "89"} <= set(shown)
    assert toll.heading(rows.estimates(found, DOCUMENTS)) == "From 63 killed to 89, in 2 articles"


@pytest.mark.parametrize(
    ("whose", "title"),
    [
        (["Kestria", "Kestria"], "Kestria: 2 estimates by 1 source"),
        (["soldiers", "soldiers"], "Soldiers: 2 estimates by 1 source"),
        (["Kestria", "Orvan"], "2 estimates by 1 source"),
        (["Kestria", None], "2 estimates by 1 source"),
    ],
)
def test_a_title_names_the_party_where_there_is_one(whose, title):
    found = pd.DataFrame([figure(value=40 + i, whose=w, figure_id=f"f{i}") for i, w in enumerate(whose)])
    assert estimates.heading(rows.estimates(found, DOCUMENTS)) == title
