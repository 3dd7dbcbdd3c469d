"""Whom a provider's word lets in.

A provider belongs to an organisation, and is set by its owner: what it says is worth no more than
that owner's own word. They, or whoever runs it for them, could let it say any subject, and any mail
address as verified; the domains are theirs to name, too. So nothing here believes it beyond what
its owner may do anyway, and that is why a false word takes over nobody's account:

- Whoever comes in by it acts for that one organisation, as long as it knows them and they are
  members (`Actor.vouched`, `middleware.VOUCHED`). Their other organisations, their standing as
  operator or analyst, their own trail, sessions and factors are behind the wall.
- What would let somebody in later, without the provider, cannot be set up so: neither password nor
  address nor passkey (`monitor.web.means`). A first authenticator can be, because an office obliges
  to have one: it opens nothing without the password. Invitations that the provider's people accept
  open to them what they open, never by its word.
- An account is made by it for whoever the organisation has invited, and who has none. An account
  that is there becomes known to it by mail alone only where it is of this organisation and nothing
  else; the owner of any other one has to connect it themselves, having come in by means of their
  own. To the provider the two look the same as an address that nobody has.
- By mail it is once: afterwards it is the subject that counts, which is never given to another
  person, as addresses are. An address that comes with another subject than before lets nobody in.
- Of every connection its owner is told by mail.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from monitor.accounts.addresses import folded
from monitor.accounts.entrance.oidc.journey import Arrival
from monitor.accounts.entrance.oidc.refused import Refused, Why
from monitor.accounts.letters import Letter
from monitor.accounts.models import Identity, Invitation, Membership, Provider, User
from monitor.accounts.organisations import invitations
from monitor.accounts.organisations.invitations import State
from monitor.accounts.walls.door import opened


@dataclass(frozen=True)
class Admitted:
    """`letters`: to be sent."""

    identity: Identity
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True)
class Way:
    """`identity` None: nobody there is known to be them."""

    provider: Provider
    identity: Identity | None


def admitted(arrival: Arrival, language: str, now: datetime) -> Admitted:
    """Whoever the provider says has come. `language`: of an account that is made now.

    Raises `Refused`.
    """
    with opened(), transaction.atomic():
        provider = Provider.objects.select_for_update().get(pk=arrival.provider.pk)
        known = _known(provider, arrival.claims)
        if known is None:
            return _for_the_first_time(provider, arrival.claims, language, now)
        if not _may_come(known.user, provider):
            raise Refused(Why.UNKNOWN, "no longer a member", known.user.username)
        Identity.objects.filter(pk=known.pk).update(used_at=now)
        return Admitted(known)


def connected(arrival: Arrival, user: User, now: datetime) -> Admitted:
    """The account there is this person's, who is in by means of their own and has said so, in the
    place of one that was before.

    Raises `Refused`.
    """
    with opened(), transaction.atomic():
        provider = Provider.objects.select_for_update().get(pk=arrival.provider.pk)
        mail = _vouched_address(provider, arrival.claims)
        if mail != user.username or not _may_come(user, provider):
            # Else somebody could be led to connect the account of another, who then comes in.
            raise Refused(Why.UNKNOWN, "another's address, or no member", mail)
        known = _known(provider, arrival.claims)
        if known is not None and known.user_id != user.pk:
            raise Refused(Why.UNKNOWN, "connected with somebody else", mail)
        if known is not None:
            return Admitted(known)
        Identity.objects.filter(provider=provider, user=user).delete()
        return _made(provider, arrival.claims, user, now)


def ways(user: User, mine: Iterable[Membership]) -> list[Way]:
    """By which organisations' accounts the person comes in, or might."""
    with opened():  # that it is set is told to members; by whom and how is not
        rows = Provider.objects.filter(organisation__in=[each.organisation_id for each in mine])
        providers = list(rows.select_related("organisation").order_by("pk"))
        known = {each.provider_id: each for each in Identity.objects.filter(user=user)}
    return [Way(each, known.get(each.pk)) for each in providers]


def disconnect(identity: Identity) -> None:
    """The provider knows them no longer; what they are signed in with by it ends at once."""
    with opened():
        Identity.objects.filter(pk=identity.pk).delete()


def _known(provider: Provider, claims: Mapping[str, Any]) -> Identity | None:
    rows = Identity.objects.filter(provider=provider, issuer=provider.issuer, subject=claims["sub"])
    return rows.select_related("user", "provider__organisation").first()


def _for_the_first_time(
    provider: Provider, claims: Mapping[str, Any], language: str, now: datetime
) -> Admitted:
    mail = _vouched_address(provider, claims)
    user = User.objects.filter(username=mail).first()
    if user is None:
        user = _newcomer(provider, mail, _name(claims), language, now)
    elif not _is_only_of(user, provider) or _has_another(user, provider):
        raise Refused(Why.UNKNOWN, "its owner has to connect it", mail)
    return _made(provider, claims, user, now)


def _vouched_address(provider: Provider, claims: Mapping[str, Any]) -> str:
    """The mail address that the provider has verified, folded."""
    said = claims.get("email")
    if not isinstance(said, str) or claims.get("email_verified") is not True:
        raise Refused(Why.NO_MAIL)
    mail = folded(said)
    name, _, domain = mail.rpartition("@")
    if not name or domain not in provider.domains:
        raise Refused(Why.OUTSIDE)
    return mail


def _may_come(user: User, provider: Provider) -> bool:
    mine = Membership.objects.filter(user=user, ended_at=None, organisation=provider.organisation)
    return user.is_active and not user.sample and mine.exists()


def _is_only_of(user: User, provider: Provider) -> bool:
    """Whether there is nothing that the account opens but this organisation."""
    others = Membership.objects.filter(user=user, ended_at=None)
    others = others.exclude(organisation=provider.organisation)
    standing = user.is_operator or user.is_analyst or user.is_staff or user.is_superuser
    return _may_come(user, provider) and not standing and not others.exists()


def _has_another(user: User, provider: Provider) -> bool:
    """Whether the provider knows them by another subject: then this one has their address, and is
    not them."""
    return Identity.objects.filter(provider=provider, user=user).exists()


def _newcomer(provider: Provider, mail: str, name: str, language: str, now: datetime) -> User:
    """Whoever was invited and has no account."""
    invitation = Invitation.objects.filter(
        organisation=provider.organisation, email=mail, accepted_at=None, withdrawn_at=None
    ).first()
    is_open = invitation and invitations.state(invitation, now) in {State.OPEN, State.UNSENT}
    if invitation is None or not is_open:
        raise Refused(Why.UNKNOWN, "neither a member nor invited", mail)
    user = User(username=mail, email=mail, name=name, language=language)
    user.set_unusable_password()
    if not invitations.accept(invitation, user, now):
        raise Refused(Why.UNKNOWN, "the invitation was used meanwhile", mail)
    return user


def _name(claims: Mapping[str, Any]) -> str:
    said = claims.get("name")
    return " ".join(said.split())[:120] if isinstance(said, str) else ""


def _made(provider: Provider, claims: Mapping[str, Any], user: User, now: datetime) -> Admitted:
    identity = Identity.objects.create(
        provider=provider,
        user=user,
        issuer=provider.issuer,
        subject=claims["sub"],
        since=now,
        used_at=now,
    )
    words = {"person": user, "organisation": provider.organisation, "issuer": provider.issuer}
    return Admitted(identity, (Letter("connected", user.username, words, (user.language,)),))
