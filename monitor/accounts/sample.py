"""Sample people (示例人物) of every role, for whoever tries the house: nobody of them has a
password, and where `settings.FENGHUO_SAMPLE_PEOPLE` is not set nobody can step in as one.

The organisations of the sample's chambers and firms are made with these; here are the others.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from monitor.accounts.models import Affiliation, Membership, Organisation, Share, User
from monitor.accounts.words import Kind, Role

_FURTHER = 3
"""Whose number comes after those of the chambers that have people anyway."""
_DOMAIN = "sample.invalid"
"""No mail can be sent there (RFC 2606)."""


_PEOPLE: dict[str, tuple[str, str]] = {
    "office-owner": ("示例·林处长", "Sample: Director Lin"),
    "office-officer": ("示例·陈经办", "Sample: Ms Chen"),
    "office-reader": ("示例·黄科员", "Sample: Mr Huang"),
    "city-officer": ("示例·张经办", "Sample: Mr Zhang"),
    "federation-owner": ("示例·郑会长", "Sample: President Zheng"),
    "counsel-officer": ("示例·周律师", "Sample: Ms Zhou, lawyer"),
    "abroad-reader": ("示例·Schmidt", "Sample: Ms Schmidt"),
    "chamber-owner": ("示例·王会长", "Sample: President Wang"),
    "chamber-officer": ("示例·刘秘书", "Sample: Secretary Liu"),
    "chamber-reader": ("示例·徐干事", "Sample: Ms Xu"),
    "firm-owner": ("示例·许总", "Sample: Manager Xu"),
    "firm-officer": ("示例·蔡经办", "Sample: Mr Cai"),
    "firm-reader": ("示例·江会计", "Sample: Ms Jiang, accounts"),
    "analyst": ("示例·何分析师", "Sample: Dr He"),
    "operator": ("示例·吴运维", "Sample: Mr Wu"),
}
"""What they are called, in Chinese, which is what the records hold, and in English."""


@dataclass(frozen=True)
class _Cast:
    """Who acts for whom; `key` begins the address."""

    key: str
    organisation: Organisation
    role: Role


def load_people(now: datetime) -> Counter[str]:
    """Make them, or bring them up to date. Counts `people` and `organisations`."""
    with transaction.atomic():
        others = {which: _organisation(which, now) for which in _NAMES}
        cast = list(_cast(others, now))
        for who in cast:
            _appear(who, now)
        # One person of two organisations: the page lets them choose.
        second = next((who for who in cast if who.organisation.kind == Kind.CHAMBER), cast[-1])
        _act(_person("federation-owner"), second.organisation, Role.READER, now)
        _person("analyst", is_analyst=True)
        _person("operator", is_operator=True)
    sample = User.objects.filter(sample=True)
    organisations = Organisation.objects.filter(sample=True, memberships__user__in=sample)
    return Counter(people=sample.count(), organisations=organisations.distinct().count())


def drop_people() -> int:
    """Remove them, and the organisations that were made for them alone."""
    with transaction.atomic():
        people = User.objects.filter(sample=True)
        count = people.count()
        people.delete()
        Organisation.objects.filter(sample=True, kind__in=[kind for kind, _ in _NAMES]).delete()
        return count


_NAMES: dict[tuple[Kind, str], tuple[str, str]] = {
    (Kind.OFFICE, ""): ("示例省商务厅基地办公室", "Sample Provincial Office of Commerce"),
    (Kind.OFFICE, "city"): ("示例市商务局", "Sample City Bureau of Commerce"),
    (Kind.FEDERATION, ""): ("示例出口基地联合会", "Sample Federation of Export Bases"),
    (Kind.COUNSEL, ""): ("示例律师事务所", "Sample Law Firm"),
    (Kind.ASSOCIATION, ""): ("示例境外行业协会", "Sample Association Abroad"),
}


def _organisation(which: tuple[Kind, str], now: datetime) -> Organisation:
    kind, region = which
    name_zh, name_en = _NAMES[which]
    city = _city() if region else ""
    made, _ = Organisation.objects.update_or_create(
        kind=kind,
        name_zh=name_zh,
        defaults={"name_en": name_en, "city": city, "sample": True},
        create_defaults={"name_en": name_en, "city": city, "sample": True, "created_at": now},
    )
    return made


def _city() -> str:
    """That of the first sample firm, so that the city's office has one to see."""
    firm = Organisation.objects.filter(sample=True, kind=Kind.ENTERPRISE).order_by("pk").first()
    return firm.city if firm else ""


