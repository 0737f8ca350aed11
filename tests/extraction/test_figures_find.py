"""The figures of an article: what is one, of which category, whose, by whose word."""

import datetime as dt

import pytest
from ascribe.articles.article import Article
from ascribe.extraction.figures import find_figures, find_numbers
from ascribe.extraction.records import CATEGORIES, Claim
from ascribe.language.reading import read

PUBLISHED = dt.date(2023, 5, 10)


def reading(text):
    return next(iter(read([Article.from_text(text, published=PUBLISHED)])))


def figures(text, claims=()):
    return find_figures(find_numbers(reading(text)), claims)


def shown(text):
    return [(f.number, f.category) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("More than 90,000 soldiers fled.", "More than 90,000"),
        ("Up to\n40 miners died.", "Up to 40"),
        ("90 or more people were injured.", "90 or more"),
        ("Between 30 and 40 died.", "Between 30 and 40"),
        ("Twelve died.", "Twelve"),
    ],
)
def test_the_words_that_bound_a_number_are_kept(text, stated):
    assert [f.stated_as for f in figures(text)] == [stated]


CATEGORY_CASES = [
    ("The staff put Kestrian personnel losses at about 94,760 as of Wednesday.", [("94,760", "losses")]),
    (
        "There were 40 deaths in May. In June the total rose by 16,970, from 72,470 a month before.",
        [("40", "killed"), ("16,970", "killed"), ("72,470", "killed")],
    ),
    ("Kestria put its own dead at 1,351, up from 1,200 in May.", [("1,351", "killed"), ("1,200", "killed")]),
    ("Of the dead, 86 were men, 22 women and 16 boys.", [("86", "killed"), ("22", "killed"), ("16", "killed")]),
    ("Of the casualties, 697 fell in January.", [("697", "casualties")]),
    (
        "Kestria reported 200 dead and 490 wounded, or 690 together.",
        [("200", "killed"), ("490", "wounded"), ("690", "casualties")],
    ),
    (
        "The hill villages account for 75: 20 killed and 55 injured.",
        [("75", "casualties"), ("20", "killed"), ("55", "wounded")],
    ),
    ("Kestrian losses now stand at about 5,960 personnel.", [("5,960", "losses")]),
    ("Kestria lost 80 tanks and 30 artillery systems.", [("80", "equipment"), ("30", "equipment")]),
    (
        "Three people died. The firm employs 1,200. The figure rose to 500.",
        [("Three", "killed"), ("1,200", "other"), ("500", "other")],
    ),
    ("Thousands were forced to flee, and 600 were told to leave.", [("Thousands", "displaced"), ("600", "displaced")]),
    (
        "Some 40 families lost their homes; 80 people had their homes destroyed.",
        [("40", "displaced"), ("80", "displaced")],
    ),
    ("The storm cut power to about 38,000 people.", [("38,000", "affected")]),
    ("The hall was a shelter for 50 families.", [("50", "affected")]),
    ("Between 36 and 40 people were under the rubble.", [("Between 36 and 40", "affected")]),
    ("Some 2.3 million people are without clean water.", [("2.3 million", "affected")]),
    ("About 3.5 million people are short of food.", [("3.5 million", "affected")]),
    ("Four people have bullet wounds.", [("Four", "wounded")]),
    ("Tens of villagers who wanted to leave were killed and injured.", [("Tens", "casualties")]),
    ("Two farmers, who were accused of spying, have been shot dead.", [("Two", "killed")]),
    (
        "After six monks (five of them old) and two nuns who cooked for them were murdered, Orvan mourned.",
        [("six", "killed"), ("five", "killed"), ("two", "killed")],
    ),
    ("One child was, according to the firemen, among the dead.", [("One", "killed")]),
    ("The ferry saved 300 lives; 14 lives were saved by others.", [("300", "other"), ("14", "other")]),
    ("At least 17 dead, 40 hurt as train derails", [("17", "killed"), ("40", "wounded")]),
    ("The ferry sank with 320 on board; 12 people died.", [("320", "other"), ("12", "killed")]),
    ("Two police officers were found guilty in Orvan.", [("Two", "other")]),
    ("The firm made millions in sales.", [("millions", "money")]),
    ("The Orvan party kept all 7 of its mayors.", [("7", "other")]),
    ("The guns shot down 14 of the 17 drones.", [("14", "equipment"), ("17", "equipment")]),
    (
        "It made 22 raids in five towns, 14 of which failed.",
        [("22", "events"), ("five", "infrastructure"), ("14", "events")],
    ),
    ("The number of soldiers there—which amounts to 130,000—is high.", [("130,000", "personnel")]),
    ("The drug cut deaths among 2,104 patients.", [("2,104", "affected")]),
    ("There were 48 cases, and the rate was 0.9-1.1.", [("48", "affected"), ("0.9-1.1", "other")]),
    ("Two pilots and 12 islanders came.", [("Two", "personnel"), ("12", "population")]),
    (
        "Losses of the enemy from 24.02.22 to 09.12.22: personnel – about 93,080, tanks – 2,937 (+2), drones – 1,592.",
        [("93,080", "losses"), ("2,937", "equipment"), ("1,592", "equipment")],
    ),
    ("Its losses: 930 personnel; 29 tanks.", [("930", "losses"), ("29", "equipment")]),
    (
        "A further 14,000 have been listed as missing; 6,000 are in captivity.",
        [("14,000", "missing"), ("6,000", "captured")],
    ),
    ("The raid left 10 million people in the dark.", [("10 million", "affected")]),
    ("Some 24 guards fell in the battle.", [("24", "killed")]),
    ("The gang abducted 40 schoolgirls.", [("40", "captured")]),
    (
        "Some 400 people lost their homes, with 72 flats ruined and another 236 beyond repair.",
        [("400", "displaced"), ("72", "infrastructure"), ("236", "infrastructure")],
    ),
    (
        "Losses of personnel stood at 90,000. In 16 days the total of personnel rose by 10,120.",
        [("90,000", "losses"), ("16", "duration"), ("10,120", "losses")],
    ),
    ("In all 12 were ejected and 3 treated for burns.", [("12", "other"), ("3", "wounded")]),
    ("The storm forced 10,000 from their homes.", [("10,000", "displaced")]),
    ("It killed 12 of at least 30 guards.", [("12", "killed"), ("30", "personnel")]),
    ("Twelve of the wounded died.", [("Twelve", "killed")]),
    ("They reached the bridge—12 people drowned—on Monday.", [("12", "killed")]),
    ("The murder of the six monks shocked Orvan.", [("six", "killed")]),
    ("The shelling killed at least 12 people in Orvan.", [("12", "killed")]),
    ("Twelve villagers were killed when the bridge fell.", [("Twelve", "killed")]),
    ("Some 40 fighters were eliminated, the army said.", [("40", "killed")]),
    ("The storm claimed 3,000 lives.", [("3,000", "killed")]),
    ("The death toll from the storm has risen to 31.", [("31", "killed")]),
    ("Over 30,000 villagers are estimated to have been killed this spring.", [("30,000", "killed")]),
    ("20 dead in air raids on Orvan", [("20", "killed")]),
    ("The blast left six soldiers dead.", [("six", "killed")]),
    ("Seven people lost their lives in the fire.", [("Seven", "killed")]),
    ("Ten prisoners were shot to death by the guards.", [("Ten", "killed")]),
    ("The murder of two judges and three clerks shocked Orvan.", [("two", "killed"), ("three", "killed")]),
    ("Gunmen killed the mayor as well as two farmers.", [("two", "killed")]),
    ("Nine people were wounded by the blast.", [("Nine", "wounded")]),
    ("The crash injured 30 others.", [("30", "wounded")]),
    ("Fourteen pupils were taken to hospital.", [("Fourteen", "wounded")]),
    ("At least 70 people were killed and wounded in the raid.", [("70", "casualties")]),
    ("There were 1,472 casualties in March.", [("1,472", "casualties")]),
    ("Kestria has lost more than 40,000 conscripts since May.", [("40,000", "losses")]),
    ("Kestria has lost 5,960 soldiers killed in Orvan.", [("5,960", "killed")]),
    ("Kestria lost 40 soldiers wounded, the minister said.", [("40", "wounded")]),
    ("The rebels captured 15 soldiers at the pass.", [("15", "captured")]),
    ("Two hundred soldiers surrendered near Orvan.", [("Two hundred", "captured")]),
    ("The militia took 20 hostages.", [("20", "captured")]),
    ("After the landslide 68 people were missing.", [("68", "missing")]),
    ("Four fishermen disappeared during the storm.", [("Four", "missing")]),
    ("Over 5 million refugees crossed into Kestria.", [("5 million", "displaced")]),
    ("Thousands of villagers fled the fighting.", [("Thousands", "displaced")]),
    ("Some 2,000 residents were evacuated from Orvan.", [("2,000", "displaced")]),
    ("Hundreds of villagers sheltered in cellars.", [("Hundreds", "affected")]),
    ("The virus has infected around 35,000 people.", [("35,000", "affected")]),
    ("Nearly 60,000 people are in need of food.", [("60,000", "affected")]),
    ("Kestria sent 8,500 troops to the border.", [("8,500", "personnel")]),
    ("Over 1,000 rescuers searched the ruins.", [("1,000", "personnel")]),
    ("A town of approximately 30,000 residents lies in ruins.", [("30,000", "population")]),
    ("Orvan had a population of 2,500 before the war.", [("2,500", "population")]),
    ("The army fired 20 rockets and lost 31 tanks.", [("20", "equipment"), ("31", "equipment")]),
    ("The flood damaged 143 houses and two bridges.", [("143", "infrastructure"), ("two", "infrastructure")]),
    ("The army carried out 22 attacks on Orvan.", [("22", "events")]),
    ("The bridge will cost $90 million.", [("$90 million", "money")]),
    ("Turnout was about 60 per cent.", [("60 per cent", "share")]),
    ("The village lies 20 km from Orvan and covers 39 square miles.", [("20", "distance"), ("39", "distance")]),
    ("They walked for six hours.", [("six", "duration")]),
    ("The choir sang nine songs.", [("nine", "other")]),
    ("The order led to the killing of 300,000 pigs.", [("300,000", "other")]),
    ("Not a single villager was killed.", [("Not a single", "killed")]),
    (
        "Thousands, if not tens of thousands, of villagers fled.",
        [("Thousands", "displaced"), ("tens of thousands", "displaced")],
    ),
    ("In Orvan 32 policemen and about as many marchers were injured.", [("32", "wounded")]),
    (
        "Three medics were killed and five abducted, raising to 26 the number of those killed.",
        [("Three", "killed"), ("five", "captured"), ("26", "killed")],
    ),
    ("Two patients were in critical but stable condition.", [("Two", "wounded")]),
    ("Brandt put the number of passengers at 187 and said the captain was among the dead.", [("187", "other")]),
    (
        "In 2019, 68 people drowned. It led to a law limiting passengers to 100 per boat.",
        [("68", "killed"), ("100", "other")],
    ),
    ("More than 1,300 people have drowned on the route this year.", [("1,300", "killed")]),
    (
        "Kestria claimed it beat them back, killing “at least 60 occupiers” and taking two guns.",
        [("60", "killed"), ("two", "equipment")],
    ),
    ("It recorded 90 casualties, including 40 killed.", [("90", "casualties"), ("40", "killed")]),
    ("The blast left 30 killed and wounded.", [("30", "casualties")]),
    ("He reckoned with savings of 18 billion.", [("18 billion", "money")]),
    ("He faces seven counts of murder and 20 of attempted murder.", [("seven", "other"), ("20", "other")]),
    (
        "The ship brought 412 migrants ashore, among them 90 unaccompanied minors.",
        [("412", "displaced"), ("90", "displaced")],
    ),
    ("Two members of the rescue corps were also among the victims.", [("Two", "killed")]),
    ("The whole crew — Reyk, his cook and six others — died when it sank.", [("six", "killed")]),
    ("The gang stormed the depot, taking dozens of workers there hostage.", [("dozens", "captured")]),
    ("Kestria used six F-16 fighters and two MiG-29s.", [("six", "equipment"), ("two", "equipment")]),
    ("The house has six floors, two residents said.", [("six", "other"), ("two", "other")]),
    ("The fire destroyed two floors.", [("two", "infrastructure")]),
    ("The storm killed hundreds, if not thousands, of people.", [("hundreds", "killed"), ("thousands", "killed")]),
    (
        "23 dead, thousands cut off in Kestria",
        [("23", "killed"), ("thousands", "affected")],
    ),
    ("Two people died and 14, including a boy of three, were wounded.", [("Two", "killed"), ("14", "wounded")]),
    ("Last week 12 were killed.", [("12", "killed")]),
    ("We have buried 97 people, the mayor said.", [("97", "killed")]),
    (
        "Some 18,500 residents were moved to shelters. Another 7,000 are staying with relatives.",
        [("18,500", "displaced"), ("7,000", "displaced")],
    ),
    ("The flood left 88 people dead and about 40,000 were made homeless.", [("88", "killed"), ("40,000", "displaced")]),
    ("Of these, 417 have died and 622 have recovered.", [("417", "killed"), ("622", "affected")]),
    ("Divers are searching for more than 100 others.", [("100", "missing")]),
    (
        "The rebels are still holding about 600 soldiers and 43 policemen.",
        [("600", "captured"), ("43", "captured")],
    ),
    ("An estimated 6.8 million people will face acute hunger.", [("6.8 million", "affected")]),
    (
        "Over 1.9 million children are malnourished, of whom 390,000 are severely so.",
        [("1.9 million", "affected"), ("390,000", "affected")],
    ),
    (
        "The hospital says it has admitted 83 people, 11 of them in intensive care.",
        [("83", "wounded"), ("11", "wounded")],
    ),
    ("Some 212,000 people have crossed from Orvan into Kestria.", [("212,000", "displaced")]),
    ("Two soldiers crossed into Kestria.", [("Two", "personnel")]),
    (
        "Officials reported 54 cases of cholera, and 402 cases of arbitrary arrest.",
        [("54", "affected"), ("402", "other")],
    ),
    (
        "A riot at a prison built for 600 inmates but holding almost 1,900 left 29 inmates dead.",
        [("600", "other"), ("1,900", "other"), ("29", "killed")],
    ),
    (
        "Two of them died, said a woman at the camp, which was built for 20,000 people and now holds 63,000.",
        [("Two", "killed"), ("20,000", "other"), ("63,000", "other")],
    ),
    (
        "Sixty-two prisoners have been killed since January, against 41 in all of last year.",
        [("Sixty-two", "killed"), ("41", "killed")],
    ),
    ("The chain told of a 107 million loss.", [("107 million", "money")]),
    ("Some 61 people are missing, including 14 schoolchildren.", [("61", "missing"), ("14", "missing")]),
    (
        "The report counts 27 attacks. 18 of the 27 were carried out by aircraft.",
        [("27", "events"), ("18", "events")],
    ),
    (
        "Seven of the dead were sisters, police said. Three were firefighters.",
        [("Seven", "killed"), ("Three", "killed")],
    ),
    (
        "The group has listed 48,214 civilians killed. Their number includes 6,020 children.",
        [("48,214", "killed"), ("6,020", "killed")],
    ),
    (
        "The toll from the quake rose to 2,046, with 5,300 injured. It stood at 1,811 on Sunday.",
        [("2,046", "killed"), ("5,300", "wounded"), ("1,811", "killed")],
    ),
    (
        "Relatives of the missing, who number 116 by one list, gathered at the pier.",
        [("116", "missing")],
    ),
    (
        "Tane's bloc took 98, the Greens 17 and independents the remaining 13.",
        [("98", "other"), ("17", "other"), ("13", "other")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CATEGORY_CASES)
def test_categories(text, expected):
    assert shown(text) == expected


def test_every_category_has_a_case():
    assert {category for _, expected in CATEGORY_CASES for _, category in expected} == set(CATEGORIES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed 13 people, 25 wounded were taken to Orvan.", [("13", "killed"), ("25", "wounded")]),
        ("Five miners were killed and 18 injured on Monday.", [("Five", "killed"), ("18", "wounded")]),
        ("The flood killed ten people, including four children.", [("ten", "killed"), ("four", "killed")]),
        ("The toll rose to 20, among them three medics.", [("20", "killed"), ("three", "killed")]),
        ("Of the 29 passengers, 18 of them were rescued.", [("29", "other"), ("18", "affected")]),
    ],
)
def test_harm_is_told_apart_in_a_coordination_and_shared_with_its_parts(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The army took Orvan on 24 February 2022.",
        "It began on May 24 and ended on May 26.",
        "In 2015 the two countries signed a treaty.",
        "The siren sounded at 6:12 a.m. local time.",
        "The alarm was raised at 14.30 on Monday.",
        "Marisol Tane, 42, was elected mayor.",
        "A 25-year-old man was questioned.",
        "She was 86.",
        "The third attempt failed.",
        "The 72nd Brigade used Su-25 jets and M777 howitzers.",
        "Resolution 2254 was adopted under Article 7.",
        "The first half was dull.",
        "He flew in a Boeing 737.",
        "Orvan beat Kester 3-1 on Sunday.",
        "Call the office on +1 555 010 0199.",
        "1. Boil the water.",
        "The two men agreed.",
        "One of the mayors resigned.",
        "Both sides met one another.",
        "The G7 met in Orvan.",
        "A COVID-19 case was found on Flight 610.",
        "They live at 36 Mill Street.",
        "The 5G network and the 4K film failed.",
        "She would have turned 90 on March 3.",
        "A 19-year-old motorcyclist fell.",
        "09.15: Fog. 10.15: Rain.",
        "It is open from 9.30 to 11.45.",
        "The council backed the plan by 2 to 1.",
        "At least one case involved boars.",
        "The S&P 500 and the FTSE 100 fell.",
        "She won 6-4, 3-6, 7-6.",
        "The Group of 77 met on floor 3.",
        "The temple fell in AD 79.",
        "It runs on iOS 17.2.",
        "It is a 50-50 chance.",
        "They fired 155mm shells.",
        "The Model 3 costs more.",
        "It was led by Ander Moll, a farmer of 71.",
        "It is day one, Day 412 of the war.",
        "They held children as young as 12.",
        "18.42 Crews have arrived at the arena.\n\n18.55 The fire chief speaks.",
        "The clinic is at Suite 300, 2210 NW 14th Parkway, Tolm.",
        "It stands at 14 Old Mill Road in Tolm.",
        "Write to P.O. Box 340, Tolm, OR 97223.",
        "He lives at Apt. 5, 220 West 9th Avenue.",
        "It burned at 31 Lindenweg, 97223 Tolm.",
        "The bank at 9 Avenue of the Rivers is shut.",
        "Ring +44 20 7946 0958 or +1 555 0100.",
        "From Monday 20 to Sunday 26 May the road is shut.",
        "About 10⁶ were seen.",
    ],
)
def test_no_figures(text):
    assert [(f.number, f.value) for f in figures(text) if f.category != "affected"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The index closed at 33,412.50 points.", [("33,412.50", 33412.5, "")]),
        ("The pound traded at 1.25 against the crown.", [("1.25", 1.25, "")]),
        ("Fares went from 1.20 to 1.85 euros.", [("1.20", 1.2, "EUR"), ("1.85 euros", 1.85, "EUR")]),
        ("A cup costs 75 cents.", [("75 cents", 0.75, "USD")]),
        ("A cup costs 80p.", [("80p", 0.8, "GBP")]),
        ("A magnitude-6.8 earthquake struck.", [("6.8", 6.8, "magnitude")]),
        ("A 5.2 magnitude quake struck.", [("5.2", 5.2, "magnitude")]),
        ("The survey said its magnitude was 6.1.", [("6.1", 6.1, "magnitude")]),
        ("He got a one-year ban.", [("one", 1, "year")]),
        ("Tane earned 8 seats, and Reyk the remaining 1.", [("8", 8, ""), ("1", 1, "")]),
        ("She won a 92-year-old award.", [("92", 92, "year")]),
        ("The temperature fell to 3 C. Snow closed the pass.", [("3", 3, "°C")]),
        ("The margin of error is plus or minus 3.1 percentage points.", [("3.1", 3.1, "percentage point")]),
        (
            "Lists hit a record 7.4m. The number waiting rose to 7.42 million.",
            [("7.4m", 7.4e6, ""), ("7.42 million", 7.42e6, "")],
        ),
        ("The wall is 7.4m high.", [("7.4", 7.4, "m")]),
        ("Bread costs three times as much as a year ago.", [("three", 3, "")]),
        ("It gets €6.1 billion, 800 million more.", [("€6.1 billion", 6.1e9, "EUR"), ("800 million", 8e8, "EUR")]),
        (
            "It has £500 million on top of the 1.1 billion already set aside.",
            [("£500 million", 5e8, "GBP"), ("1.1 billion", 1.1e9, "GBP")],
        ),
        ("It cost 45 euros. Fuel rises by 4 cents.", [("45 euros", 45, "EUR"), ("4 cents", 0.04, "EUR")]),
        ("On the boat 19 of the victims were under 10.", [("19", 19, "")]),
        ("Some 12 Mill Street residents left.", [("12", 12, "")]),
        ("THE PRESS SAW 13 BODIES OF THE STREET WAR.", [("13", 13, "")]),
        ("The clinic counted +12 patients.", [("12", 12, "")]),
        ("Tane said 3.400.000 voters stayed.", [("3.400.000", 3_400_000, "")]),
        ("From Monday 20 to Sunday 26 April, 31 ships sank.", [("31", 31, "")]),
        ("She was among the 17 wounded.", [("17", 17, "")]),
    ],
)
def test_values_and_units_in_an_article(text, expected):
    assert [(f.number, f.value, f.unit) for f in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "counted", "whose"),
    [
        ("Rebels killed 30 Ukrainian soldiers.", "Ukrainian soldiers", "Ukraine"),
        ("Russia has lost 90,000 soldiers.", "soldiers", "Russia"),
        ("The dead included 5 children.", "children", "children"),
        ("The blast killed 12 civilians.", "civilians", "civilians"),
        ("The blast hurt 12.", None, None),
        ("Some 142 cases in India were reported.", "cases", "India"),
        ("The town had dozens of burnt houses.", "burnt houses", None),
        ("In India, 142 cases were reported.", "cases", "India"),
        ("India reported 142 deaths.", "deaths", "India"),
        ("Infections in India surpassed 10,000.", None, "India"),
        ("Russia had massed near the border some 90,000 troops.", "troops", "Russia"),
        ("They buried the 15,000 men that Russia has lost.", "men", "Russia"),
        ("They put the number of Russians dead at 17,000.", None, "Russia"),
        ("The storm cut off 12 towns and villages in Ukraine's north.", "towns and villages", "Ukraine"),
        ("The war killed thousands of civilians and soldiers.", "civilians and soldiers", None),
        ("The shells killed 12 fighters.", "fighters", "fighters"),
        ("Some 12 fighters came.", "fighters", None),
        ("Tane sold two packs last week.", "packs", None),
        ("A 300-strong crowd marched.", "crowd", None),
        ("In stock: tanks – 2,937 (+2).", "tanks", None),
        ("They sailed for 30+ years.", "years", None),
        ("It did 22 amputations yesterday.", "amputations", None),
        ("The Unity Party won 112 of the seats.", "seats", "Unity Party"),
        ("The opposition holds 12 seats.", "seats", None),
        ("Tane and Reyk won nine seats.", "seats", None),
        ("His side lost 11 men.", "men", None),
        ("They captured 26 government troops.", "government troops", "government"),
        ("They captured 40 rebel fighters.", "rebel fighters", "rebels"),
        ("The fire left 17 dead, guards said.", None, None),
        ("The fire left 9 missing, divers said.", None, None),
        ("The mayor said 3,400 fled.", None, None),
    ],
)
def test_counted_and_whose(text, counted, whose):
    (figure,) = figures(text)
    assert (figure.counted, figure.whose) == (counted, whose)


