"""Naming a source: each mention resolved to its fullest form in the article."""

from __future__ import annotations

import re

import pytest
from ascribe.articles.article import Article
from ascribe.extraction.records import Attribution
from ascribe.extraction.sources import Namer, name_sources, name_span
from ascribe.language.reading import read

MARK = re.compile(r"\{([^|{}]*)\|([^{}]*)\}|<<|>>")


def marked(text: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]], list[str]]:
    """The text without its marks, the spans of its sources and contents, and the names expected.

    `{words|name}` is a source and its fullest name, `<<…>>` a content; the n-th content is the n-th source's.
    """
    out, sources, contents, names, last, opened = "", [], [], [], 0, 0
    for m in MARK.finditer(text):
        out += text[last : m.start()]
        last = m.end()
        if m.group() == "<<":
            opened = len(out)
        elif m.group() == ">>":
            contents.append((opened, len(out)))
        else:
            sources.append((len(out), len(out) + len(m.group(1))))
            names.append(m.group(2))
            out += m.group(1)
    return out + text[last:], sources, contents, names


def named(text: str) -> tuple[list[str | None], list[str]]:
    plain, sources, contents, expected = marked(text)
    far = (len(plain), len(plain) + 1)
    attributions = [Attribution((contents[n] if n < len(contents) else far,), s) for n, s in enumerate(sources)]
    return name_sources(next(read([Article.from_text(plain)])), attributions), expected