def _cast(others: dict[tuple[Kind, str], Organisation], now: datetime) -> Iterator[_Cast]:
    office = others[Kind.OFFICE, ""]
    yield _Cast("office-owner", office, Role.OWNER)
    yield _Cast("office-officer", office, Role.OFFICER)
    yield _Cast("office-reader", office, Role.READER)
    yield _Cast("city-officer", others[Kind.OFFICE, "city"], Role.OFFICER)
    yield _Cast("federation-owner", others[Kind.FEDERATION, ""], Role.OWNER)
    yield _Cast("counsel-officer", others[Kind.COUNSEL, ""], Role.OFFICER)
    yield _Cast("abroad-reader", others[Kind.ASSOCIATION, ""], Role.READER)
    # Chambers stand in the deployer's file; it is their firms that are the sample's.
    chambers = Organisation.objects.filter(kind=Kind.CHAMBER, affiliates__member__sample=True)
    for number, chamber in enumerate(chambers.distinct().order_by("pk")[:2], start=1):
        members = Affiliation.objects.filter(of=chamber, ended_at=None, member__sample=True)
        rows = members.select_related("member").order_by("member_id")[:2]
        firms = [each.member for each in rows]
        yield from _chamber(number, chamber, firms, others[Kind.COUNSEL, ""], now)


def people_of(chamber: Organisation, firms: Sequence[Organisation], now: datetime) -> int:
    """Make people of a further chamber and of some of its sample firms; how many there are."""
    with transaction.atomic():
        counsel = _organisation((Kind.COUNSEL, ""), now)
        cast = list(_chamber(_FURTHER, chamber, firms, counsel, now))
        for who in cast:
            _appear(who, now)
        return len(cast)


def _chamber(
    number: int,
    chamber: Organisation,
    firms: Sequence[Organisation],
    counsel: Organisation,
    now: datetime,
) -> Iterator[_Cast]:
    """Its people, and those of its firms, of which the first shows its figures to it and to
    counsel."""
    yield _Cast(f"chamber{number}-owner", chamber, Role.OWNER)
    yield _Cast(f"chamber{number}-officer", chamber, Role.OFFICER)
    yield _Cast(f"chamber{number}-reader", chamber, Role.READER)
    for place, firm in enumerate(firms, start=1):
        key = f"firm{number}{place}"
        yield _Cast(f"{key}-owner", firm, Role.OWNER)
        yield _Cast(f"{key}-officer", firm, Role.OFFICER)
        yield _Cast(f"{key}-reader", firm, Role.READER)
    for firm in firms[:1]:
        _show(firm, chamber, now)
        _show(firm, counsel, now)


def _show(firm: Organisation, receiver: Organisation, now: datetime) -> None:
    Share.objects.get_or_create(
        owner=firm,
        receiver=receiver,
        what=Share.What.FIGURES,
        withdrawn_at=None,
        defaults={"since": now},
    )


def _appear(who: _Cast, now: datetime) -> None:
    _act(_person(who.key), who.organisation, who.role, now)


def english_name(user: User) -> str:
    """Of a sample person; empty of anybody else."""
    _, name = _PEOPLE.get(_part(user.username.partition("@")[0]), ("", ""))
    return name if user.sample else ""


def _part(key: str) -> str:
    """Every chamber, and every firm, has the same people."""
    return re.sub(r"\d+", "", key)


def _person(key: str, **standing: bool) -> User:
    address, (name, _) = f"{key}@{_DOMAIN}", _PEOPLE[_part(key)]
    user, made = User.objects.update_or_create(
        username=address, defaults={"email": address, "name": name, "sample": True, **standing}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def _act(user: User, organisation: Organisation, role: Role, now: datetime) -> None:
    Membership.objects.update_or_create(
        user=user,
        organisation=organisation,
        ended_at=None,
        defaults={"role": role},
        create_defaults={"role": role, "since": now},
    )
