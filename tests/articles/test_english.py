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
        (ENGLISH, "en", ""),
        (GERMAN, "de", "German"),
        (UKRAINIAN, "uk", "Ukrainian"),
        ("Three hurt.", None, ""),
        ("Bei dem Unfall wurden drei Menschen verletzt, und die Straße ist nicht frei.", "de", "German"),
        ("Trois personnes sont mortes dans la ville, selon les secours.", "fr", "French"),
        ("Трое погибли в Орване, сообщила полиция.", "ru", "Russian"),
        ("Загинуло троє людей. Поліція розслідує.", "uk", "Ukrainian"),
        ("Las autoridades dijeron que tres personas han muerto en el incendio.", "es", "Spanish"),
        ("Trzy osoby zginęły. Policja prowadzi śledztwo.", "pl", "Polish"),
        ("Kolme ihmistä kuoli räjähdyksessä. Poliisi tutkii.", "fi", "Finnish"),
        ("三人死亡。警方正在调查。", "zh", "Chinese"),
        ("قتل ثلاثة أشخاص. الشرطة تحقق.", "ar", "Arabic"),
        ("Three die in Orvan mine blast, 17 missing.", None, ""),
        ("Tane, Reyk, Lund: Lesk, Osk, Tolm.", None, ""),
        ("Kestria: 4,200 killed, 9,000 wounded (ministry). Osk: no comment.", None, ""),
        ("“Le bilan est lourd,” the mayor of Orvan said on Tuesday.", None, ""),
        ("12 34", None, ""),
    ],
)
def test_language(tmp_path, text, language, noted):
    (tmp_path / "a.txt").write_text(text)
    notes = []
    [article] = read(tmp_path, on_note=notes.append)
    assert article.language == language
    assert [f"reads like {noted}, not English" in note for note in notes] == [True] * bool(noted)


def test_serbian_and_croatian_are_told_from_english_together(tmp_path):
    (tmp_path / "a.txt").write_text("Tri osobe su poginule. Policija istražuje.")
    notes = []
    [article] = read(tmp_path, on_note=notes.append)
    assert article.language in {"bs", "hr", "sr"} and len(notes) == 1
