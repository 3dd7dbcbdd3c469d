"""What can be done with a mandate from its page: each act with its form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.accounts.walls.actor import Actor
from monitor.cases.counsel import costs, mandates, subsidies
from monitor.cases.counsel.costs import Bill
from monitor.cases.counsel.payments import Paid
from monitor.cases.models import Mandate, MandateFirm
from monitor.cases.permission import MayNotError
from monitor.web.cases.counsel import mandate_forms as forms

Given = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """`alone`: it makes sense for a mandate that a firm gave for itself, too."""

    title: Promise
    button: Promise
    form: type[forms.ActForm]
    do: Callable[[Actor, Mandate, Given, datetime], None]
    alone: bool = True


def _join(actor: Actor, mandate: Mandate, given: Given, now: datetime) -> None:
    mandates.join(actor, mandate, given["firm"], given["since"], now)


def _leave(actor: Actor, _mandate: Mandate, given: Given, now: datetime) -> None:
    mandates.leave(actor, given["firm"], given["until"], given["because"], now)


def _rule(actor: Actor, mandate: Mandate, given: Given, now: datetime) -> None:
    costs.set_rule(actor, mandate, given, now)


def _enter(actor: Actor, mandate: Mandate, given: Given, now: datetime) -> None:
    costs.enter(actor, mandate, Bill(**given), now)


def _reverse(actor: Actor, _mandate: Mandate, given: Given, now: datetime) -> None:
    costs.reverse(actor, given["cost"], given["why"], now)


def _pay(actor: Actor, _mandate: Mandate, given: Given, now: datetime) -> None:
    paid = Paid(given["day"], given["amount"], given["currency"], given["note"])
    costs.pay(actor, given["firm"], paid, now)


def _take_back(actor: Actor, _mandate: Mandate, given: Given, now: datetime) -> None:
    costs.take_back_payment(actor, given["payment"], given["why"], now)


def _subsidy(actor: Actor, mandate: Mandate, given: Given, now: datetime) -> None:
    paid = Paid(given["day"], given["amount"], given["currency"], given["note"])
    subsidies.pay(actor, mandate, given["office"], paid, now)


def _unsubsidy(actor: Actor, _mandate: Mandate, given: Given, now: datetime) -> None:
    subsidies.take_back(actor, given["payment"], given["why"], now)


def _benefit(actor: Actor, _mandate: Mandate, given: Given, now: datetime) -> None:
    firm, weight, why = given["firm"], given["benefit"], given["why"]
    mandates.state_benefit(actor, firm, weight, why, now)


def _exports(actor: Actor, mandate: Mandate, given: Given, now: datetime) -> None:
    own = MandateFirm.objects.for_actor(actor).filter(
        mandate=mandate, until=None, respondent__organisation=actor.organisation
    )
    firm = own.select_related("mandate", "respondent__organisation").first()
    if firm is None:
        raise MayNotError
    mandates.state_exports(actor, firm, given["usd"], now)


def _end(actor: Actor, mandate: Mandate, given: Given, _now: datetime) -> None:
    mandates.end(actor, mandate, given["until"], given["because"])


JOIN = "join"
"""Also of another chamber of the case."""
ACTS: Mapping[str, Act] = {
    "cost": Act(_("Enter a cost"), _("Enter it"), forms.CostForm, _enter),
    "pay": Act(_("Enter a payment"), _("Enter it"), forms.PayForm, _pay, alone=False),
    JOIN: Act(_("A firm joins"), _("It joins"), forms.JoinForm, _join, alone=False),
    "rule": Act(
        _("Say how costs are shared"), _("Share them so"), forms.RuleForm, _rule, alone=False
    ),
    "benefit": Act(
        _("Write down the benefit of a firm"),
        _("Write it down"),
        forms.BenefitForm,
        _benefit,
        alone=False,
    ),
    "leave": Act(_("A firm leaves"), _("It leaves"), forms.LeaveForm, _leave, alone=False),
    "reverse": Act(_("Reverse a cost"), _("Reverse it"), forms.ReverseForm, _reverse),
    "unpay": Act(
        _("Reverse a payment"), _("Reverse it"), forms.TakeBackForm, _take_back, alone=False
    ),
    "subsidy": Act(
        _("Enter what an office paid"), _("Enter it"), forms.SubsidyForm, _subsidy, alone=False
    ),
    "unsubsidy": Act(
        _("Reverse what an office paid"),
        _("Reverse it"),
        forms.TakeBackSubsidyForm,
        _unsubsidy,
        alone=False,
    ),
    "end": Act(_("End the mandate"), _("End it"), forms.EndForm, _end),
}
"""Of whoever gave it."""
OF_OFFICES = frozenset({"subsidy", "unsubsidy"})
"""Where an office bears a part."""
EXPORTS = Act(_("State our exports"), _("State them"), forms.ExportsForm, _exports)
"""Of a firm of it."""
EVERY: Mapping[str, Act] = {**ACTS, "exports": EXPORTS}
