"""Who sees which rows of counsel, asked of the door itself."""

from collections.abc import Mapping

from django.db import models

from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import ANYBODY
from monitor.accounts.walls.door import WalledQuerySet
from monitor.cases.models import (
    Cost,
    CostShare,
    Counsel,
    Experience,
    Mandate,
    MandateFirm,
    Offer,
    OfferVerdict,
    Payment,
    SharingRule,
    SubsidyPayment,
)
from tests.walls.conftest import Province
from tests.walls.retaining import BEARING, CASE, WITHIN

SEEN: Mapping[type[models.Model], tuple[str, ...]] = {
    **dict.fromkeys((Counsel, Experience, Offer, OfferVerdict), ("chamber",)),
    **dict.fromkeys((MandateFirm, CostShare, Payment), WITHIN),
    **dict.fromkeys((Cost, SubsidyPayment), BEARING),
    SharingRule: (*WITHIN, "office"),
    Mandate: (*CASE, "office"),
}


def test_who_sees_what_of_counsel(province: Province) -> None:
    for model, readers in SEEN.items():
        rows: WalledQuerySet[models.Model] = model.objects  # type: ignore[attr-defined]
        for who, person in province.people.items():
            actor = acting(person) if person else ANYBODY
            assert rows.for_actor(actor).exists() == (who in readers), (model, who)
    _pages(province)


def _pages(province: Province) -> None:
    """A firm comes to its own share, and of the mandate to nothing more."""
    for who in CASE:
        client = province.client(who)
        said = client.get(province.addresses["mandate"][0]).content.decode()
        assert ("秘委托范围" in said) == (who in WITHIN)
        assert ("秘账单" in said) == (who == "chamber")
        statement = client.get(province.addresses["mandate_statement"][0])
        assert statement.status_code == (200 if who in WITHIN else 404)
