"""What moves a date, what only proposes, and who sees it."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from monitor.cases import room
from monitor.cases.knowing import UnknownNameError, Word, came_to, know, take_over
from monitor.cases.models import Adopted, Case, KnownDay, Move, Proceeding, RulesVersion
from monitor.cases.opening import open_case
from monitor.cases.permission import MayNotError
from monitor.cases.respondents import ChangedMeanwhileError
from monitor.cases.words import Stage
from monitor.notices.models import Measure
from tests.monitor.cases.forest import Forest
from tests.monitor.cases.test_opening import MAY
from tests.monitor.cases.test_opening import dumping as dumping  # noqa: PLC0414 - a fixture

What = KnownDay.What
PINE, CEDAR = "示例青松木业", "示例雪松木业"
FILE = "us-commerce/anti-dumping.toml"
RULE = 'id = "quantity-and-value"'


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Rules that may be changed. They are read once per process and folder: `changed` copies."""
    copy = tmp_path / "deadlines 0"
    shutil.copytree(settings.FENGHUO_DEADLINES, copy)
    settings.FENGHUO_DEADLINES = copy
    return copy


def changed(settings: Settings, text: str, then: str) -> None:
    before = Path(settings.FENGHUO_DEADLINES)
    name, number = before.name.split()
    after = before.with_name(f"{name} {int(number) + 1}")
    shutil.copytree(before, after)
    file = after / FILE
    rules = file.read_text(encoding="utf-8")
    start = rules.index(RULE)
    assert text in rules[start:]
    rest = rules[start:].replace(text, then, 1)
    file.write_text(rules[:start] + rest, encoding="utf-8")
    settings.FENGHUO_DEADLINES = after


@pytest.fixture
def case(forest: Forest, dumping: Measure, folder: Path, now: datetime) -> Case:
    return open_case([dumping], forest.chamber, forest.officer, now).case


@pytest.fixture
def investigation(case: Case) -> Proceeding:
    return case.proceedings.get(ruleset="us-commerce/anti-dumping")


def date_of(rule: str) -> Adopted:
    return Adopted.objects.get(rule=rule, respondent=None)


def follow(now: datetime) -> None:
    room.prepare(now)
    room.room().walk(now)


def test_a_date_says_all_that_a_page_needs(case: Case) -> None:
    row = date_of("quantity-and-value")
    due = row.due
    assert row.day == MAY + timedelta(days=14)
    assert row.moment == datetime(2025, 6, 10, 21, tzinfo=UTC)
    assert (due["day"], due["computed"], due["printed"]) == ("2025-06-10", "2025-06-10", None)
    assert "2025年6月10日" in due["explanation_zh"]
    assert "10 June 2025" in due["explanation_en"]
    for name in ("zh", "en", "basis", "citation", "read", "verified", "fingerprint", "rules"):
        assert due[name]
    waiting = date_of("section-a")
    assert waiting.day is None
    assert waiting.due["waits_for"] == ["questionnaire-issued"]
    assert waiting.due["waits"][0]["en"]


def test_a_known_day_moves_dates_and_says_why(
    forest: Forest, investigation: Proceeding, now: datetime
) -> None:
    issued = date(2025, 6, 20)
    moves = know(
        investigation,
        Word(What.EVENT, "questionnaire-issued", issued, "letter"),
        forest.officer,
        now,
    )
    row = date_of("section-a")
    assert row.day == date(2025, 7, 11)
    move = row.moves.get()
    assert move in moves
    assert (move.before, move.after, move.because) == (None, row.day, Move.Because.KNOWN)
    assert move.known
    assert move.known.source == "letter"