def claim(text, content, source=None, cue=None, claim_id="c", **more):
    def span(words):
        return (text.index(words), text.index(words) + len(words)) if words else None

    return Claim(
        claim_id, "article", (span(content),), content, span(source), span(cue), source, cue, "indirect", **more
    )


def test_a_figure_is_credited_to_the_innermost_claim_that_holds_it():
    text = "Marisol Tane said the ministry had counted 40 dead. It cost 12 houses."
    outer = claim(text, "the ministry had counted 40 dead", "Marisol Tane", "said", "outer")
    inner = claim(text, "40 dead", "the ministry", "had counted", "inner")
    dead, houses = figures(text, [outer, inner])
    assert (dead.claim_id, dead.source_name, dead.credit) == ("inner", "the ministry", "explicit")
    assert (houses.claim_id, houses.source_name, houses.credit) == (None, None, "none")


def test_credit_is_carried_where_the_crediting_words_stand_in_another_sentence():
    text = "“We buried 40 people. We lost 12 houses,” said Marisol Tane."
    spoken = claim(text, "“We buried 40 people. We lost 12 houses,”", "Marisol Tane", "said")
    assert [f.credit for f in figures(text, [spoken])] == ["carried", "explicit"]


def test_a_claim_without_a_source_credits_nobody_and_relays_are_kept():
    text = "It is believed that 40 people died. Tane said, according to the Orvan Post, that 12 houses burned."
    believed = claim(text, "40 people died", None, "is believed", "a")
    relayed = claim(text, "12 houses burned", "Tane", "said", "b", via=("the Orvan Post",))
    died, burned = figures(text, [believed, relayed])
    assert (died.claim_id, died.credit, died.source_name) == ("a", "none", None)
    assert (burned.source_name, burned.via) == ("Tane", ("the Orvan Post",))


