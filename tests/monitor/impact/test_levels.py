"""The rules of config/levels.toml, and what is refused of such a file."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from bundles.words import Event, Kind, Outcome, Proceeding
from monitor.impact.levels import Facts, Levels
from monitor.impact.models import LOUDNESS, Level
from monitor.impact.rules import NONE, RulesError

LEVELS = Levels(settings.FENGHUO_LEVELS)


def facts(text: str, band: str, days: int | None = None, probability: float = 1.0) -> Facts:
    """`anti_dumping/investigation/final/affirmative`; a dash where the notice has none."""
    kind, proceeding, event, outcome = text.split("/")
    return Facts(
        kind=kind,
        proceeding=None if proceeding == "-" else proceeding,
        event=event,
        outcome=None if outcome == "-" else outcome,
        band=band,
        days=days,
        probability=probability,
    )


@pytest.mark.parametrize(
    ("text", "band", "days", "probability", "judged"),
    [
        ("anti_dumping/investigation/initiated/-", "high", 21, 1, "red case-opened-high"),
        ("anti_dumping/investigation/initiated/-", "middle", 21, 1, "orange case-opened"),
        ("anti_dumping/investigation/initiated/-", "low", None, 1, "orange case-opened"),
        ("anti_dumping/investigation/initiated/-", "none", 5, 1, "watch no-exports-there"),
        ("anti_dumping/investigation/initiated/-", "high", 5, 0.3, "blue notable"),
        ("section_337/investigation/initiated/-", "low", 18, 1, "orange case-opened"),
        ("safeguard/-/initiated/-", "low", None, 1, "orange case-opened"),
        ("anti_dumping/investigation/complaint/-", "high", None, 1, "yellow petition"),
        ("anti_dumping/investigation/complaint/-", "high", 12, 1, "red case-deadline-high"),
        ("countervailing/investigation/preliminary/affirmative", "low", None, 1,
         "orange provisional-duty"),
        ("countervailing/investigation/preliminary/negative", "low", None, 1, "blue notable"),
        ("anti_dumping/investigation/order/-", "high", None, 1, "red duty-high"),
        ("anti_dumping/investigation/order/-", "middle", None, 1, "orange duty"),
        ("anti_dumping/investigation/order/-", "low", None, 1, "yellow measure-low"),
        ("anti_dumping/investigation/final/negative", "high", None, 1, "yellow case-step"),
        ("anti_dumping/investigation/terminated/-", "high", None, 1, "blue notable"),
        ("anti_dumping/administrative_review/initiated/-", "high", 14, 1, "red case-deadline-high"),
        ("anti_dumping/administrative_review/initiated/-", "high", 30, 1, "orange case-deadline"),
        ("anti_dumping/administrative_review/initiated/-", "low", 14, 1, "blue notable"),
        ("anti_dumping/sunset_review/final/-", "middle", None, 1, "yellow case-step"),
        ("technical_regulation/-/proposed/-", "middle", 60, 1, "yellow regulation"),
        ("technical_regulation/-/proposed/-", "low", 60, 1, "blue notable"),
        ("technical_regulation/-/guidance/-", "high", None, 1, "blue notable"),
        ("recall/-/recalled/-", "high", None, 1, "yellow incident"),
        ("recall/-/recalled/-", "low", None, 1, "blue notable"),
        ("border_refusal/-/refused/-", "middle", None, 1, "yellow incident"),
        ("border_refusal/-/alert_added/-", "high", None, 1, "orange entry-barred-high"),
        ("other/-/other/-", "high", None, 1, "none not-ours"),
    ],
)  # fmt: skip
def test_the_levels_of_this_house(
    text: str, band: str, days: int | None, probability: float, judged: str
) -> None:
    rule = LEVELS.judge(facts(text, band, days, probability))
    assert f"{rule.level} {rule.id}" == judged


@pytest.mark.parametrize(
    ("usd", "share", "band"),
    [
        ("0", "0", "none"),
        ("0.01", "0", "low"),
        ("4999999.99", "0.0029", "low"),
        ("5000000", "0.0001", "middle"),
        ("1000", "0.003", "middle"),
        ("1000", "0.02", "high"),
        ("50000000", "0.001", "high"),
    ],
)
def test_bands_by_money_or_by_share(usd: str, share: str, band: str) -> None:
    assert LEVELS.band(Decimal(usd), Decimal(share)) == band


def test_a_word_outside_the_contract_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"no rule for kind=quota"):
        LEVELS.judge(facts("quota/-/initiated/-", "high"))


# --- Laws ----------------------------------------------------------------------------------------

FACTS = st.builds(
    Facts,
    kind=st.sampled_from([*Kind]),
    proceeding=st.none() | st.sampled_from([*Proceeding]),
    event=st.sampled_from([*Event]),
    outcome=st.none() | st.sampled_from([*Outcome]),
    band=st.sampled_from(LEVELS.bands),
    days=st.none() | st.integers(0, 60),
    probability=st.floats(0, 1),
)
MONEY = st.decimals(0, 10**9, places=2)
SHARE = st.decimals(0, 1, places=6)


def loudness(case: Facts) -> int:
    return LEVELS.judge(case).loudness


@given(FACTS, MONEY, MONEY, SHARE, SHARE)
@example_settings(deadline=None)
def test_a_level_never_falls_when_exposure_rises(
    case: Facts, usd: Decimal, more: Decimal, share: Decimal, larger: Decimal
) -> None:
    low = LEVELS.band(min(usd, more), min(share, larger))
    high = LEVELS.band(max(usd, more), max(share, larger))
    assert loudness(replace(case, band=low)) <= loudness(replace(case, band=high))


@given(FACTS, st.integers(0, 60), st.integers(0, 60))
@example_settings(deadline=None)
def test_a_level_never_falls_when_the_deadline_nears(case: Facts, one: int, other: int) -> None:
    far, near = replace(case, days=max(one, other)), replace(case, days=min(one, other))
    assert loudness(replace(case, days=None)) <= loudness(far) <= loudness(near)


@given(FACTS, st.floats(0, 1), st.floats(0, 1))
@example_settings(deadline=None)
def test_a_level_never_falls_when_the_match_is_surer(case: Facts, one: float, other: float) -> None:
    vague, sure = (
        replace(case, probability=min(one, other)),
        replace(case, probability=max(one, other)),
    )
    assert loudness(vague) <= loudness(sure)


@given(FACTS)
@example_settings(deadline=None)
def test_without_exports_watch_at_most(case: Facts) -> None:
    assert loudness(replace(case, band=NONE)) <= LOUDNESS[Level.WATCH]


@given(FACTS)
@example_settings(deadline=None)
def test_every_case_has_a_rule(case: Facts) -> None:
    assert LEVELS.judge(case) in LEVELS.file.rules


# --- What is refused -----------------------------------------------------------------------------

HEAD = """
[origins]
ours = ["CN"]
ours_in_incidents = ["CN"]
[weights]
hs6 = "1"
heading = "0.6"
chapter = "0.2"
[floors]
any = 0.1
chapter = 0.9
[[bands]]
name = "low"
usd = "1"
[[bands]]
name = "high"
usd = "100"
[unknown]
band = "low"
"""
ALL = '[[rules]]\nid = "all"\nlevel = "watch"\nwhy_zh = "一"\nwhy_en = "a"\n'


def rule(level: str = "red", **fields: str) -> str:
    named = {"id": '"r"', "level": f'"{level}"', "why_zh": '"一"', "why_en": '"a"', **fields}
    return "[[rules]]\n" + "".join(f"{name} = {value}\n" for name, value in named.items())


def refused(tmp_path: Path, text: str) -> str:
    path = tmp_path / "levels.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        Levels(path)
    assert str(path) in str(error.value)
    return str(error.value)


def test_the_smallest_file_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "levels.toml"
    path.write_text(HEAD + rule(exposure='"low"') + ALL, encoding="utf-8")
    assert Levels(path).judge(facts("recall/-/recalled/-", "low")).id == "r"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + rule(exposure='"low"', events='["inititated"]') + ALL,
         "rule r: events: unknown inititated; allowed: order, final"),
        (HEAD + rule(exposure='"low"', kinds='["dumping"]') + ALL, "kinds: unknown dumping"),
        (HEAD + rule(exposure='"low"', proceedings='["review"]') + ALL, "proceedings: unknown"),
        (HEAD + rule(exposure='"low"', outcomes='["yes"]') + ALL, "outcomes: unknown yes"),
        (HEAD + rule(exposure='"huge"') + ALL, "exposure: unknown huge; allowed: low, high"),
        (HEAD + rule(level="purple", exposure='"low"') + ALL, "level: unknown purple"),
        (HEAD + rule(level="loud", exposure='"low"') + ALL, "level: unknown loud"),
        (HEAD + rule(exposure='"low"', events="[]") + ALL, "events: an empty list fits nothing"),
        (HEAD + rule(exposure='"low"', within_days="-1") + ALL, "rules.1.within_days"),
        (HEAD + rule(exposure='"low"', colour='"red"') + ALL, "rules.1.colour: Extra inputs"),
        (HEAD + rule(exposure='"low"') + rule(id='"s"', exposure='"high"') + ALL,
         "rule s: can never apply: the rules before it cover all that it fits"),
        (HEAD + ALL + rule(level="none"), "rule r: can never apply"),
        (HEAD + rule(exposure='"low"'), "no rule covers kind="),
        (HEAD + rule() + ALL, "rule r: `red` needs an exposure"),
        (HEAD + rule(level="yellow", exposure='"low"', kinds='["recall"]')
         + rule(id='"s"', exposure='"high"') + ALL, "rule s: louder than `r` before it"),
        (HEAD + rule(exposure='"high"') + rule(exposure='"low"') + ALL,
         "two rules are called r"),
        (HEAD, "rules: Field required"),
        (HEAD.replace('name = "high"', 'name = "low"') + ALL, "a name stands twice"),
        (HEAD.replace('usd = "100"', 'usd = "1"') + ALL, "band high: not above low"),
        (HEAD.replace('band = "low"', 'band = "some"') + ALL, "`some` is no band"),
        (HEAD.replace("any = 0.1", "any = 10") + ALL, "floors.any"),
        (HEAD + "[[rules]", "levels.toml"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    assert says in refused(tmp_path, text)


def test_two_rules_together_can_leave_a_third_nothing(tmp_path: Path) -> None:
    halves = rule(exposure='"low"', kinds='["cases"]') + rule(
        id='"s"', exposure='"low"', kinds='["regulations", "incidents", "other"]'
    )
    third = rule(id='"third"', level="orange", exposure='"high"', events='["final"]')
    assert "rule third: can never apply" in refused(tmp_path, HEAD + halves + third + ALL)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"absent\.toml"):
        Levels(tmp_path / "absent.toml")
