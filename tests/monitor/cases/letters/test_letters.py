"""Every letter of the wood-mouldings case, in both languages, as text.

`golden/<letter>.<language>.txt`: the template, then the letter as the chamber would make it for one
firm with what the case knows and nothing typed. Where words are meant to change, the new text lies
in the folder that the failure names.
"""

import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Docx
from docx.enum.text import WD_COLOR_INDEX

from monitor.accounts.walls.actor import Actor
from monitor.cases.letters import choosing, making, to_all
from monitor.cases.letters.about import About
from monitor.cases.letters.catalog import LANGUAGES, Catalog
from monitor.cases.letters.facts import known as facts
from monitor.cases.letters.filling import values
from monitor.cases.letters.rendering import filled, lines
from monitor.cases.models import Case, Document, DocumentShare, Letter, Respondent
from monitor.cases.permission import MayNotError
from monitor.cases.words import Form
from tests.monitor.cases.forest import FIRMS, Forest
from tests.monitor.cases.letters.conftest import TODAY
from tests.monitor.cases.walking import noon

GOLDEN = Path(__file__).parent / "golden"
NOW = noon(TODAY)
READ = re.compile(r"read \d{4}-\d\d-\d\d|not yet verified|\d{4}-\d\d-\d\d核读|(?<=；)待核实")
"""Whether somebody has read a rule in its source, which is none of the letters' affair."""
FIRM = "示例青松木业"


def order(
    actor: Actor, known: Catalog, case: Case, letter: str, language: str, firm: str | None = FIRM
) -> making.Order:
    sort = known.sorts[letter]
    row = next(iter(choosing.proceedings(actor, case, sort)), None)
    respondent = Respondent.objects.get(organisation__name_zh=firm) if firm else None
    date = choosing.proposed(sort, choosing.dates(actor, sort, row, respondent))
    about = About(case, row, respondent, date)
    return making.Order(sort, language, about, facts(actor, about, sort, known, language, TODAY))


def text(known: Catalog, asked: making.Order) -> list[str]:
    template = known.template(asked.sort.id, asked.language)
    return lines(filled(template, values(asked.sort, known.blanks, asked.given, asked.language)))


def test_every_letter_says_what_it_said(
    forest: Forest, case: Case, known: Catalog, tmp_path: Path
) -> None:
    forest.firms[FIRM].address = "福建省南平市示例路1号"
    forest.firms[FIRM].save()
    wrong = []
    for letter in known.sorts:
        for language in LANGUAGES:
            asked = order(forest.officer, known, case, letter, language)
            parts = [lines(known.template(letter, language)), text(known, asked)]
            said = f"\n{'-' * 40}\n".join("\n".join(part) for part in parts) + "\n"
            said = READ.sub("…", said)
            golden = GOLDEN / f"{letter}.{language}.txt"
            (tmp_path / golden.name).write_text(said, encoding="utf-8")
            if not golden.exists() or said != golden.read_text(encoding="utf-8"):
                wrong.append(golden.name)
    assert not wrong, f"compare with {tmp_path}"


def test_a_case_of_commerce_is_offered_no_letter_to_brussels(
    forest: Forest, plain: Case, known: Catalog
) -> None:
    of_chamber = [sort.id for sort in choosing.fitting(forest.officer, plain, known)]
    assert of_chamber == [
        "members",
        "registration",
        "authorisation",
        "appearance",
        "extension",
        "hearing",
    ]
    of_firm = [sort.id for sort in choosing.fitting(forest.owner(FIRM), plain, known)]
    assert of_firm == of_chamber[1:]