def test_crediting_words_after_according_to_reach_back_over_their_sentence():
    text = "Over 1,400 people were abducted, according to the firm Grall, and 16 of them died."
    said = claim(text, "16 of them died", "the firm Grall", "according to")
    assert [f.credit for f in figures(text, [said])] == ["explicit", "explicit"]


def test_crediting_words_in_commas_reach_back_over_their_sentence():
    text = "Two floors burned, Tane said, adding that 12 families had moved out."
    said = claim(text, "12 families had moved out", "Tane", "said")
    assert [(f.number, f.source_name) for f in figures(text, [said])] == [("Two", "Tane"), ("12", "Tane")]


def test_an_aside_after_the_content_goes_with_the_claim_that_it_follows():
    text = "Reyk denied it, but Tane said the blast killed 27 miners – including three women – and burned a hall."
    denied = claim(text, "it", "Reyk", "denied", claim_id="a")
    said = claim(text, "the blast killed 27 miners", "Tane", "said", claim_id="b")
    assert [(f.number, f.source_name) for f in figures(text, [denied, said])] == [("27", "Tane"), ("three", "Tane")]
    text = "The blast killed 23 people, Tane said, including three children."
    said = claim(text, "The blast killed 23 people", "Tane", "said")
    assert [(f.number, f.source_name) for f in figures(text, [said])] == [("23", "Tane"), ("three", "Tane")]