PEOPLE = [
    "At least 14 people died in a fire in Osk, {the mayor|mayor} said.",
    "About 900 soldiers were killed at Osk, {the army|army} said.",
    "The Brandt Institute shows images. Kestria hides its losses. {Its president|Kestria's president} said so.",
    "The Orvan Archive, a rights group based in Lesk, counted 12 dead. {The group|Orvan Archive} blamed the army.",
    # a surname, before and after the name in full
    "{Marisol Tane|Marisol Tane} said the road was closed. {Tane|Marisol Tane} added that it would open on Monday.",
    "{Tane|Marisol Tane} said the road was closed. Marisol Tane has been the mayor since May.",
    # titles go: before the name, in small letters, with a country, of a place, after a comma
    "{Kestrian President Marisol Tane|Marisol Tane} said the road was closed.",
    "{Maj. Gen. Pavel Orlo|Pavel Orlo} said the road was closed.",
    "{coach Pavel Orlo|Pavel Orlo} said the road was closed.",
    "{President of Argentina Marisol Tane|Marisol Tane} said the road was closed.",
    "{the mayor of Orsen, Marisol Tane|Marisol Tane}, said the road was closed.",
    "{Marisol Tane, a spokeswoman for the fire service|Marisol Tane}, said the road was closed.",
    "{Ukraine's Pavel Orlo|Pavel Orlo} said the road was closed.",
    "{Paul Quell of the Orvan Institute|Paul Quell} said the road was closed.",
    "{the senator from Vermont Ada Lund|Ada Lund} said the road was closed.",
    # a title without a name, a surname with one
    "Kestrian Deputy Prime Minister Ada Lund came late. {The deputy prime minister|Ada Lund} said it was snowing. "
    "{Ms Lund|Ada Lund} then left.",
    # an apposition that lost its commas
    "{Rafel Dorn the Observatory chief|Rafel Dorn} said four were hurt. {Dorn|Rafel Dorn} said one had died.",
    # "an aide to" somebody is not that person; nor is a government named after one
    "{an aide to Marisol Tane|an aide to Marisol Tane} said the road was closed.",
    "{Tane's spokesman|Tane's spokesman} said the road was closed.",
    # two who speak as one
    "{Marisol Tane and Pavel Orlo|Marisol Tane and Pavel Orlo} said the road was closed.",
    # the surname is no title
    "{Grace Baker|Grace Baker} said the road was closed. {Baker|Grace Baker} spoke on Monday.",
    # an official newly brought in is no minister who spoke before
    "{Kestrian President Marisol Tane|Marisol Tane} spoke. {A senior Orvan official|A senior Orvan official} said "
    "a call-up was likely. {The official|senior Orvan official} added that it would come on Friday.",
    # told by the age
    "Hale Brandt, the ambassador, stayed. {The 61-year-old|Hale Brandt} said she would not leave.",
    # a name in quotation marks, a member of a group
    "{former detainee “Karsten”|Karsten} said it was cold.",
    "{One of them, Eva Rill|Eva Rill}, said it was cold.",
    # a title, the body it is held in, and the name, with no comma
    "{the head of the Quell regional administration Rudo Vail|Rudo Vail} said it was cold. {Vail|Rudo Vail} left.",
    "{the spokesman of the Eastern Group of Troops Stig Varn|Stig Varn} said it was cold.",
    "{The president of Orvan in his evening address|president of Orvan} said it was cold.",
    # of a place, before the name is told
    "The agency quoted {the most senior general of Orvan|Mark Lund} as saying so. General Mark Lund gave no date.",
    "{Lise Moll of Quell Capital|Lise Moll} said it was cold. {Moll|Lise Moll} left.",
    # a relative of the same name keeps to the given name
    "Peter Quell died on Monday, {his daughter Ada Quell|Ada Quell} said. {Quell|Peter Quell} had once said so.",
    # who is the subject of the sentence before, though another spoke last
    "{Ada Lund|Ada Lund} said the school was shut. Peter Quell, the mayor, came at noon. {He|Peter Quell} said "
    "it would open on Friday.",
    # "it" for a body that only a description names there
    "{The Orvan Defence Ministry|Orvan Defence Ministry} said so. The ministry fined nine men, who {it|Orvan Defence "
    "Ministry} said had slept.",
    # a month that is a given name, too
    "{Marisol Tane|Marisol Tane} spoke. On 22 May {Tane|Marisol Tane} said it was cold.",
    # an apposition whose noun no table knows; a plural of titles, with what stands in brackets
    "{Nur Tane, Resident Warden of Osk|Nur Tane}, said it was cold.",
    "{Senators Ada Lund (O-Osk) and Peter Quell (I-Lesk)|Ada Lund and Peter Quell} said it was cold. "
    "{Senator Lund|Ada Lund} left.",
    # an office whose holder is named beside it is no further one whom a pronoun may stand for
    "The harbour warden, Ada Lund, gave another account. Two cranes had fallen, {she|Ada Lund} said.",
    'A survivor, Pavel Orlo, lay in the tent. "It was cold," {he|Pavel Orlo} said.',
]
BODIES = [
    "{the Center for Strategic and Foreign Studies|Center for Strategic and Foreign Studies} said so. "
    "{It|Center for Strategic and Foreign Studies} said no.",
    "{A senior military official of the pact|A senior military official of the pact} said so. "
    "{the official|senior military official of the pact} said no.",
    "{the Lesk Archive, a rights group based in Norr|Lesk Archive} said so. {The group|Lesk Archive} said no. "
    "{The group's 62-page report|Lesk Archive} said more.",
    "{the General Staff of the Armed Forces of Kestria|General Staff of the Armed Forces of Kestria} said so. Later "
    "{the General Staff|General Staff of the Armed Forces of Kestria} said no.",
    "{The Defence Ministry in Oslo|Norway's Defence Ministry} said so. "
    "{The ministry|Norway's Defence Ministry} said no.",
    # an acronym: bracketed, or by its letters
    "{The Kestrian Institute of Ice and Snow (KIIS-7)|Kestrian Institute of Ice and Snow} said it was cold. "
    "{The Orvan Relief Council|Orvan Relief Council} agreed. {The ORC|Orvan Relief Council} sent blankets.",
    # … spelt out with commas and small words, before the bracket that abbreviates it
    "{The Office for Roads, Rails and Rivers (ORRR)|Office for Roads, Rails and Rivers} said it was cold. "
    "{ORRR|Office for Roads, Rails and Rivers} sent sand.",
    "{The Institute for the Study of Snow and the Memory of Ice (ISSMI)|Institute for the Study of Snow and the Memory "
    "of Ice} said it was cold. {ISSMI|Institute for the Study of Snow and the Memory of Ice} sent sand.",
    # a short form of the name, the head noun alone, the head noun in small letters
    "{The Orvan Observatory for Human Rights|Orvan Observatory for Human Rights} said nine had died. "
    "{The Observatory|Orvan Observatory for Human Rights} named four. "
    "{The observatory|Orvan Observatory for Human Rights} has no office there.",
    "{Orvan's Ministry of Health|Orvan's Ministry of Health} said nine had died. "
    "{The ministry|Orvan's Ministry of Health} named four.",
    # "a monitor", named later
    "Nine people died, {a monitor|Orvan Observatory for Human Rights} said. "
    "{The Orvan Observatory for Human Rights|Orvan Observatory for Human Rights} named four. "
    "{The Norway-based group|Orvan Observatory for Human Rights} said so on Monday.",
    "Nine dead in blast: {NGO|Orvan Rights Watchdog}. {The Orvan Rights Watchdog|Orvan Rights Watchdog} named four.",
    # what a body is, told before its name
    "{The state-run news agency Sorva|Sorva} reported nine deaths. {The agency|Sorva} named four.",
    # a document is its owner's
    "{The Orvan Weather Bureau|Orvan Weather Bureau} warned of snow. "
    "{The Orvan Weather Bureau's latest advisory|Orvan Weather Bureau} put it at 12 inches. "
    "According to {its website|Orvan Weather Bureau}, roads are closed.",
    "{data from the Orvan Weather Bureau|Orvan Weather Bureau} put it at 12 inches.",
    # who saw a document did not write it
    "{A government report seen by Reuters|A government report} said the dam leaked.",
    "{an internal memo obtained by the Osk Courier|an internal memo} said the dam leaked.",
    # a statement is its author's
    "{The Orvan embassy|Orvan embassy} said the film was cut. {The statement|Orvan embassy} called it a farce.",
    # a paper by the last word of its name; an agency by what it is
    "{The Osk Courier|Osk Courier} said nine had died. {The Courier|Osk Courier} named four.",
    "{Marland's state news agency KNA|KNA} said nine had died.",
    "{Kestria's state news agency|Kestria's state news agency} said nine had died.",
    "{The Orvan Weather Bureau|Orvan Weather Bureau} warned. {The bureau's website|Orvan Weather Bureau} said more.",
    # what a group calls itself
    "{A little-known group calling itself the Sons of Orvan|Sons of Orvan} said so. {The group|Sons of Orvan} left.",
    # another state's ministry; rebels are no rights group
    "{The Foreign Ministry|Foreign Ministry} sent notes. {The Orvan foreign ministry|Orvan foreign ministry} did not.",
    "{The Orvan Observatory|Orvan Observatory} said nine had died. {The rebels|rebels} said four.",
    "{the opposition Farmers' Party|Farmers' Party} said it was safe. {Neighbouring Kestria|Kestria} agreed.",
    "Nine die in blast {NGO|Orvan Rights Watchdog} KNA 3 May 2031 The Orvan Rights Watchdog named four.",
    # "and" inside a name, and between two
    "{The Orvan Food and Drug Agency|Orvan Food and Drug Agency} said it was safe.",
    "{The Orvan Red Cross and the fire service|Orvan Red Cross and fire service} said it was safe.",
    # fuller words for the same people
    "{researchers from Orvan University|researchers from Orvan University} found ice. "
    "{The researchers|researchers from Orvan University} were surprised.",
    # a comma that was lost glues one phrase to another
    "Four were killed {in the city the Observatory|Orvan Observatory for Human Rights} said. "
    "{The Orvan Observatory for Human Rights|Orvan Observatory for Human Rights} said so.",
    # a place that speaks
    "{Kyiv|Kyiv} said it had lost nobody.",
]
PRONOUNS = [
    "{Marisol Tane|Marisol Tane} said the road was closed. {She|Marisol Tane} added that it would open on Monday.",
    # by gender
    "{Marisol Tane|Marisol Tane} met Pavel Orlo on Monday. {He|Pavel Orlo} said the road was closed. "
    "{She|Marisol Tane} disagreed.",
    # who speaks on, though another is named in between
    "{Pavel Orlo|Pavel Orlo} said <<that Viktor Dorn had lied>>. {He|Pavel Orlo} also said <<that nobody had died>>.",
    # in a quotation the speaker is I, and another is he
    'Viktor Dorn won. "<<{He|Viktor Dorn} said it would snow>>", {Pavel Orlo|Pavel Orlo} said.',
    # it and they
    "{The Orvan Observatory|Orvan Observatory} said nine had died. {It|Orvan Observatory} named four.",
    "{Orvan officials|Orvan officials} said nine had died. {They|Orvan officials} named four.",
    # those of whom a speaker speaks are not the writer's
    '{The Osk Courier|Osk Courier} came. "<<I asked for a room. {They|They} said no>>", {Lena Sark|Lena Sark} said.',
    "The bridge is old. <<The Roads Office has closed it>>, {it|Roads Office} said.",
    # a person without a name
    "The train was late, {one neighbour|one neighbour} said. It is always late, {he|one neighbour} said.",
    # whose
    "{Pavel Orlo|Pavel Orlo} is ill, {his spokesman|Pavel Orlo's spokesman} said.",
]
ANONYMOUS = [
    "{a senior U.S. official|a senior U.S. official} said nine had died.",
    "{officials|officials} said nine had died.",
    "{one resident|one resident} said nine had died.",
    "{sources close to the inquiry|sources close to the inquiry} said nine had died.",
    "{A person close to Tane|A person close to Tane} said nine had died. {The person|person close to Tane} named four.",
]


