"""Which language an article is in, where its words leave no doubt."""

import pytest
from article_files import BODY, MORE
from ascribe.articles import read

ENGLISH = f"{BODY} {MORE} The ministry and the mayor spoke to the press at the foot of the hill. " * 2

GERMAN = "Drei Menschen wurden am Montag in Orvan verletzt, und viele Häuser sind ohne Strom. " * 6

UKRAINIAN = (
    "У понеділок в Орвані троє людей зазнали поранень, повідомило міністерство, а багато будинків без світла. " * 5
)


@pytest.mark.parametrize(
    ("text", "language", "noted"),
    [
        (ENGLISH, "en", False),
        (GERMAN, None, True),
        (UKRAINIAN, None, True),
        ("Three hurt.", None, False),
        ("Bei dem Unfall wurden drei Menschen verletzt, und die Straße ist nicht frei.", None, True),
        ("Trois personnes sont mortes dans la ville, selon les secours.", None, True),
        ("Трое погибли в Орване, сообщила полиция.", None, True),
        ("Las autoridades dijeron que tres personas han muerto en el incendio.", None, True),
        ("Three die in Orvan mine blast, 17 missing.", None, False),
        ("Tane, Reyk, Lund: Lesk, Osk, Tolm.", None, False),
    ],
)
def test_language(tmp_path, text, language, noted):
    (tmp_path / "a.txt").write_text(text)
    notes = []
    [article] = read(tmp_path, on_note=notes.append)
    assert article.language == language
    assert bool(notes) == noted