def test_a_writers_aside_in_reported_speech_is_nobodys():
    text = "Tane said the 25-year-old bridge had collapsed and killed six people."
    said = claim(text, "the 25-year-old bridge had collapsed and killed six people", "Tane", "said")
    assert [(f.number, f.credit) for f in figures(text, [said])] == [("25", "none"), ("six", "explicit")]


@pytest.mark.parametrize(
    ("text", "content", "credits"),
    [
        (
            "Tane said the two-day strike had cost 300 jobs.",
            "the two-day strike had cost 300 jobs",
            {"two": "none", "300": "explicit"},
        ),
        (
            "Tane said the five-foot (1.5 m) wall had killed six people.",
            "the five-foot (1.5 m) wall had killed six people",
            {"five": "none", "1.5": "none", "six": "explicit"},
        ),
        (
            "Tane said the fire had reached the island's 200 residents and killed six.",
            "the fire had reached the island's 200 residents and killed six",
            {"200": "none", "six": "explicit"},
        ),
        (
            "Tane said 30 passengers were rescued. Twelve of them were in hospital. Two ferries sank in May.",
            "30 passengers were rescued",
            {"30": "explicit", "Twelve": "carried", "Two": "none"},
        ),
    ],
)
def test_what_is_known_is_nobodys_and_a_part_goes_with_its_whole(text, content, credits):
    said = claim(text, content, "Tane", "said")
    assert {f.number: f.credit for f in figures(text, [said])} == credits


