"""Keys for programs: what they open, and what they never do."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monitor.accounts.models import ApiKey, Organisation
from monitor.accounts.secrets import keys
from monitor.accounts.secrets.keys import KeyRefused, Wish
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base
from tests.monitor.accounts.conftest import Town

BASES = [Action.READ_BASES]


@pytest.fixture
def chamber(town: Town) -> Organisation:
    Base.objects.create(code="ceramics", name_zh="陶瓷", name_en="Ceramics")
    return town.organisation(Kind.CHAMBER)


@pytest.fixture
def owner(town: Town, chamber: Organisation) -> Actor:
    return town.actor(chamber)


def made(owner: Actor, *scopes: Action, days: int = 30, at: datetime | None = None) -> str:
    wish = Wish("feed reader", scopes or tuple(BASES), days)
    _key, shown = keys.make(owner, wish, at or timezone.now())
    return shown


def bearing(shown: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {shown}"})


FEED = "/feeds/bases/ceramics.atom"


def test_a_key_is_shown_once_and_only_its_digest_is_kept(owner: Actor) -> None:
    shown = made(owner)
    key = ApiKey.objects.get()
    assert shown.startswith(key.prefix)
    assert len(shown) >= 50
    kept = [str(value) for value in vars(key).values()]
    assert not any(shown[13:] in value for value in kept)
    assert key.made_by == owner.user


def test_its_holder_acts_for_the_organisation_as_far_as_its_scopes(owner: Actor) -> None:
    holder = keys.holder(made(owner, Action.READ_FIRM), timezone.now())
    assert (holder.user, holder.organisation) == (None, owner.organisation)
    assert holder.whose(Action.READ_FIRM) == owner.whose(Action.READ_FIRM)
    others = set(Action) - {Action.READ_FIRM}
    assert not any(holder.whose(action) for action in others)


@pytest.mark.parametrize("action", sorted(set(Action) - set(keys.FOR_PROGRAMS)))
def test_no_key_decides_about_people(owner: Actor, action: Action) -> None:
    assert action not in keys.on_offer(owner)
    with pytest.raises(PermissionError):
        made(owner, action)


def test_no_key_does_what_its_maker_may_not(town: Town) -> None:
    counsel = town.actor(town.organisation(Kind.COUNSEL))
    assert not counsel.whose(Action.READ_BASES)
    with pytest.raises(PermissionError):
        made(counsel, Action.READ_BASES)
    with pytest.raises(PermissionError):
        keys.make(counsel, Wish("nothing", [], 30), timezone.now())


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER])
def test_only_owners_make_keys(town: Town, chamber: Organisation, role: Role) -> None:
    with pytest.raises(PermissionError):
        made(town.actor(chamber, role))


@pytest.mark.parametrize(
    "shown", ["", "x", "fh_0123456789", "fh_012345678_" + "x" * 43, "fh_" + "é" * 60]
)
def test_an_unknown_key_is_refused(owner: Actor, shown: str) -> None:
    made(owner)
    with pytest.raises(KeyRefused, match="unknown"):
        keys.holder(shown, timezone.now())


def test_one_that_differs_in_its_last_letter_is_unknown(owner: Actor) -> None:
    shown = made(owner)
    wrong = shown[:-1] + ("a" if shown[-1] != "a" else "b")
    with pytest.raises(KeyRefused, match="unknown"):
        keys.holder(wrong, timezone.now())


EXPORT = "/search/export.csv"
OPEN_TO_PROGRAMS = {"export": EXPORT, "base_feed": FEED}
"""Every address that is for programs, by its name."""


@pytest.mark.parametrize(
    ("scope", "opens"),
    [
        (scope, {Action.EXPORT: "export", Action.READ_BASES: "base_feed"}.get(scope))
        for scope in keys.FOR_PROGRAMS
    ],
)
def test_a_scope_opens_what_it_is_for_and_nothing_else(
    town: Town, chamber: Organisation, scope: Action, opens: str | None
) -> None:
    kinds = (Kind.CHAMBER, Kind.ENTERPRISE, Kind.OFFICE)
    owners = [town.actor(town.organisation(kind)) for kind in kinds]
    owner = next(each for each in owners if scope in keys.on_offer(each))
    program = bearing(made(owner, scope))
    found = {name: program.get(address).status_code for name, address in OPEN_TO_PROGRAMS.items()}
    assert found == {name: 200 if name == opens else 404 for name in OPEN_TO_PROGRAMS}


def test_the_answer_is_kept_by_no_cache_for_others(owner: Actor) -> None:
    answer = bearing(made(owner)).get(FEED)
    assert "Authorization" in answer.headers["Vary"]
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_an_unknown_key_is_answered_401_even_where_anybody_may_read() -> None:
    answer = bearing("fh_nothing").get(reverse("health"))
    assert (answer.status_code, answer.json()) == (401, {"error": "unknown_key"})
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_one_that_expired_or_was_revoked_is_answered_401(owner: Actor) -> None:
    past = timezone.now() - timedelta(days=31)
    answer = bearing(made(owner, at=past)).get(FEED)
    assert (answer.status_code, answer.json()) == (401, {"error": "expired_key"})
    shown = made(owner)
    keys.revoke(owner, ApiKey.objects.get(prefix=shown[:12]), timezone.now())
    answer = bearing(shown).get(FEED)
    assert (answer.status_code, answer.json()) == (401, {"error": "revoked_key"})


def test_cookies_that_come_along_count_for_nothing(owner: Actor) -> None:
    shown = made(owner, Action.READ_FIRM)
    assert owner.user
    both = bearing(shown)
    both.force_login(owner.user)
    assert both.get(FEED).status_code == 404
    assert both.get(reverse("home")).status_code == 403


def test_it_needs_no_token_against_forgery(owner: Actor) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("export", args=["csv"])).status_code == 403
    shown = made(owner, Action.EXPORT)
    answer = strict.post(
        reverse("export", args=["csv"]), headers={"Authorization": f"Bearer {shown}"}
    )
    assert answer.status_code in (200, 503)


def test_when_it_was_last_used_is_written_once_a_minute(owner: Actor) -> None:
    now = timezone.now()
    shown = made(owner, at=now)
    for seconds, expected in ((0, 0), (30, 0), (60, 60)):
        keys.holder(shown, now + timedelta(seconds=seconds))
        assert ApiKey.objects.get().last_used_at == now + timedelta(seconds=expected)


def test_the_page_makes_shows_once_and_revokes(owner: Actor) -> None:
    page = Client(headers={"Accept-Language": "en"})
    assert owner.user
    page.force_login(owner.user)
    given = {"name": "our ERP", "scopes": ["read_bases"], "days": "90"}
    answer = page.post(reverse("keys"), given)
    shown = answer.context["secret"]
    assert shown in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown not in page.get(reverse("keys")).content.decode()
    assert "our ERP" in page.get(reverse("keys")).content.decode()
    key = ApiKey.objects.get()
    assert page.get(reverse("revoke_key", args=[key.pk])).status_code == 405
    assert page.post(reverse("revoke_key", args=[key.pk])).status_code == 302
    assert bearing(shown).get(FEED).json() == {"error": "revoked_key"}


def test_the_form_takes_nothing_but_its_fields(town: Town, owner: Actor) -> None:
    page = Client()
    assert owner.user
    page.force_login(owner.user)
    other = town.organisation(Kind.CHAMBER)
    given = {"name": "x", "scopes": ["read_bases"], "days": "90", "organisation": other.pk,
             "role": "owner", "digest": "0" * 64, "expires_at": "2099-01-01"}  # fmt: skip
    page.post(reverse("keys"), given)
    key = ApiKey.objects.get()
    assert key.organisation == owner.organisation
    assert key.digest != "0" * 64
    assert key.expires_at < timezone.now() + timedelta(days=91)
    for wrong in ({"scopes": ["hold_keys"]}, {"days": "9999"}, {"name": ""}, {"scopes": []}):
        assert page.post(reverse("keys"), given | wrong).status_code == 400
    assert ApiKey.objects.count() == 1


def test_others_keys_do_not_exist(town: Town, owner: Actor) -> None:
    made(owner)
    rival = town.person(town.organisation(Kind.CHAMBER))
    page = Client()
    page.force_login(rival)
    assert b"feed reader" not in page.get(reverse("keys")).content
    key = ApiKey.objects.get()
    assert page.post(reverse("revoke_key", args=[key.pk])).status_code == 404
    assert ApiKey.objects.get().revoked_at is None
    assert Whose.OWN in owner.whose(Action.HOLD_KEYS)
