"""Chambers and firms get organisations: by an import, by the sample, where rows are already."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from monitor.accounts.models import Affiliation, Invitation, Organisation
from monitor.accounts.words import Kind, Role
from monitor.bases.imports import run
from monitor.bases.imports.run import Asked
from monitor.bases.models import Base, Chamber, Enterprise
from monitor.bases.organisations import of_rows
from monitor.bases.sample import drop_sample, load_sample

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 6, 2, 1, tzinfo=UTC)
HEADER = (
    "企业名称,统一社会信用代码,所属基地,设区市,法定代表人,企业地址,从业人数,认证情况,电子邮箱\n"
)
ROW = (
    "试验鞋业有限公司,91999999000000019D,鞋类,泉州,林某,试验路1号,120人,ISO 9001,Boss@Example.com\n"
)


@pytest.fixture
def base() -> Base:
    base = Base.objects.create(code="footwear", name_zh="鞋类", name_en="Footwear", cities=["泉州"])
    Chamber.objects.create(name_zh="鞋类商会", name_en="Footwear Chamber").bases.add(base)
    return base


@pytest.fixture
def importing(tmp_path: Path) -> Callable[..., None]:
    def read(kind: str, text: str, now: datetime = NOW) -> None:
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        asked = Asked(kind, now)
        sheet = run.read(path, asked)
        run.apply(sheet, asked, run.prepare(sheet, asked))

    return read


def organisations() -> list[tuple[Any, ...]]:
    return list(Organisation.objects.values_list("kind", "name_zh", "city"))


def test_a_member_list_makes_the_firm_its_place_and_an_invitation_that_is_not_mailed(
    base: Base, importing: Callable[..., None]
) -> None:
    of_rows(NOW)

    importing("enterprises", HEADER + ROW)

    firm = Enterprise.objects.get()
    assert (firm.legal_representative, firm.address) == ("林某", "试验路1号")
    assert (firm.employees, firm.certifications) == (120, "ISO 9001")
    assert organisations() == [
        (Kind.CHAMBER, "鞋类商会", "泉州"),
        (Kind.ENTERPRISE, "试验鞋业有限公司", "泉州"),
    ]
    affiliation = Affiliation.objects.get()
    assert (affiliation.member, affiliation.since) == (firm.organisation, NOW)
    assert affiliation.of.chamber.name_zh == "鞋类商会"
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("boss@example.com", Role.OWNER)
    assert (invitation.approved_by, invitation.mailed_at, invitation.digest) == (None, None, "")
    assert mail.outbox == []


def test_a_second_import_admits_nobody_again_and_invites_nobody_again(
    base: Base, importing: Callable[..., None]
) -> None:
    of_rows(NOW)
    importing("enterprises", HEADER + ROW)
    later = NOW + timedelta(days=1)
    Affiliation.objects.update(ended_at=later)
    Invitation.objects.update(withdrawn_at=later)

    importing("enterprises", HEADER + ROW.replace("试验路1号", "试验路2号"), later)

    assert Enterprise.objects.get().address == "试验路2号"
    assert Affiliation.objects.get().ended_at == later
    assert Invitation.objects.get().withdrawn_at == later


def test_a_firm_that_is_renamed_takes_its_organisation_along(
    base: Base, importing: Callable[..., None]
) -> None:
    importing("enterprises", HEADER + ROW)
    before = Enterprise.objects.get().organisation

    importing("enterprises", HEADER + ROW.replace("试验鞋业", "新试验鞋业"))

    after = Enterprise.objects.get().organisation
    assert after == before
    assert str(after) == "新试验鞋业有限公司"


def test_a_chamber_that_comes_later_finds_its_members(
    base: Base, importing: Callable[..., None]
) -> None:
    importing("enterprises", HEADER + ROW)
    assert not Affiliation.objects.exists()

    importing("bases", "基地名称,商会名称\n鞋类,泉州鞋业商会\n")

    assert Affiliation.objects.get().of.name_zh == "泉州鞋业商会"


def test_rows_that_are_there_already_get_theirs_once(base: Base) -> None:
    firm = Enterprise.objects.create(name_zh="旧企业", city="莆田", email="old@example.com")
    firm.bases.add(base)

    of_rows(NOW, apps.get_model)
    of_rows(NOW + timedelta(days=1), apps.get_model)

    firm.refresh_from_db()
    assert firm.organisation
    assert firm.organisation.created_at == NOW
    assert len(organisations()) == 2
    assert Affiliation.objects.get().member == firm.organisation
    assert Invitation.objects.get().email == "old@example.com"


def test_the_models_of_a_migration_do_as_well(base: Base) -> None:
    firm = Enterprise.objects.create(name_zh="旧企业", email="old@example.com")
    firm.bases.add(base)
    then = MigrationLoader(connection).project_state().apps

    of_rows(NOW, then.get_model)

    assert Affiliation.objects.get().member.enterprise == firm
    assert Invitation.objects.get().email == "old@example.com"


def test_the_sample_has_its_organisations_and_takes_them_away(base: Base) -> None:
    base.lines.create(hs="6403", name_zh="皮面鞋", name_en="Leather footwear")

    load_sample(NOW)

    firms = Enterprise.objects.filter(sample=True)
    assert firms.exists()
    assert not firms.filter(organisation=None).exists()
    assert Affiliation.objects.count() == firms.count()
    assert not Invitation.objects.exists()

    drop_sample()

    assert organisations() == [(Kind.CHAMBER, "鞋类商会", "泉州")]