@pytest.mark.parametrize(
    ("after", "credits"),
    [
        (", up from 190 a day earlier.", ["explicit", "explicit"]),
        (". Of these, 40 have died and 20 are in hospital.", ["explicit", "carried", "carried"]),
        (". Of the 240, 40 have died.", ["explicit", "carried"]),
        (". Of the farmers, 40 have sold their land.", ["explicit", "none"]),
        (". The toll includes 40 in Osk and 20 in Vail.", ["explicit", "carried", "carried"]),
        (". Forty were children.", ["explicit", "carried"]),
        (". Forty boats left the harbour.", ["explicit", "none"]),
    ],
)
def test_a_count_that_is_gone_on_with_stays_with_its_source(after, credits):
    text = "Some 240 people fell ill, the agency said" + after
    said = claim(text, "Some 240 people fell ill", "the agency", "said")
    assert [f.credit for f in figures(text, [said])] == credits


def test_a_number_within_the_words_that_name_a_source_is_not_what_it_says():
    text = "The shells killed four people, two residents said."
    said = claim(text, "The shells killed four people", "two residents", "said")
    assert [(f.number, f.source_name) for f in figures(text, [said])] == [("four", "two residents"), ("two", None)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The flood killed ten people, including four children.", ["four"]),
        ("Eight men were arrested; three of them were officers.", ["three"]),
        ("The ferry carried 140 people, six of whom were crew.", ["six"]),
        ("It killed at least 62 people, including, according to the mayor, 54 children.", ["54"]),
        ("The bus carried 58 people (52 passengers and six guards) to Orvan.", ["52", "six"]),
        ("The raid killed six monks — five old men and a boy — and two nuns.", ["five"]),
        ("There was not a single survivor among the 64 passengers.", []),
        ("The storm hit 40 villages. It lasted two days.", []),
    ],
)
def test_parts_point_to_their_whole(text, parts):
    whole, *rest = figures(text)
    assert [f.number for f in rest if f.part_of == whole.figure_id] == parts
    assert whole.part_of is None