def test_a_later_word_replaces_the_former_and_both_stay(
    forest: Forest, investigation: Proceeding, now: datetime
) -> None:
    for day in (date(2025, 6, 20), date(2025, 6, 23)):
        know(
            investigation,
            Word(What.EVENT, "questionnaire-issued", day, "letter"),
            forest.officer,
            now,
        )
    assert date_of("section-a").day == date(2025, 7, 14)
    assert KnownDay.objects.count() == 2
    assert KnownDay.objects.get(replaced_at=None).day == date(2025, 6, 23)


def test_a_printed_day_stands_beside_the_computed_one(
    forest: Forest, investigation: Proceeding, now: datetime
) -> None:
    printed = date(2025, 6, 12)
    know(
        investigation,
        Word(What.PRINTED, "quantity-and-value", printed, "docket 7"),
        forest.officer,
        now,
    )
    row = date_of("quantity-and-value")
    assert row.day == printed
    assert (row.due["computed"], row.due["difference"]) == ("2025-06-10", 2)
    assert row.due["printed_in"] == "docket 7"


def test_more_time_for_one_firm_is_seen_by_that_firm_alone(
    forest: Forest, case: Case, investigation: Proceeding, now: datetime
) -> None:
    pine = case.respondents.get(organisation__name_zh=PINE)
    until = date(2025, 6, 20)
    with pytest.raises(MayNotError):
        know(
            investigation,
            Word(What.EXTENDED, "quantity-and-value", until, "letter", pine),
            forest.owner(CEDAR),
            now,
        )
    know(
        investigation,
        Word(What.EXTENDED, "quantity-and-value", until, "letter", pine),
        forest.officer,
        now,
    )
    assert date_of("quantity-and-value").day == date(2025, 6, 10)
    own = Adopted.objects.get(rule="quantity-and-value", respondent=pine)
    assert own.day == until
    for seen, whoever in ((True, PINE), (False, CEDAR)):
        actor = forest.owner(whoever)
        assert Adopted.objects.for_actor(actor).filter(pk=own.pk).exists() is seen
        assert KnownDay.objects.for_actor(actor).exists() is seen
    assert Adopted.objects.for_actor(forest.officer).filter(pk=own.pk).exists()


def test_a_tolling_lengthens_what_runs_and_a_later_word_takes_it_back(
    forest: Forest, investigation: Proceeding, now: datetime
) -> None:
    before, ran = date_of("quantity-and-value").day, date(2025, 6, 3)
    assert before
    for days in (49, 0):
        word = Word(What.TOLLED, "", ran, "memorandum", days=days)
        moves = know(investigation, word, forest.officer, now)
        row = date_of("quantity-and-value")
        assert moves
        assert row.day == before + timedelta(days=days)
    assert "memorandum" in row.moves.earliest("pk").known.source
    assert KnownDay.objects.get(replaced_at=None).days == 0


def test_a_stay_by_a_court_stops_the_time_and_is_taken_back(
    forest: Forest, investigation: Proceeding, now: datetime
) -> None:
    before, first = date_of("quantity-and-value").day, date(2025, 6, 3)
    for until, day in ((date(2025, 6, 12), date(2025, 6, 20)), (None, before)):
        word = Word(What.STAYED, "", first, "CIT 25-00001", until=until)
        know(investigation, word, forest.officer, now)
        assert date_of("quantity-and-value").day == day


@pytest.mark.parametrize(
    ("what", "more"),
    [
        (What.EVENT, {"days": 3}),
        (What.TOLLED, {}),
        (What.STAYED, {"until": date(2025, 6, 2)}),
        (What.PRINTED, {"until": date(2025, 7, 1)}),
    ],
)
def test_what_does_not_go_together_is_refused(what: KnownDay.What, more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="belongs to"):
        Word(what, "x", date(2025, 6, 3), "letter", **more)


