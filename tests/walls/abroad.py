"""What is done abroad: contacts of each audience, undertakings with a floor for each firm,
exclusion requests, a joint defence. What is one firm's no other firm reads."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from monitor.accounts.models import Organisation
from monitor.cases.models import (
    AbroadChange,
    AssertedRight,
    Case,
    Contact,
    Defence,
    Exclusion,
    Floor,
    JointAction,
    Pledge,
    Respondent,
    Undertaking,
)
from monitor.cases.models.abroad import Versioned
from monitor.cases.models.abroad_changes import name_of

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
DAY = date(2025, 3, 3)
OF_THE_FIRM = ("chamber", "firm")
OF_THE_FIRMS = ("chamber", "firm", "other")
OF_THE_CASE = ("office", "chamber", "firm", "other")
FLOORS = {"firm": Decimal("8123.4567"), "other": Decimal("7123.4561")}
POSTED = ("abroad_status", "abroad_follow", "abroad_tie")
Secret = Callable[..., None]


class Making:
    def __init__(self, organisations: Mapping[str, Organisation], secret: Secret) -> None:
        self._organisations, self._secret = organisations, secret
        self._case = Case.objects.get()

    def addresses(self) -> dict[str, list[str]]:
        """Of the firm's own rows what it and its chamber may change; of the chamber's, what both
        firms see."""
        own = [*self._own()]
        of_all = [self._undertaking(), self._action()]
        self._contact("chamber", "own", "会秘接触", "chamber")
        self._contact("chamber", "case", "众秘接触", *OF_THE_CASE)
        case = self._case.pk
        page = reverse("abroad", args=[case])
        subjects = ("contacts", "undertakings", "exclusions", "rights")
        parts = [(own[0], "pledges"), (own[1], "floors"), (own[3], "rights"), (own[3], "defences")]
        rows = [(case, subjects[at], row.pk) for at, row in enumerate(own)]
        found = {name: [reverse(name, args=[1, "contacts", 1])] for name in POSTED}
        return found | {
            "abroad": [page, f"{page}?whom=media&q=秘"],
            "abroad_contacts": [reverse("abroad_contacts", args=[case])],
            "abroad_check": [reverse("abroad_check", args=[1, 1])],
            "abroad_add": [reverse("abroad_add", args=[case, each]) for each in subjects],
            "abroad_row": [
                reverse("abroad_row", args=[case, subject, row.pk])
                for subject, row in zip(("undertakings", "rights"), of_all, strict=True)
            ],
            "abroad_edit": [reverse("abroad_edit", args=row) for row in rows],
            "abroad_add_part": [
                reverse("abroad_add_part", args=[case, subjects[own.index(row)], row.pk, part])
                for row, part in parts
            ],
            "abroad_part": [
                reverse("abroad_part", args=[case, "contacts", own[0].pk, "pledges", self._pledge])
            ],
        }

    def _own(self) -> "tuple[Versioned, ...]":
        contact = self._contact("firm", "chambers", "甲秘接触", *OF_THE_FIRM)
        pledge = self._written(Pledge, contact=contact, is_ours=True, what="甲秘诺言", until=DAY)
        self._pledge = pledge.pk
        undertaking = self._row(
            Undertaking, "firm", kind="price", authority="欧盟委员会", goods="甲秘承诺",
            status_on=DAY,
        )  # fmt: skip
        exclusion = self._row(
            Exclusion, "firm", programme="section_301", product="甲秘排除", requester="we",
            codes=["4409100500"], status_on=DAY, valid_until=DAY,
        )  # fmt: skip
        action = self._row(
            JointAction, "firm", forum="section_337", authority="USITC", complainant="甲秘权利人",
            goods="甲秘维权", status_on=DAY,
        )  # fmt: skip
        for row in (undertaking, action):
            row.firms.add(self._respondent("firm"))
        for text in ("甲秘诺言", "甲秘承诺", "甲秘排除", "甲秘权利人", "甲秘维权"):
            self._secret(text, *OF_THE_FIRM)
        return contact, undertaking, exclusion, action

    def _contact(self, who: str, audience: str, subject: str, *readers: str) -> Any:
        self._secret(subject, *readers)
        return self._row(
            Contact, who, day=DAY, side="firm", whom="authority", body="商务部外方", country="US",
            channel="meeting", subject=subject, audience=audience,
        )  # fmt: skip

    def _undertaking(self) -> Any:
        row = self._row(
            Undertaking, "chamber", kind="suspension", authority="众秘机关", goods="众秘承诺",
            status_on=DAY,
        )  # fmt: skip
        self._secret("众秘承诺", *OF_THE_FIRMS)
        for who, amount in FLOORS.items():
            row.firms.add(self._respondent(who))
            self._written(
                Floor, undertaking=row, respondent=self._respondent(who), amount=amount,
                currency="USD", unit="t", incoterm="FOB", first=DAY,
            )  # fmt: skip
            self._secret(f"{amount:,}", "chamber", who)
        return row

    def _action(self) -> Any:
        row = self._row(
            JointAction, "chamber", forum="section_337", authority="USITC", complainant="权利人",
            goods="众秘维权", status_on=DAY,
        )  # fmt: skip
        self._secret("众秘维权", *OF_THE_FIRMS)
        self._written(AssertedRight, action=row, kind="patent", owner="权利人", number="9123456")
        for who, mark in (("firm", "甲"), ("other", "乙")):
            row.firms.add(self._respondent(who))
            self._written(
                Defence, action=row, respondent=self._respondent(who), kind="design_around",
                text=f"{mark}秘规避",
            )  # fmt: skip
            self._secret(f"{mark}秘规避", "chamber", who)
        return row

    def _row(self, model: type[Versioned], who: str, **fields: Any) -> Any:
        whose = {"case": self._case, "organisation": self._organisations[who]}
        return self._written(model, **whose, **fields)

    def _written(self, model: type[Versioned], **fields: Any) -> Any:
        row = model(created_at=SINCE, **fields)
        row.save()
        became = {n: v for n, v in fields.items() if isinstance(v, str) and "秘" in v}
        AbroadChange.objects.create(
            subject=name_of(model), row=row.pk, what="added", version=1, at=SINCE,
            became=became,
        )  # fmt: skip
        return row

    def _respondent(self, who: str) -> Respondent:
        return self._case.respondents.get(organisation=self._organisations[who])