@pytest.mark.parametrize(
    ("text", "accumulation"),
    [
        ("The army loses about 70 soldiers a day.", "rate"),
        ("The blast wounded another 39 people.", "increment"),
        ("A total of 39 people were killed.", "total"),
        ("At least 52 people have been killed since January.", "total"),
        ("The army attacked 12 villages on Monday.", "increment"),
        ("Kestria has lost more than 40,000 conscripts.", "total"),
        ("The choir sang nine songs.", "unknown"),
        ("The choir lost 40 singers a year ago.", "increment"),
        ("He lay under nine bodies for a night.", "unknown"),
        ("The number of dead rose to 37.", "total"),
        ("Kestria took its total losses to 312,450.", "total"),
        ("A victim died on Monday, bringing the number of dead to seven.", "total"),
    ],
)
def test_accumulation(text, accumulation):
    (figure,) = figures(text)
    assert figure.accumulation == accumulation


@pytest.mark.parametrize(
    ("text", "accumulations"),
    [
        ("The blast killed 21 people and wounded another 39.", ["unknown", "unknown"]),
        ("The army said 498 soldiers had been killed and another 1,597 wounded since May.", ["unknown", "total"]),
        ("The blast wounded 21 people. A second blast wounded another 39.", ["unknown", "increment"]),
        ("The blast killed 21 people; 39 others were wounded.", ["unknown", "unknown"]),
        ("Losses stood at 900. The paper wrote that another 40 soldiers had died.", ["total", "increment"]),
        ("The flood ruined 72 houses and damaged another 236.", ["unknown", "increment"]),
    ],
)
def test_another_adds_to_what_the_number_before_counts(text, accumulations):
    assert [f.accumulation for f in figures(text)] == accumulations