@pytest.mark.parametrize("text", PEOPLE + BODIES + PRONOUNS + ANONYMOUS)
def test_a_mention_is_named_in_full(text):
    found, expected = named(text)
    assert found == expected


def test_i_is_who_speaks():
    text = 'On Monday Marisol Tane said, "I said it would snow."'
    reading = next(read([Article.from_text(text)]))
    whole = Attribution(((text.index('"'), len(text)),), (10, 22))
    inner = Attribution(((text.index("it would"), len(text) - 2),), (text.index("I said"), text.index("I said") + 1))
    assert name_sources(reading, [inner, whole]) == ["Marisol Tane", "Marisol Tane"]


def test_nobody_has_no_name():
    reading = next(read([Article.from_text("It is believed that nine had died.")]))
    assert name_sources(reading, [Attribution(((15, 33),))]) == [None]
    assert name_sources(reading, []) == []


def test_a_single_span_can_be_named():
    text = "Marisol Tane came late. Tane said it was snowing."
    assert name_span(next(read([Article.from_text(text)])), (24, 28)) == "Marisol Tane"


def test_an_accusation_is_not_the_accused():
    found, expected = named("{The accusation against Marisol Tane|accusation against Marisol Tane} is that she lied.")
    assert found == expected


@pytest.mark.parametrize(
    "words", ["Tane and ", "The officials said the group of Orvan knew. ", "Of The Orvan ", "“he "]
)
def test_long_odd_text_is_survived(words):
    text = words * 400
    reading = next(read([Article.from_text(text)]))
    spans = [(n * len(words), n * len(words) + len(words) - 1) for n in range(400)]
    assert len(name_sources(reading, [Attribution(((0, 1),), s) for s in spans])) == 400


