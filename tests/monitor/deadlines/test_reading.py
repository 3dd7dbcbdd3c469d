"""What is refused of a folder of rules, and how the writer is told."""

import re
from pathlib import Path

import pytest

from monitor.deadlines.checking import check
from monitor.deadlines.library import Library
from monitor.deadlines.reading import load, read
from monitor.deadlines.tables import RulesError
from tests.monitor.deadlines.rulesets import FOLDER, day

SOURCE = """basis = "law 1"
citation = "https://example.org/law"
read = "the law"
verified = "2026-11-26"
"""
AUTHORITY = f"""id = "us-test"
zh = "机关"
en = "Authority"
jurisdiction = "US"
names = ["Authority"]
zone = "America/New_York"
weekend = [6, 7]
holidays = "US"
roll = "next"
[roll_basis]
{SOURCE}"""
HEAD = """zh = "程序"
en = "Procedure"
kinds = ["anti_dumping"]
proceedings = ["investigation"]
[[events]]
id = "initiation"
zh = "立案"
en = "initiation"
"""
RULE = f"""[[rules]]
id = "preliminary"
zh = "初裁"
en = "Preliminary"
for = "authority"
count = 140
unit = "days"
from = "initiation"
{SOURCE}"""
TOLL = f"""[[tolls]]
id = "2024-07"
on = 2024-07-22
days = 7
zh = "顺延"
en = "Tolling"
procedures = ["review"]
{SOURCE}"""


CLOSURE = f"""[[closures]]
days = [{{ on = 2025-01-09, zh = "关闭", en = "Closed for snow" }}]
{SOURCE}"""
COVERS = "covers = { from = 2025-01-01, to = 2025-12-31 }"


def write(folder: Path, authority: str = AUTHORITY, procedure: str = HEAD + RULE) -> Path:
    place = folder / "us-test"
    place.mkdir()
    (place / "authority.toml").write_text(authority, encoding="utf-8")
    (place / "anti-dumping.toml").write_text(procedure, encoding="utf-8")
    return folder


def refused(folder: Path) -> str:
    """What is said, with the place relative to the folder."""
    with pytest.raises(RulesError) as error:
        load(folder)
    return str(error.value).replace(f"{folder}/", "")


def test_a_folder_is_read(tmp_path: Path) -> None:
    (ruleset,) = load(write(tmp_path))
    assert ruleset.name == "us-test/anti-dumping"
    assert ruleset.file.rules[0].verified == day("2026-11-26")


@pytest.mark.parametrize(
    ("authority", "says"),
    [
        (
            AUTHORITY.replace("us-test", "us-other"),
            'id: should be "us-test", as its folder',
        ),
        (
            AUTHORITY.replace("America/New_York", "Mars/Olympus"),
            ("zone: Value error, `Mars/Olympus` is no time zone of the IANA, such as Asia/Seoul"),
        ),
        (
            AUTHORITY.replace('holidays = "US"', 'holidays = "QQ"'),
            ("holidays: Value error, the package `holidays` has no calendar of `QQ`"),
        ),
        (
            AUTHORITY.replace('holidays = "US"', 'holidays = "US"\ncategories = ["lunar"]'),
            (
                "Value error, categories: the calendar of US has no `lunar`; "
                "it has: government, half_day, public, unofficial"
            ),
        ),
        (
            AUTHORITY.replace(f"[roll_basis]\n{SOURCE}", ""),
            ("Value error, roll_basis: to be given, since a closed day is moved (roll)"),
        ),
        (
            AUTHORITY + TOLL,
            "toll 2024-07: procedures: there is no review.toml",
        ),
        (
            AUTHORITY + TOLL.replace('procedures = ["review"]', 'rules = ["final"]'),
            "toll 2024-07: rules: no rule of its procedures is called `final`",
        ),
        (
            AUTHORITY + CLOSURE.replace("on = 2", "from = 2"),
            (
                "closures.1.days.1: Value error, a range has both `from` and `to`; "
                "one day alone is `on`"
            ),
        ),
        (
            AUTHORITY + CLOSURE.replace("on = 2", "from = 2025-01-10, to = 2"),
            "closures.1.days.1: Value error, from 2025-01-10 is after to 2025-01-09",
        ),
        (
            AUTHORITY + CLOSURE.replace("on = 2", 'every = "05-01", on = 2'),
            "closures.1.days.1: Value error, say either `on`, or `from` and `to`, or `every`",
        ),
        (
            AUTHORITY + CLOSURE.replace("on = 2025-01-09", 'every = "02-29"'),
            (
                "closures.1.days.1.every: Value error, not every year has a 02-29; "
                "write a month and day"
            ),
        ),
        (
            AUTHORITY + CLOSURE.replace("on = 2", "since = 2024, on = 2"),
            "closures.1.days.1: Value error, `since` and `until` go with `every` only",
        ),
        (
            AUTHORITY + re.sub("days = .*", "days = []", CLOSURE),
            ("closures.1.days: Tuple should have at least 1 item after validation, not 0"),
        ),
        (
            AUTHORITY + CLOSURE + CLOSURE.replace("on = 2025-01-09", 'every = "01-09"'),
            (
                "Value error, closures: 2025-01-09 stands twice (Closed for snow; Closed for "
                "snow): leave it to one of them"
            ),
        ),
        (
            AUTHORITY + TOLL + TOLL.replace('id = "2024-07"', 'id = "again"'),
            "Value error, tolls: 2024-07 and again are of one day; make them one",
        ),
        (
            AUTHORITY + CLOSURE + COVERS,
            ("Value error, covers: leave it out, the calendars under `holidays` cover the years"),
        ),
        (
            AUTHORITY + CLOSURE.replace('"2026-11-26"', '"待核实"') + COVERS,
            ("closures.1: Value error, covers: nobody has read it (待核实), so it covers nothing"),
        ),
        (
            AUTHORITY.replace('citation = "https', 'citation = "ftp'),
            "roll_basis.citation: String should match pattern '^https?://'",
        ),
    ],
)
def test_a_broken_authority_is_refused_with_its_place(
    tmp_path: Path, authority: str, says: str
) -> None:
    assert refused(write(tmp_path, authority)) == f"us-test/authority.toml: {says}"


