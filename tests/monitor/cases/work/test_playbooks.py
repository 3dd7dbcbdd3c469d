"""The playbooks as they are shipped, and what is said of those that cannot be used."""

from dataclasses import replace

import pytest
from django.conf import settings

from monitor.cases.words import Who
from monitor.cases.work.checking import check
from monitor.cases.work.playbooks import CHECKLISTS, load, read
from monitor.deadlines.library import Library
from monitor.deadlines.tables import RulesError
from tests.monitor.cases.work.office import BOOK, PAPERS, shelve

LIBRARY = Library.load(settings.FENGHUO_DEADLINES)
SHELF = load(settings.FENGHUO_PLAYBOOKS)
SERVED = """\
us-commerce/anti-dumping anti_dumping investigation us-anti-dumping-investigation
us-commerce/countervailing countervailing investigation us-countervailing-investigation
us-itc/injury-investigation anti_dumping investigation us-injury-investigation
us-commerce/administrative-review anti_dumping administrative_review us-administrative-review
us-commerce/sunset-review countervailing sunset_review us-sunset-review
us-itc/five-year-review anti_dumping sunset_review us-five-year-review
us-itc/section-337 section_337 investigation us-section-337
eu-commission/anti-dumping anti_dumping investigation eu-investigation
eu-commission/anti-subsidy countervailing investigation eu-investigation
eu-commission/expiry-review anti_dumping sunset_review eu-expiry-review
in-dgtr/anti-dumping anti_dumping investigation investigation
no-authority-known safeguard none investigation
uk-tra/review anti_dumping sunset_review review
us-commerce/scope-ruling anti_dumping scope_ruling review
wto-tbt-sps/sps-comments sps none tbt-sps-comments"""
"""Ruleset, kind and proceeding; playbook."""


class TestShipped:
    def test_every_rule_and_ruleset_that_they_name_exists(self):
        report = check(settings.FENGHUO_PLAYBOOKS, LIBRARY)
        assert report.errors == ()

    def test_no_ruleset_is_without(self):
        report = check(settings.FENGHUO_PLAYBOOKS, LIBRARY)
        assert report.unserved == ()
        assert sum(tally.tasks for tally in report.tallies) > 150
        assert sum(tally.checks for tally in report.tallies) > 700

    @pytest.mark.parametrize("line", SERVED.split("\n"))
    def test_each_proceeding_has_its_own_or_the_general_one(self, line):
        ruleset, kind, proceeding, book = line.split()
        found = SHELF.of(ruleset, kind, proceeding)
        assert found is not None
        assert found.name == book

    def test_a_proceeding_of_which_nobody_thought_has_none(self):
        assert SHELF.of("", "recall", "none") is None

    def test_every_checklist_is_used(self):
        used = {n for book in SHELF.books for play in book.file.tasks for n in play.checklists}
        assert used == {p.stem for p in (settings.FENGHUO_PLAYBOOKS / CHECKLISTS).glob("*.toml")}

    def test_whoever_files_has_a_draft_or_a_checklist_before_it(self):
        """The papers by which a firm loses or keeps its own rate."""
        book = SHELF.of("us-commerce/anti-dumping", "anti_dumping", "investigation")
        plays = {play.id: play for play in book.file.tasks}
        for filed in ("quantity-and-value", "separate-rate-application", "section-a"):
            assert plays[filed].joins or filed == "section-a"
            drafts = [plays[name] for name in plays[filed].blocked_by]
            assert all(draft.who is Who.FIRM and draft.checklists for draft in drafts)
            assert all(draft.lead > plays[filed].lead for draft in drafts)

    def test_the_silent_are_chased_in_every_investigation(self):
        for ruleset in (
            "us-commerce/anti-dumping",
            "us-commerce/countervailing",
            "in-dgtr/safeguard",
        ):
            book = SHELF.of(ruleset, "anti_dumping", "investigation")
            assert [chase.after for chase in book.file.chases] == [2, 5, 3]


WRONG = [
    ('rule = "section-a"\nlead = 5', "lead = 5", "hangs on a rule or on a stage"),
    ('stage = "opened"', 'stage = "opened"\nrule = "section-a"', "one of them"),
    ('stage = "opened"\nlag = 1', 'stage = "opened"\nlead = 1', "nobody knows beforehand"),
    ("lead = 5", "lead = 5\nlag = 1", "not both"),
    ('stage = "opened"', 'stage = "open"', "stage"),
    ('who = "chamber"', 'who = "firm"', "for respondents only"),
    ('who = "chamber"', 'who = "chamber"\njoins = true', "for respondents only"),
    ('blocked_by = ["tell"]', 'blocked_by = ["told"]', "`told` is no task of this file"),
    ('blocked_by = ["tell"]', 'blocked_by = ["draft"]', "`draft` is one for each respondent"),
    ('blocked_by = ["tell"]', 'blocked_by = ["brief"]', "circle: brief → brief"),
    ('id = "brief"', 'id = "tell"', "`tell` stands twice"),
    ('checklist = "papers"', 'checklist = "paper"', "there is no checklists/paper.toml"),
    ('en = "A trial"', 'en = "A trial"\nauthor = "me"', "author"),
    ("after = 2", "after = 0", "chases.1 (ask-again).after"),
    ('for = "case"', 'for = "all"', "tasks.1 (tell).for"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), WRONG)
def test_a_wrong_file_is_told_with_its_place(tmp_path, before, after, said):
    assert before in BOOK
    folder = shelve(tmp_path, BOOK.replace(before, after, 1))
    with pytest.raises(RulesError) as error:
        load(folder)
    assert "trial.toml" in str(error.value)
    assert said in str(error.value)


def test_two_for_one_ruleset_are_told(tmp_path):
    folder = shelve(tmp_path)
    (folder / "rival.toml").write_text(BOOK, encoding="utf-8")
    _books, errors = read(folder)
    assert errors == [f"{folder}: rival and trial are both for us-commerce/anti-dumping"]


def test_a_check_that_stands_twice_is_told(tmp_path):
    folder = shelve(tmp_path, papers=PAPERS.replace('id = "totals"', 'id = "accounts"'))
    _books, errors = read(folder)
    assert any("papers.toml: `accounts` stands twice" in error for error in errors)


def test_without_a_folder_it_says_so(tmp_path):
    with pytest.raises(RulesError, match="no such folder"):
        load(tmp_path / "nowhere")


ABSENT = [
    ('rule = "case-brief"', 'rule = "brief"', "none of the 1 rulesets that it serves has `brief`"),
    ('rule = "case-brief"', 'rule = "brief"', "us-commerce/anti-dumping has none of: brief"),
    ('"us-commerce/anti-dumping"', '"us-commerce/none"', "there is no `us-commerce/none`"),
]


@pytest.mark.parametrize(("before", "after", "said"), ABSENT)
def test_what_does_not_exist_is_found(tmp_path, before, after, said):
    report = check(shelve(tmp_path, BOOK.replace(before, after, 1)), LIBRARY)
    assert any(said in error for error in report.errors), report.errors


def test_the_fingerprint_changes_with_what_a_task_has_of_it(tmp_path):
    (book,) = load(shelve(tmp_path / "one")).books
    (same,) = load(shelve(tmp_path / "two")).books
    (papers,) = load(shelve(tmp_path / "three", papers=PAPERS.replace("总额", "合计"))).books
    assert book.fingerprint == same.fingerprint != papers.fingerprint
    assert book.fingerprint != replace(book, name="another").fingerprint
