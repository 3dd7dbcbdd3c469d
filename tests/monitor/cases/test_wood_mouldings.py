"""The wood mouldings case (A-570-117, C-570-118), notice by notice, from the petition to the third
review.

`wood_mouldings.jsonl`: facts of its notices (numbers, days, events, periods) in words of our own;
titles and firms are samples. `wood_mouldings.txt`: what the house says after each. Where rules are
meant to give other days than before, the new text lies in the folder that the failure names.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bundles.items import NoticeItem
from crawlers import backfill
from monitor.cases.knowing import Word, know
from monitor.cases.models import Adopted, Case, KnownDay, Proceeding, Respondent
from monitor.cases.outcomes.entering import Said, enter
from monitor.cases.outcomes.words import Force, Result
from monitor.cases.respondents import Reply, say
from monitor.cases.words import Answer, Stage, Why
from monitor.notices.models import Notice
from tests.monitor.cases.conftest import Publish
from tests.monitor.cases.forest import Forest
from tests.monitor.cases.walking import Watch, end, noon

HERE = Path(__file__).parent
PETITION = date(2020, 1, 8)
DECIDED = date(2020, 1, 28)
"""When both investigations were initiated, which the notices of 5 February say."""
What = KnownDay.What


def items() -> Iterator[NoticeItem]:
    for line in (HERE / "wood_mouldings.jsonl").read_text(encoding="utf-8").splitlines():
        yield NoticeItem.model_validate_json(line)


def test_the_case_is_walked(forest: Forest, publish: Publish, tmp_path: Path) -> None:
    said = "".join(f"{line}\n" for line in walked(forest, publish))
    golden = HERE / "wood_mouldings.txt"
    (tmp_path / golden.name).write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8"), f"compare with {tmp_path / golden.name}"


def walked(forest: Forest, publish: Publish) -> Iterator[str]:
    watch = Watch()
    for item in items():
        publish(noon(item.published), item)
        yield from watch.after(item)
        for line in people(item, forest):
            yield f"  -- {line}"
            yield from watch.told()
    yield from end()


def people(item: NoticeItem, forest: Forest) -> Iterator[str]:
    """What people do after a notice."""
    now = noon(item.published)
    if item.number == "2020-02155":
        for row in of_commerce():
            know(row, Word(What.EVENT, "petition-filed", PETITION, "petition"), forest.officer, now)
        yield "the petition's day is entered"
        yield from informed(item, forest)
    if item.number == "2020-05610":
        yield from answered(item, forest)
    if item.number in CAME:
        came_to(item, forest)
        yield "what it came to is written down"
    if item.number == "2022-07766":
        row = Proceeding.objects.get(
            ruleset="us-commerce/administrative-review", number=1, measure__kind="anti_dumping"
        )
        issued, pine = date(2022, 6, 10), respondent("示例青松木业")
        know(row, Word(What.EVENT, "questionnaire-issued", issued, "letter"), forest.officer, now)
        yield "a questionnaire is issued in the first review"
        until = date(2022, 7, 20)
        know(row, Word(What.EXTENDED, "section-a", until, "letter", pine), forest.officer, now)
        yield "one firm is granted more time for section A"


PINE, CEDAR, GINKGO = "示例青松木业", "示例雪松木业", "示例银杏木业"
CAME: dict[str, list[tuple[str | None, Result, str]]] = {
    "2021-03150": [
        (None, Result.ALL_OTHERS, "20.560"),
        (GINKGO, Result.ADVERSE, "252.290"),
    ],
    "2021-03151": [
        (None, Result.COUNTRY_WIDE, "231.600"),
        (PINE, Result.SEPARATE, "44.600"),
        (CEDAR, Result.SEPARATE, "44.600"),
    ],
    "2023-19490": [(PINE, Result.INDIVIDUAL, "11.050")],
    "2023-19629": [(PINE, Result.ZERO, "0.000"), (CEDAR, Result.ZERO, "0.000")],
    "2024-19318": [(PINE, Result.INDIVIDUAL, "7.790")],
    "2024-21225": [(PINE, Result.INDIVIDUAL, "5.620")],
    "2025-10653": [(PINE, Result.INDIVIDUAL, "6.310")],
    "2025-10950": [(PINE, Result.INDIVIDUAL, "101.700")],
}
"""Rates that are samples: two firms answered, one was silent and got adverse facts."""
PRELIMINARY = {"2025-10653", "2025-10950"}
"""Of the third review: what importers pay stays what the second one found."""


def came_to(item: NoticeItem, forest: Forest) -> None:
    notice = Notice.objects.get(number=item.number)
    row = Proceeding.objects.get(changes__notice=notice, ruleset__startswith="us-commerce/")
    force = Force.PROVISIONAL if item.number in PRELIMINARY else Force.DEFINITIVE
    for firm, result, rate in CAME[item.number]:
        said = Said(result, force, item.published, Decimal(rate), notice=notice)
        enter(row, respondent(firm) if firm else None, said, forest.officer, noon(item.published))


def informed(item: NoticeItem, forest: Forest) -> Iterator[str]:
    for name in forest.firms:
        say(respondent(name), Reply(Answer.INFORMED), None, noon(item.published))
    yield "all five firms are told"


def answered(item: NoticeItem, forest: Forest) -> Iterator[str]:
    now = noon(item.published)
    pine = respondent("示例青松木业")
    say(pine, Reply(Answer.ANSWERS), forest.owner("示例青松木业"), now)
    cedar = respondent("示例雪松木业")
    say(cedar, Reply(Answer.JOINS, joined=pine), forest.owner("示例雪松木业"), now)
    redwood = respondent("示例红杉木业")
    say(redwood, Reply(Answer.CONSIDERING), forest.owner("示例红杉木业"), now)
    small = respondent("示例云杉木业")
    say(small, Reply(Answer.DECLINES, Why.SMALL), forest.owner("示例云杉木业"), now)
    silent = respondent("示例银杏木业")
    say(silent, Reply(Answer.INFORMED, None, "asked again"), forest.officer, now)
    say(silent, Reply(Answer.DECLINES, Why.SILENT), forest.officer, now)
    yield "four answer, the fifth is asked again and says nothing"


def of_commerce() -> list[Proceeding]:
    return list(Proceeding.objects.filter(ruleset__startswith="us-commerce/").order_by("pk"))


def respondent(name: str) -> Respondent:
    return Respondent.objects.get(organisation__name_zh=name)


def test_the_days_of_the_decisions_are_those_that_commerce_kept(
    forest: Forest, publish: Publish
) -> None:
    """Put off by law: 130 days from initiation fall on a Saturday; 190; 135 on Christmas."""
    kept = {
        "2020-05610": ("countervailing", "preliminary-determination", date(2020, 6, 8)),
        "2020-11209": ("anti_dumping", "preliminary-determination", date(2020, 8, 5)),
        "2020-17637": ("anti_dumping", "final-determination", date(2020, 12, 28)),
    }
    for item in items():
        now = noon(item.published)
        publish(now, item)
        for row in of_commerce() if item.number == "2020-02155" else ():
            know(row, Word(What.EVENT, "initiation", DECIDED, item.number), None, now)
        if item.number in kept:
            kind, rule, expected = kept.pop(item.number)
            assert day(kind, rule) == expected
        if not kept:
            break


def day(kind: str, rule: str) -> date | None:
    return Adopted.objects.get(
        proceeding__measure__kind=kind,
        proceeding__ruleset__startswith="us-commerce/",
        proceeding__proceeding="investigation",
        rule=rule,
    ).day


@pytest.mark.real
def test_the_true_feed_is_walked(
    forest: Forest, publish: Publish, real_data: Path, tmp_path: Path
) -> None:
    """The feed has gaps (no notices of mid-2020, none of most lists): what is there is followed."""
    found = sorted(true_items(real_data, tmp_path), key=lambda item: (item.published, item.number))
    assert len(found) == 20
    for item in found:
        publish(noon(item.published), item)
    (case,) = Case.objects.all()
    kinds = set(case.subjects.values_list("measure__kind", "measure__origin"))
    assert kinds == {("anti_dumping", "CN"), ("countervailing", "CN")}
    reviews = case.proceedings.filter(proceeding="administrative_review", expected_on=None)
    told = reviews.order_by("measure__kind", "number").values_list(
        "measure__kind", "number", "period_end", "stage"
    )
    assert list(told) == [
        ("anti_dumping", 1, date(2022, 1, 31), Stage.FINAL),
        ("anti_dumping", 2, date(2023, 1, 31), Stage.PRELIMINARY),
        ("countervailing", 1, date(2021, 12, 31), Stage.FINAL),
        ("countervailing", 2, date(2022, 12, 31), Stage.PRELIMINARY),
    ]
    sunset = case.proceedings.filter(proceeding="sunset_review")
    assert set(sunset.values_list("ruleset", "stage")) == {
        ("us-itc/five-year-review", Stage.OPENED),
        ("us-commerce/sunset-review", Stage.EXPECTED),  # its notice is not in the feed
    }
    named = case.respondents.filter(organisation=None).values_list("named_as", flat=True)
    assert "Fujian Yinfeng Imp & Exp Trading Co., Ltd." in named


def true_items(real_data: Path, tmp_path: Path) -> Iterator[NoticeItem]:
    """The notices about mouldings, as `fenghuo read` parses them. The printed code is added, since
    the feed has abstracts only."""
    feed = real_data / "feeds/us_federal_register_all.jsonl.gz"
    chosen = tmp_path / "mouldings.jsonl"
    with gzip.open(feed, "rt", encoding="utf-8") as lines:
        mine = [line for line in lines if "millwork" in json.loads(line)["title"].casefold()]
    chosen.write_text("".join(mine), encoding="utf-8")
    code = next(items()).codes
    for row in backfill.read_file("us-federal-register", chosen):
        assert isinstance(row, NoticeItem)
        yield row.model_copy(update={"codes": code})
