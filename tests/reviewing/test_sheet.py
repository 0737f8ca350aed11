"""The spreadsheet's way there and back: what is touched is a decision, what is not says nothing."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from ascribe.articles.article import Article
from ascribe.errors import CorrectionError
from ascribe.extraction import Extraction
from ascribe.extraction.records import Claim, record_id
from ascribe.ledger import Ledger, corrections
from ascribe.reviewing import order, sheet
from ascribe.reviewing.session import Writer
from ledgers import ORVAN, extraction, ledger

WHO = Writer(Path("none.jsonl"), "Ana", "2031-05-14")
HOSTILE = ("=HYPERLINK(1)", "+1", "@x", "'quoted", 'a "b", c', "two\nlines", "<script>", "\x07bell", "-1")


class Sheet:
    """A spreadsheet's figures or claims, or a CSV file, changed as a person would."""

    def __init__(self, path: Path, table: str = "figures") -> None:
        self.path, self.table, self.own = path, table, sheet.OWN[table]
        if path.suffix == ".xlsx":
            self.book = openpyxl.load_workbook(path)
            self.lines = [list(cells) for cells in self.book[table].iter_rows(values_only=True)]
        else:
            with path.open(encoding="utf-8-sig", newline="") as f:
                self.lines = list(csv.reader(f))

    def row(self, number: str) -> int:
        at = self.lines[0].index(self.own)
        return next(i for i, line in enumerate(self.lines) if line[at] == number)

    def set(self, number: str, **cells: object) -> None:
        for name, value in cells.items():
            self.lines[self.row(number)][self.lines[0].index(name)] = value

    def add(self, **cells: object) -> None:
        self.lines.append([cells.get(name) for name in self.lines[0]])

    def save(self) -> None:
        if self.path.suffix == ".xlsx":
            for i, line in enumerate(self.lines, 1):
                for j, value in enumerate(line, 1):
                    self.book[self.table].cell(i, j).value = value if value != "" else None
            self.book.save(self.path)
        else:
            with self.path.open("w", encoding="utf-8", newline="") as f:
                csv.writer(f).writerows(self.lines)


@pytest.fixture(params=["review.xlsx", "review.csv"])
def written(request, tmp_path) -> Path:
    path = tmp_path / request.param
    made = sheet.write(ledger(), path)
    assert [pair for held in made.values() for pair in held.items()] == [("figures", 4), ("claims", 1)]
    return path


def of_claims(path: Path) -> Path:
    """Where the claims are: in the spreadsheet, or in a CSV file beside that of the figures."""
    return path if path.suffix == ".xlsx" else sheet.beside(path)


def decided(path: Path) -> list[tuple]:
    return [(d.exact, d.action, d.column, d.new, d.reason) for d in sheet.read(ledger(), path, WHO)]


def test_what_was_not_touched_says_nothing(written):
    assert decided(written) == []
    Sheet(written).save()  # nor what was opened and saved
    assert decided(written) == []


def test_what_was_touched_is_decided(written):
    made = Sheet(written)
    made.set("40", category="wounded", reason="the mayor was corrected")
    made.set("12 to 15", low=11, decision="accept", source_name="Marisol Tane")
    made.set("9,000", decision="Reject ")
    made.add(number="town", article="orvan", words="live in the town", value=1, bound="exact", category="other")
    made.save()
    assert decided(written) == [
        ("40", "edit", "category", "wounded", "the mayor was corrected"),
        ("12 to 15", "edit", "low", 11, None),
        ("12 to 15", "edit", "source_name", "Marisol Tane", None),
        ("12 to 15", "accept", None, None, None),
        ("9,000", "reject", None, None, None),
        ("town", "add", None, {"value": 1, "bound": "exact", "unit": "", "category": "other"}, None),
    ]
    corrected = ledger().corrected(sheet.read(ledger(), written, WHO))
    made_of = dict(zip(corrected.figures["number"], corrected.figures["reviewed"].fillna("nothing"), strict=True))
    assert made_of == {"40": "corrected", "12 to 15": "corrected", "town": "added", "Two": "nothing"}
    assert set(corrected.decisions["fate"]) == {"applied"}


SAID = ORVAN[: ORVAN.index(", Marisol")]