@pytest.mark.parametrize(
    ("procedure", "says"),
    [
        (HEAD, "rules: Field required"),
        (
            HEAD + RULE.replace('"days"', '"fortnights"'),
            (
                "rules.1 (preliminary).unit: Input should be 'days', 'business_days', 'weeks', "
                "'months', 'years', 'month_end' or 'anniversary_month_end'"
            ),
        ),
        (
            HEAD + RULE.replace("count = 140", "count = -1"),
            ("rules.1 (preliminary).count: Input should be greater than or equal to 0"),
        ),
        (
            HEAD + RULE.replace('"2026-11-26"', '"probably"'),
            (
                "rules.1 (preliminary).verified: Value error, give the day "
                "on which it was read, or 待核实"
            ),
        ),
        (
            HEAD + RULE.replace('basis = "law 1"\n', ""),
            "rules.1 (preliminary).basis: Field required",
        ),
        (
            HEAD + RULE + "who_else = 1\n",
            ("rules.1 (preliminary).who_else: Extra inputs are not permitted"),
        ),
        (
            HEAD + RULE + "valid_from = 2025-02-01\nvalid_to = 2025-01-01\n",
            ("rules.1 (preliminary): Value error, preliminary: valid_from is after valid_to"),
        ),
        (
            HEAD + RULE + 'note_en = "alone"\n',
            (
                "rules.1 (preliminary): Value error, preliminary: note_zh "
                "and note_en: both or neither"
            ),
        ),
        (
            HEAD + RULE + 'direction = "on"\n',
            (
                'rules.1 (preliminary): Value error, direction = "on" '
                "counts nothing: count = 0, and no first_day"
            ),
        ),
        (
            HEAD + RULE.replace('from = "initiation"', 'from = "petition"'),
            (
                "rule preliminary: from: `petition` is no event of this "
                "file; declare it under [[events]], or use one of: initiation"
            ),
        ),
        (
            HEAD + RULE + 'event = "preliminary"\n',
            (
                "rule preliminary: event: `preliminary` is no event of "
                "this file; declare it under [[events]], or use one of: initiation"
            ),
        ),
        (
            HEAD + RULE + RULE,
            (
                "rule preliminary: two of its versions hold on one day "
                "(always and always); give each its valid_from and valid_to, or another id"
            ),
        ),
        (
            HEAD + RULE + "valid_to = 2025-01-15\n" + RULE + "valid_from = 2025-01-15\n",
            (
                "rule preliminary: two of its versions hold on one day "
                "(..2025-01-15 and 2025-01-15..); give each its valid_from and valid_to, or "
                "another id"
            ),
        ),
        (
            HEAD + RULE + 'event = "initiation"\n',
            "rules count in a circle: initiation → initiation",
        ),
        (
            HEAD + HEAD[HEAD.index("[[events]]") :] + RULE,
            "events: `initiation` stands twice",
        ),
        (
            HEAD + 'authority = "us-itc"\n' + RULE,
            (
                "events.1 (initiation): Value error, initiation: "
                "authority, proceedings, outcomes: only beside `notice`"
            ),
        ),
    ],
)
def test_a_broken_procedure_is_refused_with_its_place(
    tmp_path: Path, procedure: str, says: str
) -> None:
    assert refused(write(tmp_path, procedure=procedure)) == f"us-test/anti-dumping.toml: {says}"