def test_time_place_and_basis():
    (figure,) = figures(
        "At least 52 people have been killed in eastern Orvan since 1 January 2023, by preliminary estimates."
    )
    assert (figure.window_start, figure.window_end) == ("2023-01-01", "2023-05-10")
    assert (figure.place, figure.basis) == ("eastern Orvan", "preliminary estimates")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Killed: 12\nWounded: 30\nMissing: 4", [("12", "killed"), ("30", "wounded"), ("4", "missing")]),
        ("Number of dead: 12\nHurt – 30", [("12", "killed"), ("30", "wounded")]),
        ("It gave a list. Killed: 12; wounded: 30.", [("12", "killed"), ("30", "wounded")]),
        (
            "Town\tDead\tHurt\tArea\n\nOsk\t1,204\t3,011\t8\n\nTolm\t19\t40\t9",
            [
                ("1,204", "killed"),
                ("3,011", "wounded"),
                ("8", "other"),
                ("19", "killed"),
                ("40", "wounded"),
                ("9", "other"),
            ],
        ),
        ("Dead\tHurt\nOsk\t19\t40", [("19", "killed"), ("40", "wounded")]),
        ("Day\tKilled\n\nTuesday\t9\n\nFriday\t12 hurt", [("9", "killed"), ("12", "wounded")]),
        ("Osk\t19\t40\n\nSome 12 were killed.", [("19", "other"), ("40", "other"), ("12", "killed")]),
    ],
)
def test_a_label_and_the_heading_of_a_column_tell_what_a_number_counts(text, expected):
    assert shown(text) == expected
    assert {f.counted for f in figures(text)} == {None}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Deaths rose to 816 in May.", None),
        ("Some 816 people died in Spring.", None),
        ("A monitor based in Lesk put the toll at 31.", None),
        ("Some 816 people died in Lesk.", "Lesk"),
        ("They have 12 agents based in Lesk.", "Lesk"),
        ("In May, 816 people died in Lesk.", "Lesk"),
    ],
)
def test_a_place_is_no_time_and_no_seat(text, place):
    assert [f.place for f in figures(text)] == [place]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("She was among the 17 wounded.", "wounded"),
        ("He was one of 12 injured.", "wounded"),
        ("The five dead were miners.", "killed"),
        ("The mayor said 3,400 fled.", "displaced"),
    ],
)
def test_victims_are_counted_by_what_befell_them(text, category):
    assert [f.category for f in figures(text)] == [category]


def test_parts_that_add_up_are_linked_to_their_whole():
    whole, *parts = figures(
        "At least 112 civilians were killed in Orvan. The shelling killed 65 people. Another 42 people were killed in "
        "air strikes, and five others died in the camp."
    )
    assert [(f.value, f.part_of == whole.figure_id) for f in parts] == [(65, True), (42, True), (5, True)]


def test_without_a_publication_date_no_time_is_guessed():
    article = Article.from_text("At least 52 people have been killed since January.")
    (figure,) = find_figures(find_numbers(next(iter(read([article])))))
    assert (figure.window_start, figure.window_end, figure.as_of) == (None, None, None)


def test_offsets_count_characters_of_the_file_with_its_front_matter():
    text = "---\ntitle: 12 dead\n---\nThe raid killed 30 people."
    article = Article(doc_id="a", text=text, body=(text.index("The raid"), len(text)))
    (figure,) = find_figures(find_numbers(next(iter(read([article])))))
    assert text[figure.start : figure.end] == figure.number == "30"


def test_the_same_article_gives_the_same_ids():
    text = "The raid killed 30 people and 12 goats."
    first, second = figures(text), figures(text)
    assert [f.figure_id for f in first] == [f.figure_id for f in second]
    assert len({f.figure_id for f in first}) == 2


@pytest.mark.parametrize("text", ["", " \n\n ", "No numbers here.", "\ud800 12 \x00", "1" * 5000, "," * 5000])
def test_odd_articles_do_no_harm(text):
    assert isinstance(figures(text), list)