def test_claims_are_decided_on_too(written):
    made = Sheet(of_claims(written), "claims")
    assert made.lines[1][made.lines[0].index("source_name")] == "Marisol Tane"
    made.set(SAID, source_name="The company", polarity="denied", reason="misread", decision="accept")
    made.add(said="Some 9,000 people live in the town", article="orvan", kind="indirect", source_name="The company")
    made.save()
    file = of_claims(written)
    decisions = sheet.read(ledger(), file, WHO)
    assert [(d.table, d.action, d.column, d.new) for d in decisions] == [
        ("claims", "edit", "source_name", "The company"),
        ("claims", "edit", "polarity", "denied"),
        ("claims", "accept", None, None),
        ("claims", "add", None, {"source_name": "The company", "kind": "indirect"}),
    ]
    corrected = ledger().corrected(decisions)
    told = [(c.text, c.source_name, c.polarity, c.reviewed) for c in corrected.claims.itertuples()]
    assert sorted(told) == [
        (SAID, "The company", "denied", "corrected"),
        ("Some 9,000 people live in the town", "The company", "asserted", "added"),
    ]
    assert set(corrected.decisions["fate"]) == {"applied"}
    made.set(SAID, decision="reject")
    made.save()
    assert ledger().corrected(sheet.read(ledger(), file, WHO)).claims["text"].tolist() == [
        "Some 9,000 people live in the town"
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [({"polarity": "perhaps"}, "no polarity 'perhaps'"), ({"kind": ""}, "kind cannot be empty")],
)
def test_what_cannot_be_of_a_claim_is_named_with_its_row(written, cells, said):
    made = Sheet(of_claims(written), "claims")
    made.set(SAID, **cells)
    made.save()
    with pytest.raises(CorrectionError) as told:
        sheet.read(ledger(), of_claims(written), WHO)
    assert said in str(told.value) and ":2:" in str(told.value)


def test_two_claims_on_one_content_are_told_apart(tmp_path):
    text = "The ministry notes that the Osk monitor counted 40 dead."
    made = twins(text)
    for name, other in (("The ministry", "the Osk monitor"), ("the Osk monitor", "The ministry")):
        file = tmp_path / f"{name}.xlsx"
        sheet.write(made, file)
        page = Sheet(file, "claims")
        at = page.lines[0].index("source_name")
        line = next(line for line in page.lines if line[at] == name)
        line[page.lines[0].index("polarity")] = "denied"
        page.save()
        corrected = made.corrected(sheet.read(made, file, WHO)).claims.set_index("source_name")["polarity"]
        assert corrected.to_dict() == {name: "denied", other: "asserted"}


def twins(text: str) -> Ledger:
    """Two claims with one content: what one says that another says."""
    content = (text.index("40"), len(text) - 1)
    claims = tuple(
        Claim(
            claim_id=record_id("c", "d", *content, name, None), doc_id="d", content=(content,),
            text=text[slice(*content)], source_span=(text.index(name), text.index(name) + len(name)),
            cue_span=(text.index(cue), text.index(cue) + len(cue)), source_name=name, cue=cue, kind="indirect",
            confidence=0.9,
        )
        for name, cue in (("The ministry", "notes"), ("the Osk monitor", "counted"))
    )  # fmt: skip
    return Ledger.from_extractions([Extraction(Article.from_text(text, "d"), claims, ())])


def test_an_edited_number_that_was_accepted_stands(written):
    made = Sheet(written)
    made.set("40", value=44, decision="accept")
    made.save()
    corrected = ledger().corrected(sheet.read(ledger(), written, WHO))
    found = corrected.figures.iloc[0]
    assert (found["value"], found["low"], found["reviewed"]) == (44, 44, "corrected")
    assert set(corrected.decisions["fate"]) == {"applied"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"category": "kiled"}, ":2: no category 'kiled': did you mean killed"),
        ({"value": "some"}, ":2: value 'some' is no number"),
        ({"decision": "maybe"}, ":2: decision 'maybe'"),
        ({"row": "{}"}, ":2: the hidden column"),
        ({"bound": ""}, ":2: bound cannot be empty"),
    ],
)
def test_what_cannot_be_is_named_with_its_row(written, cells, said):
    made = Sheet(written)
    made.set("40", **cells)
    made.save()
    with pytest.raises(CorrectionError) as told:
        decided(written)
    assert written.name + said in str(told.value)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"article": "nowhere"}, "not in the ledger"),
        ({"number": ""}, "without its number"),
        ({"number": "the"}, "does not stand once"),
    ],
)
def test_a_row_that_is_added_must_have_a_place(written, cells, said):
    made = Sheet(written)
    made.add(**({"number": "Tuesday", "article": "orvan", "category": "other", "bound": "vague"} | cells))
    made.save()
    with pytest.raises(CorrectionError, match=said):
        decided(written)


def test_taken_over_twice_it_is_written_once(written, tmp_path):
    made = Sheet(written)
    made.set("40", category="wounded")
    made.save()
    who = Writer(tmp_path / "c.jsonl", "Ana", "2031-05-14")
    assert corrections.append(who.path, sheet.read(ledger(), written, who)) == 1
    assert sheet.read(ledger(), written, Writer(who.path, "Ana", "2031-06-01")) == []