@pytest.mark.parametrize("text", ["", "“", "… — …", "He said he said he said.", "The the the the."])
def test_odd_text_is_survived(text):
    reading = next(read([Article.from_text(text)]))
    spans = [(0, len(text))] if text else []
    assert all(name_sources(reading, [Attribution(((0, 1),), s) for s in spans]))


SOMEBODY = {
    "{Marisol Tane} said so.": True,
    "{the army} said so.": True,
    "{officials} said so.": True,
    "{a 2031 report} said so.": True,
    "{It} said so.": True,
    "{Kestria} said so.": True,
    "{half of those asked} said so.": True,
    "{the oldest} said so.": True,
    "By {the most conservative} reckoning it is so.": False,
    "{the attack} killed 12 people.": False,
    "{the second anniversary of the war} was marked on Friday.": False,
    "{Wednesday} brought snow.": False,
    "{2031} brought snow.": False,
    "{last month} brought snow.": False,
    "{the shelling of the town} went on.": False,
    "the soldiers of {the Battle of Osk} went home.": False,
}


@pytest.mark.parametrize("text", SOMEBODY)
def test_only_somebody_is_a_source(text: str) -> None:
    start, end = text.index("{"), text.index("}") - 1
    reading = next(read([Article.from_text(text.replace("{", "").replace("}", ""))]))
    assert Namer(reading).is_somebody((start, end)) is SOMEBODY[text]
