"""Lines of a page put back into paragraphs."""

import pytest
from ascribe.articles.layout import Line, paragraphs


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The consequen-", "ces."], "The consequences."),
        (["The Kestria-", "backed side."], "The Kestria-backed side."),
        (["some forty-", "five men"], "some forty-five men"),
        (["the 30-", "kilometre zone"], "the 30-kilometre zone"),
        (["a cease-", "fire; the ceasefire"], "a ceasefire; the ceasefire"),
        (["a cease-", "fire; the cease-fire"], "a cease-fire; the cease-fire"),
        (["first -", "then"], "first - then"),
        (["a", "b"], "a b"),
    ],
)
def test_words_broken_at_line_ends(lines, text):
    assert "".join(paragraphs([[Line(words, 0, 100, 500 - 12 * i, 10, 842) for i, words in enumerate(lines)]])) == text


def column(*words: str, top: float = 700, pitch: float = 12) -> list[Line]:
    return [Line(w, 72, 72 + 5 * len(w), top - pitch * i, 10, 842) for i, w in enumerate(words)]


@pytest.mark.parametrize(
    ("pages", "texts"),
    [
        ([column("A first paragraph that fills", "its lines and then ends.", "Next one.")], 2),
        ([column("One.", "Two.", "Three.", pitch=30)], 3),
        ([column("A line that runs on to the next", "page, where it") , column("goes on and ends.")], 1),
        ([column("A page.", *["7"], top=110, pitch=60)], 1),
        ([column("12/5/22, 1:43 PM Three hurt - Kestria Post", top=820) + column("The article.")], 1),
        ([column("The article.") + column("https://kestria.example/a 1/2", top=20)], 1),
        ([column("Kestria Post, page 1", top=800) + column("One."), column("Kestria Post, page 2", top=800)], 1),
        ([column("90,000", top=800)], 1),
        ([], 0),
    ],
)  # fmt: skip
def test_lines_to_paragraphs(pages, texts):
    assert len(paragraphs(pages)) == texts