def test_long_lines_of_digits_and_commas_take_linear_time():
    import time

    from ascribe.extraction.figures.quantities import parse

    took = []
    for size in (100_000, 1_000_000):
        start = time.process_time()
        parse("12,345," * (size // 7))
        parse("1," * (size // 2))
        took.append(time.process_time() - start)
    assert took[1] < 30 * max(took[0], 0.05)
    assert took[1] < 10


def test_finding_figures_takes_linear_time_on_a_line_without_blanks():
    import time

    took = []
    for size in (500, 4_000):
        hostile = reading("1(" * size)
        start = time.process_time()
        find_figures(find_numbers(hostile))
        took.append(time.process_time() - start)
    assert took[1] < 25 * max(took[0], 0.05)


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        (
            "The ministry said 112 people were killed in June: 65 soldiers, 42 militants and five civilians.",
            "112",
            ["65", "42", "five"],
        ),
        (
            "Orvan counted 826 people killed and 769 injured. Of the dead, 286 were men, 122 women and 16 girls.",
            "826",
            ["286", "122", "16"],
        ),
        (
            "Orvan counted 1,595 casualties: 826 killed and 769 injured. Of the dead, 286 were men and 122 women.",
            "826",
            ["286", "122"],
        ),
        ("The coast accounts for 75: 20 killed and 55 injured.", "75", ["20", "55"]),
        ("At least 12 people were killed: eight in Orvan and four in Quell.", "12", ["eight", "four"]),
    ],
)
def test_lists_of_parts_belong_to_their_total(text, whole, parts):
    found = figures(text)
    total = next(f for f in found if f.number == whole)
    assert [f.number for f in found if f.part_of == total.figure_id] == parts


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Officials put Russia's killed and wounded at 70,000. They put the total at 90,000 in May.", ["Russia"] * 2),
        ("Russia's losses: 930 personnel; 29 tanks; 11 planes.", ["Russia"] * 3),
        (
            "They give 124,500 casualties for Ukraine and 189,500 for Russia; they add up to 314,000.",
            ["Ukraine", "Russia", None],
        ),
        ("Kyiv puts Russian dead at 100,000.", ["Russia"]),
        ("Russian casualties are put at 180,000, against 100,000 for Ukraine.", ["Russia", "Ukraine"]),
        (
            "They verified 702 civilian deaths, including 42 children, and 109 injured.",
            ["civilians", "children", "civilians"],
        ),
        ("The staff put Russian personnel losses at about 940, up from 900: an increase of 40.", ["Russia"] * 3),
        ("Ukraine's losses had reached 8,000 by May.", ["Ukraine"]),
        ("The Russian Defence Ministry said that 98 of its soldiers had been killed.", ["Russia"]),
        ("Russia had by Friday lost about 6,100 personnel.", ["Russia"]),
        ("It counted 40 tanks and 26 helicopters among Russia's losses.", ["Russia"] * 2),
        ("The staff reported 420 Russian personnel losses, along with 11 tanks and 4 trucks.", ["Russia"] * 3),
        ("The rockets killed three civilians Friday.", ["civilians"]),
    ],
)
def test_a_number_without_a_noun_is_the_side_s_it_goes_on_with(text, sides):
    assert [f.whose for f in figures(text)] == sides


def test_a_part_of_the_number_that_follows_it_points_there():
    part, whole = figures("Tane won 39 of the state's 40 seats.")
    assert (part.counted, whole.counted) == ("seats", "seats")
    assert (part.part_of, whole.part_of) == (whole.figure_id, None)


def test_what_a_total_was_before_is_no_part_of_it():
    found = figures("The staff put Russian losses at 940, up from 900 the day before: an increase of 40.")
    assert [f.part_of for f in found] == [None] * 3
    found = figures("Russia has lost 940 soldiers, 40 more than on Thursday, when the total stood at 900.")
    assert [f.part_of for f in found] == [None] * 3


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The rockets killed three civilians Friday.", "civilians"),
        ('"There are at least 18 dead," Tane told reporters.', None),
        ('"We counted 18 bodies," Tane told reporters.', "bodies"),
        ("They fought for six brutal, grinding months.", "months"),
        ("It took six months of slow, costly, and trench-based fighting.", "months"),
        ("He lost three “close friends” there.", "close friends"),
    ],
)
def test_counted_is_the_noun_and_ends_with_its_quotation(text, counted):
    assert [f.counted for f in figures(text)] == [counted]


def test_a_number_of_its_own_is_not_counted_by_another():
    found = figures("They were helped by four helicopters and dozens of boats.")
    assert [(f.number, f.counted) for f in found] == [("four", "helicopters"), ("dozens", "boats")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The Orvan army put its losses at 30,700, up from 30,500: an increase of 200.", "200"),
        ("Kestria's losses rose by 170 on Friday.", "170"),
    ],
)
def test_a_change_is_no_total(text, number):
    (reading,) = read([Article.from_text(text)])
    (figure,) = (f for f in find_figures(find_numbers(reading)) if f.number == number)
    assert figure.accumulation == "increment"


def test_a_headline_that_follows_its_day_states_figures():
    found = figures("Mon Jul 11 2031 175 Rebels Killed on Osk Road. Nearly 75 rebels were killed, the army said.")
    assert [f.number for f in found] == ["175", "75"]


def test_what_somebody_estimated_is_stated_without_the_verb():
    (found,) = figures("In May Imo Tane estimated 70,000 to 80,000 casualties.")
    assert found.stated_as == "70,000 to 80,000"
