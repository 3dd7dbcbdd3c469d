"""Counsel in the planted case: whom the chamber knows and what they offer, a joint mandate that one
of the two firms has joined, its costs, that firm's share and payment, the office's part and what it
paid."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from django.urls import reverse

from monitor.accounts.models import Organisation
from monitor.cases.models import (
    Case,
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

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
DAY = date(2025, 3, 3)
CASE = ("chamber", "firm", "other")
WITHIN = ("chamber", "firm")
BEARING = ("chamber", "office")
POSTED = "retire_counsel add_experience withdraw_experience decide_offer".split()
Secret = Callable[..., None]


def plant(organisations: Mapping[str, Organisation], secret: Secret) -> dict[str, list[str]]:
    """Its addresses."""
    case, chamber = Case.objects.get(), organisations["chamber"]
    known = Counsel.objects.create(
        organisation=chamber, name_zh="秘律师行", name_en="Secret Counsel LLP", seat="US",
        contact="秘律联系人", note="秘律评语", added_at=SINCE,
    )  # fmt: skip
    Experience.objects.create(
        counsel=known, jurisdiction="US", kind="anti_dumping", what="秘律旧案", source="秘律出处",
        added_at=SINCE,
    )  # fmt: skip
    offer = Offer.objects.create(
        case=case, organisation=chamber, counsel=known, scope="秘报价范围", fee="fixed",
        amount=Decimal("98765.43"), currency="USD", verdict="chosen", added_at=SINCE,
    )  # fmt: skip
    OfferVerdict.objects.create(offer=offer, verdict="chosen", why="秘选定理由", at=SINCE)
    for name in ("秘律师行", "Secret Counsel LLP"):
        secret(name, *CASE, "office")
    words = (
        "秘律联系人",
        "秘律评语",
        "秘律旧案",
        "秘律出处",
        "秘报价范围",
        "秘选定理由",
        "98,765.43",
    )
    for text in words:
        secret(text, "chamber")
    mandate = Mandate.objects.create(
        case=case, organisation=chamber, counsel=known, offer=offer, scope="秘委托范围", since=DAY,
        given_at=SINCE,
    )  # fmt: skip
    rule = SharingRule.objects.create(
        mandate=mandate, since=DAY, rule="by_exports", why="秘分摊约定", said_at=SINCE,
        payer="office", bearer=organisations["office"], percent=Decimal("12.68"),
    )  # fmt: skip
    SubsidyPayment.objects.create(
        mandate=mandate, organisation=organisations["office"], day=DAY, currency="USD",
        amount=Decimal("3456.78"), note="秘补贴", entered_at=SINCE,
    )  # fmt: skip
    share = _costs(case, mandate, rule, organisations["firm"])
    for text in ("秘委托范围", "76,543.21"):
        secret(text, *WITHIN)
    for text in ("秘分摊约定", "秘账单", "87,654.32", "11,111.11"):
        secret(text, *WITHIN, "office")
    for text in ("秘补贴", "3,456.78"):
        secret(text, *BEARING)
    for text in ("秘付款", "65,432.1", "43,210.98"):
        secret(text, *WITHIN)
    found = {name: [reverse(name, args=[1])] for name in POSTED}
    return found | {
        "counsel_list": [reverse("counsel_list"), reverse("counsel_list") + "?market=US"],
        "add_counsel": [reverse("add_counsel")],
        "counsel": [reverse("counsel", args=[known.pk])],
        "edit_counsel": [reverse("edit_counsel", args=[known.pk])],
        "case_counsel": [reverse("case_counsel", args=[case.pk])],
        "add_offer": [reverse("add_offer", args=[case.pk])],
        "give_mandate": [reverse("give_mandate", args=[case.pk])],
        "case_subsidies": [reverse("case_subsidies", args=[case.pk])],
        "export_subsidies": [reverse("export_subsidies", args=[case.pk])],
        "mandate": [reverse("mandate", args=[mandate.pk])],
        "change_mandate": [reverse("change_mandate", args=[mandate.pk, "cost"])],
        "mandate_statement": [reverse("mandate_statement", args=[share.firm_id])],
        "export_statement": [reverse("export_statement", args=[share.firm_id])],
    }


def _costs(case: Case, mandate: Mandate, rule: SharingRule, firm: Organisation) -> CostShare:
    row = MandateFirm.objects.create(
        mandate=mandate,
        respondent=case.respondents.get(organisation=firm),
        since=DAY,
        exports_usd=Decimal("65432.1"),
        added_at=SINCE,
    )
    cost = Cost.objects.create(
        mandate=mandate, day=DAY, what="秘账单", amount=Decimal("87654.32"), currency="USD",
        rule=rule, part=Decimal("11111.11"), divided_at=SINCE, entered_at=SINCE,
    )  # fmt: skip
    Payment.objects.create(
        firm=row, day=DAY, amount=Decimal("43210.98"), currency="USD", note="秘付款",
        entered_at=SINCE,
    )  # fmt: skip
    return CostShare.objects.create(
        cost=cost, firm=row, weight=Decimal("65432.1"), total=Decimal("65432.1"),
        amount=Decimal("76543.21"),
    )  # fmt: skip