def test_what_is_missing_is_marked_and_stands_out(
    forest: Forest, plain: Case, known: Catalog
) -> None:
    asked = order(forest.officer, known, plain, "extension", "en")
    asked = replace(
        asked, given={**asked.given, "reasons": "Two staff,\n\nthree plants {{ x }} <b>"}
    )
    content = filled(
        known.template("extension", "en"), values(asked.sort, known.blanks, asked.given, "en")
    )
    said = "\n".join(lines(content))
    assert "[to be filled in: extension requested until]" in said
    assert "Two staff,\nthree plants {{ x }} <b>\n" in said
    runs = [run for p in Docx(BytesIO(content)).paragraphs for run in p.runs]
    marked = [r.text for r in runs if r.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert "[to be filled in: extension requested until]" in marked
    assert all(each.startswith("[to be filled in: ") and each.endswith("]") for each in marked)


def test_a_letter_about_a_sample_says_so_on_every_page(
    forest: Forest, plain: Case, known: Catalog
) -> None:
    plain.sample = True
    asked = order(forest.officer, known, plain, "hearing", "zh")
    content = making.content(known, asked, making.Source(known.template("hearing", "zh")))
    header = Docx(BytesIO(content)).sections[0].header
    assert header.paragraphs[0].text == "【示例数据】"


def test_the_same_letter_is_the_same_bytes(forest: Forest, plain: Case, known: Catalog) -> None:
    asked = order(forest.officer, known, plain, "hearing", "zh")
    given = values(asked.sort, known.blanks, asked.given, "zh")
    made = {sha256(filled(known.template("hearing", "zh"), given)).hexdigest() for _ in range(2)}
    assert len(made) == 1
    with zipfile.ZipFile(BytesIO(filled(known.template("hearing", "zh"), given))) as package:
        assert {part.date_time[0] for part in package.infolist()} == {1980}


def test_made_again_it_is_the_next_version_of_its_document(
    forest: Forest, plain: Case, known: Catalog
) -> None:
    firm = forest.owner(FIRM)
    asked = order(firm, known, plain, "authorisation", "zh")
    first = making.make(firm, known, asked, NOW)
    same = making.make(firm, known, asked, NOW + timedelta(hours=1))
    other = replace(asked, given={**asked.given, "signer": "林签署"})
    second = making.make(firm, known, other, NOW + timedelta(hours=2))
    assert [first.is_new, same.is_new, second.is_new] == [True, False, True]
    assert same.version == first.version
    assert second.version.document == first.version.document
    assert (second.version.number, second.version.form) == (2, Form.CONFIDENTIAL)
    assert second.version.document.organisation.name_zh == FIRM
    assert Letter.objects.get(version=second.version).filled["signer"] == "林签署"
    assert not Document.objects.for_actor(forest.owner("示例雪松木业")).exists()


def test_each_firm_sees_its_own_letter_and_no_other(
    forest: Forest, plain: Case, known: Catalog
) -> None:
    asked = order(forest.officer, known, plain, "members", "zh", firm=None)
    made = to_all.go_on(forest.officer, known, asked, NOW, NOW)
    assert (len(made.made), made.left) == (len(FIRMS), 0)
    for name in FIRMS:
        (seen,) = Document.objects.for_actor(forest.owner(name))
        assert name in seen.title
    again = to_all.go_on(forest.officer, known, asked, NOW, NOW)
    assert (again.made, again.left) == ([], 0)
    assert DocumentShare.objects.count() == len(FIRMS)


def test_whoever_was_interrupted_goes_on_and_each_firm_has_one(
    forest: Forest, plain: Case, known: Catalog, uploads: Path
) -> None:
    asked = order(forest.officer, known, plain, "members", "zh", firm=None)
    assert to_all.go_on(forest.officer, known, asked, NOW, NOW, most=2).left == len(FIRMS) - 2
    uploads.rename(uploads.with_name("away"))
    uploads.write_bytes(b"")  # no file can be written there
    with pytest.raises(FileExistsError):
        to_all.go_on(forest.officer, known, asked, NOW, NOW)
    uploads.unlink()
    uploads.with_name("away").rename(uploads)
    assert to_all.go_on(forest.officer, known, asked, NOW, NOW).there == len(FIRMS)
    assert Letter.objects.count() == Document.objects.count() == DocumentShare.objects.count()
    other = replace(asked, given={**asked.given, "more": "改期"})
    assert len(to_all.go_on(forest.officer, known, other, NOW, NOW).made) == len(FIRMS)
    assert Document.objects.count() == len(FIRMS)


@pytest.mark.parametrize("letter", ["members", "authorisation"])
def test_a_firm_makes_no_letter_for_others(
    forest: Forest, plain: Case, known: Catalog, letter: str
) -> None:
    asked = order(forest.officer, known, plain, letter, "zh")
    with pytest.raises(MayNotError):
        making.make(forest.owner("示例雪松木业"), known, asked, NOW)
