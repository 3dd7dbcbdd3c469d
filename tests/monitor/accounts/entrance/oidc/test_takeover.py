"""What a provider, whatever it says, does not get by it: other people's accounts, or more of them
than its own organisation."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from monitor.accounts.entrance import factors
from monitor.accounts.models import (
    Authenticator,
    Identity,
    Invitation,
    Membership,
    Organisation,
    Session,
    User,
)
from monitor.accounts.organisations import invitations, providers
from monitor.accounts.organisations.providers import Wish
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from tests.monitor.accounts.entrance.oidc.conftest import (
    LIN,
    SINCE,
    Place,
    comes_back,
    comes_in,
    led,
    place,
    sets_out,
    told,
)
from tests.provider.running import Running, sign_in_there
from tests.signing_in import PASSWORD, signed_in, tries

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(db: None) -> Organisation:
    """Another organisation, that has nothing to do with the provider."""
    return Organisation.objects.create(kind=Kind.ENTERPRISE, name_zh="别家公司", created_at=SINCE)


@pytest.fixture
def both(chamber: Place, elsewhere: Organisation) -> User:
    """A member of the one and of the other."""
    lin = chamber.member()
    Membership.objects.create(user=lin, organisation=elsewhere, role=Role.OWNER, since=SINCE)
    return lin


def _of_another(user: User) -> None:
    other = Organisation.objects.create(kind=Kind.COUNSEL, name_zh="律所", created_at=SINCE)
    Membership.objects.create(user=user, organisation=other, role=Role.READER, since=SINCE)


def _operator(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_operator=True)


def _analyst(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_analyst=True)


def _left(user: User) -> None:
    Membership.objects.filter(user=user).update(ended_at=SINCE)


def _sample(user: User) -> None:
    User.objects.filter(pk=user.pk).update(sample=True)


def _blocked(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _known_by_another_subject(user: User) -> None:
    """Who had the address before has left; it was given to somebody else."""
    provider = Membership.objects.get(user=user).organisation.provider
    Identity.objects.create(
        provider=provider, user=user, issuer=provider.issuer, subject="another", since=SINCE
    )


@pytest.mark.parametrize(
    "is_", [_of_another, _operator, _analyst, _left, _sample, _blocked, _known_by_another_subject]
)
def test_by_mail_alone_nobody_comes_in_who_is_more_than_a_member(
    visitor: Client, chamber: Place, is_: Callable[[User], None]
) -> None:
    is_(chamber.member())
    known = Identity.objects.count()
    said = told(visitor, comes_in(visitor))
    assert "is not connected with one here" in said
    assert Identity.objects.count() == known
    assert not Session.objects.filter(user__isnull=False).exists()


def test_to_the_provider_somebody_elses_account_looks_like_none(
    visitor: Client, chamber: Place, elsewhere: Organisation
) -> None:
    nobody = told(visitor, comes_in(visitor))
    stranger = User.objects.create(username=LIN)
    Membership.objects.create(user=stranger, organisation=elsewhere, role=Role.OWNER, since=SINCE)
    assert told(visitor, comes_in(visitor)) == nobody


@pytest.mark.parametrize("is_", [_left, _blocked, _sample])
def test_whoever_was_known_and_is_a_member_no_longer_stays_out(
    visitor: Client, chamber: Place, is_: Callable[[User], None]
) -> None:
    lin = chamber.member()
    comes_in(visitor)
    visitor.post(reverse("sign_out"))
    is_(lin)
    assert "is not connected" in told(visitor, comes_in(visitor))


class TestConnecting:
    """By whoever the account belongs to, signed in by means of their own."""

    def test_is_said_by_the_person_and_lets_them_in(
        self, visitor: Client, chamber: Place, both: User
    ) -> None:
        own = signed_in(both)
        page = own.get("/account/").content.decode()
        assert reverse("connect", args=[chamber.organisation.pk]) in page
        response = _connects(own, chamber)
        assert response == reverse("account")
        assert Identity.objects.get().user == both
        assert [letter.to for letter in mail.outbox] == [[LIN]]
        assert comes_in(visitor).headers["Location"] == "/"

    def test_is_not_done_by_the_account_of_somebody_else(self, chamber: Place, both: User) -> None:
        own = signed_in(both)
        _connects(own, chamber, "wang")
        assert not Identity.objects.exists()

    def test_is_not_done_by_whoever_is_signed_in_meanwhile(
        self, chamber: Place, both: User
    ) -> None:
        english = {"Accept-Language": "en"}
        own = signed_in(both)
        back = sign_in_there(_sets_out_to_connect(own, chamber), "lin")
        trip = dict(own.session.items())["trip to a provider"]
        other = signed_in(chamber.member("wang@office.example.org"), headers=english)
        session = other.session
        session["trip to a provider"] = trip
        session.save()
        assert "another browser" in told(other, comes_back(other, back))
        assert not Identity.objects.exists()

    def test_takes_no_subject_that_is_known_as_another(
        self, chamber: Place, both: User, there: Running
    ) -> None:
        wang = chamber.member("wang@office.example.org")
        comes_in(Client(), "wang")
        there.say("wang", email=LIN)
        _connects(signed_in(both), chamber, "wang")
        assert Identity.objects.get().user == wang

    def test_puts_one_in_the_place_of_another(self, chamber: Place, both: User) -> None:
        _known_by_another_subject_of(both, chamber)
        _connects(signed_in(both), chamber)
        assert Identity.objects.get(user=both).subject == "1"

    def test_is_closed_to_whoever_a_provider_vouches_for(
        self, visitor: Client, chamber: Place
    ) -> None:
        chamber.member()
        comes_in(visitor)
        at = reverse("connect", args=[chamber.organisation.pk])
        assert visitor.post(at).status_code == 403

    def test_is_offered_for_ones_own_organisations_only(
        self, chamber: Place, elsewhere: Organisation
    ) -> None:
        stranger = User.objects.create(username="stranger@example.org")
        client = signed_in(stranger)
        for organisation in (chamber.organisation, elsewhere):
            assert client.post(reverse("connect", args=[organisation.pk])).status_code == 404

    def test_is_taken_off_by_the_person_and_ends_what_came_by_it(
        self, visitor: Client, chamber: Place, both: User
    ) -> None:
        own = signed_in(both)
        _connects(own, chamber)
        comes_in(visitor)
        known = Identity.objects.get()
        other = signed_in(chamber.member("wang@office.example.org"))
        assert other.post(reverse("disconnect", args=[known.pk])).status_code == 404
        own.post(reverse("disconnect", args=[known.pk]))
        assert visitor.get("/account/").status_code == 302


def _sets_out_to_connect(client: Client, chamber: Place) -> str:
    return led(client.post(reverse("connect", args=[chamber.organisation.pk])))


def _connects(client: Client, chamber: Place, name: str = "lin") -> str:
    back = sign_in_there(_sets_out_to_connect(client, chamber), name)
    return comes_back(client, back).headers["Location"]


def _known_by_another_subject_of(user: User, at: Place) -> None:
    Identity.objects.create(
        provider=at.provider, user=user, issuer=at.provider.issuer, subject="old", since=SINCE
    )


class TestVouched:
    """A session that began by a provider's word, of somebody who is more than its member."""

    @pytest.fixture
    def vouched(self, visitor: Client, chamber: Place, both: User) -> Client:
        both.is_operator = both.is_analyst = True
        both.save()
        _connects(signed_in(both), chamber)
        secret = factors.fresh_secret()
        now = datetime.now(UTC)
        assert factors.keep(both, secret, factors.pyotp.TOTP(secret).at(now), now)
        chamber.provider.second_factor = ["mfa"]
        chamber.provider.save()
        return visitor

    @pytest.fixture(autouse=True)
    def _in(self, vouched: Client, there: Running) -> None:
        there.say("lin", amr=["mfa"])
        assert comes_in(vouched).headers["Location"] == "/"

    def test_acts_for_that_organisation_alone(
        self, vouched: Client, elsewhere: Organisation
    ) -> None:
        page = vouched.get("/organisations/").content.decode()
        assert elsewhere.name_zh not in page
        response = vouched.post(reverse("acting"), {"organisation": elsewhere.pk})
        assert response.status_code == 404

    def test_has_no_standing(self, vouched: Client) -> None:
        actor = vouched.get("/").wsgi_request.actor
        assert isinstance(actor, Actor)
        assert actor.user is not None
        assert actor.user.is_operator
        assert [*actor.standings] == ["everyone"]

    @pytest.mark.parametrize(
        "name",
        ["password", "mail", "sessions", "my_trail", "links", "second_factor", "authenticator"],
    )
    def test_opens_nothing_of_the_persons_own(self, vouched: Client, name: str) -> None:
        for response in (vouched.get(reverse(name)), vouched.post(reverse(name), {"x": "y"})):
            assert response.status_code == 403

    @pytest.mark.parametrize(
        "name",
        [
            "keep_passkey",
            "passkey_creation",
            "drop_authenticator",
            "recovery_codes",
            "end_other_sessions",
            "end_session",
        ],
    )
    def test_changes_nothing_of_the_persons_own(
        self, vouched: Client, both: User, name: str
    ) -> None:
        assert vouched.post(reverse(name), {"password": "x"}).status_code == 403
        assert Authenticator.objects.filter(user=both).exists()

    def test_calls_nobody_by_another_name(self, vouched: Client, both: User) -> None:
        form = {"name": "Evil", "language": "en", "time_zone": "Asia/Tokyo"}
        vouched.post(reverse("account"), form)
        both.refresh_from_db()
        assert (both.name, both.time_zone) == ("林小红", "Asia/Tokyo")

    def test_makes_no_device_a_known_one(self, vouched: Client) -> None:
        assert "device" not in vouched.cookies

    def test_ends_with_the_provider(self, vouched: Client, chamber: Place) -> None:
        providers.remove(chamber.organisation)
        assert vouched.get("/account/").status_code == 302

    def test_ends_with_another_provider_in_its_place(self, vouched: Client, chamber: Place) -> None:
        wish = Wish("https://id.example.org", "x", "y", ["office.example.org"], [])
        providers.keep(Actor(), chamber.organisation, wish, SINCE)
        assert vouched.get("/account/").status_code == 302

    def test_ends_with_the_membership(self, vouched: Client, chamber: Place, both: User) -> None:
        mine = Membership.objects.filter(user=both, organisation=chamber.organisation)
        mine.update(ended_at=SINCE)
        assert vouched.get("/account/").status_code == 302

    def test_leaves_nothing_behind_for_who_signs_in_by_means_of_their_own(
        self, vouched: Client, chamber: Place, both: User
    ) -> None:
        providers.remove(chamber.organisation)
        Authenticator.objects.all().delete()
        assert tries(vouched, LIN, PASSWORD).status_code == 302
        assert vouched.get("/account/").status_code == 302  # an operator sets up a second factor
        assert vouched.get(reverse("second_factor")).status_code == 200
        assert not vouched.get(reverse("second_factor")).wsgi_request.actor.vouched


