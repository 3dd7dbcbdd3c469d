"""The pages of organisations in a real browser: they fit a desk and a phone, and are quiet.

`pytest tests/monitor/web/test_member_looks.py --screenshots DIR` leaves pictures for human eyes.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from monitor.accounts.models import Invitation, Organisation
from monitor.accounts.secrets import bearer
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Application, Base, Chamber, Enterprise
from tests.monitor.accounts.conftest import Town
from tests.monitor.web.conftest import Visit
from tests.signing_in import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SINCE = datetime(2025, 1, 1, tzinfo=UTC)


def test_every_page_of_an_organisation_fits_and_is_quiet(
    visit: Visit, request: pytest.FixtureRequest
) -> None:
    folder = request.config.getoption("--screenshots", default=None)
    for who, session, paths in _visitors(Town()):
        visit.session = session
        for width in (1280, 390):
            for name, path in paths.items():
                page = visit.open(path, width=width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                assert page.title()
                unlabelled = page.locator(
                    "input:not([type=hidden]):not([aria-label]), select, textarea"
                ).evaluate_all("all => all.filter(e => !e.labels.length).map(e => e.name)")
                assert unlabelled == [], name
                if folder is not None:
                    picture = Path(folder) / f"{who}-{name}-{width}.png"
                    page.screenshot(path=picture, full_page=True)
                page.context.close()
    assert visit.complaints == []


def _visitors(town: Town) -> list[tuple[str, str, dict[str, str]]]:
    chamber = _chamber(town)
    assert chamber.organisation
    first, second = _firms(town, chamber.organisation)
    return [
        ("chamber", _session(town, chamber.organisation), _of_chamber(chamber, first, second)),
        ("firm", _session(town, first.organisation), _of_firm(first, chamber)),
        ("anybody", "", _of_anybody(chamber)),
    ]


def _chamber(town: Town) -> Chamber:
    organisation = town.organisation(Kind.CHAMBER)
    chamber = Chamber.objects.create(name_zh="鞋类商会", name_en="F", organisation=organisation)
    chamber.bases.add(Base.objects.create(code="footwear", name_zh="鞋类", name_en="Footwear"))
    return chamber


def _firms(town: Town, chamber: Organisation) -> list[Enterprise]:
    firms = [town.firm(chamber), town.firm(chamber)]
    for firm, name in zip(
        firms, ("晋江市远帆鞋业有限公司", "福建省晋江市远帆鞋业公司"), strict=True
    ):
        Enterprise.objects.filter(pk=firm.pk).update(
            name_zh=name,
            products="运动鞋、休闲鞋、童鞋、登山鞋",
            hs_codes=["6403", "640411"],
            markets=["US", "DE", "JP"],
            annual_export_usd=12_340_000,
            email="office@example.org",
        )
        Invitation.objects.create(
            organisation=firm.organisation,
            email=f"a-rather-long-address-{firm.pk}@example.org",
            role=Role.OWNER,
            created_at=SINCE,
        )
    town.shares(firms[0], chamber)
    return firms


def _session(town: Town, organisation: Organisation | None) -> str:
    client = signed_in(town.person(organisation))
    return str(client.cookies["sessionid"].value)


def _of_chamber(chamber: Chamber, first: Enterprise, second: Enterprise) -> dict[str, str]:
    filed = Application.objects.create(
        to=chamber.organisation,
        email="new@example.org",
        state=Application.State.WAITING,
        sheet={"name_zh": "新鞋业有限公司", "hs_codes": ["6403"], "markets": ["US"]},
        created_at=SINCE,
        filed_at=SINCE,
    )
    bare = ("organisations", "members", "firms", "applications", "summary", "sharing", "duplicates")
    return {name: reverse(name) for name in bare} | {
        "firm": reverse("firm", args=[first.pk]),
        "edit": reverse("edit_firm", args=[first.pk]),
        "filed": reverse("filed_application", args=[filed.pk]),
        "merge": reverse("merge", args=[first.pk, second.pk]),
    }


def _of_firm(firm: Enterprise, chamber: Chamber) -> dict[str, str]:
    return {
        "firm": reverse("firm", args=[firm.pk]),
        "sharing": reverse("sharing"),
        "apply": reverse("apply_to", args=[chamber.pk]),
    }


def _of_anybody(chamber: Chamber) -> dict[str, str]:
    secret, now = bearer.fresh(), timezone.now()
    Application.objects.create(
        to=chamber.organisation,
        email="new@example.org",
        digest=secret.digest,
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    return {
        "apply": reverse("apply"),
        "form": reverse("application", args=[secret.text]),
    }
