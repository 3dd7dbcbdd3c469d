"""There and back, with a real provider."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from monitor.accounts.entrance import factors
from monitor.accounts.entrance.oidc import desk, journey
from monitor.accounts.models import Brake, Identity, Invitation, Membership, Session, User
from monitor.accounts.words import Role
from monitor.trail.models import Entry
from tests.monitor.accounts.entrance.oidc.conftest import (
    CODE,
    LIN,
    SINCE,
    Place,
    comes_back,
    comes_in,
    sets_out,
    told,
)
from tests.provider.running import CLIENT, Running, fresh_key, sign_in_there

pytestmark = pytest.mark.django_db


def test_a_member_comes_in_and_goes_on(visitor: Client, chamber: Place) -> None:
    lin = chamber.member()
    response = comes_in(visitor, then="/search/?q=a")
    assert (response.status_code, response.headers["Location"]) == (302, "/search/?q=a")
    assert lin.name in visitor.get("/account/").content.decode()
    known = Identity.objects.get()
    assert (known.user, known.issuer, known.subject) == (lin, chamber.provider.issuer, "1")


def test_what_is_asked_for_is_what_the_standard_says(visitor: Client, chamber: Place) -> None:
    first, second = sets_out(visitor), sets_out(visitor)
    asked, again = (parse_qs(urlsplit(address).query) for address in (first, second))
    assert asked["response_type"] == ["code"]
    assert asked["client_id"] == [CLIENT]
    assert asked["redirect_uri"] == [journey.back()]
    assert asked["code_challenge_method"] == ["S256"]
    for chance in ("state", "nonce", "code_challenge"):
        assert len(asked[chance][0]) >= 43
        assert asked[chance] != again[chance]


def test_one_goes_on_to_pages_of_ours_only(visitor: Client, chamber: Place) -> None:
    chamber.member()
    assert comes_in(visitor, then="https://evil.example/").headers["Location"] == "/"


def test_the_second_time_it_is_the_subject_that_counts(
    visitor: Client, chamber: Place, there: Running
) -> None:
    lin = chamber.member()
    comes_in(visitor)
    visitor.post(reverse("sign_out"))
    there.say("lin", email="married@elsewhere.example", email_verified=False)
    assert comes_in(visitor).headers["Location"] == "/"
    assert Session.objects.get(user__isnull=False).user == lin
    assert Identity.objects.count() == 1


def test_whoever_was_invited_comes_in_without_an_account(visitor: Client, chamber: Place) -> None:
    now = datetime.now(UTC)
    owner = chamber.member("owner@office.example.org", Role.OWNER)
    Invitation.objects.create(
        organisation=chamber.organisation,
        email=LIN,
        role=Role.READER,
        digest="x",
        created_at=now,
        approved_by=owner,
        mailed_at=now,
        expires_at=now + timedelta(days=1),
    )
    assert comes_in(visitor).headers["Location"] == "/"
    lin = User.objects.get(username=LIN)
    assert (lin.name, lin.has_usable_password()) == ("lin there", False)
    assert Membership.objects.get(user=lin).role == Role.READER
    assert Invitation.objects.get().accepted_at is not None


@pytest.mark.parametrize("state", ["nobody asked", "not approved", "withdrawn", "expired"])
def test_whoever_was_not_does_not(visitor: Client, chamber: Place, state: str) -> None:
    now = datetime.now(UTC)
    if state != "nobody asked":
        Invitation.objects.create(
            organisation=chamber.organisation,
            email=LIN,
            role=Role.READER,
            digest="x",
            created_at=now,
            approved_by=None if state == "not approved" else chamber.member("o@office.example.org"),
            mailed_at=now,
            expires_at=now + timedelta(days=-1 if state == "expired" else 1),
            withdrawn_at=now if state == "withdrawn" else None,
        )
    response = comes_in(visitor)
    assert "is not connected with one here" in told(visitor, response)
    assert not User.objects.filter(username=LIN).exists()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"email_verified": False}, "does not say that it has verified"),
        ({"email_verified": None}, "does not say that it has verified"),
        ({"email_verified": "true"}, "does not say that it has verified"),
        ({"email": None}, "does not say that it has verified"),
        ({"email": ["lin@office.example.org"]}, "does not say that it has verified"),
        ({"email": "lin@evil.example"}, "of no domain"),
        ({"email": "lin@sub.office.example.org"}, "of no domain"),
        ({"email": "lin@evil.example@office.example.org.evil.example"}, "of no domain"),
        ({"email": "office.example.org"}, "of no domain"),
    ],
)
def test_an_address_that_is_not_vouched_for_lets_nobody_in(
    visitor: Client, chamber: Place, there: Running, said: dict[str, object], answer: str
) -> None:
    chamber.member()
    there.say("lin", **said)
    assert answer in told(visitor, comes_in(visitor))
    assert not Identity.objects.exists()


def test_an_address_that_is_told_beside_the_token_counts(
    visitor: Client, chamber: Place, there: Running
) -> None:
    chamber.member()
    there.say("lin", beside=True)
    assert comes_in(visitor).headers["Location"] == "/"


def test_errors_are_said_in_the_readers_language(chamber: Place, there: Running) -> None:
    visitor = Client(headers={"Accept-Language": "zh-CN"})
    assert "单位账号尚未与本系统的账户关联" in told(visitor, comes_in(visitor))


def test_one_comes_in_once_by_one_answer(visitor: Client, chamber: Place) -> None:
    chamber.member()
    back = sign_in_there(sets_out(visitor), "lin")
    assert comes_back(visitor, back).headers["Location"] == "/"
    visitor.post(reverse("sign_out"))
    assert "Begin it again" in told(visitor, comes_back(visitor, back))


def test_an_answer_is_worth_nothing_in_another_browser(visitor: Client, chamber: Place) -> None:
    """Nobody is signed in with the account of whoever sends them a link."""
    chamber.member()
    back = sign_in_there(sets_out(visitor), "lin")
    other = Client(headers={"Accept-Language": "en"})
    assert "another browser" in told(other, comes_back(other, back))
    sets_out(other)
    assert "another browser" in told(other, comes_back(other, back))
    assert not Session.objects.filter(user__isnull=False).exists()


def test_an_answer_comes_too_late(
    visitor: Client, chamber: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    chamber.member()
    back = sign_in_there(sets_out(visitor), "lin")
    monkeypatch.setattr(journey, "PATIENCE", timedelta(0))
    assert "took too long" in told(visitor, comes_back(visitor, back))


def test_an_answer_of_another_issuer_is_none(visitor: Client, chamber: Place) -> None:
    """RFC 9207: the provider says who it is in the address already."""
    chamber.member()
    back = sign_in_there(sets_out(visitor), "lin")
    assert "iss=" in back
    assert "could not be proven" in told(visitor, comes_back(visitor, back.replace("%2Fo", "%2Fp")))


def test_whoever_is_not_let_in_there_is_not_here(visitor: Client, chamber: Place) -> None:
    state = parse_qs(urlsplit(sets_out(visitor)).query)["state"][0]
    back = f"{reverse('sign_in_back')}?error=access_denied&state={state}"
    assert "did not let you through" in told(visitor, comes_back(visitor, back))


def test_a_code_that_somebody_made_up_is_worth_nothing(visitor: Client, chamber: Place) -> None:
    state = parse_qs(urlsplit(sets_out(visitor)).query)["state"][0]
    back = f"{reverse('sign_in_back')}?code=made-up&state={state}"
    assert "does not answer as it should" in told(visitor, comes_back(visitor, back))


def test_a_code_needs_the_verifier_of_its_own_sign_in(visitor: Client, chamber: Place) -> None:
    """PKCE: a code that was caught is of no use in a sign-in that the thief has begun."""
    chamber.member()
    caught = parse_qs(urlsplit(sign_in_there(sets_out(visitor), "lin")).query)["code"][0]
    thief = Client(headers={"Accept-Language": "en"})
    state = parse_qs(urlsplit(sets_out(thief)).query)["state"][0]
    back = f"{reverse('sign_in_back')}?code={caught}&state={state}"
    assert "does not answer as it should" in told(thief, comes_back(thief, back))


def test_the_provider_has_another_key(visitor: Client, chamber: Place, there: Running) -> None:
    chamber.member()
    before = list(there.keys)
    try:
        there.keys.insert(0, fresh_key())
        there.stop()
        there.start()
        assert comes_in(visitor).headers["Location"] == "/"
        visitor.post(reverse("sign_out"))
        there.keys.pop()
        there.stop()
        there.start()
        assert comes_in(visitor).headers["Location"] == "/"
    finally:
        there.stop()
        there.keys[:] = before
        there.start()


def test_the_provider_is_down(visitor: Client, chamber: Place, there: Running) -> None:
    chamber.member()
    back = sign_in_there(sets_out(visitor), "lin")
    there.stop()
    try:
        page = visitor.post(reverse("sign_in_organisation"), {"code": CODE})
        assert "cannot be reached now" in page.content.decode()
        assert "cannot be reached now" in told(visitor, comes_back(visitor, back))
    finally:
        there.start()


def test_a_provider_within_is_not_asked_unless_the_deployer_says_so(
    visitor: Client, chamber: Place, settings: Settings
) -> None:
    settings.FENGHUO_OIDC_ALLOW_PRIVATE = False
    page = visitor.post(reverse("sign_in_organisation"), {"code": CODE})
    assert "cannot be reached now" in page.content.decode()


def test_a_wrong_secret_lets_nobody_in(visitor: Client, chamber: Place) -> None:
    chamber.member()
    chamber.provider.secret = "another one"
    chamber.provider.save()
    assert "does not answer as it should" in told(visitor, comes_in(visitor))


def test_signing_out_ends_it(visitor: Client, chamber: Place) -> None:
    chamber.member()
    comes_in(visitor)
    visitor.post(reverse("sign_out"))
    assert visitor.get("/account/").status_code == 302


def test_it_ends_within_a_day(visitor: Client, chamber: Place) -> None:
    chamber.member()
    comes_in(visitor)
    visitor.get("/account/")
    ends = Session.objects.get(user__isnull=False).expire_date
    assert timedelta(hours=11) < ends - datetime.now(UTC) <= timedelta(hours=12)


def test_it_stands_in_the_trail(visitor: Client, chamber: Place, there: Running) -> None:
    lin = chamber.member()
    comes_in(visitor)
    visitor.post(reverse("sign_out"))
    there.say("wang", email="wang@evil.example")
    comes_in(visitor, "wang")
    verbs = list(Entry.objects.order_by("number").values_list("verb", "about__user", "model"))
    assert ("add", lin.pk, "identity") in verbs
    assert ("sign_in", lin.pk, "user") in verbs
    assert ("sign_in_failed", None, "") in verbs
    assert "lin there" not in str(list(Entry.objects.values_list("after")))


def test_whoever_fails_with_an_address_that_is_known_is_told_of_it(
    visitor: Client, chamber: Place
) -> None:
    outsider = User.objects.create(username=LIN)
    comes_in(visitor)
    failed = Entry.objects.get(verb="sign_in_failed")
    assert failed.about is not None
    assert failed.about.user == outsider


def test_whoever_tries_codes_has_to_wait(visitor: Client, chamber: Place) -> None:
    Brake.objects.create(key=_mark(), failures=230, last_at=datetime.now(UTC))
    page = visitor.post(reverse("sign_in_organisation"), {"code": CODE})
    assert "too many attempts" in page.content.decode()


def test_failures_are_counted_and_a_good_one_is_not(visitor: Client, chamber: Place) -> None:
    visitor.post(reverse("sign_in_organisation"), {"code": "zzzzzzzzzz"})
    comes_in(visitor, "wang")
    assert Brake.objects.get(key=_mark()).failures == 2
    chamber.member()
    comes_in(visitor)
    assert Brake.objects.get(key=_mark()).failures == 2


def _mark() -> str:
    (mark,) = desk._marks("127.0.0.1")
    return mark.key


def test_no_page_tells_which_organisations_there_are(
    visitor: Client, chamber: Place, settings: Settings
) -> None:
    settings.FENGHUO_AS_OF = SINCE  # which the foot of every page says
    pages = {
        code: visitor.get(reverse("sign_in_by_code", args=[code])) for code in (CODE, "zzzzzzzzzz")
    }
    said = {
        "\n".join(
            line
            for line in page.content.decode().replace(code, "").splitlines()
            if "csrfmiddlewaretoken" not in line
        )
        for code, page in pages.items()
    }
    assert {page.status_code for page in pages.values()} == {200}
    assert len(said) == 1
    assert chamber.organisation.name_zh not in said.pop()
    wrong = visitor.post(reverse("sign_in_organisation"), {"code": "zzzzzzzzzz"}).content.decode()
    assert "No organisation has this code" in wrong


def test_the_whole_link_may_be_typed_and_the_code_is_remembered(
    visitor: Client, chamber: Place
) -> None:
    chamber.member()
    link = f"https://fenghuo.example.org{reverse('sign_in_by_code', args=[CODE])}"
    back = sign_in_there(sets_out(visitor, code=link), "lin")
    comes_back(visitor, back)
    visitor.post(reverse("sign_out"))
    assert f'value="{CODE}"' in visitor.get(reverse("sign_in_organisation")).content.decode()


def test_the_form_needs_its_token(chamber: Place) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("sign_in_organisation"), {"code": CODE}).status_code == 403


def test_a_mail_tells_of_the_connection(visitor: Client, chamber: Place) -> None:
    chamber.member()
    comes_in(visitor)
    (letter,) = mail.outbox
    assert letter.to == [LIN]
    assert chamber.provider.issuer in letter.body


class TestSecondFactor:
    """Of an office, which has to have one."""

    def test_is_ours_where_the_provider_is_not_taken_to_ask_for_one(
        self, visitor: Client, office: Place, there: Running
    ) -> None:
        office.member()
        there.say("lin", amr=["pwd", "mfa"], acr="mfa")
        comes_in(visitor)
        assert visitor.get("/").headers["Location"] == reverse("second_factor")

    def test_is_ours_where_the_provider_did_not_ask_this_time(
        self, visitor: Client, office: Place, there: Running
    ) -> None:
        office.member()
        _declare(office, "mfa")
        there.say("lin", amr=["pwd"])
        comes_in(visitor)
        assert visitor.get("/").headers["Location"] == reverse("second_factor")

    @pytest.mark.parametrize("said", [{"amr": ["pwd", "mfa"]}, {"acr": "mfa"}])
    def test_is_the_providers_where_its_owner_says_so_and_it_says_so(
        self, visitor: Client, office: Place, there: Running, said: dict[str, object]
    ) -> None:
        office.member()
        _declare(office, "otp", "mfa")
        there.say("lin", **said)
        comes_in(visitor)
        assert visitor.get("/").status_code == 200

    @pytest.mark.parametrize("said", [{"amr": "mfa"}, {"amr": {"mfa": 1}}, {"acr": ["mfa"]}])
    def test_is_not_what_only_looks_like_it(
        self, visitor: Client, office: Place, there: Running, said: dict[str, object]
    ) -> None:
        office.member()
        _declare(office, "mfa")
        there.say("lin", **said)
        comes_in(visitor)
        assert visitor.get("/").status_code == 302

    def test_is_asked_for_where_there_is_one(
        self, visitor: Client, office: Place, there: Running
    ) -> None:
        secret = factors.fresh_secret()
        lin, now = office.member(), datetime.now(UTC)
        code = factors.pyotp.TOTP(secret)
        assert factors.keep(lin, secret, code.at(now - timedelta(seconds=30)), now)
        response = comes_in(visitor, then="/search/")
        assert response.headers["Location"] == reverse("sign_in_code")
        assert visitor.get("/account/").status_code == 302
        response = visitor.post(reverse("sign_in_code"), {"code": code.at(now)})
        assert response.headers["Location"] == "/search/"
        assert visitor.get("/").status_code == 200
        assert visitor.get(reverse("sessions")).status_code == 403, (
            "a provider has vouched for them"
        )


def _declare(office: Place, *words: str) -> None:
    office.provider.second_factor = [*words]
    office.provider.save()