def test_toml_that_is_none_names_the_file(tmp_path: Path) -> None:
    assert refused(write(tmp_path, procedure="[[rules]")).startswith("us-test/anti-dumping.toml: ")


def test_a_file_beside_the_folders_is_refused(tmp_path: Path) -> None:
    (write(tmp_path) / "stray.toml").write_text("", encoding="utf-8")
    assert refused(tmp_path) == (
        "stray.toml: rules stand in a folder of their authority: <authority>/<procedure>.toml"
    )


def test_an_authority_without_procedures_is_refused(tmp_path: Path) -> None:
    (write(tmp_path) / "us-test" / "anti-dumping.toml").unlink()
    assert refused(tmp_path) == (
        f"{tmp_path}/us-test: no procedure: write <procedure>.toml beside authority.toml"
    ).replace(f"{tmp_path}/", "")


def test_all_that_is_wrong_is_told_at_once_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path, procedure=HEAD + RULE.replace('"days"', '"moons"'))
    place = tmp_path / "us-test"
    (place / "review.toml").write_text(HEAD + RULE, encoding="utf-8")
    (place / "scope.toml").write_text(HEAD, encoding="utf-8")
    rulesets, errors = read(tmp_path)
    assert [ruleset.name for ruleset in rulesets] == ["us-test/review"]
    assert len(errors) == 2


def test_without_rules_nothing_is_computed(tmp_path: Path) -> None:
    assert load(tmp_path) == ()
    with pytest.raises(RulesError, match="no such folder"):
        load(tmp_path / "absent")


# --- Checking ------------------------------------------------------------------------------------


def test_a_check_counts_rules_and_says_what_is_dubious(tmp_path: Path) -> None:
    versions = (
        RULE + "valid_to = 2024-12-31\n" + RULE.replace('"2026-11-26"', '"待核实"')
        + "valid_from = 2025-01-15\n"
    )  # fmt: skip
    authority = AUTHORITY.replace('"US"', '"CN"').replace('holidays = "US"', 'holidays = "CN"')
    report = check(write(tmp_path, authority, HEAD + versions), day("2099-01-01"))
    (tally,) = report.tallies
    assert (tally.rules, tally.verified, tally.unchecked) == (2, 1, 1)
    (known,) = tally.known
    assert report.errors == ()
    assert report.findings == (
        (
            "us-test/anti-dumping: rule preliminary: no version holds between 2024-12-31 and "
            "2025-01-15"
        ),
        (
            f"us-test: closed days are known until {known.last} only; "
            "bring the package `holidays` up to date"
        ),
    )


def test_two_rules_for_one_event_and_a_stranger_are_dubious(tmp_path: Path) -> None:
    events = HEAD + '[[events]]\nid = "preliminary"\nzh = "初裁"\nen = "preliminary"\n'
    events += 'notice = "preliminary"\nauthority = "us-absent"\n'
    rules = RULE + 'event = "preliminary"\n'
    rules += RULE.replace('"preliminary"', '"again"') + 'event = "preliminary"\n'
    report = check(write(tmp_path, procedure=events + rules), day("2026-01-01"))
    assert report.findings == (
        "us-test/anti-dumping: event preliminary: no authority `us-absent`",
        (
            "us-test/anti-dumping: event preliminary: both preliminary and again say when it "
            "happens (latest); leave `event` to one of them"
        ),
    )


def test_an_authority_without_any_closed_day_is_dubious(tmp_path: Path) -> None:
    authority = AUTHORITY.replace('holidays = "US"\n', "")
    report = check(write(tmp_path, authority), day("2026-01-01"))
    assert report.findings == (
        "us-test: no closed days are known: name `holidays`, or closures that cover a year",
    )


def test_the_house_has_the_rulesets_of_many_authorities_and_none_is_broken() -> None:
    """What is asked of the house: fifteen authorities at least, each rule with its source."""
    library = Library.load(FOLDER)
    assert len(library.authorities) >= 15
    for ruleset in library.rulesets:
        for rule in ruleset.file.rules:
            assert rule.basis
            assert rule.read
            assert rule.is_verified or rule.verified == "待核实"
