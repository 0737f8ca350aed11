"""Claims as a table of (text, expected claims). Every name in it is made up."""

from __future__ import annotations

import re

import pytest

from analysis.articles.article import Article
from analysis.extraction.claims import find_claims
from analysis.language.reading import read

WORD = re.compile(r"\w+(?:[.,'’\-/]\w+)*|[$%€£]")

# (what it shows, text, [(source, cue, content, …)]): content pieces joined by " / ". Compared word by word.
TABLE = [
    # Indirect speech
    ("with that", "The Orvan army said that its troops had left the town of Lesk.",
     [("The Orvan army", "said", "its troops had left the town of Lesk")]),
    ("without that", "Officials said the bridge was closed after the flood.",
     [("Officials", "said", "the bridge was closed after the flood")]),
    ("a date between verb and clause", "The ministry said last week that 40 people had died.",
     [("The ministry", "said", "40 people had died")]),
    ("the speaker last", "At least 12 people were killed in the fire, the mayor of Osk said.",
     [("the mayor of Osk", "said", "At least 12 people were killed in the fire")]),
    ("the speaker last, then a date", "Two soldiers were wounded in the attack, the army said on Tuesday.",
     [("the army", "said", "Two soldiers were wounded in the attack")]),
    ("split by the speaker", "Kestria's aim, the president said, was to win the war by winter.",
     [("the president", "said", "Kestria's aim / was to win the war by winter")]),
    ("told somebody", "Marisol Tane told reporters that the talks had failed.",
     [("Marisol Tane", "told", "the talks had failed")]),
    ("has denied", "Kestria has denied that it bombed the hospital.",
     [("Kestria", "has denied", "it bombed the hospital")]),
    ("a gerund denied", "Orvan denies targeting civilians.", [("Orvan", "denies", "targeting civilians")]),
    ("accused of", "The government accused Kestria of shelling the border villages.",
     [("The government", "accused", "Kestria of shelling the border villages")]),
    ("urged to", "The governor urged residents to leave the city at once.",
     [("The governor", "urged", "residents to leave the city at once")]),
    ("called it something", "Tane called the raid a war crime.", [("Tane", "called", "the raid a war crime")]),
    ("two verbs, one subject", "The police said the road was blocked, adding that two people were under arrest.",
     [("The police", "said", "the road was blocked"), ("The police", "adding", "two people were under arrest")]),
    ("a pronoun", "She said the camp held 300 families.", [("She", "said", "the camp held 300 families")]),
    ("belief", "Analysts believe that the siege will last until spring.",
     [("Analysts", "believe", "the siege will last until spring")]),
    ("an apposition in commas", "Marisol Tane, the mayor of Osk, said the water was safe.",
     [("Marisol Tane, the mayor of Osk", "said", "the water was safe")]),
    # According to and the like
    ("according to, first", "According to the Lesk Observatory, 31 rebels died in the clashes.",
     [("the Lesk Observatory", "According to", "31 rebels died in the clashes")]),
    ("according to, last", "Some 31 rebels died in the clashes, according to the Lesk Observatory.",
     [("the Lesk Observatory", "according to", "Some 31 rebels died in the clashes")]),
    ("according to, no comma", "The strike killed nine civilians according to the Lesk Observatory.",
     [("the Lesk Observatory", "according to", "The strike killed nine civilians")]),
    ("estimates by somebody", "The fleet has lost six ships, according to estimates from the Orvan navy.",
     [("estimates from the Orvan navy", "according to", "The fleet has lost six ships")]),
    # Numbers put by somebody
    ("put the toll at", "Local media put the toll at nine.", [("Local media", "put", "the toll at nine")]),
    ("the verb taken for a plural", "About 15,000 soldiers have been killed, the Quell Institute estimates.",
     [("the Quell Institute", "estimates", "About 15,000 soldiers have been killed")]),
    ("figures that show", "The ministry's figures show that 112 people were killed in June.",
     [("The ministry's figures", "show", "112 people were killed in June")]),
    ("a place to write in", "The governor wrote on Telegram that three people had been wounded.",
     [("The governor", "wrote", "three people had been wounded")]),
    ("a date before the speaker", "Militants killed 12 soldiers near Osk on Monday, the army said in a statement.",
     [("the army", "said", "Militants killed 12 soldiers near Osk on Monday")]),
    # Nobody
    ("it is believed", "It is believed that the ship carried 200 people.",
     [(None, "is believed", "the ship carried 200 people")]),
    ("are believed to have", "Around 200 people are believed to have died in the wreck.",
     [(None, "are believed", "Around 200 people / to have died in the wreck")]),
    ("reportedly", "The general was reportedly killed in the strike.",
     [(None, "reportedly", "The general was / killed in the strike")]),
    # Quotations
    ("quotation first", "“The bridge is gone,” Tane said.", [("Tane", "said", "“The bridge is gone,”")]),
    ("quotation first, a long speaker",
     "“The bridge is gone,” Marisol Tane, the mayor of Osk, told a local radio station on Monday.",
     [("Marisol Tane, the mayor of Osk", "told", "“The bridge is gone,”")]),
    ("quotation first, inverted", '"We will rebuild every house," said Marisol Tane, the mayor of Osk.',
     [("Marisol Tane, the mayor of Osk", "said", '"We will rebuild every house,"')]),
    ("quotation after a colon", "Tane said: “Nobody helped us.”", [("Tane", "said", "“Nobody helped us.”")]),
    ("broken and resumed in the sentence", "“The town,” she said, “is empty now.”",
     [("she", "said", "“The town,” / “is empty now.”")]),
    ("resumed after the sentence", "“The town is empty,” he said. “Everyone left on Friday.”",
     [("he", "said", "“The town is empty,” / “Everyone left on Friday.”")]),
    ("several paragraphs, only the last closes",
     "“We have waited two years,” Oren Vasik said. “Nobody came.\n\n“They sent letters. They sent forms.”\n\n"
     "The office was closed on Monday.",
     [("Oren Vasik", "said", "“We have waited two years,” / “Nobody came. / “They sent letters. They sent forms.”")]),
    ("a bare quotation after indirect speech",
     "Tane said the hospital had been hit twice. “There is nothing left of the roof.”",
     [("Tane", "said", "the hospital had been hit twice"),
      ("Tane", None, "“There is nothing left of the roof.”")]),
    ("words quoted within", "The army said its losses were “very small indeed”.",
     [("The army", "said", "its losses were “very small indeed”")]),
    ("doubled single marks", "''The bridge is gone,'' Tane said.", [("Tane", "said", "''The bridge is gone,''")]),
    ("single curly marks", "‘The bridge is gone,’ Tane said.", [("Tane", "said", "‘The bridge is gone,’")]),
    ("an apostrophe like a closing mark",
     "Orvan has lost 400 men, according to Kestria”s defence ministry. “We know it,” Tane said.",
     [("Kestria”s defence ministry", "according to", "Orvan has lost 400 men"),
      ("Tane", "said", "“We know it,”")]),
    ("a mark never closed costs its own sentence",
     "He called it “a disgrace. The army said on Monday that the town had fallen.",
     [("He", "called", "it “a disgrace"), ("The army", "said", "the town had fallen")]),
    # Relays
    ("said, according to", "“Our units train together,” the premier said, according to the Orvan Gazette.",
     [("the premier", "said", "“Our units train together,”", "Orvan Gazette")]),
    ("quoted as saying", "The agency quoted a medic as saying that nine people had died.",
     [("a medic", "saying", "nine people had died", "agency")]),
    ("citing", "The Orvan Gazette, citing local officials, reported that the dam had burst.",
     [("local officials", "citing", "the dam had burst", "Orvan Gazette")]),
    ("was quoted by", "Ana Lund, the minister, was quoted by the state agency as saying that 900 troops would go.",
     [("Ana Lund, the minister", "saying", "900 troops would go", "state agency")]),
    ("reported, quoting", "The storm killed at least 80 people, state television reported, quoting rescue officials.",
     [("rescue officials", "quoting", "The storm killed at least 80 people", "state television")]),
    ("said in an update", "The army lost 650 troops this week, the general staff said in its morning update.",
     [("the general staff", "said", "The army lost 650 troops this week")]),
    ("inverted, with a clause after", "The rebels have seized four villages, said two diplomats who knew of it.",
     [("two diplomats", "said", "The rebels have seized four villages")]),
    # Headlines
    ("a source after a colon", "29 rebels dead in Lesk clashes: NGO\n\nThe fighting went on for two days.",
     [("NGO", None, "29 rebels dead in Lesk clashes")]),
    # Nouns
    ("a claim that", "Orvan rejected Kestria's claim that it had used gas in the war.",
     [("Orvan", "rejected", "Kestria's claim that it had used gas in the war"),
      ("Kestria", "claim", "it had used gas in the war", "Orvan")]),
    # Nested
    ("nested", "Tane said that Kestria had denied shelling the town.",
     [("Tane", "said", "Kestria had denied shelling the town"),
      ("Kestria", "had denied", "shelling the town", "Tane")]),
    # Commas lost in scraping
    ("commas lost", "The raid left at least 12 villagers dead among them four schoolgirls a medic said.",
     [("a medic", "said", "The raid left at least 12 villagers dead among them four schoolgirls")]),
    ("commas lost, a title before the name",
     "Nine villagers died when the bridge gave way the Institute chief Rafi Abdel Noor told the agency.",
     [("the Institute chief Rafi Abdel Noor", "told", "Nine villagers died when the bridge gave way")]),
    # What is no claim
    ("nothing said", "The town lies on a river, and its port is the largest in Orvan.", []),
    ("declared stockpile", "The country destroyed its declared stockpile of gas in 2014.", []),
    ("a date that ran into the speaker, at the start", "On August 8 Colm Kaval said that 12 people had died.",
     [("Colm Kaval", "said", "12 people had died")]),
    ("a date that ran into the speaker", "On 8 August Colm Kaval of the Orvan Guard put their losses at 70,000.",
     [("Colm Kaval of the Orvan Guard", "put", "their losses at 70,000")]),
    ("the missing do not count", "With the wounded and the missing counted, losses come to 300, Orna Vail said.",
     [("Orna Vail", "said", "With the wounded and the missing counted, losses come to 300")]),
    # Numbers put, polled and reckoned
    ("placed a number", "The Orvan Seismic Office placed the epicentre of the quake about 80 kilometres north of Lesk.",
     [("The Orvan Seismic Office", "placed", "the epicentre of the quake about 80 kilometres north of Lesk")]),
    ("placed in a range", "The curator placed the age of the bones in the range of nine to twelve thousand years.",
     [("The curator", "placed", "the age of the bones in the range of nine to twelve thousand years")]),
    ("a poll that shows a share", "Two polls showed backing for Tane at no more than four percent of those asked.",
     [("Two polls", "showed", "backing for Tane at no more than four percent of those asked")]),
    ("by reports, first", "By reports on Monday, four of the divers were found.",
     [("reports on Monday", "By", "four of the divers were found")]),
    ("a flood claims lives, no words", "The flood claimed 40 lives.", []),
    ("lives in a claim", "The rebels claimed the lives of 40 villagers were saved.",
     [("The rebels", "claimed", "the lives of 40 villagers were saved")]),
    # Who speaks, and who does not
    ("two offices part at a semicolon",
     "The Orvan Survey reported a magnitude of 5.5; the Marland Seismic Office reported 5.8.",
     [("The Orvan Survey", "reported", "a magnitude of 5.5"),
      ("the Marland Seismic Office", "reported", "5.8")]),
    ("an agency that cites", "According to the Kestria News Agency, which cited sources close to the inquiry, the man "
     "had bought two rifles.", [("sources", "cited", "the man had bought two rifles", "Kestria News Agency")]),
    ("the next sentence is no relay", "Tane confirmed the reports. According to the Lesk Observatory, the school was "
     "destroyed.", [("Tane", "confirmed", "the reports"),
                    ("the Lesk Observatory", "According to", "the school was destroyed")]),
    ("cited by a paper", "Officials cited by the Orvan Times on 11 August said that 300 had died.",
     [("Officials", "said", "300 had died", "Orvan Times")]),
    ("a month before the name", "In November General Mark Lund put the dead at 300.",
     [("General Mark Lund", "put", "the dead at 300")]),
    ("last is no part of a name", "Orvan last acknowledged 37 dead, in May.",
     [("Orvan", "acknowledged", "37 dead, in May")]),
    ("no group claimed it", "No movement claimed responsibility for the bombing.", []),
    ("side by side", "Set side by side, then, the numbers 9,000 and 45,400 do not compare.", []),
    ("and that, after a quotation",
     'The president said "nobody will be left behind" and that the dam will only open when the rain stops.',
     [("The president", "said", '"nobody will be left behind" and that the dam will only open when the rain stops')]),
    ("a deed of the speaker's",
     "The envoy said the region stands behind Orvan and thanked Kestria for its support.",
     [("The envoy", "said", "the region stands behind Orvan")]),
    ("a quotation after another verb",
     'Marisol Tane defended the vote, "Nobody was told of the flood in time. It is for others to act."',
     [("Marisol Tane", "defended", '"Nobody was told of the flood in time. It is for others to act."')]),
    ("a quotation that goes on", '"We found them," Tane continued. "[T]he water was cold. It took nine hours."',
     [("Tane", "continued", '"We found them," / "[T]he water was cold. It took nine hours."')]),
    ("claimed by", "Six people died in a bombing claimed by the Lesk Front.",
     [("the Lesk Front", "claimed", "a bombing")]),
    ("another speaks after and",
     "Officials say hundreds are sheltering in the plant, and a policeman told the Orvan Times that food was short.",
     [("Officials", "say", "hundreds are sheltering in the plant"), ("a policeman", "told", "food was short")]),
    ("citing an agency", "The paper reported the blast, citing the state-run Belna news agency.",
     [("the state-run Belna news agency", "citing", "the blast", "paper")]),
    ("a by-line", "Ana Lund and Karl Holm reported from Osk, and Nur Vail from Lesk.", []),
    ("from one quotation to the next",
     "Vail said “the dam is leaking” because the ministry is “trying to save on cement”.",
     [("Vail", "said", "“the dam is leaking” because the ministry is “trying to save on cement”")]),
    ("a semicolon ends it", "Rescuers said four miners drowned; their names were withheld.",
     [("Rescuers", "said", "four miners drowned")]),
    ("a name, an age, who", "The fire was put out by Ivo Lund, 24, who said he had only done his duty.",
     [("Ivo Lund", "said", "he had only done his duty")]),
    ("a paper, not a day", "The Orvan Sun reported that 12 people had died.",
     [("The Orvan Sun", "reported", "12 people had died")]),
    ("what happened meanwhile",
     "The toll has risen to at least 312, the Orvan agency said on Monday, as rescuers reached Lesk.",
     [("the Orvan agency", "said", "The toll has risen to at least 312")]),
    ("claiming, after another's claim",
     "The Orvan Red Cross put the number of dead at 340, while Petar Juno accused the government of lying, claiming "
     "that “well over 500” bodies had been found.",
     [("The Orvan Red Cross", "put", "the number of dead at 340"), ("Petar Juno", "accused", "the government of lying"),
      ("Petar Juno", "claiming", "“well over 500” bodies had been found")]),
    ("was quoted as saying by",
     "“We lost 30 men,” General Tomas Reyl, the commander, was quoted as saying by the state news agency ORTA.",
     [("General Tomas Reyl, the commander", "saying", "We lost 30 men", "ORTA")]),
    ("an agency, which", "About 5,000 residents have fled, according to the refugee agency, which called for help.",
     [("the refugee agency", "according to", "About 5,000 residents have fled")]),
    ("where it was filed", "LESK, Orvan (KNA) — Turnout reached 71 percent, the commission announced late Sunday.",
     [("the commission", "announced", "Turnout reached 71 percent")]),
    ("a poll that puts somebody at", "A poll by the Norr Institute put Revik on 53 percent.",
     [("A poll by the Norr Institute", "put", "Revik on 53 percent")]),
    ("meanwhile, without its comma",
     "Air strikes on Lesk killed 23 people on Tuesday a monitor said as troops pressed on.",
     [("a monitor", "said", "Air strikes on Lesk killed 23 people on Tuesday")]),
    ("although it cautioned",
     "A panel estimated that 900 people had died, although it cautioned that its figures were rough.",
     [("A panel", "estimated", "900 people had died"), ("it", "cautioned", "its figures were rough")]),
    ("a live report", "10:42 The Orvan army says it has 36 prisoners.",
     [("The Orvan army", "says", "it has 36 prisoners")]),
    ("by its own count", "By the government's own count, 212 journalists have been detained.",
     [("the government's own count", "By", "212 journalists have been detained")]),
    ("a loss put at a number", "It puts Kestria's casualties at roughly 200,000 to 250,000.",
     [("It", "puts", "Kestria's casualties at roughly 200,000 to 250,000")]),
    ("spoken of a number", "The interior minister has spoken of 640,000.",
     [("The interior minister", "has spoken", "640,000")]),
    ("a monitor in a headline", "29 rebels dead in Lesk blast: monitor",
     [("monitor", None, "29 rebels dead in Lesk blast")]),
    ("no source in a headline", "Live: Border fighting enters third day", []),
    ("and so on, after the speaker",
     "More than 40,000 have been moved to shelters, she added, and about 7,500 homes have been destroyed.",
     [("she", "added", "More than 40,000 have been moved to shelters / about 7,500 homes have been destroyed")]),
    ("put a number at, with an aside",
     "The Orvan staff put all Kestrian losses, killed and wounded alike, at about 15,600 as of Wednesday.",
     [("The Orvan staff", "put", "all Kestrian losses, killed and wounded alike, at about 15,600 as of Wednesday")]),
    ("put the killed and wounded at",
     "Colin Lund of the ministry put Kestria's killed and wounded at 70,000 to 80,000.",
     [("Colin Lund of the ministry", "put", "Kestria's killed and wounded at 70,000 to 80,000")]),
    ("an estimate that was", "Kestria's estimate, released on Wednesday, was 7,000 to 15,000 soldiers killed.",
     [("Kestria", "estimate", "7,000 to 15,000 soldiers killed")]),
    ("nobody's reckoning",
     "By the most conservative reckoning, the Orvan Times notes, 20,000 people may have been killed.",
     [("the Orvan Times", "notes", "By the most conservative reckoning / 20,000 people may have been killed")]),
    ("a heading is no speaker", "Correction: 40 people died in the fire, not 60.", []),
    ("denied access", "The Orvan Red Cross said that it had been denied access.",
     [("The Orvan Red Cross", "said", "it had been denied access")]),
    # Lost commas
    ("the hurt do not speak", "Guards opened fire at the gate wounding nine miners witnesses said.",
     [("witnesses", "said", "Guards opened fire at the gate wounding nine miners")]),
    ("a place and a speaker", "The collapse buried at least 60 miners in Lesk aid workers said.",
     [("aid workers", "said", "The collapse buried at least 60 miners in Lesk")]),
    ("a place after a verb", "At least 60 miners were trapped in Lesk aid workers said.",
     [("aid workers", "said", "At least 60 miners were trapped in Lesk")]),
    ("a place and an agency", "The storm also injured six sailors in the harbour of Lesk KNA said.",
     [("KNA", "said", "The storm also injured six sailors in the harbour of Lesk")]),
    ("a headline run into a date",
     "14 miners lost in Orvan flood NGO KNA Friday 3 May 2031 At least 14 miners died in Osk, an NGO said.",
     [("NGO", None, "14 miners lost in Orvan flood"), ("an NGO", "said", "At least 14 miners died in Osk")]),
    ("initials in brackets", "The Orvan Geological Survey (OGS) reported 5.8.",
     [("The Orvan Geological Survey (OGS)", "reported", "5.8")]),
    ("reports and their content", "According to reports thousands of families left the valley.",
     [("reports", "According to", "thousands of families left the valley")]),
    ("a place, then the speaker", "At least 14 people died in a fire in Osk, the mayor said.",
     [("the mayor", "said", "At least 14 people died in a fire in Osk")]),
    ("a deed, no word", "The soldiers marched through the gate and took the bridge at dawn.", []),
]  # fmt: skip


def words(text: str | None) -> list[str] | None:
    return None if text is None else [w.lower() for w in WORD.findall(text.replace("”s", "’s"))]


def found(text: str) -> list[tuple]:
    reading = next(iter(read([Article.from_text(text)])))
    rows = []
    for c in find_claims(reading):

        def cut(span):
            return None if span is None else words(text[span[0] : span[1]])

        content = [w for s in c.content for w in cut(s)]
        rows.append((cut(c.source_span), cut(c.cue_span), content, [words(v) for v in c.via]))
    return rows


@pytest.mark.parametrize(("text", "expected"), [(t, e) for _, t, e in TABLE], ids=[name for name, _, _ in TABLE])
def test_claims(text, expected):
    wanted = []
    for source, cue, content, *via in expected:
        pieces = [w for piece in content.split(" / ") for w in words(piece)]
        wanted.append((words(source), words(cue), pieces, [words(v) for v in via]))
    assert found(text) == wanted