def test_a_second_factor_that_a_provider_vouches_for_counts_for_no_other_office(
    visitor: Client, chamber: Place, there: Running
) -> None:
    """The owner of one organisation could else say `mfa` for a member of an office."""
    lin = chamber.member()
    office = Organisation.objects.create(kind=Kind.OFFICE, name_zh="省办公室", created_at=SINCE)
    Membership.objects.create(user=lin, organisation=office, role=Role.OFFICER, since=SINCE)
    _known_by_another_subject_of(lin, chamber)
    Identity.objects.update(subject="1")
    chamber.provider.second_factor = ["mfa"]
    chamber.provider.save()
    there.say("lin", amr=["mfa"])
    comes_in(visitor)
    actor = visitor.get("/account/").wsgi_request.actor
    assert (actor.organisation, actor.vouched) == (chamber.organisation, True)


def test_an_account_that_a_provider_made_gives_it_nothing_of_what_comes_later(
    visitor: Client, chamber: Place, elsewhere: Organisation
) -> None:
    """Before its owner has ever come here: whatever they are invited to later stays theirs."""
    now = datetime.now(UTC)
    owner = Actor(chamber.member("o@office.example.org", Role.OWNER), chamber.organisation)
    invitations.invite(owner, chamber.organisation, LIN, Role.READER, now)
    comes_in(visitor)
    lin = User.objects.get(username=LIN)
    invitations.invite(Actor(organisation=elsewhere), elsewhere, LIN, Role.OWNER, now)
    invitation = Invitation.objects.get(organisation=elsewhere)
    assert invitations.accept(invitation, lin, now)
    assert elsewhere.name_zh not in visitor.get("/organisations/").content.decode()
    assert comes_in(Client()).headers["Location"] == "/"


def test_a_subject_of_one_organisations_provider_is_none_of_anothers(
    visitor: Client, chamber: Place, there: Running
) -> None:
    """Two organisations with one provider, such as a public one."""
    chamber.member()
    comes_in(visitor)
    visitor.post(reverse("sign_out"))
    other = place(Kind.COUNSEL, there.issuer, "zyxwvutsrq")
    back = sign_in_there(sets_out(visitor, other.provider.code), "lin")
    assert "is not connected" in told(visitor, comes_back(visitor, back))