def test_what_the_rules_do_not_know_is_refused(
    forest: Forest, investigation: Proceeding, now: datetime
) -> None:
    with pytest.raises(UnknownNameError, match="questionnaire-issued"):
        know(investigation, Word(What.EVENT, "questionaire", MAY, "letter"), forest.officer, now)
    with pytest.raises(UnknownNameError):
        know(
            investigation,
            Word(What.PRINTED, "questionnaire-issued", MAY, "letter"),
            forest.officer,
            now,
        )
    stranger = forest.acting(forest.seated("示例石材商会"))
    with pytest.raises(MayNotError):
        know(investigation, Word(What.EVENT, "questionnaire-issued", MAY, "letter"), stranger, now)


def test_other_rules_only_propose_until_they_are_taken_over(
    forest: Forest, case: Case, settings: Settings, now: datetime
) -> None:
    changed(settings, "count = 14", "count = 21")
    follow(now + timedelta(days=1))
    row = date_of("quantity-and-value")
    assert row.day == date(2025, 6, 10)
    assert row.proposed is not None
    assert row.proposed["day"] == "2025-06-17"
    assert not Move.objects.exists()
    others = Adopted.objects.exclude(rule="quantity-and-value")
    assert not others.exclude(proposed=None).exists()

    stranger = forest.acting(forest.seated("示例石材商会"))
    with pytest.raises(MayNotError):
        take_over(row, stranger, now)
    old = Adopted.objects.get(pk=row.pk)
    move = take_over(row, forest.officer, now + timedelta(days=2))
    assert move
    assert (move.before, move.after, move.because) == (
        date(2025, 6, 10), date(2025, 6, 17), Move.Because.RULES,
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.day, row.proposed) == (date(2025, 6, 17), None)
    with pytest.raises(ChangedMeanwhileError):
        take_over(old, forest.officer, now)
    assert take_over(row, forest.officer, now) is None
    follow(now + timedelta(days=3))
    row.refresh_from_db()
    assert (row.day, row.proposed) == (date(2025, 6, 17), None)
    assert RulesVersion.objects.filter(name="us-commerce/anti-dumping").count() == 2


def test_a_known_day_moves_by_the_rules_that_were_adopted(
    forest: Forest, case: Case, investigation: Proceeding, settings: Settings, now: datetime
) -> None:
    changed(settings, "count = 14", "count = 21")
    corrected = date(2025, 5, 28)
    know(
        investigation,
        Word(What.EVENT, "initiation-published", corrected, "errata"),
        forest.officer,
        now,
    )
    row = date_of("quantity-and-value")
    assert row.day == date(2025, 6, 11)
    assert row.proposed is not None
    assert row.proposed["day"] == "2025-06-18"


def test_other_words_are_taken_over_at_once(case: Case, settings: Settings, now: datetime) -> None:
    before = date_of("quantity-and-value")
    changed(settings, 'en = "', 'en = "In other words: ')
    follow(now + timedelta(days=1))
    row = date_of("quantity-and-value")
    assert row.due["en"].startswith("In other words: ")
    assert row.proposed is None
    assert (row.day, row.adopted_at) == (before.day, before.adopted_at)


def test_a_rule_that_is_gone_is_proposed_to_go(
    forest: Forest, case: Case, settings: Settings, now: datetime
) -> None:
    changed(settings, RULE, 'id = "quantity-and-value-form"')
    follow(now + timedelta(days=1))
    row = date_of("quantity-and-value")
    assert (row.day, row.proposed, row.gone_at) == (date(2025, 6, 10), {}, None)
    assert date_of("quantity-and-value-form").day == date(2025, 6, 10)
    take_over(row, forest.officer, now)
    row.refresh_from_db()
    assert row.gone_at == now


def test_somebody_knows_the_stage_before_the_notices_do(
    forest: Forest, investigation: Proceeding, now: datetime
) -> None:
    came_to(investigation, Stage.PRELIMINARY, date(2025, 6, 1), forest.officer, now)
    follow(now + timedelta(days=1))
    investigation.refresh_from_db()
    assert investigation.stage == Stage.PRELIMINARY
    assert [change.stage for change in investigation.changes.all()] == ["opened", "preliminary"]