def test_a_column_that_is_gone_is_named(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("decision,number\naccept,40\n")
    with pytest.raises(CorrectionError, match="the heading lacks value"):
        decided(path)
    with pytest.raises(CorrectionError, match=r"\.xlsx or \.csv"):
        decided(tmp_path / "x.ods")
    (tmp_path / "y.xlsx").write_bytes(b"PK no spreadsheet")
    with pytest.raises(CorrectionError, match="not a spreadsheet"):
        decided(tmp_path / "y.xlsx")


def hostile_ledger():
    from dataclasses import replace

    found = extraction()
    figures = [replace(f, counted=words) for f, words in zip(found.figures, HOSTILE, strict=False)]
    more = [extraction(f"d{i}") for i in range(2)]
    more = [
        replace(e, figures=tuple(replace(f, counted=w) for f, w in zip(e.figures, HOSTILE[4 + i :], strict=False)))
        for i, e in enumerate(more)
    ]
    return Ledger.from_extractions([replace(found, figures=tuple(figures)), *more])


@pytest.mark.parametrize("name", ["h.xlsx", "h.csv"])
def test_hostile_words_are_words(tmp_path, name):
    made, path = hostile_ledger(), tmp_path / name
    sheet.write(made, path)
    assert sheet.read(made, path, WHO) == []
    if name.endswith("xlsx"):
        for cells in openpyxl.load_workbook(path)["figures"].iter_rows():
            assert all(cell.data_type != "f" for cell in cells)
    else:
        with path.open(encoding="utf-8-sig", newline="") as f:
            assert not any(cell.startswith(("=", "+", "-", "@")) for line in csv.reader(f) for cell in line)


def test_what_is_chosen_from_lists_is_listed(tmp_path):
    path = tmp_path / "review.xlsx"
    sheet.write(ledger(), path)
    book = openpyxl.load_workbook(path)
    rules = {rule.formula1: str(rule.sqref) for rule in book["figures"].data_validations.dataValidation}
    assert len(rules) == 5
    of_claims = {str(rule.sqref)[0] for rule in book["claims"].data_validations.dataValidation}
    assert len(of_claims) == 5
    listed = [[cell for cell in column if cell] for column in book["choices"].iter_cols(values_only=True)]
    by_head = {column[0]: column[1:] for column in listed}
    assert "killed" in by_head["category"] and "Marisol Tane" in by_head["source_name"]
    assert by_head["decision"] == ["accept", "reject"]
    hidden = book["figures"].column_dimensions[openpyxl.utils.get_column_letter(len(sheet.HEADS["figures"]))].hidden
    assert hidden


def test_least_confident_first():
    made = ledger("a", "b")
    figures = made.figures.assign(credit_confidence=[0.9, 0.2, None, 0.5, 0.6, 0.7, None, 0.1], category_confidence=0.8)
    from dataclasses import replace

    found = order.ordered(replace(made, figures=figures), "confidence")
    by_id = figures.set_index("figure_id")["credit_confidence"]
    assert [by_id[i] for i in found[:3]] == [0.1, 0.2, 0.5]
    assert order.ordered(made, "sample", size=3, seed=1) == order.ordered(made, "sample", size=8, seed=1)[:3]
    assert order.ordered(made, "sample", size=8, seed=1) != order.ordered(made, "sample", size=8, seed=2)


def ascribe(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ascribe.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_the_command_there_and_back(tmp_path):
    ledger().save(tmp_path / "ledger")
    assert ascribe(tmp_path, "review", "ledger", "--to", "r.xlsx").stdout == "4 figures and 1 claim -> r.xlsx\n"
    made = Sheet(tmp_path / "r.xlsx")
    made.set("40", category="wounded")
    made.save()
    done = ascribe(tmp_path, "review", "ledger", "--from", "r.xlsx", "--reviewer", "Ana")
    assert done.stdout == "1 decision -> corrections.jsonl\ncorrections: 1 applied\n", done.stderr
    again = ascribe(tmp_path, "review", "ledger", "--to", "again.csv", "--sample", "2", "--seed", "7")
    assert again.stdout == "2 figures -> again.csv\n1 claim -> again-claims.csv\n"
    assert "say one of" in ascribe(tmp_path, "review", "ledger").stderr
    made.set("40", category="missing")
    made.save()
    eva = ("review", "ledger", "--from", "r.xlsx", "--reviewer", "Eva", "--corrections", "eva.jsonl")
    assert ascribe(tmp_path, *eva).returncode == 0
    done = ascribe(tmp_path, "review", "ledger", "--compare", "eva.jsonl", "--settled", "both.jsonl")
    assert "to be settled: 40 in orvan: category: wounded | missing" in done.stdout, done.stderr
    done = ascribe(tmp_path, "review", "ledger", "--gold", "gold")
    assert done.stdout == "0 articles gone through from end to end -> gold\n"


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_libreoffice_keeps_what_is_decided(tmp_path):
    sheet.write(ledger(), tmp_path / "review.xlsx")
    made = Sheet(tmp_path / "review.xlsx")
    made.set("40", category="wounded")
    made.save()
    command = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out", tmp_path / "review.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert decided(tmp_path / "out" / "review.xlsx") == [("40", "edit", "category", "wounded", None)]
    assert ORVAN.startswith("At least 40")
